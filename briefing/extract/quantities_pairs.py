"""What two neighbouring numbers say together, before lists and ranges are settled: 个 for 百分点, temperatures.

The passes go once over the drafts in text order and look only at the few characters between two of them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.extract.drafts import Draft
from briefing.numerals import units
from briefing.numerals.zh import parse
from briefing.numerals.zh_scan import Number

_JOINED = re.compile(r" ?(?:、|和|与|及|以及|或|或者|至|到|-|~) ?")
_ITEM = re.compile(r"(?<![\d.])\d{1,2}\.\Z")


def settle_pairs(folded: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts after all passes."""
    if len(drafts) < 2:
        return drafts
    printed = {d.unit_text for d in drafts}
    if "个" in printed:
        _whole_units(folded, drafts)
    if "折" in printed:
        _discounts(folded, drafts)
    return _below_zero(folded, drafts) if any(d.low.is_signed() for d in drafts) else drafts


def _whole_units(folded: str, drafts: list[Draft]) -> None:
    """5.4个和7.5个百分点: the 个 of each item is the first character of the unit that only the last one has whole."""
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if left.unit_text != "个" or right.unit_text[:1] != "个" or len(right.unit_text) < 2 or not right.known:
            continue
        if right.kind not in {"point", "measure"} or units.unit(right.unit_text) is None:
            continue
        if left.stop + 4 < right.start or not _JOINED.fullmatch(folded, left.stop, right.start):
            continue
        left.kind, left.unit, left.unit_text, left.rule = right.kind, right.unit, right.unit_text, "shared unit"
        item = _ITEM.search(folded, max(0, left.number_start - 4), left.number_start)
        if right.kind == "point" and item is not None and left.ahead is None:
            # 5.4个 at the head of a line was read as item 5 of a list; points have decimals.
            value = parse(folded[item.start() : left.number_stop])
            if value is not None:
                left.number = Number(value, value)
                left.low = left.high = value
                left.start = left.number_start = item.start()


def _discounts(folded: str, drafts: list[Draft]) -> None:
    """6-8折: the first number is in tenths too, as a lone digit before 折 is."""
    for left, right in pairwise(drafts):
        if right.rule != "discount" or left.unit_text or left.kind != "count" or left.number.high >= 10:
            continue
        if right.high >= 10 and _TO.fullmatch(folded, left.stop, right.start):
            left.low, left.high = left.low * 10, left.high * 10


_TO = re.compile(r" ?(?:-{1,2}|~|至|到) ?")
_FROM = re.compile(r"(?:从|由|自)[^，。；]{0,12}\Z")
_BETWEEN = re.compile(r" ?(?:和|与) ?")


def _is_temperature(draft: Draft) -> bool:
    unit = units.unit(draft.unit) if draft.kind == "measure" else None
    return unit is not None and unit.dimension == "temperature"


def _below_zero(folded: str, drafts: list[Draft]) -> list[Draft]:
    """零下5℃至零下3℃, -8~-3℃, 5℃至-3℃: a range in any order, the second below zero; -2%~-1% as well."""
    merged: list[Draft] = drafts[:1]
    for left, right in pairwise(drafts):
        if merged[-1] is left and _spans_cold(folded, left, right):
            low, high = min(left.low, right.low), max(left.high, right.high)
            right.low, right.high, right.bound, right.rule = low, high, "range", "range"
            right.start, right.number_start, right.ahead = left.start, left.number_start, left.ahead
            right.inner = right.behind = None
            right.stop += 2 if folded.startswith("之间", right.stop) else 0
            merged[-1] = right
        else:
            merged.append(right)
    return merged


def _spans_cold(folded: str, left: Draft, right: Draft) -> bool:
    if right.high > 0 or right.ahead is not None or left.behind is not None:
        return False
    if not _is_temperature(right) and not (right.kind == "percent" and left.high < 0):
        return False  # 0.3%至-0.2% may be a fall; a range of rates lies on one side of zero
    if left.low == right.low or left.bound is not None or left.stop + 3 < right.start:
        return False
    if left.unit != right.unit and not (left.unit_text == "" and left.kind == "count" and not left.number.scale):
        return False
    if _TO.fullmatch(folded, left.stop, right.start):
        moved = left.unit_text and _FROM.search(folded, max(0, left.start - 16), left.start)
        return not moved or folded.startswith(("不等", "之间"), right.stop)
    return bool(_BETWEEN.fullmatch(folded, left.stop, right.start)) and folded.startswith("之间", right.stop)


_UNIT_BEFORE = re.compile(r"\d ?(°[CF]|[A-Za-z]{1,4}) ?[-~]\Z")


def behind_unit(folded: str, left: int, unit: str) -> bool:
    """Whether the letters before a hyphen are the same unit of the number before, as in 8°C-|12°C, 3km-|5km."""
    found = _UNIT_BEFORE.search(folded, max(0, left - 8), left)
    known = units.unit(found[1]) if found is not None else None
    return known is not None and known.name == unit


_LEVEL_SIGN = re.compile(r"[为是至到达于] ?-\Z")
_SECOND_SIGN = re.compile(r"(?:\d|[℃%‰度CF]) ?(?:~|-) ?-\Z")


def lone_sign(folded: str, text: str, left: int) -> bool:
    """Whether the stroke that ends at `left` is the sign of a number, as nothing is left for it to join.

    Either another stroke already joins (-8~|-3℃, 5%—|-3%), or a verb of level stands before it (降至–0.2%, 为 -3℃).
    """
    if left < 2:
        return False
    if _LEVEL_SIGN.search(folded, max(0, left - 3), left):
        return True
    if text[left - 1] not in "-－−" or left < 3:
        return False
    return _SECOND_SIGN.search(folded, max(0, left - 5), left) is not None and text[left - 2] not in "-－−"
