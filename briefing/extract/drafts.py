"""A quantity while it is being read: mutable, with the pieces kept apart until neighbours have been compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from briefing.model import Bound, Direction, Kind, Quantity
from briefing.numerals import units
from briefing.numerals.zh_scan import Number
from briefing.spans import Span

NumberAt = Callable[[str, int], "tuple[Number, int] | None"]
"""Reads the run at an offset of a text: the number and where it ends."""


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit behind a number, and what it brings along."""

    name: str
    kind: Kind
    printed: str
    stop: int
    rule: str = "unit"
    inner: Bound | None = None
    """over, for 多 behind the unit: 三年多."""
    times: Decimal | None = None
    """The multiplier that stands behind the classifier: 20个亿."""
    plus: Decimal | None = None
    """A half, for 半 behind the unit: 三斤半; or the smaller coins of 五元三毛."""

    def extends(self) -> bool:
        """Whether 内 and the like may bound it: time, distance, money and shares, not power or area."""
        if self.kind in {"money", "percent"}:
            return True
        found = units.unit(self.name) if self.kind == "measure" else None
        return found is not None and found.dimension in {"time", "months", "length", "temperature", "mass", "index"}


@dataclass(slots=True)
class Draft:
    """One number with what was found on either side of it."""

    start: int
    stop: int
    number_start: int
    number_stop: int
    number: Number
    low: Decimal
    high: Decimal
    kind: Kind
    unit: str
    rule: str
    ahead: Bound | None = None
    inner: Bound | None = None
    behind: Bound | None = None
    unit_text: str = ""
    """The unit as printed, "" where the number has none of its own."""
    direction: Direction = ""
    known: bool = True
    """Whether it is a quantity by itself; a bare number (20 in 20、30和50公里) needs its neighbour."""
    fallback: bool = False
    """Whether a bare number counts by itself where no neighbour lends it a unit."""
    bound: Bound | None = None
    """Set by a pass over neighbours (lists, ranges); else combined from the three above."""

    def quantity(self, bound: Bound) -> Quantity:
        """The finished quantity: limits by the conventions of `Quantity`."""
        low: Decimal | None = self.low
        high: Decimal | None = self.high
        match bound:
            case "over" | "at_least":
                high = None
            case "near" | "at_most":
                low = None
            case "exact" | "about" if low != high:
                bound = "range"
        span = Span(self.start, self.stop)
        return Quantity(span, self.kind, low, high, bound, self.unit, self.rule, self.direction)
