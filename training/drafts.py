"""The drafts that the network learns to edit: sentences of the search, made as if for new text.

A draft of a training sentence may use neither the phrase pairs of that sentence nor its n-grams; otherwise it
would be better than those of new text, and whatever is trained on it would trust it too far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.translate.fluency import NGrams, sentences
from briefing.translate.lexicon import GAP, SLOT_CLASSES, Candidate, Entry, Gloss, Lexicon, classed
from training import ngrams
from training.lexicon import Table

FOLDS = 4
"""The n-grams are counted so many times, each time without a part of the sentences."""


class Drafter:
    """Writes the draft of a masked sentence without what the sentence itself has taught."""

    def __init__(self, lexicon: Path, table: Table, rare: set[str], nulls: Mapping[str, float]) -> None:
        """`rare`: rules seen once or twice, which new text would not have; `nulls`: see `prepare.null_shares`."""
        self._known = Lexicon.load(lexicon)
        self._careful = Lexicon.load(lexicon, without=rare)
        self._table, self._nulls = table, nulls

    def whole(self, zh: str, model: NGrams) -> str:
        """The draft of a sentence that taught nothing."""
        return sentences(self._known.gloss(zh), self._known, model)[0]

    def draft(
        self, zh: str, hidden: Mapping[str, Entry | None], rests: Mapping[str, Counter[str]], model: NGrams
    ) -> str:
        """The draft of a training sentence: `hidden` replaces its entries, `rests` are the counts without it."""
        glosses = self._careful.gloss(zh, hidden)
        return sentences(glosses, _Rests(self._careful, self._table, rests, self._nulls), model)[0]


class _Rests:
    """The forms of a gloss, counted without one sentence."""

    def __init__(
        self, base: Lexicon, table: Table, rests: Mapping[str, Counter[str]], nulls: Mapping[str, float]
    ) -> None:
        self._base, self._table, self._rests, self._nulls = base, table, rests, nulls

    def options(self, gloss: Gloss) -> tuple[Candidate, ...]:
        """As `Lexicon.options`."""
        key, slot = classed(gloss.zh)
        rest = self._rests.get(key)
        if rest is None or GAP in key:
            return self._base.options(gloss)
        letter = SLOT_CLASSES[slot[1]] if slot else ""
        chosen = gloss.en.replace(slot, letter) if slot else gloss.en
        if not chosen:
            return ((0.0, gloss.zh),)
        found = self._table.options(key, chosen, self._nulls.get(key, 0.0), counts=rest)
        return tuple((cost, en.replace(letter, slot) if slot else en) for cost, en in found)


def models(english: Sequence[tuple[str, int]], fold: Sequence[int]) -> list[NGrams]:
    """One n-gram model for each fold, without its sentences; `english` are texts with their weights."""
    out = []
    for part in range(FOLDS):
        counts = ngrams.Counts()
        for (text, weight), own in zip(english, fold, strict=True):
            if weight and own != part:
                counts.add([text], weight)
        out.append(NGrams({gram: min(255, round(10 * cost)) for gram, cost in counts.costs().items()}))
    return out
