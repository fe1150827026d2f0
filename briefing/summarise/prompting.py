"""Prompts are files, filled by `string.Template`: a missing or unknown variable is an error, never an empty gap."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import briefing
from briefing.errors import PromptError


def folder() -> Traversable:
    """Where the prompts are: inside the installed package, or beside it in a checkout."""
    installed = files(briefing).joinpath("prompts")
    if installed.is_dir():
        return installed
    beside = Path(briefing.__file__).resolve().parents[1] / "prompts"
    if beside.is_dir():
        return beside
    raise PromptError(f"there are no prompts in {installed} nor in {beside}: install the package again")


@cache
def template(name: str) -> Template:
    """The prompt that the file ``<name>.txt`` holds."""
    if not name.replace("_", "").isalnum():
        raise PromptError(f"{name!r} is no name of a prompt: letters, digits and underscores only")
    try:
        return Template(folder().joinpath(f"{name}.txt").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"the prompt {name}.txt cannot be read: {error}") from error


def fill(name: str, **variables: str) -> str:
    """The prompt `name` with its variables; PromptError names what is missing, unknown or malformed."""
    prompt = template(name)
    if not prompt.is_valid():
        raise PromptError(f"the prompt {name}.txt has a $ that begins no variable: write $$ for a dollar sign")
    wanted = set(prompt.get_identifiers())
    if missing := sorted(wanted - variables.keys()):
        raise PromptError(f"the prompt {name}.txt asks for {', '.join(missing)}, which nobody gives")
    if unknown := sorted(variables.keys() - wanted):
        raise PromptError(f"the prompt {name}.txt has no place for {', '.join(unknown)}")
    return prompt.substitute(variables)


@cache
def prompts_hash() -> str:
    """Twelve hexadecimal digits over the names and the texts of all prompts, for the signature of a brief."""
    digest = hashlib.sha256()
    for entry in sorted(folder().iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
