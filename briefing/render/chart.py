"""What the charts of a brief show: results against targets of the same indicator, and pledges by deadline.

The numbers are those of the tables; a chart draws nothing that is not also written beside it. Shares are given in
whole percents of the longest bar of a comparison: indicators with different units share no scale.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from briefing.model import Brief, Quantity
from briefing.render.page import FigureRow, Page, Pair, PledgeRow, Section

_PLACE_WORDS = re.compile(r"^(?:全[省市区县州国年]|[我本][省市区县州]|[省市区县]里)|的$")
_MONTHS = (
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
    """The pledges that fall due on the same day or in the same month, quarter, half or year."""

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
            done.setdefault(_scale(quantities[row.figure]), []).append((_full(row.subject.zh, place), row))
    out: list[Comparison] = []
    used: set[str] = set()
    for row in section.figures:
        if row.status != "target" or row.figure not in quantities or quantities[row.figure].kind in ("soft", "rank"):
            continue
        name = _full(row.subject.zh, place)
        near = [
            (common, other)
            for known, other in done.get(_scale(quantities[row.figure]), ())
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


def _scale(quantity: Quantity) -> tuple[str, ...]:
    """What two quantities share that can be drawn on one scale: unit and kind, both levels or both changes one way."""
    return (quantity.unit, quantity.kind, quantity.direction if quantity.direction in ("up", "down") else "")


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
    """The pledges of the page that have a deadline, earliest first; those of one deadline together."""
    due = {pledge.id: pledge.due.iso for pledge in brief.pledges if pledge.due is not None and pledge.due.iso}
    found: dict[str, list[tuple[str, PledgeRow]]] = {}
    for label, row in numbered(page):
        if row.pledge in due:
            iso = due[row.pledge].rpartition("/")[2]
            found.setdefault(iso, []).append((label, row))
    named = [(end, iso, zh, en) for iso in found if (spelt := spell(iso)) for end, zh, en in [spelt]]
    most = max((len(found[iso]) for _, iso, _, _ in named), default=1)
    return tuple(
        Deadline(iso, zh, en, tuple(found[iso]), _share(Decimal(len(found[iso])), Decimal(most)))
        for _, iso, zh, en in sorted(named)
    )


def numbered(page: Page) -> Iterator[tuple[str, PledgeRow]]:
    """The pledges of the page, each with the number by which the table shows it."""
    for number, section in enumerate(page.sections, 1):
        for row, pledge in enumerate(section.pledges, 1):
            yield f"{number}.{row}", pledge


def spell(iso: str) -> tuple[str, str, str] | None:
    """The last day of a period for sorting, and its name in Chinese and English; None for what is no period.

    >>> spell("2025"), spell("2026-Q3")
    (('2025-12-31', '2025年', '2025'), ('2026-09-30', '2026年三季度', 'Q3 2026'))
    >>> spell("2025-06-30")
    ('2025-06-30', '2025年6月30日', 'June 30, 2025')
    """
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?", iso, re.ASCII)
    if found is None:
        return None
    year, quarter, half, month, day = found.groups()
    if quarter:
        return _end(year, 3 * int(quarter)), f"{year}年{'一二三四'[int(quarter) - 1]}季度", f"Q{quarter} {year}"
    if half:
        zh, en = ("上半年", "First half of") if half == "1" else ("下半年", "Second half of")
        return _end(year, 6 * int(half)), f"{year}年{zh}", f"{en} {year}"
    if month is None:
        return f"{year}-12-31", f"{year}年", year
    if not 1 <= int(month) <= 12 or int(year) < 1:
        return None
    name = _MONTHS[int(month) - 1]
    if day is None:
        return _end(year, int(month)), f"{year}年{int(month)}月", f"{name} {year}"
    return iso, f"{year}年{int(month)}月{int(day)}日", f"{name} {int(day)}, {year}"


def _end(year: str, month: int) -> str:
    return f"{year}-{month:02}-{calendar.monthrange(max(1, int(year)), month)[1]:02}"
