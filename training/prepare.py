"""From parallel text to what the trainer reads: anchors, words, alignment, lexicon, pieces, packed tokens.

Each stage leaves a file in the work folder and is skipped when that is there; delete it to do it again.
"""

from __future__ import annotations

import io
import pickle
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece

from briefing.translate.fluency import NGrams
from briefing.translate.glossary import Glossary
from training import lexicon, masks, ngrams
from training.align import Links, align, english_words
from training.corpus import HAN, Pair, read
from training.drafts import FOLDS, Drafter, models
from training.lexicon import Table
from training.masks import Anchor, Anchors
from training.noise import noised
from training.phrases import Truecaser, extract, trimmed
from training.rules import RuleTable
from training.words import Segmenter, dictionary

_HELD_OUT = 77
"""Every so many-th sentence of the domain is kept out of everything."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the corpus and how it is used."""

    name: str
    limit: int = 0
    weight: float = 1.0
    """Of its phrase pairs in the lexicon."""
    longest: int = 3
    """Words of its longest phrase."""
    variants: int = 1
    """How often each pair is packed, with other masks each time."""
    domain: bool = False
    train: bool = True


class Work:
    """The stages, over one work folder."""

    def __init__(self, corpus: Path, folder: Path, sources: Sequence[Source], settings: dict[str, Any]) -> None:
        self.corpus, self.folder, self.settings = corpus, folder, settings
        self.sources = {s.name: s for s in sources}
        self.begin = time.time()
        folder.mkdir(parents=True, exist_ok=True)

    def say(self, text: str) -> None:
        print(f"{time.time() - self.begin:6.0f}s {text}", flush=True)

    def pairs(self) -> tuple[list[Pair], list[list[Anchor]]]:
        """The pairs of all sources, the domain first, and what may be masked in each."""
        path = self.folder / "pairs.pkl"
        if not path.exists():
            pairs = [p for s in self.sources.values() for p in read(self.corpus, s.name, s.limit)]
            self.say(f"{len(pairs)} pairs")
            anchors = Anchors()
            found = [anchors.find(p.zh, p.en, thorough=self.sources[p.source].domain) for p in pairs]
            path.write_bytes(pickle.dumps((pairs, found)))
            self.say(f"{sum(map(len, found))} anchors")
        loaded: tuple[list[Pair], list[list[Anchor]]] = pickle.loads(path.read_bytes())
        return loaded

    def aligned(self) -> tuple[list[list[str]], list[list[str]], list[Links]]:
        """Chinese words, English words and links of each pair, masked."""
        path = self.folder / "aligned.pkl"
        if not path.exists():
            pairs, anchors = self.pairs()
            segmenter = Segmenter(dictionary(self.corpus))
            segmenter.fit([p.zh for p in pairs[:: max(1, len(pairs) // 40000)]])
            self.say("segmenter fitted")
            masked = [masks.apply(p.zh, p.en, a) for p, a in zip(pairs, anchors, strict=True)]
            zh = [segmenter.cut(z) for z, _ in masked]
            en = [english_words(e) for _, e in masked]
            extra = [(z, e) for z, (_, e) in lexicon.dictionary(self.corpus, _terms()).items()]
            links = align(
                [*zh, *(segmenter.cut(z) for z, _ in extra)],
                [*en, *(english_words(e) for _, e in extra)],
                effort=self.settings["effort"],
            )[: len(zh)]
            truecase = Truecaser(en)
            path.write_bytes(pickle.dumps((zh, [truecase(e) for e in en], links)))
            self.say(f"{len(zh)} pairs aligned")
        loaded: tuple[list[list[str]], list[list[str]], list[Links]] = pickle.loads(path.read_bytes())
        return loaded

    def phrase_pairs(self, pair: Pair, zh: list[str], en: list[str], links: Links) -> Counter[tuple[str, str]]:
        longest = self.sources[pair.source].longest
        return Counter((z, trimmed(e)) for z, e in extract(zh, en, links, longest=longest))

    def table(self, held_out: set[int]) -> tuple[Table, RuleTable]:
        """Counts of phrases and of gapped rules, without the held-out sentences."""
        path = self.folder / "table.pkl"
        if not path.exists():
            pairs, _ = self.pairs()
            zh, en, links = self.aligned()
            fallback = lexicon.own(_terms())
            table = Table(fallback, **self.settings["costs"])
            for i, pair in enumerate(pairs):
                if i not in held_out:
                    table.add(self.phrase_pairs(pair, zh[i], en[i], links[i]), self.sources[pair.source].weight)
            table.prune()
            rules = RuleTable()
            for i, pair in enumerate(pairs):
                if self.sources[pair.source].domain and i not in held_out:
                    rules.add(zh[i], en[i], links[i])
            path.write_bytes(pickle.dumps((table, rules)))
            self._write(table, rules, held_out)
        loaded: tuple[Table, RuleTable] = pickle.loads(path.read_bytes())
        return loaded

    def _write(self, table: Table, rules: RuleTable, held_out: set[int]) -> None:
        """The lexicon and the n-grams that the package ships."""
        pairs, anchors = self.pairs()
        zh, _, links = self.aligned()
        domain = [i for i, p in enumerate(pairs) if self.sources[p.source].domain and i not in held_out]
        entries = table.entries()
        gapped = rules.entries(entries)
        nulls = null_shares([zh[i] for i in domain], [links[i] for i in domain])
        options = {z: table.options(z, en, nulls.get(z, 0.0)) for z, (_, en) in entries.items()}
        options |= {z: rules.options(z, en) for z, (_, en) in gapped.items()}
        lexicon.write(self.folder / "lexicon.tsv.gz", entries | gapped, options)
        counts = ngrams.Counts()
        weights = self.settings["ngrams"]
        for i, pair in enumerate(pairs):
            weight = weights.get(pair.source, weights["others"])
            if i not in held_out and weight:
                counts.add([masks.apply(pair.zh, pair.en, anchors[i])[1]], weight)
        costs = counts.costs()
        ngrams.write(self.folder / "ngrams.txt.gz", costs)
        self.say(f"{len(entries)} entries and {len(gapped)} rules in the lexicon, {len(costs)} n-grams")

    def held_out(self, pairs: Sequence[Pair]) -> set[int]:
        """Which sentences of the domain are for measuring."""
        domain = [i for i, p in enumerate(pairs) if self.sources[p.source].domain]
        return set(domain[::_HELD_OUT])

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """(set, source side, English) of every variant; set is "held", "domain", "clauses" or "general"."""
        pairs, anchors = self.pairs()
        zh, en, links = self.aligned()
        held = self.held_out(pairs)
        table, rules = self.table(held)
        domain = [i for i, p in enumerate(pairs) if self.sources[p.source].domain and i not in held]
        nulls = null_shares([zh[i] for i in domain], [links[i] for i in domain])
        drafter = Drafter(self.folder / "lexicon.tsv.gz", table, set(rules.rare()), nulls)
        weights = self.settings["ngrams"]
        english = [
            (masks.apply(p.zh, p.en, a)[1], 0 if i in held else weights.get(p.source, weights["others"]))
            for i, (p, a) in enumerate(zip(pairs, anchors, strict=True))
        ]
        parts = models(english, [i % FOLDS for i in range(len(pairs))])
        whole = NGrams.load(self.folder / "ngrams.txt.gz")
        rng = random.Random(5)
        for i, pair in enumerate(pairs):
            spec = self.sources[pair.source]
            if not spec.train:
                continue
            if i in held:
                z, e = masks.apply(pair.zh, pair.en, anchors[i])
                yield "held", tight(drafter.whole(z, whole)), tight(e)
                continue
            own = self.phrase_pairs(pair, zh[i], en[i], links[i])
            hidden, rests, model = table.hidden(own, spec.weight), table.rests(own, spec.weight), parts[i % FOLDS]
            kind = "domain" if spec.domain else "general"
            for _ in range(spec.variants):
                z, e = masks.apply(pair.zh, pair.en, _some(anchors[i], rng, spec.variants > 1), rng)
                yield kind, tight(drafter.draft(z, hidden, rests, model)), tight(e)
            if spec.domain:
                masked = masks.apply(pair.zh, pair.en, anchors[i])
                for z, e in clauses(zh[i], en[i], links[i], *masked):
                    draft = tight(drafter.draft(z, hidden, rests, model))
                    yield "clauses", draft[:1].lower() + draft[1:] if e[:1].islower() else draft, tight(e)

    def pack(self) -> None:
        """Write spm.model and one packed file for each set."""
        if (self.folder / "domain.npz").exists():
            return
        drafted = self.folder / "drafted.pkl"
        if not drafted.exists():
            drafted.write_bytes(pickle.dumps(list(self.rows())))
            self.say("drafts written")
        sets: dict[str, list[tuple[str, str]]] = {"held": [], "domain": [], "clauses": [], "general": []}
        for name, src, tgt in pickle.loads(drafted.read_bytes()):
            sets[name].append((src, tgt))
        sets["noise"] = noised([t for name in ("general", "domain") for _, t in sets[name]])
        self.say("; ".join(f"{name} {len(rows)}" for name, rows in sets.items()))
        pieces = self.pieces(sets)
        for name, rows in sets.items():
            src = pieces.encode([s for s, _ in rows])
            tgt = pieces.encode([t for _, t in rows])
            kept = pack(self.folder / f"{name}.npz", src, tgt)
            self.say(f"{name}: {kept} pairs, {sum(map(len, src))} source and {sum(map(len, tgt))} target tokens")

    def pieces(self, sets: dict[str, list[tuple[str, str]]]) -> sentencepiece.SentencePieceProcessor:
        """The piece model: mostly English, since drafts are; slots are pieces from the beginning."""
        path = self.folder / "spm.model"
        if not path.exists():
            rows = [*sets["domain"][::2], *sets["general"]]
            pieces = io.BytesIO()  # a path given to the trainer would stay in the file that is shipped
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=(line for s, t in rows for line in (s, t, t)), model_writer=pieces,
                vocab_size=self.settings["vocabulary"], model_type="unigram", character_coverage=0.9995,
                user_defined_symbols=list(masks.SLOTS),
                eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, split_digits=True, normalization_rule_name="identity",
                num_threads=2, input_sentence_size=200000, shuffle_input_sentence=True, minloglevel=1,
            )  # fmt: skip
            path.write_bytes(pieces.getvalue())
            self.say("pieces learnt")
        return sentencepiece.SentencePieceProcessor(model_file=str(path))


def null_shares(zh: Sequence[Sequence[str]], links: Sequence[Links]) -> dict[str, float]:
    """How often each Chinese word has no English one, for the words where that is common."""
    seen: Counter[str] = Counter()
    null: Counter[str] = Counter()
    for words, pairs in zip(zh, links, strict=True):
        linked = {i for i, _ in pairs}
        seen.update(words)
        null.update(word for i, word in enumerate(words) if i not in linked)
    return {w: null[w] / seen[w] for w in null if HAN.match(w) and seen[w] >= 5 and null[w] > 0.15 * seen[w]}


def tight(english: str) -> str:
    """`english` without blanks before slots, so that a slot is one token."""
    return english.replace(" <", "<")


def _terms() -> list[tuple[str, str]]:
    return [(t.zh, t.en) for t in Glossary.load() if t.kind != "stop" and t.en]


def _some(anchors: Sequence[Anchor], rng: random.Random, many: bool) -> list[Anchor]:
    """Mostly all anchors; else some, or none, since at run time some are not found either."""
    r = rng.random() if many else 1.0
    if r < 0.04:
        return []
    if r < 0.22:
        return [a for a in anchors if rng.random() < 0.6]
    if r < 0.35:
        return [a for a in anchors if a.kind != "t" or rng.random() < 0.5]
    return list(anchors)


_STOP_ZH, _STOP_EN = "，；", {",", ";", "and"}


def clauses(zh: Sequence[str], en: Sequence[str], links: Links, z: str, e: str) -> Iterator[tuple[str, str]]:
    """Pairs of clauses: cut where a Chinese comma or semicolon and an English one part the links cleanly."""
    cuts = [(0, 0)]
    for i, word in enumerate(zh):
        if word not in _STOP_ZH:
            continue
        left = [j for k, j in links if k < i]
        right = [j for k, j in links if k > i]
        if not left or not right or max(left) >= min(right):
            continue
        for j in range(max(left) + 1, min(right)):
            if en[j] in _STOP_EN:
                cuts.append((i + 1, j + 1))
                break
    cuts.append((len(zh), len(en)))
    if len(cuts) < 3:
        return
    at = _offsets(z, zh), _offsets(e, en)
    for (a, b), (c, d) in pairwise(cuts):
        left, right = z[at[0][a] : at[0][c]], e[at[1][b] : at[1][d]]
        right = re.sub(r"(?:,? and|,|;)\s*$", "", right.strip()).strip()
        left = left.rstrip("，；")
        slots = [sorted(m.group() for m in masks.SLOT.finditer(t)) for t in (left, right)]
        if len(left) >= 4 and right and slots[0] == slots[1]:
            yield left, right


def _offsets(text: str, words: Sequence[str]) -> list[int]:
    """Where each word begins in `text`, and its end."""
    out, at = [], 0
    for word in words:
        found = text.lower().find(word.lower(), at)
        at = found if found >= 0 else at
        out.append(at)
        at += len(word)
    return [*out, len(text)]


def pack(path: Path, src: Sequence[Sequence[int]], tgt: Sequence[Sequence[int]], longest: int = 126) -> int:
    """Write token pairs (with an end token each) as flat arrays; pairs that are too long are dropped."""
    keep = [i for i in range(len(src)) if 0 < len(src[i]) <= longest and 0 < len(tgt[i]) <= longest]
    np.savez(
        path,
        src=np.concatenate([np.array([*src[i], 0], dtype=np.uint16) for i in keep]),
        tgt=np.concatenate([np.array([*tgt[i], 0], dtype=np.uint16) for i in keep]),
        src_len=np.array([len(src[i]) + 1 for i in keep], dtype=np.uint8),
        tgt_len=np.array([len(tgt[i]) + 1 for i in keep], dtype=np.uint8),
    )
    return len(keep)
