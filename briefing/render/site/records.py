"""What the site keeps of each issue: the cells of its page as printed, and the values behind them.

An `Entry` is all that the indexes, registers, feeds and the search need. It is published as JSON beside the
page of its issue, and read back from there when the issue has not changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from briefing.model import Bound, Brief, Kind, Status, Strength
from briefing.render.page import WITHHELD, Count, Official, Page, Pair, Section
from briefing.render.site.slugs import slug
from briefing.render.site.topics import filed


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A row of the register of figures."""

    id: str
    subject: Pair
    value: Pair
    kind: Kind
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    status: Status
    period: Pair | None
    iso: str
    """Of the period, as in Moment.iso; "" if unknown."""
    source: str
    """The sentence that gives it, as printed in the source."""
    base: Pair | None = None
    """With what the value is compared, where that does not go without saying."""


@dataclass(frozen=True, slots=True)
class PledgeRecord:
    """A row of the register of pledges."""

    id: str
    actor: Pair
    action: Pair
    amounts: tuple[Pair, ...]
    due: Pair | None
    iso: str
    strength: Strength
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One interview."""

    id: str
    headline: Pair
    officials: tuple[Official, ...]
    date: Pair | None
    place: Pair | None
    points: tuple[Pair, ...]
    figures: tuple[FigureRecord, ...]
    pledges: tuple[PledgeRecord, ...]
    topics: tuple[str, ...]
    count: Count

    def pairs(self) -> Iterator[Pair]:
        """All cells that pair the two languages."""
        yield self.headline
        yield from (pair for official in self.officials for pair in (official.name, official.title))
        yield from (pair for pair in (self.date, self.place) if pair)
        yield from self.points
        for figure in self.figures:
            yield from (pair for pair in (figure.subject, figure.value, figure.base, figure.period) if pair)
        for pledge in self.pledges:
            yield from (pair for pair in (pledge.actor, pledge.action, *pledge.amounts, pledge.due) if pair)


@dataclass(frozen=True, slots=True)
class Entry:
    """One issue."""

    issue: str
    slug: str
    title: Pair
    """The banner, else the first headline, else the name of the issue."""
    date: date | None
    """Of publication, else of its latest interview."""
    source: str
    signature: str
    findings: int
    """Errors and warnings on its page."""
    items: tuple[Item, ...]

    @property
    def figures(self) -> int:
        return sum(len(item.figures) for item in self.items)

    @property
    def pledges(self) -> int:
        return sum(len(item.pledges) for item in self.items)

    @property
    def doubtful(self) -> int:
        """Numbers that were flagged or withheld."""
        return sum(item.count.flagged + item.count.withheld for item in self.items)


def withheld(pair: Pair) -> bool:
    """Whether the English of the cell is kept back."""
    return pair.en == WITHHELD


def entry(brief: Brief, page: Page) -> Entry:
    """What the site keeps of one issue; `page` is the page of `brief` with its counts."""
    quoted = {number: text for number, text, _ in page.notes}
    figures = {figure.id: figure for figure in brief.figures}
    pledges = {pledge.id: pledge for pledge in brief.pledges}
    articles = {article.id: article for article in brief.interviews}

    def item(section: Section) -> Item:
        rows = tuple(
            FigureRecord(
                row.figure, row.subject, row.value, f.quantity.kind, f.quantity.low, f.quantity.high, f.quantity.bound,
                f.quantity.unit, row.status, row.period, f.period.iso if f.period else "", quoted.get(row.note, ""),
                row.base,
            )
            for row in section.figures
            for f in (figures[row.figure],)
        )  # fmt: skip
        promised = tuple(
            PledgeRecord(row.pledge, row.actor, row.action, row.amounts, row.due, p.due.iso if p.due else "",
                         row.strength, quoted.get(row.note, ""))
            for row in section.pledges
            for p in (pledges[row.pledge],)
        )  # fmt: skip
        points = tuple(pair for pair, _ in section.points)
        return Item(section.interview, section.headline, section.officials, section.date, section.place, points, rows,
                    promised, filed(section), section.count)  # fmt: skip

    title = page.title
    if title.zh == page.issue and not title.en and page.sections:
        title = page.sections[0].headline
    days = [articles[s.interview].date for s in page.sections]
    known = [day for day in (_day(moment.iso) for moment in days if moment) if day]
    return Entry(
        page.issue,
        slug(page.issue, page.issue),
        title,
        brief.issue.date or max(known, default=None),
        page.source,
        page.signature,
        sum(f.severity != "note" for f in page.findings),
        tuple(map(item, page.sections)),
    )


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso) if len(iso) == 10 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Identity:
    """An official or a place as the site tells them apart, with the name of its page."""

    slug: str
    zh: str
    en: str
    place: Pair | None = None


def official(person: Official, item: Item) -> Identity:
    """Who an official is: a name in a place. People of one name in two places have two pages."""
    where = item.place.zh if item.place else ""
    return Identity(slug(person.name.en, person.name.zh, where), person.name.zh, person.name.en, item.place)


def place(pair: Pair) -> Identity:
    """The place of an interview."""
    return Identity(slug(pair.en, pair.zh), pair.zh, pair.en)
