"""Half-open ranges of code points, and the few things that one does with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
