"""Who speaks in which paragraph of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.lexicon import SPEECH, named
from briefing.model import Role, Turn
from briefing.segment.paragraphs import is_answer, is_byline, is_question, label_end, presides
from briefing.segment.sentences import sentences
from briefing.spans import Span

_LABEL = r"\s?(?:（[^（）]{2,40}）|\([^()]{2,40}\))?\s?[：:]\s*"
_SAID = (
    rf"(?:[：:]|[\u3400-\u9fff]{{0,8}}?(?:{SPEECH}|接受)"
    rf"|(?:[^，。！？“”\n]|“[^”]{{1,10}}”){{0,24}}?(?:时|中|后)(?:{SPEECH}))"
)
_OFFICE = "书记|市长|区长|县长|镇长|乡长|局长|主任|厅长|部长|院长|校长|行长|董事长|总经理|会长|主席|委员|代表|教授|总"
_OTHERS = re.compile(
    rf"[”’][^“。！？]{{0,40}}?(?:{SPEECH})(?:[，。：]|$)"
    rf"|(?:居民|市民|村民|业主|家长|患者|学生|学员|商户|店主|农户|游客|乘客|司机|职工|工人|员工|群众|住户|租户|顾客|老人|负责人|经理|董事长|院长|校长|站长|教授|专家|大爷|大妈|阿姨|女士|先生|师傅)"
    rf"[\u4e00-\u9fff·]{{0,5}}?(?:{SPEECH})(?:[，：]|记者[，：]|道[，：])"
)
"""Somebody who is quoted: told behind a quotation, or named by what he is."""
_GOES_ON = re.compile(rf"[他她](?:还|也|同时|进一步)?(?:{SPEECH})")
"""A paragraph of the same speaker."""
_PRONOUN = re.compile(
    rf"(?:^|[”，。、])(?:他|她|记者)[\u3400-\u9fff]{{0,6}}?(?:{SPEECH})|”[他她][\u3400-\u9fff]{{0,6}}?(?:{SPEECH})"
)


_DIRECTION = re.compile(r"【[^】讯电]{1,8}】|[（(][^（）()]{1,12}[）)]$")
"""A film that is shown, a stage direction."""


@dataclass(slots=True)
class _State:
    """What the paragraphs before tell of the next one."""

    speaker: str
    answering: bool = False
    """Whether questions are asked in this article: what is no question is an answer, then."""
    quoting: bool = False
    """Whether a quotation of an earlier paragraph is still open."""
    guest: bool = False
    """Whether somebody else had the last word."""


_ASKER = re.compile(
    r"(?:记者|主持人?|主播|评论员)\s?[：:]?\s?(?:本[报刊台网社][\u4e00-\u9fff]{0,6}(?:记者|评论员|主播)\s?)?([\u4e00-\u9fff]{2,4})(?=[\s、）)]|$)"
)
_HEAD = 2_000
"""Code points at the top of a text that are looked through for who asks."""


@lru_cache(maxsize=16)
def askers(text: str) -> frozenset[str]:
    """The reporters who ask under their own names: named in a byline, and before a colon at the head of a paragraph.

    >>> sorted(askers("主持：本报记者 向南\\n嘉宾：宁采薇\\n向南：怎样？"))
    ['向南']
    """
    bylines = (line.strip() for line in text[:_HEAD].split("\n"))
    named_so = {m[1] for line in bylines if is_byline(line) or presides(line) for m in _ASKER.finditer(line)}
    return frozenset(name for name in named_so if re.search(rf"\n\W{{0,3}}{name}\s?[：:]", text))


def asks(text: str, line: str) -> bool:
    """Whether `line` is the question of a reporter of `text` under his own name."""
    head = re.match(r"\W{0,3}([\u4e00-\u9fff]{2,4})\s?[：:]", line)
    return head is not None and head[1] in askers(text)


def attribute(text: str, body: Iterable[Span], names: Sequence[str]) -> tuple[Turn, ...]:
    """The paragraphs of a body as turns: narration, quote or question, each with its speaker.

    A paragraph belongs to the person who is named in it with a verb of saying; a quotation that goes on,
    and narration in between, to whoever spoke last; what comes first, to the only one of `names`. A paragraph
    in which two of them speak is parted between its sentences. The words of villagers and managers who are
    quoted in between are nobody's.
    """
    state = _State(names[0] if len(names) == 1 else "")
    out: list[Turn] = []
    for span in body:
        out += _paragraph(text, span, names, state)
    return tuple(out)


def _paragraph(text: str, span: Span, names: Sequence[str], state: _State) -> list[Turn]:
    line = span.of(text)
    speaking = labelled(line, names)
    if (is_question(line) or asks(text, line)) and not speaking:
        state.answering, state.quoting, state.guest = True, False, False
        return [Turn(span, "question")]
    answer = bool(speaking) or is_answer(line)
    if not answer and _DIRECTION.match(line):
        return [Turn(span, "narration")]
    if answer:
        state.quoting = False
    if speaking:
        state.speaker, state.answering, state.guest = speaking, True, False
    quoted = answer or state.quoting or bool(re.match("[^\\w“]*[“「]", line))
    state.quoting = line.count("“") + line.count("「") > line.count("”") + line.count("」") or (
        state.quoting and not re.search("[”」]", line)
    )
    said = sorted((at, name) for name in names for at in _says(line, name))
    role: Role = "quote" if quoted or (state.answering and not said) else "narration"
    if not answer and not said:
        other = _other(line)
        goes_on = state.guest and not state.answering and bool(re.match(r"[^\w“]*[“「]", line))
        if other or goes_on or _foreign(line):
            state.guest = True
            return [Turn(span, role, other)]
    state.guest = False
    if not answer and len({name for _, name in said}) > 1:
        return _parted(text, span, names, role, state)
    if said and not answer:
        state.speaker = said[0][1]
    return [Turn(span, role, state.speaker)]


def labelled(line: str, names: Iterable[str]) -> str:
    """The name with which `line` begins, where a colon follows it: 何江：…, 何江（白塔县县长）：…, 何县长：…"""
    head = re.match(r"[^\w“《（(]*", line)
    at = head.end() if head else 0
    for name in names:
        if re.compile(
            rf"[【\[]?(?:{re.escape(name)}|{re.escape(name[0])}(?:{_OFFICE}))[】\]]?{_LABEL}|[【\[]{re.escape(name)}[】\]]"
        ).match(line, at):
            return name
    return ""


def label_length(line: str, names: Iterable[str]) -> int:
    """How much of `line` only says who speaks: 何江：, 答：, 【答】; 0 where it begins at once."""
    for name in names:
        match = re.match(
            rf"[^\w“《（(]*(?:[【\[]?(?:{re.escape(name)}|{re.escape(name[0])}(?:{_OFFICE}))[】\]]?{_LABEL}|[【\[]{re.escape(name)}[】\]])",
            line,
        )
        if match and match.end() < len(line):
            return match.end()
    return label_end(line)


def _says(line: str, name: str) -> Iterable[int]:
    return (m.start() for m in re.finditer(rf"{re.escape(name)}{_SAID}", line))


def _foreign(line: str) -> bool:
    """Whether somebody is quoted in `line` who is none of the officials, and no pronoun stands for one."""
    return bool(_OTHERS.search(line)) and not _PRONOUN.search(line)


def _other(line: str) -> str:
    """The name of the one who is quoted, where his office is given."""
    for found in named(line):
        if re.match(_SAID, line[found.name.stop :]):
            return found.name.of(line)
    return ""


def _parted(text: str, span: Span, names: Sequence[str], role: Role, state: _State) -> list[Turn]:
    """A paragraph in which several speak, in runs of sentences of one each."""
    runs: list[tuple[int, str]] = []
    for sentence in sentences(text, span):
        own = sorted((at, name) for name in names for at in _says(sentence.of(text), name))
        state.speaker = own[0][1] if own else state.speaker
        if not runs or runs[-1][1] != state.speaker:
            runs.append((sentence.start if runs else span.start, state.speaker))
    ends = [start for start, _ in runs[1:]] + [span.stop]
    out = []
    for (start, speaker), end in zip(runs, ends, strict=True):
        piece = text[start:end]
        quoted = bool(re.match("[“「]", piece))
        out.append(
            Turn(
                Span(start, start + len(piece.rstrip())),
                "quote" if quoted else "narration" if role == "narration" or runs[0][0] != start else role,
                speaker,
            )
        )
    return out


def speaks(text: str, name: str) -> bool:
    """Whether `name` says something in `text`: with a verb of saying, in an interview, or before a colon.

    >>> speaks("黄晓广在接受记者专访时表示", "黄晓广"), speaks("黄晓广陪同调研。", "黄晓广")
    (True, False)
    """
    own = re.escape(name)
    office = "同志|局长|主任|区长|市长|县长|书记"
    said = rf"{own}(?:[：:]|{office})?[^。，“”]{{0,12}}?(?:{SPEECH}|接受[^。]{{0,20}}?(?:采访|专访))"
    asked = rf"(?:专访|采访|对话|访谈|访)了?[^。“”]{{0,60}}{own}"
    return bool(re.search(said, text) or re.search(asked, text))


def speaks_up(line: str) -> bool:
    """Whether a paragraph is the beginning of the article proper: somebody is met or says something."""
    return (
        bool(re.match("[“「]", line))
        or is_question(line)
        or (any(True for _ in named(line)) and bool(re.search(f"专访|采访|{SPEECH}", line)))
    )


def interviewed(text: str, name: str) -> bool:
    """Whether `text` is an interview with `name`: it says so, or there are questions and answers.

    A statement to somebody else's reporter in a piece of news (…在接受采访时表示) is none: who is interviewed
    speaks in more than one paragraph.

    >>> interviewed("记者专访了区长黄晓广。", "黄晓广"), interviewed("记者从会上获悉。区长黄晓广讲话。", "黄晓广")
    (True, False)
    """
    own = re.escape(name)
    asked = "专访|采访|对话|访谈|做客|答记者问|回答了?记者|走进[^。]{0,10}(?:演播室|直播间|会客厅)"
    said = re.compile(rf"{own}[^。，“”]{{0,12}}?(?:{SPEECH})")
    asks = any(is_question(line) for line in text.split("\n"))
    answers = asks and (
        re.search(rf"(?m)^[^\w“\n]*[【\[]?{own}[】\]]?{_LABEL}", text)
        or (
            any(is_answer(line) for line in text.split("\n"))
            and re.search(rf"(?:{asked})[^。！？\n]{{0,80}}{own}|{own}[^。！？\n]{{0,60}}(?:{asked})", text)
        )
    )
    if answers or re.search(rf"专访了?[^。！？\n]{{0,80}}{own}|{own}[^。！？\n]{{0,60}}专访", text):
        return True
    met = re.search(rf"(?:{asked})[^。！？\n]{{0,80}}{own}|{own}[^。！？\n]{{0,60}}(?:{asked})", text)
    guest = "演播室|直播间|会客厅|答记者问|回答了?记者"
    if re.search(rf"{own}[^。！？\n]{{0,40}}(?:{guest})", text) and said.search(text):
        return True
    spoken = [line for line in text.split("\n") if said.search(line) or _GOES_ON.match(line)]
    return bool(met) and len(spoken) >= 2 and sum(bool(said.search(line)) for line in spoken) >= 1
