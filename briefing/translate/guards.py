"""Whether a hypothesis is fit to be shown: what goes wrong in machine translation, told apart by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Slot
from briefing.translate.placeholders import TOKEN, returned

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LOOP = re.compile(r"(\b\w+(?:\W+\w+){0,5})(?:\W+\1\b){2,}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WORDS_PER_HAN = (0.12, 2.2)
"""English words per Chinese character; human translations of work reports lie between 0.35 and 0.9."""


def fault(source: str, hypothesis: str, slots: Sequence[Slot]) -> str:
    """The first thing that is wrong with `hypothesis` for the masked `source`, "" if nothing is.

    One of "empty", "slots", "digits" (a number outside any slot that the source does not print),
    "chinese" (left over), "loop", "short", "long".

    >>> fault("新增企业", "new enterprises 33", ())
    'digits'
    >>> fault("新增企业", "new enterprises", ())
    ''
    """
    if not hypothesis.strip(" .,;"):
        return "empty"
    if not returned(hypothesis, slots):
        return "slots"
    bare, bare_source = TOKEN.sub(" ", hypothesis), TOKEN.sub("", source)
    if len(_DIGIT.findall(bare)) > len(_DIGIT.findall(bare_source)):
        return "digits"
    if _HAN.search(bare):
        return "chinese"
    if _LOOP.search(hypothesis):
        return "loop"
    han, words = len(_HAN.findall(bare_source)), len(TOKEN.sub(" x ", hypothesis).split())
    if han >= 6 and words < han * _WORDS_PER_HAN[0]:
        return "short"
    if words > 8 + len(slots) + han * _WORDS_PER_HAN[1]:
        return "long"
    return ""
