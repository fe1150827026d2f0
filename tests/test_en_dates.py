"""Moments in English text: cases, properties and hostile input."""

from __future__ import annotations

import doctest
import json
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.numerals import en_dates as module
from briefing.numerals.en_dates import moments
from tests.linear import is_linear

TODAY = date(2024, 1, 15)
CASES = json.loads((Path(__file__).parent / "cases" / "dates_en.json").read_text("utf-8"))


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    text = case["input"]
    assert [[m.span.of(text), m.kind, m.iso] for m in moments(text, TODAY)] == case["expect"]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["%B {d}, %Y", "{d} %B %Y", "%b. {d}, %Y"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    text = f"It opened on {day.strftime(form.replace('{d}', str(day.day)))}, as planned."
    if "May." not in text:  # May has no short form
        assert [m.iso for m in moments(text)] == [day.isoformat()]


@given(st.text("the first of January 24 2024-to Q3 half year end next last 1990s pm., quarter", max_size=60))
def test_spans_are_sorted_and_apart(text: str) -> None:
    found = moments(text, TODAY)
    assert all(a.span.stop <= b.span.start for a, b in pairwise(found))


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    moments(text, TODAY)


@pytest.mark.parametrize(
    "seed",
    ["1", "2024", "the ", "January ", "May 1", "2024-", "end of the ", "first ", "last year ", "on the 1", "p.m. "],
)
def test_time_grows_with_length_only(seed: str) -> None:
    assert is_linear(partial(moments, today=TODAY), seed)
