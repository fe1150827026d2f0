"""Numbers of an English text, read back by value, with no knowledge of who wrote it or how.

The reader goes once from left to right over the tokens. At each it tries the rules in order: verbs of
multiplication, ordinals, amounts; it joins two amounts to a range, then looks for hedges either side.
Units that a list shares (20, 30 and 50 km) are handed to its earlier parts at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.model import Bound, Direction, Kind, Quantity
from briefing.numerals import en_bounds, en_shapes, en_units
from briefing.numerals.en_ranks import multiple, ranked
from briefing.numerals.en_soft import is_set_phrase
from briefing.numerals.en_tokens import Token, ratio, tokens
from briefing.numerals.en_words import ARTICLES, HYPHENS, SCALES, Number, adjacent, at, number
from briefing.spans import Span


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


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its sign, currency and unit."""

    number: Number
    value: Decimal
    unit: en_units.EnglishUnit | None
    start: int
    stop: int
    prefixed: bool


def readings(text: str) -> tuple[Quantity, ...]:
    """The quantities of an English text in order, their spans counting in it.

    >>> [(str(q.low), q.unit, q.bound) for q in readings("more than 1.4 trillion yuan, up 5-6% on 2023")]
    [('1400000000000', '元', 'over'), ('5', '%', 'range')]
    """
    items = tokens(text)
    mask = en_shapes.outside(items, text)
    found: list[Reading] = []
    index = floor = 0
    while index < len(items):
        reading = None if mask[index] else _read(items, index, floor, mask)
        if reading is None:
            index += 1
            continue
        if reading.rule:
            found.append(reading)
        index = floor = max(reading.stop, index + 1)
    return tuple(_quantity(items, reading) for reading in _bracketed(items, _shared(items, found)))


def _quantity(items: Sequence[Token], reading: Reading) -> Quantity:
    span = Span(items[reading.start].start, items[reading.stop - 1].stop)
    return Quantity(
        span, reading.kind, _plain(reading.low), _plain(reading.high), reading.bound, reading.unit, reading.rule, reading.direction
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros after the point that a multiplication leaves: 1400000000000.0."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < 10**27 else value.normalize()


def _read(items: Sequence[Token], index: int, floor: int, mask: bytearray) -> Reading | None:
    """The reading that begins at token `index`; one without a rule stands for tokens to be passed over."""
    special = multiple(items, index) or ranked(items, index)
    if special is not None:
        base = Reading(
            index, special.stop, index, special.stop, special.kind, special.value, special.value, "exact", special.unit, special.rule,
            direction=special.direction,
        )  # fmt: skip
        return _hedged(items, base, floor) if special.kind == "multiple" else base
    first = _amount(items, index, mask)
    if first is None:
        return None
    both = _range(items, first, floor, mask)
    return both if both is not None else _single(items, first, floor)


def _amount(items: Sequence[Token], index: int, mask: bytearray) -> _Amount | None:
    """Sign, currency, number and unit from token `index`."""
    start = index
    negative = False
    if at(items, index) in {"minus", "negative"} and index + 1 < len(items):
        negative, index = True, index + 1
    elif at(items, index) == "-" and _is_sign(items, index):
        negative, index = True, index + 1
    money = en_units.prefix(items, index)
    if money is not None:
        index = money[1]
        if at(items, index) == "-" and adjacent(items, index) and adjacent(items, index + 1):
            negative, index = True, index + 1
    if index >= len(items) or (mask[index] and money is None):
        return None
    found = number(items, index, money=money is not None)
    if found is None:
        return None
    if money is not None and found.style != "digits" and found.style != "words":
        return None
    found = replace(found, stop=_past_tolerance(items, found.stop))
    unit, stop = money[0] if money is not None else None, found.stop
    suffix = _suffix(items, found)
    if suffix is not None and (unit is None or suffix[0].name == unit.name or suffix[0].kind == "money"):
        unit, stop = suffix if unit is None or _refines(unit, suffix[0]) else (unit, suffix[1])
    if not negative and unit is not None and unit.name in _DEGREES and _is_loose_sign(items, start):
        negative, start = True, start - 1
    value = -found.value if negative else found.value
    if unit is not None:
        value, stop = _compound(items, value, unit, stop)
    return _Amount(found, value, unit, start, stop, money is not None)


def _past_tolerance(items: Sequence[Token], index: int) -> int:
    """The index after "±0.01" or "+/- 1e-5", which says how sure the number is."""
    sign = index + 1 if at(items, index) == "±" else index + 3
    if at(items, index) != "±" and [at(items, index + step) for step in range(3)] != ["+", "/", "-"]:
        return index
    return sign + 1 if sign < len(items) and items[sign].kind == "number" else index


_DEGREES = frozenset({"度", "摄氏度", "华氏度"})


def _is_loose_sign(items: Sequence[Token], index: int) -> bool:
    """convert - 20 degrees: a hyphen between blanks is a minus before a temperature, unless a number precedes."""
    before = items[index - 2] if index > 1 else None
    return at(items, index - 1) == "-" and before is not None and before.kind == "word" and before.low.islower()


_PARTS = {("美元", "美分"): 100, ("英镑", "便士"): 100, ("元", "角"): 10, ("元", "分"): 100, ("英尺", "英寸"): 12}


def _compound(items: Sequence[Token], value: Decimal, unit: en_units.EnglishUnit, stop: int) -> tuple[Decimal, int]:
    """75 USD million; 3 dollars (and) 50 cents; 5 feet 2 inches: one amount in two parts."""
    factor = SCALES.get(at(items, stop))
    if factor is not None and unit.kind == "money" and items[stop - 1].text.isupper():
        return value * factor, stop + 1
    wholes = {whole for whole, _ in _PARTS}
    if unit.name not in wholes or value != value.to_integral_value():
        return value, stop
    start = stop + (at(items, stop) == "and")
    part = number(items, start) if start < len(items) else None
    if part is None or part.style not in {"digits", "words"}:
        return value, stop
    lesser = en_units.suffix(items, part.stop)
    if unit.name == "英尺" and lesser is None and at(items, part.stop) == "in":
        lesser = en_units.EnglishUnit("英寸", "measure"), part.stop + 1
    share = _PARTS.get((unit.name, lesser[0].name)) if lesser is not None else None
    if share is None or lesser is None or not part.value < share:
        return value, stop
    return value + _share(part.value, share), lesser[1]


def _share(value: Decimal, of: int) -> Decimal:
    return ratio(value, Decimal(of))


def _refines(unit: en_units.EnglishUnit, suffix: en_units.EnglishUnit) -> bool:
    """$5 Canadian dollars: the name after the number says more than the sign."""
    return unit.name == "美元" and suffix.name.endswith("元")


def _is_sign(items: Sequence[Token], index: int) -> bool:
    """Whether a hyphen is a minus: it sticks to the number and to nothing before it."""
    if index + 1 >= len(items):
        return False
    if adjacent(items, index + 1):
        return not adjacent(items, index) or at(items, index - 1) in {"(", "[", "=", ">", "<"}
    return index == 0 and items[1].kind == "number"


def _suffix(items: Sequence[Token], found: Number) -> tuple[en_units.EnglishUnit, int] | None:
    """The unit after the number: kilometers; half an hour; a quarter of an hour, hundreds of tonnes."""
    index = found.stop
    if found.style == "fraction" and at(items, index) in ARTICLES:
        return en_units.suffix(items, index + 1)
    if at(items, index) == "of" and (found.style == "vague" or at(items, index + 1) in ARTICLES):
        unit = en_units.suffix(items, index + 1 + (at(items, index + 1) in ARTICLES))
        return unit if unit is not None and unit[0].kind in {"measure", "money", "count"} else None
    return en_units.suffix(items, index)


def _kind(amount: _Amount) -> tuple[Kind, str]:
    if amount.unit is not None:
        return amount.unit.kind, amount.unit.name
    return ("fraction" if amount.number.style == "fraction" else "count"), ""


def _single(items: Sequence[Token], amount: _Amount, floor: int) -> Reading | None:
    """One amount: count, measure, share; "" as rule where it is a phrase that is no quantity."""
    found = amount.number
    if amount.unit is None and _is_no_quantity(items, amount):
        return Reading(amount.start, found.stop, amount.start, found.stop, "soft", None, None, "exact", "", "")
    kind, unit = _kind(amount)
    rule = f"en.{kind}"
    low = high = amount.value
    bound: Bound = "exact"
    if found.high is not None:
        high, bound = found.high, "range"
    times = _times(items, amount)
    stop = amount.stop
    if times is not None:
        kind, unit, stop = times
        rule = f"en.{kind}"
    elif kind == "count" and _age(items, amount):
        kind, unit, rule = "measure", "岁", "en.age"
    elif kind == "count" and is_set_phrase(items, amount.start, stop, found):
        kind, rule = "soft", "en.set-phrase"
    core = Reading(
        amount.start, stop, amount.start, stop, kind, low, high, bound, unit, rule, found.scale,
        amount.unit is None and times is None and kind == "count" and found.style in {"digits", "words"},
    )  # fmt: skip
    return _hedged(items, core, floor)


def _is_no_quantity(items: Sequence[Token], amount: _Amount) -> bool:
    """one of, one another, half-finished, three-dimensional, zero-carbon, the one that."""
    found = amount.number
    after = at(items, found.stop)
    if found.style == "fraction":
        bare = found.stop - found.start == 1 and at(items, found.start) == "half"
        return bare and (
            (after in HYPHENS and adjacent(items, found.stop))
            or at(items, found.start - 1) in {"first", "second", "latter", "other", "former", "in", "upper", "lower", "the", "better", "-"}
            or after in {"year", "day", "hour", "yearly"}
        )
    if found.style != "words" or found.stop - found.start > 1:
        return False
    hyphened = after in HYPHENS and adjacent(items, found.stop) and adjacent(items, found.stop + 1)
    if at(items, found.start - 1) in HYPHENS and adjacent(items, found.start):
        return True
    if found.value == 0:
        return hyphened
    if found.value == 1:
        return hyphened or after in _AFTER_PRONOUN or after.endswith("'s") or at(items, found.start - 1) in _BEFORE_PRONOUN
    return hyphened and at(items, found.stop + 1) in _SHAPES


_AFTER_PRONOUN = frozenset(
    "of another can who that which after by is was in has could should to at on with for may must day would will cannot".split()
)
_BEFORE_PRONOUN = frozenset("the this that which no every each any another as single first last next previous only such".split())
_SHAPES = frozenset("dimensional way thirds sided fold on wheel wheeled wheeler dimension up time piece".split())


def _age(items: Sequence[Token], amount: _Amount) -> bool:
    """aged 60, people over the age of 65."""
    before = [at(items, amount.start - step) for step in range(1, 6)]
    hedge = {"over", "above", "of", "at", "least", "under", "below", "between", "and", "from", "about", "around", "than", "more", "the", "to", "or"}
    for word in before:
        if word in {"aged", "age", "ages"}:
            return at(items, amount.number.stop) not in {"people", "%", "percent", "students"}
        if word not in hedge:
            return False
    return False


def _times(items: Sequence[Token], amount: _Amount) -> tuple[Kind, str, int] | None:
    """3.5 times that of, grew 3 times, threefold: multiple; visited 3 times: a count."""
    stop = amount.number.stop
    if amount.unit is not None or amount.number.style == "vague":
        return None
    if at(items, stop) in HYPHENS and at(items, stop + 1) in {"fold", "times"}:
        stop += 1
    word = at(items, stop)
    crossed = word in {"x", "×"} and adjacent(items, stop) and not adjacent(items, stop + 1)
    if word == "fold" or crossed:
        return "multiple", "倍", stop + 1
    if word != "times" and not (word == "time" and at(items, amount.number.stop) in HYPHENS):
        return None
    after = at(items, stop + 1)
    whole = amount.value == amount.value.to_integral_value()
    if not whole or after in _COMPARED or en_bounds.direction(items, amount.start, stop + 1, 0) or _of_size(items, amount.start):
        return "multiple", "倍", stop + 1
    return "count", "次", stop + 1


_COMPARED = frozenset(
    "the that as of more higher larger greater faster bigger longer over what its their those his her last compared lower smaller "
    "stronger less fewer cheaper better farther wider heavier".split()
)


def _of_size(items: Sequence[Token], index: int) -> bool:
    """is nearly 3 times, reached 5 times, equivalent to 2 times."""
    return any(at(items, index - step) in {"reached", "reaching", "equivalent", "equal", "is", "was", "by", "expanded"} for step in (1, 2))


def _hedged(items: Sequence[Token], reading: Reading, floor: int) -> Reading:
    """`reading` with the hedges on either side and its direction."""
    start, stop, bound = reading.start, reading.stop, reading.bound
    low, high = reading.low, reading.high
    before = en_bounds.before(items, start, floor)
    if before is not None:
        start = before[1]
        if bound == "exact":
            bound = before[0]
    after = en_bounds.after(items, stop, noun=reading.kind in {"count", "measure"} and not reading.unit)
    if after is not None:
        stop = after[1]
        if bound in {"exact", "about"}:
            bound = after[0]
    if reading.bound == "exact":
        if bound in {"over", "at_least"}:
            high = None
        elif bound in {"near", "at_most"}:
            low = None
    way = reading.direction or en_bounds.direction(items, start, stop, floor)
    return replace(reading, start=start, stop=stop, bound=bound, low=low, high=high, direction=way)


def _range(items: Sequence[Token], first: _Amount, floor: int, mask: bytearray) -> Reading | None:
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
    second = _amount(items, index + 1, mask)
    if second is None or second.number.style == "vague":
        return None
    low, unit = first.value, second.unit
    if first.unit is None and second.unit is None or first.unit is None:
        if first.number.scale == 1 and second.number.scale > 1 and first.value * second.number.scale < second.value:
            low = first.value * second.number.scale
    elif second.unit is None:
        if not first.prefixed:
            return None
        unit = first.unit
        if first.number.scale == 1 and second.number.scale > 1 and first.value * second.number.scale < second.value:
            low = first.value * second.number.scale
    elif first.unit.name != second.unit.name:
        return None
    elif first.number.scale == 1 and second.number.scale > 1 and first.prefixed and first.value < 1000:
        low = first.value * second.number.scale
    high = second.value
    stop = second.stop
    if joiner == "or" and not (high == low + second.number.scale or (first.number.style == second.number.style == "words" and high > low)):
        return None
    if not low < high:
        if dashed and unit is None:
            return Reading(first.start, stop, first.start, stop, "soft", None, None, "exact", "", "")
        return None
    if joiner == "to" and _is_change(items, first.start, floor):
        return None
    kind: Kind = unit.kind if unit is not None else "fraction" if second.number.style == "fraction" else "count"
    name = unit.name if unit is not None else ""
    amount = replace(second, start=first.start, value=high)
    times = _times(items, amount)
    if times is not None:
        kind, name, stop = times
    elif kind == "count" and _age(items, replace(amount, start=first.start)):
        kind, name = "measure", "岁"
    start = first.start - opened - (joiner == "to" and at(items, first.start - 1) == "from")
    start = max(start, floor)
    reading = Reading(start, stop, first.start, stop, kind, low, high, "range", name, "en.range", second.number.scale)
    return _hedged(items, reading, floor)


def _is_change(items: Sequence[Token], index: int, floor: int) -> bool:
    """Whether "from 3 to 5" tells two values of one thing: it follows a verb of change, not of spread."""
    if at(items, index - 1) == "by":
        return True
    if at(items, index - 1) != "from":
        back = [at(items, index - step) for step in (2, 3)]
        return at(items, index - 1) in {"about", "over", "nearly"} and "from" in back
    return en_bounds.changed(items, index - 1)


def _bracketed(items: Sequence[Token], found: list[Reading]) -> list[Reading]:
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


def _shared(items: Sequence[Token], found: list[Reading]) -> list[Reading]:
    """Hand the unit at the end of a list to its earlier parts: 20, 30 and 50 km; 5 and 6 percent."""
    for place in range(len(found) - 2, -1, -1):
        here, there = found[place], found[place + 1]
        if not here.open or not there.unit or there.bound == "range" or here.stop != here.end:
            continue
        between = [items[i].low for i in range(here.end, there.core)][:4] if there.core - here.end < 5 else ["…"]
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
            direction=here.direction or there.direction,
        )  # fmt: skip
    return found
