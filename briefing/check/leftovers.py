"""Numerals that no reader claimed on one side, where the other side has a number without a partner.

A name may hold a number that one language reads as an amount and the other does not (三国 and three
countries, 五年来 and five years). Such a number is not missing: its numeral is there. Before a number is
called missing or invented, the unclaimed text of the other side is searched for it. What then remains in
digits on one side only is reported too, so that nothing depends on a reader alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.check.bind import Binding
from briefing.check.calendar import DateBinding
from briefing.check.items import LIST_NUMBER, Item, plain
from briefing.check.words import spelled
from briefing.numerals.units import from_english
from briefing.numerals.zh import fold, parse
from briefing.spans import Span

_FIRM = frozenset({"money", "percent", "point"})
"""Dimensions of numbers that are never part of a name."""
_ENGLISH = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+", re.I)
_GLUED = re.compile(r"[A-Za-z]{2,}-?$")
"""Letters that a number belongs to as a name: COVID-19, PM2.5, CCTV-1."""
_CHINESE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿双单半倍番]+")
_PATTERN = re.compile(r"\d+(?:[+×x]\d+)+")
"""Numbers joined to a name: the 7+3 system, a 4×4 layout."""
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


@dataclass(frozen=True, slots=True)
class Settled:
    """The bindings without the numbers that are there after all, and the digits that are on one side only."""

    bound: Binding
    dated: DateBinding
    strange_zh: tuple[Span, ...]
    strange_en: tuple[Span, ...]


def settle(
    zh: str, en: str, left: Sequence[Item], right: Sequence[Item], bound: Binding, dated: DateBinding
) -> Settled:
    """Take numbers out of missing and invented whose numeral stands unclaimed on the other side."""
    bound, dated = _confused(left, right, bound, dated)
    taken_zh = [left[b.zh] for b in bound.bonds] + [left[i] for i, _ in dated.same]
    taken_en = [right[b.en] for b in bound.bonds] + [right[j] for _, j in dated.same]
    taken_zh += [left[i] for i in (*dated.missing, *(i for i, _ in dated.changed)) if not left[i].stretch]
    taken_en += [right[j] for j in (*dated.invented, *(j for _, j in dated.changed)) if not right[j].stretch]
    missing, invented = [left[i] for i in bound.missing], [right[j] for j in bound.invented]
    loose_zh = _chinese(fold(zh), _mask(zh, [*taken_zh, *(i for i in missing if not i.soft)]))
    loose_en = _english(en, _mask(en, [*taken_en, *(i for i in invented if not i.soft)]))
    before_zh, before_en = tuple(loose_zh), tuple(loose_en)
    _cancel(loose_zh, loose_en)
    kept_missing = tuple(i for i in bound.missing if not _find(left[i], loose_en) and not _enumerated(zh, left[i]))
    kept_invented = tuple(j for j in bound.invented if not _find(right[j], loose_zh))
    kept_invented = tuple(j for j in kept_invented if not _vague(right[j], before_zh))
    if "各" in zh:  # 大学、高职各2所: English says the number for each
        said = {right[b.en].key for b in bound.bonds}
        kept_invented = tuple(j for j in kept_invented if right[j].key not in said)
    bound = replace(bound, missing=kept_missing, invented=kept_invented)
    dated = replace(
        dated,
        missing=tuple(i for i in dated.missing if not _labelled(_chinese, left[i], before_en)),
        invented=tuple(j for j in dated.invented if not _labelled(_english, right[j], before_zh)),
    )
    lone_zh = [one for one in loose_zh if one.digits and not _dated(one, left)]
    lone_en = [one for one in loose_en if one.digits and not _dated(one, right)]
    phrases = [left[i] for i in bound.missing if left[i].soft and not left[i].shadow and _worth_a_word(left[i])]
    everywhere_zh = _anywhere(_chinese(fold(zh), bytearray(len(zh))))
    everywhere_en = _anywhere(_english(en, bytearray(len(en))))
    paired = bool(lone_zh and lone_en)
    lone_zh = [one for one in lone_zh if not _sums_up(zh, one.span, one.values[0])]
    strange_zh = {one.span for one in lone_zh if not everywhere_en.intersection(one.values)}
    strange_zh |= {item.span for item in phrases if item.printed is not None and item.printed[0] not in everywhere_en}
    strange_en = {
        one.span for one in lone_en if one.values[0] > 1 and (paired or not everywhere_zh.intersection(one.values))
    }
    patterns = {found[0].replace("×", "x") for found in _PATTERN.finditer(fold(zh))}
    strange_en |= {
        Span(*m.span()) for m in _PATTERN.finditer(en) if patterns and m[0].replace("×", "x") not in patterns
    }
    outer = {a for a in strange_zh if not any(b != a and b.contains(a) for b in strange_zh)}
    return Settled(bound, dated, tuple(sorted(outer)), tuple(sorted(strange_en)))


def _enumerated(zh: str, item: Item) -> bool:
    """Whether a number only sums up the names before it, and may be left out: 贵州、江西、陕西三省."""
    return item.sort == "number" and item.value is not None and _sums_up(zh, item.span, item.value[0])


def _sums_up(zh: str, span: Span, value: Decimal) -> bool:
    if not 2 <= value <= 9:
        return False
    names = re.split("[，。；：:;（(“]|(?<=[在与由])", zh[: span.start])[-1]
    return len(re.split("[、和与及]", names)) == value and not names.endswith(("、", "和", "与", "及"))


def _worth_a_word(item: Item) -> bool:
    plain_words = item.value is not None and item.value[0] in _BIG and not any(c.isdigit() for c in item.text)
    return item.value is not None and item.value[1] is None and item.value[0] >= 3 and not plain_words


def _confused(
    left: Sequence[Item], right: Sequence[Item], bound: Binding, dated: DateBinding
) -> tuple[Binding, DateBinding]:
    """Years that became counts, and counts that became years."""
    bare = {left[i].span: i for i in bound.missing if left[i].soft}
    for j in dated.invented:
        i = next((i for i in bare.values() if _same_year(right[j], left[i])), -1)
        if i >= 0:  # 2050战略, the strategy for 2050
            bound = replace(bound, missing=_without(bound.missing, i))
            dated = replace(dated, invented=_without(dated.invented, j))
    for i in dated.missing:
        j = next((j for j in bound.invented if _same_year(left[i], right[j])), -1)
        if j >= 0:
            bound = replace(bound, invented=_without(bound.invented, j), confused=(*bound.confused, (i, j)))
            dated = replace(dated, missing=_without(dated.missing, i))
    for j in dated.invented:
        i = next((i for i in bound.missing if _same_year(right[j], left[i])), -1)
        if i >= 0:
            bound = replace(bound, missing=_without(bound.missing, i), confused=(*bound.confused, (i, j)))
            dated = replace(dated, invented=_without(dated.invented, j))
    return bound, dated


def _without(indexes: tuple[int, ...], one: int) -> tuple[int, ...]:
    return tuple(index for index in indexes if index != one)


def _same_year(moment: Item, number: Item) -> bool:
    """Whether a number is the year of a date."""
    year = moment.iso[:4]
    return number.value is not None and number.value[1] is None and year.isdecimal() and number.value[0] == int(year)


def _mask(text: str, items: Iterable[Item]) -> bytearray:
    """One byte a character: 1 where an item, or the number of a list item, stands."""
    mask = bytearray(len(text))
    marker = LIST_NUMBER.match(text)
    for start, stop in [(i.span.start, i.span.stop) for i in items] + ([marker.span()] if marker else []):
        mask[start:stop] = b"\1" * (stop - start)
    return mask


def _english(text: str, mask: bytearray) -> list[Loose]:
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
        elif (meant := spelled(found[0])) is not None:
            means = (meant, meant + 1) if text.startswith(" other", found.end()) else (meant,)
            out.append(Loose(Span(*found.span()), means, False))
    return out


_TIME_UNIT = re.compile(r"[ -](years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b", re.I)


def _time_unit(after: str) -> str:
    found = _TIME_UNIT.match(after)
    known = from_english(found[1]) if found else None
    return known.name if known is not None else ""


def _chinese(text: str, mask: bytearray) -> list[Loose]:
    out = []
    for found in _CHINESE.finditer(text):
        if mask[found.start()] or "·" in text[max(0, found.start() - 1) : found.end() + 1]:  # 9·18
            continue
        run = found[0]
        if run[0].isdigit() and run[0].isascii():
            digits = run.replace(",", "")
            means = (parse(digits), Decimal(digits.rstrip("十百千万亿")))
            values = dict.fromkeys(plain(value) for value in means if value is not None)
            out.append(Loose(Span(*found.span()), tuple(values), True))
        else:
            out += _characters(run, found.start())
    return out


def _characters(run: str, start: int) -> list[Loose]:
    """A run of numeral characters as a whole, and each of its parts: 十四五 holds 14, 10, 4 and 5."""
    values: dict[Decimal, None] = {}
    for length in range(min(len(run), 8), 0, -1):
        for place in range(min(len(run) - length + 1, 8)):
            part = run[place : place + length]
            value = _SPECIAL.get(part) or parse(part)
            if value is not None:
                values[plain(value)] = None
    return [Loose(Span(start, start + len(run)), tuple(values), False)] if values else []


def _cancel(loose_zh: list[Loose], loose_en: list[Loose]) -> None:
    """Take out numerals that both sides have, one for one: digits before words, wholes before parts."""
    for whole in (True, False):
        for one in sorted(loose_zh, key=lambda one: not one.digits):
            wanted = one.values[:1] if whole else one.values
            same = next((e for e in loose_en if any(v in wanted for v in e.values)), None)
            if same is not None:
                loose_zh.remove(one)
                loose_en.remove(same)


def _find(item: Item, loose: list[Loose]) -> bool:
    """Whether the number stands among the loose numerals; it is taken out of them."""
    value = item.printed
    if value is None or value[1] is not None:
        return False
    if item.dimension in _FIRM and (item.dimension != "money" or value[0] < 10**8):
        return False
    wanted = {value[0], value[0] + 1} if item.others else {value[0]}
    found = next(
        (one for one in loose if wanted.intersection(one.values) and (not one.unit or one.unit == item.unit)), None
    )
    if found is not None:
        loose.remove(found)
    return found is not None


_BIG = frozenset({Decimal(100), Decimal(1000), Decimal(10000), Decimal(10) ** 8})


def _vague(item: Item, loose: Iterable[Loose]) -> bool:
    """Whether a number in words (thousands of households) renders a figure of speech (千家万户)."""
    if any(c.isdigit() for c in item.text):
        return False
    return any(not one.digits and _BIG.intersection(one.values) for one in loose)


def _labelled(read: Callable[[str, bytearray], list[Loose]], item: Item, loose: Iterable[Loose]) -> bool:
    """Whether a date's numbers all stand unclaimed on the other side, as in a title or a label (“十五五”规划)."""
    own = read(fold(item.text), bytearray(len(item.text)))
    other = _anywhere(loose)
    return bool(own) and all(other.intersection((*one.values, *(v % 100 for v in one.values))) for one in own)


def _dated(one: Loose, items: Sequence[Item]) -> bool:
    """Whether a numeral belongs to a date of its side: those are compared as dates."""
    return any(item.sort == "date" and item.span.overlaps(one.span) for item in items)


def _anywhere(loose: Iterable[Loose]) -> frozenset[Decimal]:
    return frozenset(value for one in loose for value in one.values)
