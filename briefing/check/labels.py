"""Numbers that are names: the “1+N” plan, a 2×350,000 kW project, the 9·18 Incident, 13:45 that became 45:13.

No reader of quantities claims them, and they have no unit; but they must be the same on both sides.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from briefing.numerals.zh import fold, parse
from briefing.spans import Span

Parts = tuple[str, ...]
_PART = r"\d+(?:,\d{3})*(?:\.\d+)?[百千万亿]?"
_SUM = re.compile(rf"(?<![\d.,A-Za-z])({_PART}(?: ?[+＋] ?(?:{_PART}|[NnXx](?![a-z])))+)(?![\d.]*\d)")
_PRODUCT = re.compile(rf"(?<![\d.,A-Za-z])({_PART}(?: ?[×xX*✕] ?{_PART})+)")
_MOST = 6
"""Parts of a label; a longer row is a calculation."""
_SPLIT = re.compile(r" ?[+＋×xX*✕] ?")
_CLOCK_EN = re.compile(r"(?<![\d:.,])(\d{1,3}):(\d{1,2})(?![\d:])")
_CLOCK_ZH = re.compile(r"(\d{1,3})(?::|比|点|时)(?:(\d{1,3})|)")
_DAY = re.compile(r"(?<![\d.·])(1[0-2]|0?[1-9])[·•・.](3[01]|[12]\d|0?[1-9])(?![\d.·])")


def sums(text: str) -> Iterator[tuple[Span, Parts]]:
    """The labels joined by +, with their parts.

    >>> [parts for _, parts in sums("构建“1+N”体系和“3+12”格局")]
    [('1', 'N'), ('3', '12')]
    """
    plain = fold(text)
    for found in _SUM.finditer(plain):
        parts = re.split(r" ?[+＋] ?", found[0])
        if len(parts) <= _MOST:
            yield Span(*found.span()), tuple(map(_canonical, parts))


def products(text: str) -> Counter[Parts]:
    """The numbers joined by ×, in the order in which they stand: 2×35万千瓦 is not 35×2.

    >>> products("建设2×35万千瓦机组") == products("build a 2x350,000-kilowatt unit")
    True
    """
    return Counter(tuple(map(_canonical, _SPLIT.split(found[0]))) for found in _PRODUCT.finditer(fold(text)))


def product_spans(text: str) -> Iterator[tuple[Span, Parts]]:
    """Each product with its place."""
    for found in _PRODUCT.finditer(fold(text)):
        yield Span(*found.span()), tuple(map(_canonical, _SPLIT.split(found[0])))


def _canonical(part: str) -> str:
    if part.upper() in ("N", "X"):
        return "N"
    value = parse(part) if part[-1] in "百千万亿" else Decimal(part.replace(",", ""))
    return format((value if value is not None else Decimal(0)).normalize(), "f")


def strange_clocks(zh: str, en: str, claimed: bytearray) -> Iterator[Span]:
    """Pairs of numbers joined by a colon in the English that the Chinese has not in this order.

    `claimed` has a 1 where the English reader found a time.
    """
    pairs: set[tuple[int, int]] = set()
    for found in _CLOCK_ZH.finditer(fold(zh)):
        pairs.add((int(found[1]), int(found[2] or 0)))
    for found in _CLOCK_EN.finditer(en):
        pair = int(found[1]), int(found[2])
        if not claimed[found.start()] and pair not in pairs:
            yield Span(*found.span())


@cache
def _named_days() -> Mapping[str, str]:
    data = tomllib.loads(files("briefing.data").joinpath("check_cues.toml").read_text("utf-8"))["days"]
    return {str(name): str(day) for name, day in data.items()}


@cache
def _named_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _named_days()), key=len, reverse=True)))


def days(text: str) -> Iterator[tuple[Span, str]]:
    """Days that go by their digits or by a name, as month and day.

    >>> [day for _, day in days("“4·18”活动和九一八事变")]
    ['04-18', '09-18']
    """
    plain = fold(text)
    for found in _DAY.finditer(plain):
        quoted = plain[found.start() - 1 : found.start()] in ("“", '"', "‘", "「") if found.start() else False
        if "." not in found[0] or quoted:
            yield Span(*found.span()), f"{int(found[1]):02}-{int(found[2]):02}"
    for found in _named_pattern().finditer(plain):
        name = _named_days()[found[0]]
        yield Span(*found.span()), name
