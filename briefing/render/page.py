"""The Page: a brief as a reader meets it, before any format; Markdown, HTML, mail and feeds are made of it.

Each cell that pairs Chinese with English is a `Pair` with the id of its unit. The check reads the pairs
of a Page, not the objects behind them: what it verifies is what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefing.model import (
    Brief,
    Figure,
    Finding,
    Interview,
    Moment,
    Person,
    Pledge,
    Status,
    Strength,
)
from briefing.normalise import printed
from briefing.render import bases
from briefing.render.values import tails, value
from briefing.spans import Span
from briefing.translate.clause_parts import lowered
from briefing.translate.moments import english_moment

STATUS: Mapping[Status, tuple[str, str]] = {
    "achieved": ("已实现", "Achieved"),
    "target": ("目标", "Target"),
    "other": ("其他", "Other"),
}
STRENGTH: Mapping[Strength, tuple[str, str]] = {
    "will": ("将", "Will"),
    "strive": ("力争", "Will strive to"),
    "ensure": ("确保", "Will ensure"),
    "plan": ("计划", "Plans to"),
    "": ("", ""),
}
_TIMES = frozenset(["年", "个月", "月", "周", "天", "日", "小时", "分钟"])
_CHANGES_THEN = re.compile("(?:[内来间里中]|时间)?(?:就|已|连续)?(?:翻|增长|增加|提高|下降|完成|建成)")
_LASTS = re.compile("(?:连续|奋战|历时|历经|经过|苦战|大干|用了?)$")
_PART = re.compile("the (?:first|second) half|the (?:first|second|third|fourth) quarter")
"""Part of a year that the sentence need not name, as a table must."""
MAX_PLEDGES = 12
WITHHELD = "[withheld: a number in this translation could not be verified against the source]"


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell in both languages."""

    unit: str
    """Stable within a brief: i1.headline, i1.point2, f7.value …"""
    zh: str
    en: str
    flags: tuple[str, ...] = ()
    """The codes of the findings on it, worst first."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table of key figures."""

    figure: str
    subject: Pair
    value: Pair
    status: Status
    period: Pair | None
    part_of: str
    note: int
    """The number of the footnote with the source sentence."""
    base: Pair | None = None
    """With what the value is compared, where that does not go without saying."""


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One line of the table of pledges."""

    pledge: str
    actor: Pair
    action: Pair
    amounts: tuple[Pair, ...]
    due: Pair | None
    strength: Strength
    note: int


@dataclass(frozen=True, slots=True)
class Official:
    """A speaker's name and office."""

    name: Pair
    title: Pair


@dataclass(frozen=True, slots=True)
class Count:
    """How the numbers of one interview fared.

    `source` numbers stand in the article; `brief` numbers are printed in the English of the brief,
    each `verified` against the source, `flagged`, or `withheld` together with its translation.
    """

    source: int = 0
    brief: int = 0
    verified: int = 0
    flagged: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One interview."""

    interview: str
    headline: Pair
    officials: tuple[Official, ...]
    date: Pair | None
    place: Pair | None
    points: tuple[tuple[Pair, int], ...]
    """Each with the number of its footnote."""
    figures: tuple[FigureRow, ...]
    pledges: tuple[PledgeRow, ...]
    count: Count = Count()

    def pairs(self) -> Iterator[Pair]:
        """All cells of the section that pair the two languages, in reading order."""
        yield self.headline
        for official in self.officials:
            yield official.name
            yield official.title
        yield from (pair for pair in (self.date, self.place) if pair)
        yield from (pair for pair, _ in self.points)
        for row in self.figures:
            yield row.subject
            yield row.value
            yield from (pair for pair in (row.base, row.period) if pair)
        for pledge in self.pledges:
            yield pledge.actor
            yield pledge.action
            yield from pledge.amounts
            yield from (pair for pair in (pledge.due,) if pair)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole brief."""

    issue: str
    title: Pair
    date: str
    source: str
    sections: tuple[Section, ...]
    notes: tuple[tuple[int, str, Span], ...]
    """Number, source sentence as printed, and its span, in order of first use."""
    findings: tuple[Finding, ...]
    signature: str

    def pairs(self) -> Iterator[Pair]:
        """All cells that pair the two languages, in reading order."""
        yield self.title
        for section in self.sections:
            yield from section.pairs()


class _Notes:
    """Numbers the source sentences in order of first use."""

    def __init__(self) -> None:
        self.known: dict[Span, int] = {}

    def number(self, span: Span) -> int:
        return self.known.setdefault(span, len(self.known) + 1)


def build(brief: Brief, counts: Mapping[str, Count] | None = None) -> Page:
    """The Page of `brief`; `counts` by interview come from the check and are absent before it."""
    worst = _flags(brief.findings)
    translations = {t.source: t for t in brief.translations}
    known = {span: t.text for span, t in translations.items()}
    notes = _Notes()
    text, shown = brief.issue.text, printed(brief.issue)
    left = tails(brief.figures, text)

    def as_printed(zh: str) -> str:
        at = text.find(zh)
        return shown[at : at + len(zh)] if at >= 0 else zh

    def pair(unit: str, zh: str, en: str) -> Pair:
        flags = worst.get(unit, ())
        withheld = any(f.severity == "error" for f in brief.findings if f.unit == unit)
        return Pair(unit, zh, WITHHELD if withheld else en, flags)

    def spanned(unit: str, span: Span) -> Pair:
        return pair(unit, span.of(shown), known.get(span, ""))

    def moment(unit: str, value: Moment | None) -> Pair | None:
        if value is None:
            return None
        told = english_moment(value, text)
        return pair(unit, value.span.of(shown), f"{told} of the year" if _PART.fullmatch(told) else told)

    def amount(unit: str, figure: Figure, *, change: bool = False, base: Span | None = None) -> Pair:
        return pair(unit, *value(figure, text, shown, change=change, base=base, tail=left.get(figure.id, "")))

    def office(unit: str, person: Person) -> Pair:
        span = title_span(brief, person)
        return pair(unit, as_printed(person.title), person.title_english or (known.get(span, "") if span else ""))

    def figure_row(figure: Figure) -> FigureRow:
        subject = (
            spanned(f"{figure.id}.subject", figure.subject) if figure.subject else Pair(f"{figure.id}.subject", "", "")
        )
        if figure.scope is not None and (of := known.get(figure.scope, "")) and subject.en not in ("", WITHHELD):
            subject = replace(subject, zh=f"{figure.scope.of(shown)}：{subject.zh}", en=f"{of}: {lowered(subject.en)}")
        told = bases.english(figure, text, translations, brief.issue.date)
        return FigureRow(
            figure.id,
            subject,
            amount(f"{figure.id}.value", figure, change=True, base=figure.base if told else None),
            figure.status,
            moment(f"{figure.id}.period", figure.period),
            figure.part_of,
            notes.number(figure.span),
            pair(f"{figure.id}.base", figure.base.of(shown), told) if figure.base and told else None,
        )

    names = brief_names(brief)
    figures = {figure.id: figure for figure in brief.figures}

    def pledge_row(pledge: Pledge, interview: Interview) -> PledgeRow:
        actor = pledge.actor if pledge.actor in names else interview.place or pledge.speaker
        return PledgeRow(
            pledge.id,
            pair(f"{pledge.id}.actor", as_printed(actor), names.get(actor, "")),
            spanned(f"{pledge.id}.action", pledge.action),
            tuple(amount(f"{pledge.id}.{name}", figures[name]) for name in pledge.figures if name in figures),
            moment(f"{pledge.id}.due", pledge.due),
            pledge.strength,
            notes.number(pledge.span),
        )

    def section(interview: Interview) -> Section:
        headline = headline_span(interview)
        points = next((s.points for s in brief.summaries if s.interview == interview.id), ())
        date = None
        if interview.date is not None:
            date = pair(f"{interview.id}.date", interview.date.span.of(shown), english_moment(interview.date, text))
        return Section(
            interview.id,
            spanned(f"{interview.id}.headline", headline),
            tuple(
                Official(
                    pair(f"{interview.id}.name{n}", as_printed(person.name), person.english),
                    office(f"{interview.id}.title{n}", person),
                )
                for n, person in enumerate(interview.people, 1)
            ),
            date,
            pair(f"{interview.id}.place", as_printed(interview.place), names.get(interview.place, ""))
            if interview.place
            else None,
            tuple(
                (spanned(f"{interview.id}.point{n}", point), notes.number(point)) for n, point in enumerate(points, 1)
            ),
            tuple(figure_row(f) for f in key_figures(brief, interview)),
            tuple(pledge_row(p, interview) for p in key_pledges(brief, interview)),
            (counts or {}).get(interview.id, Count()),
        )

    sections = tuple(section(i) for i in brief.interviews if i.kind == "interview")
    banners = [t.span for i in brief.interviews for t in i.turns if t.role == "banner"]
    title = Pair("title", brief.issue.id, "")
    if banners:
        titles = [known.get(span, "") for span in banners]
        title = pair("title", " · ".join(s.of(shown) for s in banners), " · ".join(en for en in titles if en))
    return Page(
        brief.issue.id,
        title,
        brief.issue.date.isoformat() if brief.issue.date else "",
        brief.issue.source,
        sections,
        tuple((n, span.of(shown), span) for span, n in notes.known.items()),
        brief.findings,
        brief.signature,
    )


def headline_span(interview: Interview) -> Span:
    """The headline of the article: its first headline turn, or its first turn, or its whole span."""
    return next((t.span for t in interview.turns if t.role == "headline"), (interview.turns or (interview,))[0].span)


def title_span(brief: Brief, person: Person) -> Span | None:
    """Where the title of `person` is printed, if no rule composed its English."""
    at = -1 if person.title_english or not person.title else brief.issue.text.find(person.title)
    return Span(at, at + len(person.title)) if at >= 0 else None


def key_figures(brief: Brief, interview: Interview) -> tuple[Figure, ...]:
    """The figures that the table shows: each once, from the body where the body gives it; no thresholds."""
    text = brief.issue.text
    inside = [f for f in brief.figures if interview.span.contains(f.span) and f.status != "other"]
    inside = [f for f in inside if f.subject is not None and not _takes_time(f, text)]
    body = [f for f in inside if f.role not in ("headline", "subhead", "deck", "kicker", "caption")]

    def amount(figure: Figure) -> tuple[object, ...]:
        q = figure.quantity
        return (q.low, q.high, q.unit)

    shown = {amount(f) for f in body}
    extra = [f for f in inside if f not in body and amount(f) not in shown and f.quantity.low not in {
        b.quantity.low for b in body if b.quantity.unit == f.quantity.unit
    }]
    out: list[Figure] = []
    seen: set[tuple[object, ...]] = set()
    for figure in sorted([*body, *extra], key=lambda f: f.quantity.span.start):
        told = [span.of(text) if span else "" for span in (figure.subject, figure.scope)]
        key = (*amount(figure), *told, figure.quantity.bound)
        if key not in seen:
            seen.add(key)
            out.append(figure)
    return tuple(out)


def _takes_time(figure: Figure, text: str) -> bool:
    """Whether the quantity only says how long a change took: 两年翻一番, 奋战100天, 连续三年增长."""
    q = figure.quantity
    if q.kind != "measure" or q.unit not in _TIMES:
        return False
    return _CHANGES_THEN.match(text, q.span.stop) is not None or _LASTS.search(text[: q.span.start][-4:]) is not None


def key_pledges(brief: Brief, interview: Interview) -> tuple[Pledge, ...]:
    """The pledges that the table shows, in text order: at most MAX_PLEDGES, those with amounts or a date first.

    A headline or subhead that pledges without an amount only announces what the body says.
    """
    titles = [t.span for t in interview.turns if t.role in ("headline", "subhead", "deck", "kicker", "caption")]
    inside = [
        p
        for p in brief.pledges
        if interview.span.contains(p.span) and (p.figures or not any(t.contains(p.span) for t in titles))
    ]
    ranked = sorted(inside, key=lambda p: (not p.figures, p.due is None, not p.strength, p.span.start))
    return tuple(sorted(ranked[:MAX_PLEDGES], key=lambda p: p.action.start))


def brief_names(brief: Brief) -> dict[str, str]:
    """Chinese to English of the people and places that the brief names."""
    return dict(brief.names) | {p.name: p.english for i in brief.interviews for p in i.people}


def _flags(findings: tuple[Finding, ...]) -> dict[str, tuple[str, ...]]:
    order = {"error": 0, "warning": 1, "note": 2}
    out: dict[str, tuple[str, ...]] = {}
    for finding in sorted(findings, key=lambda f: order[f.severity]):
        if finding.severity != "note":
            out[finding.unit] = tuple(dict.fromkeys((*out.get(finding.unit, ()), finding.code)))
    return out


def with_counts(page: Page, counts: Mapping[str, Count]) -> Page:
    """The same page with the numbers counted."""
    return replace(page, sections=tuple(replace(s, count=counts.get(s.interview, s.count)) for s in page.sections))
