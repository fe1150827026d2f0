"""Learn how the witnesses of a swap are weighed: python -m benchmarks.swap_weights PAIRS > swap_weights.toml

PAIRS is a file of correct pairs (see benchmarks.mutations), of which the train half alone is read. Each pair is
taken as it is, where no two numbers have changed places, and with two numbers of its English exchanged. What
`briefing.check.order.evidence` sees of two numbers is weighed by logistic regression with a quadratic penalty.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks import mutations
from briefing.check import numbers, order
from briefing.check.anchors import Terms
from briefing.check.items import Item
from briefing.check.scene import Scene

_PENALTY = 1.0
_ROUNDS = 60
_SEEDS = (1, 2, 3)


class _Watch:
    """Stands in for the search for swaps, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: tuple[str, str, Sequence[Item], Sequence[Item], Sequence[tuple[int, int]], Terms] | None = None

    def __call__(
        self,
        zh: str,
        en: str,
        left: Sequence[Item],
        right: Sequence[Item],
        equal: Sequence[tuple[int, int]],
        terms: Terms,
    ) -> list[order.Cross]:
        self.asked = (zh, en, left, right, equal, terms)
        return []


def _seen(zh: str, en: str, places: tuple[int, int] | None) -> Iterator[dict[str, float]]:
    """The evidence on the pairs of numbers of a text, or on those alone that stand at `places` of the English."""
    watch = _Watch()
    setattr(numbers, "crossed", watch)  # noqa: B010  (a name that the module only imports)
    numbers.compare(zh, en)
    if watch.asked is None:
        return
    *_, left, right, equal, terms = watch.asked
    scene = Scene(zh, en, left, right, equal, terms)
    bonds = [bond for bond in equal if left[bond[0]].sort == "number"]
    for n, a in enumerate(bonds):
        for b in bonds[n + 1 : n + 7]:
            one, two = left[a[0]], left[b[0]]
            if one.key == two.key or (one.dimension or "count") != (two.dimension or "count"):
                continue
            spans = sorted((right[a[1]].span, right[b[1]].span))
            if places is None or all(s.start <= at < s.stop for s, at in zip(spans, places, strict=True)):
                yield order.evidence(scene, a, b)


def _differences(en: str, corrupt: str) -> tuple[int, int]:
    """The places in `corrupt` of the first and the last character of the two numbers that were exchanged."""
    first = next(n for n, (a, b) in enumerate(zip(en, corrupt, strict=False)) if a != b)
    last = next(n for n, (a, b) in enumerate(zip(reversed(en), reversed(corrupt), strict=False)) if a != b)
    return first, len(corrupt) - 1 - last


def examples(path: Path) -> tuple[list[dict[str, float]], list[int]]:
    """What is seen of pairs of numbers, and for each whether they have changed places."""
    seen: list[dict[str, float]] = []
    labels: list[int] = []
    for zh, en in mutations.read(path):
        if mutations.half(zh) != "train":
            continue
        right = list(_seen(zh, en, None))
        seen, labels = seen + right, labels + [0] * len(right)
        tried = {en}
        for seed in _SEEDS:
            corrupt = mutations.corrupted("swapped", zh, en, seed)
            if corrupt is not None and corrupt not in tried:
                tried.add(corrupt)
                wrong = list(_seen(zh, corrupt, _differences(en, corrupt)))
                seen, labels = seen + wrong, labels + [1] * len(wrong)
    return seen, labels


def fit(seen: Sequence[dict[str, float]], labels: Sequence[int]) -> dict[str, float]:
    """The weights by Newton's method."""
    names = list(seen[0])
    x = np.array([[float(row[name]) for name in names] for row in seen])
    y = np.array(labels, float)
    w = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + _PENALTY * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + _PENALTY * np.eye(len(names))
        w -= np.linalg.solve(curve, slope)
    return dict(zip(names, map(float, w), strict=True))


def main() -> int:
    seen, labels = examples(Path(sys.argv[1]))
    print("# How much each witness speaks for two numbers having changed places (positive) or not; log odds.")
    print(f"# Made by benchmarks/swap_weights.py from {len(labels)} pairs of numbers, {sum(labels)} of them exchanged.")
    print("\n[weights]")
    for name, weight in fit(seen, labels).items():
        print(f'"{name}" = {weight:.2f}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
