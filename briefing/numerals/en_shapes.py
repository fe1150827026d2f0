"""Numbers of an English text that are no quantities: dates, clock times, list markers, names of things.

`outside` marks tokens by index. It goes once over the tokens and looks at a few neighbours of each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.numerals import en_units
from briefing.numerals.en_tokens import Token
from briefing.numerals.en_words import HYPHENS, ONES, ORDINAL_SUFFIXES, SCALES, TENS, adjacent, at, ordinal

MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_PERIODS = frozenset({"month", "year", "quarter", "week", "day", "decade", "half", "weekend", "session", "hour", "minute"})
_PERIOD_HEADS = frozenset(
    {"first", "last", "past", "next", "coming", "previous", "recent", "following", "preceding", "latter", "final", "upcoming"}
)
_YEAR_BEFORE = frozenset(
    "in by since from of until till to year during through before after early late mid end spring summer autumn winter fall "
    "fiscal for around circa beyond between and or as the january february march april may june july august september october "
    "november december q1 q2 q3 q4 h1 h2 than over on at throughout with jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_MERIDIEM = frozenset({"am", "pm", "a.m.", "p.m.", "o'clock", "oclock"})
_NOT_NOUNS = frozenset(
    "is was has does as this its his us process less status plus versus express address class press was's progress business "
    "access success congress across goods unless always besides perhaps news series".split()
)
_PLURALS = frozenset("people persons men women children households staff cattle sheep pieces cases".split())
_QUOTES = frozenset("\"“”'‘’")


@cache
def vocabulary() -> Mapping[str, Any]:
    """The word lists of data/reading_en.toml."""
    return tomllib.loads(files("briefing.data").joinpath("reading_en.toml").read_text("utf-8"))


def outside(items: Sequence[Token], text: str) -> bytearray:
    """One byte a token: 1 where no quantity may begin."""
    mask = bytearray(len(items))
    for index, token in enumerate(items):
        if token.kind == "number":
            stop = _number_shape(items, index, text)
        elif token.kind == "word":
            stop = _word_shape(items, index)
        elif token.kind == "label":
            stop = index + 1
        else:
            stop = index
        for marked in range(index, min(stop, len(items))):
            mask[marked] = 1
    return mask


def _is_year(items: Sequence[Token], index: int) -> bool:
    token = items[index] if 0 <= index < len(items) else None
    return (
        token is not None
        and token.kind == "number"
        and len(token.text) == 4
        and token.text.isdigit()
        and "1800" <= token.text <= "2100"
    )


def _is_day(items: Sequence[Token], index: int) -> bool:
    token = items[index] if 0 <= index < len(items) else None
    return token is not None and token.kind == "number" and len(token.text) < 3 and token.text.isdigit() and 0 < int(token.text) < 32


def _number_shape(items: Sequence[Token], index: int, text: str) -> int:
    """The index after the shape that begins with this number, `index` if there is none."""
    for shape in (_clock, _numeric_date, _day_month, _year, _marker, _arithmetic, _footnote, _letters, _named, _day_of_month):
        stop = shape(items, index, text)
        if stop > index:
            return stop
    return index


def _clock(items: Sequence[Token], index: int, text: str) -> int:
    """14:30, 6 pm, 2.13 a.m., 9 o'clock."""
    after = index + 1
    while at(items, after) == ":" and adjacent(items, after) and adjacent(items, after + 1) and after + 1 < len(items):
        if items[after + 1].kind != "number":
            break
        after += 2
    if at(items, after) in _MERIDIEM and not (at(items, after) in {"am", "pm"} and "." in items[index].text and len(items[index].text.partition(".")[2]) > 2):
        return after + 1
    if at(items, after) in HYPHENS and _is_day(items, after + 1) and at(items, after + 2) in _MERIDIEM:
        return after + 3
    return after if after > index + 1 else index


def _numeric_date(items: Sequence[Token], index: int, text: str) -> int:
    """2025-01-15, 5/17/2018, 1995-01, 24/7, 9/11, 2023/24, +1-222-2222: numbers on a string."""
    if at(items, index - 1) == "^":
        return index + 1
    if not items[index].text.isdigit():
        return index
    parts, after = 1, index + 1
    while (
        after + 1 < len(items)
        and items[after].low in {"-", "/"}
        and adjacent(items, after)
        and adjacent(items, after + 1)
        and items[after + 1].kind == "number"
        and items[after + 1].text.isdigit()
    ):
        parts, after = parts + 1, after + 2
    if parts > 2:
        return after
    if parts == 2 and items[index + 1].low == "/":
        first, second = items[index].value, items[index + 2].value
        if (items[index].text, items[index + 2].text) in {("9", "11"), ("24", "7"), ("7", "24")} or _is_year(items, index):
            return after
        if first is None or second is None or not first < second:
            return after
    if parts == 2 and _is_year(items, index) and items[index + 1].low == "-" and len(items[index + 2].text) == 2:
        return after
    return index


def _month(items: Sequence[Token], index: int) -> int:
    """The index after a month name (with its full stop) at `index`, else `index`."""
    if at(items, index) not in MONTHS or not items[index].text[0].isupper():
        return index
    return index + 2 if at(items, index + 1) == "." and len(items[index].text) < 5 else index + 1


def _day_month(items: Sequence[Token], index: int, text: str) -> int:
    """12 January (2025), 12th of January, 12-15 January, 3 to 5 March."""
    if not _is_day(items, index):
        return index
    after = index + 1 + (at(items, index + 1) in ORDINAL_SUFFIXES and adjacent(items, index + 1))
    if at(items, after) in {"-", "–", "to", "and", "or"} and _is_day(items, after + 1):
        after += 2
        after += at(items, after) in ORDINAL_SUFFIXES and adjacent(items, after)
    after += at(items, after) == "of"
    stop = _month(items, after)
    if stop == after or (at(items, after) == "may" and at(items, index - 1) not in {"on", "of", "the", "since", "by", "until", "from"}):
        return index
    comma = at(items, stop) == ","
    return stop + comma + 1 if _is_year(items, stop + comma) else stop


def _word_shape(items: Sequence[Token], index: int) -> int:
    """Shapes that begin with a word: May 5(-8), the first 10 months, 14th Five-Year Plan, Article 5."""
    word = items[index].low
    month = _month(items, index)
    if month > index:
        return _after_month(items, index, month)
    if word in _PERIOD_HEADS:
        return _period(items, index)
    if word in {"five", "three", "ten"} and at(items, index + 1) in HYPHENS and at(items, index + 2) == "year" and (
        items[index].text[0].isupper()
    ):
        return index + 3
    return index


def _after_month(items: Sequence[Token], index: int, month: int) -> int:
    """January 12(th), 2025; Jan. 12-15; January 2025; January 12 and 13."""
    after = month
    if _is_year(items, after):
        return after + 1
    if not _is_day(items, after):
        return month if items[index].low != "may" else index
    while True:
        after += 1
        if at(items, after) in ORDINAL_SUFFIXES and adjacent(items, after):
            after += 1
        if (
            at(items, after) in {"-", "–", "to", "and", ","}
            and _is_day(items, after + 1)
            and (at(items, after) in HYPHENS or _ends_date(items, after + 2))
            and after - month < 12
        ):
            after += 1
            continue
        break
    comma = at(items, after) == ","
    return after + comma + 1 if _is_year(items, after + comma) and not items[after + comma].grouped else after


def _ends_date(items: Sequence[Token], index: int) -> bool:
    """Whether the day before `index` is a day: no noun or unit follows it."""
    return index >= len(items) or items[index].kind != "word" or at(items, index) in {"and", "in", "at", "of", "this", "the", "respectively"}


def _period(items: Sequence[Token], index: int) -> int:
    """the first 10 months, the past five years, the next three to five years, first three quarters, second half."""
    after = index + 1
    while at(items, after) in {"half", "few", "several", "or", "to", "and", "-", "–", "a", "consecutive", "over", "more", "than", "nearly"} or at(
        items, after
    ) in ONES or at(items, after) in TENS or (after < len(items) and items[after].kind == "number"):
        after += 1
        if after - index > 6:
            return index
    if after == index + 1:
        return index
    noun = at(items, after)
    if noun in HYPHENS:
        noun, after = at(items, after + 1), after + 1
    return after + 1 if noun.removesuffix("s").removesuffix("'") in _PERIODS or noun.startswith(("years", "months", "days")) else (
        after if at(items, after - 1) == "half" else index
    )


def _year(items: Sequence[Token], index: int, text: str) -> int:
    """in 2024, 2021-2025, the 1990s, 2024 National Games; not 2030 households, not 2,030."""
    if not _is_year(items, index):
        return _early_year(items, index)
    after = index + 1
    if at(items, after) in {"-", "–", "to", "and", "/", "or", "through", "—"} and _is_year(items, after + 1):
        return after + 2 + (at(items, after + 2) == "s")
    if at(items, after) == "s" and adjacent(items, after):
        return after + 1
    if at(items, after) in {"'s", "'"}:
        return after
    before = at(items, index - 1)
    if after >= len(items) or items[after].kind != "word":
        amount = index == 0 and after >= len(items)
        return index if amount or before in {"$", "€", "£", "¥", "rmb"} or at(items, after) in {"%", "°"} else after
    noun = items[after]
    if noun.text[0].isupper():
        return after if noun.low not in SCALES and en_units.suffix(items, after) is None else index
    plural = (noun.low.endswith("s") and noun.low not in _NOT_NOUNS) or noun.low in _PLURALS
    if before in _YEAR_BEFORE and not (plural and before not in {"in", "the", "of", "since", "by"} or noun.low in _UNIT_WORDS):
        return after
    return index if plural or noun.low in _UNIT_WORDS or _adjective_noun(items, after) else after


_UNIT_WORDS = frozenset(
    "km mu yuan million billion trillion hectares kilometers kilometres meters metres tonnes tons square cubic percent kg mw "
    "kilowatts people households projects jin dollars euros degrees per times units m t kw gwh".split()
)


def _adjective_noun(items: Sequence[Token], index: int) -> bool:
    """2030 new households: an adjective and a plural."""
    noun = at(items, index + 1)
    return len(noun) > 3 and noun.endswith("s") and noun not in _NOT_NOUNS and items[index + 1].text.islower()


def _early_year(items: Sequence[Token], index: int) -> int:
    """in 1368, 221 BC, AD 618."""
    token = items[index]
    if at(items, index + 1) in {"bc", "bce", "ad", "ce"} and items[index + 1].text.isupper():
        return index + 2
    if at(items, index - 1) in {"ad", "bc"} and items[index - 1].text.isupper():
        return index + 1
    if len(token.text) == 4 and token.text.isdigit() and "1000" <= token.text < "1800" and at(items, index - 1) in {"in", "since", "year"}:
        after = index + 1
        return after if after >= len(items) or items[after].kind == "symbol" else index
    return index


def _marker(items: Sequence[Token], index: int, text: str) -> int:
    """2. Tiered …; (4) Improve …; 1) …: markers of a list, at the start of a line or sentence."""
    token = items[index]
    if not token.text.isdigit() or len(token.text) > 3 or index + 1 >= len(items):
        return index
    mark = items[index + 1]
    opened = at(items, index - 1) in {"(", "[", "（"} and adjacent(items, index)
    if opened and mark.low in {")", "]", "）"}:
        return index + 1 if len(token.text) < 3 else index
    if not adjacent(items, index + 1) or mark.low not in {".", ")", "、", "]"}:
        return index
    if index + 2 >= len(items) or (mark.low == "." and items[index + 2].start == mark.stop):
        return index
    return index + 1 if _at_line_start(items, index, text) else index


def _at_line_start(items: Sequence[Token], index: int, text: str) -> bool:
    if index == 0 or items[index - 1].low in {"#", "*", "•", "◆", "●"}:
        return True
    gap = text[items[index - 1].stop : items[index].start]
    return "\n" in gap


def _arithmetic(items: Sequence[Token], index: int, text: str) -> int:
    """10+X, 1+6, 5+2: names of schemes."""
    after = index + 1
    if at(items, after) == "+" and adjacent(items, after) and adjacent(items, after + 1) and after + 1 < len(items):
        follow = items[after + 1]
        if follow.kind != "symbol":
            while at(items, after) == "+" and after + 1 < len(items) and after - index < 12:
                after += 2
            return after
    return index


def _footnote(items: Sequence[Token], index: int, text: str) -> int:
    """A quoted run of digits is a code: "61020", and so is 12306 after hotline words."""
    token = items[index]
    if token.text.isdigit() and at(items, index - 1) in _QUOTES and at(items, index + 1) in _QUOTES:
        return index + 1
    if token.text in {"12306", "12345", "12315", "12348", "12388"}:
        return index + 1
    return index


def _letters(items: Sequence[Token], index: int, text: str) -> int:
    """5G, 3D, 4A-level, 2B: a number grown together with letters that are no unit, suffix or multiplier."""
    if not adjacent(items, index + 1) or index + 1 >= len(items):
        return index
    follow = items[index + 1]
    if follow.kind == "word" and index + 2 < len(items) and items[index + 2].kind == "number" and adjacent(items, index + 2):
        powers = at(items, index + 2) in {"2", "3"} and en_units.suffix(items, index + 1) is not None
        currency = follow.low in {"k", "m", "bn", "rmb", "yuan", "x"}
        return index if powers or currency else index + 3
    if follow.kind == "label":
        return index + 2 if not follow.low.startswith(("km", "m2", "m3", "cm", "mm", "mi")) else index
    if follow.kind == "word" and follow.text in {"G", "D", "A", "C", "S", "B", "X", "T", "Gs", "R", "E", "I", "Z", "H", "P", "N", "F", "g", "d"}:
        if follow.text in {"B", "T", "g"} and _money_before(items, index):
            return index
        if follow.text in {"T", "g", "d", "h"} or (follow.text in {"C", "F"} and at(items, index - 1) in {"-", "°"}):
            return index
        return index + 2
    return index


def _money_before(items: Sequence[Token], index: int) -> bool:
    return at(items, index - 1) in {"$", "€", "£", "¥", "￥", "rmb", "usd", "cny", "eur", "hkd"}


def _named(items: Sequence[Token], index: int, text: str) -> int:
    """Article 5, Phase 2, Boeing 777, version 2.0: a bare number that names one thing of a series."""
    before = items[index - 1] if index else None
    if before is None or before.kind != "word" or before.low not in _label_words():
        return index
    if before.low in {"chapter", "version", "v"}:
        return index + 1
    value = items[index].value
    if items[index].grouped or value is None:
        return index
    after = index + 1
    if before.low.endswith("s") and after < len(items) and items[after].kind == "word" and at(items, after) not in {"and", "to", "of"}:
        return index
    if at(items, after) in HYPHENS and after + 1 < len(items) and items[after + 1].kind == "number":
        return after + 2
    if after < len(items) and (items[after].kind == "word" and (at(items, after) in _UNIT_WORDS or at(items, after).endswith("s"))):
        return index
    if at(items, after) in {"%", "°", "‰"} or value != value.to_integral_value() or value >= 10000:
        return index
    return after


@cache
def _label_words() -> frozenset[str]:
    return frozenset(vocabulary()["labels"]["before"])


def _day_of_month(items: Sequence[Token], index: int, text: str) -> int:
    """on the 12th, as of the 21st, from the 5th to the 8th: a day without its month."""
    found = ordinal(items, index)
    if found is None or not Decimal(0) < found.value < 32:
        return index
    after = found.stop
    if at(items, index - 1) != "the" or (after < len(items) and items[after].kind == "word" and at(items, after) not in _AFTER_DAY):
        return index
    if at(items, after) == "century" or at(items, after) in HYPHENS:
        return index
    return after


_AFTER_DAY = frozenset(
    "that and to for at local in from by alone of said will as with , stating issued announced reported when after day "
    "local confirmed also morning evening afternoon night".split()
)
