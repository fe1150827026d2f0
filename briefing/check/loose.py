"""Numerals wherever they stand in a text, claimed by a reader or not: digits, number words, runs of characters.

This is a cruder reader than those of quantities, on purpose: it looks for what they left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from briefing.check.items import LIST_NUMBER, Item, plain
from briefing.check.words import ALLUSIVE, spelled
from briefing.numerals.units import from_english
from briefing.numerals.units import unit as unit_of
from briefing.numerals.zh import parse
from briefing.spans import Span

_ENGLISH = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+", re.I)
_CLASS = re.compile(r"\b(?:class|grade|type|phase|category|level|stage|part|volume|chapter|section) $", re.I)
_LONE = {"I": 1, "V": 5, "X": 10}
_GLUED = re.compile(r"[A-Za-z]{2,}-?$")
"""Letters that a number belongs to as a name: COVID-19, PM2.5, CCTV-1."""
NUMERAL_ZH = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿双单半倍番]+")
_SPECIAL = {"双": Decimal(2), "单": Decimal(1), "半": Decimal("0.5"), "倍": Decimal(2), "番": Decimal(2)}


@dataclass(frozen=True, slots=True)
class Loose:
    """A numeral outside all bound numbers and dates."""

    span: Span
    values: tuple[Decimal, ...]
    """What it may mean, the whole first: a run of characters (十四五) also as its parts."""
    digits: bool
    """In digits and standing alone; COVID-19 and the like are names."""
    unit: str = ""
    """The unit of time that follows it, if one does."""
    allusive: bool = False
    """A word that holds a number but counts nothing (secondary)."""


class Pool:
    """The numerals of one side that are still free, found by value without looking at all of them."""

    def __init__(self, loose: Iterable[Loose]) -> None:
        self._all = list(loose)
        self._free = [True] * len(self._all)
        self._by_value: dict[Decimal, list[int]] = {}
        for index in range(len(self._all) - 1, -1, -1):
            for value in self._all[index].values:
                self._by_value.setdefault(value, []).append(index)

    def first(self, values: Iterable[Decimal], unit: str = "", *, counting: bool = False) -> int:
        """The index of the first free numeral with one of the values (and no other unit of time), -1 if none.

        `counting` passes over words that count nothing.
        """
        best = -1
        for value in values:
            places = self._by_value.get(value, [])
            while places and not self._free[places[-1]]:
                places.pop()
            for index in reversed(places[-20:]):
                known = self._all[index].unit
                if counting and self._all[index].allusive:
                    continue
                if self._free[index] and (not known or not unit or known == unit):
                    best = index if best < 0 else min(best, index)
                    break
        return best

    def has(self, index: int) -> bool:
        """Whether a numeral is still free."""
        return self._free[index]

    def take(self, index: int) -> None:
        """Use a numeral up."""
        self._free[index] = False

    def left(self) -> list[Loose]:
        """The numerals that are still free, in order."""
        return [one for one, free in zip(self._all, self._free, strict=True) if free]


def mask_of(text: str, items: Iterable[Item]) -> bytearray:
    """One byte a character: 1 where an item, or the number of a list item, stands."""
    mask = bytearray(len(text))
    marker = LIST_NUMBER.match(text)
    for start, stop in [(i.span.start, i.span.stop) for i in items] + ([marker.span()] if marker else []):
        mask[start:stop] = b"\1" * (stop - start)
    return mask


def in_english(text: str, mask: bytearray) -> list[Loose]:
    out = []
    for found in _ENGLISH.finditer(text):
        if mask[found.start()]:
            continue
        if found[0][0].isascii() and found[0][0].isdigit():
            alone = not _GLUED.search(text, max(0, found.start() - 8), found.start())
            value = plain(Decimal(found[0].replace(",", "")))
            unit = _time_unit(text[found.end() : found.end() + 12])
            means = (value, value + 1) if text.startswith(" other", found.end()) else (value,)
            out.append(Loose(Span(*found.span()), means, alone, unit))
        elif found[0] in _LONE and _CLASS.search(text, max(0, found.start() - 10), found.start()):
            out.append(Loose(Span(*found.span()), (Decimal(_LONE[found[0]]),), False))
        elif (meant := spelled(found[0])) is not None:
            means = (meant, meant + 1) if text.startswith(" other", found.end()) else (meant,)
            out.append(Loose(Span(*found.span()), means, False, allusive=found[0].lower() in ALLUSIVE))
    return out


_TIME_UNIT = re.compile(r"[ -](years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b", re.I)


def _time_unit(after: str) -> str:
    found = _TIME_UNIT.match(after)
    known = from_english(found[1]) if found else None
    return known.name if known is not None else ""


def in_chinese(text: str, mask: bytearray) -> list[Loose]:
    out = []
    for found in NUMERAL_ZH.finditer(text):
        if mask[found.start()] or "·" in text[max(0, found.start() - 1) : found.end() + 1]:  # 9·18
            continue
        run = found[0]
        if run[0].isdigit() and run[0].isascii():
            digits = run.replace(",", "")
            means = [parse(digits), Decimal(digits.rstrip("十百千万亿"))]
            if text.startswith("后", found.end()) and len(digits) == 2 and digits[1] in "05":
                means += [Decimal(1900 + int(digits)), Decimal(2000 + int(digits))]  # 90后, born after 1990
            values = dict.fromkeys(plain(value) for value in means if value is not None)
            out.append(Loose(Span(*found.span()), tuple(values), True, _unit_after(text, found.end())))
        else:
            out += _characters(run, found.start(), _unit_after(text, found.end()))
    return out


_UNIT_ZH = re.compile(
    "(?:个?(载|年|月|周|天|日|小时|分钟|秒)(?!级|代|初|底|末|度)|(米|公里|吨|公斤|亩|公顷))(?!级?[以之])"
)
_SAME_UNIT = {"载": "年", "日": "天"}


def _unit_after(text: str, place: int) -> str:
    found = _UNIT_ZH.match(text, place)
    if found is None:
        return ""
    name = found[1] or found[2]
    known = unit_of(_SAME_UNIT.get(name, name))
    return known.name if known is not None else ""


def _characters(run: str, start: int, unit: str) -> list[Loose]:
    """A run of numeral characters as a whole, and each of its parts: 十四五 holds 14, 10, 4 and 5."""
    whole = parse(run) if len(run) > 1 and any(c in "十百千万亿" for c in run) else None
    if run == "百千" or (len(run) > 2 and set(run) <= set("十百千万亿")):  # “十百千万”工程, “千百亿”项目
        return [Loose(Span(start + n, start + n + 1), _scales(c, run[-1]), False, unit) for n, c in enumerate(run)]
    if whole is None and run[0] in "双单" and run[1:]:
        whole = parse("一" + run[1:])  # 双千亿
        if whole is not None:
            pair = Span(start, start + 1), Span(start + 1, start + len(run))
            return [Loose(pair[0], (Decimal(2),), False), Loose(pair[1], (plain(whole),), False, unit)]
    if whole is None and run[0] in "百千万" and run[1:] in ("万", "亿", "万亿"):
        whole = parse("一" + run)
    if whole is not None:
        return [Loose(Span(start, start + len(run)), (plain(whole),), False, unit)]
    if len(run) > 1 and set(run) <= set("十百千万亿"):  # “十百千万”工程, “千百亿”项目
        return [Loose(Span(start + n, start + n + 1), _scales(c, run[-1]), False, unit) for n, c in enumerate(run)]
    values: dict[Decimal, None] = {}
    for length in range(min(len(run), 8), 0, -1):
        for place in range(min(len(run) - length + 1, 8)):
            part = run[place : place + length]
            value = _SPECIAL.get(part) or parse(part)
            if value is not None:
                values[plain(value)] = None
    if not values:
        return []
    uses = len(run) if len(run) <= 3 and "半" not in run else 1
    one = Loose(Span(start, start + len(run)), tuple(values), False, unit)
    return [one] * uses  # 八五 is the eighth five-year plan


def _scales(one: str, last: str) -> tuple[Decimal, ...]:
    """What one of several multipliers in a row may mean: itself, or that of the last (千百亿)."""
    own, scale = parse("一" + one), parse("一" + last)
    return () if own is None or scale is None else (plain(own), plain(own * scale))


def anywhere(loose: Iterable[Loose]) -> frozenset[Decimal]:
    return frozenset(value for one in loose for value in one.values)
