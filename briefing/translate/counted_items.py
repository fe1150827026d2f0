"""Numbers with what they count: 学校9所, 境外8场活动, 28块、3000余亩土地征收."""

from __future__ import annotations

import re

from briefing.translate.clause_parts import BARE, MONEY, NO_NOUN, SHARE, WORD, WORTH, N, Parts
from briefing.translate.clause_words import either, words
from briefing.translate.noun_heads import split_done

_EXTENT = re.compile(r"(?:meters|kilometers|mu|hectares|tonnes|kilowatts?|watts?|kilowatt-hours|TEUs|barrels)$")
_WORKS = re.compile("(?:renovation|construction|upgrading|restoration|repair|rectification) of ")
_PERSONS = re.compile(
    "(?:人员|教师|医生|护士|学生|人才|志愿者|职工|专家|干部|农民|居民|者|党员|队员|技师|工匠|嫌疑人)$"
)
_NUMBERED = re.compile(r"\bpoints?\b|\btimes\b|\d(?:st|nd|rd|th)\b")
_PLACES = re.compile("(?:小区|村|县|市|区|社区|学校|医院|企业|街道|乡镇|镇|园区|路段|河道|单位|<l[1-9]>)$")


class Items(Parts):
    """Says numbers with the nouns behind them or before them."""

    def _item(self, part: str, new: bool) -> str | None:
        """学校9所, 9所学校, 境外8场活动: a number and what it counts."""
        if (whole := WORTH.match(part)) is not None and MONEY.search(self._of(whole["v"])):
            return f"{self.noun(whole['o'], True)} with {self._sum(whole['x'])} of {whole['v']}"
        number = re.match(rf"^(?P<n>{N})(?P<w>.+)$", part)
        whole = WORTH.match(number["w"]) if number and BARE.match(self._of(number["n"])) else None
        if number and whole and MONEY.search(self._of(whole["v"])):
            return f"{number['n']} {self.noun(whole['o'], True)} with {self._sum(whole['x'])} of {whole['v']}"
        share = re.match(rf"^(?P<n>{N})的?(?P<o>(?:{WORD}){{2,14}})$", part)
        if share and SHARE.search(self._of(share["n"])) and "point" not in self._of(share["n"]):
            return f"{share['n']} of {self.noun(share['o'], True)}"
        to = re.match(r"^(?:至|到|通往|直达|前往)(?P<to><l[1-9]>|[^<>的]{2,8})的?(?P<rest>.+)$", part)
        if to and "<n" in to["rest"]:
            item = self._item(to["rest"], new)
            return f"{item} to {self.noun(to['to'])}" if item else None
        lasting = re.match(rf"^为期(?P<n>{N})的(?P<o>(?:{WORD}){{1,12}})$", part)
        if lasting:
            return f"{self._a(lasting['o'])} lasting {lasting['n']}"
        own = re.match(rf"^(?P<own>{either(words().owner)})(?P<n>{N})的?(?P<o>(?:{WORD}){{2,12}})$", part)
        if own and SHARE.search(self._of(own["n"])) and "point" not in self._of(own["n"]):
            return f"{own['n']} of {words().owner[own['own']]} {self.noun(own['o'], True)}"
        doing = re.match(rf"^(?P<d>(?:{WORD}){{4,}})的(?P<n>{N})(?P<o>(?:{WORD}){{1,10}})$", part)
        if doing and BARE.match(self._of(doing["n"])) and (said := self._doing(doing["d"])) is not None:
            things = words().counted.get(doing["o"]) or self.noun(doing["o"], True)
            return f"{doing['n']} {things} to {said}"
        whose = re.match(
            rf"^(?P<n>{N})个?(?P<a>村|社区|小区|乡镇)的?(?:群众|居民|村民)的(?P<b>(?:{WORD}){{1,12}})$", part
        )
        if whose and BARE.match(self._of(whose["n"])):
            where = {"村": "villages", "社区": "communities", "小区": "residential communities", "乡镇": "townships"}
            return f"the {self.noun(whose['b'])} of people in {whose['n']} {where[whose['a']]}"
        inside = re.match(rf"^(?P<n>{N})(?P<a>(?:{WORD}){{1,12}})的(?P<b>(?:{WORD}){{2,12}})$", part)
        if inside and BARE.match(self._of(inside["n"])) and _PLACES.search(inside["a"]):
            return f"{self.noun(inside['b'], True)} in {inside['n']} {self.noun(inside['a'], True)}"
        made = re.match(rf"^(?P<c>{N})的?(?P<o>(?:{WORD}){{1,12}})(?P<n>{N})$", part)
        if made and self._of(made["c"]).endswith("-class") and BARE.match(self._of(made["n"])):
            return f"{made['n']} {self.noun(made['o'], True)} ({made['c']})"
        worth = re.match(rf"^(?P<x>总?投资额?|<t[1-9]>)?(?P<v>{N})的?(?P<o>(?:{WORD}){{1,12}})(?P<n>{N})$", part)
        acts = worth and not worth["x"] and words().starts(worth["o"])
        if worth and not acts and MONEY.search(self._of(worth["v"])) and BARE.match(self._of(worth["n"])):
            of = f"with {self._sum(worth['x'])} of" if worth["x"] else "worth"
            return f"{worth['n']} {self.noun(worth['o'], True)} {of} {worth['v']}"
        part = re.sub("(?:入驻|落户|落地|前来|加入|集聚)$", "", part)
        m = re.match(rf"^(?P<a>(?:{WORD}){{0,14}})(?P<n>{N})(?P<b>(?:{WORD}){{0,14}})$", part)
        noun = m["a"] + m["b"] if m else ""
        if m is None or not noun or NO_NOUN.search(noun.removeprefix("各类").removeprefix("各级")):
            return None
        if m["a"] and m["b"] and ("的" in noun or len(m["b"]) > 6 or not BARE.match(self._of(m["n"]))):
            return None
        done_to = "更新改造|改造提升|改造升级|改造|更新|整治|修复|维修|加装"
        works = re.match(rf"(?P<o>(?:{WORD}){{1,10}}?)(?:{done_to})$", noun)
        if works and BARE.match(self._of(m["n"])) and (done := split_done(noun, self._slots)[0]):
            return f"the {done} of {m['n']} {self.noun(works['o'], True)}"
        return self._count(m["n"], noun, new)

    def _doing(self, zh: str) -> str | None:
        """The deed that `zh` says, in its base form; shapes that know deeds have one."""
        return None

    def _count(self, n: str, noun: str, new: bool = False) -> str | None:
        shown = self._of(n)
        fresh = "new " if new else ""
        if BARE.match(shown):
            english = words().counted[noun] if len(noun) == 1 and noun in words().counted else self.noun(noun, True)
            if self._shown(english).endswith("equipment"):
                return f"{n} {fresh}pieces of {english}"
            if self._shown(english).endswith("housing"):
                return f"{n} {fresh}units of {english}"
            if re.search("^(?!areas).* work$", self._shown(english)):
                return f"{n} areas of {english}"
            if _WORKS.match(self._shown(english)):
                return f"{n} {fresh}projects for the {english}"
            return f"{n} {english if english.startswith('new ') else fresh + english}"
        if SHARE.search(shown) or _NUMBERED.search(shown):
            return None
        english = self.noun(noun)
        fresh = "" if english.startswith("new ") else fresh
        if shown.endswith(" people") and _PERSONS.search(noun):
            self.forms[n] = shown.removesuffix(" people")
            return f"{n} {fresh}{self.noun(noun, True)}"
        if shown.endswith(" people"):
            return f"{fresh}{english} for {n}" if re.search(r"(?:jobs?|employment)$", self._shown(english)) else None
        if shown.endswith(" households"):
            return f"{fresh}{english} for {n}"
        if MONEY.search(shown):
            return f"{n} in {english}"
        return f"{n} of {fresh}{english}" if _EXTENT.search(shown) else None

    def _land(self, zh: str) -> str | None:
        """28块、3000余亩土地征收: the expropriation of so many plots, and how large they are together."""
        m = re.match(rf"^(?P<n>{N})、(?P<x>{N})(?P<o>(?:{WORD}){{1,10}})$", zh)
        if m is None or not BARE.match(self._of(m["n"])) or not _EXTENT.search(self._of(m["x"])):
            return None
        done, things = split_done(m["o"], self._slots)
        if re.fullmatch("<t[1-9]>", things) and self._of(things).startswith("land "):
            return f"{things} covering {m['n']} plots ({m['x']})"
        plots = words().counted.get(things) or self.noun(things, True)
        return f"{f'the {done} of ' if done else ''}{m['n']} {plots} ({m['x']})"
