"""Bilingual, fact-checked briefs from Chinese newspaper issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Result", "__version__", "run"]

if TYPE_CHECKING:
    from briefing.pipeline import Result, run


def __getattr__(name: str) -> Any:
    """`run` and `Result`, imported when first asked for: ``import briefing`` stays cheap."""
    if name in ("run", "Result"):
        from briefing import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'briefing' has no attribute {name!r}")
