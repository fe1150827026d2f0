"""Places: their English by rule, and finding them in sentences without false hits."""

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

from briefing.spans import Span
from briefing.translate import localities
from briefing.translate import places as module
from briefing.translate.places import find, known, place, short_form

CASES = json.loads((Path(__file__).parent / "cases" / "places.json").read_text("utf-8"))
FINDS = json.loads((Path(__file__).parent / "cases" / "places_find.json").read_text("utf-8"))
DATA = Path(module.__file__).parents[1] / "data"
TABLE = Path(__file__).parents[1] / ".." / "shared" / "corpus" / "places.tsv"


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(localities).failed == 0


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    assert place(case["input"]) == case["expect"]


@pytest.mark.parametrize("case", FINDS, ids=lambda c: c["label"])
def test_find(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    text = case["input"]
    assert [[span.of(text), english] for span, english in find(text)] == case["expect"]


def test_the_short_form_of_a_known_place_counts_where_it_is_asked_for() -> None:
    text = "济阳将主动融入"
    assert find(text) == ()
    assert find(text, also=["济阳区"]) == ((Span(0, 2), "Jiyang"),)


def test_a_text_shows_what_is_a_division() -> None:
    text = "云河市澄江区长期缺地。澄江区委部署，云河港和澄江都受益。"
    assert [(s.of(text), e) for s, e in find(text)] == [
        ("云河市澄江区", "Chengjiang District, Yunhe"),
        ("云河港", "Yunhe Port"),
        ("澄江", "Chengjiang"),
    ]
    assert find("云河港和澄江都受益。") == ()


def test_a_district_named_twice_may_be_named_shortly() -> None:
    assert [s.of("济阳区投产。济阳区开工。济阳将加快。") for s, _ in find("济阳区投产。济阳区开工。济阳将加快。")] == ["济阳区", "济阳区", "济阳"]
    assert [s.of("和平区和和平区，和平发展") for s, _ in find("和平区和和平区，和平发展")] == ["和平区", "和平区"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("济阳区", "济阳"), ("山东省", "山东"), ("广西壮族自治区", "广西"), ("青龙满族自治县", "青龙"), ("喀什地区", "喀什"), ("曲堤镇", "曲堤")],
)
def test_short_form(name: str, short: str) -> None:
    assert short_form(name) == short


def divisions() -> list[str]:
    lines = (DATA / "divisions.txt").read_text("utf-8").splitlines()
    return [name for line in lines if line and line[0] not in "#=" for name in line.split() if name != "-"]


def test_every_division_is_known_and_has_a_name_in_letters() -> None:
    for name in divisions():
        assert known(name) or place(name) == "", name
        assert re.fullmatch(r"[A-Z][A-Za-z'\- ,]+", place(name) or "X"), (name, place(name))


def test_every_division_is_found_whole() -> None:
    words = {"新城区", "海城市", "增城市", "平房区", "解放区", "古城区"}  # they count only after their province: 启动新城区建设, 沿海城市
    missed = [name for name in set(divisions()) - words if [s.of(f"在{name}。") for s, _ in find(f"在{name}。")] != [name]]
    assert missed == []


def test_no_two_rows_of_one_kind_say_the_same() -> None:
    rows = [line.split("\t") for line in (DATA / "places.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(len(row) in (3, 4) for row in rows)
    keys = [(row[0], row[2]) for row in rows]
    assert sorted(k for k in set(keys) if keys.count(k) > 1) == []


@given(st.text("济南市中区县镇街道路河山大在和新高全各的一二山东省社", max_size=14))
def test_any_text_is_answered(text: str) -> None:
    assert not re.search("[㐀-鿿]", place(text))
    for span, english in find(text):
        assert english and not re.search("[㐀-鿿]", english) and span.of(text)


def test_long_text_takes_linear_time() -> None:
    def seconds(repeat: int) -> float:
        text = "济南市市中市市区区县县省省自治自治乌鲁木" * repeat
        start = time.process_time()
        find(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 20 * max(seconds(200), 0.01)


@pytest.mark.shared
@pytest.mark.skipif(not TABLE.exists(), reason="the table of divisions is not beside the checkout")
def test_pinyin_agrees_with_an_independent_table() -> None:
    """For divisions whose English there is plain pinyin: 99 of 100 names must be the same letters."""
    same = different = 0
    for line in TABLE.read_text("utf-8").splitlines()[1:]:
        _, zh, reading, english = line.split("\t")
        core = "".join(reading.split()[:-1])
        if not known(zh) or zh[-1] not in "市区县" or english.split(" ")[0].lower().replace("'", "") != core:
            continue
        mine = place(zh).split(" ")[0].lower().replace("'", "").replace("lyu", "lu").removesuffix("xian")
        if mine == core.removesuffix("xian"):
            same += 1
        else:
            different += 1
    assert same > 2000 and different <= same // 100
