"""A journal that survives a crash: JSON lines, each on disk before the next step is taken, one writer at a time.

What is recorded is true even after a power cut; what was being recorded then is dropped when the journal is opened
again. Deliveries and batches stand on it: both ask it what has been done, and do the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from briefing.errors import InputError

Record = Mapping[str, Any]


class Journal:
    """The journal at `path`, held by this process alone until it is closed.

    InputError where another process holds it, or where a line in the middle is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _lock(self._fd, path)
            data = _all(self._fd)
            records, whole = _parse(data, path)
            if whole < len(data):
                os.ftruncate(self._fd, whole)
                os.fsync(self._fd)
            if new:
                _sync_folder(path.parent)
        except BaseException:
            os.close(self._fd)
            raise
        self.records: tuple[Record, ...] = tuple(records)
        """What the journal held when it was opened, oldest first."""

    def append(self, record: Record) -> None:
        """Write `record` and return when it is on disk; OSError, and no trace of it, where that fails."""
        self.extend((record,))

    def extend(self, records: Iterable[Record]) -> None:
        """Write `records` in order; all are on disk when this returns."""
        lines = (json.dumps(dict(r), ensure_ascii=False, separators=(",", ":")) + "\n" for r in records)
        data = "".join(lines).encode("utf8", "surrogateescape")
        if not data:
            return
        end = os.fstat(self._fd).st_size
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._fd, rest) :]
            os.fsync(self._fd)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._fd, end)
            raise

    def close(self) -> None:
        """Give the journal up to others."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read(path: Path) -> tuple[Record, ...]:
    """The records of the journal at `path`, whoever may be writing it; none where it does not exist."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    return tuple(_parse(data, path)[0])


def _parse(data: bytes, path: Path) -> tuple[list[Record], int]:
    """The records, and how many bytes of `data` are whole lines; the last line may be torn."""
    records: list[Record] = []
    whole = 0
    for number, end, line in _lines(data):
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or not line.endswith(b"\n"):
                raise ValueError("not a JSON object on a line of its own")
        except (ValueError, RecursionError) as error:
            if end == len(data):
                break
            raise InputError(
                f"{path}, line {number} is damaged ({error}): mend or delete that line; the others are still good"
            ) from error
        records.append(record)
        whole = end
    return records, whole


def _lines(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, end and bytes of each line."""
    end = 0
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        end += len(line)
        yield number, end, line


def _all(fd: int) -> bytes:
    os.lseek(fd, 0, os.SEEK_SET)
    parts = []
    while part := os.read(fd, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _lock(fd: int, path: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(fd, 0, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(f"{path} is in use by another run: wait until it has ended") from error


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file as lasting as its content, where the system can."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
