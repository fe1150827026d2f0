"""With what a figure is compared, as the table says it beside the value: 3.5 times (that of 2020).

Left out is what goes without saying, growth on the year before, and what no rule puts into English: a wrong base is
worse than none, and the sentence of the source is one click away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from briefing.check.numbers import compare
from briefing.extract.bases import ONE_OF
from briefing.model import Figure, Translation
from briefing.spans import Span
from briefing.translate.clause_parts import lowered

_YEAR_ON_YEAR = re.compile(
    r"同比|[比较与同和](?:上年|去年|上一年)(?:的?(?:同期|同月|同口径|全年))?(?:的?水平)?(?:相比|比)?"
)
_SHAPE = re.compile(
    r"(?P<lead>[比较与同和]|占[了到]?|高于|快于|高出|超出|多于|优于|低于|慢于|低过|少于)?(?P<core>.+?)"
    r"(?P<same>的?同期|的?同口径)?(?:(?<=[年期月末底初])的?水平)?(?:相比|(?<!占)比)?"
)
_LEADS = {
    "": "of",
    **dict.fromkeys("比较与同和", "compared with"),
    **dict.fromkeys(("高于", "快于", "高出", "超出", "多于"), "above"),
    **dict.fromkeys(("低于", "慢于", "低过", "少于"), "below"),
    "优于": "better than",
    **dict.fromkeys(("占", "占了", "占到"), "of"),
}
_WHOLE = {
    "环比": "on the previous period",
    **dict.fromkeys(("同口径", "按可比口径"), "on a comparable basis"),
    "按可比价格": "at comparable prices",
    **dict.fromkeys(("按不变价", "按不变价格"), "at constant prices"),
}
_CORES = {
    "全国": "the country",
    "全省": "the province",
    "全市": "the city",
    "全区": "the district",
    "全县": "the county",
    "疫情前": "before the pandemic",
    "往年": "previous years",
}
_RATE = re.compile(rf"每(?P<one>{ONE_OF})?每?(?P<time>年|月|天|日|周|季度?|学期)?")
_ONES = {
    **dict.fromkeys("人名位", "per person"), "户": "per household", "亩": "per mu", "家": "each", "吨": "per tonne",
    "辆": "per vehicle", "台": "per unit", "套": "per set", "公里": "per kilometer", "平方米": "per square meter",
    "件": "per item", "村": "per village", "班": "per class", **dict.fromkeys("个座条所项", "each"), "次": "each time",
    "孩": "per child", "例": "per case", "对": "per couple",
}  # fmt: skip
_PERIODS = {
    "年": "per year", "月": "per month", "天": "per day", "日": "per day", "周": "per week", "季": "per quarter",
    "季度": "per quarter", "学期": "per school term",
}  # fmt: skip
_SHARED = re.compile("分别(?P<lead>高于|低于|快于|慢于|高出|超出)[^，。；]*[、和与及]$")
"""What stands before the second of two bases: 分别高于全国、|全省."""
_AGO = re.compile("[0-9一二三四五六七八九十]+年前")
_BY_RULE = ("rule", "glossary", "composed")
_NO_ARTICLE = re.compile(
    r"(?:the|last|next|this|previous) |\d|.*(?:(?<!s)s|expenditure|spending|revenue|income|investment|output|GDP|land"
    r"|consumption|production|trade|employment)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile("(?:previous|beginning|end) ", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")


def core(figure: Figure, text: str) -> Span | None:
    """What of the base of `figure` needs a translation: 2020年末 of 较2020年末; None where nothing does.

    >>> from briefing.model import Quantity
    >>> line = "较2020年末增加8家"
    >>> amount = Quantity(Span(9, 11), "count", None, None, "exact", "家", "")
    >>> core(Figure("f1", Span(0, 11), amount, None, "achieved", None, base=Span(0, 7)), line).of(line)
    '2020年末'
    """
    if figure.base is None:
        return None
    base = figure.base.of(text)
    if base[:1] == "“":
        return Span(figure.base.start + 1, figure.base.stop - 1)
    found = _SHAPE.fullmatch(base)
    if _YEAR_ON_YEAR.fullmatch(base) or base in _WHOLE or _RATE.fullmatch(base):
        return None
    if found is None or found["core"] in _CORES:
        return None
    return Span(*found.span("core")).shift(figure.base.start)


def english(figure: Figure, text: str, known: Mapping[Span, Translation], today: date | None) -> str:
    """The base of `figure` in English, "" where it goes without saying, no rule knows it, or a number would differ."""
    if figure.base is None:
        return ""
    base = figure.base.of(text)
    found = _SHAPE.fullmatch(base)
    if _YEAR_ON_YEAR.fullmatch(base) or found is None:
        return ""
    if base in _WHOLE:
        return _WHOLE[base]
    if base[:1] == "“":
        said = known.get(Span(figure.base.start + 1, figure.base.stop - 1))
        return lowered(said.text) if said is not None and said.engine in _BY_RULE else ""
    if rate := _RATE.fullmatch(base):
        return f"{_ONES.get(rate['one'], '')} {_PERIODS.get(rate['time'], '')}".strip()
    share = figure.quantity.kind in ("percent", "fraction") and (found["lead"] or "占").startswith("占")
    part = "'s total" if share and found["core"] in _CORES else ""
    told = _CORES.get(found["core"], "") + part or _told(core(figure, text), text, known)
    if not told or _HAN.search(told):
        return ""
    same = {"同期": "the same period of ", "同口径": "the comparable figure of "}
    lead = "that of" if not found["lead"] and figure.quantity.kind == "multiple" else _LEADS[found["lead"] or ""]
    if shared := _SHARED.search(text, max(0, figure.base.start - 14), figure.base.start):
        lead = _LEADS[shared["lead"]]
    told = f"{lead} {same.get((found['same'] or '').removeprefix('的'), '')}{told}"
    return told if all(finding.severity == "note" for finding in compare(base, told, today)) else ""


def _told(at: Span | None, text: str, known: Mapping[Span, Translation]) -> str:
    """The English of a core with its article, "" where the model guessed it."""
    made = known.get(at) if at is not None else None
    if at is None or made is None or not made.text:
        return ""
    if made.engine not in _BY_RULE and not _AGO.fullmatch(at.of(text)):
        return ""
    told = lowered(made.text)
    return told if _NO_ARTICLE.match(told) and not _ARTICLE.match(told) else f"the {told}"
