"""Two numbers that changed places: every value is there, but beside the wrong noun.

A multiset of values cannot see it. Numbers of one dimension that agree by value are tried against each other:
the words, dates and other numbers around them bear witness for the one or the other pairing. Translation may
reorder, so a changed order is not enough where the surroundings moved along.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.check.anchors import Mark, Terms
from briefing.check.items import Item

_REACH = 6
"""Numbers further apart than this many places are not tried against each other."""
_STOPS = re.compile(r"[，。；;,:：、.!?！？]|\band\b|\bof which\b|\bwhile\b")


@dataclass(frozen=True, slots=True)
class Cross:
    """Two bonds whose numbers seem to have changed places, as indexes of the items."""

    first: tuple[int, int]
    second: tuple[int, int]
    sure: bool
    """Words around them bear witness; else only the order of a list does."""


def crossed(
    zh: str, en: str, left: Sequence[Item], right: Sequence[Item], equal: Sequence[tuple[int, int]], terms: Terms
) -> list[Cross]:
    """The pairs of numbers that changed places, each number in one pair at most."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, j in equal:
        if not left[i].soft and not right[j].soft:
            groups["date" if left[i].sort == "date" else left[i].dimension or "count"].append((i, j))
    if all(len(group) < 2 for group in groups.values()):
        return []
    found: list[tuple[float, Cross]] = []
    scene: _Scene | None = None
    for group in groups.values():
        for n, a in enumerate(group):
            for b in group[n + 1 : n + 1 + _REACH]:
                if left[a[0]].key == left[b[0]].key and left[a[0]].iso == left[b[0]].iso:
                    continue
                inverted = a[1] > b[1]
                scene = scene or _Scene(zh, en, left, right, equal, terms)
                gain = scene.gain(a, b)
                if gain > (0.02 if inverted else 0.35):
                    found.append((gain + inverted, Cross(a, b, True)))
                elif inverted and gain > -0.02:
                    found.append((gain, Cross(a, b, False)))
    out: list[Cross] = []
    used: set[int] = set()
    for _, cross in sorted(found, key=lambda f: -f[0]):
        if not used & {cross.first[0], cross.second[0]}:
            used |= {cross.first[0], cross.second[0]}
            out.append(cross)
    return out


class _Scene:
    """What stands around the numbers on both sides."""

    def __init__(
        self,
        zh: str,
        en: str,
        left: Sequence[Item],
        right: Sequence[Item],
        equal: Sequence[tuple[int, int]],
        terms: Terms,
    ) -> None:
        self.left, self.right = left, right
        marks_zh = list(terms.in_chinese(zh))
        marks_en = list(terms.in_english(en))
        for i, j in equal:
            key = frozenset({f"#{i}"})
            marks_zh.append(Mark(left[i].span.start, left[i].span.stop, key))
            marks_en.append(Mark(right[j].span.start, right[j].span.stop, key))
        self._zh = _Side(zh, left, marks_zh, 8.0)
        self._en = _Side(en, right, marks_en, 24.0)

    def gain(self, a: tuple[int, int], b: tuple[int, int]) -> float:
        """How much better the crossed pairing fits than the straight one; negative where it fits worse."""
        barred = {f"#{a[0]}", f"#{b[0]}"}
        za, zb = self._zh.around(a[0]), self._zh.around(b[0])
        ea, eb = self._en.around(a[1]), self._en.around(b[1])
        straight = _fit(za, ea, barred) + _fit(zb, eb, barred)
        crossing = _fit(za, eb, barred) + _fit(zb, ea, barred)
        return crossing - straight


class _Side:
    """One text: its marks, and how near each is to each number."""

    def __init__(self, text: str, items: Sequence[Item], marks: Sequence[Mark], scale: float) -> None:
        self.items, self.scale = items, scale
        self.marks = sorted(marks, key=lambda m: m.start)
        self.stops = sorted([m.start() for m in _STOPS.finditer(text)] + [i.span.start for i in items])
        self._seen: dict[int, list[tuple[frozenset[str], float]]] = {}

    def around(self, index: int) -> list[tuple[frozenset[str], float]]:
        """The marks near a number with their weight: halved by distance and by each number or comma between."""
        if index not in self._seen:
            span = self.items[index].span
            out = []
            for mark in self.marks:
                gap = max(mark.start - span.stop, span.start - mark.stop)
                if gap < 0 or gap > 8 * self.scale:
                    continue
                low, high = (span.stop, mark.start) if mark.start >= span.stop else (mark.stop, span.start)
                between = sum(low <= stop < high for stop in self.stops)
                weight = 2.0 ** -(gap / self.scale + between)
                keys = mark.keys
                if mark.start >= span.stop:
                    keys = frozenset(key for key in keys if not key.startswith(">"))
                if weight > 0.02 and keys:
                    out.append((keys, weight))
            self._seen[index] = out
        return self._seen[index]


def _fit(
    zh: Sequence[tuple[frozenset[str], float]], en: Sequence[tuple[frozenset[str], float]], barred: set[str]
) -> float:
    best: dict[str, float] = defaultdict(float)
    for keys, weight in en:
        for key in keys:
            best[key] = max(best[key], weight)
    total = 0.0
    for keys, weight in zh:
        total += max((weight * best[key] for key in keys if key in best and key not in barred), default=0.0)
    return total
