"""Does `briefing check` catch any one changed number? python -m benchmarks.corruptions OUTPUTS/ISSUE [--count 500]

Each trial changes one number of brief.md, in either language: in a cell, a quoted sentence, a count, a date,
or the signature. It is caught when the check reports an alarm that the untouched brief does not.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from briefing import recheck
from briefing.config import Config

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|(?<=[\u4e00-\u9fff])[一二三四五六七八九十百千]+(?=[个家项条件次成])")
_MARKUP = re.compile(r"\[\^?$|^\| ?$|&#$|\n\|\s*$")


def corruptions(text: str, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """`count` copies of `text` with one number changed, each with words that say what was changed.

    Digits that are markup are left alone: labels of footnotes, the numbering of rows, character references.
    """
    rng = random.Random(seed)
    spots = [m for m in _NUMBER.finditer(text) if not _MARKUP.search(text[max(0, m.start() - 4) : m.start()])]
    for _ in range(count):
        spot = rng.choice(spots)
        old = spot.group()
        if old[0].isdigit():
            at = rng.choice([k for k, c in enumerate(old) if c.isdigit()])
            new = old[:at] + rng.choice([d for d in "123456789" if d != old[at]]) + old[at + 1 :]
        else:
            new = rng.choice([c for c in "二三四五六七八九" if c != old])
        around = text[max(0, spot.start() - 20) : spot.end() + 10].replace("\n", "⏎")
        yield text[: spot.start()] + new + text[spot.end() :], f"{old} → {new} in …{around}…"


def alarms(folder: Path) -> int:
    """How many errors and warnings `briefing check` finds."""
    return sum(len(report.alarms) for report in recheck.brief(folder, Config()))


def main() -> int:
    """Print what was missed and the share that was caught; 1 when anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    before, missed = alarms(options.folder), 0
    text = (options.folder / "brief.md").read_text(encoding="utf8")
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        shutil.copy(options.folder / "brief.json", trial)
        for changed, what in corruptions(text, options.count, options.seed):
            (trial / "brief.md").write_text(changed, encoding="utf8")
            if alarms(trial) <= before:
                missed += 1
                print("missed:", what)
    print(f"caught {options.count - missed} of {options.count}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
