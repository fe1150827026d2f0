"""The tree of a web page without what no reader sees, and where in it the article stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from briefing.errors import InputError
from briefing.ingest.furniture import web

Element = Any
"""An lxml element; lxml has no types of its own."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*0|(?<![\w-])(?:max-)?height\s*:\s*0(?:px)?\s*;.{0,80}overflow\s*:\s*hidden",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}@;]{1,400})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"([A-Za-z][\w-]*)?((?:[.#][\w-]+)*)$")
_HAN = re.compile("[\u3400-\u9fff]")
_WORDS = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_KEEP = 0.4
"""An element that holds more than this share of the text outside links is never taken for page furniture."""


def parse(text: str) -> Element | None:
    """The root of the tree, None where there is none. No entity is resolved and nothing is fetched.

    Raises InputError where elements are nested so deep that the parser gives up: half a page is none.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError("the page nests its elements more than 2,000 deep: this is no newspaper page")
    return tree


def clean(page: Element, *, furniture: bool = True) -> None:
    """Take everything from the tree that is not shown and, with `furniture`, what its names give away as such."""
    hidden = _hidden_selectors(page)
    never = frozenset(web()["tags"]["never"])
    for element in list(page.iter()):
        if not isinstance(element.tag, str):
            _drop(element)
        elif element.tag in never or _is_hidden(element, hidden):
            if element.tag == "dialog" and "open" in element.attrib:
                continue
            _drop(element)
    if not furniture:
        return
    plain = _plain_text(page)
    whole = plain.get(page, 0)
    for element in list(page.iter()):
        inside = plain.get(element, 0)
        if element.tag in ("html", "body", "article", "main") or inside > _KEEP * whole:
            continue
        if names(element) & junk() or element.get("role") in ("navigation", "search", "contentinfo", "complementary"):
            _drop(element)


def names(element: Element) -> frozenset[str]:
    """The words of the class and the id of `element`, whole and in parts: share-box gives share-box, share, box."""
    out: set[str] = set()
    for value in (element.get("class"), element.get("id")):
        for name in (value or "").split()[:20]:
            out.add(name.lower())
            out.update(word.lower() for word in _WORDS.findall(name))
    return frozenset(out)


@cache
def junk() -> frozenset[str]:
    """The names of elements that are page furniture."""
    return frozenset(web()["names"]["junk"])


def article(page: Element) -> Element:
    """The smallest element that holds the article: one that its system names so, or nearly all of the text."""
    plain = _plain_text(page)
    whole = plain.get(page, 0)
    known = set(web()["names"]["article"])
    named = [e for e in page.iter() if plain.get(e, 0) >= 0.5 * whole and (e.tag in known or _marks(e) & known)]
    if named:
        return min(named, key=lambda e: plain.get(e, 0))
    best = page
    while True:
        inner = [child for child in best if plain.get(child, 0) >= 0.95 * whole]
        if not inner or not whole:
            return best
        best = inner[0]


def _marks(element: Element) -> set[str]:
    """Its id, its classes and its property, whole and in small letters."""
    values = (element.get("id"), element.get("class"), element.get("itemprop"))
    return {mark for value in values for mark in (value or "").lower().split()}


def _plain_text(page: Element) -> dict[Element, int]:
    """How many Chinese characters of sentences outside links each element holds."""
    count: dict[Element, int] = {}
    linked: set[Element] = set()
    order = list(page.iter())
    for element in order:
        parent = element.getparent()
        if element.tag == "a" or parent in linked:
            linked.add(element)
        own = 0 if element in linked else _size(element.text)
        count[element] = own + sum(_size(child.tail) for child in element if element not in linked)
    for element in reversed(order):
        parent = element.getparent()
        if parent is not None and element is not page:
            count[parent] += count[element]
    return count


def _size(text: str | None) -> int:
    """Chinese characters, where the text is of sentences or at least long: menus and dates are not what counts."""
    found = len(_HAN.findall(text)) if text else 0
    return found if found >= 15 or (text and re.search("[，。；：！？、]", text)) else found // 4


def _is_hidden(element: Element, selectors: frozenset[tuple[str, frozenset[str]]]) -> bool:
    style = element.get("style")
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if style and _HIDDEN.search(style[:2000]):
        return bool(element.get("id") != "js_content")  # which a script of its system shows
    if not selectors or element.tag in ("html", "body"):
        return False
    own = {f".{name}" for name in (element.get("class") or "").split()}
    if element.get("id"):
        own.add(f"#{element.get('id')}")
    return any((not tag or tag == element.tag) and marks <= own for tag, marks in selectors)


def _hidden_selectors(page: Element) -> frozenset[tuple[str, frozenset[str]]]:
    """The simple selectors (p.note, #ad) to which the style sheets of the page give display: none and the like."""
    out: set[tuple[str, frozenset[str]]] = set()
    for sheet in page.iter("style"):
        css = re.sub(r"/\*.*?\*/", "", "".join(sheet.itertext())[:200_000], flags=re.DOTALL)
        css = "".join(_top_level(css))
        for match in _RULE.finditer(css):
            if not _HIDDEN.search(match[2]):
                continue
            for selector in match[1].split(","):
                simple = _SIMPLE.match(selector.strip())
                if simple and simple[2]:
                    out.add(((simple[1] or "").lower(), frozenset(re.findall(r"[.#][\w-]+", simple[2]))))
    return frozenset(out)


def _top_level(css: str) -> Iterator[str]:
    """The style sheet without its @media and other blocks: what is hidden in print is shown on the screen."""
    at = 0
    for match in re.finditer(r"@[\w-]+[^{};]{0,200}\{", css):
        if match.start() < at:
            continue
        yield css[at : match.start()]
        depth, end = 1, match.end()
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        at = end
    yield css[at:]


def _drop(element: Element) -> None:
    """Take `element` away; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
