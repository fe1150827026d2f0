"""Glyphs to lines: what stands beside each other on one line of writing, horizontal or vertical.

All of it is written for horizontal lines. Vertical writing is turned first: its lines run down and follow each
other from right to left, so with x' = y and y' = width - x they run to the right and follow each other down.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from briefing.ingest.pdf_glyphs import Box, Glyph

_CLOSE = 0.45
"""Ems between two glyphs of one word group; a gutter is wider."""
_PIECE = 8
"""Glyphs of the longest piece, a number, of a line that was stretched to the measure."""
_INDENT = 2.6
"""Ems by which the first line of a paragraph may be set in."""
_SPREAD = 1.3
"""Ems up to which a gap inside a justified line can grow where no gutter runs through it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of writing on one line."""

    glyphs: tuple[Glyph, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    """That of most of its characters."""
    inset: float = 0.0
    """How far a drop capital pushes it in."""
    drop: Glyph | None = None
    """The drop capital that begins it."""

    @property
    def text(self) -> str:
        """The characters, a blank where there is one on the page."""
        out: list[str] = []
        step = self._step()
        for before, glyph in zip((None, *self.glyphs), self.glyphs, strict=False):
            gap = glyph.x0 - before.x1 if before else 0.0
            latin = before is not None and before.text[-1].isascii() and glyph.text[0].isascii()
            if (
                before
                and gap > (0.2 if latin else 0.7) * self.size + step
                and not before.text.isspace()
                and not glyph.text.isspace()
            ):
                out.append(" ")
            out.append(" " if glyph.text.isspace() and glyph.text != "\u3000" else glyph.text)
        return (self.drop.text if self.drop else "") + "".join(out).strip()

    def _step(self) -> float:
        """The distance at which all characters are set, where a line is stretched to the measure, else 0."""
        gaps = [
            b.x0 - a.x1
            for a, b in pairwise(self.glyphs)
            if not (a.text.isspace() or b.text.isspace() or (a.text[-1].isascii() and b.text[0].isascii()))
        ]
        least = min(gaps, default=0.0)
        return least if len(gaps) > 1 and least > 0.3 * self.size else 0.0

    @property
    def font(self) -> int:
        """The font of most of its characters."""
        fonts = [g.font for g in self.glyphs if not g.text.isspace()]
        return max(set(fonts), key=fonts.count) if fonts else -1


def line(glyphs: Iterable[Glyph]) -> Line:
    """The line that those glyphs make."""
    inner = list(glyphs)
    while len(inner) > 1 and inner[-1].text.isspace():
        inner.pop()
    while len(inner) > 1 and inner[0].text.isspace():
        inner.pop(0)
    sizes: dict[float, int] = defaultdict(int)
    for g in inner:
        sizes[g.size] += 2 if g.text > "\u2e80" else 1
    size = max(sizes, key=lambda s: (sizes[s], s))
    main = [g for g in inner if g.size == size]
    return Line(
        tuple(inner),
        inner[0].x0,
        min(g.top for g in main),
        max(g.x1 for g in inner),
        max(g.bottom for g in main),
        median(g.base for g in main),
        size,
    )


def turn(glyph: Glyph, width: float) -> Glyph:
    """A glyph of vertical writing in the turned page."""
    return glyph._replace(
        x0=glyph.top,
        x1=glyph.bottom,
        top=width - glyph.x1,
        bottom=width - glyph.x0,
        base=width - glyph.x0,
        turned=False,
    )


def back(box: Box, width: float) -> Box:
    """A box of the turned page on the page as it is."""
    return Box(width - box.bottom, box.x0, width - box.top, box.x1)


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
    """Whether `b`, drawn next after `a`, stands right of it on the same line."""
    return (
        abs(a.base - b.base) < 0.2 * a.size
        and abs(a.size - b.size) < 0.2 * a.size
        and 0.3 * a.size < b.x0 - a.x0 < 3 * a.size
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


def lines(glyphs: Sequence[Glyph], down: Sequence[Box] = ()) -> list[Line]:
    """The lines of horizontal writing; `down` are the vertical rules, which no line crosses."""
    return _forced(_spread(_letterspaced([line(run) for run in _rows(glyphs, down)]), down), down)


def _rows(glyphs: Sequence[Glyph], down: Sequence[Box]) -> list[list[Glyph]]:
    """Glyphs chained from left to right, none further than a wide letter space from the one before."""
    out: list[list[Glyph]] = []
    open_: dict[int, list[list[Glyph]]] = defaultdict(list)
    for g in sorted(glyphs, key=lambda g: (g.x0, g.x1)):
        best, nearest = None, 0.7
        for key in range(int(g.base // 8) - 1, int(g.base // 8) + 2):
            for run in open_.get(key, []):
                last = run[-1]
                em = min(g.size, last.size)
                if not 0.4 < g.size / last.size < 2.5:
                    continue
                level = abs(last.base - g.base) <= 0.3 * em
                raised = (
                    g.size < 0.75 * last.size
                    and last.top - 0.2 * last.size <= g.top
                    and g.bottom <= last.bottom + 0.1 * last.size
                )
                if not level and not raised:
                    continue
                if not 0.6 < g.size / last.size < 1.7 and not (
                    raised and g.text.isalnum() and g.x0 - last.x1 < 0.2 * em
                ):
                    continue
                gap = (g.x0 - last.x1) / max(em, 0.1)
                if -0.7 < gap <= _CLOSE and abs(gap) <= nearest and not _ruled(down, last.x1, g.x0, g.y):
                    best, nearest = run, abs(gap)
        if best is None:
            best = []
            out.append(best)
            open_[int(g.base // 8)].append(best)
        best.append(g)
        if len(open_) and len(best) % 64 == 0:
            _forget(open_, g.x0)
    return [run for run in out if any(not g.text.isspace() for g in run)]


def _forget(open_: dict[int, list[list[Glyph]]], x: float) -> None:
    """Close the runs that end too far to the left of `x` to be gone on with."""
    for key, runs in open_.items():
        open_[key] = [run for run in runs if x - run[-1].x1 < 2 * run[-1].size + 4]


def _ruled(down: Sequence[Box], x0: float, x1: float, y: float) -> bool:
    return any(x0 - 1 <= rule.x0 and rule.x1 <= x1 + 1 and rule.top <= y <= rule.bottom for rule in down)


def _letterspaced(found: list[Line]) -> list[Line]:
    """Join short pieces that stand in a row, all at the same wide distance: a headline or last line set wide."""
    rows: dict[tuple[int, float], list[Line]] = defaultdict(list)
    for one in found:
        rows[round(one.base), one.size].append(one)
    out: list[Line] = []
    for row in rows.values():
        row.sort(key=lambda o: o.x0)
        group: list[Line] = []
        for one in row:
            if group and not _keeps_step(group, one):
                out += [line(g for o in group for g in o.glyphs)] if len(group) >= 3 else group
                group = []
            group.append(one)
        out += [line(g for o in group for g in o.glyphs)] if len(group) >= 3 else group
    return out


def _keeps_step(group: Sequence[Line], one: Line) -> bool:
    """Whether `one` follows the short pieces of `group` at their distance."""
    gap = one.x0 - group[-1].x1
    if len(one.glyphs) > 4 or len(group[-1].glyphs) > 4 or not 0 < gap < 2.2 * one.size:
        return False
    return len(group) == 1 or abs(gap - (group[1].x0 - group[0].x1)) < 0.12 * one.size


def _spread(found: list[Line], down: Sequence[Box]) -> list[Line]:
    """Join what a justified line has pulled apart: the lines above and below run through the gap."""
    out = sorted(found, key=lambda o: (o.top, o.x0))
    tops = [o.top for o in out]
    rows: list[list[Line]] = []
    for one in sorted(found, key=lambda o: o.base):
        if rows and one.base - rows[-1][-1].base < 0.8:
            rows[-1].append(one)
        else:
            rows.append([one])
    joined: list[Line] = []
    for row in rows:
        row.sort(key=lambda o: o.x0)
        current: list[Line] = []
        for one in row:
            if current:
                last = current[-1]
                gap, em = one.x0 - last.x1, min(one.size, last.size)
                if (
                    0 < gap <= _SPREAD * em
                    and abs(one.size - last.size) < 0.1 * em
                    and not _ruled(down, last.x1, one.x0, one.top)
                    and _run_through(out, tops, (last.x1 + one.x0) / 2, one)
                ):
                    current.append(one)
                    continue
                joined.append(_one(current))
            current = [one]
        joined.append(_one(current))
    return joined


def _forced(found: list[Line], down: Sequence[Box]) -> list[Line]:
    """Join last lines stretched to the measure: pieces at one distance that begin and end where the line above does."""
    rows: dict[tuple[int, float], list[Line]] = defaultdict(list)
    for one in found:
        rows[round(one.base), one.size].append(one)
    tops = sorted(found, key=lambda o: o.top)
    keys = [o.top for o in tops]
    out: list[Line] = []
    for row in rows.values():
        row.sort(key=lambda o: o.x0)
        at = 0
        while at < len(row):
            first = row[at]
            reach = tops[
                bisect_left(keys, first.top - 1.9 * first.size) : bisect_left(keys, first.top - 0.5 * first.size)
            ]
            above = next(
                (o for o in reach if abs(o.size - first.size) < 0.1 and -0.6 < (o.x0 - first.x0) / o.size < _INDENT),
                None,
            )
            stop = at + 1 if above is None else _measure(row, at, above, down)
            out.append(_one(row[at:stop]))
            at = stop
    return out


def _measure(row: Sequence[Line], at: int, above: Line, down: Sequence[Box]) -> int:
    """Where the pieces end that begin with `at` and make one line as wide as `above`; behind `at` if they make none."""
    stop = at + 1
    while stop < len(row) and row[stop].x1 < above.x1 + 0.6 * above.size:
        stop += 1
    parts = row[at:stop]
    gaps = [b.x0 - a.x1 for a, b in pairwise(parts)]
    even = bool(gaps) and max(gaps) - min(gaps) < 0.35 * above.size
    short = all(len(o.glyphs) <= _PIECE for o in parts)
    ends = abs(parts[-1].x1 - above.x1) < 0.6 * above.size and len(above.glyphs) > 2 * len(parts)
    if even and short and ends and not any(_ruled(down, a.x1, b.x0, a.top) for a, b in pairwise(parts)):
        return stop
    return at + 1


def _one(parts: list[Line]) -> Line:
    return parts[0] if len(parts) == 1 else line(g for part in parts for g in part.glyphs)


def _run_through(found: Sequence[Line], tops: Sequence[float], x: float, here: Line) -> bool:
    """Whether the nearest lines above and below, where there are any, cover `x`: then no gutter is there."""
    covers: list[bool] = []
    for start, stop in (
        (here.top - 2.4 * here.size, here.top - 0.5 * here.size),
        (here.top + 0.5 * here.size, here.top + 2.4 * here.size),
    ):
        near = [
            o
            for o in found[bisect_left(tops, start) : bisect_left(tops, stop)]
            if abs(o.size - here.size) < 0.15 * here.size and o.x0 < x + 4 * here.size and o.x1 > x - 4 * here.size
        ]
        if near:
            covers.append(any(o.x0 < x - 0.3 * o.size and o.x1 > x + 0.3 * o.size for o in near))
    return bool(covers) and all(covers)
