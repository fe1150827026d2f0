"""Choosing the sentences that stand for an interview."""

from __future__ import annotations

from briefing.summarise.base import Summariser
from briefing.summarise.extractive import Extractive
from briefing.summarise.prompting import prompts_hash

__all__ = ["Extractive", "Summariser", "prompts_hash"]
