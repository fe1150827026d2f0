"""Figures: status, subject, period and part, over sentences written for the purpose."""

from __future__ import annotations

import doctest
import json
import re
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.extract import clauses, figures, pledges, scopes, settled, status, stretches, subjects, tense
from briefing.extract.dates import moments
from briefing.extract.quantities import quantities as read_quantities
from briefing.model import Interview, Kind, Moment, Quantity, Turn
from briefing.spans import Span

CASES = Path(__file__).parent / "cases"
UNITS: tuple[tuple[str, Kind], ...] = (
    ("元", "money"), ("百分点", "point"), ("%", "percent"), ("％", "percent"), ("成", "percent"),
    ("公里", "measure"), ("亩", "measure"), ("吨", "measure"), ("平方米", "measure"), ("千瓦", "measure"),
)  # fmt: skip


def cases(name: str) -> list[Any]:
    """The cases of a family as parameters; a known failure is a strict xfail."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf8"))
    marks = {"ok": (), "known-failure": (pytest.mark.xfail(strict=True, reason="see the comment of the case"),)}
    return [pytest.param(r["input"], r["expect"], id=r["label"], marks=marks[r["status"]]) for r in rows]


def bracketed(marked: str) -> tuple[str, list[Quantity]]:
    """The text without its brackets, and a quantity for each pair of them."""
    text, found = "", []
    for plain, number in re.findall(r"([^\[\]]*)(?:\[([^\]]*)\])?", marked):
        text += plain
        if number:
            kind = next((k for unit, k in UNITS if unit in number), "count")
            unit = "元" if kind == "money" else re.sub(r"[\d.０-９．万亿余]|以[上下内]|左右", "", number)
            digits = re.search(r"\d+(?:\.\d+)?", number)
            value = Decimal(digits.group()) if digits else Decimal(1)
            found.append(Quantity(Span(len(text), len(text) + len(number)), kind, value, value, "exact", unit, "case"))
            text += number
    return text, found


@pytest.mark.parametrize(
    "module", [clauses, figures, pledges, scopes, settled, status, stretches, subjects, tense], ids=lambda m: m.__name__
)
def test_doctests(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("line", "expect"),
    [
        pytest.param(row["input"], row["expect"], id=row["label"])
        for row in json.loads((CASES / "scopes.json").read_text(encoding="utf8"))
    ],
)
def test_what_completes_a_number_in_a_table(line: str, expect: list[list[str]]) -> None:
    found = figures.figures(line, [Span(0, len(line))], read_quantities(line), moments(line, date(2025, 1, 16)))
    shown = [[span.of(line) if span else "" for span in (f.scope, f.subject, f.lead, f.base)] for f in found]
    assert shown == expect


@pytest.mark.parametrize(("marked", "expect"), cases("status"))
def test_status(marked: str, expect: list[str]) -> None:
    text, found = bracketed(marked)
    assert list(figures.line_status(text, found)) == expect


@pytest.mark.parametrize(("marked", "expect"), cases("subjects"))
def test_subject(marked: str, expect: list[str | None]) -> None:
    text, found = bracketed(marked)
    assert [s and s.of(text) for s in subjects.subjects(text, found)] == expect


def moment(text: str, part: str, iso: str = "") -> Moment:
    start = text.index(part)
    return Moment(Span(start, start + len(part)), "relative", iso)


def made(marked: str, *moments: str, **options: Any) -> list[Any]:
    """The figures of a text of one or more sentences."""
    text, found = bracketed(marked)
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[^。]+。", text)]
    return list(figures.figures(text, sentences, found, [moment(text, m) for m in moments], **options))


@pytest.mark.parametrize(
    ("marked", "moments", "expect"),
    [
        ("去年建成[3座]，今年将再建[5座]。", ("去年", "今年"), ["去年", "今年"]),
        ("2024年，全区新增企业[120家]。", ("2024年",), ["2024年"]),
        ("较2020年增长[35%]。", ("2020年",), [None]),
        ("比去年多[12家]。", ("去年",), [None]),
        ("新增企业[120家]，其中二季度[40家]。", ("二季度",), [None, "二季度"]),
        ("全市道路通车里程[900公里]。", (), [None]),
        ("[30个]项目将于6月开工。", ("6月",), ["6月"]),
        ("今年前10个月，出口[70亿元]。", ("今年", "前10个月"), ["前10个月"]),
        ("去年增长[8%]。今年增长[9%]。", ("去年", "今年"), ["去年", "今年"]),
    ],
)  # fmt: skip
def test_period(marked: str, moments: tuple[str, ...], expect: list[str | None]) -> None:
    text, _ = bracketed(marked)
    assert [f.period and f.period.span.of(text) for f in made(marked, *moments)] == expect


def test_part_of_an_earlier_figure() -> None:
    whole, part, money = made("今年实施项目[90个]，其中产业项目[33个]，总投资[60亿元]。")
    assert (whole.part_of, part.part_of, money.part_of) == ("", whole.id, "")


def test_part_of_the_sentence_before() -> None:
    whole, part = made("全市现有中学[58所]。其中，城区[21所]。")
    assert part.part_of == whole.id
    assert part.status == whole.status == "achieved"


def test_soft_numbers_are_no_figures() -> None:
    text, found = bracketed("今年将实施[三大]战略，新建学校[6所]。")
    soft = Quantity(found[0].span, "soft", Decimal(3), Decimal(3), "exact", "", "case")
    rows = figures.figures(text, [Span(0, len(text))], [soft, found[1]], [])
    assert [r.quantity for r in rows] == [found[1]]
    assert figures.line_status(text, [soft, found[1]]) == ("other", "target")


@pytest.mark.parametrize(
    ("heading", "expect"),
    [
        ("一、2024年工作回顾", "achieved"),
        ("二、2025年工作安排", "target"),
        ("二、今年工作总体要求和目标任务", "target"),
        ("三、存在的成绩与不足", "achieved"),
        ("今年经济社会发展主要预期目标是：城镇调查失业率保持稳定。", "target"),
    ],
)
def test_a_section_decides_what_the_wording_leaves_open(heading: str, expect: str) -> None:
    text, found = bracketed(heading + "\n加强源头治理，营造林[12万亩]。\n补充应急物资[3000件]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    assert [f.status for f in figures.figures(text, spans, found, [])] == [expect, expect]


def test_an_explicit_word_beats_the_section() -> None:
    text, found = bracketed("二、2025年工作安排\n去年已建成泵站[4座]，今年再建[2座]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    assert [f.status for f in figures.figures(text, spans, found, [])] == ["achieved", "target"]


def test_titles_give_figures_with_their_role_and_speaker() -> None:
    text, found = bracketed("力争全年引资[30亿元]\n去年引资[26亿元]。")
    title, sentence = Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text))
    turns = (Turn(title, "headline", "李明"), Turn(sentence, "quote", "李明"))
    article = Interview("i1", Span(0, len(text)), (), turns, (sentence,))
    rows = figures.figures(text, [sentence], found, [], interviews=[article])
    assert [(r.id, r.role, r.speaker, r.status) for r in rows] == [
        ("f1", "headline", "李明", "target"),
        ("f2", "quote", "李明", "achieved"),
    ]


def test_a_number_outside_every_sentence_gives_no_figure() -> None:
    text, found = bracketed("（图为[3号]车间）全年产值[8亿元]。")
    start = text.index("全年")
    assert len(figures.figures(text, [Span(start, len(text))], found, [])) == 1


def test_the_year_of_publication_tells_past_from_future() -> None:
    text, found = bracketed("2026年，生产总值达到[700亿元]。")
    assert status.status(text, found[0].span, date(2024, 1, 12)) == "target"
    assert status.status(text, found[0].span, date(2027, 3, 1)) == "achieved"


@pytest.mark.parametrize(
    "hostile",
    [
        "将",
        "1,",
        "到2030年",
        "了",
        "“",
        "　",
        "的",
        "将以",
        "推进",
        "5亿元以上",
        "让更",
        "以为",
        "力争、",
        "，将",
        "（",
        "是",
    ],
)
def test_hostile_input_is_quick(hostile: str) -> None:
    text = hostile * (20000 // len(hostile)) + "5个"
    at = Span(len(text) - 2, len(text))
    number = Quantity(at, "count", Decimal(5), Decimal(5), "exact", "个", "case")
    begin = time.process_time()
    rows = figures.figures(text, [Span(0, len(text))], [number], [])
    assert len(rows) == 1
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("hostile", ["将", "到2030年", "将以", "，将", "力争5个，", "“"])
def test_hostile_pledges_are_quick(hostile: str) -> None:
    text = hostile * (4000 // len(hostile))
    begin = time.process_time()
    pledges.pledges(text, [Span(0, len(text))], [], [])
    assert time.process_time() - begin < 5


def test_the_status_of_thousands_of_numbers_in_one_line_takes_linear_time() -> None:
    def seconds(repeat: int) -> float:
        line, found = "新建学校12所，" * repeat, []
        for match in re.finditer("12所", line):
            found.append(Quantity(Span(*match.span()), "count", Decimal(12), Decimal(12), "exact", "所", "case"))
        begin = time.process_time()
        figures.line_status(line, found)
        return time.process_time() - begin

    seconds(100)
    assert seconds(3000) < 20 * max(seconds(300), 0.02)


def test_what_the_sentence_before_counted_is_understood() -> None:
    text, found = bracketed("去年全区新建口袋公园[36处]，其中街角绿地[21处]。今年再建[40处]。用时[90天]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^。]+。", text)]
    rows = figures.figures(text, spans, found, [])
    assert [r.subject and r.subject.of(text) for r in rows] == ["全区新建口袋公园", "街角绿地", "全区新建口袋公园", None]


def test_a_word_of_the_future_behind_the_number_beats_the_clause_before() -> None:
    text, found = bracketed("去年改造积水点[9处]，剩下的[3处]将在汛期前全部完成。")
    assert figures.line_status(text, found) == ("achieved", "target")


def test_a_threshold_is_no_part() -> None:
    text, found = bracketed("今年实施项目[90个]，其中[5亿元以上]项目[33个]。")
    rows = figures.figures(text, [Span(0, len(text))], found, [])
    assert [r.part_of for r in rows] == ["", "", "f1"]


@pytest.mark.parametrize(
    ("text", "number", "iso"),
    [
        ("码头去年9月开工，目前已完成投资12亿元。", "12亿元", None),
        ("今年上半年新增航线3条，全年吞吐量达到168万吨。", "168万吨", "2025"),
        ("“下半年再开通航线2条。”她说，市里还将拿出2000万元。", "2000万元", None),
        ("2024年，全县新签约项目61个。", "61个", "2024"),
    ],
)
def test_a_date_reaches_no_further_than_it_says(text: str, number: str, iso: str | None) -> None:
    today = date(2025, 1, 16)
    amounts, dated = read_quantities(text), moments(text, today)
    found = figures.figures(text, [Span(0, len(text))], amounts, dated, today=today)
    (figure,) = [f for f in found if f.quantity.span.of(text) == number]
    assert (figure.period.iso if figure.period else None) == iso


@pytest.mark.parametrize(
    ("marked", "expect"),
    [
        ("出口额[41亿元]，同比增长[6%]，比全市平均高[1.2个百分点]。", [None, "同比", "比全市平均"]),
        ("企业[120家]、技工学校[9所]，同比分别增长[5%]、[12%]。", [None, None, "同比", "同比"]),
        ("村集体收入[90万元]，是2019年的[4倍]。", [None, "2019年"]),
        ("与上年相比，就诊率提高[3个百分点]，高于全省[0.5个百分点]。", ["与上年相比", "高于全省"]),
        ("工业投资实现[12%]的同比增幅。", ["同比"]),
        ("比例达到[35%]，较快增长。", [None]),
    ],
)
def test_the_base_of_a_comparison(marked: str, expect: list[str | None]) -> None:
    text, found = bracketed(marked)
    rows = figures.figures(text, [Span(0, len(text))], found, [])
    assert [row.base and row.base.of(text) for row in rows] == expect


@pytest.mark.parametrize(
    ("marked", "expect"),
    [
        ("人均收入由2019年的[1.2万元]提高到2024年的[1.9万元]。", ["2019年", "2024年"]),
        ("进出口额从2020年的[61亿元]增加到[97亿元]。", ["2020年", None]),
        ("城乡收入比由上年同期的[2.31倍]降至[2.26倍]。", ["上年", None]),
        ("2021年以来，累计投入帮扶资金[3亿元]。", [None]),
        ("今年以来，新增企业[300家]。", ["今年"]),
    ],
)
def test_a_year_that_is_only_a_base_is_no_period(marked: str, expect: list[str | None]) -> None:
    text, found = bracketed(marked)
    rows = figures.figures(text, [Span(0, len(text))], found, moments(text, date(2025, 1, 9)), today=date(2025, 1, 9))
    assert [row.period and row.period.span.of(text) for row in rows] == expect


def answered(question: str, answer: str) -> list[str]:
    """The status of each number that is bracketed in the answer to a question."""
    text, found = bracketed(f"{question}\n{answer}")
    cut = text.index("\n")
    turns = (Turn(Span(0, cut), "question"), Turn(Span(cut + 1, len(text)), "quote", "李明"))
    article = Interview("i1", Span(0, len(text)), (), turns, ())
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^。\n]+。", text) if m.start() > cut]
    return [f.status for f in figures.figures(text, spans, found, [], interviews=(article,))]


def test_what_was_asked_decides_what_the_answer_leaves_open() -> None:
    assert answered("问：今年有哪些新举措？", "成立[3亿元]的成果转化基金。") == ["target"]
    assert answered("问：去年取得了哪些成效？", "成立[3亿元]的成果转化基金。") == ["achieved"]
    assert answered("问：今年有哪些新举措？", "去年已成立[3亿元]的成果转化基金。") == ["achieved"]


def test_a_report_in_a_plan_stays_a_report() -> None:
    text, found = bracketed("2026年重点任务：\n一是发放助企贷款[8亿元]。\n工业用电量同比增长[9.1%]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    assert [f.status for f in figures.figures(text, spans, found, [])] == ["target", "achieved"]


def test_what_stands_before_the_plans_is_none() -> None:
    text, found = bracketed("补齐民生短板。推进医养结合改革，床位使用率达到[88%]。今年要新建护理院[4所]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^。]+。", text)]
    assert [f.status for f in figures.figures(text, spans, found, [])] == ["achieved", "target"]
    assert [p.action.of(text) for p in pledges.pledges(text, spans, figures.figures(text, spans, found, []), [])] == [
        "今年要新建护理院4所"
    ]
