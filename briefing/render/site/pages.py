"""The pages of a site but for those of the issues: each a path and its HTML, made anew in every build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.render import html
from briefing.render.html import Links, NavItem
from briefing.render.page import STATUS, STRENGTH
from briefing.render.site import catalogue, registers
from briefing.render.site.catalogue import Group
from briefing.render.site.due import STANDING
from briefing.render.site.options import Options
from briefing.render.site.records import Entry, Item, official, place
from briefing.render.site.registers import FigureLine, Part, PledgeLine, parts, pledge_lines
from briefing.render.site.stamps import Made, stamp
from briefing.render.site.topics import Topic, table

LATEST = 20
"""Issues on the home page."""
DUE_NEXT = 6
"""Pledges on the home page."""
CARDS = 50
"""Issues or interviews on one page."""
ROWS = 500
"""Rows on one page of a register that does not fit into one."""
WHOLE = 1000
"""Rows up to which a register is one page."""
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'{wasm}; connect-src 'self'; img-src 'self'; "
    "worker-src 'self'; base-uri 'self'; form-action 'self'"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAV = (
    ("index.html", "首页", "Home"),
    ("archive/index.html", "期次", "Archive"),
    ("officials/index.html", "官员", "Officials"),
    ("places/index.html", "地区", "Places"),
    ("topics/index.html", "主题", "Topics"),
    ("figures/index.html", "数字", "Figures"),
    ("pledges/index.html", "承诺", "Pledges"),
    ("search.html", "搜索", "Search"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says about it; `root` leads from it to the top of the site."""

    path: str
    title: str
    description: str
    root: str
    canonical: str
    policy: str
    kind: str = "website"
    published: date | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A link in a list, with a number beside it."""

    href: str
    zh: str
    en: str
    number: int = 0
    detail: object = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What every template may say about the whole site."""

    name: str
    day: date | None
    search: bool

    @property
    def names(self) -> tuple[str, str]:
        """The Chinese name and the English one, where the first word of the name is the Chinese one; else what it has.

        >>> SiteFacts("双语简报 Bilingual briefs", None, False).names, SiteFacts("Briefs", None, False).names
        (('双语简报', 'Bilingual briefs'), ('', ''))
        """
        first, _, rest = self.name.partition(" ")
        if not _HAN.search(self.name):
            return "", ""
        return (first, rest) if _HAN.search(first) and not _HAN.search(rest) else (self.name, "")


class Writer:
    """Renders templates with what all pages of one site share."""

    def __init__(self, options: Options, day: date | None, *, search: bool, keys: Mapping[str, str]) -> None:
        """`keys` are the content keys of the issues by slug."""
        self.options = options
        self.keys = keys
        self.site = SiteFacts(options.name, day, search)
        self.nav = _NAV if search else _NAV[:-1]

    def head(self, path: str, title: str, description: str, **more: object) -> Head:
        """The head of the page at `path`."""
        root = "../" * path.count("/")
        canonical = self.options.base_url + path.removesuffix("index.html") if self.options.base_url else ""
        policy = _POLICY.format(wasm=" 'wasm-unsafe-eval'" if path == "search.html" else "")
        return Head(path, title, description, root, canonical, policy, **more)  # type: ignore[arg-type]

    def links(self, head: Head, downloads: tuple[tuple[str, str], ...] = ()) -> Links:
        """The navigation as seen from a page; the head of the page is in our own block."""
        folder = head.path.partition("/")[0]
        nav = tuple(
            NavItem(head.root + href, zh, en, current=href == head.path or href == f"{folder}/index.html")
            for href, zh, en in self.nav
        )
        return Links(stylesheet=f"{head.root}assets/{html.STYLESHEET}", nav=nav, downloads=downloads)

    def page(self, template: str, head: Head, **context: object) -> Made:
        """One page of the site."""

        def make() -> bytes:
            text = html.render(f"site/{template}", self.links(head), page=head, site=self.site, **SHARED, **context)
            return text.encode("utf8")

        return Made(head.path, stamp(self.keys, template, head, self.site, self.nav, context), make)

    def file(self, path: str, make: Callable[[], bytes], *values: object) -> Made:
        """A file that depends on `values`."""
        return Made(path, stamp(self.keys, path, *values), make)


def anchor(item: Item) -> str:
    """The fragment at which the page of an issue shows an interview."""
    return item.id


SHARED: Mapping[str, object] = {
    "anchor": anchor,
    "who": official,
    "spot": place,
    "topics": table(),
    "standings": STANDING,
    "statuses": STATUS,
    "strengths": STRENGTH,
    "kinds": registers.KINDS,
}


def pages(writer: Writer, entries: Sequence[Entry]) -> Iterator[Made]:
    """All pages but those of the issues; `entries` newest first."""
    people, spots, subjects = catalogue.officials(entries), catalogue.places(entries), catalogue.filed(entries)
    figures = registers.figure_lines(entries)
    promised = pledge_lines(((e, i) for e in entries for i in e.items), writer.site.day)
    yield _home(writer, entries, people, subjects, figures, promised)
    yield from _archive(writer, entries)
    yield from _officials(writer, people)
    yield from _places(writer, spots)
    yield from _topics(writer, subjects)
    yield from _figures(writer, figures)
    yield from _pledges(writer, promised)
    if writer.site.search:
        head = writer.head("search.html", "搜索 Search", "全文搜索 Full-text search", hidden=True)
        yield writer.page("search.html", head)
    yield _missing(writer)


def _home(writer: Writer, entries: Sequence[Entry], people: Mapping[str, Group],
          subjects: Sequence[tuple[Topic, list[tuple[Entry, Item]]]], figures: Sequence[FigureLine],
          promised: Sequence[PledgeLine]) -> Made:  # fmt: skip
    head = writer.head("index.html", "首页 Home", "官员访谈双语简报 Bilingual briefs of interviews")
    totals = {"issues": len(entries), "officials": len(people), "figures": len(figures), "pledges": len(promised)}
    ahead = [line for line in promised if line.standing in ("soon", "open")]
    return writer.page("home.html", head, entries=entries[:LATEST], totals=totals, due=ahead[:DUE_NEXT],
                       filed=[(topic, len(found)) for topic, found in subjects])  # fmt: skip


def _archive(writer: Writer, entries: Sequence[Entry]) -> Iterator[Made]:
    months = catalogue.months(entries)
    years: dict[str, list[dict[str, object]]] = {}
    for name, found in months.items():
        year = name if name == catalogue.UNDATED else name[:4]
        zh, en = ("全部", "All") if name == catalogue.UNDATED else catalogue.month_label(name)
        years.setdefault(year, []).append({"name": name, "zh": zh, "en": en, "number": len(found)})
    listed = [
        {"name": year, "months": own, "number": sum(int(str(m["number"])) for m in own)} for year, own in years.items()
    ]
    yield writer.page("archive.html", writer.head("archive/index.html", "期次 Archive", "按日期浏览 Archive by date"),
                      years=listed)  # fmt: skip
    for name, found in months.items():
        label = catalogue.month_label(name)
        title = " ".join(label)
        for part in parts(f"archive/{name}.html", found, CARDS):
            head = writer.head(part.path, _numbered(title, part), f"{title} · 期次 Issues")
            yield writer.page("month.html", head, label=label, undated=name == catalogue.UNDATED,
                              entries=part.rows, part=part)  # fmt: skip


def _officials(writer: Writer, people: Mapping[str, Group]) -> Iterator[Made]:
    rows = [_target(group, group.identity.place) for group in people.values()]
    head = writer.head("officials/index.html", "官员 Officials", "受访官员索引 Officials interviewed")
    yield writer.page("names.html", head, heading=("官员", "Officials"), rows=rows)
    shared = catalogue.namesakes(people.values())
    for group in people.values():
        others = [g for g in shared.get(group.identity.zh, ()) if g is not group]
        yield from _group(
            writer, f"officials/{group.identity.slug}.html", (group.identity.zh, group.identity.en),
            ("官员", "Officials"), group.found, offices=list(group.offices.values())[:12], actors=False,
            related=[_target(g, g.identity.place, placed=True) for g in others],
            related_label=("别处的同名者，另页列出", "Of the same name elsewhere, on pages of their own"),
        )  # fmt: skip


def _places(writer: Writer, spots: Mapping[str, Group]) -> Iterator[Made]:
    head = writer.head("places/index.html", "地区 Places", "地区索引 Places")
    yield writer.page("names.html", head, heading=("地区", "Places"), rows=[_target(g) for g in spots.values()])
    related = catalogue.kin(spots.values())
    for group in spots.values():
        yield from _group(
            writer, f"places/{group.identity.slug}.html", (group.identity.zh, group.identity.en), ("地区", "Places"),
            group.found, related=[_target(g) for g in related.get(group.identity.zh, ())],
            related_label=("上下级地区", "Wider or narrower places"),
        )  # fmt: skip


def _topics(writer: Writer, subjects: Sequence[tuple[Topic, list[tuple[Entry, Item]]]]) -> Iterator[Made]:
    rows = [Target(f"{topic.id}.html", topic.zh, topic.en, len(found)) for topic, found in subjects]
    head = writer.head("topics/index.html", "主题 Topics", "主题索引 Topics")
    yield writer.page("names.html", head, heading=("主题", "Topics"), rows=rows)
    for topic, found in subjects:
        yield from _group(writer, f"topics/{topic.id}.html", (topic.zh, topic.en), ("主题", "Topics"), found)


def _group(writer: Writer, path: str, heading: tuple[str, str], up: tuple[str, str],
           found: Sequence[tuple[Entry, Item]], *, offices: Sequence[object] = (), actors: bool = True,
           related: Sequence[Target] = (), related_label: tuple[str, str] = ("", ""),
           ) -> Iterator[Made]:  # fmt: skip
    total = sum(len(item.pledges) for _, item in found)
    title = " ".join(filter(None, heading))
    for part in parts(path, found, CARDS):
        head = writer.head(part.path, _numbered(title, part), f"{title}：访谈与承诺 interviews and pledges")
        yield writer.page(
            "group.html", head, heading=heading, up=up, detail="", offices=offices if part.number == 1 else (),
            related=related, related_label=related_label, shown=part.rows, total=len(found), part=part,
            promised=pledge_lines(part.rows, writer.site.day), promised_total=total, actors=actors,
        )  # fmt: skip


def _figures(writer: Writer, lines: Sequence[FigureLine]) -> Iterator[Made]:
    groups: dict[str, list[FigureLine]] = {}
    for line in lines:
        groups.setdefault(catalogue.month(line.entry), []).append(line)
    labels = {name: catalogue.month_label(name) for name in groups}
    yield from _register(writer, "figures", ("数字", "Figures"), lines, groups, labels)
    base = writer.options.base_url or "../"
    yield writer.file("figures/figures.csv", lambda: registers.figures_csv(lines, base), base, lines)


def _pledges(writer: Writer, lines: Sequence[PledgeLine]) -> Iterator[Made]:
    groups: dict[str, list[PledgeLine]] = {}
    for line in lines:
        groups.setdefault(f"{line.end:%Y}" if line.end else catalogue.UNDATED, []).append(line)
    labels = {
        name: ("未写明期限", "No deadline given") if name == catalogue.UNDATED else (f"{name}年到期", f"Due in {name}")
        for name in groups
    }
    groups = dict(sorted(groups.items()))
    yield from _register(writer, "pledges", ("承诺", "Pledges"), lines, groups, labels)
    base = writer.options.base_url or "../"
    yield writer.file("pledges/pledges.csv", lambda: registers.pledges_csv(lines, base), base, lines)


def _register(writer: Writer, name: str, heading: tuple[str, str], lines: Sequence[FigureLine | PledgeLine],
              groups: Mapping[str, Sequence[FigureLine | PledgeLine]],
              labels: Mapping[str, tuple[str, str]]) -> Iterator[Made]:  # fmt: skip
    """The index of a register and, where it does not fit into one page, the pages of its groups."""
    title = " ".join(heading)
    whole = len(lines) <= WHOLE
    targets = {} if whole else {g: Target(f"{g}.html", *labels[g], len(own)) for g, own in groups.items()}

    def one(part: Part[FigureLine | PledgeLine], group: str) -> Made:
        label = labels[group] if group else None
        shown = _numbered(f"{title} · {' '.join(filter(None, label))}" if label else title, part)
        head = writer.head(part.path, shown, f"{shown}（{len(lines)}）")
        listed = [Target(t.href, t.zh, t.en, t.number, current=g == group) for g, t in targets.items()]
        return writer.page(
            f"{name}.html", head, heading=heading, group=label, up=bool(group), groups=listed, rows=part.rows,
            total=len(groups[group]) if group else len(lines), csv=f"{name}.csv", part=part,
        )  # fmt: skip

    yield one(Part(f"{name}/index.html", lines if whole else lines[:ROWS], 1, 1), "")
    for group in targets:
        for part in parts(f"{name}/{group}.html", groups[group], ROWS):
            yield one(part, group)


def _missing(writer: Writer) -> Made:
    head = writer.head("404.html", "没有这一页 No such page", "没有这一页 No such page", hidden=True)
    if writer.options.base_url:
        # It is shown at any depth, so only whole paths lead somewhere.
        head = Head(head.path, head.title, head.description, writer.options.path, "", head.policy, hidden=True)
    return writer.page("missing.html", head)


def _target(group: Group, detail: object = None, *, placed: bool = False) -> Target:
    who = group.identity
    zh, en = who.zh, who.en
    if placed and who.place:
        zh, en, detail = f"{zh}（{who.place.zh}）", f"{en} ({who.place.en})", None
    return Target(f"{who.slug}.html", zh, en, len(group.found), detail)


def _numbered(title: str, part: Part[Any]) -> str:
    return title if part.number == 1 else f"{title} ({part.number}/{part.of})"
