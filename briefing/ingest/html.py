"""Web pages: the article with headline, deck, byline and subheads, without what the page wears around it.

Read with lxml and rules of our own. A general extractor (trafilatura 2.3) was measured on pages made like those
of Chinese newspapers: it drops rows of tables, subheads and short paragraphs with figures, and it brings 68 MB
of packages where lxml has 12. See docs/readers.md and benchmarks/html_recall.py.
"""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from briefing.errors import EmptyInput, InputError
from briefing.ingest.assemble import reading
from briefing.ingest.charset import decode
from briefing.ingest.reading import Reading

_MARKUP = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<frameset[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^<]{0,2000}-->\s*)*"
    rb"<(?:p|div|br|h[1-6]|table|article|section|span|font|center|script|style|title)\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})"
    rb"|<\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9_-]{2,20})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"pub(?:lish)?(?:ed)?[-_:]?(?:date|time)|published|^date$|issue_?date", re.IGNORECASE)
_LINKED_DATA = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s?[-/.年]\s?(1[0-2]|0?[1-9])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)")
_DATE_LINE = re.compile(
    r"(?:[\u4e00-\u9fff：:A-Za-z\d]{0,12}\s*[:：|　 ]\s*)?20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
    r"(?:\s*\d{1,2}:\d\d(?::\d\d)?)?(?:[\s|　]*星期.)?(?:[\s|　].{0,30})?$"
)
_HEAD = 8192
"""Bytes in which the mark-up and its charset must be declared."""
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""Pages that declare the smaller set use the larger one."""
MAX_ELEMENTS = 200_000
"""A page with more elements is no newspaper page."""


def takes(data: bytes) -> bool:
    """Whether `data` is a web page, or begins like a piece of one."""
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.replace(b"\0", b"")[2:]
    head = head.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"")
    if head.startswith(b"<?xml") and re.search(rb"<(?:rss|feed|rdf:RDF)\b", head):
        return False
    return head.lstrip()[:1] == b"<" and bool(_MARKUP.search(head) or _FRAGMENT.match(head))


def read(data: bytes, name: str) -> Reading:
    """The article on the page, with its blocks."""
    from briefing.ingest.html_page import clean, parse
    from briefing.ingest.html_text import pieces

    page = parse(text(data))
    if page is None:
        raise EmptyInput(f"{name} is a web page without text: save the page again when it shows its article")
    if sum(1 for _ in page.iter()) > MAX_ELEMENTS:
        raise InputError(f"{name} has more than {MAX_ELEMENTS:,} elements: this is no newspaper page")
    day = published(page)
    title = " ".join("".join(page.xpath("//head//title[1]//text()")).split())
    clean(page)
    found = pieces(page, title)
    if not found:
        raise EmptyInput(
            f"{name} is a web page without an article: its text may be loaded by scripts; print the page to PDF "
            "in the browser, or save it as text"
        )
    return reading(found, day or _dated(piece.text for piece in found if piece.role == "byline"))


def published(page: Any) -> datetime.date | None:
    """The day on which the page says, outside the article, that it was published: in its data, or by a date line.

    A date in the article may be any day that it writes about, and is left to be guessed from the whole text.
    """
    for meta in page.iter("meta"):
        names = " ".join(meta.get(key) or "" for key in ("name", "property", "itemprop"))
        if _PUBLISHED.search(names) and (day := _dated([meta.get("content") or ""])):
            return day
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            found = _LINKED_DATA.search("".join(script.itertext())[:50_000])
            if found and (day := _dated([found[1]])):
                return day
    for element in page.iter("time"):
        if day := _dated([element.get("datetime") or "", "".join(element.itertext())]):
            return day
    shown = (text.strip() for text in page.itertext() if 8 <= len(text) <= 60)
    return _dated(text for text in shown if _DATE_LINE.match(text))


def _dated(texts: Iterable[str]) -> datetime.date | None:
    """The first full date in `texts`."""
    for text in texts:
        for found in _DAY.finditer(text[:200]):
            try:
                return datetime.date(*map(int, found.groups()))
            except ValueError:
                continue
    return None


def text(data: bytes) -> str:
    """The mark-up of `data`, by the charset that fits: UTF-8 where it decodes, else as declared, else guessed.

    >>> text('<meta charset="big5"><p>經濟</p>'.encode("big5"))[-9:]
    '<p>經濟</p>'
    """
    data = data if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else data.replace(b"\0", b"")
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        for encoding in _declared(data):
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(data)[0].replace("\0", "")


def _declared(data: bytes) -> Sequence[str]:
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return ()
    declared = (found[1] or found[2]).decode("ascii").lower()
    return (_WIDER.get(declared, declared),)
