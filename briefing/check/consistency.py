"""Whether one source agrees with itself: headline and body, part and whole, one figure given twice.

A newspaper may err, and a brief should not carry the error on in silence. The rules are conservative: two
figures are taken for one only where subject, unit, period, speaker and status agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from briefing.check.items import dimension_of
from briefing.model import Figure, Finding, Interview, Quantity
from briefing.numerals.units import base
from briefing.spans import Span

_TITLES = frozenset({"banner", "kicker", "headline", "deck"})
_SPACE = re.compile(r"\s+")
_TRIM = re.compile(r"^(?:全年|全市|全区|全县|全省|全国|累计|共|已|将|其中|的|了|新)+|(?:的|了|达|达到|突破|超过|超)+$")
_FRAME = re.compile("计算|同比|上年|其中|以上|重大|重点|计划|总投资|死亡|受伤|伤亡")
"""Parts of subjects that tell too little: of what, where, in which accident."""
_SPECIFIC = 4
"""A subject of fewer characters is given of too many things in one text: 投资, 项目, 县市."""
_NEAR = 200
"""Characters between two figures without a period that may still be one figure."""
_PLAIN = 2
"""A subject of fewer characters than this names nothing: 个, 家."""


def within(text: str, figures: Sequence[Figure], interviews: Sequence[Interview]) -> tuple[Finding, ...]:
    """What contradicts itself in the Chinese; findings have no target, and the figure's id as unit."""
    owner = {figure.id: _owner(figure, interviews) for figure in figures}
    out = [*_parts(text, figures), *_twice(text, figures, owner)]
    return tuple(sorted(out, key=lambda f: f.source.start if f.source is not None else 0))


def _owner(figure: Figure, interviews: Sequence[Interview]) -> str:
    return next((one.id for one in interviews if one.span.contains(figure.quantity.span)), "")


def _parts(text: str, figures: Sequence[Figure]) -> list[Finding]:
    """Parts greater than their whole, in the same unit."""
    by_id = {figure.id: figure for figure in figures}
    out = []
    for part in figures:
        whole = by_id.get(part.part_of)
        if whole is None or part.quantity.kind != whole.quantity.kind or not _same_unit(part.quantity, whole.quantity):
            continue
        low, high = _least(part.quantity), _most(whole.quantity)
        if low is not None and high is not None and low > high:
            a, b = part.quantity.span.of(text), whole.quantity.span.of(text)
            message = f"{a} is given as a part of {b}, but is greater."
            out.append(Finding("N-WITHIN", "warning", part.quantity.span, None, message, part.id))
    return [*out, *_sums(text, figures, by_id)]


def _sums(text: str, figures: Sequence[Figure], by_id: dict[str, Figure]) -> list[Finding]:
    """Parts of one sentence that are more than their whole together: 139 projects, of which 50 old and 100 new."""
    parts: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.part_of in by_id and figure.quantity.bound == "exact":
            parts[figure.part_of].append(figure)
    out = []
    for whole_id, found in parts.items():
        whole = by_id[whole_id]
        limit = _most(whole.quantity)
        values = [_value(part.quantity) for part in found if _same_unit(part.quantity, whole.quantity)]
        between = text[whole.quantity.span.stop : found[-1].quantity.span.start]
        if len(values) != len(found) or len(values) < 2 or limit is None or between.count("其中") > 1:
            continue
        total = sum((value for value in values if value is not None), Decimal(0))
        if total > limit and all(value is not None and value <= limit for value in values):
            shown = ", ".join(part.quantity.span.of(text) for part in found)
            message = f"{shown} are given as parts of {whole.quantity.span.of(text)}, but are more together."
            out.append(Finding("N-WITHIN", "warning", found[-1].quantity.span, None, message, found[-1].id))
    return out


def _twice(text: str, figures: Sequence[Figure], owner: dict[str, str]) -> list[Finding]:
    """The same figure with two values: in headline and body, or twice in the body of one article."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        subject = _name(text, figure.subject)
        q = figure.quantity
        if len(subject) < _PLAIN or q.kind in ("soft", "rank", "multiple"):
            continue
        unit = q.unit if dimension_of(q.unit) == "count" else dimension_of(q.unit)
        direction = q.direction.removesuffix("_to") if q.direction in ("up", "down") else ""
        groups[owner[figure.id], subject, q.kind, unit, direction].append(figure)
    out: list[Finding] = []
    for same in groups.values():
        for n, later in enumerate(same[1:], 1):
            earlier = next((f for f in same[:n] if _one(f, later) and not _agree(f.quantity, later.quantity)), None)
            if earlier is None or any(_agree(f.quantity, later.quantity) for f in same[:n]):
                continue
            title = (earlier.role in _TITLES) != (later.role in _TITLES)
            if not title and not _close(text, earlier, later):
                continue
            a, b = earlier.quantity.span.of(text), later.quantity.span.of(text)
            what = _name(text, later.subject)
            where = "the headline and the body give" if title else "the text gives"
            message = f"For {what}, {where} both {a} and {b}."
            code = "N-HEADLINE" if title else "N-TWICE"
            out.append(Finding(code, "warning", later.quantity.span, None, message, later.id))
    return out


def _close(text: str, a: Figure, b: Figure) -> bool:
    """Whether two figures of the body are near enough to be one: a long report says 投资 of many things and years."""
    subject = _name(text, b.subject)
    if len(subject) < _SPECIFIC or _FRAME.search(subject):
        return False
    said = a.period is not None and b.period is not None
    if not said and ((a.period is None) != (b.period is None) or b.quantity.span.start - a.quantity.span.stop > _NEAR):
        return False
    first, second = _modifier(text, a), _modifier(text, b)
    return not first or not second or first == second


def _modifier(text: str, figure: Figure) -> str:
    """What stands before the subject in its clause, without words that only frame it."""
    assert figure.subject is not None
    clause = re.split("[，。；：、\\s]", text[max(0, figure.subject.start - 20) : figure.subject.start])[-1]
    return _TRIM.sub("", clause)


def _name(text: str, span: Span | None) -> str:
    """The subject as it is compared: without blanks and without words that only frame it."""
    return "" if span is None else _TRIM.sub("", _SPACE.sub("", span.of(text)))


def _one(a: Figure, b: Figure) -> bool:
    """Whether two figures of one subject claim to be the same: time, speaker and status do not set them apart."""
    if a.status != b.status or a.part_of or b.part_of:
        return False
    if a.speaker and b.speaker and a.speaker != b.speaker:
        return False
    if a.period is not None and b.period is not None and a.period.iso != b.period.iso:
        return False
    return a.span != b.span


def _same_unit(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit or (bool(dimension_of(a.unit)) and dimension_of(a.unit) == dimension_of(b.unit) != "count")


def _ends(q: Quantity) -> tuple[Decimal | None, Decimal | None]:
    def convert(value: Decimal | None) -> Decimal | None:
        return None if value is None else base(value, q.unit)[0]

    return convert(q.low), convert(q.high)


def _least(q: Quantity) -> Decimal | None:
    """What the quantity is at least; a near or at_most amount has no such end."""
    return _ends(q)[0]


def _most(q: Quantity) -> Decimal | None:
    return _ends(q)[1]


def _agree(a: Quantity, b: Quantity) -> bool:
    """Whether both may be true: hedged and rounded values (4.2亿, 4.245亿) of one figure agree."""
    first, second = _value(a), _value(b)
    if first is None or second is None or first == second:
        return True
    rough, fine = sorted((first, second), key=lambda v: len(v.normalize().as_tuple().digits))
    digits = len(rough.normalize().as_tuple().digits)
    step = Decimal(1).scaleb(rough.adjusted() - digits + 1)
    hedged = {a.bound, b.bound} != {"exact"}
    if abs(first - second) < step and (hedged or digits < len(fine.normalize().as_tuple().digits)):
        return True
    low_a, high_a = _ends(a)
    low_b, high_b = _ends(b)
    below = low_a is None or high_b is None or low_a <= high_b
    above = low_b is None or high_a is None or low_b <= high_a
    return below and above


def _value(q: Quantity) -> Decimal | None:
    low, high = _ends(q)
    return low if low is not None else high
