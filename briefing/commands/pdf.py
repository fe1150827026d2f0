"""The command `briefing pdf`: a brief as a PDF."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("brief", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False),
              help="The file to write; brief.pdf beside brief.json if not given.")
@click.option("--browser", default="", metavar="PROGRAM",
              help="The Chromium or Chrome that prints; the one of the system if not given.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
def pdf(brief: Path, to: Path | None, browser: str, config_path: Path | None) -> None:
    """Print BRIEF (its folder or brief.json) as a PDF, with the source behind the brief.

    Every number is read back anew before it is shown. Needs Chromium or Chrome, and fonts with Chinese characters.
    """
    from briefing.commands.page import html
    from briefing.render import pdf as printer

    browser = printer.find(browser)
    folder, text = html(brief, config_path)
    target = to or folder / "brief.pdf"
    printer.write(text, target, browser=browser)
    click.echo(str(target), err=True)
