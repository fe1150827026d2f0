"""What is done, said without a number: adverbs, a verb and its object, as reports string them together.

深入推进老商埠片区更新 is an adverb, a verb and a noun phrase in Chinese and in English; an engine that sees the whole
clause loses that order. So the frame is composed from tables (``data/deeds.toml``); only nouns are translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from briefing.translate.clause_words import gerund, words
from briefing.translate.deed_words import past, table
from briefing.translate.noun_heads import Noun, definite, is_clause, listed
from briefing.translate.nouns import one

_SLOT = r"<[a-z][1-9]>"
_ON = re.compile(rf"对(?P<x>(?:[^<>]|{_SLOT}){{1,24}}?)(?:进行|开展|实施)(?P<o>.{{2,8}})$")
_MORE_FOR = re.compile(rf"对(?P<x>(?:[^<>]|{_SLOT}){{2,20}}?)的?(?P<o>[^<>的]{{2,4}}?)的?力度$")
_STRENGTH = re.compile(r"(?:对)?(?P<o>.{2,})的?力度$")
_SHORT = re.compile(rf"(?P<v>[^<>])(?P<o>[^<>、]{{2}}|{_SLOT})$")
_CREATES = re.compile(
    "(?:win approval as|accelerate the formation of|create|build|form|establish|set up|foster|draw up|issue|hold"
    "|shape|jointly build|become)$"
)
_PUT = re.compile(rf"[把将](?P<x>(?:[^<>把将]|{_SLOT}){{1,16}}?)(?P<v>[^<>]{{2}})(?:好|到位|下去|出来|起来|来)?$")
_AT = re.compile(r"(?P<x>.*<n[1-9]>[^<>“]{1,6}?)(?P<q>“[^“”<>]{4,8}”|“?<t[1-9]>”?)$")
_HELD = re.compile("(?:(?P<event>论坛|博览?会|展会|会议|大会|赛事|活动|峰会|节)|[实大小要]事|实事项目)$")
_LEVEL = re.compile(r"(?P<x>.{2,}?)的?水平$")
_DEALT = re.compile(r"[让使](?P<x>(?:[^<>]|<[to][1-9]>){2,8}?)办事(?P<y><t[1-9]>)$")
_BECOME = re.compile(r"[让使](?P<x>.{2,20}?)(?:成为|成了|变成)(?P<y>.{2,16})$")
_LET = re.compile("[让使]")
_PLACED = re.compile(
    rf"[把将](?P<x>(?:[^<>把将]|{_SLOT}){{1,20}}?)(?:摆|放|置于)[在到]?(?:更加|最)?(?P<how>突出|首要|优先|重要|核心|首)(?:的)?(?:位置|地位|位)$"
)
_PROMINENCE = {"突出": "prominence", "优先": "priority", "重要": "importance", "核心": "a central place"}
_OFTEN = """
发展 建设 服务 保障 管理 研究 治理 改革 创新 保护 监管 监督 支持 培训 规划 生产 投资 消费 开放
"""
_NOUNS = frozenset(_OFTEN.split())
"""Verbs that are nouns as often, behind a verb that takes either."""
_IN_FIELD = re.compile(rf"在(?P<x>(?:[^<>在]|{_SLOT}){{2,12}}?)(?:上|方面|领域)(?=[^的<>])")
_AHEAD = {"全省": "in the province", "全国": "nationwide", "全市": "in the city"}
_CLAUSAL = re.compile(r"[，。；：！？]")


class Deeds:
    """Says deeds; `noun` translates noun phrases, `named` lists, `things` numbers with what they count."""

    def __init__(
        self,
        noun: Noun,
        named: Callable[[str], str | None],
        things: Callable[[str], str | None],
        slots: Mapping[str, str],
    ) -> None:
        self._say, self._named, self._things, self._slots = noun, named, things, slots
        self.one: Callable[[str], str] = self._object
        """Says what something is made or taken as: one thing, with its article."""

    def said(self, zh: str, form: str = "base") -> str | None:
        """The English of a verb phrase in its "base", "past" or "gerund" form; None where it has no known frame."""
        if _CLAUSAL.search(zh):
            return None
        tables = table()
        if zh in tables.whole:
            phrase = tables.whole[zh]
            return phrase if form == "base" else past(phrase) if form == "past" else gerund(phrase)
        front: list[str] = []
        aux: list[str] = []
        behind: list[str] = []
        manner = words().manner
        if (by := next((m for m in manner if zh.startswith(m) and len(zh) > len(m) + 3), "")):
            behind.append(manner[by])
            zh = zh[len(by) :]
        if (ahead := re.match(r"(?:率先)?在(全[省国市])(?:率先)?(?=.{4,})", zh)) and "率先" in ahead.group():
            aux.append(f"take the lead {_AHEAD[ahead[1]]} to")
            zh = zh[ahead.end() :]
        if (taken := re.fullmatch(rf"坚持以(?P<x>(?:[^<>]|{_SLOT}){{1,16}})为(?P<y>[^<>]{{2,4}})", zh)) and (
            role := words().role.get(taken["y"])
        ):
            take = "take" if form == "base" else past("take") if form == "past" else "taking"
            return " ".join([*front, f"{take} {self._object(taken['x'])} as {role}"])
        if zh.startswith("以") and (
            how := re.match(rf"以(?P<x>(?:[^<>以为]|{_SLOT}){{2,12}}?)(?=促|推进|推动|助推)", zh)
        ):
            behind.append(f"with {self._noun(how['x'])}")
            zh = zh[how.end() :]
        if (field := _IN_FIELD.match(zh)) is not None:
            where = one(field["x"]) or self._noun(field["x"])
            behind.append(f"in {definite(where, slots=self._slots) if ' ' in where else where}")
            zh = zh[field.end() :]
        while (m := self._adverb(zh)) is not None:
            zh = zh[len(m) :].removeprefix("地")
            if m in tables.auxiliary:
                aux.append(tables.auxiliary[m])
            elif m in tables.behind:
                behind.append(tables.behind[m])
            else:
                (aux if aux else front).append(tables.before[m])
        core = self._core(zh)
        if core is None:
            return None
        verbs, tail = core
        if form != "base":
            turn = past if form == "past" else gerund
            aux, verbs = ([turn(aux[0]), *aux[1:]], verbs) if aux else (aux, [turn(v) for v in verbs])
        return " ".join([*front, *aux, listed(verbs), tail, *behind]).strip()

    def _adverb(self, zh: str) -> str | None:
        """The adverb that `zh` begins with, None where what looks like one is the verb itself."""
        tables = table()
        m, verb = tables.adverbs.match(zh), tables.verbs.match(zh)
        if m is None or (verb and verb.end() > m.end()):
            return None
        rest = zh[m.end() :].removeprefix("地")
        if all(part in tables.whole for part in rest.split("、")):
            return m.group()
        begun = tables.adverbs.match(rest) or tables.verbs.match(rest) or re.match("[为把将对促让使以]", rest)
        if begun is None or len(rest) - begun.end() < 2:
            return None
        return None if verb and re.search("(?:步伐|进度|进程|速度|节奏|力度|水平)$", rest) else m.group()

    def _core(self, zh: str) -> tuple[list[str], str] | None:
        """The verbs and what stands behind them, without adverbs."""
        tables = table()
        if (m := table().moved.match(zh)) and not _PLACED.match(zh):
            verb, _, tail = table().made[m["v"]].partition(" {}")
            act = tables.verbs.match(m["x"])
            doing = self.said(m["x"], "gerund") if act and act.group() not in _NOUNS and m["v"] == "作为" else None
            return [verb], f"{{}}{tail}".format(doing or self._object(m["x"]), self.one(m["y"]))
        if (m := _PLACED.match(zh)) is not None:
            act = tables.verbs.match(m["x"])
            doing = self.said(m["x"], "gerund") if act and len(m["x"]) - act.end() > 1 else None
            placed = doing or self._object(m["x"])
            if m["how"] in ("首要", "首"):
                return ["put"], f"{placed} first"
            return ["give"], f"{_PROMINENCE.get(m['how'], 'importance')} to {placed}"
        if (m := table().gave.match(zh)) is not None:
            verb, _, tail = table().given[m["v"]].partition(" {}")
            what = self._things(m["o"]) if "<n" in m["o"] else self._noun(m["o"])
            return None if what is None else ([verb], f"{{}}{tail}".format(what, self._object(m["x"])))
        if (m := _PUT.match(zh)) and (put := tables.verbs.fullmatch(m["v"])):
            return [tables.verb[put.group()]], self._object(m["x"])
        if (m := _ON.match(zh)) is not None:
            return ["carry out"], f"{self._noun(m['o'])} of {self._object(m['x'])}"
        if (m := _LET.match(zh)) is not None:
            if (deal := _DEALT.match(zh)) is not None:
                return ["enable"], f"{self._say(deal['x'], True)} to get things done with {deal['y']}"
            if (better := tables.better.match(zh)) is not None:
                return ["make"], f"{self._object(better['x'])} {tables.becoming[better['y']]}"
            if (become := _BECOME.match(zh)) is not None:
                return ["make"], f"{self._object(become['x'])} {self._object(become['y'])}"
            for at in range(m.end() + 2, min(len(zh) - 3, m.end() + 14)):
                if zh[at] == "有" and len(zh) - at > 3:
                    who, what = self._say(zh[m.end() : at], True), self._object(zh[at + 1 :], "form")
                    return ["enable"], f"{who} to have {what}"
                place = tables.where.match(zh, at)
                start = place.end() if place else at
                acts = table().verbs.match(zh, start) or all(x in tables.whole for x in zh[start:].split("、"))
                if acts and (said := self.said(zh[start:])) is not None:
                    who = definite(self._noun(zh[m.end() : at]), slots=self._slots)
                    at_home = f" {tables.place[place['p']]}" if place and place['p'] else ""
                    return ["enable"], f"{who} to {said}{at_home}"
            return None
        if all(part in tables.whole for part in zh.split("、")):
            return [tables.whole[part] for part in zh.split("、")], ""
        if (short := self._short(zh)) is not None:
            return short, ""
        if (both := tables.both.match(zh)) is not None:
            return [tables.compound[both["v"]].format(self._object(both["x"]))], ""
        verbs, at = [], 0
        while (m := tables.verbs.match(zh, at)) is not None:
            verbs.append(m.group())
            at = m.end()
            if zh[at : at + 1] not in ("、", "和") or not tables.verbs.match(zh, at + 1):
                break
            at += 1
        rest = re.sub("^[了着好]", "", zh[at:])
        kept = re.match("不发生(?P<x>.+)的底线$", rest)
        if kept is not None:
            return [tables.verb[v] for v in verbs], f"the bottom line of preventing {self._noun(kept['x'])}"
        if is_clause(rest):
            return None
        if not verbs or len(rest) < 2 or re.match("[、的和为成到得出在于]", rest):
            return None
        if "<n" in rest:
            named = self._named(rest) or (self._things(rest) if rest.startswith("为期") else None)
            place = _AT.match(rest) if verbs[0] in ("力促", "促进", "推动", "确保", "保障") else None
            if place and (where := self._named(place["x"])):
                what = place["q"]
                quoted = what if what[0] == "<" else f"“{self._noun(what[1:-1])}”"
                return [tables.verb[v] for v in verbs], f"{quoted} at {where}"
            return ([tables.verb[v] for v in verbs], named) if named else None
        if len(verbs) == 1 and (m := _MORE_FOR.match(rest)) and verbs[0] in ("加大", "加强", "增强"):
            what = table().nominal.get(m["o"]) or self._noun(m["o"])
            for_them = m["o"] in ("支持", "帮扶", "扶持", "资助", "补贴", "保障")
            link = "for" if for_them else "in" if m["o"][-1] == "入" else "on" if m["o"][-1] == "击" else "of"
            return ["step up"], f"{what} {link} {self._object(m['x'])}"
        more = re.fullmatch(rf"对(?P<x>(?:[^<>]|{_SLOT}){{1,20}}?)的(?P<o>[^<>的]{{2,6}}|<t[1-9]>)", rest)
        if len(verbs) == 1 and more and verbs[0] in ("加大", "加强", "增加", "扩大"):
            link = "of" if re.search("[管理护查控督]$", more["o"]) else "for"
            return [tables.verb[verbs[0]]], f"{self._noun(more['o'])} {link} {self._object(more['x'])}"
        if len(verbs) == 1 and more and verbs[0] in ("完成", "开展", "启动", "推进", "落实"):
            return [tables.verb[verbs[0]]], f"the {self._noun(more['o'])} of {self._object(more['x'])}"
        if len(verbs) == 1 and (m := _STRENGTH.match(rest)) and verbs[0] in ("加大", "加强", "增强"):
            hard = re.fullmatch("(.+?)的?攻坚", m["o"].removesuffix("的"))
            return ["step up"], f"efforts on {self._object(hard[1])}" if hard else self._noun(m["o"].removesuffix("的"))
        if len(verbs) == 1 and verbs[0] in tables.agent and (done := self._acting(rest)) is not None:
            return [tables.agent[verbs[0]]], done
        if (level := _LEVEL.match(rest)) and verbs[-1] in ("提高", "提升") and len(verbs) == 1:
            return ["raise"], f"the level of {self._noun(level['x'])}"
        if verbs == ["办好"] and (kind := _HELD.search(rest)):
            held = "successfully host" if kind["event"] else "deliver on"
            return [held], self._object(rest)
        english = [tables.verb[v] for v in verbs]
        if english[-1].endswith((" to", " on", " in", " against")) and (act := tables.verbs.match(rest)):
            doing = self.said(rest, "gerund") if len(rest) - act.end() > 1 and act.group() not in _NOUNS else None
            if doing is not None:
                return english, doing
        *others, (last, _, well) = (*english[:-1], english[-1].partition(" {}"))
        return [*others, last], self._object(rest, last) + well

    def _acting(self, rest: str) -> str | None:
        """企业加大投入, behind a verb like 鼓励: somebody is brought to do something."""
        for who in sorted(table().agents, key=len, reverse=True):
            at = rest.find(who)
            if 0 <= at <= 8 and (said := self.said(rest[at + len(who) :])) is not None:
                return f"{self._say(rest[: at + len(who)], True)} to {said}"
        slot = re.match(r"(?:[^<>]{0,4})<[to][1-9]>", rest)
        if slot and self._slots.get(slot.group()[-4:], "").endswith("s") and (said := self.said(rest[slot.end() :])):
            return f"{self._say(slot.group(), True)} to {said}"
        return None

    def _short(self, zh: str) -> list[str] | None:
        """促更新、提品质、强功能: verbs of one character with their objects, as one verb phrase each."""
        items = [m for item in re.split("[、和]", zh) if (m := _SHORT.match(item))]
        if len(items) <= zh.count("、") + zh.count("和") or not all(m["v"] in words().short for m in items):
            return None
        if len(items) < 2 and items[0]["v"] != "促":
            return None
        nominal = table().nominal
        return [f"{words().short[m['v']]} {nominal.get(m['o']) or self._noun(m['o'])}" for m in items]

    def _noun(self, zh: str) -> str:
        return self._say(zh, False)

    def _object(self, zh: str, verb: str = "") -> str:
        return definite(self._noun(zh), "a" if _CREATES.match(verb) else "the", self._slots)
