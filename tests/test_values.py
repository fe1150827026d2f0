"""The values of a table: printed so that each can be read by itself, in both languages, and agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.check.numbers import compare
from briefing.extract.dates import moments
from briefing.extract.figures import figures
from briefing.extract.quantities import quantities
from briefing.render import bases
from briefing.render.doubts import doubts
from briefing.render.source import spans
from briefing.render.values import tails, value
from briefing.spans import Span
from tests import briefs

TODAY = date(2025, 1, 16)


@pytest.mark.parametrize(
    ("line", "expect"),
    [
        ("两条绿道分别延长20、30和50公里。", ["两条 2", "20公里 20 kilometers", "30公里 30 kilometers", "50公里 50 kilometers"]),
        ("出口和进口分别达到12、15亿元。", ["12亿元 1.2 billion yuan", "15亿元 1.5 billion yuan"]),
        ("占比提高0.9个和0.3个百分点。", ["提高0.9个百分点 up 0.9 percentage points", "提高0.3个百分点 up 0.3 percentage points"]),
        ("城镇和农村居民收入分别增长4.5%和6.2%。", ["增长4.5% up 4.5%", "增长6.2% up 6.2%"]),
        ("每周至少走访企业三次。", ["至少三次 at least 3"]),
        ("每户最多申请补贴两项。", ["最多两项 at most 2"]),
        ("力争三年内产值翻一番。", ["三年内 within 3 years", "翻一番 double"]),
        ("去年产值翻了一番。", ["翻了一番 doubled"]),
        ("去年占比提高到12%。", ["提高到12% increased to 12%"]),
        ("明年占比将提高到12%。", ["提高到12% increase to 12%"]),
        ("改造提升农田，优化提升3万亩。", ["3万亩 30,000 mu"]),
        ("惠及居民1.2万户，整治28块闲置用地。", ["1.2万户 12,000 households", "28块 28 plots"]),
        ("惠及困难家庭1.2万户，新增个体工商户600户。", ["1.2万户 12,000 households", "600户 600"]),
    ],
)
def test_a_value_says_all_of_it(line: str, expect: list[str]) -> None:
    found = figures(line, [Span(0, len(line))], quantities(line), moments(line, TODAY), today=TODAY)
    left = tails(found, line)
    shown = [value(f, line, line, change=True, tail=left.get(f.id, "")) for f in found]
    assert [" ".join(pair) for pair in shown] == expect
    assert not [f for zh, en in shown for f in compare(zh, en, TODAY) if f.severity != "note"]


def test_the_second_of_two_bases_takes_the_verb_of_the_first() -> None:
    line = "全市生产总值增长6.1%，分别高于全国、全省0.8个和0.5个百分点。"
    found = figures(line, [Span(0, len(line))], quantities(line), moments(line, TODAY), today=TODAY)
    assert [bases.english(f, line, {}, TODAY) for f in found] == ["", "above the country", "above the province"]


def test_a_number_whose_verb_stands_farther_off_leads_to_its_place() -> None:
    text = "收入更高\n去年，城镇和农村居民收入分别增长4.5%和6.2%，每周至少走访企业三次。"
    brief = briefs.written(text, TODAY, headline="收入更高")
    placed = spans(briefs.counted(brief), brief)
    shown = {at.of(text) for unit, at in placed.items() if unit.endswith(".value")}
    assert {"增长4.5%", "6.2%", "三次"} <= shown


def test_a_subject_is_shown_with_its_scope() -> None:
    text = "让项目更多\n今年，全市排定重点项目186个，总投资1260亿元。"
    page = briefs.counted(briefs.written(text, TODAY, headline="让项目更多"))
    assert "重点项目：总投资" in {row.subject.zh for section in page.sections for row in section.figures}


def test_a_part_of_a_year_is_named_as_one() -> None:
    text = "让通道更畅\n上半年，全市新开通国际航线3条。"
    page = briefs.counted(briefs.written(text, TODAY, headline="让通道更畅"))
    assert [row.period.en for section in page.sections for row in section.figures if row.period] == ["the first half of the year"]


def test_a_digit_that_a_scan_does_not_show_is_doubted_in_a_scope_too() -> None:
    text = "让项目更多\n今年，全市排定投资5亿元以上项目18个，总投资260亿元。"
    brief = briefs.written(text, TODAY, headline="让项目更多")
    at = text.index("5亿元")
    scanned = replace(brief, issue=replace(brief.issue, doubtful=(Span(at, at + 1),)))
    (summed,) = [f for f in brief.figures if f.scope is not None]
    assert summed.scope is not None and "5亿元" in summed.scope.of(text)
    assert f"{summed.id}.subject" in {found.unit for found in doubts(scanned)}
