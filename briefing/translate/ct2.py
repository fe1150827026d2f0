"""The embedded engine: our own small Marian-type model, int8, on CTranslate2.

The folder of a model holds ``model.bin``, ``config.json`` and ``shared_vocabulary.json`` (CTranslate2),
``spm.model`` (SentencePiece), ``lexicon.tsv.gz`` (see `briefing.translate.lexicon`) and
``manifest.json``: the SHA-256 of every other file, how the model was made, and its scores. The files are
checked against the manifest before the model is used, since a damaged model still writes English.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from briefing.errors import ModelError
from briefing.translate.lexicon import Lexicon, normalised, plain, source
from briefing.translate.placeholders import TOKEN

_BEAM = 5
_HYPOTHESES = 5
_LENGTH_PENALTY = 1.0
_REPETITION_PENALTY = 1.0
_BATCH_TOKENS = 2048
_LONGEST = 96
"""Source tokens of one piece: training saw none longer than 126, and few above this."""
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
        import ctranslate2
        import sentencepiece

        try:
            self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(where / "spm.model"))
            self._lexicon = Lexicon.load(where / "lexicon.tsv.gz")
            self._engine: Any = ctranslate2.Translator(
                str(where), compute_type="int8", inter_threads=1, intra_threads=threads or os.cpu_count() or 1
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(f"the model in {where} cannot be loaded: {error}") from error

    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        """The hypotheses of each text, best first: those with every slot once, then the others.

        A text that is longer than the sentences of the training is translated by its clauses.
        """
        parts: list[str] = []
        owner: list[int] = []
        for number, text in enumerate(texts):
            for part in self._cut(normalised(text)):
                parts.append(part)
                owner.append(number)
        found = self._translate(parts)
        grouped: list[list[list[str]]] = [[] for _ in texts]
        for number, hypotheses in zip(owner, found, strict=True):
            grouped[number].append(hypotheses)
        return [_joined(group) for group in grouped]

    def _translate(self, parts: Sequence[str]) -> list[list[str]]:
        glosses = [self._lexicon.gloss(part) for part in parts]
        sources = [source(g) for g in glosses]
        tokens = [[*self._pieces.encode(s, out_type=str), "</s>"] for s in sources]
        live = [i for i, t in enumerate(tokens) if len(t) > 1]
        results = self._engine.translate_batch(
            [tokens[i] for i in live],
            beam_size=_BEAM,
            num_hypotheses=_HYPOTHESES,
            length_penalty=_LENGTH_PENALTY,
            repetition_penalty=_REPETITION_PENALTY,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=200,
            return_scores=True,
            disable_unk=True,
        )
        out = [[_sentence(plain(g))] for g in glosses]
        for i, result in zip(live, results, strict=True):
            texts = [spaced(self._pieces.decode(h)) for h in result.hypotheses]
            out[i] = _ranked(parts[i], texts, out[i][0])
        return out

    def _cut(self, text: str) -> Iterator[str]:
        """`text`, or its clauses in runs of at most `_LONGEST` tokens."""
        if len(text) <= _LONGEST // 2 or len(self._encoded(text)) <= _LONGEST:
            yield text
            return
        run = ""
        for clause in _BREAK.split(text):
            if run and len(self._encoded(run + clause)) > _LONGEST:
                yield run
                run = ""
            run += clause
        if run:
            yield run

    def _encoded(self, text: str) -> list[int]:
        ids: list[int] = self._pieces.encode(source(self._lexicon.gloss(text)))
        return ids


def spaced(text: str) -> str:
    """The model's text with the blanks that its tokens leave out before slots.

    >>> spaced("built<n1> “<t1>”<t2>")
    'built <n1> “<t1>” <t2>'
    """
    return re.sub(r"(?<=[\w,.;:%)”’>&])(?=<[ndplot]\d>)", " ", text).strip()


def _ranked(text: str, hypotheses: Sequence[str], glosses: str) -> list[str]:
    """`hypotheses` without doubles, and the bare glosses among them.

    First come those that keep every slot of `text`, do not loop and say what the glosses say; then the glosses,
    which are clumsy but leave nothing out; then the rest.
    """
    wanted = Counter(m.group() for m in TOKEN.finditer(text))
    said = _stems(glosses)

    def faults(hypothesis: str) -> int:
        found = Counter(m.group() for m in TOKEN.finditer(hypothesis))
        return (wanted - found).total() + (found - wanted).total() + 2 * bool(_LOOP.search(hypothesis))

    def faithful(hypothesis: str) -> bool:
        return not faults(hypothesis) and overlap(said, _stems(hypothesis)) >= _FAITHFUL

    ranked = sorted(dict.fromkeys(hypotheses), key=lambda h: (not faithful(h), faults(h)))
    good = sum(map(faithful, ranked))
    return list(dict.fromkeys([*ranked[:good], glosses, *ranked[good:]]))


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


def _sentence(text: str) -> str:
    """`text` with a capital letter."""
    return text[:1].upper() + text[1:]


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
    except OSError as error:
        raise ModelError(f"{folder / 'manifest.json'} is missing: the model is not installed") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / 'manifest.json'} is damaged: install the package again") from error
    whole = hashlib.sha256()
    for name in sorted(files):
        path = folder / name
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"{path} is missing: install the package again") from error
        if digest != files[name]:
            raise ModelError(f"{path} is damaged: its SHA-256 is not the one in manifest.json")
        whole.update(f"{name} {digest}\n".encode())
    return manifest, whole.hexdigest()[:12]
