"""Engines that are simple enough to reason about; they say of themselves that they are no translators."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.translate.placeholders import TOKEN

_WORDS = [f"{a}{b}" for b in ("ora", "ilo", "une", "aste") for a in "bdfglmnprstv"]


class SlotCopier:
    """Puts the slots among words that mean nothing: all that the brief says then comes from rules."""

    name, model_hash = "slot-copier", "0" * 12

    def more(self, texts: Sequence[str]) -> list[list[str]]:
        return [[] for _ in texts]

    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        out = []
        for text in texts:
            words = _WORDS[: max(1, len(TOKEN.sub("", text)) // 2)]
            slots = " oro ".join(m.group() for m in TOKEN.finditer(text))  # side by side they would seem to be one list
            out.append([" ".join([*words[:2], slots, *words[2:]])])
        return out
