"""Units after and currencies before an English number, found among its tokens.

Names come from data/units.toml through `briefing.numerals.units`; data/units_en.toml adds English forms
that the Chinese table has no use for (imperial measures, misspellings, prefixes) and says which of its
short names are too common as words to be read as units.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from briefing.model import Kind
from briefing.numerals import units as table
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at, tokens

_OPENERS = {"(": ")", "[": "]", "{": "}", "<": ">"}


@dataclass(frozen=True, slots=True)
class EnglishUnit:
    """A unit as found: its Chinese name and the kind of quantity that it makes."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Table:
    names: Mapping[tuple[str, ...], EnglishUnit]
    """Lower-case tokens → unit, any case in the text."""
    symbols: Mapping[tuple[str, ...], EnglishUnit]
    """Tokens as spelt → unit: MW, t, km²."""
    prefixes: Mapping[tuple[str, ...], EnglishUnit]
    longest: Mapping[str, int]
    """The first token of a name or symbol, in lower case → how many tokens the longest such name has."""


def _key(name: str, *, fold: bool) -> tuple[str, ...]:
    return tuple(t.low if fold else t.text for t in tokens("1 " + name)[1:])


@cache
def _table() -> _Table:
    extra = tomllib.loads(files("briefing.data").joinpath("units_en.toml").read_text("utf-8"))
    stop = frozenset(extra["not_units"])
    names: dict[tuple[str, ...], EnglishUnit] = {}
    symbols: dict[tuple[str, ...], EnglishUnit] = {}
    prefixes: dict[tuple[str, ...], EnglishUnit] = {}
    for row in extra["preferred"]:
        for name in row["names"]:
            names[_key(name, fold=True)] = EnglishUnit(row["zh"], "measure")
            symbols[_key(name, fold=False)] = EnglishUnit(row["zh"], "measure")
    for unit in table.units().values():
        if unit.dimension in {"count", "multiple", "index"}:
            continue
        for reading in unit.readings:
            if reading in stop:
                continue
            found = EnglishUnit(unit.name, unit.kind)
            if len(reading) <= 4 and (reading != reading.lower() or len(reading) < 3):
                symbols.setdefault(_key(reading, fold=False), found)
            else:
                names.setdefault(_key(reading, fold=True), found)
    for row in extra["unit"]:
        found = EnglishUnit(row["zh"], cast(Kind, row["kind"]))
        for name in row.get("names", ()):
            names.setdefault(_key(name, fold=True), found)
        for name in row.get("symbols", ()):
            symbols.setdefault(_key(name, fold=False), found)
        for name in row.get("prefixes", ()):
            prefixes.setdefault(tuple(t.low for t in tokens(name)), found)
    longest: dict[str, int] = {}
    for key in (*names, *symbols):
        longest[key[0].lower()] = max(len(key) + 2, longest.get(key[0].lower(), 0))
    return _Table(names, symbols, prefixes, longest)


def suffix(items: Sequence[Token], index: int) -> tuple[EnglishUnit, int] | None:
    """The unit whose name begins at token `index`, with the index after it; the longest name wins.

    >>> suffix(tokens("5 square kilometres of"), 1)
    (EnglishUnit(name='平方公里', kind='measure'), 3)
    """
    if at(items, index) in HYPHENS and adjacent(items, index) and adjacent(items, index + 1):
        index += 1
    closing = _OPENERS.get(at(items, index))
    if closing is not None:
        inside = _longest(items, index + 1)
        return (inside[0], inside[1] + 1) if inside is not None and at(items, inside[1]) == closing else None
    return _longest(items, index)


def _longest(items: Sequence[Token], index: int) -> tuple[EnglishUnit, int] | None:
    known = _table()
    longest = known.longest.get(at(items, index), 0)
    for length in range(min(longest, len(items) - index), 0, -1):
        part = items[index : index + length]
        exact = tuple(t.text for t in part)
        found = (
            known.symbols.get(exact)
            or known.names.get(_dehyphened(part))
            or known.names.get(tuple(t.low for t in part))
        )
        if found is not None and (exact not in known.symbols or _symbol_stands(items, index, length)):
            if exact[-1] in _SIGNS and index + length < len(items) and items[index + length].kind == "number":
                continue
            if exact in _LETTERS and not _degree_stands(items, index):
                continue
            return found, index + length
    return None


def _dehyphened(part: Sequence[Token]) -> tuple[str, ...]:
    """The tokens without their inner hyphens: square-kilometer, percentage-point, kilowatt-hour."""
    return tuple(t.low for n, t in enumerate(part) if not (t.low in HYPHENS and 0 < n < len(part) - 1))


def _symbol_stands(items: Sequence[Token], index: int, length: int) -> bool:
    """Whether a symbol is one: not the start of a word or code (5G-A, 3 m212), letters of their own."""
    after = index + length
    if length > 1 and not all(adjacent(items, place) for place in range(index + 1, after)):
        return False
    if after >= len(items) or not adjacent(items, after):
        return True
    if length == 1 and len(items[index].text) == 1 and items[after].text == "-" and items[index].text.isupper():
        return False
    return items[after].kind == "symbol" and items[after].text not in "'’&"


_SIGNS = frozenset("$£€¥￥₽₩₹")
"""Signs of money after a number belong to the next number where there is one."""
_LETTERS = frozenset({("C",), ("F",), ("K",)})


def _degree_stands(items: Sequence[Token], index: int) -> bool:
    """Whether a bare C, F or K is a temperature: 30 C outside, -10C, 573.15K; not 13F filing, 800,000 F-Series."""
    if items[index].text == "K":
        return "." in at(items, index - 1)
    after = items[index + 1] if index + 1 < len(items) else None
    if after is not None and (after.low in HYPHENS or (after.kind == "word" and after.text[0].isupper())):
        return False
    return not adjacent(items, index) or at(items, index - 2) == "-"


@cache
def opening_signs() -> frozenset[str]:
    """The first tokens of the currencies that stand before a number."""
    return frozenset(key[0] for key in _table().prefixes)


def prefix(items: Sequence[Token], index: int) -> tuple[EnglishUnit, int] | None:
    """The currency whose sign or code stands at token `index` before a number, with the index after it.

    >>> prefix(tokens("US$ 2 million"), 0)
    (EnglishUnit(name='美元', kind='money'), 2)
    """
    if at(items, index) not in opening_signs():
        return None
    known = _table().prefixes
    for length in (3, 2, 1):
        part = items[index : index + length]
        if len(part) < length:
            continue
        if length == 2 and part[0].low in {"a", "s"} and not (adjacent(items, index + 1) and part[0].text.isupper()):
            continue
        found = known.get(tuple(t.low for t in part))
        if found is not None:
            return found, index + length
    return None
