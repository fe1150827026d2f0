"""The glyphs of vertical writing told from those of horizontal writing."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from briefing.ingest.pdf_glyphs import Glyph

_MEASURE = 40
"""Ems of a wide column, across which the two characters of a last line may be pulled apart."""


def parted(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs of horizontal and those of vertical writing.

    A glyph is of vertical writing where its neighbours above and below are nearer than those left and right,
    in a run of three at least; half-width digits set side by side in such a run belong to it.
    """
    shown = [g for g in glyphs if not g.text.isspace()]
    rows: dict[int, list[Glyph]] = defaultdict(list)
    columns: dict[int, list[Glyph]] = defaultdict(list)
    for g in shown:
        rows[int(g.y // 6)].append(g)
        columns[int(g.x // 6)].append(g)
    for several in rows.values():
        several.sort(key=lambda g: g.x0)
    for several in columns.values():
        several.sort(key=lambda g: g.top)
    along = {id(g) for pair in pairwise(shown) if _beside(*pair) for g in pair}
    votes = {id(g) for g in shown if g.turned or (id(g) not in along and _vertical(g, rows, columns))}
    if not votes:
        return list(glyphs), []
    vertical: set[int] = set()
    kept: list[list[Glyph]] = []
    for run in _runs([g for g in shown if id(g) in votes], shown):
        if sum(id(g) in votes for g in run) >= (3 if run[0].size < 14 else 2):
            vertical.update(map(id, run))
            kept.append(run)
    for g in shown:
        if id(g) not in vertical and _last_of_column(g, kept, vertical, rows):
            vertical.add(id(g))
    return [g for g in glyphs if id(g) not in vertical], [g for g in shown if id(g) in vertical]


def _beside(a: Glyph, b: Glyph) -> bool:
    """Whether `b`, drawn next after `a`, stands right of it on the same line, be it stretched to the measure."""
    return (
        abs(a.base - b.base) < 0.2 * a.size
        and abs(a.size - b.size) < 0.2 * a.size
        and 0.3 * a.size < b.x0 - a.x0 < _MEASURE * a.size
    )


def _last_of_column(
    g: Glyph, runs: Sequence[Sequence[Glyph]], vertical: set[int], rows: dict[int, list[Glyph]]
) -> bool:
    """Whether the glyph is of a vertical line too short to be seen as one: it stands left of a long one."""
    if not g.text > "\u2e80" or not any(
        1.05 * g.size < run[0].x - g.x < 2.6 * g.size
        and abs(run[0].size - g.size) < 0.1 * g.size
        and run[0].top - 3 * g.size < g.top < run[-1].bottom
        and len(run) > 3
        for run in runs
    ):
        return False
    return not any(
        o is not g
        and id(o) not in vertical
        and abs(o.y - g.y) < 0.35 * g.size
        and max(o.x0 - g.x1, g.x0 - o.x1) < 0.4 * g.size
        and o.text > "\u2e80"
        for key in range(int(g.y // 6) - 1, int(g.y // 6) + 2)
        for o in rows.get(key, [])
    )


def _vertical(g: Glyph, rows: dict[int, list[Glyph]], columns: dict[int, list[Glyph]]) -> bool:
    beside = below = 9.0
    for key in range(int(g.y // 6) - 1, int(g.y // 6) + 2):
        several = rows.get(key, [])
        at = bisect_left(several, g.x0 - 3 * g.size, key=lambda o: o.x0)
        for o in several[at:]:
            if o.x0 > g.x1 + 2 * g.size:
                break
            if o is not g and abs(o.y - g.y) < 0.35 * g.size and 0.55 < o.size / g.size < 1.8:
                beside = min(beside, max(0.0, o.x0 - g.x1 if o.x > g.x else g.x0 - o.x1) / g.size)
    for key in range(int(g.x // 6) - 1, int(g.x // 6) + 2):
        several = columns.get(key, [])
        at = bisect_left(several, g.top - 3 * g.size, key=lambda o: o.top)
        for o in several[at:]:
            if o.top > g.bottom + 2 * g.size:
                break
            if o is not g and abs(o.x - g.x) < 0.2 * g.size and 0.8 < o.size / g.size < 1.25:
                below = min(below, max(0.0, o.top - g.bottom if o.y > g.y else g.top - o.bottom) / g.size)
    return below < 0.4 and below + 0.06 < beside


def _runs(voted: Sequence[Glyph], shown: Sequence[Glyph]) -> list[list[Glyph]]:
    """The vertical runs that begin with the voted glyphs, with the short digits inside them."""
    mine = set(map(id, voted))
    small = [g for g in shown if id(g) not in mine and g.text.isascii()]
    runs: list[list[Glyph]] = []
    open_: dict[int, list[list[Glyph]]] = defaultdict(list)
    for g in sorted([*voted, *small], key=lambda g: (g.top, g.x0)):
        hit = None
        for key in range(int(g.x // 12) - 1, int(g.x // 12) + 2):
            for run in open_.get(key, []):
                first, last = run[0], run[-1]
                beside = id(g) not in mine and abs(g.top - last.top) < 0.3 * last.size and last.text.isascii()
                near = -0.6 * last.size < g.top - last.bottom < 0.6 * last.size
                if abs(g.x - first.x) < (0.75 if id(g) not in mine else 0.35) * first.size and (near or beside):
                    hit = run
        if hit is not None:
            hit.append(g)
        elif id(g) in mine:
            runs.append([g])
            open_[int(g.x // 12)].append(runs[-1])
    for run in runs:
        while id(run[-1]) not in mine:
            run.pop()
    return runs
