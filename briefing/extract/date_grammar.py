"""Where Chinese text names a moment, and of which parts the phrase is made: the grammar, without a calendar.

A phrase is found by one of the RULES, each a bounded regular expression with named parts (year, month, day, edge …).
What the parts mean on a calendar is `briefing.extract.dates`; how the phrase reads in English is
`briefing.translate.moments`. Both start from `phrases`, so that a form added here is known to either.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from briefing.model import MomentKind
from briefing.spans import Span, resolve

_WIDE = {0xFF10 + d: 0x30 + d for d in range(10)} | {ord("．"): ".", ord("－"): "-", ord("／"): "/", ord("："): ":"}
_DIGITS = {"〇": 0, "○": 0, "零": 0, "O": 0} | {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}

# One space may stand between a number and its unit: text taken from a page often has it.
_ = r"[ \u3000]?"
_H = "[一二三四五六七八九]"
# No digit is torn from a longer number, nor from a decimal, a score or a ratio.
_LEFT = r"(?<![0-9])(?<![0-9][.,，:/·])"
# After a point a month may stand all the same, as no month has decimals: 8.4月销量增长 is item 8 of a list.
_LISTED = "(?<![0-9])(?<![0-9][,，:/·])"
_Y4 = r"(?:1[0-9]|20|21)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3}"
_MONTH = rf"1[0-2]|0?[1-9](?![0-9])|十[一二]|十|{_H}"
_DAY = rf"[12][0-9]|3[01]|0?[1-9](?![0-9])|二十{_H}?|三十一?|十{_H}?|{_H}"
_DASH = "[-—–―‐‑−~～]{1,2}"
_N = rf"[0-9]{{1,3}}|[二三四五六七八九]?十{_H}?|一百|{_H}|两"
_NO_EDGE = "(?![步级中始心期次具现见高梢线数座气色蕴])"
_EDGE = rf"年底|年末|年终|年初|[底末初]{_NO_EDGE}"
_NEAR = "(?:1[89]|20)[0-9]{2}"
_NO_DAY = "(?![一二三四五六七八九十])"
_NO_HOUR = "(?![候间代段期空长差光尚装点刻数位名建击])"
_NO_SUN = "(?![产元本籍语游内历常子化志程光系韩美]|均(?![收涨跌有为在以])|报(?!道)|夜(?![间晚里]))"
_AGO = r"的?(?:历史|之久|文明)"
# A year without 年 begins a name (2024新华指数): no letter, digit or hedge before it, no unit after it.
_NO_NAME = r"(?<![0-9A-Za-z+—~～-])(?<![0-9][.,，:/·、])(?<![至到第近约超达为共计逾过增少有余破于仅了值额资投])"
_NO_UNIT = (
    "(?![万亿千百十多余元美人个名家户件吨米公平亩辆套台条项次起种倍分年月日号时吉兆瓦度克斤块座所处只头箱班周天秒标毫"
    "立港英欧日韩帕股张份期例宗架艘栋幢间层级岁位本部篇场棵株把支枚颗粒批对双组队排行列点条款页卷册集])"
)
_PARTS = "凌晨|清晨|早上|早晨|早间|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|深夜|晚|早"
_H_RUN = "[零〇○一二三四五六七八九十两]"
_STARTS = (
    "0-9零〇○一二三四五六七八九十两今昨明去前后本这上下当次翌来未接此随过近最头首年月星公第凌清早中正傍晚夜深“‘\"'「"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the calendar: where it is, the rule that found it and its named parts."""

    span: Span
    rule: str
    kind: MomentKind
    parts: Mapping[str, str]

    def number(self, part: str) -> int | None:
        """The part as a number, None where the phrase lacks it."""
        return integer(self.parts[part]) if part in self.parts else None


def integer(numeral: str) -> int:
    """The value of a small numeral as dates use it: digits, 二〇二四, 十二, 三十一, 一百.

    >>> integer("二〇二四"), integer("二十九"), integer("十"), integer("07")
    (2024, 29, 10, 7)
    """
    numeral = numeral.replace(" ", "")
    if numeral.isdecimal():
        return int(numeral)
    if numeral == "一百":
        return 100
    tens, ten, ones = numeral.partition("十")
    if ten:
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    value = 0
    for character in numeral:
        value = value * 10 + _DIGITS[character]
    return value


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """The words of the calendar with their offsets, their English and their guards."""
    return tomllib.loads(files("briefing").joinpath("data", "dates_zh.toml").read_text("utf-8"))


def narrow(text: str) -> str:
    """The text with digits and dashes in their narrow form; no character is added or lost."""
    return text.translate(_WIDE)


def guarded(word: str) -> str:
    """A pattern for `word` where it is a word of its own, not a part of others."""
    guards: dict[str, list[str]] = vocabulary()["guards"]
    before, after = next((guards[w] for w in (word, word[:2]) if w in guards), ["", ""])
    # The word stands first, and what must not precede it is looked at from behind it: a search for a literal is quick.
    letters = "".join(b for b in before.split("|") if len(b) == 1)
    behind = f"(?<![{letters}]{word})" if letters else ""
    behind += "".join(f"(?<!{b}{word})" for b in before.split("|") if len(b) > 1)
    return f"{word}{behind}{f'(?!{after})' if after else ''}"


def _words(section: str) -> str:
    return "|".join(guarded(w) for w in sorted(vocabulary()[section], key=len, reverse=True))


@cache
def rules() -> tuple[tuple[str, MomentKind, re.Pattern[str]], ...]:
    """The grammar: (name, kind, pattern), compiled once. Every repetition is bounded."""
    year = rf"(?:公元{_})?{_LISTED}(?P<year>{_Y4}){_}年度?"
    half = r"(?P<half>[上下])(?:[ \u3000](?<![晚早以线网车马楼之地天乡身][上下] ))?半年"
    quarter = (
        r"(?:第?(?P<quarter>[一二三四1-4])(?:季度|(?<=年第.)季(?!度))(?P<edge>[末初底])?|(?P<first>[前头首])(?P<quarters>[一二两三23])个?季度)"
    )
    month = rf"(?P<month>{_MONTH}){_}月份?"
    tenth = rf"(?P<edge>[上中下]旬|[底末初]{_NO_EDGE})"
    months = rf"(?P<month>{_MONTH})月?份?(?:{_DASH}|[至到])(?P<month2>{_MONTH}){_}月份?"
    # 五六月份: two months one after the other, of which the second alone has its 月.
    both = "|".join(map("".join, pairwise("一二三四五六七八九")))
    adjacent = rf"(?<![第十])(?={both})(?P<month>{_H})(?P<month2>{_H}){_}月(?:份|间|(?![革经饼球亮子光湾坛]))"
    first = rf"[前头首](?P<months>1[0-2]|[1-9]|十[一二]?|{_H}|两){_}(?:个月|月)(?:份)?"
    day = rf"(?P<day>{_DAY}){_}[日号]"
    days = rf"(?P<day>{_DAY}){_}(?:[日号]?{_DASH}|[至到]){_}(?P<day2>{_DAY}){_}[日号]"
    bare_day = rf"(?P<day>[12][0-9]|3[01]|0?[1-9]|二?十{_H}|三十一)"
    clock = _clock()
    bare_clock = rf"(?P<hour>2[0-4]|1[0-9]|0?[0-9])时(?:(?P<minute>[0-5]?[0-9])分)?{_NO_HOUR}"
    separator = "(?P<separator>[-/.])"
    stretch = "|".join(sorted([*vocabulary()["stretch_ahead"], *vocabulary()["stretch_back"]], key=len, reverse=True))
    edges = "|".join(guarded(w) for w in ("年底", "年末", "年终", "年初", "年中", "月底", "月末", "月初"))
    grammar: tuple[tuple[str, MomentKind, str], ...] = (
        ("day", "date", rf"{year}{_}{month}{_}{day}(?:{_}{clock})?"),
        ("days", "period", rf"{year}{_}{month}{_}{days}"),
        ("day", "date", rf"{_LISTED}{month}{_}{day}(?:{_}{clock})?"),
        ("days", "period", rf"{_LEFT}{month}{_}{days}"),
        (
            "iso",
            "date",
            rf"{_LEFT}(?P<year>(?:1[5-9]|20)[0-9]{{2}}){separator}(?P<month>1[0-2]|0?[1-9])(?P=separator)"
            r"(?P<day>[12][0-9]|3[01]|0?[1-9])(?![0-9]|[-/.][0-9])",
        ),
        ("month", "date", rf"{year}{_}{month}{tenth}?{_NO_DAY}"),
        ("month", "date", rf"{_LEFT}(?P<year>[089][0-9])年{_}{month}{tenth}?{_NO_DAY}"),
        ("months", "period", rf"{year}{_}{months}"),
        ("months", "period", rf"{year}{_}{adjacent}"),
        ("months", "period", adjacent),
        ("first-months", "period", rf"{year}{_}{first}"),
        ("half", "period", rf"{year}{_}{half}"),
        ("quarter", "period", rf"{year}{_}{quarter}"),
        ("year-edge", "period", rf"{year}{_}(?P<edge>{_EDGE})"),
        ("year", "year", rf"{year}(?!{_AGO})"),
        ("year", "year", rf"(?<![0-9])(?<![0-9] )(?P<year>(?:1 [89]|2 0) [0-9] [0-9]){_}年度?"),
        (
            "year",
            "year",
            rf"{_LEFT}(?P<year>0[0-9]|(?<![〇零○一二三四五六七八九十百千])[零〇][一二三四五六七八九]){_}年",
        ),
        (
            "years",
            "period",
            rf"{_LEFT}(?P<year>{_Y4}){_}(?:年?{_DASH}|[/至到]){_}(?P<year2>{_Y4}|[0-9]{{2}}(?![0-9])){_}年度?",
        ),
        ("years", "period", rf"{_LEFT}(?P<year>{_NEAR}){_DASH}(?P<year2>{_NEAR})(?=[）)》”\]】])"),
        (
            "year",
            "year",
            rf"(?<=[\u4e00-\u9fff])(?<![至到第近约超达为共计逾过增少有余破于仅了值额资投])(?P<year>{_NEAR})(?=[”》」])",
        ),
        ("year", "year", rf"(?<=[（(])(?P<year>{_NEAR})(?=[）)])"),
        ("year", "year", rf"{_LEFT}(?P<year>{_NEAR})(?=(?:[、,，和及与](?:{_Y4})){{1,6}}年)"),
        ("year", "year", rf"{_NO_NAME}(?P<year>(?:19[5-9]|20[0-4])[0-9])(?=[\u4e00-\u9fff“（]){_NO_UNIT}"),
        ("month", "period", rf"{_LISTED}(?<![两几个每满/前正腊头首]){month}(?:{tenth}|(?![革经])){_NO_DAY}"),
        ("months", "period", rf"{_LISTED}(?<![每满/]){months}"),
        ("first-months", "period", rf"(?<![目之以此当从提空]){first}"),
        ("half", "period", half),
        ("quarter", "period", rf"(?<![0-9每续])(?<!个){quarter}"),
        ("quarters", "period", rf"(?P<quarter>[一二三1-3])(?:季度)?(?:{_DASH}|[至到])(?P<quarter2>[二三四2-4])季度"),
        ("day", "date", rf"{_LEFT}(?<![第每近约满历达超逾]){bare_day}日{_NO_SUN}(?:{_}{clock})?"),
        ("days", "period", rf"{_LEFT}{bare_day}(?:日?{_DASH}|[至到])(?P<day2>[12][0-9]|3[01]|0?[1-9])日{_NO_SUN}"),
        ("clock", "date", rf"{_LEFT}{bare_clock}"),
        ("clock", "date", rf"(?=[凌清早上中正下傍晚夜深]){clock}"),
        ("clock", "date", rf"{_LEFT}(?P<hour>2[0-4]|1[0-9]|0?[0-9])点(?:(?P<halfhour>半)|整|钟)"),
        (
            "named-day",
            "date",
            r"(?<![0-9.+·•分以为是])(?P<month>1[0-2]|[1-9])[·•](?P<day>[12][0-9]|3[01]|[1-9])(?![0-9.·•+%])",
        ),
        (
            "plan",
            "period",
            r"[“‘\"'「]?(?P<plan>十?[一二三四五六七八九]五|十五)[”’\"'」]?(?:规划|计划)?"
            r"(?P<suffix>期间|时期|(?=以来)|期末|初期|前期|中期|后期|末(?!端)|初)",
        ),
        (
            "decade",
            "period",
            rf"(?:(?P<century>[12]?[0-9]|[一二]?十{_H}?|上个?|本){_}世纪{_})?{_LEFT}"
            rf"(?P<decade>[1-9]0|[二三四五六七八九]?十){_}年代(?:(?P<edge>[初末]{_NO_EDGE})期?)?",
        ),
        (
            "century",
            "period",
            rf"(?:公元{_})?{_LEFT}(?P<century>[12]?[0-9]|二?十{_H}?|上个?|本){_}{guarded('世纪')}(?P<edge>[初末]{_NO_EDGE}|中叶)?",
        ),
        (
            "relative",
            "relative",
            rf"(?P<word>{_words('relative')})(?:(?P<edge>[上中下]旬|[底末初]{_NO_EDGE})|内(?![蒙地江外需陆涵部容]))?",
        ),
        ("weekday", "relative", r"(?P<week>[上下本这])(?:周|星期)(?P<weekday>[一二三四五六日天])(?![线边])"),
        ("weekday", "relative", r"星期(?P<weekday>[一二三四五六日天])"),
        ("anchored", "relative", rf"(?P<word>{_words('anchored')})(?P<edge>[底末初]{_NO_EDGE})?"),
        ("edge", "relative", rf"(?P<word>{edges})"),
        ("within", "relative", guarded("年内")),
        ("this-and-next", "relative", "今明(?P<n>[两2])(?P<unit>年|天)"),
        (
            "stretch",
            "relative",
            rf"(?<![目提之以此日年月天从当空面])(?P<lead>{stretch})(?:的|这)?{_}(?P<n>{_N})(?:{_DASH}(?P<n2>{_N}))?{_}"
            r"(?P<unit>年|个?月|周|天)(?![前级龄轻均])(?P<more>多(?![年个元]))?来?间?",
        ),
        (
            "since",
            "relative",
            rf"(?:(?<=[，。；：、！？“”（）,;:!?顾\s\u3000])|(?<![\s\S]))(?P<n>{_N})(?P<more>多年|年多|年)来(?![之到自看临源访华回年宾])",
        ),
    )
    return tuple((name, kind, re.compile(pattern)) for name, kind, pattern in grammar)


def _clock() -> str:
    """A time of day: 18时, 下午1时30分, 上午9:30, 晚8点半."""
    hour = r"2[0-4]|1[0-9]|0?[0-9](?![0-9])|二十[一二三四]?|十[一二三四五六七八九]?|[零一二三四五六七八九两]"
    minute = r"[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]"
    return (
        rf"(?P<part>{_PARTS})?(?P<hour>{hour})"
        rf"(?:[时点](?:(?P<halfhour>半)|(?P<minute>{minute})分)?整?{_NO_HOUR}|:(?P<minutes>[0-5][0-9])(?![0-9:]))"
    )


def phrases(text: str) -> tuple[Phrase, ...]:
    """All phrases of the calendar in `text`, in order and without overlap: the longest wins.

    >>> [(p.span.of("今年前10个月"), p.rule) for p in phrases("今年前10个月")]
    [('今年', 'relative'), ('前10个月', 'first-months')]
    """
    plain = narrow(text)
    return resolve((p for p in _all(plain) if _sane(p, plain)), lambda p: p.span)


@cache
def _openings() -> re.Pattern[str]:
    """Where a phrase may begin: one scan of the text, so that the rules need to be tried in few places."""
    known = vocabulary()
    leads = "|".join((*known["stretch_ahead"], *known["stretch_back"]))
    fixed = "|".join((*known["relative"], *known["anchored"]))
    after_han = f"(?={_H_RUN}{{0,5}}(?:{_}[年月日号时点季世个多]|{_DASH}|[至到期时末初以规计前中后”’\"'」]))"
    return re.compile(
        rf"(?=[{_STARTS}])(?:"
        rf"(?<![0-9])(?:(?:1[0-9]|2[01])[0-9]{{2}}|[12] [089] [0-9] [0-9](?= ?年)"
        rf"|[0-9]{{1,3}}(?={_}(?:[年月日号时点季世个多:·•]|{_DASH}|[至到])))"
        rf"|{_H_RUN}{after_han}"
        rf"|{fixed}|(?:{leads})(?:的|这)?{_}(?=[0-9一二三四五六七八九十两])|[前头首](?={_}[0-9一二三四五六七八九十两])"
        rf"|(?:{_PARTS})(?=[0-9零一二三四五六七八九十两])"
        rf"|[“‘\"'「](?=[一二三四五六七八九十]{{1,3}}五|十五)|年[底末终初中内]|月[底末初]|[上下]{_}半年|公元|星期|[上下本这](?:周|星期|个?{_}世纪)"
        rf"|今明|第(?=[一二三四1-4]季)|本{_}世纪)"
    )


def _all(text: str) -> Iterator[Phrase]:
    for opening in _openings().finditer(text):
        at = opening.start()
        for name, kind, pattern in rules():
            found = pattern.match(text, at)
            if found is not None:
                parts = {k: v for k, v in found.groupdict().items() if v is not None}
                yield Phrase(Span(*found.span()), name, kind, parts)


def _sane(phrase: Phrase, text: str) -> bool:
    """Whether the parts can be what the rule took them for: 2000年 is no year in 距今2000年."""
    start, stop = phrase.span.start, phrase.span.stop
    if phrase.rule == "clock":
        return phrase.parts.get("part") is not None or text[start - 1 : start] != "第"
    if phrase.rule in ("months", "years", "days", "quarters"):
        part = phrase.rule[:-1]
        first, second = phrase.number(part), phrase.number(part + "2")
        return first is not None and second is not None and (first < second or second < 100 <= first)
    if phrase.rule == "year" and text[stop - 1] == "年":
        ahead = text[max(0, start - 3) : start]
        hedge = r"(?:距今|长达|已有|历时|历经|[约近逾超])\Z" if (phrase.number("year") or 0) % 100 == 0 else r"距今\Z"
        return not re.search(hedge, ahead) and not (text[stop : stop + 1] == "来" and ahead[-1:] not in ("自", "从"))
    lead = phrase.parts.get("lead")
    if lead in ("前", "这") and (
        phrase.parts["unit"] != "年" or not (start == 0 or text[start - 1] in "，。；：、！？（“ \n比较与和在从")
    ):
        return False
    if lead == "近" and start > 0 and not re.match(r"[\W在从自对据比较与和及以]", text[start - 1]):
        return False
    if phrase.rule in ("stretch", "since"):
        behind = text[stop : stop + 4]
        return not re.match(
            r"的?(?:历史|之久|时间|新高|新低|最|首|同期|罕见|一遇)|来的?[最首新同罕]|多?个", behind
        ) and not text[max(0, start - 2) : start].endswith(
            ("历时", "长达", "已有", "达", "时隔", "是", "了", "干", "有", "划")
        )
    return True
