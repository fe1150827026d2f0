"""What the reader saw of the page, used where it tells more than the words: roles of lines, bounds of articles.

A PDF shows its headlines by their size and its articles by their columns; a web page or a DOCX names its headings.
Words alone decide where there are no hints, and inside each article that the page shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Block, Hint, Issue
from briefing.normalise import to_raw
from briefing.segment import lines as words
from briefing.segment.lines import Line, Look
from briefing.segment.paragraphs import is_credit
from briefing.spans import Span

_LOOKS: dict[Hint, Look] = {
    "kicker": "heading",
    "headline": "heading",
    "deck": "heading",
    "subhead": "heading",
    "byline": "byline",
    "caption": "caption",
    "furniture": "furniture",
    "advertisement": "furniture",
}
_FIRM: tuple[Look, ...] = ("official", "box", "note", "furniture")
"""Looks that the words show beyond doubt."""


def articles(issue: Issue) -> list[list[Line]]:
    """The lines of each article of a reflowed issue, in page order, by its hints and by its words."""
    found = words.looks(issue.text)
    if not issue.blocks:
        return words.articles(issue.text, found)
    places = [_block(issue, line) for line in found]
    shown = [_look(issue, line, block) for line, block in zip(found, places, strict=True)]
    groups: list[list[Line]] = []
    current = -1
    for line, block in zip(shown, places, strict=True):
        number = block.article if block is not None else 0
        if not groups or (number and number != current and current > 0 and _has_body(groups[-1])):
            groups.append([])
        if number:
            current = number
        groups[-1].append(line)
    return [part for group in groups for part in words.articles(issue.text, group)]


def _has_body(group: Sequence[Line]) -> bool:
    """Whether the lines are more than a banner over what follows."""
    return any(line.look in ("body", "row", "box") for line in group)


def _block(issue: Issue, line: Line) -> Block | None:
    """The block in which the line begins."""
    start = to_raw(issue, Span(line.span.start, line.span.start + 1)).start
    at = bisect_right(issue.blocks, start, key=lambda block: block.span.start) - 1
    return issue.blocks[at] if at >= 0 and start < issue.blocks[at].span.stop else None


def _look(issue: Issue, line: Line, block: Block | None) -> Line:
    """The line with the look that its block shows, where the words leave a doubt."""
    if block is None or line.look in _FIRM:
        return line
    if not block.role:
        measured = block.box is not None and line.look == "caption" and not is_credit(line.span.of(issue.text))
        return replace(line, look="body") if measured else line
    look = _LOOKS.get(block.role)
    if look is None or look == line.look:
        return line
    return replace(line, look=look)
