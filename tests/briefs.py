"""Briefs to render: the sample, one with doubts, one in traditional characters, one that attacks. No engine runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from briefing import store
from briefing.extract import dates, figures, pledges, quantities
from briefing.model import Brief, Finding, Interview, Issue, Person, Summary, Translation, Turn
from briefing.render.page import Count, Page, build
from briefing.spans import Span

SAMPLE = Path(__file__).parents[1] / "outputs" / "yunhe-2025-two-sessions" / "brief.json"
ATTACK = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "javascript:alert(3)",
    "</style><style>body{display:none}",
    "{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\u202c\u2066\u200f",
    "R&D &lt;b&gt; ' `",
    "<!-- -->]]>",
)


def counted(brief: Brief) -> Page:
    """The page of `brief`, with counts that follow from its findings."""
    page = build(brief)
    counts = {}
    for section in page.sections:
        units = {pair.unit for pair in section.pairs()}
        errors = sum(f.severity == "error" and f.unit in units for f in brief.findings)
        warnings = sum(f.severity == "warning" and f.unit in units for f in brief.findings)
        counts[section.interview] = Count(20, 30 - errors, 30 - errors - warnings, warnings, errors)
    return build(brief, counts)


@cache
def sample() -> Brief:
    """The kept brief of the sample, without findings."""
    return replace(store.read(SAMPLE), findings=())


@cache
def doubtful() -> Brief:
    """The sample with an error, a warning and a note against it."""
    brief = sample()
    page = build(brief)
    section = page.sections[0]
    point, value = section.points[0][0], section.figures[1].value
    return replace(
        brief,
        findings=(
            Finding("N-MAGNITUDE", "error", Span(0, 2), Span(0, 2), "The value is ten times that of the source.", section.figures[0].value.unit),
            Finding("N-ALTERED", "warning", Span(2, 4), Span(point.en.index("128.64"), point.en.index("128.64") + 19), "The value differs from the source.", point.unit),
            Finding("N-HEDGE", "warning", None, None, "The source says nearly.", value.unit),
            Finding("C-SUM", "note", None, None, "The parts do not add up to <b>the whole</b>.", ""),
        ),
    )


def written(text: str, day: date, *, headline: str, english: dict[str, str] | None = None, name: str = "周敏", source: str = "page.txt") -> Brief:
    """A brief of one interview with `text`, whose first line is the `headline`; `english` gives translations by Chinese."""
    issue = Issue("issue", day, source, text, text)
    head = Span(0, len(headline))
    assert head.of(text) == headline
    body, sentences = Span(len(headline), len(text)), []
    at = body.start
    for piece in text[body.start :].split("。"):
        lead = len(piece) - len(piece.lstrip("\n"))
        if piece.strip():
            sentences.append(Span(at + lead, min(at + len(piece) + 1, len(text))))
        at += len(piece) + 1
    where = max(text.find(name), 0)
    person = Person(Span(where, where + len(name)), name, "区长", "Zhou Min", "District Mayor")
    article = Interview("i1", Span(0, len(text)), (person,), (Turn(head, "headline"), Turn(body, "quote", name)), tuple(sentences))
    amounts, moments = quantities.quantities(text), dates.moments(text, day)
    found = figures.figures(text, tuple(sentences), amounts, moments, interviews=(article,), today=day)
    promised = pledges.pledges(text, tuple(sentences), found, moments, interviews=(article,), today=day)
    spans = [head, *sentences, *(s for f in found for s in (f.subject, f.scope) if s), *(p.action for p in promised)]
    known = english or {}
    translations = tuple(Translation(s, known.get(s.of(text), _english(s.of(text))), "test") for s in dict.fromkeys(spans))
    return Brief(issue, (article,), found, promised, (Summary("i1", tuple(sentences[:3]), "extractive"),), translations, (), "briefing test")


def _english(zh: str) -> str:
    """A stand-in for a translation: what is not Chinese, as it is."""
    return "English: " + re.sub("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+", " ", zh)


@cache
def traditional() -> Brief:
    """An interview in traditional characters."""
    text = "港口開放邁上新臺階\n\n去年，全區貨物進出口總額達到1280億元，增長7.5%。周敏表示，今年將新開國際航線3條，力爭進出口總額增長8%以上。"
    return written(text, date(2025, 1, 16), headline="港口開放邁上新臺階")


@cache
def hostile() -> Brief:
    """An interview whose every text tries to become something else."""
    head = "一年" + "".join(ATTACK[:4])
    body = f"\n\n去年，全区工业投资{ATTACK[0]}增长7.5%{ATTACK[1]}{ATTACK[5]}。今年将新建学校{ATTACK[6]}9所{ATTACK[4]}，{ATTACK[2]}。周敏{ATTACK[3]}说，{ATTACK[7]}力争新增企业40家以上。"
    brief = written(head + body, date(2025, 1, 16), headline=head, source=ATTACK[1] + ATTACK[5])
    finding = Finding("N-MISSING", "warning", None, None, ATTACK[0] + ATTACK[1], "i1.point1")
    return replace(brief, findings=(finding,), signature=ATTACK[0])


def unmarked(root: Any) -> list[str]:
    """The texts of an HTML document whose lang is not theirs: Chinese not marked so, English sentences marked Chinese."""
    out = []
    for element in root.body.iter():
        if not isinstance(element.tag, str) or element.tag == "option":
            continue  # an option has its two languages in one text
        for owner, text in ((element, element.text), (element.getparent(), element.tail)):
            while owner is not None and owner.get("lang") is None:
                owner = owner.getparent()
            marked = owner is not None and owner.get("lang").startswith("zh")
            han, words = re.search("[\u3400-\u9fff]", text or ""), re.findall("[A-Za-z]{3,}", text or "")
            if (han and not marked) or (marked and not han and len(words) > 2):
                out.append(str(text).strip())
    return out
