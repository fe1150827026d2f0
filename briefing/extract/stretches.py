"""The stretches of text that may state a figure or a pledge, each with its speaker, role and context.

A sentence without a word of tense is read as its surroundings are: after 工作安排 it promises, after
工作回顾 it reports, and among sentences that promise it promises too. That is `Stretch.lean`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.extract.status import evidence
from briefing.lexicon import body_of
from briefing.model import Interview, Role
from briefing.spans import Span

TITLES: frozenset[Role] = frozenset({"headline", "deck", "subhead"})
_REPORT = re.compile(r"工作回顾|回顾过去|^\s*[一二三四五六七八九十]+、.*(?:成就|成效|成绩|完成情况|主要工作$)")
_PLAN = re.compile(
    r"工作安排|目标任务|重点工作|总体要求|预期目标|工作的?建议|工作打算|主要任务|工作部署|[今明]年.{0,4}工作(?!报告)"
)
_GOALS = re.compile(r"[^，。]{0,24}(?:预期目标|工作的?总体?要求)[^，。]{0,4}[是为：:]")
"""The sentence with which a plan begins where no heading says so."""
_GOES_ON = re.compile(r"[“\s]*其中")
_SECTION_LEAN = 50
"""What a heading says of the sentences under it, in tenths of a logit."""
_SECTION = 40
"""Code points: a longer stretch is no heading."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a title."""

    span: Span
    role: Role = "narration"
    speaker: str = ""
    place: str = ""
    body: str = ""
    """The body that the speaker heads: 云河港集团, "" where he speaks for a division."""
    lean: int = 0
    """What its surroundings say of its tense: positive in a plan, negative in a report."""


def stretches(
    text: str, sentences: Sequence[Span], interviews: Sequence[Interview] = (), today: date | None = None
) -> tuple[Stretch, ...]:
    """All sentences and the titles of `interviews`, in text order, with their context."""
    found = [_placed(span, interviews) for span in sentences]
    known = {s.span for s in found}
    for interview in interviews:
        for turn in interview.turns:
            if turn.role in TITLES and not any(turn.span.overlaps(span) for span in known):
                speaker = turn.speaker or _only(interview)
                found.append(Stretch(turn.span, turn.role, speaker, interview.place, _body(interview, speaker)))
    found.sort(key=lambda s: s.span)
    return tuple(_leaning(text, found, today))


def _placed(span: Span, interviews: Sequence[Interview]) -> Stretch:
    """The sentence with the speaker and the role of the turn that it stands in."""
    for interview in interviews:
        if interview.span.contains(span):
            turn = next((t for t in interview.turns if t.span.overlaps(span)), None)
            role: Role = turn.role if turn is not None else "narration"
            said = turn is not None and role in ("narration", "quote")
            speaker = turn.speaker if turn is not None and said else (turn and turn.speaker) or _only(interview)
            return Stretch(span, role, speaker, interview.place, _body(interview, speaker))
    return Stretch(span)


def _body(interview: Interview, speaker: str) -> str:
    """The body in the title of the speaker, where the article is not about a division."""
    title = "" if interview.place else next((p.title for p in interview.people if p.name == speaker), "")
    return body_of(title)


def _only(interview: Interview) -> str:
    """The name of the person that the article is about, "" where there are several."""
    return interview.people[0].name if len(interview.people) == 1 else ""


def _leaning(text: str, found: Sequence[Stretch], today: date | None) -> Iterable[Stretch]:
    """The same stretches with `lean`: the section that they stand in, and their neighbours on both sides."""
    own = [_clip(evidence(s.span.of(text), Span(len(s.span), len(s.span)), today)) for s in found]
    section = before = 0
    for order, stretch in enumerate(found):
        line = stretch.span.of(text)
        title = len(line) <= _SECTION and not line.rstrip().endswith(("。", "！", "？", "”", "；"))
        if title:
            if _REPORT.search(line):
                section, before = -_SECTION_LEAN, 0
            elif _PLAN.search(line):
                section, before = _SECTION_LEAN, 0
        elif _GOALS.match(line):
            section = _SECTION_LEAN
        after = own[order + 1] if order + 1 < len(found) else 0
        if _GOES_ON.match(line):
            lean = section + before
        elif title or stretch.role in TITLES:
            lean = section + after * 4 // 5
        else:
            lean = section + before * 2 // 5 + after // 5
        yield replace(stretch, lean=lean)
        before = _clip(own[order] + lean)


def _clip(value: int) -> int:
    return max(-30, min(30, value))
