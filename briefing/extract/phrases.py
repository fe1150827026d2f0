"""What stands around one Chinese number: signs, currencies, units, ordinals, shares; and whether it counts.

Each function looks at the folded text beside a number and says what it found. Nothing here scans.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache

from briefing.extract import hedges
from briefing.extract.drafts import Draft
from briefing.extract.negatives import vocabulary
from briefing.model import Bound, Kind
from briefing.numerals import units
from briefing.numerals.zh import parse
from briefing.numerals.zh_scan import Number, read

NumberAt = Callable[[str, int], "tuple[Number, int] | None"]

_OPEN = "“‘「『《\"'"
_CLOSE = "”’」』》\"'"
_END = re.compile(r"[，。；、！？：）)”」,;!? \n\t的]|$")


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit behind a number, and what it brings along."""

    name: str
    kind: Kind
    printed: str
    stop: int
    rule: str = "unit"
    inner: Bound | None = None
    """over, for 多 behind the unit: 三年多."""
    times: Decimal | None = None
    """The multiplier that stands behind the classifier: 20个亿."""
    plus: Decimal | None = None
    """A half, for 半 behind the unit: 三斤半; or the smaller coins of 五元三毛."""


# ── what stands before ────────────────────────────────────────────────────────────────────────────

_CURRENCY = re.compile(r"(?:(US|HK|NT|[ACS])?\$|¥|€|£|(?:人民币|RMB|CNY|美金)[ :]?) ?\Z")
_SIGNS = {
    "$": "美元",
    "US$": "美元",
    "HK$": "港元",
    "NT$": "新台币",
    "A$": "澳元",
    "C$": "加元",
    "S$": "新加坡元",
    "€": "欧元",
    "£": "英镑",
}


def currency(folded: str, left: int) -> tuple[str, int]:
    """The currency whose sign ends at `left`, and where the sign begins."""
    found = _CURRENCY.search(folded, max(0, left - 6), left) if left and folded[left - 1] in "$¥€£币BYb金: " else None
    if found is None:
        return "", left
    return _SIGNS.get(found[0].strip(), "美元" if found[0].startswith("美金") else "元"), found.start()


_BEFORE_MINUS = ' 　\t\n，。；：、（(“"为是至到达约在于了温从低度近过负:;,'
"""A hyphen after any other character joins; after these it is a minus."""
_NUMBER_NEAR = re.compile(r"[\d一二三四五六七八九十百千万亿][^，。；、：（）\s]{0,4}\Z")
_COLD = re.compile(r"(?:零下|负|-)(?:华氏|摄氏)?(?:温度)? ?\Z")


def sign(folded: str, text: str, left: int) -> tuple[bool, int]:
    """Whether the number is below zero, and where its sign begins: 零下5℃, -2.5%, 负3.9%."""
    if not left or folded[left - 1] not in "-负下氏度 ":
        return False, left
    found = _COLD.search(folded, max(0, left - 8), left)
    if found is None:
        return False, left
    if folded[found.start()] == "-":
        at = found.start()
        before = folded[at - 1 : at]
        if text[at] in "-－−" and "\u4e00" <= before <= "\u9fff" and not _NUMBER_NEAR.search(folded, max(0, at - 7), at):
            return True, at
        after_number = before == " " and folded[at - 2 : at - 1].isalnum()
        if text[at] not in "-－−" or (before and before not in _BEFORE_MINUS) or after_number:
            return False, left
    return True, found.start()


_PER = re.compile(r"[每平][年月日天周均](?:均)?(?:达|为)?\Z|每小时\Z")


def per(folded: str, left: int) -> int:
    """How many characters before the number say 每年 and the like, so that the hedge stands before them."""
    found = _PER.search(folded, max(0, left - 4), left)
    return 0 if found is None else left - found.start()


def letters(folded: str, left: int, hit: UnitHit | None, number: Number) -> bool:
    """Whether the number is part of a name in Latin letters (G20, T3航站楼, PM2.5)."""
    if not left:
        return False
    before = folded[left - 1]
    if before in "-_./#·" and left > 1:
        return folded[left - 2].isascii() and folded[left - 2].isalpha()
    if not (before.isascii() and before.isalpha()):
        return before == "№"
    strong = hit is not None and (len(hit.printed) > 1 or hit.kind in {"percent", "money"} or number.scale != "")
    return not strong or not folded[max(0, left - 2) : left].isupper()


# ── units ────────────────────────────────────────────────────────────────────────────────────────


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


_PER_UNIT = re.compile(r" ?(?:/|／|每)(?=([A-Za-z\u4e00-\u9fff㎡]))")
_MORE = re.compile(r"多(?![个名次家方种元样层年项地维式边人位功媒云语党重类])|有余|余(?![额下姚杭热])")
_GE = re.compile(r"个(?:多|(半))(月|小时|星期|世纪|学期|季度|百分点|钟头|礼拜)")
_COINS = re.compile(
    r"([\d一二三四五六七八九])[角毛](?:([\d一二三四五六七八九])分)?|又?([\d一二三四五六七八九])(?:美分|欧分|分(?!之|钟|析))"
)
_PAID = re.compile(r"(?:每[\u4e00-\u9fff]|[花费卖价付赚赔收了])[^，。；\d一-十]{0,2}[\d一二三四五六七八九十百两]{1,4} ?\Z")
_DAYS = re.compile(r"日(?=以?内|之内)")
_DECIMALS = re.compile(r"(\d{1,2})(?=[，。；、！？）”\s的]|$)")
_HALF_AFTER = re.compile(r"半(?!年|径|导|途|山|岛|数|决|天)")


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
            if following and folded.startswith(following, stop):
                continue
            return spelling, unit
    return None


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
    name, kind, plus, inner = unit.name, unit.kind, None, None
    if spelling == "块":
        coins = _COINS.match(folded, stop)
        if (
            coins is None
            and number.low == number.high
            and re.compile(r"一(?:斤|个|张|份|碗|瓶|天|米)").match(folded, stop)
        ):
            name, kind = "元", "money"
        elif coins is not None or (_END.match(folded, stop) and _PAID.search(folded, max(0, at - 8), at)):
            name, kind = "元", "money"
    if spelling in {"分"}:
        kind = "count"
    if spelling in {"点", "个点"}:
        if number.scale or (number.low < 100 and number.low == number.low.to_integral_value()) or spelling == "个点":
            return None if spelling == "点" else UnitHit("点", "measure", spelling, stop)
        kind = "measure"
    if spelling == "节":
        kind = "count"
    divisor = _PER_UNIT.match(folded, stop) if folded[stop : stop + 1] in tuple("/／每 ") else None
    if divisor is not None:
        below = _match_unit(folded, divisor.end()) or _divisor(folded, divisor.end())
        if below is not None and (
            folded[divisor.start() : divisor.end()].strip() != "每"
            or below[0] in {"小时", "秒", "升", "平方米", "立方米"}
        ):
            kind = "money" if spelling in {"分", "角"} else kind
            word = below[0] if isinstance(below[1], str) else below[1].name
            return UnitHit(
                f"{name}/{word}", kind, folded[at : divisor.end() + len(below[0])], divisor.end() + len(below[0])
            )
    if kind == "money":
        coins = _COINS.match(folded, stop)
        if coins is not None and name in {"元", "美元", "欧元"}:
            tenth, cent = (
                read(coins[1]) if coins[1] else None,
                read(coins[2] or coins[3]) if coins[2] or coins[3] else None,
            )
            plus = (tenth.low / 10 if tenth else Decimal(0)) + (cent.low / 100 if cent else Decimal(0))
            return UnitHit(name, kind, spelling, coins.end(), plus=plus)
    decimals = _DECIMALS.match(folded, stop) if spelling in {"米", "秒", "公里"} else None
    if decimals is not None and number.low == number.low.to_integral_value() and not number.vague:
        return UnitHit(name, kind, spelling, decimals.end(), plus=Decimal(f"0.{decimals[1]}"))
    if kind in {"measure", "multiple", "money", "percent"}:
        more = _MORE.match(folded, stop)
        half = (
            _HALF_AFTER.match(folded, stop)
            if kind in {"measure", "multiple"} and number.low == number.low.to_integral_value()
            else None
        )
        if half is not None and number.vague == "":
            plus, stop = Decimal("0.5"), half.end()
        elif more is not None:
            inner, stop = "over", more.end()
    if kind == "money" and folded.startswith("人民币", stop):
        stop += 3
    return UnitHit(name, kind, spelling, stop, inner=inner, plus=plus)


_DIVISORS = re.compile(
    r"人年|人天|人|年|月|日|天|户|平方米|平米|千瓦时|标准箱|立方米|亩|床|场|套|辆|件|股|盒|支|片|针|只|头|次|个|升|h|s|L|min"
)


def _divisor(folded: str, at: int) -> tuple[str, str] | None:
    found = _DIVISORS.match(folded, at)
    return (found[0], found[0]) if found is not None else None


def half_unit(folded: str, start: int) -> UnitHit | None:
    """The unit behind 半, where the two mean half of one: 半年, 半个月, 半小时."""
    if folded[start - 1 : start] in tuple("上下后前每多大一夜对过折") and start:
        return None
    found = re.compile(r"个?(年|月|小时|天|学期|公里|亩|吨|斤|钟头|米)(多)?").match(folded, start + 1)
    if found is None or (found[1] in {"月", "钟头"} and not found[0].startswith("个")):
        return None
    if found[0] == "年" and folded[found.end() : found.end() + 1] in tuple("报度会均产"):
        return None
    name = {"月": "个月", "钟头": "小时"}.get(found[1], found[1])
    return UnitHit(name, "measure", found[0], found.end(), rule="half", inner="over" if found[2] else None)


_CHENG = re.compile(r" ?成(半|[一二三四五六七八九\d](?![个家年万亿\d.]))?(多|左右)?")
_ZHE = re.compile(r" ?折")


def tenths(folded: str, start: int, at: int, number: Number) -> tuple[UnitHit, Number] | None:
    """成 and 折 as percentages: 三成 30, 七成五 75, 八折 80, 九五折 95."""
    cheng = _CHENG.match(folded, at)
    blocked = vocabulary().blocked
    ten = Decimal(10)
    if cheng is not None and number.high <= ten and not number.scale.strip("十"):
        after = cheng.end() if cheng[1] is None or cheng[2] is not None else cheng.end()
        following = folded[after : after + 2]
        hedged = hedges.before(folded, start, folded[start]) is not None
        if (
            cheng[2] is None
            and cheng[1] is None
            and following[:1] in blocked["成"]
            and following != "员工"
            and not hedged
        ):
            return None
        more = Decimal(5) if cheng[1] == "半" else read(cheng[1]).low if cheng[1] else Decimal(0)  # type: ignore[union-attr]
        stop = cheng.end() - (2 if cheng[2] == "左右" else 0)
        scaled = Number(plain(number.low * ten + more), plain(number.high * ten + more), number.vague, number.chinese)
        hit = UnitHit("%", "percent", "成", stop, rule="tenths", inner="over" if cheng[2] == "多" else None)
        return hit, scaled
    zhe = _ZHE.match(folded, at)
    if (
        zhe is not None
        and number.high < 100
        and not number.scale
        and folded[zhe.end() : zhe.end() + 1] not in blocked["折"]
    ):
        factor = ten if number.high < 10 else Decimal(1)
        scaled = Number(plain(number.low * factor), plain(number.high * factor), number.vague, number.chinese)
        return UnitHit("%", "percent", "折", zhe.end(), rule="discount"), scaled
    return None


# ── shapes of their own ─────────────────────────────────────────────────────────────────────────


def _shaped(folded: str, start: int, stop: int, number: Number, kind: Kind, unit: str, rule: str) -> Draft:
    """A draft with the hedges around it."""
    ahead = hedges.before(folded, start, folded[start])
    draft = Draft(ahead[1] if ahead else start, stop, start, stop, number, number.low, number.high, kind, unit, rule)
    draft.ahead = ahead[0] if ahead else None
    draft.inner = None if number.vague in {"", "range"} else number.vague  # type: ignore[assignment]
    rough = _MORE.match(folded, stop)
    if rough is not None and rule != "fraction":
        draft.inner, draft.stop = "over", rough.end()
    behind = hedges.after(folded, draft.stop, True)
    if behind is not None:
        draft.behind, draft.stop = behind
    draft.unit_text = unit
    return draft


_FIRST = re.compile(r"(?:居|列|排|全国|全省|全市|世界|全球|名|升至|位次)[^，。；放摆在]{0,3}\Z")
_FAN = re.compile(r"翻([了近超过约]?)([一两二三四五六七八九\d]?)(番|倍)")


def special(folded: str, start: int, stop: int, number_at: NumberAt) -> Draft | None:
    """Percentages in words, doublings, halves and the first place."""
    word = folded[start:stop]
    one = Decimal(1)
    if word.endswith("分之"):
        at = stop + (1 if folded.startswith(" ", stop) else 0)
        negative = folded.startswith("负", at)
        found = number_at(folded, at + negative)
        if found is None or folded[start - 1 : start] in tuple("一二三四五六七八九十百千万两几数0123456789"):
            return None
        number, end = found
        whole = parse(word.removesuffix("分之"))
        if whole is None:
            return None
        factor = Decimal(-100 if negative else 100) / whole
        draft = _shaped(folded, start, end, number, "percent", "%", "percent in words")
        draft.low, draft.high, draft.number_start = plain(number.low * factor), plain(number.high * factor), start
        draft.number = Number(draft.low, draft.high, number.vague, number.chinese)
        return _percent_range(folded, draft, end, factor, number_at)
    fan = _FAN.fullmatch(word)
    if fan is not None:
        times = read(fan[2]) if fan[2] else Number(one, one)
        if times is None or times.low > 20 or (fan[3] == "倍" and fan[2]):
            return None
        value = Decimal(2) ** int(times.low)
        draft = _shaped(folded, start, stop, Number(value, value), "multiple", "倍", "doubling")
        draft.ahead = {"近": "near", "超": "over", "过": None, "约": "about"}.get(fan[1]) or draft.ahead  # type: ignore[assignment]
        draft.unit_text = "番"
        return draft
    half = Number(Decimal("0.5"), Decimal("0.5"), chinese=True)
    match word:
        case "对折":
            if folded[start - 1 : start] not in tuple("打近约仅成"):
                return None
            fifty = Number(Decimal(50), Decimal(50), chinese=True)
            return _shaped(folded, start, stop, fifty, "percent", "%", "discount")
        case "首位":
            if not _FIRST.search(folded, max(0, start - 6), start):
                return None
            return Draft(start, stop, start, stop, Number(one, one), one, one, "rank", "位", "first place")
        case "大半":
            draft = _shaped(folded, start, stop, half, "soft", "", "half")
            draft.ahead = "over"
            return draft
        case "过半":
            draft = _shaped(folded, start, stop, half, "fraction", "", "half")
            draft.ahead = "over"
            return draft
        case "一半" | "半数":
            return _shaped(folded, start, stop, half, "fraction", "", "half")
    return None


_PERCENT_TO = re.compile(r" ?(?:到|至|-|~) ?(?=[\d一二三四五六七八九十])")


def _percent_range(folded: str, draft: Draft, end: int, factor: Decimal, number_at: NumberAt) -> Draft:
    """百分之五到十: the second number has no 百分之 of its own."""
    joined = _PERCENT_TO.match(folded, end)
    upper = number_at(folded, joined.end()) if joined is not None and draft.stop == end else None
    if (
        upper is None
        or upper[0].low * factor <= draft.high
        or upper[0].scale not in {"", "十"}
        or folded[upper[1] : upper[1] + 1] in tuple("年月日%个分")
    ):
        return draft
    draft.high, draft.stop, draft.number_stop, draft.bound = upper[0].high * factor, upper[1], upper[1], "range"
    return draft


def fraction(folded: str, start: int, below: Number, at: int, number_at: NumberAt) -> Draft | None:
    """N分之M; a whole part before 又 is added: 三又二分之一."""
    at += folded.startswith(" ", at)
    found = number_at(folded, at)
    if found is None or below.low == 0 or below.low != below.high:
        return None
    above, stop = found
    if above.low != above.high:
        return None
    value = ratio(above.low, below.low)
    draft = _shaped(folded, start, stop, Number(value, value, chinese=above.chinese), "fraction", "", "fraction")
    if folded[draft.stop : draft.stop + 1] in tuple("强多") and draft.behind is None:
        draft.inner, draft.stop = "over", draft.stop + 1
    return draft


def mixed(folded: str, start: int, whole: Number, at: int, number_at: NumberAt) -> Draft | None:
    """三又二分之一: a whole and a fraction."""
    below = number_at(folded, at)
    if below is None or not folded.startswith("分之", below[1]):
        return None
    part = fraction(folded, start, below[0], below[1] + 2, number_at)
    if part is not None:
        part.low, part.high = part.low + whole.low, part.high + whole.low
    return part


def negated(folded: str, draft: Draft | None, start: int) -> Draft | None:
    """负 before a fraction."""
    if draft is not None and start and folded[start - 1] == "负" and draft.start == start:
        draft.low, draft.high, draft.start = -draft.high, -draft.low, start - 1
    return draft


_DEGREES = re.compile(r"(华氏|摄氏)(?:温度)?(?:零下|负)?\Z")


def degrees(folded: str, left: int, hit: UnitHit) -> tuple[UnitHit, int]:
    """华氏98度: which scale of temperature was named before the number."""
    found = _DEGREES.search(folded, max(0, left - 6), left)
    return (hit, left) if found is None else (replace(hit, name=f"{found[1]}度"), found.start())


def plain(value: Decimal) -> Decimal:
    """Without an exponent and without trailing zeros."""
    return Decimal(f"{value.normalize():f}")


def ratio(above: Decimal, below: Decimal) -> Decimal:
    """A quotient to six significant digits, 0.333333, as thirds never end."""
    with localcontext() as context:
        context.prec = 6
        return plain(above / below)


_SLASH = re.compile(r"(\d{1,3})(?![\d/.%年月日])")
_SLASH_BEFORE = re.compile(r"[的约近占超过达为了之有是少于不足以\u4e00-\u9fff]\Z")


def slash(folded: str, start: int, above: Number, at: int) -> Draft | None:
    """A fraction with a stroke, 1/6, where the text around it is Chinese."""
    found = _SLASH.match(folded, at)
    if found is None or above.chinese or above.scale or folded[start - 1 : start] in tuple("/0123456789."):
        return None
    below = Decimal(found[1])
    following = folded[found.end() : found.end() + 1]
    if (
        not 0 < above.low < below <= 100
        or not _SLASH_BEFORE.search(folded, max(0, start - 1), start)
        or not (following == "" or following > "\u2000" or following in " ,;)")
    ):
        return None
    value = ratio(above.low, below)
    return _shaped(folded, start, found.end(), Number(value, value), "fraction", "", "fraction")


_RANKED = re.compile(
    r"(?:排名|排在|排|位居|位列|名列|位次|居于|居|列|跃居|跃升至|跃升|升至|上升至|前移至|全国|全省|全市|全区|全球|世界|亚洲|国内|行业|保持|蝉联|稳居|跻身|荣获|获得|获|夺得"
    r"|总量|增速|规模|并列|勇夺|百强县|均为|均居|连续.{1,3}年)[^，。；！？第]{0,5}\Z"
)
_RANK_UNIT = re.compile(r" ?(?:大(?=[\u4e00-\u9fff])|[位名](?![单称额词]))")


def ordinal(folded: str, begin: int, start: int, stop: int, number: Number) -> Draft | None:
    """第N: a rank where the words around say so, else a soft label with its classifier."""
    if number.vague or number.low != number.low.to_integral_value():
        return None
    if (
        number.low == 1
        and number.chinese
        and folded.startswith(
            ("书记", "时间", "产业", "财经", "要务", "线", "生产力", "资源", "动力", "责任人", "人称"), stop
        )
    ):
        return None
    ranked = _RANK_UNIT.match(folded, stop)
    after = stop + (1 if folded.startswith(" ", stop) else 0)
    context = _RANKED.search(folded, max(0, begin - 14), begin)
    if ranked is not None and (ranked[0].strip() != "大" or context):
        rank_stop = ranked.end() if ranked[0].strip() != "大" else stop
        return Draft(begin, rank_stop, start, stop, number, number.low, number.high, "rank", "位", "ordinal")
    if context and (
        _END.match(folded, stop) or folded.startswith(("位", "方阵", "和", "与", "至", "升", "增", "上", "，"), stop)
    ):
        return Draft(begin, stop, start, stop, number, number.low, number.high, "rank", "位", "ordinal")
    hit = unit_at(folded, after, number)
    if hit is None or hit.kind not in {"count", "measure"}:
        return None
    return Draft(
        begin,
        hit.stop,
        start,
        stop,
        number,
        number.low,
        number.high,
        "soft",
        hit.name,
        "ordinal",
        unit_text=hit.printed,
    )


_LEADING = re.compile(r" ?([位名强列])")
_LEADING_CONTEXT = re.compile(
    r"(?:全国|全省|全市|全球|世界|国内|排名|位列|位居|进入|跻身|居|列|稳居|行业|排|名列|同类城市|保持在?|进|挺进|冲刺|迈入)\Z"
)


def leading(folded: str, begin: int, stop: int, number: Number) -> Draft | None:
    """前N: within the first N places."""
    found = _LEADING.match(folded, stop)
    if found is None and not (_LEADING_CONTEXT.search(folded, max(0, begin - 6), begin) and _END.match(folded, stop)):
        return None
    end = found.end() if found is not None else stop
    draft = Draft(begin, end, begin + 1, stop, number, number.low, number.high, "rank", "位", "leading places")
    draft.bound = "at_most"
    return draft


# ── whether it counts ────────────────────────────────────────────────────────────────────────────

_MEASURED = re.compile(
    r"(?:历时|为期|长达|延长|任期|期限|用时|有效期|缩短|工期|持续|徒刑|刑期|耗时|已有|仅用|只用|用了|走过|超过|满|至少|不少于|保质期|免费|质保|每隔|提前)[^，。；]{0,3}\Z"
)
_LABEL = re.compile(r"(?:今后|未来|过去|近|最近|这|前|后|头|下|上|此后|接下来)的?\Z")
_GDP = re.compile(r"(?:GDP|国内生产|地区生产|工业增加值|产值能|产值耗|生产总值|增加值能)")
_LONG = frozenset(
    "公里 平方米 平方公里 立方米 分钟 小时 公斤 千克 公顷 千米 厘米 毫米 摄氏度 千瓦时 千瓦 兆瓦 个月 海里 英里 英尺 吨 亩 米 斤 毫升 毫克 秒 度电 盎司 克拉 光年 季度 岁 美元 欧元 英镑 日元 港元 韩元 美分 倍 % 百分点".split()
)


def judge(folded: str, draft: Draft, hit: UnitHit) -> Draft | None:
    """The draft, its kind made soft where it is but a label, or None where it is no quantity at all."""
    words = vocabulary()
    number, printed = draft.number, hit.printed
    run = folded[draft.number_start : draft.number_stop]
    before = folded[draft.start - 1 : draft.start] if draft.start else ""
    hedged = draft.ahead is not None or draft.inner is not None or draft.behind is not None
    if (
        draft.ahead == "near"
        and hit.name in {"年", "天", "个月", "周", "日", "小时", "季度"}
        and number.high < 50
        and folded[draft.start] == "近"
        and draft.behind is None
        and not number.vague
        and draft.inner is None
    ):
        draft.ahead, draft.start, draft.kind, draft.rule = None, draft.start + 1, "soft", "recent period"
        return draft
    if number.chinese:
        if run == "一" and hit.rule != "tenths" and not _one_counts(hit):
            return None
        if run == "二" and printed != "两" and (hit.kind == "count" or hit.name not in _LONG):
            return None
        if number.bare and run[0] != "十" and not _bare_counts(folded, draft, hit, before, hedged):
            return None
        small = len(run) == 1 and run not in "百千万亿"
        if (
            small
            and printed in words.weak
            and not (run == "二" and printed == "两")
            and not hedged
            and hit.plus is None
            and printed not in words.counted
        ):
            return None
        if run in {"几", "数"} and hit.kind in {"count", "measure"}:
            if run == "数":
                return None
            draft.kind = "soft"
            return draft
        if (
            small
            and printed in words.soft_chinese
            and not hedged
            and hit.plus is None
            and not (hit.name == "年" and _MEASURED.search(folded, max(0, draft.start - 6), draft.start))
        ):
            draft.kind = "soft"
        if before and before in _OPEN and len(run) <= 2 and _closes(folded, draft.stop):
            if printed not in {"个", "项", "大", "篇", "条", "件"}:
                return None
            draft.kind = "soft"
    elif (
        hit.name == "年"
        and number.low >= 1000
        and number.low == number.high
        and not hedged
        and number.low < 2200
        and not folded.startswith(("历史", "的历史", "前", "以前", "来"), draft.stop)
    ):
        return None
    if printed in words.soft:
        shaken = hit.name == "级" and re.compile(r"(?:以上)?(?:左右)?的?(?:强|大|余|阵|台)?[地余震风]").match(
            folded, draft.stop
        )
        if not shaken and not (printed in {"期", "轮", "批"} and not number.chinese and number.low > 20):
            draft.kind = "soft"
    if (
        hit.kind in {"count", "measure"}
        and words.soft_followed.match(folded, draft.stop)
        and hit.name in {"个", "年", "条", "项", "次"}
        and not hedged
    ):
        draft.kind = "soft"
    if hit.name == "年" and _LABEL.search(folded, max(0, draft.start - 4), draft.start) and draft.behind is None:
        draft.kind = "soft"
    if not number.chinese and hit.kind == "count" and not number.scale and number.low != number.low.to_integral_value():
        return _item_number(folded, draft, hit)
    return draft


def _one_counts(hit: UnitHit) -> bool:
    """一 counts before a true measure (一吨, 一小时), and is an article before a classifier."""
    if hit.inner is not None or hit.plus is not None:
        return hit.kind != "count"
    return hit.kind != "count" and hit.name in _LONG


def _bare_counts(folded: str, draft: Draft, hit: UnitHit, before: str, hedged: bool) -> bool:
    """百, 千, 万, 亿 without a digit: an amount before money and measures, else only when hedged."""
    if before == "每" or (hit.kind == "money" and _GDP.match(folded, draft.stop)):
        return False
    if hedged:
        return True
    if hit.kind == "count":
        run = folded[draft.number_start : draft.number_stop]
        draft.kind = "soft" if len(run) == 1 else draft.kind
        return len(run) > 1 or folded[draft.start - 1 : draft.start] in tuple("达到有了")
    if hit.name in {"年", "里", "天", "米", "分", "度", "岁", "步", "克", "兆"}:
        draft.kind = "soft"
    return True


def _closes(folded: str, stop: int) -> bool:
    """Whether a quotation ends within a few characters: a set phrase, not speech."""
    return any(c in _CLOSE for c in folded[stop : stop + 9])


_ITEM = re.compile(r"(?:^|[\n。；！？])[ 　]*\Z")


def _item_number(folded: str, draft: Draft, hit: UnitHit) -> Draft | None:
    """8.6个 at the head of a line is item 8 of a list, about six of something."""
    at = draft.number_start
    run = folded[at : draft.number_stop]
    if not _ITEM.search(folded, max(0, at - 3), at) or "." not in run:
        return draft
    whole, _, rest = run.partition(".")
    if len(whole) > 2 or not rest or rest[0] == "0" or draft.ahead is not None:
        return draft
    number = read(rest)
    if number is None:
        return None
    draft.number, draft.low, draft.high = number, number.low, number.high
    draft.number_start = draft.start = at + len(whole) + 1
    return draft


_LEVEL = re.compile(r"元?级(?!别)(?:以上)?")
_SET = re.compile(r"大(?![批量部分多幅小学寒暑伯关概约致力道楼桥厦街学军陆连会使师爷妈叔气哥姐年爱众佛夫兴洋坝运])")
_STOP_MONEY = re.compile(
    r"(?:以上|左右|以下|以内)?(?:[，。；、！？：）)”」,;!? \n\t]|$|的(?:投|资|规|目|大|总|产|市|债|订|订单|营|资金|贷)|人民币|产业|投资|规模|大关|台阶|市场|债|资金|市值|贷款|产值)"
)
_EXACT = re.compile(r"(?:指数|系数|比值|数值|得分|评分|均值|[为至到达是于])(?:了|达|为)? ?\Z")


def level(folded: str, at: int, number: Number) -> re.Match[str] | None:
    """级 behind 亿, as in 百亿级产业: from that amount upwards."""
    found = _LEVEL.match(folded, at) if number.scale in {"亿", "万"} else None
    return found if found is not None and (number.scale == "亿" or found[0].startswith("元")) else None


def unitless(folded: str, draft: Draft, after: int) -> Draft | None:
    """A number with no unit: money by its context, a plain count, a set phrase, or nothing."""
    number, run = draft.number, folded[draft.number_start : draft.number_stop]
    before = folded[draft.start - 1 : draft.start] if draft.start else ""
    tier = level(folded, after, number)
    if tier is not None:
        draft.kind, draft.unit, draft.rule, draft.stop, draft.behind = "money", "元", "level", tier.end(), "at_least"
        return draft
    if (
        draft.ahead is None
        and draft.inner is None
        and not number.vague
        and _SET.match(folded, after)
        and number.low > 1
        and (number.chinese or number.low <= 30)
        and not number.bare
        or (run in {"十", "百"} and folded.startswith("大", after) and _SET.match(folded, after))
    ):
        draft.kind, draft.rule, draft.stop = "soft", "set phrase", after + 1
        return draft
    behind = hedges.after(folded, after, False)
    if behind is not None and behind[0] == "over" and number.high >= 10:
        draft.behind, draft.stop = behind
        return draft
    hedged = draft.ahead is not None or draft.inner is not None
    if behind is not None and (number.scale or hedged):
        draft.behind, draft.stop = behind
    if (
        number.scale in {"万", "亿"}
        or (number.chinese and number.vague and number.scale in {"百", "千"})
        or ("万" in run and len(run) > 2)
    ):
        if number.bare and not hedged:
            return None
        if before == "每" or (before in _OPEN and before and number.chinese and _closes(folded, draft.stop)):
            return None
        if _STOP_MONEY.match(folded, after) and number.scale in {"万", "亿"} and _money_context(folded, draft.start):
            draft.kind, draft.unit, draft.rule = "money", "元", "money by context"
        return draft
    if (
        hedged
        and number.high >= 10
        and (not number.chinese or number.scale in {"百", "千"})
        and not folded[after : after + 1].isascii()
    ):
        return draft
    if (
        not number.chinese
        and "." in run
        and _EXACT.search(folded, max(0, draft.start - 4), draft.start)
        and _END.match(folded, after)
    ):
        return draft
    if not number.chinese and "," in run and len(run) > 4 and before not in ",":
        return draft
    draft.known = False
    return draft


def _money_context(folded: str, start: int) -> bool:
    window = folded[max(0, start - 12) : start]
    for mark in "。；\n":
        window = window.rpartition(mark)[2]
    return any(word in window for word in hedges.data()["money_context"]["words"])
