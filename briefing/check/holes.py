"""Places of the English from which a number seems to have fallen out: taking less than minute, No. of the plant, [ ].

Values can agree although a number is gone: a small one (一, 1号) may be rendered freely, and a value may stand
elsewhere. What is left behind then is no English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.spans import Span

_BEFORE = r"than|nearly|almost|about|exceed(?:s|ed|ing)?|approximately|at least|at most|only|around|over|within"
_MEASURE = (
    "minute|hour|day|week|month|year|kilometers?|meters?|hectares|yuan|tonnes?|mu|percent|percentage points?"
    "|(?:square|cubic) (?:kilo)?meters"
)
_HOLES = re.compile(
    "|".join(
        (
            r"\bNo\. ?(?=[A-Za-z,;:.)\"”]|$)(?![IVX]+\b)",
            r"(?<=[ (])-(?=[a-z])",
            r"\[ *\]|\( *\)",
            r"\bper (?:people|persons|households|residents)\b",
            rf"\b(?:{_BEFORE}) (?:(?:{_MEASURE})\b(?! (?:and|or) (?:night|month)|-)|per\b)",
            r"\b(?:of|at|by|around|from|to|until|before|after|and) (?:a\.m\.|p\.m\.|o'clock)",
            r"(?<![A-Z][a-z] )\b(?:Phase|Unit|Category|Class|Version|Practice) ?(?=(?: of| and| at)\b|[,;:])",
            r"\b(?:Class|Category|class|category|version) (?=(?:hurricane|typhoon|innovative|new) )",
            r"\b(?:of|at|in) (?:grade|level|tier|category|class) (?:and|or) (?:above|below)\b",
            r"\bage of (?=[,;.])",
            r"^\s*[(（]?\d{1,3}[)）.] ?(?=[a-z])",
            r"(?<=[A-Za-z\"”]) [,;:.](?= |$)",
            r"\bLine (?=and )|\band and\b|\b[Ff]rom [^.,;]{3,24}(?:\. \d+)? to ?$",
            r"\b(?:units|lines|phases|volumes) to (?=\d)",
            r"\b(?:operation|project|task) hour\b",
        )
    )
)
_LONGEST = 100
"""Characters of the longest quotation whose edges are looked at: quotation marks that do not pair must not mislead."""


def holes(en: str) -> Iterator[Span]:
    """Where a number seems to be missing from an English text.

    >>> [span.of(one) for one in ("It took less than minute.", "Unit of the plant", "1 hour") for span in holes(one)]
    ['than minute', 'Unit']
    """
    for found in _HOLES.finditer(en):
        yield Span(*found.span())
    parts = en.split('"')
    start = 0
    for index, part in enumerate(parts):
        stray = index == 1 and not parts[0] and part.startswith(" ")  # what was said before ends there
        if (
            index % 2
            and len(parts) % 2
            and not stray
            and 2 < len(part) < _LONGEST
            and part[0].isspace() != part[-1].isspace()
        ):
            yield Span(start, start + len(part))
        start += len(part) + 1
