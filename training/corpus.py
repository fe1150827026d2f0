"""Read the parallel text: clean, filter, split at clauses, de-duplicate."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.translate.lexicon import normalised

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_QUOTES = str.maketrans("’‘“”–", "''\"\"-")
_OPENING = re.compile(r'(?<![^\s(\[—-])"(?=\S)')
_NUMBERED = re.compile(r"^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]\s*|[0-9]{1,2}\.\s*)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Chinese text, its English, and the source it came from."""

    zh: str
    en: str
    source: str


def clean_en(text: str) -> str:
    """NFKC, single blanks, straight apostrophes, and curly quotation marks, which show where they belong.

    >>> clean_en('the  "two  new" policies')
    'the “two new” policies'
    """
    text = unicodedata.normalize("NFKC", text.replace("\u200b", "")).translate(_QUOTES)
    return _OPENING.sub("“", re.sub(r"\s+", " ", text).strip()).replace('"', "”")


def acceptable(zh: str, en: str, *, shortest: int = 2) -> bool:
    """Whether the pair is mostly Chinese on one side, mostly English on the other, and of like length."""
    han, latin = len(HAN.findall(zh)), len(_LATIN.findall(en))
    if han < shortest or latin < 2 or len(zh) > 150 or len(en) > 560 or HAN.search(en):
        return False
    return han >= 0.45 * len(zh.replace(" ", "")) and 1.2 <= len(en) / len(zh) <= 9


def read(folder: Path, name: str, limit: int = 0, *, shortest: int = 2) -> Iterator[Pair]:
    """The acceptable pairs of ``folder/name.tsv.xz``; with a limit, evenly spread over the file."""
    with lzma.open(folder / f"{name}.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").partition("\t") for line in lines]
    step = max(1.0, len(rows) / limit) if limit else 1.0
    seen: set[tuple[str, str]] = set()
    position = 0.0
    while int(position) < len(rows):
        zh, _, en = rows[int(position)]
        position += step
        zh, en = normalised(zh), clean_en(en)
        a, b = _NUMBERED.match(zh), _NUMBERED.match(en)
        if a and b:
            zh, en = zh[a.end() :], en[b.end() :]
        if (zh, en) not in seen and acceptable(zh, en, shortest=shortest):
            seen.add((zh, en))
            yield Pair(zh, en, name)
