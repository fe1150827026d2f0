"""Numbers of an English text that are no quantities: dates, clock times, list markers, names of things.

`outside` marks tokens by index. It goes once over the tokens and looks at a few neighbours of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from briefing.numerals import en_calendar, en_units
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, in_a_row
from briefing.numerals.en_vocabulary import vocabulary, words

_QUOTES = frozenset("\"“”'‘’")


def outside(items: Sequence[Token], text: str) -> bytearray:
    """One byte a token: 1 where no quantity may begin."""
    mask = bytearray(len(items))
    index = 0
    while index < len(items):
        token = items[index]
        if token.kind == "number":
            row = token.text.isdigit() and len(token.text) < 4 and in_a_row(items, index)
            stop = index if row else _number_shape(items, index, text)
        elif token.kind == "word":
            stop = _word_shape(items, index)
        elif token.kind == "label":
            stop = index + 1
        else:
            stop = index
        for marked in range(index, min(stop, len(items))):
            mask[marked] = 1
        index = max(stop, index + 1)
    return mask


def _number_shape(items: Sequence[Token], index: int, text: str) -> int:
    """The index after the shape that begins with this number, `index` if there is none."""
    stop = en_calendar.numeric(items, index)
    if stop > index:
        return stop
    stop = _marker(items, index, text)
    if stop > index:
        return stop
    for shape in (_arithmetic, _code, _letters, _named):
        stop = shape(items, index)
        if stop > index:
            return stop
    return index


def _word_shape(items: Sequence[Token], index: int) -> int:
    """Five-Year Plan as a name, and the dates that begin with a word."""
    stop = en_calendar.worded(items, index)
    if stop > index:
        return stop
    named = items[index].low in {"five", "three", "ten"} and items[index].text[0].isupper()
    return index + 3 if named and at(items, index + 1) in HYPHENS and at(items, index + 2) == "year" else index


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


def _arithmetic(items: Sequence[Token], index: int) -> int:
    """10+X, 1+6, 5+2: names of schemes."""
    after = index + 1
    if at(items, after) == "+" and adjacent(items, after) and adjacent(items, after + 1) and after + 1 < len(items):
        follow = items[after + 1]
        if follow.kind != "symbol":
            while at(items, after) == "+" and after + 1 < len(items) and after - index < 12:
                after += 2
            return after
    return index


def _code(items: Sequence[Token], index: int) -> int:
    """A quoted run of digits is a code: "61020", and so is 12306 after hotline words."""
    token = items[index]
    if token.text.isdigit() and at(items, index - 1) in _QUOTES and at(items, index + 1) in _QUOTES:
        return index + 1
    if token.text in {"12306", "12345", "12315", "12348", "12388"}:
        return index + 1
    return index


def _letters(items: Sequence[Token], index: int) -> int:
    """5G, 3D, 4A-level, 2B: a number grown together with letters that are no unit, suffix or multiplier."""
    if not adjacent(items, index + 1) or index + 1 >= len(items):
        return index
    follow = items[index + 1]
    if (
        follow.kind == "word"
        and index + 2 < len(items)
        and items[index + 2].kind == "number"
        and adjacent(items, index + 2)
    ):
        powers = at(items, index + 2) in {"2", "3"} and en_units.suffix(items, index + 1) is not None
        currency = follow.low in {"k", "m", "bn", "rmb", "yuan", "x"}
        return index if powers or currency else index + 3
    if follow.kind == "label":
        return index + 2 if not follow.low.startswith(("km", "m2", "m3", "cm", "mm", "mi")) else index
    if follow.kind == "word" and follow.text in {
        "G",
        "D",
        "A",
        "C",
        "S",
        "B",
        "X",
        "T",
        "Gs",
        "R",
        "E",
        "I",
        "Z",
        "H",
        "P",
        "N",
        "F",
        "g",
        "d",
    }:
        if follow.text in {"B", "T", "g"} and _money_before(items, index):
            return index
        if follow.text in {"T", "g", "d", "h"} or (follow.text in {"C", "F"} and at(items, index - 1) in {"-", "°"}):
            return index
        return index + 2
    return index


def _money_before(items: Sequence[Token], index: int) -> bool:
    return at(items, index - 1) in {"$", "€", "£", "¥", "￥", "rmb", "usd", "cny", "eur", "hkd"}


def _named(items: Sequence[Token], index: int) -> int:
    """Article 5, Phase 2, Boeing 777, version 2.0: a bare number that names one thing of a series."""
    before = items[index - 1] if index else None
    if before is None or before.kind != "word" or before.low not in _label_words():
        return index
    if before.text.islower() and before.low in vocabulary()["labels"]["capital"]:
        return index
    if before.low in {"chapter", "version", "v"}:
        return index + 1
    value = items[index].value
    if items[index].grouped or value is None:
        return index
    after = index + 1
    if (
        before.low.endswith("s")
        and after < len(items)
        and items[after].kind == "word"
        and at(items, after) not in {"and", "to", "of"}
    ):
        return index
    if at(items, after) in HYPHENS and after + 1 < len(items) and items[after + 1].kind == "number":
        return after + 2
    if after < len(items) and (
        items[after].kind == "word"
        and (at(items, after) in words("unit_words") or (at(items, after).endswith("s") and before.text.islower()))
    ):
        return index
    if at(items, after) in {"%", "°", "‰"} or value != value.to_integral_value() or value >= 10000:
        return index
    return after


@cache
def _label_words() -> frozenset[str]:
    return frozenset(vocabulary()["labels"]["before"])
