"""The embedded engine: a phrase lexicon, an n-gram search, and a small Marian-type network on CTranslate2.

Each text is glossed with the lexicon (`briefing.translate.lexicon`), a search puts function words between
the glosses (`briefing.translate.fluency`), and the network, where the folder has one, writes sentences of
its own, which are taken where they say what the glosses say.

The folder of a model holds ``lexicon.tsv.gz``, ``ngrams.txt.gz``, for the network ``model.bin``,
``config.json``, ``shared_vocabulary.json`` and ``spm.model``, and ``manifest.json``: the SHA-256 of every
other file, how the model was made, and its scores. The files are checked against the manifest before the
model is used, since a damaged model still writes English.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from briefing.errors import ModelError
from briefing.translate.fluency import NGrams, sentences
from briefing.translate.lexicon import Gloss, Lexicon, normalised, plain, source
from briefing.translate.placeholders import TOKEN

_BEAM = 5
_HYPOTHESES = 5
_LENGTH_PENALTY = 1.0
_BATCH_TOKENS = 2048
_LONGEST = 120
"""Characters of one piece: the network was trained on sentences of up to 150, few above 100."""
_LONGEST_SOURCE = 200
"""Tokens of the longest source that the network is given; it has 256 positions."""
_FAITHFUL = 0.5
"""Share of content words that a hypothesis has in common with the glosses, from which it is believed."""
_BREAK = re.compile(r"(?<=[；;。！？])|(?<=，)|(?<=：)")
_LOOP = re.compile(r"(\b\w+(?:\W+\w+){0,5})(?:\W+\1\b){2,}", re.IGNORECASE)


class Ct2Translator:
    """Translates masked Chinese with the model in a folder, by default the one in the package."""

    name = "embedded"

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        """Load and verify the model; ModelError names the file that is missing or damaged.

        `threads` 0 means one for each core.
        """
        where = Path(str(resources.files("briefing") / "data" / "model")) if folder is None else folder
        self.manifest, self.model_hash = _verified(where)
        if folder is not None:
            self.name = f"ct2:{folder.name}"
        try:
            with ThreadPoolExecutor(1) as beside:  # what is unpacked needs no lock
                ngrams = beside.submit(NGrams.load, where / "ngrams.txt.gz")
                self._lexicon = Lexicon.load(where / "lexicon.tsv.gz")
                self._ngrams = ngrams.result()
            self._network_first = bool(self.manifest.get("network_first", True))
            self._reads_drafts = self.manifest.get("network_reads") == "drafts"
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(f"the model in {where} cannot be loaded: {error}") from error
        self._folder, self._threads = where, threads

    @cached_property
    def _network(self) -> _Network | None:
        """Loaded when it is first asked: most runs never need it where the drafts come first."""
        if "model.bin" not in self.manifest["files"]:
            return None
        try:
            return _Network(self._folder, self._threads)
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(f"the model in {self._folder} cannot be loaded: {error}") from error

    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        """The hypotheses of each text, best first: those with every slot once, then the others.

        A text that is longer than the sentences of the training is translated by its clauses.
        """
        parts: list[str] = []
        owner: list[int] = []
        for number, text in enumerate(texts):
            for part in _cut(normalised(text)):
                parts.append(part)
                owner.append(number)
        found = self._translate(parts)
        grouped: list[list[list[str]]] = [[] for _ in texts]
        for number, hypotheses in zip(owner, found, strict=True):
            grouped[number].append(hypotheses)
        return [_joined(group) for group in grouped]

    def more(self, texts: Sequence[str]) -> list[list[str]]:
        """What the network writes for `texts`, where it does not come first anyway: it is slower than the search.

        Only what says the words of the glosses is given: the network is fluent also where it makes things up.
        """
        if self._network_first or not texts or self._network is None:
            return [[] for _ in texts]
        glosses = [self._lexicon.gloss(normalised(text)) for text in texts]
        found = self._network.hypotheses([self._source(g) for g in glosses])
        said = [_stems(plain(g)) for g in glosses]
        return [[h for h in each if overlap(s, _stems(h)) >= _FAITHFUL] for each, s in zip(found, said, strict=True)]

    def _translate(self, parts: Sequence[str]) -> list[list[str]]:
        glosses = [self._lexicon.gloss(part) for part in parts]
        drafts = [self._drafts(g) for g in glosses]
        if not self._network_first or self._network is None:
            return drafts
        found = self._network.hypotheses([self._source(g) for g in glosses])
        return [_ranked(*each) for each in zip(parts, found, drafts, strict=True)]

    def _source(self, glosses: Sequence[Gloss]) -> str:
        """What the network was trained to read: the search's draft, slots close to the word before, or the glosses."""
        if not self._reads_drafts:
            return source(glosses)
        return sentences(glosses, self._lexicon, self._ngrams)[0].replace(" <", "<") if glosses else ""

    def _drafts(self, glosses: Sequence[Gloss]) -> list[str]:
        """Sentences without the model: the best three by the n-grams, then the bare glosses."""
        best = sentences(glosses, self._lexicon, self._ngrams)[:3]
        return list(dict.fromkeys([*best, plain(glosses)]))


class _Network:
    """The Marian-type model of a folder: reads drafts, writes sentences."""

    def __init__(self, folder: Path, threads: int) -> None:
        import ctranslate2
        import sentencepiece

        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
        self._engine: Any = ctranslate2.Translator(
            str(folder), compute_type="int8", inter_threads=1, intra_threads=threads or os.cpu_count() or 1
        )

    def hypotheses(self, sources: Sequence[str]) -> list[list[str]]:
        """The n-best English of each source; none where a source is empty or longer than the model can read."""
        tokens = [[*self._pieces.encode(s, out_type=str), "</s>"] for s in sources]
        live = [i for i, t in enumerate(tokens) if 1 < len(t) <= _LONGEST_SOURCE]
        results = self._engine.translate_batch(
            [tokens[i] for i in live],
            beam_size=_BEAM,
            num_hypotheses=_HYPOTHESES,
            length_penalty=_LENGTH_PENALTY,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=200,
            disable_unk=True,
        )
        out: list[list[str]] = [[] for _ in sources]
        for i, result in zip(live, results, strict=True):
            out[i] = [spaced(self._pieces.decode(h)) for h in result.hypotheses]
        return out


def _cut(text: str) -> Iterator[str]:
    """`text`, or its clauses in runs of at most `_LONGEST` characters."""
    run = ""
    for clause in _BREAK.split(text) if len(text) > _LONGEST else [text]:
        if run and len(run) + len(clause) > _LONGEST:
            yield run
            run = ""
        run += clause
    if run:
        yield run


def spaced(text: str) -> str:
    """The model's text with the blanks that its tokens leave out before slots.

    >>> spaced("built<n1> “<t1>”<t2>")
    'built <n1> “<t1>” <t2>'
    """
    return re.sub(r"(?<=[\w,.;:%)”’>&])(?=<[ndplot]\d>)", " ", text).strip()


def _ranked(text: str, hypotheses: Sequence[str], drafts: Sequence[str]) -> list[str]:
    """The network's `hypotheses` and the `drafts` without it, in one list.

    First come hypotheses that keep every slot of `text`, do not loop and say what the glosses say; then the
    drafts, which may be clumsy but leave nothing out; then the rest.
    """
    wanted = Counter(m.group() for m in TOKEN.finditer(text))
    said = _stems(drafts[-1])

    def faults(hypothesis: str) -> int:
        found = Counter(m.group() for m in TOKEN.finditer(hypothesis))
        return (wanted - found).total() + (found - wanted).total() + 2 * bool(_LOOP.search(hypothesis))

    def faithful(hypothesis: str) -> bool:
        return not faults(hypothesis) and overlap(said, _stems(hypothesis)) >= _FAITHFUL

    ranked = sorted(dict.fromkeys(hypotheses), key=lambda h: (not faithful(h), faults(h)))
    good = sum(map(faithful, ranked))
    return list(dict.fromkeys([*ranked[:good], *drafts, *ranked[good:]]))


_WORD = re.compile(r"[A-Za-z]{2,}")
_ENDING = re.compile(r"(?:ing|ed|es|s|e|ly)$")
_FUNCTION = frozenset(
    (
        *("the", "of", "and", "to", "in", "for", "with", "on", "by", "at", "as", "an", "its", "that", "which", "from"),
        *("is", "are", "was", "were", "be", "been", "has", "have", "had", "this"),
    )
)


def _stems(text: str) -> Counter[str]:
    """The content words of `text`, cut down so that promote, promoting and promoted are one."""
    words = (w.lower() for w in _WORD.findall(TOKEN.sub(" ", text)))
    return Counter(_ENDING.sub("", w) if len(w) > 4 else w for w in words if w not in _FUNCTION)


def overlap(a: Counter[str], b: Counter[str]) -> float:
    """The F-score of two bags of stems, 1 for two empty ones.

    >>> overlap(_stems("promote reform"), _stems("promoting the reform"))
    1.0
    """
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    """The hypotheses of the parts of one text, put together rank by rank."""
    if not parts:
        return [""]
    ranks = max(len(part) for part in parts)
    return list(dict.fromkeys(" ".join(part[min(r, len(part) - 1)] for part in parts).strip() for r in range(ranks)))


def _verified(folder: Path) -> tuple[dict[str, Any], str]:
    """The manifest, and a hash over the files it lists, each read and compared."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
        named = sorted(files.items())
    except OSError as error:
        raise ModelError(f"{folder / 'manifest.json'} is missing: the model is not installed") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder / 'manifest.json'} is damaged: install the package again") from error
    whole = hashlib.sha256()
    for name, expected in named:
        path = folder / name
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"{path} is missing: install the package again") from error
        if digest != expected:
            raise ModelError(f"{path} is damaged: its SHA-256 is not the one in manifest.json")
        whole.update(f"{name} {digest}\n".encode())
    return manifest, whole.hexdigest()[:12]
