"""Two numbers that changed places: every value is there, but beside the wrong noun.

A multiset of values cannot see it. Numbers of one dimension that agree by value are tried against each other:
the words, dates and other numbers around them bear witness for the one or the other pairing. Translation may
reorder, so a changed order is not enough where the surroundings moved along. How the witnesses are weighed
against each other was learnt from right pairs and from pairs in which two numbers were exchanged
(data/swap_weights.toml, benchmarks/swap_weights.py).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.check.anchors import Terms
from briefing.check.calendar import nested
from briefing.check.items import Item
from briefing.check.scene import Scene

_REACH = 6
"""Numbers further apart than this many places are not tried against each other."""
_DOUBTFUL, _SURE = 0.5, 0.9
"""How probable a change of places must be for a warning, and for an error."""
_SURE_STRAIGHT, _SURE_TURNED, _SURE_INVERTED, _MOVED_ALONG = 1.1, 1.2, 0.3, -0.6
"""The same for dates, as how much better the crossed pairing must fit: in the order of the source; turned about a
preposition; in another order; and below which the words have moved along with their dates."""
_FAR = 12
"""Characters between two Chinese numbers of which one is rarely taken for the other."""
_PARTED_ZH = re.compile("[，。；、：,;：和与及]")
_PREPOSITION = re.compile(r"\b(?:of|in|on|from|under|at|across|among|within|out of|involving|covering)\b")
_PARTED_EN = re.compile(r"[,;]|\band\b")


@dataclass(frozen=True, slots=True)
class Cross:
    """Two bonds whose numbers seem to have changed places, as indexes of the items."""

    first: tuple[int, int]
    second: tuple[int, int]
    sure: bool
    """An error; else a warning."""


def crossed(
    zh: str, en: str, left: Sequence[Item], right: Sequence[Item], equal: Sequence[tuple[int, int]], terms: Terms
) -> list[Cross]:
    """The pairs of numbers that changed places, each number in one pair at most."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, j in equal:
        groups["date" if left[i].sort == "date" else left[i].dimension or "count"].append((i, j))
    found: list[tuple[float, Cross]] = []
    scene: Scene | None = None
    for name, group in groups.items():
        looks = {bond: (left[bond[0]].key, left[bond[0]].text.startswith("第")) for bond in group}
        values = Counter(looks.values())
        repeated = {bond for bond in group if name != "date" and values[looks[bond]] > 1}
        for n, a in enumerate(group):
            for b in group[n + 1 : n + 1 + _REACH]:
                if not _rivals(left[a[0]], left[b[0]]):
                    continue
                scene = scene or Scene(zh, en, left, right, equal, terms)
                likely = _dates(scene, a, b) if name == "date" else _numbers(scene, a, b, {a, b} & repeated != set())
                if likely >= _DOUBTFUL:
                    found.append((likely, Cross(a, b, likely >= _SURE)))
    out: list[Cross] = []
    used: set[int] = set()
    for _, cross in sorted(found, key=lambda f: -f[0]):
        if not used & {cross.first[0], cross.second[0]}:
            used |= {cross.first[0], cross.second[0]}
            out.append(cross)
    return out


def _rivals(a: Item, b: Item) -> bool:
    """Whether two items could be taken for one another: not where they are equal, or one date holds the other."""
    if a.sort == "date":
        return len(a.iso) == len(b.iso) and not nested(a.iso, b.iso)
    return a.key != b.key


def _dates(scene: Scene, a: tuple[int, int], b: tuple[int, int]) -> float:
    """How likely it is that two dates changed places."""
    way = scene.change(a, b)
    if way:
        return float(way == "turned")
    gain = scene.gain(a, b)
    if a[1] < b[1]:
        return float(gain > _SURE_STRAIGHT)
    if scene.turned(a, b):
        return float(gain > _SURE_TURNED)
    return 1.0 if gain > _SURE_INVERTED else _DOUBTFUL if gain > _MOVED_ALONG else 0.0


def _numbers(scene: Scene, a: tuple[int, int], b: tuple[int, int], repeated: bool) -> float:
    """How likely it is that two numbers changed places.

    Where a value stands twice, the order in which the two were bound tells nothing.
    """
    seen = evidence(scene, a, b)
    vetoed = seen["straight"] and not seen["crossing"]
    if scene.exchanged(a, b) or (scene.impossible(a, b) and not vetoed):
        return 1.0
    if a[1] > b[1] and scene.sessions(a, b):
        return 0.0
    if repeated:
        seen = {name: value for name, value in seen.items() if not name.startswith("inverted")}
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in seen.items())))


def evidence(scene: Scene, a: tuple[int, int], b: tuple[int, int]) -> dict[str, float]:
    """What speaks for two numbers having changed places, and against it, each by its name.

    `a` and `b` are bonds, the first of which stands first in the Chinese.
    """
    straight, crossing = scene.counted(a, b)
    gain = max(-2.0, min(2.0, scene.gain(a, b)))
    zh, en = scene.between(a, b)
    way = {scene.change(a, b), scene.per(a, b)}
    inverted, turned = a[1] > b[1], scene.turned(a, b)
    phrase = not _PARTED_ZH.search(zh)  # 15市55县: one phrase, which English turns about a preposition
    preposition = bool(_PREPOSITION.search(en)) and not _PARTED_EN.search(en)
    soft, far = scene.left[a[0]].soft or scene.left[b[0]].soft, len(zh) > _FAR
    return {
        "any": 1.0,
        "gain": gain,
        "straight": straight,
        "crossing": crossing,
        "inverted": inverted,
        "inverted gain": inverted * gain,
        "inverted straight": inverted * straight,
        "inverted row": inverted and scene.in_row(a, b),
        "inverted turned": inverted and turned,
        "inverted soft": inverted and soft,
        "inverted far": inverted and far,
        "turned": turned,
        "preposition": preposition,
        "phrase preposition": phrase and preposition,
        "inverted phrase preposition": inverted and phrase and preposition,
        "soft": soft,
        "far": far,
        "change kept": "kept" in way,
        "change turned": "turned" in way,
    }


@cache
def _weights() -> Mapping[str, float]:
    data = tomllib.loads(files("briefing.data").joinpath("swap_weights.toml").read_text("utf-8"))["weights"]
    return {str(name): float(weight) for name, weight in data.items()}
