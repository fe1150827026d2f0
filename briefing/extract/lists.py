"""What neighbouring numbers share: ranges, one unit for a list, one bound for a 分别, one direction.

All passes go once from left to right over drafts in text order and look only at the characters
between two of them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise

from briefing.extract import hedges
from briefing.extract.drafts import Draft
from briefing.model import Direction
from briefing.numerals.zh import DIGITS, SCALES

_RANGE = re.compile(r" ?(?:-{1,2}|~|至|到|－|—|——|升至|--) ?")
_BETWEEN = re.compile(r" ?(?:和|与|至|到|-|~) ?")
_JOIN = re.compile(r" ?(?:、|和|与|及|以及|或|或者|，|,|/) ?")
_COMMA_JOIN = re.compile(r" ?(?:、|和|与|及|以及) ?")
_FROM = re.compile(r"(?:从|由|自)[^，。；]{0,12}\Z")
_APART = re.compile(r"[\d\s]*")


def settle(folded: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts that count, after all passes."""
    if not drafts:
        return drafts
    drafts = _ranges(folded, drafts)
    _shared_units(folded, drafts)
    drafts = [d for d in drafts if d.known or d.fallback]
    _shared_money(folded, drafts)
    _shared_bounds(folded, drafts)
    _directions(folded, drafts)
    return drafts


def _gap(folded: str, left: Draft, right: Draft) -> str:
    return folded[left.stop : right.start] if right.start - left.stop <= 4 else "\0"


def _scale_of(draft: Draft, folded: str) -> Decimal:
    """The multiplier at the end of the number: 万 of 30万."""
    power = 0
    for character in reversed(folded[draft.number_start : draft.number_stop].replace(" ", "")):
        if character not in "万亿" and not (power == 0 and character in "百千" and not draft.number.chinese):
            break
        power += SCALES[character]
    return Decimal(10) ** power


def _ranges(folded: str, drafts: list[Draft]) -> list[Draft]:
    out: list[Draft] = []
    for right in drafts:
        left = out[-1] if out else None
        if left is not None and right.known and _adjacent(folded, left, right):
            right.low = right.low * left.low / (left.low + 1)
            right.start = left.start
            right.number_start, right.ahead, right.bound = left.number_start, left.ahead, "range"
            out[-1] = right
            continue
        if left is not None and _joins(folded, left, right):
            left_scale = _scale_of(left, folded)
            scale = _scale_of(right, folded)
            low = left.low
            if (
                left.unit_text == ""
                and left_scale == 1
                and scale > 1
                and low * scale < right.high
                and left.kind != "money"
            ):
                low *= scale
            elif right.rule == "tenths" and left.rule != "tenths":
                low *= 10
            if low < right.high and (left.kind, left.unit) != ("rank", "位"):
                left.low, left.high = low, right.high
                left.stop, left.number_stop = right.stop, right.number_stop
                left.kind, left.unit, left.unit_text, left.rule = right.kind, right.unit, right.unit_text, "range"
                left.behind, left.inner, left.known = right.behind, None, right.known
                left.bound = "range"
                if folded.startswith("之间", left.stop):
                    left.stop += 2
                continue
        out.append(right)
    return out


def _adjacent(folded: str, left: Draft, right: Draft) -> bool:
    """二、三百亿: two neighbouring digits before one multiplier are a rough number, as in 二三百亿."""
    first, second = folded[left.number_start : left.number_stop], folded[right.number_start : right.number_stop]
    if len(first) != 1 or len(second) < 2 or second[1] not in SCALES or folded[left.stop : right.start] != "、":
        return False
    low, high = DIGITS.get(first), DIGITS.get(second[0])
    return low is not None and high == low + 1 and not left.unit_text


def _joins(folded: str, left: Draft, right: Draft) -> bool:
    gap = _gap(folded, left, right)
    if gap == "\0" or right.ahead is not None or left.behind is not None or not right.known:
        return False
    if left.bound == "range" or left.kind == "rank" or right.kind == "rank" or left.low >= right.high * 10**8:
        return False
    same = left.unit_text == "" or left.unit == right.unit or right.unit.startswith(left.unit + "/")
    if not same:
        return False
    if _RANGE.fullmatch(gap):
        words = gap.strip()
        if (
            words in {"至", "到", "升至"}
            and _FROM.search(folded, max(0, left.start - 16), left.start)
            and left.unit_text
        ):
            return folded.startswith(("不等", "之间"), right.stop)
        if words == "升至":
            return True
        return not (
            left.unit_text == ""
            and words in {"-", "--"}
            and right.kind == "count"
            and right.unit in {"分", "球", "局", "比", "层"}
        )
    if _BETWEEN.fullmatch(gap):
        return folded.startswith("之间", right.stop) or folded[left.start - 2 : left.start] == "介于"
    return False


def _shared_units(folded: str, drafts: list[Draft]) -> None:
    """20、30和50公里: what has no unit takes that of the next in the list."""
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if left.known or not right.known or left.unit_text or not _JOIN.fullmatch(_gap(folded, left, right)):
            continue
        if right.unit_text == "" or (right.kind in {"rank", "soft"} and not right.number.chinese):
            continue
        if left.number.chinese != right.number.chinese or right.number_start - left.stop > 3:
            continue
        gap = folded[left.stop : right.start].strip()
        if gap in {"，", ",", "/"} or (
            gap == "、"
            and right.rule != "shared unit"
            and left.low == left.low.to_integral_value()
            and _heads_line(folded, left.number_start)
        ):
            continue
        if left.number.chinese and (len(folded[left.number_start : left.number_stop]) > 3):
            continue
        scale = _scale_of(right, folded) if _scale_of(left, folded) == 1 and left.number.low < 10_000 else Decimal(1)
        left.low, left.high = left.low * scale, left.high * scale
        left.kind, left.unit, left.unit_text, left.known, left.rule = (
            right.kind,
            right.unit,
            right.unit_text,
            True,
            "shared unit",
        )
        if right.behind == "at_least" and right.ahead is None:
            left.behind = right.behind
    return


def _shared_money(folded: str, drafts: list[Draft]) -> None:
    """超500亿、1000亿: what is money on one side of a comma is money on the other."""
    for left, right in pairwise(drafts):
        if {left.kind, right.kind} != {"money", "count"} or not _COMMA_JOIN.fullmatch(_gap(folded, left, right)):
            continue
        plain, money = (left, right) if left.kind == "count" else (right, left)
        if plain.unit == plain.unit_text == "" and plain.number.scale in {"万", "亿"} and money.unit_text in {"", "元"}:
            plain.kind, plain.unit, plain.rule = "money", money.unit, "money by context"


def _heads_line(folded: str, at: int) -> bool:
    return not folded[max(0, at - 3) : at].strip(" 　（(") or folded[max(0, at - 1) : at] in tuple("\n。；：")


def _shared_bounds(folded: str, drafts: list[Draft]) -> None:
    """分别达到95%、85%、80%以上: the bound of the last, or of the first, is that of all."""
    index = 0
    while index < len(drafts):
        stop = index + 1
        while (
            stop < len(drafts)
            and drafts[stop].unit == drafts[index].unit
            and _COMMA_JOIN.fullmatch(_gap(folded, drafts[stop - 1], drafts[stop]))
        ):
            stop += 1
        group = drafts[index:stop]
        if len(group) > 1 and "分别" in folded[max(0, group[0].start - 14) : group[0].start + 1]:
            first, last = group[0], group[-1]
            if last.behind is not None and all(d.behind is None and d.ahead is None for d in group[:-1]):
                for d in group[:-1]:
                    d.behind = last.behind
            elif first.ahead is not None and all(d.ahead is None and d.behind is None for d in group[1:]):
                for d in group[1:]:
                    d.ahead = first.ahead
        index = stop


@cache
def _direction_pattern() -> re.Pattern[str]:
    data = hedges.data()["direction"]
    up, down = hedges.alternation(data["up"]), hedges.alternation(data["down"])
    reached, filler = hedges.alternation(data["reached"]), hedges.alternation(data["filler"])
    return re.compile(rf"(?:(?P<up>{up})|(?P<down>{down}))(?P<reached>{reached})?(?:{filler}){{0,3}} ?\Z")


@cache
def _direction_ends() -> frozenset[str]:
    """The last characters of all words of direction: a cheap test before the pattern."""
    return frozenset(word[-1] for words in hedges.data()["direction"].values() for word in words)


@cache
def _compared() -> dict[str, Direction]:
    """Adjectives that tell a direction before a share or a multiple."""
    data = hedges.data()["direction"]
    up: dict[str, Direction] = dict.fromkeys(data["compared_up"], "up")
    return up | dict.fromkeys(data["compared_down"], "down")


_BOTH_WAYS = ("起降", "升降", "涨跌", "增减")
"""Words that end as words of direction do, and tell none: 航班|起降|12万架次."""
_WORKED = re.compile(r"(?:改造|整治|优化|巩固|完善|建设|修缮|治理|质量|绿化|美化)(?:提升|升级|提高|扩大)\Z")
"""Verbs of work on things, whose number says how many or how much of them: |改造提升|8万亩."""
_WITH_OBJECT = ("提升", "提高", "加快", "拓展", "扩大", "延长", "压缩", "升高", "拉升")
"""Before a count these verbs have an object, of which the number is a part."""


def _directions(folded: str, drafts: list[Draft]) -> None:
    pattern, ends = _direction_pattern(), _direction_ends()
    compared = _compared()
    before: Draft | None = None
    for draft in drafts:
        if draft.kind in {"soft", "rank"}:
            continue
        at = draft.start
        last = folded[at - 1 : at] if folded[at - 1 : at] != " " else folded[at - 2 : at - 1]
        found = pattern.search(folded, max(0, at - 12), at) if last in ends else None
        if found is not None:
            if folded[max(0, found.start() - 1) : found.end()].startswith(_BOTH_WAYS):
                continue
            reached = found["reached"] is not None
            if not reached and draft.kind == "count" and found[0].startswith(_WITH_OBJECT):
                continue  # 提升122个品牌的知名度 raises no number
            if not reached and _WORKED.search(folded, max(0, at - 12), found.start() + 2):
                continue  # 改造提升8万亩
            up: Direction = "up_to" if reached else "up"
            down: Direction = "down_to" if reached else "down"
            draft.direction = up if found["up"] else down
        elif draft.kind in {"point", "percent", "multiple"} and last in compared:
            draft.direction = compared[last]
        elif before is not None and before.unit == draft.unit and _COMMA_JOIN.fullmatch(_gap(folded, before, draft)):
            draft.direction = before.direction
        before = draft
