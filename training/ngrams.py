"""Count the n-grams that `briefing.translate.fluency` searches with."""

from __future__ import annotations

import gzip
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from briefing.translate.fluency import words


class Counts:
    """Weighted counts of words, pairs and triples; a sentence begins behind a full stop."""

    def __init__(self) -> None:
        self._one: Counter[str] = Counter()
        self._two: Counter[tuple[str, str]] = Counter()
        self._three: Counter[tuple[str, str, str]] = Counter()

    def add(self, texts: Iterable[str], weight: int = 1) -> None:
        """Count the n-grams of English texts."""
        for text in texts:
            ws = ("", ".", *words(text))
            for a, b, c in zip(ws, ws[1:], ws[2:], strict=False):
                self._one[c] += weight
                self._two[b, c] += weight
                self._three[a, b, c] += weight

    def costs(self, least: tuple[int, int, int] = (2, 3, 4)) -> dict[str, float]:
        """Negative logarithms of relative frequencies, for n-grams counted `least` times."""
        total = self._one.total()
        before: Counter[str] = Counter()
        before_two: Counter[tuple[str, str]] = Counter()
        for (a, _), n in self._two.items():
            before[a] += n
        for (a, b, _), n in self._three.items():
            before_two[a, b] += n
        out = {w: -math.log(n / total) for w, n in self._one.items() if n >= least[0]}
        out |= {f"{a} {b}": -math.log(n / (before[a] + 2)) for (a, b), n in self._two.items() if n >= least[1]}
        for (a, b, c), n in self._three.items():
            if n >= least[2]:
                out[f"{a} {b} {c}"] = -math.log(n / (before_two[a, b] + 2))
        return out


def write(path: Path, costs: dict[str, float]) -> None:
    """The n-grams as the package reads them, with their costs in tenths, one byte each."""
    ordered = sorted(costs)
    data = "\n".join(ordered).encode() + b"\n\n" + bytes(min(255, round(10 * costs[gram])) for gram in ordered)
    path.write_bytes(gzip.compress(data, 9, mtime=0))
