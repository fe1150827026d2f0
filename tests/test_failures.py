"""What a user gets wrong is told in one sentence that says what to do next, and leaves nothing behind."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.cli import main

SAMPLE = Path(__file__).parents[1] / "outputs" / "yunhe-2025-two-sessions" / "brief.json"
LISTS = {"mail": "mail\na@b.cn\n", "nobody": "email\nnobody\n", "open": 'email\n"a@b.cn\n', "empty": "", "good": "email\na@b.cn\n"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a brief, a damaged one, lists of readers, a file and the folder of somebody else."""
    for name in ("outputs/issue", "damaged/issue", "foreign"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copyfile(SAMPLE, tmp_path / "outputs" / "issue" / "brief.json")
    (tmp_path / "damaged" / "issue" / "brief.json").write_bytes(SAMPLE.read_bytes()[:5000])
    (tmp_path / "foreign" / "mine.txt").write_text("mine", encoding="utf8")
    (tmp_path / "file").write_text("a file", encoding="utf8")
    (tmp_path / "briefing.toml").write_text('[mail]\nsender = "a@example.org"\nhost = "localhost"\n', encoding="utf8")
    for name, text in LISTS.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fails(place: Path, capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """Run a command that must fail and change nothing; what it said."""
    before = {str(p): p.read_bytes() if p.is_file() else b"" for p in sorted(place.rglob("*"))}
    with pytest.raises(SystemExit) as done:
        main(command)
    assert done.value.code not in (0, 70)
    assert {str(p): p.read_bytes() if p.is_file() else b"" for p in sorted(place.rglob("*"))} == before
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("briefing: ") and "Traceback" not in told.err and "Errno" not in told.err
    return told.err


DRY = ("--dry-run", "--eml", "eml")


@pytest.mark.parametrize(("command", "told"), [
    (("site", "outputs", "--to", "foreign"), "give another --to, or empty it yourself"),
    (("site", "outputs", "--to", "file"), "file is a file, not a folder: give another --to"),
    (("site", "outputs", "--to", "file/site"), "a file stands where a folder is needed: give another path"),
    (("site", "damaged", "--to", "site"), "run `briefing run` again"),
    (("site", "nowhere", "--to", "site"), "give the one that `briefing run --out` wrote to"),
    (("site", "foreign", "--to", "site"), "run `briefing run … --out foreign` first"),
    (("serve", "foreign"), "run `briefing site --to foreign` first"),
    (("page", "nowhere"), "nowhere does not exist: give a folder that `briefing run` wrote"),
    (("page", "damaged/issue"), "run `briefing run` again"),
    (("page", "outputs/issue", "--to", "file/page.html"), "a file stands where a folder is needed: give another path"),
    (("pdf", "outputs/issue", "--browser", "nowhere"), "give the path of a Chromium or Chrome"),
    (("pdf", "nowhere", "--browser", sys.executable), "nowhere does not exist: give a folder that `briefing run` wrote"),
    (("pdf", "outputs/issue", "--browser", sys.executable, "--to", "brief.pdf"), "give another --browser, or print brief.html"),
    (("send", "nowhere", "--to", "good.csv", *DRY), "nowhere does not exist: give a folder that `briefing run` wrote"),
    (("send", "file", "--to", "good.csv", *DRY), "file is no brief: give a folder that `briefing run` wrote"),
    (("send", "damaged/issue", "--to", "good.csv", *DRY), "run `briefing run` again"),
    (("send", "outputs/issue", "--to", "nowhere.csv", *DRY), "give --to a CSV file with the columns email"),
    (("send", "outputs/issue", "--to", "mail.csv", *DRY), "begin the file with the line email,name,language,topics"),
    (("send", "outputs/issue", "--to", "nobody.csv", *DRY), "has 1 wrong line; nothing was sent:\n  line 2: 'nobody' is no address"),
    (("send", "outputs/issue", "--to", "open.csv", *DRY), "is a quotation mark left open?"),
    (("send", "outputs/issue", "--to", "empty.csv", *DRY), "begin the file with the line email,name,language,topics"),
    (("send", "outputs/issue", "--to", "foreign", *DRY), "foreign cannot be read"),
    (("publish", "outputs", "--out", "made", "--to", "mail.csv"), "begin the file with the line email,name,language,topics"),
    (("publish", "outputs", "--out", "made", "--base-url", "here", "--site", "site"), "give one like https://example.org/briefs/"),
    (("publish", "nowhere", "--out", "made"), "give a folder of issues, or a file with one path a line"),
])  # fmt: skip
def test_wrong_use_is_told(place: Path, capsys: pytest.CaptureFixture[str], command: Sequence[str], told: str) -> None:
    said = fails(place, capsys, *command)
    assert told in said
    assert said.count("\n") == told.count("\n") + 1
    assert said.count("nowhere does not exist") <= 1


@pytest.mark.parametrize(("module", "extra", "command"), [
    ("css_inline", "briefing[mail]", ("send", "outputs/issue", "--to", "good.csv", *DRY)),
    ("dkim", "briefing[mail]", ("send", "outputs/issue", "--to", "good.csv", "--config", "signed.toml", *DRY)),
])  # fmt: skip
def test_an_extra_that_is_not_installed_is_named(place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, module: str, extra: str, command: Sequence[str]) -> None:
    (place / "key.pem").write_text("a key", encoding="utf8")
    (place / "signed.toml").write_text('[mail]\nsender = "a@example.org"\ndkim_domain = "example.org"\ndkim_selector = "s"\ndkim_key = "key.pem"\n', encoding="utf8")
    monkeypatch.setitem(sys.modules, module, None)
    from briefing.render import email

    email._inliner.cache_clear()
    assert f"pip install '{extra}'" in fails(place, capsys, *command)


def test_a_port_in_use_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "outputs" / "index.html").write_text("a page", encoding="utf8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = fails(place, capsys, "serve", "outputs", "--port", str(taken.getsockname()[1]))
    assert "give another --port, or 0" in said
