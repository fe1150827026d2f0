"""Whether reading a text takes time in proportion to its length: by the ratio of two lengths, not by the clock."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

SIZES = (3_000, 12_000)
"""Characters; the larger is four times the smaller."""
SLACK = 3.0
"""How much more than four times as long the larger may take: a quadratic reader takes sixteen times."""
LEAST = 0.003
"""Seconds under which a ratio says nothing."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor time of the faster of two readings, without the garbage collector."""
    best = float("inf")
    for _ in range(2):
        gc.disable()
        began = time.process_time()
        read(text)
        best = min(best, time.process_time() - began)
        gc.enable()
    return best


def is_linear(read: Callable[[str], object], seed: str) -> bool:
    """Whether four times the text takes about four times the time."""
    short, long = (seconds(read, (seed * (size // len(seed) + 1))[:size]) for size in SIZES)
    return long <= max(short, LEAST) * (SIZES[1] / SIZES[0]) * SLACK
