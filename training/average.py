"""Average the last snapshots of a run into one checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import MarianMTModel


def average(checkpoint: Path, snapshots: Sequence[Path], out: Path) -> Path:
    """Write the mean of the snapshots' weights, in the configuration of `checkpoint`."""
    model = MarianMTModel.from_pretrained(checkpoint)
    states = [torch.load(path, weights_only=True) for path in snapshots]
    mean = {
        key: torch.stack([state[key].float() for state in states]).mean(0) if value.is_floating_point() else value
        for key, value in states[0].items()
    }
    model.load_state_dict(mean)
    model.save_pretrained(out)
    return out
