"""Which hedge of the English may stand for which hedge of the Chinese.

The lattice, from the Chinese (rows) to the English (columns); "." is fine, n a note, w a warning, e an error:

              exact about over near at_least at_most range
    exact       .     w    w    w     w        w       e
    about       w     .    e    w     e        e       e
    over        w     w    .    e     n        e       e
    near        w     n    e    .     e        w       e
    at_least    w     w    n    e     .        e       e
    at_most     w     w    e    w     e        .       e
    range       e     e    e    e     e        e       .

Over and at least differ by one point of the number line; near and about by a side. Everything else either
loses what the source holds back (a warning) or says the opposite of it (an error).
"""

from __future__ import annotations

from functools import cache

from briefing.model import Bound, Severity

_ORDER: tuple[Bound, ...] = ("exact", "about", "over", "near", "at_least", "at_most", "range")
_ROWS = (".wwwwwe", "w.eweee", "ww.enee", "wne.ewe", "wwne.ee", "wwewe.e", "eeeeee.")
_SEVERITY: dict[str, Severity | None] = {".": None, "n": "note", "w": "warning", "e": "error"}


@cache
def judge(zh: Bound, en: Bound) -> tuple[str, Severity] | None:
    """The code and severity of rendering one bound by another, None where it may stand.

    >>> judge("over", "over"), judge("over", "exact"), judge("near", "over")
    (None, ('N-HEDGE', 'warning'), ('N-BOUND', 'error'))
    """
    severity = _SEVERITY[_ROWS[_ORDER.index(zh)][_ORDER.index(en)]]
    if severity is None:
        return None
    if "range" in (zh, en):
        return "N-RANGE", severity
    if en == "exact":
        return "N-HEDGE", severity
    return ("N-HEDGED" if zh == "exact" else "N-BOUND"), severity
