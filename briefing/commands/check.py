"""The command `briefing check`: a brief, two text files, or a bilingual file, with every number compared by value."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click


@click.command()
@click.argument("path", metavar="[BRIEF|FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--zh", type=click.Path(path_type=Path), help="A Chinese text file, compared line by line with --en.")
@click.option("--en", type=click.Path(path_type=Path), help="Its English translation, line for line.")
@click.option("--columns", metavar="ZH,EN", help="Language tags (TMX, XLIFF) or columns (CSV, TSV: names, or numbers "
              "from 1) of the Chinese and the English, where they are not plain.")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl", "sarif", "junit"]), default="text",
              show_default=True, help="How findings are printed; text and jsonl come as they are found.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]),
              help="Day of publication, against which 去年 or 一季度 are resolved.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Settings file; ./briefing.toml if it exists.")
def check(path: Path | None, zh: Path | None, en: Path | None, columns: str | None, form: str,
          day: datetime.datetime | None, config_path: Path | None) -> None:
    """Compare every number by value: in a BRIEF (its folder or brief.md), in a bilingual FILE, or in --zh
    against --en.

    A FILE is TMX, XLIFF 1.2 or 2.x, CSV or TSV, told by its content; it is streamed, whatever its size. Segments
    without a translation are skipped and counted. Exits with 1 when an error or a warning is found.
    """
    from briefing import config as settings
    from briefing import recheck
    from briefing.check.bilingual import kind
    from briefing.check.segments import Skipped, parse_columns

    config = settings.load(config_path)
    today = day.date() if day else None
    skipped = Skipped()
    if path is not None and zh is None and en is None:
        if kind(path) == "brief":
            if columns is not None:
                raise click.UsageError("--columns is for TMX, XLIFF, CSV and TSV files, not for a brief")
            reports = recheck.brief(path, config)
        else:
            wanted = parse_columns(columns) if columns is not None else None
            reports, skipped = recheck.bilingual(path, config, today, wanted, recheck.terms(config))
    elif path is None and zh is not None and en is not None and columns is None:
        reports = recheck.files(zh, en, config, today, recheck.terms(config))
    else:
        raise click.UsageError("give a BRIEF or a bilingual FILE, or both --zh and --en")
    alarms = recheck.write(reports, form, sys.stdout, sys.stderr)
    if skipped.reasons:
        click.echo(f"{skipped}", err=True)
    sys.exit(1 if alarms else 0)
