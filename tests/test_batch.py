"""Many issues at a time: nothing lost, nothing done twice, and no issue harmed by another."""

from __future__ import annotations

import email
import email.message
import email.policy
import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing import ledger
from briefing.batch.local import Limits, Pool
from briefing.batch.manifest import NAME, Manifest, Source, sources
from briefing.cli import main
from briefing.commands import batch
from briefing.commands.batch import REPORT
from briefing.config import Config
from briefing.errors import InputError, ModelError
from tests import small_issues
from tests.mailserver import Inbox, Server, settings

ROOT = Path(__file__).parents[1]
LIMITS = Limits(2, 300)


def made(out: Path) -> dict[str, bytes]:
    """All outputs by name; the journal and the report tell times and are left out."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (NAME, REPORT)
    }


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Two workers that all tests share which do not end them."""
    with Pool(Config(), LIMITS, small_issues.copier) as pool:
        yield pool


def run(issues: Path, out: Path, pool: Pool, **options: Any) -> batch.Report:
    return batch.run(issues, out, Config(), LIMITS, pool=pool, **options)


def kinds(out: Path) -> list[str]:
    return [record["kind"] for record in ledger.read(out / NAME)]


def test_a_batch_makes_each_issue_once(tmp_path: Path, pool: Pool) -> None:
    paths = small_issues.write(tmp_path / "in", 5)
    report = run(tmp_path / "in", tmp_path / "out", pool)
    assert (report.made, report.kept, report.failed) == (5, 0, [])
    assert report.numbers > 20
    before = made(tmp_path / "out")
    assert {name.split("/")[0] for name in before} == {path.stem for path in paths}
    again = run(tmp_path / "in", tmp_path / "out", pool)
    assert (again.made, again.kept) == (0, 5)
    assert json.loads((tmp_path / "out" / REPORT).read_text(encoding="utf8"))["kept"] == 5
    paths[2].write_text(small_issues.text(77), encoding="utf8")
    (tmp_path / "out" / paths[3].stem / "brief.json").unlink()
    third = run(tmp_path / "in", tmp_path / "out", pool)
    assert (third.made, third.kept) == (2, 3)
    after = made(tmp_path / "out")
    assert {n.split("/")[0] for n in after if after[n] != before[n]} == {paths[2].stem}
    with Pool(Config(summary_max=5), LIMITS, small_issues.copier) as other:
        assert run(tmp_path / "in", tmp_path / "out", other).made == 5


def test_a_batch_gives_what_a_run_gives(tmp_path: Path, pool: Pool) -> None:
    from briefing import pipeline

    (path,) = small_issues.write(tmp_path / "in", 1)
    run(tmp_path / "in", tmp_path / "out", pool)
    pipeline.run(path, tmp_path / "single", engine=small_issues.copier(Config()))
    assert made(tmp_path / "out") == made(tmp_path / "single")


def test_what_fails_harms_no_other(tmp_path: Path, pool: Pool) -> None:
    signs = (small_issues.CRASH, small_issues.BUG)
    paths = small_issues.write(tmp_path / "in", 5, signs)
    (tmp_path / "in" / "a.bin").write_bytes(bytes(range(128, 256)) * 9)
    (tmp_path / "in" / "empty.txt").write_bytes(b" \n")
    with Pool(Config(), LIMITS, small_issues.faulty) as other:
        report = run(tmp_path / "in", tmp_path / "out", other)
    reasons = {Path(f["path"]).name: f["reason"] for f in report.failed}
    assert report.made == 3
    assert "ended by SIGKILL" in reasons[paths[0].name]
    assert "a fault of the engine" in reasons[paths[1].name]
    assert set(reasons) == {paths[0].name, paths[1].name, "a.bin", "empty.txt"}
    assert {name.split("/")[0] for name in made(tmp_path / "out")} == {path.stem for path in paths[2:]}
    again = run(tmp_path / "in", tmp_path / "out", pool)
    assert (again.made, again.kept, len(again.failed)) == (0, 3, 4)
    healed = run(tmp_path / "in", tmp_path / "out", pool, retry=True)
    assert (healed.made, healed.kept, len(healed.failed)) == (2, 3, 2)


def test_a_worker_that_hangs_is_ended(tmp_path: Path) -> None:
    small_issues.write(tmp_path / "in", 1, (small_issues.HANG,))
    with Pool(Config(), Limits(1, 2), small_issues.faulty) as other:
        report = run(tmp_path / "in", tmp_path / "out", other)
    assert "more than 2 seconds" in report.failed[0]["reason"]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell the memory of a process")
def test_a_greedy_worker_is_ended(tmp_path: Path) -> None:
    small_issues.write(tmp_path / "in", 2, (small_issues.GREEDY,))
    with Pool(Config(), Limits(1, 300, 512), small_issues.faulty) as other:
        report = run(tmp_path / "in", tmp_path / "out", other)
    assert report.made == 1
    assert "more than 512 MB" in report.failed[0]["reason"]


def test_issues_of_one_name_stand_side_by_side(tmp_path: Path, pool: Pool) -> None:
    for number, folder in enumerate(("a", "b", "c")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "第1版.txt").write_text(small_issues.text(min(number, 1)), encoding="utf8")
    (tmp_path / "c" / "第1版.html.txt").write_text(small_issues.text(3), encoding="utf8")
    listed = tmp_path / "list.txt"
    listed.write_text("# all\na/第1版.txt\nb/第1版.txt\nc/第1版.txt\n", encoding="utf8")
    report = run(listed, tmp_path / "out", pool)
    assert (report.made, report.same) == (2, 1)  # b and c are the same
    folders = sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir())
    assert folders[0] == "第1版" and folders[1].startswith("第1版-") and len(folders) == 2
    before = made(tmp_path / "out")
    listed.write_text("b/第1版.txt\na/第1版.txt\n", encoding="utf8")
    assert run(listed, tmp_path / "out", pool).made == 0
    assert made(tmp_path / "out") == before


def test_a_brief_that_no_batch_made_is_not_overwritten(tmp_path: Path, pool: Pool) -> None:
    from briefing import pipeline

    (path,) = small_issues.write(tmp_path / "in", 1)
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    other.write_text(small_issues.text(9), encoding="utf8")
    pipeline.run(other, tmp_path / "out", engine=small_issues.copier(Config()))
    before = made(tmp_path / "out")
    run(tmp_path / "in", tmp_path / "out", pool)
    after = made(tmp_path / "out")
    assert before.items() <= after.items() and len(after) == 2 * len(before)


def test_a_moved_folder_is_not_made_again(tmp_path: Path, pool: Pool) -> None:
    small_issues.write(tmp_path / "in", 3)
    run(tmp_path / "in", tmp_path / "out", pool)
    before = made(tmp_path / "out")
    (tmp_path / "in").rename(tmp_path / "moved")
    assert run(tmp_path / "moved", tmp_path / "out", pool).kept == 3
    assert made(tmp_path / "out") == before


def test_hidden_and_unfinished_files_and_the_outputs_are_passed_over(tmp_path: Path) -> None:
    small_issues.write(tmp_path, 1)
    for name in (".hidden", "coming.txt.part", "old.txt~", "x.tmp"):
        (tmp_path / name).write_text("x", encoding="utf8")
    (tmp_path / "out").mkdir()
    pages = tmp_path / "pages"
    small_issues.write(pages, 2)
    assert [s.path.name for s in sources(tmp_path, tmp_path / "out")] == ["pages", "期0001.txt"]


@pytest.mark.parametrize(("content", "told"), [(None, "does not exist"), (b"\xff\xfe\x00", "is no list"), ("让澄江更好\n".encode(), "for one issue use `briefing run")])
def test_a_wrong_list_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        sources(path, tmp_path / "out")


@pytest.mark.parametrize("content", ["", "# none yet\n\n"])
def test_an_empty_list_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(content, encoding="utf8")
    with pytest.raises(SystemExit) as ended:
        main(["batch", str(path), "--out", str(tmp_path / "out")])
    assert ended.value.code == 2 and "lists no issue: write one path a line into it" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_listed_file_that_is_gone_fails_alone(tmp_path: Path, pool: Pool) -> None:
    small_issues.write(tmp_path / "in", 1)
    (tmp_path / "list.txt").write_text("in/期0001.txt\nin/gone.txt\n", encoding="utf8")
    report = run(tmp_path / "list.txt", tmp_path / "out", pool)
    assert report.made == 1 and "cannot be read" in report.failed[0]["reason"]


def test_a_dry_run_touches_nothing(tmp_path: Path, pool: Pool, capsys: pytest.CaptureFixture[str]) -> None:
    small_issues.write(tmp_path / "in", 2)
    run(tmp_path / "in", tmp_path / "out", pool, dry_run=True)
    assert not (tmp_path / "out").exists()
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_two_batches_do_not_share_a_folder(tmp_path: Path, pool: Pool) -> None:
    small_issues.write(tmp_path / "in", 1)
    held = Manifest(tmp_path / "out")
    with pytest.raises(InputError, match="in use by another run"):
        run(tmp_path / "in", tmp_path / "out", pool)
    held.close()


def test_a_model_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    small_issues.write(tmp_path / "in", 2)
    with pytest.raises(ModelError):
        batch.run(tmp_path / "in", tmp_path / "out", Config(engine=f"ct2:{tmp_path / 'none'}"), LIMITS)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_killed_at_random_moments_a_batch_ends_up_the_same(tmp_path: Path) -> None:
    small_issues.write(tmp_path / "in", 8)
    command = [sys.executable, "-m", "tests.small_issues", str(tmp_path / "in")]
    assert subprocess.run([*command, str(tmp_path / "whole"), "2"], cwd=ROOT, check=False, capture_output=True).returncode == 0
    dice = random.Random(5)
    out = tmp_path / "killed"
    for kill in (0, 1):
        process = subprocess.Popen([*command, str(out), "2"], cwd=ROOT, stderr=subprocess.DEVNULL)
        least = 8 + 3 * kill  # the claims, and then some outputs
        while process.poll() is None and (not out.exists() or len(ledger.read(out / NAME)) < least):
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.3))
        process.kill()
        process.wait()
    assert subprocess.run([*command, str(out), "1"], cwd=ROOT, check=False, capture_output=True).returncode == 0
    assert made(out) == made(tmp_path / "whole")
    assert kinds(out).count("done") == kinds(out).count("claim") == 8


def test_what_a_killed_run_was_writing_is_cleared_away(tmp_path: Path, pool: Pool) -> None:
    (path,) = small_issues.write(tmp_path / "in", 1)
    run(tmp_path / "in", tmp_path / "out", pool)
    whole = made(tmp_path / "out")
    shutil.copy(tmp_path / "out" / NAME, tmp_path / NAME)
    lines = (tmp_path / NAME).read_bytes().splitlines(keepends=True)
    (tmp_path / "out" / NAME).write_bytes(lines[0] + lines[1][:40])
    for left in (".brief.json.ab12", ".check.json.x", ".brief.md.y"):
        (tmp_path / "out" / path.stem / left).write_text("half", encoding="utf8")
    (tmp_path / "out" / path.stem / "brief.md").unlink()
    assert run(tmp_path / "in", tmp_path / "out", pool).made == 1
    assert made(tmp_path / "out") == whole


@pytest.mark.skipif(os.name == "nt", reason="no SIGTERM on this system")
def test_a_watch_takes_new_issues_and_ends_when_told(tmp_path: Path, pool: Pool) -> None:
    small_issues.write(tmp_path / "in", 1)

    def later() -> None:
        while not (tmp_path / "out" / REPORT).exists():
            time.sleep(0.02)
        (tmp_path / "in" / "late.txt").write_text(small_issues.text(50), encoding="utf8")
        while json.loads((tmp_path / "out" / REPORT).read_text(encoding="utf8"))["made"] < 2:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=later, daemon=True)
    thread.start()
    report = run(tmp_path / "in", tmp_path / "out", pool, watch=0.2)
    thread.join(5)
    assert (report.made, report.failed) == (2, [])


def test_an_unreadable_source_has_no_content(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("list.txt\ngone\n", encoding="utf8")
    assert Source(tmp_path / "gone", "", "it cannot be read: No such file or directory") in sources(tmp_path / "list.txt", tmp_path / "out")


def test_publish_makes_shows_and_sends_each_issue_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.batch.local.engine", small_issues.copier)
    small_issues.write(tmp_path / "in", 2)
    readers = tmp_path / "list.csv"
    readers.write_text("email,language\na@example.org,zh\nb@example.org,both\n", encoding="utf8")
    inbox = Inbox()
    with Server(inbox, login=False) as server:
        config = settings(tmp_path, server.port, security="none")
        command = ["publish", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--to", str(readers), "--config", str(config), "--jobs", "1", "--allow-unverified", "--page-url", "https://briefs.example.org/{issue}/"]
        codes = []
        for count in (2, 2, 3):
            small_issues.write(tmp_path / "in", count)
            with pytest.raises(SystemExit) as done:
                main(command)
            codes.append(done.value.code)
    assert codes == [0, 0, 0]
    assert sorted(inbox.addresses()) == ["a@example.org"] * 3 + ["b@example.org"] * 3
    assert kinds(tmp_path / "out").count("mailed") == 3


def pages_in(inbox: Inbox, base: str) -> dict[str, set[str]]:
    """The pages of the site at `base` that both parts of each reader's messages lead to."""
    out: dict[str, set[str]] = {}
    for taken in inbox.taken:
        message = email.message_from_bytes(taken.data, policy=email.policy.default)
        assert isinstance(message, email.message.EmailMessage)
        parts = [message.get_body((kind,)) for kind in ("plain", "html")]
        found = [set(re.findall(re.escape(base) + r"([^\s\"#]+)", part.get_content())) for part in parts if part]
        assert found[0] == found[1] and len(found[0]) == 1
        out.setdefault(taken.recipients[0], set()).update(found[0])
    return out


def test_publish_sends_what_the_site_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.batch.local.engine", small_issues.copier)
    readers = tmp_path / "list.csv"
    readers.write_text("email,language\na@example.org,en\nb@example.org,both\n", encoding="utf8")
    site, base, inbox = tmp_path / "site", "https://briefs.example.org/daily/", Inbox()
    with Server(inbox, login=False) as server:
        config = settings(tmp_path, server.port, security="none")
        command = ["publish", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--to", str(readers), "--config", str(config), "--jobs", "1", "--allow-unverified", "--site", str(site), "--base-url", base]
        seen = []
        for count in (2, 2, 3):
            small_issues.write(tmp_path / "in", count)
            with pytest.raises(SystemExit) as done:
                main(command)
            assert done.value.code == 0
            shown = {f"issues/{path.name}" for path in site.glob("issues/*.html")}
            assert pages_in(inbox, base) == {"a@example.org": shown, "b@example.org": shown}
            seen.append((len(shown), len(inbox.taken), {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}))
    assert [(shown, taken) for shown, taken, _ in seen] == [(2, 4), (2, 4), (3, 6)]
    assert seen[0][2] == seen[1][2]
    assert (site / "sitemap.xml").read_text(encoding="utf8").count(f"<loc>{base}issues/") == 3


def test_publish_into_a_folder_of_others_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("briefing.batch.local.engine", small_issues.copier)
    small_issues.write(tmp_path / "in", 1)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine", encoding="utf8")
    with pytest.raises(SystemExit) as done:
        main(["publish", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--site", str(tmp_path / "site")])
    assert done.value.code == 2 and "was not made by `briefing site`" in capsys.readouterr().err
    assert not (tmp_path / "out").exists() and [p.name for p in (tmp_path / "site").iterdir()] == ["mine.txt"]


def test_a_mail_leads_to_no_page_of_a_site_that_was_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "site")

    monkeypatch.setattr("briefing.batch.local.engine", small_issues.copier)
    monkeypatch.setattr("briefing.render.site.build.build", broken)
    small_issues.write(tmp_path / "in", 1)
    (tmp_path / "list.csv").write_text("email\na@example.org\n", encoding="utf8")
    inbox = Inbox()
    with Server(inbox, login=False) as server, pytest.raises(SystemExit) as done:
        config = settings(tmp_path, server.port, security="none")
        main(["publish", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--to", str(tmp_path / "list.csv"), "--config", str(config), "--jobs", "1", "--allow-unverified", "--site", str(tmp_path / "site"), "--base-url", "https://briefs.example.org/"])
    assert done.value.code == 4 and "the site was not made: site cannot be used (no space left on device): make room" in capsys.readouterr().err
    text = email.message_from_bytes(inbox.taken[0].data, policy=email.policy.default).get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert "https://" not in text
