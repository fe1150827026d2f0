"""Moments in English text, resolved as those of the Chinese side are, so that the two can be compared by value.

Written against English alone: nothing here knows how the rules of translation word a date. One pass from left to right
puts the phrases of `briefing.numerals.en_date_grammar` on a calendar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from briefing.model import Moment, MomentKind
from briefing.numerals.en_date_grammar import Phrase, phrases, vocabulary
from briefing.numerals.periods import away, is_day, shifted

_SENTENCE_END = re.compile(
    r"(?<![A-Z0-9])(?<!p\.m)(?<!a\.m)(?<!Jan)(?<!Feb)(?<!Mar)(?<!Apr)(?<!Jun)(?<!Jul)(?<!Aug)(?<!Sep)(?<!Sept)(?<!Oct)"
    r"(?<!Nov)(?<!Dec)[.!?][\"”’)]?\s|\n"
)
_LINK = re.compile(r",? (?:of |in |for |during )?(?:the year |the whole of |all of )?|, ?|-")


@dataclass(slots=True)
class _Context:
    today: date | None
    year: int | None = None
    month: int | None = None
    ahead: int | None = None
    """The year that stands right behind the phrase: the first quarter of last year."""
    month_ahead: int | None = None

    def anchor(self) -> int | None:
        if self.ahead is not None:
            return self.ahead
        return self.year if self.year is not None else self.today.year if self.today else None


def moments(text: str, today: date | None = None) -> tuple[Moment, ...]:
    """The dates, years, periods and relative dates of English `text`, in order and without overlap.

    >>> from datetime import date
    >>> [m.iso for m in moments("By the end of June, up 5% on the first half of last year.", date(2024, 1, 15))]
    ['2024-06-30', '2023-H1', '2023']
    """
    context = _Context(today)
    found: list[Moment] = []
    end = 0
    listed = phrases(text)
    for phrase, following in zip_longest(listed, listed[1:]):
        if _SENTENCE_END.search(text, end, phrase.span.start):
            context.year = context.month = None
        end = phrase.span.stop
        context.ahead = context.month_ahead = None
        if following is not None and _LINK.fullmatch(text, end, following.span.start):
            context.ahead, context.month_ahead = _own(following, today)
        kind: MomentKind = "date" if phrase.rule == "month" and "year" in phrase.parts else phrase.kind
        found.append(Moment(phrase.span, kind, _RESOLVERS[phrase.rule](_since(phrase, text), context)))
    return tuple(found)


def _since(phrase: Phrase, text: str) -> Mapping[str, str]:
    """The parts; without the edge of "since the beginning of this year", which is 今年以来 and means the year."""
    edge = phrase.parts.get("edge", "").lower()
    if edge.removeprefix("the ").startswith(("beginning", "start")) and text.endswith("ince ", 0, phrase.span.start):
        return {k: v for k, v in phrase.parts.items() if k != "edge"}
    return phrase.parts


def _own(phrase: Phrase, today: date | None) -> tuple[int | None, int | None]:
    """The year and month that a phrase names by itself, as this year, last month or 2024."""
    if phrase.rule == "year":
        return int(phrase.parts["year"]), None
    if phrase.rule == "relative" and "edge" not in phrase.parts and today is not None:
        unit, offset = vocabulary()["relative"][phrase.parts["word"].lower()]
        if unit == "year":
            return today.year + int(offset), None
        if unit == "month":
            return shifted(today.year, today.month, int(offset))
    return None, None


def _number(word: str) -> int:
    word = word.lower()
    words = vocabulary()
    if word in words["numbers"]:
        return int(words["numbers"][word])
    if word in words["ordinals"]:
        return int(words["ordinals"][word])
    return int(re.sub(r"\D", "", word))


def _month_number(name: str) -> int:
    return int(vocabulary()["months"][name.lower().rstrip(".")])


def _year_of(parts: Mapping[str, str], context: _Context) -> int | None:
    if "year" in parts:
        context.year = int(parts["year"])
        return context.year
    return context.anchor()


def _year_of_month(parts: Mapping[str, str], month: int, context: _Context) -> int | None:
    if "year" in parts or context.year is not None or context.ahead is not None or context.today is None:
        return _year_of(parts, context)
    return context.today.year - (context.today.month <= 2 and month >= 11)


def _time(parts: Mapping[str, str]) -> str:
    if "hour" not in parts:
        return ""
    hour = int(parts["hour"])
    half = parts.get("half", "")
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return f"T{hour:02}:{int(parts.get('minute') or parts.get('minutes') or 0):02}"


def _day(parts: Mapping[str, str], context: _Context) -> str:
    month = int(parts["month"]) if parts["month"].isdecimal() else _month_number(parts["month"])
    day = int(parts["day"])
    year = _year_of_month(parts, month, context)
    context.month = month
    if year is None or not is_day(year, month, day):
        return ""
    return f"{year:04}-{month:02}-{day:02}{_time(parts)}"


def _nth_day(parts: Mapping[str, str], context: _Context) -> str:
    day = int(parts["day"])
    year, month = context.anchor(), context.month_ahead or context.month
    if month is None:
        if context.today is None:
            return ""
        month = context.today.month
        if day > context.today.day + 7:
            month, year = (month - 1, year) if month > 1 else (12, context.today.year - 1)
        context.month = month
    return f"{year:04}-{month:02}-{day:02}{_time(parts)}" if year is not None and is_day(year, month, day) else ""


def _days(parts: Mapping[str, str], context: _Context) -> str:
    first = _day(parts, context) if "month" in parts else _nth_day(parts, context)
    last = int(parts["day2"])
    return f"{first}/{first[:8]}{last:02}" if first and is_day(int(first[:4]), int(first[5:7]), last) else ""


def _month(parts: Mapping[str, str], context: _Context) -> str:
    month = _month_number(parts["month"])
    year = _year_of_month(parts, month, context)
    if "which" in parts and "year" not in parts and context.today is not None:
        which, this = parts["which"].lower(), context.today.month
        year = context.today.year - (which == "last" and month >= this) + (which == "next" and month <= this)
    context.month = month
    return "" if year is None else _edge_of_month(year, month, parts.get("edge", ""))


def _edge_of_month(year: int, month: int, edge: str) -> str:
    iso = f"{year:04}-{month:02}"
    last = calendar.monthrange(year, month)[1]
    edge = edge.lower().removeprefix("the ")
    if edge.startswith(("end", "close")):
        return f"{iso}-{last:02}"
    if edge.startswith(("early", "beginning", "start", "first ten")):
        return f"{iso}-01/{iso}-10"
    if edge.startswith(("mid", "middle")):
        return f"{iso}-11/{iso}-20"
    if edge.startswith(("late", "last ten")):
        return f"{iso}-21/{iso}-{last:02}"
    return iso


def _months(parts: Mapping[str, str], context: _Context) -> str:
    first, last = _month_number(parts["month"]), _month_number(parts["month2"])
    year = _year_of(parts, context)
    return "" if year is None else f"{year:04}-{first:02}/{year:04}-{last:02}"


def _first_months(parts: Mapping[str, str], context: _Context) -> str:
    year = _year_of(parts, context)
    return "" if year is None else f"{year:04}-01/{year:04}-{_number(parts.get('n', '1')):02}"


def _first_quarters(parts: Mapping[str, str], context: _Context) -> str:
    year = _year_of(parts, context)
    return "" if year is None else f"{year:04}-01/{year:04}-{3 * _number(parts['n']):02}"


def _quarter(parts: Mapping[str, str], context: _Context) -> str:
    year = _year_of(parts, context)
    if year is None:
        return ""
    quarter = _number(parts.get("quarter") or parts.get("q") or parts["q2"])
    edge = parts.get("edge", "")
    if edge == "end":
        return _edge_of_month(year, 3 * quarter, "end")
    return f"{year:04}-{3 * quarter - 2:02}" if edge else f"{year:04}-Q{quarter}"


def _quarters(parts: Mapping[str, str], context: _Context) -> str:
    year = _year_of(parts, context)
    first, last = _number(parts["quarter"]), _number(parts["quarter2"])
    return "" if year is None else f"{year:04}-{3 * first - 2:02}/{year:04}-{3 * last:02}"


def _half(parts: Mapping[str, str], context: _Context) -> str:
    year = _year_of(parts, context)
    first = parts.get("half") == "first" or (parts.get("h") or parts.get("h2")) == "1"
    return "" if year is None else f"{year:04}-H{1 if first else 2}"


def _edge_of_year(year: int, edge: str) -> str:
    edge = edge.lower()
    if edge.startswith(("end", "close", "year-end")):
        return f"{year:04}-12-31"
    if edge.startswith(("early", "beginning", "start")):
        return f"{year:04}-01"
    if edge.startswith("mid"):
        return f"{year:04}-06"
    return f"{year:04}"


def _year_edge(parts: Mapping[str, str], context: _Context) -> str:
    return _edge_of_year(_year_of(parts, context) or 0, parts.get("edge", ""))


def _plain_year(parts: Mapping[str, str], context: _Context) -> str:
    return f"{_year_of(parts, context):04}"


def _years(parts: Mapping[str, str], context: _Context) -> str:
    first, last = int(parts["year"]), int(parts["year2"])
    if last < 100:
        last += first - first % 100
    context.year = last
    return f"{first:04}/{last:04}"


def _decade(parts: Mapping[str, str], context: _Context) -> str:
    if "year" in parts:
        first = int(parts["year"])
    else:
        century = parts.get("century", "")
        decade = int(parts["decade"])
        late = "this" in century or "21st" in century or (not century and decade < 30)
        first = (2000 if late else 1900) + decade
    edge = parts.get("edge", "")
    if edge.startswith(("early", "beginning")):
        return f"{first:04}/{first + 2:04}"
    if edge.startswith(("late", "end")):
        return f"{first + 7:04}/{first + 9:04}"
    return f"{first:04}/{first + 9:04}"


def _century(parts: Mapping[str, str], context: _Context) -> str:
    if "nth" in parts:
        hundreds = (_number(parts["nth"]) - 1) * 100
    else:
        year = context.today.year if context.today else 2000
        hundreds = year - year % 100 - (0 if parts["word"] == "this" else 100)
    edge = parts.get("edge", "")
    if edge in ("beginning", "start", "turn", "early"):
        return f"{hundreds + 1:04}/{hundreds + 10:04}"
    if edge == "middle":
        return f"{hundreds + 41:04}/{hundreds + 60:04}"
    if edge in ("end", "late"):
        return f"{hundreds + 91:04}/{hundreds + 100:04}"
    return f"{hundreds + 1:04}/{hundreds + 100:04}"


def _plan(parts: Mapping[str, str], context: _Context) -> str:
    """The five-year plans began in 1953; after a gap the third ran from 1966."""
    number = _number(parts["nth"])
    first = {1: 1953, 2: 1958}.get(number, 1966 + 5 * (number - 3))
    edge = parts.get("edge", "")
    if edge == "end":
        return f"{first + 4}-12-31"
    return f"{first}" if edge in ("beginning", "start", "early part") else f"{first}/{first + 4}"


def _relative(parts: Mapping[str, str], context: _Context) -> str:
    today = context.today
    if today is None:
        return ""
    unit, offset = vocabulary()["relative"][parts["word"].lower().replace("\u00a0", " ")]
    edge = parts.get("edge", "")
    match unit:
        case "year":
            context.year = today.year + offset
            return _edge_of_year(context.year, edge)
        case "month":
            context.year, context.month = shifted(today.year, today.month, offset)
            return _edge_of_month(context.year, context.month, edge)
    return away(today, unit, offset)


def _anchored(parts: Mapping[str, str], context: _Context) -> str:
    year = context.anchor()
    offset = vocabulary()["anchored"][parts["word"].lower().replace("\u00a0", " ")]
    return "" if year is None else _edge_of_year(year + offset, parts.get("edge", ""))


def _edge(parts: Mapping[str, str], context: _Context) -> str:
    year = context.anchor()
    if year is None:
        return ""
    edge = parts.get("edge2") or parts.get("edge", "")
    unit = parts.get("unit", "year")
    if edge in ("year", "month"):
        unit, edge = edge, "end"
    if unit == "year":
        return _edge_of_year(year, edge)
    month = context.month or (context.today.month if context.today else None)
    return "" if month is None else _edge_of_month(year, month, edge)


def _within(parts: Mapping[str, str], context: _Context) -> str:
    year = context.anchor()
    return "" if year is None else f"{year:04}"


def _this_and_next(parts: Mapping[str, str], context: _Context) -> str:
    today = context.today
    if today is None:
        return ""
    return f"{today}/{today + timedelta(days=1)}" if "day" in parts else f"{today.year}/{today.year + 1}"


def _stretch(parts: Mapping[str, str], context: _Context) -> str:
    today = context.today
    if today is None or parts.get("more"):
        return ""
    length = _number(parts.get("n2") or parts.get("n") or "1")
    unit = parts["unit"]
    if unit == "decade":
        unit, length = "year", 10 * length
    sign = 1 if parts.get("lead") in ("next", "coming", "following", "upcoming") else -1
    match unit:
        case "year":
            ends = sorted((today.year, today.year + sign * length))
            return f"{ends[0]:04}/{ends[1]:04}" if ends[0] > 0 else ""
        case "month":
            months = sorted((shifted(today.year, today.month, 0), shifted(today.year, today.month, sign * length)))
            return "/".join(f"{year:04}-{month:02}" for year, month in months)
    days = sorted((today, today + timedelta(days=sign * length * (7 if unit == "week" else 1))))
    return f"{days[0]}/{days[1]}"


def _weekday(parts: Mapping[str, str], context: _Context) -> str:
    if context.today is None or "week" not in parts:
        return ""
    day = list(calendar.day_name).index(parts["weekday"])
    week = {"last": -1, "next": 1}.get(parts["week"].lower(), 0)
    monday = context.today - timedelta(days=context.today.weekday())
    return f"{monday + timedelta(weeks=week, days=day)}"


_RESOLVERS: dict[str, Callable[[Mapping[str, str], _Context], str]] = {
    "day": _day,
    "days": _days,
    "iso": _day,
    "month": _month,
    "months": _months,
    "first-months": _first_months,
    "first-quarters": _first_quarters,
    "quarter": _quarter,
    "quarters": _quarters,
    "half": _half,
    "year-edge": _year_edge,
    "year": _plain_year,
    "years": _years,
    "decade": _decade,
    "century": _century,
    "plan": _plan,
    "relative": _relative,
    "anchored": _anchored,
    "edge": _edge,
    "within": _within,
    "this-and-next": _this_and_next,
    "stretch": _stretch,
    "weekday": _weekday,
    "nth-day": _nth_day,
    "nth-days": _days,
    "clock": lambda parts, context: _time(parts),
}
