"""Sentences composed by rule: cases with masked Chinese, the English of the slots and of the phrases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Slot
from briefing.spans import Span
from briefing.translate.clause_words import done_to, words
from briefing.translate.clauses import Composer
from briefing.translate.placeholders import TOKEN, returned
from briefing.translate.restated import restated

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "clauses.json").read_text(encoding="utf8")
)


def composed(given: dict[str, Any]) -> tuple[str | None, list[Slot]]:
    slots = [Slot(token, Span(0, 1), english) for token, english in given["slots"].items()]
    known = given.get("known", {}) | given["phrases"]

    def phrase(zh: str, counted: bool) -> str:
        return str(known.get(f"{zh}+" if counted else zh, known.get(zh, zh)))

    return Composer(slots, phrase, 2025, future=given["promise"], known=glossary(given)).sentence(given["masked"]), slots


def glossary(given: dict[str, Any]) -> Callable[[str, bool], str | None]:
    """What the case says that the glossary knows; "x+" is x where a number counts it."""
    rows: dict[str, str] = given.get("known", {})
    return lambda zh, counted: rows.get(f"{zh}+" if counted else zh, rows.get(zh))


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert composed(case["input"])[0] == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_every_slot_is_said_once(case: dict[str, Any]) -> None:
    english, slots = composed(case["input"])
    assert english is None or returned(english, slots)
    assert {m.group() for m in TOKEN.finditer(case["input"]["masked"])} == {slot.token for slot in slots}


def test_what_is_composed_is_asked_for_before() -> None:
    """The phrases of the first pass, which knows no English yet, are those of the second."""
    for case in CASES:
        asked: list[str] = []
        slots = [Slot(t, Span(0, 1), e) for t, e in case["input"]["slots"].items()]
        rows = glossary(case["input"])

        def ask(zh: str, counted: bool, asked: list[str] = asked) -> str:
            asked.append(zh)
            return zh

        Composer(slots, ask, 2025, known=rows).sentence(case["input"]["masked"])
        wanted: list[str] = []
        known = case["input"]["phrases"]

        def phrase(zh: str, counted: bool, wanted: list[str] = wanted, known: dict[str, str] = known) -> str:
            wanted.append(zh)
            return known.get(f"{zh}+" if counted else zh, known.get(zh, zh))

        Composer(slots, phrase, 2025, known=rows).sentence(case["input"]["masked"])
        assert set(wanted) <= set(asked), case["label"]


def test_verbs_are_complete() -> None:
    table = words()
    for form in ("built", "build", "building", "renovated", "promoting"):
        assert form in table.forms
    assert done_to("新增绿地")[0] == 2 and done_to("研发投入") == (0, None)
    assert table.verb("新建").new and not table.verb("改造").new


@pytest.mark.parametrize(
    ("masked", "expect"),
    [
        ("力争到<d1>，<t1>达到<n1>。", "到<d1>，力争<t1>达到<n1>。"),
        ("<t1>增长<n1>，分别高于全国、全省<n2>和<n3>。", "<t1>增长<n1>，高于全国<n2>，高于全省<n3>。"),
        ("全年预计实现<t1><n1>，<t2><n2>。", "预计全年<t1>达到<n1>，<t2><n2>。"),
        ("<d1>预计完成<t1><n1>。", "<d1>，预计<t1>达到<n1>。"),
        ("预计<d1><t1>达到<n1>。", "<d1>，预计<t1>达到<n1>。"),
        ("新建<t1><n1>，改造提升<n2>。", "新建<t1><n1>，改造<n2>。"),
        ("对青年创客每人给予最高<n1>贷款。", "对青年创客每人最高贷款<n1>。"),
        ("民生方面，<d1>新增学位<n1>。", "在民生方面，<d1>新增学位<n1>。"),
        ("对<n1><t1>、<t2>、<t3>等进行调查。", "对<n1><t1>、<t2>和<t3>进行调查。"),
        ("力争<t1>达到<n1>。", "力争<t1>达到<n1>。"),
    ],
)
def test_the_same_is_said_in_the_order_that_the_shapes_read(masked: str, expect: str) -> None:
    assert restated(masked) == expect
