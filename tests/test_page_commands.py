"""`briefing page` and `briefing pdf`: from brief.json to files, or a clear error and nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner

from briefing.cli import cli
from briefing.errors import InputError, PrintError
from briefing.render import html
from tests.briefs import SAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SAMPLE, tmp_path / "brief.json")
    return tmp_path


def test_page_writes_one_file_beside_the_brief(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["page", str(folder)])
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in folder.iterdir()) == ["brief.html", "brief.json"]
    html5lib.HTMLParser(strict=True).parse((folder / "brief.html").read_text(encoding="utf8"))


def test_page_writes_to_standard_output_alone(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["page", str(folder / "brief.json"), "--to", "-"])
    assert done.exit_code == 0 and done.stdout.startswith("<!doctype html>")
    assert [p.name for p in folder.iterdir()] == ["brief.json"]


def test_no_brief_is_a_clear_error(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["page", str(tmp_path)])
    assert isinstance(done.exception, InputError) and "run `briefing run` first" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_pdf_says_what_is_absent_before_it_works(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["pdf", str(folder), "--browser", "no-such-browser"])
    assert isinstance(done.exception, PrintError) and "no-such-browser" in str(done.exception)
    assert [p.name for p in folder.iterdir()] == ["brief.json"]


def test_pdf_prints_the_page_and_leaves_one_file(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text('#!/bin/sh\nfor a; do case "$a" in --print-to-pdf=*) to="${a#*=}";; esac; done\nprintf "%%PDF-1.7 made" > "$to"\n')
    program.chmod(0o755)
    done = CliRunner().invoke(cli, ["pdf", str(folder), "--browser", str(program)])
    assert done.exit_code == 0, done.output
    assert (folder / "brief.pdf").read_bytes() == b"%PDF-1.7 made"
    assert sorted(p.name for p in folder.iterdir()) == ["brief.json", "brief.pdf", "browser"]


def test_the_style_sheet_is_shipped() -> None:
    assert "@media print" in html.css() and "prefers-color-scheme: dark" in html.css()
    assert "</" not in html.css(), "it would end the style element of a page that carries it"
