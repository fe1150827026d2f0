"""Frames round clauses: pairs (不仅…还…), what is given, spared and helped, and who acts, said as a noun.

The shapes of `briefing.translate.shapes` know subjects by a table; here any noun phrase that needs no engine is one, so
that 县农业农村局推广节水灌溉技术 is composed as 我们推广节水灌溉技术 is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.translate.clause_parts import MONEY, WORD, Hung, Known, Lead, N, Phrase, State, unknown
from briefing.translate.clause_words import either, words
from briefing.translate.deed_words import past
from briefing.translate.deed_words import table as deeds
from briefing.translate.noun_chains import INSTITUTION
from briefing.translate.noun_heads import definite, is_clause, listed
from briefing.translate.openings import Openings
from briefing.translate.plurals import several, singular

_PAIR = re.compile(
    rf"(?P<s>(?:{WORD}){{0,12}}?)(?P<m>要|应当?|必须)?(?:不仅|不但|不光|既)(?P<m2>要|能够?|会|可以)?(?P<rest>.{{4,}})$"
)
_ALSO = re.compile("(?:而且)?(?:还|也|又|更)(?:要|能够?|会|可以)?(?P<rest>.{4,})$")
_MOVED = re.compile(
    rf"(?P<o>(?:{WORD}){{1,20}}?)将?[由从](?P<d1><d[1-9]>|上年|去年)的?(?P<a>{N})(?P<v>%s)[到至为](?P<d2>(?:<d[1-9]>|目前|现在|今年)的?)?(?P<b>{N})$"
)
_PUSHED = re.compile(
    rf"(?P<s>%s)?(?P<v>推动|促进|带动|助推|使|让|力促)(?P<o>(?:{WORD}){{1,18}}?)(?P<c>达到|达|突破|超过|(?:%s)[到至]?)(?P<n>{N})$"
)
_HELPED = re.compile(
    rf"(?:带动|帮助|促进|助力|使|让)(?P<a>(?:{WORD}){{0,6}}?)(?P<n>{N})(?P<b>(?:{WORD}){{0,6}}?)(?:实现了?)?(?P<v>%s)$"
)
_MARKS = (
    r"(?P<also>还|也)?(?P<m>将|要|计划|拟|力争|必须|应当|应|可以|可|能够|能|正在)?(?P<also2>还|也)?"
    r"(?P<p>已经|已|先后|累计|共|全年|均)?"
)
_IS = re.compile(rf"(?P<s>(?:{WORD}){{1,14}}?)(?P<v>已?成为了?|是)(?P<o>(?:{WORD}){{2,24}})$")
_ONLY = re.compile(
    "^(?:最|第一|首要|唯一|根本)"
    "|的(?:根基|基础|关键|前提|核心|灵魂|命脉|底线|生命线|保障|根本|主体|主角|主力军|目标|宗旨)$"
)
"""What there is one of."""
_STRONG = re.compile(rf"(?P<x>(?:{WORD}){{1,10}})(?P<k>大|强)(?P<at>[省市区县镇国])")
_AT_LEVEL = {"省": "province", "市": "city", "区": "district", "县": "county", "镇": "town", "国": "country"}
_RESPECTIVELY = re.compile(
    rf"(?P<p>累计|共|已)?分别(?P<v>%s)了?(?P<o>(?:{WORD}){{1,12}}?)(?P<n>{N}(?:[、和]{N})+)$"
)
_IN_A_ROW = "增长|正增长|两位数增长|丰收|上升|下降|位居全国前列|位居全省前列"
_AUX = {"必须": "must", "应当": "should", "应": "should", "可以": "can", "可": "can", "能够": "can", "能": "can"}


class Frames(Openings):
    """Reads a clause by what frames it, before and behind the shapes that have a subject of the table."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        super().__init__(slots, phrase, known)
        table = words()
        self._moved_in = re.compile(_MOVED.pattern % table.changes)
        self._pushed = re.compile(_PUSHED.pattern % (table.subjects, table.changes))
        self._helped = re.compile(_HELPED.pattern % either(table.helped))
        self._shared = re.compile(_RESPECTIVELY.pattern % table.verbs)
        verbs = f"{table.verbs}|{either(table.adverb)}|{deeds().verbs.pattern}|{deeds().adverbs.pattern}"
        self._begins = re.compile(f"{_MARKS}(?:{verbs}|[把为对将分让使])")
        self._all = (
            *(self._opens, self._pair, self._and_also, self._helps, self._spared, self._in_a_row, self._becoming),
            *(self._jobs, self._with, self._gives, self._none, self._adding, *self._all, self._in_years, self._push),
            *(self._becomes, self._enabled, self._settled, self._acts),
        )

    def _pair(self, clause: str, state: State) -> str | None:
        """我们不仅要引进企业: not only …, and the next clause says but also."""
        m = _PAIR.match(clause)
        if m is None:
            return None
        who = self._sure(m["s"]) if m["s"] else ""
        modal = "must" if "要" in (m["m"] or "", m["m2"] or "") or m["m"] == "必须" else "can" if m["m2"] else ""
        future = bool(modal) or state.future
        said = self._deeds.said(m["rest"], "base" if future else "past")
        if said is None or who is None or not (who or state.lead.subject):
            return None
        subject = f"{definite(who, slots=self._slots)} " if who else ""
        modal = modal or ("will" if state.future and not state.lead.subject.endswith("will") else "")
        lead = state.take()
        state.form, state.paired = "base" if future else "past", True
        return f"{lead}{subject}{modal + ' ' if modal else ''}not only {said}"

    def _and_also(self, clause: str, state: State) -> Hung | None:
        m = _ALSO.match(clause)
        if m is None or not state.paired or not state.items:
            return None
        said = self._deeds.said(m["rest"], state.form or "past")
        return None if said is None else Hung(f"but also {said}")

    def _in_years(self, clause: str, state: State) -> str | None:
        """产量从2020年的5万吨提高到2024年的8万吨."""
        m = self._moved_in.match(clause)
        if m is None:
            return None
        base, past = words().change[m["v"]]
        year = {"上年": "the previous year", "去年": "last year"}.get(m["d1"], m["d1"])
        later = (m["d2"] or "").removesuffix("的")
        then = {"": "", "目前": " now", "现在": " now", "今年": " this year"}.get(later, f" in {later}")
        return self._clause(self._the(m["o"]), base, past, f" from {m['a']} in {year} to {m['b']}{then}", state)

    def _push(self, clause: str, state: State) -> str | Hung | None:
        """推动网办率达到95%: somebody brings a figure to a value."""
        m = self._pushed.match(clause)
        if m is None or (m["o"][0] in "了着"):
            return None
        what, to = self._the(m["o"]), m["c"] in ("达到", "达", "突破", "超过")
        if to:
            verb, tail = ("bring", f"{what} to {m['n']}")
        else:
            change = words().change.get(m["c"].rstrip("到至"))
            if change is None:
                return None
            verb, tail = ("help", f"{what} {change[0]} {'to' if m['c'][-1] in '到至' else 'by'} {m['n']}")
        past = {"bring": "brought", "help": "helped"}[verb]
        if m["s"] or state.lead.subject or state.form:
            waiting = state.lead.subject.endswith("will")
            future = state.future or state.form == "base"
            who = f"{self._subject(m['s'])} " if m["s"] else ""
            will = "will " if future and (m["s"] or (state.lead.subject and not waiting)) else ""
            lead = state.take()
            state.form = "base" if future else "past"
            return f"{lead}{who}{will}{verb if future else past} {tail}"
        return Hung(f"{'bringing' if verb == 'bring' else 'helping'} {tail}") if state.items else None

    def _helps(self, clause: str, state: State) -> Hung | None:
        """带动农户300户增收: helping so many to raise their incomes."""
        m = self._helped.match(clause)
        if m is None or not state.items:
            return None
        noun = m["a"] + m["b"]
        who = m["n"] if not noun else self._count(m["n"], noun)
        return Hung(f"helping {who} {words().helped[m['v']]}") if who else None

    def _spared(self, clause: str, state: State) -> Hung | None:
        """为企业减轻负担3亿元: what somebody is spared, hung on what is done for it."""
        m = re.match(
            rf"(?:累计|共)?[为帮]助?(?P<x>(?:{WORD}){{1,12}}?)(?:累计|共)?(?P<v>{either(words().spared)})了?(?P<n>{N})$",
            clause,
        )
        if m is None or not state.items or not MONEY.search(self._of(m["n"])):
            return None
        return Hung(words().spared[m["v"]].format(self.noun(m["x"], True), m["n"]))

    def _in_a_row(self, clause: str, state: State) -> Hung | None:
        """连续五年实现增长."""
        m = re.match(rf"连续(?P<n><[nd][1-9]>)(?:实现|保持)?(?P<v>{_IN_A_ROW})$", clause)
        if m is None or not state.items or not re.search("years|months|quarters", self._of(m["n"])):
            return None
        what = {"增长": "growth", "正增长": "growth", "两位数增长": "double-digit growth", "丰收": "good harvests",
                "上升": "growth", "下降": "decline"}.get(m["v"])  # fmt: skip
        place = {"位居全国前列": "the country's", "位居全省前列": "the province's"}.get(m["v"])
        return Hung(f"with {m['n']} of {what} in a row" if what else f"ranking among {place} top for {m['n']} in a row")

    def _enabled(self, clause: str, state: State) -> str | None:
        """工坊建设使300名妇女实现就近就业: what lets somebody do something."""
        m = re.match(
            rf"(?P<s>(?:{WORD}){{2,16}}?)[使让](?P<o>(?:{WORD}|{N}){{2,14}}?)(?:实现了?)?(?P<v>{either(words().helped)})$",
            clause,
        )
        who, whom = (self._sure(m["s"]), self._sure(m["o"])) if m else (None, None)
        if m is None or who is None or whom is None:
            return None
        state.form = ""
        will = "will help" if state.future else "helped"
        return f"{state.take()}{definite(who, slots=self._slots)} {will} {whom} {words().helped[m['v']]}"

    def _settled(self, clause: str, state: State) -> str | None:
        """目标已经实现: what has been done, by nobody that is named."""
        m = re.match(
            rf"(?P<o>(?:{WORD}){{2,24}}?)(?:已经|已|均已|都已)(?:全面|全部|基本|初步)?(?P<v>{either(words().achieved)})$",
            clause,
        )
        what = self._sure(m["o"]) if m else None
        if m is None or what is None:
            return None
        have = "have" if several(self._shown(what)) else "has"
        state.form = ""
        return f"{state.take()}{definite(what, slots=self._slots)} {have} been {words().achieved[m['v']]}"

    def _jobs(self, clause: str, state: State) -> Hung | None:
        """带动就业4.3万人."""
        m = re.match(
            rf"(?:直接|间接|共|累计)?(?:带动|吸纳|创造|提供)(?:农民工?|群众|周边群众)?(?:就近|就地)?就业(?:岗位)?(?P<n>{N})$",
            clause,
        )
        if m is None or not state.items or state.form == "base":
            return None
        shown = self._of(m["n"])
        return Hung(f"creating jobs for {m['n']}" if shown.endswith("people") else f"creating {m['n']} jobs")

    def _with(self, clause: str, state: State) -> str | None:
        """县医院与省内三家医院建立了医联体."""
        m = re.match(
            rf"(?P<s>(?:{WORD}){{0,12}}?)(?P<w>将|已|已经)?[与同和](?P<x>(?:{WORD}|{N}){{2,16}}?)(?:联合|共同)?"
            rf"(?P<v>建立|签订|签署|达成|开展|建成|成立)了?(?P<o>(?:{WORD}){{1,16}})$", clause
        )  # fmt: skip
        who = (self._sure(m["s"]) if m["s"] else "") if m else None
        if m is None or who is None or not (who or state.form or state.lead.subject):
            return None
        inside = re.fullmatch(rf"(?P<at>省内|市内|国内|区内|县内)(?P<x>{N}.+)", m["x"])
        other = inside["x"] if inside else m["x"]
        whom = self._item(other, False) if "<n" in other else self._sure(other)
        if whom is None:
            return None
        where = {"省内": " in the province", "市内": " in the city", "国内": " in China", "区内": " in the district",
                 "县内": " in the county"}[inside["at"]] if inside else ""  # fmt: skip
        future = m["w"] == "将" or state.future or state.form == "base"
        base = deeds().verb.get(m["v"], "establish") if m["v"] != "签订" else "sign"
        verb = ("will " if who and future else "") + base if future else past(base)
        what = self._a(m["o"])
        lead = state.take()
        state.form = "base" if future else "past"
        subject = f"{definite(who, slots=self._slots)} " if who else ""
        return f"{lead}{subject}{verb} {what} with {whom}{where}"

    def _gives(self, clause: str, state: State) -> str | None:
        """我们给予最高500万元的奖励: up to so much to whom the clause before names."""
        m = re.match(
            rf"(?P<s>{words().subjects})?(?:将|可)?(?:给予|予以|提供)(?:一次性)?(?P<max>最高)?(?P<n>{N})的?(?:一次性)?(?P<v>{either(words().grant)})$",
            clause,
        )
        if m is None or not MONEY.search(self._of(m["n"])):
            return None
        will = "will " if state.future else ""
        of = "of up to" if m["max"] and not self._of(m["n"]).startswith(("up to", "at most")) else "of"
        state.form = ""
        said = f"{words().grant[m['v']]} {of} {m['n']}"
        if not m["s"]:
            return f"{state.take()}{said} {'will be' if will else 'are'} given"
        return f"{state.take()}{self._subject(m['s'])} {will}give {said}"

    def _none(self, clause: str, state: State) -> str | None:
        """没有发生较大以上事故."""
        m = re.match(
            rf"(?P<at>全[市县区省国])?(?:全年|至今|一直|均)?(?:没有|未|零)发生过?(?:一起)?(?P<x>(?:{WORD}){{2,16}})$",
            clause,
        )
        if m is None:
            return None
        state.form = ""
        where = f" in {words().subject[m['at']]}" if m["at"] else ""
        return f"{state.take()}there were no {self.noun(m['x'], True)}{where}"

    def _adding(self, clause: str, state: State) -> Hung | None:
        """为高质量发展注入了新动能, of what the clause before is about."""
        if not (clause.startswith("为") and state.items and not state.form and not state.lead.text):
            return None
        said = self._deeds.said(clause, "gerund") if deeds().gave.match(clause) and "<n" not in clause else None
        return None if said is None or state.lead.subject else Hung(said)

    def _becoming(self, clause: str, state: State) -> str | Hung | None:
        """成为发展的主引擎, of what the clause before is about."""
        m = re.match(rf"已?成为了?(?P<o>(?:{WORD}){{2,24}})$", clause)
        if m is None or not state.items or state.lead.text or state.lead.subject:
            return None
        what = self._a(m["o"])
        return Hung(f"becoming {what}") if state.form != "base" else f"become {what}"

    def _becomes(self, clause: str, state: State) -> str | Hung | None:
        """产业是发展的根基."""
        m = _IS.match(clause)
        who = self._sure(m["s"]) if m else None
        if m is None or who is None or "<n" in clause or is_clause(m["o"]):
            return None
        subject = definite(who, slots=self._slots)
        only = m["v"] == "是" and _ONLY.search(m["o"])
        what = definite(self._sole(m["o"]), slots=self._slots) if only else self._a(m["o"])
        if (strong := _STRONG.fullmatch(m["o"])) is not None:
            size = "major" if strong["k"] == "大" else "strong"
            what = f"a {size} {_AT_LEVEL[strong['at']]} for {self.noun(strong['x'])}"
        what = f"the {what}" if only and not re.match("the |our |a ", what) else what
        many = several(self._shown(who)) or subject == "we"
        state.form = ""
        be = "are" if many else "is"
        if m["v"] != "是":
            be = "will become" if state.future else f"{'have' if many else 'has'} become"
        return f"{state.take()}{subject} {be} {what}"

    def _acts(self, clause: str, state: State) -> str | None:
        """市图书馆举办讲座: who acts is a noun phrase that needs no engine."""
        pieces = re.findall(r"<[a-z][1-9]>|[^<>]", clause)
        for size in range(min(len(pieces) - 2, 14), 0, -1):
            who, rest = "".join(pieces[:size]), "".join(pieces[size:])
            begun = self._begins.match(rest)
            if begun is None or (len(who) < 2) or who[-1] in "的、和与" or "<d" in who or not self._may_act(who, rest):
                continue
            english = self._sure(who)
            if english is not None and (said := self._acted(english, rest, state)) is not None:
                return said
        return None

    def _may_act(self, who: str, rest: str) -> bool:
        """Whether the noun phrase ends where the verb begins: not 城市|建设成果."""
        if who.startswith("<n"):
            return re.match("<n[1-9]>.", who) is not None
        if words().starts(who) or deeds().verbs.match(who):
            return False
        last, first = who[-2:], re.match(r"[^<>]{1,4}", rest)
        return first is None or all(self._chains.word(last + first.group()[:n]) is None for n in (2, 3, 4) if first)

    def _acted(self, who: str, rest: str, state: State) -> str | None:
        m = re.match(_MARKS, rest)
        assert m is not None
        verb = rest[m.end() :]
        if re.fullmatch("<t[1-9]>", who) and INSTITUTION.search(single := singular(self._of(who))):
            self.forms[who] = single
        subject = definite(who, slots=self._slots)
        many = several(self._shown(who)) or who.startswith("<n") or who in ("we", "they")
        will = m["m"] in ("将", "要", "计划", "拟", "力争") or (state.future and not m["p"])
        if state.lead.subject:
            return None
        lead, form = state.lead.text, state.form
        if shared := self._shared.match(verb if verb.startswith("分别") else rest):
            return self._each(subject, shared, will, state)
        if "<n" in rest:
            state.lead.subject = subject + (" will" if will and not m["m"] else "")
            said = self._act(rest, state)
            if said is None:
                state.lead = Lead(lead)
                state.form = form
            return said if isinstance(said, str) else None
        to = "base" if will or m["m"] in _AUX else "gerund" if m["m"] == "正在" else "past"
        said = self._deeds.said(verb, to)
        if said is None:
            return None
        aux = "will " if will else f"{_AUX[m['m']]} " if m["m"] in _AUX else ""
        if to == "gerund":
            aux = "are " if many else "is "
        also = "also " if m["also"] or m["also2"] else ""
        state.form = "base" if will else "past"
        return f"{state.take()}{subject} {aux}{also}{said}"

    def _each(self, subject: str, m: re.Match[str], will: bool, state: State) -> str | None:
        """分别发放贷款3亿元和5亿元: loans of 300 million yuan and 500 million yuan respectively."""
        numbers = re.findall(N, m["n"])
        verb = words().verb(m["v"])
        noun = self.noun(m["o"], True)
        things = f"{listed(numbers)} {noun}"
        if any(MONEY.search(self._of(n)) for n in numbers):
            things = f"{noun} of {listed(numbers)}"
        state.form = "base" if will else "past"
        return f"{state.take()}{subject} {'will ' + verb.base if will else verb.past} {things} respectively"
