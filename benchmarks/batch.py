"""Batches: how fast they are on one and two cores, and whether one that is killed again and again ends up the same.

    python -m benchmarks.batch speed [--issues 40]       # with the embedded model, 1 job and 2 jobs
    python -m benchmarks.batch kill [--issues 200] [--kills 10]

Both print one JSON object. The issues are generated. Wall-clock rates depend on what else the machine is doing, so the
load average is printed with them, and the processor seconds of an issue, which depend on it less.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefing import ledger
from briefing.batch.local import Limits
from briefing.batch.manifest import NAME
from briefing.commands.batch import REPORT, run
from briefing.config import Config
from tests import small_issues

ROOT = Path(__file__).parents[1]


def digests(out: Path) -> dict[str, str]:
    """The hash of each output; the journal and the report tell times and are left out."""
    files = (p for p in sorted(out.rglob("*")) if p.is_file() and p.name not in (NAME, REPORT))
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def speed(folder: Path, issues: int) -> dict[str, object]:
    """Issues a minute with the embedded model, on one job and on two."""
    small_issues.write(folder / "in", issues)
    told: dict[str, object] = {"issues": issues, "cores": os.cpu_count()}
    rates = []
    for jobs in (1, 2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        load = os.getloadavg()[0]
        report = run(folder / "in", folder / f"out{jobs}", Config(), Limits(jobs))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        rates.append(report.rate)
        told[f"jobs{jobs}"] = {
            "issues_a_minute": round(report.rate, 1),
            "seconds": round(report.seconds, 1),
            "processor_seconds_an_issue": round(used / issues, 3),
            "load_before": round(load, 1),
            "load_after": round(os.getloadavg()[0], 1),
            "failed": len(report.failed),
        }
    told["scaling"] = round(rates[1] / rates[0], 2)
    told["same_outputs"] = digests(folder / "out1") == digests(folder / "out2")
    return told


def kill(folder: Path, issues: int, kills: int) -> dict[str, object]:
    """A batch killed with SIGKILL at random moments and begun again, against one that was left alone."""
    small_issues.write(folder / "in", issues)
    command = [sys.executable, "-m", "tests.small_issues", str(folder / "in")]
    begun = time.monotonic()
    subprocess.run([*command, str(folder / "whole"), "2"], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    undisturbed = time.monotonic() - begun
    dice = random.Random(200)
    killed_at: list[int] = []
    out = folder / "killed"
    for number in range(kills):
        process = subprocess.Popen([*command, str(out), "2"], cwd=ROOT, stderr=subprocess.DEVNULL)
        # spread over the work: wait for a share of the records, then for a random moment
        goal = issues + issues * (number + dice.random()) / kills * 0.95
        while process.poll() is None and (not out.exists() or len(ledger.read(out / NAME)) < goal):
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.2))
        if process.poll() is None:
            process.kill()
        process.wait()
        killed_at.append(sum(r["kind"] == "done" for r in ledger.read(out / NAME)))
    subprocess.run([*command, str(out), "2"], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    records = [r["kind"] for r in ledger.read(out / NAME)]
    return {
        "issues": issues,
        "kills": kills,
        "done_at_each_kill": killed_at,
        "undisturbed_seconds": round(undisturbed, 1),
        "files": len(digests(out)),
        "same_outputs": digests(out) == digests(folder / "whole"),
        "made_more_than_once": records.count("done") - issues,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["speed", "kill"])
    parser.add_argument("--issues", type=int)
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefing-batch-") as name:
        if options.what == "speed":
            told = speed(Path(name), options.issues or 40)
        else:
            told = kill(Path(name), options.issues or 200, options.kills)
    print(json.dumps(told, ensure_ascii=False))
    sys.exit(0 if told["same_outputs"] else 1)


if __name__ == "__main__":
    main()
