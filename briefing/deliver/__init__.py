"""Sending briefs by mail: who gets what, how a message is made, and what became of it."""
