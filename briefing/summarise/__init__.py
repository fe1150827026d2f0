"""Choosing the sentences that stand for an interview."""
