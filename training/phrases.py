"""Phrase pairs from word alignments, and the lexicon of glosses that they give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from briefing.translate.lexicon import SLOT_CLASSES
from training.align import Links

_BAD_ZH = re.compile(r"^[^\u3400-\u9fff]+$")
_EDGE_EN = re.compile(r"^[^A-Za-z0-9]+$")
_DANGLING = {"the", "a", "an", "and", "of", "'s", "in", "to", "for", "with", "by", "on", "at", "that", "which", "or"}


def extract(
    zh: Sequence[str], en: Sequence[str], links: Links, *, longest: int = 5, longest_en: int = 9
) -> Iterator[tuple[str, str]]:
    """Phrase pairs consistent with the links: no word of either side is linked outside the pair.

    Punctuation is never part of a phrase, and of slots at most one quantity or date; unlinked English words
    are taken in only between linked ones.
    """
    n = len(zh)
    by_zh: list[list[int]] = [[] for _ in zh]
    low, high = [n] * len(en), [-1] * len(en)
    for i, j in links:
        by_zh[i].append(j)
        low[j] = min(low[j], i)
        high[j] = max(high[j], i)
    zh, en = lettered(zh), lettered(en)
    usable = [w in SLOT_CLASSES.values() or not _BAD_ZH.match(w) for w in zh]
    for i in range(n):
        first, last = len(en), -1
        if not by_zh[i]:
            continue
        for k in range(i, min(n, i + longest)):
            if not usable[k]:
                break
            if by_zh[k]:
                first, last = min(first, by_zh[k][0]), max(last, by_zh[k][-1])
            elif k == i:
                continue
            if last - first >= longest_en:
                break
            if not by_zh[k]:
                continue
            if any(low[j] < i or high[j] > k for j in range(first, last + 1) if high[j] >= 0):
                continue
            words = en[first : last + 1]
            if any(w[0] == "<" or w in ",.;:!?()\"" for w in words):
                continue
            source, target = "".join(zh[i : k + 1]), join(words)
            if source not in SLOT_CLASSES.values() and one_slot(source, target):
                yield source, target


def lettered(words: Sequence[str]) -> list[str]:
    """`words` with a letter in place of each slot that an entry may hold."""
    return [SLOT_CLASSES.get(w[1], w) if len(w) == 4 and w[0] == "<" else w for w in words]


def one_slot(source: str, target: str) -> bool:
    """Whether both sides hold the same slot letter, once, or none."""
    letters = [sorted(c for c in text if c in SLOT_CLASSES.values()) for text in (source, target)]
    return letters[0] == letters[1] and len(letters[0]) <= 1


def join(words: Sequence[str]) -> str:
    """English words as they are printed: no blank before 's and around hyphens.

    >>> join(["cross", "-", "border", "trade"])
    'cross-border trade'
    """
    text = re.sub(r" ?([-/]) ?", r"\1", " ".join(words))
    return re.sub(r" (?='s\b)", "", text)


class Truecaser:
    """Writes a sentence's first word as it is written elsewhere."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        count: Counter[str] = Counter()
        for words in sentences:
            count.update(words[1:])
        self._count = count

    def __call__(self, words: Sequence[str]) -> list[str]:
        if not words:
            return []
        first = words[0]
        if first[:1].isupper() and self._count[first.lower()] >= self._count[first]:
            first = first.lower()
        return [first, *words[1:]]


def trimmed(en: str) -> str:
    """The phrase without the function words at its edges, in case its Chinese has none."""
    words = en.split()
    while len(words) > 1 and words[0].lower() in _DANGLING:
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in _DANGLING:
        words.pop()
    return " ".join(words)
