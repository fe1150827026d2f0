"""HTML to PDF by a headless Chromium: one run sets all the sheets."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.pages.layouts import CSS, Layout


def browser() -> str | None:
    """Where Chromium is, None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def fonts() -> bool:
    """Whether the Noto CJK types are there (Debian: fonts-noto-cjk)."""
    if not shutil.which("fc-list"):
        return False
    return "Noto Sans CJK SC" in subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout


def print_html(html: str, folder: Path, css: str = CSS) -> bytes:
    """The PDF that Chromium prints of `html`."""
    program = browser()
    assert program is not None
    source, target = folder / "sheets.html", folder / "sheets.pdf"
    source.write_text(f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><style>{css}</style><body>{html}", encoding="utf8")
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder / 'profile'}",
         f"--print-to-pdf={target}", source.as_uri()],
        check=True, capture_output=True, timeout=240,
    )
    return target.read_bytes()


def pages(data: bytes, first: int, count: int) -> bytes:
    """The PDF of `count` pages of `data`, from page `first` (counted from 0)."""
    import pypdfium2

    whole, part = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    part.import_pages(whole, list(range(first, first + count)))
    out = io.BytesIO()
    part.save(out)
    return out.getvalue()


def press(layouts: Iterable[Layout], folder: Path) -> dict[str, bytes]:
    """The PDF of each layout by its name."""
    wanted = list(layouts)
    whole = print_html("".join(sheet for one in wanted for sheet in one.sheets), folder)
    out, at = {}, 0
    for one in wanted:
        out[one.name] = pages(whole, at, len(one.sheets))
        at += len(one.sheets)
    return out
