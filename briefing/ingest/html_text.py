"""From the tree of a web page to its paragraphs, headings and rows, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from briefing.ingest.assemble import Piece, raised
from briefing.ingest.furniture import closes, is_furniture, web, without_counters
from briefing.ingest.html_page import Element, article, names
from briefing.model import Hint

_BOLD = frozenset(("b", "strong"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—·"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_JOIN = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_TOUCH = "\x02"
_DAY = r"20\d\d\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}"
_DATE = re.compile(_DAY)
_DATE_LINE = re.compile(rf"(?:[\u4e00-\u9fff]{{2,10}}\s+)?{_DAY}日?(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?(?:\s*星期.)?$")
_CREDIT = re.compile(
    r"^[(（【\[]?\s*(?:来源|來源|作者|记者|記者|通讯员|发布时间|时间|发稿时间|信息来源|稿源|发布日期)[:：\s]"
)
_BULLET = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]")
_SOURCE = re.compile("来源|作者|记者|來源")
_CUT = re.compile(r"\s*(?:[_|｜]|\s[-—–]{1,2}\s|--|—{1,2}(?=[\u4e00-\u9fff]{2,10}(?:网|报|日报|客户端|门户网站)$))\s*")
_SENTENCE = re.compile("[。！？；]")
MAX_HEADING = 40
"""Code points; a longer bold paragraph is no subhead."""


@dataclass(slots=True)
class Line:
    """A stretch of inline text that stands alone on the page."""

    holder: Element
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    pre: bool = False
    inside: bool = False
    """Whether it stands in the element that holds the article."""

    def text(self, between: str = "") -> str:
        """The text as shown; `between` stands where two inline elements touch."""
        whole = "".join(self.parts).replace(_TOUCH, between)
        if self.pre:
            return whole
        whole = _JOIN.sub("", whole)
        return _SPACE.sub(" ", whole).strip(" \xa0\u3000\n")


def pieces(page: Element, title: str = "") -> list[Piece]:
    """The article of a cleaned page; `title` is the one that the window shows, used where no headline is found."""
    root = article(page)
    found: list[_Found] = []
    started = False
    above: Line | None = None
    for line in lines(page, root):
        text = line.text()
        if not text:
            continue
        if line.inside and started and closes(text):
            break
        role = _role(line, text, started)
        if is_furniture(text) and role != "table":
            continue
        linked = line.linked > 0.5 * max(1, sum(not c.isspace() for c in text)) and not _SENTENCE.search(text)
        if linked and (started or role != "headline") and role != "table":
            continue
        if not role and not started and len(text) >= 6 and title.startswith(text):
            role = "headline"
        if not line.inside:
            role = "" if started else _beside(role, text)
            if not role and (started or not _is_sibling(line, found) or len(text) > MAX_HEADING):
                above = line if not started and len(text) <= MAX_HEADING else None
                continue
        if role == "headline" and above is not None and _parent(above) is _parent(line):
            found.append(_Found(above.text(), "kicker", above, False))
        above = None
        if role == "byline":
            text = without_counters(line.text(" "))
        if any(f.role == role == "headline" and f.text == text for f in found[-8:]):
            continue
        started = started or (line.inside and (role == "table" or (not role and _is_body(text))))
        found.append(_Found(text, role, line, started))
    if not any(f.role in ("", "table") and f.line.inside for f in found):
        return []
    return _numbered(_headed(found, title))


@dataclass(slots=True)
class _Found:
    text: str
    role: Hint
    line: Line
    started: bool


def _is_body(text: str) -> bool:
    return len(text) > MAX_HEADING or bool(_SENTENCE.search(text))


def _beside(role: Hint, text: str) -> Hint:
    """The role of a line before the element that holds the article: headline, what stands beside it, or a lead."""
    if role in ("headline", "kicker", "deck", "byline", "caption"):
        return role
    return "deck" if re.search("[。！？”]$", text) and len(text) > 20 else ""


def _is_sibling(line: Line, found: Sequence[_Found]) -> bool:
    """Whether the line stands in one element with the headline, as decks do that no name tells."""
    near = [f for f in found[-3:] if f.role in ("headline", "kicker")]
    return any(_parent(f.line) is _parent(line) for f in near)


def _parent(line: Line) -> Element:
    return line.holder.getparent()


def _headed(found: list[_Found], title: str) -> list[_Found]:
    """With one headline an article: where none is marked, the title of the window or the first short line."""
    heads = [f for f in found if f.role == "headline"]
    if heads:
        first = heads[0].line.holder.tag
        for before, this, after in zip([None, *found], found, [*found[1:], None], strict=False):
            again = this.role == "subhead" and this.line.holder.tag == first
            if again and ((after and after.role == "byline") or (before and before.role == "kicker")):
                this.role = "headline"
            elif this.role == "headline" and this is not heads[0] and not this.started and before is not None:
                this.role = "deck" if before.role == "headline" else this.role
            elif not this.role and this.line.inside is False and not this.started:
                this.role = "deck" if heads[0] in found[: found.index(this)] else "kicker"
        return found
    cut = [part for part in _CUT.split(title) if part]
    shown = cut[0] if cut else ""
    ahead = [f for f in found[:6] if not f.started and f.role in ("", "deck", "subhead") and len(f.text) <= 60]
    best = max(ahead, key=lambda f: _prominence(f, found, title, shown), default=None)
    if best is not None and _prominence(best, found, title, shown) > 0:
        best.role = "headline"
        return found
    if 4 <= len(shown) <= 60 and re.search("[\u3400-\u9fff]", shown) and not is_furniture(shown):
        return [_Found(shown, "headline", found[0].line, False), *found]
    return found


def _prominence(this: _Found, found: Sequence[_Found], title: str, shown: str) -> int:
    """How much of a headline a line before the body is that nothing marks as one."""
    at = found.index(this)
    after = found[at + 1] if at + 1 < len(found) else None
    if _BULLET.match(this.text) or this.text.endswith(("。", "；", "，")):
        return 0
    named = this.text in title or (len(shown) >= 4 and shown in this.text)
    follows = after is not None and (after.role == "byline" or after.started)
    letters = sum(not c.isspace() for c in this.text)
    heading = this.line.holder.tag in _HEADINGS
    return 4 * named + 3 * heading + 2 * (this.line.bold >= letters) + 2 * follows


def _numbered(found: Sequence[_Found]) -> list[Piece]:
    """The pieces with the number of the article where the page has several."""
    heads = [n for n, f in enumerate(found) if f.role == "headline" and (f.started or n == 0)]
    several = sum(f.role == "headline" for f in found) > 1 and bool(heads)
    out: list[Piece] = []
    article_number = 1
    for n, this in enumerate(found):
        starts = this.role == "headline" and any(f.role in ("", "table") for f in found[:n])
        if starts:
            article_number += 1
            for back in range(len(out) - 1, -1, -1):
                if out[back].role not in ("kicker",):
                    break
                out[back] = out[back]._replace(article=article_number)
        out.append(Piece(this.text, this.role, article=article_number))
    return out if several and article_number > 1 else [p._replace(article=0) for p in out]


def _role(line: Line, text: str, started: bool) -> Hint:
    holder = line.holder
    if holder.tag == "tr":
        return "table"
    for element in _around(holder):
        own = names(element)
        lists = web()["names"]
        if element.tag in ("figcaption", "caption") or own.intersection(lists["caption"]):
            return "caption"
        if element.tag in ("founder-introtitle",) or (own.intersection(lists["kicker"]) and len(text) <= 60):
            return "kicker"
        if element.tag in ("founder-subtitle",) or (own.intersection(lists["deck"]) and len(text) <= 80):
            return "subhead" if started else "deck"
        if element.tag == "h1" or element.tag == "founder-title":
            return "headline"
        if element.tag in _HEADINGS:
            if started:
                return "subhead"
            return "headline" if element.tag == "h2" or own.intersection(lists["headline"]) else "deck"
        titled = own.intersection(lists["headline"]) and next(element.iter("h1", "h2", "h3"), None) is None
        if titled and len(text) <= 60 and not started:
            return "headline"
        if own.intersection(lists["byline"]) and len(text) <= 80 and not _SENTENCE.search(text):
            return "byline"
        if len(list(element)) > 8:
            break
    if len(text) <= 80 and not _SENTENCE.search(text):
        if _CREDIT.match(text) or _DATE_LINE.match(text) or (_DATE.search(text) and _SOURCE.search(text)):
            return "byline"
        if line.inside and started and len(text) <= 60 and re.search(r"(?:摄|攝|供图|供圖|资料图片?)[）)]?$", text):
            return "caption"
    if len(text) <= 60 and re.search(r"^图为|(?:\s|[。／/])[^。，]{0,8}(?:摄|攝)[）)]?$", text):
        return "caption"
    letters = sum(not c.isspace() for c in text)
    if line.inside and line.bold >= letters > 1 and len(text) <= MAX_HEADING and not re.search("[。；，：:]$", text):
        return "subhead" if started else ""
    return ""


def _around(holder: Element) -> Iterator[Element]:
    """The element and what directly wraps it."""
    yield holder
    for depth, element in enumerate(holder.iterancestors()):
        if depth >= 2 or element.tag in ("body", "html", "article", "main"):
            return
        yield element


def lines(page: Element, root: Element) -> Iterator[Line]:
    """All lines of the page in order. Without recursion: a page may be nested ten thousand deep."""
    inline = _inline()
    line = Line(page)
    inside = page is root
    link = bold = pre = 0
    row: list[Line] | None = None
    stack: list[tuple[Element, bool]] = [(page, False)]
    tables: list[tuple[Line, Element]] = []

    def flush(holder: Element) -> Iterator[Line]:
        nonlocal line
        done, line = line, Line(holder, pre=pre > 0, inside=inside)
        if any(part.strip() for part in done.parts if part != _TOUCH):
            if row is not None:
                row.append(done)
            else:
                yield done

    def add(text: str | None, holder: Element) -> None:
        if not text:
            return
        if not line.parts:
            line.holder, line.inside, line.pre = holder, inside, pre > 0
        line.parts.append(text)
        size = sum(not c.isspace() for c in text)
        line.linked += size if link else 0
        line.bold += size if bold else 0

    while stack:
        element, leaving = stack.pop()
        tag = element.tag
        block = tag not in inline
        parent = element.getparent()
        holder = parent if parent is not None else element
        if leaving:
            if block:
                yield from flush(holder)
            if tag == "tr" and row is not None and tables and tables[-1][1] is element:
                cells, row = row, None
                tables.pop()
                shown = [cell.text().replace("\n", " ") for cell in cells]
                if any(shown):
                    joined = Line(element, [" | ".join(text for text in shown if text)], inside=inside)
                    joined.linked = sum(cell.linked for cell in cells)
                    yield joined
            link -= tag == "a"
            bold -= tag in _BOLD
            pre -= tag == "pre"
            if element is root:
                inside = False
            if element is not page:
                add(element.tail, _holder(holder))
            continue
        if element is root:
            yield from flush(element)
            inside = True
        if tag == "br":
            if pre or row is not None:
                add(" ", _holder(holder))
            else:
                yield from flush(holder)
            add(element.tail, _holder(holder))
            continue
        if tag in ("sup", "sub"):
            script = "".join(element.itertext()).strip()
            add(raised(script, "".join(line.parts)) if tag == "sup" else script, _holder(holder))
            add(element.tail, _holder(holder))
            continue
        if block:
            yield from flush(element)
        elif tag in ("span", "em", "a", "time") and line.parts and element.getprevious() is not None:
            line.parts.append(_TOUCH)
        if tag == "tr" and row is None and _is_data(element):
            row = []
            tables.append((line, element))
        link += tag == "a"
        bold += tag in _BOLD
        pre += tag == "pre"
        add(element.text, _holder(element))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from flush(page)


@cache
def _inline() -> frozenset[str]:
    return frozenset(web()["tags"]["inline"])


def _holder(element: Element) -> Element:
    """The nearest block around inline mark-up."""
    inline = _inline()
    while element.tag in inline and element.getparent() is not None:
        element = element.getparent()
    return element


def _is_data(row: Element) -> bool:
    """Whether a row of a table holds data, and not the layout of the page: short cells without paragraphs in them."""
    cells = [child for child in row if child.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    if next(row.iter("table"), None) is not None:
        return False
    return all(len("".join(cell.itertext())) <= 120 for cell in cells)
