"""The command `briefing serve`: a site as a browser will meet it, on this machine only."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.errors import InputError


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, default=Path("site"), type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
def serve(folder: Path, port: int) -> None:
    """Show the site in DIR (default: site) on this machine, until Ctrl-C.

    It answers on the loopback address only, with the headers that a strict host would send.
    """
    from briefing.render.site.local import server

    if not (folder / "index.html").is_file():
        raise InputError(f"{folder} holds no site (no index.html): run `briefing site --to {folder}` first")
    try:
        made = server(folder, port)
    except OSError as error:
        raise InputError(f"port {port} cannot be used ({error.strerror}): give another --port, or 0") from error
    click.echo(f"http://127.0.0.1:{made.server_address[1]}/ shows {folder}; Ctrl-C ends it", err=True)
    try:
        made.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        made.server_close()
