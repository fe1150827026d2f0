"""What became of each message, on disk before the next step: what keeps a second run from repeating the first.

    planned ─ submit ─→ handing ─→ sent
                           │  └──→ deferred, refused
                           └ crash or broken connection: in doubt

`handing` is written when all of a message but its last line has been sent: a crash before it lost nothing and delivered
nothing. Between the last line and the server's answer lies the one moment of which nobody can tell afterwards; a
message that was caught in it is in doubt until the policy of the next run decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing.ledger import Journal, Record

State = Literal["handing", "sent", "deferred", "refused", "in_doubt", "dropped"]
"""dropped: in doubt, and the user decided that it counts as sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last that is known of one message."""

    issue: str
    email: str
    message: str
    """The Message-ID."""
    state: State
    reply: str = ""

    @property
    def done(self) -> bool:
        """Whether the recipient has it."""
        return self.state in ("sent", "dropped")

    @property
    def doubtful(self) -> bool:
        """Whether it was caught between the last line and the answer."""
        return self.state in ("handing", "in_doubt")


class Log:
    """The log at `path`, held by this run alone."""

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path)
        self._last: dict[tuple[str, str], dict[str, Delivery]] = {}
        for delivery in read(self._journal.records):
            self._keep(delivery)

    def record(self, delivery: Delivery, now: datetime.datetime) -> None:
        """Write `delivery`; it is on disk when this returns."""
        self._journal.append(
            {
                "time": now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
                "issue": delivery.issue,
                "email": delivery.email,
                "message": delivery.message,
                "state": delivery.state,
                "reply": delivery.reply,
            }
        )
        self._keep(delivery)

    def of(self, issue: str, email: str) -> tuple[Delivery, ...]:
        """What is known of the versions of `issue` for `email`, oldest first."""
        return tuple(self._last.get((issue, email.casefold()), {}).values())

    def close(self) -> None:
        """Give the log up to other runs."""
        self._journal.close()

    def _keep(self, delivery: Delivery) -> None:
        known = self._last.setdefault((delivery.issue, delivery.email.casefold()), {})
        known.pop(delivery.message, None)
        known[delivery.message] = delivery


def read(records: Iterable[Record]) -> list[Delivery]:
    """The deliveries in the records of a journal, oldest first; other records are passed over."""
    fields = ("issue", "email", "message", "state", "reply")
    return [Delivery(*(str(r[name]) for name in fields)) for r in records if all(name in r for name in fields)]  # type: ignore[arg-type]
