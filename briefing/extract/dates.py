"""Moments in Chinese text, resolved against the day of the issue and the year the sentence speaks of.

The grammar is in `briefing.extract.date_grammar`; here its phrases are put on a calendar. Ends of periods resolve to
their last day (年底, 二季度末), so that a due date can be compared; stretches (今后五年) to the years that bound them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.extract.date_grammar import Phrase, integer, phrases, vocabulary
from briefing.model import Moment
from briefing.numerals.periods import away, is_day, shifted

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_BY = re.compile("[之以]?前")
_BASE = re.compile(r"[比较同是].{2,8}?年[末底]?(?:的[\d一二三四五六七八九十百约近]|[增提翻上下降减高低])")
_LATE = 11
"""The month from which a paper speaks of next year's."""
_PLANS = {"一五": 1953, "二五": 1958}


@dataclass(slots=True)
class _Context:
    """What a phrase without a year may lean on: the day of the issue, the last year and month of the sentence."""

    today: date | None
    year: int | None = None
    month: int | None = None
    ahead: bool = False
    """Whether the paragraph spoke of next year: at the end of a year, what it names without one is then."""
    before: bool = False
    """Whether the phrase is followed by 前: what is done by then lies ahead."""

    def this_year(self) -> int | None:
        return self.today.year if self.today else None

    def anchor(self) -> int | None:
        return self.year if self.year is not None else self.this_year()


def moments(text: str, today: date | None = None) -> tuple[Moment, ...]:
    """The dates, years, periods and relative dates of `text`, in order and without overlap.

    >>> from datetime import date
    >>> [(m.span.of("去年四季度"), m.iso) for m in moments("去年四季度", date(2024, 1, 15))]
    [('去年', '2023'), ('四季度', '2023-Q4')]
    """
    context = _Context(today)
    found = []
    end = 0
    for phrase in phrases(text):
        if _SENTENCE_END.search(text, end, phrase.span.start):
            context.year = context.month = None
        if "\n" in text[end : phrase.span.start]:
            context.ahead = False
        end = phrase.span.stop
        context.before = _BY.match(text, end) is not None
        spoken = context.year
        found.append(Moment(phrase.span, phrase.kind, _RESOLVERS[phrase.rule](phrase, context)))
        if phrase.rule == "year" and _BASE.match(text, max(0, phrase.span.start - 1)):
            context.year = spoken  # 是2020年的4.2倍 says nothing of the year that is spoken of
        if today is not None and context.year is not None and phrase.rule in ("relative", "year"):
            context.ahead = context.year == today.year + 1
    return tuple(found)


def _year(phrase: Phrase, context: _Context) -> int | None:
    """The year named by the phrase, else the one to lean on; what is named is remembered."""
    year = phrase.number("year")
    if year is None:
        late = context.year is None and context.ahead and context.today is not None and context.today.month >= _LATE
        year = context.anchor()
        return year + 1 if year is not None and late and phrase.rule in ("quarter", "half") else year
    if len(phrase.parts["year"]) == 2:
        year += 2000 if year < 50 else 1900
    context.year = year
    return year


def _day(phrase: Phrase, context: _Context) -> str:
    month, day = phrase.number("month"), phrase.number("day")
    year = _year(phrase, context)
    if month is None:
        month = context.month
        if month is None and context.today is not None:
            month = context.today.month
            if (day or 0) > context.today.day + 7:  # a paper speaks of the days behind it
                month, year = (month - 1, year) if month > 1 else (12, context.today.year - 1)
    elif "year" not in phrase.parts and context.year is None:
        year = _near(month, context)
    if month is None or day is None:
        return ""
    context.month = month
    if year is None or not is_day(year, month, day):
        return ""
    return f"{year:04}-{month:02}-{day:02}{_time(phrase)}"


def _near(month: int, context: _Context) -> int | None:
    """The year of a bare month: that of the issue, but the last one for November and December read in January.

    Read in December, 3月底前 is next year's, and so is any month where next year was spoken of.
    """
    if context.today is None:
        return None
    late = context.today.month >= _LATE and month < context.today.month and (context.ahead or context.before)
    return context.today.year + late - (context.today.month <= 2 and month >= 11)


def _time(phrase: Phrase) -> str:
    """The time of day as T13:30, "" where the phrase has none."""
    hour = phrase.number("hour")
    if hour is None:
        return ""
    part = phrase.parts.get("part", "")
    if hour < 12 and part in ("下午", "傍晚", "晚上", "晚间", "晚", "夜间", "深夜") and hour:
        hour += 12
    if part in ("中午", "正午") and hour < 3:
        hour += 12
    minute = (
        30 if "halfhour" in phrase.parts else integer(phrase.parts.get("minute") or phrase.parts.get("minutes") or "0")
    )
    return f"T{hour:02}:{minute:02}"


def _days(phrase: Phrase, context: _Context) -> str:
    first = _day(phrase, context)
    last = phrase.number("day2")
    if not first or last is None:
        return ""
    year, month = int(first[:4]), int(first[5:7])
    return f"{first}/{first[:8]}{last:02}" if is_day(year, month, last) else ""


def _month(phrase: Phrase, context: _Context) -> str:
    month = phrase.number("month") or 0
    year = _year(phrase, context)
    if "year" not in phrase.parts and context.year is None:
        year = _near(month, context)
    context.month = month
    return "" if year is None else _edge_of_month(year, month, phrase.parts.get("edge", ""))


def _edge_of_month(year: int, month: int, edge: str) -> str:
    iso = f"{year:04}-{month:02}"
    last = calendar.monthrange(year, month)[1]
    match edge:
        case "底" | "末":
            return f"{iso}-{last:02}"
        case "初" | "上旬":
            return f"{iso}-01/{iso}-10"
        case "中旬":
            return f"{iso}-11/{iso}-20"
        case "下旬":
            return f"{iso}-21/{iso}-{last:02}"
    return iso


def _months(phrase: Phrase, context: _Context) -> str:
    year = _year(phrase, context)
    return "" if year is None else f"{year:04}-{phrase.number('month'):02}/{year:04}-{phrase.number('month2'):02}"


def _first_months(phrase: Phrase, context: _Context) -> str:
    year = _year(phrase, context)
    return "" if year is None else f"{year:04}-01/{year:04}-{phrase.number('months'):02}"


def _half(phrase: Phrase, context: _Context) -> str:
    year = _year(phrase, context)
    return "" if year is None else f"{year:04}-H{1 if phrase.parts['half'] == '上' else 2}"


def _quarter(phrase: Phrase, context: _Context) -> str:
    year = _year(phrase, context)
    if year is None:
        return ""
    if "quarters" in phrase.parts:
        return f"{year:04}-01/{year:04}-{3 * integer(phrase.parts['quarters']):02}"
    quarter = integer(phrase.parts["quarter"])
    match phrase.parts.get("edge"):
        case "末" | "底":
            return _edge_of_month(year, 3 * quarter, "底")
        case "初":
            return f"{year:04}-{3 * quarter - 2:02}"
    return f"{year:04}-Q{quarter}"


def _quarters(phrase: Phrase, context: _Context) -> str:
    year = _year(phrase, context)
    first, last = phrase.number("quarter") or 0, phrase.number("quarter2") or 0
    return "" if year is None else f"{year:04}-{3 * first - 2:02}/{year:04}-{3 * last:02}"


def _plain_year(phrase: Phrase, context: _Context) -> str:
    return f"{_year(phrase, context):04}"


def _edge_of_year(year: int, edge: str) -> str:
    match edge[-1:]:
        case "底" | "末" | "终":
            return f"{year:04}-12-31"
        case "初":
            return f"{year:04}-01"
        case "中":
            return f"{year:04}-06"
    return f"{year:04}"


def _year_edge(phrase: Phrase, context: _Context) -> str:
    return _edge_of_year(_year(phrase, context) or 0, phrase.parts["edge"])


def _years(phrase: Phrase, context: _Context) -> str:
    first = _year(phrase, context) or 0
    last = phrase.number("year2") or 0
    if last < 100:
        last += first - first % 100
    context.year = last
    return f"{first:04}/{last:04}"


def _within(phrase: Phrase, context: _Context) -> str:
    year = context.anchor()
    return "" if year is None else f"{year:04}"


def _clock(phrase: Phrase, context: _Context) -> str:
    return _time(phrase)


def _plan(phrase: Phrase, context: _Context) -> str:
    """The years of a five-year plan: the first began in 1953, the third in 1966, and since then there was no gap."""
    first = plan_start(phrase.parts["plan"])
    if phrase.parts["suffix"] in ("末", "期末"):
        return f"{first + 4}-12-31"
    if phrase.parts["suffix"] in ("初", "初期"):
        return f"{first}"
    return f"{first}/{first + 4}"


def plan_number(label: str) -> int:
    """Which five-year plan 十四五 is the short name of.

    >>> plan_number("十四五"), plan_number("十五"), plan_number("八五")
    (14, 10, 8)
    """
    return integer(label[:-1])


def plan_start(label: str) -> int:
    """The first year of a five-year plan.

    >>> plan_start("十四五"), plan_start("一五")
    (2021, 1953)
    """
    return _PLANS.get(label) or 1966 + 5 * (plan_number(label) - 3)


def _decade(phrase: Phrase, context: _Context) -> str:
    decade = integer(phrase.parts["decade"])
    hundreds = _hundreds(phrase.parts.get("century", ""), context)
    if hundreds is None:
        hundreds = 1900 if decade >= 30 else 2000
    first = hundreds + decade
    match phrase.parts.get("edge"):
        case "初":
            return f"{first:04}/{first + 2:04}"
        case "末":
            return f"{first + 7:04}/{first + 9:04}"
    return f"{first:04}/{first + 9:04}"


def _hundreds(century: str, context: _Context) -> int | None:
    if not century:
        return None
    if century[0] in "上本":
        year = context.this_year() or 2000
        return year - year % 100 - (100 if century[0] == "上" else 0)
    return (integer(century) - 1) * 100


def _century(phrase: Phrase, context: _Context) -> str:
    hundreds = _hundreds(phrase.parts["century"], context) or 0
    match phrase.parts.get("edge"):
        case "初":
            return f"{hundreds + 1:04}/{hundreds + 10:04}"
        case "中叶":
            return f"{hundreds + 41:04}/{hundreds + 60:04}"
        case "末":
            return f"{hundreds + 91:04}/{hundreds + 100:04}"
    return f"{hundreds + 1:04}/{hundreds + 100:04}"


def _relative(phrase: Phrase, context: _Context) -> str:
    today = context.today
    if today is None:
        return ""
    unit, offset, _ = vocabulary()["relative"][phrase.parts["word"]]
    edge = phrase.parts.get("edge", "")
    match unit:
        case "year":
            context.year = today.year + offset
            return _edge_of_year(context.year, edge)
        case "month":
            year, month = shifted(today.year, today.month, offset)
            context.year, context.month = year, month
            return _edge_of_month(year, month, edge)
    return away(today, unit, offset)


def _weekday(phrase: Phrase, context: _Context) -> str:
    if context.today is None or "week" not in phrase.parts:
        return ""
    day = "一二三四五六日天".index(phrase.parts["weekday"])
    week = {"上": -1, "下": 1}.get(phrase.parts["week"], 0)
    monday = context.today - timedelta(days=context.today.weekday())
    return f"{monday + timedelta(weeks=week, days=min(day, 6))}"


def _anchored(phrase: Phrase, context: _Context) -> str:
    year = context.anchor()
    offset, _ = vocabulary()["anchored"][phrase.parts["word"]]
    return "" if year is None else _edge_of_year(year + offset, phrase.parts.get("edge", ""))


def _edge(phrase: Phrase, context: _Context) -> str:
    year = context.anchor()
    unit, edge = tuple(phrase.parts["word"])
    if year is None:
        return ""
    if unit == "年" and context.year is None and context.ahead and context.today and context.today.month >= _LATE:
        year += 1
    if unit == "年":
        return _edge_of_year(year, edge)
    month = context.month or (context.today.month if context.today else None)
    return "" if month is None else _edge_of_month(year, month, edge)


def _this_and_next(phrase: Phrase, context: _Context) -> str:
    if context.today is None:
        return ""
    if phrase.parts["unit"] == "年":
        return f"{context.today.year}/{context.today.year + 1}"
    return f"{context.today}/{context.today + timedelta(days=1)}"


def _stretch(phrase: Phrase, context: _Context) -> str:
    """The bounds of 今后五年 or 近三年, at the precision of the unit."""
    today = context.today
    lead = phrase.parts.get("lead", "")
    length = phrase.number("n2") or phrase.number("n")
    if today is None or length is None or ("more" in phrase.parts and "多" in phrase.parts["more"]):
        return ""
    sign = 1 if lead in vocabulary()["stretch_ahead"] else -1
    match phrase.parts.get("unit", "年"):
        case "年":
            ends = sorted((today.year, today.year + sign * length))
            return f"{ends[0]:04}/{ends[1]:04}" if ends[0] > 0 else ""
        case "月" | "个月":
            months = sorted((shifted(today.year, today.month, 0), shifted(today.year, today.month, sign * length)))
            return "/".join(f"{year:04}-{month:02}" for year, month in months)
        case unit:
            days = sorted((today, today + timedelta(days=sign * length * (7 if unit == "周" else 1))))
            return f"{days[0]}/{days[1]}"


_RESOLVERS: dict[str, Callable[[Phrase, _Context], str]] = {
    "day": _day,
    "named-day": _day,
    "iso": _day,
    "days": _days,
    "month": _month,
    "months": _months,
    "first-months": _first_months,
    "half": _half,
    "quarter": _quarter,
    "quarters": _quarters,
    "year": _plain_year,
    "year-edge": _year_edge,
    "years": _years,
    "clock": _clock,
    "plan": _plan,
    "decade": _decade,
    "century": _century,
    "relative": _relative,
    "weekday": _weekday,
    "anchored": _anchored,
    "edge": _edge,
    "within": _within,
    "this-and-next": _this_and_next,
    "stretch": _stretch,
    "since": _stretch,
}
