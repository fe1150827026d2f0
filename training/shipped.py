"""The network that the package ships, as a checkpoint that training can go on from.

The int8 weights are the only form in which the network is kept, so a lost training folder costs the moments of the
optimizer and the rounding of the weights, no more.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import torch

from training.train import Settings, build

_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
"""CTranslate2's numbers for the types of its variables."""


def variables(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a CTranslate2 ``model.bin`` by name; int8 rows are scaled back to float32.

    The layout is that of ``ctranslate2.specs.model_spec.ModelSpec._serialize`` (version 6 of the format).

    Raises:
        ValueError: the file is of another version.
    """
    data = path.read_bytes()
    at = 0

    def number(letter: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from("<" + letter, data, at)
        at += struct.calcsize("<" + letter)
        return int(value)

    def text() -> str:
        nonlocal at
        length = number("H")
        at += length
        return data[at - length : at - 1].decode()

    if (version := number("I")) != 6:
        raise ValueError(f"{path}: version {version} of the format; only 6 is known")
    text(), number("I")
    arrays = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = _TYPES[number("B")], number("I")
        arrays[name] = np.frombuffer(data, kind, size // np.dtype(kind).itemsize, at).reshape(shape)
        at += size
    for name, array in list(arrays.items()):
        if array.dtype == np.int8 and array.ndim == 2:
            arrays[name] = array.astype(np.float32) / arrays[name + "_scale"][:, None]
    for _ in range(number("I")):
        alias, name = text(), text()
        arrays[alias] = arrays[name]
    return arrays


def checkpoint(model: Path, shape: Settings, out: Path) -> Path:
    """Write the network of the shipped folder `model`, which has the given shape, as a checkpoint into `out`."""
    found = variables(model / "model.bin")
    embeddings = found["encoder/embeddings_0/weight"]
    network = build(shape, len(embeddings) + 1)
    with torch.no_grad():
        network.model.shared.weight.zero_()  # the last row is that of padding, from which decoding starts
        network.model.shared.weight[: len(embeddings)] = torch.tensor(embeddings)
        for side in ("encoder", "decoder"):
            for i, layer in enumerate(getattr(network.model, side).layers):
                _fill(layer, f"{side}/layer_{i}", found)
    network.save_pretrained(out)
    return out


def _fill(layer: torch.nn.Module, name: str, found: dict[str, np.ndarray]) -> None:
    """Copy one layer, whose projections CTranslate2 keeps joined, into transformers' modules."""
    q, k, v, joined = "q_proj", "k_proj", "v_proj", "out_proj"
    parts = [("self_attn", "self_attention", [[q, k, v], [joined]])]
    if hasattr(layer, "encoder_attn"):
        parts.append(("encoder_attn", "attention", [[q], [k, v], [joined]]))
    for module, key, groups in parts:
        attention = getattr(layer, module)
        for n, projections in enumerate(groups):
            for kind in ("weight", "bias"):
                rows = np.split(found[f"{name}/{key}/linear_{n}/{kind}"], len(projections))
                for projection, values in zip(projections, rows, strict=True):
                    getattr(getattr(attention, projection), kind).copy_(torch.tensor(values))
        _norm(getattr(layer, f"{module}_layer_norm"), f"{name}/{key}/layer_norm", found)
    for n, linear in enumerate((layer.fc1, layer.fc2)):
        linear.weight.copy_(torch.tensor(found[f"{name}/ffn/linear_{n}/weight"]))
        linear.bias.copy_(torch.tensor(found[f"{name}/ffn/linear_{n}/bias"]))
    _norm(layer.final_layer_norm, f"{name}/ffn/layer_norm", found)


def _norm(norm: torch.nn.LayerNorm, name: str, found: dict[str, np.ndarray]) -> None:
    norm.weight.copy_(torch.tensor(found[f"{name}/gamma"]))
    norm.bias.copy_(torch.tensor(found[f"{name}/beta"]))

