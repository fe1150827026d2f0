"""Numerals inside Chinese text: where they are and which values they may have.

One compiled pass over the folded text finds runs of digits and numeral characters; what each run
means as a number (两三百 is 200 to 300, 十几 is 11 to 19, 2000多亿 is more than 200 billion) is read
here, what it counts is left to the extractor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefing.numerals.zh import DIGITS, MAX_LENGTH, TENS, parse

Vague = Literal["", "over", "about", "range"]

_D = "".join(DIGITS)
_ARABIC = r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?"
_SPACED = r"\d{1,3}(?: \d{3})++(?![\d,])(?:\.\d+)?"
_LETTERSPACED = r"\d(?: \d)++(?!\d)(?: ?\. ?\d(?: \d)*+(?!\d))?|\d(?: \. ?|\. )\d(?: \d)*+(?!\d)"
_OF = "分之"
_SCALE = (
    rf"(?:[十拾]|[百佰](?!帕|分[点位])(?:(?!{_OF})|(?<=[\d{_D}][百佰]))"
    rf"|[千仟](?![瓦克米升伏卡焦帕赫]|字节|分点)(?:(?!{_OF})|(?<=[\d{_D}][千仟]))"
    rf"|万(?:(?!{_OF})|(?<=[\d{_D}]万)|(?<=[\d{_D}][十百千]万))|亿"
    rf"|兆(?=[元円圆日韩美台多余{_D}十百千万亿]|\d{{1,4}}(?:\.\d+)?[十百千]?[万亿]))"
)
_PLAIN = "".join(c for c in _D if c not in "两俩") + "".join(TENS) + "几数"
# 两 opens a run or stands before a multiplier; elsewhere it is the unit: 三十两.
_WORD = rf"(?:[{_PLAIN}]|(?<![二两三四五六七八九十百千万亿])[两俩]|[两俩](?={_SCALE})|{_SCALE})"
_ROUGH = "[多余几来]"
_C = "[十百千万亿]"
# No possessive repeat of _SCALE or _WORD: before Python 3.11.5 one over alternatives may match nothing.
RUN = (
    rf"(?:{_LETTERSPACED}|{_SPACED}|{_ARABIC})(?:(?: ?{_ROUGH})?(?: {{0,2}}{_SCALE})+(?: ?{_ROUGH} ?{_SCALE}+)?"
    rf"(?:零?\d+(?:\.\d+)? ?{_SCALE}+)*(?:[{_D}]{_SCALE}+)*(?:(?<={_C}){_ROUGH} ?{_SCALE}+)?"
    rf"(?:零?[1-9]\d{{0,3}}(?![\d.%‰,:/年月倍]))?)?"
    rf"|{_WORD}+(?:点(?![{_D}][十百])[{_D}]++{_SCALE}*)?(?: ?{_ROUGH} ?{_SCALE}+)?"
)
"""The pattern of one run, to be put into a larger pattern (it has no groups)."""

_ROUGH_INSIDE = re.compile(r"(?<=[\d十百千万亿]) ?([多余来])")
_ADJACENT = re.compile(
    r"一二|[一两]二?三(?![十百千万亿]?[一二三四五六七八九])|二三|三四|三五|四五|五六|六七|七八|八九|一两|两三"
)


@dataclass(frozen=True, slots=True)
class Number:
    """What a run of numerals may mean."""

    low: Decimal
    high: Decimal
    vague: Vague = ""
    """over: 三千多万; range: 两三百, 几十, 十几; about: 十来."""
    chinese: bool = False
    """Written without any Arabic digit."""
    scale: str = ""
    """The last multiplier, if the run ends in one: 万 in 3万, 亿 in 千亿."""
    bare: bool = False
    """Nothing but multipliers: 百, 千万, 百亿."""


_BARE = re.compile("[十百千万亿]+")


def read(run: str) -> Number | None:
    """The meaning of one run, None if it is no number (万众, 一二三四五).

    >>> n = read("两三百")
    >>> str(n.low), str(n.high), n.vague
    ('200', '300', 'range')
    >>> str(read("1400余亿").low), read("1400余亿").vague
    ('140000000000', 'over')
    """
    text = run.replace(" ", "")
    if len(text) > MAX_LENGTH:
        return None
    scale = text[-1] if text[-1] in "十百千万亿兆" else ""
    if text[0].isdigit() and not scale and "万" not in text and "亿" not in text:
        value = parse(text)
        return None if value is None else Number(value, value)
    chinese = not any(c.isdigit() for c in text)
    vague: Vague = ""
    rough = _ROUGH_INSIDE.search(text)
    if rough:
        vague = "about" if rough[1] == "来" else "over"
        text = text[: rough.start(1)] + text[rough.end(1) :]
    few = "几" if "几" in text else "数" if "数" in text else ""
    if few:
        return _few(text, few, chinese, scale)
    pair = _ADJACENT.search(text) if chinese and len(text) > 1 else None
    if pair and len(pair[0]) == 2:
        at = pair.start()
        low, high = parse(text[: at + 1] + text[at + 2 :]), parse(text[:at] + text[at + 1 :])
        if low is not None and high is not None and low < high and "点" not in text[: at + 1]:
            return Number(low, high, "range", True, scale)
    value = parse(text)
    return None if value is None else Number(value, value, vague, chinese, scale, bool(_BARE.fullmatch(text)))


def _few(text: str, few: str, chinese: bool, scale: str) -> Number | None:
    """几 and 数 stand for some digit: two to nine before a multiplier, one to nine after ten."""
    if text.count(few) != 1:
        return None
    at = text.index(few)
    if few == "数" and (at or len(text) == 1):
        return None
    first = "一" if at and text[at - 1] in "十百千零" else "二"
    low, high = parse(text.replace(few, first)), parse(text.replace(few, "九"))
    if low is None or high is None:
        return None
    return Number(low, high, "range", chinese, scale)
