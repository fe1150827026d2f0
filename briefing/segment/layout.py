"""Undo what the page did to the sentences: wrapped lines, column breaks, captions in between.

The repairs are Steps, so that in the text that comes out every sentence is one contiguous span. A break
is deleted; a caption that cuts a sentence is moved behind the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.lexicon import division_of, name_at, named, rank_ends, surnames
from briefing.model import Edit, Issue, Step
from briefing.normalise import apply
from briefing.segment.asides import box, note
from briefing.segment.introductions import MAX_LINE, OfficialLine, official_line
from briefing.segment.paragraphs import (
    Paragraph,
    is_answer,
    is_byline,
    is_credit,
    is_furniture,
    is_heading,
    is_open,
    is_question,
    is_short_sentence,
    paragraphs,
    runs_on,
    starts_paragraph,
    usual_gap,
    width,
)
from briefing.spans import Span


def reflow(issue: Issue) -> Issue:
    """The issue with its sentences whole and its names closed up; `steps` grow by at most five."""
    for rule, edits in (
        ("page_turn", _turns),
        ("spaced_name", _spaced),
        ("split_introduction", _introductions),
        ("hard_wrap", _wraps),
        ("column_break", _breaks),
    ):
        found = edits(issue.text)
        if found:
            step = Step(rule, tuple(found))
            issue = replace(issue, text=apply(step, issue.text), steps=(*issue.steps, step))
    return issue


_TAIL = 400
"""Code points at the end of a paragraph that tell whether it breaks off."""
_TURN = re.compile(r"[（(](?:上接|下转|紧接|转|接)[^（）()\n]{1,12}[版页][^（）()\n]{0,4}[）)][ \u3000]*")


def _turns(text: str) -> list[Edit]:
    """Where a paragraph says on which page it goes on or began: （上接A02版）其中…"""
    out: list[Edit] = []
    for paragraph in paragraphs(text):
        line = paragraph.span.of(text)
        out += [
            Edit(Span(*match.span()).shift(paragraph.span.start), "")
            for match in _TURN.finditer(line)
            if len(match.group()) < len(line) and (match.start() == 0 or match.end() == len(line))
        ]
    return out


_RAGGED = 6
"""Half-width cells by which a line that was wrapped may be wider than the others."""
_CREDITED = frozenset("文图摄")
"""What a reporter did, behind the name: 王禹 文 is nobody called 禹文."""
_SPACED = re.compile(r"(?=(([\u4e00-\u9fff])[ \u3000]{1,3}([\u4e00-\u9fff]))(?:[：:，,、；;（(|｜—]|[ \u3000]|$))")


_WIDE = re.compile(
    r"(?<![\u4e00-\u9fff][ \u3000])([\u4e00-\u9fff])([ \u3000]{1,3})([\u4e00-\u9fff])([ \u3000]{1,3})([\u4e00-\u9fff])"
    r"(?=[：:，,、；;（(|｜—]|[ \u3000]|$)"
)
"""A name of three characters, set wide."""


def _wide(text: str, paragraph: Paragraph) -> list[Edit]:
    """The blanks inside names of three characters that the text names without them, too: 孔 令 川."""
    out: list[Edit] = []
    for match in _WIDE.finditer(paragraph.span.of(text)):
        if match[1] in surnames() and match[1] + match[3] + match[5] in text:
            out += [Edit(Span(*match.span(n)).shift(paragraph.span.start), "") for n in (2, 4)]
    return out


def _spaced(text: str) -> list[Edit]:
    """The blanks inside names of two characters, spaced to the width of three: 王　伟; and of three, set wide."""
    out: list[Edit] = []
    for paragraph in paragraphs(text):
        line = paragraph.span.of(text)
        if len(line) > MAX_LINE:
            continue
        if wide := _wide(text, paragraph):
            out += wide
            continue
        stop = 0
        for match in _SPACED.finditer(line):
            family, given, ahead, end = match[2], match[3], line[: match.start()].rstrip(), match.end(1)
            if match.start() < stop or family not in surnames() or given in _CREDITED:
                continue
            listed = not ahead or is_byline(line) or rank_ends(ahead) or ahead[-1] in "：:、，"
            if not listed or (not ahead and end < len(line) and line[end] not in "：:（("):
                continue
            if not ahead and end == len(line) and family + given not in text:
                continue
            start = paragraph.span.start + match.start()
            out.append(Edit(Span(start + 1, paragraph.span.start + end - 1), ""))
            stop = end
    return out


def _introductions(text: str) -> list[Edit]:
    """The break in a line that introduces an official: …党组书记、|局长贺兰山：, …区长|马晓东."""
    out: list[Edit] = []
    found = paragraphs(text)
    joined = -1
    for order, (a, b) in enumerate(pairwise(found)):
        first, second = a.span.of(text), b.span.of(text)
        if (
            order == joined
            or len(first) + len(second) > MAX_LINE
            or is_byline(second)
            or re.search("[。！？“：:]", first)
        ):
            continue
        alone = name_at(second.rstrip("：:") + "：", 0)
        bare = alone is not None and len(alone) == len(second.rstrip("：:"))
        if not (rank_ends(first) if bare else re.search("[、，兼]$", first) or rank_ends(first)):
            continue
        whole = first + second
        second_line = official_line(second, Span(0, len(second)))
        if second_line is not None and second_line.lead_in and second_line.title is not None:
            continue  # 对话白塔县委副书记、县长石敬之 needs nothing before it
        if official_line(first, Span(0, len(first))) or (
            not bare and official_line(second, Span(0, len(second))) is None and not any(True for _ in named(second))
        ):
            continue
        line = official_line(whole, Span(0, len(whole)))
        if (
            line is None
            or line.name.start < len(first) - 1
            or (line.title is not None and line.title.stop <= len(first) - 1)
        ):
            continue
        if not bare and line.title is not None and line.title.start >= len(first):
            continue
        if not re.search("[、，兼]$", first) and _complete(second_line, second):
            continue  # 岁末对话县委书记 over 中共临湖县委书记沈文斌 is a kicker
        out.append(Edit(Span(a.span.stop, b.span.start), ""))
        joined = order + 1
    return out


def _complete(official: OfficialLine | None, line: str) -> bool:
    """Whether the office that a line gives names its own place, and so begins nowhere else: 中共临湖县委书记."""
    return official is not None and official.title is not None and bool(division_of(official.title.of(line)))


def _wraps(text: str) -> list[Edit]:
    """Lines that end where the column ends, not where the paragraph does."""
    found = paragraphs(text)
    close = [(a, b) for a, b in pairwise(found) if b.gap == 0]
    widths = [width(a.span.of(text)) for a, _ in close]
    full = max((w for w in widths if widths.count(w) >= 2), default=0)
    near = sum(full - 4 <= w <= full + 2 for w in widths)
    wider = sum(width(p.span.of(text)) > full + _RAGGED for p in found)
    if not 16 <= full <= 120 or near < 4 or near < 0.4 * len(close) or wider > near // 8:
        return []  # where whole paragraphs stand on one line, headlines of one length tell nothing
    out: list[Edit] = []
    for (a, b), cells in zip(close, widths, strict=True):
        line = a.span.of(text)
        if cells < full - 4 or b.indented or is_byline(line) or is_byline(b.span.of(text)):
            continue
        if not re.search("[，。、；：,;]", line + b.span.of(text)):
            continue  # rows of a table, lines of an advertisement
        if line[-1] in "。！？”：" and cells < full - 1:
            continue
        out.append(_joint(text, a.span.stop, b.span.start))
    return out


def _breaks(text: str) -> list[Edit]:
    """Paragraphs that end inside a sentence, and what stands between their halves."""
    found = paragraphs(text)
    gap = usual_gap(found)
    edits: list[Edit] = []
    i = 0
    while i < len(found):
        whole, last, between = found[i].span.of(text), i, list[int]()
        while _breaks_off(text, found, whole, last):
            between_now, following = _continuation(text, found, last, gap)
            if following is None:
                break
            edits.append(_joint(text, found[last].span.stop, found[following].span.start))
            whole = (whole + found[following].span.of(text))[-_TAIL:]
            between += between_now
            last = following
        end = Span(found[last].span.stop, found[last].span.stop)
        for number in between:
            moved = found[number].span
            edits += [Edit(end, "\n" * (gap + 3)), Edit(end, moved.of(text), moved)]
        i = last + 1
    return sorted(edits, key=lambda e: e.span.start)


def _breaks_off(text: str, found: Sequence[Paragraph], whole: str, last: int) -> bool:
    """Whether the paragraph that reads `whole` so far goes on after paragraph `last`."""
    if official_line(text, found[last].span) is not None or is_byline(whole) or is_furniture(whole):
        return False
    if "alone" in (box(whole), note(whole)):
        return False
    following = found[last + 1].span.of(text) if last + 1 < len(found) else ""
    if following and found[last + 1].gap and is_heading(whole) and is_heading(following):
        return False  # a kicker over a headline: 市长访谈, 保交房、稳就业
    return is_open(whole) or (not re.search("[。！？”：]$", whole) and bool(following) and runs_on(whole, following))


def _continuation(text: str, found: Sequence[Paragraph], last: int, gap: int) -> tuple[list[int], int | None]:
    """What stands between paragraph `last`, which is open, and its continuation; None where there is none."""
    between: list[int] = []
    for number in range(last + 1, min(len(found), last + 5)):
        line = found[number].span.of(text)
        if is_furniture(line) or is_credit(line):
            between.append(number)
            continue
        if is_question(line) or is_answer(line):
            return [], None
        joined = runs_on(found[last].span.of(text), line)
        if is_byline(line) or (is_heading(line) and not joined) or official_line(text, found[number].span) is not None:
            return [], None
        after = found[number + 1].span.of(text) if number + 1 < len(found) else ""
        apart = found[number].gap > gap or starts_paragraph(line)
        if is_short_sentence(line) and apart and after and _goes_on(after):
            between.append(number)
            continue
        return between, number
    return [], None


def _goes_on(line: str) -> bool:
    """Whether `line` may be the second half of a sentence."""
    return not (is_heading(line) or is_byline(line) or is_furniture(line) or starts_paragraph(line))


def _joint(text: str, start: int, stop: int) -> Edit:
    """The white space between two halves goes, or becomes one space between two Latin words."""
    latin = re.match(r"[A-Za-z]{2}", text[start - 1 : start] + text[stop : stop + 1]) is not None
    return Edit(Span(start, stop), " " if latin else "")
