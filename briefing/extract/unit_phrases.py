"""The unit behind a Chinese number, with what hangs on it: halves, coins, 多, a divisor."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from briefing.extract.drafts import UnitHit
from briefing.extract.negatives import vocabulary
from briefing.model import Bound
from briefing.numerals import units
from briefing.numerals.zh_scan import Number, read

END = re.compile(r"[，。；、！？：）)”」,;!? \n\t的]|$")
"""What ends a phrase: punctuation, white space, 的 or the end of the text."""


@cache
def _units() -> dict[str, tuple[tuple[str, units.Unit], ...]]:
    """Spellings by first character, longest first."""
    found: dict[str, list[tuple[str, units.Unit]]] = {}
    never = vocabulary().never
    for spelling in units.spellings():
        unit = units.unit(spelling)
        if unit is not None and spelling not in never:
            found.setdefault(spelling[0], []).append((spelling, unit))
    return {first: tuple(entries) for first, entries in found.items()}


_PER_UNIT = re.compile(r" ?(?:/|每)(?=([A-Za-z\u4e00-\u9fff㎡]))")
MORE = re.compile(r"多(?![个名次家方种元样层年项地维式边人位功媒云语党重类])|有余|余(?![额下姚杭热])")
_GE = re.compile(r"个(?:多|(半))(月|小时|星期|世纪|学期|季度|百分点|钟头|礼拜)")
_COINS = re.compile(
    r"([\d一二三四五六七八九])[角毛](?:([\d一二三四五六七八九])分)?|又?([\d一二三四五六七八九])(?:美分|欧分|分(?!之|钟|析))"
)
_PAID = re.compile(
    r"(?:每[\u4e00-\u9fff]|[花费卖价付赚赔收了])[^，。；\d一-十]{0,2}[\d一二三四五六七八九十百两]{1,4} ?\Z"
)
_EACH = re.compile(r"一(?:斤|个|张|份|碗|瓶|天|米)")
_DAYS = re.compile(r"日(?=以?内|之内)")
_DECIMALS = re.compile(r"(\d{1,2})(?=[，。；、！？）”\s的]|$)")
_HALF_AFTER = re.compile(r"半(?!年|径|导|途|山|岛|数|决|天)")


_BOUNDS = ("以上", "以下", "以内", "以外", "以及")
"""Behind a unit these bound it, whatever word its last character might begin: 1000所以上."""


def _match_unit(folded: str, at: int) -> tuple[str, units.Unit] | None:
    blocked = vocabulary().blocked
    for spelling, unit in _units().get(folded[at : at + 1], ()):
        if folded.startswith(spelling, at):
            stop = at + len(spelling)
            if (
                spelling[-1].isascii()
                and spelling[-1].isalpha()
                and folded[stop : stop + 1].isascii()
                and folded[stop : stop + 1].isalnum()
            ):
                continue
            following = blocked.get(spelling, ())
            if following and folded.startswith(following, stop) and not folded.startswith(_BOUNDS, stop):
                continue
            return spelling, unit
    return None


def known_at(folded: str, at: int) -> bool:
    """Whether a unit stands at `at`."""
    return at < len(folded) and _match_unit(folded, at) is not None


def unit_at(folded: str, at: int, number: Number) -> UnitHit | None:
    """The unit at `at`, one or two spaces allowed before it."""
    while folded.startswith(" ", at) and at < len(folded):
        at += 1
        if folded.startswith("  ", at):
            return None
    if at >= len(folded):
        return None
    special = _GE.match(folded, at)
    if special is not None:
        name = {"月": "个月", "礼拜": "星期", "钟头": "小时"}.get(special[2], special[2])
        unit = units.unit(name)
        if unit is not None:
            half = Decimal("0.5") if special[1] else None
            return UnitHit(unit.name, unit.kind, special[0], special.end(), inner=None if half else "over", plus=half)
    if _DAYS.match(folded, at):
        return UnitHit("天", "measure", "日", at + 1)
    found = _match_unit(folded, at)
    if found is None:
        return None
    spelling, unit = found
    stop = at + len(spelling)
    if spelling == "个" and folded.startswith("亿", stop) and not folded.startswith("亿元", stop):
        return UnitHit("元", "money", "个亿", stop + 1, times=Decimal(10) ** 8)
    coin = _match_unit(folded, stop) if spelling == "个" and folded[stop : stop + 1] == "比" else None
    if coin is not None:
        spelling, unit, stop = f"个{coin[0]}", coin[1], stop + len(coin[0])
    name, kind = unit.name, unit.kind
    whole = number.low == number.low.to_integral_value()
    if spelling == "块" and _is_money(folded, at, stop, number):
        name, kind = "元", "money"
    elif spelling == "分" and _is_minute(folded, at, stop):
        return UnitHit("分钟", "measure", spelling, stop)
    elif spelling in {"分", "节"}:
        kind = "count"
    elif spelling == "度" and _is_electricity(folded, at, stop, number):
        return UnitHit("千瓦时", "measure", spelling, stop)
    elif spelling == "点" and (number.scale or (number.low < 100 and whole)):
        return None
    elif spelling in {"点", "个点"}:
        kind = "measure"
    divided = _divided(folded, stop)
    if divided is not None:
        kind = "money" if spelling in {"分", "角"} else kind
        return UnitHit(f"{name}/{divided[0]}", kind, folded[at : divided[1]], divided[1])
    if kind == "money":
        coins = _coins(folded, stop) if name in {"元", "美元", "欧元"} else None
        if coins is not None:
            return UnitHit(name, kind, spelling, coins[1], plus=coins[0])
    decimals = _DECIMALS.match(folded, stop) if spelling in {"米", "秒", "公里"} else None
    if decimals is not None and whole and not number.vague:
        return UnitHit(name, kind, spelling, decimals.end(), plus=Decimal(f"0.{decimals[1]}"))
    if kind in {"measure", "multiple"} and whole and not number.vague and _HALF_AFTER.match(folded, stop):
        return UnitHit(name, kind, spelling, stop + 1, plus=Decimal("0.5"))
    more = MORE.match(folded, stop) if kind in {"measure", "multiple", "money", "percent"} else None
    stop = stop if more is None else more.end()
    if kind == "money" and folded.startswith("人民币", stop):
        stop += 3
    return UnitHit(name, kind, spelling, stop, inner=None if more is None else "over")


_HOURS_BEFORE = re.compile(r"(?:小时|钟头|时|点)(?:零|又)?[\d一二三四五六七八九十零]{1,4} ?\Z")
_SECONDS_AFTER = re.compile(r"(?:零|又)?[\d一二三四五六七八九十]{1,3}(?:\.\d+)?秒")


def _is_minute(folded: str, at: int, stop: int) -> bool:
    """Whether 分 is a minute: 2小时30分, 2分04秒; else it is a point or a cent."""
    return bool(_SECONDS_AFTER.match(folded, stop) or _HOURS_BEFORE.search(folded, max(0, at - 9), at))


_ELECTRIC = re.compile("电|用能|负荷")


def _is_electricity(folded: str, at: int, stop: int, number: Number) -> bool:
    """Whether 度 is a kilowatt-hour: 发电3000万度, 每度 in a clause about power; an angle or a temperature is small."""
    if number.scale in {"万", "亿"}:
        return True
    return bool(_ELECTRIC.search(folded, max(0, at - 14), stop + 3)) and not re.search(
        "温|高温|低温|角|转|纬|经|倾|烧", folded[max(0, at - 8) : at]
    )


def _is_money(folded: str, at: int, stop: int, number: Number) -> bool:
    """Whether 块 is the spoken 元 (五块三毛, 每斤5块) and not a plot or a piece."""
    if _COINS.match(folded, stop):
        return True
    return number.low == number.high and bool(
        _EACH.match(folded, stop) or (END.match(folded, stop) and _PAID.search(folded, max(0, at - 8), at))
    )


def _coins(folded: str, stop: int) -> tuple[Decimal, int] | None:
    """The smaller coins behind a currency: the 0.63 of 50元6角三分."""
    found = _COINS.match(folded, stop)
    if found is None:
        return None
    tenth = read(found[1]) if found[1] else None
    cent = read(found[2] or found[3]) if found[2] or found[3] else None
    parts = (tenth.low / 10 if tenth else Decimal(0)) + (cent.low / 100 if cent else Decimal(0))
    return parts, found.end()


def _divided(folded: str, stop: int) -> tuple[str, int] | None:
    """The name of the divisor behind / or 每 (元/斤, 米每秒), and where it ends."""
    found = _PER_UNIT.match(folded, stop) if folded[stop : stop + 1] in tuple("/每 ") else None
    if found is None:
        return None
    below = _match_unit(folded, found.end())
    word, name = (below[0], below[1].name) if below is not None else (_divisor(folded, found.end()),) * 2
    if not word or (found[0].strip() == "每" and word not in {"小时", "秒", "升", "平方米", "立方米"}):
        return None
    return name, found.end() + len(word)


_DIVISORS = re.compile(
    r"人年|人天|人|年|月|日|天|户|平方米|平米|千瓦时|标准箱|立方米|亩|床|场|套|辆|件|股|盒|支|片|针|只|头|次|个|升|h|s|L|min"
)


def _divisor(folded: str, at: int) -> str:
    found = _DIVISORS.match(folded, at)
    return found[0] if found is not None else ""


def half_unit(folded: str, start: int) -> UnitHit | None:
    """The unit behind 半, where the two mean half of one: 半年, 半个月, 半小时."""
    if folded[start - 1 : start] in tuple("上下后前每多大一夜对过折") and start:
        return None
    found = _HALVED.match(folded, start + 1)
    if found is None or (found[2] in {"月", "钟头", "世纪"} and not found[0].startswith("个")):
        return None
    if found[0] == "年" and folded[found.end() : found.end() + 1] in tuple("报度会均产"):
        return None
    name = {"月": "个月", "钟头": "小时"}.get(found[2], found[2])
    more: Bound | None = "over" if found[1] or found[3] else None
    return UnitHit(name, "measure", found[0], found.end(), rule="half", inner=more)


_HALVED = re.compile(r"(?:个(多)?)?(年|月|小时|天|学期|公里|亩|吨|斤|钟头|米|世纪)(多)?")
