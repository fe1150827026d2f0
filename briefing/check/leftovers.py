"""Numerals that no reader claimed on one side, where the other side has a number without a partner.

A name may hold a number that one language reads as an amount and the other does not (三国 and three
countries, 五年来 and five years). Such a number is not missing: its numeral is there. Before a number is
called missing or invented, the unclaimed text of the other side is searched for it. What then remains in
digits on one side only is reported too, so that nothing depends on a reader alone.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from briefing.check.bind import CURRENCIES, Binding
from briefing.check.calendar import DateBinding, reversed_range
from briefing.check.idioms import framed, month_said, said_otherwise, transliterated
from briefing.check.items import Item
from briefing.check.labels import product_spans, products, strange_clocks
from briefing.check.loose import NUMERAL_ZH, Loose, Pool, anywhere, in_chinese, in_english, mask_of
from briefing.numerals.units import unit as unit_of
from briefing.numerals.zh import fold
from briefing.spans import Span

_FIRM = frozenset({"money", "percent", "point"})
"""Dimensions of numbers that are never part of a name."""
_TIMES = frozenset({"time", "months"})


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
    loose_zh = in_chinese(fold(zh), mask_of(zh, [*taken_zh, *(i for i in missing if not i.soft)]))
    all_en = in_english(en, bytearray(len(en)))
    loose_en = _outside(all_en, mask_of(en, [*taken_en, *(i for i in invented if not i.soft)]))
    before_zh, before_en = tuple(loose_zh), tuple(loose_en)
    pool_zh, pool_en = Pool(loose_zh), Pool(loose_en)
    _cancel(loose_zh, pool_zh, pool_en)
    kept_missing = tuple(
        i
        for i in bound.missing
        if not said_otherwise(zh, left[i], en)
        and not (left[i].dimension == "count" and transliterated(zh, left[i].span, en))
        and not (_said_free(left[i], en, right) and _find(left[i], pool_en))
        and not _enumerated(zh, left[i])
    )
    told = {left[b.zh].key for b in bound.bonds}
    kept_missing = tuple(i for i in kept_missing if left[i].dimension not in _TIMES or left[i].key not in told)
    kept_invented = tuple(j for j in bound.invented if not _find(right[j], pool_zh))
    kept_invented = tuple(j for j in kept_invented if not _vague(right[j], before_zh))
    idle = [value for phrase, values in _idioms().items() for _ in range(zh.count(phrase)) for value in values]
    kept_invented = tuple(j for j in kept_invented if not _named(right[j], idle))
    if "各" in zh:  # 大学、高职各2所: English says the number for each
        said = {right[b.en].key for b in bound.bonds}
        kept_invented = tuple(j for j in kept_invented if right[j].key not in said)
    bound = replace(bound, missing=kept_missing, invented=kept_invented)
    dated = replace(
        dated,
        missing=tuple(
            i
            for i in dated.missing
            if not _labelled(in_chinese, left[i], before_en) and not transliterated(zh, left[i].span, en)
        ),
        invented=tuple(
            j
            for j in dated.invented
            if not month_said(zh, right[j])
            and (reversed_range(right[j]) or not _labelled(in_english, right[j], before_zh))
        ),
    )
    dates_zh = mask_of(zh, [item for item in left if item.sort == "date"])
    dates_en = mask_of(en, [item for item in right if item.sort == "date"])
    lone_zh = [one for one in pool_zh.left() if (one.digits or _ordinal(zh, one)) and not _dated(one, dates_zh)]
    lone_en = [one for one in pool_en.left() if one.digits and not _dated(one, dates_en)]
    soft = [left[i] for i in bound.missing if left[i].soft and not (left[i].shadow and left[i].dated)]
    phrases = [item for item in soft if _worth_a_word(zh, item) and not _enumerated(zh, item)]
    everywhere_zh = anywhere(in_chinese(fold(zh), bytearray(len(zh))))
    everywhere_en = anywhere(_outside(all_en, mask_of(en, [])))
    untied = mask_of(en, [right[b.en] for b in bound.bonds])
    free_en = anywhere(_outside(all_en, untied)) | {v for e in invented if e.printed is not None for v in e.printed[:1]}
    paired = bool(lone_zh and lone_en)
    lone_zh = [one for one in lone_zh if not _sums_up(zh, one.span, one.values[0])]
    strange_zh = {one.span for one in lone_zh if one.values[0] != 1 and not everywhere_en.intersection(one.values)}
    tied = {(left[b.zh].key, left[b.zh].unit) for b in bound.bonds}
    often = Counter(item.key for item in phrases)
    strange_zh |= {
        item.span
        for item in phrases
        if item.printed is not None
        and item.printed[0] not in free_en
        and not (item.unit and (item.key, item.unit) in tied)  # 七座及七座以下
        and not (often[item.key] > 1 and item.printed[0] in everywhere_en)  # “气十条”“水十条”: said once
    }
    strange_zh = {span for span in strange_zh if not transliterated(zh, span, en) and not framed(zh, span, en)}
    strange_en = {
        one.span
        for one in lone_en
        if one.values[0] not in (0, 1) and (paired or not everywhere_zh.intersection(one.values))
    }
    ours, theirs = products(zh), products(en)
    if ours and theirs:
        strange_en |= {span for span, parts in product_spans(en) if parts not in ours}
    times = [item for item in right if item.sort == "date"]
    strange_en |= set(strange_clocks(zh, en, mask_of(en, times)))
    strange_en = {one for one in strange_en if not any(span.contains(one) for span, _ in product_spans(en) if ours)} | {
        span for span, parts in product_spans(en) if ours and parts not in ours
    }
    outer = _outer(strange_zh)
    return Settled(bound, dated, tuple(outer), tuple(sorted(strange_en)))


def _outside(loose: Iterable[Loose], mask: bytearray) -> list[Loose]:
    """The numerals that do not begin within the mask."""
    return [one for one in loose if not mask[one.span.start]]


def unit_stands_free(name: str, en: str, right: Sequence[Item]) -> bool:
    """Whether the English names a unit that belongs to none of its numbers; true for a unit that it has no word for."""
    known = unit_of(name)
    if known is None or not known.readings:
        return True
    claimed = mask_of(en, [item for item in right if item.unit == name])
    low = en.lower()
    return any(
        not claimed[found.start()] for word in known.readings for found in re.finditer(re.escape(word.lower()), low)
    )


def _outer(spans: Iterable[Span]) -> list[Span]:
    """The spans that lie in no other."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.stop)):
        if not out or span.stop > out[-1].stop:
            out.append(span)
    return out


def _enumerated(zh: str, item: Item) -> bool:
    """Whether a number only sums up the names before it, and may be left out: 贵州、江西、陕西三省."""
    if item.sort != "number" or item.value is None:
        return False
    return item.dimension == "count" and _sums_up(zh, item.span, item.value[0])


_SUMMED = re.compile("\\d*个?[大类种]?[省市区县旗州国镇乡村校方地部城]|个(?:城市|国家|地区|部门|省份)|国|地")
_LAND = frozenset(
    "中美俄英法德日韩朝印巴伊以沙埃土乌叙约黎意西葡澳新加墨智秘阿越泰缅老柬马菲蒙哈吉塔"
    "京津冀沪苏浙皖粤港澳琼鲁豫鄂湘赣川渝贵云藏陕甘青宁黑辽桂闽晋"
)
"""Characters that stand for a country or a province: 叙约伊黎四国."""


def _sums_up(zh: str, span: Span, value: Decimal) -> bool:
    if not 2 <= value <= 9 or not _SUMMED.match(zh, span.start + len(_NUMERAL.match(zh, span.start)[0])):  # type: ignore[index]
        return False
    count = int(value)
    if span.start >= count and all(c in _LAND for c in zh[span.start - count : span.start]):
        return True
    names = re.split("[，。；：:;（(“]|(?<=[在与由])", zh[max(0, span.start - 120) : span.start])[-1]
    parts = re.split("[、和与及]", names)
    return len(parts) == value and 0 < len(parts[-1]) <= 6 and parts[-1][-1] not in "的等"


_NUMERAL = re.compile("[0-9０-９一二两三四五六七八九十]*")


_COUNTED = re.compile("[上近超过数]{0,2}[百千万](?:卡(?!路)|日|天|米|吨|名|项|场|校|村|企|户|县|镇|所|强|树|亿)")
"""百日, 千村, 万吨: one of these and a noun is an amount, as 千家万户 is not."""


def _worth_a_word(zh: str, item: Item) -> bool:
    """Whether a number of a set phrase must be somewhere in the English."""
    if item.value is None or item.value[1] is not None or item.text[0] in "几数":
        return False
    if any(c.isdecimal() for c in item.text):
        return item.value[0] >= 2
    return item.value[0] >= 3 and (item.value[0] not in _BIG or bool(_COUNTED.match(zh, item.span.start)))


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


def _cancel(ours: Sequence[Loose], pool_zh: Pool, pool_en: Pool) -> None:
    """Take out numerals that both sides have, one for one: digits before words, wholes before parts."""
    order = sorted(range(len(ours)), key=lambda n: not ours[n].digits)
    for whole in (True, False):
        for place in order:
            if not pool_zh.has(place) or ours[place].values[0] == 1:  # articles are for numbers without a partner
                continue
            same = pool_en.first(ours[place].values[:1] if whole else ours[place].values)
            if same >= 0:
                pool_zh.take(place)
                pool_en.take(same)


def _said_free(item: Item, en: str, right: Sequence[Item]) -> bool:
    """Whether a number may stand loose in the English: one of a length of time needs its unit there, too."""
    free = item.soft or item.dimension not in _TIMES or item.unit == "岁" or not item.text[0].isascii()
    return free or unit_stands_free(item.unit, en, right)


def _find(item: Item, pool: Pool) -> bool:
    """Whether the number stands among the loose numerals; it is taken out of them."""
    value = item.printed
    if value is None:
        return False
    if value[1] is not None:  # 10—60兆电子伏: both ends stand there
        ends = [pool.first([end]) for end in value if end is not None]
        if min(ends) < 0 or ends[0] >= ends[1] or item.dimension == "label":
            return False
        for end in ends:
            pool.take(end)
        return True
    if item.dimension in _FIRM and (item.dimension != "money" or value[0] < 10**8):
        return False
    if item.dimension in CURRENCIES:
        return False
    counting = item.text[0].isdigit() and not item.soft
    found = pool.first([value[0], value[0] + 1] if item.others else [value[0]], item.unit, counting=counting)
    if found >= 0:
        pool.take(found)
    return found >= 0


@cache
def _idioms() -> Mapping[str, tuple[Decimal, ...]]:
    data = tomllib.loads(files("briefing.data").joinpath("check_cues.toml").read_text("utf-8"))["idioms"]
    return {phrase: tuple(map(Decimal, values)) for phrase, values in data.items()}


def _named(item: Item, idle: list[Decimal]) -> bool:
    """Whether an idiom of the Chinese stands for the number; it is taken out of `idle`."""
    value = item.printed
    if value is None or value[1] is not None or value[0] not in idle or item.dimension in _FIRM:
        return False
    idle.remove(value[0])
    return True


_BIG = frozenset({Decimal(100), Decimal(1000), Decimal(10000), Decimal(10) ** 8})


_ROUND = _BIG | {Decimal(10) ** 6, Decimal(10) ** 7}


def _vague(item: Item, loose: Iterable[Loose]) -> bool:
    """Whether a number in words (thousands of households) renders a figure of speech (千家万户)."""
    if any(c.isdigit() for c in item.text):
        return False
    return any(not one.digits and _ROUND.intersection(one.values) for one in loose)


def _labelled(read: Callable[[str, bytearray], list[Loose]], item: Item, loose: Iterable[Loose]) -> bool:
    """Whether a date's numbers all stand unclaimed on the other side, as in a title or a label (“十五五”规划)."""
    own = read(fold(item.text), bytearray(len(item.text)))
    other = anywhere(loose)
    return bool(own) and all(other.intersection((*one.values, *(v % 100 for v in one.values))) for one in own)


_NAMED_ZH = re.compile("[号轨](?![召称角脚迹人员线])|中(?=[学校、的雄]|$)")


_PLACES = frozenset("梯陵里铺弯坡沟湾堡营桥渡滩")
"""What a place may be called by and a number before it: 十八梯, 十三陵."""


def _ordinal(zh: str, one: Loose) -> bool:
    """Whether a numeral in characters is one of a name: 第四季, 二轨, 四中; or an amount: 百日."""
    span = one.span
    if len(one.values) == 1 and one.values[0] in _BIG:
        return bool(_COUNTED.match(zh, span.start)) and not NUMERAL_ZH.match(zh[span.start - 1 : span.start] or "x")
    if len(set(one.values)) != 1 or one.values[0] < 2:
        return False
    if 10 < one.values[0] < 100 and span.stop - span.start > 1 and zh[span.stop : span.stop + 1] not in _PLACES:
        return True  # 十八部委, 二十四节气
    return bool(zh.startswith("第", max(0, span.start - 1))) or bool(_NAMED_ZH.match(zh, span.stop))


def _dated(one: Loose, dates: bytearray) -> bool:
    """Whether a numeral belongs to a date of its side: those are compared as dates."""
    return any(dates[one.span.start : one.span.stop])
