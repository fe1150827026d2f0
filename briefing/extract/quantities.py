"""Quantities in Chinese text: amounts, measures, counts, shares, multiples, ranks and set phrases.

One compiled scan finds numerals and steps over idioms and dates; each numeral is then read outwards:
the hedge before it, the unit behind it, the hedge behind that. What neighbours share (a range, a list
with one unit, 分别 … 以上) and the direction of change come last. See docs and DESIGN for the conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from briefing.extract import bare, hedges, lists, marks, negatives, ordinals, shares, unit_phrases, verdicts
from briefing.extract.drafts import Draft, UnitHit
from briefing.extract.quantities_pairs import behind_unit, lone_sign, settle_pairs
from briefing.extract.quantities_words import before_age, begins_longer, is_balance, tier, unit_at
from briefing.model import Bound, Quantity
from briefing.numerals.zh import fold
from briefing.numerals.zh_scan import RUN, Number, read

_HALF = Decimal("0.5")
_MAX_NUMBER = 40


@cache
def _scan() -> re.Pattern[str]:
    words, first = negatives.idioms()
    numerals = "0-9零〇○一壹幺二贰两俩三叁仨四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿兆廿卅几数半对翻首过前头第星周礼大"
    return re.compile(
        rf"(?=[{numerals}{first}hw])(?:(?P<idiom>{words}|(?:https?://|www\\.)[!-~]+)|(?<![\d.])(?:{negatives.DATE})"
        rf"|(?P<numbering>{bare.NUMBERING})"
        r"|(?P<special>翻了?[近超过约]?[一两二三四五六七八九\d]?(?:番|倍(?!增))|对折|首位(?=[，。；、,;\s的]|$)|[五六七八九]旬(?!又|有)|大半|过半(?![百年数个天月小])|一半|半数|半壁"
        rf"|(?:[百佰千仟亿]|[十百千百]?万{{1,2}})分之)|(?P<half>半)|(?<![\d.])(?P<run>{RUN}))"
    )


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text of any length, in order; spans count in `text` as given.

    >>> [(q.span.of(t), str(q.low), q.bound, q.unit) for t in ["引资超300亿元，新签约60个"] for q in quantities(t)]
    [('超300亿元', '30000000000', 'over', '元'), ('60个', '60', 'exact', '个')]
    """
    folded = fold(text)
    drafts = lists.settle(folded, settle_pairs(folded, list(_drafts(folded, text))))
    _speeds(folded, drafts)
    return tuple(d.quantity(d.bound or hedges.combine(d.ahead, d.inner, d.behind)) for d in drafts)


_LENGTHS = frozenset(["公里", "千米"])
_SPEED = re.compile(
    "(?:时速|每小时)(?:可|能|将|已|均|最高|平均|设计|提升|提高|提|上升|降低|降|增|达|到|至|为|有|的|从|由|超|约|近|以|行驶|运行|跑)*$"
)
"""What makes a length the speed of something: 设计时速|350公里."""
_SLOGAN = re.compile("(?:时间|任务|双)$")
"""What is halfway through in 时间过半、任务过半: no share of anything."""
_RAISED = re.compile("(?:的时速)?(?:提高|提升|增加|降低|提速|降)?[到至、和]")
_SPEED_FAR = 12


def _speeds(folded: str, drafts: list[Draft]) -> None:
    """Lengths behind 时速 become speeds, and so does what they are raised to: 时速从80公里提高到|120公里."""
    stop = -1
    for draft in drafts:
        if draft.unit not in _LENGTHS:
            continue
        raised = stop >= 0 and _RAISED.fullmatch(folded, stop, draft.start)
        if raised or _SPEED.search(folded, max(0, draft.start - _SPEED_FAR), draft.start):
            draft.unit = "公里/小时"
            stop = draft.stop
        else:
            stop = -1


def _drafts(folded: str, text: str) -> Iterator[Draft]:
    scan = _scan()
    at = 0
    while (found := scan.search(folded, at)) is not None:
        at = found.end()
        draft: Draft | None = None
        if found["run"] is not None:
            if "万" in found["run"] or "亿" in found["run"]:
                at = before_age(folded, found.start(), at)
            draft = _number(folded, text, found.start(), at)
        elif found["special"] is not None:
            slogan = found["special"] == "过半" and _SLOGAN.search(folded, max(0, at - _SPEED_FAR), found.start())
            draft = None if slogan else shares.special(folded, found.start(), found.end(), _number_at)
        elif found["numbering"] is not None:
            draft = bare.numbering(folded, found.start(), found.end())
        elif found["half"] is not None:
            draft = _half(folded, found.start())
        if draft is not None:
            at = max(at, draft.stop)
            yield draft


_RUN = re.compile(RUN)


def _number_at(folded: str, start: int) -> tuple[Number, int] | None:
    """The number that a run at `start` means, and where it ends."""
    found = _RUN.match(folded, start)
    number = read(found[0]) if found is not None and found.end() - start <= _MAX_NUMBER else None
    return (number, found.end()) if found is not None and number is not None else None


def _number(folded: str, text: str, start: int, stop: int) -> Draft | None:
    if stop - start > _MAX_NUMBER:
        return None
    if folded[start] == "零" and stop - start > 1 and folded[start + 1] != "点":
        start += 1  # 一年零两个月: a joint, not a digit
    number = read(folded[start:stop])
    if number is None or (number.chinese and number.high == 0):
        return None
    if folded.startswith("分之", stop):
        part = shares.fraction(folded, start, number, stop + 2, _number_at)
        return shares.negated(folded, part, start)
    if folded.startswith("又", stop):
        mixed = shares.mixed(folded, start, number, stop + 1, _number_at)
        if mixed is not None:
            return shares.negated(folded, mixed, start)
    if folded.startswith("/", stop):
        slash = shares.slash(folded, start, number, stop + 1)
        if slash is not None:
            return slash
    left = start
    if left and folded[left - 1] == "第":
        label = ordinals.ordinal(folded, left - 1, start, stop, number)
        if label is not None and label.kind == "soft" and begins_longer(folded, label.unit_text, label.stop):
            return None
        return label
    if left and folded[left - 1] in "-、至到和与":
        second = ordinals.following(folded, start, stop, number)
        if second is not None:
            return second
    if left and folded[left - 1] == "前":
        leading = ordinals.leading(folded, left - 1, stop, number)
        if leading is not None:
            return leading
    alone = folded[left - 1] == "-" and lone_sign(folded, text, left)
    sign, left = (True, left - 1) if alone else marks.sign(folded, text, left)
    money, left = marks.currency(folded, left)
    rough, after = _rough(folded, stop, number)
    inner: Bound | None = rough
    hit = None if verdicts.level(folded, after, number) else unit_at(folded, after, number)
    if hit is not None and begins_longer(folded, hit.printed, hit.stop):
        hit = None
    if hit is None and money:
        hit = UnitHit(money, "money", "", after)
    if hit is None:
        share = shares.tenths(folded, start, after, number)
        if share is not None:
            hit, number = share
    if hit is not None and hit.name == "度":
        hit, left = marks.degrees(folded, left, hit)
    if marks.letters(folded, left, hit, number) and not (hit is not None and behind_unit(folded, left, hit.name)):
        return None
    ahead = hedges.before(folded, left, folded[start])
    if ahead is not None and ahead[0] == "over" and is_balance(folded, ahead[1], left):
        ahead = None
    per = marks.per(folded, left)
    if ahead is not None and hit is not None and marks.is_passage(folded, ahead[1], left, hit):
        ahead = None
    if ahead is None and per:
        ahead = hedges.before(folded, left - per, folded[start])
        ahead = ahead if ahead is not None and ahead[0] != "near" else None
    low, high = number.low, number.high
    vague: Bound | None = number.vague or None
    if vague == "range":
        vague = None
    inner = inner or vague
    begin = ahead[1] if ahead is not None else left
    draft = Draft(
        begin, after, start, stop, number, low, high, "count", "", "number", ahead[0] if ahead else None, inner
    )
    if (
        sign
        and folded[left] == "-"
        and left
        and folded[left - 1] > "\u4e00"
        and hit is not None
        and hit.kind == "count"
    ):
        sign = False
    if sign:
        draft.low, draft.high = -high, -low
        if draft.inner == "over":
            draft.inner = "at_most"  # 零下二十多度 is colder than -20
    if hit is None:
        return tier(folded, draft, after) or verdicts.unitless(folded, draft, after)
    draft.unit, draft.kind, draft.unit_text, draft.stop, draft.rule = (
        hit.name,
        hit.kind,
        hit.printed,
        hit.stop,
        hit.rule,
    )
    if hit.inner is not None and draft.inner is None:
        draft.inner = hit.inner
    if hit.times is not None:
        draft.low, draft.high = draft.low * hit.times, draft.high * hit.times
    if hit.plus:
        draft.low, draft.high = draft.low + hit.plus, draft.high + hit.plus
    if money and hit.name == "元":
        draft.unit = money
    behind = hedges.after(folded, draft.stop, hit.extends())
    if behind is not None:
        draft.behind, draft.stop = behind
    return verdicts.judge(folded, draft, hit)


_ROUGH = re.compile(
    r" ?(多(?!元化|媒体|样|边|维|功能|党|民族)|有?余(?!额|姚|杭|下|热|款|个百分)"
    r"|来)"
)


def _rough(folded: str, stop: int, number: Number) -> tuple[Bound | None, int]:
    """多, 余 or 来 right behind the digits."""
    if folded[stop : stop + 1] == "把" and number.bare and unit_phrases.known_at(folded, stop + 1):
        return "about", stop + 1  # 千把人
    found = _ROUGH.match(folded, stop)
    if found is None:
        few = number.low >= 10 and not number.chinese and folded.startswith("几", stop)
        return ("over", stop + 1) if few else (None, stop)
    if found[1] == "来":
        round_number = number.low >= 10 and number.low % 10 == 0 and unit_phrases.known_at(folded, found.end())
        return ("about", found.end()) if round_number else (None, stop)
    if found[1] == "多" and number.low < 10 and not number.scale:
        return None, stop
    return "over", found.end()


_HALF_YEAR = re.compile("[上下] 半年")


def _half(folded: str, start: int) -> Draft | None:
    """半年, 半小时, 近半: a half of a unit, or of the whole."""
    number = Number(_HALF, _HALF, chinese=True)
    stop = start + 1
    if _HALF_YEAR.match(folded, max(0, start - 2)):
        return None  # 上 半年, with the blank that columns leave
    hit = unit_phrases.half_unit(folded, start)
    ahead = hedges.before(folded, start, "半")
    if hit is not None:
        draft = Draft(
            ahead[1] if ahead else start, hit.stop, start, stop, number, _HALF, _HALF, "measure", hit.name, "half"
        )
        draft.ahead, draft.inner = ahead[0] if ahead else None, hit.inner
        behind = hedges.after(folded, draft.stop, True)
        if behind is not None:
            draft.behind, draft.stop = behind
        return draft
    if (
        ahead is None
        or ahead[0] not in {"near", "over"}
        or folded[stop : stop + 1] in tuple("年月日天个小导途路山夜径圈百程挂成边")
    ):
        return None
    return Draft(ahead[1], stop, start, stop, number, _HALF, _HALF, "fraction", "", "half", ahead[0])
