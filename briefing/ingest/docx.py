"""Word documents (DOCX): paragraphs with their roles, rows of tables, text boxes and footnotes.

Read with lxml from the parts themselves: what was deleted with changes tracked, hidden text and field codes
must not be read as text, text boxes and footnotes must be, and no library for DOCX offers all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from briefing.errors import EmptyInput, InputError
from briefing.ingest import archive
from briefing.ingest.assemble import Piece, raised, reading
from briefing.ingest.reading import Reading
from briefing.model import Hint

Element = Any
"""An lxml element."""
_DOCUMENT = "word/document.xml"
_SKIPPED = frozenset((
    *("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"),
    *("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "tblGrid"),
    *("footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef"),
))  # fmt: skip
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])?$", re.IGNORECASE)
_COUNT = "[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(rf"^(?:{_COUNT}、|[（(]{_COUNT}[）)]|第{_COUNT}|\d{{1,2}}[.．、])")
_BYLINE = re.compile(r"^[(（□■●]?\s*(?:本报|见习|实习|特约)?(?:记者|通讯员|作者|来源|文|文/图)[\s:：/／|]")
MAX_HEADING = 40
"""Code points; a longer bold paragraph is no subhead."""


def takes(data: bytes) -> bool:
    """Whether `data` is a Word document."""
    return archive.is_zip(data) and _DOCUMENT in archive.names(data)


def read(data: bytes, name: str) -> Reading:
    """The text of the document in reading order, footnotes behind it."""
    with archive.opened(data, name) as parts:
        known = set(parts.namelist())

        def part(path: str) -> Element | None:
            return _xml(archive.content(parts, path, name), name) if path in known else None

        document, sheet = part(_DOCUMENT), part("word/styles.xml")
        notes = [part(f"word/{kind}.xml") for kind in ("footnotes", "endnotes")]
    styles = _styles(sheet)
    found = list(_paragraphs(document, styles))
    if not any(p.text.strip() for p in found):
        raise EmptyInput(f"{name} holds no text: if its pages are pictures, save it as PDF and give that")
    roles = list(_roles(found))
    heads = {p.level for p, role in zip(found, roles, strict=True) if role == "headline"}
    pieces = [
        Piece(p.text, "banner" if p.level == 0 and role == "headline" and 1 in heads else role, p.page)
        for p, role in zip(found, roles, strict=True)
    ]
    for tree in notes:
        pieces += _notes(tree, styles)
    return reading(pieces)


@dataclass(slots=True)
class _Paragraph:
    text: str = ""
    level: int | None = None
    """0 for a title, 1 to 9 for headings, None for text."""
    style: str = ""
    bold: bool = False
    centred: bool = False
    row: bool = False
    page: int = 1


@dataclass(slots=True)
class _Style:
    name: str = ""
    based: str = ""
    level: int | None = None


@dataclass(slots=True)
class _Run:
    """What is known while a paragraph is read."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    breaks: int = 0


def _xml(data: bytes, name: str) -> Element:
    """The tree of one part; no entity is resolved, and a part that declares any is refused."""
    from lxml import etree

    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:20_000]:
        raise InputError(f"{name} declares XML entities, as no word processor does: it was not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name} is a damaged Word document ({error}): open it and save it again") from error


def _local(element: Element) -> str:
    """The name without its namespace: documents of the strict and the older kind use different ones."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(element: Element | None, *path: str) -> Element | None:
    for step in path:
        if element is None:
            return None
        element = next((child for child in element if _local(child) == step), None)
    return element


def _value(element: Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _on(element: Element | None) -> bool:
    """Whether a switch such as bold is set."""
    return element is not None and _value(element).lower() not in ("0", "false", "off", "none")


def _styles(sheet: Element | None) -> dict[str, _Style]:
    out: dict[str, _Style] = {}
    for style in sheet if sheet is not None else ():
        if _local(style) != "style":
            continue
        outline = _value(_child(style, "pPr", "outlineLvl"))
        out[_value(style, "styleId")] = _Style(
            _value(_child(style, "name")),
            _value(_child(style, "basedOn")),
            int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None,
        )
    return out


def _level(style: str, styles: dict[str, _Style]) -> tuple[int | None, str]:
    """The level of a heading style and its name, asking the styles that it is based on."""
    name = styles[style].name if style in styles else style
    for _ in range(10):
        found = styles.get(style, _Style(style))
        if found.name.lower() in ("title", "题目"):
            return 0, name
        if match := _HEADING.match(found.name):
            return (int(match[1]) if match[1] else 0), name
        if found.level is not None:
            return found.level, name
        if not found.based:
            break
        style = found.based
    return None, name


def _paragraphs(root: Element | None, styles: dict[str, _Style]) -> Iterator[_Paragraph]:
    """All paragraphs and rows in order. Without recursion into the body: tables may be nested deep."""
    page = 1
    stack: list[Element] = [root] if root is not None else []
    while stack:
        element = stack.pop()
        kind = _local(element)
        if kind in _SKIPPED:
            continue
        if kind == "p":
            made, run = _paragraph(element, styles)
            page += run.breaks
            made.page = page
            if made.text.strip():
                yield made
            stack.extend(reversed(run.boxes))
        elif kind == "tr" and (shown := _row(element)) is not None:
            yield _Paragraph(shown, row=True, page=page)
        else:
            stack.extend(reversed(_alternatives(element)))


def _alternatives(element: Element) -> list[Element]:
    """The children; of content in several forms only the first form."""
    children = list(element)
    if _local(element) == "AlternateContent":
        return [child for child in children if _local(child) == "Choice"][:1] or children[:1]
    return children


def _paragraph(element: Element, styles: dict[str, _Style]) -> tuple[_Paragraph, _Run]:
    run = _Run()
    stack: list[tuple[Element, bool, bool, bool]] = [(child, False, False, False) for child in reversed(element)]
    while stack:
        node, hidden, bold, high = stack.pop()
        kind = _local(node)
        if kind in _SKIPPED:
            continue
        if kind == "txbxContent":
            run.boxes.append(node)
            continue
        if kind == "r":
            look = _child(node, "rPr")
            hidden = any(_on(_child(look, name)) for name in ("vanish", "strike", "dstrike"))
            bold = _on(_child(look, "b"))
            high = _value(_child(look, "vertAlign")) == "superscript"
        elif kind == "t" and not hidden:
            text = node.text or ""
            text = raised(text.strip(), "".join(run.parts)) if high else text
            run.parts.append(text)
            size = sum(not c.isspace() for c in text)
            run.letters += size
            run.bold += size if bold else 0
        elif kind in ("tab", "ptab") and not hidden:
            run.parts.append("\t")
        elif kind in ("br", "cr"):
            if _value(node, "type") == "page":
                run.breaks += 1
            elif not hidden:
                run.parts.append("\n")
        elif kind == "lastRenderedPageBreak":
            run.breaks += 1
        elif kind == "noBreakHyphen":
            run.parts.append("-")
        stack.extend((child, hidden, bold, high) for child in reversed(_alternatives(node)))
    look = _child(element, "pPr")
    level, style = _level(_value(_child(look, "pStyle")), styles)
    outline = _value(_child(look, "outlineLvl"))
    if level is None and outline.isdecimal() and int(outline) < 9:
        level = int(outline) + 1
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(run.parts)).strip()
    made = _Paragraph(text, level, style.lower(), run.bold >= run.letters > 0, _value(_child(look, "jc")) == "center")
    return made, run


def _row(row: Element) -> str | None:
    """The cells of a row that holds data, None where the table only arranges the page."""
    cells = [child for child in row if _local(child) == "tc"]
    if len(cells) < 2 or any(_local(inner) == "tbl" for cell in cells for inner in cell):
        return None
    shown: list[str] = []
    for cell in cells:
        lines = [_paragraph(p, {})[0].text.replace("\n", " ") for p in cell.iter() if _local(p) == "p"]
        shown.append(" ".join(line for line in lines if line))
    if any(len(text) > 120 for text in shown):
        return None
    return " | ".join(text for text in shown if text)


def _roles(found: list[_Paragraph]) -> Iterable[Hint]:
    titled = any(p.level == 0 for p in found)
    stacked = any(a.level == 0 and b.level == 1 and not _NUMBERED.match(b.text) for a, b in pairwise(found))
    heads = {p.level for p in found if p.level is not None}
    top = min(heads, default=None)
    unstyled = not heads
    started = False
    headed = False
    for number, p in enumerate(found):
        after = found[number + 1].text if number + 1 < len(found) else ""
        short = len(p.text) <= MAX_HEADING and not re.search("[。；，：:]$", p.text)
        role: Hint = ""
        if p.row:
            role = "table"
        elif p.style in ("subtitle", "副标题", "副標題"):
            role = "deck"
        elif p.style in ("caption", "题注", "題注"):
            role = "caption"
        elif p.level is not None and len(p.text) <= 80:
            main = p.level == top or (titled and p.level == 1 and (stacked or bool(_BYLINE.match(after))))
            role = "headline" if main and not (headed and _NUMBERED.match(p.text)) else "subhead"
            headed = headed or role == "headline"
        elif _BYLINE.match(p.text) and len(p.text) <= 60 and "。" not in p.text:
            role = "byline"
        elif unstyled and short and not started and not headed and (p.centred or p.bold):
            role = "headline"
            headed = True
        elif unstyled and short and not started and p.centred:
            role = "deck"
        elif short and started and p.bold:
            role = "subhead"
        started = started or (role == "" and len(p.text) > MAX_HEADING)
        yield role


def _notes(tree: Element | None, styles: dict[str, _Style]) -> Iterator[Piece]:
    """The text of the footnotes, without the lines that part them from the page."""
    for note in tree if tree is not None else ():
        if _value(note, "type") in ("", "normal"):
            text = " ".join(p.text for p in _paragraphs(note, styles))
            yield Piece(text)
