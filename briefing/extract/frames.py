"""The time that a plan was put under a sentence before: 明年办好三件事。一是新增床位1200张, 问：下半年抓什么？

A sentence without a time of its own is read under it, if what it tells lies ahead. Only what names a year, a half
of one or a plan can be such a time, and only where it begins a sentence, or is all that a question asks about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from briefing.extract.calendar_marks import bounds
from briefing.extract.changes import origins
from briefing.extract.clauses import fold
from briefing.extract.stretches import TITLES, Stretch, asks
from briefing.model import Interview, Moment
from briefing.spans import Span, inside

_UNDER = 20
"""What a time that was set before says of a sentence under it, in tenths of a logit."""
_YEAR = len("2025")
_OPENING = 30
"""Code points of a sentence in which the time stands that it sets, behind who says so."""
_SETS = re.compile(
    r"(?:今年|明年|本年|[上下]半年|[一二三四]季度|未来.{1,4}|今后.{1,4}|20\d\d年|“?十[五六]五”?(?:期间|时期)?)"
)
_AFTER_BASE = re.compile(r"[末底]?的?(?:基础|水平|同期)|以?来|[末底]|前")
_LATER = re.compile("下一?步|接下来|今后|未来|长远")
_ELSEWHERE = re.compile("目前|截至|已(?!有)|同比|去年|近年|长期|“?十[四五六]五|每年|年均")
"""What a sentence says that is told of no such time."""


def frames(
    text: str,
    found: Sequence[Stretch],
    moments: Sequence[Moment],
    interviews: Sequence[Interview],
    today: date | None,
) -> tuple[Moment | None, ...]:
    """For each stretch the time that it is to be read under, None where it has its own, or none was set."""
    if today is None:
        return (None,) * len(found)
    questions = sorted(t.span for i in interviews for t in i.turns if t.role == "question")
    starts = sorted({i.span.start for i in interviews})
    asked: Moment | None = None
    told: Moment | None = None
    stop = at = article = 0
    out: list[Moment | None] = []
    for stretch in found:
        between = text[stop : stretch.span.start]
        while article < len(starts) and starts[article] <= stretch.span.start:
            asked = told = None
            article += 1
        while at < len(questions) and questions[at].start < stretch.span.start:
            asked = _asked(text, questions[at], moments, today)
            at += 1
            told = None
        if "\n" in between or stretch.role in TITLES:
            told = None
        shown = fold(stretch.span.of(text))
        ends = [origin.shift(stretch.span.start) for origin in origins(stretch.span.of(text))]
        own = [m for m in inside(moments, stretch.span, lambda m: m.span) if not any(o.contains(m.span) for o in ends)]
        if stretch.role in TITLES:
            out.append(None)
        elif own:
            out.append(None)
            told = _set(text, stretch.span, own, today)
            asked = asked if asked is not None and own[-1].iso[:_YEAR] == asked.iso[:_YEAR] else None
        else:
            if _LATER.search(shown):
                asked = told = None
            frame = None if _ELSEWHERE.search(shown) else told or asked
            out.append(frame if frame is None or len(frame.iso) == _YEAR or "全年" not in shown else None)
        stop = stretch.span.stop
    return tuple(out)


def framed(stretch: Stretch, frame: Moment | None) -> Stretch:
    """The stretch, which leans to the future where it is read under a time that lies ahead."""
    return stretch if frame is None else replace(stretch, lean=stretch.lean + _UNDER)


def _ahead(moment: Moment, today: date) -> bool:
    """Whether the moment is a stretch of time that is not over."""
    ends = bounds(moment)
    return ends is not None and ends[1] > today and (ends[1] - ends[0]).days > 80


def _asked(text: str, question: Span, moments: Sequence[Moment], today: date) -> Moment | None:
    """The only time that a question names, if it lies ahead."""
    own = inside(moments, question, lambda m: m.span)
    if asks(question.of(text)) <= 0 or len(own) != 1 or not _ahead(own[0], today):
        return None
    return own[0] if _SETS.fullmatch(own[0].span.of(text)) else None


def _set(text: str, sentence: Span, own: Sequence[Moment], today: date) -> Moment | None:
    """The time that a sentence begins with and that what follows may stand under."""
    first = own[0]
    if len(own) > 1 and own[1].span.start == first.span.stop:
        return None  # 今年9月
    near = first.span.start - sentence.start <= _OPENING
    ahead = text[sentence.start : first.span.start]
    plain = _SETS.fullmatch(first.span.of(text)) and not _AFTER_BASE.match(text, first.span.stop)
    begins = re.search(r"(?:^|[，：“])$", ahead)
    return first if near and plain and begins and len(own) == 1 and _ahead(first, today) else None
