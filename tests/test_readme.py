"""The README shows what the product writes: its excerpt is lines of the sample brief, and the sample passes the check."""

from __future__ import annotations

import re
from pathlib import Path

from briefing import recheck, run, store
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


def test_the_sample_brief_is_what_the_rules_make() -> None:
    """All that rules wrote of the kept sample, which does not depend on the machine, is what they write now."""
    by_rule = ("rule", "glossary", "composed")
    kept = {t.source: t for t in store.read(SAMPLE / "brief.json").translations}
    made = {t.source: t for t in run(ROOT / "examples" / "yunhe-2025-two-sessions.txt").brief.translations}
    assert kept.keys() == made.keys(), "run `make brief` and look at what changed"
    stale = [t.text for at, t in made.items() if t.engine in by_rule and t.text != kept[at].text]
    assert not stale, "run `make brief` and look at what changed"
    assert sum(t.engine in by_rule for t in made.values()) >= 0.95 * len(made)
