"""The site as a reader meets it: searched, sorted, filtered and walked through in a browser, under a strict policy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.render.site import search
from briefing.render.site.local import server
from briefing.render.site.options import Options
from tests import browser
from tests.test_site import make, outputs  # noqa: F401 # a fixture

KINDS = ("index.html", "archive/index.html", "archive/2025-01.html", "officials/index.html", "officials/jiang-lan-*.html",
         "places/yunhe-*.html", "topics/industry.html", "figures/index.html", "pledges/index.html", "search.html",
         "issues/harbour-2-*.html", "404.html")  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def root(outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    to = tmp_path_factory.mktemp("site") / "site"
    make(outputs, to, Options())
    return to


@pytest.fixture(scope="module")
def home(root: Path) -> Iterator[str]:
    made = server(root, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}/"
    made.shutdown()
    made.server_close()
    thread.join()


SHORT = "document.querySelectorAll('.register tbody tr:nth-child(n+12), .data tbody tr:nth-child(n+12)').forEach(r => r.remove())"
"""Rows are alike; axe-core takes minutes over hundreds of them."""


def path(root: Path, kind: str) -> str:
    return str(next(root.glob(kind)).relative_to(root))


needs_pagefind = pytest.mark.skipif(not search.available(), reason="pip install 'briefing[site]' for the search")


@needs_pagefind
@pytest.mark.parametrize(("query", "issue", "mark"), [
    ("医疗卫生", "harbour-1", "医疗"),
    ("集装箱吞吐量", "harbour-1", "集装"),
    ("江岚", "harbour-2", ""),
    ("container throughput", "harbour-1", "container"),
    ("Jiang Lan", "harbour-2", ""),
    ("1073.6", "harbour-1", "1073"),
])  # fmt: skip
def test_a_search_in_either_language_finds_the_brief(
    chromium: Any, root: Path, home: str, query: str, issue: str, mark: str
) -> None:
    with browser.opened(chromium, home) as page:
        page.fill("#q", query)
        page.press("#q", "Enter")
        page.wait_for_url("**/search.html?q=*")
        page.locator("#search-results li").first.wait_for()
        hits = page.locator("#search-results > li > a").evaluate_all("links => links.map(a => a.href)")
        assert len(hits) == len(set(hits))
        assert any(f"/issues/{issue}-" in hit for hit in hits)
        if mark:
            assert any(mark in text.lower() for text in page.locator("#search-results mark").all_inner_texts())
        page.locator(f"#search-results a[href*='/issues/{issue}-']").first.click()
        page.wait_for_url(f"**/issues/{issue}-*")
        assert page.locator(f"#{page.url.rpartition('#')[2]}").is_visible()


@needs_pagefind
@pytest.mark.parametrize("query", ["zzzqqqxxx", "<img src=x onerror=alert(1)>zzzqqq"])
def test_a_search_for_nothing_says_so(chromium: Any, home: str, query: str) -> None:
    with browser.opened(chromium, f"{home}search.html") as page:
        page.fill("#q", query)
        page.press("#q", "Enter")
        page.locator("#search-count:has-text('Nothing found'), #search-count:has-text('Interviews')").wait_for()
        assert page.locator("#search-results img").count() == 0


@needs_pagefind
def test_what_is_hostile_is_found_as_text(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}search.html?q=xx") as page:
        page.locator("#search-count:has-text('Nothing found'), #search-count:has-text('Interviews')").wait_for()
        assert page.locator("#search-results script").count() == 0


def test_from_disk_the_search_says_what_to_do(chromium: Any, root: Path) -> None:
    with browser.opened(chromium, (root / "search.html").as_uri() + "?q=x") as page:
        assert page.locator("#search-local").is_visible()


def test_the_site_works_from_disk(chromium: Any, root: Path) -> None:
    with browser.opened(chromium, (root / "index.html").as_uri()) as page:
        page.click("nav a:has-text('Figures')")
        page.locator("form.filters").wait_for()
        page.fill("#f-text", "集装箱")
        assert 0 < page.locator("#register tbody tr:visible").count() < page.locator("#register tbody tr").count()
        page.locator("#register tbody tr:visible a[href*='/issues/']").first.click()
        page.locator("section.interview").first.wait_for()
        assert page.evaluate("getComputedStyle(document.querySelector('.facts')).display") != "inline"


def rows(page: Any, column: int) -> list[str]:
    found: list[str] = page.locator(f"#register tbody tr:visible > :nth-child({column})").evaluate_all(
        "cells => cells.map(c => c.dataset.key === undefined ? c.innerText.trim() : c.dataset.key)"
    )
    return found


def test_figures_sort_by_value_within_their_unit(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}figures/index.html") as page:
        page.select_option("#f-kind", "percent")
        button = page.get_by_role("button", name="Value")
        button.click()
        up = [float(v) for v in rows(page, 2)]
        assert len(up) > 10 and up == sorted(up)
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
        button.click()
        down = [float(v) for v in rows(page, 2)]
        assert down == sorted(up, reverse=True)
        page.get_by_role("button", name="Issue").click()
        days = rows(page, 6)
        assert days == sorted(days) and len(days) == len(up)


def test_figures_are_filtered_and_the_choice_is_in_the_address(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}figures/index.html") as page:
        all_rows = page.locator("#register tbody tr").count()
        page.fill("#f-text", "container THROUGHPUT")
        page.select_option("#f-status", "target")
        shown = page.locator("#register tbody tr:visible")
        assert 0 < shown.count() < all_rows
        assert all("target" in text.lower() and "throughput" in text.lower() for text in shown.all_inner_texts())
        assert page.locator("output").inner_text() == f"{shown.count()} / {all_rows}"
        number, address = shown.count(), page.url
        page.goto(address)
        assert page.locator("#register tbody tr:visible").count() == number
        assert page.input_value("#f-text") == "container THROUGHPUT"
        page.click("button[type=reset]")
        page.locator("output:empty").wait_for(state="attached")
        assert page.locator("#register tbody tr:visible").count() == all_rows


def test_doubtful_rows_can_be_shown_alone(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}pledges/index.html") as page:
        page.check("#f-flagged")
        shown = page.locator("#register tbody tr:visible")
        assert all("⚠" in text for text in shown.all_inner_texts())
        page.uncheck("#f-flagged")
        page.select_option("#f-standing", "undated")
        assert shown.count() and all("No deadline" in text for text in shown.all_inner_texts())


def test_without_scripts_the_tables_are_whole(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}figures/index.html", java_script_enabled=False) as page:
        assert page.locator("#register tbody tr").count() > 100
        assert not page.locator("form.filters").is_visible() and page.locator("th button").count() == 0


def test_from_the_home_page_to_an_official_and_back_to_the_source(chromium: Any, home: str) -> None:
    with browser.opened(chromium, home) as page:
        page.click("nav a:has-text('Officials')")
        page.click("main a:has-text('Jiang Lan')")
        assert "江岚" in page.inner_text("h1")
        page.locator("main article a[href*='issues/']").first.click()
        page.locator("section.interview").first.wait_for()
        page.click(".onward a[href*='topics/']")
        assert page.locator("nav [aria-current=page]").inner_text().endswith("Topics")
        page.click("nav a:has-text('Archive')")
        page.click("main a:has-text('December 2024')")
        assert page.locator("article.card").count() == 1


def test_the_keyboard_is_enough(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}figures/index.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.get_by_role("button", name="Value").focus()
        page.keyboard.press("Enter")
        assert page.locator("th[aria-sort]").count() == 1


def test_on_a_phone_a_register_is_sorted_too(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}pledges/index.html", 360) as page:
        page.get_by_role("button", name="By when").click()
        page.get_by_role("button", name="By when").click()
        days = page.locator(".register tbody td:first-child").evaluate_all("cells => cells.map(c => c.dataset.key)")
        assert days == sorted(days, reverse=True) and len(set(days)) > 2


def test_a_row_that_a_register_led_to_is_marked(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}figures/index.html") as page:
        row = page.locator("tr[data-status]", has_text="128.64 billion yuan").first
        row.locator("td:last-child a").click()
        marked = page.locator("tr:target")
        assert "128.64 billion yuan" in marked.inner_text()
        plain = page.locator(".figures tbody tr").nth(3).evaluate("row => getComputedStyle(row).backgroundColor")
        assert marked.evaluate("row => getComputedStyle(row).backgroundColor") != plain
        marked.locator(".cite").click()
        assert "1286.4亿元" in page.locator(".sentence:target").inner_text()


def test_on_paper_each_sheet_of_a_register_has_its_head(chromium: Any, home: str, tmp_path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber", reason="pip install 'briefing[pdf]'")
    with browser.opened(chromium, f"{home}pledges/index.html") as page:
        page.evaluate("document.querySelectorAll('.register tbody tr:nth-child(n+20)').forEach(row => row.remove())")
        page.pdf(path=str(tmp_path / "pledges.pdf"), prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "pledges.pdf") as printed:
        texts = [sheet.extract_text() for sheet in printed.pages]
    assert len(texts) > 1
    assert all("By when" in text and "Strength" in text and "↕" not in text for text in texts[:-1])
    assert not any("Doubtful only" in text or "Download" in text for text in texts)


def test_on_paper_the_archive_still_has_its_months(chromium: Any, home: str) -> None:
    with browser.opened(chromium, f"{home}archive/index.html") as page:
        page.emulate_media(media="print")
        assert page.locator("main a:visible").count() == page.locator("main a").count() > 0
        assert not page.locator("header.top").is_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_or_shuts_anyone_out(chromium: Any, root: Path, home: str, kind: str) -> None:
    for width in browser.WIDTHS:
        with browser.opened(chromium, home + path(root, kind), width) as page:
            assert browser.overflow(page) == [], width
            if width == 360:
                page.evaluate(SHORT)
                assert browser.violations(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_dark(chromium: Any, root: Path, home: str, kind: str) -> None:
    with browser.opened(chromium, home + path(root, kind), color_scheme="dark") as page:
        page.evaluate(SHORT)
        assert browser.violations(page) == []
