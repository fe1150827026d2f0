"""The vocabulary of offices and bodies, ``data/titles.toml``, and how their names stand in English."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

_COMMON_NOUN = re.compile(
    r"\b(?:Committee|Commission|Government|Congress|Bureau|Department|Ministry|Office|Administration|Court|Council"
    r"|Procuratorate|Association|Federation|League|Society|Party|Branch|Center|Academy|Institute|Union|Team|Board"
    r"|Detachment|Brigade|Corps|Station|Police|Sub-bureau|Command|Agency|Fund|Organi[sz]ation|Reserve|Forces"
    r"|Headquarters|Foundation|Museum|Library|People's Bank|Bank of (?!China\b))\b"
)
_LEVELS = ("Provincial ", "Municipal ", "District ", "County ", "Town ", "Township ", "Village ", "Community ")
_KEEPS_CAPITAL = re.compile(
    r"\b(?!CPPCC|CPC|Party\b|Communist|Youth League|League\b|Chinese|China|Red Cross|Taiwan|Hong Kong|Macao)[A-Z][a-z]"
)
_PART = re.compile(
    "(?:(?:First|Second|Affiliated|General|Medical|Graduate|Business|Law) )*(?:School|College|Hospital|Community) of "
    "|University of "
)


def table(name: str) -> dict[str, Any]:
    """One table of the vocabulary of titles and bodies."""
    found: dict[str, Any] = _vocabulary()[name]
    return found


def with_article(name: str) -> str:
    """A body's name with its article, which names of companies, schools and papers do without.

    >>> with_article("Jinan Municipal Party Committee"), with_article("Shandong University"), with_article("BYD")
    ('the Jinan Municipal Party Committee', 'Shandong University', 'BYD')
    """
    plain = name in _kinds() or _PART.match(name)
    return "the " + name if plain or _COMMON_NOUN.search(name) or name.startswith(_LEVELS) else name


def lower(english: str) -> str:
    """A generic name in lower case, but for words that keep their capital."""
    return _KEEPS_CAPITAL.sub(lambda m: m[0].lower(), english)


def capitals(english: str | None) -> str:
    """A phrase as it stands in a name, "" for none: "care of the elderly" is "Care of the Elderly"."""
    small = ("of", "the", "and", "for", "in", "on", "to")
    return " ".join(w if w in small else w[:1].upper() + w[1:] for w in (english or "").split())


def nameless(zh: str) -> str:
    """An institution that is named by its kind alone: 人民医院, 城投集团."""
    return " ".join(str(table("institution")[zh].format(n="")).split())


@cache
def _kinds() -> frozenset[str]:
    """The English of bodies that are named by their kind alone, which take an article."""
    return frozenset((*table("plain").values(), *(nameless(zh) for zh in table("institution"))))


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads((resources.files("briefing") / "data" / "titles.toml").read_text(encoding="utf-8"))
