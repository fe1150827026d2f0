"""Undo what the page did to the sentences: wrapped lines, column breaks, captions in between.

The repairs are Steps, so that in the text that comes out every sentence is one contiguous span. A break
is deleted; a caption that cuts a sentence is moved behind the paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Edit, Issue, Step
from briefing.normalise import apply
from briefing.segment.paragraphs import (
    Paragraph,
    is_byline,
    is_credit,
    is_furniture,
    is_heading,
    is_open,
    is_short_sentence,
    official_line,
    paragraphs,
    starts_paragraph,
    usual_gap,
)
from briefing.spans import Span


def reflow(issue: Issue) -> Issue:
    """The issue with its sentences whole; `steps` grow by at most two."""
    for rule, edits in (("hard_wrap", _wraps), ("column_break", _breaks)):
        found = edits(issue.text)
        if found:
            step = Step(rule, tuple(found))
            issue = replace(issue, text=apply(step, issue.text), steps=(*issue.steps, step))
    return issue


def _wraps(text: str) -> list[Edit]:
    """Lines that end where the column ends, not where the paragraph does."""
    found = paragraphs(text)
    close = [(a, b) for a, b in zip(found, found[1:], strict=False) if b.gap == 0]
    widths = Counter(len(a.span) for a, _ in close if len(a.span) >= 10)
    if not widths:
        return []
    widest = max(widths)
    width = max((w for w, n in widths.items() if n >= 3 or w == widest), key=lambda w: (widths[w], w))
    full = sum(n for w, n in widths.items() if width - 2 <= w <= width + 2)
    if width > 60 or full < 4 or full < 0.4 * len(close):
        return []
    out: list[Edit] = []
    for a, b in close:
        line = a.span.of(text)
        if len(a.span) < width - 2 or b.indented or is_byline(line) or is_byline(b.span.of(text)):
            continue
        if line[-1] in "。！？”：" and len(a.span) < width:
            continue
        out.append(_joint(text, a.span.stop, b.span.start))
    return out


def _breaks(text: str) -> list[Edit]:
    """Paragraphs that end inside a sentence, and what stands between their halves."""
    found = paragraphs(text)
    gap = usual_gap(found)
    edits: list[Edit] = []
    i = 0
    while i < len(found):
        whole, last, between = found[i].span.of(text), i, list[int]()
        while is_open(whole) and official_line(text, found[last].span) is None:
            between_now, following = _continuation(text, found, last, gap)
            if following is None:
                break
            edits.append(_joint(text, found[last].span.stop, found[following].span.start))
            whole += found[following].span.of(text)
            between += between_now
            last = following
        for number in between:
            end = found[last].span.stop
            edits += [Edit(Span(end, end), "\n" * (gap + 3)), Edit(Span(end, end), found[number].span.of(text), found[number].span)]
        i = last + 1
    return sorted(edits, key=lambda e: e.span.start)


def _continuation(text: str, found: Sequence[Paragraph], last: int, gap: int) -> tuple[list[int], int | None]:
    """What stands between paragraph `last`, which is open, and its continuation; None where there is none."""
    between: list[int] = []
    for number in range(last + 1, min(len(found), last + 5)):
        line = found[number].span.of(text)
        if is_furniture(line) or is_credit(line):
            between.append(number)
            continue
        if is_byline(line) or is_heading(line) or official_line(text, found[number].span) is not None:
            return [], None
        after = found[number + 1].span.of(text) if number + 1 < len(found) else ""
        apart = found[number].gap > gap or starts_paragraph(line)
        if is_short_sentence(line) and apart and after and _goes_on(after):
            between.append(number)
            continue
        return between, number
    return [], None


def _goes_on(line: str) -> bool:
    """Whether `line` may be the second half of a sentence."""
    return not (is_heading(line) or is_byline(line) or is_furniture(line) or starts_paragraph(line))


def _joint(text: str, start: int, stop: int) -> Edit:
    """The white space between two halves goes, or becomes one space between two Latin words."""
    latin = re.match(r"[A-Za-z]{2}", text[start - 1 : start] + text[stop : stop + 1]) is not None
    return Edit(Span(start, stop), " " if latin else "")
