"""ZIP archives from strangers: opened within limits of number, size and ratio, nothing ever written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib

from briefing.errors import InputError

MAX_MEMBERS = 2_000
MAX_MEMBER = 64 * 1024 * 1024
"""Bytes of one member, unpacked."""
MAX_TOTAL = 256 * 1024 * 1024
"""Bytes of all members, unpacked, by what the archive says of itself."""
MAX_RATIO = 200
"""Times that a member may grow; text grows three- to twentyfold, a bomb a thousandfold."""
_SMALL = 1024 * 1024
"""A member that unpacks to less may have any ratio."""


def is_zip(data: bytes) -> bool:
    """Whether `data` begins as a ZIP archive does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def names(data: bytes) -> frozenset[str]:
    """The names of the members of a ZIP archive, none where it is damaged or holds too many."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return frozenset()
    return frozenset(found) if len(found) <= MAX_MEMBERS else frozenset()


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive in `data`, its limits checked; InputError, saying which, where one is passed."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(f"{name} is a damaged archive ({error}): make it again") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise InputError(f"{name} holds {len(members):,} files, more than {MAX_MEMBERS:,}: give one issue at a time")
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        raise InputError(f"{name} unpacks to {total:,} bytes, more than {MAX_TOTAL:,}: it was not opened")
    for member in members:
        _check(member, name)
    return archive


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, name: str) -> bytes:
    """The bytes of one member; InputError where it is larger than allowed, encrypted or damaged.

    No more than `MAX_MEMBER` bytes are ever unpacked, whatever the archive says of itself.
    """
    info = archive.getinfo(member) if isinstance(member, str) else member
    if info.flag_bits & 1:
        raise InputError(f"{name} is protected by a password: unpack it first")
    _check(info, name)
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_MEMBER + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{name} is a damaged archive ({info.filename[:80]}: {error}): make it again") from error
    if len(data) > MAX_MEMBER:
        raise InputError(f"{name} holds a file of more than {MAX_MEMBER:,} bytes: it was not opened")
    return data


def _check(info: zipfile.ZipInfo, name: str) -> None:
    if info.file_size > MAX_MEMBER:
        size = f"{info.file_size:,} bytes, more than {MAX_MEMBER:,}"
        raise InputError(f"{name} holds a file of {size}: it was not opened")
    if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        fold = f"{info.file_size // max(1, info.compress_size):,}-fold when it is unpacked, more than {MAX_RATIO}-fold"
        raise InputError(f"{name} holds a file that grows {fold}: it was not opened")
