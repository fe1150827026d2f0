"""A brief read back from its folder and checked anew: what is sent is what was verified, today."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from briefing import store
from briefing.check.report import excuse
from briefing.config import Config
from briefing.errors import InputError, Withheld
from briefing.extract.quantities import quantities
from briefing.model import Brief, Finding
from briefing.recheck import check_page
from briefing.render.page import STATUS, WITHHELD, Page, build

UNVERIFIED = ("N-", "D-", "S-DOUBTFUL")
"""How the codes of findings begin which hold a brief back, as they do for `briefing run --strict`."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A brief that may be sent."""

    brief: Brief
    page: Page
    unverified: tuple[Finding, ...] = ()

    @property
    def key(self) -> str:
        """Which issue it is, whatever was made of it: a folder of the same name may hold another one next week."""
        issue = self.brief.issue
        if issue.date is not None:
            return f"{issue.id}/{issue.date.isoformat()}"
        return f"{issue.id}/{sha256(issue.raw.encode('utf8', 'surrogatepass')).hexdigest()[:16]}"


def load(folder: Path, config: Config) -> Ready:
    """The brief in `folder` (or in its brief.json), every pair of its page read anew.

    What the run found stands, but for what an editor accepts; what is found now is added.
    """
    file = folder if folder.name == "brief.json" else folder / "brief.json"
    if not folder.exists():
        raise InputError(f"{folder} does not exist: give a folder that `briefing run` wrote, e.g. outputs/ISSUE")
    brief = store.read(file)
    try:
        bare = build(replace(brief, findings=()))
        found, counts, _ = check_page(bare, brief, quantities(brief.issue.text), config.accept)
        known = tuple(excuse(brief.findings, config.accept))
        told = {(f.unit, f.code) for f in known}
        done = replace(brief, findings=(*known, *(f for f in found if (f.unit, f.code) not in told)))
        page = build(done, counts)
    except (KeyError, IndexError, ValueError, TypeError, StopIteration) as error:
        raise InputError(f"{file} does not hold together ({error!r}): run `briefing run` again") from error
    return Ready(done, page, tuple(f for f in done.findings if f.severity != "note" and f.code.startswith(UNVERIFIED)))


def hold_back(ready: Ready) -> None:
    """Withheld where a number of the brief is not verified."""
    if ready.unverified:
        first = ready.unverified[0]
        raise Withheld(
            f"{ready.brief.issue.id} is not sent: {len(ready.unverified)} findings on its numbers, the first "
            f"{first.code} at {first.unit}: {first.message} Correct it, accept it in briefing.toml, or give "
            "--allow-unverified"
        )


def figures_csv(page: Page, brief: Brief) -> str:
    """The key figures as CSV that a spreadsheet opens as text and numbers, never as formulas."""
    amounts = {figure.id: figure.quantity for figure in brief.figures}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("interview", "figure", "subject_zh", "subject_en", "value_zh", "value_en", "low", "high", "bound",
                     "unit", "status", "period_zh", "period_en", "flags", "source"))  # fmt: skip
    notes = {number: quoted for number, quoted, _ in page.notes}
    for section in page.sections:
        for row in section.figures:
            quantity = amounts[row.figure]
            low, high = (f"{value:f}" if value is not None else "" for value in (quantity.low, quantity.high))
            value = "" if row.value.en == WITHHELD else row.value.en
            period = (row.period.zh, row.period.en) if row.period else ("", "")
            cells = (section.headline.zh, row.figure, row.subject.zh, row.subject.en, row.value.zh, value)
            rest = (STATUS[row.status][1], *period, " ".join((*row.subject.flags, *row.value.flags)), notes[row.note])
            texts = (*map(guarded, cells), low, high, quantity.bound, guarded(quantity.unit), *map(guarded, rest))
            writer.writerow(texts)
    return "\ufeff" + out.getvalue()


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula.

    >>> guarded('=HYPERLINK("x")'), guarded("33家")
    ('\\'=HYPERLINK("x")', '33家')
    """
    bare = text.lstrip(" \u00a0\u3000\ufeff")
    return f"'{text}" if bare[:1] in tuple("=+-@\t\r\n＝＋－＠|%") and bare else text
