"""Whether a clause reports or promises: explicit markers first, then the wording of the whole sentence.

Chinese verbs carry no tense. A report says 已, 了, 累计, 同比 or 去年; a promise says 将, 力争, 确保, 到2030年. A
government report, though, writes both halves without either: “新建学校20所。” is an achievement in its first
part and a target in its second. What separates them is the shape of the clauses: plans begin with a
verb (推进…, 深入实施…), reports begin with a subject and end with a verb or an adjective (…加快推进, …有效提升).
`data/tense_cues.tsv` holds the weight of such beginnings, endings and particles, and
`training/tense_cues.py` tells how they were estimated.

Scores are integers, in tenths of a logit: positive towards the future.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from briefing.extract.clauses import clauses, fold
from briefing.spans import Span

_NUMBER = re.compile(r"\d[\d,.]*")
_QUOTES = str.maketrans("", "", "“”‘’\"'")
_TELLING = frozenset("了已将要把均再都更首获入累达超增至为使得让共约有是0")
_CUE = re.compile(r"\^{0,2}(?:0?[一-鿿]{1,2}|[一-鿿]0|0)\$?")
_ITEM = re.compile(r"^[\s①-⑳(]*(?:[一二三四五六七八九十0]+[)、.])?")
"""The number of an item in a list: ①, 3., （二）."""
_TITLE = re.compile("《[^《》]{1,60}》")
"""The title of a document: the words inside tell no tense (《…规划纲要》)."""
_CALENDAR = re.compile(r"[年月日]")


@dataclass(frozen=True, slots=True)
class Marker:
    """An explicit word of tense in a sentence."""

    span: Span
    weight: int


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("briefing.data").joinpath("tense.toml").read_text(encoding="utf-8"))


@cache
def _openers() -> frozenset[str]:
    return frozenset(_table()["openers"].split())


@cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The markers of data/tense.toml, one alternation for each weight."""
    return tuple((int(row["weight"]), re.compile("|".join(row["patterns"]))) for row in _table()["marker"])


@cache
def _cues() -> tuple[int, dict[str, int]]:
    """The bias and the weight of each cue of data/tense_cues.tsv."""
    lines = resources.files("briefing.data").joinpath("tense_cues.tsv").read_text(encoding="utf-8").splitlines()
    table = {cue: int(weight) for cue, weight in (line.split("\t") for line in lines if line and line[0] != "#")}
    return table.pop(""), table


@lru_cache(maxsize=1024)
def markers(sentence: str) -> tuple[Marker, ...]:
    """The explicit words of tense in `sentence`, in text order.

    >>> [(m.span.of("去年已建成3座，今年力争再建5座"), m.weight > 0) for m in markers("去年已建成3座，今年力争再建5座")]
    [('去年', False), ('已', False), ('力争', True), ('再', True)]
    """
    folded = fold(sentence)
    titles = [Span(*match.span()) for match in _TITLE.finditer(folded)]
    found = {
        match.start(): Marker(Span(match.start(), match.end()), weight)
        for weight, pattern in reversed(_patterns())
        for match in pattern.finditer(folded)
        if not any(title.start < match.start() < title.stop - 1 for title in titles)
    }
    return tuple(found[start] for start in sorted(found))


def features(sentence: str) -> tuple[str, ...]:
    """The cues that the wording of `sentence` gives, sorted: beginnings, endings, particles, words beside a number.

    ``^推进`` begins a clause, ``^^推进`` the sentence, ``提升$`` ends a clause; 0 stands for any number. ``V3`` says
    that three quarters of the clauses begin with a verb of action, ``E1`` that one quarter end with one,
    ``F1`` and ``L1`` that the first and the last begin so, ``N2`` that there are two numbers (5: five or more),
    ``I1`` that it is an item of a numbered list.

    >>> features("新增学位3万个")
    ('0万', 'E0', 'F1', 'I0', 'L1', 'N1', 'V4', '^^新增', '^新', '^新增', '万个$', '个$', '位0', '增学', '新增')
    """
    folded = _NUMBER.sub("0", fold(sentence).translate(_QUOTES))
    parts = [_ITEM.sub("", span.of(folded)) for span in clauses(folded)]
    found: set[str] = {"^^" + part[:2] for part in parts[:1]}
    for part in parts:
        found |= {"^" + part[:2], "^" + part[:1], part[-2:] + "$", part[-1:] + "$"}
        found.update(pair for pair in map("".join, pairwise(part)) if not _TELLING.isdisjoint(pair))
    cues = {cue for cue in found if _CUE.fullmatch(cue) and not _CALENDAR.search(cue)}
    listed = _ITEM.match(folded)
    cues |= {f"I{int(bool(listed and listed.group().strip()))}"} if parts else set()
    return tuple(sorted(cues | _shape(folded, parts)))


def _shape(folded: str, parts: list[str]) -> set[str]:
    """The cues that tell how many clauses begin and end with a verb of action, and how many numbers there are."""
    if not parts:
        return set()
    openers = _openers()
    begins = [part[:2] in openers for part in parts]
    ends = [part[-2:] in openers for part in parts]
    return {
        f"V{4 * sum(begins) // len(parts)}",
        f"E{4 * sum(ends) // len(parts)}",
        f"F{int(begins[0])}",
        f"L{int(begins[-1])}",
        f"N{min(5, folded.count('0'))}",
    }


@lru_cache(maxsize=256)
def wording(sentence: str) -> int:
    """How far the wording of `sentence` leans to a plan (positive) or a report (negative), markers aside.

    >>> wording("深入推进节水改造，加快建设数字化灌区") > 0 > wording("节水改造深入推进，数字化灌区加快建设")
    True
    """
    bias, weights = _cues()
    return bias + sum(weights.get(cue, 0) for cue in features(sentence))
