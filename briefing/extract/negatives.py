"""What looks like a number in Chinese and is none: idioms, names, dates, adverbs; read from data/negatives.toml.

Dates are stepped over by their shape alone, without a calendar: what they mean is `briefing.extract.dates`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.extract.hedges import alternation

_C = "[一二三四五六七八九]"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_TO = r"(?:-{1,2}|[~至到、和及与])"
DATE = (
    rf"{_YEAR}年?{_TO}(?:{_YEAR}|\d\d)年(?:度|代)?"
    rf"|{_YEAR}年(?!(?<=00年)(?:的?历史|左右|多|前))(?:度|代)?"
    r"|(?:1\d|20|21)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|(?:0\d|9\d)年(?!来|前|内|以|多|左|的?历)|\d0年代|\d\d世纪(?:\d0年代)?"
    rf"|\d{{1,2}}月?{_TO}\d{{1,2}}月(?:\d{{1,2}}[日号])?份?"
    r"|\d{1,2} ?月(?: ?\d{1,2} ?[日号]|份)?"
    rf"|\d{{1,2}}[日号]?{_TO}\d{{1,2}}[日号](?![内线楼院馆])"
    r"|\d{1,2} ?日(?!内|以内|之内|游|均(?![收涨跌有为在以])|产|元)"
    r"|\d{1,2}号(?![线楼院馆机井桥])|(?<![\d.+])(?:1[0-2]|[1-9])[·•](?:[12]\d|3[01]|[1-9])(?![\d.·•+%])"
    r"|\d{1,2}:\d\d(?!\d)(?::\d\d)?"
    r"|\d{1,2}[时点](?:\d{1,2}分(?!钟)|[半整许钟]|左右|多钟)|\d{1,2}时(?!间|代|装|期|速|空)"
    rf"|[前头](?:\d+|[一二三四五六七八九十]+)(?:{_TO}\d+)?个?(?:月|季度)"
    rf"|第?[一二三四1-4](?:、[二三四])?季度|第[一二三四1-4]个季度"
    rf"|[一二三四五六七八九十]{{1,3}}世纪(?:{_C}十年代)?|{_C}十年代|[一二][一二三四五六七八九〇零○]{{3}}年(?:代|度)?"
    r"|[一二三四五六七八九十]{1,3}月(?![饼球亮子光湾坛亮])(?:[一二三四五六七八九十]{1,3}[日号]|份)?"
    r"|[一二三四五六七八九十]{1,3}[日号](?![内线楼院馆游均])"
    r"|(?:[一二三四五六七八九]|十[一二三四五六])五(?=[”\"’]|期间|规划|时期|末|以来|收官|开局)"
    r"|(?:星期|周|礼拜)[一二三四五六日](?!年|岁)"
)
"""The shapes of calendar dates and times of day, to be put into a larger pattern (it has no groups)."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("briefing.data").joinpath("negatives.toml").read_text("utf-8"))


@cache
def idioms() -> tuple[str, str]:
    """A pattern for the idioms, and the characters that they begin with."""
    words = dict.fromkeys(_data()["idioms"].split())
    return alternation(words) + "|四周(?!时间|[内以后]|左右)|十分(?![之钟])|万分(?!之)|一刻(?!钟)", "".join(
        sorted({w[0] for w in words} | {"十", "万", "一", "四"})
    )


@cache
def numbered() -> str:
    """A pattern for the words that a bare number names one thing of."""
    return alternation(_data()["numbered"]["words"].split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists that decide about a unit behind a number."""

    weak: frozenset[str]
    counted: frozenset[str]
    never: frozenset[str]
    soft: frozenset[str]
    soft_chinese: frozenset[str]
    soft_followed: re.Pattern[str]
    blocked: dict[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """The lists of data/negatives.toml, ready for use."""
    data = _data()
    return Vocabulary(
        weak=frozenset(data["weak"].split()),
        counted=frozenset(data["weak_but_counted"].split()),
        never=frozenset(data["never"].split()),
        soft=frozenset(data["soft"].split()),
        soft_chinese=frozenset(data["soft_chinese"].split()),
        soft_followed=re.compile(alternation(data["soft_followed"].split())),
        blocked={unit: tuple(following) for unit, following in data["blocked"].items()},
    )
