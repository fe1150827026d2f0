"""How long `briefing site` takes as issues grow in number: variants of one brief, new, unchanged, and one added.

    nice -n 10 python -m benchmarks.site [--issues 250 500 1000] [--no-check] [--no-search]

Each variant has its own name, day, official, place and total output, changed alike in the Chinese, the English and
the values, so that nothing is flagged that was not before. Reports seconds of wall clock and of CPU; the search is
a process of its own, so its CPU counts, too.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from briefing import store
from briefing.config import Config
from briefing.recheck import stored
from briefing.render import page
from briefing.render.site import search
from briefing.render.site.build import Built, briefs, build
from briefing.render.site.options import Options
from briefing.render.source import Loaded

SEED = Path(__file__).parents[1] / "outputs" / "yunhe-2025-two-sessions" / "brief.json"
SURNAMES = {"周": "Zhou", "林": "Lin", "何": "He", "罗": "Luo", "宋": "Song", "唐": "Tang", "韩": "Han", "冯": "Feng"}
GIVEN = {"敏": "Min", "伟": "Wei", "静": "Jing", "磊": "Lei", "洁": "Jie", "涛": "Tao", "军": "Jun", "燕": "Yan"}
PLACES = {"澄江": "Chengjiang", "清河": "Qinghe", "东山": "Dongshan", "石桥": "Shiqiao", "白沙": "Baisha"}


def variant(text: str, number: int) -> tuple[str, str]:
    """A brief.json like `text` but for its name, day, official, place and the figure of its total output."""
    surnames, given, places = list(SURNAMES.items()), list(GIVEN.items()), list(PLACES.items())
    (zh_surname, surname), (zh_given, name) = surnames[number % 8], given[number // 8 % 8]
    zh_place, place = places[number % len(places)]
    digit = number % 10
    for old, new in (
        ("周敏", zh_surname + zh_given), ("Zhou Min", f"{surname} {name}"), ("澄江", zh_place), ("Chengjiang", place),
        ("1286.4", f"1{digit}86.4"), ("128.64 billion", f"1{digit}8.64 billion"),
        ("128640000000", f"1{digit}8640000000"),
    ):  # fmt: skip
        text = text.replace(old, new)
    found = json.loads(text)
    found["brief"]["issue"]["id"] = f"variant-{number:05}"
    found["brief"]["issue"]["date"] = (date(2022, 1, 3) + timedelta(days=number)).isoformat()
    return f"variant-{number:05}", json.dumps(found, ensure_ascii=False)


def unchecked(path: Path) -> Loaded:
    """The brief at `path` as it stands."""
    brief = store.read(path)
    return Loaded(brief, page.build(brief), {})


@contextmanager
def clock(label: str) -> Iterator[None]:
    """Prints how long its block took."""

    def cpu() -> float:
        own, other = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime + other.ru_utime + other.ru_stime

    wall, used = time.perf_counter(), cpu()
    yield
    print(f"{label:<34} {time.perf_counter() - wall:8.1f} s wall {cpu() - used:8.1f} s CPU", flush=True)


def main() -> None:
    """Build sites of growing size and say how long each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, nargs="+", default=[250, 500, 1000])
    parser.add_argument("--brief", type=Path, default=SEED)
    parser.add_argument("--no-search", action="store_true")
    parser.add_argument("--no-check", action="store_true", help="leave out reading each number anew, most of the time")
    args = parser.parse_args()
    text = args.brief.read_text(encoding="utf8")
    config, options = Config(), Options(base_url="https://example.org/briefs/", search=not args.no_search)
    print(f"search: {options.search and search.available()}")

    def run(outputs: Path, site: Path) -> Built:
        return build(briefs(outputs), site, unchecked if args.no_check else lambda path: stored(path, config), options)

    root = Path(tempfile.mkdtemp(prefix="briefing-benchmark-"))
    try:
        for size in args.issues:
            outputs, site = root / f"outputs-{size}", root / f"site-{size}"
            for number in range(size):
                name, data = variant(text, number)
                (outputs / name).mkdir(parents=True)
                (outputs / name / "brief.json").write_text(data, encoding="utf8")
            with clock(f"{size} issues, new"):
                built = run(outputs, site)
            files = [path for path in site.rglob("*") if path.is_file()]
            print(f"  {len(files)} files, {sum(p.stat().st_size for p in files) / 1e6:.0f} MB, {built.failed!r}")
            with clock(f"{size} issues, nothing changed"):
                built = run(outputs, site)
            assert built.made == 0 == built.written, built
            name, data = variant(text, size)
            (outputs / name).mkdir()
            (outputs / name / "brief.json").write_text(data, encoding="utf8")
            with clock(f"{size} issues, one added"):
                built = run(outputs, site)
            print(f"  {built.made} made anew, {built.written} files written")
            shutil.rmtree(site)
            shutil.rmtree(outputs)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    sys.exit(0)


if __name__ == "__main__":
    main()
