"""Clauses of a Chinese sentence, and the one-to-one folding under which cues are looked up."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.spans import Span

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BREAK = re.compile(r"(?<!\d),|,(?!\d{3})|[;!?\n。]|:(?!\d)|(?<=[一-鿿”])\s+(?!(?<=[上下]\s)半年)(?=[一-鿿“])")
_PAIRS = {"“": "”", "‘": "’"}


def fold(text: str) -> str:
    """`text` with full-width forms made half-width, of the same length, so that spans stay valid.

    >>> fold("增长５．２％，达３０家")
    '增长5.2%,达30家'
    """
    return text.translate(_FULL_WIDTH)


@lru_cache(maxsize=256)
def clauses(sentence: str) -> tuple[Span, ...]:
    """The stretches between commas, colons and full stops; a comma inside a number does not part them.

    White space between two Chinese words parts them too: so titles put two statements on one line.
    The enumeration comma 、 parts nothing: what it joins shares one verb.

    >>> text = "新建学校12所，改扩建1,200间教室；年内开工。"
    >>> [span.of(text) for span in clauses(text)]
    ['新建学校12所', '改扩建1,200间教室', '年内开工']
    """
    folded = fold(sentence)
    found: list[Span] = []
    start = 0
    for match in _BREAK.finditer(folded):
        found.append(Span(start, match.start()))
        start = match.end()
    found.append(Span(start, len(folded)))
    return tuple(span for part in found if len(span := _strip(folded, part)))


def _strip(text: str, span: Span) -> Span:
    """The span without white space at its ends, and without a quotation mark there whose partner is outside."""
    start, stop = span.start, span.stop
    while start < stop:
        first, last = text[start], text[stop - 1]
        if first.isspace() or first in "”’" or (first in _PAIRS and _PAIRS[first] not in text[start:stop]):
            start += 1
        elif last.isspace() or last in _PAIRS or (last in "”’" and _opening(last) not in text[start:stop]):
            stop -= 1
        else:
            break
    return Span(start, stop)


def _opening(mark: str) -> str:
    return next(opening for opening, closing in _PAIRS.items() if closing == mark)
