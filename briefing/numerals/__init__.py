"""Numerals and units of both languages: text to Decimal and back."""
