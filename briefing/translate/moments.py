"""The English of a date or period, by rule: the phrase itself, not the day that it resolves to.

今年 stays "this year". The forms are American and fit behind a preposition or none: January 12, 2024; the first quarter
of 2024; the 14th Five-Year Plan period; the end of June.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.extract.date_grammar import Phrase, integer, narrow, phrases, vocabulary
from briefing.extract.dates import plan_number
from briefing.model import Moment
from briefing.spans import Span

_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_ORDINALS = ("", "first", "second", "third", "fourth")
_WEEKDAYS = dict(
    zip(
        "一二三四五六日天",
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Sunday"),
        strict=True,
    )
)
_MARGIN = 12
"""How far the grammar looks around a phrase."""
_YEAR = re.compile("[0-9]{4}")
_YEARS = re.compile("[0-9]{4}(?:[-—–~至到]{1,2}[0-9]{4})?")
_UNITS = {"年": "year", "月": "month", "个月": "month", "周": "week", "天": "day"}


def english_moment(m: Moment, zh: str) -> str:
    """The English of `m`; "" where the text under its span is no phrase of the calendar.

    `zh` is the text that `m.span` counts in, or just the characters under the span.

    >>> from briefing.spans import Span
    >>> english_moment(Moment(Span(3, 9), "period", ""), "数据是今年前10个月"[0:9])
    ''
    >>> english_moment(Moment(Span(2, 7), "period", ""), "今年前10个月")
    'the first 10 months'
    """
    phrase = _phrase(m, zh)
    if phrase is not None:
        return _RENDERERS[phrase.rule](phrase)
    digits = narrow(zh if m.span.stop > len(zh) else m.span.of(zh))
    return "–".join(_YEAR.findall(digits)) if _YEARS.fullmatch(digits) else ""


def joined(moments: Sequence[Moment], zh: str) -> tuple[tuple[Span, str], ...]:
    """The moments of a text with their English, those that make one phrase of English as one.

    今年前10个月 is two moments, since 今年 may stand alone, but "the first 10 months of this year" in English, where
    the order is the other way round.

    >>> from briefing.extract.dates import moments
    >>> [english for _, english in joined(moments("去年四季度，今年5月"), "去年四季度，今年5月")]
    ['the fourth quarter of last year', 'May this year']
    """
    found: list[tuple[Span, str]] = []
    at = 0
    while at < len(moments):
        first = moments[at]
        second = moments[at + 1] if at + 1 < len(moments) else None
        together = None
        if second is not None and zh[first.span.stop : second.span.start] in ("", "的"):
            together = _together(_phrase(first, zh), _phrase(second, zh))
        if second is not None and together:
            found.append((Span(first.span.start, second.span.stop), together))
            at += 2
        else:
            found.append((first.span, english_moment(first, zh)))
            at += 1
    return tuple(found)


def _together(first: Phrase | None, second: Phrase | None) -> str | None:
    """The English of two phrases as one, where the first names the year, month or day of the second."""
    if first is None or second is None or "edge" in first.parts or first.rule not in ("relative", "anchored", "year"):
        return None
    whole = _RENDERERS[first.rule](first)
    day = first.rule == "relative" and vocabulary()["relative"][first.parts["word"]][0] == "day"
    if day:
        return f"{_time(second)} {whole}" if second.rule == "clock" else None
    part = _RENDERERS[second.rule](second) if "year" not in second.parts else ""
    if not part:
        return None
    match second.rule:
        case "edge" if second.parts["word"][0] == "年":
            return _edged(second.parts["word"][1], whole)
        case "first-months" | "half" | "quarter" | "quarters":
            return f"{part} of {whole}"
        case "day" | "days" if second.number("month") is None:
            return f"{part} of {whole}"
        case "day" | "days" | "month" | "months":
            return f"{part} {whole}" if first.rule == "relative" else f"{part} of {whole}"
    return None


def _phrase(m: Moment, zh: str) -> Phrase | None:
    """The phrase under the span, found again among the characters around it."""
    start, stop = m.span.start, m.span.stop
    if stop > len(zh) or (start > 0 and len(zh) == len(m.span)):
        start, stop = 0, len(zh)
    left = max(0, start - _MARGIN)
    for text, at in ((zh[left : stop + _MARGIN], start - left), (zh[start:stop], 0)):
        for phrase in phrases(text):
            if (phrase.span.start, phrase.span.stop) == (at, at + stop - start):
                return phrase
    return None


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _year(phrase: Phrase) -> str:
    year = phrase.number("year")
    if year is None:
        return ""
    if len(phrase.parts["year"]) == 2:
        year += 2000 if year < 50 else 1900
    return str(year)


def _of_year(text: str, phrase: Phrase) -> str:
    return f"{text} of {_year(phrase)}" if "year" in phrase.parts else text


def _time(phrase: Phrase) -> str:
    hour = phrase.number("hour")
    if hour is None:
        return ""
    part = phrase.parts.get("part", "")
    minutes = (
        30 if "halfhour" in phrase.parts else integer(phrase.parts.get("minute") or phrase.parts.get("minutes") or "0")
    )
    if (part in ("下午", "傍晚", "晚上", "晚间", "晚", "夜间", "深夜") and 0 < hour < 12) or (
        part in ("中午", "正午") and hour < 3
    ):
        hour += 12
    half = "p.m." if 12 <= hour < 24 else "a.m."
    clock = hour % 12 or 12
    return f"{clock}:{minutes:02} {half}" if minutes else f"{clock} {half}"


def _day(phrase: Phrase) -> str:
    month, day = phrase.number("month"), phrase.number("day") or 0
    time = _time(phrase)
    if month is None:
        text = f"the {_ordinal(day)}"
    else:
        text = f"{_MONTHS[month]} {day}" + (f", {_year(phrase)}" if "year" in phrase.parts else "")
    return f"{time} on {text}" if time else text


def _days(phrase: Phrase) -> str:
    month, first, last = phrase.number("month"), phrase.number("day") or 0, phrase.number("day2") or 0
    if month is None:
        return f"the {_ordinal(first)} to the {_ordinal(last)}"
    return f"{_MONTHS[month]} {first}–{last}" + (f", {_year(phrase)}" if "year" in phrase.parts else "")


def _month(phrase: Phrase) -> str:
    month = _MONTHS[phrase.number("month") or 0] + (f" {_year(phrase)}" if "year" in phrase.parts else "")
    match phrase.parts.get("edge", ""):
        case "底" | "末":
            return f"the end of {month}"
        case "初" | "上旬":
            return f"early {month}"
        case "中旬":
            return f"mid-{month}"
        case "下旬":
            return f"late {month}"
    return month


def _months(phrase: Phrase) -> str:
    first, last = (_MONTHS[phrase.number(part) or 0] for part in ("month", "month2"))
    return f"{first}–{last}" + (f" {_year(phrase)}" if "year" in phrase.parts else "")


def _first_months(phrase: Phrase) -> str:
    count = phrase.number("months") or 0
    return _of_year("the first month" if count == 1 else f"the first {count} months", phrase)


def _half(phrase: Phrase) -> str:
    return _of_year(f"the {'first' if phrase.parts['half'] == '上' else 'second'} half", phrase)


def _quarter(phrase: Phrase) -> str:
    if "quarters" in phrase.parts:
        count = phrase.number("quarters") or 0
        return _of_year(
            "the first quarter" if count == 1 else f"the first {('', '', 'two', 'three')[count]} quarters", phrase
        )
    text = _of_year(f"the {_ORDINALS[phrase.number('quarter') or 0]} quarter", phrase)
    match phrase.parts.get("edge"):
        case "末" | "底":
            return f"the end of {text}"
        case "初":
            return f"the beginning of {text}"
    return text


def _quarters(phrase: Phrase) -> str:
    first, last = (_ORDINALS[phrase.number(part) or 0] for part in ("quarter", "quarter2"))
    return f"the {first} to {last} quarters"


def _years(phrase: Phrase) -> str:
    first, last = int(_year(phrase)), phrase.number("year2") or 0
    if last < 100:
        last += first - first % 100
    return f"{first}–{last}"


def _edged(edge: str, period: str) -> str:
    match edge[-1:]:
        case "底" | "末" | "终":
            return f"the end of {period}"
        case "初":
            return f"the beginning of {period}"
        case "中":
            return f"the middle of {period}"
    return period


def _plan(phrase: Phrase) -> str:
    plan = f"the {_ordinal(plan_number(phrase.parts['plan']))} Five-Year Plan period"
    match phrase.parts["suffix"]:
        case "末" | "期末" | "后期":
            return f"the end of {plan}" if phrase.parts["suffix"] != "后期" else f"the latter part of {plan}"
        case "初" | "初期" | "前期":
            return f"the early part of {plan}"
        case "中期":
            return f"the middle of {plan}"
    return plan


def _century_name(phrase: Phrase) -> str:
    century = phrase.parts.get("century", "")
    if century[:1] == "上":
        return "the last century"
    if century == "本":
        return "this century"
    return f"the {_ordinal(integer(century))} century"


def _decade(phrase: Phrase) -> str:
    decade = phrase.number("decade") or 0
    century = phrase.parts.get("century", "")
    edge = {"初": "early ", "末": "late "}.get(phrase.parts.get("edge", ""), "")
    if century[:1] in ("上", "本") and century:
        hundreds = 1900 if century[0] == "上" else 2000
    else:
        hundreds = (integer(century) - 1) * 100 if century else 1900 if decade >= 30 else 2000
    return f"the {edge}{hundreds + decade}s"


def _century(phrase: Phrase) -> str:
    edge = {"初": "the beginning of ", "末": "the end of ", "中叶": "the middle of "}.get(
        phrase.parts.get("edge", ""), ""
    )
    return edge + _century_name(phrase)


def _relative(phrase: Phrase) -> str:
    return _edged(phrase.parts.get("edge", ""), vocabulary()["relative"][phrase.parts["word"]][2])


def _anchored(phrase: Phrase) -> str:
    return _edged(phrase.parts.get("edge", ""), vocabulary()["anchored"][phrase.parts["word"]][1])


def _edge(phrase: Phrase) -> str:
    word = phrase.parts["word"]
    return _edged(word[1], f"the {_UNITS[word[0]]}")


def _weekday(phrase: Phrase) -> str:
    day = _WEEKDAYS[phrase.parts["weekday"]]
    week = {"上": "last ", "下": "next ", "本": "this ", "这": "this "}.get(phrase.parts.get("week", ""), "")
    return week + day


def _stretch(phrase: Phrase) -> str:
    words = vocabulary()
    lead = phrase.parts.get("lead", "")
    if not lead:
        count = phrase.number("n") or 0
        if "多" in phrase.parts["more"]:
            return f"the past {count}-plus years"
        return _lasting("the past", count, None, "year")
    english = words["stretch_ahead"].get(lead) or words["stretch_back"][lead]
    if "more" in phrase.parts:
        return f"{english} {phrase.number('n')}-plus {_UNITS[phrase.parts['unit']]}s"
    return _lasting(english, phrase.number("n") or 0, phrase.number("n2"), _UNITS[phrase.parts["unit"]])


def _lasting(lead: str, count: int, last: int | None, unit: str) -> str:
    if last is not None:
        return f"{lead} {count} to {last} {unit}s"
    if count == 1:
        return f"{lead} {unit}" if lead != "these" else f"this {unit}"
    return f"{lead} {_WORDS[count] if count <= 10 else count} {unit}s"


_WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_RENDERERS: dict[str, Callable[[Phrase], str]] = {
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
    "year": _year,
    "year-edge": lambda phrase: _edged(phrase.parts["edge"], _year(phrase)),
    "years": _years,
    "clock": _time,
    "plan": _plan,
    "decade": _decade,
    "century": _century,
    "relative": _relative,
    "weekday": _weekday,
    "anchored": _anchored,
    "edge": _edge,
    "within": lambda phrase: "this year",
    "this-and-next": lambda phrase: "this year and next" if phrase.parts["unit"] == "年" else "today and tomorrow",
    "stretch": _stretch,
    "since": _stretch,
}
