"""Tesseract as a program: images in, lines of characters with boxes and confidences out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from briefing.errors import InputError, MissingReader

TIMEOUT = 240
"""Seconds for one call; a broadsheet page at 300 dpi takes about 30."""
_INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as recognised."""

    text: str
    confidence: float
    """0 to 100, by the program's own account."""
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, from left to right."""

    glyphs: tuple[Glyph, ...]
    block: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Of the line, in pixels."""
        return self.bottom - self.top


@cache
def languages() -> frozenset[str]:
    """The languages that the program can read; MissingReader, with the line that installs it, where it is absent."""
    program = shutil.which("tesseract")
    if program is None:
        raise MissingReader(f"a scan needs the program tesseract: {_INSTALL}")
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return frozenset(done.stdout.split("\n")[1:])


def need(language: str) -> None:
    """MissingReader where the data of `language` is absent."""
    if language not in languages():
        raise MissingReader(f"a scan in Chinese needs the data {language} of tesseract: {_INSTALL}")


def lines(images: Sequence[Any], language: str, mode: int, *, only: str = "") -> list[list[Line]]:
    """The lines of each image (of Pillow), in the reading order of the program.

    `mode` is its page segmentation; `only` names the characters that may come out. InputError where it fails.
    """
    need(language)
    with tempfile.TemporaryDirectory(prefix="briefing-ocr-") as folder:
        paths = []
        for number, image in enumerate(images):
            paths.append(Path(folder) / f"{number}.png")
            image.save(paths[-1], compress_level=1)
        listed = Path(folder) / "list.txt"
        listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf8")
        page = _run(listed, language, mode, only)
    return _pages(page, len(images))


def _run(listed: Path, language: str, mode: int, only: str) -> bytes:
    settings = ["hocr_char_boxes=1", "tessedit_create_hocr=1", *([f"tessedit_char_whitelist={only}"] if only else [])]
    options = ["-l", language, "--psm", str(mode), "--dpi", "300", *(part for s in settings for part in ("-c", s))]
    try:
        done = subprocess.run(
            ["tesseract", str(listed), "stdout", *options],
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(f"tesseract took more than {TIMEOUT} seconds: scan at 300 dpi, one page at a time") from error
    except OSError as error:
        raise MissingReader(f"tesseract cannot be started ({error}): {_INSTALL}") from error
    if done.returncode:
        said = done.stderr.decode("utf8", "replace").strip()[-300:]
        raise InputError(f"tesseract cannot read the picture ({said}): scan it again as PNG or JPEG")
    return done.stdout


def _pages(hocr: bytes, count: int) -> list[list[Line]]:
    from lxml import etree

    out: list[list[Line]] = [[] for _ in range(count)]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    tree = etree.fromstring(hocr, parser)
    block = 0
    for number, page in enumerate(_of_class(tree, "ocr_page")):
        for area in _of_class(page, "ocr_carea"):
            block += 1
            for element in area.iter():
                if element.get("class") not in ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"):
                    continue
                glyphs = tuple(_glyphs(element))
                if glyphs and number < count:
                    out[number].append(Line(glyphs, block, *_box(element.get("title", ""), "bbox")))
    return out


def _of_class(tree: Any, name: str) -> list[Any]:
    return [element for element in tree.iter() if element.get("class") == name]


def _glyphs(line: Any) -> Iterator[Glyph]:
    for element in line.iter():
        if element.get("class") == "ocrx_cinfo" and (element.text or "").strip():
            title = element.get("title", "")
            confidence = _NUMBERS.search(title, title.find("x_conf"))
            yield Glyph(element.text.strip(), float(confidence[0]) if confidence else 0.0, *_box(title, "x_bboxes"))


def _box(title: str, name: str) -> tuple[int, int, int, int]:
    found = [int(float(n)) for n in _NUMBERS.findall(title[title.find(name) + len(name) :])[:4]]
    left, top, right, bottom = found if len(found) == 4 else (0, 0, 0, 0)
    return left, top, right, bottom
