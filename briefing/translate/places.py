"""The names of places in English, by rule: divisions, zones, roads, waters, countries.

A chain of divisions is turned round (济南市市中区 → Shizhong District, Jinan); the class word is translated,
the rest is pinyin, and a class word of a one-syllable name stays in the name (单县 Shanxian County). What
the rules would get wrong is in the tables of `briefing.translate.gazetteer`. Countries come with their article
where English needs one ("the United States"), everything else without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from briefing.spans import Span, resolve
from briefing.translate import localities
from briefing.translate.boundaries import cut
from briefing.translate.coined import coined
from briefing.translate.gazetteer import (
    by_start,
    divisions_below,
    gazetteer,
    provinces,
    short_cities,
    short_form,
    table,
    zone_pattern,
)
from briefing.translate.names import word
from briefing.translate.unlisted import named

_HAN = re.compile(r"[㐀-鿿]+")
_NO_LOCAL = re.compile("族村$|[残奥亚]运村$|^[第到至]|赛区$")
_DIVISION = "省市县旗州盟区镇乡村"
_KEPT_IN_SHORT_NAMES = frozenset("县市区镇乡村山河江湖港岛湾街路巷旗州")
_MEANING = re.compile(
    "中央|活力|商埠|产业|集聚|创新|示范|现代|国际|科技|文化|生态|绿色|物流|农业|工业|高新|经济|核心|中心|商务|商业|自由|综合|试验"
    "|[东西南北中]部|内外|新增|新建|扩建|改建|建设|治理|改造|提升|完成|人均|农村|公路|道路|退化|级|沿|推进|加快|实现|累计|总|增长|建成|开通|投入"
    "|改革|合作|开放|特色|老城|主城|城市|乡村|重点|试点|智慧|数字|健康|未来|居住|住宅|历史|美丽|和美|行政|贫困|边境|民族|周边|相关"
    "|所有|这个|那个|一个|以及|[的了在是与和及或等为把将对从向由被让各全本该我每某多两几首其此]|[0-9０-９]"
)
_FENGHE = re.compile("(?<=^.)和$")
_OUTSIDE = frozenset("在于到赴来从往至、，。；：和与及是对由为了")
"""What may stand before a name of one syllable (范县), which otherwise is the end of a word (示范县)."""
_BEGINS = rf"(?<![㐀-鿿])|(?<=[{''.join(sorted(_OUTSIDE))}])"
_NAME = rf"(?![{''.join(sorted(_OUTSIDE))}日月年])[㐀-鿿]"
_CHAIN_SHOWN = re.compile(rf"(?:{_BEGINS})({_NAME}[㐀-鿿]{{1,2}}市)({_NAME}[㐀-鿿]{{1,2}}[区县])")
_CITY = re.compile("[^大小新老古山水各全]城市")
"""A city that no list has and that reads like a word, where a district of it follows: 江城市|临江区."""
_DISTRICT = re.compile(r"[㐀-鿿]{2,3}[区县]")
_GOES_ON = re.compile(r"港[口区湾城航务澳股元商]$|[区岸园][域划块]$")
"""Zones that are the beginning of a longer word: 渤海|港口, 开发|区域."""
_NOT_AFTER_CITY = "场民值委容貌"

Places = tuple[tuple[Span, str], ...]


def place(zh: str) -> str:
    """The English of a place, "" for what is not one by the rules (全市, 社区, 中央活力区).

    >>> place("济南市市中区"), place("山东省"), place("海拉尔区"), place("济南高新区")
    ('Shizhong District, Jinan', 'Shandong Province', 'Hailar District', 'Jinan High-Tech Zone')
    """
    zh = re.sub(r"\s+", "", zh)
    if not zh or zh in table("generic"):
        return ""
    if (whole := _single(zh)) is not None:
        return whole
    parts: list[tuple[str, str]] = []
    rest = zh
    while rest:
        head = _head(rest, bool(parts))
        if not head:
            return ""
        english = _single(head)
        if english is None:
            english = _by_suffix(head, parts[-1][1] if parts else "")
            if english is None and len(head) < len(rest) and _CITY.fullmatch(head):
                english = word(head[:2])
            if english is None:
                return ""
            if english.startswith("+"):
                parts[-1] = (parts[-1][0] + head, english[1:])
                rest = rest[len(head) :]
                continue
        parts.append((head, english))
        rest = rest[len(head) :]
    return ", ".join(english for _, english in reversed(parts))


def find(text: str, also: Iterable[str] = (), *, unlisted: bool = True) -> Places:
    """The places named in a text with their English: leftmost, longest, chains of divisions as one span.

    A name of the gazetteer begins a match; a class word with an unknown name counts after a known division
    (济南市某某区), and where the text itself shows that it is one (云河市澄江区). The short forms of such
    names, of districts that the text names twice, and of places in `also` count as well (济阳 for 济阳区).
    Villages, quarters and streets are found by their shape (朱家庄, 经四路): see localities; districts, counties and
    towns that no list has, by where they stand, but not where `unlisted` is false.

    >>> [(s.of("在济南市历下区和青岛，全区社区"), e) for s, e in find("在济南市历下区和青岛，全区社区")]
    [('济南市历下区', 'Lixia District, Jinan'), ('青岛', 'Qingdao')]
    """
    extra = {short: _core(short) for name in also if len(short := short_form(name)) > 1}
    extra |= shown(text, unlisted=unlisted)
    found: list[tuple[Span, str]] = []
    i = 0
    starts = by_start().keys() | {name[:2] for name in extra}
    while i < len(text) - 1:
        if text[i : i + 2] not in starts:
            i += 1
            continue
        stop = _chain(text, i, extra)
        if stop > i:
            name = text[i:stop]
            if name in table("generic"):
                i = stop - 1  # the last character may begin a name: 美丽|江苏
                continue
            english = extra.get(name) or place(name)
            if english and not cut(text, i, stop):
                found.append((Span(i, stop), english))
            i = stop
        else:
            i += 1
    local = localities.find(text, _named)
    return _merged(text, found, local) if local else tuple(found)


def _merged(text: str, divisions: list[tuple[Span, str]], local: Iterable[tuple[Span, str]]) -> Places:
    """Local places with the rest: the longer of two that overlap; a division right before a local place is its owner.

    >>> [(s.of("来到益阳清溪村"), e) for s, e in find("来到益阳清溪村")]
    [('益阳清溪村', 'Qingxi Village, Yiyang')]
    """
    merged: list[tuple[Span, str]] = []
    for span, english in resolve([*divisions, *local], span=lambda item: item[0]):
        before, owner = merged[-1] if merged else (span, "")
        if before.stop == span.start and _is_division(before.of(text)):
            merged[-1] = (Span(before.start, span.stop), f"{english}, {owner}")
        else:
            merged.append((span, english))
    return tuple(merged)


def _is_division(zh: str) -> bool:
    return zh not in table("whole") and zh not in table("country") and (known(zh) or zh[-1] in _DIVISION)


def _named(zh: str) -> str:
    """The English of a name of the gazetteer in China, "" for others."""
    if zh in table("country") or zh in table("generic"):
        return ""
    return place(zh) if known(zh) else table("name").get(zh, "")


def shown(text: str, *, unlisted: bool = True) -> dict[str, str]:
    """Names that a text shows to be divisions by the way it uses them, and the short forms that it may use."""
    names: set[str] = set()
    for match in _CHAIN_SHOWN.finditer(text):
        if all(_is_local(part) for part in match.groups()) and not known(match[1]):
            names |= {match[0], match[1], match[2]}
    full = set(names)
    full |= {name for name, times in Counter(_DISTRICT.findall(text)).items() if times > 1 and known(name)}
    words = table("ambiguous").keys() | table("word").keys() | table("generic").keys()
    shorts = {short: _core(short) for name in full if len(short := short_form(name)) > 1 and short not in words}
    names.update(named(text) if unlisted else ())
    return shorts | {name: english for name in names if (english := place(name))}


def known(zh: str) -> bool:
    """Whether a place is in the gazetteer under exactly this name.

    >>> known("济南"), known("历下区"), known("全市")
    (True, True, False)
    """
    return zh in gazetteer() and zh not in table("generic")


def begins(two: str, names: Collection[str] = ()) -> bool:
    """Whether some name of the gazetteer, or one of `names`, begins with these two characters.

    >>> begins("济南"), begins("办理")
    (True, False)
    """
    return two in by_start() or any(name.startswith(two) for name in names)


def abroad(zh: str) -> bool:
    """Whether a name is that of a country, city or region outside China.

    >>> abroad("俄罗斯"), abroad("济南")
    (True, False)
    """
    return zh in table("country") and zh != "中国"


def _single(zh: str) -> str | None:
    """The English of one known name without a chain, None if the tables do not tell."""
    for kind in ("whole", "country"):
        if zh in table(kind):
            return table(kind)[zh]
    if zh in provinces():
        return table("province")[zh]
    for suffix in ("省", "市"):
        if zh.endswith(suffix) and provinces().get(zh[:-1]) == suffix:
            english = table("province")[zh[:-1]]
            return f"{english} Province" if suffix == "省" else english
    if zh in table("name"):
        return table("name")[zh]
    if zh in gazetteer():
        return _division(zh)
    return None


def _division(zh: str) -> str:
    """The English of a division of China that the gazetteer knows, with or without its class word."""
    groups = "|".join(sorted(table("group"), key=len, reverse=True))
    autonomous = re.fullmatch(rf"(.+?)((?:{groups})*)(自治州|自治县|自治旗)", zh)
    if autonomous:
        core, peoples, suffix = autonomous.groups()
        who = [table("group")[g] for g in re.findall(groups, peoples)]
        if not who and core.endswith("族"):
            who, core = [], core[:-1]
        joined = ", ".join(who[:-1]) + " and " + who[-1] if len(who) > 1 else "".join(who)
        return " ".join(filter(None, (_core(core), joined, table("suffix")[suffix])))
    if zh in short_cities():
        return _core(zh)
    if zh.endswith("市"):
        return _core(zh[:-1])
    plain = re.fullmatch(rf"(.+?)((?:{groups})?)(地区|(?<=..)新区|[区县旗盟州镇])", zh)
    if plain is None:
        return _core(zh)
    core, people, suffix = plain.groups()
    name = word(core + suffix) if len(core) == 1 else _core(core)
    return " ".join(filter(None, (name, table("group").get(people, ""), table("suffix")[suffix])))


def _core(zh: str) -> str:
    return table("name").get(zh) or word(zh)


def _by_suffix(zh: str, before: str) -> str | None:
    """A name with a class word; "+…" when the class word alone says more about the name before it."""
    for size in range(min(len(zh), 12), 0, -1):
        suffix = zh[-size:]
        english = table("suffix").get(suffix)
        if english is None:
            continue
        core = zh[:-size]
        if len(core) == 1 and suffix in ("城区", "新区", "林区", "街区"):  # 某城|区
            continue
        if not core:
            name = re.sub(r" (?:Sea|region)$", "", before)
            return f"+{name} {english}" if before and suffix in table("zone") else None
        if core in table("generic") or not _HAN.fullmatch(core) or len(core) > 8:
            return None
        if suffix in "区市乡镇" and zh[-2] not in "山湖港林" and zh[-2:] in table("generic"):  # 老旧小区, 市城乡
            return None
        name = _single(core) or ("" if _MEANING.search(_FENGHE.sub("", core)) or len(core) > 5 else _core(core))
        if not name or (suffix in "省市县区" and len(core) > 3 and not _is_known_core(core)):
            return None
        listed = core in short_cities() or known(zh)
        new = suffix in "省旗盟" and core[-1] != suffix and coined(core)
        if suffix in ("省", "州", "盟", "旗", "地区") and not listed and not new:
            return None
        if suffix == "市":
            return name
        if suffix[-1] in "路街道" and core[-1] in "山江河湖海" and core in table("whole"):
            name = word(core)
        if len(core) == 1 and suffix in _KEPT_IN_SHORT_NAMES:
            name = word(core + suffix)
        return f"{name} {english}"
    return None


def _is_known_core(core: str) -> bool:
    return core in table("name") or any(core + suffix in gazetteer() for suffix in "省市县区")


def _head(zh: str, chained: bool) -> str:
    """The first division of a chain: a known name if there is one, otherwise up to the first class word."""
    best = ""
    for size in range(min(len(zh), 16), 1, -1):
        if zh[:size] in gazetteer() and zh[:size] not in table("generic"):
            best = zh[:size]
            break
    if zh[len(best) :] == "省":
        return zh
    rest = zh[len(best) :]
    if best and (not rest or best[-1] in _DIVISION or rest in table("zone") or _head(rest, True)):
        if rest and best[-1] not in _DIVISION and not _starts_division(rest):
            return zh
        return best
    unit = re.match(r".{1,6}?(?:街道办事处|街道|社区|片区|新区|[省市县旗镇乡区村])(?=.|$)", zh)
    if unit and len(unit[0]) < len(zh) and not re.match(r"[道]", zh[len(unit[0]) :]):
        return unit[0]
    return zh


def _starts_division(zh: str) -> bool:
    """Whether a chain goes on with a division of its own (历下区), not with the rest of a name (高新区)."""
    return zh in table("zone") or any(zh[:n] in gazetteer() for n in range(min(len(zh), 16), 1, -1))


_LOCAL = re.compile(r"[㐀-鿿]{2,4}?(?:街道|社区|[区县镇乡村])")


def _chain(text: str, start: int, extra: dict[str, str]) -> int:
    """Where the chain of divisions that begins at `start` ends; `start` if none begins."""
    stop = _longest(text, start, extra)
    if stop == start or text[start:stop] in table("generic"):
        return stop
    last = text[start:stop]
    while True:
        at = stop
        below = divisions_below().get(last, frozenset())
        longest = min(14, len(text) - at)
        sizes = (n for n in range(longest, 1, -1) if text[at : at + n] in below and _ends_well(text, at, at + n))
        stop = at + next(sizes, 0)
        if stop == at and known(last) and last[-1] in "市县区旗州" and last not in table("country"):
            local = _LOCAL.match(text, at)
            if local and _is_local(local[0]) and _ends_well(text, at, local.end()):
                stop = local.end()
        if stop == at:
            zone = zone_pattern().match(text, at)
            good = zone and last not in table("country") and not _GOES_ON.search(zone[0] + text[zone.end() :][:1])
            return zone.end() if zone and good else at
        last = text[at:stop]


def _is_local(zh: str) -> bool:
    """Whether a name after a division is one of its towns, villages or districts by its form."""
    generic = table("generic")
    if zh[-1] in "区县" and not coined(zh[:-1]):
        return False  # the gazetteer has the districts of its cities: 主赛区, 降雨落区
    if zh in generic or zh[-2:] in generic or _NO_LOCAL.search(zh) or _MEANING.search(zh):
        return False
    return bool(place(zh))


def _longest(text: str, at: int, extra: dict[str, str]) -> int:
    """The end of the longest known name at `at`, `at` if there is none."""
    group = by_start().get(text[at : at + 2], ())
    sizes = sorted({len(name) for name in group if text.startswith(name, at)}, reverse=True)
    for size in sizes:
        name = text[at : at + size]
        if name in table("ambiguous"):
            inside = divisions_below().get(name, frozenset())
            below = any(text[at + size : at + size + n] in inside for n in range(2, 8))
            if not below:
                continue
        if size == 2 and name[-1] in "县旗" and at and text[at - 1] not in _OUTSIDE and _HAN.match(text[at - 1]):
            continue
        if _ends_well(text, at, at + size):
            return at + size
        if name[-1] in "区县":
            return at
    for size in range(min(8, len(text) - at), 1, -1):
        if text[at : at + size] in extra:
            return at + size if _ends_well(text, at, at + size) else at
    return at


def _ends_well(text: str, start: int, stop: int) -> bool:
    """Whether a name is not cut out of a longer word (济南市|场, 历下区|委, 康县|城)."""
    last, following = text[stop - 1], text[stop : stop + 1]
    if not following:
        return True
    if last == "市":
        return following not in _NOT_AFTER_CITY
    return not (last in "区县" and (following in "委域块划" or (last == "县" and following in "级城域乡")))
