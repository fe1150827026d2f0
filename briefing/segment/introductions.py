"""Lines that introduce the officials of an article: office and name, and perhaps a headline behind a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.lexicon import ATTENDS, is_title, name_at, named, rank_ends
from briefing.segment.paragraphs import Paragraph, balanced, is_answer, is_byline, is_deck, is_heading, is_question
from briefing.spans import Span

_SHORTEST = 6
"""Code points of the shortest headline behind a bare name."""
MAX_LINE = 130
"""Code points of the longest line that introduces anybody."""
_MARKS = r"(?:(?!“)[^\w（(])*"
_ASKING = "(?:本[报刊台网社])?(?:特派|首席)?(?:记者)?(?:独家)?"
_LEAD_IN = re.compile(
    rf"{_MARKS}(?:[\w“”《》]{{2,10}}\s?[｜|丨]\s?)?{_MARKS}"
    r"(?:(?:访谈|问政|上线|本期|特邀|做客|出席|与会|受访|对话|主讲|主|演讲|采访)?(?:嘉宾|发布人|对话人|访谈人|主讲人|出席人|介绍人|受访者|受访人|受访对象|访谈对象|采访对象|被访人|发言人)(?=\s?[：:\s／/|｜])"
    r"|[【\[［](?:专访|对话|访谈|圆桌|做客|人物)[^】\]］]{0,6}[】\]］]"
    rf"|(?<=[—─])记(?!者|协)|{_ASKING}(?:专访|对话|访谈|采访|[三四五六七八九十][问答]|访(?!问|[^，]{{0,6}}局长室)))?"
    rf"{_MARKS}"
)
"""What may stand before the office: a mark, 专访, 【对话】, 访谈嘉宾："""
_ENTITLED = re.compile(
    r"(?:(?:[^\s，。“]{2,14}\d{1,2}月\d{1,2}日专?电\s*)?题[：:]\s*)?([^。；：:—]{4,40})"
    rf"([—─]{{1,2}}(?={_ASKING}(?:专访|访|对话|记(?!者)))[^。：:]{{6,80}})"
)
PRESS = ("记者", "通讯员", "编辑", "摄影", "实习生", "主播", "主持人")
"""How the titles of those end who make the paper and are never its officials."""
_AFTER_NAME = re.compile(r"(?:教授|博士|院士|先生|女士|同志|医生|老师|主任)?\s*(?:[：:]|[—─]{1,2}|[｜|丨])\s*")
_PROFILE = re.compile(r"\s?[（(][^（）()。]{2,40}[）)]\s*$")
"""Who it is, behind the name: （女，1975年生，柳沟村党支部书记）."""
_BETWEEN = re.compile(r"[\s、，,；;和与及/｜|]{0,4}")
_LABELS = frozenset(
    (
        "来源",
        "时间",
        "单位",
        "作者",
        "编者",
        "责编",
        "记者",
        "标题",
        "编者按",
        "电话",
        "主持",
        "司机",
        "文字",
        "后记",
        "党史",
        "白皮书",
    )
)
"""What stands before a colon and is nobody's name, though it begins like one."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """An official as the line prints him."""

    name: Span
    title: Span | None


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """A line that introduces the article's officials, and a headline behind the colon."""

    people: tuple[Introduced, ...]
    headline: Span | None
    colon: bool
    """Whether a colon follows the name: without one, the line may as well belong to a picture."""
    lead_in: bool = False
    """Whether 专访, 对话 or a dash stands before the office."""

    @property
    def name(self) -> Span:
        """The name of the first."""
        return self.people[0].name

    @property
    def title(self) -> Span | None:
        """The offices of the first."""
        return self.people[0].title


def official_line(text: str, span: Span) -> OfficialLine | None:
    """How the line under `span` introduces officials: 济阳区委副书记、区长黄晓广：(力争…).

    >>> line = "白塔县委书记石敬之、县长纪云飞：携手走好振兴路"
    >>> [p.name.of(line) for p in official_line(line, Span(0, len(line))).people]
    ['石敬之', '纪云飞']
    """
    line = span.of(text)
    if not 5 <= len(line) <= MAX_LINE or is_question(line) or is_byline(line):
        return None
    if entitled := _entitled(text, span):
        return entitled
    lead = _LEAD_IN.match(line)
    start = lead.end() if lead else 0
    found = _titled(line, start) or _reversed(line, start) or (_listed(line, start) if start else None)
    if found is None:
        return None if is_answer(line) else _bare(line, span) or _seated(line, span)
    people, stop = found
    profile = _PROFILE.match(line, stop)
    stop = profile.end() if profile else stop
    behind = _AFTER_NAME.match(line, stop)
    rest = line[behind.end() :] if behind else line[stop:]
    if rest.strip() and (behind is None or not is_heading(rest.strip()) or rest.strip()[-1] in "！!？?"):
        return None
    headline = Span(span.stop - len(rest.lstrip()), span.stop) if rest.strip() else None
    first = people[0].name.of(line)
    if first.startswith("谈") and behind is None and text.count(first) == 1:
        return None  # 乡镇党委书记谈振兴
    return OfficialLine(
        tuple(
            Introduced(p.name.shift(span.start), None if p.title is None else p.title.shift(span.start)) for p in people
        ),
        headline,
        colon=bool(behind and behind.group().strip()[:1] in "：:—─|｜丨") or profile is not None,
        lead_in=bool(lead and re.search(r"\w|[—─]", lead.group())),
    )


def _entitled(text: str, span: Span) -> OfficialLine | None:
    """HEADLINE——专访OFFICE NAME on one line, perhaps behind a dateline: 新华社济南2月24日电 题：…"""
    match = _ENTITLED.fullmatch(span.of(text))
    if match is None or not balanced(match[1]):
        return None
    told = official_line(text, Span(*match.span(2)).shift(span.start))
    if told is None or told.title is None or told.headline is not None:
        return None
    return OfficialLine(told.people, Span(*match.span(1)).shift(span.start), colon=True, lead_in=True)


def _titled(line: str, start: int) -> tuple[list[Introduced], int] | None:
    """OFFICE NAME, once or several times, from `start` on; and where the last name ends."""
    people: list[Introduced] = []
    at = start
    for found in named(re.split(r"[。“]", line)[0]):
        if found.title is None or found.name.start < at:
            continue
        if found.title.stop > found.name.start:
            continue  # NAME（OFFICE）
        if found.title.of(line).endswith(PRESS):
            break
        gap = line[at : found.title.start]
        if not _BETWEEN.fullmatch(gap) and not (not people and _offices_between(line[at : found.name.start])):
            break
        people.append(
            Introduced(
                found.name,
                Span(at + len(gap) - len(gap.lstrip()), found.title.stop)
                if not _BETWEEN.fullmatch(gap)
                else found.title,
            )
        )
        at = found.name.stop
        if not _BETWEEN.match(line, at) or _AFTER_NAME.match(line, at):
            break
    return (people, at) if people else None


def _offices_between(ahead: str) -> bool:
    """Whether what stands before the name is all offices, though some of them are unknown."""
    told = re.search("[：:。！？的]", ahead) or ATTENDS.search(ahead)
    return rank_ends(ahead.rstrip()) and not told and is_title(ahead.rstrip())


def _reversed(line: str, start: int) -> tuple[list[Introduced], int] | None:
    """NAME OFFICE, NAME，OFFICE or NAME（OFFICE）, which is all that the line says but a headline behind a colon."""
    name = name_at(line, start)
    if name is None:
        return None
    bracketed = re.match(r"\s?[（(]([^（()）。；：:“]{3,60})[）)](?=\s?[：:])", line[name.stop :])
    if bracketed and is_title(bracketed.group(1)):
        office = Span(*bracketed.span(1)).shift(name.stop)
        return [Introduced(name, office)], name.stop + bracketed.end()
    match = re.match(r"\s*[，,：:（(／/|｜]?\s*([^。；：:“]{3,60}?)[）)]?\s*$", line[name.stop :])
    if not match or not is_title(match.group(1)) or match.start(1) == 0:
        return None
    return [Introduced(name, Span(name.stop + match.start(1), name.stop + match.end(1)))], len(line)


def _listed(line: str, start: int) -> tuple[list[Introduced], int] | None:
    """A name alone behind 受访者：, the office being given elsewhere."""
    name = name_at(line, start) if re.search(r"[：:／/|｜]\s*$", line[:start]) else None
    return ([Introduced(name, None)], len(line)) if name is not None and not line[name.stop :].strip() else None


def _bare(line: str, span: Span) -> OfficialLine | None:
    """NAME：HEADLINE, without an office."""
    name = name_at(line, 0)
    if name is None or name.of(line) in _LABELS or not re.match(r"[：:]", line[name.stop :]):
        return None
    after = line[name.stop + 1 :].strip()
    if len(after) < _SHORTEST or not is_heading(after) or after[-1] in "！!？?":
        return None
    return OfficialLine((Introduced(name.shift(span.start), None),), Span(span.stop - len(after), span.stop), True)


_SEATED = re.compile(r"(?:代表|委员|书记|[市区县镇乡局厅部院校州旗]长|主任|董事长|总经理|院士|教授)\s?[：:]\s*")


def _seated(line: str, span: Span) -> OfficialLine | None:
    """NAME代表：, alone or with a headline behind the colon."""
    name = name_at(line, 0)
    behind = _SEATED.match(line, name.stop) if name is not None else None
    if name is None or behind is None or name.of(line) in _LABELS:
        return None
    after = line[behind.end() :]
    if after and (len(after) < _SHORTEST or not is_heading(after) or after[-1] in "！!？?"):
        return None
    headline = Span(span.stop - len(after), span.stop) if after else None
    return OfficialLine((Introduced(name.shift(span.start), None),), headline, colon=True)


def tells_whom(following: Sequence[Paragraph], text: str) -> bool:
    """Whether the next line is a deck that names an official, so that there must be a headline over it."""
    deck = following[0].span.of(text) if following else ""
    return introduces(deck) or (is_deck(deck) and any(True for _ in named(deck)))


def introduces(line: str) -> bool:
    """Whether `line` is the deck under a headline that says who is interviewed: ——专访…

    >>> introduces("——访省人大代表、云河市市长陆文博"), introduces("走访慰问困难群众")
    (True, False)
    """
    return bool(re.match(rf"[\s—─\-–]{{1,5}}{_ASKING}(?:专访|访|对话|采访|与|记(?!者))", line))
