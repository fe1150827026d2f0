"""PDF pages."""

from __future__ import annotations

from briefing.errors import UnknownFormat
from briefing.ingest.reading import Reading


def takes(data: bytes) -> bool:
    """Whether `data` is a PDF: its signature stands in the first kilobyte."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> Reading:
    """The text of the pages in reading order, with their blocks."""
    raise UnknownFormat(f"{name} is a PDF: convert it to a .txt file in UTF-8 first")
