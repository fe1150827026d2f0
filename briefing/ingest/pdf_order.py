"""Reading order: a page is cut by white space, across or down, so that what follows each other reads best.

Where a region can be cut both ways (columns under a headline, two articles side by side, four columns above
four short pieces), geometry alone does not tell. Each way gives an order, and the joints of the orders are
judged: a column that ends inside a sentence wants one that goes on, a headline wants its text below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

from briefing.ingest.pdf_blocks import Stack, finished
from briefing.ingest.pdf_glyphs import Box

_BUDGET = 6_000
"""Regions that are looked at on one page before the order is settled greedily."""
_MOST_CUTS = 14
_Order = tuple[float, tuple[Stack, ...]]


def ordered(
    found: Sequence[Stack],
    body: float,
    across: Sequence[Box] = (),
    down: Sequence[Box] = (),
    pictures: Sequence[Box] = (),
) -> list[Stack]:
    """The blocks of one region (a page, or the inside of a frame) in reading order."""
    if not found:
        return []
    first = sorted(found, key=lambda s: (s.box.top, s.box.x0))
    vertical = sum(len(s.text) for s in first if s.vertical) > 0.6 * sum(len(s.text) for s in first)
    return list(_Search(first, body, across, down, pictures, vertical).best(frozenset(range(len(first))))[1])


class _Search:
    """The orders of the regions of one page that have been looked at."""

    def __init__(
        self,
        found: Sequence[Stack],
        body: float,
        across: Sequence[Box],
        down: Sequence[Box],
        pictures: Sequence[Box],
        vertical: bool,
    ) -> None:
        self.found, self.body, self.across, self.down, self.vertical = found, body, across, down, vertical
        self.pictures = pictures
        self.known: dict[frozenset[int], _Order] = {}
        self.extent = tuple(
            max(s.box[axis + 2] for s in found) - min(s.box[axis] for s in found) or 1.0 for axis in (0, 1)
        )

    def best(self, region: frozenset[int]) -> _Order:
        """The order of a region whose joints score highest."""
        if region in self.known:
            return self.known[region]
        self.known[region] = (0.0, tuple(self.found[n] for n in sorted(region)))
        if len(region) > 1:
            self.known[region] = self._cut(region)
        return self.known[region]

    def _cut(self, region: frozenset[int]) -> _Order:
        rows, columns = self._cuts(region, 1), self._cuts(region, 0)
        rows = [cut for cut in rows if not self._through_picture(region, cut[0])] or ([] if columns else rows)
        if not rows and not columns:
            return self._walked(region)
        plain = len(self._parts(region, rows or columns, 1 if rows else 0)) == len(region)
        if (plain and not (rows and columns)) or len(self.known) > _BUDGET:
            cuts = rows if rows and (not columns or len(rows) <= len(columns)) else columns
            parts = [self.best(part) for part in self._parts(region, cuts, 1 if cuts is rows else 0)]
            if cuts is columns and self._backwards(parts):
                parts.reverse()
            return reduce(lambda a, b: self._joined(a, b, cuts is rows), parts)
        tried: list[_Order] = []
        for axis, cuts in ((1, rows), (0, columns)):
            for at, bonus in cuts[:_MOST_CUTS]:
                parts = [self.best(part) for part in self._parts(region, [(at, bonus)], axis)]
                if axis == 0 and self._backwards(parts):
                    parts.reverse()
                score, order = self._joined(parts[0], parts[1], axis == 1)
                if axis == 0 and self._torn(parts):
                    score -= 3.0
                tried.append((score + bonus, order))
        return max(tried, key=lambda t: t[0])

    def _cuts(self, region: frozenset[int], axis: int) -> list[tuple[float, float]]:
        """Where white space runs through the region, and what speaks for a cut there: axis 1 across, 0 down."""
        edges = sorted((self.found[n].box[axis], self.found[n].box[axis + 2]) for n in region)
        other = 1 - axis
        low, high = min(self.found[n].box[other] for n in region), max(self.found[n].box[other + 2] for n in region)
        out: list[tuple[float, float, float]] = []
        end = edges[0][1]
        for start, stop in edges[1:]:
            if start > end - 1.5:
                rules = self.across if axis else self.down
                ruled = any(
                    end - 2 <= r[axis] <= start + 2
                    and min(high, r[other + 2]) - max(low, r[other]) > 0.7 * (high - low)
                    for r in rules
                )
                wide = (start - end) / self.body
                bonus = (1.2 if ruled and axis else 0.5 if ruled else 0.0) + min(0.6, 0.1 * max(0.0, wide - 1))
                if axis and self._row_of_heads(region, start):
                    bonus += 0.8 if wide > 1.8 else 0.2
                bonus *= ((high - low) / self.extent[other]) ** 2
                if axis or wide > 0.25:
                    out.append(((start + end) / 2, bonus, wide))
            end = max(end, stop)
        out.sort(key=lambda cut: (-cut[1], -cut[2]))
        return [(at, bonus) for at, bonus, _ in out]

    def _through_picture(self, region: frozenset[int], y: float) -> bool:
        """Whether a cut across at `y` would run through a picture that stands among the blocks of the region."""
        low = min(self.found[n].box.x0 for n in region) - self.body
        high = max(self.found[n].box.x1 for n in region) + self.body
        return any(p.top + 2 < y < p.bottom - 2 and low < p.x0 and p.x1 < high for p in self.pictures)

    def _row_of_heads(self, region: frozenset[int], top: float) -> bool:
        """Whether a row of several headings, level with each other, begins at `top`."""
        row = [self.found[n] for n in region if abs(self.found[n].box.top - top) < 3 and not self.found[n].role]
        below = [self.found[n] for n in region if self.found[n].box.top >= top - 3 and not self.found[n].role]
        wide = sum(any(s.box.x0 < b.box.x1 and b.box.x0 < s.box.x1 for s in row) for b in below)
        return len(row) > 1 and all(s.head in ("large", "bold") for s in row) and wide == len(below)

    def _parts(self, region: frozenset[int], cuts: Sequence[tuple[float, float]], axis: int) -> list[frozenset[int]]:
        places = sorted(at for at, _ in cuts)
        parts: dict[int, set[int]] = {}
        for n in region:
            middle = (self.found[n].box[axis] + self.found[n].box[axis + 2]) / 2
            parts.setdefault(sum(middle > at for at in places), set()).add(n)
        return [frozenset(parts[key]) for key in sorted(parts)]

    def _backwards(self, parts: Sequence[_Order]) -> bool:
        """Whether parts side by side are read from the right: vertical writing, or a vertical headline there."""
        flow = [s for _, order in parts for s in order if not s.role]
        if flow and all(s.vertical for s in flow):
            return True
        last = [s for s in parts[-1][1] if not s.role]
        if len(parts) != 2 or not last or not all(s.vertical and s.size > 1.2 * self.body for s in last):
            return False
        return self._gap(last, parts[0][1], -1) <= self._gap(last, self.found, 1) + 1

    def _gap(self, heads: Sequence[Stack], others: Sequence[Stack], side: int) -> float:
        """How far the nearest block beside a vertical headline is, to the left (-1) or to the right (1)."""
        x0, x1 = min(s.box.x0 for s in heads), max(s.box.x1 for s in heads)
        top, bottom = min(s.box.top for s in heads), max(s.box.bottom for s in heads)
        near = [s.box for s in others if s not in heads and s.box.top < bottom and s.box.bottom > top]
        gaps = [b.x0 - x1 if side > 0 else x0 - b.x1 for b in near]
        return min((gap for gap in gaps if gap > -1), default=float("inf"))

    def _torn(self, parts: Sequence[_Order]) -> bool:
        """Whether a cut down would part columns of one article.

        It would where the columns on both sides begin level with each other, and one side alone has a headline above
        them, or the first side goes on to another article before the second side is reached.
        """
        tops: list[float] = []
        for _, order in parts:
            bodies = [s.box.top for s in order if not s.role and not s.head]
            if not bodies:
                return False
            tops.append(min(bodies))
        if abs(tops[0] - tops[1]) >= 0.8 * self.body:
            return any(self._headless(a, b) for a, b in (parts, parts[::-1]))
        above = [
            any(s.head and s.box.bottom <= top + 2 and not s.role for s in order)
            for (_, order), top in zip(parts, tops, strict=True)
        ]
        if above[0] != above[1]:
            return True
        if not above[0] and any(self._title(s) for s in parts[0][1]):
            return True
        return any(self._headless(a, b) for a, b in (parts, parts[::-1]))

    def _title(self, s: Stack) -> bool:
        return s.head == "large" and s.size > 1.35 * self.body and not s.role

    def _headless(self, one: _Order, other: _Order) -> bool:
        """Whether a column of `other` begins level with those under a headline of `one`, with white beside that."""
        for head in filter(self._title, one[1]):
            tops = [s.box.top for s in one[1] if _above(head, s) and s.box.top - head.box.bottom < 20 * self.body]
            for s in other[1]:
                plain = s.head in ("", "large", "bold") and not self._title(s) and s.role in ("", "frame")
                if not plain or not any(abs(s.box.top - t) < 0.8 * self.body for t in tops):
                    continue
                if any(
                    self._title(o) and o.box.x0 < s.box.x1 and head.box.top - self.body < o.box.bottom < s.box.top
                    for o in other[1]
                ):
                    continue  # it has a headline of its own
                over = Box(s.box.x0, head.box.top, s.box.x1, head.box.bottom)
                if not any(_laps(over, b) for b in (*(o.box for o in other[1] if o is not s), *self.pictures)):
                    return True
        return False

    def _joined(self, a: _Order, b: _Order, across: bool) -> _Order:
        """Two orders one behind the other; `across`: the second lies below the first."""
        before = next((s for s in reversed(a[1]) if not s.role), None)
        after = next((s for s in b[1] if not s.role), None)
        score = 0.0
        if before and after:
            score = joint(before, after, self.body)
            if score < 0 and across and before.head and not any(_level(before, s) for s in a[1] if not s.role):
                score = 1.0  # a heading that stands alone over several columns
        return a[0] + b[0] + score, (*a[1], *b[1])

    def _walked(self, region: frozenset[int]) -> _Order:
        """No straight cut parts the blocks: go from one to the next that reads best and has nothing above it."""
        left = [self.found[n] for n in sorted(region)]
        done: list[Stack] = []
        score = 0.0
        while left:
            free = [s for s in left if not any(o is not s and _above(o, s) for o in left)] or left
            flow = next((s for s in reversed(done) if not s.role), None)
            rank: Callable[[Stack], tuple[float, float, float]]
            if flow is None:
                rank = lambda s: (0.0, -s.box.top, -s.box.x0)  # noqa: E731 - one of two rankings
            else:
                rank = lambda s, f=flow: (joint(f, s, self.body), -s.box.x0, -s.box.top)  # type: ignore[misc] # noqa: E731
            step = max(free, key=rank)
            if flow is not None and not step.role:
                score += joint(flow, step, self.body)
            done.append(step)
            left.remove(step)
        return score, tuple(done)


def _laps(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.bottom, b.bottom) - max(a.top, b.top) > 2


def _level(a: Stack, b: Stack) -> bool:
    """Whether two blocks stand beside each other."""
    return a is not b and min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top) > 0.3 * min(a.size, b.size)


def _above(a: Stack, b: Stack) -> bool:
    return a.box.bottom <= b.box.top + 2 and min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0) > 2


def joint(a: Stack, b: Stack, body: float) -> float:
    """How well `b` reads behind `a`."""
    heading_a, heading_b = bool(a.head), bool(b.head)
    over = min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0)
    beneath = over > 0.3 * min(a.box.x1 - a.box.x0, b.box.x1 - b.box.x0) and b.box.top >= a.box.bottom - 0.5 * body
    if heading_a:
        lap = min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top)
        beside = a.vertical and lap > 0.3 * min(a.box.bottom - a.box.top, b.box.bottom - b.box.top)
        near = b.box.top - a.box.bottom < 3 * max(a.size, body)
        if beside:
            return 1.0 if heading_b else 1.5
        return (1.5 if near else 0.5) if beneath else -2.5
    if heading_b:
        near = beneath and b.box.top - a.box.bottom < 3 * body
        return (0.9 if near else 0.5) if finished(a.text) or len(a.text) < 30 else -1.5
    score = 0.0 if abs(a.size - b.size) < 0.06 * a.size else -0.7
    done, opens = _done(a), _opens(b)
    if not done:
        score += -1.8 if opens else 1.8
    else:
        score += 0.5 if opens else -0.3
    if beneath and b.box.top - a.box.bottom < 1.2 * a.pitch and abs(a.box.x0 - b.box.x0) < 2.5 * body:
        score += 0.6
    if not a.vertical and b.box.x1 < a.box.x0:
        score -= 1.0 if b.box.top < a.box.bottom else 0.6
    return score


def _done(a: Stack) -> bool:
    """Whether the block ends with its paragraph."""
    last = a.lines[-1]
    return finished(last.text) or (len(a.lines) > 1 and a.right - last.x1 > 2.5 * a.size)


def _opens(b: Stack) -> bool:
    """Whether the block begins with a paragraph: its first line is indented, or is quite another type."""
    if len(b.lines) > 1:
        return b.lines[0].x0 - b.left > 1.2 * b.size
    return False
