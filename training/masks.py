"""Put slot tokens in place of what stands on both sides of a pair: quantities, dates, places, terms."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.extract.dates import moments
from briefing.extract.quantities import quantities
from briefing.numerals import en_dates
from briefing.numerals.en import readings
from briefing.translate import places
from briefing.translate.glossary import Glossary
from briefing.translate.numbers import english_moment
from training.values import shared_values

SLOT = re.compile(r"<([ndplot])([1-9])>")
SLOTS = tuple(f"<{k}{i}>" for k in "ndplot" for i in range(1, 10))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The same thing on both sides: a slot kind and half-open ranges of the Chinese and the English."""

    kind: str
    zh: tuple[int, int]
    en: tuple[int, int]
    lead: str = ""
    """English written before the slot in place of a verb that is part of the range."""


class Anchors:
    """Finds what may be masked in a pair, with the project's own glossary and table of places."""

    def __init__(self) -> None:
        self._glossary = Glossary.load()

    def find(self, zh: str, en: str, *, thorough: bool = False) -> list[Anchor]:
        """Anchors of a pair, not overlapping on either side; at most nine of a kind.

        `thorough` reads numbers and dates with the project's grammars, as translation does, which takes some
        ten milliseconds a pair.
        """
        out: list[Anchor] = []
        if thorough:
            for found in (*_numbers(zh, en), *_dates(zh, en)):
                if not any(_meet(o, found.zh, found.en) for o in out):
                    out.append(found)
        else:
            for a, b in shared_values(zh, en):
                start = b.start
                verb = _EXCEEDED.search(en[:start]) if zh.startswith("突破", a.start) else None
                lead = ""
                if verb:
                    start, lead = verb.start(), _REACH[(verb[2] or "").lower()] + " "
                out.append(Anchor(a.kind, (a.start, a.stop), (start, b.stop), lead))
        names = [("l", span, (english,)) for span, english in places.find(zh)]
        names += [("t", span, (term.en, term.plural)) for span, term in self._glossary.match(zh)]
        for kind, span, forms in names:
            word = zh[span.start : span.stop]
            found = [m.span() for m in _pattern(forms).finditer(en)]
            here = (span.start, span.stop)
            if len(found) == zh.count(word) == 1 and not any(_meet(o, here, found[0]) for o in out):
                out.append(Anchor(kind, here, found[0]))
        count: Counter[str] = Counter()
        kept = []
        for anchor in sorted(out, key=lambda a: a.zh):
            count[anchor.kind] += 1
            if count[anchor.kind] <= 9:
                kept.append(anchor)
        return kept


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(sorted({re.escape(form) for form in forms}, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.I)


_EXCEED = re.compile(r"(exceed|surpass|top|pass)(s|es|ed|ped|ing|ping)?\s", re.I)
_EXCEEDED = re.compile(r"\b(exceed|surpass|top|pass)(s|es|ed|ped|ing|ping)? $", re.I)
_REACH = {"": "reach", "s": "reaches", "es": "reaches", "ed": "reached", "ped": "reached", "ing": "reaching",
          "ping": "reaching"}  # fmt: skip


def _numbers(zh: str, en: str) -> Iterator[Anchor]:
    """Quantities of the same value on both sides, paired in order.

    突破千亿 is rendered as "more than 100 billion yuan": where the English has "exceeded 100 billion yuan", the
    training text says "reached" before the slot.
    """
    read = list(readings(en))
    for q in quantities(zh):
        same = [r for r in read if (r.low, r.high) == (q.low, q.high)]
        if not same:
            continue
        best = next((r for r in same if r.kind == q.kind), same[0])
        read.remove(best)
        verb = _EXCEED.match(en[best.span.start : best.span.stop])
        lead = _REACH[(verb[2] or "").lower()] + " " if verb else ""
        yield Anchor("n", (q.span.start, q.span.stop), (best.span.start, best.span.stop), lead)


def _dates(zh: str, en: str) -> Iterator[Anchor]:
    """Dates that stand in the English as the rules render them, or with the same ISO form."""
    read = list(en_dates.moments(en))
    lower = en.lower()
    for m in moments(zh):
        shown = english_moment(m, zh).lower()
        if shown and lower.count(shown) == 1:
            at = lower.index(shown)
            if not en[at + len(shown) : at + len(shown) + 1].isalnum():
                yield Anchor("d", (m.span.start, m.span.stop), (at, at + len(shown)))
            continue
        same = [r for r in read if m.iso and r.iso == m.iso]
        if same:
            read.remove(same[0])
            yield Anchor("d", (m.span.start, m.span.stop), (same[0].span.start, same[0].span.stop))


def _meet(anchor: Anchor, zh: tuple[int, int], en: tuple[int, int]) -> bool:
    return (anchor.zh[0] < zh[1] and zh[0] < anchor.zh[1]) or (anchor.en[0] < en[1] and en[0] < anchor.en[1])


def apply(zh: str, en: str, anchors: list[Anchor], rng: random.Random | None = None) -> tuple[str, str]:
    """Both sides with slots for `anchors`: shuffled indices given an rng, else in order."""
    numbers: dict[str, list[int]] = {}
    for kind in {a.kind for a in anchors}:
        ids = list(range(1, 10))
        if rng is not None and rng.random() < 0.4:
            rng.shuffle(ids)
        elif rng is not None and rng.random() < 0.3:
            ids = sorted(rng.sample(ids, sum(a.kind == kind for a in anchors)))
        numbers[kind] = ids
    tokens = [f"<{a.kind}{numbers[a.kind].pop(0)}>" for a in sorted(anchors, key=lambda a: a.zh)]
    ordered = list(zip(sorted(anchors, key=lambda a: a.zh), tokens, strict=True))
    for anchor, token in reversed(ordered):
        zh = zh[: anchor.zh[0]] + token + zh[anchor.zh[1] :]
    for anchor, token in sorted(ordered, key=lambda o: -o[0].en[0]):
        en = en[: anchor.en[0]] + anchor.lead + token + en[anchor.en[1] :]
    return zh, en
