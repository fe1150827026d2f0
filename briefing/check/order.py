"""Two numbers that changed places: every value is there, but beside the wrong noun.

A multiset of values cannot see it. Numbers of one dimension that agree by value are tried against each other:
the words, dates and other numbers around them bear witness for the one or the other pairing. Translation may
reorder, so a changed order is not enough where the surroundings moved along.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.check.anchors import Mark, Terms
from briefing.check.calendar import nested
from briefing.check.heads import head_en, head_zh, verdict
from briefing.check.items import Item

_REACH = 6
"""Numbers further apart than this many places are not tried against each other."""
_SURE_MIXED = 0.9
"""The same for a set phrase and an amount (13 companies in the top 50)."""
_SURE_STRAIGHT, _SURE_TURNED, _SURE_INVERTED, _MOVED_ALONG = 1.1, 1.2, 0.3, -0.6
"""How much better the crossed pairing must fit: in the order of the source; turned about a preposition (18 of the
25, for 25个中的18个); in another order; and below which the words have moved along with their numbers."""
_TURN = re.compile(
    r"\b(?:of|in|on|from|under|at|across|for|among|within|by|with|out of|involving|covering|including|about|over)\b"
)
_ENDS = re.compile(r"\s*(?:and\b|or\b|respectively|[.,;:]|$)")
_PART_OF = re.compile(r"(?: \w+){0,2} of (?:the|its|their|these|all)(?: \w+)? ?")
_OF_WHOM = re.compile(r" of (?:whom|which|them)\b")
_AMONG = re.compile(r"(?i)\b(?:among|of)(?: the)? $")
_ROLES_ZH = {"from": re.compile("[从由]"), "to": re.compile("[到至为]|达到?")}
_ROLES_EN = {"from": re.compile(r"\bfrom\b", re.I), "to": re.compile(r"\bto\b", re.I)}
_PER_ZH = re.compile("每$")
_PER_EN = re.compile(r"\b(?:per|every|each|for every|for each) $", re.I)
_VERBS = re.compile(r"\b(?:and|will)\b")
_ROW = re.compile("[、和与及,，第 ]*")
_CLAUSE = re.compile(r"[，。；;]|[,.](?= )")
_PARTITIVE = re.compile(r"^\W*(?:\w+ ){0,3}of (?:the|its|their|these|all)\b")
_APART = re.compile(r",(?! (?:including|of which|of whom|among))")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_COVERB = re.compile("[向对在为从由于给将把]")
_STOPS = re.compile(r"[，。；;,:：、.!?！？]|\band\b|\bof which\b|\bwhile\b")


@dataclass(frozen=True, slots=True)
class Cross:
    """Two bonds whose numbers seem to have changed places, as indexes of the items."""

    first: tuple[int, int]
    second: tuple[int, int]
    sure: bool
    """Words around them bear witness; else only the order of a list does."""


def crossed(
    zh: str, en: str, left: Sequence[Item], right: Sequence[Item], equal: Sequence[tuple[int, int]], terms: Terms
) -> list[Cross]:
    """The pairs of numbers that changed places, each number in one pair at most."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, j in equal:
        value = left[i].value
        plus = "+" in zh[max(0, left[i].span.start - 1) : left[i].span.stop + 1]
        large = value is not None and (value[0] >= 3 or "." in left[i].text)
        firm = not (left[i].soft or right[j].soft) or plus or large
        if left[i].sort == "date" or firm:
            groups["date" if left[i].sort == "date" else left[i].dimension or "count"].append((i, j))
    if all(len(group) < 2 for group in groups.values()):
        return []
    found: list[tuple[float, Cross]] = []
    scene: _Scene | None = None
    for group in groups.values():
        values = Counter(left[i].key for i, _ in group)
        repeated = {(i, j) for i, j in group if left[i].sort == "number" and values[left[i].key] > 1}
        for n, a in enumerate(group):
            for b in group[n + 1 : n + 1 + _REACH]:
                if not _rivals(left[a[0]], left[b[0]]):
                    continue
                scene = scene or _Scene(zh, en, left, right, equal, terms)
                straight, crossing = scene.counted(a, b)
                if crossing < 2 and _unlike(zh, left[a[0]], left[b[0]]):
                    continue
                gain = scene.gain(a, b)
                soft = (left[a[0]].soft + left[b[0]].soft) if left[a[0]].sort == "number" else 0
                inverted = a[1] > b[1]
                way = scene.change(a, b) or scene.per(a, b)
                if way == "kept" or (straight and not crossing):
                    continue
                counts = straight == 0 and (crossing == 2 or (crossing == 1 and gain > 0 and scene.turned(a, b)))
                if way == "turned" or counts or scene.exchanged(a, b) or scene.impossible(a, b):
                    sure, doubtful = True, False
                elif soft == 2:
                    sure, doubtful = False, inverted and not scene.turned(a, b)
                elif soft == 1:
                    sure, doubtful = gain > _SURE_MIXED, False
                elif not inverted or {a, b} & repeated:
                    sure, doubtful = gain > _SURE_STRAIGHT, False
                elif scene.turned(a, b):
                    sure, doubtful = gain > _SURE_TURNED, False
                else:
                    sure, doubtful = gain > _SURE_INVERTED, gain > _MOVED_ALONG
                if sure or doubtful:
                    found.append((gain + 2 * (a[1] > b[1]), Cross(a, b, sure)))
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


def _unlike(zh: str, a: Item, b: Item) -> bool:
    """Whether a set phrase is too far from the other number to be taken for it."""
    if not a.soft and not b.soft:
        return False
    return b.span.start - a.span.stop > 12


class _Scene:
    """What stands around the numbers on both sides."""

    def __init__(
        self,
        zh: str,
        en: str,
        left: Sequence[Item],
        right: Sequence[Item],
        equal: Sequence[tuple[int, int]],
        terms: Terms,
    ) -> None:
        self.left, self.right, self.own = left, right, terms.own
        marks_zh = list(terms.in_chinese(zh))
        marks_en = list(terms.in_english(en))
        for i, j in equal:
            key = frozenset({f"#{left[i].sort}{i}"})
            marks_zh.append(Mark(left[i].span.start, left[i].span.stop, key))
            marks_en.append(Mark(right[j].span.start, right[j].span.stop, key))
        self._zh = _Side(zh, left, marks_zh, 8.0)
        self._en = _Side(en, right, marks_en, 24.0)

    def gain(self, a: tuple[int, int], b: tuple[int, int]) -> float:
        """How much better the crossed pairing fits than the straight one; negative where it fits worse."""
        sort = self.left[a[0]].sort
        barred = {f"#{sort}{a[0]}", f"#{sort}{b[0]}"}
        if sort == "date":  # 今年4月和5月 and April and May this year: dates say nothing about dates
            barred |= {f"#date{i}" for i in range(len(self.left))}
        za, zb = self._zh.around(a[0]), self._zh.around(b[0])
        ea, eb = self._en.around(a[1]), self._en.around(b[1])
        straight = _fit(za, ea, barred) + _fit(zb, eb, barred)
        crossing = _fit(za, eb, barred) + _fit(zb, ea, barred)
        return crossing - straight

    def change(self, a: tuple[int, int], b: tuple[int, int]) -> str:
        """Whether the start and the end of a change (从32%提升到35%) were kept or turned; "" where there is none."""
        source = (self._zh.role(a[0], _ROLES_ZH), self._zh.role(b[0], _ROLES_ZH))
        if source != ("from", "to"):
            return ""
        target = (self._en.role(a[1], _ROLES_EN), self._en.role(b[1], _ROLES_EN))
        return {("from", "to"): "kept", ("to", "from"): "turned"}.get(target, "")

    def per(self, a: tuple[int, int], b: tuple[int, int]) -> str:
        """Whether the base of a rate (每10万人) was kept or became the number that it is the base of."""
        source = [bool(_PER_ZH.search(self._zh.text, 0, self.left[n[0]].span.start)) for n in (a, b)]
        target = [bool(_PER_EN.search(self._en.text, 0, self.right[n[1]].span.start)) for n in (a, b)]
        if source[0] == source[1] or target[0] == target[1]:
            return ""
        return "kept" if source == target else "turned"

    def counted(self, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
        """How many of the two count the same noun in both languages when paired straight, and when crossed."""
        if self.left[a[0]].sort == "date" or _ROW.fullmatch(
            self._zh.text, self.left[a[0]].span.stop, self.left[b[0]].span.start
        ):
            return 0, 0  # 43.5%、62.9%和50.8%: nothing stands between
        zh = tuple(head_zh(self._zh.text, self.left[n[0]], self.left, n[0], self._zh.marks) for n in (a, b))
        en = tuple(head_en(self._en.text, self.right[n[1]], self.right, n[1], self._en.marks) for n in (a, b))
        return verdict((zh[0], zh[1]), (en[0], en[1]))

    def exchanged(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether the terms of the caller that stand nearest to the two numbers were exchanged."""
        za, zb, ea, eb = (
            _nearest(side.around(index), self.own)
            for side, index in ((self._zh, a[0]), (self._zh, b[0]), (self._en, a[1]), (self._en, b[1]))
        )
        return bool(za & eb and zb & ea) and not (za & ea or zb & eb)

    def impossible(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether the English has more of a thing than the whole: 35 of the 16."""
        first, second = sorted((self.right[a[1]], self.right[b[1]]), key=lambda item: item.span.start)
        if first.value is None or second.value is None:
            return False
        if (
            _AMONG.search(self._en.text[max(0, first.span.start - 12) : first.span.start])
            and first.value[0] < second.value[0]
        ):
            return "中" in self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start]
        if _OF_WHOM.match(self._en.text, second.span.stop) and first.value[0] < second.value[0]:
            between = self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start]
            return "其中" in between and first.dimension == second.dimension and not first.value[1]
        if first.value[0] <= second.value[0]:
            return False
        return bool(_PART_OF.fullmatch(self._en.text, first.span.stop, second.span.start))

    def turned(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether the two stand in one phrase that English turns about: 40个国家的160名代表."""
        between_zh = _BRACKETS.sub("", self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start])
        between_en = _BRACKETS.sub("", self._en.text[self.right[b[1]].span.stop : self.right[a[1]].span.stop])
        if _VERBS.search(between_en):
            return False
        if _PARTITIVE.search(between_en):
            return True
        nested = len(between_zh) <= 12 or between_zh.endswith(("的", "中", "里", "有", "中有"))
        ahead = re.split("[，。；、,;：]", self._zh.text[: self.left[a[0]].span.start])[-1]
        if re.search("[，。；,;：]", between_zh) or ("、" in between_zh and len(between_zh) > 2):
            return False
        if _APART.search(between_en) or not _TURN.search(between_en):
            return False
        return nested or bool(_COVERB.search(ahead))


_NONE: frozenset[str] = frozenset()


class _Side:
    """One text: its marks, and how near each is to each number."""

    def __init__(self, text: str, items: Sequence[Item], marks: Sequence[Mark], scale: float) -> None:
        self.text, self.items, self.scale = text, items, scale
        self.marks = sorted(marks, key=lambda m: m.start)
        self.stops = sorted([m.start() for m in _STOPS.finditer(text)] + [i.span.start for i in items])
        self._seen: dict[int, list[tuple[frozenset[str], float]]] = {}

    def role(self, index: int, words: Mapping[str, re.Pattern[str]]) -> str:
        """Whether the number is what something changed from or to, by the last such word before it in its clause."""
        span = self.items[index].span
        before = max((i.span.stop for i in self.items[:index] if i.sort == "number"), default=0)
        text = _CLAUSE.split(self.text[max(before, span.start - 40) : span.start])[-1]
        found = {name: [m.end() for m in pattern.finditer(text)] for name, pattern in words.items()}
        last = {name: ends[-1] for name, ends in found.items() if ends}
        return max(last, key=lambda name: last[name], default="")

    def around(self, index: int) -> list[tuple[frozenset[str], float]]:
        """The marks near a number with their weight: halved by distance and by each number or comma between."""
        if index not in self._seen:
            span = self.items[index].span
            ahead, behind = self._sides(self.items[index])
            out = []
            for mark in self.marks:
                gap = max(mark.start - span.stop, span.start - mark.stop, 0)
                if gap > 8 * self.scale or (mark.start <= span.start and span.stop <= mark.stop):
                    continue
                low, high = (span.stop, mark.start) if mark.start >= span.stop else (mark.stop, span.start)
                between = max(0, bisect_left(self.stops, high) - bisect_left(self.stops, low))
                weight = 2.0 ** -(gap / self.scale + between)
                keys = mark.keys
                if mark.start >= span.stop:
                    weight *= behind
                    keys = frozenset(key for key in keys if not key.startswith(">"))
                elif mark.stop <= span.start:
                    weight *= 1.0 if any(key.startswith(">") for key in keys) else ahead
                if weight > 0.02 and keys:
                    out.append((keys, weight))
            self._seen[index] = out
        return self._seen[index]

    def _sides(self, item: Item) -> tuple[float, float]:
        """How much the words before and after a number tell of it: 企业5家 has its noun before, 5家企业 after."""
        after = self.text[item.span.stop : item.span.stop + 1]
        if self.text[item.span.start : item.span.start + 1].isascii() and (not after or after in " ,.;:"):
            if _ENDS.match(self.text, item.span.stop):
                return 1.0, 0.3
            return (0.5, 1.0) if item.dimension == "count" and not item.unit else (1.0, 0.7)
        if not after or not after.isalnum():
            return 1.0, 0.3
        return 0.6, 1.0


def _nearest(marks: Sequence[tuple[frozenset[str], float]], own: frozenset[str]) -> frozenset[str]:
    """The keys of the heaviest mark that is a term of the caller."""
    return max(
        ((weight, keys & own) for keys, weight in marks if keys & own), key=lambda m: m[0], default=(0.0, _NONE)
    )[1]


def _fit(
    zh: Sequence[tuple[frozenset[str], float]], en: Sequence[tuple[frozenset[str], float]], barred: set[str]
) -> float:
    best: dict[str, float] = defaultdict(float)
    for keys, weight in en:
        for key in keys:
            best[key] = max(best[key], weight)
    total = 0.0
    for keys, weight in zh:
        total += max((weight * best[key] for key in keys if key in best and key not in barred), default=0.0)
    return total
