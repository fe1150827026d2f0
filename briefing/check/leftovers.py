"""Numerals that no reader claimed on one side, where the other side has a number without a partner.

A name may hold a number that one language reads as an amount and the other does not (三国 and three
countries, 五年来 and five years). Such a number is not missing: its numeral is there. Before a number is
called missing or invented, the unclaimed text of the other side is searched for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from briefing.check.bind import Binding
from briefing.check.calendar import DateBinding
from briefing.check.items import Item, plain
from briefing.numerals.zh import fold, parse
from briefing.spans import Span

_DIGITS = re.compile(r"(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?")
_FIRM = frozenset({"money", "percent", "point"})
"""Dimensions of numbers that are never part of a name."""
_RUN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_CHARACTERS = re.compile(r"[零〇一二两三四五六七八九十百千万亿双单半倍番]+")
_SPECIAL = {"双": Decimal(2), "单": Decimal(1), "半": Decimal("0.5"), "倍": Decimal(2), "番": Decimal(2)}
_WORDS = re.compile(r"[a-z]+", re.I)
_NAMES = {
    word: Decimal(value)
    for value, words in {
        0: "zero no",
        1: "one a an single first once sole",
        2: "two both second twice pair couple double doubling dual bilateral secondary",
        Decimal("0.5"): "half halfway midway mid",
        3: "three third triple trilateral thrice tertiary",
        4: "four fourth quarter quadruple",
        5: "five fifth",
        6: "six sixth",
        7: "seven seventh",
        8: "eight eighth",
        9: "nine ninth",
        10: "ten tenth decade",
        11: "eleven eleventh",
        12: "twelve twelfth dozen",
        100: "hundred hundreds hundredth century",
        1000: "thousand thousands",
    }.items()
    for word in words.split()
}


class Numerals:
    """The numerals of both texts outside the items that have found a partner."""

    def __init__(self, zh: str, en: str, left: Sequence[Item], right: Sequence[Item]) -> None:
        self.zh, self.en, self.left, self.right = zh, en, left, right

    def strange(self) -> tuple[Span, ...]:
        """Digits of the English that no quantity or date of it explains and that the Chinese has nowhere.

        They stand in names and labels (5G, Line 3, the 15th meeting), which the readers rightly leave alone.
        """
        claimed = {place for item in self.right if not item.soft for place in range(item.span.start, item.span.stop)}
        found = [m for m in _RUN.finditer(self.en) if m.start() not in claimed]
        if not found:
            return ()
        known = set(_every(self.zh))
        known |= {v for item in self.left if item.printed is not None for v in item.printed if v is not None}
        return tuple(Span(*m.span()) for m in found if next(iter(_digits(m[0])), None) not in known)

    def settle(self, bound: Binding, dated: DateBinding) -> tuple[Binding, DateBinding]:
        """Take numbers out of missing and invented whose numeral stands unclaimed on the other side."""
        for i in dated.missing:
            j = next((j for j in bound.invented if _same_year(self.left[i], self.right[j])), None)
            if j is not None:
                bound = replace(bound, invented=_without(bound.invented, j), confused=(*bound.confused, (i, j)))
                dated = replace(dated, missing=_without(dated.missing, i))
        for j in dated.invented:
            i = next((i for i in bound.missing if _same_year(self.right[j], self.left[i])), None)
            if i is not None:
                bound = replace(bound, missing=_without(bound.missing, i), confused=(*bound.confused, (i, j)))
                dated = replace(dated, invented=_without(dated.invented, j))
        if not bound.missing and not bound.invented:
            return bound, dated
        fixed_zh = [self.left[i] for i in (*dated.missing, *(i for i, _ in dated.changed)) if not self.left[i].stretch]
        fixed_en = [
            self.right[j] for j in (*dated.invented, *(j for _, j in dated.changed)) if not self.right[j].stretch
        ]
        taken_zh = [self.left[b.zh] for b in bound.bonds] + [self.left[i] for i, _ in dated.same] + fixed_zh
        taken_en = [self.right[b.en] for b in bound.bonds] + [self.right[j] for _, j in dated.same] + fixed_en
        pool_en = Counter(_english(_outside(self.en, taken_en))) if bound.missing else Counter()
        pool_zh = Counter(_chinese(_outside(self.zh, taken_zh))) if bound.invented else Counter()
        missing = _take(bound.missing, self.left, pool_en)
        invented = _take(bound.invented, self.right, pool_zh)
        return replace(bound, missing=missing, invented=invented), dated


def _without(indexes: tuple[int, ...], one: int) -> tuple[int, ...]:
    return tuple(index for index in indexes if index != one)


def _same_year(moment: Item, number: Item) -> bool:
    """Whether a number is the year of a date."""
    year = moment.iso[:4]
    return number.value is not None and number.value[1] is None and year.isdecimal() and number.value[0] == int(year)


def _take(indexes: Iterable[int], items: Sequence[Item], pool: Counter[Decimal]) -> tuple[int, ...]:
    """The indexes whose value is not in the pool; each value of the pool serves once."""
    kept: list[int] = []
    for index in indexes:
        value = items[index].printed
        if value is not None and value[1] is None and items[index].dimension not in _FIRM and pool[value[0]] > 0:
            pool[value[0]] -= 1
        else:
            kept.append(index)
    return tuple(kept)


def _outside(text: str, items: Iterable[Item]) -> list[str]:
    """The stretches of `text` between `items`."""
    out: list[str] = []
    end = 0
    for item in sorted(items, key=lambda i: i.span.start):
        out.append(text[end : item.span.start])
        end = max(end, item.span.stop)
    return [*out, text[end:]]


def _digits(stretch: str) -> Iterable[Decimal]:
    for found in _DIGITS.findall(stretch):
        try:
            yield plain(Decimal(found.replace(",", "")))
        except InvalidOperation:  # a digit of another script
            continue


def _english(stretches: Iterable[str]) -> Iterable[Decimal]:
    for stretch in stretches:
        yield from _digits(stretch)
        for word in _WORDS.findall(stretch):
            value = _NAMES.get(word.lower())
            if value is not None:
                yield value


def _every(text: str) -> Iterable[Decimal]:
    """Every number that can be read anywhere in a Chinese text, parts of longer ones included."""
    yield from _digits(fold(text))
    for found in _RUN.findall(fold(text)):
        yield from (plain(Decimal(part)) for part in re.split("[.,]", found))
    for found in _CHARACTERS.findall(text):
        for start in range(len(found)):
            for stop in range(start + 1, min(len(found), start + 6) + 1):
                value = parse(found[start:stop])
                if value is not None:
                    yield plain(value)


def _chinese(stretches: Iterable[str]) -> Iterable[Decimal]:
    for stretch in stretches:
        yield from _digits(fold(stretch))
        for found in _CHARACTERS.findall(stretch):
            value = parse(found)
            if value is not None:
                yield plain(value)
            if len(found) > 1 or found in _SPECIAL:
                for character in found:
                    one = _SPECIAL.get(character) or parse(character)
                    if one is not None:
                        yield plain(one)
