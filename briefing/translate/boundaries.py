"""Where what looks like the name of a place is cut out of other words.

Chinese has no blanks: 省级以上海洋平台 holds 上海, 医保定点 holds 保定, 近日本市 holds 日本. Each rule of
``data/boundaries.tsv`` names the place, what stands before it and what follows it when it is none. A place that is
missed is left to the engine, one that is invented is wrong in print; so the rules rather refuse.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

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

_WORDS = {
    "counted": _COUNTED,
    "office": _OFFICE,
    "family": _FAMILY,
    "regions": _REGIONS,
    "provinces": _ABBREVIATED,
}


def cut(text: str, start: int, stop: int) -> bool:
    """Whether the name in ``text[start:stop]`` is no place, but made of parts of its neighbours.

    >>> cut("市级以上海洋平台", 3, 5), cut("12日本报讯", 2, 4), cut("落户上海洋山港", 2, 4)
    (True, True, False)
    """
    name = text[start:stop]
    before, after = text[max(0, start - _WINDOW) : start], text[stop : stop + _WINDOW]
    if re.fullmatch(_REGIONS, name) and any(before[-size:] in gazetteer() for size in (2, 3, 4)):
        return before[-2:] not in ("中国", "全国")
    readings = [(name, after)]
    if len(name) > 2 and name.endswith("市"):  # 水运城市群
        readings.append((name[:-1], "市" + after))
    return any(
        place.fullmatch(zh) and left.search(before) and right.match(following)
        for zh, following in readings
        for place, left, right in _rules()
    )


@cache
def _rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """The rules of ``data/boundaries.tsv``: a name, the end of what stands before it, the beginning of what follows."""
    text = (resources.files("briefing") / "data" / "boundaries.tsv").read_text(encoding="utf-8")
    for word, pattern in _WORDS.items():
        text = text.replace("{" + word + "}", pattern)
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((re.compile(place), re.compile(before), re.compile(after)) for place, before, after in rows)
