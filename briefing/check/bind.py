"""Which number of the English stands for which number of the Chinese.

Equal values are bound first; what is left is bound by the mistake that would explain it, likeliest first
(a lost power of ten, percent for points, another unit, another value of the same unit). All steps work on
groups found by hashing, so that a long table costs no more than its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefing.check.items import Item, Value, plain

_SMALL = 7
"""Up to this many equal values a side are paired by their looks; longer runs in their order."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A number of the Chinese with the number of the English that stands for it, as indexes."""

    zh: int
    en: int
    reason: str
    """equal, or what is wrong: magnitude, point, unit, altered."""


@dataclass(frozen=True, slots=True)
class Binding:
    """The outcome: bonds in the order of the Chinese, and what found no partner."""

    bonds: tuple[Bond, ...]
    missing: tuple[int, ...]
    invented: tuple[int, ...]
    confused: tuple[tuple[int, int], ...] = ()
    """A date of one side that is a count on the other."""


class _Board:
    """The items of both sides that are still free."""

    def __init__(self, zh: Sequence[Item], en: Sequence[Item]) -> None:
        self.zh, self.en = zh, en
        self.free_zh = {i for i, item in enumerate(zh) if item.sort == "number"}
        self.free_en = {j for j, item in enumerate(en) if item.sort == "number"}
        self.bonds: list[Bond] = []

    def tie(self, i: int, j: int, reason: str) -> None:
        self.free_zh.discard(i)
        self.free_en.discard(j)
        self.bonds.append(Bond(i, j, reason))

    def join(
        self,
        zh_key: Callable[[Item], Iterable[Hashable]],
        en_key: Callable[[Item], Iterable[Hashable]],
        reason: str,
        allowed: Callable[[Item, Item], bool] = lambda z, e: True,
    ) -> None:
        """Bind free items that share a key."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in sorted(self.free_zh):
            for key in zh_key(self.zh[i]):
                groups[key][0].append(i)
        for j in sorted(self.free_en):
            for key in en_key(self.en[j]):
                groups[key][1].append(j)
        for left, right in groups.values():
            left = [i for i in left if i in self.free_zh]
            right = [j for j in right if j in self.free_en]
            for i, j in self._pair(left, right, allowed):
                self.tie(i, j, reason)

    def _pair(self, left: list[int], right: list[int], allowed: Callable[[Item, Item], bool]) -> list[tuple[int, int]]:
        if not left or not right:
            return []
        if max(len(left), len(right)) > _SMALL:
            return [(i, j) for i, j in zip(left, right, strict=False) if allowed(self.zh[i], self.en[j])]
        scored = sorted(
            (-self._likeness(i, j), abs(i / len(self.zh) - j / len(self.en)), i, j)
            for i in left
            for j in right
            if allowed(self.zh[i], self.en[j])
        )
        out: list[tuple[int, int]] = []
        done_zh: set[int] = set()
        done_en: set[int] = set()
        for _, _, i, j in scored:
            if i not in done_zh and j not in done_en:
                done_zh.add(i)
                done_en.add(j)
                out.append((i, j))
        return out

    def _likeness(self, i: int, j: int) -> int:
        z, e = self.zh[i], self.en[j]
        return (
            4 * (z.unit == e.unit)
            + 2 * (z.bound == e.bound)
            + (bool(z.direction) and z.direction == e.direction)
            - 2 * bool(z.direction and e.direction and z.direction[0] != e.direction[0])
            - (z.soft != e.soft)
        )


def bind(zh: Sequence[Item], en: Sequence[Item]) -> Binding:
    """Bind the numbers of the two sides (dates are compared on their own)."""
    board = _Board(zh, en)
    firm = _both(lambda item: item.shadow or not item.soft)
    board.join(_own, _own, "equal", firm)
    board.join(_own, _own, "equal")
    board.join(_meanings, _meanings, "equal", _times)
    board.join(_amount, _amount, "equal", _loose)
    board.join(_printed, _printed, "equal", _same_thing)
    board.join(_amount, _amount, "point", lambda z, e: {z.dimension, e.dimension} == {"percent", "point"})
    board.join(_amount, _amount, "unit", firm)
    board.join(_printed, _printed, "unit", firm)
    board.join(_digits, _digits, "magnitude", lambda z, e: firm(z, e) and _comparable(z, e))
    board.join(_single, _single, "altered", lambda z, e: firm(z, e) and _comparable(z, e))
    board.join(_class, _class, "altered", firm)
    bonds = sorted(board.bonds, key=lambda bond: bond.zh)
    return Binding(tuple(bonds), tuple(sorted(board.free_zh)), tuple(sorted(board.free_en)))


def _both(test: Callable[[Item], bool]) -> Callable[[Item, Item], bool]:
    return lambda z, e: test(z) and test(e)


def _own(item: Item) -> Iterable[Hashable]:
    return (item.key,) if item.value is not None else ()


def _meanings(item: Item) -> Iterable[Hashable]:
    """Other ways to say the same: 三成 and 30%, 一半 and half, 增长1倍 and doubled."""
    if item.value is None:
        return
    if item.value[1] is not None and "十几" in item.text:  # 十几亿, more than 1 billion; 五十几个, more than fifty
        one = (item.value[1] - item.value[0]) / 8
        tens = item.value[0] - one
        yield "teens", item.dimension, plain(tens)
        if tens == 10 * one:
            yield "teens", item.dimension, plain(12 * one)  # 十几名, a dozen
    if item.bound == "over" or "dozen" in item.text:
        yield "teens", item.dimension, item.value[0]
    match item.dimension:
        case "percent":
            yield "ratio", _scaled(item.value, Decimal("0.01"))
        case "ratio":
            yield "ratio", item.value
            if "quarter" in item.text.lower():  # one quarter, which may be three months
                yield "quarters", _scaled(item.value, Decimal(4))
            if item.direction == "up":
                yield "ratio", tuple(None if v is None else plain(v + 1) for v in item.value)
            yield "times", item.value
        case "months" if item.unit == "季度" and item.printed is not None:
            yield "quarters", item.printed
            yield "ratio", _scaled(item.printed, Decimal("0.25"))  # three quarters of the output
        case "count":
            yield "times", item.value
            if (power := _vague(item)) is not None:
                yield "vague", power
            if item.others:
                yield "times", (plain(item.value[0] + 1), None)


_TIMES_EN = re.compile("times|fold|doubl|tripl", re.I)


def _times(z: Item, e: Item) -> bool:
    """Whether 倍 and times stand on both sides or on none: 3倍 is not three vehicles."""
    if z.dimension == "ratio" and e.dimension == "count":
        if e.unit == "次" and "times" in e.text.lower():  # a bare "2 times" in a table is read as how often
            return True
        return not (z.unit == "倍" and any(c.isdigit() for c in z.text))
    if z.dimension == "count" and e.dimension == "ratio":
        return z.unit in ("", "次", "遍", "回", "倍", "番", "届") or not _TIMES_EN.search(e.text)
    return True


def _vague(item: Item) -> int | None:
    """The power of ten of 上万 and tens of thousands."""
    if item.value is None:
        return None
    low, high = item.value
    digits = low.normalize().as_tuple().digits
    if high is None:
        return low.adjusted() if digits == (1,) and item.text[:1] in "上成" else None
    return low.adjusted() if digits == (2,) and high == low / 2 * 9 else None


def _scaled(value: Value, by: Decimal) -> Value:
    low, high = value
    return plain(low * by), None if high is None else plain(high * by)


def _amount(item: Item) -> Iterable[Hashable]:
    return (item.value,) if item.value is not None else ()


def _printed(item: Item) -> Iterable[Hashable]:
    return (item.printed,) if item.printed is not None else ()


def _loose(z: Item, e: Item) -> bool:
    """Whether the units may differ because one side cannot tell: an unknown unit, a counted noun, a set phrase."""
    if not {z.dimension, e.dimension} & {"count", "", "ratio", "rank"}:
        return False
    if e.dimension not in ("count", "", "ratio", "time", "months") and not z.unit:
        return (
            e.unit == "元" and z.value is not None and z.value[0] >= 10**4
        )  # 1000亿 for 100 billion yuan, but not Line 16 for 16 km
    if (z.soft and not z.shadow) or (e.soft and not e.shadow):
        return True
    if not e.unit and e.bound == "range" and not any(c.isdigit() for c in e.text):
        return True  # thousands of li
    if not e.unit and z.dimension == z.unit != "" and z.unit not in CURRENCIES:
        return True  # 404片, of which English has no unit
    unknown = {"", "count"}
    return (z.dimension in unknown and e.dimension in unknown) or (not e.unit and z.dimension == "")


CURRENCIES = frozenset({"美元", "欧元", "日元", "英镑", "港元", "卢布", "韩元"})
_KIN = (
    frozenset({"度", "千瓦时"}),
    frozenset({"度", ""}),
    frozenset({"寸", "英寸"}),
    frozenset({"岁", ""}),
    frozenset({"岁", "年"}),
    frozenset({"英镑", "磅"}),
    frozenset({"匹", "马力"}),
    frozenset({"吨", "吨标准煤"}),
    frozenset({"分", "百分点"}),
    frozenset({"分", "点"}),
    frozenset({"环", "点"}),
    frozenset({"匹马", "马力"}),
    frozenset({"分", "分钟"}),
    frozenset({"匹", "马力"}),
    frozenset({"卡", ""}),
)
"""Units that are one where the printed numbers agree: 亿度 of power, aged 65."""


def _same_thing(z: Item, e: Item) -> bool:
    """Whether two units name one thing: one may keep the rate (时速100公里 and 100 km per hour), or counts its unit."""
    if frozenset({z.unit, e.unit}) in _KIN:
        return True
    if not z.unit and z.text.replace(".", "", 1).isdecimal() and e.dimension != "money":
        return True  # the unit stands away from it: 16进13
    if ("/" in z.unit) != ("/" in e.unit) and z.unit.split("/")[0] == e.unit.split("/")[0]:
        return True
    if z.unit == "元" and z.text[-1:] in "百千万亿" and e.dimension == "count" and not e.unit:
        return True  # 百亿、千亿: money that neither language calls so
    if not z.unit and z.dimension == "count" and e.unit == "元":
        return "亿" in z.text or "万" in z.text
    return z.dimension == "count" and e.unit == "标准箱"


def _comparable(z: Item, e: Item) -> bool:
    return z.dimension == e.dimension or "" in (z.dimension, e.dimension)


def _digits(item: Item) -> Iterable[Hashable]:
    """The significant digits without the power of ten."""
    if item.value is None or item.value[0] == 0:
        return ()
    low, high = item.value
    power = low.adjusted()
    return ((plain(low.scaleb(-power)), None if high is None else plain(high.scaleb(-power))),)


def _single(item: Item) -> Iterable[Hashable]:
    """The dimension with one end of the value: a range that became one of its ends."""
    if item.value is None:
        return ()
    return tuple((item.dimension, v) for v in item.value if v is not None)


def _class(item: Item) -> Iterable[Hashable]:
    return (item.dimension,) if item.value is not None else ()
