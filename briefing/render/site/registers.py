"""The registers of figures and pledges: their rows, their parts, and the same as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from briefing.model import Kind
from briefing.render.cells import table
from briefing.render.page import Pair
from briefing.render.site.due import STANDING, Standing, last_day, standing
from briefing.render.site.records import Entry, FigureRecord, Item, PledgeRecord, withheld

T = TypeVar("T")
KINDS: dict[Kind, tuple[str, str]] = {
    "money": ("金额", "Money"),
    "count": ("个数", "Count"),
    "measure": ("计量", "Measure"),
    "percent": ("百分比", "Per cent"),
    "point": ("百分点", "Percentage points"),
    "multiple": ("倍数", "Multiple"),
    "fraction": ("分数", "Fraction"),
    "rank": ("位次", "Rank"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with where it stands."""

    entry: Entry
    item: Item
    record: FigureRecord

    @property
    def flagged(self) -> bool:
        r = self.record
        return any(p.flags or withheld(p) for p in (r.subject, r.value, r.base, r.period) if p)

    @property
    def number(self) -> str:
        """What the value is sorted by: its lower bound, or its upper bound where it has no other."""
        value = self.record.low if self.record.low is not None else self.record.high
        return "" if value is None else f"{value:f}"


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """A pledge with where it stands, and how its deadline does."""

    entry: Entry
    item: Item
    record: PledgeRecord
    end: date | None
    standing: Standing

    @property
    def flagged(self) -> bool:
        r = self.record
        return any(p.flags or withheld(p) for p in (r.actor, r.action, *r.amounts, r.due) if p)

    @property
    def order(self) -> int:
        return list(STANDING).index(self.standing)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a long list."""

    path: str
    rows: Sequence[T]
    number: int
    of: int
    previous: str = ""
    """The name of the file of the page before, in the same folder."""
    next: str = ""


def parts(path: str, rows: Sequence[T], size: int) -> list[Part[T]]:
    """`rows` in pages of at most `size`: at `path`, then path-2, path-3 …; at least one page.

    >>> [(p.path, list(p.rows), p.previous, p.next) for p in parts("a/b.html", [1, 2, 3], 2)]
    [('a/b.html', [1, 2], '', 'b-2.html'), ('a/b-2.html', [3], 'b.html', '')]
    """
    stem = path.removesuffix(".html")
    cut = [rows[at : at + size] for at in range(0, len(rows), size)] or [rows]
    paths = [path, *(f"{stem}-{n}.html" for n in range(2, len(cut) + 1))]
    names = ["", *(p.rpartition("/")[2] for p in paths), ""]
    return [
        Part(path, own, n + 1, len(cut), names[n], names[n + 2])
        for n, (path, own) in enumerate(zip(paths, cut, strict=True))
    ]


def figure_lines(entries: Iterable[Entry]) -> list[FigureLine]:
    """All figures in the order of the entries."""
    return [FigureLine(e, item, record) for e in entries for item in e.items for record in item.figures]


def pledge_lines(pairs: Iterable[tuple[Entry, Item]], day: date | None) -> list[PledgeLine]:
    """All pledges: due soon, due later, deadline passed (the latest first), no deadline."""
    lines = [
        PledgeLine(entry, item, record, last_day(record.iso), standing(record.iso, day))
        for entry, item in pairs
        for record in item.pledges
    ]

    def rank(line: PledgeLine) -> tuple[int, int]:
        ordinal = line.end.toordinal() if line.end else 0
        return line.order, -ordinal if line.standing == "passed" else ordinal

    return sorted(lines, key=rank)


FIGURE_COLUMNS = (
    "issue", "date", "interview", "officials_zh", "officials_en", "place_zh", "place_en", "subject_zh", "subject_en",
    "value_zh", "value_en", "base_zh", "base_en", "kind", "low", "high", "bound", "unit", "status", "period_zh",
    "period_en", "period_iso", "flags", "source_sentence", "page",
)  # fmt: skip
PLEDGE_COLUMNS = (
    "issue", "date", "interview", "officials_zh", "officials_en", "place_zh", "place_en", "actor_zh", "actor_en",
    "pledge_zh", "pledge_en", "strength", "amounts_zh", "amounts_en", "due_zh", "due_en", "due_iso", "last_day",
    "state", "flags", "source_sentence", "page",
)  # fmt: skip


def figures_csv(lines: Iterable[FigureLine], base: str) -> bytes:
    """All figures as CSV; `base` is what their pages' addresses begin with."""
    return table(FIGURE_COLUMNS, (_figure(line, base) for line in lines))


def pledges_csv(lines: Iterable[PledgeLine], base: str) -> bytes:
    """All pledges as CSV."""
    return table(PLEDGE_COLUMNS, (_pledge(line, base) for line in lines))


def _common(entry: Entry, item: Item) -> list[object]:
    names = [official.name for official in item.officials]
    return [
        entry.issue,
        entry.date.isoformat() if entry.date else "",
        item.headline.zh,
        "；".join(name.zh for name in names),
        "; ".join(name.en for name in names),
        *_both(item.place),
    ]


def _figure(line: FigureLine, base: str) -> list[object]:
    r = line.record
    return [
        *_common(line.entry, line.item), *_both(r.subject), *_both(r.value), *_both(r.base), r.kind,
        _plain(r.low), _plain(r.high), r.bound, r.unit, r.status, *_both(r.period), r.iso,
        _flags(r.subject, r.value, r.base, r.period), r.source, _page(line.entry, r.id, base),
    ]  # fmt: skip


def _pledge(line: PledgeLine, base: str) -> list[object]:
    r = line.record
    return [
        *_common(line.entry, line.item), *_both(r.actor), *_both(r.action), r.strength,
        "；".join(p.zh for p in r.amounts), "; ".join(p.en for p in r.amounts), *_both(r.due), r.iso, line.end,
        line.standing, _flags(r.actor, r.action, *r.amounts, r.due), r.source, _page(line.entry, r.id, base),
    ]  # fmt: skip


def _both(pair: Pair | None) -> tuple[str, str]:
    return (pair.zh, pair.en) if pair else ("", "")


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}"


def _flags(*pairs: Pair | None) -> str:
    return " ".join(dict.fromkeys(flag for pair in pairs if pair for flag in pair.flags))


def _page(entry: Entry, row: str, base: str) -> str:
    return f"{base}issues/{entry.slug}.html#{row}"
