"""The command `briefing page`: the HTML page of a brief, made anew."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("brief", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
              help="The file to write (- for standard output); brief.html beside brief.json if not given.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
def page(brief: Path, to: Path | None, config_path: Path | None) -> None:
    """Write the HTML page of BRIEF (its folder or brief.json) anew, after every number was read back anew.

    The page is one file that needs no network and no script: open it from the disk, mail it, or print it.
    """
    from briefing import store

    folder, text = html(brief, config_path)
    if to == Path("-"):
        click.echo(text, nl=False)
        return
    target = to or folder / "brief.html"
    store.write(target.parent, {target.name: text})
    click.echo(str(target), err=True)


def html(brief: Path, config_path: Path | None) -> tuple[Path, str]:
    """The folder of a brief, and its page; InputError when there is no brief.json or it cannot be read."""
    from briefing import config
    from briefing.errors import InputError
    from briefing.recheck import stored
    from briefing.render import html as pages

    settings = config.load(config_path)
    if not brief.exists():
        raise InputError(f"{brief} does not exist: give a folder that `briefing run` wrote, e.g. outputs/ISSUE")
    source = brief / "brief.json" if brief.is_dir() else brief.with_name("brief.json")
    loaded = stored(source, settings)
    return source.parent, pages.page(loaded.page, loaded.brief, agreed=loaded.agreed)
