"""How something stands: what it was named, whom it reaches, what it saves, how it compares, what is still unsolved."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.translate.clause_parts import MONEY, SHARE, WORD, Hung, Known, N, Phrase, State, unknown
from briefing.translate.clause_words import either, words
from briefing.translate.deed_words import past
from briefing.translate.deed_words import table as deeds
from briefing.translate.metric_shapes import NO_METRIC
from briefing.translate.noun_heads import definite
from briefing.translate.plurals import several, singular
from briefing.translate.questions import Questions

_CALLED = re.compile(
    rf"(?P<s>(?:{WORD}){{0,14}}?)(?:先后|连续|成功|再次|首次|正式|还|也|已)*(?P<v>%s)了?(?P<o>.{{2,30}})$"
)
_REACHES = re.compile(
    rf"(?P<s>(?:{WORD}){{1,16}}?)(?:已|累计|共|将)*(?P<v>惠及|覆盖)(?P<a>(?:{WORD}){{0,8}}?)(?P<n>{N})(?P<b>(?:{WORD}){{0,6}})$"
)
_REACH = {"惠及": "benefit", "覆盖": "cover"}
_SAVES = re.compile(
    rf"每(?P<x>户|人|家|亩|吨|个村)(?P<y>每年|每月|年均)?(?:可|能|将)?(?P<v>节约|节省|增收|增加|减少|降低|节支)(?P<o>(?:{WORD}){{0,8}}?)(?P<n>{N})$"
)
_SAVE = {"节约": "save", "节省": "save", "节支": "save", "增加": "gain", "减少": "cut", "降低": "cut"}
_UNITS = {"户": "household", "人": "person", "家": "enterprise", "亩": "mu", "吨": "tonne", "个村": "village"}
_BACK_TO = re.compile(rf"(?:已)?恢复(?:到|至)(?P<d><d[1-9]>)(?:同期)?(?:水平)?的(?P<n>{N})$")
_MAKES_UP = re.compile(rf"(?P<o>(?:{WORD}){{1,16}}?)占(?!比)(?P<b>(?:(?!比重|比例|份额){WORD}){{1,14}}?)的?(?P<n>{N})$")
_ROW = re.compile(
    rf"(?:已)?连续(?P<y><[nd][1-9]>)(?:稳居|位居|保持|排名|位列|居)(?P<at>全[省市国区县])?(?P<n>{N})(?:位|名)?$"
)
_PLACES = {
    "全省": "the province",
    "全市": "the city",
    "全国": "the country",
    "全区": "the district",
    "全县": "the county",
}
_AT_RANK = re.compile(
    rf"(?P<o>(?:{WORD}){{1,14}}?)(?:稳居|位居|居|位列|排名|列)(?P<at>全[省市国区县])?(?P<n>{N})(?:位|名)?$"
)
_HOME = re.compile(
    rf"(?P<s>(?:{WORD}){{1,14}}?)(?:目前|现)?(?:已|共|累计)*(?:入驻|集聚|聚集|汇聚)了?(?P<o>(?:{WORD}|{N})+)$"
)
_UNSOLVED = re.compile(
    rf"(?P<x>(?:{WORD}){{2,20}}?)(?:问题)?(?:还|尚|仍)?(?:没有|未能?)(?:从?根本上|完全|彻底|有效)?(?:得到)?(?P<v>解决|缓解|改善|破解)$"
)


_THAN = re.compile(
    rf"(?P<o>(?:{WORD}){{1,16}}?)(?:[比较](?P<b>(?:{WORD}){{1,12}}?)(?P<v>[高低多少快慢])出?|(?P<w>[高低快慢]于)(?P<c>(?:{WORD}){{1,12}}?))(?P<n>{N})$"
)
_TAKES = re.compile(rf"从(?P<a>(?:{WORD}){{1,8}}?)到(?P<b>(?:{WORD}){{1,8}}?)(?:仅|只)(?:需要?|用)(?P<n>{N})$")


class Standings(Questions):
    """Reads clauses that say how something stands."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        super().__init__(slots, phrase, known)
        self._called = re.compile(_CALLED.pattern % either(words().called))
        self._all = (
            *(
                self._call,
                self._reached,
                self._saves,
                self._back_to,
                self._in_row,
                self._home,
                self._unsolved,
                self._stands_at,
                self._sold,
            ),
            *(self._makes_up, self._than, self._takes, *self._all),
        )

    def _call(self, clause: str, state: State) -> str | None:
        """该县被评为“全国典型县”, 成功入围名单."""
        m = self._called.match(clause)
        if m is None or "<n" in m["o"]:
            return None
        who = (self._subject(m["s"]) if m["s"] in words().subject else self._sure(m["s"])) if m["s"] else ""
        if who is None or not (who or state.items or state.lead.subject):
            return None
        base, did = words().called[m["v"]]
        quoted = re.sub("(\\w+)”$", lambda x: singular(x[1]) + "”", self.noun(m["o"])) if m["o"][0] == "“" else ""
        what = (f"a {quoted}" if quoted[:1] == "“" else quoted) or self._a(m["o"])
        what = definite(self._sole(m["o"]), slots=self._slots) if did.endswith((" in", " for", "of", " to")) else what
        future = state.future and not m["v"].startswith(("被", "获", "荣"))
        if not who and not state.lead.subject:
            return f"{state.take()}{base if future else did} {what}"
        lead = state.take()
        state.form = "base" if future else "past"
        who = f"{definite(who, slots=self._slots)} " if who else ""
        return f"{lead}{who}{'will ' + base if future else did} {what}"

    def _reached(self, clause: str, state: State) -> str | None:
        """改造惠及农户5.8万户."""
        m = _REACHES.match(clause)
        if m is None or NO_METRIC.search(m["s"]) or words().starts(m["s"]) or deeds().verbs.match(m["s"]):
            return None
        noun = m["a"] + m["b"]
        shown = self._of(m["n"])
        counted = m["n"] if not noun or shown.endswith("people") else self._count(m["n"], noun)
        if counted is None or not (noun or re.search("people|household", shown)):
            return None
        base = _REACH[m["v"]]
        return self._clause(definite(self.noun(m["s"]), slots=self._slots), base, past(base), f" {counted}", state)

    def _saves(self, clause: str, state: State) -> str | Hung | None:
        """每户每年可节约费用800元."""
        m = _SAVES.match(clause)
        if m is None or not MONEY.search(self._of(m["n"])):
            return None
        state.form = ""
        year = " a year" if m["y"] in ("每年", "年均") else " a month" if m["y"] else ""
        will = "will " if state.future or "可" in clause else ""
        if m["v"] == "增收":
            said = f"earn {m['n']} more" if will else f"earns {m['n']} more"
        else:
            verb = _SAVE[m["v"]] + ("" if will else "s")
            said = f"{verb} {m['n']} in {self.noun(m['o'])}" if m["o"] else f"{verb} {m['n']}"
        return f"{state.take()}each {_UNITS[m['x']]} {will}{said}{year}"

    def _stands_at(self, clause: str, state: State) -> str | None:
        """增速居全省第二位."""
        m = _AT_RANK.match(clause)
        if m is None or not re.search(r"\d(?:st|nd|rd|th)|first|second|third|top", self._of(m["n"])):
            return None
        if NO_METRIC.search(m["o"]) or deeds().verbs.match(m["o"]):
            return None
        where = f" in {_PLACES[m['at']]}" if m["at"] else ""
        return self._clause(self._the(m["o"]), "rank", "ranked", f" {m['n']}{where}", state)

    def _sold(self, clause: str, state: State) -> str | None:
        """苹果远销20多个国家和地区."""
        m = re.fullmatch(
            rf"(?P<s>(?:{WORD}){{1,12}}?)(?:已)?(?:远销|畅销|出口)(?:至|到)?(?P<o>{N}(?:{WORD}){{1,10}})", clause
        )
        item = self._item(m["o"], False) if m and re.search("国家|地区|省|<t", m["o"]) else None
        if m is None or item is None:
            return None
        state.form = ""
        return f"{state.take()}{definite(self.noun(m['s']), slots=self._slots)} are sold to {item}"

    def _back_to(self, clause: str, state: State) -> Hung | None:
        """恢复到2019年的八成."""
        m = _BACK_TO.match(clause)
        if m is None or not state.items or not SHARE.search(self._of(m["n"])):
            return None
        return Hung(f"recovering to {m['n']} of the {m['d']} level")

    def _makes_up(self, clause: str, state: State) -> str | Hung | None:
        """线上销售额占总销售额的三成."""
        m = _MAKES_UP.match(clause)
        if m is None or not SHARE.search(self._of(m["n"])) or "point" in self._of(m["n"]) or NO_METRIC.search(m["o"]):
            return None
        tail = f" {m['n']} of {definite(self.noun(m['b']), slots=self._slots)}"
        return self._clause(self._the(m["o"]), "account for", "accounted for", tail, state)

    def _in_row(self, clause: str, state: State) -> Hung | None:
        """连续四年位居全省前三."""
        m = _ROW.match(clause)
        if m is None or not state.items or not re.search("year|month|quarter", self._of(m["y"])):
            return None
        shown = self._of(m["n"])
        years = re.sub("^for ", "", m["y"])
        if shown.startswith("top "):
            at = f"{_PLACES[m['at']]}'s" if m["at"] else "the"
            return Hung(f"ranking among {at} {m['n']} for {years} in a row")
        if not re.search(r"\d(?:st|nd|rd|th)|first", shown):
            return None
        return Hung(f"ranking {m['n']}{' in ' + _PLACES[m['at']] if m['at'] else ''} for {years} in a row")

    def _home(self, clause: str, state: State) -> str | None:
        """产业园已入驻企业64家."""
        m = _HOME.match(clause)
        if m is None or "<n" not in m["o"] or words().starts(m["s"]) or NO_METRIC.search(m["s"]):
            return None
        item = self._item(m["o"], False)
        if item is None:
            return None
        state.form = ""
        place = self._subject(m["s"]) if m["s"] in words().subject else definite(self._sole(m["s"]), slots=self._slots)
        place = place if re.match("the |our |<[lo]|[A-Z]", place) else f"the {place}"
        return f"{state.take()}{place} is home to {item}"

    def _unsolved(self, clause: str, state: State) -> str | None:
        """出行难问题还没有从根本上解决."""
        m = _UNSOLVED.match(clause)
        if m is None:
            return None
        state.form = ""
        how = "fundamentally " if "根本" in clause else "fully " if re.search("完全|彻底", clause) else ""
        done = {"解决": "solved", "缓解": "eased", "改善": "improved", "破解": "solved"}[m["v"]]
        what = definite(self.noun(m["x"].removeprefix("群众") + "问题"), slots=self._slots)
        return f"{state.take()}{what} {'have' if several(self._shown(what)) else 'has'} not been {how}{done}"

    def _than(self, clause: str, state: State) -> str | None:
        """成本比周边地区低10%."""
        m = _THAN.match(clause)
        if m is None or not SHARE.search(self._of(m["n"])) or "point" in self._of(m["n"]):
            return None
        zh = m["v"] or m["w"][0]
        state.form = ""
        what = self._the(m["o"])
        other = definite(self.noun(m["b"] or m["c"]), slots=self._slots)
        link = (
            "in "
            if re.search("地区|areas|regions|cities|provinces", self._shown(other) + (m["b"] or ""))
            else "that of "
        )
        be = "will be" if state.future else "are" if several(self._shown(what)) else "is"
        how = {"高": "higher", "低": "lower", "多": "more", "少": "less", "快": "faster", "慢": "slower"}[zh]
        return f"{state.take()}{what} {be} {m['n']} {how} than {link}{other}"

    def _takes(self, clause: str, state: State) -> str | None:
        """从县城到省城只需40分钟."""
        m = _TAKES.match(clause)
        if m is None or not re.search("minute|hour|day", self._of(m["n"])):
            return None
        state.form = ""
        ends = [definite(self.noun(m[x]), slots=self._slots) for x in "ab"]
        it = "it will take" if state.future else "it takes"
        return f"{state.take()}{it} only {m['n']} to get from {ends[0]} to {ends[1]}"
