"""Moments in English text, resolved as those of the Chinese side are, so that the two can be compared by value.

Written against English alone: nothing here knows how the rules of translation word a date. A bounded regular expression
a form finds the phrases, the longest wins, and one pass from left to right resolves them.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from briefing.model import Moment, MomentKind
from briefing.spans import Span, resolve

_DASH = r"(?:[-–—~]|/)"
_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}"
_NTH = r"(?:[0-9]{1,2}(?:st|nd|rd|th))"
_SENTENCE_END = re.compile(r"(?<![A-Z0-9])(?<!p\.m)(?<!a\.m)(?<!Jan)(?<!Feb)(?<!Mar)(?<!Apr)(?<!Jun)(?<!Jul)(?<!Aug)"
                           r"(?<!Sep)(?<!Sept)(?<!Oct)(?<!Nov)(?<!Dec)[.!?][\"”’)]?\s|\n")  # fmt: skip
_LINK = re.compile(r",? (?:of |in |for |during )?(?:the year |the whole of |all of )?|, ?|-")


@dataclass(frozen=True, slots=True)
class _Phrase:
    span: Span
    rule: str
    kind: MomentKind
    parts: Mapping[str, str]


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


@cache
def _vocabulary() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("briefing").joinpath("data", "dates_en.toml").read_text("utf-8"))


def _alternatives(words: Iterator[str] | Mapping[str, Any]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"[ \u00a0]") for w in sorted(words, key=len, reverse=True))


@cache
def _rules() -> tuple[tuple[str, MomentKind, re.Pattern[str]], ...]:
    words = _vocabulary()
    full = [m.capitalize() for m in words["months"] if len(m) > 4 or m in ("may", "june", "july")]
    short = [m.capitalize() for m in words["months"] if m.capitalize() not in full]
    names = rf"(?:{'|'.join(full)}|(?i:{'|'.join(m for m in full if m not in ('May', 'March'))}))\b|(?:{'|'.join(short)})\b\.?"
    month = rf"(?P<month>{names})(?!['’](?!s\b))"
    month2 = rf"(?P<month2>{names})"
    day = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?\b"
    day2 = r"(?P<day2>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?\b"
    year = rf"(?P<year>{_YEAR})(?![0-9,]*[0-9])"
    of_year = rf"(?:,? (?:of |in )?{year})?"
    edge = (
        r"(?:(?:(?P<edge>(?:the )?(?:end|beginning|start|middle|close|turn) of(?: the)?|early|mid|late|the first ten days of"
        r"|the last ten days of|the middle ten days of)(?: (?:in |of )?|[- ])))"
    )
    count = rf"(?P<n>[0-9]{{1,3}}|{_alternatives(words['numbers'])})"
    nth = rf"(?P<nth>{_NTH}|(?i:{_alternatives(words['ordinals'])}))"
    clock = r"(?P<hour>1[0-9]|2[0-4]|0?[0-9])(?:(?:[:.](?P<minute>[0-5][0-9]))?\s?(?P<half>[ap]\.?m\b\.?|o'clock)|:(?P<minutes>[0-5][0-9])(?![0-9:]))"
    quarter = (
        r"(?:(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter\b|(?P<q>[1-4])Q\b|Q(?P<q2>[1-4])\b)"
    )
    half = r"(?:(?P<half>first|second|latter)[ -]half\b(?! (?:a|an|hour|dozen))|H(?P<h>[12])\b|(?P<h2>[12])H\b)"
    units = _alternatives(iter(words["not_year"]["units"]))
    leads = r"(?P<lead>past|last|previous|preceding|recent|next|coming|following|these|upcoming)"
    periods = r"(?P<unit>year|month|week|day|decade)s?\b"
    the = r"(?:\b[Tt]he )?"
    places = "|".join(words["not_year"]["ranked"])
    grammar: tuple[tuple[str, MomentKind, str], ...] = (
        ("day", "date", rf"(?:{clock},?(?: on)? )?(?:the )?\b{month} {day}(?!\s?%)(?! Incident)(?:,? {year})?"),
        ("day", "date", rf"(?:{clock},?(?: on)? )?{the}\b{day}(?: of)? {month}(?:,? {year})?"),
        ("days", "period", rf"\b{month} {day}(?:\s?{_DASH}\s?| (?:to|through) ){day2}(?:,? {year})?"),
        ("days", "period", rf"\b{day}(?:\s?{_DASH}\s?| to ){day2}(?: of)? {month}(?:,? {year})?"),
        ("iso", "date", r"(?<![0-9.,/-])(?P<year>(?:19|20)[0-9]{2})(?P<separator>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=separator)(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9]|[-/.][0-9])"),
        ("month", "period", rf"{the}\b(?:(?P<which>(?i:last|this|next)) |{edge})?\b{month}{of_year}(?! Day\b)(?! [0-9]{{1,2}}\b)"),
        ("month", "period", rf"\b{edge}?{month},? (?P<year>{_YEAR})"),
        ("months", "period", rf"\b{month}(?:\s?{_DASH}\s?| (?:to|through) ){month2}{of_year}"),
        ("first-months", "period", rf"{the}\bfirst {count} months\b(?: (?:of|in) {year})?"),
        ("first-months", "period", rf"{the}\bfirst month\b(?: (?:of|in) {year})?"),
        ("quarter", "period", rf"{the}(?:\b(?P<edge>end|beginning|start) of the )?\b{quarter}(?: (?:of |in )?{year})?"),
        ("quarter", "period", rf"\b{year} {quarter}"),
        ("first-quarters", "period", rf"{the}\bfirst (?P<n>two|three|2|3) quarters\b(?: (?:of |in )?{year})?"),
        ("quarters", "period", rf"{the}\b(?P<quarter>first|second|third) (?:to|through) (?:the )?(?P<quarter2>second|third|fourth) quarters?\b(?: (?:of |in )?{year})?"),
        ("half", "period", rf"{the}\b{half}(?: (?:of |in )?{year})?"),
        ("year-edge", "period", rf"{the}\b(?P<edge>end|beginning|start|middle|close) of (?:the year )?{year}"),
        ("year-edge", "period", rf"\b(?P<edge>early|late|mid)[ -](?:in )?{year}"),
        ("year-edge", "period", rf"\b(?P<edge>end|year-end|start)[ -]{year}"),
        ("years", "period", rf"(?<![0-9,.])(?P<year>{_YEAR})\s?{_DASH}\s?(?P<year2>{_YEAR}|[0-9]{{2}})(?![0-9,%])(?! (?:{units})\b)"),
        ("year", "year", rf"(?<![0-9.,$€£¥/-])(?<![A-Za-z]-)\b(?P<year>{_YEAR})(?![0-9])(?!,[0-9]{{3}})(?!\.[0-9])(?!\s?%)(?!-[a-z])(?! (?:{units})\b)"),
        ("decade", "period", rf"{the}\b(?:(?P<edge>early|mid|late|beginning of the|end of the)[ -])?(?P<year>{_YEAR[:-5]}[0-9]0)['’]?s\b"),
        ("decade", "period", r"\b[Tt]he (?:(?P<edge>early|mid|late)[ -])?(?P<decade>[1-9]0)['’]?s\b(?: of (?P<century>(?:the )?(?:last|20th|this|21st) century))?"),
        ("century", "period", rf"(?:{the}\b(?P<edge>end|beginning|start|turn|middle|early|late)[ -](?:of )?)?{the}\b{nth}[ -]century\b"),
        ("century", "period", r"(?:\b(?:[Tt]he )?(?P<edge>end|beginning|start|turn|middle) of )?(?P<word>(?:the )?last|this) century\b"),
        ("plan", "period", rf"(?:{the}\b(?P<edge>end|beginning|start|middle|early part|latter part) of )?{the}\b{nth} Five-Year[ -]Plan\b(?:(?P<period> periods?\b))?"),
        ("relative", "relative", rf"(?:{the}\b(?P<edge>end|beginning|start|middle|close|rest|remainder) of )?\b(?P<word>(?i:{_alternatives(words['relative'])}))\b(?!['’]s world)"),
        ("relative", "relative", r"\b(?P<edge>(?i:early|late|mid))[ -](?P<word>this year|last year|next year|this month|last month|next month)\b"),
        ("anchored", "relative", rf"(?:{the}\b(?P<edge>end|beginning|start|middle) of )?\b(?P<word>(?i:{_alternatives(words['anchored'])}))\b"),
        ("edge", "relative", rf"{the}\b(?P<edge>end|beginning|start|middle|close) of the (?P<unit>year|month)\b(?! (?:{_YEAR}))"),
        ("edge", "relative", r"\b(?P<edge>year|month)-end\b|\b(?P<edge2>mid|early)-year\b"),
        ("within", "relative", r"\b[Ww]ithin the year\b"),
        ("this-and-next", "relative", r"\b[Tt]his year and next(?: year)?\b|\b(?P<day>[Tt]oday and tomorrow)\b"),
        ("stretch", "relative", rf"\b(?:[Tt]he |[Ii]ts |[Oo]ur |[Tt]heir |(?<=[Ii]n )|(?<=[Oo]ver )|(?<=[Ff]or )|(?<=[Dd]uring )){leads} (?:{count}(?: to (?P<n2>[0-9]{{1,3}}))?(?P<more>-plus|-odd| or so)? ){periods}(?! (?:of|before|ago))"),
        ("stretch", "relative", r"\b[Tt]he (?P<lead>past|previous|next|coming) (?P<unit>year|month|week|decade)\b"),
        ("stretch", "relative", r"\b[Tt]hese (?P<n>two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2}) (?P<unit>year)s\b(?P<lead>)"),
        ("weekday", "relative", r"\b(?:(?P<week>[Ll]ast|[Nn]ext|[Tt]his) )?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"),
        ("nth-day", "date", r"\b(?:[Oo]n|[Ff]rom|[Uu]ntil|[Ss]ince|[Bb]y|[Tt]o|[Oo]f|[Aa]fter|[Bb]efore|[Aa]round|for) (?P<body>the (?P<day>3[01]|[12]?[0-9])(?:st|nd|rd|th))(?=\s*(?:[.,;:)]|$|(?:to|and|at|that|in|until|this|of this|was|were|is|are|will|has|have)\b))"),
        ("nth-day", "date", rf"\b{clock} on the (?P<day>3[01]|[12]?[0-9])(?:st|nd|rd|th)\b(?! (?:{places})\b)"),
        ("nth-day", "date", rf"\b[Oo]n (?P<body>the (?P<day>3[01]|[12]?[0-9])(?:st|nd|rd|th))\b(?! (?:{places})\b)"),
        ("nth-days", "period", r"\bthe (?P<day>3[01]|[12]?[0-9])(?:st|nd|rd|th) to the (?P<day2>3[01]|[12]?[0-9])(?:st|nd|rd|th)\b"),
        ("clock", "date", rf"(?<![0-9:.,-]){clock}"),
    )  # fmt: skip
    return tuple((name, kind, re.compile(pattern)) for name, kind, pattern in grammar)


def moments(text: str, today: date | None = None) -> tuple[Moment, ...]:
    """The dates, years, periods and relative dates of English `text`, in order and without overlap.

    >>> from datetime import date
    >>> [m.iso for m in moments("By the end of June, up 5% on the first half of last year.", date(2024, 1, 15))]
    ['2024-06-30', '2023-H1', '2023']
    """
    context = _Context(today)
    found: list[Moment] = []
    end = 0
    listed = resolve(_phrases(text), lambda p: p.span)
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


def _phrases(text: str) -> Iterator[_Phrase]:
    for name, kind, pattern in _rules():
        for match in pattern.finditer(text):
            parts = {k: v for k, v in match.groupdict().items() if v is not None}
            if _sane(name, parts, match, text):
                group = "body" if "body" in parts else 0
                yield _Phrase(Span(*match.span(group)), name, kind, parts)


_MODAL = re.compile(r"(?:\b(?:[Ii]n|[Bb]y|[Oo]f|[Ss]ince|[Uu]ntil|[Tt]o|[Ff]rom|[Ll]ast|[Tt]his|[Nn]ext|[Dd]uring|and|or|for|on|"
                    r"through|than|[Ee]very|between|before|after|till|since|for)|[-–,(—/])\s?\Z")  # fmt: skip
_HEDGED = re.compile(r"\b(?:more than|over|about|nearly|around|some|at least|at most|up to|only|almost|exceeding|another|total of|"
                     r"approximately|roughly|fewer than|less than|under|all)\s\Z", re.I)  # fmt: skip


def _sane(rule: str, parts: Mapping[str, str], match: re.Match[str], text: str) -> bool:
    """Whether the parts can be what the rule took them for."""
    start, stop = match.span()
    if rule in ("month",) and parts["month"].lower() in (
        "may",
        "march",
        "mar",
        "sep",
        "sept",
        "jan",
        "dec",
        "nov",
        "oct",
    ):
        if "year" in parts or "edge" in parts or match.group().endswith("."):
            return True
        return bool(_MODAL.search(text, max(0, start - 12), start)) and parts["month"][0].isupper()
    if rule == "years":
        return len(parts["year2"]) < 4 or int(parts["year"]) < int(parts["year2"])
    if rule == "year":
        year = int(parts["year"])
        behind = text[stop : stop + 2]
        if _HEDGED.search(text, max(0, start - 16), start):
            return False
        return (
            (1950 <= year < 2050 and year != 2000)
            or not re.match(r" [a-z]", behind)
            or bool(
                re.search(r"\b(?:in|since|by|year|of)\s\Z", text[max(0, start - 7) : start], re.I)
                and not re.match(r" [a-z]{3,}s\b", text[stop : stop + 20])
            )
        )
    if rule == "plan":
        ahead = text[max(0, start - 12) : start]
        return (
            "period" in parts
            or "edge" in parts
            or bool(re.search(r"\b(?:during|in|throughout|over|since)\s\Z", ahead, re.I))
        )
    return True


def _since(phrase: _Phrase, text: str) -> Mapping[str, str]:
    """The parts; without the edge of "since the beginning of this year", which is 今年以来 and means the year."""
    edge = phrase.parts.get("edge", "").lower()
    if edge.removeprefix("the ").startswith(("beginning", "start")) and text.endswith("ince ", 0, phrase.span.start):
        return {k: v for k, v in phrase.parts.items() if k != "edge"}
    return phrase.parts


def _own(phrase: _Phrase, today: date | None) -> tuple[int | None, int | None]:
    """The year and month that a phrase names by itself, as this year, last month or 2024."""
    if phrase.rule == "year":
        return int(phrase.parts["year"]), None
    if phrase.rule == "relative" and "edge" not in phrase.parts and today is not None:
        unit, offset = _vocabulary()["relative"][phrase.parts["word"].lower()]
        if unit == "year":
            return today.year + int(offset), None
        if unit == "month":
            return _shift(today.year, today.month, int(offset))
    return None, None


def _number(word: str) -> int:
    word = word.lower()
    words = _vocabulary()
    if word in words["numbers"]:
        return int(words["numbers"][word])
    if word in words["ordinals"]:
        return int(words["ordinals"][word])
    return int(re.sub(r"\D", "", word))


def _month_number(name: str) -> int:
    return int(_vocabulary()["months"][name.lower().rstrip(".")])


def _year_of(parts: Mapping[str, str], context: _Context) -> int | None:
    if "year" in parts:
        context.year = int(parts["year"])
        return context.year
    return context.anchor()


def _year_of_month(parts: Mapping[str, str], month: int, context: _Context) -> int | None:
    if "year" in parts or context.year is not None or context.ahead is not None or context.today is None:
        return _year_of(parts, context)
    return context.today.year - (context.today.month <= 2 and month >= 11)


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


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
    if year is None or not _valid(year, month, day):
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
    return f"{year:04}-{month:02}-{day:02}{_time(parts)}" if year is not None and _valid(year, month, day) else ""


def _days(parts: Mapping[str, str], context: _Context) -> str:
    first = _day(parts, context) if "month" in parts else _nth_day(parts, context)
    last = int(parts["day2"])
    return f"{first}/{first[:8]}{last:02}" if first and _valid(int(first[:4]), int(first[5:7]), last) else ""


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
    unit, offset = _vocabulary()["relative"][parts["word"].lower().replace("\u00a0", " ")]
    edge = parts.get("edge", "")
    match unit:
        case "year":
            context.year = today.year + offset
            return _edge_of_year(context.year, edge)
        case "month":
            context.year, context.month = _shift(today.year, today.month, offset)
            return _edge_of_month(context.year, context.month, edge)
        case "quarter":
            year, month = _shift(today.year, today.month, 3 * offset)
            return f"{year:04}-Q{(month + 2) // 3}"
        case "weekend":
            saturday = today + timedelta(days=5 - today.weekday(), weeks=offset)
            return f"{saturday}/{saturday + timedelta(days=1)}"
        case "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=offset)
            return f"{monday}/{monday + timedelta(days=6)}"
    return f"{today + timedelta(days=offset)}"


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def _anchored(parts: Mapping[str, str], context: _Context) -> str:
    year = context.anchor()
    offset = _vocabulary()["anchored"][parts["word"].lower().replace("\u00a0", " ")]
    return "" if year is None else _edge_of_year(year + offset, parts.get("edge", ""))


def _edge(parts: Mapping[str, str], context: _Context) -> str:
    year = context.anchor()
    if year is None:
        return ""
    edge = parts.get("edge2") or parts["edge"]
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
            months = sorted((_shift(today.year, today.month, 0), _shift(today.year, today.month, sign * length)))
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
