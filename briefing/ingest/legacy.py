"""Files that no reader here reads, each refused with the way out."""

from __future__ import annotations

from typing import NoReturn

from briefing.errors import UnknownFormat
from briefing.ingest import archive

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    ("ppt/", "a PowerPoint file", "save it as PDF"),
    ("xl/", "an Excel file", "save the sheet as DOCX or as CSV text"),
    ("OFD.xml", "an OFD file", "save it as PDF"),
    ("META-INF/container.xml", "an e-book (EPUB)", "save it as DOCX or text"),
    ("content.xml", "an OpenDocument file", "save it as DOCX"),
    ("Index/Document.iwa", "a Pages file", "save it as DOCX"),
)
_OTHERS = (
    (b"{\\rtf", "an RTF file", "save it as DOCX"),
    (b"Rar!", "a RAR archive", "unpack it, or pack the files as ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack the files as ZIP"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or pack the files as ZIP"),
    (b"BZh", "a bzip2 archive", "unpack it, or pack the files as ZIP"),
    (b"\xfd7zXZ", "an xz archive", "unpack it, or pack the files as ZIP"),
    (b"\x00\x00\x00\x18ftyp", "a film or a HEIC photo", "save it as JPEG"),
    (b"\x00\x00\x00\x1cftyp", "a film or a HEIC photo", "save it as JPEG"),
    (b"CAJ", "a CAJ file", "save it as PDF"),
    (b"HN\x00", "a CAJ file", "save it as PDF"),
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"AT&TFORM", "a DjVu file", "save it as PDF"),
    (b"\x7fELF", "a program", "give a newspaper issue"),
    (b"MZ", "a program", "give a newspaper issue"),
    (b"SQLite format 3", "a database", "give a newspaper issue"),
)


def takes(data: bytes) -> bool:
    """Whether `data` is in a known format that cannot be read."""
    return _kind(data) is not None


def read(data: bytes, name: str) -> NoReturn:
    """Raises UnknownFormat, which says what to save the file as."""
    kind, advice = _kind(data) or ("in no format that can be read", "save it as DOCX, PDF or text")
    raise UnknownFormat(f"{name} is {kind}: {advice} and give that")


def _kind(data: bytes) -> tuple[str, str] | None:
    if data.startswith(_OLE):
        return "an older Office file (.doc, .xls, .ppt, .wps)", "save it as DOCX"
    for start, kind, advice in _OTHERS:
        if data.startswith(start) and (len(start) > 2 or b"\x00" in data[:64]):
            return kind, advice
    if archive.is_zip(data):
        known = archive.names(data)
        for mark, kind, advice in _KINDS:
            if any(name.startswith(mark) if mark.endswith("/") else name == mark for name in known):
                return kind, advice
    return None
