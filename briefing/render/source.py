"""The source of a brief as an HTML page shows it: whole, with the cited sentences and numbers as places to jump to.

A sentence that a row cites has an id, so has each number of which the brief prints the English. The links run both
ways: from the English number to the number in the Chinese, and from there back to where the brief prints it first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.check.numbers import verified
from briefing.model import Brief
from briefing.normalise import printed
from briefing.render.page import WITHHELD, Page, Pair, headline_span
from briefing.spans import Span, envelop

Agreed = Mapping[str, tuple[tuple[Span, Span], ...]]
"""By unit, the numbers that agree: where they stand in the Chinese and in the English of the pair."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A brief as read and checked anew."""

    brief: Brief
    """With the findings of the check."""
    page: Page
    """With the counts of the check."""
    agreed: Agreed
    """By unit of the page, the numbers that agree."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one look."""

    text: str
    kind: Literal["text", "number", "left_out", "doubted"] = "text"
    """number: links to its partner; left_out: a number that the brief does not print; doubted: a finding is on it."""
    href: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text that a row of the brief cites, or text that none cites (no id then)."""

    pieces: tuple[Piece, ...]
    id: str = ""
    notes: tuple[tuple[int, str], ...] = ()
    """Numbers of the source sentences, each with the id of the first place that cites it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the source; `role` is that of the Turn it stands in, "" outside the articles."""

    role: str
    sentences: tuple[Sentence, ...]
    article: str = ""
    """The id of the interview whose headline it is."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Which number of the English is which number of the source."""

    marks: tuple[Span, ...]
    """The numbers of the source that the brief prints, sorted, none overlapping another."""
    english: Mapping[str, tuple[tuple[Span, int], ...]]
    """By unit: spans of its English, each with the index of a mark."""
    cells: Mapping[str, int]
    """The mark of each cell that holds one number or date."""
    first: Mapping[int, str]
    """By index of a mark: the id of the place that prints its English first, tables before prose."""


def agreed(page: Page, brief: Brief) -> Agreed:
    """The numbers that agree in each pair of `page`, read anew from both texts."""
    return {p.unit: verified(p.zh, p.en, brief.issue.date) for p in page.pairs() if p.zh and p.en}


def spans(page: Page, brief: Brief) -> dict[str, Span]:
    """Where the Chinese of each pair stands in the source; pairs that no one place prints are left out."""
    known: dict[str, Span] = {}
    for article in brief.interviews:
        known[f"{article.id}.headline"] = headline_span(article)
        if article.date is not None:
            known[f"{article.id}.date"] = article.date.span
        for number, person in enumerate(article.people, 1):
            known[f"{article.id}.name{number}"] = person.span
    for summary in brief.summaries:
        known |= {f"{summary.interview}.point{n}": point for n, point in enumerate(summary.points, 1)}
    amounts = {figure.id: figure.quantity.span for figure in brief.figures}
    for figure in brief.figures:
        known[f"{figure.id}.value"] = figure.quantity.span
        if figure.subject is not None:
            known[f"{figure.id}.subject"] = figure.subject
        if figure.base is not None:
            known[f"{figure.id}.base"] = figure.base
        if figure.period is not None:
            known[f"{figure.id}.period"] = figure.period.span
    for pledge in brief.pledges:
        known[f"{pledge.id}.action"] = pledge.action
        known |= {f"{pledge.id}.{name}": amounts[name] for name in pledge.figures if name in amounts}
        if pledge.due is not None:
            known[f"{pledge.id}.due"] = pledge.due.span
    out: dict[str, Span] = {}
    numbered = set(amounts.values())
    shown = printed(brief.issue)
    for pair in page.pairs():
        at = known.get(pair.unit)
        if at is None or not pair.zh:
            continue
        whole = Span(max(0, at.stop - len(pair.zh)), at.stop)  # a change verb before the amount is part of the cell
        if whole.of(shown) == pair.zh:
            out[pair.unit] = whole
        elif at in numbered and at.of(shown) in pair.zh:  # 增长|6.6%, whose verb stands farther off
            out[pair.unit] = at
    return out


def numbers(page: Page, brief: Brief, agreed: Agreed) -> Numbers:
    """The links between the numbers of both sides."""
    placed = spans(page, brief)
    cells = {unit: span for unit, span in _cells(page, brief).items() if unit in placed}
    prose: dict[str, list[tuple[Span, Span]]] = {}
    for pair in page.pairs():
        at = placed.get(pair.unit)
        if at is None or pair.unit in cells or pair.en == WITHHELD:
            continue
        for zh, en in agreed.get(pair.unit, ()):
            if zh.stop <= len(pair.zh) and en.stop <= len(pair.en):
                prose.setdefault(pair.unit, []).append((en, zh.shift(at.start)))
    marks = merged([*cells.values(), *(zh for both in prose.values() for _, zh in both)])
    index = {at: number for number, mark in enumerate(marks) for at in range(mark.start, mark.stop)}
    english = {
        unit: tuple((en, index[zh.start]) for en, zh in _apart(both) if len(zh)) for unit, both in prose.items()
    }
    of_cells = {unit: index[span.start] for unit, span in cells.items() if len(span)}
    first: dict[int, str] = {}
    for unit, mark in of_cells.items():
        first.setdefault(mark, unit)
    for unit, links in english.items():
        for number, (_, mark) in enumerate(links, 1):
            first.setdefault(mark, f"{unit}.n{number}")
    return Numbers(marks, english, of_cells, first)


def _cells(page: Page, brief: Brief) -> dict[str, Span]:
    """The cells that hold one number or date, in the order in which a number links back to them."""
    amounts = {figure.id: figure.quantity.span for figure in brief.figures}
    periods = {f.id: f.period.span for f in brief.figures if f.period is not None}
    due = {p.id: p.due.span for p in brief.pledges if p.due is not None}
    days = {f"{a.id}.date": a.date.span for a in brief.interviews if a.date is not None}
    out: dict[str, Span] = {}
    for section in page.sections:
        if section.date is not None and section.date.unit in days:
            out[section.date.unit] = days[section.date.unit]
        for row in section.figures:
            if row.figure in amounts:
                out[row.value.unit] = amounts[row.figure]
        for pledge in section.pledges:
            for pair in pledge.amounts:
                if (name := pair.unit.rpartition(".")[2]) in amounts:
                    out[pair.unit] = amounts[name]
            if pledge.due is not None and pledge.pledge in due:
                out[pledge.due.unit] = due[pledge.pledge]
        for row in section.figures:
            if row.period is not None and row.figure in periods:
                out[row.period.unit] = periods[row.figure]
    return out


def _apart(links: Iterable[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The links whose English spans do not overlap, in the order of the English."""
    out: list[tuple[Span, Span]] = []
    for en, zh in sorted(links):
        if not out or out[-1][0].stop <= en.start:
            out.append((en, zh))
    return out


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans that do not overlap and cover the same code points; empty ones are dropped.

    >>> merged([Span(4, 6), Span(0, 2), Span(5, 9)])
    (Span(start=0, stop=2), Span(start=4, stop=9))
    """
    out: list[Span] = []
    for span in sorted(s for s in spans if len(s)):
        if out and out[-1].overlaps(span):
            out[-1] = envelop((out[-1], span))
        else:
            out.append(span)
    return tuple(out)


def touching(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of sorted `spans`, none overlapping another, that overlap `span`; found by halving.

    >>> touching([Span(0, 2), Span(4, 9), Span(9, 12)], Span(5, 9))
    [Span(start=4, stop=9)]
    """
    first = bisect_right(spans, span.start, key=lambda s: s.stop)
    return spans[first : bisect_left(spans, span.stop, lo=first, key=lambda s: s.start)]


def passages(page: Page, linked: Numbers) -> tuple[Span, ...]:
    """The source sentences that the page cites, joined where they overlap or a number runs over their edge."""
    groups = merged(span for _, _, span in page.notes)
    astride = [m for m in linked.marks if any(not g.contains(m) for g in touching(groups, m))]
    return merged([*groups, *astride])


def sentence_ids(page: Page, linked: Numbers) -> dict[int, str]:
    """The id of the passage that holds each source sentence; sentences that overlap share a passage."""
    groups = passages(page, linked)
    out: dict[int, str] = {}
    taken: dict[Span, str] = {}
    for note, _, span in page.notes:
        group = next(iter(touching(groups, span)), span)
        out[note] = taken.setdefault(group, f"s{note}")
    return out


def paragraphs(page: Page, brief: Brief, linked: Numbers) -> tuple[Paragraph, ...]:
    """The text of the issue line by line, with its passages and numbers marked."""
    text = printed(brief.issue)
    groups = passages(page, linked)
    ids, cited = sentence_ids(page, linked), citations(page)
    notes: dict[str, list[tuple[int, str]]] = {}
    for note, name in ids.items():
        notes.setdefault(name, []).append((note, cited.get(note, "")))
    named = {group: ids[n] for n, _, span in page.notes for group in touching(groups, span)}
    pieces = _marked(brief, linked)
    roles = sorted((turn.span, turn.role) for article in brief.interviews for turn in article.turns)
    heads = {headline_span(a): a.id for a in brief.interviews if a.kind == "interview"}
    out: list[Paragraph] = []
    for line in _lines(text, merged([*groups, *linked.marks])):
        role = next((role for span, role in reversed(roles) if span.start <= line.start < span.stop), "")
        head = next((name for span, name in heads.items() if span.overlaps(line) and role == "headline"), "")
        sentences: list[Sentence] = []
        at = line.start
        for group in touching(groups, line):
            if at < group.start:
                sentences.append(Sentence(_cut(text, Span(at, group.start), pieces)))
            name = named[group]
            sentences.append(Sentence(_cut(text, group, pieces), name, tuple(notes[name])))
            at = group.stop
        if at < line.stop:
            sentences.append(Sentence(_cut(text, Span(at, line.stop), pieces)))
        out.append(Paragraph(role, tuple(sentences), head))
    return tuple(out)


def citations(page: Page) -> dict[int, str]:
    """By number of a source sentence: the id of the first place of the page that cites it."""
    out: dict[int, str] = {}
    for section in page.sections:
        for pair, note in section.points:
            out.setdefault(note, pair.unit)
        for row in section.figures:
            out.setdefault(row.note, row.figure)
        for pledge in section.pledges:
            out.setdefault(pledge.note, pledge.pledge)
    return out


def english(pair: Pair, linked: Numbers, doubts: Iterable[Span]) -> tuple[Piece, ...]:
    """The English of a pair in prose: its numbers linked to the source, those with a finding marked."""
    inside = merged(d for d in doubts if d.stop <= len(pair.en))
    found = [(span, Piece(span.of(pair.en), "doubted")) for span in inside]
    for number, (span, mark) in enumerate(linked.english.get(pair.unit, ()), 1):
        if not any(span.overlaps(doubt) for doubt in inside):
            piece = Piece(span.of(pair.en), "number", mark_id(linked.marks[mark]), f"{pair.unit}.n{number}")
            found.append((span, piece))
    return _cut(pair.en, Span(0, len(pair.en)), sorted(found, key=lambda f: f[0]))


def mark_id(mark: Span) -> str:
    """The id of a number in the source."""
    return f"n{mark.start}"


def _marked(brief: Brief, linked: Numbers) -> list[tuple[Span, Piece]]:
    text = printed(brief.issue)
    found = [
        (mark, Piece(mark.of(text), "number", linked.first.get(number, ""), mark_id(mark)))
        for number, mark in enumerate(linked.marks)
    ]
    shown = [f.quantity for f in brief.figures if touching(linked.marks, f.quantity.span)]
    values = {(q.low, q.high, q.unit) for q in shown}  # a headline repeats what the body says
    rest = merged(q.span for q in (f.quantity for f in brief.figures) if (q.low, q.high, q.unit) not in values)
    found += [(s, Piece(s.of(text), "left_out")) for s in rest if not touching(linked.marks, s)]
    return sorted(found, key=lambda f: f[0])


def _lines(text: str, whole: Sequence[Span]) -> Iterator[Span]:
    """The lines of `text` that are not blank; a break inside one of `whole` ends no line."""
    held = iter(whole)
    group = next(held, None)
    start = at = 0
    while at <= len(text):
        while group is not None and group.stop <= at:
            group = next(held, None)
        if at == len(text) or (text[at] == "\n" and not (group is not None and group.start <= at)):
            if text[start:at].strip():
                yield Span(start, at)
            start = at + 1
        at += 1


def _cut(text: str, span: Span, marked: Sequence[tuple[Span, Piece]]) -> tuple[Piece, ...]:
    """The text under `span` in pieces; a mark that runs over the edge is plain beyond it."""
    out: list[Piece] = []
    at = span.start
    for mark, piece in marked[bisect_left(marked, span.start, key=lambda m: m[0].start) :]:
        if mark.start >= span.stop:
            break
        if at <= mark.start and mark.stop <= span.stop:
            if at < mark.start:
                out.append(Piece(text[at : mark.start]))
            out.append(piece)
            at = mark.stop
    if at < span.stop:
        out.append(Piece(text[at : span.stop]))
    return tuple(out)
