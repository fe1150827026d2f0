"""Atom feeds (RFC 4287), one in each language: an entry an issue, with what its numbers are worth.

Made with the XML writer of the standard library, so that nothing of a source becomes markup. Every identifier
is a tag URI (RFC 4151) of the issue and stays the same when the site is built again or moves within its host.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from xml.etree import ElementTree as ET

from briefing import __version__
from briefing.render.cells import side
from briefing.render.html import inert
from briefing.render.page import Pair

Language = Literal["zh", "en"]
MOST = 50
"""Entries of a feed, the newest."""
_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_TITLE = {"zh": "双语简报", "en": "Bilingual briefs"}
_SUBTITLE = {
    "zh": "每个数字均已与原文核对；存疑者注明。",
    "en": "Every number was compared with its source; doubtful ones are marked.",
}
_DOUBT = {"zh": "存疑或未刊的数字：{}", "en": "Numbers flagged or withheld: {}"}
_NONE = {"zh": "本期没有访谈。", "en": "No interview was found in this issue."}
_AUTHOR = {"zh": "briefing（自动生成）", "en": "briefing (made by software)"}


@dataclass(frozen=True, slots=True)
class Article:
    """One interview in an entry."""

    headline: Pair
    points: tuple[Pair, ...]
    people: tuple[tuple[Pair, Pair], ...] = ()
    """Name and office."""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One issue in a feed."""

    name: str
    """Which issue, in letters, digits and dashes; part of its identifier."""
    day: date
    title: Pair
    href: str
    """Of its page, relative to the feed."""
    articles: tuple[Article, ...]
    doubtful: int = 0
    """Numbers that were flagged or withheld."""


def render(
    entries: Sequence[FeedEntry], language: Language, *, base_url: str = "", authority: str = "", name: str = ""
) -> bytes:
    """The feed of `language` as UTF-8 XML; `entries` newest first, of which the first `MOST` are in it.

    Without `base_url` (which ends with a slash) addresses are relative to the feed. `authority` is the host in
    the identifiers.
    """
    authority = authority or "briefing.invalid"
    other: Language = "en" if language == "zh" else "zh"
    feed = ET.Element("feed", {"xmlns": _ATOM, _LANG: language})
    if base_url:
        feed.set(_BASE, base_url)
    _text(feed, "id", f"tag:{authority},2025:briefs/{language}")
    _text(feed, "title", name or _TITLE[language])
    _text(feed, "subtitle", _SUBTITLE[language])
    shown = entries[:MOST]
    _text(feed, "updated", _moment(max((e.day for e in shown), default=date(2025, 1, 1))))
    _text(ET.SubElement(feed, "author"), "name", _AUTHOR[language])
    _text(feed, "generator", "briefing", version=__version__)
    if base_url:
        _link(feed, "self", f"{base_url}feed.{language}.xml", "application/atom+xml", language)
    _link(feed, "alternate", f"{base_url}index.html", "text/html", language)
    _link(feed, "alternate", f"{base_url}feed.{other}.xml", "application/atom+xml", other)
    for entry in shown:
        _entry(feed, entry, language, base_url, authority)
    ET.indent(feed, space="")
    data: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(feed: ET.Element, entry: FeedEntry, language: Language, base_url: str, authority: str) -> None:
    node = ET.SubElement(feed, "entry", {_LANG: language})
    _text(node, "id", f"tag:{authority},{entry.day.isoformat()}:{entry.name}/{language}")
    _text(node, "title", side(entry.title, language) or entry.title.zh)
    _text(node, "published", _moment(entry.day))
    _text(node, "updated", _moment(entry.day))
    href = base_url + entry.href
    _link(node, "alternate", href, "text/html", language)
    content = ET.SubElement(node, "content", {"type": "xhtml"})
    box = ET.SubElement(content, "div", {"xmlns": _XHTML, "lang": language, _LANG: language})
    if entry.doubtful:
        _text(box, "p", f"⚠ {_DOUBT[language].format(entry.doubtful)}")
    if not entry.articles:
        _text(box, "p", _NONE[language])
    for article in entry.articles:
        heading = ET.SubElement(box, "h2")
        title = side(article.headline, language) or article.headline.zh
        _text(heading, "a", title, href=f"{href}#{article.anchor}" if article.anchor else href)
        for who, office in article.people:
            separator = "，" if language == "zh" else ", "
            _text(box, "p", separator.join(filter(None, (side(who, language), side(office, language)))))
        points = [text for text in (side(point, language) for point in article.points) if text]
        if points:
            listed = ET.SubElement(box, "ul")
            for text in points:
                _text(listed, "li", text)


def _moment(day: date) -> str:
    """Midnight in China, where the papers are printed."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = str(inert(text))


def _link(parent: ET.Element, rel: str, href: str, kind: str, language: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href, "hreflang": language})
