"""Slots: what travels through the model as a token and is rendered by rule afterwards.

``mask`` puts ``<n1>``-like tokens in place of spans, ``unmask`` puts their English in place of the
tokens. For every text, unmask(mask(text)) with an engine that copies is the text with its spans
rendered; a hypothesis is usable only where each token returns exactly once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.model import Slot
from briefing.spans import Span, resolve

SlotKind = Literal["n", "d", "p", "l", "o", "t"]
"""n quantity, d date, p person, l place, o organisation, t glossary term."""

MAX_PER_KIND = 9
_SHARED = re.compile(r"(?:[及和与或]|(?<![个家项条所座户人处件万亿元%])、)$")
"""Before a noun this joins it to another, and the number behind them counts both: 专精特新及瞪羚企业33家."""
_ITEM_ENDS = ("", *"，。、；：）！？”’,;\n")
TOKEN = re.compile(r"<([ndplot])([1-9])>")
_ARTICLED = re.compile(r"(?:\b([Tt]he|[Aa]n?)\s+)?(<[ndplot][1-9]>)")
_BEFORE_TERM = re.compile(r"(<n[1-9]>) ?(?=<t[1-9]>)")
_EXTENTS = (" mu", " hectares", " square meters", " square kilometers", " kilometers", " tonnes", " cubic meters")
"""Measures that English joins to their noun by of."""
_DETERMINED = re.compile(
    r"(?:the|a|an|this|last|next|more than|over|nearly|about|at least|at most|up to|half"
    r"|in|reportedly|meanwhile|therefore|first of all)\b",
    re.IGNORECASE,
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN = re.compile(
    r"\b([Ii]n) (?:(?=(?:this|last|next|that) (?:year|month|week|quarter)\b(?!'))" rf"|(?=((?:{_MONTH}) \d{{1,2}}\b)))"
)
"""in this year, in January 11: said without in, and with on."""
_VOWEL = re.compile(r"[ai]|o(?!ne)|e(?!u)|u(?!n[ai]|s[aeiu])|8|1[18]\b|1[18],", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may become a slot; of two that overlap the one with the higher `priority` stays."""

    span: Span
    kind: SlotKind
    english: str
    priority: int = 0
    counts: bool = False
    """Of a number: it counts a noun and brings none. Of a term: it is a noun that may be counted."""


def choose(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates to be masked: by priority, then by length, without overlap, in text order.

    >>> choose([Candidate(Span(0, 4), "t", "x"), Candidate(Span(2, 3), "n", "5", priority=1)])[0].english
    '5'
    """
    kept: list[Candidate] = []
    by_priority: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_priority.setdefault(candidate.priority, []).append(candidate)
    taken: set[int] = set()
    for priority in sorted(by_priority, reverse=True):
        free = [c for c in by_priority[priority] if taken.isdisjoint(range(c.span.start, c.span.stop))]
        for candidate in resolve(free, span=lambda c: c.span):
            kept.append(candidate)
            taken.update(range(candidate.span.start, candidate.span.stop))
    return tuple(sorted(kept, key=lambda c: c.span.start))


def mask(text: str, within: Span, candidates: Sequence[Candidate]) -> tuple[str, tuple[Slot, ...]]:
    """The characters of `text` in `within` with tokens for the (chosen) candidates, and the slots.

    A candidate past the ninth of its kind stays as it is: split the text first where that matters.

    A count behind its noun (瞪羚企业33家，) is put before it, where English has it.

    >>> mask("新增33家企业", Span(0, 7), [Candidate(Span(2, 5), "n", "33")])[0]
    '新增<n1>企业'
    >>> noun, number = Candidate(Span(2, 6), "t", "firms", counts=True), Candidate(Span(6, 9), "n", "33", counts=True)
    >>> mask("新增瞪羚企业33家。", Span(0, 10), [noun, number])[0]
    '新增<n1><t1>。'
    """
    parts: list[str] = []
    slots: list[Slot] = []
    count: Counter[str] = Counter()
    at = within.start
    before: Candidate | None = None
    for candidate in candidates:
        if not within.contains(candidate.span) or count[candidate.kind] >= MAX_PER_KIND:
            continue
        count[candidate.kind] += 1
        token = f"<{candidate.kind}{count[candidate.kind]}>"
        parts += [text[at : candidate.span.start], token]
        if before is not None and _behind(text, before, candidate):
            parts[-3], parts[-1] = parts[-1], parts[-3]
        before = candidate
        slots.append(Slot(token, candidate.span, candidate.english))
        at = candidate.span.stop
    return "".join([*parts, text[at : within.stop]]), tuple(slots)


def _behind(text: str, noun: Candidate, number: Candidate) -> bool:
    """Whether the number counts the noun right before it, and the list or sentence goes on or ends there."""
    counted = noun.kind == "t" and number.kind == "n" and noun.counts and number.counts
    ahead = text[max(0, noun.span.start - 2) : noun.span.start]
    adjacent = noun.span.stop == number.span.start and not _SHARED.search(ahead)
    return counted and adjacent and text[number.span.stop : number.span.stop + 1] in _ITEM_ENDS


def returned(hypothesis: str, slots: Sequence[Slot]) -> bool:
    """Whether each slot's token stands in `hypothesis` exactly once, and no other token does.

    >>> returned("up <n1>", [Slot("<n1>", Span(0, 1), "5%")]), returned("up", [Slot("<n1>", Span(0, 1), "5%")])
    (True, False)
    """
    found = Counter(match.group() for match in TOKEN.finditer(hypothesis))
    return found == Counter(slot.token for slot in slots)


def unmask(hypothesis: str, slots: Sequence[Slot]) -> str:
    """`hypothesis` with the English of each slot in place of its token, spaced and articled anew.

    >>> unmask("added <n1>enterprises .", [Slot("<n1>", Span(0, 1), "33")])
    'added 33 enterprises.'
    >>> unmask("on <n1> <t1>", [Slot("<n1>", Span(0, 1), "33 mu"), Slot("<t1>", Span(1, 2), "farmland")])
    'on 33 mu of farmland'
    """
    english = {slot.token: slot.english for slot in slots}
    hypothesis = _BEFORE_TERM.sub(
        lambda m: f"{m[1]} of " if english.get(m[1], "").endswith(_EXTENTS) else m[0], hypothesis
    )
    text = _ARTICLED.sub(lambda m: f" {_article(m.group(1) or '', english.get(m.group(2), m.group(2)))} ", hypothesis)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" (?=[,.;:!?)\]”’%])|(?<=[(\[“‘]) ", "", text)
    text = re.sub(r"(\w) ?(['’]) ?(?=s\b)", r"\1\2", text)
    text = re.sub(r'([“‘])"([^"“”‘’]*)"([”’])', r"\1\2\3", text)
    text = re.sub(r"\b(?:[Aa]n?|the) (?=(?:the|an?)\b)", "", text)
    return _IN.sub(lambda m: "" if not m.group(2) else f"{'On' if m.group(1) == 'In' else 'on'} ", text)


def _article(article: str, english: str) -> str:
    """`english` behind the article that the model wrote, in the form that fits it, or behind none."""
    if not article or _DETERMINED.match(english):
        return english
    if article.lower() == "the":
        return f"{article} {english}"
    return f"{article[0]}{'n' if _VOWEL.match(english) else ''} {english}"
