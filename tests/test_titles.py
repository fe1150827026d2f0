"""Titles and bodies: composed from parts, and empty rather than guessed."""

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

from briefing.translate import office_words, organisations, titles
from briefing.translate.office_words import table
from briefing.translate.organisations import find, organisation
from briefing.translate.titles import offices, title

FOLDER = Path(__file__).parent / "cases"
TITLES = json.loads((FOLDER / "titles.json").read_text("utf-8"))
BODIES = json.loads((FOLDER / "organisations.json").read_text("utf-8"))


def test_doctests() -> None:
    assert doctest.testmod(titles).failed == 0
    assert doctest.testmod(organisations).failed == 0
    assert doctest.testmod(office_words).failed == 0


@pytest.mark.parametrize("case", TITLES, ids=lambda c: c["label"])
def test_title(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    assert title(case["input"]) == case["expect"]


@pytest.mark.parametrize("case", BODIES, ids=lambda c: c["label"])
def test_body(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    assert (organisation(case["input"]) or "") == case["expect"]


@pytest.mark.parametrize(
    ("zh", "english"),
    [
        ("市统计局", "municipal bureau of statistics"),
        ("区委组织部", "organization department of the district Party committee"),
        ("区政协", "district CPPCC committee"),
        ("济南市统计局", "Jinan Municipal Bureau of Statistics"),
        ("国家统计局", "National Bureau of Statistics"),
    ],
)
def test_inside_a_sentence_only_proper_names_keep_capitals(zh: str, english: str) -> None:
    assert organisation(zh, sentence=True) == english


def test_bodies_are_found_with_their_owners() -> None:
    text = "近日，济南市委宣传部、市中区人民政府、区教育局和省发改委联合发文，全区各部门参加。"
    assert [span.of(text) for span, _ in find(text)] == ["济南市委宣传部", "市中区人民政府", "区教育局", "省发改委"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("记者专访了济南市市中区委副书记、代区长孟庆顺。", {"济南市市中区委副书记": "deputy secretary of the Shizhong District Party Committee, Jinan"}),
        ("市统计局局长和济南市副市长到场。", {"市统计局局长": "director of the municipal bureau of statistics", "济南市副市长": "vice mayor of Jinan"}),
        ("全国人大代表、平阴县县长说", {"全国人大代表": "deputy to the National People's Congress", "平阴县县长": "head of Pingyin County"}),
        ("书记说，主任表示，局长们介绍。", {}),
    ],
)
def test_offices_are_found_in_a_sentence(text: str, expected: dict[str, str]) -> None:
    assert {span.of(text): english for span, english in titles.find(text)} == expected


def test_finding_takes_linear_time() -> None:
    def seconds(repeat: int) -> float:
        text = "市区县委政府副书记主任常务局长人大" * repeat
        start = time.process_time()
        titles.find(text)
        find(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(600) < 30 * max(seconds(60), 0.01)


def test_a_title_that_follows_a_body_is_not_cut() -> None:
    assert [span.of("市教育局长") for span, _ in find("市教育局长")] == []


def test_offices_keep_what_is_known_when_the_title_is_not() -> None:
    parts = offices("某某研究会顾问、济南市副市长")
    assert [(o.zh, o.english) for o in parts] == [("某某研究会顾问", ""), ("济南市副市长", "Vice Mayor of Jinan")]
    assert title("某某研究会顾问、济南市副市长") == ""


def test_the_place_that_a_district_lies_in_comes_last_and_once() -> None:
    assert title("济南市历下区委副书记、济南市历下区区长").count("Jinan") == 1


@given(st.text("省市区县委书记副代长济南阳局厅主任常、，政府人大协党组员原兼", max_size=16))
def test_any_text_is_answered_without_chinese(text: str) -> None:
    english = title(text)
    assert not re.search("[㐀-鿿]|{|}|  ", english)


def test_every_template_is_filled_completely() -> None:
    owner = organisations.Owner("Jinan Municipal")
    for section in ("body",):
        for zh, template in table(section).items():
            assert re.fullmatch(r"[A-Z][A-Za-z'\- ]+", owner.fill(template)), zh
    for zh, entry in table("rank").items():
        assert len(entry) == 2 and entry[0][0].isupper() and entry[1] in ("", "Vice", "Deputy", "Associate"), zh
