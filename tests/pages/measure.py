"""How much of an article comes back in the right order, counted in characters."""

from __future__ import annotations

import re
from collections.abc import Sequence


def bare(text: str) -> str:
    """`text` without white space."""
    return re.sub(r"\s+", "", text)


def common(a: str, b: str) -> int:
    """The length of the longest common subsequence of `a` and `b`, exactly, by Myers' greedy walk."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    reach = {1: 0}
    for edits in range(len(a) + len(b) + 1):
        for k in range(-edits, edits + 1, 2):
            x = reach[k + 1] if k == -edits or (k != edits and reach[k - 1] < reach[k + 1]) else reach[k - 1] + 1
            while x < len(a) and 0 <= x - k < len(b) and a[x] == b[x - k]:
                x += 1
            reach[k] = x
            if x >= len(a) and x - k >= len(b):
                return start + (len(a) + len(b) - edits) // 2
    raise AssertionError("unreachable")


def in_order(wanted: Sequence[str], got: Sequence[str], most: int = 3000) -> float:
    """The share of the characters of the `wanted` paragraphs that `got` has in the same order.

    Paragraphs that come back whole and in order are counted at once; only the stretches between them are compared
    character by character, and a stretch that differs in more than `most` characters counts by its whole paragraphs.
    """
    a, b = [bare(t) for t in wanted if bare(t)], [bare(t) for t in got if bare(t)]
    anchors = _anchors(a, b)
    whole = sum(map(len, a))
    good = 0
    i = j = 0
    for x, y in [*anchors, (len(a), len(b))]:
        left, right = "".join(a[i:x]), "".join(b[j:y])
        good += common(left, right) if len(left) + len(right) <= most else 0
        if x < len(a):
            good += len(a[x])
        i, j = x + 1, y + 1
    return good / whole if whole else 1.0


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Equal paragraphs in the same order on both sides: a longest common subsequence of whole paragraphs."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            table[i][j] = table[i + 1][j + 1] + len(a[i]) if a[i] == b[j] else max(table[i + 1][j], table[i][j + 1])
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return out
