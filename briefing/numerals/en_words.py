"""English number phrases to values: twelve, 1.4 trillion, two and a half million, two-thirds, a dozen.

Each reader takes the tokens and an index and gives a `Number` or None. None looks further than a
fixed number of tokens beyond what it consumes, so that reading a text is linear in its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, past_hyphen, ratio

Style = Literal["digits", "words", "fraction", "ordinal", "vague"]

ONES = {
    "zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
SHORT_SCALES = {
    "mn": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "tln": 10**12, "trn": 10**12,
    "mil": 10**6, "mm": 10**6, "wan": 10**4, "yi": 10**8, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12,
}  # fmt: skip
ALWAYS_SCALE = frozenset({"mn", "mln", "mio", "bn", "bln", "tn", "tln", "trn", "mil"})
"""Abbreviations that are read as multipliers whether or not money stands before the number."""
_PINYIN_SCALES = frozenset({"wan", "yi"})
"""What a translation may leave of 万 and 亿; a capital makes a name of it."""
ORDINALS = {
    "zeroth": 0, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "nineth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
}  # fmt: skip
ORDINAL_TENS = {
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
ORDINAL_SCALES = {
    "hundredth": 10**2, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
ARTICLES = frozenset({"a", "an"})
CLASSES = frozenset({"level", "class", "grade", "scale", "plus", "strong"})
OPENERS = (
    frozenset({"hundred", *ARTICLES}) | ONES.keys() | TENS.keys() | SCALES.keys()
    | ORDINALS.keys() | ORDINAL_TENS.keys() | ORDINAL_SCALES.keys()
)  # fmt: skip
"""The words that a cardinal or an ordinal may begin with."""
MAX_POINT_WORDS = 12
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


def denominator(tokens: Sequence[Token], index: int, *, plural: bool) -> tuple[int, int] | None:
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
    cursor = past_hyphen(tokens, index + 1)
    word = at(tokens, cursor)
    word = word[:-1] if plural and word.endswith("s") else word if not plural else ""
    ones = ORDINALS.get(word, 0)
    return (tens + ones, cursor + 1) if 0 < ones < 10 else None


def cardinal(tokens: Sequence[Token], index: int, money: bool) -> Number | None:
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
    part = part_of_one(tokens, index) if at(tokens, index - 1) in {"and", "&"} else None
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


def _group(
    tokens: Sequence[Token], index: int, *, words_only: bool, money: bool
) -> tuple[Decimal, int, int, bool] | None:
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
        if at(tokens, index + 1) in HYPHENS and word not in SCALES and at(tokens, index + 2) not in SCALES:
            return None
        value, cursor = Decimal(1), index
    else:
        small = _below_hundred(tokens, index)
        if small is None:
            return None
        value, cursor = Decimal(small[0]), small[1]
    hundred = past_hyphen(tokens, cursor)
    scale = 1
    if at(tokens, hundred) in {"hundred", "hundreds"} and not (
        literal and hundred == cursor and _is_class(tokens, hundred + 2)
    ):
        value, cursor = value * 100, hundred + 1
        scale = 100
        tail = cursor + (at(tokens, cursor) in {"and", "&"})
        tail = past_hyphen(tokens, tail) if tail == cursor else tail
        below = None
        if not _is_proper(tokens, tail) and (not literal or at(tokens, tail - 1) == "and"):
            below = _below_hundred(tokens, tail)
        if below is None and literal and _mixed_tail(tokens, tail) and len(tokens[tail].text) < 3:
            below = (int(tokens[tail].text), tail + 1)
        if below is not None and at(tokens, past_hyphen(tokens, below[1])) not in {"hundred", "percent"}:
            value, cursor = value + below[0], below[1]
            scale = 1
    value, cursor = _point(tokens, value, cursor) if not literal else (value, cursor)
    for _ in range(2):
        after = past_hyphen(tokens, cursor)
        factor = SCALES.get(at(tokens, after)) or _plural_scale(tokens, after)
        if factor is not None and literal and after == cursor and _is_class(tokens, after):
            break
        if factor is None and scale == 1 and literal:
            factor = _short_scale(tokens, after, money)
        elif factor is None and at(tokens, after) == "m" and adjacent(tokens, after + 1) and tokens[after].text == "M":
            factor = 10**6  # twenty MUSD
        if factor is None:
            break
        value, cursor, scale = value * factor, after + 1, factor if scale in (1, 100) else scale * factor
    return value, cursor, scale, literal


def _plural_scale(tokens: Sequence[Token], index: int) -> int | None:
    """3 millions, which is wrong and common; but not "3 thousands of"."""
    word = at(tokens, index)
    return SCALES.get(word[:-1]) if word.endswith("s") and at(tokens, index + 1) != "of" else None


def _is_class(tokens: Sequence[Token], index: int) -> bool:
    """4 trillion-yuan-level bases, 10 trillion-yuan parks: the scale belongs to what the number before it counts."""
    parts = [at(tokens, index + step) for step in range(1, 6)]
    if parts[0] not in HYPHENS or not adjacent(tokens, index + 1):
        return False
    if parts[2] in HYPHENS:
        return parts[3] in CLASSES
    counted = tokens[index - 1]
    small = (
        counted.text.isdigit()
        and len(counted.text) < 3
        and at(tokens, index - 2) not in {*ARTICLES, "the", "this", "$"}
    )
    return small and any(part.endswith("s") and len(part) > 3 for part in parts[2:])


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
    if end - cursor >= 2 or (
        end - cursor == 1 and (tokens[cursor].text.startswith("000") or _apart(tokens, index, end))
    ):
        return Decimal("".join(tokens[i].text for i in range(index, end))), end
    return value, cursor


_RACES = frozenset({"m", "meter", "meters", "metre", "metres", "-", "–", "/"})


def _apart(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """1 200 people: one group set apart, where the two can hardly be two numbers (4 100-tonne, 2 400 m, May 1 200)."""
    before = tokens[index - 1] if index else None
    if before is not None and (before.kind == "number" or before.text[0].isupper() or before.low in {",", ":", "-"}):
        return False
    return at(tokens, stop) not in _RACES


def _short_scale(tokens: Sequence[Token], index: int, money: bool) -> int | None:
    """bn, mn, k after digits; m, b, t and the like only where money is meant or capitals say so."""
    if index >= len(tokens):
        return None
    word = tokens[index]
    factor = SHORT_SCALES.get(word.low)
    if factor is None or word.kind != "word":
        return None
    if word.low in _PINYIN_SCALES:
        return factor if word.text.islower() else None
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
        after = past_hyphen(tokens, index + 1)
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


def part_of_one(tokens: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    """a half, one quarter, two thirds, fifty-four hundredths: the fraction of a mixed number."""
    if at(tokens, index) in ARTICLES:
        found = denominator(tokens, index + 1, plural=False)
        return (ratio(Decimal(1), Decimal(found[0])), found[1]) if found is not None else None
    below = _below_hundred(tokens, index)
    if below is None:
        return None
    found = denominator(tokens, past_hyphen(tokens, below[1]), plural=below[0] != 1)
    if found is None:
        return None
    return ratio(Decimal(below[0]), Decimal(found[0])), found[1]
