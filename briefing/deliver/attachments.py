"""What may travel with a mail: the brief as Markdown, as PDF, and its figures as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from briefing.deliver.brief import Ready, figures_csv
from briefing.deliver.message import Attachment
from briefing.render import html, markdown, pdf

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
    """As `briefing pdf` prints it; PrintError without a Chromium."""
    browser = pdf.find()
    with TemporaryDirectory(prefix="briefing-mail-") as folder:
        target = Path(folder) / "brief.pdf"
        pdf.write(html.page(ready.page, ready.brief), target, browser=browser)
        return target.read_bytes()
