"""The page of one issue, its data, and the keys by which an unchanged one is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from briefing import store
from briefing.errors import InputError
from briefing.render import html, source
from briefing.render.site.options import Options
from briefing.render.site.pages import SHARED, Writer
from briefing.render.site.records import Entry, withheld
from briefing.render.site.stamps import code
from briefing.render.source import Loaded

DATA_SCHEMA = "briefing/site-issue/1"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The issue before or after."""

    slug: str
    day: str


def page(writer: Writer, loaded: Loaded, entry: Entry, older: Neighbour | None, newer: Neighbour | None) -> bytes:
    """The page of an issue."""
    brief, shown = loaded.brief, loaded.page
    title = " · ".join(filter(None, (entry.title.zh, "" if withheld(entry.title) else entry.title.en)))
    heads = "；".join(item.headline.zh for item in entry.items)
    head = writer.head(f"issues/{entry.slug}.html", title, heads or title, kind="article", published=entry.date)
    view = html.View(shown, brief, loaded.agreed)
    text = html.render(
        "site/issue.html", writer.links(head, ((f"{entry.slug}.json", "JSON"),)), page=shown, view=view,
        han=html.chinese(brief.issue.text), paragraphs=source.paragraphs(shown, brief, view.linked),
        head=head, site=writer.site, entry=entry, older=older, newer=newer, **SHARED,
    )  # fmt: skip
    return text.encode("utf8")


def dump(entry: Entry) -> bytes:
    """The data of an issue as published beside its page."""
    return store.dumps({"schema": DATA_SCHEMA, "issue": entry}).encode("utf8", "surrogatepass")


def load(data: bytes) -> Entry:
    """What `dump` wrote; InputError when it is of another version."""
    try:
        found = json.loads(data.decode("utf8", "surrogatepass"))
        if found["schema"] != DATA_SCHEMA:
            raise ValueError(found["schema"])
        entry = store.decode(Entry, found["issue"])
    except (ValueError, KeyError, TypeError, StopIteration, ArithmeticError, RecursionError) as error:
        raise InputError(f"the data of an issue cannot be read ({error})") from error
    assert isinstance(entry, Entry)
    return entry


def content_key(brief_json: bytes, settings: str) -> str:
    """What the Entry of an issue depends on."""
    return sha256(b"\0".join((code(), settings.encode("utf8"), brief_json))).hexdigest()


def page_key(content: str, options: Options, *, search: bool, older: Neighbour | None, newer: Neighbour | None) -> str:
    """What the page of an issue depends on."""
    around = [(n.slug, n.day) if n else None for n in (older, newer)]
    rest = [content, options.base_url, options.name, search, around]
    return f"{content}:{sha256(json.dumps(rest).encode('utf8')).hexdigest()}"
