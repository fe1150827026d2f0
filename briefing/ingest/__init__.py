"""Readers: bytes in a known format to text."""
