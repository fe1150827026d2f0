"""Markdown: the text as a reader of the finished page meets it, headings with their roles, links without addresses."""

from __future__ import annotations

import datetime
import re

from briefing.errors import EmptyInput, InputError
from briefing.ingest import html, plain
from briefing.ingest.assemble import Piece, reading
from briefing.ingest.charset import decode
from briefing.ingest.reading import Reading
from briefing.model import Hint

_SAMPLE = 65_536
_HEADING = re.compile(rb"(?m)^#{1,6} +\S")
_MARKS = (
    re.compile(rb"\*\*[^*\s][^*\n]{0,200}\*\*"),
    re.compile(rb"!?\[[^\]\n]{0,200}\]\([^)\s]{1,400}\)"),
    re.compile(rb"(?m)^\|? ?:?-{3,}:? ?\|"),
    re.compile(rb"(?m)^[-*+] +\S[^\n]*\n(?:[-*+] +\S[^\n]*\n)+"),
    re.compile(rb"(?m)^> \S"),
    re.compile(rb"(?m)^```"),
    re.compile(rb"\A(?:\xef\xbb\xbf)?---\r?\n(?:[A-Za-z_]+:[^\n]*\n)+---"),
)
_MATTER = re.compile(r"\A\ufeff?---\r?\n((?:[A-Za-z_]+:.*\r?\n|[ \t-].*\r?\n)+)---[ \t]*(?:\r?\n|$)")
_DAY = re.compile(r"^date:\s*[\"']?(\d{4})-(\d{1,2})-(\d{1,2})", re.MULTILINE)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_PAPER = re.compile(r"20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
"""What the first heading has where it names the paper and the day, over headlines of the second level."""
MAX_CHARACTERS = 2_000_000
"""A longer text is no newspaper issue and is not given to the Markdown library."""
MAX_HEADINGS = 1_000
"""The library takes quadratic time over more."""
MAX_INLINE = 20_000
"""Code points of a line with mark-up; the library takes quadratic time over longer ones."""


def takes(data: bytes) -> bool:
    """Whether `data` is text with marks of Markdown: a heading, or two other kinds of mark."""
    head = data[:_SAMPLE]
    if not plain.takes(data) or html.takes(data):
        return False
    return bool(_HEADING.search(head)) or sum(bool(mark.search(head)) for mark in _MARKS) >= 2


def read(data: bytes, name: str) -> Reading:
    """The text without its mark-up, with blocks."""
    text = decode(data)[0].replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS or len(re.findall(r"(?m)^#", text)) > MAX_HEADINGS:
        limits = f"{MAX_CHARACTERS:,} characters or {MAX_HEADINGS:,} headings"
        raise InputError(f"{name} has more than {limits}: this is no newspaper issue")
    if max(map(len, text.split("\n")), default=0) > MAX_INLINE:
        return Reading(text)
    matter = _MATTER.match(text)
    head = matter[1] if matter else ""
    body = _markup(text[matter.end() :] if matter else text)
    found = _pieces(body)
    title = _TITLE.search(head)
    if title and not any(p.role == "headline" for p in found):
        found = [Piece(title[1], "headline"), *found]
    if not found:
        raise EmptyInput(f"{name} is Markdown without text: give a newspaper issue")
    return reading(found, _day(head))


def _markup(text: str) -> str:
    import markdown

    text = re.sub(r"~~[^~\n]{1,500}~~", "", text)
    text = re.sub(r"(?m)^(\s*[-*+] )\[[ xX]\] ", r"\1", text)
    return markdown.markdown(text, extensions=["tables", "footnotes", "fenced_code", "sane_lists"])


def _pieces(markup: str) -> list[Piece]:
    from briefing.ingest.html_page import clean, parse
    from briefing.ingest.html_text import lines

    page = parse(f"<html><body>{markup}</body></html>")
    if page is None:
        return []
    clean(page, furniture=False)
    for back in page.xpath("//a[contains(@class, 'footnote-backref')]"):
        back.text = ""
    banners = page.xpath("//h1")
    paper = len(banners) == 1 and bool(_PAPER.search("".join(banners[0].itertext()))) and bool(page.xpath("//h2"))
    top = "h1" if banners and not paper else "h2"
    out: list[Piece] = []
    for line in lines(page, page):
        tag = line.holder.tag
        role: Hint = ""
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            role = "headline" if tag == top else "furniture" if paper and tag == "h1" else "subhead"
        elif tag == "tr":
            role = "table"
        elif tag == "figcaption":
            role = "caption"
        out.append(Piece(line.text().strip("\u00a0 "), role))
    return [piece for piece in out if piece.text]


def _day(head: str) -> datetime.date | None:
    found = _DAY.search(head)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
