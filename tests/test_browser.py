"""The page of a brief in a browser, as a reader meets it: on three widths, by keyboard, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.render import html, pdf
from tests import briefs
from tests.browser import WIDTHS, chromium, opened, overflow, program, violations

NAMES = ("sample", "doubtful", "hostile")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    out = {}
    for name in NAMES:
        brief = getattr(briefs, name)()
        file = folder / f"{name}.html"
        file.write_text(html.page(briefs.counted(brief), brief), encoding="utf8")
        out[name] = file.as_uri()
    return out


def seen(page: Any, selector: str) -> bool:
    """Whether the element stands in the window (and in the part of its panel that is shown), uncovered."""
    return bool(
        page.evaluate(
            """s => { const e = document.querySelector(s), r = e.getClientRects()[0],
            at = document.elementFromPoint(r.x + 3, r.y + r.height / 2); return !!at && (e.contains(at) || at.contains(e)); }""",
            selector,
        )
    )


def colour(page: Any, selector: str, name: str = "background-color") -> str:
    return str(page.evaluate("([s, n]) => getComputedStyle(document.querySelector(s)).getPropertyValue(n)", [selector, name]))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_makes_the_page_scroll_sideways(browser: Any, urls: dict[str, str], name: str) -> None:
    with opened(browser, urls[name]) as page:
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert overflow(page) == []
            assert page.locator("h1").is_visible()
        page.set_viewport_size({"width": 360, "height": 780})
        page.evaluate("document.documentElement.style.fontSize = '150%'")
        assert overflow(page) == [], "text that the reader has enlarged"


@pytest.mark.parametrize("width", WIDTHS)
def test_one_click_leads_from_a_figure_to_its_highlighted_sentence(browser: Any, urls: dict[str, str], width: int) -> None:
    with opened(browser, urls["sample"], width) as page:
        link = page.locator("#f9 .value a.number")
        before = page.evaluate("scrollY") if link.scroll_into_view_if_needed() is None else 0
        link.click()
        number = page.evaluate("decodeURIComponent(location.hash)")
        assert page.locator(number).inner_text() == "73个"
        assert seen(page, number)
        plain = colour(page, ".source p:last-child .number")
        assert colour(page, number) not in (plain, "rgba(0, 0, 0, 0)")
        sentence = page.evaluate("s => document.querySelector(s).closest('.sentence').id", number)
        assert colour(page, f"#{sentence}") != "rgba(0, 0, 0, 0)"
        if width == 1440:
            assert abs(page.evaluate("scrollY") - before) < 2, "the brief stays where it was"
        page.locator(number).click()
        assert page.evaluate("location.hash") == "#f9.value"
        assert seen(page, "#f9 .value a.number")
        assert colour(page, "#f9") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("width", [360, 1440])
def test_a_pledge_leads_to_its_sentence_and_back(browser: Any, urls: dict[str, str], width: int) -> None:
    with opened(browser, urls["sample"], width) as page:
        page.locator("#p3 .cite").click()
        sentence = page.evaluate("location.hash")
        assert page.locator(sentence).inner_text().startswith("今年计划再盘活闲置土地1200亩")
        assert seen(page, sentence) and colour(page, sentence) != "rgba(0, 0, 0, 0)"
        page.locator(f"{sentence} .back").first.click()
        assert page.evaluate("location.hash") == "#i1.point3"


def test_both_languages_stand_side_by_side_where_there_is_room(browser: Any, urls: dict[str, str]) -> None:
    for width, beside in ((1440, True), (768, True), (360, False)):
        with opened(browser, urls["sample"], width) as page:
            zh, en = (page.locator(f"[id='i1.point1'] .{side}").bounding_box() for side in ("zh", "en"))
            assert (zh["x"] + zh["width"] <= en["x"]) is beside
            assert (zh["y"] + zh["height"] <= en["y"] + 1) is not beside
            source, main = page.locator("#source").bounding_box(), page.locator("main").bounding_box()
            assert (source["x"] >= main["x"] + main["width"] - 1) is (width == 1440)


def test_the_keyboard_reaches_what_the_mouse_does(browser: Any, urls: dict[str, str]) -> None:
    with opened(browser, urls["sample"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert seen(page, ".skip")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href')")
        assert focused and focused.startswith("#")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.locator("#f9 .value a.number").focus()
        page.keyboard.press("Enter")
        number = page.evaluate("location.hash")
        assert seen(page, number)
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('#source')"), "reading goes on in the source"


@pytest.mark.parametrize(
    ("place", "width", "scheme"), [("#i1.point1", 1440, "light"), ("#s1", 360, "light"), ("#n29", 1440, "dark")]
)
def test_axe_finds_nothing_serious(browser: Any, urls: dict[str, str], place: str, width: int, scheme: str) -> None:
    with opened(browser, urls["doubtful"] + place, width, color_scheme=scheme) as page:
        assert violations(page) == []


def test_the_dark_is_dark(browser: Any, urls: dict[str, str]) -> None:
    def light(value: str) -> int:
        return sum(int(part) for part in value[4:-1].split(","))

    for scheme, dark in (("light", False), ("dark", True)):
        with opened(browser, urls["sample"], color_scheme=scheme) as page:
            assert (light(colour(page, "body")) < light(colour(page, "body", "color"))) is dark


def test_paper_gets_the_source_below_and_no_screen_furniture(browser: Any, urls: dict[str, str]) -> None:
    with opened(browser, urls["doubtful"], color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert colour(page, "body") == "rgb(255, 255, 255)"
        assert page.locator("#source").bounding_box()["y"] > page.locator("main").bounding_box()["height"] - 1
        assert colour(page, "#source", "position") == "static"
        assert not page.locator(".skip").is_visible() and not page.locator(".jump").is_visible()
        assert page.locator(".flag").first.is_visible()


def test_hostile_text_does_nothing(browser: Any, urls: dict[str, str]) -> None:
    with opened(browser, urls["hostile"]) as page:  # fails on a dialog, a request or a message
        assert page.evaluate("[document.scripts.length, document.images.length]") == [0, 0]
        assert page.locator("body").is_visible()


def test_prints_a_pdf_with_its_text_and_links(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: pip install 'briefing[pdf]'")
    brief = briefs.hostile()
    target = tmp_path / "out" / "brief.pdf"
    pdf.write(html.page(briefs.counted(brief), brief), target, browser=program())
    document = pdfium.PdfDocument(str(target))
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    assert "40家以上" in text.replace(" ", "") and "at least 40" in text
    assert b"/Lang" in target.read_bytes()
    assert [p.name for p in target.parent.iterdir()] == ["brief.pdf"]
