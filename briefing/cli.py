"""The command line: data on standard output, everything else on standard error.

Exit codes: 0 fine, 1 findings (check), 2 wrong use or unreadable input, 3 withheld by --strict,
4 some of several inputs failed, 70 an internal error.
"""

from __future__ import annotations

import contextlib
import datetime
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing import __version__
from briefing.commands.batch import batch as batch_command
from briefing.commands.check import check as check_command
from briefing.commands.page import page as page_command
from briefing.commands.pdf import pdf as pdf_command
from briefing.commands.publish import publish as publish_command
from briefing.commands.send import send as send_command
from briefing.commands.serve import serve as serve_command
from briefing.commands.site import site as site_command
from briefing.errors import BriefingError, InputError, spoken

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.ingest.fetch import Fetched
    from briefing.model import Issue
    from briefing.pipeline import Progress

_CONFIG = click.option(
    "--config", "config_path", type=click.Path(path_type=Path), help="Settings file; ./briefing.toml if it exists."
)
_ENGINE = click.option("--engine", help="embedded (default), ct2:DIR, or hf:DIR for a local Hugging Face checkpoint.")
_THREADS = click.option("--threads", type=click.IntRange(min=0), help="Threads of the engine; 0 is one for each core.")
_DATE = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of publication, against which 去年 or 一季度 are resolved; guessed from the text if not given.",
)


class _Group(click.Group):
    """Lists the commands in the order in which one meets them, and gives each the same names for its help."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.context_settings.setdefault("help_option_names", ["-h", "--help"])
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="briefing")
def cli() -> None:
    """Chinese newspaper issues in, fact-checked bilingual briefs out.

    Every number in a brief has been read back from its English and found, by value, in the Chinese;
    one that cannot be verified is flagged or withheld. Nothing is sent anywhere: the translation
    model runs on this machine.

    Exit codes: 0 fine, 1 findings (check), 2 wrong use or unreadable input, 3 withheld by --strict,
    4 some of several inputs failed, 70 an internal error.
    """


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("outputs"), show_default=True,
              help="Folder that gets one folder an issue, with brief.md, brief.html, brief.json, check.json.")
@_DATE
@_ENGINE
@click.option("--summary", type=click.Choice(["extractive", "llm"]), default="extractive", show_default=True,
              help="llm asks the local endpoint that llm_url names; what it invents is thrown away.")
@click.option("--strict", is_flag=True, help="Write no brief and exit with 3 when any number is unverified.")
@click.option("--json", "as_json", is_flag=True, help="Print brief.json on standard output, too.")
@click.option("--fetch", is_flag=True, help="PATHS may be http(s) addresses of pages or feeds, too.")
@click.option("--fetch-private", is_flag=True, help="The same, also from hosts of the own network.")
@_CONFIG
@_THREADS
def run(paths: Sequence[Path], out: Path, day: datetime.datetime | None, engine: str | None, summary: str,
        strict: bool, as_json: bool, fetch: bool, fetch_private: bool, config_path: Path | None,
        threads: int | None) -> None:
    """Make the brief of each newspaper issue in PATHS.

    A path is a file (text, HTML, Markdown, DOCX, PDF, a scan), or a folder or ZIP archive with the files of one
    issue.
    """
    from briefing import pipeline
    from briefing.ingest import from_bytes, issue_id
    from briefing.translate.engine import load

    config = _config(config_path, engine=engine, threads=threads)
    summariser = pipeline.summariser(config, summary)
    translator = load(config.engine, threads=config.threads)
    failed: list[BriefingError] = []
    written: dict[str, Path] = {}
    for path, given in _inputs(paths, fetch or fetch_private, fetch_private):
        try:
            source: Path | Issue = path
            if isinstance(given, BriefingError):
                raise given
            if given is not None:
                source = replace(from_bytes(given.data, given.name, date=day.date() if day else None), source=given.url)
            folder = issue_id(path.name, bytes(path.resolve())).casefold()
            if written.get(folder, path).resolve() != path.resolve():
                raise InputError(f"its brief would overwrite that of {written[folder]}: give it another name or --out")
            with _progress(path.name) as progress:
                result = pipeline.run(source, out, date=day.date() if day else None, config=config, engine=translator,
                                      summarise=summariser, strict=strict, progress=progress)
        except BriefingError as error:
            click.echo(f"briefing: {path}: {error}", err=True)
            failed.append(error)
            continue
        except OSError as error:
            click.echo(f"briefing: {path}: the brief cannot be written under {out}: {error}", err=True)
            failed.append(BriefingError(str(error)))
            continue
        written[folder] = path
        counts = [section.count for section in result.page.sections]
        click.echo(
            f"{out / result.brief.issue.id / 'brief.md'}: {len(counts)} interviews, "
            f"{sum(c.brief for c in counts)} numbers, {sum(c.verified for c in counts)} verified, "
            f"{sum(c.flagged for c in counts)} flagged, {sum(c.withheld for c in counts)} withheld",
            err=True,
        )
        if as_json:
            click.echo(dict(result.files)["brief.json"], nl=False)
    if failed:
        sys.exit(failed[0].exit_code if len(paths) == 1 else 4)


cli.add_command(check_command)


@cli.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; the default is a short list to read.")
@_DATE
def extract(text: str | None, as_json: bool, day: datetime.datetime | None) -> None:
    """Print the quantities, dates, people and pledges of TEXT, or of each line of standard input (-)."""
    from briefing import lines

    today = day.date() if day else None
    for line in _lines(text):
        click.echo(lines.extract_json(line, today) if as_json else lines.extract_text(line, today))


@cli.command()
@click.argument("text", required=False)
@_ENGINE
@_DATE
@_CONFIG
@_THREADS
def translate(text: str | None, engine: str | None, day: datetime.datetime | None, config_path: Path | None,
              threads: int | None) -> None:
    """Translate TEXT, or each line of standard input (-): exactly one line comes out for each line.

    A line of which a number could not be verified is reported on standard error.
    """
    from briefing import lines

    config = _config(config_path, engine=engine, threads=threads)
    for number, (english, remark) in enumerate(lines.translate(_lines(text), config, day.date() if day else None), 1):
        click.echo(english)
        if remark:
            click.echo(f"briefing: line {number}: {remark}", err=True)


def _inputs(
    paths: Iterable[Path], fetch: bool, private: bool
) -> Iterator[tuple[Path, Fetched | BriefingError | None]]:
    """Each path, with what was fetched where it is an address, or why nothing was; a feed gives several."""
    from briefing.ingest import fetch as net

    for path in paths:
        address = str(path)
        if not net.is_address(address):
            yield path, None
        elif not fetch:
            yield path, InputError("it is an address: give --fetch, too, to have it fetched from the network")
        else:
            try:
                for page in net.pages(address, private=private):
                    yield (Path(page.name), page) if isinstance(page, net.Fetched) else (path, page)
            except BriefingError as error:
                yield path, error


def _config(path: Path | None, **options: Any) -> Config:
    from briefing import config

    return config.load(path, **options)


def _lines(text: str | None) -> Iterator[str]:
    """The lines of an argument, or of standard input read as UTF-8; InputError where it is not."""
    if text is not None and text != "-":
        try:
            text.encode("utf8")
        except UnicodeEncodeError as error:
            raise InputError("TEXT is not UTF-8: convert it first (iconv)") from error
        yield from text.split("\n")
        return
    if text is None and sys.stdin.isatty():
        raise click.UsageError("give a TEXT, or - to read standard input")
    for number, raw in enumerate(sys.stdin.buffer, 1):
        try:
            yield raw.decode("utf8").rstrip("\r\n").removeprefix("\ufeff" if number == 1 else "")
        except UnicodeDecodeError as error:
            raise InputError(f"line {number} of standard input is not UTF-8: convert it first (iconv)") from error


@contextlib.contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """Shows the stage at work where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(escape(name)) as status:
        yield lambda stage: status.update(f"{escape(name)}: {stage}")


cli.add_command(page_command)
cli.add_command(pdf_command)
cli.add_command(site_command)
cli.add_command(serve_command)
cli.add_command(send_command)
cli.add_command(batch_command)
cli.add_command(publish_command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; no traceback reaches the user unless the fault is ours."""
    try:
        cli.main(args=list(args) if args is not None else None, standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except BriefingError as error:
        click.echo(f"briefing: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(f"briefing: {spoken(error)}", err=True)
        sys.exit(2)
    except Exception:
        traceback.print_exc()
        click.echo(f"briefing {__version__}: this is a bug. Please report it with the lines above.", err=True)
        sys.exit(70)
    sys.exit(0)
