"""Cutting a unit of translation: into sentences, the lines of a headline, clauses, and what an engine can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from briefing.spans import Span
from briefing.translate.placeholders import MAX_PER_KIND, Candidate

MAX_CHUNK = 70
"""Characters of masked Chinese that the embedded model is given at a time."""
_BLANK = re.compile(r"(?<=[\u3400-\u9fff”’）%])[ \u3000\n]+(?=[\u3400-\u9fff“‘\d])|\s*[·|｜]\s*")
_SENTENCE_END = re.compile(r"[。！？]+[”’」』）)]*")
_STOP = re.compile(r"[。！？；!?;]+[”’」』）)]*|[，,：:、]")
_LEAST = 4
"""Code points of a clause that is composed by itself."""


def sentences(text: str, span: Span, candidates: Sequence[Candidate]) -> list[Span]:
    """The sentences in `span`, each with the quotation mark behind it."""
    inside = [c.span for c in candidates if span.contains(c.span)]
    ends = [m.end() for m in _SENTENCE_END.finditer(text, span.start, span.stop)]
    ends = [e for e in ends if e < span.stop and not any(s.start < e < s.stop for s in inside)]
    return [Span(a, b) for a, b in zip([span.start, *ends], [*ends, span.stop], strict=True) if text[a:b].strip()]


def lines(text: str, span: Span, candidates: Sequence[Candidate]) -> list[Span]:
    """The lines of a headline, which are set off by blanks, and the parts of a banner."""
    inside = [c.span for c in candidates if span.contains(c.span)]
    breaks = [m.span() for m in _BLANK.finditer(text, span.start, span.stop)]
    breaks = [(a, b) for a, b in breaks if not any(s.start < b and a < s.stop for s in inside)]
    starts, stops = [span.start, *(b for _, b in breaks)], [*(a for a, _ in breaks), span.stop]
    parts = [Span(a, b) for a, b in zip(starts, stops, strict=True) if text[a:b].strip()]
    return parts if all(len(part) >= 4 for part in parts) else [span]


def cut(text: str, span: Span, candidates: Sequence[Candidate], marks: str) -> list[Span]:
    """`span` cut behind each of the `marks` that stands in no candidate, quotation or bracket.

    >>> line = "去年增长5%；今年（一、二月）增长6%，更快。"
    >>> [part.of(line) for part in cut(line, Span(0, len(line)), (), "；")]
    ['去年增长5%；', '今年（一、二月）增长6%，更快。']
    """
    inside = [c.span for c in candidates if span.contains(c.span)]
    stops: list[int] = []
    depth = 0
    for at in range(span.start, span.stop - 1):
        depth += (text[at] in "（(《“‘") - (text[at] in "）)》”’")
        if text[at] in marks and depth == 0 and not any(s.start <= at < s.stop for s in inside):
            stops.append(at + 1)
    found = [Span(a, b) for a, b in zip([span.start, *stops], [*stops, span.stop], strict=True)]
    return found if all(len(part) >= _LEAST for part in found) else [span]


def together(parts: Sequence[Span], known: Collection[Span]) -> list[Span]:
    """`parts` with neighbours that are not `known` joined again, so that an engine sees them whole.

    >>> together([Span(0, 4), Span(4, 8), Span(8, 12)], {Span(0, 4)})
    [Span(start=0, stop=4), Span(start=4, stop=12)]
    """
    out: list[Span] = []
    for part in parts:
        if out and part not in known and out[-1] not in known:
            out[-1] = Span(out[-1].start, part.stop)
        else:
            out.append(part)
    return out


def split(text: str, span: Span, candidates: Sequence[Candidate], *, smallest: bool = False) -> list[Span]:
    """Cut `span` into chunks of at most MAX_CHUNK characters and nine slots of a kind, at punctuation.

    With `smallest` it is cut at every comma and semicolon. A cut never falls inside a candidate, a
    number, or a bracket; a stretch without punctuation is not cut.
    """
    inside = [c.span for c in candidates if span.contains(c.span)]
    cuts: list[int] = []
    depth = 0
    at = span.start
    for match in _STOP.finditer(text, span.start, span.stop):
        opened = text[at : match.start()]
        depth = max(0, depth + sum(opened.count(c) for c in "（(《") - sum(opened.count(c) for c in "）)》"))
        at = match.start()
        strong = match.group()[0] in "。！？；!?;"
        if depth or (match.group() in "：:、" and (smallest or match.group() == "、")):
            continue
        if any(s.start < match.end() <= s.stop - 1 for s in inside):
            continue
        if match.group() == "," and match.start() and text[match.start() - 1].isdigit():
            continue
        if strong or match.group() in "，,：:":
            cuts.append(match.end())
    pieces = [Span(a, b) for a, b in zip([span.start, *cuts], [*cuts, span.stop], strict=True) if text[a:b].strip()]
    if smallest:
        return pieces or [span]
    chunks: list[Span] = []
    for piece in pieces:
        if chunks and _fits(text, Span(chunks[-1].start, piece.stop), candidates):
            chunks[-1] = Span(chunks[-1].start, piece.stop)
        else:
            chunks.append(piece)
    return chunks or [span]


def _fits(text: str, span: Span, candidates: Sequence[Candidate]) -> bool:
    inside = [c for c in candidates if span.contains(c.span)]
    length = len(span) - sum(len(c.span) - 2 for c in inside)
    count = Counter(c.kind for c in inside)
    sentence_end = re.search(r"[。！？]”?(?=.)", span.of(text)[:-1])
    return length <= MAX_CHUNK and max(count.values(), default=0) <= MAX_PER_KIND and sentence_end is None
