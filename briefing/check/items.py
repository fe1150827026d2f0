"""The numbers and dates of one text as comparable values: what both sides of a check are turned into.

Each side is read from its final text by the reader of its language. An `Item` knows the value in the
base unit of its dimension, so that 3公里 and 3,000 metres are one value, and keeps the span for findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from briefing.check.labels import days, sums
from briefing.check.words import spelled
from briefing.extract.dates import moments as chinese_moments
from briefing.extract.quantities import quantities
from briefing.model import Bound, Direction, Moment, Quantity
from briefing.numerals.en import readings
from briefing.numerals.en_dates import moments as english_moments
from briefing.numerals.units import base, from_english, unit
from briefing.numerals.zh import fold, parse
from briefing.spans import Span

REFERENCE = date(2001, 6, 15)
"""Stands for the day of the issue where none is given: relative dates of both sides resolve alike."""

_TIMES = ("time", "months")
Value = tuple[Decimal, Decimal | None]
"""A single value and None, or the two ends of a range; in the base of the dimension."""


@dataclass(frozen=True, slots=True)
class Item:
    """One number or date of one side."""

    span: Span
    text: str
    """The characters under the span."""
    sort: Literal["number", "date"]
    dimension: str
    """money, length, count, percent, point, ratio, rank …; "date" for dates."""
    value: Value | None
    """None where there is no value (a date that nothing resolves, a set phrase)."""
    printed: Value | None = None
    """The value in the unit that is printed."""
    bound: Bound = "exact"
    direction: Direction = ""
    unit: str = ""
    soft: bool = False
    """Part of a set phrase, or a small word (一, 两, both) that a translation may render freely."""
    shadow: bool = False
    """A length of time inside a date or a phrase (the five years of 五年来): it may be left out, but not altered."""
    dated: bool = False
    """Within a date."""
    iso: str = ""
    relative: bool = False
    """今年, last year: its date hangs on the day of the issue."""
    others: bool = False
    """N other …: the Chinese counts the one that is named too (商务部等9部门, the ministry and 8 other departments)."""
    named: bool = False
    """A day by its name or digits (九一八, “4·18”), in whatever year."""
    stretch: bool = False
    """A relative date or a period: 五年来 and 前三季度 may be said as a number of years or quarters."""

    @property
    def key(self) -> tuple[str, Value | None]:
        """What two items of equal meaning share."""
        return self.dimension, self.value


def plain(value: Decimal) -> Decimal:
    """The value without trailing zeros, so that equal values have equal digits."""
    return value.normalize() if value else Decimal(0)


@lru_cache(maxsize=512)
def read_chinese(text: str, today: date | None = None) -> tuple[Item, ...]:
    """The numbers and dates of a Chinese text, in order.

    >>> [(i.text, i.dimension, i.bound) for i in read_chinese("完成投资90亿元，增长2个百分点")]
    [('90亿元', 'money', 'exact'), ('2个百分点', 'point', 'exact')]
    """
    names = list(_sums(text))
    found = [_number(q, text) for q in quantities(text)]
    found = _outside(found, names)
    dates = [_date(m, text) for m in chinese_moments(text, today or REFERENCE)]
    dates += _days(text, dates, today or REFERENCE)
    taken = [*found, *names, *dates, *_lengths(dates, found, chinese=True)]
    return _settled([*taken, *_bare(text, taken), *_figures(text, taken)])


_FIGURE = re.compile(
    "(?<![一二三四五六七八九十百千万亿数几上成近两0-9])[百千万](?=[名项场校村企户县镇所强树](?![家户万千]))"
)


def _figures(text: str, taken: Sequence[Item]) -> Iterator[Item]:
    """百场活动, “千企万户”: amounts of which its reader made nothing, as soft counts."""
    claimed = {place for item in taken for place in range(item.span.start, item.span.stop)}
    for found in _FIGURE.finditer(text):
        span = Span(*found.span())
        value = parse("一" + found[0])
        if text.startswith("千家", found.start() - 2) and found[0] == "万":
            continue  # 千家万户, every household
        if value is not None and found.start() not in claimed:
            yield Item(span, found[0], "number", "count", (plain(value), None), (plain(value), None), soft=True)


def _outside(found: list[Item], names: Sequence[Item]) -> list[Item]:
    """The numbers that are no part of a label."""
    claimed = {place for name in names for place in range(name.span.start, name.span.stop)}
    return [item for item in found if not claimed.intersection(range(item.span.start, item.span.stop))]


def _sums(text: str) -> Iterator[Item]:
    """Labels such as 1+N as items of their own: they must be the same on both sides, and count something."""
    for span, parts in sums(text):
        first, *rest = (Decimal(-1) if part == "N" else Decimal(part) for part in parts)
        folded = sum((part * 1000**n for n, part in enumerate(rest)), Decimal(0))
        value = plain(first), plain(folded)
        yield Item(span, span.of(text), "number", "label", value, value)


def _days(text: str, dates: Sequence[Item], today: date) -> Iterator[Item]:
    """Days by their digits or a name (“4·18”, 九一八); the English may give the day, or the name untouched."""
    for span, day in days(text):
        if not any(item.span.overlaps(span) for item in dates):
            digits = "·" in text[span.start : span.stop] or "." in text[span.start : span.stop]
            iso = f"{today.year}-{day}"
            yield Item(span, span.of(text), "date", "date", None, iso=iso, relative=not digits, named=True)


_BARE = re.compile(r"(?<![\dA-Za-z.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\dA-Za-z,-]|\.\d)")


def _bare(text: str, taken: Iterable[Item]) -> Iterator[Item]:
    """Digits of a Chinese text that its reader left alone (得分41, 9部门), as soft numbers without a unit."""
    claimed = {place for item in taken for place in range(item.span.start, item.span.stop)}
    plain_text = fold(text)
    for found in _BARE.finditer(plain_text):
        if found.start() in claimed or LIST_NUMBER.match(plain_text, 0, found.end() + 2):
            continue
        if plain_text.startswith("后", found.end()):  # 90后
            continue
        value = plain(Decimal(found[0].replace(",", ""))), None
        span = Span(*found.span())
        yield Item(span, span.of(text), "number", "count", value, value, soft=True)


LIST_NUMBER = re.compile(r"\s*[(（]?\d{1,3}[)）.、．](?!\d)\s*|\s*[(（]\d{1,3}[)）]")
"""The number of a list item at the start of a text."""


@lru_cache(maxsize=512)
def read_english(text: str, today: date | None = None) -> tuple[Item, ...]:
    """The numbers and dates of an English text, in order.

    >>> [(i.text, i.dimension, i.bound) for i in read_english("9 billion yuan, up 2 percentage points")]
    [('9 billion yuan', 'money', 'exact'), ('2 percentage points', 'point', 'exact')]
    """
    names = list(_sums(text))
    found = [_late_unit(_number(q, text), text) for q in readings(text)]
    found = _outside(found, names) + names
    dates = [_date(m, text) for m in english_moments(text, today or REFERENCE)]
    dates += _named_days(text, dates, today or REFERENCE)
    return _settled([*found, *dates, *_lengths(dates, found, chinese=False)])


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_DAY = re.compile(rf"\b({'|'.join(_MONTHS)}) (3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?\b(?![\d,.]\d)")


def _named_days(text: str, dates: Sequence[Item], today: date) -> Iterator[Item]:
    """Days in names, of which the reader of dates made nothing: the September 18 Incident."""
    for found in _MONTH_DAY.finditer(text):
        span = Span(*found.span())
        if not any(item.span.overlaps(span) for item in dates):
            iso = f"{today.year}-{_MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}"
            yield Item(span, found[0], "date", "date", None, iso=iso, relative=True, named=True)


_LENGTH_ZH = re.compile(r"(\d+|[一二两三四五六七八九十百]+)(个月|个季度|年|周|天|日|小时|分钟)")
_LENGTH_EN = re.compile(r"(\d+|[a-z]+)[ -](years?|months?|quarters?|weeks?|days?|hours?|minutes?)\b", re.I)


def _lengths(dates: Iterable[Item], numbers: Sequence[Item], *, chinese: bool) -> Iterator[Item]:
    """The length of time inside a relative date or a period, where its reader took it as a part of the date."""
    for item in dates:
        if not item.stretch or any(n.span.overlaps(item.span) for n in numbers):
            continue
        for found in (_LENGTH_ZH if chinese else _LENGTH_EN).finditer(item.text):
            value = parse(found[1]) if chinese else spelled(found[1])
            known = unit(found[2]) if chinese else from_english(found[2])
            if value is None or known is None or known.dimension not in _TIMES:
                continue
            span = Span(item.span.start + found.start(), item.span.start + found.end())
            size = (plain(base(value, known.name)[0]), None)
            yield Item(
                span,
                found[0],
                "number",
                known.dimension,
                size,
                (plain(value), None),
                unit=known.name,
                soft=True,
                shadow=True,
            )


def _settled(found: list[Item]) -> tuple[Item, ...]:
    """In order; a number inside a date (五年来) is soft: either may be rendered."""
    found.sort(key=lambda i: (i.span.start, -i.span.stop))
    out: list[Item] = []
    end = 0
    for item in found:
        before = out[-1] if out else None
        if item.sort == "number" and item.span.stop <= end and item.printed is not None and item.printed[0] >= 1000:
            continue  # the year of a date
        if item.sort == "number" and item.span.stop <= end:
            item = replace(item, soft=True, dated=True, shadow=item.dimension in _TIMES and item.value is not None)
        elif (
            before is not None
            and item.key == before.key
            and item.unit == before.unit != ""
            and item.span.start - before.span.stop <= 1
        ):  # 七座及七座以下
            out[-1] = replace(before, soft=True)
        elif item.sort == "date":
            while out and out[-1].sort == "number" and out[-1].span.overlaps(item.span) and not out[-1].soft:
                out[-1] = replace(out[-1], soft=True, dated=True, shadow=out[-1].dimension in _TIMES)
            end = max(end, item.span.stop)
        out.append(item)
    return tuple(out)


_RANKED = re.compile(r"[ \w-]{0,40}\bat or (?:above|below|over|under) the\b")
"""2,000 hospitals at or above the second level: the bound is that of the level."""
_LATE = re.compile(
    r"(?: |-)(?:(?:more|full|whole|consecutive|straight|additional|successive|calendar|working|long|good)(?: |-))+"
    r"([a-z]+)"
)


def _late_unit(item: Item, text: str) -> Item:
    """An English count with its unit where words stand between them: 14 consecutive years, 3 full days."""
    if item.bound == "at_least" and item.text[:1].isdigit() and _RANKED.match(text, item.span.stop):
        return replace(item, bound="exact")
    if item.unit or item.dimension != "count" or item.soft or item.printed is None:
        return item
    if text.startswith(" other", item.span.stop):
        return replace(item, others=True)
    word = _LATE.match(text, item.span.stop)
    found = from_english(word[1]) if word is not None else None
    if found is not None and found.dimension in ("time", "months", "length", "area", "mass"):
        low, high = item.printed
        value = (plain(base(low, found.name)[0]), None if high is None else plain(base(high, found.name)[0]))
        return replace(item, dimension=found.dimension, value=value, unit=found.name)
    return item


_FREE = re.compile(
    r"(?:(?:within|over|under|about|nearly|at least|less than|more than) )?"
    r"(?:[第其首]?[一两二双单壹首]\D*"
    r"|(?:one|two|both|single|a|an|half|twice|double|couple|pair|once|1st|first|second|third)\b[^\d]*)",
    re.I,
)


def _number(q: Quantity, text: str) -> Item:
    surface = q.span.of(text)
    dimension, low = _based(q, q.low)
    _, high = _based(q, q.high)
    value, printed = _value(q, low, high), _value(q, q.low, q.high)
    size = value[0] if value is not None else None
    free = size is not None and size <= 3 and q.kind in ("count", "soft", "rank") and bool(_FREE.fullmatch(surface))
    soft = q.kind == "soft" or free or value is None
    shadow = soft and dimension in _TIMES and value is not None
    if dimension == "ratio" and text.startswith("决赛", q.span.stop):
        soft = True  # 八分之一决赛, the round of 16
    if dimension in _TIMES and _EACH.fullmatch(surface):  # 一小时50毫米, 50 millimeters in one hour
        soft = shadow = True
    span, name = q.span, q.unit
    if name == "平" and text.startswith("民", span.stop):  # 200万平民 are people
        span, name, dimension, value = Span(span.start, span.stop - 1), "", "count", printed
        surface = span.of(text)
    if name == "个" and printed is not None and (days := _DAYS.match(text, span.stop)):
        span, name, dimension = Span(span.start, days.end()), "天", "time"  # 10个自然日
        value = plain(base(printed[0], "天")[0]), None if printed[1] is None else plain(base(printed[1], "天")[0])
        surface = span.of(text)
    before = text[span.start - 1 : span.start]
    joined = before in tuple(_JOINED.get(surface[:1], ""))  # 附近有3个, 纽约有10人
    bound = "exact" if joined and q.bound in ("near", "about") else q.bound
    return Item(span, surface, "number", dimension, value, printed, bound, q.direction, name, soft, shadow)


_DAYS = re.compile("(?:自然|工作|交易|连续)日")
_JOINED = {"近": "附最邻临靠", "约": "纽履签节条公契预合制特邀失誓和"}
"""Characters that make a word with one that else would be a hedge."""
_EACH = re.compile(
    r"每?[一1](?:小时|天|日|年|分钟|秒|周|个?月)内?"
    r"|(?:within )?(?:one|a|an|1)[ -](?:hour|day|year|minute|second|week|month)",
    re.I,
)


def _value(q: Quantity, low: Decimal | None, high: Decimal | None) -> Value | None:
    if q.bound == "range" and low is not None and high is not None:
        return plain(low), plain(high)
    single = low if low is not None else high
    return None if single is None else (plain(single), None)


def _based(q: Quantity, value: Decimal | None) -> tuple[str, Decimal | None]:
    """The dimension of a quantity, with one of its ends in the base of that dimension."""
    match q.kind:
        case "percent":
            scale = Decimal("0.1") if q.unit == "‰" else Decimal(1)
            return "percent", None if value is None else plain(value * scale)
        case "point":
            scale = Decimal("0.01") if q.unit in ("基点", "BP", "bp") else Decimal(1)
            return "point", None if value is None else plain(value * scale)
        case "fraction" | "multiple":
            return "ratio", None if value is None else plain(round(value, 5))
        case "soft" if dimension_of(q.unit) in _TIMES:
            pass
        case "count" | "rank" | "soft":
            return "count", None if value is None else plain(value)
    if value is None:
        return dimension_of(q.unit), None
    converted, dimension = base(value, q.unit)
    return dimension_of(q.unit) or dimension, plain(converted)


def dimension_of(name: str) -> str:
    """The dimension of a unit as the check compares it; a currency other than yuan is one of its own.

    >>> dimension_of("亿元") or "unknown", dimension_of("公里"), dimension_of("美元"), dimension_of("家")
    ('unknown', 'length', '美元', 'count')
    """
    found = unit(name) if name else None
    if found is None:
        return "" if name else "count"
    return found.dimension if found.factor is not None else found.name


def _date(m: Moment, text: str) -> Item:
    return Item(
        m.span,
        m.span.of(text),
        "date",
        "date",
        None,
        iso=m.iso,
        relative=m.kind == "relative",
        stretch=m.kind in ("relative", "period"),
    )
