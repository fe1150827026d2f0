"""Train the Marian-type model on packed pairs for a given time, on CPU."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import torch
import torch.multiprocessing as mp
from torch import nn
from transformers import MarianConfig, MarianMTModel


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; the defaults are the ones the released model was trained with."""

    data: dict[str, float | list[float]]
    """Packed files (without .npz) and the share of batches from each, or its share at the start and at the end."""
    out: str
    spm: str
    init: str = ""
    minutes: float = 10.0
    d: int = 256
    ffn: int = 1024
    encoder: int = 4
    decoder: int = 2
    tokens: int = 1200
    lr: float = 1e-3
    warm: int = 300
    floor: float = 0.05
    decay_from: float = 0.5
    smooth: float = 0.1
    drop: float = 0.1
    seed: int = 1
    save_every: float = 240.0
    workers: int = 2
    copying: float = 0.0
    """Strength of a start in which each decoder layer attends to like positions and writes what it finds there."""
    heldout: list[str] = field(default_factory=list)


class Packed:
    """Token pairs in flat arrays, served as length-bucketed batches for ever."""

    def __init__(self, path: Path, tokens: int, rng: np.random.Generator, pad: int) -> None:
        z = np.load(path)
        self.src, self.tgt = z["src"], z["tgt"]
        self.sl, self.tl = z["src_len"].astype(np.int64), z["tgt_len"].astype(np.int64)
        self.so = np.concatenate([[0], np.cumsum(self.sl)])
        self.to = np.concatenate([[0], np.cumsum(self.tl)])
        self.tokens, self.rng, self.pad = tokens, rng, pad
        self._queue: list[np.ndarray] = []
        self.epochs = 0

    def batch(self) -> np.ndarray:
        """The indices of the next batch."""
        if not self._queue:
            self.epochs += 1
            perm = self.rng.permutation(len(self.sl))
            for c in range(0, len(perm), 20000):
                q = perm[c : c + 20000]
                q = q[np.lexsort((self.sl[q], self.tl[q]))]
                start = widest = 0
                for i, n in enumerate(np.maximum(self.tl[q], (self.sl[q] * 0.8).astype(int))):
                    widest = max(widest, int(n))
                    if i > start and widest * (i - start + 1) > self.tokens:
                        self._queue.append(q[start:i])
                        start, widest = i, int(n)
                self._queue.append(q[start:])
            self._queue = [self._queue[k] for k in self.rng.permutation(len(self._queue))]
        return self._queue.pop()

    def tensors(self, ids: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Padded source and target."""
        return self._padded(self.src, self.so, self.sl, ids), self._padded(self.tgt, self.to, self.tl, ids)

    def _padded(self, flat: np.ndarray, offset: np.ndarray, lens: np.ndarray, ids: np.ndarray) -> torch.Tensor:
        width = np.arange(lens[ids].max())
        inside = width[None] < lens[ids][:, None]
        at = np.minimum(offset[ids][:, None] + width[None], len(flat) - 1)
        return torch.from_numpy(np.where(inside, flat[at], self.pad).astype(np.int64))


def build(s: Settings, vocabulary: int) -> MarianMTModel:
    """A fresh model: tied embeddings, Xavier weights, embeddings of unit variance after scaling."""
    pad = vocabulary - 1
    model = MarianMTModel(
        MarianConfig(
            vocab_size=vocabulary, d_model=s.d, encoder_layers=s.encoder, decoder_layers=s.decoder,
            encoder_ffn_dim=s.ffn, decoder_ffn_dim=s.ffn, encoder_attention_heads=s.d // 64,
            decoder_attention_heads=s.d // 64, pad_token_id=pad, eos_token_id=0, decoder_start_token_id=pad,
            forced_eos_token_id=0, max_position_embeddings=256, share_encoder_decoder_embeddings=True,
            tie_word_embeddings=True, activation_function="relu", scale_embedding=True, dropout=s.drop,
            attention_dropout=0.0, activation_dropout=0.0,
        )
    )  # fmt: skip
    for module in model.modules():
        if isinstance(module, nn.Linear) and module.weight is not model.model.shared.weight:
            nn.init.xavier_uniform_(module.weight)
    nn.init.normal_(model.model.shared.weight, std=s.d**-0.5)
    if s.copying:
        for layer in model.model.decoder.layers:
            attention = layer.encoder_attn
            with torch.no_grad():
                for projection, scale in ((attention.q_proj, 1.0), (attention.k_proj, 1.0), (attention.v_proj, 1.0),
                                          (attention.out_proj, s.copying)):  # fmt: skip
                    noise = 0.1 * projection.weight
                    projection.weight.copy_(scale * torch.eye(s.d) + noise)
    return model


def loss_of(model: MarianMTModel, x: torch.Tensor, y: torch.Tensor, pad: int, smooth: float) -> torch.Tensor:
    """Cross entropy per target token; the output layer sees only real positions."""
    mask = (x != pad).long()
    shifted = torch.cat([torch.full_like(y[:, :1], pad), y[:, :-1]], 1)
    hidden = model.model(input_ids=x, attention_mask=mask, decoder_input_ids=shifted)[0]
    real = y != pad
    logits = model.lm_head(hidden[real]) + model.final_logits_bias[0]
    return nn.functional.cross_entropy(logits.float(), y[real], label_smoothing=smooth)


@torch.no_grad()
def gap(model: MarianMTModel, data: Packed, pad: int, count: int = 96) -> tuple[float, float]:
    """The loss with the true source and with another pair's: how far the model looks at its input."""
    model.eval()
    order = np.argsort(data.tl, kind="stable")
    picks = order[np.linspace(0, len(order) - 1, count).astype(int)]
    true = wrong = words = 0.0
    for c in range(0, count, 24):
        ids = picks[c : c + 24]
        x, y = data.tensors(ids)
        n = float((y != pad).sum())
        true += float(loss_of(model, x, y, pad, 0.0)) * n
        wrong += float(loss_of(model, x.roll(1, 0), y, pad, 0.0)) * n
        words += n
    model.train()
    return true / words, wrong / words


def run(s: Settings) -> Path:
    """Train for ``s.minutes`` and return the checkpoint's folder.

    ``s.workers`` processes of one thread each update the same shared weights without locks, each with its own
    moments: on two busy cores that does twice the steps of one process with two threads, which would wait for
    each other in every matrix product.
    """
    torch.set_num_threads(1)
    torch.manual_seed(s.seed)
    out = Path(s.out)
    out.mkdir(parents=True, exist_ok=True)
    pad = sentencepiece.SentencePieceProcessor(model_file=s.spm).vocab_size()
    model = MarianMTModel.from_pretrained(s.init) if s.init else build(s, pad + 1)
    for module in model.modules():
        if isinstance(getattr(module, "dropout", None), float):
            module.dropout = s.drop
    model.share_memory()
    begin = time.time()
    others = [mp.get_context("fork").Process(target=_work, args=(s, model, pad, k, begin)) for k in range(1, s.workers)]
    for other in others:
        other.start()
    optimizer = _work(s, model, pad, 0, begin)
    for other in others:
        other.join()
    _save(model, optimizer, out, s)
    return out


def _work(s: Settings, model: MarianMTModel, pad: int, worker: int, begin: float) -> torch.optim.Optimizer:
    """One worker's steps until the time is over; the first one writes the log and the snapshots."""
    out = Path(s.out)
    rng = np.random.default_rng(s.seed * 100 + worker)
    torch.manual_seed(s.seed * 100 + worker)
    names = list(s.data)
    data = {n: Packed(Path(n + ".npz"), s.tokens, rng, pad) for n in names}
    held = [Packed(Path(n + ".npz"), s.tokens, rng, pad) for n in s.heldout]
    optimizer = torch.optim.AdamW(model.parameters(), lr=s.lr, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.01)
    state = Path(s.init, "optimizer.pt") if s.init else None
    if state is not None and state.exists():
        optimizer.load_state_dict(torch.load(state, weights_only=True))
    model.train()
    last = saved = reported = time.time()
    total = seen = step = snapshots = 0
    loss_sum = 0.0
    while (spent := time.time() - begin) < s.minutes * 60:
        done = spent / (s.minutes * 60)
        shares = np.array([_share(s.data[n], done) for n in names])
        rate = s.lr * min(1.0, (step + 1) / s.warm)
        rate *= max(s.floor, min(1.0, (1 - done) / max(1e-9, 1 - s.decay_from)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        source = data[names[rng.choice(len(names), p=shares / shares.sum())]]
        x, y = source.tensors(source.batch())
        loss = loss_of(model, x, y, pad, s.smooth)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            model.model.shared.weight[pad].zero_()  # Marian starts decoding from a zero embedding
        n = int((y != pad).sum())
        step, total, seen, loss_sum = step + 1, total + n, seen + n, loss_sum + float(loss.detach()) * n
        if worker == 0 and time.time() - last > 60:
            line = f"{spent:.0f}s step {step} tokens {total / 1e6:.2f}M loss {loss_sum / seen:.3f} lr {rate:.5f}"
            line += f" {seen / (time.time() - last):.0f} tok/s"
            if time.time() - reported > 300:
                line += _gaps(model, s, held, pad)
                reported = time.time()
            _log(out, line)
            last, seen, loss_sum = time.time(), 0, 0.0
        if worker == 0 and time.time() - saved > s.save_every:
            snapshots += 1
            _save(model, optimizer, out, s)
            torch.save({k: v.half() for k, v in model.state_dict().items()}, out / f"snapshot-{snapshots % 8}.pt")
            saved = time.time()
    line = f"worker {worker} done: {step} steps, {total / 1e6:.2f}M target tokens, {(time.time() - begin) / 60:.1f} min"
    _log(out, line + (_gaps(model, s, held, pad) if worker == 0 else ""))
    return optimizer


def _share(share: float | list[float], done: float) -> float:
    """A set's share of the batches: a number, or two, between which it moves in the course of the run."""
    return share if isinstance(share, int | float) else share[0] + (share[1] - share[0]) * done


def _gaps(model: MarianMTModel, s: Settings, held: list[Packed], pad: int) -> str:
    texts = []
    for name, packed in zip(s.heldout, held, strict=True):
        true, wrong = gap(model, packed, pad)
        texts.append(f" | {Path(name).name}: loss {true:.3f}, with a wrong source {wrong:.3f}")
    return "".join(texts)


def _save(model: MarianMTModel, optimizer: torch.optim.Optimizer, out: Path, s: Settings) -> None:
    model.save_pretrained(out)
    torch.save(optimizer.state_dict(), out / "optimizer.pt")
    (out / "settings.json").write_text(json.dumps(asdict(s), indent=1), encoding="utf-8")


def _log(out: Path, line: str) -> None:
    print(line, flush=True)
    with (out / "log.txt").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def main() -> None:
    """Run the settings of a JSON file, with overrides ``key=value``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("settings", type=Path)
    parser.add_argument("overrides", nargs="*")
    a = parser.parse_args()
    values: dict[str, Any] = json.loads(a.settings.read_text(encoding="utf-8"))
    for item in a.overrides:
        key, _, value = item.partition("=")
        try:
            values[key] = json.loads(value)
        except json.JSONDecodeError:
            values[key] = value
    run(Settings(**values))


if __name__ == "__main__":
    main()
