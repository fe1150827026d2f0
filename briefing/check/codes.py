"""Every finding code with its meaning (data/findings.toml): the rules of docs/findings.md and of SARIF."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from briefing.model import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding."""

    severity: Severity
    """The usual one; some are milder where the evidence is weaker."""
    title: str
    advice: str
    """What an editor does about it."""


@cache
def codes() -> Mapping[str, Code]:
    """The codes in the order of the data file.

    >>> codes()["N-SWAPPED"].title
    'Two numbers changed places'
    """
    data = tomllib.loads(files("briefing.data").joinpath("findings.toml").read_text("utf-8"))
    return MappingProxyType({code: Code(row["severity"], row["title"], row["advice"]) for code, row in data.items()})
