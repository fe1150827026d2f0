"""What stands on a page beside the articles proper: editor's notes, boxes with links, tables, weather, advertisements.

Their words are nobody's in the article, and their figures are not the official's.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_EDGE = r"[^\w]*"


@cache
def _labels(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a line looks that is the label, and one that begins with it."""
    table = tomllib.loads(files("briefing.data").joinpath("sections.toml").read_text(encoding="utf8"))
    words = "|".join(sorted(map(re.escape, table[kind]["labels"]), key=len, reverse=True))
    begin = "|".join(sorted(map(re.escape, table[kind]["begin"]), key=len, reverse=True))
    alone = re.compile(rf"{_EDGE}(?:{words}){_EDGE}$")
    return alone, re.compile(
        rf"{_EDGE}(?:(?:{words})\s*[】\]］：:丨｜|＞>/·\-—]+|(?:{begin})\s+|[【\[［■●▶◎](?:{words})[】\]］■●]?\s*)(?=\w|[“《（])"
    )


def note(line: str) -> str:
    """How an editor's note begins with `line`: "alone" for its label, "inline" where it follows on it, else "".

    >>> note("编者按"), note("核心提示 去年新增学位9000个。"), note("编者按：本报推出专栏。"), note("导读者")
    ('alone', 'inline', 'inline', '')
    """
    return _kind("note", line)


def box(line: str) -> str:
    """How a box begins with `line` that is no part of the article around it: "alone", "inline", else "".

    >>> box("【相关链接】"), box("名词解释：平急两用"), box("广告"), box("链接上下游企业")
    ('alone', 'inline', 'alone', '')
    """
    return _kind("box", line)


_COMMENT = re.compile(r"[^。，：:“”！？]{4,40}(?:点评|短评|寄语|解读|观点|认为|这样说|感言)\s?[：:]")
"""The line that hands over to somebody else: 城市交通专家付敬之点评："""


def _kind(kind: str, line: str) -> str:
    if len(line) < 2:
        return ""
    alone, begins = _labels(kind)
    if (len(line) <= 16 and alone.match(line)) or (kind == "box" and _COMMENT.fullmatch(line)):
        return "alone"
    return "inline" if begins.match(line[:40]) else ""


_CELL = r"[-+−]?[\d,，.]+(?:[%％]|个?百分点|[万亿千百]*[\u4e00-\u9fff㎡]{0,4})?"
_ROW = re.compile(
    rf"[^\s|｜，。；：]{{1,16}}(?:\s*[|｜\t]\s*|\s+)(?:{_CELL}|[-—]{{1,3}}|[增下减上][^\s，。]{{0,6}}\d[^\s，。]{{0,8}})(?:(?:\s*[|｜\t]\s*|\s+)(?:{_CELL}|[-—]{{1,3}}|[^\s，。]{{1,8}})){{0,8}}\s*[|｜]?$"
)
_HEADER = re.compile(r"[^\s|｜，。；：]{1,12}(?:(?:\s*[|｜\t]\s*|\s+)[^\s|｜，。；：]{1,16}){1,8}\s*[|｜]?$")


def is_row(line: str) -> bool:
    """Whether `line` is a row of a table of indicators: a name and one number or more, with blanks between.

    >>> is_row("地区生产总值 612亿元 6.1%"), is_row("今年新开工项目 12个，总投资3亿元。")
    (True, False)
    """
    return len(line) <= 80 and bool(_ROW.match(line))


def is_header(line: str) -> bool:
    """Whether `line` may be the row of column names over a table."""
    return len(line) <= 60 and bool(_HEADER.match(line)) and not re.search(r"\d", line)


_CONTACT = re.compile(
    r"(?:地址|电话|热线|订购|咨询|详询|报名|客服|联系人|微信|官网|网址|乘车路线|营业时间)\s?(?:电话|热线|方式)?\s?[：:]?\s?(?:[\d（(]|\S{2,20}[路街号])|\d{3,4}-\d{7,8}|400-?\d{3}-?\d{4}"
)
_OFFER = re.compile(r"\d+(?:\.\d)?折|满\d+元?[减送]|仅售|特价|限时|优惠价|原价|首付\d|抢购|领取|免费试|扫码")


def is_advertisement(line: str) -> bool:
    """Whether `line` sells something: a discount, or where to call, and no sentence around it.

    >>> is_advertisement("家居城年货节 全场5折起"), is_advertisement("去年，全市发放消费券3亿元。")
    (True, False)
    """
    return len(line) <= 60 and not re.search("[。“]", line) and bool(_CONTACT.search(line) or _OFFER.search(line))
