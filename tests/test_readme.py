"""The README shows what the product writes: its excerpt is lines of the sample brief, and the sample passes the check."""

from __future__ import annotations

import re
from pathlib import Path

from briefing import recheck
from briefing.config import Config

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "outputs" / "yunhe-2025-two-sessions"


def test_the_excerpt_is_of_the_sample_brief() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    (excerpt,) = re.findall(r"<!-- excerpt -->\n(.*?)<!-- /excerpt -->", readme, flags=re.DOTALL)
    lines = [line.removeprefix("> ") for line in excerpt.splitlines() if line.strip("> …")]
    brief = (SAMPLE / "brief.md").read_text(encoding="utf8").splitlines()
    shown = {re.sub(r"\[\^\d+\]", "", line) for line in brief}
    assert len(lines) > 20 and [line for line in lines if line not in shown] == []


def test_the_sample_brief_passes_the_check() -> None:
    assert [f for report in recheck.brief(SAMPLE, Config()) for f in report.findings if f.severity == "error"] == []
