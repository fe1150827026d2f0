"""How far a date reaches: 去年9月开工，目前已完成投资12亿元 says nothing of what was done in September."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Moment

_NOW = re.compile(r"目前|现[已有在]|至今|迄今|如今|当前|眼下")
_WIDER = re.compile(r"全年|[。！？]”")
"""The whole year, or another sentence: only a year reaches over it."""
_DONE = re.compile(
    "[底末]?(?:前|以前|竣工|完工|建成|开工|动工|通车|投[产用运]|启动|交付|通过(?:评审|验收|审)|办结|完成(?=；)|开[园业馆])"
)
"""What is done at a time: it says nothing of what stands behind the next semicolon."""
_FEATURE = re.compile(
    r"，(?:线路|项目|工程|主线|一期|二期)?(?:全长|总长|总?造价|总投资|占地|总?建筑面积|总面积|设计|规划|累计|已)[^；]*$"
)
"""What something is like, whenever it was begun: 去年10月动工，全长10.7公里."""
_BY = re.compile("[底末]?(?:之|以)?前")
_MADE = re.compile("(?:[底末]?[之以]?前)?(?:建厂|建校|建成|成立|创办|创建|始建|开业|投产)的")
"""What tells only how old a thing is: 1958年建厂的钢厂, 2000年底前建成的小区."""
_YEAR = re.compile(r"\d{4}$")
_WORD = re.compile("[今去明前上本]年")
"""A year where the day of the issue is not known."""


def reaching(text: str, moments: Sequence[Moment], at: int) -> Moment | None:
    """The last of `moments` (sorted, all before `at`) in whose reach the code point `at` lies; None if none does.

    >>> from briefing.spans import Span
    >>> text = "去年9月开工，目前已完成投资12亿元"
    >>> reaching(text, [Moment(Span(0, 4), "period", "2024-09")], 13) is None
    True
    >>> text = "今年上半年新增3条，全年达到9条"
    >>> both = [Moment(Span(0, 2), "relative", "2025"), Moment(Span(2, 5), "relative", "2025-H1")]
    >>> reaching(text, both, 14).iso
    '2025'
    """
    event = -1
    for moment in reversed(moments):
        if moment.span.stop == event:  # 去年 of 去年10月动工 is gone with its month
            continue
        between = text[moment.span.stop : at]
        if _NOW.search(between):
            return None
        if _MADE.match(between):
            continue
        year = _YEAR.match(moment.iso) or (not moment.iso and _WORD.fullmatch(moment.span.of(text)))
        feature = _FEATURE.search(between) and not _BY.match(between)
        done = ("；" in between or feature) and _DONE.match(between)
        if done and (feature or "；" in between) and not (year and "；" not in between):
            event = moment.span.start
        elif year or not (done or _WIDER.search(between)):
            return moment
    return None
