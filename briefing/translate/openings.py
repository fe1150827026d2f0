"""What a clause only leads up to: 随着高铁开通, 针对停车难问题, 通过推行一窗受理, 在保障安全的前提下, 国庆期间."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.translate.clause_parts import WORD, Known, Lead, Phrase, State, unknown
from briefing.translate.clause_words import either, words
from briefing.translate.deed_words import table as deeds
from briefing.translate.noun_heads import definite
from briefing.translate.nouns import one
from briefing.translate.plurals import several
from briefing.translate.shapes import Shapes

_AGAINST = re.compile(rf"针对(?P<x>(?:{WORD}){{1,20}}?)的?(?P<k>问题|难题|现象|情况|实际|需求)?$")
_FOR_WHOM = re.compile("(?:群众|家庭|学生|企业|人员|老人|老年人|儿童|群体|毕业生|农民工|人才|青年)$")
_PROBLEM = re.compile(r"(?:difficult(?:y|ies)|problems?|shortages?|risks?|hazards?|dangers?|congestion|issues?)$")
_BY = re.compile(r"(?:通过|借助)(?P<x>.{3,})$")
_UNDER = re.compile(r"在(?P<x>.+?)(?:的)?(?P<how>坚强|正确|有力|大力|关心|全力)?(?P<k>%s)$")
_TO = re.compile(r"为了?(?P<x>.{4,})$")


class Openings(Shapes):
    """Reads clauses that stand in front of the next one."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        super().__init__(slots, phrase, known)
        self.framed = 0
        """How many clauses were read here."""
        done = either(words().achieved)
        self._under = re.compile(_UNDER.pattern % either(words().under))
        self._after = re.compile(rf"(?P<o>(?:{WORD}){{2,16}}?)(?:全面|全部)?(?P<v>{done})(?:之后|以后|后)$")

    def _opens(self, clause: str, state: State) -> Lead | None:
        """随着高铁开通, 针对停车难问题, 在保障安全的前提下: what leads up to the next clause."""
        opened = self._opening(clause, state)
        if opened is None:
            return None
        self.framed += 1
        state.lead.front(f"{opened},")
        return state.lead

    def _opening(self, clause: str, state: State) -> str | None:
        for zh, en in words().prepose.items():
            if clause.startswith(zh) and len(clause) - len(zh) > 1:
                x = clause[len(zh) :].removesuffix("上" if zh == "站在" else "之外" if zh == "除了" else "\n")
                if zh == "随着":
                    return self._as_happens(x, state)
                if zh == "由于" and (why := self._as_happens(x, state)) and why.startswith("as "):
                    return f"because {why[3:]}"
                noun = self._sure(x)
                return None if noun is None else f"{en} {definite(noun, slots=self._slots)}"
        if m := re.match(rf"受(?P<x>(?:{WORD}){{1,14}}?)(?:等因素)?的?影响$", clause):
            cause = self._sure(m["x"])
            return f"affected by {definite(cause, slots=self._slots)}" if cause else None
        if m := _AGAINST.match(clause):
            against = definite(self.noun(m["x"]), slots=self._slots)
            if _FOR_WHOM.search(m["x"]):
                return f"for {against}"
            if m["k"] in ("需求", "实际"):
                return f"in response to {against.removesuffix(' demand')}" + (" demand" if m["k"] == "需求" else "")
            bad = _PROBLEM.search(self._shown(against).split(" of ")[0].split(" in ")[0])
            return f"to address {against if bad or m['k'] in (None, '情况') else 'the problem of ' + against}"
        if (m := _BY.match(clause)) and "<n" not in m["x"]:
            said = self._deeds.said(m["x"], "gerund")
            if said is not None:
                return f"by {said}"
            means = self._sure(m["x"])
            return None if means is None else f"through {definite(means, slots=self._slots)}"
        if (m := self._under.match(clause)) is not None:
            named, doing = words().under[m["k"]]
            said = self._deeds.said(m["x"], "gerund") if doing else None
            if said is not None:
                return doing.format(said)
            how = {"坚强": "strong ", "有力": "strong ", "大力": "strong ", "全力": "full "}.get(m["how"] or "", "")
            under = self._sure(m["x"])
            return None if under is None or not named else named.format(how, definite(under, slots=self._slots))
        if m := re.match(r"(?P<x>[^<>，]{2,8})期间$", clause):
            time = words().holiday.get(m["x"])
            thing = None if time else self._sure(m["x"])
            time = time or (definite(thing, slots=self._slots) if thing else None)
            return f"during {time}" if time else None
        if m := re.match(r"从(?P<a>[^<>从到，]{2,6})到(?P<b>[^<>从到，]{2,6})$", clause):
            ends = [one(m["a"]) or self._sure(m["a"]), one(m["b"]) or self._sure(m["b"])]
            return f"from {ends[0]} to {ends[1]}" if all(ends) else None
        if m := self._after.match(clause):
            what = self._sure(m["o"])
            be = "are" if what and several(self._shown(what)) else "is"
            done = words().achieved[m["v"]]
            return f"after {definite(what, slots=self._slots)} {be} {done}" if what else None
        if (m := _TO.match(clause)) and (verb := deeds().verbs.match(m["x"])) and len(m["x"]) - verb.end() > 1:
            said = self._deeds.said(m["x"])
            return None if said is None else f"to {said}"
        return None

    def _as_happens(self, x: str, state: State) -> str | None:
        inner = State(future=state.future, settled=state.settled)
        form, said = state.form, self.read(x, inner)
        state.form = form
        if isinstance(said, str) and inner.form != "base":
            return f"as {said}"
        noun = self._sure(x)
        return None if noun is None else f"with {definite(noun, slots=self._slots)}"
