"""Districts, counties and towns that no list knows, by shape and by where they stand.

柳林区 at the beginning of a clause, with what is said of a place behind it (今年, 将, 累计, 接待 …), names a district;
生态区, 全区 and 贫困县 name none. What stands before the class word must be no word for a kind of place, and
behind the class word no longer word may begin (县域, 区间). In a text that speaks of other countries only districts
and towns count, as the counties and cities there are not read in pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from briefing.translate.coined import coined, opens, readable
from briefing.translate.gazetteer import gazetteer, table

_BEGINS = (
    r"(?:^|[，。；：！？、（(《\s—]|[\d一二三四五六七八九十][年月日]|[今去明前]年|年[初末底]|目前|日前|近日|近年来|以来|期间|同时|其中|当天"
    r"|(?<![㐀-鿿])[在对与和从到赴向为]|来到|走进|走访|位于|地处|来自|前往|涉及|包括|带动|支持|记者从|采访了|采访|据|(?<=[、县区市镇])[和与及])"
)
_FOLLOWS = (
    r"(?:$|[，。；：、）)！”’\s]|今年|去年|明年|目前|近年|已|将|计划|预计|拟|力争|累计|共|全[区县镇市年]|位于|地处|现有|拥有|新建|建成|新增|投资|投入|完成|实现"
    r"|接待|开通|开工|启动|实施|推进|推动|打造|获评|获批|入选|入围|签约|引进|地区生产|规模|粮食|城乡|农村|旅游|文旅|经济|财政|一般|常住|户籍|居民|户|下辖|总面积"
    r"|委(?!员)|党委|政府|人民|人大|政协|纪委|监委|法院|检察|公安|总工会|妇联|残联|工商联|团委|红十字|武装"
    r"|[㐀-鿿]{2,10}(?:局|办|中心|委员会)|[和与及]|的|在|有|以|把|从|对|按|围绕|聚焦|坚持|依托|通过|于|由|是|为|大力|积极|持续|深入|全面|加快|不断|率先|\d|[㐀-鿿]{2,4}[镇乡村])"
)
_SHAPE = re.compile(rf"{_BEGINS}(?=([㐀-鿿]{{2,3}}[区县镇])(?={_FOLLOWS}))")
_KIND_OF_PLACE = re.compile(
    "[园社景灾城辖片库老新高特校厂院港矿牧农灌街营战战小场产销展赛专防疫展售货住宿舱盲禁郊市县乡地军分跨整整大强名特美旺重穷富多百千万"
    "两几数各全该我本此贵某每余]$|自治|保护|示范|试验|开发|合作|保税|自贸|经开|居住|工业|商务|生态|旅游|贫困|脱贫|边境|民族|农业|牧业|工业|经济|沿海|沿边"
    "|内陆|山区|平原|重点|试点|百强|千亿|百亿|潜力|领跑|先进|后进|直管|生产|启动|起步|核心|功能|服务|办公|候车|休息|等候|行政|学区|大学|中心|专业|特色|小城|历史"
    "|文化|古|老|革命|干旱|地震|受灾|重灾|先行|先导|集聚|聚集|集中|缓冲|封控|管控|风险|禁|观察|体验|展示|无人|棚户|建成|规划|主城|中立|安全|隔离|非军|产粮|产油"
    "|人口|国家|省级|市级|县级|相关|其他|其它|所有|所在|部分|一些|多数|少数|周边|邻近|附近|上述|下列|有关|全国|全省|全市|东部|西部|南部|北部|中部|当地|外地|本地"
    "|建制|中华|乡镇|城镇|市镇|集镇|镇区|文明|美丽|和美|健康|数字|智慧|平安|法治|信用|创新|创业|创建|零碳|低碳"
)
_NO_NAME = re.compile(
    "[的了着过与及或等在于是为被把将从向对让使由以其此这那哪每各该本我你他她它们个家座批项条种类第年月日时分元吨亿千余多几两届号"
    "一二三四五六七八九十给比叫看去来入出到]|[尔伊斯圣迭戈坎莫克拉姆弗诺]"
    "|^(?:实现|典型|移民|消落|促进|提高|健全|加强|统筹|覆盖|召开|巩固|赋能|补齐|筑牢|激发|落实|面对|繁荣|协调|释放|展现|谱写|助推|解决|增进)"
)

_NO_OWN_NAME = frozenset("大小深浅高低东西南北中上下内外沿滨环老新主各全半石水国天近远临")
"""What makes a kind of place of 林区, 山区 and 湖区, not a name: 深山区, 滨湖区."""


def named(text: str) -> Iterator[str]:
    """The divisions of a text that no list knows and that their place in it shows to be some.

    >>> list(named("去年，柳林区接待游客300万人次；丰和县今年将新建学校3所。"))
    ['柳林区', '丰和县']
    >>> list(named("全区将建成3个园区，贫困县今年全部摘帽。"))
    []
    """
    names = dict.fromkeys(match[1] for match in _SHAPE.finditer(text))
    abroad = bool(names) and _abroad(text)
    yield from (name for name in names if _is_name(name, abroad=abroad))


def _is_name(zh: str, *, abroad: bool) -> bool:
    """Whether a string of the shape is a name: its core is no word and no kind of place."""
    core, kind = zh[:-1], zh[-1]
    if zh in gazetteer() or zh in table("generic") or (abroad and kind == "县"):
        return False
    if len(core) == 3 and (core[:2] in gazetteer() or core[1:] + kind in gazetteer()):
        return False  # 河北|邱县, 给|延庆区
    if not readable(core) or opens(core) or _NO_NAME.search(core) or _KIND_OF_PLACE.search(core):
        return False
    if kind == "区" and core[-1] in "林山海湖湾河江" and (len(core) > 2 or core[0] in _NO_OWN_NAME):
        return False
    return coined(core) or (kind != "区" and core not in _terms())


@cache
def _terms() -> frozenset[str]:
    """The terms of the glossary: words, not names."""
    rows = (resources.files("briefing") / "data" / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(row.split("\t", 1)[0] for row in rows if not row.startswith("#"))


@cache
def _countries() -> re.Pattern[str]:
    return re.compile("|".join(name for name in table("country") if name != "中国"))


def _abroad(text: str) -> bool:
    return bool(_countries().search(text))
