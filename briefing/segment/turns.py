"""Who speaks in which paragraph of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefing.lexicon import SPEECH
from briefing.model import Role, Turn
from briefing.segment.paragraphs import is_answer, is_question
from briefing.spans import Span

_ASKS = re.compile(r"(?m)^(?:问|[\u4e00-\u9fff·]{0,12}(?:记者|报|网|台|社|壹点|客户端))[：:]")


def attribute(text: str, body: Iterable[Span], names: Sequence[str]) -> tuple[Turn, ...]:
    """The paragraphs of a body as turns: narration, quote or question, each with its speaker.

    A paragraph belongs to the person who is named in it with a verb of saying; a quotation that goes on,
    and narration in between, to whoever spoke last; what comes first, to the first of `names`.
    """
    out: list[Turn] = []
    speaker = names[0] if names else ""
    for span in body:
        line = span.of(text)
        if is_question(line) and not _begins_with(line, names):
            out.append(Turn(span, "question"))
            continue
        said = [
            (match.start(), name)
            for name in names
            for match in re.finditer(rf"{re.escape(name)}(?:[：:]|[\u3400-\u9fff]{{0,8}}?(?:{SPEECH}|接受))", line)
        ]
        if said:
            speaker = min(said)[1]
        role: Role = "quote" if is_answer(line) or re.match("[“「]", line) or _begins_with(line, names) else "narration"
        out.append(Turn(span, role, speaker))
    return tuple(out)


def _begins_with(line: str, names: Iterable[str]) -> bool:
    return any(line.startswith((f"{name}：", f"{name}:")) for name in names)


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
    answers = re.search(rf"(?m)^{own}[：:]", text) and _ASKS.search(text)
    if answers or re.search(rf"专访了?[^。！？\n]{{0,80}}{own}|{own}[^。！？\n]{{0,60}}专访", text):
        return True
    met = re.search(rf"(?:{asked})[^。！？\n]{{0,80}}{own}|{own}[^。！？\n]{{0,60}}(?:{asked})", text)
    guest = "演播室|直播间|会客厅|答记者问|回答了?记者"
    if re.search(rf"{own}[^。！？\n]{{0,40}}(?:{guest})", text) and said.search(text):
        return True
    return bool(met) and sum(bool(said.search(line)) for line in text.split("\n")) >= 2
