"""The command `briefing batch`: every issue of a folder, on all cores, with nothing lost and nothing done twice."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.render.plural import counted

if TYPE_CHECKING:
    from briefing.batch.local import Limits, Outcome, Pool
    from briefing.batch.manifest import Manifest, Plan
    from briefing.config import Config

REPORT = "batch-report.json"


@dataclass(slots=True)
class Report:
    """What a batch came to."""

    made: int = 0
    kept: int = 0
    same: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    unverified: int = 0
    numbers: int = 0
    seconds: float = 0.0
    jobs: int = 0

    @property
    def rate(self) -> float:
        """Issues a minute."""
        return 60 * self.made / self.seconds if self.seconds else 0.0

    def json(self) -> str:
        """The report as JSON."""
        told = {"made": self.made, "kept": self.kept, "same": self.same, "failed": self.failed, "numbers": self.numbers,
                "unverified": self.unverified, "seconds": round(self.seconds, 1), "jobs": self.jobs,
                "issues_a_minute": round(self.rate, 1)}  # fmt: skip
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    def text(self) -> str:
        """The report to be read."""
        lines = [f"  {f['path']}: {f['reason']}" for f in self.failed]
        same = f", {self.same} the same as another" if self.same else ""
        rate = f" in {self.seconds:.1f} s, {self.rate:.1f} a minute on {self.jobs} jobs" if self.made else ""
        head = f"{self.made} made{rate}; {self.kept} done before{same}, {len(self.failed)} failed"
        found = f"; {counted(self.unverified, 'finding')} on {counted(self.numbers, 'number')}"
        doubt = found if self.made else ""
        return "\n".join([head + doubt + (":" if lines else ""), *lines])


@click.command()
@click.argument("issues", metavar="ISSUES", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("outputs"), show_default=True,
              help="Folder that gets one folder an issue, manifest.jsonl and batch-report.json.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0, the default, is one a core.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed before and has not changed since.")
@click.option("--watch", is_flag=True, help="Wait for new issues when all are done; ends with Ctrl-C or SIGTERM.")
@click.option("--every", type=click.FloatRange(min=0.1), default=10.0, show_default=True,
              help="Seconds between two looks of --watch.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--timeout", type=click.FloatRange(min=1), default=900.0, show_default=True,
              help="Seconds for one issue.")
@click.option("--memory", type=click.IntRange(min=256), default=3072, show_default=True, help="MB for one process.")
@click.option("--strict", is_flag=True, help="An issue with an unverified number fails, and no brief of it is written.")
@click.option("--summary", type=click.Choice(["extractive", "llm"]), default="extractive", show_default=True,
              help="llm asks the local endpoint that llm_url names.")
@click.option("--engine", help="embedded (default), ct2:DIR, or hf:DIR for a local Hugging Face checkpoint.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
def batch(issues: Path, out: Path, jobs: int, retry_failed: bool, watch: bool, every: float, dry_run: bool,
          timeout: float, memory: int, strict: bool, summary: str, engine: str | None,
          config_path: Path | None) -> None:
    """Make the briefs of all ISSUES: the files of a folder, or those that a text file lists, one path a line.

    What is done is noted in OUT/manifest.jsonl by content, settings and model: run the same command again after a crash
    or with new files, and only what is missing is made. Two issues of one name get folders of their own. An issue that
    fails, crashes its process or takes too long is listed with the reason and stops no other.

    Exits with 4 when an issue failed.
    """
    from briefing import config as settings
    from briefing.batch.local import Limits

    config = settings.load(config_path, engine=engine)
    limits = Limits(jobs, timeout, memory)
    report = run(issues, out, config, limits, retry=retry_failed, dry_run=dry_run, watch=every if watch else None,
                 summary=summary, strict=strict)
    sys.exit(4 if report.failed else 0)


def run(issues: Path, out: Path, config: Config, limits: Limits, *, retry: bool = False, dry_run: bool = False,
        watch: float | None = None, summary: str = "extractive", strict: bool = False, tag: str = "",
        pool: Pool | None = None) -> Report:
    """Make what is to be made; the report is also written to OUT and standard error.

    Workers of `pool` are used, and kept, if it is given; settings and limits are then those that it was made with.
    """
    from briefing.batch.local import Pool
    from briefing.batch.manifest import Manifest, sources
    from briefing.errors import InputError

    report = Report(jobs=limits.workers)
    known: dict[Path, Any] = {}
    found = sources(issues, out, known)
    if not found and watch is None and not tag and issues.is_file():  # a nightly run may have nothing to do
        raise InputError(f"{issues} lists no issue: write one path a line into it, or give a folder of issues")
    own = Pool(config, limits, summary=summary, strict=strict) if pool is None else contextlib.nullcontext(pool)
    with contextlib.closing(Manifest(out, write=not dry_run)) as manifest, own as workers:
        plan = manifest.plan(found, workers.make, retry=retry)
        if dry_run:
            _announce(plan, out)
            report.kept = len(plan.kept)
            return report
        begun = time.monotonic()
        _account(plan, report)
        with _stoppable(watch is not None):
            _work(plan, workers, manifest, report, tag)
            report.seconds = time.monotonic() - begun
            _save(report, out)
            while watch is not None:
                time.sleep(watch)
                begun = time.monotonic()
                plan = manifest.plan(_settled(sources(issues, out, known), known), workers.make)
                if plan.todo:
                    _work(plan, workers, manifest, report, tag)
                    report.seconds += time.monotonic() - begun
                    _save(report, out)
    if watch is not None:
        _save(report, out)
    return report


def _work(plan: Plan, pool: Pool, manifest: Manifest, report: Report, tag: str) -> None:
    with _progress(len(plan.todo)) as step:
        for outcome in pool.run(plan.todo):
            task = outcome.task
            if outcome.files:
                told = {"seconds": outcome.seconds, "numbers": outcome.numbers, "unverified": outcome.unverified}
                try:
                    manifest.done(task, outcome.files, told, tag)
                except OSError as error:
                    _failed(report, outcome, f"its files cannot be written: {error.strerror or error}")
                    manifest.fail(task, report.failed[-1]["reason"], {"error": "OSError"})
                else:
                    report.made += 1
                    report.numbers += outcome.numbers
                    report.unverified += outcome.unverified
            else:
                _failed(report, outcome, outcome.reason)
                manifest.fail(task, outcome.reason, {"error": outcome.kind, "seconds": outcome.seconds})
            step(task.id)


def _failed(report: Report, outcome: Outcome, reason: str) -> None:
    path = str(outcome.task.source.path)
    report.failed = [f for f in report.failed if f["path"] != path]
    report.failed.append({"path": path, "id": outcome.task.id, "reason": reason, "error": outcome.kind,
                          **({"trace": outcome.trace} if outcome.trace else {})})  # fmt: skip


def _account(plan: Plan, report: Report) -> None:
    report.kept, report.same = len(plan.kept), len(plan.same)
    report.failed += [{"path": str(task.source.path), "id": task.id, "reason": f"{reason} (not tried again; see "
                       "--retry-failed)" if not task.source.fault else reason, "error": "before"}
                      for task, reason in plan.failed]  # fmt: skip


def _announce(plan: Plan, out: Path) -> None:
    for task in plan.todo:
        click.echo(f"{task.source.path}\t{out / task.id}")
    for task, reason in plan.failed:
        click.echo(f"briefing: {task.source.path}: failed before: {reason}", err=True)
    for source, twin in plan.same:
        click.echo(f"briefing: {source.path}: the same as {twin}", err=True)
    click.echo(f"{len(plan.todo)} to be made, {len(plan.kept)} done before, {len(plan.failed)} failed before", err=True)


def _save(report: Report, out: Path) -> None:
    from briefing import store

    store.write(out, {REPORT: report.json()})
    click.echo(report.text(), err=True)


def _settled(found: list[Any], known: dict[Path, Any]) -> list[Any]:
    """Those that nobody has written to for two seconds."""
    now = time.time_ns()
    return [s for s in found if s.path not in known or now - known[s.path][0][1] > 2_000_000_000]


@contextlib.contextmanager
def _stoppable(watching: bool) -> Iterator[None]:
    """While watching, Ctrl-C and SIGTERM are the way to end, not an error."""
    if not watching:
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("briefing: stopped", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar with rate and time left on a terminal, a line now and then elsewhere."""
    if not total:
        yield lambda name: None
        return
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TextColumn("{task.fields[rate]} a minute"), TimeRemainingColumn())  # fmt: skip
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task("briefs", total=total, rate="–")
            begun = time.monotonic()
            done = 0

            def step(name: str) -> None:
                nonlocal done
                done += 1
                rate = f"{60 * done / max(time.monotonic() - begun, 0.001):.1f}"
                bar.update(task, advance=1, description=escape(name[:30]), rate=rate)

            yield step
        return
    begun = last = time.monotonic()
    count = 0

    def say(name: str) -> None:
        nonlocal count, last
        count += 1
        now = time.monotonic()
        if now - last >= 30:
            last = now
            left = (now - begun) / count * (total - count)
            click.echo(f"{count} of {total}, {60 * count / (now - begun):.1f} a minute, {left:.0f} s left", err=True)

    yield say
