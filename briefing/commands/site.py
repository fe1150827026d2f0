"""The command `briefing site`: all briefs of a folder as a static web site."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click


@click.command()
@click.argument("outputs", required=False, default=Path("outputs"), type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
              help="Folder of the site; a new or empty one, or one that `briefing site` made.")
@click.option("--base-url", default="", metavar="URL",
              help="Where the site will stand: gives canonical links, sitemap.xml and whole addresses in the feeds.")
@click.option("--name", default=None, help="What the site calls itself.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]),
              help="Day against which deadlines of pledges are held; the date of the latest issue if not given.")
@click.option("--no-search", is_flag=True, help="Leave the full-text search out.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
def site(outputs: Path, to: Path, base_url: str, name: str | None, day: datetime.datetime | None, no_search: bool,
         config_path: Path | None) -> None:
    """Make a static web site of the briefs in the folder OUTPUTS (default: outputs).

    It has an archive by date, pages by official, place and topic, registers of all figures and pledges, full-text
    search, and feeds. Every number is read back anew before it is shown. Issues that did not change are not made
    again, those that are gone vanish, and no file is touched that `briefing site` did not write.

    Exits with 4 when a brief could not be read; the site then is made of the others.
    """
    from briefing import config as settings
    from briefing.errors import about
    from briefing.recheck import stored
    from briefing.render.plural import counted
    from briefing.render.site import build as sites
    from briefing.render.site import search
    from briefing.render.site.options import NAME, Options
    from briefing.render.site.options import base_url as checked

    config = settings.load(config_path)
    options = Options(checked(base_url) if base_url else "", name if name is not None else NAME,
                      day.date() if day else None, not no_search)
    found = sites.briefs(outputs)
    with _progress() as progress:
        built = sites.build(found, to, lambda path: stored(path, config), options,
                            settings=repr(sorted(config.accept.items())), progress=progress)
    for path, error in built.failed:
        click.echo(f"briefing: {about(path, error)}", err=True)
    if options.search and not built.search:
        click.echo(f"briefing: {search.MISSING}", err=True)
    click.echo(f"{to / 'index.html'}: {counted(built.issues, 'issue')}, {built.made} made anew, {built.removed} "
               f"removed, {counted(built.written, 'file')} written, {built.deleted} deleted", err=True)
    if built.failed:
        sys.exit(4)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Shows what is at work where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("briefing site") as status:
        yield lambda stage: status.update(f"briefing site: {stage}", spinner=None)
