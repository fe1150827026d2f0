"""What a reporter asks, and what is told of projects and of each: 有哪些新举措？, 建成后可年产…, 每人给予….

The frames know who does what; here are the questions that open a turn, and answers in which a thing is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.translate.clause_parts import BARE, MONEY, WORD, Hung, Known, Lead, N, Phrase, State, unknown
from briefing.translate.clause_words import either, gerund, words
from briefing.translate.deed_words import table as deeds
from briefing.translate.frames import Frames
from briefing.translate.metric_shapes import NO_METRIC, present
from briefing.translate.noun_heads import definite, is_clause, listed
from briefing.translate.plurals import several

_ASKED = re.compile(rf"(?P<s>(?:{WORD}){{0,10}}?)(?:将|要|应该|应)?(?:如何|怎样|怎么|何以)(?P<rest>.{{3,}})$")
_STAGE = re.compile(rf"(?P<s>(?:{WORD}){{1,10}}?)(?:正|仍|依然)?(?:处在|处于|迎来|面临着?)(?P<o>(?:{WORD}){{1,24}})$")
_COEXIST = re.compile(rf"(?P<a>(?:{WORD}){{1,6}}?)[与和](?P<b>(?:{WORD}){{1,6}}?)(?P<v>并存|同在)$")
_WHAT = re.compile(
    rf"(?P<s>(?:{WORD}){{0,10}}?)(?:(?:又|还)?(?:在(?P<x>(?:{WORD}){{1,16}}?)(?:方面|上|工作中|中)))?(?:又|还|都)?"
    r"(?P<v>取得了?|采取了?|推出了?|将?有|做了)(?:哪些|什么)(?:样的)?(?P<a>新|具体|好|主要)?的?(?P<o>%s)$"
)
_TELL = re.compile(
    rf"(?:能否|能不能)?请?您?(?:能否|能不能)?(?:给我们|简要|具体|先)?(?:介绍|谈谈|谈一谈|说说|讲讲)(?:一下|下(?!一|步|阶段))?(?P<x>(?:{WORD}){{1,24}})$"
)
_PER_HEAD = re.compile(
    rf"每(?P<x>人|家|户|个|名|亩|所|台|辆|场|件|项|吨)(?:(?:给予|发放|补助|补贴|奖励)(?:一次性)?(?P<max>最高)?|一次性|(?P<max2>最高)(?:可)?)*(?P<n>{N})的?(?:一次性)?(?P<v>%s)?$"
)
_EACH_DOES = re.compile(
    rf"每(?P<c>名|位|家|个|所|户|支)(?P<o>(?:{WORD}){{1,8}}?)(?P<v>%s)(?P<rest>(?:{WORD}){{0,6}}{N}(?:{WORD}){{0,8}})$"
)
_WITHIN_TIME = re.compile(
    rf"(?P<o>(?:{WORD}){{1,16}}?)(?:全部|基本)?(?:实现|做到|在)?(?P<n>{N})(?:之?内)?(?P<v>办结|办理|完成|办好|拿证|答复|办完|响应|到达)$"
)
_DONE_IN = {"办理": "handled", "完成": "completed", "答复": "answered"}
_ONCE = re.compile(
    r"(?:项目|工程)?(?:全部|全面)?(?P<v>建成|投产|达产|竣工|运营|投用)(?:投产|达产|投用|运营|达效)?(?:之?后|以后)$"
)
_ONCE_IS = {"投产": "in production", "达产": "at full capacity", "运营": "in operation", "投用": "in use"}
_YIELDS = re.compile(
    rf"(?:预计)?(?:可|将|能)?(?:可|能)?(?:实现)?年(?P<v>产(?![量值品])|处理|加工|发电|接待|销售|供应)(?:能力)?(?:达到?)?(?P<o>(?:{WORD}){{0,12}})(?P<n>{N})$"
)
_YIELD = {
    "产": "produce",
    "处理": "process",
    "加工": "process",
    "发电": "generate",
    "接待": "receive",
    "销售": "sell",
    "供应": "supply",
}
_TOTALS = re.compile(
    rf"(?P<s>(?:这|该)个?(?:{WORD}){{1,8}}?|(?:{WORD}){{1,14}}?(?:项目|工程))(?:计划)?(?:总投资)(?:约|为|达|达到)?(?P<n>{N})$"
)
_FINISHED = re.compile(
    rf"(?P<o>{N}|(?:{WORD}){{1,16}}?)(?:均|都|全部)?(?P<m>已经?|将|可)(?:全部|全面|基本|顺利)?完成(?P<d>%s)$"
)
_RAISED_TO = re.compile(
    rf"(?P<o>(?:{WORD}){{1,20}}?)分别(?:由|从)?(?P<v>提高|增加|提升|降低|下降|压减|扩大|达|上调)(?:到|至)(?P<e>每人每[月年天])?(?P<n>{N}(?:[、和]{N})+)$"
)
_PER = {"每人每月": " per person per month", "每人每年": " per person per year", "每人每天": " per person per day"}
_RAISES = {"提高": "raised", "增加": "increased", "提升": "raised", "扩大": "expanded", "上调": "raised"}


class Questions(Frames):
    """Reads questions, and clauses whose subject is a thing."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        super().__init__(slots, phrase, known)
        self._what = re.compile(_WHAT.pattern % either(words().asked))
        self._per_head = re.compile(_PER_HEAD.pattern % either(words().grant))
        self._each_does = re.compile(_EACH_DOES.pattern % words().verbs)
        self._finished = re.compile(_FINISHED.pattern % either(deeds().nominal))
        self._all = (
            *(
                self._views,
                self._has_one,
                self._one_off,
                self._compared_with,
                self._monthly,
                self._longest,
                self._this,
                self._adopts,
            ),
            *(self._asks_what, self._tell, self._once, self._yields, self._totals, self._heads, self._in_time),
            *(self._each_one, self._finishes, self._raised_to, self._asks, self._stands, self._coexist, *self._all),
        )

    def _asks(self, clause: str, state: State) -> str | None:
        """如何破解融资难？"""
        m = _ASKED.match(clause)
        if m is None or state.items:
            return None
        said = self._deeds.said(m["rest"])
        who = self._sure(m["s"]) if m["s"] else ""
        if said is None or who is None:
            return None
        state.form = "base"
        return (
            f"{state.take()}how can {definite(who, slots=self._slots)} {said}"
            if who
            else f"{state.take()}how to {said}"
        )

    def _stands(self, clause: str, state: State) -> str | None:
        """我省正处在转型的关键时期."""
        m = _STAGE.match(clause)
        if m is None or is_clause(m["o"]) or "迎来" in clause or "面临" in clause:
            return None
        who = self._sure(m["s"])
        if who is None:
            return None
        state.form = ""
        be = "are" if who == "we" or several(self._shown(who)) else "is"
        return f"{state.take()}{definite(who, slots=self._slots)} {be} in {self._a(m['o'])}"

    def _coexist(self, clause: str, state: State) -> str | None:
        """机遇与挑战并存."""
        m = _COEXIST.match(clause)
        if m is None:
            return None
        state.form = ""
        return f"{state.take()}{self.noun(m['a'], True)} and {self.noun(m['b'], True)} coexist"

    def _asks_what(self, clause: str, state: State) -> str | None:
        """在稳就业方面有哪些新举措？"""
        m = self._what.match(clause)
        if m is None or state.items:
            return None
        what = f"what {'new ' if m['a'] == '新' else 'specific ' if m['a'] == '具体' else ''}{words().asked[m['o']]}"
        zh = re.sub(r"^(?:今年|目前|下一步|接下来)", "", m["s"])
        who = words().subject.get(zh) or (self._sure(zh) if zh else None) or (None if zh else "there")
        if who is None:
            return None
        where = ""
        if m["x"]:
            verb = deeds().verbs.match(m["x"])
            doing = self._deeds.said(m["x"], "gerund") if verb and len(m["x"]) - verb.end() > 1 else None
            doing = doing or (
                f"{gerund(words().short[m['x'][0]])} {self.noun(m['x'][1:])}"
                if m["x"][0] in words().short and len(m["x"]) == 3
                else None
            )
            where = f" in {doing or definite(self.noun(m['x']), slots=self._slots)}"
        who = who if who == "there" else definite(who, slots=self._slots)
        many = who == "we" or several(self._shown(who))
        act = m["v"].rstrip("了").removeprefix("将")
        done = {
            "有": "have",
            "取得": "made" if "progress" in what else "achieved",
            "采取": "taken",
            "推出": "introduced",
            "做": "done",
        }[act]
        state.form = ""
        if act == "有":
            said = "are there" if who == "there" else f"{'do' if many else 'does'} {who} have"
        else:
            said = "have been " + done if who == "there" else f"{'have' if many else 'has'} {who} {done}"
        return f"{state.take()}{what} {said}{where}"

    def _views(self, clause: str, state: State) -> str | None:
        """您如何看待当前的经济形势？"""
        m = re.fullmatch(rf"您?(?:是)?(?:如何|怎样|怎么)(?:看待?|评价|理解)(?P<x>(?:{WORD}){{2,20}})", clause)
        if m is None or state.items:
            return None
        return f"{state.take()}how do you view {definite(self.noun(m['x']), slots=self._slots)}"

    def _has_one(self, clause: str, state: State) -> str | None:
        """每个村都有一所卫生室."""
        m = re.fullmatch(
            rf"每(?:个|所|家|座)?(?P<s>(?:{WORD}){{1,8}}?)(?:都|均)有(?:了)?一(?:所|个|家|座|名|位|支)(?P<o>(?:{WORD}){{2,12}})",
            clause,
        )
        if m is None:
            return None
        state.form = ""
        return f"{state.take()}each {self._sole(m['s'])} {'will have' if state.future else 'has'} {self._a(m['o'])}"

    def _monthly(self, clause: str, state: State) -> str | None:
        """给予每人每月1500元的生活补贴."""
        m = re.fullmatch(
            rf"(?:将|可)?(?:给予|发放|提供)(?:一次性)?(?P<e>每(?:人|户|家|亩)每[月年天]|每[人户家亩])?(?P<n>{N})的?(?P<v>(?:{WORD}){{1,8}})",
            clause,
        )
        if m is None or not MONEY.search(self._of(m["n"])) or not m["e"]:
            return None
        grant = words().grant.get(m["v"]) or self.noun(m["v"], True)
        state.form = ""
        each = {"人": "person", "户": "household", "家": "enterprise", "亩": "mu"}[m["e"][1]]
        every = {"月": " per month", "年": " per year", "天": " per day"}.get(m["e"][-1], "") if len(m["e"]) > 2 else ""
        be = "will be" if state.future else "are" if several(self._shown(grant)) else "is"
        return f"{state.take()}{grant} of {m['n']} per {each}{every} {be} given"

    def _one_off(self, clause: str, state: State) -> str | None:
        """一次性奖励100万元, for whom the clause before names."""
        m = re.fullmatch(rf"(?:给予)?一次性(?:给予)?(?P<v>{either(words().grant)})(?P<n>{N})", clause)
        if m is None or not MONEY.search(self._of(m["n"])) or not state.lead.text.startswith("for "):
            return None
        state.form = ""
        grant = words().grant[m["v"]]
        be = "will be" if state.future else "are" if several(grant) else "is"
        return f"{state.take()}one-off {grant} of {m['n']} {be} given"

    def _compared_with(self, clause: str, state: State) -> Lead | None:
        """与2020年相比."""
        m = re.fullmatch("[与和同](?P<d><d[1-9]>)(?:同期)?相比", clause)
        if m is None:
            return None
        self.framed += 1
        state.lead.front(f"compared with {m['d']},")
        return state.lead

    def _longest(self, clause: str, state: State) -> Hung | None:
        """最长不超过3年."""
        m = re.fullmatch(rf"(?:期限)?最长(?:可达|为)?(?P<n>{N})", clause)
        if m is None or not state.items or not re.search("year|month|day", self._of(m["n"])):
            return None
        bound = re.match("at most|up to|no more|within", self._of(m["n"]))
        return Hung(f"for {'' if bound else 'up to '}{m['n']}")

    def _this(self, clause: str, state: State) -> str | Lead | None:
        """这条全长58公里的高速公路，总投资76亿元."""
        m = re.fullmatch(rf"[这该](?:条|座|个|项)(?:全长(?P<n>{N})的)?(?P<o>(?:{WORD}){{1,10}})", clause)
        if m is not None and not state.items and not is_clause(m["o"]) and not deeds().verbs.match(m["o"]):
            if m["n"] is None and "<t" not in clause:
                return None
            state.lead.subject = f"this {self._sole(m['o'])}" + (f" with a total length of {m['n']}" if m["n"] else "")
            return state.lead
        worth = re.fullmatch(rf"(?P<t>总投资|<t[1-9]>)(?P<n>{N})", clause)
        if worth is None or not state.lead.subject or not MONEY.search(self._of(worth["n"])):
            return None
        if worth["t"][0] == "<" and "investment" not in self._of(worth["t"]):
            return None
        what = worth["t"] if worth["t"][0] == "<" else "total investment"
        state.form = ""
        return f"{state.take()}has a {what} of {worth['n']}"

    def _adopts(self, clause: str, state: State) -> str | None:
        """合作社采取“统一供种”的模式."""
        m = re.fullmatch(
            rf"(?P<s>(?:{WORD}){{1,10}}?)(?:采取|采用|实行|推行)了?(?P<q>“[^“”]+”)的?(?P<k>模式|机制|方式|办法|做法)",
            clause,
        )
        who = (words().subject.get(m["s"]) or self._sure(m["s"])) if m else None
        if m is None or who is None:
            return None
        state.form = "base" if state.future else "past"
        how = {"模式": "model", "机制": "mechanism"}.get(m["k"], "method")
        adopt = "will adopt" if state.future else "adopted"
        return f"{state.take()}{definite(who, slots=self._slots)} {adopt} the {how} of {self.noun(m['q'])}"

    def _tell(self, clause: str, state: State) -> str | None:
        """请您介绍一下改革情况."""
        m = _TELL.match(clause)
        if m is None or state.items or not re.match("能否|能不能|请|您", clause):
            return None
        how = re.match(
            r"(?:(?P<next>下一步|今后|接下来)|(?P<now>是))?(?P<s>我们|我市|我县|我区|我省|全市|全县|全区)?(?:将|要|是)?(?:如何|怎样|怎么)(?P<rest>.{3,})$",
            m["x"],
        )
        if how is not None:
            said = self._deeds.said(how["rest"])
            if said is None:
                return None
            who = words().subject.get({"我们": "你们"}.get(how["s"] or "", how["s"] or ""), "you")
            return f"{state.take()}please tell us how {who} will {said}{' next' if how['next'] else ''}"
        about = re.sub("(?:的)?(?:相关|有关|总体|基本)?情况$", "", m["x"])
        state.form = ""
        return f"{state.take()}please tell us about {definite(self.noun(about), slots=self._slots)}"

    def _once(self, clause: str, state: State) -> Lead | None:
        """建成后."""
        m = _ONCE.match(clause)
        if m is None:
            return None
        state.future = True
        state.lead.front(f"once {_ONCE_IS.get(m['v'], 'completed')},")
        return state.lead

    def _yields(self, clause: str, state: State) -> str | None:
        """可年产电池5吉瓦时."""
        once = re.match(r"(?:项目|工程)?(?:全部|全面)?(?:建成|投产|达产|竣工)(?:投产|达产|投用)?后", clause)
        m = _YIELDS.match(clause[once.end() :] if once else clause)
        if m is None or not (state.items or once or state.lead.text):
            return None
        if once:
            self._once(once.group(), state)
        shown = self._of(m["n"])
        if not m["o"]:
            things = m["n"]
        elif BARE.match(shown) or MONEY.search(shown):
            things = self._count(m["n"], m["o"]) or ""
        else:
            things = m["n"] if re.search("people|visit|trip", shown) else f"{m['n']} of {self.noun(m['o'])}"
        if not things:
            return None
        state.form = "base"
        return f"{state.take()}it will {_YIELD[m['v']]} {things} a year"

    def _totals(self, clause: str, state: State) -> str | None:
        """这个项目总投资8.6亿元."""
        m = _TOTALS.match(clause)
        if m is None or not MONEY.search(self._of(m["n"])):
            return None
        these = re.match("(?P<t>这|该)个?", m["s"])
        name = m["s"][these.end() :] if these else m["s"]
        if re.search("[、和与及各批]", name):
            return None
        state.form = ""
        who = f"the {self._sole(name)}" if these else definite(self._sole(name), slots=self._slots)
        return f"{state.take()}{who} has a total investment of {m['n']}"

    def _heads(self, clause: str, state: State) -> str | None:
        """每人给予1000元补贴."""
        m = self._per_head.match(clause)
        if m is None or not MONEY.search(self._of(m["n"])):
            return None
        grant = (
            words().grant[m["v"]] if m["v"] else "subsidies" if "补" in clause else "rewards" if "奖" in clause else ""
        )
        if not grant and "给予" not in clause and "发放" not in clause:
            return None
        bound = re.match("up to|at most", self._of(m["n"]))
        most = "up to " if (m["max"] or m["max2"]) and not bound else ""
        each = {"人": "each person", "名": "each person", "家": "each", "户": "each household", "亩": "each mu",
                "场": "each event", "吨": "each tonne"}.get(m["x"], "each")  # fmt: skip
        state.form = ""
        of = f"{grant} of " if grant else ""
        return (
            f"{state.take()}{of}{most}{m['n']} {'will be' if state.future else 'are' if of else 'is'} given to {each}"
        )

    def _each_one(self, clause: str, state: State) -> str | None:
        """每名县级领导联系2至3家企业."""
        m = self._each_does.match(clause)
        item = self._item(m["rest"], False) if m else None
        if m is None or item is None or m["o"][0] == "每":
            return None
        state.form = ""
        verb = words().verb(m["v"]).base
        does = f"will {verb}" if state.future else present(verb, many=False)
        return f"{state.take()}each {self._sole(m['o'])} {does} {item}"

    def _in_time(self, clause: str, state: State) -> str | None:
        """不动产登记实现1小时办结."""
        m = _WITHIN_TIME.match(clause)
        if m is None or not re.search("hour|day|minute", self._of(m["n"])) or NO_METRIC.search(m["o"]):
            return None
        shown = self._of(m["n"])
        within = "" if re.match("within|less|at most", shown) else "within "
        what = self._the(m["o"])
        state.form = ""
        be = "will be" if state.future else "are" if several(self._shown(what)) else "is"
        return f"{state.take()}{what} {be} {_DONE_IN.get(m['v'], 'completed')} {within}{m['n']}"

    def _finishes(self, clause: str, state: State) -> str | None:
        """120公里已完成改造."""
        m = self._finished.match(clause)
        if m is None or (m["o"][0] != "<" and NO_METRIC.search(m["o"])):
            return None
        what = m["o"] if re.fullmatch(N, m["o"]) else definite(self.noun(m["o"]), slots=self._slots)
        state.form = ""
        be = "has been" if m["m"].startswith("已") else "will be"
        return f"{state.take()}the {deeds().nominal[m['d']]} of {what} {be} completed"

    def _raised_to(self, clause: str, state: State) -> str | None:
        """标准分别提高到每人每月780元和620元."""
        m = _RAISED_TO.match(clause)
        if m is None or NO_METRIC.search(m["o"]):
            return None
        state.form = ""
        be = "will be" if state.future else "were"
        numbers = listed(re.findall(N, m["n"])) + _PER.get(m["e"] or "", "")
        done = "reached" if m["v"] == "达" else f"{be} {_RAISES.get(m['v'], 'lowered')} to"
        return f"{state.take()}{self._the(m['o'])} {done} {numbers} respectively"
