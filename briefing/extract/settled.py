"""A status that the calendar settles: what is said of a year gone by was reached."""

from __future__ import annotations

import re
from datetime import date

from briefing.extract.clauses import fold
from briefing.model import Moment, Status
from briefing.spans import Span

_AHEAD = re.compile(
    "将(?!军)|力争|争取|确保|计划|拟|目标|预计|预期|今年|明年|今后|未来|下一?步|有望|要(?!求|素|点|闻|道)|到20[0-9]{2}年"
)
"""What may turn a sentence about the past to what lies ahead, between its time and the number."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def settled(status: Status, period: Moment | None, text: str, at: Span, today: date | None) -> Status:
    """`status` of the number at `at`, unless its `period` is a year gone by and nothing between them looks ahead.

    >>> line = "去年民生支出占比保持在80%左右，新增就业16.2万人"
    >>> last = Moment(Span(0, 2), "relative", "2024")
    >>> settled("target", last, line, Span(21, 26), date(2025, 3, 8))
    'achieved'
    """
    if today is None or period is None or status != "target" or period.span.stop > at.start:
        return status
    found = _YEAR.match(period.iso)
    if found is None or "/" in period.iso or int(found[0]) >= today.year:
        return status
    return status if _AHEAD.search(fold(text[period.span.stop : at.start])) else "achieved"
