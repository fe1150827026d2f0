"""English plurals of noun phrases."""

from __future__ import annotations

import re

HEAD_END = re.compile(
    r" (?:of|in|for|to|with|on|at|under|from|without|by|between|against|per|who|that|which|having|being|living|worth"
    r"|below|above|paying|subject|going)\b"
)
"""Where the head of a noun phrase ends."""
_WITHOUT = """
support assistance information equipment research training infrastructure employment progress housing transportation
education health culture agriculture governance security
"""
_UNCOUNTED = tuple(_WITHOUT.split())
"""Nouns without a plural."""


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
