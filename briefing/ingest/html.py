"""Web pages: the article with headline, deck, byline and subheads, without what the page wears around it.

Read with lxml and rules of our own. A general extractor (trafilatura 2.3) was measured on pages made like those
of Chinese newspapers: it drops rows of tables, subheads and short paragraphs with figures, and it brings 68 MB
of packages where lxml has 12. See docs/readers.md and benchmarks/html_recall.py.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

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
    title = " ".join("".join(page.xpath("//head//title[1]//text()")).split())
    clean(page)
    found = pieces(page, title)
    if not found:
        raise EmptyInput(
            f"{name} is a web page without an article: its text may be loaded by scripts; print the page to PDF "
            "in the browser, or save it as text"
        )
    return reading(found)


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
