"""Undo what the page did to the sentences: wrapped lines, column breaks, captions in between.

The repairs are Steps, so that in the text that comes out every sentence is one contiguous span. A break
is deleted; a caption that cuts a sentence is moved behind the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

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
    runs_on,
    starts_paragraph,
    usual_gap,
    width,
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
    close = [(a, b) for a, b in pairwise(found) if b.gap == 0]
    widths = [width(a.span.of(text)) for a, _ in close]
    full = max((w for w in widths if widths.count(w) >= 2), default=0)
    near = sum(full - 4 <= w <= full + 2 for w in widths)
    if not 16 <= full <= 120 or near < 4 or near < 0.4 * len(close):
        return []
    out: list[Edit] = []
    for (a, b), cells in zip(close, widths, strict=True):
        line = a.span.of(text)
        if cells < full - 4 or b.indented or is_byline(line) or is_byline(b.span.of(text)):
            continue
        if not re.search("[，。、；：,;]", line + b.span.of(text)):
            continue  # rows of a table, lines of an advertisement
        if line[-1] in "。！？”：" and cells < full - 1:
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
        while _breaks_off(text, found, whole, last):
            between_now, following = _continuation(text, found, last, gap)
            if following is None:
                break
            edits.append(_joint(text, found[last].span.stop, found[following].span.start))
            whole += found[following].span.of(text)
            between += between_now
            last = following
        end = Span(found[last].span.stop, found[last].span.stop)
        for number in between:
            moved = found[number].span
            edits += [Edit(end, "\n" * (gap + 3)), Edit(end, moved.of(text), moved)]
        i = last + 1
    return sorted(edits, key=lambda e: e.span.start)


def _breaks_off(text: str, found: Sequence[Paragraph], whole: str, last: int) -> bool:
    """Whether the paragraph that reads `whole` so far goes on after paragraph `last`."""
    if official_line(text, found[last].span) is not None or is_byline(whole) or is_furniture(whole):
        return False
    following = found[last + 1].span.of(text) if last + 1 < len(found) else ""
    return is_open(whole) or (not re.search("[。！？”：]$", whole) and bool(following) and runs_on(whole, following))


def _continuation(text: str, found: Sequence[Paragraph], last: int, gap: int) -> tuple[list[int], int | None]:
    """What stands between paragraph `last`, which is open, and its continuation; None where there is none."""
    between: list[int] = []
    for number in range(last + 1, min(len(found), last + 5)):
        line = found[number].span.of(text)
        if is_furniture(line) or is_credit(line):
            between.append(number)
            continue
        joined = runs_on(found[last].span.of(text), line)
        if is_byline(line) or (is_heading(line) and not joined) or official_line(text, found[number].span) is not None:
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
