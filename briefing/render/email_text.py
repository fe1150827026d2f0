"""The plain text of a mail: what a reader without HTML sees, and what is quoted in an answer.

Lines are folded at 76 columns, a Chinese character taking two; a number is not torn from its unit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from briefing.model import Finding
from briefing.render.cells import side
from briefing.render.html import inert, place_of
from briefing.render.page import STATUS, STRENGTH, Count, FigureRow, Page, Pair, PledgeRow, Section
from briefing.render.plural import counted

Language = Literal["zh", "en", "both"]
WIDTH = 76
MOST_FINDINGS = 12
_TOKEN = re.compile(
    r"\s+|[A-Za-z0-9.,:%‰/&'’“‘(\[$€£+#@_~–-]+[)\].,;:!?’”%]*(?:(?<=[0-9%])[\u3400-\u9fff]{1,3})?|."
)
_CLOSING = frozenset("，。；：、！？）》】」』”’…—%)]},.;:!?")
_OPENING = frozenset("（《【「『“‘([{")


@dataclass(frozen=True, slots=True)
class View:
    """What a mail shows of a brief."""

    page: Page
    """As much as is shown."""
    whole: Page
    """All of it, after the reader's topics."""
    language: Language
    page_url: str = ""
    rest: str = ""
    """The name of the attachment that holds the whole brief, if one does."""
    shortened: bool = False
    total: int = 0
    """Interviews of the issue, whatever the reader's topics."""

    @property
    def count(self) -> Count:
        """All interviews together."""
        counts = [section.count for section in self.whole.sections]
        return Count(*(sum(getattr(c, name) for c in counts) for name in Count.__dataclass_fields__))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is more than a note."""
        return tuple(f for f in self.whole.findings if f.severity != "note")

    @property
    def clear(self) -> bool:
        """Whether every number was verified."""
        count = self.count
        return not self.findings and not count.flagged and not count.withheld and count.verified == count.brief

    def say(self, zh: str, en: str) -> str:
        """A label in the languages of the mail."""
        return {"zh": zh, "en": en, "both": f"{zh} {en}"}[self.language]

    def both(self, zh: str, en: str) -> list[str]:
        """Sentences, one a language."""
        return {"zh": [zh], "en": [en], "both": [zh, en]}[self.language]

    def verdict(self) -> list[str]:
        """What became of the numbers, a sentence a language."""
        count = self.count
        if not count.brief and not count.withheld:
            return self.both("本简报没有数字。", "There are no numbers in this brief.")
        if self.clear:
            return self.both(
                f"简报中的{count.brief}个数字与日期均已逐一与原文核对一致。",
                f"All {count.brief} numbers and dates were read back from the English and agree with the source."
                if count.brief > 1 else "The one number was read back from the English and agrees with the source.",
            )  # fmt: skip
        return self.both(
            f"注意：{count.brief}个数字与日期中，{count.verified}个已核实，{count.flagged}个存疑，另有{count.withheld}个"
            "因译文未通过核对而未刊。",
            f"Caution: of {counted(count.brief, 'number or date', 'numbers and dates')}, {count.verified} verified, "
            f"{count.flagged} flagged; {count.withheld} more withheld with a translation that failed the check.",
        )

    def left_out(self) -> list[str]:
        """Where the rest is, if the mail is shortened."""
        if not self.shortened:
            return []
        if self.page_url:
            return self.both("邮件从简，全文见网页。", "Shortened to fit a mail: the page has all of it.")
        if self.rest:
            return self.both(
                f"邮件从简，全文见附件{self.rest}。", f"Shortened to fit a mail: all of it is in {self.rest}."
            )
        return self.both("邮件从简。", "Shortened to fit a mail.")

    def more(self, section: Section) -> list[str]:
        """How many figures and pledges of the section are not shown."""
        full = next((s for s in self.whole.sections if s.interview == section.interview), section)
        figures, pledges = len(full.figures) - len(section.figures), len(full.pledges) - len(section.pledges)
        points = len(full.points) - len(section.points)
        told = [(points, "条摘要", "summary point"), (figures, "个数字", "figure"), (pledges, "项承诺", "pledge")]
        zh = "、".join(f"{n}{word}" for n, word, _ in told if n)
        en = ", ".join(counted(n, word) for n, _, word in told if n)
        return self.both(f"另有{zh}。", f"Not shown: {en}.") if zh else []

    def chosen(self) -> list[str]:
        """That only some interviews were sent, by the reader's topics."""
        here = len(self.whole.sections)
        if here == self.total:
            return []
        return self.both(f"按您的关注主题，本期{self.total}篇访谈中选发{here}篇。",
                         f"{here} of the {self.total} interviews of this issue {'fits' if here == 1 else 'fit'} your "
                         "topics.")  # fmt: skip

    def unnamed(self) -> list[str]:
        """How many interviews are not even named."""
        hidden = len(self.whole.sections) - len(self.page.sections)
        if not hidden:
            return []
        told = counted(hidden, "more interview is", "more interviews are")
        return self.both(f"另有{hidden}篇访谈。", f"{told} not shown.")

    def where(self, finding: Finding) -> str:
        """What a finding is about, in words."""
        return place_of(finding.unit)

    @property
    def titled(self) -> bool:
        """Whether the issue has a title; without one the page has only the name of the file."""
        return bool(self.page.title.en) or self.page.title.zh != self.page.issue

    def made(self) -> list[str]:
        """Who wrote this."""
        return self.both(
            "本邮件由软件自动生成；英文由软件翻译，数字与原文逐一核对。",
            "Made by software: the English is a machine translation, of which every number was compared with the "
            "source.",
        )


def text(view: View) -> str:
    """The plain text of the mail, which ends with a newline."""
    return str(inert("\n".join(_lines(view)))).rstrip("\n") + "\n"


def _lines(view: View) -> Iterator[str]:
    page = view.page
    if view.titled:
        yield from _cell(page.title, view, "", "")
    day = f"{page.date} · " if page.date else ""
    yield from fold(f"{day}{view.say('来源', 'Source')}: {page.source}")
    yield ""
    for line in (*view.verdict(), *view.chosen(), *view.left_out()):
        yield from fold(line)
    if view.page_url:
        yield f"{view.say('网页', 'Page')}: {view.page_url}"
    if not page.sections:
        yield ""
        yield from view.both("本期没有访谈。", "No interview was found in this issue.")
    for number, section in enumerate(page.sections, 1):
        yield ""
        yield ""
        yield from _section(section, number, view)
    if view.unnamed():
        yield from ("", *view.unnamed())
    if view.findings:
        yield from ("", "", _heading(view.say("核对结果", "Findings")))
        for finding in view.findings[:MOST_FINDINGS]:
            yield from fold(f"{finding.code} ({view.where(finding)}): {finding.message}", "  - ", "    ")
        if len(view.findings) > MOST_FINDINGS:
            yield f"  … {len(view.findings) - MOST_FINDINGS}"
    yield from ("", "", "-" * WIDTH)
    for line in (*view.made(), page.signature):
        yield from fold(line)


def _section(section: Section, number: int, view: View) -> Iterator[str]:
    yield "=" * WIDTH
    yield from _cell(section.headline, view, f"{number}. ", " " * (len(str(number)) + 2))
    yield "=" * WIDTH
    for official in section.officials:
        for language in _languages(view):
            who = [side(official.name, language), side(official.title, language)]
            yield from fold(("，" if language == "zh" else ", ").join(filter(None, who)))
    place = [side(p, language) for p in (section.date, section.place) if p for language in _languages(view)]
    if any(place):
        yield from fold(" · ".join(dict.fromkeys(filter(None, place))))
    if section.points:
        yield from ("", _heading(view.say("摘要", "Summary")))
        for at, (pair, _) in enumerate(section.points, 1):
            yield from _cell(pair, view, f"  {at}. ", "     ")
    if section.figures:
        yield from ("", _heading(view.say("关键数字", "Key figures")))
        for row in section.figures:
            yield from _figure(row, view)
    if section.pledges:
        yield from ("", _heading(view.say("承诺", "Pledges")))
        for pledge in section.pledges:
            yield from _pledge(pledge, view)
    more = view.more(section)
    if more:
        yield ""
        for line in more:
            yield from fold(line)


def _figure(row: FigureRow, view: View) -> Iterator[str]:
    first = "  * "
    for language in _languages(view):
        subject, value = side(row.subject, language), side(row.value, language) or row.value.zh
        period = side(row.period, language) if row.period else ""
        base = side(row.base, language) if row.base else ""
        status = STATUS[row.status][language == "en"]
        if language == "zh":
            told = "；".join(filter(None, (base, "，".join(filter(None, (status, period))))))
            line = f"{subject}：{value}（{told}）"
        else:
            told = "; ".join(filter(None, (base, ", ".join(filter(None, (status.lower(), period))))))
            line = f"{subject or row.subject.zh or '—'}: {value} ({told})"
        yield from fold(line, first, "    ")
        first = "    "


def _pledge(row: PledgeRow, view: View) -> Iterator[str]:
    first = "  * "
    for language in _languages(view):
        actor, action = side(row.actor, language) or row.actor.zh, side(row.action, language) or row.action.zh
        strength = STRENGTH[row.strength][language == "en"]
        due = side(row.due, language) if row.due else ""
        if language == "en":
            tail = [strength.lower().removesuffix(" to"), f"due: {due}" if due else ""]
        else:
            tail = [strength, f"期限：{due}" if due else ""]
        if language == "zh":
            line = f"{actor}：{action}" + (f"（{'，'.join(filter(None, tail))}）" if any(tail) else "")
        else:
            line = f"{actor}: {action}" + (f" ({'; '.join(filter(None, tail))})" if any(tail) else "")
        yield from fold(line, first, "    ")
        first = "    "


def _cell(pair: Pair, view: View, first: str, later: str) -> Iterator[str]:
    lines = [shown for language in _languages(view) if (shown := side(pair, language))] or [pair.zh]
    for line in lines:
        yield from fold(line, first, later)
        first = later


def _languages(view: View) -> tuple[Literal["zh", "en"], ...]:
    return ("zh", "en") if view.language == "both" else (view.language,)


def _heading(text: str) -> str:
    return f"{text}\n{'-' * columns(text)}"


def columns(text: str) -> int:
    """The width of `text` on a terminal: two columns for a Chinese character.

    >>> columns("33家"), columns("“澄江”")
    (4, 6)
    """
    return sum((unicodedata.east_asian_width(c) in "WF") + (not unicodedata.combining(c)) for c in text)


def fold(text: str, first: str = "", later: str = "") -> list[str]:
    """`text` in lines of at most WIDTH columns, the first behind `first`, the others behind `later`.

    >>> fold("全市新增33家企业，" * 5)
    ['全市新增33家企业，全市新增33家企业，全市新增33家企业，全市新增33家企业，全市', '新增33家企业，']
    """
    lines: list[str] = []
    line, width, room = first, columns(first), False
    for token in _TOKEN.findall(re.sub(r"\s+", " ", text).strip()):
        size = columns(token)
        fits = width + (0 if token == " " else size) <= WIDTH or token in _CLOSING
        if not fits and room:
            carried = ""
            while line[-1:] in _OPENING and len(line) > len(later):
                carried, line = line[-1] + carried, line[:-1]
            lines.append(line.rstrip())
            line, room = later + carried, bool(carried)
            width = columns(line)
            if token == " ":
                continue
        line += token
        width += size
        room = True
    return [*lines, line.rstrip()]
