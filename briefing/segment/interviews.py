"""From the text of a page to its articles: interviews with officials, and everything else.

An article begins at a line that introduces an official (区长黄晓广：), or at a headline that a byline or the
lead of an interview follows. What no official speaks in is of kind "other" and never part of an interview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.lexicon import named
from briefing.model import Interview, Issue, Person, Role, Turn
from briefing.segment.paragraphs import (
    MAX_CAPTION,
    OfficialLine,
    Paragraph,
    is_byline,
    is_credit,
    is_furniture,
    is_heading,
    is_name,
    is_short_sentence,
    official_line,
    paragraphs,
    usual_gap,
)
from briefing.segment.sentences import sentences
from briefing.segment.turns import attribute, interviewed, speaks
from briefing.spans import Span, envelop

Look = Literal["official", "heading", "byline", "caption", "furniture", "body"]
_LEAD = re.compile(r"专访|采访|对话|访谈|本报讯|电[（(]|记者从")
_NEWS = re.compile("本报讯|[\u4e00-\u9fff·]{2,8}讯[（(]")
_INTRODUCES = re.compile("[—─]{1,4}(?:本报)?(?:记者)?(?:专访|访|对话|采访)")
"""What begins the line under a headline that says who is interviewed."""
_CLOSED_BYLINE = re.compile(r"[（(][^（()）]{0,12}(?:记者|通讯员)[^（()）]{0,40}[）)]$")
MAX_SEARCH = 40_000
"""Code points in which a name under a portrait is looked for again."""
MAX_BANNER = 3
"""Lines at the top of a page that may name the page and its series."""
_PRESS = ("记者", "通讯员", "编辑", "摄影")


@dataclass(frozen=True, slots=True)
class _Line:
    paragraph: Paragraph
    look: Look
    official: OfficialLine | None = None

    @property
    def span(self) -> Span:
        return self.paragraph.span


def interviews(issue: Issue) -> tuple[Interview, ...]:
    """The articles of a reflowed issue in page order, `kind` "interview" or "other"."""
    text = issue.text
    lines = _looks(text)
    out: list[Interview] = []
    for group in _articles(text, lines):
        article = _article(text, group, f"i{len(out) + 1}", top=not out)
        if article is not None:
            out.append(article)
    return tuple(out)


def _looks(text: str) -> list[_Line]:
    found = paragraphs(text)
    gap = usual_gap(found)
    out: list[_Line] = []
    for paragraph in found:
        line = paragraph.span.of(text)
        official = None if is_furniture(line) else official_line(text, paragraph.span)
        look: Look = "body"
        if official is not None:
            look = "official"
        elif is_furniture(line):
            look = "furniture"
        elif is_byline(line):
            look = "byline"
        elif (
            (is_name(line) and text.count(line, 0, MAX_SEARCH) > 1)
            or is_credit(line)
            or (paragraph.gap > gap and _is_caption(line, out))
        ):
            look = "caption"
        elif is_heading(line):
            look = "heading"
        out.append(_Line(paragraph, look, official))
    return out


def _is_caption(line: str, before: Sequence[_Line]) -> bool:
    """A short sentence that stands apart, but is not the lead under a headline."""
    if not is_short_sentence(line) or len(line) > MAX_CAPTION:
        return False
    return any(b.look == "body" for b in before)


def _articles(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of each article; what precedes the first is its banner."""
    starts = [n for n in range(len(lines)) if _starts(text, lines, n)]
    begins: list[int] = []
    for n in starts:
        first = n
        while first and first - 1 not in begins and _is_kicker(text, lines[first - 1]):
            first -= 1
        if not begins or first > begins[-1]:
            begins.append(first)
    if not begins:
        begins = [0]
    begins[0] = 0
    for start, stop in zip(begins, [*begins[1:], len(lines)], strict=True):
        yield list(lines[start:stop])


def _is_kicker(text: str, line: _Line) -> bool:
    shown = line.span.of(text)
    return line.look == "heading" and len(shown) <= 12 and not re.search(r"[，,。：]|\d(?:%|[万亿个家人元])", shown)


def _starts(text: str, lines: Sequence[_Line], n: int) -> bool:
    """Whether an article begins at line `n`."""
    line = lines[n]
    if line.look == "official":
        return not any(
            other.official and line.official and other.official.name.of(text) == line.official.name.of(text)
            for other in lines[max(0, n - 3) : n]
        )
    if line.look != "heading":
        return False
    before = [other for other in lines[max(0, n - 4) : n] if other.look != "furniture"][-1:]
    follows = lines[n + 1] if n + 1 < len(lines) else None
    if follows and follows.look == "body" and _NEWS.match(follows.span.of(text)):
        return any(other.look == "body" for other in lines[max(0, n - 9) : n]) or not before
    if before and before[-1].look in ("heading", "official"):
        return False
    ahead = [other for other in lines[n + 1 : n + 6] if other.look not in ("furniture", "caption")]
    run = next((k for k, other in enumerate(ahead) if other.look != "heading"), len(ahead))
    if run < len(ahead) and ahead[run].look == "official":
        return False
    behind = ahead[run] if run < len(ahead) else None
    if behind is None:
        return False
    if behind.look == "byline":
        names = ahead[:run]
        return not (run and len(names[-1].span) <= 4)
    ended = before and before[-1].look == "body" and _CLOSED_BYLINE.search(before[-1].span.of(text))
    if ended or not before:
        return True
    return bool(_LEAD.search(behind.span.of(text)[:80]) and any(True for _ in named(behind.span.of(text)[:120])))


def _article(text: str, group: Sequence[_Line], id_: str, *, top: bool) -> Interview | None:
    shown = [line for line in group if line.look != "furniture"]
    if not shown:
        return None
    turns, body = _head_and_body(text, shown, top)
    people = _people(text, shown, body)
    names = [p.name for p in people]
    turns += attribute(text, body, names)
    turns.sort(key=lambda turn: turn.span.start)
    whole = envelop([line.span for line in shown])
    spoken = [t for t in turns if t.role in ("narration", "quote")]
    return Interview(
        id=id_,
        span=whole,
        people=people,
        turns=tuple(turns),
        sentences=tuple(s for t in spoken for s in sentences(text, t.span)),
        kind="interview" if people and spoken else "other",
        place=_place(people[0].title) if people else "",
    )


def _head_and_body(text: str, lines: Sequence[_Line], top: bool) -> tuple[list[Turn], list[Span]]:
    """The turns that are not body, and the paragraphs of the body."""
    turns: list[Turn] = []
    body: list[Span] = []
    first_body = next((n for n, line in enumerate(lines) if line.look == "body"), len(lines))
    anchor = next((n for n, line in enumerate(lines[:first_body]) if line.official), None)
    heads = [n for n in range(first_body) if lines[n].look == "heading"]
    inline = anchor is not None and lines[anchor].official.headline is not None  # type: ignore[union-attr]
    headline: int | None = None
    if anchor is not None and not inline:
        headline = next((n for n in heads if n > anchor), None)
        if headline is None:
            headline = next((n for n in reversed(heads) if n < anchor), None)
    elif not inline and heads:
        titles = [n for n in heads if not _INTRODUCES.match(lines[n].span.of(text))] or heads
        headline = max(titles, key=lambda n: (min(len(lines[n].span), 26), -n))
    for n, line in enumerate(lines):
        role: Role
        if line.look == "official":
            official = line.official
            assert official is not None
            if official.headline is not None:
                turns.append(Turn(Span(line.span.start, official.headline.start), "kicker"))
                turns.append(Turn(official.headline, "headline"))
                continue
            role = "kicker"
        elif line.look == "byline":
            role = "byline"
        elif line.look == "caption":
            role = "caption"
        elif line.look == "heading" and n < first_body:
            lead = headline if headline is not None else anchor if anchor is not None else n
            if n == headline:
                role = "headline"
            elif _INTRODUCES.match(lines[n].span.of(text)):
                role = "deck"
            elif n < (lead if anchor is None else anchor) and top and n < MAX_BANNER:
                role = "banner"
            else:
                role = "kicker" if n < lead or _is_kicker(text, line) else "deck"
        elif line.look == "heading":
            role = "subhead"
        else:
            body.append(line.span)
            continue
        turns.append(Turn(line.span, role))
    return turns, body


def _people(text: str, lines: Sequence[_Line], body: Sequence[Span]) -> tuple[Person, ...]:
    """The officials of the article: those whom a line introduces, else those who speak in it."""
    if not body:
        return ()
    spoken = "\n".join(span.of(text) for span in body)
    base = envelop([line.span for line in lines])
    titles: dict[str, str] = {}
    first: dict[str, Span] = {}
    for found in named(base.of(text)):
        title = found.title.of(base.of(text)) if found.title else ""
        name = found.name.of(base.of(text))
        if title.endswith(_PRESS):
            continue
        titles[name] = max(titles.get(name, ""), title, key=len)
        first.setdefault(name, found.name.shift(base.start))
    introduced: list[str] = []
    for line in lines:
        if line.official is not None:
            name = line.official.name.of(text)
            introduced.append(name)
            first[name] = line.official.name
            if line.official.title is not None:
                titles[name] = max(line.official.title.of(text), titles.get(name, ""), key=len)
    speakers = introduced or [
        name for name in first if titles[name] and speaks(spoken, name) and interviewed(base.of(text), name)
    ]
    return tuple(Person(first[name], name, titles.get(name, ""), "") for name in dict.fromkeys(speakers))


_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:省|自治区)|[\u4e00-\u9fff]{1,5}?(?:市|自治州|州(?![市区县])|盟|地区)|[\u4e00-\u9fff]{1,5}?(?:新区|开发区|高新区|区|自治县|县|旗)|"
    r"[\u4e00-\u9fff]{1,5}?(?:街道|镇|(?<!城)乡)"
)


def _place(title: str) -> str:
    """The division that an official speaks for, with the city that the title names: 济南市济阳区.

    >>> _place("济南市人大代表，济阳区委副书记、区长"), _place("市教育局局长")
    ('济南市济阳区', '')
    """
    best: list[str] = []
    city = ""
    for part in re.split("[，,、；]", title):
        chain: list[str] = []
        at = 0
        while match := _DIVISION.match(part, at):
            if len(match.group()) < 2 or match.group() in ("全市", "全省", "全区", "全县", "我市", "我区"):
                break
            chain.append(match.group())
            at = match.end()
        if chain and chain[0].endswith(("市", "州", "盟", "省")):
            city = city or "".join(chain[:1])
        seat = part.endswith(("代表", "政协委员"))
        if chain and not (seat and best) and (not best or (best == [city] and chain[0] != city)):
            best = chain
    if best and city and best[0] != city:
        best = [city, *best]
    return "".join(best)
