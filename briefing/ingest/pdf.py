"""PDF pages: the glyphs of each page to blocks, reading order, articles and paragraphs, by measured geometry."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import briefing
from briefing.errors import EmptyInput, InputError, MissingReader
from briefing.ingest.charset import COMMON
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
"""Of processor time for the whole file, and half of what may pass on the clock."""
MEGABYTES = 2_000
_LOG = logging.getLogger(__name__)
_MISSING = "reading a PDF needs pdfplumber: pip install 'briefing[pdf]'"


def takes(data: bytes) -> bool:
    """Whether `data` is a PDF: its signature stands in the first kilobyte."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> Reading:
    """The text of the pages in reading order, with their blocks; pages without text go to the recognition of text.

    Raises InputError, or a kind of it, where the file is protected, damaged or too large, and where pages are
    pictures or set in fonts that do not say what their glyphs mean and no text can be recognised in them.
    """
    found = sheets(data, name)
    written_ = [s for s in found if legible(s)]
    pictures = [s.page for s in found if not legible(s) and (s.glyphs or s.pictures or s.drawn)]
    if not written_ and not pictures:
        raise EmptyInput(f"{name} has only blank pages: export it again")
    reading = laid(written_) if written_ else Reading("")
    return _with_pictures(reading, data, name, pictures, [s.page for s in found if s.glyphs and not legible(s)])


def legible(one: Sheet) -> bool:
    """Whether the text of the page can be taken from the file.

    It cannot where there is none, where its fonts name no characters, or where they name wrong ones: among a
    hundred Chinese characters of any text there are many of the commonest.
    """
    shown = [g.text for g in one.glyphs if not g.text.isspace()]
    if len(shown) < 8 or one.unknown > 0.02 * len(shown):
        return False
    han = [c for c in shown if "\u4e00" <= c <= "\u9fff"]
    odd = sum("\ue000" <= c[0] <= "\uf8ff" for c in shown)
    return odd < 0.1 * len(shown) and not (len(han) > 150 and sum(c in COMMON for c in han) < 0.04 * len(han))


def _with_pictures(reading: Reading, data: bytes, name: str, pictures: list[int], unmapped: list[int]) -> Reading:
    """The reading and behind it what is recognised on the pages that are pictures."""
    if not pictures:
        return reading
    from briefing.ingest import ocr

    pages = ", ".join(map(str, pictures[:6])) + (" …" if len(pictures) > 6 else "")
    why = "uses fonts that do not say which characters they show" if unmapped else "holds no text, only a picture of it"
    try:
        more = ocr.read_images(images(data, name, pictures), name)
    except InputError as error:
        if reading.raw and not unmapped:
            _LOG.warning("%s: page %s %s and was left out: %s", name, pages, why, error)
            return reading
        kind = MissingReader if isinstance(error, MissingReader) else InputError
        raise kind(f"{name}: page {pages} {why}, and recognising it (OCR) failed: {error}") from error
    gap = "\n\n\n\n" if reading.raw else ""
    by = len(reading.raw) + len(gap)
    articles_ = max((b.article for b in reading.blocks), default=0)
    moved = tuple(
        replace(
            b,
            span=b.span.shift(by),
            page=pictures[b.page - 1] if 0 < b.page <= len(pictures) else b.page,
            article=b.article + articles_ if b.article else 0,
        )
        for b in more.blocks
    )
    doubtful = (*reading.doubtful, *(span.shift(by) for span in more.doubtful))
    return Reading(reading.raw + gap + more.raw, (*reading.blocks, *moved), reading.date or more.date, doubtful)


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
        done = subprocess.run(
            command, input=data, capture_output=True, env=environment, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"{name} takes longer than {2 * SECONDS} seconds to read: give its pages one by one"
        ) from error
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
            "drawn": f"{name}: page {detail} is drawn with more than 24 MB of strokes: print it to a new PDF",
            "empty": f"{name} has no pages: export it again",
            "memory": f"{name} needs more than {MEGABYTES:,} MB to read: print it to a new PDF",
        }.get(code, f"{name} is a damaged PDF ({detail}): open it in a viewer and print it to a new PDF")
    )
