"""Commitments: who will do what, how much of it, by when.

A sentence pledges when a clause of it looks forward (`status.evidence`) and names an action; a
forecast by a third party, a question and a report of the past do not. The clause shown is the
stretch around the promise that can be read alone, not a sentence of two hundred characters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from briefing.extract.changes import origins
from briefing.extract.clauses import clauses, fold
from briefing.extract.frames import framed, frames
from briefing.extract.reach import reaching
from briefing.extract.status import evidence, tempered
from briefing.extract.stretches import TITLES, Stretch, stretches
from briefing.extract.tense import markers, wording
from briefing.model import Figure, Interview, Moment, Pledge, Strength
from briefing.spans import Span, envelop
from briefing.spans import inside as within

_LONG = 60
"""Code points: a promise longer than this is cut to the clauses that carry it."""
_GOES_ON = re.compile(r"[“\s]*其中")
_GENERIC = 3
"""Code points of the longest name by which a place is called for short: 新区, 高新区."""
_FROM = re.compile("份?(?:起|开始)(?!步)")
"""A day from which something holds is none by which it is done."""
_ONLY_TIME = re.compile(
    "(?:到|至|在)?(?:“?十[四五六]五”?(?:期末|末|期间|时期)|20[0-9]{2}年(?:年?[底末])?|[今明后]年(?:年?[底末])?|年底|本世纪中叶"
    "|[上下]半年|未来[^,]{1,3}年|今后[^,]{1,3}年|[一二三四]季度|[0-9]{1,2}月底?|下一?步|接下来)(?:之?前|以前|里|内|起)?"
)
"""A clause that says no more than when: it begins what is promised next."""
_ANOTHER = re.compile("[；;](?:同时|此外|另外)$")
_AFRESH = re.compile("[；;](?:到?20[0-9]{2}年|[今明后]年|[上下]半年|未来|[一二三四]季度|[0-9]{1,2}月|年底|“?十五五)")
"""Behind a semicolon, another time: another promise."""
_LATER = re.compile("[，,](?:到?20[0-9]{2}年[底末]?(?!以来|的)|到?明年|后年|到?“?十[五六]五)")
"""Behind a comma, a later year: another promise, where the one before has its figure."""
_ITEM = re.compile("[一二三四五六七八九]是")
_EFFECT = re.compile("[让使]")
"""What only tells what a promise is good for: 让群众得实惠."""
_HANGING = re.compile(r"其中|达到?(?=[0-9])|增长|同比|总数|总投资|当年|让|使|为|占|并|且|签约额|投资额|年均|分别")
_TIME = re.compile(
    r"^(?:今年|明年|[今来]后|未来[^,]{1,3}年|新的一年里?|下一步|下步|接下来|同时|此外|另外|全年|年内|[0-9]{4}年|[一二三四]季度|上半年|下半年|届时|,|、|“)+"
)
_ACTOR = re.compile(r"(?:^|[,;。:“])([^,;。:“”]{2,20}?)(?:还|也|都|均)?(?:将|计划|拟|要|力争|确保|争取|努力)")
_OFFICE = re.compile(
    r"(?:[省市县区镇乡州旗盟村]|街道|我们|政府|部门|委员会|[局厅委办院校]|公司|集团|园区|中心|大学|医院|国家|中央|全国)$"
)
_SOURCE = re.compile(
    r"([^，。“”、的年]{0,8}(?:工作报告|会议|《[^》]{2,40}》|全会|党代会|意见|规划|方案|纲要))[^，。“”]{0,4}(?:强调|指出|提出|明确|要求|部署)"
)
"""A document or a meeting that is quoted: it, and not the one who speaks, makes the promise."""
_OURS = frozenset(
    (
        "",
        "当地",
        "本市",
        "我们",
        *(a + "里" for a in "镇村县区市州乡"),
        *(a + b for a in "全我" for b in "省市区县州镇"),
    )
)
_BODIES = frozenset(("集团", "公司", "学校", "医院", "企业", "银行", "我校", "我院", "大学", "学院", "中心"))
"""How an official calls the body that he heads."""
_PAST = re.compile(r"去年|上年|前年|昨|近年|日前|目前")
_COMPARED = re.compile(r"[比较同]$")
_UNNAMED = 5
"""What a clause must score that names no action."""
_MARKED = 30
"""The weight from which a marker of tense says by itself that a clause looks forward."""
_SHOWN = 2
"""Promises without figures that are shown of one sentence."""
_LONGEST = 1000
"""Code points: no sentence is longer, and what is after them is not read."""
_QUOTED = re.compile("[“「][^”」]*[”」]")
"""What is said first, before the reporter goes on in the same sentence."""
_GAP = 2
"""Code points between two clauses of one promise: a comma, and a quotation mark at most."""
_NARRATED = -30
"""Below this the wording is that of a tale: 将 and 预计 alone do not turn it into a promise."""
_FOREIGN = 200
_LATE = 11
_ESTIMATED = re.compile("今年|全年|明年|后年|未来|今后|20[0-9]{2}年|“?十[五六]五")
_OVER = -60
"""Evidence of the last clause below which the whole reports, whatever was expected in between."""
_CONTRADICTED = -40
"""Evidence below which a word that binds (承诺) is told of the past."""
_STRENGTHS: tuple[Strength, ...] = ("ensure", "strive", "plan", "will")


@cache
def _judge() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _table()["judge"].items()}


@cache
def _strengths() -> dict[Strength, re.Pattern[str]]:
    return {name: re.compile("|".join(_table()["strength"][name])) for name in _STRENGTHS}


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("briefing.data").joinpath("pledge_verbs.toml").read_text(encoding="utf-8"))


def strength(clause: str) -> Strength:
    """How firmly `clause` promises; "" where no word says so.

    >>> strength("确保年内通车"), strength("力争签约20个项目"), strength("将新建三所学校"), strength("深入推进改革")
    ('ensure', 'strive', 'will', '')
    """
    folded = fold(clause)
    return next((name for name, pattern in _strengths().items() if pattern.search(folded)), "")


def is_pledge(sentence: str, today: date | None = None, *, lean: int = 0) -> bool:
    """Whether `sentence` states, wholly or in part, something that somebody undertakes to do.

    >>> is_pledge("下一步，我区将新建社区食堂15处。"), is_pledge("去年，我区新建社区食堂15处。")
    (True, False)
    >>> is_pledge("专家认为，房价可能继续上涨。")
    False
    """
    return bool(promising(sentence, today, lean=lean))


def promising(sentence: str, today: date | None = None, *, lean: int = 0) -> tuple[Span, ...]:
    """The clauses of `sentence` that promise, in text order; none for forecasts, questions and reports."""
    judge = _judge()
    sentence = sentence[:_LONGEST]
    folded = fold(sentence)
    if any(judge[kind].search(folded) for kind in ("question", "forecast", "proposal")):
        return ()
    found = []
    parts = clauses(sentence)
    spoken = _QUOTED.match(sentence)
    inner = [p for p in parts if spoken and p.stop <= spoken.end()]
    last = [ends[-1].stop for ends in (parts, inner or parts) if ends]
    over = [evidence(sentence, Span(stop, stop), today) < _OVER for stop in last]
    foreign = wording(sentence) < _NARRATED and not judge["commits"].search(folded)
    estimated = False
    for span in parts:
        clause = span.of(folded)
        marked = [m for m in markers(clause) if m.weight >= _MARKED]
        commits = bool(judge["commits"].search(clause))
        ahead = folded[: span.stop]
        estimated = (len(marked) == 1 and _is_estimate(clause, ahead, today)) or (estimated and not commits)
        if estimated:
            continue
        if not marked and judge["definition"].search(clause):
            continue
        score = evidence(sentence, Span(span.stop, span.stop), today) + tempered(lean, sentence, span, today)
        named = bool(judge["action"].search(clause))
        bar = 0 if named or (marked and judge["office"].search(folded)) else _UNNAMED
        ended = over[bool(inner) and span.stop <= inner[-1].stop]
        if marked and not commits and (foreign or ended):
            bar = _FOREIGN
        vow = bool(judge["vow"].search(clause)) and score > _CONTRADICTED
        if score > bar or vow:
            found.append(span)
    return tuple(found)


def _is_estimate(clause: str, ahead: str, today: date | None) -> bool:
    """Whether a clause tells, as the year ends, what that year will have come to: 今年预计完成3.6亿吨."""
    if today is None or today.month < _LATE or "预计" not in clause:
        return False
    years = _ESTIMATED.findall(ahead)
    return bool(years) and years[-1] in ("今年", "全年", f"{today.year}年")


def pledges(
    text: str,
    sentences: Sequence[Span],
    figures: Sequence[Figure],
    moments: Sequence[Moment],
    *,
    interviews: Sequence[Interview] = (),
    today: date | None = None,
) -> tuple[Pledge, ...]:
    """The commitments of the sentences and titles, in text order.

    One that is told in the headline, a subhead and the body is kept once, where it is told most fully.
    """
    bodies: list[Pledge] = []
    titles: list[Pledge] = []
    parts = stretches(text, sentences, interviews, today)
    for stretch, frame in zip(parts, frames(text, parts, moments, interviews, today), strict=True):
        made = _in_stretch(text, framed(stretch, frame), figures, moments, today)
        made = [replace(p, due=p.due or frame) for p in made]
        if (
            made
            and bodies
            and _GOES_ON.match(text, stretch.span.start)
            and _adjoin(bodies[-1].span, made[0].span, text)
        ):
            bodies[-1] = _joined(bodies[-1], made)
        elif stretch.role in TITLES:
            titles.extend(p for p in made if p.figures or _judge()["binding"].search(fold(p.action.of(text))))
        else:
            bodies.extend(made)
    return tuple(_merged(text, bodies, titles, figures))


def _in_stretch(
    text: str, stretch: Stretch, figures: Sequence[Figure], moments: Sequence[Moment], today: date | None
) -> list[Pledge]:
    """The pledges of one sentence or title, not yet numbered."""
    if stretch.heads:
        return []
    sentence = stretch.span.of(text)
    inside = [s.shift(stretch.span.start) for s in promising(sentence, today, lean=stretch.lean)]
    told = list(within(figures, stretch.span, lambda f: f.quantity.span))
    targets = [f for f in told if f.status == "target"]
    reached = [f for f in told if f.status == "achieved"]
    if not inside and targets and _GOES_ON.match(sentence):
        parts = [c.shift(stretch.span.start) for c in clauses(sentence)]
        inside = [c for c in parts if any(c.contains(f.quantity.span) for f in targets)]
    if not inside:
        return []
    source = _SOURCE.search(sentence[:_LONGEST])
    actor = source.group(1) if source else _actor(sentence)
    return [
        Pledge(
            id="",
            span=stretch.span,
            speaker="" if source else stretch.speaker,
            actor=_named_actor(actor, stretch),
            action=action,
            due=_due(action, stretch.span, text, moments, today),
            figures=tuple(f.id for f in targets if action.contains(f.quantity.span)),
            strength=_firmness(text, stretch.span, action),
        )
        for action in _actions(text, stretch.span, inside, targets)
        if not _kept(action, targets, reached, text)
    ]


def _kept(action: Span, targets: Sequence[Figure], reached: Sequence[Figure], text: str) -> bool:
    """Whether what is promised has been reached already: all its figures are, and no word of it is firm."""
    held = [f for f in reached if action.contains(f.quantity.span)]
    return bool(held) and not any(action.contains(f.quantity.span) for f in targets) and not strength(action.of(text))


def _firmness(text: str, sentence: Span, action: Span) -> Strength:
    """How firmly the action is promised: by its own words, else the nearest before it, else those of the sentence."""
    own = strength(action.of(text))
    if own:
        return own
    before = [c.shift(sentence.start) for c in clauses(sentence.of(text))]
    told = (strength(c.of(text)) for c in reversed(before) if c.stop <= action.start)
    return next((name for name in told if name), "") or strength(sentence.of(text))


def _named_actor(actor: str, stretch: Stretch) -> str:
    """Who 我们, 全市 or 学校 is: the division that the official speaks for, else the body that he heads."""
    if actor in _OURS or (len(actor) <= _GENERIC and actor and stretch.place.endswith(actor)):
        return stretch.place or stretch.body or ("" if actor != "我们" else actor)
    return stretch.body if stretch.body and actor in _BODIES else actor


def _adjoin(one: Span, other: Span, text: str) -> bool:
    """Whether nothing but white space and quotation marks stands between the two."""
    return one.stop <= other.start and not text[one.stop : other.start].strip(" \n　“”")


def _joined(pledge: Pledge, more: Sequence[Pledge]) -> Pledge:
    """The pledge with what a sentence that begins with 其中 adds to it."""
    action = envelop([pledge.action, *(p.action for p in more)])
    figures = (*pledge.figures, *(f for p in more for f in p.figures))
    return replace(pledge, span=envelop([pledge.span, more[-1].span]), action=action, figures=figures)


def _actions(text: str, sentence: Span, inside: Sequence[Span], targets: Sequence[Figure]) -> tuple[Span, ...]:
    """The promises of one sentence, each short enough to be shown; those that hold figures where there are any."""
    judge = _judge()
    spoken = [s for s in inside if not re.search(judge["speech"].pattern + "$", fold(s.of(text)))]
    runs: list[Span] = []
    open_ = False
    for span in spoken:
        ahead = sentence.of(text)[: span.stop - sentence.start]
        at = span.start - sentence.start
        listed = _ITEM.match(ahead, at) or _ANOTHER.search(ahead, 0, at + 2) or _AFRESH.match(ahead, max(0, at - 1))
        apart = listed is not None
        if runs and _LATER.match(ahead, max(0, at - 1)):
            apart = apart or any(runs[-1].contains(f.quantity.span) for f in targets)
        clause = fold(span.of(text))
        when = bool(_ONLY_TIME.fullmatch(clause))
        joined = bool(runs) and span.start - runs[-1].stop <= _GAP and not apart and not when
        hangs = open_ or bool(_HANGING.match(clause))
        if joined and (hangs or span.stop - runs[-1].start <= _LONG):
            runs[-1] = envelop((runs[-1], span))
        else:
            runs.append(span)
        open_ = when or bool(judge["prelude"].search(clause))
    runs = [r for r in runs if not all(judge["prelude"].search(c.of(fold(r.of(text)))) for c in clauses(r.of(text)))]
    runs = [r for r in runs if not _EFFECT.match(r.of(text)) or any(m.weight >= _MARKED for m in markers(r.of(text)))]
    telling = [r for r in runs if any(r.contains(f.quantity.span) for f in targets)]
    firm = [r for r in runs if judge["binding"].search(fold(r.of(text)))]
    stated = [r for r in runs if any(m.weight >= _MARKED for m in markers(r.of(text)))]
    return tuple(sorted({*telling, *firm})) or tuple(stated[:_SHOWN]) or tuple(runs[:1])


def _actor(sentence: str) -> str:
    """Who undertakes it: what stands between the words of time and 将, 计划, 力争 …; "" where nobody is named.

    >>> _actor("今年，海州区将新建学校6所"), _actor("下一步，将推进改革")
    ('海州区', '')
    """
    match = _ACTOR.search(fold(sentence[:_LONGEST]))
    if not match:
        return ""
    name = _TIME.sub("", match.group(1))
    return name if _OFFICE.search(name) else ""


def _due(action: Span, sentence: Span, text: str, moments: Sequence[Moment], today: date | None) -> Moment | None:
    """By when: the last moment inside the action, else the nearest before it that reaches it; never a past one."""
    near = [m for m in within(moments, sentence, lambda m: m.span) if not _PAST.match(m.span.of(text))]
    ends = [o.shift(sentence.start) for o in origins(sentence.of(text))]
    near = [m for m in near if not _FROM.match(text, m.span.stop) and not any(o.contains(m.span) for o in ends)]
    near = [m for m in near if "T" not in m.iso and not _COMPARED.search(text[max(0, m.span.start - 1) : m.span.start])]
    if today is not None:
        near = [
            m
            for m in near
            if not m.iso or m.iso[: len("2024-01-12")] >= today.isoformat()[: len(m.iso)] or "/" in m.iso
        ]
    inside = [m for m in near if action.contains(m.span)]
    before = [m for m in near if m.span.stop <= action.start]
    begun = {m.span.start for m in inside}
    whole = [m for m in inside if m.span.stop not in begun]  # 今年8月底 is one time
    only = whole[0] if len(whole) == 1 else None
    return reaching(text, [*before, *inside], action.stop if inside else action.start) or only


def _merged(text: str, bodies: Sequence[Pledge], titles: Sequence[Pledge], figures: Sequence[Figure]) -> list[Pledge]:
    """All pledges but those that others tell more fully: the same figures, or nearly the same words.

    A title yields to the body, also where the body tells in several sentences what the title sums up.
    """
    amounts = {f.id: (f.quantity.low, f.quantity.high, f.quantity.unit) for f in figures}
    kept: list[Pledge] = []
    for pledge in sorted(bodies, key=lambda p: (-len(p.figures), -len(p.action), p.action.start)):
        if not any(_told(text, pledge, other, amounts) for other in kept):
            kept.append(pledge)
    for title in titles:
        known = {amounts[i] for p in kept if p.speaker == title.speaker for i in p.figures}
        summed = bool(title.figures) and {amounts[i] for i in title.figures} <= known
        if not summed and not any(_told(text, title, other, amounts, 5) for other in kept):
            kept.append(title)
    return [replace(p, id=f"p{n}") for n, p in enumerate(sorted(kept, key=lambda p: p.action), start=1)]


def _told(text: str, pledge: Pledge, other: Pledge, amounts: Mapping[str, tuple[object, ...]], tenths: int = 7) -> bool:
    """Whether `other` says all that `pledge` says: its figures, or so many tenths of its character pairs."""
    if pledge.speaker and other.speaker and pledge.speaker != other.speaker:
        return False
    if other.span == pledge.span:
        return pledge.action == other.action
    words = _pairs(pledge.action.of(text))
    shared = len(words & _pairs(other.span.of(text))) * 10
    if pledge.figures:
        mine, theirs = {amounts[i] for i in pledge.figures}, {amounts[i] for i in other.figures}
        return mine <= theirs and shared >= 2 * len(words)
    return shared >= tenths * len(words)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))
