"""What every summariser is: a name, and one method from an interview to its summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from briefing.model import Figure, Finding, Interview, Issue, Pledge, Summary


class Summariser(Protocol):
    """Chooses the sentences that stand for one interview; it never rewrites them."""

    @property
    def name(self) -> str:
        """ "extractive" or "llm", as `Summary.method` says it."""
        ...

    def summarise(
        self, issue: Issue, interview: Interview, figures: Sequence[Figure], pledges: Sequence[Pledge]
    ) -> tuple[Summary, tuple[Finding, ...]]:
        """The summary of `interview`, and what an editor should know about how it was made."""
        ...
