"""From what was read to what the grammars read, as steps that can be replayed and traced back.

A Step holds the edits of one pass, sorted, none overlapping, each a span of the pass's input and what
stands there afterwards. ``replay(raw, steps) == text`` for every Issue, and `to_raw` finds for a span of
the text the span of the raw source that it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from briefing.model import Block, Edit, Issue, Step
from briefing.script import changes
from briefing.spans import Span, envelop

_FULL = re.compile("[０-９Ａ-Ｚａ-ｚ％]|(?<=[０-９0-9])[．－～](?=[０-９0-9])")
_FOLD = {ord(c): ord(c) - 0xFEE0 for c in map(chr, range(0xFF01, 0xFF5F))}
_PASSES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("line_ends", re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]"), lambda m: "\n"),
    ("invisible", re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]"), lambda m: ""),
    ("full_width", _FULL, lambda m: m.group().translate(_FOLD)),
    ("spaces", re.compile("[\t\u00a0\u2000-\u200a\u202f\u3000]"), lambda m: " "),
    ("line_ends_bare", re.compile("(?m) +$"), lambda m: ""),
)
_SCRIPT = "simplified"
"""The rule of the step that makes traditional characters simplified."""


def apply(step: Step, text: str) -> str:
    """The output of `step` on its input `text`.

    >>> apply(Step("x", (Edit(Span(1, 2), "BB"), Edit(Span(3, 3), "!"))), "abc")
    'aBBc!'
    """
    out: list[str] = []
    at = 0
    for edit in step.edits:
        out += [text[at : edit.span.start], edit.text]
        at = edit.span.stop
    return "".join([*out, text[at:]])


def replay(raw: str, steps: Iterable[Step]) -> str:
    """`raw` after all `steps`."""
    for step in steps:
        raw = apply(step, raw)
    return raw


def normalise(raw: str) -> tuple[str, tuple[Step, ...]]:
    """The normalised text and its steps: line ends, invisible characters, full-width digits and letters, spaces.

    Chinese punctuation stays; so do ① and ㎡, which are no digits. Traditional lines become simplified, character by
    character, as the last step: `printed` has them as they were.

    >>> normalise("增长３．５％，\\r\\n　其中①")[0]
    '增长3.5%，\\n 其中①'
    """
    steps: list[Step] = []
    text = raw
    for rule, pattern, replacement in _PASSES:
        edits = tuple(Edit(Span(*m.span()), replacement(m)) for m in pattern.finditer(text))
        if edits:
            steps.append(Step(rule, edits))
            text = apply(steps[-1], text)
    edits = tuple(Edit(Span(start, stop), other, Span(start, stop)) for start, stop, other in changes(text))
    if edits:
        steps.append(Step(_SCRIPT, edits))
        text = apply(steps[-1], text)
    return text, tuple(steps)


def printed(issue: Issue) -> str:
    """`issue.text` in the script of its source: of the same length, so that every span of the text holds in it.

    >>> raw = "總經費約五億元。"
    >>> issue = Issue("a", None, "a", raw, *normalise(raw))
    >>> issue.text, printed(issue)
    ('总经费约五亿元。', '總經費約五億元。')
    """
    if not any(step.rule == _SCRIPT for step in issue.steps):
        return issue.text
    text = issue.raw
    for step in issue.steps:
        if step.rule != _SCRIPT:
            text = apply(Step(step.rule, tuple(_moved(edit, text) for edit in step.edits)), text)
    return text


def _moved(edit: Edit, text: str) -> Edit:
    """The edit with what it moves taken from `text`."""
    whole = edit.origin is not None and len(edit.origin) == len(edit.text)
    return replace(edit, text=edit.origin.of(text)) if whole and edit.origin is not None else edit


def to_raw(issue: Issue, span: Span) -> Span:
    """The part of `issue.raw` that the characters under `span` of `issue.text` came from.

    Where an edit lies inside, the part is widened to all that it replaced; moved characters lead to where
    they were taken from.
    """
    for step in reversed(issue.steps):
        span = back(step, span)
    return span


def blocks(issue: Issue, span: Span) -> tuple[Block, ...]:
    """The blocks that the characters under `span` of `issue.text` stand in, in the order of the source."""
    raw = to_raw(issue, span)
    first = max(0, bisect_right(issue.blocks, raw.start, key=lambda block: block.span.start) - 1)
    last = bisect_right(issue.blocks, max(raw.start, raw.stop - 1), key=lambda block: block.span.start)
    return tuple(b for b in issue.blocks[first:last] if b.span.overlaps(raw))


def place(issue: Issue, span: Span) -> tuple[int, tuple[float, float, float, float] | None] | None:
    """The page and the box in which `span` of `issue.text` begins; None where the source shows no pages.

    A span that runs over into another column begins in the first of its `blocks`.
    """
    found = blocks(issue, span)
    return (found[0].page, found[0].box) if found and found[0].page else None


def back(step: Step, span: Span) -> Span:
    """The span of the input of `step` that `span` of its output came from.

    >>> back(Step("x", (Edit(Span(1, 3), ""),)), Span(0, 2))
    Span(start=0, stop=4)
    """
    begins, ends = _outputs(step.edits)
    first = _origin(step.edits, begins, ends, span.start)
    if not len(span):
        return Span(first.start, first.start)
    return envelop([first, _origin(step.edits, begins, ends, span.stop - 1)])


def _outputs(edits: Sequence[Edit]) -> tuple[list[int], list[int]]:
    """Where in the output the text of each edit begins, and where it ends."""
    moved = accumulate((len(e.text) - len(e.span) for e in edits), initial=0)
    begins = [e.span.start + by for e, by in zip(edits, moved, strict=False)]
    return begins, [b + len(e.text) for b, e in zip(begins, edits, strict=True)]


def _origin(edits: Sequence[Edit], begins: Sequence[int], ends: Sequence[int], at: int) -> Span:
    """What the character at `at` of the output came from."""
    index = bisect_right(begins, at) - 1
    if index < 0:
        return Span(at, at + 1)
    edit = edits[index]
    if at >= ends[index]:
        start = edit.span.stop + at - ends[index]
        return Span(start, start + 1)
    if edit.origin is not None and len(edit.origin) == len(edit.text):
        start = edit.origin.start + at - begins[index]
        return Span(start, start + 1)
    return edit.origin or edit.span
