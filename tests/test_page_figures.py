"""Figures and pledges of short pages, from the text to the status, the period and the due date of each."""

from __future__ import annotations

import doctest
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.extract import calendar_marks, changes, dates, figures, pledges, quantities, title_status
from briefing.ingest import read
from briefing.segment.interviews import interviews
from briefing.segment.layout import reflow

CASES = Path(__file__).parent / "cases"


def rows() -> list[Any]:
    """The pages; a known failure is a strict xfail."""
    marks = {"ok": (), "known-failure": (pytest.mark.xfail(strict=True, reason="see the comment of the case"),)}
    found = json.loads((CASES / "page_figures.json").read_text(encoding="utf8"))
    return [pytest.param(r["input"], r["expect"], id=r["label"], marks=marks[r["status"]]) for r in found]


@pytest.mark.parametrize("module", [calendar_marks, changes, title_status], ids=lambda m: m.__name__)
def test_doctests(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(("page", "expect"), rows())
def test_a_page(page: dict[str, Any], expect: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("\n".join(page["lines"]), encoding="utf8")
    issue = reflow(read(path, date=date.fromisoformat(page["date"])))
    text, today = issue.text, issue.date
    articles = tuple(interviews(issue))
    amounts, moments = quantities.quantities(text), dates.moments(text, today)
    sentences = tuple(s for a in articles for s in a.sentences)
    counted = figures.figures(text, sentences, amounts, moments, interviews=articles, today=today)
    promised = pledges.pledges(text, sentences, counted, moments, interviews=articles, today=today)
    got: dict[str, Any] = {
        "figures": [[f.quantity.span.of(text), f.status, f.period.iso if f.period else None] for f in counted],
        "pledges": [[p.action.of(text), p.actor, p.due.iso if p.due else None, p.strength] for p in promised],
        "people": [[p.name, p.title] for a in articles for p in a.people],
    }
    assert {key: got[key] for key in expect} == expect
