"""Quantities with what they count, whether they were reached, and when: the rows of the table of figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.extract.bases import bases
from briefing.extract.changes import origins
from briefing.extract.clauses import clauses
from briefing.extract.frames import framed, frames
from briefing.extract.reach import reaching
from briefing.extract.scopes import scopes
from briefing.extract.settled import settled
from briefing.extract.status import is_threshold, status
from briefing.extract.stretches import TITLES, Stretch, stretches
from briefing.extract.subjects import TIMES, subjects
from briefing.extract.title_status import title_status
from briefing.model import Bound, Figure, Interview, Moment, Quantity, Status
from briefing.spans import Span, inside

_BASE = re.compile(r"[比较同]$")
_MULTIPLIED = re.compile(r"(?:同期|[年月]?[末底]|全年)?的(?:近|约|超过?|不足)?[\d一二三四五六七八九十两]")
_SINCE = re.compile("以?来(?!自)|至今|起至今")
_THIS = re.compile("[今本“十]|新的一年")
_BOUNDS: Mapping[str, Bound] = {
    **dict.fromkeys(("至少", "最少", "不少于", "不低于"), "at_least"),
    **dict.fromkeys(("最多", "至多", "不超过", "最高"), "at_most"),
}
_BY = re.compile("[之以]?前(?!往|期|身|所|景|沿|列|后|置)")
"""Behind a day by which something is to be done: 首期10亿元3月底前到位."""
_AGO = re.compile("(?:多|来)?[之以]?前(?![列沿茅置])|来(?![访到自看临源华])|[之以]?后(?=[，,把将要我全])")
_WITHIN = re.compile(
    "(?:再造|投入|培[养育]|建[成设]|完成|新[建增]|实现|打造|引进|改造|减少|累计|提供|发放|解决|走完|干成|跨越?|翻)"
)
_CLAUSE = re.compile(r"[，。；：！？、“（\s]\Z|^\Z")
"""The beginning of a clause."""
_BACK = 4
_NEAR = 60
"""Code points between two numbers that may count the same without saying so."""
_PART = re.compile(r"其中")
_NEW_PERIOD = re.compile(r"[，；](?:到(?=\d{4}年)|[今明后]年|未来|下半年|全年|\d{4}年)")
"""A clause of another time, behind 其中: 其中已投产58家，今年还要投产40家."""


def figures(
    text: str,
    sentences: Sequence[Span],
    quantities: Sequence[Quantity],
    moments: Sequence[Moment],
    *,
    interviews: Sequence[Interview] = (),
    today: date | None = None,
) -> tuple[Figure, ...]:
    """One figure for each quantity that is not soft, in text order, from the sentences and the titles.

    Every span counts in `text`. A quantity outside all sentences and titles (in a caption) gives none.
    """
    found: list[Figure] = []
    parts = stretches(text, sentences, interviews, today)
    for stretch, frame in zip(parts, frames(text, parts, moments, interviews, today), strict=True):
        made = _in_stretch(text, framed(stretch, frame), quantities, moments, found, today)
        found.extend(replace(f, period=frame) if frame and not f.period and f.status == "target" else f for f in made)
    return tuple(
        replace(f, status=title_status(text, f, found, sentences, interviews)) if f.role in TITLES else f for f in found
    )


def line_status(
    text: str, quantities: Sequence[Quantity], moments: Sequence[Moment] = (), today: date | None = None
) -> tuple[Status, ...]:
    """The status of each quantity of one line, soft ones included.

    >>> from decimal import Decimal
    >>> line = "去年建成公园12个，今年将再建8个。"
    >>> at = lambda part: Span(line.index(part), line.index(part) + len(part))
    >>> one = lambda part, n: Quantity(at(part), "count", Decimal(n), Decimal(n), "exact", "个", "")
    >>> line_status(line, [one("12个", 12), one("8个", 8)])
    ('achieved', 'target')
    """
    del moments  # The words of time are read as markers of tense; a caller need not know that.
    return tuple("other" if q.kind == "soft" else status(text, q.span, today) for q in quantities)


def _in_stretch(
    text: str,
    stretch: Stretch,
    quantities: Sequence[Quantity],
    moments: Sequence[Moment],
    earlier: Sequence[Figure],
    today: date | None,
) -> list[Figure]:
    """The figures of one sentence or title, numbered after `earlier`."""
    base = stretch.span.start
    sentence = stretch.span.of(text)
    found = inside(quantities, stretch.span, lambda q: q.span)
    dated = [m.span for m in inside(moments, stretch.span, lambda m: m.span)]
    numbers = [q for q in found if q.kind != "soft" and not _only_when(text, q, dated)]
    local = [replace(q, span=q.span.shift(-base)) for q in numbers]
    made: list[Figure] = []
    compared = bases(sentence, local)
    completed = scopes(sentence, local, subjects(sentence, local))
    for quantity, here, told, against in zip(numbers, local, completed, compared, strict=True):
        subject, against = told.subject, told.base or against
        if against is not None and subject is not None and subject.contains(against):
            against = None
        period = _period(text, stretch.span, quantity, moments)
        made.append(
            Figure(
                id=f"f{len(earlier) + len(made) + 1}",
                span=stretch.span,
                quantity=_bounded(quantity, told.lead, sentence),
                subject=_understood(stretch, quantity, [*earlier[-_BACK:], *made])
                if subject is None
                else subject.shift(base),
                status=settled(
                    status(sentence, here.span, today, lean=stretch.lean), period, text, quantity.span, today
                ),
                period=period,
                speaker=stretch.speaker,
                role=stretch.role,
                part_of=_whole(text, stretch, quantity, [*earlier, *made]),
                base=None if against is None else against.shift(base),
                scope=None if told.scope is None else told.scope.shift(base),
                lead=None if told.lead is None else told.lead.shift(base),
            )
        )
    return made


def _bounded(quantity: Quantity, lead: Span | None, sentence: str) -> Quantity:
    """The quantity with the bound that a word before its verb sets: 至少上门服务|两次."""
    bound = _BOUNDS.get(lead.of(sentence)) if lead is not None else None
    if bound is None:
        return quantity
    if bound == "at_least":
        return replace(quantity, bound=bound, high=None)
    return replace(quantity, bound=bound, low=None)


def _only_when(text: str, quantity: Quantity, dated: Sequence[Span]) -> bool:
    """Whether some years only say when: 五年前的35%, 半年来, “半年账”, or in what time something is done.

    三年投入25亿元 has one figure, 用三年时间 and 历时三年 are durations.
    """
    if quantity.unit != "年":
        return False
    at = quantity.span
    if any(span.contains(at) for span in dated):
        return True  # 今明两年
    since = _AGO.match(text, at.stop)
    within = _WITHIN.match(text, at.stop) and _CLAUSE.search(text, max(0, at.start - 1), at.start)
    named = text[at.start - 1 : at.start] == "“" and "”" in text[at.stop : at.stop + 3]
    return bool(since or within or named)


def _understood(stretch: Stretch, quantity: Quantity, earlier: Sequence[Figure]) -> Span | None:
    """What a number counts whose sentence names nothing: what the one just before it counted in the same unit."""
    alike = [f for f in earlier if (f.quantity.kind, f.quantity.unit) == (quantity.kind, quantity.unit)]
    last = next((f for f in reversed(alike) if not f.part_of), None)
    if last is None or last.speaker != stretch.speaker or quantity.kind not in ("count", "measure"):
        return None
    near = 0 <= quantity.span.start - last.quantity.span.stop <= _NEAR
    same = (last.quantity.kind, last.quantity.unit) == (quantity.kind, quantity.unit)
    return last.subject if near and same and quantity.unit not in TIMES else None


def _period(text: str, sentence: Span, quantity: Quantity, moments: Sequence[Moment]) -> Moment | None:
    """The nearest moment before the number in its sentence that reaches it, else the first after it in its clause.

    A moment that only gives the base of a comparison (比2020年增长5%) is none of them. What something changes
    from has no moment but its own (由去年的58%提高到62%), and what it changes to does not share that one.
    """
    near = [m for m in inside(moments, sentence, lambda m: m.span) if not _is_base(text, m, quantity)]
    ends = [o.shift(sentence.start) for o in origins(sentence.of(text))]
    origin = next((o for o in ends if o.contains(quantity.span)), None)
    if origin is not None:
        return next((m for m in reversed(near) if origin.contains(m.span) and m.span.stop <= quantity.span.start), None)
    near = [m for m in near if not any(o.contains(m.span) for o in ends)]
    parts = [c.shift(sentence.start) for c in clauses(sentence.of(text))]
    clause = next((c for c in parts if c.overlaps(quantity.span)), sentence)
    before = [m for m in near if m.span.stop <= quantity.span.start]
    own = [m for m in near if clause.contains(m.span) and m.span.start >= quantity.span.stop]
    by = [m for m in own if _BY.match(text, m.span.stop)] or [m for m in own[:1] if m.span.start == quantity.span.stop]
    if before and not (by and before[-1].span.stop <= clause.start):
        shown = list(sentence.of(text))  # what stands in an origin is told of it alone: 由目前的31个增至36个
        for end in ends:
            shown[end.start - sentence.start : end.stop - sentence.start] = "□" * len(end)
        local = [replace(m, span=m.span.shift(-sentence.start)) for m in before]
        near_by = reaching("".join(shown), local, quantity.span.start - sentence.start)
        return None if near_by is None else before[local.index(near_by)]
    return next(iter(by or own), None)


def _is_base(text: str, moment: Moment, quantity: Quantity) -> bool:
    """Whether the moment says nothing of when the number was so: 比2020年增长5%, 是2020年的3倍, 2020年以来.

    从2020年的86亿元增加到143亿元: the year is that of the number right behind it, and of no other.
    """
    if _BASE.search(text[: moment.span.start][-1:]):
        return True
    if _SINCE.match(text, moment.span.stop) and not _THIS.match(moment.span.of(text)):
        return True
    of = _MULTIPLIED.match(text, moment.span.stop)
    return of is not None and (quantity.kind in ("multiple", "fraction") or quantity.span.start >= of.end())


def _whole(text: str, stretch: Stretch, quantity: Quantity, earlier: Sequence[Figure]) -> str:
    """The id of the figure that 其中 refers back to, or ""."""
    if quantity.kind not in ("count", "measure", "money") or is_threshold(
        stretch.span.of(text), quantity.span.shift(-stretch.span.start)
    ):
        return ""
    marks = list(_PART.finditer(text, stretch.span.start, quantity.span.start))
    if not marks:
        return ""
    mark = marks[-1].start()
    candidates = [f for f in earlier if f.quantity.span.stop <= mark and f.status != "other"]
    near = [f for f in candidates if f.span == stretch.span] or [f for f in candidates if f.span == candidates[-1].span]
    if _NEW_PERIOD.search(text, mark, quantity.span.start):
        return ""
    same = [f for f in near if f.quantity.kind == quantity.kind and f.quantity.unit == quantity.unit]
    return same[-1].id if same and not _exceeds(quantity, same[-1].quantity) else ""


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    """Whether a part is greater than its whole, so that it is none: 新增航线9条，其中国际航线6条，总数达到128条."""
    return part.low is not None and whole.high is not None and part.low > whole.high
