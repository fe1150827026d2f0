"""The stretches of text that may state a figure or a pledge, each with its speaker, role and context.

A sentence without a word of tense is read as its surroundings are: after 工作安排 it promises, after
工作回顾 it reports, and among sentences that promise it promises too. That is `Stretch.lean`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from briefing.extract.status import evidence
from briefing.lexicon import body_of, division_of, named
from briefing.model import Interview, Role
from briefing.spans import Span

TITLES: frozenset[Role] = frozenset({"headline", "deck", "subhead"})
_ASKS_AHEAD = re.compile(
    r"明年|下一?步|今后|未来|接下来|打算|计划|目标|下半年|有(?:什么|哪些|何|怎样的)新?的?(?:举措|安排|考虑|部署|规划|思路)"
    r"|(?:今年|新的一年|20\d\d年|新年|开局)[^。？?]{0,24}(?:怎么|如何|哪些|什么|怎样|举措|安排|思路|部署|发力)|怎么干|将(?:如何|怎样|从哪)|会带来(?:哪些|什么)"
)
_ASKS_BACK = re.compile(
    r"去年|过去|成绩|成效|成果|进展|亮点|答卷|回顾|取得|做了|情况(?:如何|怎|是)|近年|以来|[上前][半一三]"
)
_ASKS_NOW = re.compile(
    "(?:压力|困难|挑战|问题|短板|难点|堵点|不足|机遇)(?!如何|怎|将|，?[^。]{0,10}(?:怎么|如何|举措|打算|应对|解决))"
)
"""What a question asks for: plans, or what was done, or how things stand."""
_ASKED_LEAN = 30
"""What a question says of its answer, in tenths of a logit."""
_RUN_IN = re.compile(
    r"(?:[一二三四五六七八九]是|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.]|[^\w“‘])?"
    r"(?![^。]*(?:将|要|力争|确保|我们|计划|拟|说))[^，。；：！？“”‘’\d]{2,14}。$"
)
"""A sentence that heads the paragraph that it begins: 壮大富民产业。"""
_MEASURED = re.compile("同比|环比|创[^，。]{0,6}新高|居全[国省市区县]第")
_AIMED = re.compile("力争|左右|以上|将|目标|预期|确保|争取|计划|不低于|不少于")
"""How a sentence reports, and what shows that it does not, whatever its section."""
_ITEM = re.compile("[一二三四五六七八九]是")
_TURNS = re.compile(r"[“\s]*(?:今年|下一?步|接下来|今后|未来|明年|展望|面向|我们[要将])")
"""How the first sentence of the plans begins: what stands before it is none of them."""
_REPORT = re.compile(r"工作回顾|回顾过去|^\s*[一二三四五六七八九十]+、.*(?:成就|成效|成绩|完成情况|主要工作$)")
_PLAN = re.compile(
    r"工作安排|目标任务|重点(?:工作|任务|安排)|任务清单|民生实事|工作思路|奋斗目标|总体要求|预期目标|工作的?建议|工作打算|主要任务|工作部署|[今明]年.{0,4}工作(?!报告)"
)
_GOALS = re.compile(r"[^，。]{0,24}(?:预期目标|工作的?总体?要求)[^，。]{0,4}[是为：:]")
"""The sentence with which a plan begins where no heading says so."""
_GOES_ON = re.compile(r"[“\s]*其中")
_SECTION_LEAN = 50
"""What a heading says of the sentences under it, in tenths of a logit."""
_SPEAKER = re.compile(r"(?:^|\n)[ \u3000]*[\u4e00-\u9fff·]{1,14}[：:]$")
"""The label of the one who speaks, before the first sentence of a paragraph."""
_LABEL = 20
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
    heads: bool = False
    """Whether it only heads the paragraph that it begins: 壮大富民产业。"""


def stretches(
    text: str, sentences: Sequence[Span], interviews: Sequence[Interview] = (), today: date | None = None
) -> tuple[Stretch, ...]:
    """All sentences and the titles of `interviews`, in text order, with their context."""
    found = [_placed(text, span, interviews) for span in sentences]
    known = {s.span for s in found}
    for interview in interviews:
        for turn in interview.turns:
            if turn.role in TITLES and not any(turn.span.overlaps(span) for span in known):
                speaker = turn.speaker or _only(interview)
                found.append(Stretch(turn.span, turn.role, speaker, interview.place, _body(interview, speaker)))
    found.sort(key=lambda s: s.span)
    return tuple(_leaning(text, found, interviews, today))


@lru_cache(maxsize=64)
def _titles(text: str, span: Span) -> tuple[tuple[str, str], ...]:
    """Who is named with an office in an article: somebody else than its officials may be quoted."""
    shown = span.of(text)
    return tuple((n.name.of(shown), n.title.of(shown)) for n in named(shown) if n.title is not None)


def _placed(text: str, span: Span, interviews: Sequence[Interview]) -> Stretch:
    """The sentence with the speaker and the role of the turn that it stands in."""
    for interview in interviews:
        if interview.span.contains(span):
            turn = next((t for t in interview.turns if t.span.overlaps(span)), None)
            role: Role = turn.role if turn is not None else "narration"
            said = turn is not None and role in ("narration", "quote")
            speaker = turn.speaker if turn is not None and said else (turn and turn.speaker) or _only(interview)
            if speaker and interview.people and all(speaker != person.name for person in interview.people):
                title = next((t for t in _titles(text, interview.span) if t[0] == speaker), ("", ""))[1]
                place = division_of(title)
                return Stretch(span, role, speaker, place, "" if place else body_of(title))
            return Stretch(span, role, speaker, interview.place, _body(interview, speaker))
    return Stretch(span)


def _body(interview: Interview, speaker: str) -> str:
    """The body in the title of the speaker, where the article is not about a division."""
    title = "" if interview.place else next((p.title for p in interview.people if p.name == speaker), "")
    return body_of(title)


def _only(interview: Interview) -> str:
    """The name of the person that the article is about, "" where there are several."""
    return interview.people[0].name if len(interview.people) == 1 else ""


def _leaning(
    text: str, found: Sequence[Stretch], interviews: Sequence[Interview], today: date | None
) -> Iterable[Stretch]:
    """The same stretches with `lean`: their section, what was asked, and their neighbours on both sides."""
    own = [_clip(evidence(s.span.of(text), Span(len(s.span), len(s.span)), today)) for s in found]
    bounds = sorted(i.span.start for i in interviews)
    asked = sorted((t.span, asks(t.span.of(text))) for i in interviews for t in i.turns if t.role == "question")
    section = before = article = question = 0
    for order, stretch in enumerate(found):
        line = stretch.span.of(text)
        if (here := bisect_right(bounds, stretch.span.start)) != article:
            article, section, before = here, 0, 0
        if (now := bisect_right(asked, stretch.span.start, key=lambda q: q[0].start)) != question:
            question, before = now, 0
        answers = asked[question - 1][1] if question and _within(bounds, article, asked[question - 1][0]) else 0
        title = len(line) <= _SECTION and not line.rstrip().endswith(("。", "！", "？", "”", "；"))
        heads = not title and stretch.role not in TITLES and _heads(text, stretch.span)
        if title:
            if _REPORT.search(line):
                section, before = -_SECTION_LEAN, 0
            elif _PLAN.search(line):
                section, before = _SECTION_LEAN, 0
        elif _GOALS.match(line):
            section = _SECTION_LEAN
        context = section or answers
        if context > 0 and _MEASURED.search(line) and not _AIMED.search(line):
            context = 0
        after = own[order + 1] if order + 1 < len(found) else 0
        if after > 0 >= before and _TURNS.match(text, found[order + 1].span.start) and not _TURNS.match(line):
            after *= -4
        if _GOES_ON.match(line):
            lean = context + before
        elif title or stretch.role in TITLES:
            lean = section + max(after, 0) * 4 // 5 if after > 0 else section + after // 5
        else:
            listed = order + 1 < len(found) and _ITEM.match(line) and _ITEM.match(text, found[order + 1].span.start)
            lean = context + before * 2 // 5 + (after * 3 // 5 if listed else after // 5)
        yield replace(stretch, lean=lean, heads=heads)
        before = 0 if heads else _clip(own[order] + lean)


def _heads(text: str, span: Span) -> bool:
    """Whether the sentence is short, begins its paragraph and is not all of it."""
    ahead = text[max(0, span.start - _LABEL) : span.start].rstrip(" \u3000“")
    first = not ahead.strip("\n") or ahead.endswith("\n") or bool(_SPEAKER.search(ahead))
    more = text[span.stop : span.stop + 1] not in ("", "\n", "”", "’")
    return first and more and bool(_RUN_IN.fullmatch(span.of(text)))


def _within(bounds: Sequence[int], article: int, span: Span) -> bool:
    """Whether `span` begins in that article."""
    return bisect_right(bounds, span.start) == article


def asks(question: str) -> int:
    """What a question says of the answer: that it promises, that it reports, or neither."""
    ahead = bool(_ASKS_AHEAD.search(question)) and not _ASKS_NOW.search(question)
    back = bool(_ASKS_BACK.search(question))
    return _ASKED_LEAN * (ahead - back)


def _clip(value: int) -> int:
    return max(-30, min(30, value))
