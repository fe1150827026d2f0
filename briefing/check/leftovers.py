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
from briefing.numerals.zh import parse

_DIGITS = re.compile(r"(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?")
_CHARACTERS = re.compile(r"[零〇一二两三四五六七八九十百千万亿双单半]+")
_WORDS = re.compile(r"[a-z]+", re.I)
_NAMES = {
    word: Decimal(value)
    for value, words in {
        0: "zero no",
        1: "one a an single first once sole",
        2: "two both second twice pair couple double dual bilateral half secondary",
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

    def settle(self, bound: Binding, dated: DateBinding) -> tuple[Binding, DateBinding, tuple[int, ...]]:
        """Take numbers out of missing and invented whose numeral stands unclaimed on the other side."""
        taken_zh = [self.left[b.zh] for b in bound.bonds] + [self.left[i] for i, _ in dated.same]
        taken_en = [self.right[b.en] for b in bound.bonds] + [self.right[j] for _, j in dated.same]
        if not bound.missing and not bound.invented:
            return bound, dated, ()
        pool_en = Counter(_english(_outside(self.en, taken_en))) if bound.missing else Counter()
        pool_zh = Counter(_chinese(_outside(self.zh, taken_zh))) if bound.invented else Counter()
        missing, excused = _take(bound.missing, self.left, pool_en)
        invented, more = _take(bound.invented, self.right, pool_zh)
        return replace(bound, missing=missing, invented=invented), dated, excused + more


def _take(
    indexes: Iterable[int], items: Sequence[Item], pool: Counter[Decimal]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    kept: list[int] = []
    excused: list[int] = []
    for index in indexes:
        value = items[index].value
        small = value is not None and value[1] is None and items[index].dimension in ("count", "", "time")
        if small and value is not None and pool[value[0]] > 0:
            pool[value[0]] -= 1
            excused.append(index)
        else:
            kept.append(index)
    return tuple(kept), tuple(excused)


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


def _chinese(stretches: Iterable[str]) -> Iterable[Decimal]:
    for stretch in stretches:
        yield from _digits(stretch)
        for found in _CHARACTERS.findall(stretch):
            value = parse(found)
            if value is not None:
                yield plain(value)
            if len(found) > 1 or found in "双单半":
                for character in found:
                    one = {"双": Decimal(2), "单": Decimal(1), "半": Decimal(2)}.get(character) or parse(character)
                    if one is not None:
                        yield plain(one)
