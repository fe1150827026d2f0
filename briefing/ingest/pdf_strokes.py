"""Rules, frames and ruled tables from the strokes of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.ingest.pdf_glyphs import Box

_THIN = 3.0
"""Points; a rectangle that is no thicker is a rule."""
_NEAR = 3.5
"""Points within which the ends of two rules meet."""
_LEAST = 24.0
"""Points; shorter rules and smaller frames are ornament."""


def frames_and_rules(
    strokes: Iterable[tuple[Box, str]], width: float, height: float
) -> tuple[tuple[Box, ...], tuple[Box, ...], tuple[Box, ...], tuple[Box, ...]]:
    """Horizontal rules, vertical rules, frames and tables; what covers the whole page is its background."""
    across: list[Box] = []
    down: list[Box] = []
    frames: list[Box] = []
    for box, kind in strokes:
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if high <= _THIN and wide > 1:
            across.append(box)
        elif wide <= _THIN and high > 1:
            down.append(box)
        elif kind != "line" and wide >= _LEAST and high >= _LEAST and not (wide > 0.97 * width and high > 0.9 * height):
            frames.append(box)
    across, down = _joined(across, 0), _joined(down, 1)
    tables: list[Box] = []
    for rows, columns in _grids(across, down):
        whole = Box(
            min(b.x0 for b in [*rows, *columns]),
            min(b.top for b in [*rows, *columns]),
            max(b.x1 for b in [*rows, *columns]),
            max(b.bottom for b in [*rows, *columns]),
        )
        lines = _distinct([r.top for r in rows]), _distinct([c.x0 for c in columns])
        if lines[0] >= 3 and lines[1] >= 3:
            tables.append(whole)
        elif lines == (2, 2) and whole.x1 - whole.x0 >= _LEAST and whole.bottom - whole.top >= _LEAST:
            frames.append(whole)
    used = [*tables, *frames]

    def free(rule: Box) -> bool:
        return not any(
            b.x0 - _NEAR <= rule.x0
            and rule.x1 <= b.x1 + _NEAR
            and b.top - _NEAR <= rule.top
            and rule.bottom <= b.bottom + _NEAR
            for b in used
        )

    cells = [f for f in frames if any(_within(f, t) for t in tables)]
    frames = _distinct_boxes([f for f in frames if f not in cells])
    return (
        tuple(r for r in across if r.x1 - r.x0 >= _LEAST and free(r)),
        tuple(r for r in down if r.bottom - r.top >= _LEAST and free(r)),
        tuple(frames),
        tuple(tables),
    )


def _joined(rules: Sequence[Box], axis: int) -> list[Box]:
    """Rules drawn in pieces, made whole. `axis` 0: they run across; 1: down."""
    flat = [b if axis == 0 else Box(b.top, b.x0, b.bottom, b.x1) for b in rules]
    out: list[Box] = []
    for rule in sorted(flat, key=lambda b: (round(b.top / _NEAR), b.x0)):
        last = out[-1] if out else None
        if last and abs(last.top - rule.top) <= _NEAR and rule.x0 <= last.x1 + _NEAR:
            out[-1] = Box(
                min(last.x0, rule.x0), min(last.top, rule.top), max(last.x1, rule.x1), max(last.bottom, rule.bottom)
            )
        else:
            out.append(rule)
    return out if axis == 0 else [Box(b.top, b.x0, b.bottom, b.x1) for b in out]


def _grids(across: Sequence[Box], down: Sequence[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Rules that touch each other, together."""
    rules = [(b, 0) for b in across] + [(b, 1) for b in down]
    group = list(range(len(rules)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for i in range(len(across)):
        for j in range(len(across), len(rules)):
            a, d = rules[i][0], rules[j][0]
            if a.x0 - _NEAR <= d.x0 <= a.x1 + _NEAR and d.top - _NEAR <= a.top <= d.bottom + _NEAR:
                group[root(i)] = root(j)
    found: dict[int, tuple[list[Box], list[Box]]] = {}
    for n, (rule, axis) in enumerate(rules):
        found.setdefault(root(n), ([], []))[axis].append(rule)
    return [g for g in found.values() if g[0] and g[1]]


def _distinct(places: Sequence[float]) -> int:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return len(kept)


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 - _NEAR <= inner.x0
        and inner.x1 <= outer.x1 + _NEAR
        and outer.top - _NEAR <= inner.top
        and inner.bottom <= outer.bottom + _NEAR
    )


def _distinct_boxes(boxes: Sequence[Box]) -> list[Box]:
    """Each frame once: a ground and its border are one."""
    out: list[Box] = []
    for box in boxes:
        if not any(all(abs(a - b) <= _NEAR for a, b in zip(box, other, strict=True)) for other in out):
            out.append(box)
    return out
