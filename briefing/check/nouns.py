"""A number that went to another noun: 新建学校5所，并改造医院 as "5 hospitals were renovated and schools were built".

The value is there and no other number took its place, so neither values nor order show it. Only nouns known in
both languages do, and only where both nouns stand on both sides and neither has a number of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from briefing.check.anchors import Mark, Terms
from briefing.check.heads import head_en, noun_zh
from briefing.check.items import Item

_STOP_EN = re.compile(r"[,.;:()!?]|\b(?:and|or|in|for|with|by|to|from|at|on|were|was|are|is|will)\b")
_CLAUSE = re.compile("[，。；、,;：]")
_REACH_EN = 60


def moved(
    zh: str, en: str, left: Sequence[Item], right: Sequence[Item], equal: Sequence[tuple[int, int]], terms: Terms
) -> list[tuple[int, int]]:
    """The bonds whose number counts one noun in the Chinese and another one in the English."""
    counts = [(i, j) for i, j in equal if right[j].dimension == "count" and not right[j].unit and not right[j].soft]
    if not counts:
        return []
    marks_zh, marks_en = list(terms.in_chinese(zh)), list(terms.in_english(en))
    numbered_zh = {mark.start: keys for item in left for mark, keys in [_noun_zh(item, zh, marks_zh)] if mark}
    out = []
    for i, j in counts:
        mark, keys = _noun_zh(left[i], zh, marks_zh)
        theirs = _nouns_en(right[j], en, marks_en)
        first = _nouns_en(right[j], en, marks_en, touching=True)
        if mark is None or not first or keys & theirs:
            continue
        if noun_zh(zh, left[i], left, i, marks_zh) & head_en(en, right[j], right, j, marks_en):
            continue
        others_en = {key for n, item in enumerate(right) if n != j for key in _nouns_en(item, en, marks_en)}
        said = any(m.keys & keys for m in marks_en) and not keys & others_en
        source = [m for m in marks_zh if m.keys & first]
        if any(not _CLAUSE.search(_between(zh, left[i], m)) for m in source):
            continue  # 政策措施249件: the other noun is in its own clause
        if said and source and not any(m.start in numbered_zh for m in source):
            out.append((i, j))
    return out


def _between(zh: str, item: Item, mark: Mark) -> str:
    if mark.stop <= item.span.start:
        return zh[mark.stop : item.span.start]
    return zh[item.span.stop : mark.start]


def _noun_zh(item: Item, zh: str, marks: Sequence[Mark]) -> tuple[Mark | None, frozenset[str]]:
    """The known noun that touches a Chinese number: 学校5所， before it, 5所学校 after it."""
    if item.sort != "number":
        return None, frozenset()
    start = item.span.stop
    if zh[start : start + 1].isalnum():
        place = bisect_left(marks, start, key=lambda m: m.start)
        near = [m for m in marks[place : place + 1] if m.start == start and m.stop - m.start > 1]
    else:
        place = bisect_left(marks, item.span.start, key=lambda m: m.start)
        near = [m for m in marks[max(0, place - 1) : place] if m.stop == item.span.start and m.stop - m.start > 1]
    keys = frozenset(key for key in near[0].keys if key[0] != ">") if near else frozenset()
    return (near[0], keys) if keys else (None, frozenset())


def _nouns_en(item: Item, en: str, marks: Sequence[Mark], *, touching: bool = False) -> frozenset[str]:
    """The known words that follow an English number in its phrase, or only the one that touches it."""
    if item.sort != "number":
        return frozenset()
    stop = _STOP_EN.search(en, item.span.stop, item.span.stop + _REACH_EN)
    end = stop.start() if stop else item.span.stop + _REACH_EN
    place = bisect_left(marks, item.span.stop, key=lambda m: m.start)
    found: set[str] = set()
    for mark in marks[place : place + 12]:
        if mark.start < end and (not touching or mark.start <= item.span.stop + 1):
            found |= {key for key in mark.keys if key[0] not in "=>"}
    return frozenset(found)
