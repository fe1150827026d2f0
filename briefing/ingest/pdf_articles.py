"""Blocks in reading order to articles, and the role of each block in its article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from briefing.ingest.pdf_blocks import Stack, finished
from briefing.ingest.pdf_glyphs import Box
from briefing.ingest.pdf_page import PageBlocks

_NEWS = re.compile(
    r"^(?:本报讯|本报[\u4e00-\u9fff]{2,4}讯|新华社|中新社|据[\u4e00-\u9fff]{2,8}[电讯]|[\u4e00-\u9fff]{2,8}讯[（( ])"
)
_SECTION = re.compile(r"(?:简讯|短讯|要闻|快讯|速览|导读|本版导读|一句话新闻|新闻短波|时讯|综合|广告|公告)")
_SHORT = 7
"""Characters of a line under the headline that names a series, not what the article says."""
HEADS = ("kicker", "headline", "deck", "byline")


@dataclass(slots=True)
class Article:
    """What belongs to one article, in reading order. Filled while the pages are walked through."""

    head: list[Stack] = field(default_factory=list)
    body: list[Stack] = field(default_factory=list)
    """With its subheads."""
    aside: list[Stack] = field(default_factory=list)
    """Captions and tables."""
    notice: bool = False
    """An advertisement, the weather: no article of the paper."""


def articles(pages: Sequence[PageBlocks]) -> list[Article]:
    """The articles of all pages; what goes on from page to page is one."""
    out: list[Article] = []
    for page in pages:
        found = _walk(page.flow, page)
        if found and out and not found[0].head and not found[0].notice and found[0].body:
            open_ = [a for a in out if a.body and not a.notice and not finished(_last(a).text)] or [
                a for a in out if a.body and not a.notice
            ]
            if open_:
                open_[-1].body += found[0].body
                open_[-1].aside += found[0].aside
                found = found[1:]
        out += found
    made = [a for a in out if a.head or a.body or a.aside]
    return [replace(a, head=_roles(a.head)) for a in made if not a.notice] + [a for a in made if a.notice]


def _last(article: Article) -> Stack:
    return article.body[-1]


def _walk(flow: Iterable[Stack], page: PageBlocks) -> list[Article]:
    order = list(flow)
    out: list[Article] = []
    current = Article()
    inner: list[Article] = []
    for n, one in enumerate(order):
        if one.role == "frame":
            (inner if current.head or current.body else out).extend(_walk(one.inner, page))
        elif one.role == "advertisement":
            inner.append(Article(body=_flat(one), notice=True))
        elif one.role:
            current.aside.append(one)
        elif one.head in ("large", "bold") and not _runs_over(one, order[n + 1 :]):
            if not current.body or not _begins(one, n, order, current, page):
                if current.body:
                    current.body.append(replace(one, role="subhead"))
                else:
                    current.head.append(one)
                continue
            out += [current, *inner]
            inner = []
            above = _kickers(current, one, page)
            current = Article(head=[*above, one])
        elif not current.body and one.head == "byline":
            current.head.append(replace(one, role="byline"))
        elif (
            not current.body
            and current.head
            and len(one.text) <= 60
            and not finished(one.text)
            and len(one.lines) <= 2
            and _short(one, n, order)
        ):
            current.head.append(one)
        elif one.head == "byline":
            current.body.append(replace(one, role="byline"))
        else:
            current.body.append(one)
    return [a for a in (*out, current, *inner) if a.head or a.body or a.aside]


def _flat(frame: Stack) -> list[Stack]:
    return [replace(x, role="advertisement") for s in frame.inner for x in (_flat(s) if s.inner else [s])]


def _short(one: Stack, n: int, order: Sequence[Stack]) -> bool:
    """Whether the block is narrower than the column under it: a line of the head, not the beginning of the body."""
    following = next((s for s in order[n + 1 :] if not s.role), None)
    return following is None or not (
        one.lines[0].x0 - following.left > 1.2 * one.size
        and abs(one.left - following.left) < 3 * one.size
        and len(one.lines) == 1
        and one.right >= following.right - 2 * one.size
    )


def _begins(one: Stack, n: int, order: Sequence[Stack], current: Article, page: PageBlocks) -> bool:
    """Whether an article begins at the heading, rather than a part of the current one."""
    following = next((s for s in order[n + 1 :] if not s.role and not s.head), None)
    if following is not None and _NEWS.match(following.text):
        return True
    before = next((s for s in reversed(order[:n]) if not s.role), None)
    over = _directly_above(one, order, n)
    largest = max((s.size for s in current.head), default=0.0)
    columns = [s.box for s in current.body if s.page == one.page and not s.head]
    # A subhead may stand at the head of a column, level with the first lines of the others.
    first = one.size < 1.45 * page.body and any(abs(c.top - one.box.top) < 0.7 * page.body for c in columns)
    if over is not None and over is not before and not over.head and not over.role and not first:
        return True
    if one.size > 1.2 * page.body and not first and _outside(one, columns, order[:n], page):
        return True
    if one.size > 1.45 * page.body:
        return one.size > 0.5 * largest or one.size > 1.7 * page.body
    if one.size > 1.2 * page.body:
        # A subhead stands in the column of the text that it parts, and is smaller than the headline.
        aside = not first and (before is None or not _same_column(before, one, page))
        return 0 < 0.8 * largest < one.size or (aside and one.size > 0.6 * largest)
    return before is not None and over is before and one.box.top - before.box.bottom > 3.2 * page.body


def _same_column(a: Stack, b: Stack, page: PageBlocks) -> bool:
    return b.box.x0 > a.box.x0 - page.body and b.box.x1 < a.box.x1 + page.body


def _runs_over(one: Stack, following: Sequence[Stack]) -> bool:
    """Whether the block is the beginning of a paragraph in bold that goes on in the next column."""
    text = next((s for s in following if not s.role), None)
    return (
        text is not None
        and one.head == "bold"
        and text.type == one.type
        and text.box.x0 > one.box.x1
        and text.box.top < one.box.top
        and not finished(one.text)
    )


def _outside(one: Stack, columns: Sequence[Box], before: Sequence[Stack], page: PageBlocks) -> bool:
    """Whether a heading stands beside all columns of the article, in one that does not begin where they do."""
    if not columns or any(c.x0 < one.box.x1 and one.box.x0 < c.x1 for c in columns):
        return False
    over = [b for b in (*(s.box for s in before), *page.pictures) if b.x0 < one.box.x1 and one.box.x0 < b.x1]
    return not any(abs(b.top - c.top) < 1.5 * page.body and b.bottom < one.box.top + 2 for b in over for c in columns)


def _directly_above(one: Stack, order: Sequence[Stack], n: int) -> Stack | None:
    above = [
        s
        for s in order[:n]
        if s.box.bottom <= one.box.top + 2 and min(s.box.x1, one.box.x1) - max(s.box.x0, one.box.x0) > 2
    ]
    return max(above, key=lambda s: s.box.bottom, default=None)


def _kickers(current: Article, heading: Stack, page: PageBlocks) -> list[Stack]:
    """Short lines over the heading that were taken for the end of the article before it."""
    out: list[Stack] = []
    while current.body:
        last = current.body[-1]
        close = 0 <= heading.box.top - last.box.bottom < 2.5 * page.body and min(last.box.x1, heading.box.x1) > max(
            last.box.x0, heading.box.x0
        )
        if not close or len(last.text) > 30 or finished(last.text) or len(last.lines) > 1 or len(current.body) == 1:
            break
        out.insert(0, replace(current.body.pop(), role=""))
        heading = out[0]
    return out


def _roles(head: Sequence[Stack]) -> list[Stack]:
    """The head with its roles: the largest is the headline, what stands before it the kicker, after it the deck."""
    titles = [s for s in head if s.role != "byline" and not _SECTION.fullmatch(s.text.replace(" ", ""))] or list(head)
    largest = max((s.size for s in titles), default=0.0)
    where = next((n for n, s in enumerate(head) if s.size == largest and s in titles), 0)
    out: list[Stack] = []
    for n, one in enumerate(head):
        if one.role == "byline" or (n != where and one.head == "byline"):
            role = "byline"
        elif one.size == largest and one in titles:
            role = "headline"
        else:
            role = "kicker" if n < where or len(one.text) <= _SHORT else "deck"
        out.append(replace(one, role=role))
    return out
