"""The command line as a user meets it: a process, its streams and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_reference import reference

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "yunhe-2025-two-sessions.txt"


def briefing(*args: str | Path, stdin: str | bytes = "", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *map(str, args)],
        input=data,
        capture_output=True,
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf8", **env},
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_help_and_version() -> None:
    done = briefing("--help")
    assert done.returncode == 0 and all(c in done.stdout for c in ("run", "check", "extract", "translate", "Exit codes"))
    assert briefing("--version").stdout.startswith("briefing, version")


def test_the_reference_is_that_of_the_program() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf8") == reference(), "run: make docs"


def test_run_writes_the_three_files_and_says_what_it_verified(tmp_path: Path) -> None:
    done = briefing("run", SAMPLE, "--out", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / SAMPLE.stem
    assert sorted(p.name for p in folder.iterdir()) == ["brief.html", "brief.json", "brief.md", "check.json"]
    assert json.loads(done.stdout) == json.loads((folder / "brief.json").read_text(encoding="utf8"))
    assert "2 interviews" in done.stderr and "0 withheld" in done.stderr
    checked = briefing("check", folder)
    assert checked.returncode == 0, checked.stdout
    broken = (folder / "brief.md").read_text(encoding="utf8").replace("128.64 billion", "128.46 billion")
    (folder / "brief.md").write_text(broken, encoding="utf8")
    checked = briefing("check", folder / "brief.md")
    assert checked.returncode == 1 and "N-ALTERED" in checked.stdout


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty"), (b"\x00\x01\x02 binary", "control characters"), (b"%PDF-1.7 x", "damaged"), (None, "does not exist")],
)
def test_run_on_bad_input_says_what_to_do(tmp_path: Path, data: bytes | None, says: str) -> None:
    path = tmp_path / "page.txt"
    if data is not None:
        path.write_bytes(data)
    done = briefing("run", path, "--out", tmp_path / "out")
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_run_on_several_inputs_keeps_going(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    done = briefing("run", bad, SAMPLE, "--out", tmp_path / "out")
    assert done.returncode == 4 and "bad.txt" in done.stderr
    assert (tmp_path / "out" / SAMPLE.stem / "brief.md").is_file()


def test_two_inputs_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for name, text in (("a", "去年，全市生产总值增长6%。"), ("b", "去年，全市生产总值增长7%。")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text(text, encoding="utf8")
    done = briefing("run", tmp_path / "a" / "page.txt", tmp_path / "b" / "page.txt", "--out", tmp_path / "out")
    assert done.returncode == 4 and "would overwrite" in done.stderr
    assert "6%" in (tmp_path / "out" / "page" / "brief.json").read_text(encoding="utf8")
    empty = tmp_path / "a" / "page.txt"
    empty.write_bytes(b"")
    done = briefing("run", empty, tmp_path / "b" / "page.txt", "--out", tmp_path / "out")
    assert done.returncode == 4 and "would overwrite" not in done.stderr
    assert "7%" in (tmp_path / "out" / "page" / "brief.json").read_text(encoding="utf8")


def test_a_folder_in_the_way_of_a_brief_is_told(tmp_path: Path) -> None:
    (tmp_path / SAMPLE.stem / "brief.md").mkdir(parents=True)
    done = briefing("run", SAMPLE, "--out", tmp_path)
    assert done.returncode == 2 and "cannot be written" in done.stderr


def test_wrong_use(tmp_path: Path) -> None:
    assert briefing("run").returncode == 2
    assert briefing("check").returncode == 2
    assert "unknown engine" in briefing("translate", "好", "--engine", "bing").stderr
    (tmp_path / "briefing.toml").write_text("colour = 1\n", encoding="utf8")
    done = briefing("run", SAMPLE, cwd=tmp_path)
    assert done.returncode == 2 and "unknown setting" in done.stderr
    assert briefing("run", SAMPLE, "--summary", "llm").returncode == 2


def test_extract_prints_one_object_a_line() -> None:
    lines = ["去年，全区新增企业３３家。", "", "力争签约60个以上项目，引资超300亿元。"]
    done = briefing("extract", "--json", "-", stdin="\n".join(lines) + "\n")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["text"] for f in found] == lines and done.returncode == 0
    first, third = found[0]["quantities"][0], found[2]["quantities"]
    assert (first["text"], first["start"], first["low"], first["status"], first["english"]) == ("３３家", 9, "33", "achieved", "33")
    assert [(q["bound"], q["english"], q["status"]) for q in third] == [
        ("at_least", "at least 60", "target"),
        ("over", "more than 30 billion yuan", "target"),
    ]
    assert found[2]["pledge"] is True and found[0]["dates"][0]["text"] == "去年"


def test_translate_prints_one_line_for_each() -> None:
    lines = ["全区新增企业33家。", "", "  ", "2025年", "力争引资超300亿元", "<script>&", "１２３"]
    done = briefing("translate", "-", stdin="\n".join(lines) + "\n")
    assert done.returncode == 0, done.stderr
    shown = done.stdout.splitlines()
    assert len(shown) == len(lines)
    assert "33" in shown[0] and "more than 30 billion yuan" in shown[4] and "2025" in shown[3]


def test_input_that_is_not_utf8_is_refused() -> None:
    done = briefing("extract", "-", stdin="济南".encode("gbk"))
    assert done.returncode == 2 and "not UTF-8" in done.stderr
    for command in ("extract", "translate"):
        done = briefing(command, os.fsdecode(b"5\xff%"))
        assert done.returncode == 2 and "not UTF-8" in done.stderr


def test_the_hf_engine_says_what_it_needs(tmp_path: Path) -> None:
    done = briefing("translate", "好", "--engine", f"hf:{tmp_path}")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "briefing[torch]" in done.stderr or "no config.json" in done.stderr


def test_check_of_two_files(tmp_path: Path) -> None:
    zh, en = tmp_path / "a.txt", tmp_path / "b.txt"
    zh.write_text("投资90亿元\n投资90亿元\n增长百分之七点八\n", encoding="utf8")
    en.write_text("an investment of 9 billion yuan\nan investment of 90 billion yuan\nup 78%\n", encoding="utf8")
    done = briefing("check", "--zh", zh, "--en", en)
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["2", "3"]
    found = json.loads(briefing("check", "--zh", zh, "--en", en, "--format", "json").stdout)
    assert [len(f["findings"]) for f in found] == [0, 1, 1]
    assert json.loads(briefing("check", "--zh", zh, "--en", en, "--format", "sarif").stdout)["version"] == "2.1.0"
    assert briefing("check", "--zh", zh, "--en", en, "--format", "junit").stdout.startswith("<?xml")
    en.write_text("an investment of 9 billion yuan\n" * 2 + "up 7.8%\n", encoding="utf8")
    assert briefing("check", "--zh", zh, "--en", en).returncode == 0
    assert briefing("check", "--zh", zh, "--en", tmp_path / "none.txt").returncode == 2
    assert briefing("check", tmp_path).returncode == 2


def test_the_network_is_never_used(tmp_path: Path) -> None:
    blocked = tmp_path / "sitecustomize.py"
    blocked.write_text(
        "import socket\n"
        "def refuse(*a, **k): raise RuntimeError('no connection from here')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n",
        encoding="utf8",
    )
    done = briefing("run", SAMPLE, "--out", tmp_path / "out", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert done.returncode == 0 and "no connection" not in done.stderr, done.stderr
