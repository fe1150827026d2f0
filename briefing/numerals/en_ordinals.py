"""English ordinals to values: first, twenty-fifth, one hundred and twenty-first, 21st, five millionth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, past_hyphen
from briefing.numerals.en_words import (
    ARTICLES,
    ONES,
    ORDINAL_SCALES,
    ORDINAL_SUFFIXES,
    ORDINAL_TENS,
    ORDINALS,
    SCALES,
    TENS,
    Number,
    cardinal,
)


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
    found = cardinal(tokens, index, False) if _leads_to_ordinal(tokens, index + 1) else None
    if found is None or found.style != "words":
        return None
    cursor = found.stop
    if at(tokens, cursor) == "and" and found.value >= 100:
        cursor += 1
    cursor = past_hyphen(tokens, cursor)
    scaled = ORDINAL_SCALES.get(at(tokens, cursor))
    if scaled is not None and (at(tokens, index) not in ARTICLES or found.value >= 100) and found.value > 1:
        return Number(found.value * scaled, index, cursor + 1, "ordinal")
    tail = _simple_ordinal(tokens, cursor)
    if tail is None:
        return None
    room = 100 if found.value % 100 == 0 else 10 if found.value % 100 >= 20 and found.value % 10 == 0 else 0
    if tail[0] >= room:
        return None
    return Number(found.value + tail[0], index, tail[1], "ordinal")


def _leads_to_ordinal(tokens: Sequence[Token], index: int) -> bool:
    """Whether an ordinal word ends the number words from token `index`: a cheap test before reading them."""
    for cursor in range(index, min(index + 16, len(tokens))):
        word = tokens[cursor].low
        if word in ORDINALS or word in ORDINAL_TENS or word in ORDINAL_SCALES:
            return True
        if word not in _INSIDE:
            return False
    return False


_INSIDE = ONES.keys() | TENS.keys() | SCALES.keys() | HYPHENS | {"hundred", "and"}


def _simple_ordinal(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    word = at(tokens, index)
    if word in ORDINALS:
        return ORDINALS[word], index + 1
    if word in ORDINAL_TENS:
        return ORDINAL_TENS[word], index + 1
    if word in ORDINAL_SCALES and at(tokens, index - 1) not in ARTICLES and at(tokens, index - 1) not in ONES:
        return ORDINAL_SCALES[word], index + 1
    if word in TENS:
        after = past_hyphen(tokens, index + 1)
        ones = ORDINALS.get(at(tokens, after), 0)
        if 0 < ones < 10:
            return TENS[word] + ones, after + 1
    return None
