"""Full-text search in both languages by pagefind's extended build, which segments Chinese.

Each interview is a record in Chinese and one in English, in an index for each language under ``search/``. The
words of the reader go to both. Only the files that the search page asks for are kept of what pagefind writes.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from briefing.render.html import inert
from briefing.render.page import Pair
from briefing.render.site.records import Entry, FigureRecord, Item, withheld
from briefing.render.site.tree import digest

LANGUAGES = ("zh", "en")
MISSING = (
    "the site has no search: it needs pagefind's extended build, which segments Chinese; "
    "pip install 'briefing[site]' and build again"
)
_WANTED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_SUFFIXES = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pf_sort")


@dataclass(frozen=True, slots=True)
class Record:
    """What the search knows of an interview in one language."""

    language: str
    href: str
    title: str
    date: str
    detail: str
    """Who and where."""
    content: str


def available() -> bool:
    """Whether the extended build is installed."""
    return all(util.find_spec(name) is not None for name in ("pagefind", "pagefind_bin_extended"))


def records(entries: Sequence[Entry]) -> Iterator[Record]:
    """All records of the site; English that is withheld is not in them."""
    for entry in entries:
        for item in entry.items:
            for language in LANGUAGES:
                yield _record(entry, item, language)


def _record(entry: Entry, item: Item, language: str) -> Record:
    def side(pair: Pair) -> str:
        text = pair.zh if language == "zh" else "" if withheld(pair) else pair.en
        return str(inert(text))

    def value(figure: FigureRecord) -> str:
        shown, base = side(figure.value), side(figure.base) if figure.base else ""
        return f"{shown} ({base})" if shown and base else shown

    comma, colon = ("，", "：") if language == "zh" else (", ", ": ")
    people = [comma.join(filter(None, (side(official.name), side(official.title)))) for official in item.officials]
    detail = " · ".join([*people, *([side(item.place)] if item.place else [])])
    cells = [side(entry.title), detail, *map(side, item.points)]
    cells += [colon.join(filter(None, (side(f.subject), value(f)))) for f in item.figures]
    cells += [side(p.action) for p in item.pledges]
    if language == "zh":
        quoted = (*(f.source for f in item.figures), *(p.source for p in item.pledges))
        cells += dict.fromkeys(str(inert(sentence)) for sentence in quoted)
    day = entry.date.isoformat() if entry.date else ""
    title = side(item.headline) or str(inert(item.headline.zh))
    return Record(language, f"issues/{entry.slug}.html#{item.id}", title, day, detail, " · ".join(filter(None, cells)))


def key(found: Sequence[Record]) -> str:
    """What the index depends on."""
    rows = [[r.language, r.href, r.title, r.date, r.detail, r.content] for r in found]
    return digest(json.dumps([metadata.version("pagefind"), rows]).encode("utf8", "surrogatepass"))


def index(found: Sequence[Record]) -> Iterator[tuple[str, bytes]]:
    """The files of the index, with their paths in the site."""
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory(prefix="briefing-search-") as folder:
            own = [record for record in found if record.language == language]
            # In a thread of its own, since whoever calls may already run a loop in this one.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(_run, own, language, folder).result()
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file() and (path.name in _WANTED or path.suffix in _SUFFIXES):
                    yield f"search/{language}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _run(found: Sequence[Record], language: str, folder: str) -> None:
    asyncio.run(_write(found, language, folder))


async def _write(found: Sequence[Record], language: str, folder: str) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    config = IndexConfig(force_language=language, output_path=folder, write_playground=False)
    async with PagefindIndex(config=config) as made:
        for record in found:
            await made.add_custom_record(
                url=record.href,
                content=f"{record.title}\n{record.content}",
                language=language,
                meta={"title": record.title, "date": record.date, "detail": record.detail},
                filters={"year": [record.date[:4] or "?"]},
                sort={"date": record.date or "0000-00-00"},
            )
