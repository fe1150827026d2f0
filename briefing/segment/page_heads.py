"""The heads and feet of a page: number, section, day, who made it up, where to call. None of it is an article.

Papers set these in any order and with any marks between; a line is one where each of its parts is of a known kind
and at least one of them can be nothing else. A line of names alone is a byline.
"""

from __future__ import annotations

import re

_LONGEST = 90
_LABELS = 2
"""Parts of no known kind that one line may have: the section, the name of a column."""
_PART = re.compile(r"[^\w.@（）()\-—/]+|—{2,}|(?<!\d)/|/(?!\d)")
_DATE = r"(?:20\d\d\s?年)?\d{1,2}\s?月\d{1,2}\s?日|20\d\d[-./]\d{1,2}[-./]\d{1,2}"
_WEEKDAY = "(?:星期|周)[一二三四五六日天]"
_LUNAR = (
    "(?:农历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][\u4e00-\u9fff]?年)?(?:闰?[正腊冬一二三四五六七八九十]{1,2}月)"
    "(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)"
)
_FIRM = re.compile(
    rf"第?\s?[A-Z]?\d{{1,2}}(?:\s?[-—]\s?\d{{1,2}})?版(?:[\u4e00-\u9fff]{{2,6}})?|第[一二三四五六七八九十]{{1,3}}版|[A-Z]\d{{1,2}}|0\d"
    rf"|(?:{_DATE})?{_WEEKDAY}(?:{_LUNAR})?|20\d\d年\d{{1,2}}月\d{{1,2}}日|20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}|{_LUNAR}"
    r"|总?第\d+期|国内统一(?:连续出版物号|刊号).*|CN\d.*|邮发代号.*"
)
_STAFF = re.compile(
    r"(?:本版|责任|值班|图片|文字|执行|首席)?(?:责编|编辑|美编|校对|校检|检校|版式|组版|排版|制版|视觉|审读|终审|签发|总编|主任|编委|责校|图编|设计|编审|来源|作者|发布)"
    r"(?:[\u4e00-\u9fff]{2,3})?"
)
_CONTACT = re.compile(
    r"(?:24小时|[\u4e00-\u9fff]{2,4})?(?:热线|邮箱|信箱|电话|网址|微信|微博|QQ群?)(?:\d[\d\-]{4,15})?"
)
_NUMBER = re.compile(
    r"[\d\-()（）]{5,16}|[A-Za-z][\w.\-]*@[\w.\-]+|(?:https?|www)\S*|[\w\-]+\.(?:com|cn|net)\S*|\d{1,2}|农历"
)
_WORD = re.compile(r"[\u4e00-\u9fff]{2,8}|[A-Z]{2,}[A-Za-z ]*")
_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}")
_NO_LABEL = re.compile(
    "记者|通讯员|采访|(?<!两会)时间|日期|地点|^访(?!谈)|代表|书记|[市区县镇乡局厅院校]长|主任|增长|达到|完成|新增|实现|建成"
)
"""Words of what is told, and of those who told it."""


def is_page_head(line: str) -> bool:
    """Whether all of `line` is what a page prints over or under its articles.

    >>> is_page_head("第04版：民生周刊 2025年1月20日 星期一"), is_page_head("A04 要闻 责编 韩立 美编 苏晴")
    (True, True)
    >>> is_page_head("2025年1月20日，全市开工项目12个"), is_page_head("12 要闻"), is_page_head("04 访谈")
    (False, False, True)
    """
    if len(line) > _LONGEST or re.search("[。！？；“《%]", line):
        return False
    firm = staff = False
    labels = 0
    for part in filter(None, _PART.split(line.strip("-—_=*()（）[]【】 "))):
        if _FIRM.fullmatch(part) or _CONTACT.fullmatch(part):
            firm, staff = True, False
        elif _STAFF.fullmatch(part):
            staff = True
        elif _NUMBER.fullmatch(part) or (staff and _NAME.fullmatch(part)) or re.fullmatch(_DATE, part):
            continue
        elif _WORD.fullmatch(part) and not _NO_LABEL.search(part):
            labels += 1
            staff = False
        else:
            return False
    return firm and labels <= _LABELS
