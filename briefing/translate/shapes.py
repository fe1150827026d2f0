"""The shapes of clauses with numbers, one method each: a pattern of the Chinese and the English it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from briefing.translate.clause_parts import (
    BARE,
    MONEY,
    NO_NOUN,
    SHARE,
    WORD,
    Hung,
    Lead,
    N,
    Parts,
    Phrase,
    State,
    inflected,
    listed,
    the,
)
from briefing.translate.clause_words import Verb, either, gerund, words

_NO_METRIC = re.compile(
    r"[，；：]|将|把|使|让|我们|力争|确保|计划|通过(?!能力|率)|比(?![重例率])|对|向|其中|以(?![上下])|已|完成|安排|报销|共(?![同享有建])|增加(?!值)|减少|约|等"
)
_MODALS = "力争|确保|预计|争取"


class Shapes(Parts):
    """Reads a clause by the first shape that fits."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase) -> None:
        super().__init__(slots, phrase)
        self._all: Sequence[Callable[[str, State], str | Hung | Lead | None]] = (
            *(self._around, self._as, self._brought, self._share, self._first, self._accounts, self._times),
            *(self._moved, self._gap, self._net, self._benefit, self._act, self._have, self._change),
            *(self._reach, self._rank, self._stage, self._amount, self._plan),
        )

    def read(self, clause: str, state: State) -> str | Hung | Lead | None:
        """The English of `clause`, None where it has no known shape."""
        return next((found for shape in self._all if (found := shape(clause, state)) is not None), None)

    def _plan(self, clause: str, state: State) -> str | None:
        """市中区将深入实施片区更新: who will do what, with no number."""
        table = words()
        m = re.match(
            rf"^(?P<s>{table.subjects}|<[plo][1-9]>|[^<>将]{{1,4}})?(?P<also>还|也)?(?P<m>将(?!以|依|围)|计划|力争|拟)"
            rf"(?P<rest>.{{4,}})$", clause
        )  # fmt: skip
        if m is None or not (m["s"] or state.form or state.lead.subject):
            return None
        if m["s"]:
            self._subject(m["s"])  # so that it is asked for, although whether the verb fits is not known yet
        said = inflected(self.plain(m["rest"]), "base")
        if said is None:
            return None
        verb, _, rest = said.partition(" ")
        modal, also = table.modal.get(m["m"], "will"), "also " if m["also"] else ""
        return self._active(Verb(verb, verb, verb), rest, modal, also, True, m["s"] or "", state)

    def _around(self, clause: str, state: State) -> Lead | None:
        """我们将围绕三条产业链: a participle in front; its subject waits for the next clause."""
        verbs = either(words().around)
        m = re.match(rf"^(?P<s>{words().subjects}|<[plo][1-9]>)?(?P<m>将|要)?(?P<v>{verbs})(?P<o>.{{2,40}})$", clause)
        if m is None:
            return None
        named = re.match(rf"^(?P<l>(?:{WORD})+?、(?:{WORD})+?)(?:等|这)?(?P<n>{N})(?P<h>(?:{WORD}){{1,12}})$", m["o"])
        if named and "、" not in named["h"] and BARE.match(self._of(named["n"])):
            parts = listed([self.noun(x) for x in named["l"].split("、")])
            about = f"the {named['n']} {self.noun(named['h'], True)} of {parts}"
        else:
            about = self.noun(m["o"])
        state.lead.front(f"{words().around[m['v']]} {about},")
        if m["s"]:
            state.lead.subject = self._subject(m["s"]) + (" will" if m["m"] else "")
        return state.lead

    def _share(self, clause: str, state: State) -> Hung | None:
        """占全市总量的5%."""
        m = re.match(rf"^占(?P<o>(?:{WORD}){{1,20}}?)的?(?P<n>{N})$", clause)
        if m is None or not SHARE.search(self._of(m["n"])):
            return None
        return Hung(f"accounting for {m['n']} of {self.noun(m['o'])}")

    def _first(self, clause: str, state: State) -> Hung | None:
        """首次突破千亿元大关."""
        m = re.match(rf"^首次(?:突破|超过|达到|达|迈上|站上)?(?P<n>{N})(?:大关|台阶)?$", clause)
        return Hung(f"reaching {m['n']} for the first time") if m and state.items else None

    def _accounts(self, clause: str, state: State) -> str | Hung | None:
        """高技术产业占比超过四成."""
        m = re.match(rf"^(?P<o>{WORD}{{1,20}}?)占比(?:达到|达|为|超过|提高到|提升至)?(?P<n>{N})$", clause)
        if m is None or not SHARE.search(self._of(m["n"])) or _NO_METRIC.search(m["o"].removeprefix("对")):
            return None
        noun = self.noun(m["o"])
        if state.items and not state.lead.text and state.form != "base":
            return Hung(f"with {noun} accounting for {m['n']}")
        return self._clause(noun, "account for", "accounted for", f" {m['n']}", state)

    def _as(self, clause: str, state: State) -> Lead | None:
        """市中区将以项目为抓手: with something as something, and the subject waits for its verb."""
        m = re.match(
            rf"^(?P<s>{words().subjects}|<[plo][1-9]>)?(?P<m>将|要)?以(?P<x>{WORD}{{1,24}})为(?P<y><t[1-9]>|[^<>]{{2,4}})$",
            clause,
        )
        if m is None or not (m["y"] in words().role or m["y"][0] == "<"):
            return None
        role = words().role.get(m["y"]) or f"the {m['y']}"
        state.lead.front(f"with {self.noun(m['x'])} as {role},")
        if m["s"]:
            state.lead.subject = self._subject(m["s"]) + (" will" if m["m"] else "")
        return state.lead

    def _brought(self, clause: str, state: State) -> str | None:
        """我区将把审批时间压缩到90天以内."""
        m = re.match(
            rf"^(?P<s>{words().subjects}|<[lo][1-9]>)?(?P<m>将|要|计划|力争)?把(?P<o>{WORD}{{2,24}}?)"
            rf"(?P<v>{either(words().bring)})(?:到|至|为|在)(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None:
            return None
        base, past = words().bring[m["v"]]
        verb = Verb(base, past, past)
        modal = words().modal.get(m["m"] or "", "")
        future = bool(modal) or state.future
        if not m["s"] and not state.form and not state.lead.subject:
            return None
        tail = f"the {self.noun(m['o'])} {'at' if m['v'] == '控制' else 'to'} {m['n']}"
        return self._active(verb, tail, modal, "", future, m["s"] or "", state)

    def _times(self, clause: str, state: State) -> str | Hung | None:
        """总量是2022年的2倍."""
        m = re.match(rf"^(?P<o>(?:{WORD})*?)(?:是|为|相当于)(?P<b>(?:[^<>]|<[dltn][1-9]>){{1,8}})的(?P<n>{N})$", clause)
        if m is None or "times" not in self._of(m["n"]) or _NO_METRIC.search(m["o"]):
            return None
        base = m["b"] if re.fullmatch("<d[1-9]>", m["b"]) else self.noun(m["b"])
        if not m["o"]:
            return Hung(f"{m['n']} that of {base}") if state.items else None
        return self._clause(the(self.noun(m["o"])), "be", "was", f" {m['n']} that of {base}", state)

    def _moved(self, clause: str, state: State) -> str | None:
        """产能由5万吨提高到8万吨."""
        m = re.match(
            rf"^(?P<o>(?:{WORD}){{2,24}}?)将?[由从](?P<a>{N})(?P<v>{words().changes})[到至为](?P<b>{N})$", clause
        )
        if m is None or _NO_METRIC.search(m["o"]):
            return None
        base, past = words().change[m["v"]]
        return self._clause(the(self.noun(m["o"])), base, past, f" from {m['a']} to {m['b']}", state)

    def _gap(self, clause: str, state: State) -> str | Hung | None:
        """增速高于全市0.8个百分点."""
        m = re.match(
            rf"^(?P<o>(?:{WORD})*?)(?P<v>高于|快于|低于|慢于)(?P<b>{either(words().level)})"
            rf"(?P<p>平均水平|平均)?(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None or "point" not in self._of(m["n"]) or (m["o"] and _NO_METRIC.search(m["o"])):
            return None
        side = "above" if m["v"] in ("高于", "快于") else "below"
        base = f"the average of {words().level[m['b']]}" if m["p"] else f"that of {words().level[m['b']]}"
        if not m["o"]:
            return Hung(f"{m['n']} {side} {base}") if state.items else None
        if state.items and not state.lead.text:
            return Hung(f"with {self.noun(m['o'])} {m['n']} {side} {base}")
        return self._clause(the(self.noun(m["o"])), "be", "was", f" {m['n']} {side} {base}", state)

    def _net(self, clause: str, state: State) -> Hung | None:
        """比上年净增5家."""
        m = re.match(rf"^(?:比|较)?(?P<d><d[1-9]>|上年|去年)?(?P<v>净增|新增|增加|减少)了?(?P<n>{N})$", clause)
        if m is None or SHARE.search(self._of(m["n"])):
            return None
        noun = {"净增": "a net increase", "减少": "a decrease"}.get(m["v"], "an increase")
        base = "" if not m["d"] else f" from {m['d']}" if m["d"][0] == "<" else " from the previous year"
        return Hung(f"{noun} of {m['n']}{base}")

    def _change(self, clause: str, state: State) -> str | Hung | None:
        """规上工业增加值同比增长7%以上."""
        m = re.match(
            rf"^(?P<m0>{_MODALS})?(?P<o>(?:{WORD})*?)(?P<m>{_MODALS}|将|有望)?(?P<y>{words().years}|[比较]<d[1-9]>)?"
            rf"(?P<v>{words().changes})(?P<to>了|到|至|为)?(?P<n>{N})(?P<more>(?:[、和]{N})*)$", clause
        )  # fmt: skip
        if m is None or (m["o"] and _NO_METRIC.search(m["o"])):
            return None
        year = m["y"] or ""
        year = f" from {year[1:]}" if year[1:2] == "<" else words().year.get(year, "")
        numbers = listed([m["n"], *re.findall(N, m["more"])]) + year + (" respectively" if m["more"] else "")
        to, (base, past) = m["to"] in ("到", "至", "为"), words().change[m["v"]]
        shown = self._of(m["n"])
        if not m["o"]:
            if m["m0"] or m["m"] or to or not (SHARE.search(shown) or "point" in shown):
                return None
            return Hung(f"{'down' if past.startswith(('fell', 'was')) else 'up'} {numbers}")
        link = "to" if to else "by"
        return self._metric(m["o"], m["m0"] or m["m"] or "", base, past, f" {link} {numbers}", state)

    def _reach(self, clause: str, state: State) -> str | Hung | None:
        """地区生产总值达到1286.4亿元."""
        m = re.match(
            rf"^(?P<m0>{_MODALS})?(?P<o>(?:{WORD})*?)(?P<m>{_MODALS}|将|有望|已)?"
            rf"(?P<v>达到|达|稳定在|保持在|控制在|压缩到|压缩至|突破|超过|为)?(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None or _NO_METRIC.search(m["o"]) or words().starts(m["o"]):
            return None
        if not m["o"]:
            plain = m["v"] in ("达到", "达") and state.items and not m["m0"] and not m["m"]
            return Hung(f"reaching {m['n']}") if plain else None
        if not m["v"] and not (re.match("more than|over", self._of(m["n"])) and m["o"].endswith(">")):
            return None
        base, past = {
            "稳定在": ("remain stable at", "remained stable at"),
            "保持在": ("stay at", "stayed at"),
            "控制在": ("be kept at", "was kept at"),
            "压缩到": ("be cut to", "was cut to"),
            "压缩至": ("be cut to", "was cut to"),
            "为": ("be", "was"),
        }.get(m["v"] or "", ("reach", "reached"))
        return self._metric(m["o"], m["m0"] or m["m"] or "", base, past, f" {m['n']}", state)

    def _metric(self, zh: str, modal: str, base: str, past: str, tail: str, state: State) -> str | Hung:
        """A figure that changes or reaches a value: a clause of its own, or hung on the one before."""
        owned = re.match(r"^(<l[1-9]>)(<t[1-9]>.*|[^<>市区县省镇][^<>]{3,})$", zh)
        metric = f"{owned[1]}'s {self.noun(owned[2])}" if owned else the(self.noun(zh))
        if state.lead.subject:
            lead = state.take()
            return f"{lead}strive for {metric} to {base}{tail}"
        plain = bool(state.items) and not state.lead.text
        if plain and modal in ("力争", "争取", "有望"):
            return Hung(f"striving for {metric} to {base}{tail}")
        if plain and modal == "确保":
            return Hung(f"ensuring that {metric} will {base}{tail}")
        if plain and not modal and state.form == "base":
            return Hung(f"with {metric} {gerund(base)}{tail}")
        if modal in ("力争", "争取", "确保"):
            state.form = ""
            return f"{state.take()}the aim is for {metric} to {base}{tail}"
        if modal == "预计":
            state.form = ""
            return f"{state.take()}{metric} is expected to {base}{tail}"
        return self._clause(metric, base, past, tail, state, settled=modal == "已")

    def _clause(self, subject: str, base: str, past: str, tail: str, state: State, *, settled: bool = False) -> str:
        state.form = ""
        return f"{state.take()}{subject} {'will ' + base if state.future and not settled else past}{tail}"

    def _rank(self, clause: str, state: State) -> Hung | None:
        """居全省第3位."""
        m = re.match(rf"^稳?(?:居|位居|位列|列|排名|排)(?P<o>[^<>]{{2,6}}|<[lt][1-9]>)?(?P<n>{N})$", clause)
        if m is None or not re.search(r"\d(?:st|nd|rd|th)|first|second|third", self._of(m["n"])):
            return None
        place = m["o"] or ""
        return Hung(f"ranking {m['n']}" + (f" {words().place.get(place) or 'in ' + self.noun(place)}" if place else ""))

    def _benefit(self, clause: str, state: State) -> Hung | None:
        """惠及居民1.6万户."""
        verbs = either(words().benefit)
        m = re.match(rf"^(?P<v>{verbs})(?P<a>(?:{WORD}){{0,8}}?)(?P<n>{N})(?P<b>(?:{WORD}){{0,6}})$", clause)
        if m is None or not state.items:
            return None
        noun = m["a"] + m["b"]
        counted = m["n"] if not noun else None if NO_NOUN.search(noun) else self._count(m["n"], noun)
        return Hung(f"{words().benefit[m['v']]} {counted}") if counted else None

    def _act(self, clause: str, state: State) -> str | Hung | None:
        """我们将新建学校9所: subject, modal, verb, and objects with their numbers."""
        table = words()
        m = re.match(
            rf"^(?P<s>{table.subjects}|<[plo][1-9]>)?(?P<also>还|也)?(?P<m>{table.modals})?(?P<p>{table.pasts})?"
            rf"(?P<adv>{either(table.adverb)})?(?P<again>再)?(?P<v>{table.verbs})(?:(?P<or>[、和])?(?P<w>{table.verbs}))?(?P<done>了)?"
            rf"(?P<rest>.+?)(?:用于(?P<use>.+))?$", clause
        )  # fmt: skip
        if m is None or "<n" not in m["rest"] or "<n" in (m["use"] or "") or m["m"] == "确保":
            return None
        verb = table.verb(m["v"])
        verb = verb.joined(table.verb(m["w"]), "or" if m["or"] else "and") if m["w"] else verb
        if re.fullmatch(N, m["rest"]) and (m["use"] or verb.base in ("invest", "waive")):
            items: list[str | None] = [m["rest"]]
        else:
            items = [self._item(part, verb.new) for part in m["rest"].split("、")]
        objects = listed([item for item in items if item])
        if not all(items):
            return None
        if m["again"]:
            objects = re.sub(r"^(<n[1-9]>(?: of)?) (?:new )?", r"another \1 ", objects)
        objects += f" for {self.noun(m['use'])}" if m["use"] else ""
        if state.lead.text.endswith("of these,") and not m["m"] and not m["s"]:
            if not state.items:
                return None
            state.lead.text = state.lead.text.removesuffix("of these,").strip()
            return Hung(f"including {objects}")
        modal, also = table.modal.get(m["m"] or "", ""), "also " if m["also"] else ""
        also += f"{table.adverb[m['adv']]} " if m["adv"] else ""
        settled = bool(m["p"] or m["done"])
        future = bool(modal) or (state.future and not settled)
        if m["s"] or state.form or state.lead.subject or (state.report and not modal):
            return self._active(verb, objects, modal, also, future, m["s"] or "", state)
        lead = state.take()
        if modal.startswith(("strive", "plan", "expect")):
            state.form = "base"
            return f"{lead}the {'aim' if modal[0] == 's' else 'plan'} is to {also}{verb.base} {objects}"
        sums = " in " in objects or re.fullmatch(N, objects)
        one = len(items) == 1 and (sums or self._of(re.findall(N, m["rest"])[0]) == "1")
        done = ("has" if one else "have") + " been" if m["p"] == "已" else "was" if one else "were"
        be = "will be" if future else done
        return f"{lead}{objects} {be} {also}{verb.participle}"

    def _active(
        self, verb: Verb, objects: str, modal: str, also: str, future: bool, subject: str, state: State
    ) -> str:
        waiting = state.lead.subject.endswith("will")
        lead = state.take()
        if subject:
            lead += self._subject(subject) + " "
            modal = modal or ("will" if future else "")
            if modal.startswith("strive"):
                modal = f"will {modal}"
            if modal.startswith(("plan", "expect")) and subject not in ("我们", "企业"):
                modal = re.sub(r"^\w+", r"\g<0>s", modal)
        elif waiting and modal == "will":
            modal = ""
        state.form = "base" if future else "past"
        return f"{lead}{modal}{' ' if modal else ''}{also}{verb.base if future else verb.past} {objects}"

    def _have(self, clause: str, state: State) -> str | Hung | None:
        """全区有高新技术企业60家; 其中高新技术企业60家."""
        who = rf"(?P<s>{words().subjects}|<[lo][1-9]>)"
        m = re.match(rf"^(?:{who}(?:目前|现)?共?(?:有|拥有))?(?P<rest>.+)$", clause)
        if m is None or "<n" not in m["rest"]:
            return None
        if not m["s"] and not state.lead.text.endswith("of these,"):
            return None
        items = [self._item(x, False) for x in m["rest"].split("、")]
        if not all(items):
            return None
        objects = listed([item for item in items if item])
        if not m["s"] and not state.items:
            return f"{state.take()}there are {objects}"
        if not m["s"]:
            state.lead.text = state.lead.text.removesuffix("of these,").strip()
            return Hung(f"including {objects}")
        state.form = ""
        return f"{state.take()}{self._subject(m['s'])} has {objects}"

    def _stage(self, clause: str, state: State) -> str | Hung | None:
        """其中一半在6月底前交付使用; 去年9月开工."""
        m = re.match(
            rf"^(?P<m0>计划|{_MODALS})?(?P<o>(?:{WORD}|{N})*?)(?P<m>计划|{_MODALS}|将|已)?(?:在|于|到)?"
            rf"(?P<d><d[1-9]>)?(?P<b>底前|前)?(?:正式|全部|全面)?(?P<v>{words().stages})$", clause
        )  # fmt: skip
        if m is None or _NO_METRIC.search(m["o"]) or ("<n" in m["o"] and not re.fullmatch(N, m["o"])):
            return None
        base, past, done = words().stage[m["v"]]
        when = "" if not m["d"] else f" before {m['d']}" if m["b"] else f" in {m['d']}"
        modal = m["m0"] or m["m"] or ""
        if not m["o"]:
            front = state.lead.text.removesuffix(",")
            if state.lead.subject or modal in ("将", "已"):
                return None
            if not state.items:
                if not modal:
                    return None
                said = {"计划": "it is planned to", "预计": "it is expected to"}.get(modal, "the aim is for it to")
                return f"{state.take()}{said} {base}{when}"
            state.lead.text = ""
            to = {"计划": "planned to ", "预计": "expected to ", "": ""}.get(modal, "so that it will ")
            return Hung(f"{to}{base if modal else done}{when}{' ' + front if front else ''}")
        future = modal not in ("", "已") or (state.future and modal != "已")
        verb = ("is expected to " if modal == "预计" else "will ") + base if future else past
        if re.fullmatch(N, m["o"]):
            if not state.lead.text.endswith("of these,") or not state.items:
                return None
            state.lead.text = ""
            return Hung(f"{m['o']} of which {verb}{when}")
        state.form = ""
        return f"{state.take()}{the(self.noun(m['o']))} {verb}{when}"

    def _amount(self, clause: str, state: State) -> str | Hung | None:
        """旅游总收入295亿元: an amount behind its noun, with no verb between."""
        m = re.match(rf"^(?P<m>{_MODALS})?(?P<o>(?:{WORD}){{1,18}})(?P<n>{N})$", clause)
        if m is None or NO_NOUN.search(m["o"]) or _NO_METRIC.search(m["o"]) or words().starts(m["o"]):
            return None
        english, shown = self.noun(m["o"]), self._of(m["n"])
        if MONEY.search(shown):
            if "总投资" in m["o"] and m["o"][-3:] == "总投资" and len(m["o"]) <= 5 and state.items:
                return Hung(f"with a total investment of {m['n']}")
            return self._metric(m["o"], m["m"] or "", "reach", "reached", f" {m['n']}", state)
        if shown.endswith(" people") and re.search(r"jobs?$", self._shown(english)):
            return self._clause(english, "be created", "were created", f" for {m['n']}", state)
        return None
