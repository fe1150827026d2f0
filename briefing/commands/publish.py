"""The command `briefing publish`: make what is new, put it on the site, and send it, in one go."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from briefing.errors import BriefingError, ConfigError, spoken

TAG = "publish"


@click.command()
@click.argument("issues", metavar="ISSUES", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("outputs"), show_default=True,
              help="Folder of the briefs.")
@click.option("--site", "site_folder", type=click.Path(path_type=Path),
              help="Folder of the site; no site if not given.")
@click.option("--base-url", default="", metavar="URL", help="Where the site will stand.")
@click.option("--to", "recipients", type=click.Path(path_type=Path), metavar="LIST",
              help="CSV file of readers, as for `briefing send`; no mail if not given.")
@click.option("--page-url", help="Address of the page of an issue in mail, as for `briefing send`; that on the site at "
              "--base-url if not given.")
@click.option("--allow-unverified", is_flag=True, help="Send a brief although a number in it is not verified.")
@click.option("--in-doubt", "doubt", type=click.Choice(["hold", "resend", "drop"]), default="hold", show_default=True,
              help="See `briefing send`.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0, the default, is one a core.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed before and has not changed since.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
@click.pass_context
def publish(context: click.Context, issues: Path, out: Path, site_folder: Path | None, base_url: str,
            recipients: Path | None, page_url: str | None, allow_unverified: bool, doubt: str, jobs: int,
            retry_failed: bool, config_path: Path | None) -> None:
    """Run `briefing batch` on ISSUES, `briefing site` on all briefs, and `briefing send` for the new ones.

    The settings, the list of readers and the folder of the site are checked first. A step that fails in part stops no
    other; run the command again and it goes on where it stopped. Only briefs that `briefing publish` made are sent: an
    archive that a batch made before is not.

    Exits with 4 when an issue or a message failed, with 3 when a brief was held back.
    """
    from briefing import config as settings
    from briefing.batch.local import Limits
    from briefing.commands import batch as batches
    from briefing.commands import send as sender
    from briefing.commands.site import site
    from briefing.deliver import recipients as lists
    from briefing.deliver import settings as mail_settings
    from briefing.deliver.send import Choices
    from briefing.render.site import tree
    from briefing.render.site.options import base_url as checked

    config = settings.load(config_path)
    address = checked(base_url) if base_url else ""
    if site_folder is not None:
        tree.manifest(site_folder)
    url = ""
    if recipients is not None:
        mail = mail_settings.load(config_path)
        lists.read(recipients)
        if page_url:
            mail_settings.link("--page-url", page_url, ("https", "http"), "the command line")
        url = page_url or mail.page_url
        if url and "{issue}" not in url and "{slug}" not in url:
            raise ConfigError("the page address needs {issue} or {slug} in it")
    report = batches.run(issues, out, config, Limits(jobs), retry=retry_failed, tag=TAG)
    codes = [4 if report.failed else 0]
    if site_folder is not None:
        try:
            context.invoke(site, outputs=out, to=site_folder, base_url=base_url, name=None, day=None, no_search=False,
                           config_path=config_path)
        except SystemExit as done:
            codes.append(int(done.code or 0))
        except (BriefingError, OSError) as error:
            told = spoken(error) if isinstance(error, OSError) else str(error)
            click.echo(f"briefing: the site was not made: {told}", err=True)
            codes.append(4)
            address = ""  # a mail does not lead to a page that may not be there
        if not url and address:
            url = f"{address}issues/{{slug}}.html"
    if recipients is not None:
        waiting = _waiting(out)
        choices = Choices(url, (), False, doubt)  # type: ignore[arg-type]
        log = out.resolve() / sender.LOG
        if waiting:
            code, settled = sender.deliver([out / name for name in waiting], recipients, mail, choices, log, config,
                                           allow_unverified)
            codes.append(code)
            _note(out, [folder.name for folder in settled])
        else:
            click.echo("nothing new to send", err=True)
    sys.exit(max(codes))


def _waiting(out: Path) -> list[str]:
    """The id of each brief that was made to be published and not yet sent to everybody, oldest first."""
    from briefing.batch.manifest import Manifest

    manifest = Manifest(out, write=False)
    sent = {record.get("id") for record in manifest.records if record.get("kind") == "mailed"}
    made = dict.fromkeys(r["id"] for r in manifest.records if r.get("kind") == "done" and r.get("tag") == TAG)
    return [name for name in made if name not in sent]


def _note(out: Path, settled: list[str]) -> None:
    """Keep in the manifest that these briefs were sent to everybody."""
    from briefing.batch.manifest import Manifest

    with contextlib.closing(Manifest(out)) as manifest:
        for name in settled:
            manifest.note({"kind": "mailed", "id": name})
