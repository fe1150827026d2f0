"""A ZIP archive or a folder as one issue: its files in natural order, each read by its own reader.

Nothing is unpacked to disk, so that no name of a member can lead anywhere.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from briefing.errors import EmptyInput, InputError, UnknownFormat
from briefing.ingest import archive, docx, legacy, ocr
from briefing.ingest.reading import Reading
from briefing.model import Block
from briefing.spans import Span

MAX_FILES = 200
"""Pages and articles of one issue."""
MAX_BYTES = archive.MAX_TOTAL
_JUNK = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.(?![./])|Thumbs\.db$|desktop\.ini$|ehthumbs)"
    r"|\.(?:css|js|json|ico|svg|woff2?|ttf|otf|eot|mp3|mp4|wav|avi|url|lnk|db|ini|log|tmp|bak|map|md5|sha256)$",
    re.IGNORECASE,
)
_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九", 1)}


def takes(data: bytes) -> bool:
    """Whether `data` is a ZIP archive, and no document that happens to be one."""
    return archive.is_zip(data) and not docx.takes(data) and not legacy.takes(data)


def read(data: bytes, name: str) -> Reading:
    """All files of the archive as one issue; InputError where it passes a limit or holds another archive."""
    with archive.opened(data, name) as parts:
        members = {
            _name(info.filename, info.flag_bits): info
            for info in parts.infolist()
            if not info.is_dir() and info.file_size and not _JUNK.search(info.filename)
        }
        if len(members) > MAX_FILES:
            raise InputError(f"{name} holds {len(members)} files, more than {MAX_FILES}: give one issue at a time")
        files = ((member, archive.content(parts, members[member], name)) for member in sorted(members, key=natural))
        return _joined(_readable(files), name)


def folder(path: Path) -> Reading:
    """All files under `path` as one issue; links and hidden files are left out."""
    try:
        return _joined(_readable((name, file.read_bytes()) for name, file in _files(path)), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error} ({error.filename})") from error


def _files(path: Path) -> list[tuple[str, Path]]:
    """The files under `path` that may be pages, by the paths inside it, in natural order."""
    found: list[tuple[str, Path]] = []
    size = 0
    for place, folders, names in os.walk(path):
        folders[:] = sorted((f for f in folders if not f.startswith((".", "__"))), key=natural)
        for file in (Path(place) / n for n in names):
            inside = file.relative_to(path).as_posix()
            if _JUNK.search(inside) or file.is_symlink() or not file.is_file():
                continue
            size += file.stat().st_size
            found.append((inside, file))
            if len(found) > MAX_FILES or size > MAX_BYTES:
                limits = f"{MAX_FILES} files or {MAX_BYTES:,} bytes"
                raise InputError(f"{path} holds more than {limits}: give one issue at a time")
    return sorted(found, key=lambda item: natural(item[0]))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts page2 before page10 and 第二版 before 第十版.

    >>> sorted(["A10.txt", "A2.txt", "a1.txt", "第十版", "第二版"], key=natural)
    ['a1.txt', 'A2.txt', 'A10.txt', '第二版', '第十版']
    """
    name = re.sub(r"(?<=第)[一二三四五六七八九十]{1,3}(?=[版页期叠])", lambda m: str(_count(m.group())), name)
    parts = re.split(r"(\d{1,12})", name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _count(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def _name(name: str, flags: int) -> str:
    """The name of a member; archives made on Chinese Windows have it in GBK without saying so."""
    if not flags & 0x800:
        try:
            return name.encode("cp437").decode("gbk")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return name
    return name


def _readable(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files that hold text: all of them, or, beside documents, those that are no pictures."""
    found = [(name, data) for name, data in files if data.strip()]
    documents = [item for item in found if not ocr.takes(item[1])]
    return documents or found


def _joined(files: Sequence[tuple[str, bytes]], name: str) -> Reading:
    out: list[str] = []
    blocks: list[Block] = []
    doubtful: list[Span] = []
    date: datetime.date | None = None
    at = pages = articles = 0
    for got in _readings(files, name):
        gap = "\n\n\n" if out else ""
        at += len(gap)
        out += [gap, got.raw]
        for block in got.blocks:
            article = articles + block.article if block.article else 0
            span = block.span.shift(at)
            blocks.append(replace(block, span=span, page=pages + max(1, block.page), article=article))
        doubtful += [span.shift(at) for span in got.doubtful]
        pages += max([1, *(block.page for block in got.blocks)])
        articles += max([0, *(block.article for block in got.blocks)])
        date = date or got.date
        at += len(got.raw)
    if not out:
        raise EmptyInput(f"{name} holds no file that can be read: put the pages of one issue into it")
    return Reading("".join(out), tuple(blocks), date, tuple(doubtful))


def _readings(files: Iterable[tuple[str, bytes]], name: str) -> Iterator[Reading]:
    from briefing.ingest import reader_of

    for member, data in files:
        shown = f"{name}: {PurePosixPath(member).as_posix()[-120:]}"
        if takes(data):
            raise InputError(f"{shown} is an archive in an archive: unpack it, or give it alone")
        reader = reader_of(data)
        if reader is None:
            raise UnknownFormat(f"{shown} is in no format that can be read: take it out, or convert it to text")
        try:
            yield reader.read(data, shown)
        except EmptyInput:
            continue
        except InputError as error:
            raise type(error)(str(error) if shown in str(error) else f"{shown}: {error}") from error
