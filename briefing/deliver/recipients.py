"""Who gets the briefs: a CSV file with the columns email, name, language and topics, checked line by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from briefing.errors import InputError
from briefing.render.plural import counted

Language = Literal["zh", "en", "both"]
COLUMNS = ("email", "name", "language", "topics")
MAX_BYTES = 16 * 1024 * 1024
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SHOWN = 20
"""How many wrong lines an error lists."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reader."""

    email: str
    """In ASCII: an international domain is in its xn-- form."""
    name: str = ""
    language: Language = "both"
    topics: tuple[str, ...] = ()
    """Topics of the site, or other words; only interviews that one of them fits are sent. None: all are."""
    line: int = 0


def read(path: Path) -> tuple[Recipient, ...]:
    """The recipients in the CSV file at `path`; InputError names every wrong line."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} has more than {MAX_BYTES:,} bytes: is it a list of recipients?")
        data = path.read_bytes()
    except FileNotFoundError as error:
        columns = ", ".join(COLUMNS)
        raise InputError(f"{path} does not exist: give --to a CSV file with the columns {columns}") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return parse(data.decode(encoding), str(path))
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path} is neither UTF-8 nor GB18030: save it as “CSV UTF-8”")


def parse(text: str, name: str) -> tuple[Recipient, ...]:
    """The recipients in the CSV `text`; `name` is what an error calls it.

    >>> parse("email,name,language,topics\\nli@example.cn,李明,zh,教育;医疗\\n", "list.csv")[0].topics
    ('教育', '医疗')
    """
    wrong: list[str] = []
    found: list[Recipient] = []
    lines: dict[str, int] = {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = _rows(reader)
        head = next(rows, (0, []))[1]
        columns = [cell.strip().lower() for cell in head]
        _check_head(columns, name)
        for line, row in rows:
            if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
                wrong.append(f"line {line}: {len(row)} cells, the head has {len(columns)}; quote a cell with commas")
                continue
            recipient, faults = _recipient(dict(zip(columns, row, strict=False)), line)
            wrong += [f"line {line}: {fault}" for fault in faults]
            if faults:
                continue
            before = lines.setdefault(recipient.email.casefold(), line)
            if before != line:
                wrong.append(f"line {line}: {recipient.email} is already on line {before}")
            found.append(recipient)
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}: is a quotation mark left open?") from error
    if wrong:
        more = f"\n  … and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        listed = "\n  ".join(wrong[:_SHOWN])
        raise InputError(f"{name} has {counted(len(wrong), 'wrong line')}; nothing was sent:\n  {listed}{more}")
    if not found:
        raise InputError(f"{name} names no recipient: write one a line below the head {','.join(COLUMNS)}")
    return tuple(found)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank or comments, each with the number of the line on which it begins."""
    before = 0
    for row in reader:
        line, before = before + 1, reader.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#"):
            yield line, row


def _check_head(columns: list[str], name: str) -> None:
    if "email" not in columns:
        raise InputError(f"{name}, line 1: no column “email”; begin the file with the line {','.join(COLUMNS)}")
    for column in columns:
        if column not in COLUMNS:
            raise InputError(f"{name}, line 1: unknown column {column!r}; known are {', '.join(COLUMNS)}")
        if columns.count(column) > 1:
            raise InputError(f"{name}, line 1: the column {column!r} stands there twice")


def _recipient(cells: dict[str, str], line: int) -> tuple[Recipient, list[str]]:
    faults: list[str] = []
    email, name, language, topics = (cells.get(column, "").strip() for column in COLUMNS)
    for column, cell in zip(COLUMNS, (email, name, language, topics), strict=True):
        if _CONTROL.search(cell):
            faults.append(f"{column} holds a line break or a control character")
    try:
        email = address(email)
    except ValueError as error:
        faults.append(str(error))
    if len(name) > 200:
        faults.append("the name has more than 200 characters")
    language = language.lower() or "both"
    if language not in get_args(Language):
        faults.append(f"language {language!r} is none of {', '.join(get_args(Language))}")
        language = "both"
    words = tuple(dict.fromkeys(filter(None, (word.strip() for word in re.split(r"[;；|、]", topics)))))
    return Recipient(email, name, language, words, line), faults  # type: ignore[arg-type]


def address(text: str) -> str:
    """`text` as an address that can stand in a header and an envelope; ValueError says why it cannot.

    >>> address("li.ming@例子.cn")
    'li.ming@xn--fsqu00a.cn'
    """
    local, at, domain = text.rpartition("@")
    shown = repr(text[:80])
    if not at or not local or not domain:
        raise ValueError(f"{shown} is no address: write name@example.org" if text else "there is no address")
    if not local.isascii():
        raise ValueError(f"{shown} has other letters than ASCII before the @; few mail servers take that")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise ValueError(f"{shown} is no address: see what stands before the @")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError(f"{shown} is no address: see what stands behind the @") from None
    labels = domain.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(domain) > 253:
        raise ValueError(f"{shown} is no address: see what stands behind the @")
    if len(labels) < 2 and domain != "localhost":
        raise ValueError(f"{shown} has no full domain: write name@example.org")
    return f"{local}@{domain}"
