"""Quantities and dates rendered by rule: cases, and that what is written reads back as what was meant."""

from __future__ import annotations

import doctest
import json
import time
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract.dates import moments
from briefing.extract.quantities import quantities
from briefing.model import Moment, Quantity
from briefing.numerals.en import readings
from briefing.numerals.en_dates import moments as english_moments
from briefing.numerals.units import base
from briefing.numerals.units import unit as find_unit
from briefing.spans import Span
from briefing.translate import moments as moments_module
from briefing.translate import numbers as module
from briefing.translate.moments import joined
from briefing.translate.numbers import english, english_moment, figure, ordinal

TODAY = date(2024, 1, 15)
FOLDER = Path(__file__).parent / "cases"
NUMBERS = json.loads((FOLDER / "render_numbers.json").read_text("utf-8"))
DATES = json.loads((FOLDER / "render_dates.json").read_text("utf-8"))
DATES_READ = json.loads((FOLDER / "dates_zh.json").read_text("utf-8"))


def quantity(case: dict[str, Any]) -> tuple[Quantity, str]:
    """The quantity of a case and the text around it."""
    given = case["input"]
    start = given["text"].index(given["quantity"])
    low, high = (None if given[k] is None else Decimal(given[k]) for k in ("low", "high"))
    span = Span(start, start + len(given["quantity"]))
    return Quantity(span, given["kind"], low, high, given["bound"], given["unit"], "case"), given["text"]


def read_back(q: Quantity, shown: str) -> list[Quantity]:
    """What a reader finds in a sentence around the English of `q`."""
    lead = {"rank": "It ranked", "multiple": "Output increased"}.get(q.kind, "It came to")
    if "double" in shown or "quadruple" in shown:
        lead = "Output" if shown.endswith("d") else "It will"
    return list(readings(f"{lead} {shown} that year."))


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(moments_module).failed == 0


@pytest.mark.parametrize("case", NUMBERS, ids=lambda c: c["label"])
def test_number(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    q, text = quantity(case)
    assert english(q, text) == case["expect"]


@pytest.mark.parametrize(
    "case", [c for c in NUMBERS if c["input"]["kind"] not in ("soft", "rank")], ids=lambda c: c["label"]
)
def test_number_reads_back(case: dict[str, Any]) -> None:
    q, text = quantity(case)
    found = read_back(q, english(q, text))
    assert [(f.low, f.high, f.bound) for f in found] == [(q.low, q.high, q.bound)]
    if q.kind != "count" and find_unit(q.unit):
        assert found[0].kind == q.kind


@pytest.mark.parametrize("case", DATES, ids=lambda c: c["label"])
def test_date(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case["status"] == "known-failure":
        request.applymarker(pytest.mark.xfail(reason=case["comment"], strict=True))
    text = case["input"]
    assert [english_moment(m, text) for m in moments(text, TODAY)] == case["expect"]


@pytest.mark.parametrize("case", [c for c in DATES_READ if c["expect"]], ids=lambda c: c["label"])
def test_date_reads_back(case: dict[str, Any]) -> None:
    """Each phrase by itself: what leans on its sentence in Chinese cannot be the same without it."""
    for moment in moments(case["input"], TODAY):
        alone = moments(moment.span.of(case["input"]), TODAY) or (moment,)
        shown = english_moment(moment, case["input"])
        found = english_moments(f"It was on {shown}.", TODAY)
        assert [m.iso for m in found] == [alone[0].iso], shown


@pytest.mark.parametrize(
    ("zh", "expected"),
    [
        ("今年前10个月", ["the first 10 months of this year"]),
        ("去年四季度", ["the fourth quarter of last year"]),
        ("今年上半年", ["the first half of this year"]),
        ("去年1—11月", ["January–November last year"]),
        ("今年5月12日", ["May 12 this year"]),
        ("今年年底", ["the end of this year"]),
        ("明年一季度末", ["the end of the first quarter of next year"]),
        ("本月12日", ["the 12th of this month"]),
        ("今天18时", ["6 p.m. today"]),
        ("去年，3月", ["last year", "March"]),
        ("今天（1月15日）", ["today", "January 15"]),
        ("今年2024年", ["this year", "2024"]),
        ("2023年", ["2023"]),
        ("", []),
    ],
)
def test_joined(zh: str, expected: list[str]) -> None:
    assert [english for _, english in joined(moments(zh, TODAY), zh)] == expected


@pytest.mark.parametrize(
    "zh", ["今年前10个月", "去年四季度", "去年3月", "今年年底", "明年上半年", "去年1—11月", "今天18时"]
)
def test_joined_reads_back(zh: str) -> None:
    found = moments(zh, TODAY)
    shown = joined(found, zh)[0][1]
    read = {m.iso for m in english_moments(f"Since {shown}, it has grown.", TODAY)}
    assert {m.iso for m in found} - {"2024", "2025"} <= read


VALUES = st.decimals(min_value=0, max_value=10**14, allow_nan=False, allow_infinity=False, places=4)
UNITS = st.sampled_from(
    [
        *(("money", u) for u in ("元", "美元", "欧元", "港元")),
        *(("measure", u) for u in ("亩", "公里", "平方米", "吨", "千瓦时", "立方米", "年", "小时")),
        *(("percent", u) for u in ("%", "‰")),
        ("point", "百分点"),
        *(("count", u) for u in ("个", "家", "人", "人次", "")),
    ]
)
BOUNDS = st.sampled_from(["exact", "about", "over", "near", "at_least", "at_most", "range"])


@settings(deadline=None)
@given(VALUES, VALUES, UNITS, BOUNDS)
def test_any_quantity_reads_back(one: Decimal, other: Decimal, unit: tuple[Any, str], bound: Any) -> None:
    low, high = sorted((one.normalize() + 0, other.normalize() + 0))
    if bound == "range" and (low == high or low == 0):
        return
    ends = {
        "range": (low, high),
        "over": (low, None),
        "at_least": (low, None),
        "near": (None, low),
        "at_most": (None, low),
    }
    q = Quantity(Span(0, 1), unit[0], *ends.get(bound, (low, low)), bound, unit[1], "")
    shown = english(q, "〇")
    found = read_back(q, shown)
    assert [(f.low, f.high, f.bound) for f in found] == [(q.low, q.high, q.bound)], shown
    if unit[0] != "count":
        assert (found[0].kind, found[0].unit) == unit, shown


NUMERALS = st.one_of(
    st.integers(1, 99999).map(str),
    st.decimals(1, 9999, places=2).map(str),
    st.sampled_from(["三", "十二", "二十五", "一百零八", "三千二百", "两", "5000", "1.2", "０．８", "３６"]),
)
CHINESE_UNITS = st.sampled_from(
    [
        "元",
        "美元",
        "亩",
        "公里",
        "平方米",
        "吨",
        "千瓦时",
        "立方米",
        "%",
        "个百分点",
        "个",
        "家",
        "名",
        "人次",
        "人",
        "户",
    ]
)
HEDGES = st.sampled_from(
    [("", "", "")] * 3
    + [(h, "", "") for h in ("近", "约", "超", "超过", "突破", "逾", "不少于", "不低于", "至少", "不超过")]
    + [("", "余", ""), ("", "多", ""), ("", "", "以上"), ("", "", "左右"), ("", "", "以下")]
)


@settings(deadline=None)
@given(NUMERALS, st.sampled_from(["", "", "万", "亿", "万亿"]), CHINESE_UNITS, HEDGES)
def test_chinese_to_english_keeps_the_value(numeral: str, scale: str, unit: str, hedge: tuple[str, str, str]) -> None:
    if unit in ("%", "个百分点"):
        scale = ""
    before, middle, after = hedge
    text = f"数据显示，全市完成{before}{numeral}{middle}{scale}{unit}{after}，好于预期。"
    found = quantities(text)
    for q in found:
        shown = english(q, text)
        back = read_back(q, shown)
        assert [(b.low, b.high, b.bound) for b in back] == [(q.low, q.high, q.bound)], shown
        if q.kind != "count":
            assert back[0].kind == q.kind, shown
            assert base(Decimal(1), back[0].unit) == base(Decimal(1), q.unit), shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全区引进项目526个，总投资1400余亿元。", ["526", "more than 140 billion yuan"]),
        ("里程分别达到20、30和50公里。", ["20 kilometers", "30 kilometers", "50 kilometers"]),
        ("吞吐量增长5.2%、7.8%。", ["5.2%", "7.8%"]),
        ("失业率控制在5.5%以内。", ["within 5.5%"]),
        ("占比提高2个百分点，达到三成。", ["2 percentage points", "30%"]),
        ("力争十年内收入翻一番。", ["double"]),
        ("产量翻了一番。", ["doubled"]),
        ("接待游客446万人次。", ["4.46 million"]),
        ("开展培训21万人次。", ["210,000 person-times"]),
        ("毕业生611万人，新增就业5700人。", ["6.11 million", "5,700 people"]),
        ("走访几十个村，动员数百人。", ["several dozen", "several hundred people"]),
        ("推进三大战略。", ["three major"]),
        ("第十四届运动会开幕。", ["14th"]),
        ("列全国第3位。", ["3rd"]),
        ("精简五分之二，裁撤一半。", ["two-fifths", "half"]),
        ("价格为5.5元/公斤。", ["5.5 yuan per kilogram"]),
    ],
)
def test_rendered_from_the_text(text: str, expected: list[str]) -> None:
    shown = [english(q, text) for q in quantities(text)]
    assert [s for s in shown if s in expected] == expected


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18))
def test_no_digit_is_lost(value: Decimal) -> None:
    number, _, scale = figure(value).partition(" ")
    power = {"": 0, "million": 6, "billion": 9, "trillion": 12}[scale]
    with localcontext(prec=100):
        assert Decimal(number.replace(",", "")).scaleb(power) == value


@settings(deadline=None)
@given(st.integers(1, 10**6))
def test_ordinal(number: int) -> None:
    assert int(ordinal(number)[:-2].replace(",", "")) == number


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(["date", "year", "period", "relative"]))
def test_any_moment_is_taken(text: str, kind: Any) -> None:
    assert isinstance(english_moment(Moment(Span(0, len(text)), kind, ""), text), str)


def test_a_moment_costs_the_same_in_a_long_text() -> None:
    text = "今年前10个月新设企业。" * 3000
    moment = Moment(Span(0, 2), "relative", "2024")
    english_moment(moment, text)
    began = time.perf_counter()
    for _ in range(100):
        english_moment(moment, text)
    assert time.perf_counter() - began < 2


_DATES = st.builds(
    lambda year, month, day, form: form.format(y=year, m=month, d=day, q="一二三四"[month % 4], h="上下"[month % 2], n=max(2, month)),
    st.integers(1950, 2049), st.integers(1, 12), st.integers(1, 28),
    st.sampled_from(
        ["{y}年{m}月{d}日", "{y}年{m}月", "{y}年", "{y}年{q}季度", "{y}年{h}半年", "{y}年底", "{y}年1—{n}月", "{y}年前{n}个月",
         "{m}月{d}日", "{y}年{m}月底", "{y}年{m}月上旬", "去年{m}月", "明年{h}半年", "今年{q}季度", "{y}年初"]
    ),
)  # fmt: skip


@settings(deadline=None)
@given(_DATES)
def test_any_date_reads_back(zh: str) -> None:
    """Chinese to a point in time, to English, to the same point in time."""
    text = f"{zh}，项目开工。"
    found = moments(text, TODAY)
    assert found, zh
    shown = ", ".join(words for _, words in joined(found, text))
    assert {m.iso for m in found} >= {m.iso for m in english_moments(f"It was on {shown}.", TODAY)} != set(), shown


@settings(deadline=None)
@given(st.decimals("1.1", "99", places=1), BOUNDS.filter(lambda b: b != "range"))
def test_any_multiple_reads_back(value: Decimal, bound: Any) -> None:
    ends = {"over": (value, None), "at_least": (value, None), "near": (None, value), "at_most": (None, value)}
    q = Quantity(Span(0, 1), "multiple", *ends.get(bound, (value, value)), bound, "倍", "")
    shown = english(q, "〇")
    (read,) = readings(f"It rose to {shown} that of last year.")
    assert (read.low, read.high, read.bound, read.kind) == (q.low, q.high, q.bound, "multiple"), shown
