"""With what a number is compared or of what it is a share, and for each of what: 较2020年末增加8家, 占全省的12%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.clauses import fold
from briefing.model import Quantity
from briefing.spans import Span

_TIME = (
    r"(?:上年|去年|前年|今年|上月|上个月|上季度|上半年|[一二三四]季度|前[0-9一二三]季度|年初|(?:19|20)[0-9]{2}年"
    r"|[0-9一二三四五六七八九十]+年前|[0-9]{1,2}月|“?十[一二三四五]五”?|上[届次轮]|节前|疫情前|往年|改革前|上一?[年轮期])"
)
_EDGE = r"(?:同期|同月|同口径|全年|年度|[0-9]{1,2}月[份底末]?|[年月]?[末底初]|期末|期间|时期)*"
_TURN = "增|加|提|高|低|快|慢|下|降|回|减|少|多|上|扩|收|翻|净|缩|压|节|早|晚|实|累|将|预|再|约|近"
ONE_OF = "人|户|名|亩|家|吨|辆|台|套|公里|平方米|件|村|班|个|座|次|孩|位|例|条|所|项|对"
"""Of what a rate may be for each: 每人, 每亩."""
_EACH = rf"每(?:{ONE_OF})?每?(?:年|月|天|日|周|季度?|学期)?"
_PLAN = r"(?:[全年本]年度?|年度|月度|季度|年初|既定|预期|预定|计划|预算|目标|任务|时序|五年|规划|总){1,4}"
_BASE = re.compile(
    r"同比|环比|同口径|按可比(?:口径|价格)|按不变价格?"
    rf"|(?<=完成){_PLAN}(?=的)|(?<=达到){_PLAN}(?=的)"
    rf"|{_EACH}(?=至少[^,;。0-9]{{0,6}}$)|{_EACH}(?=(?:最高|至少|平均)?(?:再?(?:增加|提高|发放|补助|补贴|奖励|给予|资助|收费|降低|减少|下降|涨|增|降)(?:到|至)?)?(?:近|约|超过?)?$)"
    rf"|(?:[比较]|与|同|和){_TIME}的?{_EDGE}(?:水平)?(?:相比|比)?"
    rf"|(?<![可占对反])(?:[比较])(?!例|重|快|为|好|大|多|少|高|低|强)[^,;。0-9“”]{{2,14}}?(?=(?:{_TURN}))"
    r"|(?:高于|低于|快于|慢于|优于|高出|低过|超出|多于|少于)[^,;。0-9]{2,16}?(?=约|近|超过?|$)"
    rf"|(?<=[是为])(?:{_TIME}{_EDGE}|全[国省市区县][^,;。]{{0,6}})(?=的)"
    rf"|(?<=相当于)(?:{_TIME}{_EDGE}|全[国省市区县][^,;。]{{0,6}})(?=的)"
)
_SHARE = re.compile(
    r"占(?!地(?!区|方)|比|用|据|有|道|线|领|位|绝)(?:了|到)?[^,;。“”占]{2,24}?"
    r"(?=(?:的|总量的?|总数的?)?(?:比重|比例|份额)?(?:[已将]?(?:为|达到?|高达|接近|保持在|稳定在|提高到|提升到|上升到|升至)|近|约|超过?|逾|不足)?$)"
)
"""What a number is a share of: 占全市税收的|四成."""
_TWO = re.compile(
    "分别(?P<first>(?:高于|低于|快于|慢于|高出|低出|超出)[^,;。0-9、和与及]{2,8})[、和与及](?P<second>[^,;。0-9、和与及]{2,8})(?:平均水平)?$"
)
_QUOTED = re.compile("(?:项目|企业|工程|单位|事项)(“[^“”，。]{3,10}”)(?=[,;。]|$)")
"""What is to become of things that are named by no more than 项目: 60个项目|“拿地即开工”."""
_BEHIND = re.compile("的?(同比|环比)")
_LISTED = re.compile("(?:[、和及与]|分别|增长|下降|[0-9]){0,3}")
_FAR = 40
"""Code points before a number in which its base stands."""


def bases(sentence: str, quantities: Sequence[Quantity]) -> tuple[Span | None, ...]:
    """The words that say with what each number is compared, None where none do; spans count in `sentence`.

    Numbers in a list (分别增长5%、6%) share those of the first.

    >>> from decimal import Decimal
    >>> line = "产值12亿元，同比增长5%，较2020年末增加8家"
    >>> at = [Span(line.index(n), line.index(n) + len(n)) for n in ("12亿元", "5%", "8家")]
    >>> one = Decimal(1)
    >>> found = bases(line, [Quantity(s, "count", one, one, "exact", "", "") for s in at])
    >>> [span and span.of(line) for span in found]
    [None, '同比', '较2020年末']
    """
    folded = fold(sentence)
    out: list[Span | None] = []
    stop = 0
    for order, quantity in enumerate(quantities):
        if order + 1 < len(quantities) and (apart := _apart(folded, quantities[order], quantities[order + 1])):
            out[order:] = apart
        if len(out) > order:
            stop = quantity.span.stop
            continue
        start = max(stop, quantity.span.start - _FAR)
        between = folded[start : quantity.span.start]
        found = [m for m in _BASE.finditer(folded, start, quantity.span.start) if _reaches(folded, m, quantity.span)]
        behind = _BEHIND.match(folded, quantity.span.stop) or (
            _QUOTED.match(folded, quantity.span.stop) if quantity.kind == "count" else None
        )
        share = _SHARE.search(folded, start, quantity.span.start) if quantity.kind in ("percent", "fraction") else None
        if share:
            out.append(Span(*share.span()))
        elif found:
            out.append(Span(*found[-1].span()))
        elif behind:
            out.append(Span(*behind.span(1)))
        elif out and stop and _LISTED.fullmatch(between):
            out.append(out[-1])
        else:
            out.append(None)
        stop = quantity.span.stop
    return tuple(out)


def _apart(folded: str, one: Quantity, other: Quantity) -> list[Span | None]:
    """The two bases of two numbers: 分别|高于全国|、|全省|0.7个和0.3个百分点; [] where there are no such two."""
    named = _TWO.search(folded, max(0, one.span.start - _FAR), one.span.start)
    if named is None or not re.fullmatch("[、和及与]", folded[one.span.stop : other.span.start]):
        return []
    return [Span(*named.span("first")), Span(*named.span("second"))]


def _reaches(folded: str, match: re.Match[str], at: Span) -> bool:
    """Whether nothing stands between the base and the number but one comma behind 相比."""
    between = folded[match.end() : at.start]
    return not re.search("[;。]", between) and between.count(",") <= (match.group().endswith("相比"))
