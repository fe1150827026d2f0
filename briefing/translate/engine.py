"""What every translation engine looks like, and how one is named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from briefing.errors import ConfigError


@runtime_checkable
class Translator(Protocol):
    """Chinese in, English hypotheses out; slot tokens such as ``<n1>`` are to be copied."""

    name: str
    """Short, for signatures: "embedded", "hf:opus-mt-zh-en"."""
    model_hash: str
    """The first 12 hexadecimal digits of a hash over all files of the model."""

    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        """The n-best hypotheses of each text, best first; never an empty list for a text."""
        ...

    def more(self, texts: Sequence[str]) -> list[list[str]]:
        """Further hypotheses for texts of which none of the first held; an empty list where there are none."""
        ...


def load(engine: str = "embedded", *, threads: int = 0) -> Translator:
    """The engine of that name: "embedded", "ct2:DIR" or "hf:DIR".

    "ct2:DIR" is a CTranslate2 model laid out like the embedded one. "hf:DIR" is any local Hugging
    Face seq2seq checkpoint, which needs the extra ``briefing[torch]``. `threads` 0 means one for
    each core. Raises ConfigError for another name, ModelError when the model cannot be used.
    """
    scheme, _, place = engine.partition(":")
    if scheme in ("embedded", "ct2") and bool(place) == (scheme == "ct2"):
        from briefing.translate.ct2 import Ct2Translator

        return Ct2Translator(Path(place), threads=threads) if place else Ct2Translator(threads=threads)
    if scheme == "hf" and place:
        from briefing.translate.hf import HfTranslator

        return HfTranslator(Path(place), threads=threads)
    raise ConfigError(f"unknown engine {engine!r}: use embedded, ct2:DIR or hf:DIR")
