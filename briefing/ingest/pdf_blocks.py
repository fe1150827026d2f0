"""Lines to blocks: the lines of one type size that stand one below the other in one column."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefing.ingest.pdf_glyphs import Box, Glyph, Sheet
from briefing.ingest.pdf_lines import Line, back, lines, turn
from briefing.ingest.pdf_vertical import parted

Head = Literal["large", "bold", "byline", "small", ""]
BYLINE = re.compile(
    r"^[（(□■◆●◎]?\s*(?:本报|本刊|本网|见习|实习|特约|首席)*(?:记者|通讯员|评论员|文[/／]|图[/／]|文图[/／]|采写|撰文)"
    r"|(?:记者|通讯员)[ \u3000][\u4e00-\u9fff·]{2,4}"
)
_ROLES = re.compile(r"记者|通讯员|评论员|实习生?|见习|特约|首席|本报|本刊|本网")
_NO_BYLINE = re.compile(r"[，。；？！“《]|\d\d|[\u4e00-\u9fff]{9}|[：:][\u4e00-\u9fff]{5}")
"""What stands in sentences, not among names."""
_WORD = re.compile(r"\w")
_SECOND_BODY = 0.08
"""The share of the running text of a page that makes a size a size of body type."""
_ENDS = tuple("。！？!?…；")
_CLOSERS = '”’」』）)》】"'


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """A block of lines. Its `lines` are in the turned page where it is `vertical`; its `box` never is."""

    lines: tuple[Line, ...]
    box: Box
    size: float
    page: int
    vertical: bool = False
    role: str = ""
    head: Head = ""
    """In what it looks like the head of an article or of a part of it, if in anything."""
    inner: tuple[Stack, ...] = ()
    """What stands in it, in reading order, where it is a frame."""

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.lines)

    @property
    def type(self) -> int:
        """The font of its Chinese characters, -1 where there are none."""
        return next((one.type for one in self.lines if one.type != -1), -1)

    @property
    def left(self) -> float:
        """The edge where its lines begin, but for indents; in short paragraphs most lines have one."""
        places = sorted(one.x0 for one in self.lines)
        edge = _edge(places, 0.3 * self.size)
        return places[0] if 1.5 * self.size < edge - places[0] < 2.7 * self.size else edge

    @property
    def right(self) -> float:
        """The edge where its full lines end."""
        return -_edge(sorted(-one.x1 for one in self.lines), 1.2 * self.size)

    @property
    def pitch(self) -> float:
        """From one line to the next inside a paragraph; a page of short paragraphs has as many wider steps."""
        steps = sorted(b.base - a.base for a, b in pairwise(self.lines))
        return steps[len(steps) // 4] if steps else 1.5 * self.size


def _edge(places: Sequence[float], near: float) -> float:
    """The outermost place that two lines share, so that one line which sticks out does not count."""
    if len(places) < 4:
        return places[0]
    return next((a for a, b in pairwise(places) if b - a <= near), places[0])


def body_size(sheets: Sequence[Sheet]) -> float:
    """The size of most characters."""
    counted = Counter(g.size for s in sheets for g in s.glyphs if not g.text.isspace())
    if not counted:
        return 10.0
    near = {size: sum(n for other, n in counted.items() if abs(other - size) <= 0.04 * size) for size in counted}
    return max(near, key=lambda size: (near[size], counted[size], -size))


def finished(text: str) -> bool:
    """Whether `text` ends where a sentence does.

    >>> finished("他说：“都办成了。”"), finished("今年新增学位")
    (True, False)
    """
    return text.rstrip(_CLOSERS + " ").endswith(_ENDS)


def names(text: str) -> bool:
    """Whether `text` names who wrote, and does not tell what the reporter saw or asked.

    >>> names("本报记者 何田 通讯员 齐越"), names("记者看到，屏幕上跳动着"), names("记者：对2029年有什么打")
    (True, False, False)
    """
    return bool(BYLINE.search(text)) and not _NO_BYLINE.search(_ROLES.sub(" ", text))


def heads(found: Sequence[Stack], body: float) -> tuple[list[Stack], int]:
    """The blocks with `head` set on those that are set as headings, bylines or the like; and the font of the body."""
    fonts = Counter(
        g.font
        for s in found
        if abs(s.size - body) < 0.06 * body
        for one in s.lines
        for g in one.glyphs
        if g.text > "\u2e80"
    )
    font = max(fonts, key=lambda f: fonts[f], default=-1)
    long = Counter[float]()
    for s in found:
        if len(s.lines) > 2 and not s.role:
            long[s.size] += len(s.text)
    bodies = {size for size, n in long.items() if n > _SECOND_BODY * sum(long.values())}
    return [replace(s, head=_head(s, body, font, s.size in bodies)) for s in found], font


def _head(s: Stack, body: float, font: int, common: bool) -> Head:
    if s.role or not s.text or len(s.lines) > 6:
        return ""
    if s.size > 1.15 * body and not (common and s.size < 1.6 * body):
        return "large" if len(s.text) <= 80 and not ("。" in s.text and s.size < 1.6 * body) else ""
    if len(s.lines) > 3 or len(s.text) > 60 or finished(s.text):
        return ""
    if names(s.text):
        return "byline"
    han = sum(c > "\u2e80" for c in s.text)
    if len(s.text) <= 40 and s.size > 0.93 * body and s.type not in (-1, font) and han > 0.5 * len(s.text):
        return "" if _paragraph(s) else "bold"
    return "small" if len(s.lines) <= 2 and s.size < 0.93 * body and len(s.text) <= 40 else ""


def _paragraph(s: Stack) -> bool:
    """Whether the block is set as a paragraph is: its first line is indented and full, as no line of a heading is."""
    first = s.lines[0]
    return (
        len(s.lines) > 1
        and 1.2 * s.size < first.x0 - s.lines[1].x0
        and first.x1 > max(o.x1 for o in s.lines) - 0.6 * s.size
    )


def stacks(sheet: Sheet, body: float) -> list[Stack]:
    """All blocks of a page, in no order."""
    inside = [[g for g in sheet.glyphs if not any(t.holds(g.x, g.y) for t in sheet.tables)]]
    inside += [[g for g in sheet.glyphs if t.holds(g.x, g.y)] for t in sheet.tables]
    out: list[Stack] = []
    for number, glyphs in enumerate(inside):
        across, down = parted(glyphs)
        made = lines(across, sheet.down)
        if number:
            out += _table(made, sheet.page)
            continue
        for group in _linked(_dropped(made, body), sheet.across, sheet.frames):
            box = Box(
                min(o.x0 for o in group),
                min(o.top for o in group),
                max(o.x1 for o in group),
                max(o.bottom for o in group),
            )
            out.append(Stack(tuple(group), box, group[0].size, sheet.page))
        if down:
            rules = [_turned(b, sheet.width) for b in sheet.across]
            bars = [_turned(b, sheet.width) for b in sheet.down]
            boxes = [_turned(b, sheet.width) for b in sheet.frames]
            for group in _linked(lines([turn(g, sheet.width) for g in down], rules), bars, boxes):
                box = Box(
                    min(o.x0 for o in group),
                    min(o.top for o in group),
                    max(o.x1 for o in group),
                    max(o.bottom for o in group),
                )
                out.append(Stack(tuple(group), back(box, sheet.width), group[0].size, sheet.page, True))
    return out


def _turned(box: Box, width: float) -> Box:
    return Box(box.top, width - box.x1, box.bottom, width - box.x0)


def _table(made: Sequence[Line], page: int) -> list[Stack]:
    """A ruled table as one block, a line a row."""
    rows: list[list[Line]] = []
    for one in sorted(made, key=lambda o: o.base):
        if rows and abs(rows[-1][0].base - one.base) < 0.6 * one.size:
            rows[-1].append(one)
        else:
            rows.append([one])
    if not rows:
        return []
    whole: list[Line] = []
    for row in rows:
        row.sort(key=lambda o: o.x0)
        glyphs: list[Glyph] = []
        for one in row:
            if glyphs:
                glyphs.append(one.glyphs[0]._replace(text="\u3000", x1=one.x0))
            glyphs += one.glyphs
        first = row[0]
        whole.append(replace(first, glyphs=tuple(glyphs), x1=row[-1].x1, bottom=max(o.bottom for o in row)))
    box = Box(
        min(o.x0 for o in whole), min(o.top for o in whole), max(o.x1 for o in whole), max(o.bottom for o in whole)
    )
    return [Stack(tuple(whole), box, whole[0].size, page, role="table")]


def _dropped(made: list[Line], body: float) -> list[Line]:
    """Drop capitals put back at the head of the line that they begin."""
    large = [o for o in made if o.size >= 1.6 * body and len(o.glyphs) < 4 and not o.stretched]
    caps = [o for o in large if not _WORD.search(o.text[:-1])]  # with the quotation mark or dash before it
    out = list(made)
    for cap in caps:
        glyph = cap.glyphs[0]._replace(text=cap.text, x1=cap.x1)
        beside = [
            o
            for o in out
            if o is not cap
            and o.size < 0.7 * cap.size
            and -0.3 * o.size < o.x0 - cap.x1 < 4 * o.size
            and cap.top - 0.6 * o.size < (o.top + o.bottom) / 2
            and o.top < cap.bottom + 0.4 * o.size
        ]
        beside.sort(key=lambda o: o.top)
        if len(beside) < 2 or beside[0].top - cap.top > 1.2 * beside[0].size:
            continue
        first = beside[0]
        if first.x0 - cap.x1 > 1.4 * first.size:
            continue
        beside += _pushed(beside[-1], cap, out)
        for n, one in enumerate(beside):
            if abs(one.size - first.size) > 0.1 * first.size:
                continue
            # A paragraph may begin beside the capital: it keeps its indent.
            x0 = cap.x0 + max(0.0, one.x0 - first.x0)
            out[out.index(one)] = replace(one, x0=x0, inset=first.x0 - cap.x0, drop=glyph if n == 0 else None)
        out.remove(cap)
    return out


def _pushed(last: Line, cap: Line, found: Sequence[Line]) -> list[Line]:
    """The line below a drop capital that begins where those beside it do, further in than any indent."""
    if last.x0 - cap.x0 < 2.4 * last.size:
        return []
    below = [
        o
        for o in found
        if abs(o.x0 - last.x0) < 0.3 * o.size and 0.5 * o.size < o.base - last.base < 2 * o.size and o.size == last.size
    ]
    return sorted(below, key=lambda o: o.base)[:1]


def _linked(made: Sequence[Line], rules: Sequence[Box], frames: Sequence[Box]) -> list[list[Line]]:
    """Lines chained downwards where each has one neighbour above and that has one below."""
    found = sorted(made, key=lambda o: o.top)
    tops = [o.top for o in found]
    home = [_home(o, frames) for o in found]
    below: list[list[int]] = [[] for _ in found]
    above: list[list[int]] = [[] for _ in found]
    for n, one in enumerate(found):
        first, last = bisect_right(tops, one.top + 0.4 * one.size), bisect_left(tops, one.bottom + 2.2 * one.size)
        hits = [m for m in range(first, last) if _over(one, found[m])]
        if not hits:
            continue
        nearest = found[hits[0]]
        for m in hits:
            if found[m].top < nearest.bottom - 0.3 * nearest.size:
                below[n].append(m)
    for n, several in enumerate(below):
        for m in several:
            above[m].append(n)
    chained: set[int] = set()
    following: dict[int, int] = {}
    for n, several in enumerate(below):
        if len(several) != 1:
            continue
        m = several[0]
        a, b = found[n], found[m]
        if len(above[m]) != 1 or home[n] != home[m] or abs(a.size - b.size) > 0.035 * a.size:
            continue
        if names(a.text) and (b.x1 - b.x0) - (a.x1 - a.x0) > 3.2 * a.size:
            continue
        if a.type != b.type and -1 not in (a.type, b.type):
            continue
        if b.top - a.bottom > 1.3 * a.size or any(
            a.base - 2 < r.top < b.top + 2 and r.x0 < a.x1 and r.x1 > a.x0 for r in rules
        ):
            continue
        following[n] = m
        chained.add(m)
    out: list[list[Line]] = []
    for n in range(len(found)):
        if n in chained:
            continue
        run = [n]
        while run[-1] in following:
            run.append(following[run[-1]])
        out += _loosened([found[k] for k in run])
    return out


def _loosened(run: list[Line]) -> list[list[Line]]:
    """A chain parted where its lines stand further apart than elsewhere in it."""
    steps = [b.base - a.base for a, b in pairwise(run)]
    if not steps:
        return [run]
    usual = min(sorted(steps)[len(steps) // 4], 2.2 * run[0].size)
    out = [[run[0]]]
    for one, step in zip(run[1:], steps, strict=True):
        if step > 1.4 * usual:
            out.append([])
        out[-1].append(one)
    return out


def _home(one: Line, frames: Sequence[Box]) -> int:
    """Which is the smallest frame around the line, -1 if none is."""
    around = [n for n, f in enumerate(frames) if f.holds((one.x0 + one.x1) / 2, (one.top + one.bottom) / 2)]
    return min(around, key=lambda n: (frames[n].x1 - frames[n].x0) * (frames[n].bottom - frames[n].top), default=-1)


def _over(a: Line, b: Line) -> bool:
    """Whether `b` is in the column of `a`; a short last line ends before the indent of the line below or above."""
    if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.3 * min(a.size, b.size):
        return True
    return abs(a.size - b.size) < 0.08 * a.size and -2.7 * a.size < b.x0 - a.x0 < 2.7 * a.size
