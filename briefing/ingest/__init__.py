"""Readers: bytes in a known format to an Issue.

A reader is a module with ``takes(data)`` and ``read(data, name)`` (`reading.Reader`); the first of `READERS`
that takes the bytes reads them. What decides is the content, never the name of the file.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib
import re
import unicodedata
from pathlib import Path
from typing import cast

from briefing.errors import InputError, UnknownFormat
from briefing.ingest.day import guess_date
from briefing.ingest.reading import Reader, Reading
from briefing.model import Issue
from briefing.normalise import normalise

READERS = ("pdf", "html", "docx", "legacy", "bundle", "ocr", "md", "plain")
"""Modules of this package in the order in which they are asked; each is imported when its turn comes."""
MAX_BYTES = 64 * 1024 * 1024
"""A newspaper issue is never larger; a larger file is refused before it is read."""
_STOPS = re.compile("[。！？；!?;\r\n]")
MAX_SENTENCE = 4_000
"""Code points; the longest sentence of sixty government reports has 447, and the grammars take quadratic time."""
MAX_CHARACTERS = 400_000
"""Of the text of one issue; a page of a broadsheet has 6,000 and the longest annual report of a government 180,000."""


def read(source: Path, *, date: datetime.date | None = None) -> Issue:
    """The Issue in the file `source`, normalised but not yet reflowed.

    `date` is the day of publication; without it the text is asked (`guess_date`). Raises InputError, or a
    kind of it, where the file cannot be read.
    """
    if source.is_dir():
        from briefing.ingest import bundle

        return _issue(bundle.folder(source), source.resolve().name, b"", date)
    try:
        size = source.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{source} has {size:,} bytes, more than {MAX_BYTES:,}: give one issue at a time")
        data = source.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{source} does not exist: check the path") from error
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror or error}") from error
    return from_bytes(data, source.name, date=date)


def from_bytes(data: bytes, name: str, *, date: datetime.date | None = None) -> Issue:
    """The Issue in `data`; `name` is what the user calls it."""
    found = reader_of(data)
    if found is None:
        raise UnknownFormat(f"{name} is in no format that can be read: convert it to a .txt file in UTF-8 first")
    return _issue(found.read(data, name), name, data, date)


def _issue(reading: Reading, name: str, data: bytes, date: datetime.date | None) -> Issue:
    """The Issue of what a reader read."""
    if len(reading.raw) > MAX_CHARACTERS:
        size = f"{len(reading.raw):,} characters, more than {MAX_CHARACTERS:,}"
        raise InputError(f"{name} has {size}: this is no newspaper issue; give one issue at a time")
    if max(map(len, _STOPS.split(reading.raw))) > MAX_SENTENCE:
        size = f"more than {MAX_SENTENCE:,} characters without a full stop"
        raise InputError(f"{name} has {size}: this is no newspaper issue; give its text with line breaks")
    text, steps = normalise(reading.raw)
    day = date or reading.date or guess_date(text)
    return Issue(issue_id(name, data), day, name, reading.raw, text, steps, reading.blocks, reading.doubtful)


def reader_of(data: bytes) -> Reader | None:
    """The first of `READERS` that takes `data`, None where none does."""
    for module in READERS:
        reader = cast(Reader, importlib.import_module(f"{__name__}.{module}"))
        if reader.takes(data):
            return reader
    return None


def issue_id(name: str, data: bytes) -> str:
    """`name` without its ending, fit for a folder; a hash of `data` where nothing is left of it.

    >>> issue_id("济南 两会(1).txt", b""), issue_id("../../etc/passwd", b""), issue_id("....", b"x")[:6]
    ('济南-两会-1', 'passwd', 'issue-')
    """
    stem = unicodedata.normalize("NFC", Path(name.replace("\\\\", "/")).name)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)
    stem = re.sub(r"[^\w.-]+", "-", stem).strip("-._")
    while len(stem.encode("utf8")) > 120:
        stem = stem[:-1]
    return stem or f"issue-{hashlib.sha256(data).hexdigest()[:12]}"
