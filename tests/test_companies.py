"""Companies: found where their form or company shows them, and no ordinary noun taken for one."""

from __future__ import annotations

import doctest
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.check.numbers import compare
from briefing.masking import candidates
from briefing.translate import coined, companies
from briefing.translate.companies import company, find
from briefing.translate.glossary import Glossary

CASES = json.loads((Path(__file__).parent / "cases" / "companies.json").read_text("utf-8"))
DATA = Path(companies.__file__).parents[1] / "data"
KINDS = {"form", "firm", "trade", "goods", "works", "phase", "head", "project", "business", "name", "word"}


@pytest.mark.parametrize("module", [companies, coined])
def test_doctests(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    text = case["input"]
    assert [[span.of(text), english] for span, english in find(text)] == case["expect"]


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"]], ids=lambda c: c["label"])
def test_no_number_is_read_in_a_name(case: dict[str, Any]) -> None:
    for zh, english in case["expect"]:
        assert [f.code for f in compare(f"走访{zh}。", f"They visited {english}.")] == []


def test_every_row_of_the_vocabulary_has_a_kind_and_is_there_once() -> None:
    rows = [r.split("\t") for r in (DATA / "company_words.tsv").read_text("utf-8").splitlines() if r[0] != "#"]
    assert all(len(row) == 3 and row[2] in KINDS for row in rows)
    keys = [(row[0], row[2]) for row in rows]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


def test_what_the_glossary_has_is_not_composed() -> None:
    for term in Glossary.load():
        if term.kind == "org":
            assert company(term.zh) == "", term.zh


def test_a_company_is_a_slot_but_for_a_term_that_holds_it() -> None:
    text = "引进锐捷泰科技"
    shown = [(c.kind, c.span.of(text), c.english) for c in candidates(text, (), (), (), Glossary.load())]
    assert shown == [("o", "锐捷泰科技", "Ruijietai Technology")]


@given(st.text("海冠科迈隆省市二期药业科技集团公司等企业项目、和，引进在的一X5", max_size=30))
def test_any_text_is_answered(text: str) -> None:
    for span, english in find(text):
        assert english and not re.search("[㐀-鿿]", english) and span.of(text)


def test_long_text_takes_linear_time() -> None:
    def seconds(repeat: int) -> float:
        text = "引进海冠电力、科迈隆等等企业科技集团公司、" * repeat
        start = time.process_time()
        find(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(200) < 20 * max(seconds(40), 0.01)  # 5 times the text; 25 if it were quadratic
