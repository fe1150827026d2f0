"""Noun phrases by their heads: what stands last in Chinese stands first in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from briefing.translate.clause_words import gerund
from briefing.translate.deed_words import table
from briefing.translate.plurals import pluralise, singular

Noun = Callable[[str, bool], str]
"""(Chinese noun phrase, whether there are several) → its English without an article."""
_SLOT = r"<[a-z][1-9]>"
_UNIT = rf"(?:[^<>、，]|{_SLOT})"
_EXAMPLES = re.compile(
    rf"(?P<l>{_UNIT}{{1,16}}?(?:[、和及]{_UNIT}{{1,16}}?)*)(?<![平高中同对上下])等(?![级次额候待着同于])(?P<h>(?:[^<>、，等]|<[tlo][1-9]>){{1,14}})$"
)
_FOR = re.compile(rf"(?P<x>(?:[^<>的、，]|{_SLOT}){{2,16}})的(?P<h>(?:[^<>的、，]|{_SLOT}){{1,8}})$")
_MEANS = re.compile(
    "(?:支撑|抓手|举措|措施|引擎|路径|途径|保障|政策|平台|机制|方式|方法|意见|任务|行动|办法|方案|工作|手段|体系)$"
)
_BUILT = re.compile("(?:项目|工程|设施|管网|道路|铁路|公路|机场|港口|桥梁|电站|基地|厂房|高速|园区|学校|医院)$")
_GROWN = re.compile("(?:(?<!强)区|园|市场|产业|经济|乡村|农业|城镇化|片区)$|>$")
_QUOTED = re.compile(r"(?P<q>(?:[“‘](?:[^“”‘’<>]{2,12}|<t[1-9]>)[”’])+)(?P<h>(?:[^<>“”‘’的]|<t[1-9]>){1,10})$")
_SUMMED = re.compile(
    rf"(?P<l>(?:[^<>、和“‘]|{_SLOT})+?(?:[、和](?:[^<>、和“‘]|{_SLOT})+?)+)(?P<q>[“‘][两二三四五六七八九十][^“”‘’<>]{{1,6}}[”’])$"
)
"""What a quotation counts: 能源、信息‘两张网’."""
_COUNTED = "机构|企业|主体|项目|人口|学校|医院|平台|游客"
_LEVEL = {"市": "municipal", "省": "provincial", "区": "district", "县": "county"}
_LOCAL = re.compile("(?P<own>[市省区县])(?P<h>[^<>的]{2,8}(?:医院|图书馆|博物馆|文化馆|体育馆|美术馆|体育场|党校))$")
_ROMAN = {"一": "I", "二": "II", "三": "III", "四": "IV"}
_PHASE = re.compile(rf"(?P<x>(?:[^<>的、]|{_SLOT}){{1,16}}?)(?P<k>[一二三四])期(?:工程|项目)?$")
_RATES = {"占比": "share of", "时间": "time for", "时限": "time limit for", "增长目标": "growth target for"}
_RATE = re.compile(rf"(?P<x>(?:[^<>的、]|{_SLOT}){{1,16}}?)(?P<k>{'|'.join(_RATES)})$")
_HOLDERS = re.compile("(?:企业|单位|村|家庭|学校|医院|人员|群众)$")
"""Heads that have what stands before 的."""
_TOTAL = re.compile(rf"(?P<x>(?:[^<>的]|{_SLOT}){{2,16}}?(?:{_COUNTED}))(?:总量|总数|数量)$")
_MANNER = "化性型式级高强大新好优美多快足全早深广实"
"""Characters that adjectives end with: what such a word stands before is no part of it."""
_PREDICATE = re.compile(
    "是(?!否)|(?<![所享])有(?![序效机限力关形意色利])|将(?!军)|把(?!握|关)|还|也|都(?!市|会)|在(?!线|建)|被|已|并(?!购|网|轨)|不(?!断|动)|就(?!业|医|近)|[了着]|(?<!重)要(?!素|求|点)"
)
"""Characters of a clause: a noun phrase has none of them."""
_FELT = "sense of|satisfaction|incomes?$|living|health|well-?being|lives|per capita|concerns|needs|demands|rights"
_STRIVEN = re.compile(r"(?:hub|center|strong (?:\w+)|pioneer zone|pilot zone|demonstration (?:zone|area)|famous city)$")
_ERA = re.compile(rf"(?P<e>新时代|<t[1-9]>)(?P<x>(?:[^<>]|{_SLOT}){{4,}})$")
_BOTH = re.compile(r"(?P<x>.{2,}?)的?(?P<a>[^<>]{2,4})[和与、](?P<b>[^<>]{2,4})$")
_AND = re.compile("[、和及与]|以及")
_ARTICLED = re.compile(
    r"(?:(?:total|number|amount|scale|growth rate|share|proportion|ratio|area|length|project|coverage|value|figure"
    r"|time|rate)(?:$| of\b| from\b)|phase\b)"
)
_MEASURED = re.compile(
    r"(?:rate|ratio|limit|deductible|proportion|mileage|length|area|scale|size|number|concentration|density|price"
    r"|balance|share)$"
)
"""Heads of figures, which have an article."""


def listed(items: Sequence[str], *, clauses: bool = False) -> str:
    """The items with commas, and "and" before the last.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], clauses=True)
    ('a, b and c', 'a, and b')
    """
    if len(items) < 2:
        return "".join(items)
    if clauses and items[-1].startswith("but "):
        return f"{listed(items[:-1], clauses=True)}, {items[-1]}"
    return ", ".join(items[:-1]) + f"{',' if clauses else ''} and {items[-1]}"


def the(noun: str) -> str:
    """A noun as a subject: with the article where it is one that needs it.

    >>> the("growth rate"), the("industrial output"), the("payment limit of the fund")
    ('the growth rate', 'industrial output', 'the payment limit of the fund')
    """
    measured = _MEASURED.search(_TAIL.split(noun)[0]) and not _DEFINED.match(noun)
    return f"the {noun}" if measured or _ARTICLED.match(noun) else noun


_HEADS = re.compile(
    r"(?:renewal|renovation|development|construction|upgrading|transformation|revitalization|integration|rectification"
    r"|governance|protection|restoration|improvement|operation|progress|reform|supply|promotion|growth|cooperation"
    r"|demolition|progress|expropriation|implementation|innovation|management|supervision|prevention|control|training|fostering)$"
)
_COUNTABLE = re.compile(
    r"\b(?:area|district|zone|project|park|street|city|province|county|system|mechanism|network|platform|center|base"
    r"|industry|sector|economy|environment|port|region|village|community|corridor|scheme|plan|policy|campaign|federation|brigade|union|association|league|court|agreement|pattern"
    r"|cluster|chain|highland|hub|hall|market|team|model|strategy|image|threshold|line|battle|goal|group|force|level"
    r"|sense|situation|foundation"
    r"|role|task|belt|highway|railway|bridge|airport|hospital|school|university|library|museum|stadium|brand|landmark"
    r"|ecosystem|landscape|progress|launch|limit|capital|era|trend|law|capacity|structure|framework|blueprint|path|forum"
    r"|conference|meeting|fair|exhibition|event|festival|fund|alliance|institute|enterprise|station|stop|list|problem"
    r"|program|rate|ratio|bureau|commission|committee|office|department|government|company|club|capability|destination"
    r"|bottom line|mindset|gateway|card|engine|pole|circle|capacity|environment|atmosphere|service system|body|agency"
    r"|gap|average|target|action|initiative|barrier|window|example|benchmark|town|township|advantage|site|range|way|approach)$"
)
_MOST = re.compile(r"(?:\w+est|most|only|first|last|main|new era)\b")
_OF = re.compile(r"(?:(?! (?:with|for|to|in|such as|from|on|that) |,).)*? of ")
_DEFINED = re.compile(r"(?:the|an?|our|its|their|this|that|these|\d+)\b|\S+[’']s? ", re.IGNORECASE)
_TAIL = re.compile(r" (?:of|for|to|in|with|such as|from|on|between|that|driving|serving|linking|supporting|needed) ")


def definite(noun: str, article: str = "the", slots: Mapping[str, str] | None = None) -> str:
    """`noun` with an article where its head is one that does not stand without.

    >>> definite("old port area"), definite("renewal of the area"), definite("consumption")
    ('the old port area', 'the renewal of the area', 'consumption')
    """
    shown = re.sub(r"<[a-z][1-9]>", lambda t: (slots or {}).get(t.group(), ""), noun)
    head = _TAIL.split(shown)[0]
    if " and the " in shown and " of " not in shown:
        return noun
    if re.match(r"[a-z]+ing (?!of\b)|phase [IV]+ of", shown) or (article == "a" and re.search(r"[^s]s$", head)):
        return noun
    whole = _OF.match(shown) and not re.match("(?:a|number|tens|hundreds|thousands)\\b", shown)
    quoted = shown[:1] in "“‘" and shown[-1:] not in "”’"
    if not (whole or _COUNTABLE.search(head) or _MOST.match(shown) or quoted) or _DEFINED.match(shown):
        return the(noun)
    if quoted and article == "a" and not _COUNTABLE.search(head):
        return noun
    return f"{'an' if article == 'a' and shown[:1] in 'aeiou' else article} {noun}"


def headed(zh: str, noun: Noun, slots: Mapping[str, str], counted: bool = False) -> str | None:
    """甲、乙等重点园区: key parks such as A and B; 老商埠片区更新: renewal of the old port area; else None."""
    if "<n" in zh or is_clause(zh):
        return None
    if (m := _EXAMPLES.match(zh)) is not None:
        names = listed([_example(item, noun) for item in _AND.split(m["l"]) if item])
        done, head = split_done(m["h"], slots)
        of, _, owned = m["h"].partition("的")
        if owned and len(of) > 1:
            done, head = noun(owned, False), of
        several = table().things.get(head) or noun(head, True)
        several = pluralise(several) if _COUNTABLE.search(several) else several
        things = f"{several} such as {names}"
        return f"{done} of {things}" if done else things
    if counted:
        return None
    if (m := table().tops.match(zh)) is not None:
        return f"{table().top[m['a']]} {noun(m['h'], False)}"
    if (m := _SUMMED.match(zh)) is not None:
        return f"{noun(m['q'], False)} of {listed([noun(item, False) for item in _AND.split(m['l']) if item])}"
    if (m := _QUOTED.match(zh)) and not split_done(m["h"], slots)[0]:
        quotes = re.findall("[“‘](.+?)[”’]", m["q"])
        marks = m["q"][0], m["q"][-1]
        return f"{listed([f'{marks[0]}{noun(q, False)}{marks[1]}' for q in quotes])} {noun(m['h'], len(quotes) > 1)}"
    parts = [item for item in _AND.split(zh) if item]
    if len(parts) > 1 and all(split_done(part, slots)[0] for part in parts):
        return listed([definite(noun(part, False), slots=slots) for part in parts])
    if (m := table().owned.match(zh)) and re.match(_FELT, shown := slots.get(m["h"], "") or noun(m["h"], False)):
        return f"{table().whose[m['who']]} {m['h'] if m['h'] in slots else shown}"
    if (m := table().cared.match(zh)) is not None:
        return f"{noun(m['h'], False)} that {table().cares.get(m['who'], m['who'])} care about"
    if (m := table().linked.match(zh)) is not None:
        return f"{table().link[m['h']]} with {definite(noun(m['x'], False), slots=slots)}"
    if (m := _LOCAL.match(zh)) is not None:
        return f"{_LEVEL[m['own']]} {singular(noun(m['h'], False))}"
    if (m := _PHASE.match(zh)) is not None:
        return f"phase {_ROMAN[m['k']]} of {definite(noun(m['x'], False), slots=slots)}"
    if (m := _ERA.match(zh)) and slots.get(m["e"], m["e"]) in ("new era", "新时代"):
        return f"{noun(m['x'], False)} in the {m['e'] if m['e'][0] == '<' else 'new era'}"
    if m := re.match(rf"(?P<x>(?:[^<>的]|{_SLOT}){{2,18}})的?规律$", zh):
        return f"laws governing {definite(noun(m['x'], False), slots=slots)}"
    if (m := _BOTH.match(zh)) and m["a"] in table().nominal and m["b"] in table().nominal and not m["x"].endswith("、"):
        both = f"{table().nominal[m['a']]} and {table().nominal[m['b']]}"
        return f"{both} of {definite(noun(m['x'], False), slots=slots)}"
    if (m := _RATE.match(zh)) and (m["k"][0] != "时" or len(m["x"]) > 4):
        return f"{_RATES[m['k']]} {definite(noun(m['x'], True), slots=slots)}"
    if (m := _TOTAL.match(zh)) is not None:
        return f"total number of {noun(m['x'], True)}"
    m = _FOR.match(zh)
    verb = table().verbs.match(m["x"]) if m and m["x"] != "共建共享" else None
    if m and verb and len(m["x"]) - verb.end() >= 2:
        doing = f"{gerund(table().verb[verb.group()])} {definite(noun(m['x'][verb.end() :], False), slots=slots)}"
        return f"{noun(m['h'], False)} {'for ' if _MEANS.search(m['h']) else ''}{doing}"
    thing = m and not verb and (len(m["x"]) > 4 or m["x"][-1] == ">" or split_done(m["x"], slots)[0])
    if m and thing and m["x"][-1] not in _MANNER:
        link = "with" if _HOLDERS.search(m["h"]) else "of"
        return f"{noun(m['h'], False)} {link} {definite(noun(m['x'], False), slots=slots)}"
    done, rest = split_done(zh, slots)
    if done and (len(rest) >= 5 or "<" in rest or len(zh) - len(rest) >= 4):
        parts = [rest] if _SUMMED.match(rest) else [item for item in _AND.split(rest) if item]
        if all(len(item) > 1 for item in parts):
            return _done(zh, done, parts, noun, slots)
    return None


def _done(zh: str, done: str, parts: Sequence[str], noun: Noun, slots: Mapping[str, str]) -> str:
    """The verbal noun of things: the building of a hub where that is striven for, else the renewal of areas."""
    things = [noun(item, False) for item in parts]
    shown = re.sub(r"<[a-z][1-9]>", lambda t: slots.get(t.group(), ""), things[-1])
    goal = zh.endswith("建设") and shown[:1] not in "“‘" and _STRIVEN.search(_TAIL.split(shown)[0]) and len(things) == 1
    said = listed([definite(thing, "a" if goal else "the", slots) for thing in things])
    return f"{'building' if goal else done} of {said}"


def is_clause(zh: str) -> bool:
    """Whether `zh` has a word that only clauses have, outside what it quotes.

    >>> is_clause("产业是基础"), is_clause("‘马上就办’要求")
    (True, False)
    """
    return _PREDICATE.search(re.sub("[“‘][^“”‘’]*[”’]", "", zh)) is not None


def _example(zh: str, noun: Noun) -> str:
    """An item of a list: 打造新场景, where it begins with a verb, as creating new scenarios."""
    verb = table().verbs.match(zh)
    if verb is None or len(zh) - verb.end() < 2 or table().nominals.search(zh):
        return noun(zh, False)
    return f"{gerund(table().verb[verb.group()])} {noun(zh[verb.end() :], False)}"


def split_done(zh: str, slots: Mapping[str, str]) -> tuple[str, str]:
    """The verbal noun that `zh` ends with, in English, and what stands before it; "" where it ends with none."""
    if (token := re.search(r"<t[1-9]>$", zh)) and token.start() >= 2 and _HEADS.search(slots.get(token.group(), "")):
        return token.group(), zh[: token.start()].removesuffix("的")
    m = table().nominals.search(zh)
    if m is None or m.start() < 2:
        return "", zh
    rest, done = zh[: m.start()].removesuffix("的"), table().nominal[m.group()]
    if m.group() == "建设":
        done = "construction" if _BUILT.search(rest) else done if _GROWN.search(rest) else "building"
    return done, rest
