"""One English amount: sign, currency, number and unit, and what kind of quantity they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.model import Kind
from briefing.numerals import en_bounds, en_units
from briefing.numerals.en_fractions import number
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, ratio
from briefing.numerals.en_vocabulary import words
from briefing.numerals.en_words import ARTICLES, SCALES, Number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its sign, currency and unit."""

    number: Number
    value: Decimal
    unit: en_units.EnglishUnit | None
    start: int
    stop: int
    prefixed: bool


def amount_at(items: Sequence[Token], index: int, mask: bytearray) -> Amount | None:
    """Sign, currency, number and unit from token `index`."""
    start = index
    negative = False
    if (at(items, index) in {"minus", "negative"} and index + 1 < len(items)) or (
        at(items, index) == "-" and _is_sign(items, index)
    ):
        negative, index = True, index + 1
    million = items[index].text == "M" and adjacent(items, index + 1) if index < len(items) else False
    money = en_units.prefix(items, index + million)
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
    if at(items, found.stop) in {"±", "+"}:
        found = replace(found, stop=_past_tolerance(items, found.stop))
    unit, stop = money[0] if money is not None else None, found.stop
    suffix = _suffix(items, found)
    if suffix is not None and (unit is None or suffix[0].name == unit.name or _refines(unit, suffix[0])):
        unit, stop = suffix
    if unit is not None and unit.name == "磅" and found.scale >= 10**6 and at(items, stop) != "of":
        unit = en_units.EnglishUnit("英镑", "money")
    if not negative and unit is not None and unit.name in _DEGREES and _is_loose_sign(items, start):
        negative, start = True, start - 1
    value = found.value * (10**6 if million and money is not None else 1)
    value = -value if negative else value
    if unit is not None:
        value, stop = _compound(items, value, unit, stop)
        unit, stop = _per(items, unit, stop)
    return Amount(found, value, unit, start, stop, money is not None)


_PARTS = {("美元", "美分"): 100, ("英镑", "便士"): 100, ("元", "角"): 10, ("元", "分"): 100, ("英尺", "英寸"): 12}
_IN_CENTS = frozenset({"美元", "欧元", "加元", "澳元", "港元", "新加坡元", "新西兰元", "英镑"})


def _per(items: Sequence[Token], unit: en_units.EnglishUnit, stop: int) -> tuple[en_units.EnglishUnit, int]:
    """per jin, /kg, a second: the unit that the amount is for one of."""
    word = at(items, stop)
    if unit.kind not in {"money", "measure"} or "/" in unit.name or word not in {"per", "/"}:
        return unit, stop
    below = en_units.suffix(items, stop + 1)
    if below is None or below[0].kind != "measure" or (word == "/" and not adjacent(items, stop + 1)):
        return unit, stop
    return en_units.EnglishUnit(f"{unit.name}/{below[0].name}", unit.kind), below[1]


def _loose_cents(items: Sequence[Token], stop: int) -> tuple[Decimal, int] | None:
    """15 dollars 50, thirteen dollars forty-five, $100 and fifty: cents that are not called so end their clause."""
    start = stop + (at(items, stop) == "and")
    part = number(items, start) if start < len(items) else None
    if part is None or part.high is not None or part.style not in {"digits", "words"} or not 9 < part.value < 100:
        return None
    ends = part.stop >= len(items) or items[part.stop].kind == "symbol" or at(items, part.stop) == "more"
    sign = at(items, part.stop) in {"%", "$", "€", "£", "¥", "-", "–", "°", "/"}
    whole = part.value == part.value.to_integral_value()
    return (part.value / 100, part.stop) if ends and whole and not sign else None


def _compound(items: Sequence[Token], value: Decimal, unit: en_units.EnglishUnit, stop: int) -> tuple[Decimal, int]:
    """75 USD million; 3 dollars (and) 50 cents; 5 feet 2 inches: one amount in two parts."""
    factor = SCALES.get(at(items, stop))
    if factor is not None and unit.kind == "money" and items[stop - 1].text.isupper():
        return value * factor, stop + 1
    wholes = {whole for whole, _ in _PARTS} | _IN_CENTS
    if unit.name not in wholes or value != value.to_integral_value():
        return value, stop
    start = stop + (at(items, stop) == "and")
    part = number(items, start) if start < len(items) else None
    if part is None or part.style not in {"digits", "words"}:
        return value, stop
    loose = _loose_cents(items, stop) if unit.name in _IN_CENTS else None
    if loose is not None:
        return value + loose[0], loose[1]
    lesser = en_units.suffix(items, part.stop)
    if unit.name == "英尺" and lesser is None and at(items, part.stop) == "in":
        lesser = en_units.EnglishUnit("英寸", "measure"), part.stop + 1
    share = _PARTS.get((unit.name, lesser[0].name)) if lesser is not None else None
    if share is None or lesser is None or not part.value < share:
        return value, stop
    return value + ratio(part.value, Decimal(share)), lesser[1]


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


def _refines(unit: en_units.EnglishUnit, suffix: en_units.EnglishUnit) -> bool:
    """$5 Canadian dollars: the name after the number says more than the sign."""
    return unit.name == "美元" and suffix.name.endswith("元")


def _is_sign(items: Sequence[Token], index: int) -> bool:
    """Whether a hyphen is a minus: it sticks to the number and to nothing before it."""
    if index + 1 >= len(items):
        return False
    if adjacent(items, index + 1):
        if index and items[index - 1].kind == "number":
            return False
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
    unit = en_units.suffix(items, index)
    if unit is None and at(items, index) in {"point", "points"} and "." in items[index - 1].text:
        return en_units.EnglishUnit("点", "measure"), index + 1
    if unit is not None and unit[1] == index + 1 and _is_attribute(items, index, found):
        return None
    if unit is not None and ((found.style == "fraction" and unit[0].kind == "count") or _is_yearly(items, index, unit)):
        return None
    if unit is None and at(items, index) in {'"', "”"} and _is_inch_mark(items, index):
        return en_units.EnglishUnit("英寸", "measure"), index + 1
    if unit is not None and unit[0].name == "度":
        return _on_scale(items, unit)
    if unit is None and at(items, index) == "in" and found.style == "digits" and _is_inch(items, index + 1):
        return en_units.EnglishUnit("英寸", "measure"), index + 1
    if unit is None and at(items, index) in words("lengthening"):
        unit = en_units.suffix(items, index + 1)
        return unit if unit is not None and unit[0].kind == "measure" else None
    return unit


def _is_attribute(items: Sequence[Token], index: int, found: Number) -> bool:
    """65 degree programs: a singular noun between blanks after a plural number describes the next word."""
    after = items[index + 1] if index + 1 < len(items) else None
    return (
        items[index].low in words("singular_units")
        and found.value != 1
        and after is not None
        and after.low.endswith("s")
        and after.low not in {"celsius", "as", "is", "was"}
    )


def _is_yearly(items: Sequence[Token], index: int, unit: tuple[en_units.EnglishUnit, int]) -> bool:
    """430,000 year on year, up 19 year-over-year: a comparison with the year before, no length of time."""
    if items[index].low not in {"year", "month", "quarter", "week"}:
        return False
    after = unit[1] + (at(items, unit[1]) in HYPHENS)
    return at(items, after) in {"on", "over", "to"} and at(items, after + 1 + (at(items, after + 1) in HYPHENS)) in {
        items[index].low,
        "date",
    }


_QUOTE_REACH = 200


def _is_inch_mark(items: Sequence[Token], index: int) -> bool:
    """Whether a quotation mark after a number is the sign of inches: nothing was opened that it could close."""
    if index + 1 < len(items) and adjacent(items, index + 1) and items[index + 1].kind != "symbol":
        return False
    marks = sum(items[back].low in {'"', "“", "”"} for back in range(max(0, index - _QUOTE_REACH), index))
    return marks % 2 == 0


def _on_scale(items: Sequence[Token], unit: tuple[en_units.EnglishUnit, int]) -> tuple[en_units.EnglishUnit, int]:
    """-40 degrees on the Fahrenheit scale."""
    if [at(items, unit[1] + step) for step in (0, 1, 3)] == ["on", "the", "scale"]:
        name = {"celsius": "摄氏度", "fahrenheit": "华氏度"}.get(at(items, unit[1] + 2))
        if name is not None:
            return en_units.EnglishUnit(name, "measure"), unit[1] + 4
    return unit


def _is_inch(items: Sequence[Token], index: int) -> bool:
    """2 in thick, 2 in at the end: what follows tells the unit from the preposition."""
    return at(items, index) in {"", ".", ",", ")", "thick", "wide", "long", "tall", "deep", "high", "by", "x"}


def kind_of(amount: Amount) -> tuple[Kind, str]:
    if amount.unit is not None:
        return amount.unit.kind, amount.unit.name
    return ("fraction" if amount.number.style == "fraction" else "count"), ""


def age(items: Sequence[Token], amount: Amount) -> bool:
    """aged 60, people over the age of 65; Li Na, 42, is."""
    if _is_apposed(items, amount):
        return True
    before = [at(items, amount.start - step) for step in range(1, 6)]
    hedge = {
        "over",
        "above",
        "of",
        "at",
        "least",
        "under",
        "below",
        "between",
        "and",
        "from",
        "about",
        "around",
        "than",
        "more",
        "the",
        "to",
        "or",
    }
    for word in before:
        if word in {"aged", "age", "ages"}:
            return at(items, amount.number.stop) not in {"people", "%", "percent", "students"}
        if word not in hedge:
            return False
    return False


def _is_apposed(items: Sequence[Token], amount: Amount) -> bool:
    """Li Na, 42, …: a number between commas after a name is how old the person is."""
    found = amount.number
    if found.style != "digits" or found.stop - found.start != 1 or not 4 < found.value < 120:
        return False
    name = items[found.start - 2] if found.start > 1 else None
    first = items[found.start - 3] if found.start > 2 else None
    named = name is not None and first is not None and name.kind == first.kind == "word"
    return (
        named
        and name is not None
        and first is not None
        and at(items, found.start - 1) == ","
        and at(items, found.stop) == ","
        and name.text[0].isupper()
        and first.text[0].isupper()
        and found.stop + 1 < len(items)
        and items[found.stop + 1].kind == "word"
    )


def times(items: Sequence[Token], amount: Amount) -> tuple[Kind, str, int] | None:
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
    if (
        not whole
        or after in words("compared")
        or en_bounds.direction(items, amount.start, stop + 1, 0)
        or _of_size(items, amount.start)
    ):
        return "multiple", "倍", stop + 1
    return "count", "次", stop + 1


def _of_size(items: Sequence[Token], index: int) -> bool:
    """is nearly 3 times, reached 5 times, equivalent to 2 times."""
    return any(
        at(items, index - step) in {"reached", "reaching", "equivalent", "equal", "is", "was", "by", "expanded"}
        for step in (1, 2)
    )
