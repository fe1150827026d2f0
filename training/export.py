"""Turn a checkpoint into the files that the package ships: CTranslate2 int8, pieces, lexicon, manifest."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from ctranslate2.converters.transformers import MarianMTLoader
from transformers import MarianMTModel

_HAN = re.compile(r"[\u3400-\u9fff]")


def export(checkpoint: Path, spm: Path, tables: Path, out: Path, facts: dict[str, Any]) -> Path:
    """Write ``out``: everything that `briefing.translate.ct2` loads; `tables` holds lexicon and n-grams."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    vocabulary = [pieces.id_to_piece(i) for i in range(pieces.vocab_size())]
    model = silenced(MarianMTModel.from_pretrained(checkpoint), vocabulary)
    spec = MarianMTLoader().get_model_spec(model)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = False
    spec.config.eos_token = "</s>"
    spec.config.unk_token = "<unk>"
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization="int8")
    without_network(tables, out, facts)
    spec.save(str(out))
    shutil.copyfile(spm, out / "spm.model")
    manifest(out, facts)
    return out


def without_network(tables: Path, out: Path, facts: dict[str, Any]) -> Path:
    """Write ``out`` anew with lexicon and n-grams alone."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in ("lexicon.tsv.gz", "ngrams.txt.gz"):
        shutil.copyfile(tables / name, out / name)
    manifest(out, facts)
    return out


def silenced(model: MarianMTModel, vocabulary: list[str]) -> MarianMTModel:
    """The model with a bias that keeps it from writing Chinese."""
    for i, piece in enumerate(vocabulary):
        if _HAN.search(piece) or piece == "<unk>":
            with torch.no_grad():
                model.final_logits_bias[0, i] = -40.0
    return model


def manifest(folder: Path, facts: dict[str, Any]) -> None:
    """Write ``manifest.json`` anew: the SHA-256 of every file beside it, and `facts`."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }
    text = json.dumps({"files": files, **facts}, indent=1, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def hugging_face(checkpoint: Path, spm: Path, out: Path) -> Path:
    """A folder that transformers loads: the weights and one shared piece model as source and target."""
    shutil.copytree(checkpoint, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pt", "log.txt"))
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    vocabulary = {pieces.id_to_piece(i): i for i in range(pieces.vocab_size())} | {"<pad>": pieces.vocab_size()}
    (out / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(spm, out / name)
    settings = {"source_lang": "zh", "target_lang": "en", "model_max_length": 200, "separate_vocabs": False}
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return out
