"""What the calendar says of tense: in July, 11月底前 lies ahead and 3月 behind; 今年 is open in January."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from briefing.extract.clauses import fold
from briefing.extract.dates import moments
from briefing.extract.tense import Marker
from briefing.model import Moment

_AHEAD = 35
"""The weight of a time that begins after the day of the issue."""
_DUE = 50
"""… and by which something is to be done."""
_BY = re.compile("[之以]?前")
_BEHIND = -25
"""The weight of a time that was over by then."""
_NEW, _OPEN, _CLOSING = 25, 12, -10
"""The weight of 今年 in its first two months, in the third, and at its end."""
_MOSTLY_AHEAD, _MOSTLY_BEHIND = 25, -10
"""The weight of a half-year, a quarter or a plan that has just begun, and of one that is nearly over."""
_SEASON = timedelta(days=60)
"""No shorter period is weighed by how much of it is over."""
_LATEST = timedelta(days=40)
"""A day so recent is that of the interview, not that of what is told."""
_BASE_BEFORE = re.compile(r"(?:[比较同与]|相当于|高于|低于|超过|[到至])$")
_BASE_AFTER = re.compile(r"[末底]?的?(?:基础|水平|基数|同期|[\d.]+倍)|[末底]?相比|以?来")
_YEAR_ITSELF = re.compile(
    r"(?!以来|是|[我全省市区县]?[^,。]{0,4}(?:政府工作报告|两会)|的?政府|春节|元旦|开年|年?初|[上前\d一二三四首]|截至|已)"
)
"""What follows 今年 where the whole year is meant."""


def bounds(moment: Moment) -> tuple[date, date] | None:
    """The first and the last day of a moment that was put on the calendar.

    >>> from briefing.spans import Span
    >>> [str(day) for day in bounds(Moment(Span(0, 4), "period", "2025-Q3"))]
    ['2025-07-01', '2025-09-30']
    """
    first, _, last = moment.iso.partition("/")
    ends = (_days(first), _days(last or first))
    return None if ends[0] is None or ends[1] is None else (ends[0][0], ends[1][1])


def _days(iso: str) -> tuple[date, date] | None:
    """The first and the last day of a year, half, quarter, month or day; None for a time of day."""
    found = re.fullmatch(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d)(?:T.*)?)?))?", iso)
    if found is None or int(found[1]) < 1:
        return None
    year, half, quarter, month, day = (int(part) if part else None for part in found.groups())
    if year is None:
        return None
    if day is not None and month is not None:
        return date(year, month, day), date(year, month, day)
    first, last = 1, 12
    if half is not None:
        first, last = 6 * half - 5, 6 * half
    elif quarter is not None:
        first, last = 3 * quarter - 2, 3 * quarter
    elif month is not None:
        first = last = month
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


@lru_cache(maxsize=256)
def calendar_marks(sentence: str, today: date) -> tuple[Marker, ...]:
    """The times of `sentence` that lie before or after `today`, as markers of tense, in text order.

    >>> text = "一期3月投用，二期11月底前交付"
    >>> [(m.span.of(text), m.weight > 0) for m in calendar_marks(text, date(2025, 7, 18))]
    [('3月', False), ('11月底', True)]
    """
    folded = fold(sentence)
    found = []
    for moment in moments(sentence, today):
        weight = _weight(folded, moment, today)
        if weight:
            found.append(Marker(moment.span, weight))
    return tuple(found)


def _weight(folded: str, moment: Moment, today: date) -> int:
    ends = bounds(moment)
    start, stop = moment.span.start, moment.span.stop
    if ends is None or _BASE_BEFORE.search(folded[:start][-3:]) or _BASE_AFTER.match(folded, stop):
        return 0
    first, last = ends
    if first > today:
        return _DUE if _BY.match(folded, stop) else _AHEAD
    if last < today:
        return 0 if first == last and today - last < _LATEST else _BEHIND
    if moment.iso == f"{today.year:04}":
        if not _YEAR_ITSELF.match(folded, stop):
            return 0
        return {1: _NEW, 2: _NEW, 3: _OPEN, 11: _CLOSING, 12: _CLOSING}.get(today.month, 0)
    if last - first < _SEASON:
        return 0
    third = (last - first) / 3
    return _MOSTLY_AHEAD if last - today > 2 * third else _MOSTLY_BEHIND if today - first > 2 * third else 0
