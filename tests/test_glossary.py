"""The glossary: its rows hold to rules, matching is exact and linear, phrases compose or are refused."""

from __future__ import annotations

import doctest
import itertools
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.translate import glossary as module
from briefing.translate.glossary import Glossary, Term
from briefing.translate.plurals import pluralise

MATCHES = json.loads((Path(__file__).parent / "cases" / "glossary_match.json").read_text("utf-8"))
PHRASES = json.loads((Path(__file__).parent / "cases" / "glossary_phrase.json").read_text("utf-8"))
ROWS = [
    (*line.split("\t"), "", "")[:4]
    for line in (Path(module.__file__).parents[1] / "data" / "glossary.tsv").read_text("utf-8").splitlines()[1:]
]
KINDS = {
    "policy", "project", "land", "industry", "econ", "welfare", "role", "title", "org", "region", "law", "media", "idiom", "stop"
}
DIGIT = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
# Numbers that the Chinese writes as a word and the English as a figure.
SPELT = {"头号工程": {1}, "一刻钟便民生活圈": {15}, "“3·15”晚会": {15}, "“九二共识”": {1992}}
WORDS = dict(two=2, three=3, four=4, five=5, six=6, seven=7, eight=8, nine=9, ten=10)  # "one" is idiom


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load()


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("case", MATCHES, ids=lambda c: c["label"])
def test_match(case: dict[str, Any], glossary: Glossary, request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    text = case["input"]
    assert [[span.of(text), term.en] for span, term in glossary.match(text)] == case["expect"]


@pytest.mark.parametrize("case", PHRASES, ids=lambda c: c["label"])
def test_phrase(case: dict[str, Any], glossary: Glossary, request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    assert (glossary.phrase(case["input"], plural=case.get("plural", False)) or "") == case["expect"]


def test_rows_have_known_kinds_and_letters_for_english() -> None:
    for zh, en, kind, note in ROWS:
        assert len(zh) > 1 and kind in KINDS, zh
        assert (kind == "stop") == (en == ""), zh
        assert not re.search("[㐀-鿿“”‘’]|  |[.;,]$|^ | $", en), (zh, en)
        assert note.startswith("v.") or not re.match("(?:the|an?) ", en), (zh, en)
        assert not re.search("[\"']", zh), zh
        assert re.match(r"(?:phrase ?)?(?:-s|pl\.|v\.|adv\.|attrib\.|;|$)", note), (zh, note)


def test_no_term_stands_twice() -> None:
    terms = [row[0] for row in ROWS]
    assert sorted(t for t in set(terms) if terms.count(t) > 1) == []


def test_common_nouns_are_in_lower_case() -> None:
    for zh, en, kind, _ in ROWS:
        if kind in ("land", "welfare", "role") and en[:1].isupper():
            assert re.match(r"(?:[A-Z]{2}|T-|SkyShuttle|Healthy China|Party|Qilu|Quancheng|Spring|Drivers')", en), (zh, en)


def test_plurals_differ_from_the_singular() -> None:
    for zh, en, _, note in ROWS:
        flag = note.partition(";")[0].removeprefix("phrase").strip()
        term = Term(zh, en, "econ", note)
        if flag == "-s":
            assert term.plural != en and term.countable, zh
        elif flag.startswith("pl. "):
            assert term.plural == flag[4:] != pluralise(en), (zh, "the regular plural needs no spelling")


def numbers(zh: str) -> set[int]:
    """Every number that a term's Chinese can be read as: digits, single numerals and tens."""
    found = {int(n) for n in re.findall(r"\d+", zh)}
    for run in re.findall("[零〇一二两三四五六七八九十百千万亿]+", zh):
        total = 0
        for tens in re.finditer("([一二三四五六七八九]?)十([一二三四五六七八九]?)", run):
            found.add(10 * DIGIT.get(tens[1], 1) + DIGIT.get(tens[2], 0))
        for char in run:
            found.add(DIGIT.get(char, {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}.get(char, total)))
    return found


def test_a_figure_in_the_english_stands_in_the_chinese() -> None:
    for zh, en, _, _ in ROWS:
        figures = {int(n.replace(",", "")) for n in re.findall(r"(?<![A-Za-z\d.])\d[\d,]*(?![\d.]*[A-Za-z])", en)}
        assert figures <= numbers(zh) | SPELT.get(zh, set()), (zh, en)


def test_a_number_word_in_the_english_stands_in_the_chinese() -> None:
    for zh, en, _, _ in ROWS:
        plain = en.lower().replace("-", " ").replace("ten thousand", "")
        words = {WORDS[w] for w in re.findall(r"[a-z]+", plain) if w in WORDS}
        assert words <= numbers(zh) | ({2} if "双" in zh else set()), (zh, en)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("培育瞪羚企业", "gazelle enterprises"),
        ("33家瞪羚企业", "gazelle enterprises"),
        ("成为一家瞪羚企业", "gazelle enterprise"),
        ("二十一家瞪羚企业", "gazelle enterprises"),
        ("该瞪羚企业", "gazelle enterprise"),
        ("首家瞪羚企业", "gazelle enterprise"),
        ("优化营商环境", "business environment"),
        ("高校毕业生", "college graduates"),
        ("副市长张明", "vice mayor"),
    ],
)
def test_a_countable_term_is_plural_in_a_text_unless_one_is_meant(text: str, english: str, glossary: Glossary) -> None:
    assert [term.in_text(text, span) for span, term in glossary.match(text)] == [english]


def test_user_terms_win(tmp_path: Path) -> None:
    file = tmp_path / "terms.tsv"
    file.write_text("瞪羚企业\tGazelle company\n项目深化年\tProject Year\tpolicy\n企业家\tbusiness leader\n", "utf-8")
    mine = Glossary.load(file)
    assert [t.en for _, t in mine.match("瞪羚企业家庭")] == ["Gazelle company"]
    assert mine.exact("项目深化年").en == "Project Year"  # type: ignore[union-attr]
    assert [t.en for _, t in mine.match("民营企业家")] == ["business leader"], "also inside a longer term of the project"
    assert Glossary.load().exact("项目深化年").en != "Project Year"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["只有中文\n", "词\tone character\n", "瞪羚企业\t\tpolicy\n"])
def test_a_wrong_row_of_the_user_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "terms.tsv"
    file.write_text("# 注释\n" + text, "utf-8")
    with pytest.raises(ConfigError, match="line 2"):
        Glossary.load(file)


def test_a_missing_file_of_the_user_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.tsv"):
        Glossary.load(tmp_path / "none.tsv")


@given(st.text("高新技术企业四上十五亿元AI人工智能两会中国发展家，。0123", max_size=24))
def test_matches_are_sorted_and_do_not_overlap(text: str) -> None:
    found = Glossary.load().match(text)
    assert all(a.stop <= b.start for (a, _), (b, _) in itertools.pairwise(found))
    assert all(span.of(text) == term.zh and term.en for span, term in found)


def test_matching_is_linear(glossary: Glossary) -> None:
    def seconds(repeat: int) -> float:
        text = "去年新增高新技术企业六十一家，全市四上企业突破两百家，城中村改造和老旧小区改造加快推进。" * repeat
        start = time.process_time()
        assert len(glossary.match(text)) == 4 * repeat
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 100 * max(seconds(100), 0.005)  # 20 times the text; 400 if it were quadratic
