"""Pairs of segments from bilingual files: TMX, XLIFF 1.2 and 2.x, CSV and TSV, told apart by their content.

All of them stream: a file larger than memory is read piece by piece, and a pair is yielded as soon as it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from briefing.check.exchange import pairs as exchanged
from briefing.check.numbers import examine
from briefing.check.report import PairReport, Place
from briefing.check.segments import Pair, Skipped, encoding
from briefing.check.tables import pairs as tabled

Kind = Literal["xml", "table", "brief"]
_HEAD = 65536
_BRIEF = re.compile(r"\s*(?:#|\||\[\^|```|---\s*\n)")


def kind(path: Path) -> Kind:
    """What `path` holds: XML, a table, or a brief; by its first characters, not by its name.

    Folders, Markdown and brief.json are briefs; of anything else the content decides.
    """
    if not path.is_file() or path.suffix.lower() in (".md", ".markdown", ".json"):
        return "brief"
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    text = head.decode(encoding(head, whole=len(head) < _HEAD), errors="ignore").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return "xml"
    return "brief" if _BRIEF.match(text) else "table"


def read(path: Path, columns: tuple[str, str] | None = None) -> tuple[Iterator[Pair], Skipped]:
    """The pairs of a bilingual file, and the account of what was passed over, which fills as the pairs are drawn.

    InputError, while drawing, where the file is malformed or has no such languages or columns.
    """
    skipped = Skipped()
    reader: Callable[[Path, tuple[str, str] | None, Skipped], Iterator[Pair]]
    reader = exchanged if kind(path) == "xml" else tabled
    return reader(path, columns, skipped), skipped


def check_pairs(
    pairs: Iterable[Pair],
    file: str,
    today: date | None = None,
    *,
    terms: Sequence[tuple[str, str]] = (),
    accept: Mapping[str, str] | None = None,
) -> Iterator[PairReport]:
    """The report on each pair, as the pairs come, with its place in `file`."""
    for pair in pairs:
        report = examine(pair.zh, pair.en, today, unit=pair.unit, terms=terms, accept=accept)
        yield replace(report, place=Place(file, pair.line, pair.column))
