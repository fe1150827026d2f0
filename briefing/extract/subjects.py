"""The noun phrase that a number counts: what an analyst would write in the first column of the table.

It stands before the number (新增就业|5700人, 总投资|867亿元) or after it (95个|新开工及续建项目). No word
segmenter is needed: the clause is cut at punctuation and at the neighbouring numbers, then verbs,
adverbs and particles are peeled off its ends (data/subjects.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from briefing.extract.clauses import clauses, fold
from briefing.extract.status import is_threshold
from briefing.model import Quantity
from briefing.spans import Span

_LONG = 24
"""Code points: a longer phrase is cut at its last comma-like break."""
_SHORT = 2
_LINK, _OWN, _FAR = 8, 12, 120
"""Code points: no link is longer than the first, no clause without a noun than the second, no noun is farther off."""
_LISTED = 10
"""Code points: what follows a number and is longer is cut at the first item of its list."""
_MOST_LISTED = 12
"""Numbers that are taken for one list."""
_AMOUNT = re.compile(r"(?:投资|产值|规模|额|收入|资金)$")
_OVER = re.compile(
    "(?:总?投资|产值|收入|营收|规模|签约额|年产|增速|增长|增幅|新(?:签约|引进|招引|落地|开工|投产|建成?|增)|(?<=[一-鿿])(?:在建|续建))$"
)
"""What belongs to the things that a threshold picks out: |投资|5亿元以上项目, |新签约|亿元以上项目."""
_CAUSED = re.compile("(?:带动|拉动|撬动|促进|吸引|完成|投入|争取|筹集|统筹|整合)$")
_BARE = frozenset({"投资", "消费", "社会投资", "社会资本", "民间投资", "就业", "增收", "税收", "资金"})
"""What says too little without the verb that brought it about: |带动|消费13亿元."""
_AMOUNT_OF = re.compile(",(?:计划|预计|合同)?(?:总?投资|总规模|总金额|总面积|建筑面积)$")
_FUND = re.compile(
    r"(?:贴息|无息|低息|信用|小额|创业|担保|超?长期|特别|专项|财政|奖补|产业|政府|引导|惠企|银行|社会|民间|金融|信贷|外商|一般|中央|省级|自筹)*"
    r"(?:资金|补贴|补助|奖励|奖补|资助|贷款|债券|国债|基金|消费券|红包|授信|社会资本|银行贷款|自筹资金)"
    r"|[一-鿿]{2,8}?(?:基金|(?:专项|引导|补贴|奖励|补助|衔接|扶持|发展|奖补|帮扶|配套)资金)"
)
_SPENT = re.compile("(?:安排|(?<!科技|财政|研发|教育|资金|经费|社会)投入|拿出|筹集|统筹|列支|落实|争取)$")
_PURPOSE = re.compile(
    "(?:资金|专项资金)?,?(?!占|对|其中|同比|年均|平均|取得|完成|实现|达到|增长|下降|较|比)(?:主要|专项|重点|全部)?(?:用于)?"
    "((?:支持|改善|建设|实施|改造|奖励|补助|推进|保障|修缮|升级)?[一-鿿“”]{2,12}?)(?=[,。;!?、的和0-9]|$)"
)
"""What money is laid out for: 安排1.3亿元|改善居民供水."""
_CIRCLE = re.compile("[一-鿿]{0,8}(?:圈|行动|计划|工程|通勤)")
_COUNTED_TOO = re.compile("[(（][套份台个户人次间]{1,2}[)）]")
_BECAME = re.compile("(?:大幅|进一步|再)?(?:缩短|压缩|压减|减少|降低|延长|增加|提高|降|升)(?:至|到|为)")
_EACH = re.compile("[,;](?:同比|环比|比上年|较上年|比去年)?分别[^,;0-9]{0,8}$")
"""What stands before a list that tells one thing of each of the numbers before it."""
_DIVISIONS = re.compile("[县市区镇乡村][(（][^()（）]{1,8}[)）]")
_BACK = 4
"""Numbers that are looked back over for what a verb alone leaves out."""
TIMES = frozenset("年月天日周秒") | {"小时", "分钟", "个月", "星期", "季度", "秒钟"}
"""Units of time: what follows such a number is not counted by it."""
_LEVEL = re.compile("(?:[较更][高低快好]的?)?(?:水平|速度|增速|增幅|降幅|幅度|区间|范围|目标|历史)")
"""How high a percentage is, which is no thing that it counts: 3.9%的|较低水平."""
_STATE = re.compile("(?:情况|条件|基础|前提|背景|形势)(?:之?下|上)")
_QUOTED = re.compile("“[^“”]{2,10}”(?=[一-鿿]{2})")
_REACHED = frozenset({"惠及", "受益"})
_GREW = re.compile(
    "(?:[0-9]{1,2}月份?|保持|继续|持续|稳步|不断|进一步|再次?|大幅度?|显著|明显|稳定|快速|平稳|首次|成功|实现)*"
    "(?:增长|增加|提高|提升|上升|扩大|下降|降低|减少|回落|突破|跨越|好转|改善|向好|翻番|新高|加快|收窄)$"
)
"""What a clause without a number says of an indicator whose number the next one gives: 产量继续增长，达到|1.4亿吨."""
_JOINED = ("和美", "和平", "和谐", "和田")
"""Words that begin as what joins two others does."""
_PROPORTION = re.compile("占[^,;]{2,16}的?(?:比重|比例|份额)(?:为|达到?|提高到|提升到|上升到|超过?|约)?$")
_DONE = re.compile("新(?:改扩建|改建|建|增|开工|开|签约|引进|设)|改造|扩建")
_SHARE = re.compile(
    r"占(?!地(?!区|方)|比|用)|(?:超额|提前)?(?:完成|达到?|实现)(?:了|年度|全年|年初|预期|既定)*(?:目标|计划|任务|预算)的?$"
)
_RANKED = re.compile(
    r"保持(?=(?:全[国省市区球]|[东西中]部|世界|同类)$)|蝉联|荣膺|(?:[稳位跃]|排名)?[居列](?!民|车|入|住)|(?:全国|全省|全市|全区|全球|世界)(?=$|同类|[^,]{0,4}$)|跻身|获|荣"
)


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(resources.files("briefing.data").joinpath("subjects.toml").read_text(encoding="utf-8"))
    return {name: re.compile(pattern) for name, pattern in table.items()}


def subjects(sentence: str, quantities: Sequence[Quantity]) -> tuple[Span | None, ...]:
    """One noun phrase, or None, for each of `quantities`, whose spans count in `sentence`.

    A number that has none of its own (…5503亿元、增长5.4%) shares that of the number before it.
    """
    found: list[Span | None] = []
    for order in range(len(quantities)):
        own = _after(sentence, quantities, order) or _before(sentence, quantities, order)
        if own is None:
            if _from_to(sentence, quantities, order):
                found.append(found[-1])
            elif named := _announced(sentence, quantities, order):
                found.append(named)
            else:
                here = quantities[order]
                grown = order > 0 and here.direction != "" and _alike(quantities[order - 1], here)
                times = here.unit in TIMES
                found.append(found[-1] if times and grown else None if times else _last(found, quantities))
        else:
            shown = fold(own.of(sentence))
            if found and _rules()["relative"].match(shown):
                found.append(found[-1])
            elif _rules()["elliptic"].match(shown):
                before = range(order - 1, max(-1, order - 1 - _BACK), -1)
                same = next((found[k] for k in before if _alike(quantities[k], quantities[order])), None)
                found.append(_undone(fold(sentence), same, shown))
            else:
                found.append(_announced(sentence, quantities, order) if _rules()["empty"].match(shown) else own)
    return tuple(_respective(sentence, quantities, found))


def _announced(sentence: str, quantities: Sequence[Quantity], order: int) -> Span | None:
    """The noun of the clause before, if that has no number (产量继续增长，|达到|1.42亿吨); 惠及 alone before people."""
    folded, at = fold(sentence), quantities[order].span.start
    start = quantities[order - 1].span.stop if order else 0
    before, comma, own = folded[start:at].rpartition(",")
    if quantities[order].unit in ("人", "人次", "名", "户") and own[-_SHORT:] in _REACHED:
        return Span(at - _SHORT, at)
    if quantities[order].kind == "money" and (spent := _SPENT.search(folded, max(start, at - 8), at)):
        return Span(*spent.span())
    if not comma or len(own) > _OWN:
        return None
    clause = re.split("[,;。:“]", before)[-1]
    grew = _GREW.search(clause)
    if grew is None or not grew.start():
        return None
    stop = start + len(before) - len(clause) + grew.start()
    return _peeled(folded, Span(stop - grew.start(), stop))


def _undone(folded: str, subject: Span | None, verb: str) -> Span | None:
    """The noun that a verb alone leaves out, without what else was done to it: |新建|农田5万亩，改造提升8万亩."""
    done = _DONE.match(folded, subject.start, subject.stop) if subject is not None else None
    if subject is None or done is None or verb[:1] in ("新", "再", done[0][:1]) or subject.stop - done.end() < _SHORT:
        return subject
    return Span(done.end(), subject.stop)


def _from_to(sentence: str, quantities: Sequence[Quantity], order: int) -> bool:
    """Whether the number is what the one before it became: 由4个小时|缩短至|1.5小时."""
    if order == 0:
        return False
    between = fold(sentence[quantities[order - 1].span.stop : quantities[order].span.start])
    return bool(_BECAME.fullmatch(between))


def _respective(sentence: str, quantities: Sequence[Quantity], found: Sequence[Span | None]) -> list[Span | None]:
    """The subjects with those of a list behind 分别 taken one by one: 甲32人、乙41人，分别增长|5%、|6%."""
    out = list(found)
    for order in range(1, len(quantities)):
        if not _EACH.search(fold(sentence[quantities[order - 1].span.stop : quantities[order].span.start])):
            continue
        last = _last_of_list(fold(sentence), quantities, order, mixed=True)
        size = last - order + 1
        before = out[order - size : order] if 1 < size <= order else []
        if before and len(set(before)) == size and set(out[order : last + 1]) <= {before[-1]}:
            out[order : last + 1] = before
    return out


def _last(found: Sequence[Span | None], quantities: Sequence[Quantity]) -> Span | None:
    """The subject of the last number that is no mere stretch of time."""
    return next((found[k] for k in reversed(range(len(found))) if quantities[k].unit not in TIMES), None)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers count in the same unit, so that they may count the same thing."""
    return (one.kind, one.unit) == (other.kind, other.unit)


def _after(sentence: str, quantities: Sequence[Quantity], order: int) -> Span | None:
    """The noun that follows the number: 95个|新开工及续建项目, 近80%的|县级医院."""
    rules, folded = _rules(), fold(sentence)
    order = _last_of_list(folded, quantities, order)
    quantity = quantities[order]
    start = quantity.span.stop
    if quantity.kind == "count" and (noun := _behind_sum(folded, quantities, order)) is not None:
        return noun
    if named := _DIVISIONS.match(folded, start + folded.startswith("的", start)):
        return Span(*named.span())
    if too := _COUNTED_TOO.match(folded, start):
        start = too.end()
    joined = folded.startswith("的", start)
    ahead = folded[max(0, quantity.span.start - 4) : quantity.span.start]
    if joined and quantity.kind == "money" and _AMOUNT.search(ahead):
        return None
    if joined and not folded.startswith("的目标", start):
        start += 1
    elif quantity.kind == "money" and _FUND.match(folded, start):
        pass
    elif quantity.kind == "money" and (purpose := _PURPOSE.match(folded, start)) and _SPENT.search(ahead):
        return Span(*purpose.span(1))
    elif quantity.unit == "%" and not joined and re.match("[一-鿿]{2}", folded[start : start + 2]):
        ahead = folded[max(0, quantity.span.start - 4) : quantity.span.start]
        if not re.search(
            r"(?:^|[,;。“])$|(?:覆盖|实现|有|带动|惠及|让|使|和|、|解决|满足|保障|占据|贡献了?|提供)$", ahead
        ):
            return None
    elif (
        (quantity.unit in TIMES and not joined and not _CIRCLE.match(folded, start))
        or quantity.kind not in ("count", "measure", "fraction", "soft")
        or quantity.unit in ("%", "百分点", "倍")
    ):
        return None
    if joined and (_STATE.match(folded, start) or (quantity.unit in ("%", "百分点") and _LEVEL.match(folded, start))):
        return None
    if rules["follows"].match(folded[start:]) or is_threshold(sentence, quantity.span):
        return None
    bound = len(folded)
    for other in quantities[order + 1 :]:
        if other.span.start == start and is_threshold(sentence, other.span):
            continue
        bound = other.span.start
        break
    quoted = _QUOTED.match(folded, start, bound)
    shown = f"{folded[: quoted.end() - 1]}名{folded[quoted.end() :]}" if quoted else folded
    closing = rules["closing"].search(shown, quoted.end() if quoted else start + _SHORT, bound)
    stop = closing.start() if closing else bound
    listed = stop - start > _LISTED or (closing is None and bound < len(folded))
    if compared := re.search("、(?:[比较居占]|同比|环比|增长|下降)", folded[start + _SHORT : stop]):
        stop = start + _SHORT + compared.start()
    elif listed and (after := re.search("、[^,;]*?等(?=[一-鿿]{2})", folded[start + _SHORT : stop])):
        start += _SHORT + after.end()
    elif listed and "、" in folded[start + _SHORT : stop]:
        stop = folded.index("、", start + _SHORT)
    return _peeled(folded, Span(start, stop), left=False)


def _behind_sum(folded: str, quantities: Sequence[Quantity], order: int) -> Span | None:
    """The noun that follows a number and the sum of what it counts: 122个，总投资1400亿元的|重大项目."""
    if order + 1 == len(quantities):
        return None
    stop = quantities[order + 1].span.stop
    between = _AMOUNT_OF.fullmatch(folded, quantities[order].span.stop, quantities[order + 1].span.start)
    if between is None or not folded.startswith("的", stop):
        return None
    closing = _rules()["closing"].search(folded, stop + 1 + _SHORT)
    return _peeled(folded, Span(stop + 1, closing.start() if closing else len(folded)), left=False)


def _last_of_list(folded: str, quantities: Sequence[Quantity], order: int, *, mixed: bool = False) -> int:
    """The last of the numbers that are listed from `order` on: 95个、122个|项目 count the same.

    Percentages make no such list, unless `mixed`: what follows them is not counted by all.
    """
    for later in quantities[order + 1 : order + _MOST_LISTED]:
        between = folded[quantities[order].span.stop : later.span.start]
        if between not in ("、", "和", "及", "或", "与") or (later.kind == "percent" and not mixed):
            break
        order += 1
    return order


def _before(sentence: str, quantities: Sequence[Quantity], order: int) -> Span | None:
    """The noun that precedes the number: 城镇新增就业|6790人."""
    rules, quantity, folded = _rules(), quantities[order], fold(sentence)
    clause = next((c for c in clauses(sentence) if c.start <= quantity.span.start < c.stop), Span(0, len(folded)))
    start = clause.start
    for earlier in reversed(quantities[:order]):
        if earlier.span.stop <= start:
            break
        if is_threshold(sentence, earlier.span) and not rules["follows"].match(folded[earlier.span.stop :]):
            start = max(start, earlier.span.start)
            verb = _OVER.search(folded[clause.start : start])
            start -= len(verb.group()) if verb else 0
            return _peeled(folded, Span(start, quantity.span.start), left=False)
        start = earlier.span.stop
        break
    stretch = Span(max(start, quantity.span.start - _FAR), quantity.span.start)
    turn = _RANKED if quantity.kind == "rank" else _SHARE
    share = turn.search(stretch.of(folded))
    whole = share and share.start() >= _SHORT and _PROPORTION.search(stretch.of(folded))
    if whole and len(stretch) <= _LONG:
        share = None  # 研发投入占地区生产总值的比重 is an indicator itself
    if share and share.start() < _SHORT and quantity.kind != "rank":
        return None
    if share and (share.start() >= _SHORT or quantity.kind == "rank"):
        stretch = Span(start, start + share.start())
    openings = [
        m.end()
        for m in rules["opening"].finditer(folded, stretch.start, max(stretch.start, stretch.stop - 1))
        if not (m.group() == "“" and "”" in folded[m.end() : stretch.stop]) and not (m.group() == "占" and not share)
    ]
    for opening in reversed(openings):
        if found := _peeled(folded, Span(opening, stretch.stop)):
            return found
    return _peeled(folded, stretch)


def _peeled(folded: str, span: Span, *, left: bool = True) -> Span | None:
    """`span` without the verbs, adverbs and particles at its ends; None when nothing is left."""
    rules = _rules()
    start, stop = span.start, span.stop
    while start < stop and (match := rules["link"].search(folded, max(start, stop - _LINK), stop)):
        stop = match.start()
    if left and (base := rules["compared"].search(folded, max(start, stop - _FAR), stop)):
        stop = base.start()
        while start < stop and (match := rules["link"].search(folded, max(start, stop - _LINK), stop)):
            stop = match.start()
    start = max(start, stop - _FAR)
    while left and start < stop and (match := rules["lead"].match(folded[start:stop])):
        if stop - start - match.end() < _SHORT:
            break
        start += match.end()
    if folded[start:stop] in _BARE and (caused := _CAUSED.search(folded, max(0, start - _SHORT), start)):
        start = caused.start()
    while start < stop and folded[start] in " 、,“‘”’的及和与" and not folded.startswith(_JOINED, start):
        start += 1
    while start < stop and folded[stop - 1] in " 、,”’“‘(（《":
        stop -= 1
    if "》" in folded[start:stop] and "《" not in folded[start:stop]:
        start = folded.index("》", start, stop) + 1
    if stop - start > _LONG:
        cut = max(folded.rfind(mark, start, stop - _SHORT) for mark in "、的和及")
        start = cut + 1 if cut > start else start
    if "(" in folded[start:stop] and ")" not in folded[start:stop] and folded[stop : stop + 1] == ")":
        stop += 1
    inner = folded[start:stop]
    if "“" in inner and "”" not in inner and folded[stop : stop + 1] == "”":
        stop += 1
    if "”" in inner and "“" not in inner and folded[start - 1 : start] == "“":
        start -= 1
    return Span(start, stop) if stop - start >= _SHORT and re.search(r"\w\w", folded[start:stop]) else None
