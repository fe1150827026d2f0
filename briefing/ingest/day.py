"""The day of an issue, from its own text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

_YEAR = r"(20\d\d|19\d\d)"
_FULL = re.compile(
    rf"{_YEAR}\s?(?:年|[-/.])\s?(1[0-2]|0?[1-9])\s?(?:月|[-/.])\s?(3[01]|[12]\d|0?[1-9])(?:\s?日|(?!\d))"
)
_DAY = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
_BARE_YEAR = re.compile(rf"{_YEAR}(?=年|[\u4e00-\u9fff])")
_HEAD = 400
"""Code points at the top of a page where its date line stands."""


def guess_date(text: str) -> date | None:
    """The day of publication: a full date at the top of the page, else the latest day that the lead names
    with the year of the page, else the first full date in the text; None where nothing tells.

    A page that names only 1月12日 and is headed 2024济南市两会 is of 2024-01-12 or the days after it.

    >>> guess_date("云河日报 2025年1月9日 星期四"), guess_date("2024两会特别策划。1月12日，记者专访了")
    (datetime.date(2025, 1, 9), datetime.date(2024, 1, 12))
    """
    for where in (text[:_HEAD],):
        for match in _FULL.finditer(where):
            if found := _valid(*match.groups()):
                return found
    years = Counter(match.group(1) for match in _BARE_YEAR.finditer(text[:_HEAD]))
    if not years:
        years = Counter(match.group(1) for match in _BARE_YEAR.finditer(text))
    if years:
        year = years.most_common(1)[0][0]
        days = [d for m in _DAY.finditer(text) if (d := _valid(year, *m.groups()))]
        if days:
            return max(days[:3])
    anywhere = _FULL.search(text)
    return _valid(*anywhere.groups()) if anywhere else None


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
