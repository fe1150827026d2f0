"""From the text of a page to its articles: interviews with officials, and everything else.

What no official speaks in is of kind "other" and never part of an interview.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.lexicon import division_of, is_title, named
from briefing.model import Interview, Issue, Person, Role, Turn
from briefing.segment.hinted import articles, roles
from briefing.segment.introductions import PRESS, introduces
from briefing.segment.lines import Line, is_kicker
from briefing.segment.paragraphs import is_answer, is_deck, is_question, leads
from briefing.segment.sentences import sentences
from briefing.segment.turns import attribute, interviewed, label_length, labelled, speaks
from briefing.spans import Span, envelop

MAX_BANNER = 3
"""Lines at the top of a page that may name the page and its series."""
_NUMBERED = re.compile("[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]")
_REPORTS = re.compile(
    r"我(?:谨)?(?:受|代表)[^。]{2,40}(?:报告(?:政府|法院|检察院?|常委会)?工作|(?:向[^。]{2,20})?(?:作|提出|提交)[^。]{0,12}(?:工作)?报告)|报告如?下?，请[^。]{0,12}审[议查]"
    r"|我(?:谨)?代表[^。]{2,24}向大会报告|^\s*各位(?:代表|委员)(?:、各位[^：，。]{2,8})?[：:！!]"
)
_MEETS = re.compile("(?:详解|解读|解析|畅谈|接受|做客|回应|讲述|把脉|答|谈)")
_MEETING = re.compile(r"[^\w“]*本[报刊台网](?:全媒体|融媒体?|首席)?(?:记者|评论员)(?:专访|对话|独家|访|采访)")
_SERIES = re.compile(
    r"(?:访谈|专访|对话|系列报道|大家谈|面对面|进行时)[\s·]*[（(]?[①-⑳\d一二三四五六七八九十之]*[）)]?$"
)
"""How the name of a series ends that may be longer than the headline under it: 区长访谈⑥."""
_OPENING = 300
"""Code points of a paragraph in which a report says what it is."""
_HEAD = 3
"""Paragraphs of the body in which an interview says whom it is with."""


def interviews(issue: Issue) -> tuple[Interview, ...]:
    """The articles of a reflowed issue in page order, `kind` "interview" or "other"."""
    text = issue.text
    out: list[Interview] = []
    for group in articles(issue):
        article = _article(text, group, f"i{len(out) + 1}", top=not out)
        if article is not None:
            out.append(roles(issue, article))
    return tuple(out)


def _article(text: str, group: Sequence[Line], id_: str, *, top: bool) -> Interview | None:
    shown = [line for line in group if line.look != "furniture"]
    if not shown:
        return None
    turns, body = _head_and_body(text, shown, top)
    people = _people(text, shown, body)
    names = [p.name for p in people]
    said = attribute(text, body, names)
    asides = [Turn(line.span, "narration") for line in shown if line.aside]
    turns = sorted([*turns, *said, *asides], key=lambda turn: turn.span.start)
    spoken = [t for t in said if t.role in ("narration", "quote")]
    return Interview(
        id=id_,
        span=envelop([line.span for line in shown]),
        people=people,
        turns=tuple(turns),
        sentences=tuple(s for t in spoken for s in sentences(text, _unlabelled(text, t.span, names))),
        kind="interview" if people and spoken and not _is_report(text, body) else "other",
        place=division_of(people[0].title) if people else "",
    )


def _is_report(text: str, body: Sequence[Span]) -> bool:
    """Whether the article is a report to an assembly, as it was read out there, and no interview."""
    return any(_REPORTS.search(span.of(text)[:_OPENING]) for span in body[:_HEAD])


def _unlabelled(text: str, span: Span, names: Sequence[str]) -> Span:
    """The paragraph without 答： or the name of who answers."""
    return Span(span.start + label_length(span.of(text), names), span.stop)


def _head_and_body(text: str, lines: Sequence[Line], top: bool) -> tuple[list[Turn], list[Span]]:
    """The turns that are not body, and the paragraphs of the body."""
    turns: list[Turn] = []
    body: list[Span] = []
    first_body = next(
        (n for n, line in enumerate(lines) if line.look in ("body", "row") and not line.aside), len(lines)
    )
    first_body = _under_lead(text, lines, first_body)
    headline = _headline(text, lines, first_body)
    anchor = next((n for n, line in enumerate(lines[:first_body]) if line.look == "official"), None)
    for n, line in enumerate(lines):
        if line.aside:
            continue
        role: Role
        official = line.official if line.look == "official" else None
        if official is not None and official.headline is not None and n <= first_body:
            around = (line.span.start, official.headline.start), (official.headline.stop, line.span.stop)
            turns.append(Turn(official.headline, "headline"))
            for (start, stop), told in zip(around, ("kicker", "deck"), strict=True):
                if stop > start:
                    turns.append(Turn(Span(start, stop), "kicker" if told == "kicker" else "deck"))
            continue
        if official is not None:
            role = "headline" if n == headline else "kicker" if n <= first_body else "caption"
        elif line.look == "byline":
            role = "byline"
        elif line.look == "caption":
            role = "caption"
        elif line.look in ("heading", "box") and n < first_body:
            lead = headline if headline is not None else anchor if anchor is not None else n
            if n == headline:
                role = "headline"
            elif introduces(shown := line.span.of(text)) or is_deck(shown) or _MEETING.match(shown):
                role = "deck"
            elif n < (lead if anchor is None else anchor) and top and n < MAX_BANNER:
                role = "banner"
            else:
                role = "kicker" if n < lead or is_kicker(text, line) else "deck"
        elif line.look == "heading":
            role = "subhead"
        else:
            body.append(line.span)
            continue
        turns.append(Turn(line.span, role))
    return turns, body


def _under_lead(text: str, lines: Sequence[Line], first: int) -> int:
    """The first paragraph of the body, where the lead with the dateline stands over the headline: the second."""
    if first + 1 >= len(lines) or not leads(lines[first].span.of(text)) or lines[first + 1].look != "heading":
        return first
    if any(line.look in ("heading", "official", "box") for line in lines[:first]):
        return first
    later = range(first + 1, len(lines))
    return next((n for n in later if lines[n].look in ("body", "row") and not lines[n].aside), len(lines))


def _headline(text: str, lines: Sequence[Line], first_body: int) -> int | None:
    """Which line is the headline; None where it stands behind the official's name, or nowhere."""
    officials = [n for n, line in enumerate(lines[:first_body]) if line.look == "official"]
    if any((official := lines[n].official) is not None and official.headline is not None for n in officials):
        return None
    if lines and lines[0].look == "box":
        return 0
    heads = [n for n in range(first_body) if lines[n].look in ("heading", "box") and not lines[n].aside]
    heads = [n for n in heads if not lines[n].span.of(text).endswith(("：", ":"))] or heads
    if officials:
        follow = [n for n in heads if n > officials[0] and not _NUMBERED.match(lines[n].span.of(text))]
        after = next((n for n in follow if not _SERIES.search(lines[n].span.of(text))), follow[0] if follow else None)
        before = [n for n in heads if n < officials[0] and not re.match(r"\W*嘉宾|[—─]", lines[n].span.of(text))]
        before = [n for n in before if not _tells_who(lines[n].span.of(text))] or before
        before = [n for n in before if not _SERIES.search(lines[n].span.of(text))] or before
        longest = max(before, key=lambda n: (min(len(lines[n].span), 26), n), default=None)
        several = len({lines[n].official.name.of(text) for n in officials}) > 1  # type: ignore[union-attr]
        if after is None and longest is None and not lines[officials[0]].official.colon:  # type: ignore[union-attr]
            return officials[0]
        if several and after is not None and longest is not None and is_kicker(text, lines[longest]):
            each = all(n + 1 < first_body and lines[n + 1].look == "heading" for n in officials)
            shown_after = lines[after].span.of(text)
            longer = len(shown_after) > len(lines[longest].span) and not _tells_who(shown_after)
            longest = None if each or longer else longest  # the name of a series
        return longest if longest is not None and (several or after is None) else after
    shown = {n: lines[n].span.of(text) for n in heads}
    titles = [n for n in heads if not introduces(shown[n]) and not is_deck(shown[n])] or heads
    titles = [n for n in titles if not _tells_who(shown[n])] or titles
    titles = [n for n in titles if not _SERIES.search(shown[n])] or titles
    told = (n for n in titles if n + 1 in shown and n + 1 not in titles)
    over = {n for n in told if introduces(shown[n + 1]) or is_deck(shown[n + 1]) or _tells_who(shown[n + 1])}
    return max(titles, key=lambda n: (min(len(lines[n].span) + 4 * (n in over), 26), -n), default=None)


def _tells_who(line: str) -> bool:
    """Whether a line under a headline says who is met: 清溪县委书记郑海澜详解“期中卷”."""
    if _MEETING.match(line):
        return True
    return any(found.title is not None and _MEETS.match(line, found.name.stop) for found in named(line))


def _tells(paragraphs: Sequence[str], heads: Sequence[str], name: str) -> bool:
    """Whether a head says that somebody tells of something, and most of the article is what he says."""
    told = any(
        found.title is not None and found.name.of(head) == name and _MEETS.match(head, found.name.stop)
        for head in heads
        for found in named(head)
    )
    return told and sum(speaks(paragraph, name) for paragraph in paragraphs) >= 2


def _people(text: str, lines: Sequence[Line], body: Sequence[Span]) -> tuple[Person, ...]:
    """The officials of the article: those whom a line introduces, else those who speak in it."""
    if not body:
        return ()
    paragraphs = [span.of(text) for span in body]
    spoken = "\n".join(paragraphs)
    own = [line for line in lines if not line.aside and line.look != "byline"]
    titles: dict[str, str] = {}
    first: dict[str, Span] = {}
    for line in own:
        shown = line.span.of(text)
        for found in named(shown):
            title = found.title.of(shown) if found.title else ""
            name = found.name.of(shown)
            if title.endswith(PRESS):
                continue
            titles[name] = _fuller(titles.get(name, ""), title)
            first.setdefault(name, found.name.shift(line.span.start))
    introduced: list[str] = []
    for line in own:
        for one in line.official.people if line.official is not None else ():
            name = one.name.of(text)
            introduced.append(name)
            first[name] = min(first.get(name, one.name), one.name)
            if one.title is not None:
                titles[name] = _fuller(one.title.of(text), titles.get(name, ""))
    whole = "\n".join(line.span.of(text) for line in own)
    offered = [name for name in first if titles.get(name)]
    answering = [name for name in offered if any(labelled(p, [name]) for p in paragraphs)]
    if not introduced:
        asked = any(map(is_question, paragraphs))
        heads = [line.span.of(text) for line in own if line.look == "heading"]
        introduced = [
            name
            for name in offered
            if speaks(spoken, name) and (interviewed(whole, name) or _tells(paragraphs, heads, name))
        ]
        if len(answering) > 1 or (asked and answering):
            introduced = answering
        elif asked and not introduced and any(map(is_answer, paragraphs)):
            head = "\n".join(line.span.of(text) for line in own[: _HEAD + 3])
            introduced = [name for name in offered if name in head][:1]
    else:
        introduced += [name for name in answering if name not in introduced]
    return tuple(Person(first[name], name, titles.get(name, ""), "") for name in dict.fromkeys(introduced))


def _fuller(one: str, other: str) -> str:
    """The longer of two titles, where it is offices and nothing else."""
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    return long if is_title(long) or not short else short
