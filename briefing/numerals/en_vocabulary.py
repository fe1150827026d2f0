"""The word lists of data/reading_en.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary() -> Mapping[str, Any]:
    """All of data/reading_en.toml: hedges by side and bound, directions, set phrases, labels, word classes."""
    return tomllib.loads(files("briefing.data").joinpath("reading_en.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """One closed class of words, by its name in the [words] table.

    >>> "ranked" in words("ranking")
    True
    """
    return frozenset(vocabulary()["words"][name])
