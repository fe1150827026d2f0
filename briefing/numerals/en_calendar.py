"""Dates, years, periods and clock times among the tokens of an English text, so that no quantity is read there.

What they mean is for `briefing.numerals.en_dates` to say; here only their extent counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from briefing.numerals import en_units
from briefing.numerals.en_ordinals import ordinal
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at
from briefing.numerals.en_vocabulary import words
from briefing.numerals.en_words import ONES, ORDINAL_SUFFIXES, SCALES, TENS

_DAYTIMES = [["the", "morning"], ["the", "afternoon"], ["the", "evening"]]
_MERIDIEM = frozenset({"am", "pm", "a.m.", "p.m.", "o'clock", "oclock"})


def numeric(items: Sequence[Token], index: int) -> int:
    """The index after the date, year or time that begins with the number at `index`; `index` if there is none."""
    for shape in (_clock, _numeric_date, _day_month, _year, _day_of_month):
        stop = shape(items, index)
        if stop > index:
            return stop
    return index


def worded(items: Sequence[Token], index: int) -> int:
    """The same for a date or period that begins with a word: May 5, the first 10 months."""
    if items[index].low in ONES and (
        at(items, index + 1) in {"o'clock", "oclock"}
        or (at(items, index + 1) == "in" and [at(items, index + 2), at(items, index + 3)] in _DAYTIMES)
    ):
        return index + 2
    month = _month(items, index)
    if month > index:
        return _after_month(items, index, month)
    if items[index].low in {"first", "second"} and at(items, index + 1) == "half":
        return index + 2
    return _period(items, index) if items[index].low in words("period_heads") else index


def _is_year(items: Sequence[Token], index: int) -> bool:
    token = items[index] if 0 <= index < len(items) else None
    return (
        token is not None
        and token.kind == "number"
        and len(token.text) == 4
        and token.text.isdigit()
        and "1800" <= token.text <= "2100"
    )


def _is_day(items: Sequence[Token], index: int) -> bool:
    token = items[index] if 0 <= index < len(items) else None
    return (
        token is not None
        and token.kind == "number"
        and len(token.text) < 3
        and token.text.isdigit()
        and 0 < int(token.text) < 32
    )


def _clock(items: Sequence[Token], index: int) -> int:
    """14:30, 6 pm, 2.13 a.m., 9 o'clock."""
    after = index + 1
    if at(items, after) in {"noon", "midnight"}:
        return after + 1
    if at(items, after) == "in" and [at(items, after + 1), at(items, after + 2)] in _DAYTIMES:
        return after if _is_day(items, index) else index
    while at(items, after) == ":" and adjacent(items, after) and adjacent(items, after + 1) and after + 1 < len(items):
        if items[after + 1].kind != "number":
            break
        after += 2
    if at(items, after) in _MERIDIEM and not (
        at(items, after) in {"am", "pm"} and "." in items[index].text and len(items[index].text.partition(".")[2]) != 2
    ):
        return after + 1
    if at(items, after) in HYPHENS and _is_day(items, after + 1) and at(items, after + 2) in _MERIDIEM:
        return after + 3
    return after if after > index + 1 else index


def _numeric_date(items: Sequence[Token], index: int) -> int:
    """2025-01-15, 5/17/2018, 1995-01, 24/7, 9/11, 2023/24, +1-222-2222: numbers on a string."""
    if at(items, index - 1) == "^":
        return index + 1
    if _is_dotted(items, index) and (_is_dotted(items, index + 2) or _is_dotted(items, index - 2)):
        return index + 1
    if not items[index].text.isdigit():
        return index
    parts, after = 1, index + 1
    while (
        after + 1 < len(items)
        and items[after].low in {"-", "/"}
        and adjacent(items, after)
        and adjacent(items, after + 1)
        and items[after + 1].kind == "number"
        and items[after + 1].text.isdigit()
    ):
        parts, after = parts + 1, after + 2
    if parts > 2:
        return after
    if parts == 2 and items[index + 1].low == "/":
        first, second = items[index].value, items[index + 2].value
        if (items[index].text, items[index + 2].text) in {("9", "11"), ("24", "7"), ("7", "24")} or _is_year(
            items, index
        ):
            return after
        if first is None or second is None or not first < second:
            return after
    if parts == 2 and _is_year(items, index) and items[index + 1].low == "-" and len(items[index + 2].text) == 2:
        return after
    return index


def _is_dotted(items: Sequence[Token], index: int) -> bool:
    """Whether a token is a year and month as in 1999.05 - 2000.12."""
    text = items[index].text if 0 <= index < len(items) and items[index].kind == "number" else ""
    year, dot, month = text.partition(".")
    return bool(dot) and len(year) == 4 and "1900" <= year <= "2100" and len(month) == 2 and "01" <= month <= "12"


def _month(items: Sequence[Token], index: int) -> int:
    """The index after a month name (with its full stop) at `index`, else `index`."""
    if at(items, index) not in words("months") or not items[index].text[0].isupper():
        return index
    return index + 2 if at(items, index + 1) == "." and len(items[index].text) < 5 else index + 1


def _day_month(items: Sequence[Token], index: int) -> int:
    """12 January (2025), 12th of January, 12-15 January, 3 to 5 March."""
    if not _is_day(items, index):
        return index
    after = index + 1 + (at(items, index + 1) in ORDINAL_SUFFIXES and adjacent(items, index + 1))
    if at(items, after) in {"-", "–", "to", "and", "or"} and _is_day(items, after + 1):
        after += 2
        after += at(items, after) in ORDINAL_SUFFIXES and adjacent(items, after)
    after += at(items, after) == "of"
    stop = _month(items, after)
    if stop == after or (
        at(items, after) == "may" and at(items, index - 1) not in {"on", "of", "the", "since", "by", "until", "from"}
    ):
        return index
    comma = at(items, stop) == ","
    return stop + comma + 1 if _is_year(items, stop + comma) else stop


def _after_month(items: Sequence[Token], index: int, month: int) -> int:
    """January 12(th), 2025; Jan. 12-15; January 2025; January 12 and 13."""
    after = month
    if _is_year(items, after):
        return after + 1
    if not _is_day(items, after):
        return month if items[index].low != "may" else index
    while True:
        after += 1
        if at(items, after) in ORDINAL_SUFFIXES and adjacent(items, after):
            after += 1
        if (
            at(items, after) in {"-", "–", "to", "and", ","}
            and _is_day(items, after + 1)
            and (at(items, after) in HYPHENS or _ends_date(items, after + 2))
            and after - month < 12
        ):
            after += 1
            continue
        break
    comma = at(items, after) == ","
    return after + comma + 1 if _is_year(items, after + comma) and not items[after + comma].grouped else after


def _ends_date(items: Sequence[Token], index: int) -> bool:
    """Whether the day before `index` is a day: no noun or unit follows it."""
    return (
        index >= len(items)
        or items[index].kind != "word"
        or at(items, index) in {"and", "in", "at", "of", "this", "the", "respectively"}
    )


def _period(items: Sequence[Token], index: int) -> int:
    """the first 10 months, first three quarters: a part of the year; of the past 28 years only the head is marked.

    How long a stretch of days or years is remains a measure, as 28年来 and 过去24小时 are on the Chinese side.
    """
    after = index + 1
    while after - index < 7 and _may_measure(items, after):
        after += 1
    if after == index + 1 or after - index > 6:
        return index
    noun = at(items, after)
    if noun in HYPHENS:
        noun, after = at(items, after + 1), after + 1
    noun = noun.removesuffix("'").removesuffix("s")
    if noun not in words("periods"):
        return after if at(items, after - 1) == "half" else index
    whole = items[index].low in {"first", "final", "latter"} and noun in {"month", "quarter", "half", "year"}
    return after + 1 if whole else index + 1


def _may_measure(items: Sequence[Token], index: int) -> bool:
    """Whether a token may stand between the head of a period and its noun: five, 10, or, nearly."""
    word = at(items, index)
    number = index < len(items) and items[index].kind == "number"
    return number or word in words("in_period") or word in ONES or word in TENS


def _year(items: Sequence[Token], index: int) -> int:
    """in 2024, 2021-2025, the 1990s, 2024 National Games; not 2030 households, not 2,030."""
    if not _is_year(items, index):
        return _early_year(items, index)
    after = index + 1
    if at(items, after) in {"-", "–", "to", "and", "/", "or", "through", "—"} and _is_year(items, after + 1):
        return after + 2 + (at(items, after + 2) == "s")
    if at(items, after) == "s" and adjacent(items, after):
        return after + 1
    if at(items, after) in {"'s", "'"}:
        return after
    before = at(items, index - 1)
    if after >= len(items) or items[after].kind != "word":
        amount = index == 0 and after >= len(items)
        return index if amount or before in {"$", "€", "£", "¥", "rmb"} or at(items, after) in {"%", "°"} else after
    noun = items[after]
    if noun.text[0].isupper():
        return after if noun.low not in SCALES and en_units.suffix(items, after) is None else index
    plural = (noun.low.endswith("s") and noun.low not in words("not_plurals")) or noun.low in words("plurals")
    if before in words("before_year") and not (
        (plural and before not in {"in", "the", "of", "since", "by"}) or noun.low in words("unit_words")
    ):
        return after
    return index if plural or noun.low in words("unit_words") or _adjective_noun(items, after) else after


def _adjective_noun(items: Sequence[Token], index: int) -> bool:
    """2030 new households: an adjective and a plural."""
    noun = at(items, index + 1)
    return len(noun) > 3 and noun.endswith("s") and noun not in words("not_plurals") and items[index + 1].text.islower()


def _early_year(items: Sequence[Token], index: int) -> int:
    """in 1368, 221 BC, AD 618."""
    token = items[index]
    if at(items, index + 1) in {"bc", "bce", "ad", "ce"} and items[index + 1].text.isupper():
        return index + 2
    if at(items, index - 1) in {"ad", "bc"} and items[index - 1].text.isupper():
        return index + 1
    if (
        len(token.text) == 4
        and token.text.isdigit()
        and "1000" <= token.text < "1800"
        and at(items, index - 1) in {"in", "since", "year"}
    ):
        after = index + 1
        return after if after >= len(items) or items[after].kind == "symbol" else index
    return index


def _day_of_month(items: Sequence[Token], index: int) -> int:
    """on the 12th, as of the 21st, from the 5th to the 8th: a day without its month."""
    found = ordinal(items, index)
    if found is None or not Decimal(0) < found.value < 32:
        return index
    after = found.stop
    if at(items, index - 1) != "the" or (
        after < len(items) and items[after].kind == "word" and at(items, after) not in words("after_day")
    ):
        return index
    if at(items, after) == "century" or at(items, after) in HYPHENS:
        return index
    return after
