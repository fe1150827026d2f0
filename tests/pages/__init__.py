"""Newspaper pages in many layouts, set by a real layout engine, with the text that they ought to give."""
