"""PDF pages: the glyphs of each page to blocks, reading order, articles and paragraphs, by measured geometry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import briefing
from briefing.errors import EmptyInput, InputError, MissingReader
from briefing.ingest.day import guess_date
from briefing.ingest.pdf_articles import articles
from briefing.ingest.pdf_blocks import body_size
from briefing.ingest.pdf_glyphs import Sheet, sheet
from briefing.ingest.pdf_page import edge_texts, laid_out
from briefing.ingest.pdf_text import written
from briefing.ingest.reading import Reading

MAX_PAGES = 64
"""No paper has more; what has is a book."""
SECONDS = 240
MEGABYTES = 2_000
_MISSING = "reading a PDF needs pdfplumber: pip install 'briefing[pdf]'"


def takes(data: bytes) -> bool:
    """Whether `data` is a PDF: its signature stands in the first kilobyte."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> Reading:
    """The text of the pages in reading order, with their blocks."""
    found = sheets(data, name)
    if not any(s.glyphs for s in found):
        raise EmptyInput(f"{name} holds no text, only pictures of it: recognise the text first (OCR)")
    return laid(found)


def laid(found: list[Sheet]) -> Reading:
    """The reading of pages that have been parsed."""
    body = body_size(found)
    repeated = edge_texts(found, body)
    pages = [laid_out(s, body, repeated) for s in found]
    heads = pages[0].furniture
    raw, blocks = written(articles(pages), heads, {s.page: s.width for s in found})
    day = next((d for p in pages if (d := guess_date("\n".join(s.text for s in p.furniture)))), None)
    return Reading(raw, blocks, day)


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The pages of a PDF, parsed in a process with limits on time and memory."""
    out: list[Sheet] = []
    for line in _child(data, name, "parse", str(MAX_PAGES)).splitlines():
        raw = json.loads(line)
        if "error" in raw:
            raise _error(str(raw["error"]), str(raw["detail"]), name)
        out.append(sheet(raw))
    if not out:
        raise InputError(f"{name} is no PDF that can be read: open it in a viewer and print it to a new PDF")
    return out


def images(data: bytes, name: str, pages: list[int], dots: int = 300) -> Iterator[bytes]:
    """The pages of those numbers (from 1) as PNG, `dots` to the inch, for the recognition of text."""
    for number in pages:
        yield _child(data, name, "render", str(number), str(dots))


def _child(data: bytes, name: str, action: str, *rest: str) -> bytes:
    roots = [str(Path(briefing.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, roots))}
    command = [sys.executable, "-m", "briefing.ingest.pdf_child", action, str(SECONDS), str(MEGABYTES), *rest]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise InputError(f"{name} takes longer than {SECONDS} seconds to read: give its pages one by one") from error
    if done.returncode and not done.stdout.strip():
        raise InputError(f"{name} broke the PDF reader (it may need more than {MEGABYTES:,} MB): print it to a new PDF")
    return done.stdout


def _error(code: str, detail: str, name: str) -> InputError:
    if code == "missing":
        return MissingReader(_MISSING)
    return InputError(
        {
            "password": f"{name} is protected by a password: save a copy without one",
            "pages": f"{name} has {detail} pages, more than {MAX_PAGES}: give the pages of one issue",
            "empty": f"{name} has no pages: export it again",
            "memory": f"{name} needs more than {MEGABYTES:,} MB to read: print it to a new PDF",
        }.get(code, f"{name} is a damaged PDF ({detail}): open it in a viewer and print it to a new PDF")
    )
