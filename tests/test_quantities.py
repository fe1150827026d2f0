"""Quantities in Chinese text, by the cases in tests/cases/zh_*.json and by properties."""

from __future__ import annotations

import doctest
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract import bare, drafts, hedges, lists, negatives, quantities_words
from briefing.extract import quantities as module
from briefing.extract.quantities import quantities
from briefing.model import Quantity
from briefing.numerals.zh import render
from tests.linear import is_linear

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[1] / ".." / "shared"


def plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def row(text: str, q: Quantity) -> list[str | None]:
    return [q.span.of(text), plain(q.low), plain(q.high), q.bound, q.unit, q.kind, q.direction]


def load() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("zh_*.json")):
        for case in json.loads(path.read_text("utf-8")):
            failing = case["status"] == "known-failure"
            marks = [pytest.mark.xfail(strict=True, reason=case["comment"])] if failing else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['label']}", marks=marks))
    return found


@pytest.mark.parametrize("case", load())
def test_case(case: dict[str, Any]) -> None:
    assert [row(case["input"], q) for q in quantities(case["input"])] == case["expect"]


@pytest.mark.parametrize("name", [module, bare, hedges, lists, negatives, drafts, quantities_words])
def test_doctests(name: Any) -> None:
    assert doctest.testmod(name).failed == 0


_ALPHABET = "一二三四五六七八九十百千万亿两几数半多余约近超过以上下左右内至到和、，。第前每年月日元个家人亩吨%成倍折点分之大级增长降-—0123456789./ ５６％．“”\n"


@given(st.text(alphabet=_ALPHABET, max_size=60))
@settings(max_examples=400, deadline=None)
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    stop = 0
    for q in quantities(text):
        assert stop <= q.span.start < q.span.stop <= len(text)
        stop = q.span.stop
        match q.bound:
            case "over" | "at_least":
                assert q.low is not None and q.high is None
            case "near" | "at_most":
                assert q.low is None and q.high is not None
            case "range":
                assert q.low is not None and q.high is not None and q.low < q.high
            case _:
                assert q.low == q.high is not None


@given(st.integers(min_value=2, max_value=10**9))
def test_a_count_written_out_has_the_value_of_its_digits(value: int) -> None:
    written, digits = quantities(f"共有{render(Decimal(value))}名学生"), quantities(f"共有{value}名学生")
    if value == 2:
        return  # 二名 is read as an ordinal
    assert (
        [(q.low, q.high, q.unit) for q in written]
        == [(q.low, q.high, q.unit) for q in digits]
        == [(value, value, "名")]
    )


@given(st.decimals(min_value=0, max_value=9999, places=2), st.sampled_from(["万", "亿", "万亿", ""]))
def test_money_is_exact(value: Decimal, scale: str) -> None:
    (found,) = quantities(f"投资{value}{scale}元")
    assert found.low == value * {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]


@pytest.mark.parametrize(
    "seed",
    ["1", "一", "万亿", "1万", " 123", "约", "第", "几十", "-", "1,", "1 2 ", "一点", "1月", "“", "分之", "百分之", "1至", "-3℃~", "1个、", "3km-", "家电", "百万家电", "5百 分", "1万3岁", "1米85", "5、",
     "5吨、", "上", "翻", "半", "1元", "5元5角", "1小时", "1比", "数以", "，", "亿", "两", "零", "1多", "1个半", "（1）"],
)  # fmt: skip
def test_hostile_text_is_read_in_linear_time(seed: str) -> None:
    assert is_linear(quantities, seed)


@pytest.mark.parametrize("hostile", ["约" * 10**6 + "5个", "1" + " " * 10**6 + "个", "1" * 10**6, "“" * 10**5 + "三个"], ids=lambda t: t[:3])
def test_a_megabyte_of_one_character_is_read(hostile: str) -> None:
    quantities(hostile)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the sample issue is not beside this checkout")
def test_the_sample_issue() -> None:
    """Every quantity that an editor marked is found with its value, unit, bound and kind; only soft ones are added."""
    text = (SHARED / "seeds" / "jinan-2024-two-sessions.txt").read_text("utf-8")
    marked = json.loads((SHARED / "seeds" / "jinan-2024-two-sessions.expected.json").read_text("utf-8"))["quantities"]
    found = {(q.span.start, q.span.stop): q for q in quantities(text)}
    for entry in marked:
        q = found.pop((entry["start"], entry["stop"]))
        assert [plain(q.low), plain(q.high), q.bound, q.unit, q.kind] == [
            entry[k] for k in ("low", "high", "bound", "unit", "kind")
        ]
    assert {q.kind for q in found.values()} <= {"soft"}


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated sentences are not beside this checkout")
def test_annotated_sentences() -> None:
    """Of the annotated quantities, at least 98.5 % are found and 97 % are right in value, unit and bound."""
    hit = right = total = extra = 0
    for line in (SHARED / "gold" / "dev.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        found = list(quantities(entry["text"]))
        for want in entry["quantities"]:
            near = [q for q in found if q.span.start < want["stop"] and want["start"] < q.span.stop]
            if near:
                found.remove(near[0])
            if want["kind"] == "soft":
                continue
            total += 1
            if near and near[0].kind != "soft":
                hit += 1
                q = near[0]
                limits = all(
                    (a is None and b is None)
                    or (
                        a is not None
                        and b is not None
                        and abs(a - Decimal(b)) < Decimal("0.00001") * abs(a) + Decimal("1e-9")
                    )
                    for a, b in ((q.low, want["low"]), (q.high, want["high"]))
                )
                right += (
                    limits
                    and q.bound == want["bound"]
                    and {q.unit or "个", want["unit"] or "个"} in ({q.unit or "个"},)
                )
        extra += sum(q.kind != "soft" for q in found)
    assert 2 * hit / (2 * hit + extra + total - hit) >= 0.985
    assert right / hit >= 0.97
