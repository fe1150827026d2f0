"""Phrase pairs with one gap: how the English of a stretch is put around that of a stretch inside it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefing.translate.lexicon import GAP, Candidate, Entry
from training.align import Links
from training.lexicon import pooled, stem
from training.phrases import join, lettered, one_slot

_LITERAL_ZH = re.compile(r"(?:[\u3400-\u9fff]+|[ＮＤ])$")
_LITERAL_EN = re.compile(r"(?:[A-Za-z'-]+|[ＮＤ])$")
_BARRIER = frozenset("，。；：！？")
_LISTING = frozenset(("和", "等", "与", "及"))


def gapped(
    zh: Sequence[str], en: Sequence[str], links: Links, *, widest: int = 9, literals: int = 2, words: int = 6
) -> Iterator[tuple[str, str]]:
    """Every (Chinese with a gap, English with a gap) that the links allow.

    >>> en = ["promote", "the", "development", "of", "industry"]
    >>> found = gapped(["推动", "产业", "发展"], en, ((0, 0), (1, 4), (2, 2)))
    >>> ("推动～发展", "promote the development of ～") in found
    True
    """
    n = len(zh)
    by_zh: list[list[int]] = [[] for _ in zh]
    low, high = [n] * len(en), [-1] * len(en)
    for i, j in links:
        by_zh[i].append(j)
        low[j] = min(low[j], i)
        high[j] = max(high[j], i)
    solid: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n):
        if not by_zh[i]:
            continue
        first, last = len(en), -1
        inside_low, inside_high = n, -1
        for k in range(i, min(n, i + widest)):
            if zh[k] in _BARRIER:
                break
            if not by_zh[k]:
                continue
            for j in range(by_zh[k][0], by_zh[k][-1] + 1) if last < 0 else _new(first, last, by_zh[k]):
                inside_low, inside_high = min(inside_low, low[j]), max(inside_high, high[j])
            first, last = min(first, by_zh[k][0]), max(last, by_zh[k][-1])
            if inside_low < i:
                break
            if inside_high <= k:
                solid[i, k] = (first, last)
    zh, en = lettered(zh), lettered(en)
    fit_zh = [bool(_LITERAL_ZH.match(w)) for w in zh]
    fit_en = [bool(_LITERAL_EN.match(w)) for w in en]
    for (i, k), (a, b) in solid.items():
        if k == i:
            continue
        for left in range(literals + 1):
            for right in range(literals + 1 - left):
                p, q = i + left, k - right
                inner = solid.get((p, q))
                if inner is None or not left + right:
                    continue
                c, d = inner
                if (c - a) + (b - d) > words or not all(fit_zh[i:p]) or not all(fit_zh[q + 1 : k + 1]):
                    continue
                if all(fit_en[a:c]) and all(fit_en[d + 1 : b + 1]):
                    source = "".join(zh[i:p]) + GAP + "".join(zh[q + 1 : k + 1])
                    target = f"{join(en[a:c])} {GAP} {join(en[d + 1 : b + 1])}".strip()
                    if one_slot(source, target):
                        yield source, target


def _new(first: int, last: int, more: Sequence[int]) -> Iterator[int]:
    """The English positions that come in when the stretch grows to hold `more`."""
    yield from range(more[0], first)
    yield from range(last + 1, more[-1] + 1)


class RuleTable:
    """Counts of gapped pairs; rare ones are forgotten along the way."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._added = 0

    def add(self, zh: Sequence[str], en: Sequence[str], links: Links) -> None:
        """Count the rules of one sentence."""
        for source, target in gapped(zh, en, links):
            self._counts[source][target] += 1
        self._added += 1
        if self._added % 6000 == 0:
            self._counts = defaultdict(Counter, {s: c for s, c in self._counts.items() if c.total() > 1})

    def entries(
        self,
        known: Mapping[str, Entry],
        *,
        least: int = 3,
        share: float = 0.05,
        base: float = -0.5,
        rarity: float = 3.0,
    ) -> dict[str, Entry]:
        """The rules worth having: often seen, mostly with one English, and saying more than the words in order.

        `known` is the lexicon without rules.
        """
        out: dict[str, Entry] = {}
        for source, counts in self._counts.items():
            total = counts.total()
            target, count = pooled(counts)
            if count >= least and count >= share * total and not _monotone(source, target, known):
                out[source] = (round(base - 0.7 * math.log(count / (total + 1.0)) + rarity / count, 2), target)
        return out

    def options(self, source: str, chosen: str, *, most: int = 4) -> list[Candidate]:
        """Forms of the first English part of a rule, beside the same second part."""
        before, _, after = (part.strip() for part in chosen.partition(GAP))
        counts = self._counts[source]
        forms: Counter[str] = Counter()
        for target, count in counts.items():
            left, _, right = (part.strip() for part in target.partition(GAP))
            if before and left and right == after and stem(left) == stem(before):
                forms[left] += count
        total = forms.total() + 1
        ordered = sorted(forms.items(), key=lambda f: (-f[1], f[0]))[:most]
        return [(-math.log(count / total), en) for en, count in ordered] if len(forms) > 1 else []

    def rare(self, below: int = 5) -> set[str]:
        """Rules of few sentences: training text is glossed without them, since it may be their only support."""
        return {source for source, counts in self._counts.items() if counts.total() < below}


def _monotone(source: str, target: str, known: Mapping[str, Entry]) -> bool:
    """Whether a rule only writes its words where they stand, as the lexicon does without it."""
    before, _, after = source.partition(GAP)
    left, _, right = (part.strip() for part in target.partition(GAP))
    if not after or not before:
        return bool((not after and not right) or (not before and not left))
    if not (left and right):
        return False
    same = [zh in known and stem(known[zh][1]) == stem(en) for zh, en in ((before, left), (after, right))]
    kept = (before == left) or (after == right)  # a slot that stays where it is
    return all(same) or kept or bool(_LISTING.intersection((before, after)))
