"""Summaries made of whole sentences of the source: nothing is rewritten, so nothing can be invented.

Each sentence is weighed by where it stands, what it says in figures and pledges, how central its
character pairs are to the interview (TF-IDF, no word segmenter), how near it is to the titles above
it, and whether it is of a length that reads well. Then sentences are taken one by one, each time the
best that is least like those already taken (maximal marginal relevance) and that opens a part of the
interview not yet spoken for.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.model import Figure, Finding, Interview, Issue, Pledge, Role, Summary
from briefing.spans import Span

Vector = Mapping[str, float]

_SILENT: frozenset[Role] = frozenset(
    {"banner", "byline", "caption", "question", "kicker", "headline", "deck", "subhead"}
)
_SHORT, _IDEAL_LOW, _IDEAL_HIGH = 12, 30, 110
"""Code points: below the first a sentence says too little; between the others it reads well."""
_PER_POINT = 3
"""Sentences for each point, within the bounds that the caller sets; a point for each part at least."""
_HAN = re.compile(r"[一-鿿]{2}|\d[一-鿿]")
_DANGLING = re.compile(r"^[“\"]?(?:其中|此外|同时|对此|为此|因此|但|但是|而|这|该|他|她|它|上述)")


@dataclass(frozen=True, slots=True)
class Extractive:
    """The summariser that needs no model; `least` and `most` bound the number of points."""

    least: int = 3
    most: int = 6
    name: str = "extractive"

    def summarise(
        self, issue: Issue, interview: Interview, figures: Sequence[Figure], pledges: Sequence[Pledge]
    ) -> tuple[Summary, tuple[Finding, ...]]:
        """The points of `interview`; there is never anything to report."""
        return summarise(issue, interview, figures, pledges, points=(self.least, self.most)), ()


def summarise(
    issue: Issue,
    interview: Interview,
    figures: Sequence[Figure],
    pledges: Sequence[Pledge],
    *,
    points: tuple[int, int] = (3, 6),
) -> Summary:
    """The sentences of `interview` that say most, in text order; fewer than asked for when there are no more."""
    candidates = [s for s in interview.sentences if _eligible(issue.text, s, interview)]
    least, most = points
    parts = len({_part(s, interview) for s in candidates})
    wanted = max(least, min(most, max(parts, round(len(candidates) / _PER_POINT))))
    chosen = _choose(issue.text, candidates, interview, figures, pledges, wanted)
    return Summary(interview.id, tuple(sorted(chosen)), "extractive")


def _eligible(text: str, sentence: Span, interview: Interview) -> bool:
    """Whether the sentence may stand in a summary: said, not asked, and long enough to say something."""
    turn = next((t for t in interview.turns if t.span.overlaps(sentence)), None)
    asked = text[sentence.start : sentence.stop].rstrip('”"’ ').endswith(("？", "?"))
    return len(sentence) >= _SHORT and not asked and (turn is None or turn.role not in _SILENT)


def _choose(
    text: str,
    candidates: Sequence[Span],
    interview: Interview,
    figures: Sequence[Figure],
    pledges: Sequence[Pledge],
    wanted: int,
) -> list[Span]:
    """Take `wanted` sentences, each time the best against those already taken; ties go to the earlier one."""
    vectors = _vectors([s.of(text) for s in candidates])
    weights = _weights(text, candidates, vectors, interview, figures, pledges)
    parts = [_part(s, interview) for s in candidates]
    taken: list[int] = []
    while len(taken) < min(wanted, len(candidates)):
        covered = {parts[i] for i in taken}

        def gain(i: int, covered: set[int] = covered) -> float:
            likeness = max((_cosine(vectors[i], vectors[j]) for j in taken), default=0.0)
            return weights[i] - 2.0 * likeness + (0.6 if parts[i] not in covered else 0.0)

        rest = [i for i in range(len(candidates)) if i not in taken]
        taken.append(max(rest, key=lambda i: (round(gain(i), 9), -i)))
    return [candidates[i] for i in taken]


def _weights(
    text: str,
    candidates: Sequence[Span],
    vectors: Sequence[Vector],
    interview: Interview,
    figures: Sequence[Figure],
    pledges: Sequence[Pledge],
) -> list[float]:
    """What each candidate is worth by itself."""
    titles = _vectors([t.span.of(text) for t in interview.turns if t.role in ("headline", "deck", "subhead")])
    centre = _sum(vectors)
    firsts = {_part(s, interview): s for s in reversed(candidates)}
    weights = []
    for span, vector in zip(candidates, vectors, strict=True):
        told = sum(1 for f in figures if span.contains(f.quantity.span) and f.status != "other")
        promised = any(span.contains(p.action) and (p.speaker or not interview.people) for p in pledges)
        weight = 1.5 * _cosine(vector, centre)
        weight += 0.5 * math.log1p(told) + (0.4 if promised else 0.0)
        weight += 0.5 * max((_cosine(vector, title) for title in titles), default=0.0)
        weight += 0.3 if firsts[_part(span, interview)] == span and (told or promised) else 0.0
        weight += _length(len(span))
        weight -= 0.4 if _DANGLING.match(span.of(text)) else 0.0
        weights.append(weight)
    return weights


def _length(size: int) -> float:
    """A penalty for sentences that are too short or too long to stand alone."""
    if size < _IDEAL_LOW:
        return -0.5 * (_IDEAL_LOW - size) / _IDEAL_LOW
    return -min(1.0, 0.6 * max(0, size - _IDEAL_HIGH) / _IDEAL_HIGH)


def _part(span: Span, interview: Interview) -> int:
    """Which part of the interview: the number of subheads before the sentence."""
    return sum(1 for t in interview.turns if t.role == "subhead" and t.span.stop <= span.start)


def _pairs(text: str) -> list[str]:
    """The character pairs that carry meaning: two Chinese characters, or a digit and the character after it."""
    return [pair for pair in map("".join, pairwise(text)) if _HAN.fullmatch(pair)]


def _vectors(texts: Sequence[str]) -> list[Vector]:
    """One TF-IDF vector of unit length for each text, over character pairs."""
    counts = [Counter(_pairs(t)) for t in texts]
    spread = Counter(pair for count in counts for pair in count)
    made: list[Vector] = []
    for count in counts:
        raw = {p: (1 + math.log(n)) * math.log((1 + len(texts)) / spread[p]) for p, n in sorted(count.items())}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        made.append({p: v / norm for p, v in raw.items()})
    return made


def _sum(vectors: Sequence[Vector]) -> Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for pair, value in vector.items():
            total[pair] = total.get(pair, 0.0) + value
    return total


def _cosine(one: Vector, other: Vector) -> float:
    small, large = sorted((one, other), key=len)
    dot = sum(value * large[pair] for pair, value in small.items() if pair in large)
    norms = math.sqrt(sum(v * v for v in one.values())) * math.sqrt(sum(v * v for v in other.values()))
    return dot / norms if norms else 0.0
