"""The cells of a brief in one language, and tables of them that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from briefing.render.html import inert
from briefing.render.page import WITHHELD, Pair

_FORMULA = re.compile(r"[\s\x00-\x1f\u00a0\u3000\ufeff\"']*[=+\-@|%\t\r＝＋－＠﹢﹣−]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def side(pair: Pair, language: Literal["zh", "en", "both"]) -> str:
    """One side of a cell; what is doubtful about the English stands behind it."""
    if language == "zh":
        return pair.zh
    if pair.en == WITHHELD:
        return f"⚠ {pair.en}"
    return f"{pair.en} ⚠ {', '.join(pair.flags)}" if pair.flags and pair.en else pair.en


def cell(value: object) -> str:
    """`value` as the text of a CSV cell that no spreadsheet runs as a formula.

    >>> cell("=HYPERLINK(1)"), cell("-5.2"), cell("－5"), cell(None)
    ("'=HYPERLINK(1)", '-5.2', "'－5", '')
    """
    text = "" if value is None else str(inert(str(value)))
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file (RFC 4180) in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
