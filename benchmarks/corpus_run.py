"""Makes the brief of every file of a folder, one process, and says how long each took and what came out.

    python -m benchmarks.corpus_run FOLDER [--from NAME] [--limit SECONDS]

Nothing is written. A traceback, a file that takes longer than the limit, and a brief in which a number is withheld
are what to look for.
"""

from __future__ import annotations

import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

from briefing import pipeline
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.translate.engine import load


class TooSlow(Exception):
    """A file took longer than the limit."""


def alarm(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def size(path: Path) -> int:
    """Of the file: small ones come first."""
    return path.stat().st_size


def main(folder: str, *options: str) -> None:
    """Print one line a file: seconds, what was found, and what became of its numbers."""
    given = dict(zip(options[::2], options[1::2], strict=True))
    limit, first = int(given.get("--limit", "300")), given.get("--from", "")
    engine = load(Config().engine, threads=1)
    signal.signal(signal.SIGALRM, alarm)
    print("seconds  chars articles interviews figures pledges printed verified flagged withheld  file", flush=True)
    for path in sorted((p for p in Path(folder).iterdir() if p.is_file() and p.name >= first), key=size):
        start = time.perf_counter()
        signal.alarm(limit)
        try:
            result = pipeline.run(path, engine=engine)
        except BriefingError as error:
            print(f"{time.perf_counter() - start:7.1f}  {path.name}: refused: {error}", flush=True)
        except TooSlow:
            where = traceback.format_exc()[-1500:]
            print(f"{time.perf_counter() - start:7.1f}  {path.name}: TOO SLOW\n{where}", flush=True)
        except Exception:
            print(f"{time.perf_counter() - start:7.1f}  {path.name}: FAILED\n{traceback.format_exc()}", flush=True)
        else:
            brief, counts = result.brief, [s.count for s in result.page.sections]
            print(
                f"{time.perf_counter() - start:7.1f} {len(brief.issue.text):6} {len(brief.interviews):8} "
                f"{len(counts):10} {len(brief.figures):7} {len(brief.pledges):7} {sum(c.brief for c in counts):7} "
                f"{sum(c.verified for c in counts):8} {sum(c.flagged for c in counts):7} "
                f"{sum(c.withheld for c in counts):8}  {path.name}",
                flush=True,
            )
        finally:
            signal.alarm(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
