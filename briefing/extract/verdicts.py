"""Whether a Chinese number with what stands around it is a quantity, a set phrase or nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from briefing.extract import bare, hedges
from briefing.extract.drafts import Draft, UnitHit
from briefing.extract.negatives import vocabulary
from briefing.extract.unit_phrases import END
from briefing.numerals.zh_scan import Number, read

_OPEN = "“‘「『《\"'"
_CLOSE = "”’」』》\"'"
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
"""Formal digits that alone are parts of names (大陆, 队伍) unless they count money."""
_PLACES = frozenset(["县", "市", "省", "镇", "村", "乡", "国", "城", "强", "县区", "省份"])
_MEASURED = re.compile(
    r"(?:历时|时隔|相隔|阔别|跨度|为期|长达|延长|任期|期限|用时|有效期|缩短|工期|持续|徒刑|刑期|耗时|已有|仅用|只用|用了|走过|超过|满|至少|不少于|保质期|免费|质保|每隔|提前)[^，。；]{0,3}\Z"
)
_LABEL = re.compile(r"(?:今后|未来|过去|近|最近|这|前|后|头|下|上|此后|接下来|[上下前后]一?个)的?\Z")
_GDP = re.compile(r"(?:GDP|国内生产|地区生产|工业增加值|产值能|产值耗|生产总值|增加值能)")
_LONG = frozenset(
    [
        "公里",
        "平方米",
        "平方公里",
        "立方米",
        "分钟",
        "刻钟",
        "小时",
        "昼夜",
        "公斤",
        "千克",
        "公顷",
        "千米",
        "厘米",
        "毫米",
        "摄氏度",
        "千瓦时",
        "千瓦",
        "兆瓦",
        "个月",
        "海里",
        "英里",
        "英尺",
        "吨",
        "亩",
        "米",
        "斤",
        "毫升",
        "毫克",
        "秒",
        "度电",
        "盎司",
        "克拉",
        "光年",
        "季度",
        "岁",
        "美元",
        "欧元",
        "英镑",
        "日元",
        "港元",
        "韩元",
        "美分",
        "倍",
        "%",
        "百分点",
    ]
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
        and number.vague in {"", "range"}
        and draft.inner is None
        and not _MEASURED.search(folded, max(0, draft.start - 6), draft.start)
    ):
        draft.ahead, draft.start, draft.kind, draft.rule = None, draft.start + 1, "soft", "recent period"
        return draft
    if hit.name == "年" and "." in run and 1900 < Decimal(run.rpartition(".")[2]) < 2100:
        return None  # 8.2025年: item 8 of a list
    if printed == "版" and ("." in run or 1900 < number.low < 2100):
        return None
    if number.chinese:
        if run in _FORMAL and hit.kind not in {"money", "percent"}:
            return None
        if (
            run == "一"
            and hit.rule != "tenths"
            and not _one_counts(folded, hit)
            and not (hedged and hit.kind == "measure" and hit.name in {"周", "天", "年", "个月"})
            and not (hit.name in {"人", "名"} and bare.is_casualty(folded, hit.stop))
        ):
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
            and draft.low > 0
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
            and not (hit.name == "年" and _is_lapse(folded, draft, hit))
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
    if printed == "条" and folded[draft.stop : draft.stop + 1] in tuple(_CLOSE) and not hedged:
        draft.kind = "soft"  # “科技新政20条” is what a paper of rules is called
    if printed == "件" and re.compile("事[：:]").match(folded, draft.stop):
        draft.kind = "soft"  # 先干三件事：
    if printed in words.soft:
        shaken = hit.name == "级" and re.compile(r"(?:以上)?(?:左右)?的?(?:强|大|余|阵|台)?[地余震风]").match(
            folded, draft.stop
        )
        if not shaken and not (printed in {"期", "轮", "批"} and not number.chinese and number.low > 20):
            draft.kind = "soft"
    if (
        hit.kind in {"count", "measure"}
        and words.soft_followed.match(folded, draft.stop)
        and (hit.name in {"个", "条", "项", "次"} or (hit.name == "年" and _PLAN.match(folded, draft.stop)))
        and not hedged
    ):
        draft.kind = "soft"
    if hit.name == "年" and _LABEL.search(folded, max(0, draft.start - 4), draft.start) and draft.behind is None:
        draft.kind = "soft"
    if not number.chinese and hit.kind == "count" and not number.scale and number.low != number.low.to_integral_value():
        return _item_number(folded, draft, hit)
    return draft


_PLAN = re.compile(
    r"翻|(?:提升|改造|成型|跨越|攻坚|大变样|上台阶)[”’、]|[\u4e00-\u9fff]{0,2}?(?:行动|义务|计划|规划|环节|攻坚|方案|会议|战略|目标|任务|纲要|制)"
)
_SPAN_OF = re.compile(r"来(?!访)|间(?!隔)|期间|以来|级|[的是]|[，、。；：]|$|[”》]")


def _is_lapse(folded: str, draft: Draft, hit: UnitHit) -> bool:
    """Whether a few years are how long something takes (历时三年, 两年平均), not a label (三年行动, 五年来)."""
    if _AND_MONTHS.match(folded, hit.stop) or _MEASURED.search(folded, max(0, draft.start - 6), draft.start):
        return True
    return draft.low > 1 and not _PLAN.match(folded, hit.stop) and not _SPAN_OF.match(folded, hit.stop)


_AND_MONTHS = re.compile(r"零?[一二三四五六七八九十两\d]{1,3}个半?月")


def _one_counts(folded: str, hit: UnitHit) -> bool:
    """一 counts before a true measure (一吨, 一小时), and is an article before a classifier."""
    if hit.inner is not None or hit.plus is not None:
        return hit.kind != "count"
    if hit.name == "年" and _AND_MONTHS.match(folded, hit.stop):
        return True
    return hit.kind != "count" and hit.name in _LONG


def _bare_counts(folded: str, draft: Draft, hit: UnitHit, before: str, hedged: bool) -> bool:
    """百, 千, 万, 亿 without a digit: an amount before money and measures, else only when hedged."""
    if before == "每" or (hit.kind == "money" and _GDP.match(folded, draft.stop)):
        return False
    if hit.name in _PLACES:
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
    if len(folded[draft.number_stop : draft.number_stop + 4].strip()) < 4:
        return draft  # 3.8人 by itself, as a table prints it
    whole, _, rest = run.partition(".")
    if len(whole) > 2 or not rest or rest[0] == "0" or draft.ahead is not None:
        return draft
    number = read(rest)
    if number is None:
        return None
    draft.number, draft.low, draft.high = number, number.low, number.high
    draft.number_start = draft.start = at + len(whole) + 1
    return draft


_LEVEL = re.compile(
    r"元?级(?!别)(?:以上)?|(?=(?:产业|企业|集群|园区|强?[县镇村]|县[域区]|俱乐部|大?项目|平台|板块|量级)"
    r"(?!们|[工农]人|大军|职工|员工|退休|家(?![族园])|用户|人口))"
)
_SET = re.compile(r"大(?![批量部分多幅小学寒暑伯关概约致力道楼桥厦街学军陆连会使师爷妈叔气哥姐年爱众佛夫兴洋坝运])")
_STOP_MONEY = re.compile(
    r"(?:以上|左右|以下|以内)?(?:[，。；、！？：）)”」,;!? \n\t]|$"
    r"|的(?:投|资|规|目|大|总|产|市|债|订|订单|营|资金|贷)"
    r"|人民币|产业(?![工农]人|大军|人口)|投资|规模|市场|债|资金|市值|贷款|产值)"
)
_MILESTONE = re.compile(r"(?:大关|台阶|新台阶|门槛|俱乐部|能级)")
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
    ) or (run in {"十", "百"} and folded.startswith("大", after) and _SET.match(folded, after)):
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
        if number.scale == "亿" and _MILESTONE.match(folded, after):
            draft.kind, draft.unit, draft.rule = "money", "元", "milestone"
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
        and END.match(folded, after)
    ):
        return draft
    if not number.chinese and "," in run and len(run) > 4 and before not in ",":
        return draft
    draft.known = False
    if number.chinese:
        draft.fallback = (number.vague == "range" and number.scale != "") or (
            len(run) == 1 and folded[after : after + 1] in tuple("死伤")
        )
    else:
        draft.fallback = bare.counts(folded, draft.number_start, draft.number_stop, number)
    if draft.fallback and folded[after : after + 1] in _NUMBER_TAIL:
        draft.fallback = False
    return draft


_NUMBER_TAIL = tuple("十百千万亿几多余来")
"""A number that stops before one of these was not read whole."""


def _money_context(folded: str, start: int) -> bool:
    window = folded[max(0, start - 12) : start]
    for mark in "。；\n":
        window = window.rpartition(mark)[2]
    return any(word in window for word in hedges.data()["money_context"]["words"])
