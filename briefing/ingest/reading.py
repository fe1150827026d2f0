"""What a reader gives back: the text as it stands in the source, and what could be seen of its layout."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from briefing.model import Block
from briefing.spans import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one issue: a paragraph a line, blank lines between what stands apart, articles in order."""

    raw: str
    blocks: tuple[Block, ...] = ()
    """In the order of their spans in `raw`; empty where the format shows no layout."""
    date: datetime.date | None = None
    """The day of publication, where the file names it outside its text."""
    doubtful: tuple[Span, ...] = ()
    """Numbers in `raw` that a scan does not show for certain."""


class Reader(Protocol):
    """A module of this package that reads one format.

    It is imported only when no reader before it has taken the bytes, so its own heavy imports belong into `read`.
    """

    def takes(self, data: bytes) -> bool:
        """Whether `data` looks like the format; quick, and never raises."""

    def read(self, data: bytes, name: str) -> Reading:
        """The reading of `data`; raises InputError, or a kind of it, where it cannot be read.

        `name` is what the user calls it, for messages and never used as a path.
        """
