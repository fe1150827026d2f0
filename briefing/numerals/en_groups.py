"""English amounts put together: ranges, lists that share a unit, a lower and an upper bound of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.model import Bound, Direction, Kind
from briefing.numerals import en_bounds
from briefing.numerals.en_amounts import Amount, age, amount_at, times
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at
from briefing.numerals.en_vocabulary import words


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity while it is being read: its span counts tokens."""

    start: int
    stop: int
    core: int
    """Where the amount itself begins, hedges and sign of money left out."""
    end: int
    """Where the amount and its unit end."""
    kind: Kind
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    rule: str
    scale: int = 1
    open: bool = False
    """It has no unit of its own, so a list may give it one."""
    direction: Direction = ""


def hedged(items: Sequence[Token], reading: Reading, floor: int) -> Reading:
    """`reading` with the hedges on either side and its direction."""
    start, stop, bound = reading.start, reading.stop, reading.bound
    low, high = reading.low, reading.high
    inner = start - (start - 1 >= floor and at(items, start - 1) in words("further"))
    inner -= inner < start and inner - 1 >= floor and at(items, inner - 1) in {"an", "a"}
    before = en_bounds.before(items, inner, floor)
    if before is not None and before[0] == "at_most" and _is_beneath(items, before[1], inner, reading):
        before = None
    if before is not None:
        start = before[1]
        if bound == "exact":
            bound = before[0]
    after = en_bounds.after(items, stop, noun=reading.kind in {"count", "measure"} and not reading.unit)
    if after is not None:
        stop = after[1]
        if bound in {"exact", "about"}:
            bound = after[0]
    if reading.bound == "exact" and bound != "exact":
        if bound in {"over", "at_least"}:
            high = None
        elif bound in {"near", "at_most"}:
            low = None
    way = reading.direction or en_bounds.direction(items, start, stop, floor)
    if (start, stop, bound, way) == (reading.start, reading.stop, reading.bound, reading.direction):
        return reading
    return replace(reading, start=start, stop=stop, bound=bound, low=low, high=high, direction=way)


def _is_beneath(items: Sequence[Token], start: int, stop: int, reading: Reading) -> bool:
    """under 49 bridges, under four sections: a place, where no people are counted."""
    if stop - start != 1 or at(items, start) not in {"under", "below"} or reading.kind != "count" or reading.unit:
        return False
    if at(items, start - 1) in words("before_under") or start == 0:
        return False
    return at(items, reading.stop).endswith("s") and at(items, reading.stop) not in words("plurals")


def range_from(items: Sequence[Token], first: Amount, floor: int, mask: bytearray) -> Reading | None:
    """3-5%, 3 to 5 billion yuan, between 3 and 5 percent, two or three, 8- to 16-meter."""
    opened = at(items, first.start - 1) == "between"
    index = first.stop
    if at(items, index) in HYPHENS and at(items, index + 1) in {"to", "or"}:
        index += 1
    joiner = at(items, index)
    dashed = joiner in {"-", "–", "—", "~", "～"}
    if not dashed and joiner not in {"to", "through", "or"} and not (opened and joiner == "and"):
        return None
    if first.number.style in {"vague", "ordinal"} or index + 1 >= len(items):
        return None
    if dashed and joiner in HYPHENS and adjacent(items, index) != adjacent(items, index + 1):
        return None
    second = amount_at(items, index + 1, mask)
    if second is None or second.number.style == "vague":
        return None
    low, unit = first.value, second.unit
    if (first.unit is None and second.unit is None) or first.unit is None:
        if first.number.scale == 1 and second.number.scale > 1 and first.value * second.number.scale < second.value:
            low = first.value * second.number.scale
    elif second.unit is None:
        if not first.prefixed:
            return None
        unit = first.unit
        if first.number.scale == 1 and second.number.scale > 1 and first.value * second.number.scale < second.value:
            low = first.value * second.number.scale
    elif first.unit.name != second.unit.name and not second.unit.name.startswith(first.unit.name + "/"):
        return None
    elif first.number.scale == 1 and second.number.scale > 1 and first.prefixed and first.value < 1000:
        low = first.value * second.number.scale
    high = second.value
    stop = second.stop
    if high < low and joiner == "to" and unit is not None and en_bounds.spreads(items, first.start):
        low, high = high, low  # temperatures ranged from -18 to -34
    if joiner == "or" and not (
        high == low + second.number.scale or (first.number.style == second.number.style == "words" and high > low)
    ):
        return None
    if dashed and unit is None and _is_score(items, first, second):
        return None
    if not low < high or (low == 0 and unit is None):
        if dashed and unit is None:
            return Reading(first.start, stop, first.start, stop, "soft", None, None, "exact", "", "")
        return None
    if joiner == "to" and (
        _is_change(items, first.start, floor, grown=first.unit is not None and high > 2 * low)
        or (high > 5 * low > 0 and en_bounds.is_change_word(items, first.start - 1))
        or (
            high > 3 * low > 0
            and at(items, first.start - 1) == "of"
            and en_bounds.is_change_word(items, first.start - 2)
        )
    ):
        return None
    kind: Kind = unit.kind if unit is not None else "fraction" if second.number.style == "fraction" else "count"
    name = unit.name if unit is not None else ""
    amount = replace(second, start=first.start, value=high)
    repeated = times(items, amount)
    if repeated is not None:
        kind, name, stop = repeated
    elif kind == "count" and age(items, replace(amount, start=first.start)):
        kind, name = "measure", "岁"
    start = first.start - opened - (joiner == "to" and at(items, first.start - 1) == "from")
    start = max(start, floor)
    reading = Reading(start, stop, first.start, stop, kind, low, high, "range", name, "en.range", second.number.scale)
    return hedged(items, reading, floor)


def _is_score(items: Sequence[Token], first: Amount, second: Amount) -> bool:
    """3-2, won 21-25: the two numbers of a result count for themselves."""
    pair = [items[amount.number.start].text for amount in (first, second)]
    if not all(text.isdigit() and len(text) < 4 and (text == "0" or text[0] != "0") for text in pair):
        return False
    if first.number.stop - first.number.start > 1 or second.number.stop - second.number.start > 1:
        return False
    if first.value >= second.value:
        return True
    near = (at(items, i) for i in (*range(first.start - 8, first.start), *range(second.stop, second.stop + 4)))
    return not words("contest").isdisjoint(near)


def _is_change(items: Sequence[Token], index: int, floor: int, *, grown: bool) -> bool:
    """Whether "from 3 to 5" tells two values of one thing: it follows a verb of change, not of spread."""
    if at(items, index - 1) == "by":
        return grown
    if at(items, index - 1) != "from":
        back = [at(items, index - step) for step in (2, 3)]
        return at(items, index - 1) in {"about", "over", "nearly"} and "from" in back
    return en_bounds.changed(items, index - 1)


def shared(items: Sequence[Token], found: list[Reading]) -> list[Reading]:
    """Hand the unit at the end of a list to its earlier parts: 20, 30 and 50 km; 5 and 6 percent."""
    for place in range(len(found) - 2, -1, -1):
        here, there = found[place], found[place + 1]
        if not here.open or not there.unit or there.bound == "range" or here.stop != here.end:
            continue
        between = [items[i].low for i in range(here.end, there.core)][:4] if there.core - here.end < 5 else ["…"]
        between = between[1:] if len(between) > 1 and between[0] in HYPHENS else between
        if between == [",", "and"] and not _is_listed(items, found, place):
            continue  # schools rose to 2, and 400,000 square meters were built
        gap = [w for w in between if w not in {",", "and", "or", "to", "/", "&", "then", "from"}]
        if gap or not between or there.kind in {"multiple", "rank", "soft"}:
            continue
        value = here.low if here.low is not None else here.high
        other = there.low if there.low is not None else there.high
        if value is None or other is None:
            continue
        factor = there.scale if here.scale == 1 and there.scale >= 1000 and abs(value) < 1000 else 1
        found[place] = replace(
            here, kind=there.kind, unit=there.unit, rule="en.list", scale=there.scale,
            low=here.low * factor if here.low is not None else None,
            high=here.high * factor if here.high is not None else None,
            direction=here.direction or (there.direction if "to" not in between else ""),
        )  # fmt: skip
    for place in range(1, len(found)):
        here, there = found[place - 1], found[place]
        if here.direction and not there.direction and here.unit == there.unit and here.kind == there.kind:
            between = [items[i].low for i in range(here.stop, min(there.start, here.stop + 3))]
            if between in (["and"], [","], [",", "and"]):
                found[place] = replace(there, direction=here.direction)
    return found


def _is_listed(items: Sequence[Token], found: list[Reading], place: int) -> bool:
    """Whether another bare number and a comma stand before: 20, 30, and 50 km."""
    if not place or not found[place - 1].open:
        return False
    return [items[i].low for i in range(found[place - 1].end, min(found[place].core, found[place - 1].end + 2))] == [
        ","
    ]


def bracketed(items: Sequence[Token], found: list[Reading]) -> list[Reading]:
    """Join a lower and an upper bound of one thing: more than 10 and less than 20, at most 100 and at least 20."""
    out: list[Reading] = []
    for reading in found:
        last = out[-1] if out else None
        if last is not None and _brackets(items, last, reading):
            low = last.low if last.low is not None else reading.low
            high = reading.high if reading.high is not None else last.high
            out[-1] = replace(
                reading, start=last.start, core=last.core, low=low, high=high, bound="range", rule="en.bracket",
                unit=last.unit or reading.unit, kind=last.kind if last.unit else reading.kind,
            )  # fmt: skip
        else:
            out.append(reading)
    return out


_LOWER = frozenset({"over", "at_least"})


def _brackets(items: Sequence[Token], first: Reading, second: Reading) -> bool:
    if "range" in (first.bound, second.bound) or (first.bound in _LOWER) == (second.bound in _LOWER):
        return False
    if "at_most" not in (first.bound, second.bound) or (first.unit and second.unit and first.unit != second.unit):
        return False
    between = [items[i].low for i in range(first.stop, min(second.start, first.stop + 4))]
    if between not in (["and"], ["but"], [","], [",", "and"], [",", "but"]):
        return False
    lower, upper = (first, second) if first.bound in _LOWER else (second, first)
    return lower.low is not None and upper.high is not None and lower.low < upper.high
