"""Dates of both sides, compared by the days that they cover."""

from __future__ import annotations

import calendar as _calendar
import re
from dataclasses import dataclass
from functools import cache

from briefing.check.items import Item


@dataclass(frozen=True, slots=True)
class DateBinding:
    """Dates that agree and dates that do not, as indexes of the items."""

    same: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    invented: tuple[int, ...]


_WEEK_ZH, _WEEK_EN = re.compile("上一?周"), re.compile("(?:last|previous|past) week", re.I)
_DAY_ZH, _DAY_EN = re.compile(r"\d{1,2}[日号]"), re.compile(r"(?:on )?the (\d{1,2})(?:st|nd|rd|th)")
_CLOCK = re.compile(r"T\d\d:\d\d")
_YEAR = re.compile(r"\d{4}|\d\d年")


@cache
def days(iso: str) -> tuple[str, str] | None:
    """The first and the last day that an iso form covers; None for an open date or a time of day.

    >>> days("2024-Q1"), days("2021/2025")
    (('2024-01-01', '2024-03-31'), ('2021-01-01', '2025-12-31'))
    """
    first, stroke, last = iso.partition("/")
    if stroke:
        ends = days(first), days(last)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?(?:T.*)?", iso)
    if found is None:
        return None
    year, quarter, half, month, day = found.groups()
    if day:
        return f"{year}-{month}-{day}", f"{year}-{month}-{day}"
    if month:
        a = b = int(month)
        if not 1 <= a <= 12:
            return None
    elif quarter:
        a, b = 3 * int(quarter) - 2, 3 * int(quarter)
    elif half:
        a, b = 6 * int(half) - 5, 6 * int(half)
    else:
        a, b = 1, 12
    return f"{year}-{a:02}-01", f"{year}-{b:02}-{_calendar.monthrange(max(int(year), 1), b)[1]:02}"


def bind_dates(zh: list[tuple[int, Item]], en: list[tuple[int, Item]]) -> DateBinding:
    """Bind the dates of the two sides: equal first, then one that says the other more closely.

    去年四季度 is two dates in Chinese and may be one in English, so a date is also borne out by a date of the
    other side that lies within it (2023 by 2023-Q4), but not the other way round.
    """
    same: list[tuple[int, int]] = []
    free_zh, free_en = dict(zh), dict(en)
    for i, z in zh:
        j = next((j for j, e in free_en.items() if _equal(z, e)), None)
        if j is not None:
            same.append((i, j))
            del free_zh[i], free_en[j]
    lone_zh = {i: z for i, z in free_zh.items() if not _borne(z, [e for _, e in en])}
    lone_en = {j: e for j, e in free_en.items() if not _borne(e, [z for _, z in zh])}
    changed: list[tuple[int, int]] = []
    for i, z in list(lone_zh.items()):
        rivals = [j for j, e in lone_en.items() if (not z.named or len(e.iso) >= 10) and not _unlike(z, e)]
        j = min(rivals, key=lambda j: (_distance(z, lone_en[j]), abs(i - j)), default=None)
        if j is not None:
            changed.append((i, j))
            del lone_zh[i], lone_en[j]
    return DateBinding(tuple(same), tuple(changed), tuple(lone_zh), tuple(lone_en))


def _unlike(z: Item, e: Item) -> bool:
    """Whether a year and a relative stretch of years cannot have been taken for one another."""
    return bool(_YEAR.match(z.text)) and e.relative and "/" in e.iso and "/" not in z.iso


def _borne(one: Item, others: list[Item]) -> bool:
    """Whether the dates of the other side say `one`: as such, more closely, or as the ends of a stretch."""
    if any(_equal(one, other) or _bears(one, other) for other in others):
        return True
    first, stroke, last = one.iso.partition("/")
    if stroke:
        said = {other.iso for other in others}
        if reversed_range(one):
            return False  # from Nov. 22 to 20
        return first in said and last in said
    return any(one.iso in other.iso.split("/") for other in others if "/" in other.iso)


def reversed_range(one: Item) -> bool:
    """Whether a stretch of days ends before it begins, within one year: from Nov. 22 to 20."""
    first, _, last = one.iso.partition("/")
    return bool(last) and first > last and first[:4] == last[:4]


def _equal(z: Item, e: Item) -> bool:
    if not z.iso or not e.iso:
        return not z.iso and not e.iso
    if z.iso == e.iso or (z.named and z.iso[4:] == e.iso[4:10]):
        return True
    if z.relative and e.relative and _WEEK_ZH.match(z.text) and _WEEK_EN.search(e.text):
        return True  # 上周, the previous week: seven days, or those since Monday
    if _DAY_ZH.fullmatch(z.text) and (day := _DAY_EN.fullmatch(e.text)):
        return z.iso[-2:] == f"{int(day[1]):02}"  # the month is a guess on both sides
    times = _time(z), _time(e)
    if times[0] != times[1] and "" not in times:
        return False
    if days(z.iso) is not None and days(z.iso) == days(e.iso):
        return True
    # a year that the Chinese prints and the English leaves out (2025…大会开幕，11月26日) cannot be wrong in the English
    inferred = "月" in z.text and not _YEAR.search(e.text) and not (z.relative or e.relative)
    ours, theirs = z.iso.split("/"), e.iso.split("/")
    return (
        inferred
        and len(ours) == len(theirs)
        and all(len(a) >= 7 and a[:4].isdecimal() and a[4:] == b[4:] for a, b in zip(ours, theirs, strict=True))
    )


def _bears(wide: Item, narrow: Item) -> bool:
    """Whether `narrow` says `wide` and more: the last quarter of 2023 says 2023, 8日21时 says 21:00."""
    outer, inner = days(wide.iso), days(narrow.iso)
    if outer is None and _time(wide):
        return _time(wide) == _time(narrow)
    if outer is None or inner is None:
        return not wide.iso
    if _time(wide) and _time(wide) != _time(narrow):
        return False
    if "/" in wide.iso:  # the next five years are not said by the next one
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _time(item: Item) -> str:
    """The time of day in an iso form, "" if it has none."""
    return item.iso.partition("T")[2]


def nested(a: str, b: str) -> bool:
    """Whether one of two iso forms lies within the other: 2023 and 2023-12-27.

    >>> nested("2023", "2023-12-27"), nested("2023", "2024-Q1")
    (True, False)
    """
    first, second = days(a), days(b)
    if first is None or second is None:
        return not (_CLOCK.fullmatch(a) and _CLOCK.fullmatch(b) and a != b)
    (p, q), (r, s) = first, second
    return (p <= r and s <= q) or (r <= p and q <= s)


def _distance(z: Item, e: Item) -> int:
    """How many fields of the two dates differ."""
    ours, theirs = re.split("[-/]", z.iso), re.split("[-/]", e.iso)
    different = sum(1 for a, b in zip(ours, theirs, strict=False) if a != b)
    return different + 3 * abs(len(ours) - len(theirs))
