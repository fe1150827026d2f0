"""Quantities in English text: cases, properties and hostile input."""

from __future__ import annotations

import doctest
import importlib
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Quantity
from briefing.numerals.en import readings
from tests.linear import is_linear

CASES = Path(__file__).parent / "cases"
FAMILIES = (
    "numbers", "money", "percent", "measures", "bounds", "ranges", "multiples", "ranks", "direction", "soft",
    "not_quantities", "years_or_amounts", "known_failures",
)  # fmt: skip


def cases() -> list[Any]:
    out = []
    for family in FAMILIES:
        for case in json.loads((CASES / f"en_{family}.json").read_text("utf-8")):
            marks = [] if case["status"] == "ok" else [pytest.mark.xfail(reason=case["comment"], strict=True)]
            out.append(pytest.param(case, id=f"{family}: {case['label']}", marks=marks))
    return out


def as_dict(q: Quantity, text: str) -> dict[str, Any]:
    return {
        "text": q.span.of(text),
        "kind": q.kind,
        "low": None if q.low is None else format(q.low, "f"),
        "high": None if q.high is None else format(q.high, "f"),
        "bound": q.bound,
        "unit": q.unit,
        "direction": q.direction,
    }


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    text = case["input"]
    assert [as_dict(q, text) for q in readings(text)] == case["expect"]


@pytest.mark.parametrize(
    "name",
    ["en", "en_amounts", "en_bounds", "en_calendar", "en_fractions", "en_groups", "en_ordinals", "en_ranks", "en_shapes", "en_soft", "en_tokens", "en_units", "en_vocabulary", "en_words"],
)
def test_doctests(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"briefing.numerals.{name}")).failed == 0


# A speller of our own: nothing of the reader is used to make what it reads.
SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = [".", ".", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def spell(n: int, joiner: str = " and ", hyphen: str = "-") -> str:
    """The words of a number: British with " and ", American with " "."""
    if n < 20:
        return SMALL[n]
    if n < 100:
        return TENS[n // 10] + (hyphen + SMALL[n % 10] if n % 10 else "")
    if n < 1000:
        return f"{SMALL[n // 100]} hundred" + (joiner + spell(n % 100, joiner, hyphen) if n % 100 else "")
    for size, name in SCALES:
        if n >= size:
            rest = n % size
            link = joiner if 0 < rest < 100 else " "
            return f"{spell(n // size, joiner, hyphen)} {name}" + (link + spell(rest, joiner, hyphen) if rest else "")
    raise AssertionError(n)


NUMBERS = st.one_of(st.integers(2, 10**12), st.integers(2, 2000), st.integers(2, 10**6).map(lambda n: n * 10**6))


def values(text: str) -> list[tuple[Decimal | None, Decimal | None, str]]:
    return [(q.low, q.high, q.unit) for q in readings(text)]


@settings(deadline=None)
@given(NUMBERS, st.sampled_from([" and ", " "]), st.sampled_from(["-", " "]))
def test_words_are_read_back(n: int, joiner: str, hyphen: str) -> None:
    assert values(f"It counted {spell(n, joiner, hyphen)} tonnes in all.") == [(Decimal(n), Decimal(n), "吨")]


@settings(deadline=None)
@given(NUMBERS, st.sampled_from(["{:,}", "{}"]))
def test_digits_are_read_back(n: int, form: str) -> None:
    assert values(f"It counted {form.format(n)} tonnes in all.") == [(Decimal(n), Decimal(n), "吨")]


@settings(deadline=None)
@given(st.decimals("0.001", "9999", places=3), st.sampled_from(["thousand", "million", "billion", "trillion"]))
def test_decimals_with_scales_are_read_back(value: Decimal, scale: str) -> None:
    whole = value * next(size for size, name in SCALES if name == scale)
    assert values(f"It cost {value} {scale} yuan in all.") == [(whole, whole, "元")]


@settings(deadline=None)
@given(st.decimals("0.01", "999", places=2), st.sampled_from(["%", " percent", " per cent"]))
def test_shares_are_read_back(value: Decimal, unit: str) -> None:
    assert values(f"The rate reached {value}{unit} last week.") == [(value, value, "%")]


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["{}-{}%", "{}% to {}%", "between {} and {} percent", "{}–{}%"]))
def test_ranges_are_read_back(a: int, b: int, form: str) -> None:
    low, high = min(a, b), max(a, b) + 1
    assert values(f"The rate is {form.format(low, high)} now.") == [(Decimal(low), Decimal(high), "%")]


WORDS = ["one", "two", "twenty", "hundred", "thousand", "million", "half", "third", "quarter", "dozen", "a", "and", "of", "to", "from", "or", "-", "–", ",", ".", "%", "$", "US$", "RMB", "yuan", "km", "percent", "percentage", "points", "times", "more", "than", "nearly", "between", "3", "5.2", "1,200", "2024", "the", "first", "ranked", "No.", "doubled", "(", ")", '"', "0", "fold", "up", "down", "by"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_spans_are_in_range_sorted_and_apart(text: str) -> None:
    found = readings(text)
    assert all(a.span.stop <= b.span.start for a, b in pairwise(found))
    for q in found:
        assert 0 <= q.span.start < q.span.stop <= len(text)
        assert q.span.of(text) == q.span.of(text).strip()
        assert q.low is None or q.high is None or q.low <= q.high


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    readings(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from([(" ", "\u3000"), ("%", "％"), ("3", "３")]))
def test_full_width_characters_count_as_one(text: str, pair: tuple[str, str]) -> None:
    wide = text.replace(*pair)
    assert [q.span for q in readings(wide)] == [q.span for q in readings(text)]


@pytest.mark.parametrize(
    "seed",
    ["1", "1,", "1, ", "1 ", ",", " ", "and ", "one ", "one and ", "one-", "-", "1-", "1.", "1/", "$", "$1 ", "hundred ", "of a ", "5% ",
     "5 to ", "the first ", "million ", "(", "half a ", "more than ", "rose to ", "from 5 to ", "a1 ", "a-1", "1e5 ", "year on year ",
     '"', "2^", "3-2 ", "top 5 ", "per ", "5 km per ", "15 dollars 50 "],
)  # fmt: skip
def test_hostile_text_is_read_in_linear_time(seed: str) -> None:
    assert is_linear(readings, seed)


@pytest.mark.parametrize("seed", [",", "1", "1,", "-", "1-", ".", "("])
def test_a_megabyte_of_marks_is_read_at_once(seed: str) -> None:
    """What a hostile page is made of is no work at all, or little: rows of marks and of digits are one token."""
    assert all(q.span.stop <= 10**6 for q in readings(seed * (10**6 // len(seed))))


def test_a_long_row_is_read_as_its_numbers_are() -> None:
    row = "In 2023 we built 5 km of road: " + "1, 23, 456, " * 300 + "7 and 8 schools, up 5%."
    found = readings(row)
    assert [q.span.of(row) for q in found[2:5]] == ["23", "456", "1"] and found[1].rule == "en.count"
    short = readings(row[: row.index("1, 23") + 12 * 10] + row[-23:])
    assert [(q.kind, q.low, q.bound, q.unit) for q in found[-3:]] == [(q.kind, q.low, q.bound, q.unit) for q in short[-3:]]
    assert len(found) == 1 + 900 + 3
