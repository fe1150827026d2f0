"""A brief read back from its folder and checked anew: what is sent is what was verified, today."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from briefing.config import Config
from briefing.errors import InputError, Withheld
from briefing.model import Brief, Finding
from briefing.recheck import stored
from briefing.render.cells import table
from briefing.render.page import STATUS, WITHHELD, Page
from briefing.render.plural import counted

UNVERIFIED = ("N-", "D-", "S-DOUBTFUL")
"""How the codes of findings begin which hold a brief back, as they do for `briefing run --strict`."""


COLUMNS = (
    "interview", "figure", "subject_zh", "subject_en", "value_zh", "value_en", "base_zh", "base_en", "low", "high",
    "bound", "unit", "status", "period_zh", "period_en", "flags", "source",
)  # fmt: skip


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
    """The brief in `folder` (or in its brief.json), every pair of its page read anew."""
    if not folder.exists():
        raise InputError(f"{folder} does not exist: give a folder that `briefing run` wrote, e.g. outputs/ISSUE")
    if folder.is_file() and folder.name != "brief.json":
        raise InputError(f"{folder} is no brief: give a folder that `briefing run` wrote, e.g. outputs/ISSUE")
    done = stored(folder if folder.name == "brief.json" else folder / "brief.json", config)
    alarms = (f for f in done.brief.findings if f.severity != "note" and f.code.startswith(UNVERIFIED))
    return Ready(done.brief, done.page, tuple(alarms))


def hold_back(ready: Ready) -> None:
    """Withheld where a number of the brief is not verified."""
    if ready.unverified:
        first, found = ready.unverified[0], counted(len(ready.unverified), "finding")
        raise Withheld(
            f"{ready.brief.issue.id} is not sent: {found} on its numbers, the first "
            f"{first.code} at {first.unit}: {first.message} Correct it, accept it in briefing.toml, or give "
            "--allow-unverified"
        )


def figures_csv(page: Page, brief: Brief) -> str:
    """The key figures as CSV that a spreadsheet opens as text and numbers, never as formulas."""
    amounts = {figure.id: figure.quantity for figure in brief.figures}
    notes = {number: quoted for number, quoted, _ in page.notes}
    rows = []
    for section in page.sections:
        for row in section.figures:
            q = amounts[row.figure]
            low, high = (f"{value:f}" if value is not None else "" for value in (q.low, q.high))
            value = "" if row.value.en == WITHHELD else row.value.en
            base = (row.base.zh, "" if row.base.en == WITHHELD else row.base.en) if row.base else ("", "")
            period = (row.period.zh, row.period.en) if row.period else ("", "")
            named = (section.headline.zh, row.figure, row.subject.zh, row.subject.en)
            flags = " ".join((*row.subject.flags, *row.value.flags, *(row.base.flags if row.base else ())))
            rest = (q.bound, q.unit, STATUS[row.status][1], *period, flags, notes[row.note])
            rows.append((*named, row.value.zh, value, *base, low, high, *rest))
    return table(COLUMNS, rows).decode("utf-8")
