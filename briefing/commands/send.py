"""The command `briefing send`: a brief to a list of readers, one message each, none of them twice."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.errors import BriefingError, ConfigError, Withheld, about

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.deliver.send import Choices
    from briefing.deliver.settings import Mail

LOG = "deliveries.jsonl"


@click.command()
@click.argument("issues", metavar="ISSUE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "recipients", required=True, type=click.Path(path_type=Path), metavar="LIST",
              help="CSV file with the columns email, name, language (zh, en or both) and topics.")
@click.option("--page-url", help="Address of the page of an issue, with {issue} (its id) or {slug} (its name on the "
              "site) in it.")
@click.option("--attach", multiple=True, type=click.Choice(["md", "pdf", "csv"]),
              help="Attach the brief as Markdown or PDF, or its figures as CSV; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Write the messages as .eml files and send nothing.")
@click.option("--eml", type=click.Path(path_type=Path, file_okay=False), default=Path("eml"), show_default=True,
              help="Folder for the .eml files of --dry-run.")
@click.option("--allow-unverified", is_flag=True, help="Send a brief although a number in it is not verified.")
@click.option("--updates", is_flag=True, help="Send a brief that has changed to those who have an older version.")
@click.option("--in-doubt", "doubt", type=click.Choice(["hold", "resend", "drop"]), default="hold", show_default=True,
              help="A message of which the server never said whether it took it: hold tells you, resend sends it again "
              "under the same Message-ID, drop counts it as sent.")
@click.option("--log", "log_path", type=click.Path(path_type=Path, dir_okay=False),
              help=f"Log of deliveries; {LOG} beside the folder of the first ISSUE if not given.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
def send(issues: Sequence[Path], recipients: Path, page_url: str | None, attach: tuple[str, ...], dry_run: bool,
         eml: Path, allow_unverified: bool, updates: bool, doubt: str, log_path: Path | None,
         config_path: Path | None) -> None:
    """Send each ISSUE (its folder under outputs) by mail to the readers on LIST.

    Each brief is checked again first. A reader gets a message of their own, and never the same brief twice: what was
    sent is logged, and the same command run again goes on where the last one stopped. The server stands in the table
    [mail] of briefing.toml, the password in BRIEFING_SMTP_PASSWORD or a file. See docs/email.md.

    Exits with 3 when a brief is held back for a number that is not verified, with 4 when a message could not be sent.
    """
    from briefing import config as settings
    from briefing.deliver import settings as mail_settings
    from briefing.deliver.send import Choices

    config = settings.load(config_path)
    mail = mail_settings.load(config_path, server=not dry_run)
    if page_url:
        mail_settings.link("--page-url", page_url, ("https", "http"), "the command line")
    url = page_url or mail.page_url
    if url and len(issues) > 1 and "{issue}" not in url and "{slug}" not in url:
        raise ConfigError("the page address needs {issue} or {slug} in it where several issues are sent")
    choices = Choices(url, attach, updates, doubt)  # type: ignore[arg-type]
    log = log_path or issues[0].resolve().parent / LOG
    code, _ = deliver(issues, recipients, mail, choices, log, config, allow_unverified, eml if dry_run else None)
    sys.exit(code)


def deliver(issues: Sequence[Path], listed: Path, mail: Mail, choices: Choices, log_path: Path, config: Config,
            allow_unverified: bool = False, eml: Path | None = None) -> tuple[int, list[Path]]:
    """Send all `issues`: the exit code, and those with which there is nothing left to do.

    With `eml` the messages are written there instead.
    """
    from briefing.deliver import recipients
    from briefing.deliver.brief import hold_back, load
    from briefing.deliver.log import Log
    from briefing.deliver.send import send as send_brief

    people = recipients.read(listed)
    code = 0
    settled: list[Path] = []
    log = Log(log_path) if eml is None else None
    try:
        for folder in issues:
            try:
                ready = load(folder, config)
                if not allow_unverified:
                    hold_back(ready)
            except BriefingError as error:
                click.echo(f"briefing: {about(folder, error)}", err=True)
                code = max(code, 3 if isinstance(error, Withheld) else 4 if len(issues) > 1 else error.exit_code)
                continue
            name = ready.brief.issue.id
            if log is None:
                assert eml is not None
                from briefing.deliver.dry import write
                from briefing.render.plural import counted

                written = write(ready, people, mail, choices, eml)
                click.echo(f"{name}: {counted(written, 'message')} written to {eml}, nothing sent", err=True)
                continue
            tally = send_brief(ready, people, mail, choices, log, say=_say)
            click.echo(f"{name}: {tally}", err=True)
            code = max(code, 4 if tally.failed else 0)
            if tally.settled:
                settled.append(folder)
    finally:
        if log is not None:
            log.close()
    return code, settled


def _say(text: str) -> None:
    click.echo(f"briefing: {text}", err=True)
