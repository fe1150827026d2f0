"""CSV and TSV files as pairs: which columns hold the Chinese and the English, and on which line a row begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from briefing.check.segments import Pair, Skipped, encoding, is_language
from briefing.errors import InputError

_HEAD = 65536
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED = re.compile('"(?:[^"]|"")*"')
_LETTER = re.compile("[A-Za-z]")
_NAMES = (
    frozenset(["zh", "chinese", "source", "中文", "原文", "汉语", "源文", "src"]),
    frozenset(["en", "english", "target", "translation", "英文", "译文", "英语", "目标", "tgt"]),
)
_UNITS = frozenset(["unit", "id", "key", "no", "name", "序号", "编号"])
_LOOKED_AT = 50
"""Rows by which the columns are told where no heading names them."""


def pairs(path: Path, columns: tuple[str, str] | None, skipped: Skipped) -> Iterator[Pair]:
    """The pairs of a table in their order; InputError where it is damaged or lacks the columns."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    name = encoding(head, whole=len(head) < _HEAD)
    try:
        with path.open(encoding=name, newline="") as text:
            first = text.readline(_HEAD)
            text.seek(0)
            delimiter = max("\t,;", key=first.count) if "\t" not in first else "\t"
            if delimiter not in first:
                raise InputError(
                    f"{path} is neither TMX, XLIFF nor a brief, and its first line has no tab or comma: give a table "
                    "of two columns, or two files with --zh and --en"
                )
            if delimiter == "\t" and not _quoted(head.decode(name, "ignore")):
                reader = csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE)
            else:
                reader = csv.reader(text, delimiter=delimiter)
            yield from _rows(reader, path, columns, skipped)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not {name} throughout ({error.reason}): convert it to UTF-8 (iconv)") from error


def _quoted(head: str) -> bool:
    """Whether a TSV quotes its cells as a spreadsheet does; most do not, and a cell may well begin with a quotation."""
    cells = [cell for line in head.splitlines()[:_LOOKED_AT] for cell in line.split("\t") if cell.startswith('"')]
    return bool(cells) and all(_QUOTED.fullmatch(cell) for cell in cells)


class _Numbered:
    """Rows of a csv reader with the line on which each begins; blank rows are left out."""

    def __init__(self, reader: Iterator[list[str]], path: Path) -> None:
        self._reader, self._path = reader, path

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = self._reader.line_num + 1  # type: ignore[attr-defined]
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise InputError(f"{self._path}, line {line}: this is no row of a table ({error})") from error
            if any(cell.strip() for cell in row):
                yield line, row


def _rows(reader: Iterator[list[str]], path: Path, columns: tuple[str, str] | None, skipped: Skipped) -> Iterator[Pair]:
    rows = iter(_Numbered(reader, path))
    sample = list(islice(rows, _LOOKED_AT))
    zh, en, unit, headed = _columns([row for _, row in sample], path, columns)
    for line, row in chain(sample[headed:], rows):
        if len(row) <= max(zh, en):
            raise InputError(
                f"{path}, line {line}: the row has {len(row)} columns, but column {max(zh, en) + 1} is needed; "
                "a cell may hold an unquoted comma or line break"
            )
        name = row[unit].strip() if unit is not None and row[unit].strip() else str(line)
        if not row[zh].strip() or not row[en].strip():
            skipped.reasons["without English" if row[zh].strip() else "without Chinese"] += 1
            continue
        yield Pair(name, row[zh], row[en], line)


def _columns(
    sample: Sequence[Sequence[str]], path: Path, wanted: tuple[str, str] | None
) -> tuple[int, int, int | None, bool]:
    """The places of the Chinese, the English and the name, and whether the first row is a heading."""
    if not sample:
        raise InputError(f"{path} holds no rows")
    heads = [cell.strip().lower().lstrip("\ufeff") for cell in sample[0]]
    if wanted is not None:
        found = [_place(name, heads, path) for name in wanted]
        headed = any(name.lower() in heads for name in wanted) or not _HAN.search(sample[0][found[0]])
        return found[0], found[1], _unit(heads, found), headed
    named = [[n for n, head in enumerate(heads) if _named(head, side)] for side in (0, 1)]
    if len(named[0]) == 1 == len(named[1]):
        found = [named[0][0], named[1][0]]
        return found[0], found[1], _unit(heads, found), True
    width = max(map(len, sample))
    han = [sum(bool(_HAN.search(row[n])) for row in sample if n < len(row)) for n in range(width)]
    latin = [
        sum(len(_LETTER.findall(row[n])) for row in sample if n < len(row) and not _HAN.search(row[n]))
        for n in range(width)
    ]
    zh = max(range(width), key=lambda n: (han[n], sum(len(row[n]) for row in sample if n < len(row))))
    en = max((n for n in range(width) if n != zh), key=lambda n: latin[n], default=zh)
    if not han[zh] or not latin[en]:
        lacking = "English" if han[zh] else "Chinese"
        raise InputError(f"{path}: no column holds {lacking}; name both with --columns ZH,EN")
    return zh, en, 0 if width > 2 and 0 not in (zh, en) else None, False


def _named(head: str, side: int) -> bool:
    return head in _NAMES[side] or is_language(head, ("zh", "en")[side])


def _unit(heads: Sequence[str], taken: Sequence[int]) -> int | None:
    return next((n for n, head in enumerate(heads) if head in _UNITS and n not in taken), None)


def _place(name: str, heads: Sequence[str], path: Path) -> int:
    """The place of a column that the user named, by its heading or by its number from 1."""
    if name.lower() in heads:
        return heads.index(name.lower())
    if name.isdecimal() and 1 <= int(name) <= len(heads):
        return int(name) - 1
    shown = ", ".join(heads)
    raise InputError(f"{path} has no column {name!r}; it has {len(heads)}: {shown[:200]}")
