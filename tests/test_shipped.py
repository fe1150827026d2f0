"""The network can be taken out of the package, trained on and put back."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch, which the package does not")

MODEL = Path(__file__).parent.parent / "briefing" / "data" / "model"


def test_the_shipped_network_comes_back_from_its_checkpoint(tmp_path: Path) -> None:
    from training.export import export
    from training.shipped import checkpoint, variables
    from training.train import Settings

    shape = Settings(data={}, out="", spm="", d=192, ffn=768, encoder=3, decoder=2)
    saved = checkpoint(MODEL, shape, tmp_path / "checkpoint")
    again = export(saved, MODEL / "spm.model", MODEL, tmp_path / "model", {})
    before, after = variables(MODEL / "model.bin"), variables(again / "model.bin")
    assert before.keys() == after.keys()
    for name, values in before.items():
        assert np.allclose(values, after[name], atol=float(np.abs(values).max()) / 100), name
    assert set(json.loads((again / "manifest.json").read_text())["files"]) >= {"model.bin", "spm.model"}


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    from training.shipped import variables

    (tmp_path / "model.bin").write_bytes(b"\x07\x00\x00\x00")
    with pytest.raises(ValueError, match="version 7"):
        variables(tmp_path / "model.bin")


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_transformers_loads_the_exported_network(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    from training.export import hugging_face
    from training.shipped import checkpoint
    from training.train import Settings

    shape = Settings(data={}, out="", spm="", d=192, ffn=768, encoder=3, decoder=2)
    saved = checkpoint(MODEL, shape, tmp_path / "checkpoint")
    folder = hugging_face(saved, MODEL / "spm.model", tmp_path / "hf")
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    network = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder)
    draft = "Build<n1> new schools."
    tokens = tokenizer([draft], return_tensors="pt")
    assert tokenizer.decode(tokens["input_ids"][0], skip_special_tokens=True).replace(" ", "") == draft.replace(" ", "")
    written = tokenizer.decode(network.generate(**tokens, num_beams=2, max_length=40)[0], skip_special_tokens=True)
    assert "<n1>" in written and re.search("[a-z]", written)
