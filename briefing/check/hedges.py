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
_UNSAID = re.compile("级$|^满|前|^居|^[百千万]亿$|起步$")
"""百亿级, 满25年, 前3位: English has no hedge for them."""
_LISTED = re.compile(r"[\s,、]*(?:and|or|和|及|与)?\s*")
_INNER = re.compile("内$")
_IN = re.compile(r"\bin $", re.I)
_AROUND_NOW = re.compile(r"\b(?:past|last|next|coming|following|previous) $", re.I)
_LEVEL = re.compile("[- ](?:level|class|scale|grade)")
_OVER_TIME = re.compile(r"over\b", re.I)


@cache
def _patterns(family: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The words of a family: in Chinese, before and after a number in English."""
    data = tomllib.loads(files("briefing.data").joinpath("check_cues.toml").read_text("utf-8"))[family]
    before, after = (rf"\b(?:{'|'.join(data[side])})\b" if side in data else r"(?!)" for side in ("before", "after"))
    return re.compile("|".join(data["zh"])), re.compile(before, re.I), re.compile(after, re.I)


_PACTS = "履签节条公预合制特邀纽失誓和"
"""Characters before 约 where it is no hedge: 履约, 签约, 节约."""
_FAR_ZH: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(f"(?:(?<![{_PACTS}])约|大概)(?:占|为|合|是|有)?[^，。；！？]{{0,24}}$"), "about"),
    (re.compile("(?:超过|超出|高于|大于|逾|突破|超)[^，。；！？]{0,24}$"), "over"),
    (re.compile("(?:不足|不到|低于|少于|小于|接近|将近)[^，。；！？]{0,24}$"), "near"),
    (re.compile("(?:至少|不少于|不低于|不小于|最少)[^，。；！？]{0,24}$"), "at_least"),
    (re.compile("(?:至多|不超过|不高于|不大于|最多|控制在)[^，。；！？]{0,24}$"), "at_most"),
)
_FAR_SURE = re.compile("(?:约占|约为|约合|约有|大概[占为是有]|大约[占为是有])[^，。；！？、]{0,20}$")
_FAR_EN = {
    family: re.compile(rf"\b(?:{words}) (?:the|a|an|its)(?! (?:past|last|next)) (?:[\w-]+ ){{0,5}}(?:of|at|by) $", re.I)
    for family, words in (
        ("lower", r"above|over|than|exceed\w*|top\w*|beyond|least"),
        ("upper", r"below|under|than|nearly|approach\w*|within|most"),
        ("middle", "around|about|approximately"),
    )
}
_SPANS = re.compile("跨越|横跨|纵横|穿越|绵延")
"""Verbs of extent, which hold 越 or 跨 but no hedge."""
_NEARING = re.compile("[将即快]$")
_ROUGH = re.compile("^(?:上|成|近|超|逾|约)[0-9一二三四五六七八九百千万]")


def said(zh: str, en: str, left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> bool:
    """Whether the hedge of one of two bound numbers is said near the other all the same, or needs no saying."""
    z, e = left[i], right[j]
    if z.bound != "exact" and e.bound != "exact":
        return _said_both(zh, en, left, right, i, j)
    if e.bound == "exact":
        extent = _SPANS.match(z.text) and not _ROUGH.match(z.text[2:])
        if _UNSAID.search(z.text) or extent or _inherited(zh, left, right, i):
            return True
        before, after = _between(en, right, j, _REACH_EN)
        timed = e.dimension in ("time", "months")
        if timed and _INNER.search(z.text) and (_IN.search(before) or _AROUND_NOW.search(before) or e.dated):
            return True  # 五年内, in five years; 过去24小时内, over the past 24 hours
        if z.bound == "at_least" and not _patterns("lower")[0].search(_near_chinese(zh, left, i)):
            return True  # 1000亿项目: the bound is what the reader makes of a class
        if z.bound == "near" and e.dimension in ("time", "months") and _past(en, e):
            return True  # 近五年来, in the past five years
        ahead = en[max(0, e.span.start - 60) : e.span.start]
        if any(_FAR_EN[family].search(ahead) for family in _FAMILY.get(z.bound, ())):
            return True  # above the national average of 25%
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
    if any(_patterns(f)[0].search(_near_chinese(zh, left, i)) for f in _FAMILY.get(e.bound, ())):
        return True
    far = far_hedge(zh, left, i)
    return far is not None and _kin(far, e.bound)


def _kin(a: Bound, b: Bound) -> bool:
    return bool(set(_FAMILY.get(a, ())) & set(_FAMILY.get(b, ())))


def _said_both(zh: str, en: str, left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> bool:
    """Whether two different hedges agree: the other one stands near, too (低于13%左右), or 将满 was read as 满."""
    z, e = left[i], right[j]
    if z.text[:1] in "上成" and _ROUGH.match(z.text) and e.bound in ("about", "over"):
        return True  # 上百架: about a hundred
    if z.text.startswith("满") and e.bound == "near" and _NEARING.search(zh[max(0, z.span.start - 1) : z.span.start]):
        return True
    if any(_patterns(f)[0].search(z.text.strip("上")) for f in _FAMILY.get(e.bound, ()) if not _kin(z.bound, e.bound)):
        before = _BREAK_EN.split(en[max(0, e.span.start - 60) : e.span.start])[-1]
        return any(_patterns(f)[1].search(before) for f in _FAMILY.get(z.bound, ()))
    return False


def _inherited(zh: str, left: Sequence[Item], right: Sequence[Item], i: int) -> bool:
    """Whether a hedge comes down a list (至少建1家…、1所…) and English says it once."""
    z = left[i]
    near = zh[max(0, z.span.start - 4) : z.span.stop + 2]
    families = [_patterns(f)[0] for f in _FAMILY.get(z.bound, ())]
    return not any(f.search(near) for f in families) and any(e.bound == z.bound for e in right)


def far_hedge(zh: str, left: Sequence[Item], i: int) -> Bound | None:
    """The hedge that stands before the noun of a number: 约占全国的10%, 超出国内生产总值1%."""
    start = left[i].span.start
    low = max([0, start - 32, *(o.span.stop for o in left[max(0, i - 1) : i])])
    before = zh[low:start]
    return next((bound for pattern, bound in _FAR_ZH if pattern.search(before)), None)


_BEFORE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile("(?:超过?|逾|突破)$"), "over"),
    (re.compile("(?:将近|接近|(?<![附最邻临靠])近)$"), "near"),
    (re.compile(f"(?:(?<![{_PACTS}])约|[≈～])$"), "about"),
    (re.compile("(?:至少|最少|不少于|不低于)[^，。；、0-9]{0,14}$"), "at_least"),
    (re.compile("(?:至多|最多|不超过|不高于)[^，。；]{0,5}$"), "at_most"),
)
_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile("(?:左右|上下|前后)"), "about"),
    (re.compile("(?:及)?以上"), "at_least"),
    (re.compile("(?:及)?(?:以下|以内|之内)"), "at_most"),
)
_INSIDE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile("(?:将近|接近|近)[0-9一二两三四五六七八九十百千万]"), "near"),
    (re.compile("[0-9十百千万](?:余|多)|(?:年|天|小时|月)多|超过?|逾"), "over"),
    (re.compile(f"(?<![{_PACTS}])约|左右|许"), "about"),
    (re.compile("不到|不足"), "near"),
)
_PAST = re.compile(r"\b(?:past|last|recent|previous|since|latest)\b", re.I)


def unread(zh: str, en: str, left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> Bound | None:
    """The hedge that touches a Chinese number although its reader found it exact, where the English has another."""
    z, e = left[i], right[j]
    found = _touching(zh, left, i) if z.bound == "exact" else None
    if found is None or _kin(found, e.bound):
        return None
    ahead, behind = _between(en, right, j, 30)
    timed = z.dimension in ("time", "months")
    if found == "near" and timed and (e.bound == "exact" or en.startswith("past", e.span.stop)) and _past(en, e):
        return None  # 近5年来: the past 5 years
    family = [_patterns(f) for f in _FAMILY[found]]
    return None if any(f[1].search(ahead) or f[2].search(behind) for f in family) else found


def _past(en: str, e: Item) -> bool:
    return bool(_PAST.search(en, max(0, e.span.start - 30), e.span.stop))


def _touching(zh: str, left: Sequence[Item], i: int) -> Bound | None:
    z = left[i]
    before, after = _between(zh, left, i, _REACH_ZH)
    found = next((bound for pattern, bound in _BEFORE if pattern.search(before)), None)
    found = found or next((bound for pattern, bound in _AFTER if pattern.match(after)), None)
    if found is None and z.shadow:
        near = zh[max(0, z.span.start - 2) : z.span.stop + 1]
        found = next((bound for pattern, bound in _INSIDE if pattern.search(near)), None)
    if found is None and _FAR_SURE.search(zh[max(0, z.span.start - 24) : z.span.start]):
        found = "about"
    return found


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
    low = max([start - reach, 0, *(o.span.stop for o in items[max(0, first - 1) : first] if o.span.stop <= start)])
    span = Span(start, span.stop) if first == index else span
    high = min([span.stop + reach, *(o.span.start for o in items[index + 1 : index + 2])])
    stop = start if first == index else items[first].span.stop  # whose hedge stands in its own text
    return text[min(low, start) : stop], text[span.stop : max(high, span.stop)]


def against(zh: str, left: Sequence[Item], i: int, direction: Direction) -> bool:
    """Whether the words around a number of the Chinese speak against the direction that the English gives it."""
    before, after = _between(zh, left, i, _REACH_DIRECTION)
    near = f"{_BREAK_ZH.split(before)[-1]} {_BREAK_ZH.split(after[:10])[0]}"
    ups, downs = bool(_patterns("up")[0].search(near)), bool(_patterns("down")[0].search(near))
    return downs and not ups if direction.startswith("up") else ups and not downs


_ABOUT_DATE_ZH = re.compile("(?:左右|前后|许)(?!多)")
_ABOUT_DATE_EN = re.compile(
    r"\b(?:about|around|approximately|roughly|circa|or so|some time|sometime|by|before)\b", re.I
)


def date_hedge_lost(zh: str, en: str, z: Item, e: Item) -> bool:
    """Whether a date or time is about so in the Chinese (2030年前后, 9时30分许) and exact in the English."""
    if not _ABOUT_DATE_ZH.match(zh, z.span.stop):
        return False
    around = en[max(0, e.span.start - 25) : e.span.stop + 10]
    return not _ABOUT_DATE_EN.search(around)


_REACH_TOLD = 120


def undirected(en: str, right: Sequence[Item], j: int, direction: Direction) -> bool:
    """Whether the English tells nowhere in the sentence around a number that it is a rise (or a fall)."""
    span = right[j].span
    if en.endswith(("by ", "of "), 0, span.start) and any(e.direction == direction for e in right):
        return False  # grew by 11.2% and … by 8.1%: one verb for a list
    before = re.split(r"[.;!?](?= )", en[max(0, span.start - _REACH_TOLD) : span.start])[-1]
    after = re.split(r"[.;!?](?= |$)", en[span.start : span.stop + _REACH_TOLD])[0]
    return not _told("rise" if direction.startswith("up") else "fall").search(f"{before}{after}")


@cache
def _told(family: str) -> re.Pattern[str]:
    data = tomllib.loads(files("briefing.data").joinpath("check_cues.toml").read_text("utf-8"))[family]
    return re.compile(rf"\b(?:{'|'.join(data['en'])})\b", re.I)
