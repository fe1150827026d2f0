"""What a bare noun leaves to the words around it: of which projects 总投资 is, whose income grew 分别 by 5.1% and 6.6%.

A table shows each number by itself. A subject that says enough in its sentence (…项目139个，|总投资|867亿元) says too
little there, so that it is given its scope: the subject before it, or its item of the list that the numbers follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.bases import ONE_OF
from briefing.extract.clauses import fold
from briefing.extract.subjects import TIMES
from briefing.model import Quantity
from briefing.spans import Span

_OF_THINGS = re.compile(
    "(?:计划|预计|合同|协议|意向|概算|估算|年度|累计|已?完成)*(?:总投资额?|投资总?额|投资)|(?:总?签约|合同|协议|成交|意向)(?:总?金?额|资金)"
    "|到位资金|总?建筑面积|占地面积|总面积|总里程|总长度?|总装机(?:容量)?|总产值|年产值|预计年产值|总产量|年产量|总保额|总授信额?|授信额度"
)
"""What things that were counted have: a sum of money, an area, a length."""
_OF_ANY = re.compile("总量|总额|总数|总规模|规模|数量|增速|增幅|降幅|占比|比重|均价|均值|总值|增量|存量|人均|户均|亩均")
"""What things and indicators have."""
_PART = re.compile("其中|;|。")
_POT = re.compile(r"(?P<of>全[国省市区县州])$")
_POT_NOUN = re.compile("(?:大?盘子|大盘|总盘子)[里中]?")
_ALL_OF = re.compile("全[国省市区县州](?=..)")
_EACH = re.compile(
    r"分别(?:约?[为达]到?|(?:同比|环比|比(?:上|去)年|较(?:上|去)年)?[,]?"
    r"(?:实际|名义)?(?:增长|增加|提高|提升|上升|上涨|增|升|扩大|下降|降低|减少|回落|下滑|压减|降|减|达到?|完成|实现|为)?(?:了|到|至)?)?$"
)
_VERB = re.compile("(?:增长|增加|提高|提升|上升|上涨|增|升|扩大|下降|降低|减少|回落|下滑|压减|降|减)(?:了|到|至)?$")
_AND = frozenset(["、", "和", "及", "与", ",", "以及"])
_ITEMS = re.compile("[、和与及]|以及")
_WHOLE = re.compile(
    "(?:投资|收入|支出|额|量|值|率|数|价|比重|占比|比例|面积|贷款|存款|税收|利润|浓度|里程|能耗|强度|增速|增幅|余额|规模)$"
)
"""How a noun ends that names an indicator by itself."""
_LEAST = re.compile(
    r"(?P<bound>至少|最少|不少于|不低于|最多|至多|不超过)(?!有可能)[^,;。0-9]{1,6}$"
    r"|(?P<most>最高)(?:(?:可|能)?(?:给予|达|获得?|享受?|补贴|奖励|补助|资助|贷款?|授信|支持)?)$"
)
_GIVEN = re.compile(
    rf"对(?P<what>[^,;。0-9]{{2,20}}?)(?P<each>每(?:{ONE_OF}))"
    r"(?:(?:给予|发放|提供|一次性|最高|再|分别|按|补助|奖励)*?)(?P<noun>奖补|补贴|补助|奖励|资助|贴息)?(?:最高|标准为)?$"
)
"""What is given for each of some: 对|新开航线|每条|最高|补贴|300万元."""
_APIECE = re.compile(rf"(?P<each>每(?:{ONE_OF})每?[年月]?)(?P<noun>[^每]{{2,8}})")
"""每户|补助: for each of whom, and what."""
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """The words that complete one number in a table; all spans count in its sentence."""

    subject: Span | None
    """What is counted, where the list of which it is an item gives it; else as before."""
    scope: Span | None = None
    """Of what the subject is."""
    lead: Span | None = None
    """Words of its value set apart from it: 增长 of 分别增长5%和|6%, 至少 of 至少上门服务|两次."""
    base: Span | None = None
    """The whole of which it is a share, where a figure of speech names it."""


def scopes(sentence: str, quantities: Sequence[Quantity], subjects: Sequence[Span | None]) -> tuple[Scope, ...]:
    """The scope of each of `quantities`, whose `subjects` are known.

    >>> from decimal import Decimal
    >>> line = "重点项目139个，总投资867亿元"
    >>> at = [Span(line.index(n), line.index(n) + len(n)) for n in ("139个", "867亿元")]
    >>> kinds, one = ("count", "money"), Decimal(1)
    >>> numbers = [Quantity(s, kind, one, one, "exact", "", "") for s, kind in zip(at, kinds)]
    >>> found = scopes(line, numbers, [Span(0, 4), Span(9, 12)])
    >>> [one.scope and one.scope.of(line) for one in found]
    [None, '重点项目']
    """
    folded = fold(sentence)
    out = [Scope(subject, lead=_least(folded, q)) for q, subject in zip(quantities, subjects, strict=True)]
    for order, subject in enumerate(subjects):
        if subject is None or quantities[order].unit in TIMES:
            continue
        shown = folded[subject.start : subject.stop]
        if apiece := _APIECE.fullmatch(shown):
            noun, base = Span(*apiece.span("noun")), Span(*apiece.span("each"))
            out[order] = Scope(noun.shift(subject.start), None, out[order].lead, base.shift(subject.start))
            continue
        if _POT_NOUN.fullmatch(shown):
            _pot(folded, quantities, out, order)
        elif order and (_OF_ANY.fullmatch(shown) or _OF_THINGS.fullmatch(shown)):
            before = _owner(folded, quantities, out, order, things=not _OF_ANY.fullmatch(shown))
            out[order] = Scope(subject, before, out[order].lead)
    for order, quantity in enumerate(quantities):
        if quantity.kind == "money" and (given := _GIVEN.search(folded, 0, quantity.span.start)):
            after = out[order].subject
            behind = after if after is not None and after.start >= quantity.span.stop else None
            what: Span | None = Span(*given.span("noun")) if given["noun"] else behind
            lead, each = out[order].lead, Span(*given.span("each"))
            out[order] = Scope(what or out[order].subject, Span(*given.span("what")) if what else None, lead, each)
    shared: dict[Span, list[Scope]] = {}
    for order in range(len(quantities)):
        _each(folded, quantities, out, order, shared)
    return tuple(out)


def _owner(
    folded: str, quantities: Sequence[Quantity], known: Sequence[Scope], order: int, *, things: bool
) -> Span | None:
    """The subject before number `order` whose total, growth or share it is; None where more than one may be."""
    at = quantities[order].span.start
    for k in range(order - 1, -1, -1):
        if _PART.search(folded, quantities[k].span.stop, at):
            return None
        one = known[k]
        if one.subject is None or one.subject == known[order].subject:
            continue
        shown = folded[one.subject.start : one.subject.stop]
        if _OF_ANY.fullmatch(shown) or _OF_THINGS.fullmatch(shown):
            if one.scope is not None:
                return one.scope
            continue
        clause = re.split("[,;。]", folded[: quantities[k].span.start])[-1]
        if "其中" in clause:
            return None  # 其中先进制造业项目41个，总投资520亿元: of the part or of the whole
        return one.subject if not things or quantities[k].kind == "count" else None
    return None


def _pot(folded: str, quantities: Sequence[Quantity], out: list[Scope], order: int) -> None:
    """在全省1.24万亿元的大盘子里占一成: the indicator before, of the whole province, and the share in it."""
    before = next((s.subject for s in reversed(out[:order]) if s.subject is not None), None)
    place = _POT.search(folded, max(0, quantities[order].span.start - 4), quantities[order].span.start)
    if before is None:
        return
    if place is None:
        scope = next((s.scope for s in reversed(out[:order]) if s.scope and s.subject), None)
        earlier = _POT.search(folded, 0, quantities[order - 1].span.start) if order else None
        base = Span(*earlier.span()) if earlier and quantities[order].kind in ("percent", "fraction") else None
        longer = (s.subject for s in reversed(out[: order - 1]) if s.subject and s.subject.contains(before))
        whole = next(longer, before)
        out[order] = Scope(whole, None if base else scope, base=base)
        return
    inner = _ALL_OF.match(folded, before.start, before.stop)
    out[order] = Scope(Span(inner.end() if inner else before.start, before.stop), Span(*place.span("of")))


def _each(
    folded: str, quantities: Sequence[Quantity], out: list[Scope], order: int, shared: dict[Span, list[Scope]]
) -> None:
    """甲和乙产量分别增长|8%|和|3%: the item of the list for each number, and the verb for those behind the first.

    A further list of as many (占全省的|12%|和|5%) goes by the items in `shared`.
    """
    subject = out[order].subject
    verb = _VERB.search(folded, max(0, quantities[order].span.start - 8), quantities[order].span.start)
    each = _EACH.search(folded, 0, quantities[order].span.start)
    if not each and subject not in shared and not verb:
        return
    last = order
    while (
        last + 1 < len(quantities)
        and folded[quantities[last].span.stop : quantities[last + 1].span.start] in _AND
        and quantities[last + 1].kind == quantities[order].kind
    ):
        last += 1
    run = range(order, last + 1)
    if len(run) == 1 or subject is None:
        return
    same = all(out[k].subject == subject for k in run)
    parts = [] if not same else _parts(folded, subject, len(run)) if each else shared.get(subject, [])
    for n, k in enumerate(run):
        mine = parts[n] if len(parts) == len(run) else out[k]
        lead = Span(*verb.span()) if verb and k > order else out[k].lead
        out[k] = Scope(mine.subject, mine.scope, lead)
    if parts:
        shared[subject] = parts


def _parts(folded: str, subject: Span, count: int) -> list[Scope]:
    """The items of a list of `count` subjects with what they share (城镇|、农村|居民收入); [] where it is none."""
    cuts = [m.span() for m in _ITEMS.finditer(folded, subject.start, subject.stop)]
    if len(cuts) != count - 1:
        return []
    starts, stops = [subject.start, *(b for _, b in cuts)], [*(a for a, _ in cuts), subject.stop]
    items = [Span(a, b) for a, b in zip(starts, stops, strict=True)]
    if any(len(item) < _KEPT or folded[item.start] == "第" for item in items):
        return []
    first, last = folded[items[0].start : items[0].stop], items[-1]
    if _WHOLE.search(first):
        return [Scope(item) for item in items]
    tail = next((n for n in range(len(first), 1, -1) if first[-n:] in folded[last.start : last.stop]), 0)
    if tail >= _KEPT and all(folded[item.start : item.stop].endswith(first[-tail:]) for item in items):
        return [Scope(item) for item in items]
    if tail >= _KEPT and tail < len(first):
        cut = folded.index(first[-tail:], last.start, last.stop) + tail
    elif len({len(item) for item in items[:-1]}) == 1 and _WHOLE.search(folded, last.start, last.stop):
        cut = last.start + len(items[0])
    else:
        return []
    if last.stop - cut < _KEPT or not _WHOLE.search(folded[cut : last.stop]):
        return []
    head = Span(cut, last.stop)
    return [Scope(head, item) for item in [*items[:-1], Span(last.start, cut)]]


def _least(folded: str, quantity: Quantity) -> Span | None:
    """至少 before the verb of a number that no hedge of its own bounds: 每月|至少|上门服务两次."""
    if quantity.bound != "exact" or quantity.kind not in ("count", "measure", "money"):
        return None
    found = _LEAST.search(folded, max(0, quantity.span.start - 12), quantity.span.start)
    return Span(*found.span("bound" if found["bound"] else "most")) if found else None
