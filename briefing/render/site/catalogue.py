"""The same interviews under other heads: by month, by official, by place, by topic."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.render.page import Pair
from briefing.render.site.records import Entry, Identity, Item, official, place
from briefing.render.site.topics import Topic, table

UNDATED = "undated"


@dataclass(slots=True)
class Group:
    """An official or a place with all interviews, newest first."""

    identity: Identity
    found: list[tuple[Entry, Item]] = field(default_factory=list)
    offices: dict[str, tuple[Pair, date | None, date | None]] = field(default_factory=dict)
    """Each office as printed, with the dates of its first and last issue."""


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """By date, then name; those without a date come last."""
    return sorted(entries, key=lambda e: (-e.date.toordinal() if e.date else 1, e.issue))


def months(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Issues by month (2025-01), the newest first."""
    out: dict[str, list[Entry]] = {}
    for entry in entries:
        out.setdefault(month(entry), []).append(entry)
    return out


def month(entry: Entry) -> str:
    """2025-01, or "undated"."""
    return f"{entry.date:%Y-%m}" if entry.date else UNDATED


def month_label(name: str) -> tuple[str, str]:
    """A month in both languages.

    >>> month_label("2025-01"), month_label("undated")
    (('2025年1月', 'January 2025'), ('无日期', 'Undated'))
    """
    if name == UNDATED:
        return "无日期", "Undated"
    year, number = name.split("-")
    return f"{year}年{int(number)}月", f"{calendar.month_name[int(number)]} {year}"


def officials(entries: Sequence[Entry]) -> dict[str, Group]:
    """Officials by the slugs of their pages, in the order of their pinyin."""
    out: dict[str, Group] = {}
    for entry in entries:
        for item in entry.items:
            for person in item.officials:
                who = official(person, item)
                group = out.setdefault(who.slug, Group(who))
                if not group.found or group.found[-1][1] is not item:
                    group.found.append((entry, item))
                if person.title.zh:
                    known = group.offices.get(person.title.zh)
                    last = known[2] if known else entry.date
                    group.offices[person.title.zh] = (person.title, entry.date, last)
    return dict(sorted(out.items(), key=lambda pair: (pair[1].identity.en.casefold(), pair[0])))


def places(entries: Sequence[Entry]) -> dict[str, Group]:
    """Places by the slugs of their pages, in the order of their names."""
    out: dict[str, Group] = {}
    for entry in entries:
        for item in entry.items:
            if item.place:
                where = place(item.place)
                out.setdefault(where.slug, Group(where)).found.append((entry, item))
    return dict(sorted(out.items(), key=lambda pair: (pair[1].identity.zh, pair[0])))


def filed(entries: Sequence[Entry]) -> list[tuple[Topic, list[tuple[Entry, Item]]]]:
    """Topics that have interviews, in the order of the table."""
    out: dict[str, list[tuple[Entry, Item]]] = {}
    for entry in entries:
        for item in entry.items:
            for id in item.topics:
                out.setdefault(id, []).append((entry, item))
    return [(topic, out[id]) for id, topic in table().items() if id in out]


def namesakes(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """Officials by name, where more than one page has it."""
    out: dict[str, list[Group]] = {}
    for group in groups:
        out.setdefault(group.identity.zh, []).append(group)
    return {name: found for name, found in out.items() if len(found) > 1}


def kin(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """For each place those above and below it: 云河市 for 云河市澄江区, and the other way round."""
    known = {group.identity.zh: group for group in groups}
    out: dict[str, list[Group]] = {}
    for name, group in known.items():
        for end in range(2, len(name)):
            if (above := known.get(name[:end])) is not None:
                out.setdefault(name, []).append(above)
                out.setdefault(name[:end], []).append(group)
    return out
