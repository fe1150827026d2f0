"""Pieces of text with their roles to a Reading: the shape that all readers of marked-up text share."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from briefing.ingest.reading import Reading
from briefing.model import Block, Hint
from briefing.spans import Span


class Piece(NamedTuple):
    """A paragraph, heading or row of a table."""

    text: str
    role: Hint = ""
    page: int = 0
    article: int = 0


def reading(pieces: Iterable[Piece], date: datetime.date | None = None) -> Reading:
    """The pieces one below the other, a blank line between them; captions stand further apart.

    >>> got = reading([Piece("标题", "headline"), Piece("正文。")])
    >>> got.raw, [block.role for block in got.blocks]
    ('标题\\n\\n正文。\\n', ['headline', ''])
    """
    out: list[str] = []
    blocks: list[Block] = []
    at = 0
    before: Hint = ""
    for piece in pieces:
        text = piece.text.strip(" \t\n\r\u3000")
        if not text:
            continue
        gap = "" if not blocks else "\n\n\n\n" if "caption" in (piece.role, before) else "\n\n"
        start = at + len(gap)
        at = start + len(text)
        out += [gap, text]
        blocks.append(Block(Span(start, at), piece.role, piece.page, article=piece.article))
        before = piece.role
    return Reading("".join([*out, "\n"]) if blocks else "", tuple(blocks), date)
