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
_FINISHED = (
    r"年度?[^\n。，“]{0,30}?(?:公报|年报|年度报告|决算|(?:执行|运行|完成|发展|收支|就业|消费|经济)情况"
    r"|工作回顾|工作总结|成绩单|答卷|盘点|十大)"
)
"""Behind a year in a headline: the year is over, and the page is of the months after it."""
_AFTERWARDS = 6
"""Months of the next year in which such a page comes out, where it names no year of its own."""
_HEAD = 400
"""Code points at the top of a page where its date line stands."""


def guess_date(text: str) -> date | None:
    """The day of publication: a full date at the top of the page, else the latest day that the lead names
    with the year of the page, else the first full date in the text; None where nothing tells.

    A page that names only 1月12日 and is headed 2024济南市两会 is of 2024-01-12 or the days after it. One that is
    headed by a year that is over (2024年统计公报) is of the year after.

    >>> guess_date("云河日报 2025年1月9日 星期四"), guess_date("2024两会特别策划。1月12日，记者专访了")
    (datetime.date(2025, 1, 9), datetime.date(2024, 1, 12))
    >>> guess_date("云河市2024年国民经济和社会发展统计公报\\n市统计局 3月18日")
    datetime.date(2025, 3, 18)
    """
    over = re.search(_YEAR + _FINISHED, text[:_HEAD])
    for match in _FULL.finditer(text[:_HEAD]):
        found = _valid(*match.groups())
        if found and (over is None or found.year > int(over.group(1))):
            return found
    if over:
        return _after(text, int(over.group(1)))
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


def _after(text: str, year: int) -> date | None:
    """The day on which a page came out that looks back at `year`: the last full date of the years after, else the
    first day of the first months of the next; None where there is neither."""
    full = [d for m in _FULL.finditer(text) if (d := _valid(*m.groups())) and d.year > year]
    if full:
        return full[-1]
    days = [d for m in _DAY.finditer(text) if (d := _valid(str(year + 1), *m.groups())) and d.month <= _AFTERWARDS]
    return max(days[:3]) if days else None


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
