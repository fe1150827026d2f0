"""The tables of place names: data/places.tsv and data/divisions.txt, and what can be looked up in them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


def short_form(zh: str) -> str:
    """The name of a division without its class word, as it is used in speech.

    >>> short_form("济阳区"), short_form("恩施土家族苗族自治州"), short_form("山东省")
    ('济阳', '恩施', '山东')
    """
    for short, suffix in provinces().items():
        if zh == short + suffix:
            return short
    groups = "|".join(sorted(table("group"), key=len, reverse=True))
    core = re.sub(rf"(?:{groups})*(?:自治州|自治县|自治旗)$", "", zh)
    return core if core != zh else re.sub(r"(?:地区|新区|街道|[省市区县旗盟州镇乡村])$", "", zh)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = (resources.files("briefing") / "data" / "places.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def table(kind: str) -> dict[str, str]:
    """The rows of one kind in data/places.tsv: Chinese to English."""
    kinds = ("suffix", "zone") if kind == "suffix" else (kind,)
    return {row[0]: row[1] for row in _rows() if row[2] in kinds}


@cache
def provinces() -> dict[str, str]:
    """Short name of a province → the suffix of its full name."""
    return {row[0]: row[3] for row in _rows() if row[2] == "province"}


@cache
def _divisions() -> tuple[tuple[str, ...], ...]:
    text = (resources.files("briefing") / "data" / "divisions.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith(("#", "=")))


@cache
def short_cities() -> frozenset[str]:
    """The names of prefecture-level divisions without their class word."""
    return frozenset(short for city, *_ in _divisions() if len(short := short_form(city)) > 1)


@cache
def gazetteer() -> frozenset[str]:
    """Every name that may begin a match: divisions, short names of provinces and cities, waters, countries."""
    names = {*table("whole"), *table("country"), *short_cities()}
    for short, suffix in provinces().items():
        names |= {short, short + suffix}
    for city, *below in _divisions():
        names.update(below)
        names |= {city} - {"-"}
    return frozenset(names)


@cache
def by_start() -> dict[str, tuple[str, ...]]:
    """The names that begin with each two characters."""
    groups: dict[str, list[str]] = {}
    for name in (*gazetteer(), *table("generic")):
        groups.setdefault(name[:2], []).append(name)
    return {start: tuple(names) for start, names in groups.items()}


@cache
def divisions_below() -> dict[str, frozenset[str]]:
    """What may follow a province or city in a chain: the names of the divisions in it."""
    below: dict[str, set[str]] = {}
    province: tuple[str, ...] = ()
    text = (resources.files("briefing") / "data" / "divisions.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("= "):
            full = line[2:]
            province = (full, short_form(full))
        elif line and not line.startswith("#"):
            city, *counties = line.split()
            cities = () if city == "-" else tuple(n for n in (city, short_form(city)) if len(n) > 1)
            for owner in province:
                below.setdefault(owner, set()).update(cities, counties)
            for owner in cities:
                below.setdefault(owner, set()).update(counties)
    return {owner: frozenset(names) for owner, names in below.items()}


@cache
def zone_pattern() -> re.Pattern[str]:
    """The names of zones that follow a division: 高新区."""
    return re.compile("|".join(sorted(table("zone"), key=len, reverse=True)))
