"""What each number counts: the words of its noun phrase in both languages.

In 县级医院1496家 and 1496家县级医院 it is the hospital, in 1,496 county hospitals too, whatever stands around. Where
these words tell clearly to which number of the English a number of the Chinese belongs, order does not matter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from briefing.check.anchors import Mark, classifiers
from briefing.check.items import Item

_STOP_ZH = re.compile("[，。；、：:！？,;（(“”《]|[和与及并](?!列)")
_OPEN_ZH = re.compile("[，。；、：:！？,;）)“”》]|[和与及并]")
_VERB_ZH = re.compile(
    "(?:新[建设增开]|设立|建成|建立|建设|改造|改建|扩建|修建|完成|实现|发布|获得?|达到?|逮捕|抓获|入驻|落户|带来|引进|参保|发放|开展|"
    "举办|组织|培训|签订|签约|签署|投入|投资|提供|参加|参与|涉及|覆盖|惠及|受益|死亡|受伤|遇难|失踪|获救|开通|开工|竣工|投产|启用|"
    "配备?|选派|派出|评为|入选|认定|培育|创建|打造|实施|推进|出台|制定|修订|废止|审议|处置|应对|破获|查处|办理|受理|接待|发送|运送|"
    "收购|生产|销售|种植|播种|造林|脱贫|搬迁|安置|救助|资助|帮扶|就业|增长|增加|下降|减少|提高|降低|超过|突破|分别|其中|来自|有|是|为|在|占|对)"
)
_RELATIVE = re.compile("来自|从事|参与|涉及|位于|属于|符合|达到|具有|拥有|受|与|被|由|在|营业收入|年")
_END_EN = re.compile(
    r"[,.;:()!?](?=\s|$)|\b(?:and|or|in|for|with|by|to|from|at|on|were|was|are|is|will|have|has|had|be|been|while|per|"
    r"than|as|over|across|under|among|involving|including|covering|out|which|who|that)\b|\""
)
_PAIRED = re.compile(r" [\w-]*[a-rt-z] ")
"""One word that is no plural before an and: 23,000 cultural and artistic performances."""
_LONG_ZH, _LONG_EN = 24, 70
_TAGS_ZH = (
    ("@person", re.compile("[名位人](?!次|口|民|均|才)")),
    ("@line", re.compile("号线")),
    ("@top", re.compile("强")),
    ("@version", re.compile("版")),
    ("@no", re.compile("号(?!线)")),
)
_TAGS_EN = (
    ("@line", re.compile(r"\bline $", re.I)),
    ("@top", re.compile(r"\b(?:top|last) $", re.I)),
    ("@version", re.compile(r"\bversion $", re.I)),
    ("@no", re.compile(r"\bno\. ?$", re.I)),
)
"""What classifiers and labels tell of a number, where no noun does."""
_PEOPLE = frozenset({"peopl", "person", "individual", "staff", "personnel"})


def head_zh(text: str, item: Item, items: Sequence[Item], index: int, marks: Sequence[Mark]) -> frozenset[str]:
    """The keys of what a Chinese number counts: its classifier, and the words of its noun phrase."""
    return noun_zh(text, item, items, index, marks) | _classified(item)


def noun_zh(text: str, item: Item, items: Sequence[Item], index: int, marks: Sequence[Mark]) -> frozenset[str]:
    """The keys of the words that a Chinese number counts: those behind it in its phrase, else those before it."""
    start = item.span.stop
    tags = {tag for tag, pattern in _TAGS_ZH if pattern.match(text, start)}
    if re.search("[名位人]$", item.text):
        tags.add("@person")
    limit = min([start + _LONG_ZH, len(text), *(o.span.start for o in items[index + 1 : index + 2])])
    stop = _STOP_ZH.search(text, start, limit)
    end = stop.start() if stop else limit
    of = text.find("的", start, end)
    found: frozenset[str] = frozenset()
    if of < 0 or of + 2 >= end:  # 40个国家的160名代表
        verb = _VERB_ZH.search(text, start, end if of < 0 else of)
        found = _keys(marks, start, verb.start() if verb else end if of < 0 else of)
    else:
        found = _keys(marks, of + 1, end)
        if not _RELATIVE.match(text, start):
            found |= _keys(marks, start, of)
    if end > start:
        return found | tags
    low = max([item.span.start - _LONG_ZH, 0, *(o.span.stop for o in items[max(0, index - 1) : index])])
    low = min(low, item.span.start)
    opens = [m.end() for m in _OPEN_ZH.finditer(text, low, item.span.start)]
    return _last(marks, opens[-1] if opens else low, item.span.start, text) | tags


_NUMERAL = re.compile("^[第约近超]*[0-9０-９.,，一二两三四五六七八九十百千万亿多余数几]+个?")


def _classified(item: Item) -> frozenset[str]:
    """The keys of the classifier of a Chinese number: 10大类 are categories."""
    return classifiers().get(_NUMERAL.sub("", item.text).removesuffix("以上"), frozenset())


def head_en(text: str, item: Item, items: Sequence[Item], index: int, marks: Sequence[Mark]) -> frozenset[str]:
    """The keys of the words of an English number's noun phrase: 1,496 county hospitals, 19 million mu of wheat."""
    start = item.span.stop
    limit = min([start + _LONG_EN, len(text), *(o.span.start for o in items[index + 1 : index + 2])])
    stop = _END_EN.search(text, start, limit)
    if stop and stop[0] == "and" and _PAIRED.fullmatch(text, start, stop.start()):
        stop = _END_EN.search(text, stop.end(), limit)
    end = stop.start() if stop else limit
    found = _keys(marks, start, max(start, end))
    tags = {tag for tag, pattern in _TAGS_EN if pattern.search(text, max(0, item.span.start - 10), item.span.start)}
    if item.unit == "人" or found & _PEOPLE:
        tags.add("@person")
    return found | tags


def _keys(marks: Sequence[Mark], start: int, stop: int) -> frozenset[str]:
    """The keys of the marks that begin within."""
    out: set[str] = set()
    for mark in marks[bisect_left(marks, start, key=lambda m: m.start) :]:
        if mark.start >= stop:
            break
        if mark.stop <= stop + 4:
            out |= {key for key in mark.keys if key[0] not in ">#="}
    return frozenset(out)


def _last(marks: Sequence[Mark], start: int, stop: int, text: str) -> frozenset[str]:
    """The keys of the last known words before a number, verbs aside: 文艺演出活动 before 开展 … 达2万场."""
    out: set[str] = set()
    edge = 0
    for mark in reversed(marks[: bisect_left(marks, stop, key=lambda m: m.start)]):
        if mark.start < start or (out and mark.stop != edge):
            break
        if mark.stop > stop or _VERB_ZH.fullmatch(text, mark.start, mark.stop):
            continue
        found = {key for key in mark.keys if key[0] not in ">#="}
        if found:
            out |= found
            edge = mark.start
    return frozenset(out)


def verdict(zh: tuple[frozenset[str], frozenset[str]], en: tuple[frozenset[str], frozenset[str]]) -> tuple[int, int]:
    """How many of the two numbers count the same on both sides when paired straight, and when crossed.

    Words that stand beside both numbers of a side tell nothing.
    """
    first, second = zh[0] - zh[1], zh[1] - zh[0]
    left, right = en[0] - en[1], en[1] - en[0]
    straight = bool(first & left) + bool(second & right)
    crossing = bool(first & right) + bool(second & left)
    if any(key[0] == "@" for key in (first & right) | (second & left)):
        crossing = 2
    return straight, crossing
