"""Any local Hugging Face seq2seq checkpoint as a translation engine (opus-mt, NLLB, M2M100, mBART …).

General models were not trained to copy our slot tokens. Where one leaks or loses them, the unit is
retried and then falls back, as for every engine; nothing is repaired by guessing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing.errors import ModelError

# The codes under which multilingual tokenizers know our two languages, in order of trial.
_SOURCE = ("zho_Hans", "zh_CN", "zh")
_TARGET = ("eng_Latn", "en_XX", "en")


class HfTranslator:
    """A seq2seq checkpoint in a local folder, run by transformers on torch."""

    def __init__(self, folder: Path, *, threads: int = 0, beam: int = 4, best: int = 4) -> None:
        """Load from `folder`; ModelError when torch is missing or the folder holds no such checkpoint."""
        try:
            import torch
            from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
        except ImportError as error:
            raise ModelError("the engine hf: needs torch: pip install 'briefing[torch]'") from error
        if not (folder / "config.json").is_file():
            raise ModelError(f"{folder} holds no checkpoint (no config.json): give the folder of a downloaded model")
        if threads:
            torch.set_num_threads(threads)
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
            self._model: Any = AutoModelForSeq2SeqLM.from_pretrained(str(folder), local_files_only=True).eval()
        except Exception as error:  # weights, tokenizer and configuration raise kinds of their own where damaged
            raise ModelError(f"{folder} cannot be loaded as a seq2seq model: {error}") from error
        self._torch, self._beam, self._best = torch, beam, min(best, beam)
        self._longest = min(256, getattr(self._model.config, "max_position_embeddings", None) or 256)
        self._extra: dict[str, Any] = {}
        codes = getattr(self._tokenizer, "lang_code_to_id", None) or self._tokenizer.get_vocab()
        for code in _SOURCE:
            if hasattr(self._tokenizer, "src_lang") and (code in codes or f"__{code}__" in codes):
                self._tokenizer.src_lang = code
                break
        if hasattr(self._tokenizer, "src_lang"):
            for code in _TARGET:
                for piece in (code, f"__{code}__"):
                    if piece in codes:
                        self._extra.setdefault("forced_bos_token_id", self._tokenizer.convert_tokens_to_ids(piece))
        digest = hashlib.sha256()
        parts = {".safetensors", ".bin", ".json", ".model", ".spm"}
        for path in sorted(p for p in folder.iterdir() if p.suffix in parts):
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        self.name, self.model_hash = f"hf:{folder.resolve().name}", digest.hexdigest()[:12]

    def more(self, texts: Sequence[str]) -> list[list[str]]:
        """None: all hypotheses are in the n-best lists already."""
        return [[] for _ in texts]

    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        """The n-best translations of each text, best first."""
        out: list[list[str]] = [[""] for _ in texts]
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), 8):
            part = order[start : start + 8]
            batch = self._tokenizer(
                [texts[i] for i in part], return_tensors="pt", padding=True, truncation=True, max_length=self._longest
            )
            with self._torch.inference_mode():
                ids = self._model.generate(
                    **batch,
                    num_beams=self._beam,
                    num_return_sequences=self._best,
                    max_new_tokens=self._longest - 1,
                    **self._extra,
                )
            lines = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
            for row, i in enumerate(part):
                out[i] = [line.strip() for line in lines[row * self._best : (row + 1) * self._best]]
        return out
