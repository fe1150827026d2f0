"""What may travel with a mail: the brief as Markdown, as PDF, and its figures as CSV."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from typing import Literal

from briefing.deliver.brief import Ready, figures_csv
from briefing.deliver.message import Attachment
from briefing.errors import MissingReader
from briefing.render import markdown

Attach = Literal["md", "pdf", "csv"]


def attachments(ready: Ready, wanted: Iterable[Attach]) -> tuple[Attachment, ...]:
    """The files of `wanted`, made of the brief as it was checked just now."""
    name = ready.brief.issue.id
    out = []
    for form in dict.fromkeys(wanted):
        if form == "md":
            out.append(Attachment(f"{name}.md", "text/markdown", markdown.render(ready.page).encode("utf8", "replace")))
        elif form == "csv":
            made = figures_csv(ready.page, ready.brief)
            out.append(Attachment(f"{name}-figures.csv", "text/csv", made.encode("utf8", "replace")))
        else:
            out.append(Attachment(f"{name}.pdf", "application/pdf", _pdf(ready)))
    return tuple(out)


def _pdf(ready: Ready) -> bytes:
    if importlib.util.find_spec("briefing.render.pdf") is None:
        raise MissingReader("this version of briefing makes no PDF: attach md or csv instead")
    made: bytes = importlib.import_module("briefing.render.pdf").pdf(ready.page, ready.brief)
    return made
