"""Numbers with their English nouns, as sentences for readers and users say them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`number` with its noun; `many` is the plural where it is not `one` with an s.

    >>> counted(1, "issue"), counted(0, "issue"), counted(2, "number or date", "numbers and dates")
    ('1 issue', '0 issues', '2 numbers and dates')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
