"""Whole pages of many house styles: which articles they hold, who is interviewed, and who says which sentence.

A case gives the page as a list of lines, and for each article its kind, headline and people; `says` pairs a speaker
("" for nobody) with how a sentence of his begins, `roles` a role with how a turn begins, and `without` lists what no
sentence of the article may hold.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from briefing.ingest import from_bytes
from briefing.model import Interview, Issue
from briefing.segment.interviews import interviews
from briefing.segment.layout import reflow

PAGES = json.loads((Path(__file__).parent / "cases" / "pages.json").read_text(encoding="utf8"))


def read(lines: list[str]) -> tuple[Issue, tuple[Interview, ...]]:
    """The page as an issue, and its articles."""
    issue = reflow(from_bytes("\n".join(lines).encode(), "page.txt"))
    return issue, interviews(issue)


def marked(case: dict[str, Any]) -> Any:
    """The case as a parameter; a known failure is a strict xfail."""
    marks = [pytest.mark.xfail(reason=case["comment"], strict=True)] if case["status"] == "known-failure" else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", list(map(marked, PAGES)))
def test_articles_people_and_speakers(case: dict[str, Any]) -> None:
    issue, found = read(case["input"])
    text = issue.text
    shown = [
        {
            "kind": article.kind,
            "headline": next((t.span.of(text) for t in article.turns if t.role == "headline"), ""),
            "people": [[p.name, p.title] for p in article.people],
        }
        for article in found
    ]
    assert shown == [{key: article[key] for key in ("kind", "headline", "people")} for article in case["expect"]]
    for article, expect in zip(found, case["expect"], strict=True):
        sentences = {s: s.of(text) for s in article.sentences}
        for speaker, beginning in expect.get("says", []):
            span = next((s for s, shown in sentences.items() if shown.startswith(beginning)), None)
            assert span is not None, (beginning, list(sentences.values()))
            assert next(t.speaker for t in article.turns if t.span.overlaps(span)) == speaker, beginning
        for role, beginning in expect.get("roles", []):
            assert [t.role for t in article.turns if t.span.of(text).startswith(beginning)] == [role], beginning
        for absent in expect.get("without", []):
            assert not any(absent in shown for shown in sentences.values()), absent


@pytest.mark.parametrize("case", PAGES, ids=lambda c: c["label"])
def test_articles_stand_in_order_and_turns_do_not_overlap(case: dict[str, Any]) -> None:
    issue, found = read(case["input"])
    for one, other in pairwise(found):
        assert one.span.stop <= other.span.start
    for article in found:
        for turn, following in pairwise(article.turns):
            assert turn.span.stop <= following.span.start, (turn.span.of(issue.text), following.span.of(issue.text))
        assert all(article.span.contains(t.span) for t in article.turns)
