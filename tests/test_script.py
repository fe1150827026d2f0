"""Traditional text: read as simplified, shown as printed, character for character."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import pipeline, recheck, store
from briefing.check.numbers import compare
from briefing.config import Config
from briefing.extract.quantities import quantities
from briefing.ingest import from_bytes
from briefing.normalise import normalise, printed, replay, to_raw
from briefing.script import changes, is_traditional, simplified
from briefing.segment.layout import reflow
from briefing.spans import Span
from tests.engines import SlotCopier

CASES = json.loads((Path(__file__).parent / "cases" / "traditional.json").read_text(encoding="utf8"))
PAGE = """雲河日報 2025年1月16日 星期四

雲河市澄江區委副書記、區長周敏：

讓“澄江智造”成為名片

1月14日，記者專訪了雲河市澄江區委副書記、區長周敏。周敏介紹，全年新簽約項目73個，合同總投資約五百二十億餘元，受益羣眾超過三萬五千戶，這是多年來最好的成績，全區上下都很受鼓舞，大家都說要再接再厲

幹下去，周敏說，今年將盤活閒置土地１２００畝，力爭新增規上工業企業40家以上。
"""


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_numbers(case: Any) -> None:
    line = case["input"]
    plain = simplified(line)
    found = [[q.span.of(line), *(None if v is None else f"{v:f}" for v in (q.low, q.high)), q.bound, q.unit] for q in quantities(plain) if q.kind != "soft"]
    assert found == case["expect"]


@given(st.text(alphabet="億萬餘約個點兩著乾隆亿万于於abc12\n\r\u2028，。", max_size=60))
def test_the_length_never_changes(text: str) -> None:
    other = simplified(text)
    assert len(other) == len(text)
    shown = list(text)
    for start, stop, now in changes(text):
        shown[start:stop] = now
    assert "".join(shown) == other


@given(st.text(alphabet="總經費約億元餘亿元个１２% \u3000\u200b\r\n，。", max_size=60))
def test_the_steps_replay_and_the_printed_text_is_as_long(raw: str) -> None:
    text, steps = normalise(raw)
    assert replay(raw, steps) == text


def test_the_brief_quotes_the_source_and_every_span_leads_back() -> None:
    issue = reflow(from_bytes(PAGE.encode(), "a.txt"))
    shown = printed(issue)
    assert len(shown) == len(issue.text) and "总投资约五百二十亿余元" in issue.text and "總投資約五百二十億餘元" in shown
    assert "再接再厲幹下去" in shown, "moved and joined text is shown as printed, too"
    at = issue.text.index("亿余元")
    assert to_raw(issue, Span(at, at + 3)).of(issue.raw) == "億餘元"
    result = pipeline.brief(issue, Config(), SlotCopier())
    cells = {p.zh for p in result.page.pairs()}
    assert {"約五百二十億餘元", "73個", "雲河市澄江區委副書記、區長", "周敏"} <= cells
    assert not [f for f in result.brief.findings if f.severity == "error"]


def test_a_brief_of_a_traditional_page_passes_its_own_check(tmp_path: Path) -> None:
    (tmp_path / "頁.txt").write_text(PAGE, encoding="utf8")
    result = pipeline.run(tmp_path / "頁.txt", tmp_path / "out", engine=SlotCopier())
    folder = tmp_path / "out" / result.brief.issue.id
    assert not [f for report in recheck.brief(folder, Config()) for f in report.findings if f.code.startswith("S-")]
    assert store.read(folder / "brief.json") == result.brief


def test_the_check_reads_traditional_text() -> None:
    assert not compare("總經費約826億元，減少0.3個百分點", "The total budget is about 82.6 billion yuan, down 0.3 percentage points")
    assert {f.code for f in compare("總經費約826億元", "The total budget is about 826 million yuan")} == {"N-MAGNITUDE"}


def test_a_long_line_is_quick() -> None:
    line = "總經費約826億元，意味著" * 30_000
    start = time.perf_counter()
    assert is_traditional(line) and len(simplified(line)) == len(line)
    assert time.perf_counter() - start < 6
