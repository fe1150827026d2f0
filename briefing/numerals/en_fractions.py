"""English fractions, odds, dozens and vague numbers; `number` reads the longest number phrase of any kind.

two-thirds, a quarter of a million, two and a half, 2 1/2, one in five, hundreds of thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, past_hyphen, ratio
from briefing.numerals.en_vocabulary import words
from briefing.numerals.en_words import (
    ARTICLES,
    SCALES,
    TENS,
    Number,
    cardinal,
    denominator,
    part_of_one,
)  # fmt: skip

DOZENS = {"dozen": 12, "dozens": 12, "score": 20, "gross": 144}
VAGUE = {"tens": (20, 90), "dozens": (20, 90), "hundreds": (200, 900), "thousands": (2000, 9000)}
OPENERS = frozenset({"half", "quarter", "millions", "billions", "trillions", "several", "few"}) | VAGUE.keys()
"""The words that a fraction or a vague number may begin with, beside those of a cardinal."""


def number(tokens: Sequence[Token], index: int, *, money: bool = False) -> Number | None:
    """The longest number phrase that starts at token `index`; `money`: a currency sign stands before it."""
    with localcontext() as context:
        context.prec = 60
        vague = _vague(tokens, index)
        if vague is not None:
            return vague
        half = _leading_fraction(tokens, index)
        if half is not None:
            return half
        found = cardinal(tokens, index, money)
        if found is None:
            return None
        return _dozens(tokens, _fractional(tokens, found))


def _vague(tokens: Sequence[Token], index: int) -> Number | None:
    """hundreds of thousands (of), several hundred, a few thousand, tens of millions, dozens (of)."""
    word = at(tokens, index)
    cursor = index
    if word in VAGUE:
        low, high = VAGUE[word]
        cursor = index + 1
        if (
            at(tokens, cursor) == "of"
            and at(tokens, cursor + 1).rstrip("s") in SCALES
            and at(tokens, cursor + 1).endswith("s")
        ):
            factor = SCALES[at(tokens, cursor + 1).rstrip("s")]
            return Number(Decimal(low * factor), index, cursor + 2, "vague", factor, Decimal(high * factor))
        if word in {"tens"} and at(tokens, cursor) != "of":
            return None
        if (at(tokens, index - 1) in {"the", "by"} and at(tokens, cursor) != "of") or at(tokens, cursor) in HYPHENS:
            return None
        return Number(Decimal(low), index, cursor, "vague", 1, Decimal(high))
    if word in {"millions", "billions", "trillions"} and at(tokens, index + 1) == "of":
        factor = SCALES[word[:-1]]
        return Number(Decimal(2 * factor), index, index + 1, "vague", factor, Decimal(9 * factor))
    if word in ARTICLES and at(tokens, index + 1) == "few":
        cursor = index + 2
    elif word in {"several", "few"}:
        cursor = index + 1
    else:
        return None
    factor = 1
    for _ in range(2):
        step = {"hundred": 100, "dozen": 10}.get(at(tokens, cursor)) or SCALES.get(at(tokens, cursor))
        if step is None:
            break
        factor *= step
        cursor += 1
    if factor == 1:
        return None
    return Number(Decimal(2 * factor), index, cursor, "vague", factor, Decimal(9 * factor))


def _leading_fraction(tokens: Sequence[Token], index: int) -> Number | None:
    """half a million, half of, a half, a third of, a quarter of a million, half a dozen, quarter million."""
    cursor = index
    if at(tokens, cursor) in ARTICLES and (
        at(tokens, cursor + 1) in {"half", "quarter"} or denominator(tokens, cursor + 1, plural=False) is not None
    ):
        cursor += 1
    if at(tokens, cursor) == "half":
        value, cursor = Decimal("0.5"), cursor + 1
    elif at(tokens, cursor) == "quarter" and (cursor > index or at(tokens, cursor + 1) in SCALES):
        value, cursor = Decimal("0.25"), cursor + 1
    elif cursor > index:
        found = denominator(tokens, cursor, plural=False)
        if found is None:
            return None
        value, cursor = ratio(Decimal(1), Decimal(found[0])), found[1]
    else:
        return None
    if cursor > index + 1 and at(tokens, index + 1) != "half" and not _is_share(tokens, index, cursor):
        return None
    return _of_scale(tokens, Number(value, index, cursor, "fraction"))


def _is_share(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether "a third" or "a quarter" is a part of something; not a third year, nor a quarter of the calendar."""
    after = tokens[stop] if stop < len(tokens) else None
    if after is not None and after.low in HYPHENS and adjacent(tokens, stop):
        return False
    if after is None or after.low == "of" or after.low in SCALES or at(tokens, start - 1) in words("before_share"):
        return True
    return after.kind == "symbol" and after.low not in HYPHENS


def _of_scale(tokens: Sequence[Token], found: Number) -> Number:
    """`found` times the scale in "half a million", "two thirds of a million", "half a dozen"."""
    cursor = past_hyphen(tokens, found.stop)
    if at(tokens, cursor) == "of":
        cursor += 1
        if at(tokens, cursor) not in ARTICLES:
            return found
    if at(tokens, cursor) in ARTICLES:
        cursor += 1
    word = at(tokens, cursor)
    factor = SCALES.get(word) or ({"dozen": 12, "hundred": 100}.get(word) if cursor > found.stop else None)
    if factor is None:
        return found
    return replace(found, value=found.value * factor, stop=cursor + 1, style="words", scale=factor)


def _fractional(tokens: Sequence[Token], found: Number) -> Number:
    """What may follow a cardinal: -thirds, and a half, 1/2, ½, /3, in five, out of ten."""
    stop = found.stop
    whole = found.value == found.value.to_integral_value()
    if at(tokens, stop) == "^" and found.style == "digits":
        return _power(tokens, found)
    if stop < len(tokens) and tokens[stop].low == "½" and whole:
        value = tokens[stop].value
        assert value is not None
        return _rescaled(tokens, replace(found, value=found.value + value, stop=stop + 1))
    slash = _slash(tokens, found)
    if slash is not None:
        return slash
    joined = _hyphened_denominator(tokens, found)
    if joined is not None:
        return joined
    under = denominator(tokens, past_hyphen(tokens, stop), plural=found.value != 1)
    if under is not None and whole and found.style in {"words", "digits"} and not _is_period(tokens, found):
        value = ratio(found.value, Decimal(under[0]))
        return _of_scale(tokens, Number(value, found.start, under[1], "fraction"))
    if at(tokens, stop) == "and":
        part = part_of_one(tokens, stop + 1)
        if part is not None:
            factor = found.scale if found.scale >= 1000 else 1
            value, after = part
            if factor > 1 and at(tokens, after) in SCALES:
                return replace(found, value=found.value + value * SCALES[at(tokens, after)], stop=after + 1)
            return _rescaled(tokens, replace(found, value=found.value + value * factor, stop=after))
    return _odds(tokens, found)


def _power(tokens: Sequence[Token], found: Number) -> Number:
    """2^10, 2.5^-1: a number to a small whole power."""
    cursor, sign = found.stop + 1, 1
    while at(tokens, cursor) in {"+", "-"} and cursor < found.stop + 3:
        sign = (
            -1
            if at(tokens, cursor) == "-" and at(tokens, cursor - 1) == "^" and at(tokens, cursor + 1) != "-"
            else sign
        )
        cursor += 1
    exponent = tokens[cursor].value if cursor < len(tokens) and tokens[cursor].kind == "number" else None
    if exponent is None or exponent != exponent.to_integral_value() or exponent > 64 or found.value == 0:
        return found
    power = found.value ** int(exponent * sign)
    return replace(
        found, value=+power.quantize(Decimal(1)) if power == power.to_integral_value() else power, stop=cursor + 1
    )


def _hyphened_denominator(tokens: Sequence[Token], found: Number) -> Number | None:
    """one hundred thirty-fifths is 100/35: the hyphen says where the denominator begins."""
    tens = TENS.get(at(tokens, found.stop - 1), 0)
    if found.style != "words" or not tens or found.value == tens:
        return None
    if at(tokens, found.stop) not in HYPHENS and at(tokens, found.stop - 2) == "and":
        return None  # one hundred and thirty fifths is 130/5
    under = denominator(tokens, found.stop - 1, plural=True)
    if under is None:
        return None
    return Number(ratio(found.value - tens, Decimal(under[0])), found.start, under[1], "fraction")


def _is_period(tokens: Sequence[Token], found: Number) -> bool:
    """the first three quarters, in six quarters: stretches of a year, not fractions."""
    after = at(tokens, past_hyphen(tokens, found.stop))
    if after not in {"quarters", "quarter"} or (after == "quarter" and at(tokens, found.stop) in HYPHENS):
        return False
    if found.value == 1 and at(tokens, found.start - 1) in {"in", "within", "just", "single"}:
        return True
    return found.value not in (1, 3) or at(tokens, found.start - 1) in words("before_quarters")


def _rescaled(tokens: Sequence[Token], found: Number) -> Number:
    """two and a half million: the scale after the fraction."""
    after = past_hyphen(tokens, found.stop)
    factor = SCALES.get(at(tokens, after))
    if factor is None or found.scale > 1:
        return found
    return replace(found, value=found.value * factor, stop=after + 1, scale=factor)


def _slash(tokens: Sequence[Token], found: Number) -> Number | None:
    """1/3, 2 1/2; not 24/7, 5/17/2018, 1/0."""
    stop = found.stop
    if found.style != "digits" or stop - found.start != 1:
        return None
    first = found.start
    if (
        stop + 2 < len(tokens)
        and tokens[stop].kind == "number"
        and tokens[stop + 1].low == "/"
        and not adjacent(tokens, stop)
    ):
        part = _quotient(tokens, stop)
        return replace(found, value=found.value + part, stop=stop + 3) if part is not None else None
    part = _quotient(tokens, first)
    return _of_scale(tokens, Number(part, first, first + 3, "fraction")) if part is not None else None


def _quotient(tokens: Sequence[Token], index: int) -> Decimal | None:
    if at(tokens, index + 1) != "/" or index + 2 >= len(tokens) or not adjacent(tokens, index + 1):
        return None
    over, under = tokens[index], tokens[index + 2]
    if not (over.text.isdigit() and under.text.isdigit()) or over.value is None or under.value is None:
        return None
    if at(tokens, index + 3) == "/" or at(tokens, index - 1) == "/" or not over.value < under.value <= 1000:
        return None
    if (over.text, under.text) == ("9", "11"):
        return None
    return ratio(over.value, under.value)


def _odds(tokens: Sequence[Token], found: Number) -> Number:
    """one in five, 1 in 20, three out of ten, one over three."""
    stop = found.stop
    word = at(tokens, stop)
    after = stop + 2 if word == "out" and at(tokens, stop + 1) == "of" else stop + 1 if word in {"in", "over"} else 0
    if not after or after >= len(tokens) or (word == "over" and found.value != 1):
        return found
    if word == "in" and found.value != 1:
        return _some_in_ten(tokens, found)
    under = cardinal(tokens, after, False)
    if under is None or not found.value < under.value <= 10**6 or under.value != under.value.to_integral_value():
        return found
    if word != "out" and (under.value > 1000 or (under.style == "digits" and found.style == "words" and word == "in")):
        return found
    return Number(ratio(found.value, under.value), found.start, under.stop, "fraction")


_ROUND = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000})
_NO_SHARE = frozenset({"day", "days", "year", "years", "month", "months", "week", "weeks", "hour", "hours", "minute",
  "minutes", "second", "seconds", "decade", "decades", "game", "games", "match", "matches", "attack", "attacks", "city",
  "cities", "province", "provinces", "country", "countries", "county", "counties", "district", "districts", "town",
  "towns", "village", "villages", "place", "places", "quarter", "quarters", "round", "rounds", "set", "sets",
  "step", "steps", "location", "locations", "incident", "incidents", "million", "billion", "thousand", "percent",
  "%", "-"})  # fmt: skip
"""After these the second number counts things of its own: two in five days."""


def _some_in_ten(tokens: Sequence[Token], found: Number) -> Number:
    """three in ten, 2 in 5: a share of a small round number, where no noun makes two counts of it."""
    under = cardinal(tokens, found.stop + 1, False)
    if (
        under is None
        or under.style != found.style
        or not 1 < found.value < under.value
        or int(under.value) not in _ROUND
        or under.value != under.value.to_integral_value()
        or at(tokens, under.stop) in _NO_SHARE
    ):
        return found
    return Number(ratio(found.value, under.value), found.start, under.stop, "fraction")


def _dozens(tokens: Sequence[Token], found: Number) -> Number:
    after = past_hyphen(tokens, found.stop)
    word = at(tokens, after)
    if word in {"dozen", "dozens", "dz", "dzs", "doz", "dozs"} and found.style != "fraction":
        few = found.value % 100 if found.style == "words" and found.value > 100 else found.value
        return replace(found, value=found.value - few + few * 12, stop=after + 1)
    return found
