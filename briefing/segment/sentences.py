"""Sentences: cut at full stops, closing quotation marks kept with what they close, nothing lost but spaces."""

from __future__ import annotations

import re

from briefing.spans import Span

_END = re.compile(r"(?:[。！？!?]+|…{2,}|(?<=[\u4e00-\u9fff%”）)])\.(?![A-Za-z0-9.])\x22?)[”’」』）)】》]*")
_SPEECH_AFTER = re.compile(r"[\u3400-\u9fff]{0,12}(?:说|道|表示|介绍|指出|强调|认为|告诉记者|坦言|透露)")
_BULLET = re.compile(r"(?:[■□●○◎◆◇▲△▶►▷★☆※♦✓✔☑✅❶-❿➊-➓⭐☀-⛿✀-➿←-⇿⌀-⏿\U0001f000-\U0001faff\ufe0f\u200d\u20e3]\s*)+")
"""Marks and emoji at the beginning of a line, which are no part of the sentence."""
MAX_SENTENCE = 400
"""Code points; a longer one is cut at semicolons."""


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of `text` under `span`, without white space at their ends.

    A quotation that is followed by its speaker stays with him: “……。”孟庆顺介绍道。 is one sentence where the
    quotation itself is one.

    >>> line = "增长7.5%。“我们有信心。”他说。好！"
    >>> [s.of(line) for s in sentences(line, Span(0, len(line)))]
    ['增长7.5%。', '“我们有信心。”他说。', '好！']
    """
    cuts: list[int] = []
    depth = 0
    at = span.start
    for match in _END.finditer(text, span.start, span.stop):
        passed = text[at : match.end()]
        depth = max(0, depth + sum(passed.count(c) for c in "（《") - sum(passed.count(c) for c in "）》"))
        at = match.end()
        inside = match.group()[-1] in "）】》)" and re.match("[\u3400-\u9fff]", text[at : min(at + 1, span.stop)])
        if depth or inside or (match.group()[-1] in '”’」』"' and _SPEECH_AFTER.match(text, match.end(), span.stop)):
            continue
        cuts.append(match.end())
    out: list[Span] = []
    for start, stop in zip([span.start, *cuts], [*cuts, span.stop], strict=True):
        out += _trimmed(text, Span(start, stop))
    return tuple(out)


def _trimmed(text: str, span: Span) -> list[Span]:
    piece = span.of(text)
    bare = piece.strip()
    if not bare:
        return []
    start = span.start + len(piece) - len(piece.lstrip())
    if (mark := _BULLET.match(bare)) and mark.end() < len(bare):
        start, bare = start + mark.end(), bare[mark.end() :]
    whole = Span(start, start + len(bare))
    if len(whole) <= MAX_SENTENCE or not re.search("[；;]", bare[:-1]):
        return [whole]
    cuts = [start + m.end() for m in re.finditer("[；;]+”?", bare[:-1])]
    parts = [Span(a, b) for a, b in zip([whole.start, *cuts], [*cuts, whole.stop], strict=True)]
    return [p for p in parts if p.of(text).strip()]
