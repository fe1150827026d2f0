"""Words beside a number that bound it: 近, 不少于, 以上 …, read from data/hedges.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from briefing.model import Bound


@cache
def data() -> dict[str, Any]:
    """The tables of data/hedges.toml."""
    return tomllib.loads(files("briefing.data").joinpath("hedges.toml").read_text("utf-8"))


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@dataclass(frozen=True, slots=True)
class _Before:
    bounds: dict[str, Bound]
    lengths: tuple[int, ...]
    blocked: dict[str, str]
    round_only: frozenset[str]


@cache
def _before() -> _Before:
    words = {w: cast(Bound, bound) for bound, all_ in data()["before"].items() for w in all_}
    lengths = tuple(sorted({len(w) for w in words}, reverse=True))
    return _Before(words, lengths, data()["before_blocked"], frozenset(data()["before_round_only"]["words"]))


def before(text: str, start: int, first: str) -> tuple[Bound, int] | None:
    """The bound that a word ending at `start` sets, and where that word begins; `first` opens the number.

    >>> before("新签约5个", 3, "5") is None, before("上百家", 1, "百")
    (True, ('at_least', 0))
    """
    table = _before()
    stop = start - 1 if start and text[start - 1] == " " else start
    for length in table.lengths:
        if length > stop:
            continue
        word = text[stop - length : stop]
        bound = table.bounds.get(word)
        if bound is None:
            continue
        at = stop - length
        if at and text[at - 1] in table.blocked.get(word, ""):
            return None
        if word in table.round_only and not (
            first in "百千万亿半"
            or (word == "破" and first.isdigit())
            or (word == "过" and text[start + 1 : start + 2] == "成")
        ):
            return None
        return bound, at
    return None


@cache
def _after() -> tuple[re.Pattern[str], dict[str, Bound], dict[str, str], frozenset[str]]:
    words = {w: cast(Bound, bound) for bound, all_ in data()["after"].items() for w in all_}
    pattern = re.compile(rf" ?({alternation(words)})")
    return pattern, words, data()["after_blocked"], frozenset(data()["after_measure_only"]["words"])


def after(text: str, stop: int, measure: bool) -> tuple[Bound, int] | None:
    """The bound that a word at `stop` sets, and where that word ends.

    >>> after("60个以上", 3, False), after("3个内外", 2, False)
    (('at_least', 5), None)
    """
    pattern, words, blocked, measure_only = _after()
    found = pattern.match(text, stop)
    if found is None:
        return None
    word = found[1]
    if (word in measure_only and not measure) or text[found.end() : found.end() + 1] in tuple(blocked.get(word, "")):
        return None
    return words[word], found.end()


def combine(ahead: Bound | None, inner: Bound | None, behind: Bound | None) -> Bound:
    """One bound out of up to three: 约2000多亿元 is over, for the vaguest word never wins.

    >>> combine("about", "over", None), combine("near", None, "at_least"), combine(None, None, None)
    ('over', 'at_least', 'exact')
    """
    given = [b for b in (inner, ahead, behind) if b is not None]
    firm = [b for b in given if b != "about"]
    if "near" in firm and len(firm) > 1:
        firm.remove("near")
    return firm[0] if firm else given[0] if given else "exact"
