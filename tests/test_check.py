"""The check: each kind of mistake gives its finding, correct pairs give none, and outputs are valid."""

from __future__ import annotations

import csv
import doctest
import importlib
import io
import json
import random
import xml.etree.ElementTree as ElementTree
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import mutations
from briefing.check import report, sarif
from briefing.check.bounds import judge
from briefing.check.codes import codes
from briefing.check.consistency import within
from briefing.check.files import check_lines, check_rows, read_pairs
from briefing.check.numbers import compare, examine, verified
from briefing.model import Figure, Interview, Quantity, Turn
from briefing.spans import Span

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[1]


def cases() -> list[object]:
    out = []
    for path in sorted(CASES.glob("check_*.json")):
        for case in json.loads(path.read_text(encoding="utf8")):
            marks = [] if case["status"] == "ok" else [pytest.mark.xfail(reason=case["comment"], strict=True)]
            out.append(pytest.param(case, id=f"{path.stem}: {case['label']}", marks=marks))
    return out


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, object]) -> None:
    given = case["input"]
    assert isinstance(given, dict)
    today = date.fromisoformat(given["today"]) if "today" in given else None
    terms = [tuple(pair) for pair in given.get("terms", ())]
    found = compare(given["zh"], given["en"], today, terms=terms)  # type: ignore[arg-type]
    assert sorted({f.code for f in found if f.severity != "note"}) == sorted(set(case["expect"])), found  # type: ignore[call-overload]
    for f in found:
        assert f.message.endswith(".") and (f.source or f.target) is not None


@pytest.mark.parametrize(
    "name", ["anchors", "bind", "bounds", "calendar", "codes", "files", "items", "labels", "leftovers", "numbers", "order", "report", "segments", "words"]
)
def test_doctests(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"briefing.check.{name}")).failed == 0


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf8")
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    assert rows.keys() == codes().keys()
    for code, meaning in codes().items():
        assert meaning.title in rows[code] and meaning.severity in rows[code]


def test_every_expected_code_exists() -> None:
    used = {code for path in CASES.glob("check_*.json") for case in json.loads(path.read_text("utf8")) for code in case["expect"]}
    assert used <= codes().keys()


def test_the_check_never_reads_the_translation() -> None:
    for path in (ROOT / "briefing" / "check").glob("*.py"):
        assert "briefing.translate" not in path.read_text(encoding="utf8"), path.name


def test_lattice_is_whole() -> None:
    bounds = ("exact", "about", "over", "near", "at_least", "at_most", "range")
    assert all(judge(b, b) is None for b in bounds)  # type: ignore[arg-type]
    assert {judge(a, b) is None for a in bounds for b in bounds if a != b} == {False}  # type: ignore[arg-type]


def test_accepting_turns_a_finding_into_a_note_with_the_reason() -> None:
    (kept,) = compare("近800个村庄", "800 villages", unit="i1.point1", accept={"N-HEDGE i1.point2": "house style"})
    (eased,) = compare("近800个村庄", "800 villages", unit="i1.point1", accept={"N-HEDGE i1.point1": "house style"})
    assert kept.severity == "warning"
    assert eased.severity == "note" and "house style" in eased.message


def test_spans_point_at_both_numbers() -> None:
    zh, en = "完成投资90亿元。", "Investment of 90 billion yuan was completed."
    (found,) = compare(zh, en, unit="7")
    assert found.source is not None and found.target is not None and found.unit == "7"
    assert (found.source.of(zh), found.target.of(en)) == ("90亿元", "90 billion yuan")


def test_verified_pairs() -> None:
    zh, en = "2023年完成投资90亿元，增长7.8%", "In 2023, investment of 9 billion yuan was completed, up 78%"
    assert [(a.of(zh), b.of(en)) for a, b in verified(zh, en)] == [("2023年", "2023"), ("90亿元", "9 billion yuan")]
    counts = report.tally([examine(zh, en), examine("增长5%", "up 5%")])
    assert (counts.texts, counts.source, counts.target, counts.verified, counts.flagged) == (2, 4, 4, 3, 1)


def test_lines_of_unequal_number_are_told_once() -> None:
    found = list(check_lines(["增长5%\n", "增长6%\n", "增长7%\n"], ["up 5%\n"]))
    assert [[f.code for f in r.findings] for r in found] == [[], ["L-COUNT", "N-MISSING"], ["N-MISSING"]]


def test_lines_stream() -> None:
    def endless() -> object:
        while True:
            yield "增长5%"

    stream = check_lines(endless(), iter(["up 5%"] * 3))  # type: ignore[arg-type]
    assert next(stream).findings == () == next(stream).findings


def test_tables() -> None:
    tsv = io.StringIO('增长5%\tup 5%, "as planned\n增长6%\tup 7%\n', newline="")
    assert [[f.code for f in r.findings] for r in check_rows(read_pairs(tsv))] == [[], ["N-ALTERED"]]
    named = io.StringIO('unit,en,zh\nrow a,"up 5%,\nas planned",增长5%\n', newline="")
    assert [(r.unit, r.findings) for r in check_rows(read_pairs(named, ","))] == [("row a", ())]


REPORTED = [("1", "增长5%", "up 6%"), ("2", "约5%<&\x00", "5%"), ("3", "增长5%", "up 5%")]


def test_text_json_and_csv() -> None:
    out = io.StringIO()
    total = report.write_text(check_rows(REPORTED), out)
    assert out.getvalue().startswith("1: error N-ALTERED: ") and (total.errors, total.warnings) == (1, 1)
    out = io.StringIO()
    report.write_json(check_rows(REPORTED), out)
    assert [len(row["findings"]) for row in json.loads(out.getvalue())] == [1, 1, 0]
    out = io.StringIO()
    report.write_json([], out)
    assert json.loads(out.getvalue()) == []
    out = io.StringIO(newline="")
    report.write_csv(check_rows(REPORTED), out)
    assert [row[:5] for row in csv.reader(io.StringIO(out.getvalue(), newline=""))][1] == ["1", "error", "N-ALTERED", "5%", "6%"]


def test_sarif() -> None:
    out = io.StringIO()
    zh, en = [zh for _, zh, _ in REPORTED], [en for _, _, en in REPORTED]
    sarif.write_sarif(check_lines(zh, en, file="brief/the en.txt"), out)
    log = json.loads(out.getvalue())
    (run,) = log["runs"]
    assert log["version"] == "2.1.0" and [r["ruleId"] for r in run["results"]] == ["N-ALTERED", "N-HEDGE"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "brief/the%20en.txt"}
    assert place["region"] == {"startLine": 1, "startColumn": 4, "endColumn": 6}


def test_junit() -> None:
    out = io.StringIO()
    sarif.write_junit(check_rows(REPORTED), out)
    suite = ElementTree.fromstring(out.getvalue())[0]
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("3", "2", 3)


def figure(text: str, shown: str, low: int, subject: str, unit: str = "个", **more: object) -> Figure:
    at = text.index(shown)
    named = text.rindex(subject, 0, at)
    q = Quantity(Span(at, at + len(shown)), "count", Decimal(low), Decimal(low), "exact", unit, "")
    values: dict[str, object] = {"status": "achieved", "period": None} | more
    return Figure(f"f{at}", Span(max(0, named), at + len(shown)), q, Span(named, named + len(subject)), **values)  # type: ignore[arg-type]


def test_part_greater_than_whole() -> None:
    text = "引进项目139个，其中工业项目150个"
    whole = figure(text, "139个", 139, "项目")
    part = figure(text, "150个", 150, "工业项目", part_of=whole.id)
    (found,) = within(text, (whole, part), ())
    assert found.code == "N-WITHIN" and found.unit == part.id
    assert within(text, (whole, figure(text, "150个", 50, "工业项目", part_of=whole.id)), ()) == ()


def test_parts_that_are_more_than_their_whole_together() -> None:
    text = "引进项目139个，其中工业项目50个、文旅项目100个。"
    whole = figure(text, "139个", 139, "项目")
    parts = [figure(text, shown, low, name, part_of=whole.id) for shown, low, name in (("50个", 50, "工业项目"), ("100个", 100, "文旅项目"))]
    (found,) = within(text, (whole, *parts), ())
    assert found.code == "N-WITHIN" and "50个, 100个" in found.message
    assert within(text, (whole, parts[0]), ()) == ()


def test_two_things_of_one_name_are_not_one_figure() -> None:
    text = "城区完成投资90亿元。" + "全市各项工作扎实推进。" * 30 + "水利完成投资20亿元。"
    one, two = figure(text, "90亿元", 90, "完成投资"), figure(text, "20亿元", 20, "完成投资")
    assert within(text, (one, two), ()) == ()


def test_headline_against_body() -> None:
    text = "引进项目139个\n今年以来，全区引进项目193个。"
    title = figure(text, "139个", 139, "引进项目", role="headline")
    body = figure(text, "193个", 193, "引进项目")
    article = Interview("i1", Span(0, len(text)), (), (Turn(Span(0, 8), "headline"),), (Span(9, len(text)),))
    assert [f.code for f in within(text, (title, body), (article,))] == ["N-HEADLINE"]
    assert within(text, (title, figure(text, "193个", 139, "引进项目")), (article,)) == ()


def test_one_figure_twice() -> None:
    text = "全区引进项目139个。会上说，引进项目193个。引进项目200个左右。"
    one, two = figure(text, "139个", 139, "引进项目"), figure(text, "193个", 193, "引进项目")
    assert [f.code for f in within(text, (one, two), ())] == ["N-TWICE"]
    assert within(text, (one, figure(text, "193个", 193, "引进项目", status="target")), ()) == ()
    assert within(text, (one, figure(text, "193个", 193, "引进项目", speaker="甲"), ), ())[0].code == "N-TWICE"


def rendered(rng: random.Random) -> tuple[str, str]:
    """A sentence in both languages, made from one set of values."""
    subjects = [("出口额", "Exports"), ("财政收入", "Fiscal revenue"), ("工业产值", "Industrial output"), ("贷款余额", "Loans")]
    counts = [("学校", "所", "schools"), ("医院", "家", "hospitals"), ("公园", "个", "parks"), ("企业", "家", "companies")]
    hedges = [("", ""), ("超", "more than "), ("近", "nearly "), ("约", "about ")]
    year, yi, share = rng.randint(2001, 2029), rng.randint(101, 989), Decimal(rng.randint(11, 199)) / 10
    (zh_what, en_what), (zh_hedge, en_hedge) = rng.choice(subjects), rng.choice(hedges)
    one, two = rng.sample(counts, 2)
    a, b = rng.sample(range(13, 97), 2)
    up = rng.choice([("增长", "up"), ("下降", "down")])
    zh = f"{year}年，{zh_what}{zh_hedge}{yi}亿元，{up[0]}{share}%；新建{one[0]}{a}{one[1]}、{two[0]}{b}{two[1]}。"
    en = (
        f"In {year}, {en_what.lower()} were {en_hedge}{Decimal(yi) / 10} billion yuan, {up[1]} {share}%; "
        f"{a} {one[2]} and {b} {two[2]} were built."
    )
    return zh, en


def test_five_hundred_corruptions_are_caught() -> None:
    rng = random.Random(20240112)
    missed: list[str] = []
    tried = 0
    while tried < 500:
        zh, en = rendered(rng)
        assert not [f for f in compare(zh, en) if f.severity != "note"], (zh, en)
        name = rng.choice(list(mutations.WAYS))
        corrupt = mutations.WAYS[name](en, rng)
        if corrupt is None or corrupt == en:
            continue
        tried += 1
        if not [f for f in compare(zh, corrupt) if f.severity != "note"]:
            missed.append(f"{name}: {zh} | {corrupt}")
    assert missed == []


def test_a_long_hostile_text_is_quick() -> None:
    zh, en = "增长5%，" * 4000, "up 5%, " * 3999
    found = compare(zh, en)
    assert [f.code for f in found if f.severity != "note"] == ["N-MISSING"]
