"""The embedded engine: loads quickly, keeps slots, says the same thing twice, notices damage."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from briefing.errors import ModelError
from briefing.translate.ct2 import Ct2Translator
from briefing.translate.engine import Translator, load
from briefing.translate.placeholders import TOKEN

MODEL = Path(__file__).parents[1] / "briefing" / "data" / "model"
MASKED = [
    "<d1>，<l1>新开工项目<n1>，总投资<n2>。",
    "加快推进<t1>建设，完善<t2>，让群众共享发展成果。",
    "<p1>介绍，今年将新增学位<n1>。",
    "对<l1>、<l2>和<l3>的<t1>给予支持，最高补贴<n1>。",
]


@pytest.fixture(scope="module")
def engine() -> Ct2Translator:
    return Ct2Translator(threads=1)


def slots(text: str) -> Counter[str]:
    return Counter(m.group() for m in TOKEN.finditer(text))


def test_it_is_what_the_name_embedded_loads(engine: Ct2Translator) -> None:
    assert isinstance(engine, Translator)
    assert load("embedded", threads=1).model_hash == engine.model_hash
    assert engine.name == "embedded"


@pytest.mark.parametrize("text", MASKED)
def test_the_best_hypothesis_keeps_each_slot_once(engine: Ct2Translator, text: str) -> None:
    best, *_ = engine.translate([text])[0]
    assert slots(best) == slots(text)
    assert not any("\u3400" <= c <= "\u9fff" for c in best)


def test_there_are_several_hypotheses_without_doubles(engine: Ct2Translator) -> None:
    for hypotheses in engine.translate(MASKED):
        assert len(hypotheses) > 1
        assert len(set(hypotheses)) == len(hypotheses)


def test_the_same_texts_give_the_same_english_whatever_stands_beside_them(engine: Ct2Translator) -> None:
    together = engine.translate(MASKED)
    assert engine.translate(MASKED) == together
    assert [engine.translate([text])[0][0] for text in MASKED] == [h[0] for h in together]


def test_long_texts_are_translated_whole(engine: Ct2Translator) -> None:
    text = "，".join(f"第一产业和第二产业的比重继续提高到<n{i}>" for i in range(1, 10)) + "。"
    best, *_ = engine.translate([text])[0]
    assert slots(best) == slots(text)


@pytest.mark.parametrize("text", ["", "   ", "。", "ABC", "<n1>", "\U00020000", "🙂" * 5, "a" * 5000])
def test_odd_texts_do_no_harm(engine: Ct2Translator, text: str) -> None:
    (hypotheses,) = engine.translate([text])
    assert hypotheses
    assert slots(hypotheses[0]) == slots(text)


def test_no_texts_give_nothing(engine: Ct2Translator) -> None:
    assert engine.translate([]) == []


@pytest.mark.parametrize("name", sorted(p.name for p in MODEL.iterdir() if p.name != "manifest.json"))
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(MODEL, tmp_path / "model"))
    path = folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name} is damaged"):
        Ct2Translator(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MODEL, tmp_path / "model"))
    (folder / "lexicon.tsv.gz").unlink()
    with pytest.raises(ModelError, match=r"lexicon\.tsv\.gz is missing"):
        Ct2Translator(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"manifest\.json is damaged"):
        Ct2Translator(tmp_path)


def test_no_model_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not installed"):
        Ct2Translator(tmp_path)


def test_the_manifest_lists_every_file() -> None:
    manifest = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {p.name for p in MODEL.iterdir()} - {"manifest.json"}
    assert sum(p.stat().st_size for p in MODEL.iterdir()) < 20_000_000


def test_the_network_writes_further_hypotheses(engine: Ct2Translator) -> None:
    (found,) = engine.more(["加快推进<t1>建设"])
    assert len(found) > 1 and all(isinstance(h, str) and h for h in found)
    assert engine.more([]) == []
