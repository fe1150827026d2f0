"""Estimate data/tense_cues.tsv: which wordings belong to the plan of a work report, and which to its review.

    python -m training.tense_cues REPORTS --leave-out SENTENCES.txt --out briefing/data/tense_cues.tsv

REPORTS is a folder of texts (UTF-8). A government work report reviews in its first part and plans from
the second on, in the same vocabulary: its headings label every sentence for nothing. What is no work
report by its name (a news bulletin) counts as news, which reports throughout. A logistic regression
over the cues of `briefing.extract.tense.features` separates the two; the cues that matter most are
kept. Sentences of the file given with --leave-out take no part, so that an evaluation on them stays
honest.

With --test one document in four is kept aside, and the share of its sentences told apart is printed.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.extract.tense import features

_REVIEW = re.compile(r"^\W{0,6}一、.*(?:回顾|工作$|成就|过去)")
_PLAN = re.compile(r"^\W{0,6}(?:二、|三、|20\d\d年工作安排)")
_GOALS = re.compile(r"主要预期目标(?:建议)?(?:为|是|:|：)|^\W*今年.{0,6}工作.{0,3}总的?体?要求")
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_YEARLY = re.compile(r"(?:19|20)\d\d")
"""The name of a file that holds the national report of a year."""
_SHORTEST = {"review": 6, "plan": 6, "news": 15}
"""Characters: a shorter sentence is a heading or a date line."""
_WEIGHT = {"review": 1.15, "plan": 1.0, "news": 1.0}
"""What an error on each part costs: plans are twice as long as reviews."""
_EPOCHS, _RATE, _SHRINK, _SEEN = 15, 0.15, 0.3, 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the part of its document: review, plan or news."""

    document: str
    part: str
    text: str


def sentences(folder: Path, left_out: frozenset[str]) -> Iterator[Sentence]:
    """The labelled sentences of all texts of `folder`, each once a document."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf8").split("\n")
        report = "报告" in path.name or bool(_YEARLY.fullmatch(path.stem))
        yield from _labelled(path.name, lines, report, left_out)


def _labelled(name: str, lines: Sequence[str], report: bool, left_out: frozenset[str]) -> Iterator[Sentence]:
    part = "" if report else "news"
    if report and "2025年" in name:
        part = "review"  # The provincial reports begin with it, some without a heading.
    seen: set[str] = set()
    for line in lines:
        if report and _REVIEW.match(line):
            part = "review"
            continue
        if report and part and (_PLAN.match(line) or _GOALS.search(line)):
            part = "plan"
            if _PLAN.match(line):
                continue
        if not part or line.startswith("　　一、") or (report and "各位代表" in line):
            continue
        for match in _SENTENCE.finditer(line):
            text = re.sub(r"\s", "", match.group())
            known = text in seen or any(text in other for other in left_out)
            if len(text) >= _SHORTEST[part] and not known:
                seen.add(text)
                yield Sentence(name, part, text)


def fit(rows: Iterable[Sentence]) -> dict[str, float]:
    """The weight of each cue, the bias under ""; AdaGrad on the logistic loss, the same for the same rows."""
    data = [(features(r.text), 1.0 if r.part == "plan" else 0.0, _WEIGHT[r.part]) for r in rows]
    spread = Counter(cue for cues, _, _ in data for cue in cues)
    data = [(tuple(c for c in cues if spread[c] >= _SEEN), y, w) for cues, y, w in data]
    weights = dict.fromkeys(["", *(c for c, n in spread.items() if n >= _SEEN)], 0.0)
    squares = dict.fromkeys(weights, 1e-3)
    order = random.Random(1)
    for _ in range(_EPOCHS):
        order.shuffle(data)
        for cues, target, cost in data:
            score = weights[""] + sum(weights[c] for c in cues)
            slope = (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - target) * cost
            for cue in ("", *cues):
                step = slope + (_SHRINK * weights[cue] if cue else 0.0)
                squares[cue] += step * step
                weights[cue] -= _RATE * step / math.sqrt(squares[cue])
    return dict(sorted(weights.items(), key=lambda kv: (-abs(kv[1]) * math.sqrt(spread[kv[0]] or math.inf), kv[0])))


def write(weights: dict[str, float], keep: int, path: Path) -> None:
    """The `keep` cues that matter most, in tenths of a logit."""
    kept = {cue: round(10 * weight) for cue, weight in list(weights.items())[: keep + 1]}
    head = (
        "# cue<TAB>weight in tenths of a logit, positive towards a plan. ^ begins a clause, ^^ the sentence, $ ends a\n"
        "# clause, 0 is any number; V, E, F, L, N: see briefing/extract/tense.py. The empty cue is the bias.\n"
        "# Estimated by training/tense_cues.py from the reviews and plans of public government work reports.\n"
    )
    rows = "".join(f"{cue}\t{weight}\n" for cue, weight in sorted(kept.items()) if weight or not cue)
    path.write_text(head + rows, encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--leave-out", type=Path, help="sentences, one a line, that take no part")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep", type=int, default=1800)
    parser.add_argument("--test", action="store_true")
    args = parser.parse_args()
    spared = args.leave_out.read_text(encoding="utf8").splitlines() if args.leave_out else []
    rows = list(sentences(args.reports, frozenset(re.sub(r"\s", "", line) for line in spared)))
    if args.test:
        aside = set(sorted({r.document for r in rows})[::4])
        weights = dict(list(fit(r for r in rows if r.document not in aside).items())[: args.keep + 1])
        for part in _WEIGHT:
            held = [r for r in rows if r.document in aside and r.part == part]
            scores = [weights[""] + sum(weights.get(c, 0.0) for c in features(r.text)) for r in held]
            right = sum((s > 0) == (part == "plan") for s in scores)
            print(f"{part}: {right} of {len(held)} sentences, {right / max(1, len(held)):.3f}")
    if args.out:
        write(fit(rows), args.keep, args.out)


if __name__ == "__main__":
    main()
