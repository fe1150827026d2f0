"""The shapes of clauses with a figure: it reaches a value, grows, is a share, ranks. One method a shape."""

from __future__ import annotations

import re

from briefing.translate.clause_parts import BARE, MONEY, NO_NOUN, SHARE, WORD, Hung, N, State
from briefing.translate.clause_words import either, gerund, words
from briefing.translate.counted_items import Items
from briefing.translate.deed_words import table as deeds
from briefing.translate.noun_heads import definite, listed
from briefing.translate.plurals import several

NO_METRIC = re.compile(
    r"^(?:推动|促进|助推|力促|带动)|[，；：]|将|把|使(?!用)|让|我们|力争|确保|计划|通过(?!能力|率)|比(?![重例率])|对|向|其中|以(?![上下])|已|完成|安排|报销|共(?![同享有建])|增加(?!值)|减少|约|等"
)
MODALS = "力争|确保|预计|预期|争取"
_VALUE = re.compile("(?:>|[值额量]|收入|投资|支出|余额|总额|规模|面积)$")


class Metrics(Items):
    """Reads a figure and what it does."""

    def _share(self, clause: str, state: State) -> Hung | None:
        """占全市总量的5%."""
        m = re.match(rf"^占(?P<o>(?:{WORD}){{1,20}}?)的?(?P<n>{N})$", clause)
        if m is None or not SHARE.search(self._of(m["n"])):
            return None
        whole = self._the(m["o"])
        if re.search("(?:plan|target|budget)s?$", self._shown(whole)):
            whole = definite(self._sole(m["o"]), slots=self._slots)
        return Hung(f"accounting for {m['n']} of {whole}")

    def _share_moved(self, clause: str, state: State) -> Hung | None:
        """占地区生产总值的比重提高到4.6%."""
        m = re.match(
            rf"^占(?P<o>(?:{WORD}){{1,20}}?)的?(?:比重|比例|份额)(?P<v>{words().changes})(?P<to>到|至)?(?P<n>{N})$",
            clause,
        )
        if m is None or not state.items or not re.search("%|percent|point", self._of(m["n"])):
            return None
        moved = gerund(words().change[m["v"]][0])
        return Hung(f"with its share of {self.noun(m['o'])} {moved} {'to' if m['to'] else 'by'} {m['n']}")

    def _first(self, clause: str, state: State) -> Hung | None:
        """首次突破千亿元大关."""
        m = re.match(rf"^首次(?:突破|超过|达到|达|迈上|站上)?(?P<n>{N})(?:大关|台阶)?$", clause)
        return Hung(f"reaching {m['n']} for the first time") if m and state.items else None

    def _accounts(self, clause: str, state: State) -> str | Hung | None:
        """高技术产业占比超过四成."""
        m = re.match(rf"^(?P<o>{WORD}{{1,20}}?)占比(?:达到|达|为|超过|提高到|提升至)?(?P<n>{N})$", clause)
        if m is None or not SHARE.search(self._of(m["n"])) or NO_METRIC.search(m["o"].removeprefix("对")):
            return None
        noun = self.noun(m["o"])
        if state.lead.text == "of these," and state.items:
            state.lead.text = ""
        share = f"{m['n']} of the total"
        if state.items and not state.lead.text and state.form != "base" and " with " not in noun:
            return Hung(f"with {noun} accounting for {share}")
        return self._clause(noun, "account for", "accounted for", f" {share}", state)

    def _times(self, clause: str, state: State) -> str | Hung | None:
        """总量是2022年的2倍."""
        m = re.match(rf"^(?P<o>(?:{WORD})*?)(?:是|为|相当于)(?P<b>(?:[^<>]|<[dltn][1-9]>){{1,8}})的(?P<n>{N})$", clause)
        if m is None or "times" not in self._of(m["n"]) or NO_METRIC.search(m["o"]):
            return None
        base = m["b"] if re.fullmatch("<d[1-9]>", m["b"]) else self.noun(m["b"])
        if not m["o"]:
            return Hung(f"{m['n']} that of {base}") if state.items else None
        return self._clause(self._the(m["o"]), "be", "was", f" {m['n']} that of {base}", state)

    def _moved(self, clause: str, state: State) -> str | None:
        """产能由5万吨提高到8万吨."""
        m = re.match(
            rf"^(?P<o>(?:{WORD}){{1,24}}?)将?[由从](?P<a>{N})(?P<v>{words().changes})[到至为](?P<b>{N})$", clause
        )
        if m is None or NO_METRIC.search(m["o"]):
            return None
        base, past = words().change[m["v"]]
        return self._clause(self._the(m["o"]), base, past, f" from {m['a']} to {m['b']}", state)

    def _gap(self, clause: str, state: State) -> str | Hung | None:
        """增速高于全市0.8个百分点."""
        m = re.match(
            rf"^(?P<o>(?:{WORD})*?)(?P<v>高于|快于|低于|慢于)(?P<b>{either(words().level)}|<t[1-9]>)"
            rf"(?P<p>平均水平|平均)?(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None or "point" not in self._of(m["n"]) or (m["o"] and NO_METRIC.search(m["o"])):
            return None
        side = "above" if m["v"] in ("高于", "快于") else "below"
        level = words().level.get(m["b"]) or definite(m["b"], slots=self._slots)
        if m["b"][0] == "<" and not re.search("average|level|rate", self._of(m["b"])):
            return None
        base = f"the average of {level}" if m["p"] else f"{level}'s" if m["o"] else f"that of {level}"
        base = level if m["b"][0] == "<" else base
        if not m["o"]:
            return Hung(f"{m['n']} {side} {base}") if state.items else None
        if state.items and not state.lead.text:
            return Hung(f"with {definite(self.noun(m['o']), 'a', self._slots)} {m['n']} {side} {base}")
        return self._clause(self._the(m["o"]), "be", "was", f" {m['n']} {side} {base}", state)

    def _running(self, clause: str, state: State) -> str | None:
        """化肥使用量连续4年下降."""
        m = re.match(
            rf"^(?P<o>(?:{WORD}){{2,20}}?)已?连续(?P<n><[nd][1-9]>)(?:保持|实现|持续)?(?P<v>{words().changes})$", clause
        )
        if m is None or NO_METRIC.search(m["o"]) or not re.search("years|months|quarters", self._of(m["n"])):
            return None
        state.form = ""
        have = "have" if several(self._shown(self._the(m["o"]))) else "has"
        past = words().change[m["v"]][1]
        done = {"fell": "fallen", "rose": "risen", "grew": "grown"}.get(past, past)
        return f"{state.take()}{self._the(m['o'])} {have} {done} for {m['n']} in a row"

    def _net(self, clause: str, state: State) -> Hung | None:
        """比上年净增5家."""
        m = re.match(rf"^(?:比|较)?(?P<d><d[1-9]>|上年|去年)?(?P<v>净增|新增|增加|减少)了?(?P<n>{N})$", clause)
        if m is None or SHARE.search(self._of(m["n"])):
            return None
        noun = {"净增": "a net increase", "减少": "a decrease"}.get(m["v"], "an increase")
        base = "" if not m["d"] else f" from {m['d']}" if m["d"][0] == "<" else " from the previous year"
        return Hung(f"{noun} of {m['n']}{base}")

    def _doubled(self, clause: str, state: State) -> str | Hung | None:
        """力争产值翻一番."""
        m = re.match(
            rf"^(?P<m0>{MODALS})?(?P<o>(?:{WORD})*?)(?P<m>{MODALS}|将|已)?(?:实现)?(?:比(?P<y><d[1-9]>))?(?P<n>{N})$",
            clause,
        )
        found = re.search("(?:doubl|quadrupl)e(d?)$", self._of(m["n"])) if m is not None else None
        if m is None or found is None or NO_METRIC.search(m["o"]):
            return None
        modal, aimed = m["m0"] or m["m"] or "", not found[1]
        if not m["o"] or (modal and modal not in ("已", "将") and not aimed):
            return None
        base = f" from {m['y']}" if m["y"] else ""
        if aimed:
            return self._metric(m["o"], modal, m["n"], m["n"], base, state)
        return self._clause(self._the(m["o"]), m["n"], m["n"], base, state, settled=True)

    def _change(self, clause: str, state: State) -> str | Hung | None:
        """规上工业增加值同比增长7%以上."""
        m = re.match(
            rf"^(?:(?P<s>我们|我市|我区|我县)(?={MODALS}))?(?P<m0>{MODALS})?(?P<o>(?:{WORD})*?)(?P<m>{MODALS}|将|有望)?(?P<y>{words().years}|[比较]<d[1-9]>)?"
            rf"(?P<v>{words().changes})(?P<to>了|到|至|为)?(?P<n>{N})(?P<more>(?:[、和]{N})*)$", clause
        )  # fmt: skip
        if m is None or (m["o"] and NO_METRIC.search(m["o"])) or (m["s"] and not m["m0"]):
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
        self._names(m["s"], state)
        return self._metric(m["o"], m["m0"] or m["m"] or "", base, past, f" {link} {numbers}", state)

    def _reach(self, clause: str, state: State) -> str | Hung | None:
        """地区生产总值达到1286.4亿元."""
        m = re.match(
            rf"^(?:(?P<s>我们|我市|我区|我县)(?={MODALS}))?(?P<m0>{MODALS})?(?P<o>(?:{WORD})*?)(?P<m>{MODALS}|将|有望|已)?(?:全部|首次)?"
            rf"(?P<v>完成|实现|是|达到|达|稳定在|保持在|保持|控制在|压缩到|压缩至|突破|超过|为)?(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None or NO_METRIC.search(m["o"]) or words().starts(m["o"]):
            return None
        if (m["s"] and not m["m0"]) or (m["v"] in ("完成", "实现") and not _VALUE.search(m["o"])):
            return None
        if m["v"] == "是" and not m["o"].endswith("目标"):
            return None
        if not m["o"]:
            plain = m["v"] in ("达到", "达") and state.items and not m["m0"] and not m["m"]
            return Hung(f"reaching {m['n']}") if plain else None
        total = m["o"].endswith((">", "总量", "总数", "数量", "总额", "总值", "规模"))
        if not m["v"] and not (re.match("more than|over", self._of(m["n"])) and total):
            return None
        base, past = {
            "稳定在": ("remain stable at", "remained stable at"),
            "保持在": ("stay at", "stayed at"),
            "保持": ("stay at", "stayed at"),
            "控制在": ("be kept at", "was kept at"),
            "压缩到": ("be cut to", "was cut to"),
            "压缩至": ("be cut to", "was cut to"),
            "为": ("be", "was"),
            "是": ("be", "is"),
        }.get(m["v"] or "", ("reach", "reached"))
        base, past = (bounded(verb, self._of(m["n"])) for verb in (base, past))
        if base == "reach" and BARE.match(self._of(m["n"])) and _counts(self._shown(self._the(m["o"]))):
            base, past = "number", "numbered"  # enterprises number 400, their number reaches 400
        if m["v"] == "是":
            return f"{state.take()}{self._the(m['o'])} is {m['n']}"
        self._names(m["s"], state)
        return self._metric(m["o"], m["m0"] or m["m"] or "", base, past, f" {m['n']}", state)

    def _metric(self, zh: str, modal: str, base: str, past: str, tail: str, state: State) -> str | Hung:
        """A figure that changes or reaches a value: a clause of its own, or hung on the one before."""
        owned = re.match(r"^(<l[1-9]>)(<t[1-9]>.*|[^<>市区县省镇][^<>]{3,})$", zh)
        metric = f"{owned[1]}'s {self.noun(owned[2])}" if owned else self._the(zh)
        if state.lead.subject:
            lead = state.take()
            if modal in ("预计", "预期"):
                return f"{lead}expect {metric} to {base}{tail}"
            if modal == "确保":
                return f"{lead}ensure that {metric} will {base}{tail}"
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
        if modal in ("预计", "预期"):
            state.form = ""
            be = "are" if several(self._shown(metric)) else "is"
            return f"{state.take()}{metric} {be} expected to {base}{tail}"
        return self._clause(metric, base, past, tail, state, settled=modal == "已")

    def _names(self, subject: str | None, state: State) -> None:
        """Let a subject wait for the verb that its modal becomes."""
        if subject:
            state.lead.subject = self._subject(subject)

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

    def _state(self, clause: str, state: State) -> str | None:
        """项目建设有序推进, 新形象值得期待: how something went, with no number."""
        table = words()
        if (hoped := re.match(rf"^(?P<o>{WORD}{{1,16}})(?:值得期待|未来可期)$", clause)) is not None:
            state.form = ""
            what = definite(self.noun(hoped["o"]), slots=self._slots)
            return f"{state.take()}{what} is worth looking forward to"
        m = re.match(
            rf"^(?P<o>{WORD}{{1,20}}?)(?P<now>正在|正)?(?:(?P<adv>{either(table.went)})(?:得到|获得)?"
            rf"(?P<v>{either(table.goes)})|(?P<both>{either(table.both)}))(?:、(?P<t><t[1-9]>))?$", clause
        )  # fmt: skip
        if m is None or NO_METRIC.search(m["o"]) or words().starts(m["o"]) or deeds().verbs.match(m["o"]):
            return None
        base, past = table.goes[m["v"]] if m["v"] else table.both[m["both"]]
        noun, how = definite(self.noun(m["o"]), slots=self._slots), table.went.get(m["adv"] or "", "")
        how = f" {how}" if how else ""
        state.form = ""
        how += f", with {m['t']}" if m["t"] else ""
        if m["both"] and not state.future and not state.settled and not _DONE.match(base):
            past = present(base, many=several(self._shown(noun)) or " and " in self._shown(noun).partition(" of ")[0])
        if m["now"]:
            return f"{state.take()}{noun} is {gerund(base)}{how}"
        return f"{state.take()}{noun} {'will ' + base if state.future else past}{how}"

    def _amount(self, clause: str, state: State) -> str | Hung | None:
        """旅游总收入295亿元: an amount behind its noun, with no verb between."""
        m = re.match(rf"^(?P<m>{MODALS}|计划)?(?:全年|累计|一?共)?(?P<o>(?:{WORD}){{1,18}})(?P<n>{N})$", clause)
        if m and m["o"] == "投资" and MONEY.search(self._of(m["n"])) and state.items and not state.form:
            return Hung(f"with an investment of {m['n']}")
        if m is None or NO_NOUN.search(m["o"]) or NO_METRIC.search(m["o"]) or words().starts(m["o"]):
            return None
        english, shown = self.noun(m["o"]), self._of(m["n"])
        whole = self._shown(english)
        percent = SHARE.search(shown) and "point" not in shown
        if not m["m"] and state.items and not state.lead.text and state.form != "base":
            size = re.search("(?:speed|length|area|capacity|volume|output|height|width|depth|mileage|space)$", whole)
            measured = size and not BARE.match(shown) and not MONEY.search(shown) and not SHARE.search(shown)
            if measured or (percent and re.search("rate|ratio|coverage|share|proportion", whole)):
                return Hung(f"with {'an' if whole[0] in 'aeio' else 'a'} {english} of {m['n']}")
        if percent and re.search("rate|satisfaction|coverage|proportion", whole):
            return self._clause(self._the(m["o"]), "be", "was", f" {m['n']}", state)
        if shown.endswith(" people") and m["m"] and re.search(r"jobs?$", self._shown(english)):
            state.form = ""
            goal = "plan" if m["m"] == "计划" else "aim"
            return f"{state.take()}the {goal} is for {english} to be created for {m['n']}"
        if m["m"] == "计划":
            return None
        if m["m"] is None and BARE.match(shown) and re.match("newly |new ", self._shown(english)):
            be = "will be" if state.future else "were"
            state.form = ""
            return f"{state.take()}there {be} {m['n']} {english}"
        if MONEY.search(shown):
            if "总投资" in m["o"] and m["o"][-3:] == "总投资" and len(m["o"]) <= 5 and state.items:
                return Hung(f"with a total investment of {m['n']}")
            invested = re.fullmatch(r"(?:(?:total|planned|contracted|annual) )*investment", self._shown(english))
            if invested and state.items and not state.lead.text and not m["m"]:
                return Hung(f"with {self._sum(m['o'])} of {m['n']}")
            return self._metric(m["o"], m["m"] or "", "reach", "reached", f" {m['n']}", state)
        if shown.endswith(" people") and re.search(r"jobs?$", self._shown(english)):
            own = re.match(either(words().owner), m["o"])
            if own and (where := words().subject.get(own.group())):
                jobs = self.noun(m["o"][own.end() :])
                return self._clause(jobs, "be created", "were created", f" for {m['n']} in {where}", state)
            return self._clause(english, "be created", "were created", f" for {m['n']}", state)
        return None


def _counts(english: str) -> bool:
    """Whether a noun phrase names things that a number counts, and is no number itself."""
    number = re.search(r"\bper\b|number|visits|population|sales|hours|days|funds|assets", english)
    return several(english) and number is None


_DONE = re.compile(
    r"(?:make|achieve|take|reach|hit|break|begin)\b"
    r"|be (?:\w+ )?(?:completed|concluded|held|built|implemented|established|exceeded)\b"
)
"""Verbs of what happened once: such a state is told in the past."""


def present(base: str, *, many: bool) -> str:
    """The present of a verb: with an s where its subject is one.

    >>> present("improve in quality", many=False), present("be stable", many=True)
    ('improves in quality', 'are stable')
    """
    first, _, rest = base.partition(" ")
    said = first if many else re.sub(r"(?<=[^aeiou])y$", "ie", first) + "s"
    said = {"be": "are" if many else "is", "have": "have" if many else "has"}.get(first, said)
    said = re.sub(r"(?<=s|x|h)s$", "es", said) if not many and re.search(r"(?:s|x|ch|sh)$", first) else said
    return f"{said} {rest}".strip()


def bounded(base: str, shown: str) -> str:
    """`base` without the "at" that would stand before another one: remain stable at at least.

    >>> bounded("remain stable at", "at least 5 mu"), bounded("stay at", "5 mu")
    ('remain', 'stay at')
    """
    if not base.endswith(" at") or not re.match("at (?:least|most)|within", shown):
        return base
    return {"remain stable at": "remain", "remained stable at": "remained"}.get(base, base.removesuffix(" at"))
