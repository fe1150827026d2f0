"""Whether a hedge that one reading lacks is said nearby all the same.

A reader joins a hedge to its number where both stand together. In "children under the age of three" or 增速至少
要达到5% it stands a little apart. Before a hedge is called lost or added, the words around the number are searched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from briefing.check.items import Item
from briefing.model import Bound, Direction
from briefing.spans import Span

_FAMILY: Mapping[Bound, tuple[str, ...]] = {
    "over": ("lower",),
    "at_least": ("lower",),
    "near": ("upper",),
    "at_most": ("upper",),
    "about": ("middle",),
}
_REACH_ZH, _REACH_EN, _REACH_DIRECTION = 6, 20, 14
_BREAK_ZH, _BREAK_EN = re.compile("[，。；！？]"), re.compile(r"[,.;!?](?= )")
_UNSAID = re.compile("级$|^满|前|^居")
"""百亿级, 满25年, 前3位: English has no hedge for them."""
_LISTED = re.compile(r"[\s,、]*(?:and|or|和|及|与)?\s*")
_IN = re.compile(r"\bin $", re.I)
_LEVEL = re.compile("[- ](?:level|class|scale|grade)")
_OVER_TIME = re.compile(r"over\b", re.I)


@cache
def _patterns(family: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The words of a family: in Chinese, before and after a number in English."""
    data = tomllib.loads(files("briefing.data").joinpath("check_cues.toml").read_text("utf-8"))[family]
    before, after = (rf"\b(?:{'|'.join(data[side])})\b" if side in data else r"(?!)" for side in ("before", "after"))
    return re.compile("|".join(data["zh"])), re.compile(before, re.I), re.compile(after, re.I)


def said(zh: str, en: str, left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> bool:
    """Whether the hedge that only one of two bound numbers has is said near the other, or needs no saying."""
    z, e = left[i], right[j]
    if z.bound != "exact" and e.bound != "exact":
        return False
    if e.bound == "exact":
        if _UNSAID.search(z.text):
            return True
        before, after = _between(en, right, j, _REACH_EN)
        if z.bound == "at_most" and e.dimension in ("time", "months") and _IN.search(before):
            return True  # 五年内, in five years
        before, after = _BREAK_EN.split(before)[-1], _BREAK_EN.split(after)[0]
        families = [_patterns(f) for f in _FAMILY.get(z.bound, ())]
        return any(f[1].search(before) or f[2].search(after) for f in families)
    if _LEVEL.match(en, e.span.stop):
        return True  # 1,000-yuan-level for 千元
    if e.dimension in ("time", "months") and _OVER_TIME.match(e.text):
        return True  # over 62 days: in the course of
    following = left[i + 1] if i + 1 < len(left) else z
    if following.bound == e.bound and _LISTED.fullmatch(zh, z.span.stop, following.span.start):
        return True  # 90%和98%以上: one hedge for a list
    return any(_patterns(f)[0].search(_near_chinese(zh, left, i)) for f in _FAMILY.get(e.bound, ()))


_BEFORE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile("(?:超过?|逾|突破)$"), "over"),
    (re.compile("(?:将近|接近|(?<![附最邻临靠])近)$"), "near"),
    (re.compile("约$"), "about"),
    (re.compile("(?:至少|最少|不少于|不低于)[^，。；]{0,5}$"), "at_least"),
    (re.compile("(?:至多|最多|不超过|不高于)[^，。；]{0,5}$"), "at_most"),
)
_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile("(?:左右|上下)"), "about"),
    (re.compile("(?:及)?以上"), "at_least"),
    (re.compile("(?:及)?(?:以下|以内|之内)"), "at_most"),
)


def unread(zh: str, en: str, left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> Bound | None:
    """The hedge that touches a Chinese number although its reader found it exact, where the English has none."""
    if left[i].bound != "exact" or right[j].bound != "exact" or left[i].sort == "date":
        return None
    before, after = _between(zh, left, i, _REACH_ZH)
    found = next((bound for pattern, bound in _BEFORE if pattern.search(before)), None)
    if found == "near" and left[i].dimension in ("time", "months"):
        return None  # 近5年来: the past 5 years
    found = found or next((bound for pattern, bound in _AFTER if pattern.match(after)), None)
    if found is None:
        return None
    ahead, behind = _between(en, right, j, _REACH_EN)
    family = [_patterns(f) for f in _FAMILY[found]]
    return None if any(f[1].search(ahead) or f[2].search(behind) for f in family) else found


def _near_chinese(zh: str, left: Sequence[Item], i: int) -> str:
    before, after = _between(zh, left, i, _REACH_ZH)
    return f"{_BREAK_ZH.split(before)[-1]} {left[i].text} {_BREAK_ZH.split(after)[0]}"


def _between(text: str, items: Sequence[Item], index: int, reach: int) -> tuple[str, str]:
    """The text on either side of an item, up to its neighbours."""
    span = items[index].span
    first = index
    while first > max(0, index - 4) and _LISTED.fullmatch(text, items[first - 1].span.stop, items[first].span.start):
        first -= 1  # no less than 4.45 and 2.22 million mu: one hedge for a list
    start = items[first].span.start
    low = max([start - reach, 0, *(o.span.stop for o in items[max(0, first - 1) : first])])
    span = Span(start, span.stop) if first == index else span
    high = min([span.stop + reach, *(o.span.start for o in items[index + 1 : index + 2])])
    return text[min(low, span.start) : span.start], text[span.stop : max(high, span.stop)]


def against(zh: str, left: Sequence[Item], i: int, direction: Direction) -> bool:
    """Whether the words around a number of the Chinese speak against the direction that the English gives it."""
    before, after = _between(zh, left, i, _REACH_DIRECTION)
    near = f"{_BREAK_ZH.split(before)[-1]} {_BREAK_ZH.split(after[:_REACH_ZH])[0]}"
    ups, downs = bool(_patterns("up")[0].search(near)), bool(_patterns("down")[0].search(near))
    return downs and not ups if direction.startswith("up") else ups and not downs
