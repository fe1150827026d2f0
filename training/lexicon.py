"""The lexicon of glosses: phrase counts from aligned text over a dictionary, and their costs."""

from __future__ import annotations

import gzip
import lzma
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from briefing.translate.lexicon import GAP, LONGEST, SLOT_CLASSES, Candidate, Entry

_SENSELESS = re.compile(r"(?:variant|surname|see|used|old|abbr|classifier|Japanese|erhua)\b")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e)$")
SLOT_LETTERS = frozenset(SLOT_CLASSES.values())
_SHARE = 0.06
_TOLERANCE = 1.5
"""How much dearer a learnt entry may be than the dictionary's before the dictionary's is taken."""


class Table:
    """Weighted counts of phrase pairs, with a dictionary behind them.

    An entry's cost is 1 + `surprise` * -log p(English | Chinese) + `rarity` / count: few, long, frequent and
    unambiguous phrases make the cheapest path.
    """

    def __init__(self, fallback: Mapping[str, Entry], *, surprise: float, rarity: float, long_count: float) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._fallback = fallback
        self._surprise, self._rarity, self._long_count = surprise, rarity, long_count

    def add(self, pairs: Mapping[tuple[str, str], int], weight: float) -> None:
        """Count the phrase pairs of one sentence."""
        for (zh, en), n in pairs.items():
            if len(zh) <= LONGEST:
                self._counts[zh][en] += weight * n

    def prune(self, least: float = 1.5) -> None:
        """Forget phrases seen less than `least` times."""
        self._counts = {zh: c for zh, c in self._counts.items() if sum(c.values()) >= least}

    def entries(self) -> dict[str, Entry]:
        """The whole lexicon."""
        out = dict(self._fallback)
        for zh, counts in self._counts.items():
            entry = self._entry(zh, counts)
            if entry is not None:
                out[zh] = entry
        return out

    def hidden(self, own: Mapping[tuple[str, str], int], weight: float) -> dict[str, Entry | None]:
        """The entries that differ once a sentence's own phrase pairs are not counted.

        Training sentences are glossed with these, so that their glosses are no better than those of new text.
        """
        rests = self.rests(own, weight)
        out: dict[str, Entry | None] = {}
        for zh, rest in rests.items():
            entry = self._entry(zh, rest) if rest else None
            out[zh] = entry if entry is not None else self._fallback.get(zh)
        return out

    def rests(self, own: Mapping[tuple[str, str], int], weight: float) -> dict[str, Counter[str]]:
        """The counts of a sentence's phrases without that sentence."""
        out: dict[str, Counter[str]] = {}
        for (zh, en), n in own.items():
            if zh not in self._counts:
                continue
            rest = out.setdefault(zh, Counter(self._counts[zh]))
            rest[en] -= weight * n  # type: ignore[assignment]
            if rest[en] <= 0.01:
                del rest[en]
        return out

    def options(
        self, zh: str, chosen: str, null: float, *, most: int = 4, counts: Mapping[str, float] | None = None
    ) -> list[Candidate]:
        """The ways to say `zh`: the commonest English forms, and nothing where it is often left out.

        `chosen` is its entry's English, `null` the share of its occurrences that no English word was linked to.
        """
        counts = self._counts.get(zh, Counter()) if counts is None else counts
        out: dict[str, float] = {}
        if stem(chosen) in {stem(en) for en in counts}:
            total = sum(counts.values())
            for en, count in sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:12]:
                if count / (total + 1) >= _SHARE or stem(en) == stem(chosen):
                    out[en] = -math.log(count / (total + 1))
        if chosen not in out:
            out[chosen] = 1.0 if out or null else 0.0
        if null:
            out[""] = -math.log(null)
        ordered = sorted(((cost, en) for en, cost in out.items()), key=lambda c: (c[0], c[1]))[:most]
        return ordered if any(en for _, en in ordered) else [*ordered[: most - 1], (out[chosen], chosen)]

    def _entry(self, zh: str, counts: Mapping[str, float]) -> Entry | None:
        total = sum(counts.values())
        if total < 1.5 or ((len(zh) > 4 or not SLOT_LETTERS.isdisjoint(zh)) and total < self._long_count):
            return None
        en, count = pooled(counts)
        if count < 1:
            return None
        cost = round(1.0 + self._surprise * -math.log(count / (total + 1.0)) + self._rarity / total, 2)
        known = self._fallback.get(zh)
        if known is not None and len(zh) > 1 and cost >= known[0] + _TOLERANCE:
            return None
        return cost, en


@cache
def stem(en: str) -> str:
    """The phrase without articles and endings, so that promote, promoting and promoted count together.

    >>> stem("promoting the reforms")
    'promot reform'
    """
    words = (_ENDING.sub("", w) for w in en.lower().split() if w not in ("the", "a", "an"))
    return " ".join(words)


def pooled(counts: Mapping[str, float]) -> tuple[str, float]:
    """The commonest form of the commonest stem, and how often any form of that stem was seen."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for en, count in counts.items():
        groups[stem(en)][en] += count  # type: ignore[assignment]
    group = max(groups.values(), key=lambda g: (sum(g.values()), max(g)))
    return max(group.items(), key=lambda x: (x[1], -len(x[0]), x[0]))[0], sum(group.values())


def own(glossary: Iterable[tuple[str, str]]) -> dict[str, Entry]:
    """The entries behind the learnt ones in the shipped lexicon: the project's glossary and nothing else.

    A dictionary of somebody else's would be copied into the package by this; it may only help to align.
    """
    return {zh: (2.0, en) for zh, en in glossary if 2 <= len(zh) <= LONGEST and en}


def dictionary(corpus: Path, glossary: Iterable[tuple[str, str]]) -> dict[str, Entry]:
    """First glosses of CC-CEDICT, under the translators' terms, under the project's glossary: text to align."""
    out: dict[str, Entry] = {}
    with lzma.open(corpus / "cedict.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            zh, _, senses = line.rstrip("\n").partition("\t")
            sense = re.sub(r"\([^)]*\)", "", senses).split(";")[0].split(",")[0].strip()
            sense = re.sub(r"^(?:to|a|an|the) ", "", sense)
            if 2 <= len(zh) <= 8 and re.match("[A-Za-z]", sense) and len(sense) < 36 and not _SENSELESS.match(sense):
                out[zh] = (3.2 + 0.25 * len(sense.split()), sense)
    rows = [line.split("\t")[:2] for line in (corpus / "terms.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    for zh, en in [*rows, *glossary]:
        if 2 <= len(zh) <= LONGEST and en:
            out[zh] = (2.0, en)
    return out


def write(path: Path, entries: Mapping[str, Entry], options: Mapping[str, Sequence[Candidate]]) -> None:
    """The lexicon as the package reads it; the same entries give the same bytes."""

    def row(zh: str) -> str:
        cost, en = entries[zh]
        several = options.get(zh, ())
        more = "".join(f"\t{c:.1f}\t{e}" for c, e in several) if [e for _, e in several] != [en] else ""
        return f"{cost:g}\t{en}{more}"

    rules = [zh for zh in sorted(entries) if GAP in zh]
    others = [zh for zh in sorted(entries) if GAP not in zh]
    blocks = [[f"{zh}\t{row(zh)}" for zh in rules], others, [row(zh) for zh in others]]
    text = "\n\n".join("\n".join(block) for block in blocks)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
