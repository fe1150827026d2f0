"""Whether characters look like a name that nobody lists, and whether one may begin at a place in a text.

Chinese does not mark names. A string of characters that hardly ever stand beside each other elsewhere
(海冠, 金晔) is one; a string with an ordinary word in it is taken for none, so that a name that is a word
(远景) is missed rather than a word rendered by its sound. The pairs come from ``data/common_pairs.txt`` and
from every term of the glossary.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from briefing.translate.names import syllable

_HAN = re.compile(r"[㐀-鿿]+")
_NEVER = frozenset(
    "的了着过和与及或等在于是为被把将从向对让使由以其此这那哪每各该本我你他她它们个家名座批项条种类款件"
    "万亿百千余多几两第年月日时分元吨米里亩倍度次届号岁"
    "某很更最太又也还都只不没未无非要能会可应需须并且而但即则若如所之者么吗呢吧逐至进"
)
"""Characters with a grammatical office, and counters: no name of two or three characters has one."""


def coined(zh: str) -> bool:
    """Whether two to four characters are no word, and made of none.

    >>> coined("海冠"), coined("科迈隆"), coined("教育"), coined("加快海冠")
    (True, True, False, False)
    """
    return 2 <= len(zh) <= 4 and readable(zh) and not any(c in _NEVER for c in zh) and not common(zh)


def partly_coined(zh: str) -> bool:
    """Whether a name of four characters begins with a word and ends with what is none (东风|李尔).

    >>> partly_coined("东风李尔"), partly_coined("东风教育")
    (True, False)
    """
    return len(zh) == 4 and readable(zh) and not any(c in _NEVER for c in zh) and not common(zh[1:])


def loosely_coined(zh: str) -> bool:
    """Whether three characters are no word, though the last two are often neighbours (亚西亚: 西亚).

    >>> loosely_coined("亚西亚"), loosely_coined("大自然"), loosely_coined("亚洲")
    (True, False, False)
    """
    return len(zh) == 3 and readable(zh) and not any(c in _NEVER for c in zh) and not common(zh[:2])


def common(zh: str) -> bool:
    """Whether some two neighbours among the characters are often so.

    >>> common("教育"), common("晔食")
    (True, False)
    """
    pairs = _pairs()
    return any(zh[i : i + 2] in pairs for i in range(len(zh) - 1))


def readable(zh: str) -> bool:
    """Whether all characters are Chinese and have a reading."""
    return bool(_HAN.fullmatch(zh)) and all(syllable(c) != c for c in zh)


def begins(text: str, at: int) -> bool:
    """Whether a name may begin at `at`: at the edge of a run of characters, or behind a word that opens one.

    >>> begins("力促海冠电力", 2), begins("力促海冠电力", 3)
    (True, False)
    """
    if at == 0 or not _HAN.match(text[at - 1]):
        return True
    openers = _openers()
    return any(text[at - size : at] in openers for size in range(1, 5) if size <= at)


def opens(zh: str) -> bool:
    """Whether characters begin with a word that stands before names, and so cannot be one."""
    openers = _openers()
    return any(zh[:size] in openers for size in range(2, 5))


@cache
def _openers() -> frozenset[str]:
    rows = (resources.files("briefing") / "data" / "openers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@cache
def _pairs() -> frozenset[str]:
    """The pairs of the list, and those inside the terms of the glossary that are not names of bodies."""
    data = resources.files("briefing") / "data"
    pairs: set[str] = set()
    for row in (data / "common_pairs.txt").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            first, following = row.split(" ", 1)
            pairs.update(first + second for second in following)
    for name in ("glossary.tsv", "modifiers.tsv"):
        for row in (data / name).read_text(encoding="utf-8").splitlines():
            zh, *rest = row.split("\t")
            if rest[1:2] != ["org"]:
                pairs.update(zh[i : i + 2] for i in range(len(zh) - 1))
    return frozenset(pairs)
