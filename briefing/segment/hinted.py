"""What the reader saw of the page, used where it tells more than the words: roles of lines, bounds of articles.

A PDF shows its headlines by their size and its articles by their columns; a web page or a DOCX names its headings.
Words alone decide where there are no hints, and inside each article that the page shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Block, Hint, Interview, Issue, Role, Turn
from briefing.normalise import blocks, to_raw
from briefing.segment import lines as words
from briefing.segment.lines import Line, Look
from briefing.segment.paragraphs import is_answer, is_credit, is_question
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
_HEAD = ("banner", "kicker", "headline", "deck")
_INSIDE: tuple[Hint, ...] = ("subhead", "byline", "caption")
"""What begins no article."""
_LEAST = 7
"""Characters of a headline; what is shorter and set large may be the banner of a page."""
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
    out: list[list[Line]] = []
    for group in groups:
        for n, part in enumerate(words.articles(issue.text, group)):
            inside = n and (block := _block(issue, part[0])) is not None and block.role in _INSIDE
            if inside:
                out[-1] += part
            else:
                out.append(part)
    return out


def roles(issue: Issue, article: Interview) -> Interview:
    """The article with the headline that the page shows, where the words chose a line in much smaller type."""
    if not issue.blocks:
        return article
    shown = [(turn, found[0] if (found := blocks(issue, turn.span)) else None) for turn in article.turns]
    titles = [(t, b) for t, b in shown if t.role in _HEAD and b is not None and b.role == "headline"]
    chosen = next((b for t, b in shown if t.role == "headline"), None)
    if len(titles) != 1 or len(titles[0][0].span) < _LEAST or chosen is titles[0][1]:
        return article
    headline, block = titles[0]
    if chosen is None or block is None:
        return article
    smaller = 0 < chosen.size < 0.75 * block.size
    lesser = not block.size and chosen.role in ("kicker", "deck", "byline", "subhead")  # named, as web pages name them
    if not smaller and not lesser:
        return article

    def role(turn: Turn) -> Role:
        if turn is headline:
            return "headline"
        return "deck" if turn.span.start > headline.span.start and len(turn.span) > _LEAST else "kicker"

    return replace(
        article,
        turns=tuple(replace(t, role=role(t)) if t.role == "headline" or t is headline else t for t in article.turns),
    )


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
    if look == "heading" and (is_question(shown := line.span.of(issue.text)) or is_answer(shown)):
        return line  # questions are often set bold
    return replace(line, look=look)
