"""Score a model's folder on the test sets: BLEU, chrF, slots, loops, leftover Chinese, speed."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sacrebleu

from briefing.extract.dates import moments
from briefing.extract.quantities import quantities
from briefing.masking import candidates
from briefing.model import Slot
from briefing.spans import Span
from briefing.translate.ct2 import Ct2Translator
from briefing.translate.glossary import Glossary
from briefing.translate.lexicon import normalised, plain
from briefing.translate.placeholders import TOKEN, mask, returned, unmask

_HAN = re.compile(r"[\u3400-\u9fff]")
_LOOP = re.compile(r"(\b\w+(?: \w+){0,4})(?: \1){3,}")
TESTSETS = Path(__file__).parents[1] / "../shared/testsets"


def masked(texts: Sequence[str]) -> list[tuple[str, tuple[Slot, ...]]]:
    """Each text with slots for its numbers, dates, places and terms, as translation masks them, and the slots."""
    glossary = Glossary.load()
    out = []
    for text in texts:
        found = candidates(text, quantities(text), moments(text), (), glossary)
        out.append(mask(text, Span(0, len(text)), found))
    return out


def scores(folder: Path, limit: int = 0, sets: Sequence[str] = ("gov_dev",)) -> dict[str, Any]:
    """Figures for each test set that is there, through masking and unmasking; the glosses alone beside them."""
    engine = Ct2Translator(folder)
    out: dict[str, Any] = {}
    for name in sets:
        if not (TESTSETS / name).exists():
            continue
        zh, ref = (
            (TESTSETS / name / f).read_text(encoding="utf-8").rstrip("\n").split("\n") for f in ("src.zh", "ref.en")
        )
        zh, ref = (zh[:limit], ref[:limit]) if limit else (zh, ref)
        ready = masked(zh)
        begin = time.time()
        found = engine.translate([text for text, _ in ready])
        spent = time.time() - begin
        out[name] = figures(ref, ready, [h[0] for h in found])
        out[name]["zh_chars_per_second"] = round(sum(map(len, zh)) / spent)
        glosses = [plain(engine._lexicon.gloss(normalised(text))) for text, _ in ready]
        out[name]["glosses"] = figures(ref, ready, glosses)
    return out


def figures(
    ref: Sequence[str], ready: Sequence[tuple[str, Sequence[Slot]]], raw: Sequence[str]
) -> dict[str, Any]:
    """BLEU and chrF of the unmasked hypotheses, and what went wrong."""
    english = [straight(unmask(h, slots)) for h, (_, slots) in zip(raw, ready, strict=True)]
    refs = [straight(r) for r in ref]
    with_slots = [i for i, (_, slots) in enumerate(ready) if slots]
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    return {
        "BLEU": round(bleu.corpus_score(english, [refs]).score, 1),
        "chrF": round(chrf.corpus_score(english, [refs]).score, 1),
        "sentences": len(ref),
        "slots_right": f"{sum(returned(raw[i], ready[i][1]) for i in with_slots)}/{len(with_slots)}",
        "slot_tokens": sum(len(s) for _, s in ready),
        "loops": sum(bool(_LOOP.search(h)) for h in raw),
        "chinese_left": sum(bool(_HAN.search(TOKEN.sub("", h))) for h in raw),
        "signature": str(bleu.get_signature()),
    }


def straight(text: str) -> str:
    """Straight quotation marks, as the references have them."""
    return re.sub(r"[“”]", '"', text)


def main() -> None:
    """Print the figures of a model's folder, and a few translations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="*", default=["gov_dev"])
    parser.add_argument("--limit", type=int, default=0)
    a = parser.parse_args()
    for name, figures_ in scores(a.folder, a.limit, a.sets).items():
        print(name, figures_)


if __name__ == "__main__":
    main()
