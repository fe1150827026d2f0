"""Words that fit each other: chooses among glosses, and puts function words between them, by an n-gram model.

The n-gram model (trigrams with back-off, lower case, slots by their kind) was counted on the English of the
training text (see ``training/ngrams.py``).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefing.translate.lexicon import Candidate, Gloss, Lexicon, english_marks, tidy

_WORD = re.compile(r"<[ndplot][1-9]>|[A-Za-z]+(?:'[a-z]{1,2}\b)?|\d[\d.,]*\d|\S")
_SLOT = re.compile(r"<([ndplot])[1-9]>")
_BACKOFF = 9.2
_UNSEEN = 130.0


@lru_cache(maxsize=20000)
def words(text: str) -> tuple[str, ...]:
    """The words of `text` as the n-gram model knows them.

    >>> words("the <n3> people's congresses")
    ('the', '<n>', "people's", 'congresses')
    """
    return tuple(_SLOT.sub(r"<\1>", w).lower() for w in _WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of the score count, tuned on held-out sentences of the training text."""

    gloss: float = 3.0
    word: float = 3.5
    insert: float = 3.0
    beam: int = 5


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    last: tuple[str, str]
    parts: tuple[str, ...]


class NGrams:
    """Costs (negative logarithms, in tenths) of words after two others."""

    __slots__ = ("_costs",)

    def __init__(self, costs: Mapping[str, float]) -> None:
        self._costs = costs

    @classmethod
    def load(cls, path: Path) -> NGrams:
        """The model in a gzipped file: the costs in tenths, one byte each, behind the n-grams, one a line."""
        grams, _, costs = gzip.decompress(path.read_bytes()).partition(b"\n\n")
        return cls(dict(zip(grams.decode().split("\n"), costs, strict=True)))

    def __len__(self) -> int:
        return len(self._costs)

    def cost(self, a: str, b: str, c: str) -> float:
        """Of `c` after `a b`: by the trigram, else the bigram, else the word, each step down at a price."""
        costs = self._costs
        found = costs.get(f"{a} {b} {c}")
        if found is not None:
            return found
        found = costs.get(f"{b} {c}")
        if found is not None:
            return found + _BACKOFF
        return costs.get(c, _UNSEEN) + 2 * _BACKOFF


_INSERTS = ("", "the", "of", "of the", "to", "and", "in", "for", "with", "a")
_CONNECTORS = tuple((c, words(c)) for c in _INSERTS)


def sentences(glosses: Iterable[Gloss], lexicon: Lexicon, ngrams: NGrams, weights: Weights | None = None) -> list[str]:
    """The best sentences made of `glosses`, cheapest first, with a capital letter each."""
    chosen = choose(_segments(glosses, lexicon), ngrams, weights or Weights())
    texts = (tidy(" ".join(parts)) for parts in chosen)
    return list(dict.fromkeys(text[:1].upper() + text[1:] for text in texts))


def _segments(glosses: Iterable[Gloss], lexicon: Lexicon) -> Iterator[Sequence[Candidate]]:
    for gloss in glosses:
        if gloss.zh.isspace():
            continue
        if gloss.zh == "、":
            yield ((0.0, ","), (0.7, "and"))
        else:
            yield tuple((cost, english_marks(en)) for cost, en in lexicon.options(gloss))


def choose(segments: Iterable[Sequence[Candidate]], ngrams: NGrams, weights: Weights) -> list[tuple[str, ...]]:
    """One candidate of each segment, with function words between them: the cheapest ways through.

    >>> costs = {"promote": 30, "promotion": 30, "reform": 30, "promote reform": 10, ". promote": 10}
    >>> choose([[(1.0, "promotion"), (1.2, "promote")], [(1.0, "reform")]], NGrams(costs), Weights())[0]
    ('promote', 'reform')
    """
    beam = [_State(0.0, ("", "."), ())]
    bonus = 10 * weights.word
    for candidates in segments:
        found: dict[tuple[str, str], _State] = {}
        ready = [(10 * weights.gloss * cost, en, words(en)) for cost, en in candidates]
        for state in beam:
            for connector, before in _CONNECTORS:
                a, b = state.last
                spent = state.cost + 10 * weights.insert * len(before)
                for w in before:
                    spent += ngrams.cost(a, b, w) - bonus
                    a, b = b, w
                for cost, en, inside in ready:
                    if not inside and connector:
                        continue
                    total, x, y = spent + cost, a, b
                    for w in inside:
                        total += ngrams.cost(x, y, w) - bonus
                        x, y = y, w
                    kept = found.get((x, y))
                    if kept is None or total < kept.cost:
                        parts = (*state.parts, *((connector,) if connector else ()), *((en,) if en else ()))
                        found[x, y] = _State(total, (x, y), parts)
        beam = sorted(found.values(), key=lambda s: s.cost)[: weights.beam]
    return [state.parts for state in beam]
