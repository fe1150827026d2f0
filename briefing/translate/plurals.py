"""English plurals of noun phrases, and their singulars."""

from __future__ import annotations

import re

HEAD_END = re.compile(
    r" (?:of|in|for|to|with|on|at|under|from|without|by|between|against|per|who|that|which|having|being|living|worth"
    r"|below|above|paying|subject|going|governing|involving)\b"
)
"""Where the head of a noun phrase ends."""
_WITHOUT = """
support assistance information equipment research training infrastructure employment progress housing transportation
education health culture agriculture governance security
"""
_UNCOUNTED = tuple(_WITHOUT.split())
"""Nouns without a plural."""
_WITH_S = """
goods overseas services works sports series species premises headquarters savings earnings news logistics economics
physics mathematics politics statistics arts customs means communications telecommunications crossroads
"""
_ALWAYS = frozenset(_WITH_S.split())
"""Nouns that stand before another noun with their s, or have no singular."""

UNIQUE = re.compile(
    r"(?:hub|center|base|zone|district|city|town|province|county|capital|system|mechanism|pattern|model|cluster|benchmark"
    r"|circle|belt|corridor|brand|engine|pole|environment|card|landmark|network|destination|gateway|area|port|highland"
    r"|window|example|line|foundation|barrier|chain|ecosystem|team|reform|innovation"
    r"|expenditure|unit)(?: (?:of|for|in)\b|$)"
)
"""Heads of what is made once, where something is turned into it or built."""
MEASURED = re.compile(
    r"(?:rate|ratio|limit|deductible|level|income|proportion|concentration|density)(?: (?:of|for|in)\b|$)"
)
"""Heads of figures: there is one of each."""


def pluralise(noun: str) -> str:
    """The regular plural of a noun phrase: its head is the word before the first preposition.

    >>> pluralise("bureau of statistics"), pluralise("industry"), pluralise("branch"), pluralise("vice chairman")
    ('bureaus of statistics', 'industries', 'branches', 'vice chairmen')
    """
    cut = HEAD_END.search(noun)
    head, tail = (noun[: cut.start()], noun[cut.start() :]) if cut else (noun, "")
    if head.endswith(_UNCOUNTED):
        return noun
    if re.search(r"[^aeiou]y$", head):
        head = head[:-1] + "ies"
    elif head.endswith(("man", "woman")) and not head.endswith(("human", "German")):
        head = head[:-2] + "en"
    else:
        head += "es" if head.endswith(("s", "x", "ch", "sh", "z", "tato", "mato", "ango", "hero")) else "s"
    return head + tail


def singular(noun: str) -> str:
    """A noun phrase as it stands before another noun, or behind "a"; unchanged where it is no regular plural.

    >>> singular("growth rates"), singular("industries"), singular("hubs of opening up"), singular("public services")
    ('growth rate', 'industry', 'hub of opening up', 'public services')
    """
    cut = HEAD_END.search(noun)
    head, tail = (noun[: cut.start()], noun[cut.start() :]) if cut else (noun, "")
    last = re.split(r"[ -]", head)[-1]
    if last in _ALWAYS or not re.search(r"[a-z]{2}s$", last) or re.search(r"(?:ss|us|is)$", last):
        return noun
    if last.endswith("ies") and len(last) > 4:
        head = head[:-3] + "y"
    elif re.search(r"(?:ss|x|ch|sh|zz)es$", last):
        head = head[:-2]
    else:
        head = head[:-1]
    return head + tail


def several(noun: str) -> bool:
    """Whether the head of a noun phrase is a plural.

    >>> several("growth rates"), several("access to services"), several("progress")
    (True, False, False)
    """
    cut = HEAD_END.search(noun)
    last = re.split(r"[ -]", noun[: cut.start()] if cut else noun)[-1].strip("”’\"'")
    return last in ("people", "children", "men", "women") or (
        re.search(r"[a-z]s$", last) is not None and re.search(r"(?:ss|us|is)$", last) is None
    )
