"""Glyphs to lines: what stands beside each other on one line of writing, horizontal or vertical.

All of it is written for horizontal lines. Vertical writing is turned first: its lines run down and follow each
other from right to left, so with x' = y and y' = width - x they run to the right and follow each other down.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from briefing.ingest.pdf_glyphs import Box, Glyph

_CLOSE = 0.45
"""Ems between two glyphs of one word group; a gutter is wider."""
_OPEN, _CLOSED = "“‘《〈（(「『【", "，。、；：？！”’》〉）)」』】%％…"
"""What no blank follows, and what none precedes."""
_FIGURE = "0123456789.,"
"""What a number is made of; it is set wide like any other word."""
_PIECE = 6
"""Characters of the longest piece, a number, of a line that is set wide."""
_MEASURE = 6
"""Glyphs of the shortest line that shows how wide its column is."""
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
    stretched: bool = False
    """Whether it was put together from characters pulled apart to fill the measure."""

    @property
    def text(self) -> str:
        """The characters, a blank where there is one on the page."""
        out: list[str] = []
        step = float("inf") if self.stretched else self._step()
        for before, glyph in zip((None, *self.glyphs), self.glyphs, strict=False):
            if before and _parted(before, glyph, self.size, step):
                out.append(" ")
            out.append(" " if glyph.text.isspace() and glyph.text != "\u3000" else glyph.text)
        return (self.drop.text if self.drop else "") + "".join(out).strip()

    def _step(self) -> float:
        """The distance at which most characters are set, where a line is stretched to the measure, else 0.

        Punctuation does not count: its ink fills half of its square, and many programs set it closer.
        """
        han: list[float] = []
        latin: list[float] = []
        for a, b in pairwise(self.glyphs):
            if not (a.text.isspace() or b.text.isspace() or _punctuated(a, b)):
                (latin if a.text[-1].isascii() and b.text[0].isascii() else han).append(b.x0 - a.x1)
        gaps = han if len(han) > 1 else sorted(latin)[: len(latin) // 2 + 1] if len(latin) > 2 else []
        usual = median(gaps) if gaps else 0.0
        return usual if usual > 0.1 * self.size else 0.0

    @property
    def font(self) -> int:
        """The font of most of its characters."""
        fonts = [g.font for g in self.glyphs if not g.text.isspace()]
        return max(set(fonts), key=fonts.count) if fonts else -1

    @property
    def type(self) -> int:
        """The font of its Chinese characters, which tells a heading from text; -1 where it has less than two."""
        fonts = [g.font for g in self.glyphs if g.text > "\u2e80"]
        return max(set(fonts), key=fonts.count) if len(fonts) > 1 else -1


def _punctuated(a: Glyph, b: Glyph) -> bool:
    """Whether one of two neighbours is a mark that may be set closer to the other than characters are."""
    return a.text in _CLOSED or a.text in _OPEN or b.text in _CLOSED or b.text in _OPEN


def _parted(a: Glyph, b: Glyph, size: float, step: float) -> bool:
    """Whether a blank that was not drawn stands between two neighbours on a line set `step` apart."""
    if a.text.isspace() or b.text.isspace() or a.text in _OPEN or b.text in _CLOSED:
        return False
    if a.text in _FIGURE and b.text in _FIGURE:
        least = _CLOSE
    else:
        least = 0.2 if a.text[-1].isascii() and b.text[0].isascii() else 0.7
    return b.x0 - a.x1 > least * size + step


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


def lines(glyphs: Sequence[Glyph], down: Sequence[Box] = ()) -> list[Line]:
    """The lines of horizontal writing; `down` are the vertical rules, which no line crosses."""
    rows = _stretched([line(run) for run in _rows(glyphs, down)], down)
    return _stretched(_spread(_letterspaced(rows), down), down)


def _rows(glyphs: Sequence[Glyph], down: Sequence[Box]) -> list[list[Glyph]]:
    """Glyphs chained from left to right, none further than a wide letter space from the one before."""
    out: list[list[Glyph]] = []
    open_: dict[int, list[list[Glyph]]] = defaultdict(list)
    # A bracket that is set close hangs over to the left: what is narrow and begins at the same place precedes it.
    for g in sorted(glyphs, key=lambda g: 0.9 * g.x0 + 0.1 * g.x1):
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
    whole = [o for o in found if len(o.glyphs) >= _MEASURE]
    out: list[Line] = []
    for row in _levels(found):
        group: list[Line] = []
        for one in row:
            if group and not (_keeps_step(group, one) and not _gutter(group[-1], one, whole)):
                out += [_one(group)] if len(group) >= 3 else group
                group = []
            group.append(one)
        out += [_one(group)] if len(group) >= 3 else group
    return out


def _keeps_step(group: Sequence[Line], one: Line) -> bool:
    """Whether `one` follows the short pieces of `group` at their distance."""
    last = group[-1]
    gap = one.x0 - last.x1
    if any(o.stretched or len(o.glyphs) > _PIECE for o in (last, one)) or not 0 < gap < 2.2 * one.size:
        return False
    steps = [b.x0 - a.x1 for a, b in pairwise(group) if not _punctuated(a.glyphs[-1], b.glyphs[0])]
    less = gap - steps[0] if steps else 0.0
    return (-0.65 if _punctuated(last.glyphs[-1], one.glyphs[0]) else -0.12) * one.size < less < 0.12 * one.size


def _gutter(a: Line, b: Line, whole: Sequence[Line], reach: float = 15.0) -> bool:
    """Whether `a` ends and `b` begins where lines no further off than `reach` ems do."""
    em = b.size
    near = [o for o in whole if abs(o.base - b.base) < reach * em and 0.75 < o.size / em < 1.3]
    return any(abs(o.x0 - b.x0) < 0.2 * em for o in near) and any(abs(o.x1 - a.x1) < 0.6 * em for o in near)


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


def _stretched(found: list[Line], down: Sequence[Box]) -> list[Line]:
    """Join lines stretched to the measure: pieces that begin and end where a line above, below or of that column does.

    Lines that were joined are measures for others, so it is done until no more are found; first by lines near by that
    begin where the pieces do, then by any line above or below, then by lines far off.
    """
    out, stage = found, 0
    while stage < 3:
        whole = sorted((o for o in out if len(o.glyphs) >= _MEASURE), key=lambda o: o.x0)
        edges = [o.x0 for o in whole]
        joined: list[Line] = []
        for row in _levels(out):
            at = 0
            while at < len(row):
                stop = _stop(row, at, whole, edges, down, stage) if at + 1 < len(row) else at + 1
                joined.append(replace(_one(row[at:stop]), stretched=True) if stop > at + 1 else row[at])
                at = stop
        stage = 0 if len(joined) < len(out) else stage + 1
        out = joined
    return out


def _levels(found: Iterable[Line]) -> list[list[Line]]:
    """The lines of each level and size, from left to right."""
    sizes: dict[int, list[Line]] = defaultdict(list)
    for one in found:
        sizes[round(one.size)].append(one)
    rows: list[list[Line]] = []
    for several in sizes.values():
        several.sort(key=lambda o: o.base)
        for n, one in enumerate(several):
            if n and one.base - several[n - 1].base < 0.8:
                rows[-1].append(one)
            else:
                rows.append([one])
    for row in rows:
        row.sort(key=lambda o: o.x0)
    return rows


def _stop(
    row: Sequence[Line], at: int, whole: Sequence[Line], edges: Sequence[float], down: Sequence[Box], stage: int
) -> int:
    """Where the pieces end that begin with `at` and fill a measure; behind `at` if they fill none.

    `whole` are the lines that may show it, by their left `edges`, the nearest first; of those that are not directly
    above or below there must be two.
    """
    first = row[at]
    em = first.size
    reach = whole[bisect_left(edges, first.x0 - _INDENT * em) : bisect_left(edges, first.x0 + _INDENT * em)]
    near = sorted(
        (o for o in reach if 0.6 < o.size / em < 1.7 and abs(o.base - first.base) > 0.5 * em),
        key=lambda o: abs(o.base - first.base),
    )
    for one in near:
        if one.x1 < first.x1 - 0.6 * em:
            continue
        if one.x1 < first.x1 + 0.6 * em:
            return at + 1
        same = [o for o in near if o is not one and abs(o.x1 - one.x1) < 0.6 * em]
        beside = abs(one.base - first.base) < 1.9 * em
        aligned = any(abs(o.x0 - first.x0) < 0.35 * em for o in (one, *same))
        far = abs(one.base - first.base) > 6 * em
        if not (same or beside) or not (aligned or (beside and stage)) or (far and stage < 2):
            continue
        if at and row[at - 1].x0 > min(one.x0, first.x0) - 0.6 * em:
            continue
        stop = at + 1
        while stop < len(row) and row[stop].x1 < one.x1 + 0.6 * em:
            stop += 1
        if abs(one.size - em) > 0.1 and stop < at + 3:
            continue  # a heading of few characters shows no step
        parts = row[at:stop]
        if stop == at + 1 or row[stop - 1].x1 < one.x1 - 0.6 * em or not _even(parts, down):
            continue
        off = max(3.0, abs(one.base - first.base) / em)
        if any(_gutter(a, b, whole, off) for a, b in pairwise(parts)):
            continue
        longer = any(
            0 < n < len(row)
            and _even(row[min(at, n - 1) : max(stop, n + 1)], down)
            and not _gutter(row[n - 1], row[n], whole)
            for n in (at, stop)
        )
        return at + 1 if longer else stop
    return at + 1


def _even(parts: Sequence[Line], down: Sequence[Box]) -> bool:
    """Whether the pieces stand as far apart as the characters in them do: then no gutter is between them."""
    em = parts[0].size
    gaps = [b.x0 - a.x1 for a, b in pairwise(parts)]
    inner = [
        b.x0 - a.x1
        for part in parts
        for a, b in pairwise(part.glyphs)
        if not (a.text[-1].isascii() or b.text[0].isascii() or a.text in _CLOSED or b.text in _OPEN)
    ]
    usual = median(gaps + inner)
    wide = [gap for gap in gaps if gap > usual + 0.6 * em]
    # A heading may hold one blank, which is stretched with the rest.
    blank = len(wide) == 1 and len(gaps) > 4 and wide[0] < 2 * usual + 1.6 * em
    return (not wide or blank) and not any(_ruled(down, a.x1, b.x0, a.top) for a, b in pairwise(parts))


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
