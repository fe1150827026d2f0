"""Where what looks like the name of a place is cut out of other words.

Chinese has no blanks: 省级以上海洋平台 holds 上海, 医保定点 holds 保定, 近日本市 holds 日本. Each rule names the place,
what stands before it and what follows it when it is none. A place that is missed is left to the engine, one
that is invented is wrong in print; so the rules rather refuse.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.translate.gazetteer import gazetteer

_WINDOW = 8
_COUNTED = (
    "[\\d%％〇零一二三四五六七八九十百千万亿两级成倍个家项元吨岁年人名户米亩度件套台艘座条处次天月分种类只位所株公里顷]"
    "|规模|水平|标准"
)
_OFFICE = "(?:[长书]记?|主任|主席|委员|代表|记者|教授|院士|经理|总裁|同志|专家|员)\\s*"
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付傅方白邹孟熊秦邱尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃"
)
_REGIONS = "东北|西北|西南"
_ABBREVIATED = "闽赣滇豫鲁川皖湘桂粤苏浙晋冀辽吉黑黔藏陕甘疆青鄂琼沪津京渝蒙宁陇"
_RULES: tuple[tuple[str, str, str], ...] = (
    # (the place, the end of what stands before it, the beginning of what follows it)
    ("上海", rf"(?:{_COUNTED})[以之]$", "(?![为市港浦])"),
    ("上海", "", "洋(?![山泾])"),
    ("日本", r"[\d〇一二三四五六七八九十近今昨当即次翌同每]$", "[市省区县报台院校届次轮项年月周刊网社版站州]"),
    ("日本", r"\d$", ""),
    ("[万千百亿两十].*", r"(?<!20\d)[\d〇零一二三四五六七八九十百千万两数几余多]$", ""),
    ("[一二三四五六七八九].*", "[〇零一二三四五六七八九十百千万]$", ""),
    (_REGIONS, f"[省市县区州海城镇村湖山洋江河东西南北{_ABBREVIATED}]$", ""),
    (_REGIONS, "", "[侧方向风坡麓缘端郊片]|角|边(?![陲境疆])|太平洋|大西洋|印度洋|面(?!积)"),
    ("[东南西北渤黄]海", "[以向往]$", "域"),
    ("东海|南海", "", "北|西北|东北|上空?以"),
    ("河源", "[江河渭泾洛淮黄长汉辽沙]$", ""),
    ("河内", "(?<![在到赴抵离开问达往访于驻从由])[㐀-鿿]$", ""),
    (".*[㐀-鿿]城", "", "中村"),
    ("保定", "[医社环]$", "[点期额]"),
    ("运城", "[亚奥残大青全]$", "市"),
    ("浮山县", "罗$", ""),
    ("达州|兰州", "[里兰利]$", ""),
    ("[㐀-鿿]{2}", "", "[垸圩塬]"),
    ("中东", "", "[欧部]"),
    ("[㐀-鿿]{2}", f"{_OFFICE}[{_FAMILY}]$", r"[\s，、。：:（(说在表介]|$"),
    (".*港口区", "", "域"),
    ("眉山", "峨$", ""),
    ("华山", "九$", ""),
    ("佛山", "[金玉大仙]$", ""),
    (f"(?!陕西)[{_ABBREVIATED}][东西南北中]", "", "[东西南北]"),
    ("渝西", "", "高铁|高速|铁路"),
    ("西南", "城$", ""),
)


def cut(text: str, start: int, stop: int) -> bool:
    """Whether the name in ``text[start:stop]`` is no place, but made of parts of its neighbours.

    >>> cut("市级以上海洋平台", 3, 5), cut("12日本报讯", 2, 4), cut("落户上海洋山港", 2, 4)
    (True, True, False)
    """
    name = text[start:stop]
    before, after = text[max(0, start - _WINDOW) : start], text[stop : stop + _WINDOW]
    if re.fullmatch(_REGIONS, name) and any(before[-size:] in gazetteer() for size in (2, 3, 4)):
        return before[-2:] not in ("中国", "全国")
    return any(place.fullmatch(name) and left.search(before) and right.match(after) for place, left, right in _rules())


@cache
def _rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(place), re.compile(before), re.compile(after)) for place, before, after in _RULES)
