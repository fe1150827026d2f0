"""Units of measure, currencies and classifiers, read from data/units.toml.

A unit's name is what `Quantity.unit` holds. Two names are the same measure where `base` gives the same
dimension, so that 公里 and km, or 亩 and 公顷, can be compared by value. Ratios (元/斤, 吨/年) are built
from their parts and need no entry of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from briefing.model import Kind


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit, currency or classifier."""

    name: str
    """In Chinese, or the Latin symbol: 元, 平方米, 个, km."""
    dimension: str
    """money, area, length, count … or "area/time" for a ratio; see the sections of units.toml."""
    factor: Decimal | None
    """How many of the dimension's base one of these is; None where there is no fixed rate (currencies)."""
    kind: Kind
    singular: str
    """In English; "" for a classifier that English leaves out (个, 家)."""
    plural: str
    readings: tuple[str, ...]
    """Every English form, `singular` and `plural` included, as commonly written."""
    aliases: tuple[str, ...]
    """Other Chinese spellings that mean this unit: 元人民币, ㎡."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("briefing.data").joinpath("units.toml").read_text("utf-8"))


def _unit(section: str, kind: str, row: Mapping[str, Any]) -> Unit:
    forms = [row["one"], row["many"], *row.get("en", ())]
    return Unit(
        name=row["zh"],
        dimension=section,
        factor=Decimal(row["factor"]) if row["factor"] else None,
        kind=cast(Kind, kind),
        singular=row["one"],
        plural=row["many"],
        readings=tuple(dict.fromkeys(form for form in forms if form)),
        aliases=tuple(row.get("also", ())),
    )


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by its name, in the order of the data file; the first of two of one name counts.

    >>> units()["亩"].plural, units()["美元"].kind
    ('mu', 'money')
    """
    found: dict[str, Unit] = {}
    for section, body in _data().items():
        for row in body.get("units", ()) if "kind" in body else ():
            found.setdefault(row["zh"], _unit(section, body["kind"], row))
    return MappingProxyType(found)


@cache
def _by_spelling() -> Mapping[str, Unit]:
    found: dict[str, Unit] = dict(units())
    for one in units().values():
        for alias in one.aliases:
            found.setdefault(alias, one)
    return MappingProxyType(found)


def spellings() -> tuple[str, ...]:
    """Every Chinese spelling of a unit, longest first, for an alternation in a pattern."""
    return tuple(sorted(_by_spelling(), key=lambda s: (-len(s), s)))


@cache
def unit(spelling: str) -> Unit | None:
    """The unit that a Chinese spelling means, None if it is unknown; ratios are built from their parts.

    >>> unit("元人民币").name, unit("元/斤").dimension, unit("云") is None
    ('元', 'money/mass', True)
    """
    found = _by_spelling().get(spelling)
    if found is not None or "/" not in spelling:
        return found
    above, _, below = spelling.partition("/")
    top, bottom = unit(above), _by_spelling().get(below)
    if top is None or bottom is None:
        return None
    factor = top.factor / bottom.factor if top.factor is not None and bottom.factor is not None else None
    by = bottom.singular or bottom.name
    return Unit(
        name=f"{top.name}/{bottom.name}",
        dimension=f"{top.dimension}/{bottom.dimension}",
        factor=factor,
        kind=top.kind,
        singular=f"{top.singular} per {by}",
        plural=f"{top.plural} per {by}",
        readings=tuple(f"{a} {per} {b}" for a in top.readings for b in bottom.readings for per in ("per", "a")),
        aliases=(),
    )


@cache
def _by_reading() -> Mapping[str, Unit]:
    found: dict[str, Unit] = {}
    for one in units().values():
        for reading in one.readings:
            found.setdefault(reading, one)
    for one in units().values():
        for reading in one.readings:
            found.setdefault(reading.lower(), one)
    return MappingProxyType(found)


def readings() -> tuple[str, ...]:
    """Every English reading of a unit, longest first, as spelt in the data and in lower case."""
    return tuple(sorted(_by_reading(), key=lambda s: (-len(s), s)))


def from_english(reading: str) -> Unit | None:
    """The unit that an English word or symbol means; exact spelling first (MW), then any case.

    >>> from_english("square metres").name, from_english("Kilometers").name, from_english("cats") is None
    ('平方米', '公里', True)
    """
    found = _by_reading()
    return found.get(reading) or found.get(reading.lower())


def base(value: Decimal, spelling: str) -> tuple[Decimal, str]:
    """A value in the base of its dimension, with the dimension: what two sides are compared by.

    A unit without a fixed rate is its own dimension, and so is an unknown one.

    >>> base(Decimal("3"), "公里") == base(Decimal("3000"), "米")
    True
    >>> base(Decimal("5"), "美元")
    (Decimal('5'), '美元')
    """
    found = unit(spelling)
    if found is None or found.factor is None:
        return value, found.name if found is not None else spelling
    return value * found.factor, found.dimension


@cache
def multipliers() -> Mapping[str, Decimal]:
    """What each Chinese multiplier multiplies by: 十 百 千 万 亿 兆."""
    return MappingProxyType({k: Decimal(v) for k, v in _data()["multipliers"].items()})


@cache
def multipliers_english() -> Mapping[str, Decimal]:
    """What each English multiplier word multiplies by: hundred, thousand, million …"""
    return MappingProxyType({k: Decimal(v) for k, v in _data()["multipliers_en"].items()})
