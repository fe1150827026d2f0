"""The commands that publish briefs: one module a command, each registered by `briefing.cli`.

A module here imports nothing but click at its top, so that `briefing --help` stays quick.
"""
