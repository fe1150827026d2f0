"""Half-open ranges of code points, and the few things that one does with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, ``text[start:stop]``.

    >>> Span(2, 5).of("孟庆顺介绍道")
    '顺介绍'
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"not a span: {self.start}..{self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        """The characters of `text` under the span."""
        return text[self.start : self.stop]

    def shift(self, by: int) -> Span:
        """The same span, `by` code points further on."""
        return Span(self.start + by, self.stop + by)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside.

        >>> Span(0, 9).contains(Span(3, 9)), Span(0, 9).contains(Span(3, 10))
        (True, False)
        """
        return self.start <= other.start and other.stop <= self.stop

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point; touching is not sharing.

        >>> Span(0, 3).overlaps(Span(2, 4)), Span(0, 3).overlaps(Span(3, 4))
        (True, False)
        """
        return self.start < other.stop and other.start < self.stop


def envelop(spans: Iterable[Span]) -> Span:
    """The smallest span around all of `spans`; ValueError when there is none.

    >>> envelop([Span(4, 6), Span(1, 2)])
    Span(start=1, stop=6)
    """
    all_ = list(spans)
    if not all_:
        raise ValueError("no span to envelop")
    return Span(min(s.start for s in all_), max(s.stop for s in all_))


def inside(items: Sequence[T], whole: Span, span: Callable[[T], Span]) -> list[T]:
    """Those of `items` whose spans lie wholly inside `whole`; `items` are in the order of the starts of their spans.

    A page has thousands of numbers and thousands of sentences: asking each about each takes minutes.

    >>> inside([Span(0, 2), Span(3, 4), Span(5, 9)], Span(3, 8), lambda s: s)
    [Span(start=3, stop=4)]
    """
    first = bisect_left(items, whole.start, key=lambda item: span(item).start)
    last = bisect_left(items, whole.stop, first, key=lambda item: span(item).start)
    return [item for item in items[first:last] if span(item).stop <= whole.stop]


def resolve(items: Iterable[T], span: Callable[[T], Span]) -> tuple[T, ...]:
    """Keep a set of `items` whose spans do not overlap, in text order.

    Longer items win over shorter ones, earlier over later ones of the same length (the order of
    `items` breaks a full tie), which is maximum munch without a search.

    >>> resolve([Span(0, 2), Span(1, 5), Span(5, 6)], span=lambda s: s)
    (Span(start=1, stop=5), Span(start=5, stop=6))
    """
    kept: list[T] = []
    taken: set[int] = set()
    for item in sorted(items, key=lambda i: (-len(span(i)), span(i).start)):
        cover = range(span(item).start, span(item).stop)
        if not taken.intersection(cover):
            taken.update(cover)
            kept.append(item)
    return tuple(sorted(kept, key=lambda i: span(i).start))
