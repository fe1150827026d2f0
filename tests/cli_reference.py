"""The CLI reference, docs/cli.md, made from --help: ``python -m tests.cli_reference docs/cli.md``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.cli import cli


def reference() -> str:
    """The help of every command, as Markdown."""
    out = ["# Command line", "", "Made from `--help` by `make docs`.", ""]
    context = click.Context(cli, info_name="briefing", **cli.context_settings)
    out += ["```", cli.get_help(context), "```", ""]
    for name, command in cli.commands.items():
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100)
        out += [f"## briefing {name}", "", "```", command.get_help(inner), "```", ""]
    return "\n".join(out)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf8")
