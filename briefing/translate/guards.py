"""Whether a hypothesis is fit to be shown: what goes wrong in machine translation, told apart by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Slot
from briefing.translate.names import word
from briefing.translate.placeholders import TOKEN, returned

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LOOP = re.compile(r"(\b\w+(?:\W+\w+){0,5})(?:\W+\1\b){2,}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WORDS_PER_HAN = (0.12, 2.2)
"""English words per Chinese character; human translations of work reports lie between 0.35 and 0.9."""


_MOST_ROMANISED = 2
"""Words in pinyin that one hypothesis may hold: with more of them it is no translation."""


def romanised(hypothesis: str) -> str | None:
    """`hypothesis` with words that it could not translate in pinyin and brackets; None where they are too many.

    >>> romanised("clean up 撂荒 land"), romanised("清理撂荒耕地等等 land")
    ('clean up [liaohuang] land', None)
    """
    runs = _RUN.findall(hypothesis)
    if not runs or len(runs) > _MOST_ROMANISED or any(len(run) > 4 for run in runs):
        return None
    return re.sub(" {2,}", " ", _RUN.sub(lambda m: f" [{word(m.group()).lower()}] ", hypothesis)).strip()


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
