"""English number phrases to values: twelve, 1.4 trillion, two and a half million, two-thirds, a dozen.

Each reader takes the tokens and an index and gives a `Number` or None. None looks further than a
fixed number of tokens beyond what it consumes, so that reading a text is linear in its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Literal

from briefing.numerals.en_tokens import Token, ratio

Style = Literal["digits", "words", "fraction", "ordinal", "vague"]

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {"nought": 0, "naught": 0}
TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
SHORT_SCALES = {
    "mn": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "tln": 10**12, "trn": 10**12,
    "mil": 10**6, "mm": 10**6, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12,
}  # fmt: skip
ALWAYS_SCALE = frozenset({"mn", "mln", "mio", "bn", "bln", "tn", "tln", "trn", "mil"})
"""Abbreviations that are read as multipliers whether or not money stands before the number."""
DOZENS = {"dozen": 12, "dozens": 12, "score": 20, "gross": 144}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
    )
} | {"nineth": 9}
ORDINAL_TENS = {
    word: value * 10
    for value, word in enumerate(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(), start=2
    )
}
ORDINAL_SCALES = {
    "hundredth": 10**2, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
HYPHENS = frozenset("-–")
ARTICLES = frozenset({"a", "an"})
CLASSES = frozenset({"level", "class", "grade", "scale", "plus", "strong"})
MAX_POINT_WORDS = 12
VAGUE = {"tens": (20, 90), "dozens": (20, 90), "scores": (20, 90), "hundreds": (200, 900), "thousands": (2000, 9000)}
"""几十 is 20..90 on the Chinese side, and so dozens and tens; 数百 200..900; 数千 2000..9000."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that has been read from tokens `start`..`stop` (half-open)."""

    value: Decimal
    start: int
    stop: int
    style: Style
    scale: int = 1
    """The last multiplier: 10**9 in "3.5 billion"; what a range or list shares with its first parts."""
    high: Decimal | None = None
    """Of a vague number: where it ends."""


def at(tokens: Sequence[Token], index: int) -> str:
    """The lower-case text of one token, "" outside the text."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def adjacent(tokens: Sequence[Token], index: int) -> bool:
    """Whether token `index` follows the one before without white space."""
    return 0 < index < len(tokens) and tokens[index - 1].stop == tokens[index].start


def _past_hyphen(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if at(tokens, index) in HYPHENS else index


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
        found = _cardinal(tokens, index, money)
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
        if at(tokens, cursor) == "of" and at(tokens, cursor + 1).rstrip("s") in SCALES and at(
            tokens, cursor + 1
        ).endswith("s"):
            factor = SCALES[at(tokens, cursor + 1).rstrip("s")]
            return Number(Decimal(low * factor), index, cursor + 2, "vague", factor, Decimal(high * factor))
        if at(tokens, cursor) == "of":
            return Number(Decimal(low), index, cursor, "vague", 1, Decimal(high))
        return None
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
        at(tokens, cursor + 1) in {"half", "quarter"} or _denominator(tokens, cursor + 1, plural=False) is not None
    ):
        cursor += 1
    if at(tokens, cursor) == "half":
        value, cursor = Decimal("0.5"), cursor + 1
    elif at(tokens, cursor) == "quarter" and (cursor > index or at(tokens, cursor + 1) in SCALES):
        value, cursor = Decimal("0.25"), cursor + 1
    elif cursor > index:
        found = _denominator(tokens, cursor, plural=False)
        if found is None:
            return None
        value, cursor = ratio(Decimal(1), Decimal(found[0])), found[1]
    else:
        return None
    return _of_scale(tokens, Number(value, index, cursor, "fraction"))


def _of_scale(tokens: Sequence[Token], found: Number) -> Number:
    """`found` times the scale in "half a million", "two thirds of a million", "half a dozen"."""
    cursor = _past_hyphen(tokens, found.stop)
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


def _denominator(tokens: Sequence[Token], index: int, *, plural: bool) -> tuple[int, int] | None:
    """The denominator that token `index` names, and the index after it: third(s), twenty-fifth(s), quarter(s)."""
    word = at(tokens, index)
    if plural:
        if not word.endswith("s") and word != "halves":
            found = _tens_denominator(tokens, index, plural)
            return found
        word = "half" if word == "halves" else word[:-1]
    if word in {"half", "quarter"}:
        return {"half": 2, "quarter": 4}[word], index + 1
    value = ORDINALS.get(word) or ORDINAL_TENS.get(word) or ORDINAL_SCALES.get(word)
    if value is not None and value > 2:
        return value, index + 1
    return _tens_denominator(tokens, index, plural)


def _tens_denominator(tokens: Sequence[Token], index: int, plural: bool) -> tuple[int, int] | None:
    """twenty-first(s), in which second and first may stand."""
    tens = TENS.get(at(tokens, index))
    if tens is None:
        return None
    cursor = _past_hyphen(tokens, index + 1)
    word = at(tokens, cursor)
    word = word[:-1] if plural and word.endswith("s") else word if not plural else ""
    ones = ORDINALS.get(word, 0)
    return (tens + ones, cursor + 1) if 0 < ones < 10 else None


def _cardinal(tokens: Sequence[Token], index: int, money: bool) -> Number | None:
    """Groups of falling scale: twenty-one trillion (and) three hundred; 3.5 billion; 4 thousand 3 hundred and 21."""
    total = Decimal(0)
    ceiling: int | None = None
    cursor = index
    stop = index
    style: Style = "words"
    last = 1
    while True:
        group = _group(tokens, cursor, words_only=ceiling is not None and style == "words", money=money)
        if group is None:
            break
        value, after, factor, literal = group
        if ceiling is not None and (factor >= ceiling or value >= ceiling):
            break
        if ceiling is None and literal:
            style = "digits"
        total += value
        stop = after
        last = factor if ceiling is None else last
        if factor == 1 or (literal and value != value.to_integral_value()):
            break
        ceiling = factor
        cursor = after
        joined = at(tokens, cursor)
        joiner = joined in {"and", "&"}
        if joiner and _is_proper(tokens, cursor + 1):
            break
        if style == "digits":
            if not (_mixed_tail(tokens, cursor) if factor <= 1000 else joiner and _hundreds_follow(tokens, cursor + 1)):
                break
            cursor += joiner
        elif joiner:
            cursor += 1
            if at(tokens, cursor) in ARTICLES or not _words_continue(tokens, cursor, ceiling):
                break
        elif joined == ",":
            if not _hundreds_follow(tokens, cursor + 1):
                break
            cursor += 1
        if cursor >= len(tokens):
            break
    return Number(total, index, stop, style, last) if stop > index else None


def _is_proper(tokens: Sequence[Token], index: int) -> bool:
    """Whether a fraction below one begins here: "one hundred and three quarters" is 100.75, not 103 quarters."""
    part = _leading_fraction_only(tokens, index) if at(tokens, index - 1) in {"and", "&"} else None
    return part is not None and part[0] < 1


def _words_continue(tokens: Sequence[Token], index: int, ceiling: int) -> bool:
    word = at(tokens, index)
    return word in ONES or word in TENS


def _hundreds_follow(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma inside a number in words is followed by its hundreds: three million, two hundred."""
    word = at(tokens, index)
    if word not in ONES and word not in TENS:
        return False
    return any(at(tokens, index + step) in {"hundred", "thousand"} for step in (1, 2, 3))


def _mixed_tail(tokens: Sequence[Token], index: int) -> bool:
    """Whether digits go on after "4 thousand": 3 hundred, 21; never a decimal, never a comma."""
    if at(tokens, index) in {"and", "&"}:
        index += 1
    token = tokens[index] if index < len(tokens) else None
    return (
        token is not None
        and token.kind == "number"
        and token.text.isdigit()
        and len(token.text) < 4
        and token.text != "0"
    )


def _group(tokens: Sequence[Token], index: int, *, words_only: bool, money: bool) -> tuple[Decimal, int, int, bool] | None:
    """One group: (value, index after it, its scale, whether it was in digits)."""
    word = at(tokens, index)
    literal = False
    if index < len(tokens) and tokens[index].kind == "number":
        if words_only:
            return None
        token = tokens[index]
        assert token.value is not None
        value, cursor, literal = token.value, index + 1, True
        value, cursor = _spaced(tokens, index, value, cursor)
    elif word in ARTICLES and (at(tokens, index + 1) in SCALES or at(tokens, index + 1) in {"hundred", "dozen"}):
        value, cursor = Decimal(1), index + 1
    elif word in {"hundred"} or (word in SCALES and at(tokens, index - 1) not in HYPHENS):
        if at(tokens, index + 1) in HYPHENS and word not in SCALES:
            return None
        value, cursor = Decimal(1), index
    else:
        small = _below_hundred(tokens, index)
        if small is None:
            return None
        value, cursor = Decimal(small[0]), small[1]
    hundred = _past_hyphen(tokens, cursor)
    scale = 1
    if at(tokens, hundred) in {"hundred", "hundreds"} and not (literal and hundred == cursor and _is_class(tokens, hundred + 2)):
        value, cursor = value * 100, hundred + 1
        scale = 100
        tail = cursor + (at(tokens, cursor) in {"and", "&"})
        tail = _past_hyphen(tokens, tail) if tail == cursor else tail
        below = None
        if _is_proper(tokens, tail):
            pass
        elif not literal or at(tokens, tail - 1) == "and":
            below = _below_hundred(tokens, tail)
        if below is not None or _is_proper(tokens, tail):
            pass
        elif tail < len(tokens) and tokens[tail].kind == "number" and _mixed_tail(tokens, tail) and len(tokens[tail].text) < 3:
            below = (int(tokens[tail].text), tail + 1)
        if below is not None and at(tokens, _past_hyphen(tokens, below[1])) not in {"hundred", "percent"}:
            value, cursor = value + below[0], below[1]
            scale = 1
    value, cursor = _point(tokens, value, cursor) if not literal else (value, cursor)
    for _ in range(2):
        after = _past_hyphen(tokens, cursor)
        factor = SCALES.get(at(tokens, after)) or _plural_scale(tokens, after)
        if factor is not None and literal and after == cursor and _is_class(tokens, after):
            break
        if factor is None and scale == 1 and literal:
            factor = _short_scale(tokens, after, money)
        if factor is None:
            break
        value, cursor, scale = value * factor, after + 1, factor if scale in (1, 100) else scale * factor
    return value, cursor, scale, literal


def _plural_scale(tokens: Sequence[Token], index: int) -> int | None:
    """3 millions, which is wrong and common; but not "3 thousands of"."""
    word = at(tokens, index)
    return SCALES.get(word[:-1]) if word.endswith("s") and at(tokens, index + 1) != "of" else None


def _is_class(tokens: Sequence[Token], index: int) -> bool:
    """4 trillion-yuan-level bases: the scale belongs to a compound that the number before it counts."""
    parts = [at(tokens, index + step) for step in range(1, 5)]
    return parts[0] in HYPHENS and adjacent(tokens, index + 1) and parts[2] in HYPHENS and parts[3] in CLASSES


def _spaced(tokens: Sequence[Token], index: int, value: Decimal, cursor: int) -> tuple[Decimal, int]:
    """1 234 567 and 40 000: thousands set apart by one space."""
    first = tokens[index]
    if not first.text.isdigit() or len(first.text) > 3 or first.text.startswith("0"):
        return value, cursor
    end = cursor
    while (
        end < len(tokens)
        and end - index < 6
        and tokens[end].kind == "number"
        and tokens[end].start == tokens[end - 1].stop + 1
        and len(tokens[end].text.partition(".")[0]) == 3
        and tokens[end].text[0] in "0123456789"
        and "," not in tokens[end].text
        and (tokens[end - 1].text.isdigit())
    ):
        end += 1
    if end - cursor >= 2 or (end - cursor == 1 and tokens[cursor].text.startswith("000")):
        return Decimal("".join(tokens[i].text for i in range(index, end))), end
    return value, cursor


def _short_scale(tokens: Sequence[Token], index: int, money: bool) -> int | None:
    """bn, mn, k after digits; m, b, t and the like only where money is meant or capitals say so."""
    if index >= len(tokens):
        return None
    word = tokens[index]
    factor = SHORT_SCALES.get(word.low)
    if factor is None or word.kind != "word":
        return None
    if word.low in ALWAYS_SCALE:
        return factor
    close = adjacent(tokens, index)
    if money:
        return factor if close or word.text.isupper() or word.low in {"m", "mm"} else None
    value = tokens[index - 1].value
    if word.low == "k":
        return factor if word.text == "k" or (close and value is not None and value >= 10 and value % 1 == 0) else None
    if word.low == "b" and not (close and value is not None and value < 1000):
        return None
    return factor if word.text in {"M", "b", "B"} or (word.text == "MM" and close) else None


def _below_hundred(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    word = at(tokens, index)
    if word in ONES:
        return ONES[word], index + 1
    if word in TENS:
        after = _past_hyphen(tokens, index + 1)
        ones = ONES.get(at(tokens, after), 0)
        if 0 < ones < 10:
            return TENS[word] + ones, after + 1
        return TENS[word], index + 1
    return None


def _point(tokens: Sequence[Token], value: Decimal, cursor: int) -> tuple[Decimal, int]:
    """five point five, two hundred point zero three, point seventy-one."""
    if at(tokens, cursor) != "point":
        return value, cursor
    digits = ""
    at_ = cursor + 1
    while len(digits) < MAX_POINT_WORDS:
        below = _below_hundred(tokens, at_)
        if below is None:
            break
        digits += str(below[0])
        at_ = below[1]
    return (value + Decimal("0." + digits), at_) if digits else (value, cursor)


def _fractional(tokens: Sequence[Token], found: Number) -> Number:
    """What may follow a cardinal: -thirds, and a half, 1/2, ½, /3, in five, out of ten."""
    stop = found.stop
    whole = found.value == found.value.to_integral_value()
    if stop < len(tokens) and tokens[stop].low == "½" and whole:
        value = tokens[stop].value
        assert value is not None
        return _rescaled(tokens, replace(found, value=found.value + value, stop=stop + 1))
    slash = _slash(tokens, found)
    if slash is not None:
        return slash
    denominator = _denominator(tokens, _past_hyphen(tokens, stop), plural=found.value != 1)
    if denominator is not None and whole and found.style in {"words", "digits"} and not _is_period(tokens, found):
        value = ratio(found.value, Decimal(denominator[0]))
        return _of_scale(tokens, Number(value, found.start, denominator[1], "fraction"))
    if at(tokens, stop) == "and":
        part = _leading_fraction_only(tokens, stop + 1)
        if part is not None:
            factor = found.scale if found.scale >= 1000 else 1
            value, after = part
            if factor > 1 and at(tokens, after) in SCALES:
                return replace(found, value=found.value + value * SCALES[at(tokens, after)], stop=after + 1)
            return _rescaled(tokens, replace(found, value=found.value + value * factor, stop=after))
    return _odds(tokens, found)


def _is_period(tokens: Sequence[Token], found: Number) -> bool:
    """the first three quarters: a stretch of a year."""
    after = at(tokens, _past_hyphen(tokens, found.stop))
    return after in {"quarters", "quarter"} and at(tokens, found.start - 1) in {
        "first", "last", "past", "next", "previous", "these", "consecutive", "for", "of", "than",
    }  # fmt: skip


def _rescaled(tokens: Sequence[Token], found: Number) -> Number:
    """two and a half million: the scale after the fraction."""
    after = _past_hyphen(tokens, found.stop)
    factor = SCALES.get(at(tokens, after))
    if factor is None or found.scale > 1:
        return found
    return replace(found, value=found.value * factor, stop=after + 1, scale=factor)


def _leading_fraction_only(tokens: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    """a half, one quarter, two thirds, fifty-four hundredths: the fraction of a mixed number."""
    if at(tokens, index) in ARTICLES:
        found = _denominator(tokens, index + 1, plural=False)
        return (ratio(Decimal(1), Decimal(found[0])), found[1]) if found is not None else None
    below = _below_hundred(tokens, index)
    if below is None:
        return None
    found = _denominator(tokens, _past_hyphen(tokens, below[1]), plural=below[0] != 1)
    if found is None:
        return None
    return ratio(Decimal(below[0]), Decimal(found[0])), found[1]


def _slash(tokens: Sequence[Token], found: Number) -> Number | None:
    """1/3, 2 1/2; not 24/7, 5/17/2018, 1/0."""
    stop = found.stop
    if found.style != "digits" or stop - found.start != 1:
        return None
    first = found.start
    if stop + 2 < len(tokens) and tokens[stop].kind == "number" and tokens[stop + 1].low == "/" and not adjacent(tokens, stop):
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
    if not after or after >= len(tokens) or (word != "out" and found.value != 1):
        return found
    under = _cardinal(tokens, after, False)
    if under is None or not found.value < under.value <= 10**6 or under.value != under.value.to_integral_value():
        return found
    if word != "out" and (under.value > 1000 or (under.style == "digits" and found.style == "words" and word == "in")):
        return found
    return Number(ratio(found.value, under.value), found.start, under.stop, "fraction")


def _dozens(tokens: Sequence[Token], found: Number) -> Number:
    after = _past_hyphen(tokens, found.stop)
    word = at(tokens, after)
    if word in {"dozen", "dozens", "dz", "dzs", "doz", "dozs"} and found.style != "fraction":
        return replace(found, value=found.value * 12, stop=after + 1)
    return found


def ordinal(tokens: Sequence[Token], index: int) -> Number | None:
    """first, twenty-fifth, one hundred twenty-fifth, 21st, 3 rd is not one."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.kind == "number":
        if at(tokens, index + 1) in ORDINAL_SUFFIXES and adjacent(tokens, index + 1) and token.value is not None:
            if token.value != token.value.to_integral_value():
                return None
            return Number(token.value, index, index + 2, "ordinal")
        return None
    simple = _simple_ordinal(tokens, index)
    if simple is not None:
        return Number(Decimal(simple[0]), index, simple[1], "ordinal")
    if token.low not in ONES and token.low not in TENS and token.low not in ARTICLES and token.low != "hundred":
        return None
    cardinal = _cardinal(tokens, index, False)
    if cardinal is None or cardinal.style != "words":
        return None
    cursor = cardinal.stop
    if at(tokens, cursor) == "and" and cardinal.value >= 100:
        cursor += 1
    cursor = _past_hyphen(tokens, cursor)
    scaled = ORDINAL_SCALES.get(at(tokens, cursor))
    if scaled is not None and at(tokens, index) not in ARTICLES and cardinal.value > 1:
        return Number(cardinal.value * scaled, index, cursor + 1, "ordinal")
    tail = _simple_ordinal(tokens, cursor)
    if tail is None:
        return None
    room = 100 if cardinal.value % 100 == 0 else 10 if cardinal.value % 100 >= 20 and cardinal.value % 10 == 0 else 0
    if tail[0] >= room:
        return None
    return Number(cardinal.value + tail[0], index, tail[1], "ordinal")


def _simple_ordinal(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    word = at(tokens, index)
    if word in ORDINALS:
        return ORDINALS[word], index + 1
    if word in ORDINAL_TENS:
        return ORDINAL_TENS[word], index + 1
    if word in ORDINAL_SCALES and at(tokens, index - 1) not in ARTICLES and at(tokens, index - 1) not in ONES:
        return ORDINAL_SCALES[word], index + 1
    if word in TENS:
        after = _past_hyphen(tokens, index + 1)
        ones = ORDINALS.get(at(tokens, after), 0)
        if 0 < ones < 10:
            return TENS[word] + ones, after + 1
    return None
