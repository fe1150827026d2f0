"""PDF pages: reading order, roles and articles over many layouts; hostile files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.ingest import from_bytes, pdf
from briefing.ingest.pdf_glyphs import Sheet, sheet
from briefing.ingest.reading import Reading
from tests.pages import press
from tests.pages.layouts import LAYOUTS, Layout
from tests.pages.measure import common, in_order

pytest.importorskip("pdfplumber", reason="needs the extra [pdf]")
FLOOR = 0.995
"""The least share of the characters of the articles that comes back in the right order, on every layout."""
needs_press = pytest.mark.skipif(
    press.browser() is None or not press.fonts(), reason="needs chromium and fonts-noto-cjk (Debian) to set the pages"
)
PAGES = [make() for make in LAYOUTS]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All layouts in one PDF."""
    html = "".join(one for page in PAGES for one in page.sheets)
    return press.print_html(html, tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="session")
def parsed(printed: bytes) -> dict[str, list[Sheet]]:
    """The parsed pages of each layout."""
    raw = [json.loads(line) for line in pdf._child(printed, "pages", "parse", "64").splitlines()]
    assert len(raw) == sum(len(page.sheets) for page in PAGES), "a layout runs over its sheet"
    rest = iter(raw)
    return {
        page.name: [sheet({**next(rest), "page": n}) for n in range(1, len(page.sheets) + 1)] for page in PAGES
    }


def paragraphs(got: Reading) -> Iterator[tuple[int, str]]:
    """The paragraphs of the body with the number of their article; pieces that touch are one."""
    text, article, stop = "", 0, -1
    for block in got.blocks:
        if block.role:
            continue
        if text and block.span.start == stop:
            text += block.span.of(got.raw)
        else:
            if text:
                yield article, text
            text, article = block.span.of(got.raw), block.article
        stop = block.span.stop
    if text:
        yield article, text


@needs_press
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_body_comes_back_in_order(page: Layout, parsed: dict[str, list[Sheet]]) -> None:
    got = [text for _, text in paragraphs(pdf.laid(parsed[page.name]))]
    wanted = [text for story in page.stories for text in story.body]
    assert in_order(wanted, got) >= FLOOR


def test_the_measure_counts_what_is_out_of_order() -> None:
    assert common("甲乙丙丁", "甲丙乙丁") == 3
    assert in_order(["甲乙", "丙丁戊己"], ["丙丁戊己", "甲乙"]) == pytest.approx(4 / 6)
    assert in_order(["甲乙丙丁"], ["甲乙", "丙丁"]) == 1.0
    assert in_order(["甲乙丙丁"], ["甲乙", "他", "丙"]) == pytest.approx(3 / 4)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7" + b"\x00" * 60, b"%PDF-1.4\ntrailer<</Root 1 0 R>>"])
def test_a_damaged_file_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.pdf"):
        from_bytes(data, "x.pdf")
