"""Plain text."""

from __future__ import annotations

from briefing.ingest.charset import decode
from briefing.ingest.reading import Reading


def takes(data: bytes) -> bool:
    """Whether `data` may be plain text: it carries no signature of a known binary format."""
    return not data.startswith(_SIGNATURES)


def read(data: bytes, name: str) -> Reading:
    """The text of `data`, without blocks; see `charset.decode` for the errors."""
    return Reading(decode(data)[0])


_SIGNATURES = (
    *(b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    *(b"II*\x00", b"MM\x00*", b"\xd0\xcf\x11\xe0"),
)
"""PDF, ZIP (DOCX), PNG, JPEG, GIF, TIFF and OLE files."""
