"""Which spans of an issue travel through the model as slots, and how each is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefing.model import Moment, Person, Quantity
from briefing.spans import Span, inside
from briefing.translate import companies, names, organisations, places, titles
from briefing.translate.glossary import Glossary, Term
from briefing.translate.moments import joined
from briefing.translate.numbers import english
from briefing.translate.placeholders import Candidate, choose

# Higher wins where two overlap: a term that spells a number out (十五分钟生活圈) over the number, a
# number over a date, a name over the terms inside it, but a term or office that holds a name over the name.
_COMPOUND, _NUMBER, _DATE, _NAME, _SOFT, _TERM = 6, 5, 4, 3, 2, 1
_AMOUNT = re.compile(r"(?:total|number|share|proportion|amount|rate|volume|value)\b", re.IGNORECASE)
"""How a phrase begins that is a measure itself, so that no count goes before it."""

_HOUSED = re.compile("(?<=[及惠务涉盖益动助迁置决为的了到让，、；])(?:居民|群众|村民|百姓|市民|牧民|农民|农牧民)$")
"""People whom a number of households counts: one slot with it, as 16,000 households are no 16,000 residents."""

SAYING = {
    **dict.fromkeys(("介绍", "介绍道", "介绍说", "表示", "说", "说道", "谈道", "讲", "称", "补充道"), "said"),
    **dict.fromkeys(("告诉记者", "对记者说"), "told the reporter"),
    **dict.fromkeys(("强调", "强调说"), "stressed"),
    **dict.fromkeys(("指出",), "pointed out"),
    **dict.fromkeys(("坦言", "直言"), "acknowledged"),
    **dict.fromkeys(("透露",), "revealed"),
    **dict.fromkeys(("认为",), "believed"),
    **dict.fromkeys(("回答", "回应"), "replied"),
}
"""How an interview says who speaks; as a slot behind the name, where the verb ends its clause."""
OPENING = {
    **dict.fromkeys(("据悉", "据了解", "据介绍"), "reportedly"),
    **dict.fromkeys(("同时", "与此同时"), "meanwhile"),
    **dict.fromkeys(("此外", "另外"), "in addition"),
    **dict.fromkeys(("下一步", "接下来"), "next"),
    **dict.fromkeys(("新的一年",), "in the new year"),
    **dict.fromkeys(("近年来", "近些年来"), "in recent years"),
    **dict.fromkeys(("首先",), "first of all"),
    **dict.fromkeys(("因此", "为此"), "therefore"),
}
"""What opens a clause and is set off by a comma."""
_OPENS = re.compile(rf"(?<![^。；！？“”，\s])(?:{'|'.join(sorted(OPENING, key=len, reverse=True))})(?=[，,])")
_RESIDENTS = re.compile("居民|群众|村民|百姓|市民|牧民|农民|农牧民|家庭|住户")
_SAID = re.compile(f"(?:{'|'.join(sorted(SAYING, key=len, reverse=True))})(?=[，,：:。“；])")


def candidates(
    text: str,
    quantities: Sequence[Quantity],
    moments: Sequence[Moment],
    people: Iterable[Person],
    glossary: Glossary,
    nouns: Iterable[Span] = (),
    *,
    known: Iterable[str] = (),
) -> tuple[Candidate, ...]:
    """The slots of `text`, chosen and in order; `people` need their English names.

    `nouns` are what numbers right behind them count: one slot where the glossary composes the whole phrase.
    `known` are places that the text is about, whose short forms count as well (江州 for 江州市).
    """
    out: list[Candidate] = []
    counted = {q.span.stop: q for q in quantities if q.kind == "count"}
    numbers = [q.span for q in quantities]
    for q in quantities:
        shown = english(q, text)
        if shown.startswith("phase "):  # a part of a name: what it is the third phase of is said with it
            continue
        span = q.span
        if q.unit == "户" and q.kind == "count":
            span, shown = _households(span, text, shown, single=q.low == q.high == 1)
        bare = q.kind == "count" and shown[-1:].isdigit()
        rank = _COMPOUND if span != q.span else _SOFT if q.kind == "soft" else _NUMBER
        out.append(Candidate(span, "n", shown, rank, bare))
    for span, shown in joined(moments, text):
        covers = bool(inside(numbers, span, lambda number: number))
        out.append(Candidate(span, "d", shown, _COMPOUND if covers else _DATE))
    for name, shown in {p.name: p.english for p in people if p.name and p.english}.items():
        at = text.find(name)
        while at >= 0:
            out.append(Candidate(Span(at, at + len(name)), "p", shown, _NAME))
            if said := _SAID.match(text, at + len(name)):
                out.append(Candidate(Span(*said.span()), "t", SAYING[said.group()], _NAME))
            at = text.find(name, at + len(name))
    for match in _OPENS.finditer(text):
        out.append(Candidate(Span(*match.span()), "t", OPENING[match.group()], _NAME))
    located = places.find(text, known)
    for span, shown in located:
        out.append(Candidate(span, "l", shown, _NAME))
    inner = [*numbers, *(span for span, _ in located)]
    for span, shown in titles.find(text):
        out.append(Candidate(span, "t", shown, _COMPOUND))
    for span, shown in organisations.find(text):
        out.append(Candidate(span, "o", shown, _COMPOUND))
    terms = glossary.match(text)
    for span, shown in companies.find(text):
        if not any(other.contains(span) for other, _ in terms):
            covers = any(span.contains(number) for number in inner)
            out.append(Candidate(span, "o", shown, _COMPOUND if covers else _NAME))
    for span, term in terms:
        compound = any(span.contains(other) and span != other for other in inner)
        form = _form(term, text, span, counted)
        out.append(Candidate(span, "t", form, _COMPOUND if compound else _TERM, term.countable))
    for span in nouns:
        if phrase := glossary.phrase(span.of(text), plural=True):
            out.append(Candidate(span, "t", phrase, _COMPOUND, _AMOUNT.match(phrase) is None))
    return choose(c for c in out if c.english)


def _households(span: Span, text: str, shown: str, *, single: bool) -> tuple[Span, str]:
    """居民300户 and 300户居民 as one slot: 300 households, not so many residents."""
    name = "household" if single else "households"
    told = shown if shown.endswith(name) else f"{shown} {name}"
    if behind := _RESIDENTS.match(text, span.stop):
        return Span(span.start, behind.end()), told
    if ahead := _HOUSED.search(text, max(0, span.start - 5), span.start):
        return Span(ahead.start(), span.stop), told
    return span, shown


def _form(term: Term, text: str, span: Span, counted: Mapping[int, Quantity]) -> str:
    """The plural behind a number above one, else the form that the text asks for."""
    number = counted.get(span.start)
    if number is None:
        return term.in_text(text, span)
    return term.en if number.low == number.high == 1 else term.plural


def named(person: Person) -> Person:
    """`person` with the English of name and office; an office that no rule composes keeps "" as English."""
    return replace(person, english=names.pinyin(person.name), title_english=titles.title(person.title))
