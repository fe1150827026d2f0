"""What stands around the numbers of a pair of texts: known words, other numbers, prepositions, in both languages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefing.check.anchors import Mark, Terms
from briefing.check.heads import head_en, head_zh, verdict
from briefing.check.items import Item

_TURN = re.compile(
    r"\b(?:of|in|on|from|under|at|across|for|among|within|by|with|out of|involving|covering|including|about|over)\b"
)
_ENDS = re.compile(r"\s*(?:and\b|or\b|respectively|[.,;:]|$)")
_PART_OF = re.compile(r"(?: \w+){0,2} of (?:the|its|their|these|all)(?: \w+)? ?")
_OF_WHOM = re.compile(r" of (?:whom|which|them)\b")
_AMONG = re.compile(r"(?i)\b(?:among|of)(?: the)? $")
_ROLES_ZH = {"from": re.compile("[从由]"), "to": re.compile("[到至为]|达到?")}
_ROLES_EN = {"from": re.compile(r"\bfrom\b", re.I), "to": re.compile(r"\bto\b", re.I)}
_PER_EN = re.compile(r"\b(?:per|every|each|for every|for each) $", re.I)
_VERBS = re.compile(r"\b(?:and|will)\b")
_ROW = re.compile("[、和与及,，第 超近约逾0-9.%％]*")
_SESSION = frozenset("届次轮批")
_UNITS_OF_TROOPS = frozenset("师旅团营连排班")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|[a-z]+", re.I)
_CLAUSE = re.compile(r"[，。；;]|[,.](?= )")
_PARTITIVE = re.compile(r"^\W*(?:\w+ ){0,3}of (?:the|its|their|these|all)\b")
_APART = re.compile(r",(?! (?:including|of which|of whom|among))")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_COVERB = re.compile("[向对在为从由于给将把]")
_STOPS = re.compile(r"[，。；;,:：、.!?！？]|\band\b|\bof which\b|\bwhile\b")
_LONGEST_MARK = 80
"""No known word and no number is longer than this many characters."""


def _before(text: str, item: Item, reach: int) -> str:
    return text[max(0, item.span.start - reach) : item.span.start]


class Scene:
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
        source = [self._zh.text.endswith("每", 0, self.left[n[0]].span.start) for n in (a, b)]
        target = [bool(_PER_EN.search(_before(self._en.text, self.right[n[1]], 12))) for n in (a, b)]
        if source[0] == source[1] or target[0] == target[1]:
            return ""
        return "kept" if source == target else "turned"

    def counted(self, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
        """How many of the two count the same noun in both languages when paired straight, and when crossed."""
        if self.left[a[0]].sort == "date" or self.in_row(a, b):
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
        if _AMONG.search(_before(self._en.text, first, 12)) and first.value[0] < second.value[0]:
            return "中" in self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start]
        if _OF_WHOM.match(self._en.text, second.span.stop) and first.value[0] < second.value[0]:
            between = self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start]
            return "其中" in between and first.dimension == second.dimension and not first.value[1]
        if first.value[0] <= second.value[0]:
            return False
        return bool(_PART_OF.fullmatch(self._en.text, first.span.stop, second.span.start))

    def sessions(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether two ordinals count things within one another: 十五届四次, the fourth session of the 15th."""
        behind = {self._zh.text[self.left[n[0]].span.stop - 1 : self.left[n[0]].span.stop + 1][-2:] for n in (a, b)}
        if all(set(pair) & _UNITS_OF_TROOPS for pair in behind):
            return True  # 第3师7旅, the 7th Brigade of the 3rd Division
        units = {self.left[a[0]].unit, self.left[b[0]].unit}
        ordinal = all(_ORDINAL.fullmatch(self.right[n[1]].text) for n in (a, b))
        return ordinal and len(units) == 2 and units <= _SESSION

    def in_row(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether nothing stands between two numbers of the Chinese: 95.6%、97.3%."""
        return bool(_ROW.fullmatch(self._zh.text, self.left[a[0]].span.stop, self.left[b[0]].span.start))

    def between(self, a: tuple[int, int], b: tuple[int, int]) -> tuple[str, str]:
        """The text between two numbers in both languages; the English stops at a number that stands between."""
        low, high = sorted((a[1], b[1]))
        first, second = self.right[low].span, self.right[high].span
        zh = self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start]
        numbers = (i.span.start for i in self.right[low + 1 : high] if i.span.start >= first.stop and not i.soft)
        return zh, self._en.text[first.stop : min(numbers, default=second.start)]

    def turned(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether the two stand in one phrase that English turns about: 40个国家的160名代表."""
        between_zh = _BRACKETS.sub("", self._zh.text[self.left[a[0]].span.stop : self.left[b[0]].span.start])
        between_en = _BRACKETS.sub("", self.between(a, b)[1]) if a[1] > b[1] else ""
        if _VERBS.search(between_en):
            return False
        if _PARTITIVE.search(between_en):
            return True
        nested = len(between_zh) <= 12 or between_zh.endswith(("的", "中", "里", "有", "中有"))
        ahead = re.split("[，。；、,;：]", _before(self._zh.text, self.left[a[0]], 80))[-1]
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
        before = max((i.span.stop for i in self.items[max(0, index - 4) : index] if i.sort == "number"), default=0)
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
            reach = int(8 * self.scale) + 1
            low = bisect_left(self.marks, span.start - reach - _LONGEST_MARK, key=lambda m: m.start)
            high = bisect_left(self.marks, span.stop + reach, key=lambda m: m.start)
            for mark in self.marks[low:high]:
                gap = max(mark.start - span.stop, span.start - mark.stop, 0)
                if gap > 8 * self.scale or (mark.start <= span.start and span.stop <= mark.stop):
                    continue
                from_, to = (span.stop, mark.start) if mark.start >= span.stop else (mark.stop, span.start)
                between = max(0, bisect_left(self.stops, to) - bisect_left(self.stops, from_))
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
