"""From a folder of briefs to a site: what changed is made anew, what went vanishes, the rest stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.errors import BriefingError, InputError
from briefing.render import feed, html
from briefing.render.site import catalogue, issue, search
from briefing.render.site.issue import Neighbour
from briefing.render.site.options import Options
from briefing.render.site.pages import Writer, pages
from briefing.render.site.records import Entry, Item, entry
from briefing.render.site.tree import Stage, stage
from briefing.render.source import Loaded

Load = Callable[[Path], Loaded]
"""Reads a brief.json and checks it anew."""
BRIEF = "brief.json"
_OWN = ("site.css", "icon.svg", "register.js", "search.js")
_MOST_URLS = 50_000


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    issues: int
    made: int
    """Issues whose pages were made anew."""
    removed: int
    """Issues that were on the site and are no more."""
    written: int
    """Files that changed."""
    deleted: int
    failed: tuple[tuple[Path, BriefingError], ...]
    """Briefs that cannot be read; they are not on the site."""
    search: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """An issue with what its page is made from."""

    path: Path
    key: str
    """Of its content."""
    entry: Entry
    loaded: Loaded | None = None


def briefs(outputs: Path) -> list[Path]:
    """The brief.json files in the folders of `outputs`; InputError where there are none."""
    if not outputs.is_dir():
        raise InputError(f"{outputs} is no folder: give the one that `briefing run --out` wrote to")
    found = sorted(path for path in outputs.glob(f"*/{BRIEF}") if not path.parent.name.startswith("."))
    if not found:
        raise InputError(f"{outputs} holds no brief (no */{BRIEF}): run `briefing run … --out {outputs}` first")
    return found


def build(
    found: Sequence[Path],
    site: Path,
    load: Load,
    options: Options | None = None,
    *,
    settings: str = "",
    progress: Callable[[str], None] = lambda stage: None,
) -> Built:
    """Write the site of the briefs `found` to the folder `site`.

    `settings` names all else that `load` depends on. Raises InputError, and changes nothing, for a folder that
    is not ours or where no brief can be read.
    """
    options = options or Options()
    with stage(site) as new:
        searching = options.search and search.available()
        failed: list[tuple[Path, BriefingError]] = []
        known: dict[str, _Known] = {}
        for number, path in enumerate(found, 1):
            progress(f"reading {number} of {len(found)}")
            try:
                one = _known(path, load, settings, new)
                if (twin := known.get(one.entry.slug)) is not None:
                    raise InputError(f"it is of the same issue as {twin.path}: remove one of them")
            except BriefingError as error:
                failed.append((path, error))
                continue
            known[one.entry.slug] = one
        if not known:
            raise InputError(f"no brief can be read, nothing was changed; the first: {failed[0][0]}: {failed[0][1]}")
        entries = catalogue.newest_first(one.entry for one in known.values())
        day = options.day or max((e.date for e in entries if e.date), default=None)
        content = {slug: one.key for slug, one in known.items()}
        writer = Writer(options, day, search=searching, keys=content)
        keys, made = _issues(new, writer, options, entries, known, load, progress)
        progress("writing the indexes")
        stamps: dict[str, str] = {}
        for page in pages(writer, entries):
            stamps[page.path] = page.stamp
            if new.old.pages.get(page.path) == page.stamp and new.intact(page.path):
                new.keep(page.path)
            else:
                new.write(page.path, page.make())
        _assets(new, searching)
        _feeds(new, options, entries)
        search_key = _search(new, entries, progress) if searching else ""
        _robots(new, options)
        progress("putting it in place")
        stale = new.commit(keys, stamps, search_key)
        return Built(len(entries), made, len(new.old.issues.keys() - keys.keys()), len(new.changed), len(stale),
                     tuple(failed), searching)  # fmt: skip


def _known(path: Path, load: Load, settings: str, new: Stage) -> _Known:
    """The issue at `path`: from its data on the site if nothing changed, else read anew."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read: {error}") from error
    key = issue.content_key(data, settings)
    slug = _by_content(new).get(key)
    if slug is not None and new.intact(f"issues/{slug}.json"):
        try:
            return _Known(path, key, issue.load(new.read(f"issues/{slug}.json")))
        except InputError:
            pass
    loaded = load(path)
    return _Known(path, key, entry(loaded.brief, loaded.page), loaded)


def _by_content(new: Stage) -> Mapping[str, str]:
    return {key.partition(":")[0]: slug for slug, key in new.old.issues.items()}


def _issues(new: Stage, writer: Writer, options: Options, entries: Sequence[Entry], known: Mapping[str, _Known],
            load: Load, progress: Callable[[str], None]) -> tuple[dict[str, str], int]:  # fmt: skip
    """Keep or make the page and the data of each issue: their keys, and how many were made."""
    keys: dict[str, str] = {}
    made = 0
    dated = [Neighbour(e.slug, str(e.date)) for e in entries if e.date]
    for at, own in enumerate(entries):
        # Those without a day come last, and are neither before nor after any other.
        newer = dated[at - 1] if 0 < at < len(dated) else None
        older = dated[at + 1] if at + 1 < len(dated) else None
        one = known[own.slug]
        key = issue.page_key(one.key, options, search=writer.site.search, older=older, newer=newer)
        keys[own.slug] = key
        names = (f"issues/{own.slug}.html", f"issues/{own.slug}.json")
        if new.old.issues.get(own.slug) == key and new.intact(*names):
            new.keep(*names)
            continue
        progress(f"writing {own.issue}")
        made += 1
        new.write(names[0], issue.page(writer, one.loaded or load(one.path), own, older, newer))
        new.write(names[1], issue.dump(own))
    return keys, made


def _assets(new: Stage, searching: bool) -> None:
    new.write(f"assets/{html.STYLESHEET}", html.css().encode("utf8"))
    folder = resources.files("briefing").joinpath("templates", "site")
    for name in _OWN:
        if searching or name != "search.js":
            new.write(f"assets/{name}", folder.joinpath(name).read_bytes())


def _feeds(new: Stage, options: Options, entries: Sequence[Entry]) -> None:
    shown = [
        feed.FeedEntry(
            f"issue/{e.slug}", e.date, e.title, f"issues/{e.slug}.html",
            tuple(_article(item) for item in e.items), e.doubtful,
        )
        for e in entries if e.date
    ]  # fmt: skip
    for language in ("zh", "en"):
        data = feed.render(shown, language, base_url=options.base_url, authority=options.host, name=options.name)
        new.write(f"feed.{language}.xml", data)


def _article(item: Item) -> feed.Article:
    return feed.Article(item.headline, item.points, tuple((o.name, o.title) for o in item.officials), item.id)


def _search(new: Stage, entries: Sequence[Entry], progress: Callable[[str], None]) -> str:
    """Keep or make the index of the search; its key."""
    found = list(search.records(entries))
    key = search.key(found)
    old = [name for name in new.old.files if name.startswith("search/")]
    if old and new.old.search == key and new.intact(*old):
        new.keep(*old)
        return key
    progress("indexing for the search")
    for name, data in search.index(found):
        new.write(name, data)
    return key


def _robots(new: Stage, options: Options) -> None:
    """robots.txt, and the sitemap where whole addresses are known."""
    lines = ["User-agent: *", "Allow: /"]
    if options.base_url:
        names = sorted(n for n in new.files if n.endswith(".html") and n not in ("404.html", "search.html"))
        urls = [options.base_url + name.removesuffix("index.html") for name in names]
        cut = [urls[at : at + _MOST_URLS] for at in range(0, len(urls), _MOST_URLS)]
        for number, some in enumerate(cut, 1):
            new.write("sitemap.xml" if len(cut) == 1 else f"sitemap-{number}.xml", _sitemap("urlset", "url", some))
        if len(cut) > 1:
            listed = [f"{options.base_url}sitemap-{number}.xml" for number in range(1, len(cut) + 1)]
            new.write("sitemap.xml", _sitemap("sitemapindex", "sitemap", listed))
        lines.append(f"Sitemap: {options.base_url}sitemap.xml")
    new.write("robots.txt", ("\n".join(lines) + "\n").encode("ascii"))


def _sitemap(root: str, node: str, urls: Sequence[str]) -> bytes:
    body = "".join(f"<{node}><loc>{escape(url)}</loc></{node}>\n" for url in urls)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</{root}>\n'
    return text.encode("utf8")
