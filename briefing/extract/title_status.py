"""What the figure of a title is: a headline has no words of tense, but the text under it has.

A title that repeats a figure of its text is as that one. Else, where it has no plain word of tense of its own, it
follows the figures of its section that count the same, else the clear majority of its section.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefing.extract.stretches import TITLES
from briefing.extract.tense import markers
from briefing.model import Figure, Interview, Quantity, Status
from briefing.spans import Span

_PLAIN = 30
"""The weight from which a word of tense in a title stands for itself."""


def title_status(
    text: str,
    title: Figure,
    found: Sequence[Figure],
    sentences: Sequence[Span] = (),
    interviews: Sequence[Interview] = (),
) -> Status:
    """The status of a figure in a title: that of the text, else its own.

    >>> from decimal import Decimal
    >>> text = "再开航线5条\\n明年将开通国际航线3条、国内航线2条。"
    >>> def figure(part, role, status):
    ...     at = Span(text.index(part), text.index(part) + len(part))
    ...     span = Span(0, 6) if role == "subhead" else Span(7, len(text))
    ...     number = Quantity(at, "count", Decimal(part[0]), Decimal(part[0]), "exact", "条", "")
    ...     return Figure("", span, number, None, status, None, "", role)
    >>> told = (("5条", "subhead", "achieved"), ("3条", "quote", "target"), ("2条", "quote", "target"))
    >>> found = [figure(*row) for row in told]
    >>> title_status(text, found[0], found)
    'target'
    """
    article = next((i.span for i in interviews if i.span.overlaps(title.span)), Span(0, len(text)))
    body = [f for f in found if f.role not in TITLES and f.status != "other" and article.contains(f.quantity.span)]
    words = set(title.span.of(text))

    def shared(figure: Figure) -> int:
        at = figure.quantity.span
        return len(words.intersection(text[max(figure.span.start, at.start - 24) : at.stop + 8]))

    same = [f for f in body if _value(f.quantity) == _value(title.quantity)]
    if same:
        return max(same, key=shared).status
    if title.status == "other" or any(abs(m.weight) >= _PLAIN for m in markers(title.span.of(text))):
        return title.status
    section = _section(title, article, sentences, interviews)
    under = [f for f in body if section.contains(f.quantity.span)]
    nouns = _pairs(text, title)
    alike = [f for f in under if f.quantity.unit == title.quantity.unit and nouns & _pairs(text, f)]
    return _most(alike, 1) or _most(under, 2) or title.status


def _section(title: Figure, article: Span, sentences: Sequence[Span], interviews: Sequence[Interview]) -> Span:
    """What a title heads: the article, or from a subhead to the next one."""
    if title.role != "subhead":
        return article
    first = min((s.start for s in sentences if s.start >= title.span.stop), default=title.span.stop)
    heads = (t.span.start for i in interviews for t in i.turns if t.role in TITLES)
    return Span(title.span.stop, max(title.span.stop, min((h for h in heads if h > first), default=article.stop)))


def _pairs(text: str, figure: Figure) -> set[str]:
    """The pairs of Chinese characters around a figure that may name what it counts."""
    at = figure.quantity.span
    near = (text[max(figure.span.start, at.start - 24) : at.start], text[at.stop : min(at.stop + 8, figure.span.stop)])
    return {a + b for part in near for a, b in pairwise(part) if "\u4e00" <= min(a, b) <= max(a, b) <= "\u9fff"}


def _most(figures: Sequence[Figure], least: int) -> Status | None:
    """The status of two thirds of the figures, None where there is none, or fewer than `least` figures."""
    count = sum(f.status == "target" for f in figures)
    if len(figures) < least:
        return None
    if 3 * count >= 2 * len(figures):
        return "target"
    return "achieved" if 3 * count <= len(figures) else None


def _value(quantity: Quantity) -> tuple[object, ...]:
    """What a title and the body have in common that tell of one figure: 超300亿元 and 300亿元以上."""
    return (quantity.low if quantity.low is not None else quantity.high, quantity.unit)
