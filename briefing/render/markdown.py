"""Markdown that GitHub and Python-Markdown (extensions tables, footnotes) read alike.

Both languages stand side by side in table rows; the row is what `briefing check` reads back. Text from
the source or a model is escaped whole: nothing in it becomes markup, a link, a mention or math.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefing.model import Finding
from briefing.render.page import STATUS, STRENGTH, FigureRow, Page, Pair, PledgeRow, Section

_ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "@": "&#64;", "$": "&#36;"}
_BACKSLASH = re.compile(r"([\\`*_{}\[\]#])")
_LIST = re.compile(r"^(\d{1,9})?([-+]|(?<=\d)[.)](?=\s|$))")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

_FIGURES = ("指标", "Subject", "数值", "Value", "性质 Status", "时间", "Period", "出处 Source")
_PLEDGES = ("责任方", "Who", "承诺", "Pledge", "力度 Strength", "数额", "Amounts", "期限", "By when", "出处 Source")
_COUNTS = (
    "原文数字 Numbers in the source",
    "简报数字与日期 Numbers and dates in the brief",
    "已核实 Verified",
    "存疑 Flagged",
    "未刊 Withheld",
)
SEVERITY = {"error": "错误 Error", "warning": "注意 Warning", "note": "提示 Note"}


def escape(text: str) -> str:
    r"""`text` as literal Markdown, on one line.

    >>> print(escape("a|b *c* <script> $5 [x](http://y.z)"))
    a&#124;b \*c\* &lt;script&gt; &#36;5 \[x\](http&#58;//y.z)
    """
    text = _CONTROL.sub("", re.sub(r"\s+", " ", text)).strip()
    text = _BACKSLASH.sub(r"\\\1", text)
    text = "".join(_ENTITY.get(c, c) for c in text)
    text = text.replace("://", "&#58;//")
    return re.sub(r"\b(www)\.", r"\1&#46;", text, flags=re.IGNORECASE)


def render(page: Page) -> str:
    """The whole brief as one Markdown document that ends with a newline."""
    out = [f"# {escape(page.title.zh)}", ""]
    if page.title.en:
        out += [f"**{escape(page.title.en)}**{_flag(page.title)}", ""]
    dated = f"{page.date} · " if page.date else ""
    out += [f"{dated}来源 Source: {escape(page.source)}", ""]
    if not page.sections:
        out += ["本期没有访谈。No interview was found in this issue.", ""]
    for number, section in enumerate(page.sections, 1):
        out += _section(section, number)
    if page.findings:
        out += _findings(page.findings)
    out += ["---", "", f"`{page.signature}`", ""]
    for note, quoted, _ in page.notes:
        out += [f"[^{note}]: {_first(escape(quoted))}", ""]
    return "\n".join(out).rstrip("\n") + "\n"


def _first(text: str) -> str:
    r"""Escaped `text` that begins a block, so that it begins no list or rule there.

    >>> _first("1. 5%"), _first("-5%"), _first("1.5%")
    ('1\\. 5%', '\\-5%', '1.5%')
    """
    return _LIST.sub(r"\1\\\2", text)


def _section(section: Section, number: int) -> list[str]:
    out = [f"## {number}. {escape(section.headline.zh)}", ""]
    if section.headline.en:
        out += [f"**{escape(section.headline.en)}**{_flag(section.headline)}", ""]
    who: list[Sequence[str]] = []
    for official in section.officials:
        who.append(("受访人 Official", *_both(official.name)))
        if official.title.zh:
            who.append(("职务 Office", *_both(official.title)))
    if section.date:
        who.append(("日期 Date", *_both(section.date)))
    if section.place:
        who.append(("地点 Place", *_both(section.place)))
    out += _table(("", "中文", "English"), who)
    if section.points:
        out += ["### 摘要 Summary", ""]
        rows = [(str(n), escape(p.zh) + f"[^{note}]", _english(p)) for n, (p, note) in enumerate(section.points, 1)]
        out += _table(("", "中文", "English"), rows)
    if section.figures:
        out += ["### 关键数字 Key figures", ""]
        out += _table(_FIGURES, [_figure(row) for row in section.figures])
    if section.pledges:
        out += ["### 承诺 Pledges", ""]
        out += _table(_PLEDGES, [_pledge(row) for row in section.pledges])
    count = section.count
    out += ["### 核对 Verification", ""]
    values = (count.source, count.brief, count.verified, count.flagged, count.withheld)
    out += _table(_COUNTS, [tuple(str(v) for v in values)])
    return out


def _figure(row: FigureRow) -> Sequence[str]:
    period = _both(row.period) if row.period else ("", "")
    return (*_both(row.subject), *_value(row), " ".join(STATUS[row.status]), *period, f"[^{row.note}]")


def _value(row: FigureRow) -> tuple[str, str]:
    """The value, and behind it in brackets with what it is compared; `reread` takes them apart again."""
    if row.base is None:
        return _both(row.value)
    flags = tuple(dict.fromkeys((*row.value.flags, *row.base.flags)))
    en = Pair("", "", f"{row.value.en} ({row.base.en})", flags)
    return f"{escape(row.value.zh)}（{escape(row.base.zh)}）", _english(en)


def _pledge(row: PledgeRow) -> Sequence[str]:
    due = _both(row.due) if row.due else ("", "")
    amounts = ("；".join(escape(p.zh) for p in row.amounts), "; ".join(_english(p) for p in row.amounts))
    strength = " ".join(STRENGTH[row.strength]).strip()
    return (*_both(row.actor), *_both(row.action), strength, *amounts, *due, f"[^{row.note}]")


def _both(pair: Pair) -> tuple[str, str]:
    return escape(pair.zh), _english(pair)


def _english(pair: Pair) -> str:
    return escape(pair.en) + _flag(pair)


def _flag(pair: Pair) -> str:
    return f" ⚠ {', '.join(pair.flags)}" if pair.flags else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return [*lines, ""]


def _findings(findings: Sequence[Finding]) -> list[str]:
    rows = [(SEVERITY[f.severity], f.code, escape(f.unit), escape(f.message)) for f in findings]
    return ["## 核对结果 Findings", "", *_table(("", "代码 Code", "位置 Where", "说明 What"), rows)]
