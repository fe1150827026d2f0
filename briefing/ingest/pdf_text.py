"""Articles to raw text: lines to paragraphs, across columns and pages, with the blocks that they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from briefing.ingest.pdf_articles import HEADS, Article
from briefing.ingest.pdf_blocks import Stack, finished
from briefing.ingest.pdf_glyphs import Box
from briefing.ingest.pdf_lines import Line
from briefing.model import Block, Hint
from briefing.spans import Span

_BEGINS = re.compile("[—─●■□]|(?:本报|见习|实习|特约)*(?:记者|通讯员)")
"""What begins a line of its own in a heading or byline."""
_NUMBER_END = re.compile(r"\d[.,:]?$")
_LATIN_END = re.compile(r"[A-Za-z0-9,.;:!?)]$")
_LATIN_BEGIN = re.compile(r"^[A-Za-z0-9(]")


@dataclass(slots=True)
class _Piece:
    """The part of a paragraph that stands in one block."""

    text: str
    stack: Stack
    lines: list[Line]


@dataclass(slots=True)
class _Paragraph:
    pieces: list[_Piece]
    role: Hint
    article: int

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)


@dataclass(slots=True)
class Written:
    """The text of an issue while it is written."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0

    def put(self, text: str) -> Span:
        span = Span(self.at, self.at + len(text))
        self.parts.append(text)
        self.at = span.stop
        return span


def written(
    found: Sequence[Article], furniture: Sequence[Stack], widths: dict[int, float]
) -> tuple[str, tuple[Block, ...]]:
    """The raw text and its blocks: the running head of the first page, then article by article.

    `widths` are those of the pages, by number.
    """
    out = Written()
    paragraphs: list[_Paragraph] = []
    if furniture:
        paragraphs.append(
            _Paragraph(
                [_Piece(" ".join(s.text for s in furniture), furniture[0], list(furniture[0].lines))], "furniture", 0
            )
        )
    for number, article in enumerate(found, 1):
        for one in article.head:
            paragraphs += [
                _Paragraph([_Piece(_heading(p), one, p)], cast(Hint, one.role), number) for p in _titles(one)
            ]
        paragraphs += _paragraphs(article.body, number)
        for one in article.aside:
            if one.role == "table":
                paragraphs += [_Paragraph([_Piece(row.text, one, [row])], "table", number) for row in one.lines]
            else:
                paragraphs.append(
                    _Paragraph([_Piece(_whole(one.lines), one, list(one.lines))], cast(Hint, one.role), number)
                )
    before: Hint = ""
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        if out.at:
            tight = paragraph.role == before == "table"
            out.put(
                "\n"
                if tight
                else "\n\n\n\n"
                if "caption" in (paragraph.role, before) or _new(paragraph, before)
                else "\n\n"
            )
        for piece in paragraph.pieces:
            span = out.put(piece.text)
            box = _box(piece, widths)
            out.blocks.append(Block(span, paragraph.role, piece.stack.page, box, piece.stack.size, paragraph.article))
        before = paragraph.role
    if out.at:
        out.put("\n")
    return "".join(out.parts), tuple(out.blocks)


def _new(paragraph: _Paragraph, before: Hint) -> bool:
    """Whether the paragraph begins an article, which stands further apart."""
    return paragraph.role in HEADS and before not in HEADS


def _box(piece: _Piece, widths: dict[int, float]) -> tuple[float, float, float, float]:
    box = Box(
        min(o.x0 for o in piece.lines),
        min(o.top for o in piece.lines),
        max(o.x1 for o in piece.lines),
        max(o.bottom for o in piece.lines),
    )
    if piece.stack.vertical:
        width = widths[piece.stack.page]
        box = Box(width - box.bottom, box.x0, width - box.top, box.x1)
    x0, top, x1, bottom = (round(v, 1) for v in box)
    return x0, top, x1, bottom


def _whole(several: Iterable[Line]) -> str:
    text = ""
    for one in several:
        text = _glued(text, one.text)
    return text


def _titles(stack: Stack) -> list[list[Line]]:
    """The lines of each heading in the block: one that is narrower than the next was ended on purpose."""
    out: list[list[Line]] = []
    for one in stack.lines:
        if out and stack.role not in ("headline", "subhead", "advertisement"):
            last = out[-1][-1]
            if _narrower(last, one) or last.text.endswith(("：", ":")) or _BEGINS.match(one.text):
                out.append([one])
                continue
        if out:
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _heading(several: Sequence[Line]) -> str:
    text = several[0].text
    for before, one in pairwise(several):
        text = f"{text} {one.text}" if _narrower(before, one) else _glued(text, one.text)
    return text


def _narrower(a: Line, b: Line) -> bool:
    return (b.x1 - b.x0) - (a.x1 - a.x0) > 0.9 * a.size and not a.text[-1:].isdigit()


def _glued(text: str, more: str) -> str:
    """Two lines as one: without a blank, but between words of Latin letters."""
    if text.endswith("-") and len(text) > 1 and text[-2].isascii() and text[-2].isalpha() and more[:1].islower():
        return text[:-1] + more
    if _LATIN_END.search(text) and _LATIN_BEGIN.search(more) and not (_NUMBER_END.search(text) and more[:1].isdigit()):
        return f"{text} {more}"
    return text + more


def _paragraphs(body: Sequence[Stack], number: int) -> list[_Paragraph]:
    """The paragraphs of a body; one that a column or page breaks off goes on in the next."""
    left = {id(s): _left(s, body) for s in body if s.role == ""}
    indents = any(_indented(one, s, left[id(s)]) for s in body if len(s.lines) > 2 and s.role == "" for one in s.lines)
    out: list[_Paragraph] = []
    for stack in body:
        if stack.role:
            out.append(
                _Paragraph([_Piece(_whole(stack.lines), stack, list(stack.lines))], cast(Hint, stack.role), number)
            )
            continue
        before: Line | None = None
        for one in stack.lines:
            flow = next((p for p in reversed(out) if p.role == ""), None)
            if before is None:
                goes_on = (
                    flow is not None
                    and (out[-1] is flow or not finished(flow.text))
                    and _goes_on(flow, stack, one, indents, left)
                )
            else:
                goes_on = not _breaks(before, one, stack, indents, left[id(stack)])
            if goes_on and flow is not None:
                piece = flow.pieces[-1]
                if piece.stack is stack:
                    piece.text = _glued(piece.text, one.text)
                    piece.lines.append(one)
                else:
                    joint = _glued(piece.text[-2:], one.text)
                    piece.text = piece.text[:-2] + joint[: len(joint) - len(one.text)]
                    flow.pieces.append(_Piece(one.text, stack, [one]))
            else:
                out.append(_Paragraph([_Piece(one.text, stack, [one])], "", number))
            before = one
    return out


def _left(stack: Stack, body: Sequence[Stack]) -> float:
    """Where the column of a block begins: a block of short paragraphs may hold no line that is not indented."""
    return min(
        s.left
        for s in body
        if s.role == ""
        and s.page == stack.page
        and s.vertical == stack.vertical
        and abs(s.right - stack.right) < 1.2 * stack.size
        and 0 <= stack.left - s.left < 3 * stack.size
    )


def _indented(one: Line, stack: Stack, left: float) -> bool:
    return 1.2 * stack.size < one.x0 - left < 4.5 * stack.size


def _breaks(before: Line, one: Line, stack: Stack, indents: bool, left: float) -> bool:
    """Whether a paragraph ends between two lines of a block."""
    if one.drop is not None:
        return True
    if indents and _indented(one, stack, left):
        return not (before.inset and not finished(before.text))
    short = stack.right - before.x1 > 2.2 * stack.size
    if short and (finished(before.text) or stack.right - before.x1 > 6 * stack.size):
        return True
    return one.base - before.base > 1.25 * stack.pitch and len(stack.lines) > 2


def _goes_on(flow: _Paragraph, stack: Stack, first: Line, indents: bool, left: dict[int, float]) -> bool:
    """Whether the first line of a block goes on with the paragraph before the block."""
    last = flow.pieces[-1]
    if first.drop is not None or last.stack.page > stack.page:
        return False
    if abs(last.stack.size - stack.size) > 0.12 * stack.size:
        return not finished(flow.text) and not _indented(first, stack, left[id(stack)])
    if _indented(first, stack, left[id(stack)]):
        return False
    short = last.stack.right - last.lines[-1].x1 > 2.2 * last.stack.size and len(last.stack.lines) > 1
    if finished(flow.text):
        if short or not indents:
            return False
        return len(stack.lines) > 1 or not _alone(first, stack, last)
    return not (short and last.stack.right - last.lines[-1].x1 > 6 * last.stack.size)


def _alone(first: Line, stack: Stack, last: _Piece) -> bool:
    """Whether a block of one line begins further right than the column of the block before it."""
    offset = first.x0 - last.stack.left
    return 1.2 * stack.size < offset < 4.5 * stack.size
