"""English with the faults of drafts: what teaches the network to copy what is right and to mend the rest."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

_FUNCTION = frozenset(
    (
        *("the", "of", "and", "to", "in", "for", "with", "a", "on", "an", "by", "at", "as", "from", "its", "that"),
        *("which", "is", "are", "was", "were", "be", "been", "has", "have", "had", "this", "will"),
    )
)
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e)$")
_TOKEN = re.compile(r"<[ndplot]\d>|[^\s<]+")


def noised(texts: Sequence[str], seed: int = 3) -> list[tuple[str, str]]:
    """(noisy, clean) for each of `texts`: function words lost or put in, other endings, phrases out of order."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in re.findall(r"[a-z]{4,}", text):
            forms[_ENDING.sub("", word)][word] += 1
    likely = {stem: [word for word, _ in counts.most_common(4)] for stem, counts in forms.items()}
    rng = random.Random(seed)
    return [(_noisy(text, likely, rng), text) for text in texts if 20 < len(text) < 500]


def _noisy(text: str, forms: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    words = _TOKEN.findall(text)
    lost, bent = rng.choice((0.2, 0.4, 0.6)), rng.choice((0.1, 0.3, 0.5))
    for k in [k for k, word in enumerate(words) if word == "of" and 0 < k < len(words) - 1]:
        if rng.random() < 0.35 and k < len(words) - 1 and words[k] == "of":  # growth of exports: exports growth
            a, b = max(0, k - rng.randint(1, 3)), min(len(words), k + 1 + rng.randint(1, 4))
            left, right = words[a:k], words[k + 1 : b]
            if not _stops(left + right):
                words[a:b] = [*right, *(["of"] if rng.random() < 0.3 else []), *left]
    if rng.random() < 0.5 and len(words) > 6:
        a, size, by = rng.randrange(len(words) - 4), rng.randint(1, 4), rng.randint(1, 5)
        if not _stops(words[a : a + size + by]):
            words[a : a + size + by] = words[a + size : a + size + by] + words[a : a + size]
    out: list[str] = []
    for word in words:
        if word.lower() in _FUNCTION and rng.random() < lost:
            continue
        if rng.random() < 0.04:
            out.append(rng.choice(("the", "of", "and", "to", "in", "with")))
        core = word.rstrip(",.;:")
        if core.isalpha() and core.islower() and len(core) >= 4 and rng.random() < bent:
            others = forms.get(_ENDING.sub("", core))
            word = rng.choice(others) + word[len(core) :] if others else word
        out.append(word)
    return re.sub(r" (?=<)", "", " ".join(out))


def _stops(words: Sequence[str]) -> bool:
    return any(word[-1] in ",.;:" for word in words)
