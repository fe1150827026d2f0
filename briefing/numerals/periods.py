"""Calendar arithmetic for relative dates: what stands how far from a day, as an iso form.

The readers of both languages resolve their words against it; the rules that write dates do not use it.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day.

    >>> is_day(2024, 2, 29), is_day(2023, 2, 29), is_day(2024, 13, 1)
    (True, False, False)
    """
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def shifted(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month that are `by` months after a month.

    >>> shifted(2024, 11, 3), shifted(2024, 1, -1)
    ((2025, 2), (2023, 12))
    """
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def away(today: date, unit: str, by: int) -> str:
    """The quarter, weekend, week or day that is `by` of them after that of `today`.

    >>> day = date(2024, 1, 12)
    >>> away(day, "quarter", -1), away(day, "week", 0), away(day, "weekend", 0), away(day, "day", 1)
    ('2023-Q4', '2024-01-08/2024-01-14', '2024-01-13/2024-01-14', '2024-01-13')
    """
    match unit:
        case "quarter":
            year, month = shifted(today.year, today.month, 3 * by)
            return f"{year:04}-Q{(month + 2) // 3}"
        case "weekend":
            saturday = today + timedelta(days=5 - today.weekday(), weeks=by)
            return f"{saturday}/{saturday + timedelta(days=1)}"
        case "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=by)
            return f"{monday}/{monday + timedelta(days=6)}"
    return f"{today + timedelta(days=by)}"
