"""Number words in set phrases: the three major strategies, "two mountains", the Four Confidences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at
from briefing.numerals.en_vocabulary import vocabulary
from briefing.numerals.en_words import Number

_QUOTES = frozenset("\"“'‘")
_CLOSERS = frozenset("”’.;:")
MOST = 20
"""A set phrase counts few things."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary()["soft"][name])


def is_set_phrase(tokens: Sequence[Token], start: int, stop: int, found: Number) -> bool:
    """Whether the number at `start`..`stop` counts a set phrase rather than things."""
    if found.value != found.value.to_integral_value() or not 0 <= found.value <= MOST:
        return False
    after = at(tokens, stop)
    words = found.style == "words"
    if at(tokens, start - 1) in _QUOTES and (words or after not in {"%"}):
        return True
    if after in _words("adjectives") and (words or at(tokens, start - 1) == "the"):
        return True
    if after == "other" and at(tokens, start - 1) == "and":
        return True
    if not words:
        return False
    if at(tokens, start - 1) in {"and", ","} and any(at(tokens, start - step) in _QUOTES for step in range(3, 8)):
        return not any(at(tokens, start - step) in _CLOSERS for step in range(2, 7))
    if found.value <= 1:
        return True
    if after in HYPHENS and adjacent(tokens, stop):
        return True
    if after in _words("nouns"):
        return True
    capital = tokens[start].text[0].isupper() and stop < len(tokens) and tokens[stop].text[:1].isupper()
    return capital and not tokens[stop].text.isupper()
