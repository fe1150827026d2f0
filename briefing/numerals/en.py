"""Numbers of an English text, read back by value, with no knowledge of who wrote it or how.

The reader goes once from left to right over the tokens. At each it tries the rules in order: verbs of
multiplication, ordinals, amounts; it joins two amounts to a range, then looks for hedges either side.
Units that a list shares (20, 30 and 50 km) are handed to its earlier parts at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from briefing.model import Bound, Quantity
from briefing.numerals import en_fractions, en_ranks, en_shapes, en_units
from briefing.numerals.en_amounts import Amount, age, amount_at, kind_of, times
from briefing.numerals.en_groups import Reading, bracketed, hedged, range_from, shared
from briefing.numerals.en_ranks import multiple, ranked
from briefing.numerals.en_soft import is_set_phrase
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, in_a_row, tokens
from briefing.numerals.en_vocabulary import words
from briefing.numerals.en_words import OPENERS, SCALES, Number
from briefing.spans import Span


def readings(text: str) -> tuple[Quantity, ...]:
    """The quantities of an English text in order, their spans counting in it.

    >>> [(str(q.low), q.unit, q.bound) for q in readings("more than 1.4 trillion yuan, up 5-6% on 2023")]
    [('1400000000000', '元', 'over'), ('5', '%', 'range')]
    """
    if len(text) < _LONG:
        return _readings(text)
    out: list[Quantity] = []
    start = 0
    for row in _ROW.finditer(text):
        first, last = text.index(", ", row.start() + _EDGE), text.rindex(", ", row.start(), row.end() - _EDGE)
        middle = Span(first + 2, last + 2)
        out += _moved(_readings(text[start : middle.start]), start)
        out += _plain_row(text, middle)
        start = middle.stop
    return (*out, *_moved(_readings(text[start:]), start))


_LONG = 2000
"""Characters of a text in which long rows are looked for."""
_ROW = re.compile(r"(?:(?<![\d.,])[0-9]{3}, |(?<![\d.,])[0-9]{2}, |(?<![\d.,])[0-9], ){200,}")
"""A long row of small numbers: each is a plain count, whatever stands at its ends."""
_EDGE = 120
"""Characters at either end of such a row that are read with what is beside it; cut where a number ends."""
_SMALL = re.compile(r"[0-9]+")


def _plain_row(text: str, middle: Span) -> list[Quantity]:
    values: dict[str, Decimal] = {}
    out = []
    for found in _SMALL.finditer(text, middle.start, middle.stop):
        value = values.setdefault(found[0], Decimal(found[0]))
        out.append(Quantity(Span(*found.span()), "count", value, value, "exact", "", "en.count", ""))
    return out


def _moved(found: Iterable[Quantity], by: int) -> Iterator[Quantity]:
    """The quantities of a piece, as spans of the whole text."""
    for q in found:
        yield replace(q, span=Span(q.span.start + by, q.span.stop + by)) if by else q


def _readings(text: str) -> tuple[Quantity, ...]:
    items = tokens(text)
    mask = en_shapes.outside(items, text)
    found: list[Reading] = []
    index = floor = 0
    while index < len(items):
        reading = _read(items, index, floor, mask) if not mask[index] and _may_open(items[index]) else None
        if reading is None:
            index += 1
            continue
        if reading.rule:
            found.append(reading)
        index = floor = max(reading.stop, index + 1)
    return tuple(_quantity(items, reading) for reading in bracketed(items, shared(items, found)))


@cache
def _openers() -> frozenset[str]:
    """The words and signs that a quantity may begin with."""
    signs = frozenset({"minus", "negative", "-", "m"}) | en_units.opening_signs()
    return signs | OPENERS | en_ranks.OPENERS | en_fractions.OPENERS


def _may_open(token: Token) -> bool:
    """Whether a quantity may begin with the token: a cheap test before the rules."""
    return token.kind == "number" or token.low in _openers() or token.low.endswith("fold")


def _quantity(items: Sequence[Token], reading: Reading) -> Quantity:
    span = Span(items[reading.start].start, items[reading.stop - 1].stop)
    low = _plain(reading.low)
    return Quantity(
        span,
        reading.kind,
        low,
        low if reading.high is reading.low else _plain(reading.high),
        reading.bound,
        reading.unit,
        reading.rule,
        reading.direction,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros after the point that a multiplication leaves: 1400000000000.0."""
    if value is None:
        return None
    return (
        value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < 10**27 else value.normalize()
    )


def _read(items: Sequence[Token], index: int, floor: int, mask: bytearray) -> Reading | None:
    """The reading that begins at token `index`; one without a rule stands for tokens to be passed over."""
    if in_a_row(items, index):
        value = items[index].value
        return Reading(
            index, index + 1, index, index + 1, "count", value, value, "exact", "", "en.count", open=True
        )  # fmt: skip
    special = multiple(items, index) or ranked(items, index)
    if special is not None:
        value, stop = special.value, special.stop
        base = Reading(
            index, stop, index, stop, special.kind, value, value, "exact", special.unit, special.rule,
            direction=special.direction,
        )  # fmt: skip
        if special.kind == "multiple":
            return hedged(items, base, floor)
        if special.rule == "en.top":
            return replace(base, low=None, bound="at_most")
        return _rank_range(items, base, floor) if special.unit or special.rule == "en.ordinal" else base
    first = amount_at(items, index, mask)
    if first is None:
        return None
    both = range_from(items, first, floor, mask)
    return both if both is not None else _single(items, first, floor)


def _rank_range(items: Sequence[Token], first: Reading, floor: int) -> Reading:
    """between the tenth and the fifteenth: places from one to another; `first` where there is no second."""
    opened = first.core - 1 - (at(items, first.core - 1) == "the")
    if at(items, opened) != "between" or opened < floor or at(items, first.stop) != "and":
        return first
    second = ranked(items, first.stop + 1 + (at(items, first.stop + 1) == "the"))
    if second is None or first.low is None or not first.low < second.value:
        return first
    leader = first.unit or second.unit
    kind = first.kind if first.unit or not second.unit else second.kind
    return replace(first, start=opened, stop=second.stop, kind=kind, high=second.value, bound="range", unit=leader)


def _single(items: Sequence[Token], amount: Amount, floor: int) -> Reading | None:
    """One amount: count, measure, share; "" as rule where it is a phrase that is no quantity."""
    found = amount.number
    repeated = times(items, amount)
    if amount.unit is None and repeated is None and _is_no_quantity(items, amount):
        return Reading(amount.start, found.stop, amount.start, found.stop, "soft", None, None, "exact", "", "")
    kind, unit = kind_of(amount)
    rule = f"en.{kind}"
    low: Decimal | None = amount.value
    high: Decimal | None = amount.value
    bound: Bound = "exact"
    if found.high is not None:
        high, bound = found.high, "range"
    stop = amount.stop
    if repeated is not None:
        kind, unit, stop = repeated
        rule = f"en.{kind}"
    elif kind == "count" and age(items, amount):
        kind, unit, rule = "measure", "岁", "en.age"
    elif (found.style == "words" and found.value == 1 and at(items, found.stop) in HYPHENS) or (
        kind == "count" and is_set_phrase(items, amount.start, stop, found)
    ):
        kind, rule = "soft", "en.set-phrase"
    bare = at(items, found.start) in SCALES and at(items, found.start + 1) in HYPHENS
    if bound == "exact" and kind == "money" and (bare or _is_class(items, stop)):
        bound, high = "at_least", None
        stop += 1 + (at(items, stop) in HYPHENS) if _is_class(items, stop) else 0
    core = Reading(
        amount.start, stop, amount.start, stop, kind, low, high, bound, unit, rule, found.scale,
        amount.unit is None and repeated is None and kind == "count" and found.style in {"digits", "words"},
    )  # fmt: skip
    return hedged(items, core, floor)


def _is_class(items: Sequence[Token], index: int) -> bool:
    """100-billion-yuan-level, 10-billion-yuan class: 百亿级 is at least as much."""
    return at(items, index + (at(items, index) in HYPHENS)) in words("classes")


def _is_no_quantity(items: Sequence[Token], amount: Amount) -> bool:
    """one of, one another, half-finished, three-dimensional, zero-carbon, the one that."""
    found = amount.number
    after = at(items, found.stop)
    if found.style == "fraction":
        bare = found.stop - found.start == 1 and at(items, found.start) == "half"
        return bare and (
            (after in HYPHENS and adjacent(items, found.stop))
            or at(items, found.start - 1)
            in {"first", "second", "latter", "other", "former", "in", "upper", "lower", "the", "better", "-"}
            or after in {"year", "day", "hour", "yearly"}
        )
    if found.style != "words" or found.stop - found.start > 1:
        return False
    hyphened = after in HYPHENS and adjacent(items, found.stop) and adjacent(items, found.stop + 1)
    if at(items, found.start - 1) in HYPHENS and adjacent(items, found.start):
        return True
    if found.value == 0:
        return hyphened
    if found.value == 1:
        return (
            hyphened
            or after in words("after_pronoun")
            or after.endswith("'s")
            or at(items, found.start - 1) in words("before_pronoun")
            or _ends_clause(items, found)
        )
    return hyphened and at(items, found.stop + 1) in words("shapes")


def _ends_clause(items: Sequence[Token], found: Number) -> bool:
    """the local one: "one" after a describing word and before a stop stands for a noun."""
    before = items[found.start - 1] if found.start else None
    after = items[found.stop] if found.stop < len(items) else None
    if before is None or before.kind != "word" or before.low in words("before_number"):
        return False
    return after is None or after.low in {".", ",", ";", ":", "?", "!", ")"}
