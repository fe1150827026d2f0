"""HTML pages: the brief with its source beside it, and what other pages share.

Everything is escaped by Jinja2; control and direction characters of a source are dropped on the way out. A page
needs no script, names no other host and says so in its Content-Security-Policy. On a site the style sheet is a
file beside the pages (`style-src 'self'`). A brief.html that stands alone carries it inside, so that it can be
mailed or moved as one file; its policy then allows that one `style` element by its hash and nothing else.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from briefing import __version__
from briefing.model import Brief, Finding
from briefing.render import chart, drawing, source
from briefing.render.markdown import SEVERITY
from briefing.render.page import STATUS, STRENGTH, WITHHELD, Count, FigureRow, Page, Pair, PledgeRow, Section
from briefing.render.plural import counted

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STYLESHEET = "briefing.css"
"""The name of the style sheet in briefing/templates/assets and beside the pages of a site."""
_DROPPED = {
    code: None
    for code in (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F,
                 *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
}  # fmt: skip
_CHINESE = re.compile(r"[0-9.]*[\u3400-\u9fff]+(?:[0-9.%—、，：；]*[\u3400-\u9fff]+)*")
_UNWANTED = re.compile(f"[{''.join(map(re.escape, map(chr, _DROPPED)))}]")


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation at the top of a page."""

    href: str
    zh: str
    en: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page points to outside itself; relative addresses made by us, never text of a source."""

    stylesheet: str = ""
    """The address of the style sheet; "" puts it inside the page."""
    nav: tuple[NavItem, ...] = ()
    downloads: tuple[tuple[str, str], ...] = ()
    """Address and name of the same brief in other formats."""
    canonical: str = ""
    alternate: tuple[tuple[str, str, str], ...] = ()
    """Media type, address and title of feeds and other formats."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The style sheet as a page names it."""

    href: str
    css: Any
    policy: str
    """The whole Content-Security-Policy of the page."""


def inert(value: object) -> object:
    """`value` without control and direction characters, if it is text; what Jinja2 does to each expression."""
    return value.translate(_DROPPED) if isinstance(value, str) and _UNWANTED.search(value) else value


@cache
def environment() -> Environment:
    """The Jinja2 environment of all HTML: escapes everything, fails on an undefined name."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("briefing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["tongues"] = tongues
    env.globals["version"] = __version__
    env.globals["labels"] = env.get_template("labels.html").module
    return env


def tongues(text: str) -> Markup:
    """An English text as markup in which the Chinese that it quotes is marked as such.

    >>> tongues("90亿元 became <i>“9”</i>")
    Markup('<span lang="zh-Hans">90亿元</span> became &lt;i&gt;“9”&lt;/i&gt;')
    """
    from markupsafe import Markup, escape

    out, at = Markup(), 0
    for found in _CHINESE.finditer(text):
        out += escape(inert(text[at : found.start()]))
        out += Markup('<span lang="zh-Hans">{}</span>').format(inert(found.group()))
        at = found.end()
    return out + escape(inert(text[at:]))


@cache
def css() -> str:
    """The text of the style sheet."""
    return resources.files("briefing").joinpath("templates", "assets", STYLESHEET).read_text(encoding="utf8")


def sheet(links: Links) -> Sheet:
    """How a page with these links gets its style, and the policy that allows it and nothing else."""
    from markupsafe import Markup

    common = "base-uri 'none'; form-action 'none'"
    if links.stylesheet:
        return Sheet(links.stylesheet, "", f"default-src 'none'; style-src 'self'; img-src 'self'; {common}")
    text = css()
    digest = base64.b64encode(sha256(text.encode("utf8")).digest()).decode("ascii")
    return Sheet("", Markup(text), f"default-src 'none'; style-src 'sha256-{digest}'; {common}")


def render(template: str, links: Links, **context: object) -> str:
    """The page made by `template` (which extends base.html) with `links` and `context`."""
    return environment().get_template(template).render(links=links, sheet=sheet(links), **context)


def page(
    page: Page,
    brief: Brief,
    *,
    links: Links = Links(),
    agreed: source.Agreed | None = None,
) -> str:
    """The brief as one HTML document: both languages, and the source with every printed number marked in it.

    `agreed` gives the numbers that a check has found to agree, by unit; without it the pairs are read anew.
    """
    view = View(page, brief, source.agreed(page, brief) if agreed is None else agreed)
    return render(
        "brief.html",
        links,
        page=page,
        view=view,
        han=chinese(brief.issue.text),
        paragraphs=source.paragraphs(page, brief, view.linked),
    )


_HANS = frozenset("们国会这来时个为学说对发经过区万亿与产业开关长门问间东车见觉点电话语务动员应实体现总统计")
_HANT = frozenset("們國會這來時個為學說對發經過區萬億與產業開關長門問間東車見覺點電話語務動員應實體現總統計")
_WHERE = {
    "title": "Title",
    "headline": "headline",
    "name": "name",
    "date": "date",
    "place": "place",
    "point": "summary, point",
    "subject": "subject",
    "value": "value",
    "base": "what it is compared with",
    "period": "period",
    "actor": "who",
    "action": "pledge",
    "due": "by when",
}


def chinese(text: str) -> str:
    """The language tag of a Chinese text: zh-Hant where traditional characters prevail.

    >>> chinese("进出口总额"), chinese("進出口總額達到一千億元")
    ('zh-Hans', 'zh-Hant')
    """
    simple, traditional = _HANS - _HANT, _HANT - _HANS
    return "zh-Hant" if sum((c in traditional) - (c in simple) for c in text) > 0 else "zh-Hans"


def place_of(unit: str) -> str:
    """Where a unit of a page stands, in words.

    >>> place_of("f7.value"), place_of("i1.point2"), place_of("title"), place_of("page")
    ('Figure 7, value', 'Interview 1, summary, point 2', 'Title', 'page')
    """
    head, _, part = unit.rpartition(".")
    told = re.fullmatch(r"([a-z]+)(\d*)", part)
    if unit == "title":
        return "Title"
    if not head or told is None:
        return unit
    name, number = told.groups()
    whole = {"i": "interview", "f": "figure", "p": "pledge"}.get(head[0], "") + f" {head[1:]}"
    which = f"amount {part}" if name == "f" else _WHERE.get(name, name) + (f" {number}" if number else "")
    return f"{whole}, {which}".capitalize()


class View:
    """What the template asks about the parts of a page."""

    def __init__(self, page: Page, brief: Brief, agreed: source.Agreed) -> None:
        self._page, self._brief = page, brief
        self.linked = source.numbers(page, brief, agreed)
        self._sentences = source.sentence_ids(page, self.linked)
        self._units = {pair.unit for pair in page.pairs()}
        self._findings: dict[str, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(page.findings, 1):
            self._findings.setdefault(finding.unit, []).append((number, finding))
        self._compared = {s.interview: chart.comparisons(s, brief) for s in page.sections}

    def withheld(self, pair: Pair) -> bool:
        return pair.en == WITHHELD

    def mark(self, pair: Pair) -> str:
        """The id of the number in the source that the cell gives; "" for prose."""
        at = self.linked.cells.get(pair.unit)
        return "" if at is None else source.mark_id(self.linked.marks[at])

    def english(self, pair: Pair) -> tuple[source.Piece, ...]:
        doubts = [f.target for _, f in self._findings.get(pair.unit, ()) if f.target and f.severity != "note"]
        return source.english(pair, self.linked, doubts)

    def plain(self, pair: Pair) -> str:
        """The English where there is no room for links; a withheld one is not repeated."""
        return "—" if self.withheld(pair) or not pair.en else pair.en

    def finding(self, pair: Pair) -> str:
        """The id of the first finding on the pair that is more than a note."""
        found = [number for number, f in self._findings.get(pair.unit, ()) if f.severity != "note"]
        return f"finding-{found[0]}" if found else "findings"

    def sentence(self, note: int) -> str:
        return self._sentences[note]

    def status(self, row: FigureRow) -> tuple[str, str]:
        return STATUS[row.status]

    def strength(self, row: PledgeRow) -> tuple[str, str]:
        return STRENGTH[row.strength]

    def severity(self, finding: Finding) -> list[str]:
        return SEVERITY[finding.severity].split(" ", 1)

    def sign(self, finding: Finding) -> str:
        return {"error": "✕", "warning": "⚠", "note": "ⓘ"}[finding.severity]

    def place(self, finding: Finding) -> str:
        """The id of what the finding is about, "" if the page does not show it."""
        return finding.unit if finding.unit in self._units else ""

    def where(self, finding: Finding) -> str:
        """What the finding is about, in words: "figure f7, value"."""
        return place_of(finding.unit) if finding.unit in self._units else finding.unit

    def comparisons(self, section: Section) -> tuple[chart.Comparison, ...]:
        return self._compared[section.interview]

    def heading(self) -> tuple[str, str] | None:
        """What a page without a banner is called, since its file name tells a reader nothing; None with one."""
        page = self._page
        if page.title.en or page.title.zh != page.issue:
            return None
        if period := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", page.date):
            year, month, day = map(int, period.groups())
            return f"{year}年{month}月{day}日版", f"Issue of {chart.MONTHS[month - 1]} {day}, {year}"
        if page.sections:
            headline = page.sections[0].headline
            return headline.zh, "" if self.withheld(headline) else headline.en
        return "双语简报", "Bilingual brief"

    def bar(self, kind: Literal["done", "goal"], it: chart.Bar) -> Markup:
        """The bar of a result or of a target."""
        told = f"A bar of {it.reach}% of the longer one"
        told += f", solid up to {it.solid}%" if it.solid != it.reach else ""
        told += "; the amount may be larger" if it.open else ""
        name, title = f"{it.row.figure}-bar", self.plain(it.row.value)
        return drawing.bar(kind, name, title, solid=it.solid, reach=it.reach, description=f"{told}.")

    def load(self, deadline: chart.Deadline, number: int) -> Markup:
        """The bar of how much falls due at a deadline, the `number`th of the page."""
        title = f"{counted(len(deadline.pledges), 'pledge')} due: {deadline.en}"
        return drawing.bar("goal", f"deadline-{number}", title, solid=deadline.share)

    @cached_property
    def deadlines(self) -> tuple[chart.Deadline, ...]:
        return chart.deadlines(self._page, self._brief)

    @cached_property
    def total(self) -> Count:
        counts = [section.count for section in self._page.sections]
        return Count(*(sum(getattr(c, name) for c in counts) for name in Count.__dataclass_fields__))

    @property
    def verdict(self) -> str:
        """As `judge` says of the whole; remarks where the numbers are fine and something else is not."""
        judged = self.judge(self.total)
        alarms = any(f.severity != "note" for f in self._page.findings)
        return "remarks" if alarms and judged != "doubtful" else judged

    def judge(self, count: Count) -> str:
        """clear: every number agrees; doubtful: one is flagged, withheld or not accounted for; empty: there is none."""
        if count.flagged or count.withheld or count.verified < count.brief:
            return "doubtful"
        return "clear" if count.brief else "empty"

    def chinese(self, text: str) -> bool:
        return bool(re.search(r"[\u3400-\u9fff]", text))
