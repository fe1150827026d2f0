"""How many bytes of Chinese news a second are read for quantities and dates, beside other packages on the same text.

    python benchmarks/speed.py FOLDER [--bytes 1500000] [--other PYTHON]

FOLDER holds text files (UTF-8). PYTHON is the interpreter of an environment in which cn2an, wetext and recognizers-text
are installed; those that it lacks are left out. All run one after another on the same lines, in processor time of one
core.
They do less than this project does: cn2an and wetext rewrite numerals and find no units, and recognizers-text is run
for numbers alone.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

OTHER = """
import json, sys, time
lines, limit = json.load(sys.stdin), float(sys.argv[1])
def cn2an():
    import cn2an
    return lambda line: cn2an.transform(line, "cn2an")
def wetext():
    from wetext import Normalizer
    normalizer = Normalizer(lang="zh", operator="tn")
    return normalizer.normalize
def recognizers():
    from recognizers_number import recognize_number
    return lambda line: recognize_number(line, "zh-cn")
for make in (cn2an, wetext, recognizers):
    try:
        read = make()
        read("约300万元")
    except Exception as reason:
        print(json.dumps([make.__name__, 0, 0, 0, repr(reason)])); continue
    began, size, failed = time.process_time(), 0, 0
    for line in lines:
        try:
            read(line)
        except Exception:
            failed += 1
        size += len(line.encode())
        if time.process_time() - began > limit:
            break
    print(json.dumps([make.__name__, size, time.process_time() - began, failed, ""]))
"""


def sample(folder: Path, size: int) -> list[str]:
    """Lines of the folder's files in an order that is the same every time, `size` bytes of them."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    random.Random(1).shuffle(lines)
    out, total = [], 0
    for line in lines:
        if total >= size:
            break
        out.append(line)
        total += len(line.encode())
    return out


def rate(read: Callable[[str], Sequence[object]], lines: Sequence[str]) -> tuple[int, float]:
    """What was found in all, and the seconds of processor time."""
    read(lines[0])
    began = time.process_time()
    found = sum(len(read(line)) for line in lines)
    return found, time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bytes", type=int, default=1_500_000)
    parser.add_argument("--other", help="interpreter with the other packages")
    parser.add_argument("--limit", type=float, default=20, help="seconds after which another package is stopped")
    options = parser.parse_args()
    from briefing.extract.dates import moments
    from briefing.extract.quantities import quantities

    lines = sample(options.folder, options.bytes)
    size = sum(len(line.encode()) for line in lines)
    print(f"{len(lines)} lines, {size:,} bytes")
    spent = 0.0
    for name, read in (("quantities", quantities), ("dates", moments)):
        found, seconds = rate(read, lines)
        spent += seconds
        print(f"{name:<28}{found:>7} found  {size / seconds / 1e6:6.2f} MB/s")
    print(f"{'quantities and dates':<42}  {size / spent / 1e6:6.2f} MB/s")
    if not options.other:
        return
    done = subprocess.run(
        [options.other, "-c", OTHER, str(options.limit)],
        input=json.dumps(lines), capture_output=True, text=True, check=False,
    )  # fmt: skip
    for row in done.stdout.splitlines():
        name, read_bytes, seconds, failed, reason = json.loads(row)
        told = reason or f"{read_bytes / seconds / 1e6:6.2f} MB/s  ({read_bytes:,} bytes, {failed} lines failed)"
        print(f"{name:<42}  {told}")
    if done.returncode:
        sys.stderr.write(done.stderr)


if __name__ == "__main__":
    main()
