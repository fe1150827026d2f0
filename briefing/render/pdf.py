"""The PDF of a page, printed by a headless Chromium: the same HTML, the print rules of the same style sheet.

A browser and not a PDF library, because what it prints has been looked at on the screen, its PDF is tagged and has
an outline, and it takes the fonts of the system. It runs without extensions, sync or a profile, and finds no host.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from briefing.errors import PrintError

PROGRAMS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    *(
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
)
"""Where a Chromium is looked for, in this order."""
SECONDS = 180.0


def find(browser: str = "") -> str:
    """The program that prints: `browser`, if given, or the first of PROGRAMS; PrintError where there is none."""
    for name in (browser,) if browser else PROGRAMS:
        if found := shutil.which(name):
            return found
    if browser:
        raise PrintError(f"{browser} is no program that can be run: give the path of a Chromium or Chrome")
    raise PrintError(
        "no Chromium or Chrome was found: install one (Debian: apt install chromium fonts-noto-cjk) "
        "or name it with --browser; brief.html can also be printed from any browser"
    )


def write(html: str, target: Path, *, browser: str = "", seconds: float = SECONDS) -> None:
    """Print `html` to a PDF at `target`, whole or not at all; PrintError where that fails."""
    program = find(browser)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="briefing-pdf-") as folder:
        page, printed = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        page.write_text(html, encoding="utf8")
        said = _run(_command(program, page, printed, Path(folder, "profile")), seconds)
        if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF-"):
            reason = next((line for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
            raise PrintError(
                f"{program} wrote no PDF ({reason.strip()[:300]}): give another --browser, or print brief.html from "
                "a browser"
            )
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            shutil.copyfile(printed, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def _command(program: str, page: Path, printed: Path, profile: Path) -> list[str]:
    command = [
        program,
        "--headless=new",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-default-browser-check",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={printed}",
        page.as_uri(),
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium refuses to start as root with its sandbox
    return command


def _run(command: Sequence[str], seconds: float) -> str:
    """What the program wrote on standard error; it is ended with all its children when the time is up."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise PrintError(f"{command[0]} cannot be run: {error}") from error
    try:
        return process.communicate(timeout=seconds)[1].decode("utf8", "replace")
    except subprocess.TimeoutExpired as error:
        raise PrintError(f"{command[0]} did not print the page within {seconds:g} seconds") from error
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
