"""Names of people: cases, and what holds for every name."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.translate import names as module
from briefing.translate.names import join, pinyin, syllable, word

CASES = json.loads((Path(__file__).parent / "cases" / "names_people.json").read_text("utf-8"))


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    assert pinyin(case["input"]) == case["expect"]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4))
def test_a_chinese_name_becomes_capitalised_letters(name: str) -> None:
    english = pinyin(name)
    if re.search("[㐀-鿿]", english):  # a character that is in no table is kept
        assert any(syllable(c) == c for c in name)
    else:
        assert re.fullmatch(r"[A-Z][A-Za-z']*(?:-[A-Z][a-z']*)?(?: [A-Z][a-z']*)?", english)


@given(st.text(max_size=12))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(pinyin(text), str)


def test_every_character_has_one_reading() -> None:
    lines = (Path(module.__file__).parents[1] / "data" / "pinyin.txt").read_text("utf-8").splitlines()
    characters = [c for line in lines if not line.startswith("#") for c in line.split(" ", 1)[1]]
    assert len(characters) == len(set(characters)) > 20000


@pytest.mark.parametrize(
    ("syllables", "expected"),
    [(["xi", "an"], "Xi'an"), (["xian"], "Xian"), (["fang", "an"], "Fang'an"), (["tian", "e"], "Tian'e"), ([], "")],
)
def test_join(syllables: list[str], expected: str) -> None:
    assert join(syllables) == expected


def test_what_is_not_chinese_is_kept() -> None:
    assert word("A座") == "Azuo"
