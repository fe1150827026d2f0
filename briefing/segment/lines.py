"""The lines of a page, each with its look, and which of them make up one article.

An article begins at a line that introduces an official (区长黄晓广：), at a headline that a byline or the lead of
an interview follows, at the label of a box (相关链接), at a table of indicators, and at each headline of the news in
brief. A box or a table in the middle of an interview stays in it, as an aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from briefing.lexicon import SPEECH, named
from briefing.segment.asides import box, is_advertisement, is_header, is_row, note
from briefing.segment.introductions import OfficialLine, introduces, official_line, tells_whom
from briefing.segment.paragraphs import (
    Paragraph,
    is_answer,
    is_byline,
    is_credit,
    is_deck,
    is_furniture,
    is_heading,
    is_name,
    is_question,
    is_short_sentence,
    is_title_line,
    leads,
    paragraphs,
    presides,
    usual_gap,
)
from briefing.segment.turns import asks, labelled, speaks_up
from briefing.spans import Span

Look = Literal["official", "heading", "byline", "caption", "furniture", "body", "box", "note", "row"]
Sort = Literal["article", "interview", "news", "box", "table"]
_LEAD = re.compile(r"专访|采访|对话|访谈|本报讯|电[（(]|记者从")
_NEWS = re.compile("本报讯|本台消息|[\u4e00-\u9fff·]{2,8}[讯电]\\s?[（(]|[（(]记者|记者从|(?:记者)?[^。，]{0,12}获悉")
_CLOSED_BYLINE = re.compile(r"[（(][^（()）]{0,12}(?:记者|通讯员)[^（()）]{0,40}[）)]$")
_MET = re.compile("专访|采访|面对面|对话|记者|走进[^。]{0,12}(?:直播间|演播室|会客厅)")
"""How the first paragraph behind the box with the life of an official begins."""
_LABELLED = re.compile("[\u4e00-\u9fff·]{2,12}[：:]")  # who speaks, or who asks
_NOTE_LENGTH = 4
"""Paragraphs under the label of an editor's note that may belong to it."""
MAX_SEARCH = 40_000
"""Code points in which a name under a portrait is looked for again."""
_AWAY = 24
"""Lines that are looked back over for a name that was introduced before."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its look."""

    paragraph: Paragraph
    look: Look
    official: OfficialLine | None = None
    aside: bool = False
    """Whether it is nobody's in its article: an editor's note, a box, a table."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.paragraph.span


@dataclass(slots=True)
class Group:
    """The lines of one article, while they are gathered."""

    lines: list[Line]
    sort: Sort = "article"
    names: set[str] = field(default_factory=set)
    bodies: int = 0
    notes: int = 0
    """How many paragraphs more the editor's note may have that was begun."""


def looks(text: str) -> list[Line]:
    """The lines of `text` that are not blank, each with its look."""
    found = paragraphs(text)
    gap = usual_gap(found)
    out: list[Line] = []
    body = False
    for n, paragraph in enumerate(found):
        line, below = paragraph.span.of(text), found[n + 1 : n + 2]
        official = None if is_furniture(line) else official_line(text, paragraph.span)
        if official is not None and official.title is None and _labels(text, official.name.of(text)):
            official = None
        look: Look = "body"
        if asks(text, line):
            official = None
        elif box(line):
            look = "box"
        elif note(line):
            look = "note"
        elif official is not None:
            look = "heading" if introduces(line) else "official"
        elif is_furniture(line):
            look = "furniture"
        elif is_byline(line) or presides(line):
            look = "byline"
        elif is_row(line):
            look = "row"
        elif (
            (is_name(line) and text.count(line, 0, MAX_SEARCH) > 1)
            or is_credit(line)
            or (paragraph.gap > gap and body and is_short_sentence(line) and not _LABELLED.match(line))
        ):
            look = "caption"
        elif is_heading(line) or is_deck(line) or (is_title_line(line) and (_awaited(out) or tells_whom(below, text))):
            look = "heading"
        body = body or look == "body"
        out.append(Line(paragraph, look, official))
    return _tables(text, out)


def _awaited(before: Sequence[Line]) -> bool:
    """Whether the line before introduces an official and ends with a colon: the headline is still to come."""
    official = before[-1].official if before else None
    return official is not None and (official.colon or official.lead_in) and official.headline is None


def _labels(text: str, name: str) -> bool:
    """Whether the name stands before a colon again and again, as in an interview of questions and answers."""
    return len(re.findall(rf"\n\W{{0,3}}{re.escape(name)}[：:]", text[:MAX_SEARCH])) > 1


def _tables(text: str, lines: list[Line]) -> list[Line]:
    """Two rows and more are a table, with the names of its columns; one alone is what it would be otherwise."""
    out = list(lines)
    start = 0
    while start < len(out):
        stop = start
        while stop < len(out) and out[stop].look == "row":
            stop += 1
        if stop - start >= 2:
            if start and out[start - 1].look == "heading" and is_header(out[start - 1].span.of(text)):
                out[start - 1] = replace(out[start - 1], look="row")
        elif stop > start:
            shown = out[start].span.of(text)
            out[start] = replace(out[start], look="heading" if is_heading(shown) else "body")
        start = max(stop, start + 1)
    return out


def articles(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each article, in page order."""
    groups: list[Group] = []
    for n, line in enumerate(lines):
        group = groups[-1] if groups else None
        sort = _begins(text, lines, n, group)
        if group is None or sort is not None:
            resumed = _resumed(text, lines, n, groups) if group is not None else None
            if resumed is not None:
                _merge(groups, resumed)
                groups[-1].lines.append(line)
            else:
                groups.append(Group(_kickers(text, groups, sort), sort or "article"))
                groups[-1].lines.append(line)
                groups[-1].names |= _officials(text, lines, n)
        elif group.sort in ("box", "table") and (back := _resumed(text, lines, n, groups)) is not None:
            _merge(groups, back)
            groups[-1].lines.append(line)
        else:
            group.lines.append(line)
        _count(text, groups[-1], line)
    for n in range(len(groups) - 2, -1, -1):
        if groups[n].sort == "article" and not groups[n].bodies and groups[n + 1].sort in ("article", "interview"):
            groups[n].lines += groups.pop(n + 1).lines  # only a banner or an editor's note over it
        elif _is_lead(text, groups[n]) and groups[n].names & groups[n + 1].names:
            groups[n].lines += groups.pop(n + 1).lines
    return [_noted(text, g.lines) for g in groups if g.lines]


def _is_lead(text: str, group: Group) -> bool:
    """Whether the group is one paragraph with a dateline, over the headline of what it leads to."""
    shown = [line for line in group.lines if line.look not in ("furniture", "byline")]
    return len(shown) == 1 and shown[0].look == "body" and leads(shown[0].span.of(text))


def _count(text: str, group: Group, line: Line) -> None:
    shown = line.span.of(text)
    if line.look == "note":
        group.notes = _NOTE_LENGTH if note(shown) == "alone" else 0
    elif line.look == "body" and group.notes and not speaks_up(shown):
        group.notes -= 1
    elif line.look == "body" or (line.look == "box" and box(shown) == "inline"):
        group.bodies += 1
        group.notes = 0
    if line.official is not None and group.sort not in ("box", "table", "news"):
        group.names |= {p.name.of(text) for p in line.official.people}


def _kickers(text: str, groups: list[Group], sort: Sort | None) -> list[Line]:
    """The lines at the end of the group before that belong over the next headline: kickers, empty boxes."""
    if not groups or sort is None:
        return []
    last, taken = groups[-1], list[Line]()
    if sort in ("box", "table"):
        while sort == "table" and last.lines and (len(last.lines) > 1 or not last.bodies):
            if last.lines[-1].look != "heading":
                break
            taken.insert(0, last.lines.pop())
        if not last.lines:
            groups.pop()
        return taken
    while last.lines and (
        is_kicker(text, last.lines[-1])
        or (last.lines[-1].look == "box" and box(last.lines[-1].span.of(text)) == "alone")
    ):
        if len(last.lines) == 1 and last.lines[-1].look != "box" and len(groups) > 1:
            break
        taken.insert(0, last.lines.pop())
    if not last.lines:
        groups.pop()
    return [replace(line, look="heading") if line.look == "box" else line for line in taken]


def is_kicker(text: str, line: Line) -> bool:
    """Whether the line is short enough to name a series or a section."""
    shown = line.span.of(text)
    return line.look == "heading" and len(shown) <= 12 and not re.search(r"[，,。：]|\d(?:%|[万亿个家人元])", shown)


def _merge(groups: list[Group], back: int) -> None:
    """The boxes since group `back` become asides of it."""
    target = groups[back]
    for group in groups[back + 1 :]:
        target.lines += [
            replace(line, aside=True, look="body" if line.look in ("heading", "box", "row") else line.look)
            for line in group.lines
        ]
    del groups[back + 1 :]


def _resumed(text: str, lines: Sequence[Line], n: int, groups: Sequence[Group]) -> int | None:
    """The group of the interview that goes on at line `n` behind a box or a table, None where none does."""
    back = len(groups) - 1
    while back >= 0 and groups[back].sort in ("box", "table"):
        back -= 1
    if back < 0 or back == len(groups) - 1 or groups[back].sort == "news" or not groups[back].names:
        return None
    ahead = lines[n : n + 3]
    if not ahead or ahead[0].look not in ("heading", "body") or ahead[0].official is not None:
        return None
    if ahead[0].look == "heading" and re.search(r"\d", ahead[0].span.of(text)) and groups[-1].bodies == 0:
        return None  # one more figure of a box of figures
    body = next((line for line in ahead if line.look == "body"), None)
    if body is None or (ahead[0].look == "heading" and any(line.look == "byline" for line in ahead)):
        return None
    shown = body.span.of(text)
    names = groups[back].names
    own = any(re.search(rf"{re.escape(name)}[^，。“”]{{0,8}}?(?:{SPEECH})", shown) for name in names) or labelled(
        shown, names
    )
    asked = is_question(shown) or is_answer(shown)
    met = not groups[back].bodies and _MET.search(shown) and any(name in shown for name in names)
    return back if own or asked or met else None


def _noted(text: str, lines: list[Line]) -> list[Line]:
    """The lines with the editor's notes among them marked as asides."""
    out: list[Line] = []
    left = 0
    for line in lines:
        shown = line.span.of(text)
        if line.look == "note":
            left = _NOTE_LENGTH if note(shown) == "alone" else 0
            out.append(replace(line, aside=True, look="body"))
        elif left and line.look == "body" and not line.aside and not speaks_up(shown):
            left -= 1
            out.append(replace(line, aside=True))
        else:
            left = left if line.look in ("caption", "furniture") else 0
            out.append(line)
    return out


def _officials(text: str, lines: Sequence[Line], n: int) -> set[str]:
    """The names that an article which begins at line `n` introduces, as far as its head tells."""
    out: set[str] = set()
    for line in lines[n : n + 6]:
        if line.official is not None:
            out |= {p.name.of(text) for p in line.official.people}
        elif line.look in ("heading", "body"):
            shown = line.span.of(text)[:120]
            out |= {
                f.name.of(shown) for f in named(shown) if f.title and not f.title.of(shown).endswith(("记者", "通讯员"))
            }
        if line.look == "body":
            break
    return out


def _begins(text: str, lines: Sequence[Line], n: int, group: Group | None) -> Sort | None:
    """What kind of article begins at line `n`, None where none does."""
    line = lines[n]
    if line.look == "official":
        return _official_begins(text, lines, n, group)
    if line.look == "box":
        shown = line.span.of(text)
        return None if group is None and box(shown) == "alone" and _only_label(lines, n) else "box"
    if line.look == "row":
        return "table" if n == 0 or lines[n - 1].look != "row" else None
    if line.look == "body" and group is not None and is_advertisement(line.span.of(text)):
        return "box" if (group.bodies or group.sort == "box") and not _sells(text, group) else None
    if line.look != "heading":
        return None
    return _heading_begins(text, lines, n, group)


def _signs(ahead: Sequence[Line], run: int) -> bool:
    """Whether the official stands under the headline, as its author does, and the text follows."""
    official = ahead[run].official
    under = ahead[run + 1 : run + 3]
    return (
        official is not None
        and not official.colon
        and official.headline is None
        and bool(under)
        and under[0].look in ("body", "byline")
    )


def _sells(text: str, group: Group) -> bool:
    """Whether the article is an advertisement already."""
    first = group.lines[0].span.of(text)
    return group.sort == "box" and ("广告" in first or is_advertisement(first))


def _only_label(lines: Sequence[Line], n: int) -> bool:
    """Whether another article begins right behind the label."""
    return n + 1 < len(lines) and lines[n + 1].look in ("official", "heading", "box")


def _official_begins(text: str, lines: Sequence[Line], n: int, group: Group | None) -> Sort | None:
    official = lines[n].official
    assert official is not None
    if group is None or not group.lines:
        return "interview"
    names = {p.name.of(text) for p in official.people}
    if group.sort == "interview" and names <= group.names:
        return None
    if group.bodies == 0 and group.sort in ("article", "interview"):
        return None
    if official.colon or official.lead_in:
        bare = official.title is None and text.count(official.name.of(text), 0, MAX_SEARCH) < 2
        return None if bare else "interview"
    following = next((other for other in lines[n + 1 : n + 3] if other.look not in ("furniture", "caption")), None)
    return "interview" if following is not None and following.look in ("heading", "byline") else None


def _heading_begins(text: str, lines: Sequence[Line], n: int, group: Group | None) -> Sort | None:
    shown = lines[n].span.of(text)
    before = next((other for other in reversed(lines[max(0, n - 4) : n]) if other.look != "furniture"), None)
    follows = lines[n + 1] if n + 1 < len(lines) else None
    ahead = [other for other in lines[n + 1 : n + 7] if other.look not in ("furniture", "caption")]
    run = next((k for k, other in enumerate(ahead) if other.look != "heading"), len(ahead))
    behind = ahead[run] if run < len(ahead) else None
    if introduces(shown) and before is not None and before.look == "heading":
        return None
    if (
        follows
        and follows.look == "body"
        and _NEWS.match(follows.span.of(text))
        and (group is None or group.bodies or before is None)
    ):
        return "news"
    if is_advertisement(shown) and group is not None:
        return "box" if (group.bodies or group.sort == "box") and not _sells(text, group) else None
    if before is not None and before.look in ("heading", "official") and group is not None:
        return None
    if behind is not None and behind.look == "official" and _signs(ahead, run) and group is not None and group.bodies:
        return "interview"
    if behind is not None and behind.look in ("official", "row"):
        return None
    if any(introduces(other.span.of(text)) for other in ahead[:run]):
        return "interview"
    if behind is None:
        return "article" if group is None else None
    if (
        group is not None
        and group.sort in ("box", "table")
        and group.bodies + (group.sort == "table")
        and behind.look in ("body", "byline")
    ):
        return "news"
    if behind.look == "byline":
        return None if run and len(ahead[run - 1].span) <= 4 else "article"
    ended = before and before.look == "body" and _CLOSED_BYLINE.search(before.span.of(text))
    if ended or before is None:
        return "article"
    met = {f.name.of(behind.span.of(text)[:120]) for f in named(behind.span.of(text)[:120])}
    known = group.names if group is not None else set()
    return "article" if _LEAD.search(behind.span.of(text)[:80]) and met and not met <= known else None
