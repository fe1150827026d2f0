"""Bilingual, fact-checked briefs from Chinese newspaper issues."""

__version__ = "0.1.0"
