"""When a pledge falls due, and how that stands to a given day. Nothing here asks for today's date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

Standing = Literal["soon", "open", "passed", "undated"]
STANDING: Mapping[Standing, tuple[str, str]] = {
    "soon": ("90天内到期", "Due within 90 days"),
    "open": ("期限未到", "Due later"),
    "passed": ("期限已过", "Deadline passed"),
    "undated": ("未写明期限", "No deadline given"),
}
"""In the order in which a reader wants them. "Passed" does not say that the pledge was broken."""
SOON = timedelta(days=90)
_ISO = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])))?")


def last_day(iso: str) -> date | None:
    """The last day of the period `iso` (see Moment.iso); None where it names none.

    >>> [str(last_day(iso)) for iso in ("2025-06-30", "2025-02", "2027", "2026-Q3", "2025-H1", "2021/2025", "")]
    ['2025-06-30', '2025-02-28', '2027-12-31', '2026-09-30', '2025-06-30', '2025-12-31', 'None']
    """
    found = _ISO.fullmatch(iso.rpartition("/")[2])
    if not found or "00" in found.groups():
        return None
    year, month, day, quarter, half = (int(part) if part else 0 for part in found.groups())
    if quarter:
        month = 3 * quarter
    elif half:
        month = 6 * half
    try:
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, IndexError):
        return None


def standing(iso: str, day: date | None) -> Standing:
    """How a deadline stands to `day`; a pledge is not past due on its last day.

    >>> standing("2025", date(2025, 1, 16)), standing("2025-02", date(2025, 1, 16)), standing("2024", date(2025, 1, 1))
    ('open', 'soon', 'passed')
    >>> standing("", date(2025, 1, 1)), standing("2025", None)
    ('undated', 'open')
    """
    end = last_day(iso)
    if end is None:
        return "undated"
    if day is None:
        return "open"
    if end < day:
        return "passed"
    return "soon" if end - day <= SOON else "open"
