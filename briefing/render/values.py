"""The value of a figure as a table prints it: with the verb of its change, its hedge, and a unit that no noun tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.model import Direction, Figure
from briefing.spans import Span
from briefing.translate.numbers import english

_CHANGE = re.compile(
    r"(?:同比|环比|比上年|较上年)?(?:增长|增加|提高|提升|上升|上涨|增|升|扩大|下降|降低|减少|回落|下滑|压减|缩减|降|减)"
    r"(?:了|到|至)?$"
)
_DIRECTION: Mapping[Direction, str] = {"up": "up", "down": "down", "up_to": "increase to", "down_to": "decrease to"}
_REACHED = {"increase to": "increased to", "decrease to": "decreased to"}
_NUMBER = re.compile(r"[^\d零一二两三四五六七八九十百半]*(?:\d[\d.,．]*|[零一二两三四五六七八九十百点]+)")
_HEDGES = re.compile("[至最不]")
_NAMED = {"户": ("household", "households"), "块": ("plot", "plots")}
"""Classifiers that say what is counted where the noun does not: 惠及居民1.6万户, 28块土地."""
_TELLS = re.compile("[户家店商体]$|企业|单位|用户|主体|机构|公司|家庭|图斑|地块")
"""Nouns that are themselves what the classifier counts."""


def tails(figures: Sequence[Figure], text: str) -> Mapping[str, str]:
    """What the numbers of a list leave to its last one, by figure: 亿元 for the 12 of 12、15亿元.

    A cell that printed the 12 alone would say another number.
    """
    out: dict[str, str] = {}
    tail = ""
    for figure in sorted(figures, key=lambda f: -f.quantity.span.start):
        if figure.quantity.rule == "shared unit":
            out[figure.id] = tail
        else:
            found = _NUMBER.match(figure.quantity.span.of(text))
            tail = figure.quantity.span.of(text)[found.end() :] if found else ""
    return out


def value(
    figure: Figure, text: str, shown: str, *, change: bool, base: Span | None = None, tail: str = ""
) -> tuple[str, str]:
    """The Chinese as `shown` (the text as printed, in which spans count as in `text`) and the English of a value.

    With `change` a verb of change before it is part of both (增长5%, up 5%); words that belong to `base`, which is
    printed beside it, are left out. `tail` is what the number shares with the next of its list.
    """
    quantity = figure.quantity
    start = quantity.span.start
    verb = _CHANGE.search(text, max(0, start - 8), start) if change else None
    lead = figure.lead.of(text) if figure.lead else ""
    hedged = bool(_HEDGES.match(lead))
    word = _DIRECTION.get(quantity.direction, "") if verb or (change and lead and not hedged) else ""
    if verb and word:
        start = max(verb.start(), base.stop) if base and base.stop <= start else verb.start()
    apart = figure.lead.of(shown) if figure.lead and (hedged or (word and not verb)) else ""
    if figure.status == "achieved":
        word = _REACHED.get(word, word)
    told = shown[start : quantity.span.stop]
    told = told.removesuffix("个") + tail if tail.startswith("个") else told + tail
    return apart + told, f"{word} {_counted(figure, text)}".strip()


def _counted(figure: Figure, text: str) -> str:
    """The English of the quantity, with its unit where the subject counts something else."""
    quantity = figure.quantity
    told = english(quantity, text)
    if figure.status == "target" and quantity.kind == "multiple":
        told = re.sub(r"(doubl|quadrupl)ed$", r"\1e", told)
    names = _NAMED.get(quantity.unit)
    if names is None or not told or quantity.kind != "count" or figure.subject is None:
        return told
    if _TELLS.search(figure.subject.of(text)) or told.endswith(names):
        return told
    single = quantity.bound != "range" and (quantity.high if quantity.high is not None else quantity.low) == 1
    return f"{told} {names[not single]}"
