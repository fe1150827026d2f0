"""More shapes of clauses: who is to see to what, how long something is, what the goal is, how many a day."""

from __future__ import annotations

import re

from briefing.translate.clause_parts import BARE, MONEY, WORD, Hung, N, State
from briefing.translate.clause_words import either, words
from briefing.translate.metric_shapes import NO_METRIC, Metrics
from briefing.translate.noun_heads import definite, listed

_PUSH = {"推动": "push for {} to", "促进": "push for {} to", "力促": "press for {} to", "确保": "ensure that {} will",
         "保证": "ensure that {} will", "实现": "have {}", "力争": "strive for {} to"}  # fmt: skip
_AVERAGE = {"日均": "a day", "月均": "a month", "年均": "a year", "户均": "a household", "人均": "a person",
            "平均每天": "a day", "平均每年": "a year"}  # fmt: skip


class Reports(Metrics):
    """Reads what reports say besides figures that reach or change."""

    def _ensure(self, clause: str, state: State) -> str | Hung | None:
        """确保50个项目年内竣工投产: somebody is to see something through."""
        table = words()
        m = re.match(
            rf"^(?P<s>{table.subjects}|<[lo][1-9]>)?(?P<m>将|要|计划)?(?P<v>{either(_PUSH)})(?P<o>(?:{WORD}|{N})+?)"
            rf"(?:在|于)?(?P<d>年内|<d[1-9]>)?(?P<b>底前|前|内)?(?P<how>(?:全部|全面|陆续|顺利|如期|按期|按时|圆满)*)(?P<st>{table.stages})$",
            clause,
        )  # fmt: skip
        if m is None or NO_METRIC.search(m["o"].replace("等", "")):
            return None
        what = self._item(m["o"], False) or self.named(m["o"]) if "<n" in m["o"] else self._the(m["o"])
        if what is None:
            return None
        base, _, done = table.stage[m["st"]]
        when = f" {'by' if m['b'] in ('底前', '前') else 'in'} {m['d']}" if m["d"] else ""
        when = " within the year" if m["d"] == "年内" else when
        when += " on schedule" if re.search("如期|按期|按时", m["how"]) else ""
        said = f"{_PUSH[m['v']].format(what)} {done if m['v'] == '实现' else base}{when}"
        if m["s"] or state.lead.subject:
            waiting = state.lead.subject.endswith("will")
            lead = state.take() + (f"{self._subject(m['s'])} " if m["s"] else "")
            state.form = "base"
            return f"{lead}{'' if waiting else 'will '}{said}"
        if m["v"] in ("确保", "保证") and state.items and not state.lead.text:
            return Hung(f"ensuring {said.partition(' ')[2]}")
        state.form = "base"
        return f"{state.take()}{said}"

    def _long(self, clause: str, state: State) -> str | Hung | None:
        """公路全长78公里: how long or large something is."""
        m = re.match(
            rf"^(?P<o>(?:{WORD})*?)(?P<x>全长|总长|总面积|占地(?:面积)?|总?建筑面积)(?:约|为|达)?(?P<n>{N})$", clause
        )
        if m is None or NO_METRIC.search(m["o"]):
            return None
        shown = self._of(m["n"])
        long = "长" in m["x"] and re.search(r"(?:met[re]{2}s?|kilomet[re]{2}s?)$", shown)
        if not long and "积" not in m["x"] and "占地" not in m["x"]:
            return None
        floor = " of floor space" if "建筑" in m["x"] else ""
        if not m["o"]:
            text = f"with a total length of {m['n']}" if long else f"covering {m['n']}{floor}"
            return Hung(text) if state.items else None
        state.form = ""
        said = f"is {m['n']} long" if long else f"covers {m['n']}{floor}"
        return f"{state.take()}{definite(self._sole(m['o']), slots=self._slots)} {said}"

    def _daily(self, clause: str, state: State) -> Hung | None:
        """日均147户: an average, hung on what it is an average of."""
        m = re.match(rf"^(?P<p>{either(_AVERAGE)})(?:约|达到?|为)?(?P<n>{N})$", clause)
        return Hung(f"an average of {m['n']} {_AVERAGE[m['p']]}") if m and state.items else None

    def _goal(self, clause: str, state: State) -> str | None:
        """我们的目标是吞吐量4亿吨、集装箱1000万标箱."""
        m = re.match(rf"^(?:我们)?的?(?P<w>目标|任务)是(?P<rest>.*{N})$", clause)
        if m is None:
            return None
        items = [re.fullmatch(rf"(?P<o>{WORD}{{2,18}}?)(?:达到|达|增长)?(?P<n>{N})", x) for x in m["rest"].split("、")]
        if not all(items):
            return None
        state.form = ""
        parts = [f"{self.noun(x['o'])} of {x['n']}" for x in items if x]
        return f"{state.take()}{'our goal' if m['w'] == '目标' else 'our task'} is {listed(parts)}"

    def _aged(self, clause: str, state: State) -> str | None:
        """全区60岁以上老年人口21.4万: how many people of an age there are."""
        m = re.match(
            rf"^(?P<own>{either(words().owner)})?(?P<age>{N})的?(?:户籍)?(?:常住)?(?P<o>老年人口|老年人|老人|人口)(?:达到?|有|为)?(?P<n>{N})$",
            clause,
        )  # fmt: skip
        if m is None or "old" not in self._of(m["age"]) or MONEY.search(self._of(m["n"])):
            return None
        own = f"{words().owner[m['own']]} " if m["own"] else "the "
        state.form = ""
        people = "elderly population" if m["o"].startswith("老") else "population"
        return f"{state.take()}{own}{people} ({m['age']}) is {m['n']}"

    def _of_which(self, clause: str, state: State) -> Hung | None:
        """其中新开工75个: a part of what the clause before counts, told by what was done to it."""
        m = re.match(rf"^(?P<v>{words().verbs})(?P<n>{N})$", clause)
        if m is None or not BARE.match(self._of(m["n"])):
            return None
        lead = re.match(r"(?P<x>.*)of these,(?P<d> in <d[1-9]>,)?$", state.lead.text)
        if lead is None or not state.items:
            return None
        state.lead.text = lead["x"].strip()
        when = (lead["d"] or "").rstrip(",")
        verb = words().verb(m["v"])
        newly = "newly " if m["v"].startswith("新") else ""
        be = "will be" if state.future else "were"
        return Hung(f"{m['n']} of which {be} {newly}{verb.participle}{when}")
