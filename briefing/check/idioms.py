"""Numerals that say something else than a number: in names (三元, Sanyuan) and in figures of speech (千家万户).

Such a numeral needs no number in the English. Each rule asks for a sign of it in one of the texts, so that a number
that was left out is not taken for a figure of speech.
"""

from __future__ import annotations

import re

from briefing.check.items import Item
from briefing.spans import Span

_SYLLABLES = {
    "一": "yi", "二": "er", "两": "liang", "三": "san", "四": "si", "五": "wu", "六": "liu", "七": "qi", "八": "ba",
    "九": "jiu", "十": "shi", "百": "bai", "千": "qian", "万": "wan",
}  # fmt: skip
_FRAMES = re.compile("[十百千万][\u4e00-\u9fff][百千万][\u4e00-\u9fff]")
_VAGUE = re.compile(
    r"\b(?:hundreds|thousands|millions|countless|numerous|myriad|every|all|households|families|homes|many)\b", re.I
)
_CHINESE_MONTHS = re.compile("([一二三四五六七八九])([二三四五六七八九十])月")
_FLOOD = "七下八上"
"""Late July and early August, when floods are likeliest."""
_DIGITS = "一二三四五六七八九十"
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
_NEARBY = frozenset("昨今明后这那")
_CLOCK = re.compile(r"\b(?:around|round)[- ]the[- ]clock\b|\b24/7\b", re.I)
_DECADES = re.compile(r"\bdecades\b", re.I)


def transliterated(zh: str, span: Span, en: str) -> bool:
    """Whether a numeral in characters is part of a name that the English writes in pinyin.

    >>> transliterated("走进十八洞村", Span(2, 4), "a visit to Shibadong Village")
    True
    """
    syllables = [_SYLLABLES.get(c, "") for c in zh[span.start : span.stop] if c in _SYLLABLES]
    if not syllables or any(c.isascii() for c in zh[span.start : span.stop]):
        return False
    return bool(re.search(rf"\b(?:Di)?{''.join(syllables[:2])}[a-z]{{2,}}", en, re.I) and _capital(syllables, en))


def _capital(syllables: list[str], en: str) -> bool:
    name = "".join(syllables[:2])
    return any(found[0][0].isupper() for found in re.finditer(rf"\b(?:Di)?{name}[a-z]{{2,}}", en, re.I))


def framed(zh: str, span: Span, en: str) -> bool:
    """Whether a numeral stands in a phrase of four such as 千家万户 that the English gives by a vague word.

    >>> framed("走进千家万户", Span(4, 5), "entering every household")
    True
    """
    frames = _FRAMES.finditer(zh, max(0, span.start - 3), span.stop + 3)
    return any(f.start() <= span.start and span.stop <= f.end() for f in frames) and bool(_VAGUE.search(en))


def said_otherwise(zh: str, item: Item, en: str) -> bool:
    """Whether the English has an idiom for a number: these days, around the clock, in decades.

    >>> from briefing.check.items import read_chinese
    >>> said_otherwise("数十年来", read_chinese("建成数十年来")[0], "the first in decades")
    True
    """
    if item.text in ("两天", "几天") and zh[max(0, item.span.start - 1) : item.span.start] in tuple(_NEARBY):
        return True  # 明后两天, tomorrow and the day after; 这两天, these days
    if item.text.startswith("24小时"):
        return bool(_CLOCK.search(en))
    return item.text[:3] in ("数十年", "几十年") and bool(_DECADES.search(en))


def month_said(zh: str, item: Item) -> bool:
    """Whether the Chinese says a month of the English in a phrase that no reader takes apart: 五六月, 七下八上."""
    said = {month for found in _CHINESE_MONTHS.finditer(zh) for month in found.groups()}
    said |= set("七八") if _FLOOD in zh else set()
    return any(_MONTHS[_DIGITS.index(month)] in item.text for month in said)
