"""``python -m training CONFIG.toml``: every stage that is not done yet, in order; run again to resume.

Stages: prepare (pairs, aligned, table, packed files in the work folder), train (as many minutes as are given, with
--resume on top of the last checkpoint), average, export, evaluate.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.prepare import Source, Work


def main() -> None:
    """Read the configuration and go through the stages."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--only", choices=("prepare", "train", "export"), help="one stage alone")
    parser.add_argument("--minutes", type=float, default=60.0, help="of training (default 60)")
    parser.add_argument("--resume", action="store_true", help="train on from the last checkpoint")
    parser.add_argument("--from", dest="start", type=Path, help="start from the network of a shipped model folder")
    parser.add_argument("--snapshots", type=int, default=4, help="how many of the last snapshots are averaged")
    parser.add_argument("--without-network", action="store_true", help="neither train nor export the network")
    parser.add_argument("--network-first", action="store_true", help="put its sentences before the drafts")
    parser.add_argument("--out", type=Path, help="where the model for the package is written")
    parser.add_argument("--hf", type=Path, help="also write a checkpoint that transformers loads")
    a = parser.parse_args()
    config = tomllib.loads(a.config.read_text(encoding="utf-8"))
    work = Path(config["work"])
    if a.only in (None, "prepare"):
        sources = [Source(**s) for s in config["source"]]
        if a.start is not None and not (work / "spm.model").exists():
            work.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(a.start / "spm.model", work / "spm.model")  # its network knows these pieces alone
        Work(Path(config["corpus"]), work, sources, config["prepare"]).pack()
    if a.only in (None, "train") and not a.without_network:
        _train(config, work, a.minutes, a.resume, a.start)
    if a.only in (None, "export"):
        _export(work, a.out or work / "model", a.hf, 0 if a.without_network else a.snapshots, a.network_first)


def _train(config: dict[str, Any], work: Path, minutes: float, resume: bool, start: Path | None) -> None:
    from training.shipped import checkpoint
    from training.train import Settings, run

    values = dict(config["train"])
    sets = values.pop("data", {"domain": 0.7, "clauses": [0.2, 0.1], "general": [0.2, 0.1]})
    values["data"] = {str(work / name): share for name, share in sets.items()}
    values["heldout"] = [str(work / "held")]
    settings = Settings(out=str(work / "run"), spm=str(work / "spm.model"), minutes=minutes, **values)
    if resume and (work / "run" / "config.json").exists():
        settings = replace(settings, init=str(work / "run"))
    elif start is not None:
        settings = replace(settings, init=str(checkpoint(start, settings, work / "start")))
    run(settings)


def _export(work: Path, out: Path, hf: Path | None, count: int, first: bool) -> None:
    from training.average import average
    from training.evaluate import scores
    from training.export import export, hugging_face, manifest, without_network

    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    facts: dict[str, Any] = {"trained_at_commit": commit, "network_first": first, "network_reads": "drafts"}
    run = work / "run"
    snapshots = sorted(run.glob("snapshot-*.pt"), key=lambda p: p.stat().st_mtime)[-count:] if count else []
    checkpoint = average(run, snapshots, work / "averaged") if snapshots else run
    if count:
        facts["training"] = (run / "log.txt").read_text(encoding="utf-8").splitlines()[-2:]
        export(checkpoint, work / "spm.model", work, out, facts)
    else:
        without_network(work, out, facts)
    facts["scores"] = scores(out, 300, ("gov_dev", "wmt18"))
    manifest(out, facts)
    if hf is not None and count:
        hugging_face(checkpoint, work / "spm.model", hf)
    print(facts["scores"])


if __name__ == "__main__":
    main()
