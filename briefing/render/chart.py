"""What the charts of a brief show: results against targets of the same indicator, and pledges by deadline.

The numbers are those of the tables; a chart draws nothing that is not also written beside it. Shares are given in
whole percents of the longest bar of a comparison: indicators with different units share no scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from briefing.model import Brief, Quantity
from briefing.render.page import FigureRow, Page, Pair, PledgeRow, Section

_PLACE_WORDS = re.compile(r"^(?:全[省市区县州国年]|[我本][省市区县州]|[省市区县]里)|的$")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONGER = {"规上": "规模以上", "限上": "限额以上", "GDP": "地区生产总值"}
_ADDED = re.compile("[新增净再减]|其中")
"""What tells an increase or a part from the whole: 新增高新技术企业 is not compared with 高新技术企业."""
_LEAST_NAME = 3
"""Characters that two names of an indicator must share at their ends: 投资 alone names no indicator."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount: solid up to `solid`, hatched from there to `reach`, both in percent of the longest bar."""

    row: FigureRow
    solid: int
    reach: int
    open: bool = False
    """Whether the amount has no upper bound: at least, more than."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator: what was reached and what is to be reached."""

    subject: Pair
    achieved: Bar
    target: Bar


@dataclass(frozen=True, slots=True)
class Deadline:
    """The pledges that fall due in the same month, quarter, half, year or run of years."""

    iso: str
    zh: str
    en: str
    pledges: tuple[tuple[str, PledgeRow], ...]
    """Each with the number by which the table shows it, 1.3."""
    share: int
    """Of the fullest deadline, in percent."""


def comparisons(section: Section, brief: Brief) -> tuple[Comparison, ...]:
    """The indicators of which `section` gives both a result and a target, in the order of the targets."""
    quantities = {figure.id: figure.quantity for figure in brief.figures}
    place = section.place.zh if section.place else ""
    done: dict[tuple[str, ...], list[tuple[str, FigureRow]]] = {}
    for row in section.figures:
        if row.status == "achieved" and row.figure in quantities:
            done.setdefault(_scale(quantities[row.figure], row), []).append((_full(row.subject.zh, place), row))
    out: list[Comparison] = []
    used: set[str] = set()
    for row in section.figures:
        if row.status != "target" or row.figure not in quantities or quantities[row.figure].kind in ("soft", "rank"):
            continue
        name = _full(row.subject.zh, place)
        near = [
            (common, other)
            for known, other in done.get(_scale(quantities[row.figure], row), ())
            if other.figure not in used and (common := _common(name, known))
        ]
        if not near:
            continue
        best = max(near, key=lambda n: n[0])[1]
        bars = _bars(best, quantities[best.figure], row, quantities[row.figure])
        if bars is not None:
            used.add(best.figure)
            out.append(Comparison(row.subject, *bars))
    return tuple(out)


def _common(one: str, other: str) -> int:
    """How many characters the names share at their ends, where one is the other with a place before it; else 0."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if short and short == long:
        return len(short) + 1
    if len(short) >= _LEAST_NAME and long.endswith(short) and not _ADDED.search(long.removesuffix(short)):
        return len(short)
    return 0


def _full(name: str, place: str) -> str:
    """The name of an indicator without the place that the article is about, its abbreviations written out.

    >>> _full("我区规上工业增加值", ""), _full("澄江区规上工业增加值", "云河市澄江区")
    ('规模以上工业增加值', '规模以上工业增加值')
    """
    name = _PLACE_WORDS.sub("", name)
    near = next((n for n in range(min(len(name), len(place)), 1, -1) if place.endswith(name[:n])), 0)
    name = name[near:]
    for short, long in _LONGER.items():
        name = name.replace(short, long)
    return name


def _scale(quantity: Quantity, row: FigureRow) -> tuple[str, ...]:
    """What two quantities share that can be drawn on one scale: unit, kind and base, levels or changes one way."""
    direction = quantity.direction if quantity.direction in ("up", "down") else ""
    return (quantity.unit, quantity.kind, direction, row.base.zh if row.base else "")


def _bars(left: FigureRow, one: Quantity, right: FigureRow, other: Quantity) -> tuple[Bar, Bar] | None:
    ends = [_ends(one), _ends(other)]
    top = max(high for _, high in ends)
    if top <= 0 or any(low < 0 for low, _ in ends):
        return None
    first, second = (
        Bar(row, _share(low, top), _share(high, top), quantity.high is None)
        for row, quantity, (low, high) in zip((left, right), (one, other), ends, strict=True)
    )
    return first, second


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """Where the bar is solid to, and where it ends; a missing bound takes the other."""
    low = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.high is not None else quantity.low
    return low or Decimal(0), high or Decimal(0)


def _share(part: Decimal, whole: Decimal) -> int:
    return int((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def deadlines(page: Page, brief: Brief) -> tuple[Deadline, ...]:
    """The pledges of the page that have a deadline by month, or by the longer period that is all they give.

    In the order in which the periods end; of those that end together the shortest is first.
    """
    due = {pledge.id: pledge.due.iso for pledge in brief.pledges if pledge.due is not None and pledge.due.iso}
    found: dict[Period, list[tuple[str, PledgeRow]]] = {}
    for label, row in numbered(page):
        period = spell(due.get(row.pledge, ""))
        if period is not None:
            found.setdefault(period, []).append((label, row))
    most = Decimal(max(map(len, found.values()), default=1))
    return tuple(
        Deadline(period.iso, period.zh, period.en, tuple(rows), _share(Decimal(len(rows)), most))
        for period, rows in sorted(found.items())
    )


def numbered(page: Page) -> Iterator[tuple[str, PledgeRow]]:
    """The pledges of the page, each with the number by which the table shows it."""
    for number, section in enumerate(page.sections, 1):
        for row, pledge in enumerate(section.pledges, 1):
            yield f"{number}.{row}", pledge


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """What a row of the deadlines stands for."""

    end: str
    """Its last month, 2026-09."""
    months: int
    iso: str
    zh: str
    en: str


def spell(iso: str) -> Period | None:
    """The month in which a deadline falls, or the longer period that is all it gives; None for what is no period.

    A day counts with its month, a span of days or months with the month in which it ends.

    >>> [spell(iso).en for iso in ("2025-06-30", "2025-06", "2025-03/2025-06", "2026-Q3", "2025-H1", "2025")]
    ['June 2025', 'June 2025', 'June 2025', 'Q3 2026', 'First half of 2025', 'By end of 2025']
    >>> spell("2021/2025")
    Period(end='2025-12', months=60, iso='2021/2025', zh='2021—2025年', en='2021–2025')
    """
    years = re.fullmatch(r"(\d{4})/(\d{4})", iso, re.ASCII)
    if years is not None:
        first, last = years.groups()
        if not 0 < int(first) < int(last):
            return None
        months = 12 * (int(last) - int(first) + 1)
        return Period(f"{last}-12", months, iso, f"{first}—{last}年", f"{first}–{last}")
    found = re.fullmatch(
        r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])(?:-\d\d)?))?", iso.rpartition("/")[2], re.ASCII
    )
    if found is None or int(found[1]) < 1:
        return None
    year, quarter, half, month = found.groups()
    if quarter:
        ends, zh = f"{year}-{3 * int(quarter):02}", f"{year}年{'一二三四'[int(quarter) - 1]}季度"
        return Period(ends, 3, f"{year}-Q{quarter}", zh, f"Q{quarter} {year}")
    if half:
        zh, en = ("上半年", "First half of") if half == "1" else ("下半年", "Second half of")
        return Period(f"{year}-{6 * int(half):02}", 6, f"{year}-H{half}", f"{year}年{zh}", f"{en} {year}")
    if month is None:
        return Period(f"{year}-12", 12, year, f"{year}年底前", f"By end of {year}")
    name = MONTHS[int(month) - 1]
    return Period(f"{year}-{month}", 1, f"{year}-{month}", f"{year}年{int(month)}月", f"{name} {year}")
