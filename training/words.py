"""Cut Chinese text into dictionary words: a unigram model over CC-CEDICT and the term lists, by Viterbi."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

_ATOM = re.compile(r"<[a-z]\d?>|[A-Za-z][A-Za-z0-9.+-]*|\d[\d.,]*%?|\s+|.", re.S)
_LONGEST = 8


class Segmenter:
    """Words with log probabilities; slots, Latin words and digit strings are never cut."""

    def __init__(self, words: Iterable[str]) -> None:
        self.cost = dict.fromkeys((w for w in words if len(w) <= _LONGEST), 0.0)
        for word in self.cost:
            self.cost[word] = 12.0 - 0.8 * min(len(word), 4)

    def fit(self, texts: Sequence[str], rounds: int = 2) -> None:
        """Re-estimate the costs from the segmentation of `texts`."""
        for _ in range(rounds):
            count = Counter(word for text in texts for word in self.cut(text))
            total = sum(count.values())
            floor = -math.log(0.3 / total)
            self.cost = {w: -math.log(count[w] / total) if w in count else floor for w in self.cost}
        self._unknown = 14.0

    _unknown = 14.0

    def cut(self, text: str) -> list[str]:
        """The words of `text`, blanks dropped."""
        atoms = [a for a in _ATOM.findall(text) if not a.isspace()]
        n = len(atoms)
        best = [0.0] + [math.inf] * n
        back = [0] * (n + 1)
        cost, unknown = self.cost, self._unknown
        for i in range(n):
            here = best[i]
            word = ""
            for j in range(i, min(n, i + _LONGEST)):
                if len(atoms[j]) > 1 and j > i:
                    break
                word += atoms[j]
                c = cost.get(word)
                if c is None:
                    if j > i:
                        continue
                    c = unknown if len(word) == 1 else 1.0
                if here + c < best[j + 1]:
                    best[j + 1] = here + c
                    back[j + 1] = i
                if len(atoms[j]) > 1:
                    break
        out = []
        while n:
            out.append("".join(atoms[back[n] : n]))
            n = back[n]
        return out[::-1]


def dictionary(corpus: Path) -> set[str]:
    """Headwords of the dictionary and of both term lists, without those that hold digits."""
    import lzma

    words: set[str] = set()
    with lzma.open(corpus / "cedict.tsv.xz", "rt", encoding="utf-8") as lines:
        words.update(line.partition("\t")[0] for line in lines)
    for name in ("terms.tsv", "terms_curated.tsv"):
        words.update(line.partition("\t")[0] for line in (corpus / name).read_text(encoding="utf-8").splitlines()[1:])
    return {w for w in words if w and not re.search(r"[\d\s，。、]", w) and re.search(r"[\u3400-\u9fff]", w)}
