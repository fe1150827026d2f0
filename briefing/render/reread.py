"""A brief.md read back as a reader sees it: its pairs, its quoted sources, and everything else.

The Markdown goes through Python-Markdown and the HTML is walked, so what is read is what a browser
would show, whatever an editor has done to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_COLUMNS = {
    "中文": "English",
    "指标": "Subject",
    "数值": "Value",
    "时间": "Period",
    "责任方": "Who",
    "承诺": "Pledge",
    "数额": "Amounts",
    "期限": "By when",
}
"""The Chinese column and the English one beside it."""
_SOURCE = "出处 Source"
_FLAG = re.compile(r"\s*⚠ [A-Z]-[A-Z]+(?:, [A-Z]-[A-Z]+)*$")
_BASED = re.compile(r"(?P<zh>.+)（(?P<of>[^（）]+)）\n(?P<en>.+) \((?P<with>[^()]+)\)")
"""A value and with what it is compared, as the two cells print them."""
_ENGLISH = frozenset(_COLUMNS.values())
_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "td", "th", "li", "pre", "dt", "dd"})
_KNOWN = _BLOCKS | {
    *("table", "thead", "tbody", "tr", "sup", "a", "strong", "em", "code", "hr", "br", "div", "ol", "ul", "blockquote")
}
"""What the writer of a brief or an editor's plain Markdown makes; other HTML may show or hide anything."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One pair as printed."""

    where: str
    """For people: "interview 2, Key figures, row 3, Value"."""
    zh: str
    en: str
    note: str
    """The label of the footnote that it cites, "" if none."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a table row prints beside its English: Chinese, labels, counts and footnotes belong together."""

    where: str
    cells: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that a brief.md prints."""

    pairs: tuple[Printed, ...]
    notes: tuple[tuple[str, str], ...]
    """Label and text of each footnote."""
    rest: tuple[tuple[str, str], ...]
    """Where and what: numbering, headings, counts, findings, signature, date line, anything else."""
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Block:
    tag: str
    text: str = ""
    notes: list[str] = field(default_factory=list)
    strong: bool = False
    code: bool = False
    note: str = ""


class _Walker(HTMLParser):
    """Flattens the HTML into blocks; rows and tables are marked by blocks of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._open: list[_Block] = []
        self._note = ""
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _KNOWN:
            self.blocks.append(_Block("html", f"<{tag}>"))
        if tag in ("table", "tr"):
            self.blocks.append(_Block(tag))
        elif tag == "li" and (given.get("id") or "").startswith("fn:"):
            self._note = (given.get("id") or "")[3:]
        elif tag in _BLOCKS and not (tag == "p" and self._open):
            block = _Block(tag, note=self._note)
            self.blocks.append(block)
            self._open.append(block)
        elif tag == "sup" and (given.get("id") or "").startswith("fnref"):
            if self._open:
                self._open[-1].notes.append((given.get("id") or "").rpartition(":")[2])
            self._skip += 1
        elif tag == "a" and "footnote-backref" in (given.get("class") or ""):
            self._skip += 1
        elif tag == "strong" and self._open:
            self._open[-1].strong = True
        elif tag == "code" and self._open:
            self._open[-1].code = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("sup", "a") and self._skip:
            self._skip -= 1
        elif self._open and self._open[-1].tag == tag:
            self._open.pop()
        elif tag == "li":
            self._note = ""

    def handle_data(self, data: str) -> None:
        if self._open and not self._skip:
            self._open[-1].text += data
        elif data.strip() and not self._skip:
            self.blocks.append(_Block("text", data))


def parse(text: str) -> Document:
    """The printed pairs, notes and rest of a brief in Markdown."""
    import markdown

    walker = _Walker()
    walker.feed(markdown.markdown(text, extensions=["tables", "footnotes"]))
    walker.close()
    pairs: list[Printed] = []
    notes: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    rows: list[Row] = []
    number, part, waiting = 0, "", ""
    for group in _groups(walker.blocks):
        heading = isinstance(group, _Block) and not group.note and group.tag in ("h1", "h2")
        if waiting and heading:
            rest.append((part, waiting))
            waiting = ""
        if isinstance(group, _Block):
            shown = re.sub(r"\s+", " ", group.text).strip()
            if group.note:
                notes.append((group.note, shown))
            elif group.tag == "h1":
                waiting, part = shown, "title"
            elif group.tag == "h2":
                label, dot, headline = shown.partition(". ")
                if dot and label.isdecimal():
                    number = int(label)
                    waiting, part = headline, f"interview {number}, headline"
                    rest.append((part, label))
                else:
                    part = shown
                    rest.append(("heading", shown))
            elif group.tag == "h3":
                rest.append((f"interview {number}, heading", shown))
                part = f"interview {number}, {shown.rpartition('  ')[2]}"
            elif group.strong and waiting:
                pairs.append(Printed(part, waiting, _FLAG.sub("", shown), ""))
                waiting = ""
            else:
                rest.append(("signature" if group.code else part, shown))
        else:
            _table(group, part if number else "findings", pairs, rest, rows)
    if waiting:
        rest.append((part, waiting))
    return Document(tuple(pairs), tuple(notes), tuple(rest), tuple(rows))


def _groups(blocks: list[_Block]) -> Iterator[_Block | list[list[_Block]]]:
    """Single blocks, and tables as lists of rows of cells."""
    table: list[list[_Block]] = []
    for block in blocks:
        if block.tag == "table":
            if table:
                yield table
            table = []
        elif block.tag == "tr":
            table.append([])
        elif block.tag in ("td", "th") and table:
            table[-1].append(block)
        else:
            if table:
                yield table
                table = []
            yield block
    if table:
        yield table


def _table(
    table: list[list[_Block]], part: str, pairs: list[Printed], rest: list[tuple[str, str]], rows: list[Row]
) -> None:
    head = [cell.text.strip() for cell in table[0]]
    for index, row in enumerate(table[1:], 1):
        cells = dict(zip(head, row, strict=False))
        cited = [n for cell in row for n in cell.notes]
        note = cited[0] if cited else ""
        fixed = tuple(f"{name}: {cell.text.strip()}" for name, cell in cells.items() if name not in _ENGLISH)
        rows.append(Row(f"{part}, row {index}", fixed, tuple(cited)))
        used: set[str] = {_SOURCE}
        for chinese, english in _COLUMNS.items():
            if chinese not in cells or english not in cells:
                continue
            used |= {chinese, english}
            zh, en = cells[chinese].text.strip(), _FLAG.sub("", cells[english].text.strip())
            where = f"{part}, row {index}, {english}"
            several = english == "Amounts" and "；" in zh
            based = _BASED.fullmatch(f"{zh}\n{en}") if english == "Value" else None
            if based:
                parts = ((based["zh"], based["en"]), (based["of"], based["with"]))
                pairs += [Printed(where, z, e, note) for z, e in parts]
            elif several and zh.count("；") == en.count("; "):
                pairs += [Printed(where, z, e, note) for z, e in zip(zh.split("；"), en.split("; "), strict=True)]
            elif zh or en:
                pairs.append(Printed(where, zh, en, note))
        rest += [(f"{part}, row {index}", c.text.strip()) for name, c in cells.items() if name not in used]
