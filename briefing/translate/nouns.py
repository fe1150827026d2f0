"""Common nouns of reports: words that no glossary forces into a sentence, for phrases that are put together by rule."""

from __future__ import annotations

from functools import cache
from importlib import resources

from briefing.translate.plurals import MEASURED, UNIQUE, pluralise


def common(zh: str, counted: bool = False) -> str | None:
    """The English of a common noun, plural where Chinese names a kind of thing; None for another word.

    >>> common("某某"), common("养老机构", True), common("参保率"), common("家长", True)
    (None, 'elderly care institutions', 'insurance coverage rate', 'parents')
    """
    row = _table().get(zh)
    if row is None:
        return None
    english, plural = row
    single = UNIQUE.search(english) or MEASURED.search(english)
    return plural if counted or not single else english


def one(zh: str) -> str | None:
    """The singular of a common noun."""
    row = _table().get(zh)
    return row[0] if row else None


@cache
def _table() -> dict[str, tuple[str, str]]:
    text = (resources.files("briefing") / "data" / "nouns.tsv").read_text(encoding="utf-8")
    out: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        if line and line[0] != "#":
            zh, english, note = (*line.split("\t"), "")[:3]
            out[zh] = english, note[4:] if note.startswith("pl.") else pluralise(english) if note == "-s" else english
    return out
