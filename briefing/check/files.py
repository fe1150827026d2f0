"""Pairs of texts from files: line by line, or two columns of a table. All of it streams."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import TextIO

from briefing.check.numbers import examine
from briefing.check.report import PairReport, Place, excuse
from briefing.model import Finding

Row = tuple[str, str, str]
"""The name of a pair, its Chinese and its English."""


def check_rows(
    rows: Iterable[Row],
    today: date | None = None,
    *,
    terms: Sequence[tuple[str, str]] = (),
    accept: Mapping[str, str] | None = None,
) -> Iterator[PairReport]:
    """The report on each row, as the rows come."""
    for unit, zh, en in rows:
        yield examine(zh, en, today, unit=unit, terms=terms, accept=accept)


def check_lines(
    zh_lines: Iterable[str],
    en_lines: Iterable[str],
    today: date | None = None,
    *,
    terms: Sequence[tuple[str, str]] = (),
    accept: Mapping[str, str] | None = None,
    file: str = "",
) -> Iterator[PairReport]:
    """The report on each line of the Chinese with the same line of the English; the unit is the line number.

    Where one side has more lines, the first line without a partner gives an L-COUNT error, and each further
    one is checked against nothing. `file` names the English for the places of findings.

    >>> [(r.unit, [f.code for f in r.findings]) for r in check_lines(["共90亿元"], ["90 billion yuan in all"])]
    [('1', ['N-MAGNITUDE'])]
    """
    uneven = False
    for number, (zh, en) in enumerate(zip_longest(zh_lines, en_lines), 1):
        unit = str(number)
        report = examine(_line(zh), _line(en), today, unit=unit, terms=terms, accept=accept)
        if (zh is None or en is None) and not uneven:
            uneven = True
            shorter = "Chinese" if zh is None else "English"
            message = f"The {shorter} text ends before line {number}: the lines do not correspond."
            finding = Finding("L-COUNT", "error", None, None, message, unit)
            report = replace(report, findings=excuse((finding, *report.findings), accept or {}))
        yield replace(report, place=Place(file, number, exact=True)) if file else report


def _line(line: str | None) -> str:
    return "" if line is None else line.rstrip("\r\n")


def read_pairs(stream: TextIO, delimiter: str = "\t") -> Iterator[Row]:
    """Rows of a CSV or TSV file (opened with newline=""): two columns zh, en, or three with a name first.

    A heading that names the columns zh and en in any order, beside others, is understood.

    >>> import io
    >>> list(read_pairs(io.StringIO("en,zh\\nup 5%,增长5%\\n"), ","))
    [('2', '增长5%', 'up 5%')]
    """
    reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)
    columns: tuple[int | None, int, int] | None = None
    for row in reader:
        if columns is None:
            heads = [cell.strip().lower().lstrip("\ufeff") for cell in row]
            if "zh" in heads and "en" in heads:
                columns = (heads.index("unit") if "unit" in heads else None, heads.index("zh"), heads.index("en"))
                continue
            columns = (0, 1, 2) if len(row) > 2 else (None, 0, 1)
        name, zh, en = columns
        if any(row):
            yield _cell(row, name) or str(reader.line_num), _cell(row, zh), _cell(row, en)


def _cell(row: Sequence[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""
