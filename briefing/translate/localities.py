"""Villages, quarters, streets and public places that no list knows, by the shape of their names.

孟家庄 is a family and how a village ends; 文庄片区 a name that is no word before a class word; 经三小纬六 a crossing
of a grid of streets, whose numerals stay in the name (Jingsan Xiaoweiliu), as no number is meant. Names stand
in lists before 等…片区 as well. ``data/localities.tsv`` has the class words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources

from briefing.spans import Span, resolve
from briefing.translate.coined import begins, coined, common, loosely_coined, opens, readable
from briefing.translate.names import join, syllable, word

_NUMERALS = "一二三四五六七八九十"
_GRID = re.compile(
    rf"(?<![曾已途历神财])((?:小?[经纬][{_NUMERALS}]{{1,3}}){{2,3}})(?![{_NUMERALS}度])(路|街)?"
    rf"|(?<![曾已途历神财])([经纬][{_NUMERALS}]{{1,3}})([东西南北中]?)(路|街)(?![{_NUMERALS}线径来走过])"
)
_GRID_PART = re.compile(rf"小?[经纬][{_NUMERALS}]+")
_DIRECTION = {"东": "East ", "西": "West ", "南": "South ", "北": "North ", "中": "Middle ", "": ""}
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "石廖贾夏韦付傅邹孟熊秦邱江尹薛闫阎段雷侯龙史陶贺顾毛郝龚邵钱严覃武戴莫孔汤温康施牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷"
    "詹申耿关兰焦俞左柳甘祝尚符舒阮柯纪梅童凌毕单裴霍涂苗谷曲翁骆蓝游辛靳管柴蒙鲍喻祁蒲滕屈解牟艾穆司卓吉缪简车项芦麦褚娄"
    "窦戚岑景党宫费卜冷晏席卫柏宗瞿桂佟臧邬边卞姬师仇栾隋刁沙寇桑郎甄丛仲虞敖巩池查迟邝匡鞠冀郁胥栗燕楚鄢谌奚粟冼蔺闻仝"
    "郜阚花强屠豆廉井巴丰支狄索晋门芮扈晁相逯桃高崖前后上下东西南北大小"
)
_NOT_BEFORE_FAMILY = "国专大人各全百千万哪那这一每两几老新独当回在私居住本自人商厂店农"
_SINGLE = frozenset("路街巷村")
_GOES_ON = {
    "路": "线径子透网况面灯政费程途由桥基标",
    "街": "道区巷坊头舞景镇",
    "村": "强美貌容民级委镇干居两庄落寨史志口里支党医",
    "巷": "道",
    "大街": "小",
    "广场": "舞",
    "港区": "域",
    "大桥": "镇",
    "酒店": "业集式管",
    "饭店": "业",
    "小学": "生教阶",
    "中学": "生教阶",
    "社区": "工",
}
_ORIENTED = re.compile(r"[上下东西南北前后](?:新|马|门|关|城|横|顺)(?=街|路|巷)")
_NOT_A_NAME = re.compile(
    "[制街新老旧大小高中低多双单全各该本此原两三四五六七八九十]$|[铁公道线马环支干岔水网思出套电退活弯山近远绕沿顺言铺来组户边坡一]$|^[各该本此每]"
)
_VILLAGE_END = re.compile("[庄堂营屯寨店沟湾庙桥铺堡集窑坡岭洼坪坝岗台塘滩疃埠甸峪崖浜宅墩]$")
_ORDINARY_BEHIND_PLACES = re.compile("公园|酒店|[小中]学|幼儿园|商厦|码头|隧道|胡同")
_BEHIND_STREET_WORDS = re.compile("[东西南北中]?路|[东西南北大]?街|大道|广场|公园|大桥|立交桥?")
_OPENERS_IN_WORDS = ("将", "同", "对", "经")
"""Words of one syllable that open a name, but begin words too."""
_LIST_HEAD_LIMIT = 10
_MAX_LIST = 80
_CUT = re.compile(r"[，。；：！？\n\s（）()《》“”‘’\"]")
_AND = re.compile(r"(?<=[㐀-鿿]{2})(?:以及|[和与及])(?=[㐀-鿿]{2})")

Name = Callable[[str], str]
"""Gives the English of a place of the gazetteer, "" for what is none."""


def find(text: str, name: Name = lambda zh: "") -> tuple[tuple[Span, str], ...]:
    """The local places named in a text with their English, in order, without overlap.

    >>> [(s.of(t), e) for t in ["改造孟家庄、南红庙和经三小纬六等片区", "拓宽经八东路"] for s, e in find(t)]
    [('孟家庄', 'Mengjiazhuang'), ('南红庙', 'Nanhongmiao'), ('经三小纬六', 'Jingsan Xiaoweiliu'), \
('经八东路', 'Jingba East Road')]
    >>> find("完善道路、社区、公园等设施，已经一路走来")
    ()
    """
    found = [*_grid(text), *_families(text), *_classed(text, name), *_listed(text)]
    return resolve(found, span=lambda item: item[0]) if found else ()


def _grid(text: str) -> Iterator[tuple[Span, str]]:
    """Streets of a grid and their crossings."""
    for match in _GRID.finditer(text):
        if crossing := match[1]:
            english = " ".join(_sound(part) for part in _GRID_PART.findall(crossing))
        else:
            english = f"{_sound(match[3])} {_DIRECTION[match[4]]}".strip()
        kind = match[2] or match[5]
        yield Span(*match.span()), f"{english} {_classes()[kind][0]}" if kind else english


def _sound(zh: str) -> str:
    return join(syllable(char) for char in zh)


def _families(text: str) -> Iterator[tuple[Span, str]]:
    """Villages called after a family, with the class word behind them."""
    for match in _family().finditer(text):
        start, stop = match.span()
        if start and text[start - 1] in _NOT_BEFORE_FAMILY:
            continue
        if match[0][0] in "前后上下东西南北大小" and not begins(text, start):
            continue
        yield _with_class(text, start, stop, word(match[0]))


def _with_class(text: str, start: int, stop: int, english: str) -> tuple[Span, str]:
    """A name with the class word behind it, if there is one that is not cut out of a longer word."""
    behind = _class_pattern().match(text, stop)
    if behind is None or text[behind.end() : behind.end() + 1] in _stops(behind[0]):
        return Span(start, stop), english
    return Span(start, behind.end()), f"{english} {_classes()[behind[0]][0]}"


def _stops(kind: str) -> tuple[str, ...]:
    return tuple(_GOES_ON.get(kind, ""))


def _classed(text: str, name: Name) -> Iterator[tuple[Span, str]]:
    """A name that is no word, a place of the gazetteer or a word that streets are called after, with its class."""
    for match in _class_pattern().finditer(text):
        at, stop = match.span()
        english, kind = _classes()[match[0]]
        if text[stop : stop + 1] in _stops(match[0]):
            continue
        for size in (6, 5, 4, 3, 2):
            start = at - size
            if start < 0 or not (begins(text, start) or any(name(text[max(0, start - n) : start]) for n in (2, 3, 4))):
                continue
            stem = text[start:at]
            if text[start - 1 : start] in _OPENERS_IN_WORDS and common(text[start - 1 : start + 1]):
                continue  # 将军岭隧道
            if text[start - 1 : start] == "“" and text[stop : stop + 1] == "”" and kind == "area":
                break
            cut = any(name(stem[:n]) for n in range(2, size))
            shown = "" if cut or opens(stem) else _stem(stem, match[0], kind, name)
            if shown:
                yield Span(start, stop), f"{shown} {english}"
                break


def _stem(stem: str, behind: str, kind: str, name: Name) -> str:
    """The English of what stands before a class word, "" when it is no name."""
    if len(stem) == 2 and _ORIENTED.match(stem + behind):
        return word(stem)
    if stem in _of_kind("way") and kind == "road":
        return word(stem)
    if behind[-1] in "路街道巷" and stem[-1] in "山江河湖海" and name(stem):
        return word(stem)  # 黄河路 is Huanghe Road
    if _NOT_A_NAME.search(stem):
        return ""
    if kind != "area" and not _ORDINARY_BEHIND_PLACES.fullmatch(behind) and (place := name(stem)):
        return place.removesuffix(" Province")
    if kind != "area" and stem in _of_kind("street") and _BEHIND_STREET_WORDS.fullmatch(behind):
        return word(stem)
    if stem in _of_kind("foreign"):
        return _foreign()[stem]
    if stem in _of_kind("never") or stem[0] in "省市区县镇乡村州" or not coined(stem):
        return ""
    return "" if len(behind) == 1 and common(stem[-1] + behind) else word(stem)


def _listed(text: str) -> Iterator[tuple[Span, str]]:
    """The members of lists that end with 等…片区 and the like, which are names if they are no words."""
    for end in _list_end().finditer(text):
        start = max(0, end.start() - _MAX_LIST)
        cuts = [match.end() for match in _CUT.finditer(text, start, end.start())]
        start = cuts[-1] if cuts else start
        edges = [start - 1, *(i for i in range(start, end.start()) if text[i] == "、"), end.start()]
        pieces = [Span(a + 1, b) for a, b in itertools.pairwise(edges)]
        last = pieces[-1]
        if match := _AND.search(text, last.start, last.stop):
            pieces[-1:] = [Span(last.start, match.start()), Span(match.end(), last.stop)]
        for i, piece in enumerate(pieces):
            first = i == 0
            for at in range(max(piece.start, piece.stop - 4), piece.stop - 1) if first else (piece.start,):
                zh = text[at : piece.stop]
                if _is_name(zh) and not (first and (opens(zh) or not begins(text, at))):
                    yield Span(at, piece.stop), word(zh)
                    break


def _is_name(zh: str) -> bool:
    """Whether a member of a list of villages or quarters is a name."""
    if not 2 <= len(zh) <= 4 or not readable(zh) or _class_pattern().search(zh):
        return False
    return coined(zh) or (loosely_coined(zh) and bool(_VILLAGE_END.search(zh)))


@cache
def _family() -> re.Pattern[str]:
    return re.compile(rf"[{_FAMILY}]家(?:{_any_of(_of_kind('end'))})(?![腔庭族园])")


@cache
def _class_pattern() -> re.Pattern[str]:
    return re.compile(_any_of(_classes()))


@cache
def _list_end() -> re.Pattern[str]:
    limit = rf"[\d{_NUMERALS}余多个一批重点老旧城中村棚户居条处]{{0,{_LIST_HEAD_LIMIT}}}?"
    return re.compile(rf"等{limit}(?:{_any_of(_of_kind('head'))})(?![民级委])")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _classes() -> dict[str, tuple[str, str]]:
    """Class words with their English and kind."""
    return {zh: (english, kind) for zh, english, kind in _rows() if kind in ("road", "site", "area")}


@cache
def _foreign() -> dict[str, str]:
    """Names of streets and hotels that are not Chinese."""
    return {zh: english for zh, english, kind in _rows() if kind == "foreign"}


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row[0] for row in _rows() if row[2] == kind)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = (resources.files("briefing") / "data" / "localities.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((zh, english, kind) for zh, english, kind in rows)
