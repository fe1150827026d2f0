"""How much memory and time a TMX of any size takes: python -m benchmarks.bilingual [--megabytes 200] [--read]

Writes a TMX of that size with pairs of figures, checks it with the command, and prints the seconds and the highest
resident set of the process. --read only draws the pairs, without comparing their numbers.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

_FILLER_ZH = "我们要坚持稳中求进，扎实做好各项工作，把实事办好、把好事办实，让群众有更多获得感。" * 3
_FILLER_EN = "We will seek progress while maintaining stability, do all our work well, and let people feel it. " * 3


def write_tmx(path: Path, size: int) -> int:
    """A TMX of about `size` bytes at `path`; the number of its units, of which each hundredth is wrong."""
    count = 0
    with path.open("w", encoding="utf8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="zh-CN"/><body>\n')
        while out.tell() < size:
            count += 1
            said = count + (count % 100 == 0)
            out.write(
                f'<tu tuid="{count}"><tuv xml:lang="zh-CN"><seg>完成投资{count}万元。{_FILLER_ZH}</seg></tuv>\n'
                f'<tuv xml:lang="en"><seg>Investment was {said * 10_000:,} yuan. {_FILLER_EN}</seg></tuv></tu>\n'
            )
        out.write("</body></tmx>\n")
    return count


def main() -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--read", action="store_true", help="only draw the pairs")
    options = parser.parse_args()
    from briefing.check.bilingual import check_pairs, read

    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "big.tmx"
        units = write_tmx(path, options.megabytes * 2**20)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        pairs, _ = read(path)
        if options.read:
            found = sum(1 for _ in pairs)
        else:
            found = sum(bool(report.alarms) for report in check_pairs(pairs, "big.tmx"))
        seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    what = "pairs" if options.read else "pairs with a finding"
    print(f"{options.megabytes} MB, {units} units: {found} {what} in {seconds:.1f} s; highest resident set "
          f"{after / 1024:.0f} MB, before reading {before / 1024:.0f} MB")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
