"""What runs in a process of its own: a PDF on standard input to one line of JSON a page.

A PDF is a program of strangers. Its parser gets limits on memory and time that only a process can have, and
what comes back is plain numbers and strings. Errors come back as one line too: ``{"error": code, "detail": …}``.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from itertools import islice
from typing import Any

MAX_GLYPHS = 150_000
"""On one page; the fullest broadsheet has a tenth of it."""
MAX_STROKES = 4_000
MAX_DRAWN = 24 * 1024 * 1024
"""Bytes of drawing on one page; with more it is a map or a bomb."""


def limit(seconds: int, megabytes: int) -> None:
    """Take no more processor time and memory than that, where the system can hold a process to it."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes * 1024 * 1024
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def parse(data: bytes, most_pages: int) -> None:
    """Print the pages of `data`, or why they cannot be had."""
    logging.disable(logging.CRITICAL)
    try:
        import pdfplumber
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFSyntaxError
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError as error:
        return fail("missing", str(error))
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(range(1, most_pages + 1))) as pdf:
            count = sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), most_pages + 1))
            if not count:
                return fail("empty", "")
            if count > most_pages:
                return fail("pages", str(max(claimed(pdf.doc), count)))
            for number, found in enumerate(pdf.pages, 1):
                if drawn(found) > MAX_DRAWN:
                    return fail("drawn", str(number))
                say(page(found, number))
                found.close()
    except MemoryError:
        fail("memory", "")
    except (PDFSyntaxError, PdfminerException) as error:
        name = type(error.args[0]).__name__ if error.args else ""
        fail("password" if "Password" in name or "Encryption" in name else "damaged", str(error))
    except RecursionError:
        fail("damaged", "its objects are nested too deeply")
    except Exception as error:  # whatever the parser raises at a damaged file
        fail("damaged", f"{type(error).__name__}: {error}")


def drawn(found: Any) -> int:
    """How many bytes of drawing the page unpacks to."""
    size = 0
    for stream in found.page_obj.contents:
        size += len(stream.resolve().get_data() if hasattr(stream, "resolve") else stream.get_data())
        if size > MAX_DRAWN:
            break
    return size


def claimed(doc: Any) -> int:
    """How many pages the document says it has."""
    try:
        from pdfminer.pdftypes import dict_value, int_value

        return int(int_value(dict_value(doc.catalog["Pages"])["Count"]))
    except Exception:  # a damaged page tree: the number is only for a message
        return 0


def page(found: Any, number: int) -> dict[str, Any]:
    """The glyphs, strokes and pictures of one page, in points from its top left corner."""
    glyphs: list[list[Any]] = []
    fonts: dict[str, int] = {}
    x, y = float(found.bbox[0]), float(found.bbox[1])
    height = float(found.height)
    for char in islice(found.chars, MAX_GLYPHS + 1):
        a, b, c, d, _, origin = char["matrix"]
        turned = (
            ""
            if abs(b) + abs(c) < 0.1 * (abs(a) + abs(d))
            else "right"
            if b < 0 < c and abs(a) < 0.1 * abs(b)
            else "odd"
        )
        font = fonts.setdefault(str(char["fontname"]), len(fonts))
        box = [round(float(char[side]) - by, 2) for side, by in (("x0", x), ("top", y), ("x1", x), ("bottom", y))]
        base = round(height - (float(origin) - float(found.page_obj.mediabox[1])), 2) if not turned else box[3]
        glyphs.append([char["text"], *box, base, font, turned])
    strokes = [
        [*(round(float(o[side]) - by, 2) for side, by in (("x0", x), ("top", y), ("x1", x), ("bottom", y))), kind]
        for kind, several in (("rect", found.rects), ("line", found.lines), ("curve", found.curves))
        for o in islice(several, MAX_STROKES)
    ]
    pictures = [
        [round(float(o[s]) - by, 2) for s, by in (("x0", x), ("top", y), ("x1", x), ("bottom", y))]
        for o in found.images
    ]
    return {
        "page": number,
        "width": float(found.width),
        "height": height,
        "fonts": list(fonts),
        "glyphs": glyphs,
        "strokes": strokes,
        "pictures": pictures,
    }


def render(data: bytes, first: int, dots: int) -> None:
    """Write page `first` (from 1) of `data` to standard output as PNG, `dots` to the inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    sheet = document[first - 1]
    scale = min(dots / 72, (40_000_000 / max(1.0, sheet.get_width() * sheet.get_height())) ** 0.5)
    sheet.render(scale=scale).to_pil().convert("L").save(sys.stdout.buffer, "PNG")


def say(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=True), flush=True)


def fail(code: str, detail: str) -> None:
    say({"error": code, "detail": detail[:80]})


def main() -> None:
    """``parse SECONDS MEGABYTES PAGES`` or ``render SECONDS MEGABYTES PAGE DOTS``, the PDF on standard input."""
    action, seconds, megabytes, *rest = sys.argv[1:]
    limit(int(seconds), int(megabytes))
    data = sys.stdin.buffer.read()
    if action == "render":
        render(data, int(rest[0]), int(rest[1]))
    else:
        parse(data, int(rest[0]))


if __name__ == "__main__":
    main()
