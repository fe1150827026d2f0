"""A headless Chromium for the tests of pages; they are skipped with a reason where there is none.

Needs the packages playwright and axe-playwright-python (extra `test`) and a Chromium of the system (Debian: chromium,
fonts-noto-cjk). No browser is downloaded and no host is found: a page that asks for one fails its test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from briefing.errors import PrintError
from briefing.render.pdf import find

WIDTHS = {360: 780, 768: 1024, 1440: 900}
"""A phone, a tablet and a desk: width to height."""


def program() -> str:
    """The Chromium of the system, or skip."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install 'briefing[test]'")
    try:
        return find()
    except PrintError:
        pytest.skip("no Chromium on this machine: apt install chromium fonts-noto-cjk")


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser that finds no host."""
    path = program()
    from playwright.sync_api import sync_playwright

    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Any, url: str, width: int = 1440, **options: Any) -> Iterator[Any]:
    """A page at `url`; fails when the page says something on its console, throws, or asks for another place."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": WIDTHS.get(width, 900)}, **options)
    page = context.new_page()
    page.set_default_timeout(180_000)  # a busy machine is no failure
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    # What a click to another page cuts off is no failure; a blocked or unknown address has another reason.
    page.on("requestfailed", lambda request: request.failure == "net::ERR_ABORTED" or said.append(f"failed: {request.url}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    try:
        page.goto(url)
        yield page
    finally:
        context.close()
    assert said == []


def overflow(page: Any) -> list[str]:
    """What stands out of the window on the right, where that makes the page scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.hidden'))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    return found


def violations(page: Any) -> list[str]:
    """What axe-core finds serious or critical, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']} ({v['impact']}): {node['html'][:150]} {node.get('failureSummary', '')[:300]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
