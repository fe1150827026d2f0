"""Where English text names a moment, and of which parts the phrase is made: the grammar, without a calendar.

Each form is a bounded regular expression with named parts (year, month, edge …); of two that overlap the longer stays.
What the parts mean is `briefing.numerals.en_dates`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.model import MomentKind
from briefing.spans import Span, resolve

_DASH = r"(?:[-–—~]|/)"
_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}"
_THE = r"(?:\b[Tt]he )?"
_TH = "(?:st|nd|rd|th)"
_DAY = r"3[01]|[12][0-9]|0?[1-9]"
_WORDS_AFTER_DAY = "to|and|at|that|in|until|this|of this|was|were|is|are|will|has|have"
_WORDS_BEFORE_DAY = "[Oo]n|[Ff]rom|[Uu]ntil|[Ss]ince|[Bb]y|[Tt]o|[Oo]f|[Aa]fter|[Bb]efore|[Aa]round|for"
_DETERMINED = r"(?:[Tt]he |[Ii]ts |[Oo]ur |[Tt]heir |(?<=[Ii]n )|(?<=[Oo]ver )|(?<=[Ff]or )|(?<=[Dd]uring ))"

Rule = tuple[str, MomentKind, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the calendar: where it is, the rule that found it and its named parts."""

    span: Span
    rule: str
    kind: MomentKind
    parts: Mapping[str, str]


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """Months, numerals and the relative words with their offsets."""
    return tomllib.loads(files("briefing").joinpath("data", "dates_en.toml").read_text("utf-8"))


def phrases(text: str) -> tuple[Phrase, ...]:
    """All phrases of the calendar in `text`, in order and without overlap.

    >>> [(p.rule, p.span.of("by the end of May 2024")) for p in phrases("by the end of May 2024")]
    [('month', 'the end of May 2024')]
    """
    return resolve(_all(text), lambda p: p.span)


_ROW = re.compile(r"(?:(?<![\d.,])[0-9]{1,3}, ?){60,}")
"""A long row of small numbers, as a table that was copied has them: no phrase of the calendar is in its middle."""
_EDGE = 80
"""Characters at either end of such a row that are read all the same."""


def _stretches_of(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text to look: all of it but the middles of long rows of small numbers."""
    start = 0
    for row in _ROW.finditer(text):
        if row.end() - row.start() > 2 * _EDGE:
            yield start, row.start() + _EDGE
            start = row.end() - _EDGE
    yield start, len(text)


def _all(text: str) -> Iterator[Phrase]:
    stretches = list(_stretches_of(text))
    for name, kind, pattern in _compiled():
        for match in (m for start, stop in stretches for m in pattern.finditer(text, start, stop)):
            parts = {k: v for k, v in match.groupdict().items() if v is not None}
            if _sane(name, parts, match, text):
                group = "body" if "body" in parts else 0
                yield Phrase(Span(*match.span(group)), name, kind, parts)


@cache
def _compiled() -> tuple[tuple[str, MomentKind, re.Pattern[str]], ...]:
    rules = (*_days(), *_months(), *_parts_of_years(), *_years(), *_ages(), *_relative(), *_stretches())
    return tuple((name, kind, re.compile(pattern)) for name, kind, pattern in rules)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"[ \u00a0]") for w in sorted(words, key=len, reverse=True))


def _month(group: str) -> str:
    """A month by its name or short form; only May and March must have their capital."""
    names = [m.capitalize() for m in vocabulary()["months"]]
    full = [m for m in names if len(m) > 4 or m in ("May", "June", "July")]
    loose = "|".join(m for m in full if m not in ("May", "March"))
    short = "|".join(m for m in names if m not in full)
    return rf"(?P<{group}>(?:{'|'.join(full)}|(?i:{loose}))\b|(?:{short})\b\.?)"


def _year(group: str = "year") -> str:
    return rf"(?P<{group}>{_YEAR})(?![0-9,]*[0-9])"


def _of_year() -> str:
    return rf"(?: (?:of |in )?{_year()})?"


def _clock() -> str:
    return (
        r"(?P<hour>1[0-9]|2[0-4]|0?[0-9])(?:(?:[:.](?P<minute>[0-5][0-9]))?\s?(?P<half>[ap]\.?m\b\.?|o'clock)"
        r"|:(?P<minutes>[0-5][0-9])(?![0-9:]))"
    )


def _days() -> Iterator[Rule]:
    month = _month("month") + r"(?!['’](?!s\b))"
    day, day2 = (rf"(?P<{group}>{_DAY}){_TH}?\b" for group in ("day", "day2"))
    nth = rf"(?P<day>3[01]|[12]?[0-9]){_TH}"
    time = rf"(?:{_clock()},?(?: on)? )?"
    to = rf"(?:\s?{_DASH}\s?| (?:to|through) )"
    ranked = rf"(?! (?:{'|'.join(vocabulary()['not_year']['ranked'])})\b)"
    yield "day", "date", rf"{time}(?:the )?\b{month} {day}(?!\s?%)(?! Incident)(?:,? {_year()})?"
    yield "day", "date", rf"{time}{_THE}\b{day}(?: of)? {month}(?:,? {_year()})?"
    yield "days", "period", rf"\b{month} {day}{to}{day2}(?:,? {_year()})?"
    yield "days", "period", rf"\b{day}{to}{day2}(?: of)? {month}(?:,? {_year()})?"
    yield (
        "iso",
        "date",
        r"(?<![0-9.,/-])(?P<year>(?:19|20)[0-9]{2})(?P<separator>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=separator)"
        rf"(?P<day>{_DAY})(?![0-9]|[-/.][0-9])",
    )
    yield (
        "nth-day",
        "date",
        rf"\b(?:{_WORDS_BEFORE_DAY}) (?P<body>the {nth})(?!,? (?:and )?[0-9]+{_TH})"
        rf"(?=\s*(?:[.,;:)]|$|(?:{_WORDS_AFTER_DAY})\b))",
    )
    yield "nth-day", "date", rf"\b{_clock()}(?: (?:local|Beijing) [Tt]ime)?,? on the {nth}\b{ranked}"
    yield "nth-day", "date", rf"\b(?:morning|afternoon|evening|night|hours) of (?P<body>the {nth})\b{ranked}"
    yield "nth-day", "date", rf"\b[Oo]n (?P<body>the {nth})\b{ranked}"
    yield "nth-days", "period", rf"\bthe {nth} to the {nth.replace('day', 'day2')}\b"
    yield "clock", "date", rf"(?<![0-9:.,-]){_clock()}"


def _months() -> Iterator[Rule]:
    month = _month("month") + r"(?!['’](?!s\b))"
    edge = (
        r"(?P<edge>(?:the )?(?:end|beginning|start|middle|close|turn) of(?: the)?|early|mid|late"
        r"|the (?:first|middle|last) ten days of)(?: (?:in |of )?|[- ])"
    )
    which = "(?P<which>(?i:last|this|next)) "
    year = rf"(?:,? (?:of |in )?{_year()})?"
    count = rf"(?P<n>[0-9]{{1,3}}|{_any_of(vocabulary()['numbers'])})"
    yield "month", "period", rf"{_THE}\b(?:{which}|{edge})?\b{month}{year}(?! Day\b)(?! [0-9]{{1,2}}\b)"
    yield "month", "period", rf"\b(?:{edge})?{month},? {_year()}"
    yield "months", "period", rf"\b{month}(?:\s?{_DASH}\s?| (?:to|through) ){_month('month2')}{year}"
    yield "first-months", "period", rf"{_THE}\bfirst (?:{count} months|month)\b{_of_year()}"


def _parts_of_years() -> Iterator[Rule]:
    quarter = (
        r"(?:(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter\b|(?P<q>[1-4])Q\b|Q(?P<q2>[1-4])\b)"
    )
    half = r"(?:(?P<half>first|second|latter)[ -]half\b(?! (?:a|an|hour|dozen))|H(?P<h>[12])\b|(?P<h2>[12])H\b)"
    span = "(?P<quarter>first|second|third) (?:to|through) (?:the )?(?P<quarter2>second|third|fourth)"
    edge = r"(?:\b(?P<edge>end|beginning|start) of the )?"
    yield "quarter", "period", rf"{_THE}{edge}\b{quarter}{_of_year()}"
    yield "quarter", "period", rf"\b{_year()} {quarter}"
    yield "first-quarters", "period", rf"{_THE}\bfirst (?P<n>two|three|2|3) quarters\b{_of_year()}"
    yield "quarters", "period", rf"{_THE}\b{span} quarters?\b{_of_year()}"
    yield "half", "period", rf"{_THE}\b{half}{_of_year()}"


def _years() -> Iterator[Rule]:
    units = _any_of(vocabulary()["not_year"]["units"])
    yield "year-edge", "period", rf"{_THE}\b(?P<edge>end|beginning|start|middle|close) of (?:the year )?{_year()}"
    yield "year-edge", "period", rf"\b(?P<edge>(?i:early|late|mid))[ -](?:in )?{_year()}"
    yield "year-edge", "period", rf"\b(?P<edge>end|year-end|start)[ -]{_year()}"
    yield (
        "years",
        "period",
        rf"(?<![0-9,.])(?P<year>{_YEAR})\s?{_DASH}\s?(?P<year2>{_YEAR}|[0-9]{{2}})(?![0-9,%])(?! (?:{units})\b)",
    )
    yield (
        "year",
        "year",
        rf"(?<![0-9.,$€£¥/-])(?<![A-Za-z]-)\b(?P<year>{_YEAR})(?![0-9])(?!,[0-9]{{3}})(?!\.[0-9])(?!\s?%)(?!-[a-z])"
        rf"(?! (?:{units})\b)",
    )


def _ages() -> Iterator[Rule]:
    """Decades, centuries and five-year plans."""
    century = "(?P<century>(?:the )?(?:last|20th|this|21st) century)"
    nth = rf"(?P<nth>[0-9]{{1,2}}{_TH}|(?i:{_any_of(vocabulary()['ordinals'])}))"
    edge = "(?P<edge>end|beginning|start|turn|middle|early|late|early part|latter part)"
    rough = "(?P<edge>early|mid|late|beginning of the|end of the)"
    yield "decade", "period", rf"{_THE}\b(?:{rough}[ -])?(?P<year>(?:1[5-9]|20|21)[0-9]0)['’]?s\b"
    yield "decade", "period", rf"\b[Tt]he (?:{rough}[ -])?(?P<decade>[1-9]0)['’]?s\b(?: of {century})?"
    yield "century", "period", rf"(?:{_THE}\b{edge}[ -](?:of )?)?{_THE}\b{nth}[ -]century\b"
    yield "century", "period", rf"(?:{_THE}\b{edge} of )?\b(?P<word>(?:the )?last|this) century\b"
    yield (
        "plan",
        "period",
        rf"(?:{_THE}\b{edge} of )?{_THE}\b[\"“]?{nth} Five-Year[ -]Plan\b(?:[\"”]?(?P<period> periods?\b))?",
    )


def _relative() -> Iterator[Rule]:
    edge = "(?P<edge>end|beginning|start|middle|close|rest|remainder)"
    word, anchored = (rf"(?P<word>(?i:{_any_of(vocabulary()[s])}))\b" for s in ("relative", "anchored"))
    yield "relative", "relative", rf"(?:{_THE}\b{edge} of )?\b{word}(?!['’]s world)"
    yield "relative", "relative", r"\b(?P<edge>(?i:early|late|mid))[ -](?P<word>(?:this|last|next) (?:year|month))\b"
    yield "anchored", "relative", rf"(?:{_THE}\b{edge} of )?\b{anchored}"
    yield "edge", "relative", rf"{_THE}\b{edge} of the (?P<unit>year|month)\b(?! {_YEAR})"
    yield "edge", "relative", r"\b(?P<edge>year|month)-end\b|\b(?P<edge2>mid|early)-year\b"
    yield "within", "relative", r"\b[Ww]ithin the year\b"
    yield "this-and-next", "relative", r"\b[Tt]his year and next(?: year)?\b|\b(?P<day>[Tt]oday and tomorrow)\b"
    day = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    yield "weekday", "relative", rf"\b(?:(?P<week>[Ll]ast|[Nn]ext|[Tt]his) )?(?P<weekday>{day})\b"


def _stretches() -> Iterator[Rule]:
    numbers = _any_of(vocabulary()["numbers"])
    lead = "(?P<lead>past|last|previous|preceding|recent|next|coming|following|these|upcoming)"
    count = rf"(?P<n>[0-9]{{1,3}}|{numbers})(?: to (?P<n2>[0-9]{{1,3}}))?(?P<more>-plus|-odd| or so)?"
    unit = r"(?P<unit>year|month|week|day|decade)s?\b(?! (?:of|before|ago))"
    yield "stretch", "relative", rf"\b{_DETERMINED}{lead} (?:{count} ){unit}"
    yield "stretch", "relative", r"\b[Tt]he (?P<lead>past|previous|next|coming) (?P<unit>year|month|week|decade)\b"
    yield "stretch", "relative", rf"\b[Tt]hese (?P<n>[0-9]{{1,2}}|{numbers}) (?P<unit>year)s\b"


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:[Ii]n|[Bb]y|[Oo]f|[Ss]ince|[Uu]ntil|[Tt]o|[Ff]rom|[Ll]ast|[Tt]his|[Nn]ext|[Dd]uring|and|or|for|on|through"
    r"|than|[Ee]very|between|before|after|till)|[-–,(—/])\s?\Z"
)
_HEDGED = re.compile(
    r"\b(?:more than|over|about|nearly|around|some|at least|at most|up to|only|almost|exceeding|another|total of"
    r"|approximately|roughly|fewer than|less than|under|all)\s\Z",
    re.I,
)
_WORDS_TOO = frozenset(
    {"may", "march", "mar", "sep", "sept", "jan", "dec", "nov", "oct", "jun", "jul", "aug", "feb", "apr"}
)
"""Months that are words or parts of names as well: they count where a preposition, a year or a point says so."""


def _sane(rule: str, parts: Mapping[str, str], match: re.Match[str], text: str) -> bool:
    """Whether the parts can be what the rule took them for."""
    start, stop = match.span()
    if rule == "month" and parts["month"].lower() in _WORDS_TOO:
        if "year" in parts or "edge" in parts or match.group().endswith("."):
            return True
        told = "which" in parts or text.endswith(("'s ", "’s "), 0, start)  # last May, Japan's May figures
        return (told or bool(_BEFORE_MONTH.search(text, max(0, start - 12), start))) and parts["month"][0].isupper()
    if rule == "years":
        return len(parts["year2"]) < 4 or int(parts["year"]) < int(parts["year2"])
    if rule == "year":
        year = int(parts["year"])
        behind = text[stop : stop + 2]
        if text.endswith("round ", 0, start) and not re.match(r"[ -][a-z]", behind):
            return True
        if _HEDGED.search(text, max(0, start - 16), start):
            return False
        return (
            (1950 <= year < 2050 and year != 2000)
            or (year >= 1800 and not re.match(r" [a-z]", behind))
            or bool(
                re.search(
                    r"\b(?:in|since|by|year|of|before|after|until|from|during)\s\Z",
                    text[max(0, start - 8) : start],
                    re.I,
                )
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
