"""A brief as a mail: subject, plain text and HTML, in one language or both, small enough not to be clipped.

Web mail clips what is larger than about 100 KB, and Outlook reads neither a style sheet's second class nor layout
that is newer than Word's. So the styles are written into the elements, the layout is that of the text, only the
table of figures is a table, and a long brief is shortened step by step until it fits, with a word on where the rest is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from briefing.errors import MissingReader
from briefing.render.email_text import MOST_FINDINGS, Language, View, text
from briefing.render.html import chinese, environment, inert
from briefing.render.page import STATUS, STRENGTH, WITHHELD, Page, Section
from briefing.render.site.topics import filed, named

if TYPE_CHECKING:
    from css_inline import CSSInliner

LIMIT = 100_000
"""Bytes of the HTML part as it travels, in base64; Gmail clips a little above."""
_ROOM = 1_000
"""Of them for what each reader gets alone: the link to unsubscribe."""
UNSUBSCRIBE = "<!--unsubscribe-->"
"""Where that link goes in the HTML; no text of a source can look like it, since each is escaped."""
_SUBJECT = 70
"""Characters of each language in a subject."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of each interview a mail shows; None is all of it."""

    figures: int | None = None
    pledges: int | None = None
    points: int | None = None
    sections: int | None = None


CUTS = (Cut(), Cut(20, 8), Cut(8, 4), Cut(4, 0), Cut(0, 0), Cut(0, 0, 2), Cut(0, 0, 0))
"""What is tried in turn; after the last, fewer interviews are named until the mail fits."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, but for its header."""

    subject: str
    text: str
    html: str
    shortened: bool = False
    """Whether something of the brief had to be left out."""


def letter(
    page: Page, language: Language = "both", *, page_url: str = "", rest: str = "", whole: Page | None = None
) -> Letter:
    """The mail of `page` in `language`.

    `page_url` is the address of the brief as a page. `rest` is the name of an attachment that holds the whole
    brief. `whole` is the page before a reader's topics were applied to it. MissingReader without css-inline.
    """
    total = len(whole.sections) if whole else len(page.sections)
    shown, html, shortened = page, "", False
    for cut in _cuts(len(page.sections)):
        shown = _cut(page, cut)
        if _least(shown, language) > LIMIT - _ROOM:
            continue
        shortened = shown != page
        view = View(shown, page, language, page_url, rest, shortened, total)
        html = _html(view, subject(page, language))
        if travels(html) <= LIMIT - _ROOM:
            break
    return Letter(subject(page, language), text(view), html, shortened)


def with_way_out(made: Letter, language: Language, address: str) -> tuple[str, str]:
    """The text and the HTML of `made` with a link to unsubscribe at their end; without one where `address` is ""."""
    from markupsafe import Markup

    if not address:
        return made.text, made.html.replace(UNSUBSCRIBE, "", 1)
    told = {"zh": "退订", "en": "Unsubscribe", "both": "退订 Unsubscribe"}[language]
    label = Markup("{}").format(told)
    if language == "both":
        label = Markup('<span lang="zh-Hans">退订</span> <span lang="en">Unsubscribe</span>')
    link = Markup('<br><a href="{}">{}</a>').format(address, label)
    return f"{made.text}{told}: {address}\n", made.html.replace(UNSUBSCRIBE, str(link), 1)


def travels(html: str) -> int:
    """How many bytes `html` has in base64 with its line ends.

    >>> travels("a" * 57)
    78
    """
    size = -(-len(html.encode("utf8")) // 3) * 4
    return size + -(-size // 76) * 2


def subject(page: Page, language: Language = "both") -> str:
    """The subject: title of the issue, or its first headline, in the wanted languages, on one line."""
    pair, more = page.title, 0
    if not pair.en and page.sections:
        pair, more = page.sections[0].headline, len(page.sections) - 1
    zh, en = (_line(str(inert(part))) for part in (pair.zh, "" if pair.en == WITHHELD else pair.en))
    zh = _clipped(zh) + (f" 等{more + 1}篇访谈" if more and zh else "")
    en = _clipped(en) + (f" and {more} more" if more and en else "")
    if language == "zh" or not en:
        return zh or en or _line(page.issue)
    return en if language == "en" or not zh else f"{zh} | {en}"


def on_topics(page: Page, topics: Iterable[str]) -> Page:
    """`page` with those interviews only that one of `topics` fits; all of them where there are no topics.

    A topic of the site, by its id or its name in either language, fits the interviews that the site files under it.
    Any other word fits where it stands in a cell of the interview: a headline, a name, an office, a place, a point, a
    figure or a pledge, whichever the language; in English as a whole word.
    """
    words = [word.casefold() for word in topics]
    if not words:
        return page
    kept = tuple(s for s in page.sections if any(_fits(word, s) for word in words))
    units = {p.unit for s in page.sections if s not in kept for p in s.pairs()}
    return replace(page, sections=kept, findings=tuple(f for f in page.findings if f.unit not in units))


def _fits(word: str, section: Section) -> bool:
    if topic := named(word):
        return topic in filed(section)
    held = "\n".join(f"{p.zh}\n{p.en}" for p in section.pairs()).casefold()
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", held) is not None
    return word in held


def _cuts(sections: int) -> Iterable[Cut]:
    yield from CUTS
    while sections > 1:
        sections //= 2
        yield replace(CUTS[-1], sections=sections)


def _least(page: Page, language: Language) -> int:
    """What the bare text of `page` takes: where that is too much there is no need to make the mail."""
    sides = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}[language]
    return sum(len(getattr(pair, side).encode("utf8", "replace")) for pair in page.pairs() for side in sides) * 4 // 3


def _cut(page: Page, cut: Cut) -> Page:
    sections = page.sections[: cut.sections]
    shown = tuple(
        replace(
            s,
            figures=s.figures[: cut.figures],
            pledges=s.pledges[: cut.pledges],
            points=s.points[: cut.points],
        )
        for s in sections
    )
    return replace(page, sections=shown)


def _clipped(text: str) -> str:
    return text if len(text) <= _SUBJECT else text[: _SUBJECT - 1].rstrip() + "…"


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _html(view: View, title: str) -> str:
    made = environment().get_template("email/brief.html").render(
        view=view,
        page=view.page,
        subject=title,
        han=chinese("".join(p.zh for p in view.whole.pairs())),
        source_language=chinese(view.page.source) if _HAN.search(view.page.source) else "en",
        withheld=WITHHELD,
        statuses=STATUS,
        strengths={key: (zh, en.removesuffix(" to")) for key, (zh, en) in STRENGTH.items()},
        most_findings=MOST_FINDINGS,
        css=_css(),
    )
    return _inliner().inline(re.sub(r"\n\s*", "\n", made))


@cache
def _css() -> str:
    from markupsafe import Markup

    file = resources.files("briefing").joinpath("templates", "email", "brief.css")
    return Markup(file.read_text(encoding="utf8"))


@cache
def _inliner() -> CSSInliner:
    try:
        import css_inline
    except ImportError as error:
        raise MissingReader("HTML mail needs css-inline: pip install 'briefing[mail]'") from error
    return css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=False, keep_link_tags=False, minify_css=True
    )
