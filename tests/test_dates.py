"""Moments in Chinese text: cases, annotated sentences, and hostile input."""

from __future__ import annotations

import doctest
import importlib.util
import json
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract import date_grammar
from briefing.extract import dates as module
from briefing.extract.date_grammar import integer, rules
from briefing.extract.dates import moments
from tests.linear import is_linear

TODAY = date(2024, 1, 15)
CASES = json.loads((Path(__file__).parent / "cases" / "dates_zh.json").read_text("utf-8"))
ANNOTATED = Path(__file__).parents[1] / ".." / "shared" / "gold"


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(date_grammar).failed == 0


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    text = case["input"]
    assert [[m.span.of(text), m.kind, m.iso] for m in moments(text, TODAY)] == case["expect"]


def test_without_a_day_what_needs_one_stays_open() -> None:
    assert [m.iso for m in moments("去年5月，2023年6月，今后五年")] == ["", "", "2023-06", ""]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    text = f"于{day.year}年{day.month}月{day.day}日举行"
    assert [m.iso for m in moments(text)] == [day.isoformat()]


@given(
    st.text("零〇一二三四五六七八九十年月日季度上下半前后今去明0123456789-—至到、，。“”时点分 内底末初来", max_size=40)
)
def test_spans_are_sorted_and_apart(text: str) -> None:
    found = moments(text, TODAY)
    assert all(a.span.stop <= b.span.start for a, b in pairwise(found))
    assert all(0 <= m.span.start < m.span.stop <= len(text) for m in found)


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    for moment in moments(text, TODAY):
        assert moment.span.of(text).strip()


@pytest.mark.parametrize(("numeral", "value"), [("31", 31), ("二十", 20), ("一百", 100), ("一九四九", 1949)])
def test_integer(numeral: str, value: int) -> None:
    assert integer(numeral) == value


@pytest.mark.parametrize(
    "seed",
    ["1", "2024", "一", "十", "年", "1月", "2024年1", "前", "“十四五", "今年", "1-", "、2021", "近十", "星期", " 3 ", "1·2", "，", "上半"],
)
def test_time_grows_with_length_only(seed: str) -> None:
    assert is_linear(partial(moments, today=TODAY), seed)


def test_every_rule_has_a_resolver() -> None:
    assert {name for name, _, _ in rules()} == set(module._RESOLVERS)


@pytest.mark.shared
def test_annotated_sentences() -> None:
    if not (ANNOTATED / "dev.jsonl").is_file():
        pytest.skip("the annotated sentences are not beside the checkout")
    spec = importlib.util.spec_from_file_location("score", ANNOTATED / "score.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    lines = (ANNOTATED / "dev.jsonl").read_text("utf-8").splitlines()
    expected = [json.loads(line) for line in lines if line.strip()]
    found = [
        {
            "text": e["text"],
            "quantities": [],
            "pledge": False,
            "dates": [{"start": m.span.start, "stop": m.span.stop, "kind": m.kind} for m in moments(e["text"], TODAY)],
        }
        for e in expected
    ]
    assert score.score(expected, found)["date_f1"] >= 0.95
