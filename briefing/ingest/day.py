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
_AHEAD = re.compile(
    r"(?:到|至|预计|预期|力争|争取|计划|确保|面向|展望|迈向|瞄准|锚定|规划|拟于|将于|有望|[—－~～-])[^，。；：\n]{0,4}$"
)
_BY = re.compile(
    r"年?(?:[底末]?前|目标|远景|规划|基本实现|[—－~～-]|至|到|起|以来|(?:\d{1,2}月)?(?:出?生(?!产)|入党|入伍|参加工作|创办))"
)
"""What stands around a year that is still to come, is one end of a stretch of years, or is of somebody's life."""
_WHOLE_YEAR = re.compile(r"年(?!以?来|初|年?底|末|\s?\d{1,2}月|[一二三四上下前第])")
_RESULT = re.compile(
    r"同比|比上年|较上年|[增下][长降](?:了|约|近)?\s?\d|(?:达到?|完成|实现|突破)[^，。；]{0,10}\d|累计|怎么?样$|答卷|成绩单|家底|取得"
)
_FUTURE = re.compile(r"力争|预期|预计|目标|左右|以上|确保|将|计划|安排|努力|要|拟|争取")
"""How a year is told of that is over, and how one is told of that is not."""
_NEAR, _SENTENCE = 8, 80
"""Code points before and behind a year that tell of which kind it is."""
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
    years = _years(text, _HEAD) or _years(text, len(text))
    if years:
        most = max(years.values())
        last = max(year for year, times in years.items() if times == most)
        first = min(year for year, times in years.items() if times == most)
        days = [d for m in _DAY.finditer(text) if (d := _valid(last, *m.groups()))]
        if days and max(days[:3]).month > _AFTERWARDS:  # late in a year, the other one is what is planned for
            days = [d for m in _DAY.finditer(text) if (d := _valid(first, *m.groups()))]
        if days:
            return max(days[:3])
    anywhere = _FULL.search(text)
    return _valid(*anywhere.groups()) if anywhere else None


def _years(text: str, stop: int) -> Counter[str]:
    """The years in which a page may have come out, as often as `text` names them before `stop`.

    A year that is only planned for (到2030年, 预计2026年6月) is none; one of which the page tells the results of all
    twelve months (2024年全市生产总值增长5%) was over when it came out.
    """
    found: Counter[str] = Counter()
    for match in _BARE_YEAR.finditer(text, 0, stop):
        year = match.group(1)
        if _AHEAD.search(text, max(0, match.start() - _NEAR), match.start()) or _BY.match(text, match.end()):
            continue
        rest = re.split(r"[。！？\n]", text[match.end() : match.end() + _SENTENCE], maxsplit=1)[0]
        if _WHOLE_YEAR.match(rest) and _RESULT.search(rest) and not _FUTURE.search(rest):
            year = str(int(year) + 1)
        found[year] += 1
    return found


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
