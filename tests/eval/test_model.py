"""Floors under the scores of the embedded engine, over sixty sentences, masked and rendered as translation does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from briefing import lines
from briefing.config import Config
from briefing.extract.dates import moments
from briefing.extract.quantities import quantities
from briefing.masking import candidates
from briefing.spans import Span
from briefing.translate.ct2 import Ct2Translator
from briefing.translate.glossary import Glossary
from briefing.translate.placeholders import mask, returned, unmask

sacrebleu = pytest.importorskip("sacrebleu")

TESTSETS = Path(__file__).parents[2] / "../shared/testsets"
SENTENCES = 60
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TESTSETS.exists(), reason="the test sets are not beside this checkout"),
]


@cache
def translated(name: str) -> tuple[list[str], list[str], list[bool]]:
    """Hypotheses, references, and whether each hypothesis kept its slots."""
    texts = [(TESTSETS / name / f).read_text(encoding="utf-8").split("\n")[:SENTENCES] for f in ("src.zh", "ref.en")]
    glossary = Glossary.load()
    ready = [
        mask(zh, Span(0, len(zh)), candidates(zh, quantities(zh), moments(zh), (), glossary)) for zh in texts[0]
    ]
    found = Ct2Translator(threads=1).translate([text for text, _ in ready])
    english = [unmask(h[0], slots) for h, (_, slots) in zip(found, ready, strict=True)]
    kept = [returned(h[0], slots) for h, (_, slots) in zip(found, ready, strict=True)]
    return [re.sub("[“”]", '"', e) for e in english], texts[1], kept


@pytest.mark.parametrize(("name", "bleu", "chrf"), [("gov_dev", 22.0, 60.0), ("wmt18", 11.0, 47.0)])
def test_scores_stay_above_their_floors(name: str, bleu: float, chrf: float) -> None:
    english, references, _ = translated(name)
    assert sacrebleu.corpus_bleu(english, [references]).score >= bleu
    assert sacrebleu.corpus_chrf(english, [references]).score >= chrf


def test_every_slot_comes_back() -> None:
    _, _, kept = translated("gov_dev")
    assert sum(kept) >= 0.99 * len(kept)


def test_nothing_loops_or_stays_chinese() -> None:
    english, _, _ = translated("gov_dev")
    assert sum(bool(re.search(r"(\b\w+(?: \w+){0,4})(?: \1){3,}", e)) for e in english) == 0
    assert sum(bool(re.search(r"[\u3400-\u9fff]", e)) for e in english) <= 0.05 * len(english)


def test_what_the_product_writes_is_no_worse_than_its_engine() -> None:
    """Sentences composed by rule, the check's refusals and clause by clause, as `briefing translate` prints them."""
    zh, reference = ((TESTSETS / "gov_dev" / f).read_text(encoding="utf-8").split("\n")[:SENTENCES] for f in ("src.zh", "ref.en"))
    english = [re.sub("[“”]", '"', e) for e, _ in lines.translate(zh, Config(threads=1))]
    assert sacrebleu.corpus_chrf(english, [reference]).score >= 60.0
    assert sum("[not translated" in e for e in english) <= 0.04 * len(english)
