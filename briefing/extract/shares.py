"""Shares of a whole in Chinese: 百分之, 成, 折, 分之, 一半, 翻番."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from briefing.extract import hedges
from briefing.extract.drafts import Draft, NumberAt, UnitHit
from briefing.extract.negatives import vocabulary
from briefing.extract.unit_phrases import MORE
from briefing.model import Bound, Kind
from briefing.numerals.zh import parse
from briefing.numerals.zh_scan import Number, read

_CHENG = re.compile(r" ?成(半|[一二三四五六七八九\d](?![个家年万亿\d.]))?(多|左右)?")
_ZHE = re.compile(r" ?折")


def tenths(folded: str, start: int, at: int, number: Number) -> tuple[UnitHit, Number] | None:
    """成 and 折 as percentages: 三成 30, 七成五 75, 八折 80, 九五折 95."""
    cheng = _CHENG.match(folded, at)
    blocked = vocabulary().blocked
    ten = Decimal(10)
    if cheng is not None and number.high <= ten and not number.scale.strip("十"):
        following = folded[cheng.end() : cheng.end() + 2]
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


def _shaped(folded: str, start: int, stop: int, number: Number, kind: Kind, unit: str, rule: str) -> Draft:
    """A draft with the hedges around it."""
    ahead = hedges.before(folded, start, folded[start])
    draft = Draft(ahead[1] if ahead else start, stop, start, stop, number, number.low, number.high, kind, unit, rule)
    draft.ahead = ahead[0] if ahead else None
    draft.inner = None if number.vague in {"", "range"} else number.vague  # type: ignore[assignment]
    rough = MORE.match(folded, stop)
    if rough is not None and rule != "fraction":
        draft.inner, draft.stop = "over", rough.end()
    behind = hedges.after(folded, draft.stop, True)
    if behind is not None:
        draft.behind, draft.stop = behind
    draft.unit_text = unit
    return draft


_FIRST = re.compile(r"(?:居|列|排|全国|全省|全市|世界|全球|名|升至|位次)[^，。；放摆在]{0,3}\Z")
_INSIDE: dict[str, Bound] = {"近": "near", "超": "over", "约": "about"}
_FAN = re.compile(r"翻了?([近超过约]?)([一两二三四五六七八九\d]?)(番|倍)")


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
        draft.ahead = _INSIDE.get(fan[1], draft.ahead)
        draft.unit_text = "番"
        return draft
    if word.endswith("旬"):
        return _decades_old(folded, start, stop)
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


_PAST: dict[str, Bound] = {"过": "over", "逾": "over", "超": "over", "近": "near", "届": "about", "满": "at_least"}


def _decades_old(folded: str, start: int, stop: int) -> Draft | None:
    """年过七旬, 八旬老人: the age in tens of years."""
    bound = _PAST.get(folded[start - 1 : start])
    aged = folded[start - 2 : start - 1] in tuple("年已") if bound else False
    if not aged and not folded.startswith(("老", "的", "高龄", "父", "母", "夫", "翁", "阿", "奶"), stop):
        return None
    digit = parse(folded[start]) or Decimal(0)
    number = Number(digit * 10, digit * 10, chinese=True)
    draft = Draft(start, stop, start, stop, number, number.low, number.high, "measure", "岁", "decades old")
    draft.unit_text = "旬"
    if aged:
        draft.start, draft.ahead = start - 1, bound
    else:
        draft.kind = "soft"
    return draft


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
    if above.low == 9 and below == 11:
        return None  # the attacks of September 11
    following = folded[found.end() : found.end() + 1]
    if (
        not 0 < above.low < below <= 100
        or not (
            _SLASH_BEFORE.search(folded, max(0, start - 1), start)
            or folded.startswith(("的", "以上", "左右"), found.end())
        )
        or not (following == "" or following > "\u2000" or following in " ,;)")
    ):
        return None
    value = ratio(above.low, below)
    return _shaped(folded, start, found.end(), Number(value, value), "fraction", "", "fraction")
