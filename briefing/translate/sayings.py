"""What officials and reporters say between the figures: comparisons, shares, who is drawn to what.

让教育更公平、就医更方便; 吸引500家企业参展; 用三年时间使收入翻一番. The shapes before these
know verbs with objects; here two halves of a clause are brought into the order that English has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.translate.clause_parts import BARE, MONEY, SHARE, WORD, Hung, Known, Lead, N, Phrase, State, unknown
from briefing.translate.clause_words import either, gerund, inflected, words
from briefing.translate.deed_words import past
from briefing.translate.deed_words import table as deeds
from briefing.translate.glossary import modifier
from briefing.translate.metric_shapes import NO_METRIC
from briefing.translate.names import pinyin
from briefing.translate.noun_heads import definite, is_clause, listed
from briefing.translate.nouns import common
from briefing.translate.plurals import several
from briefing.translate.standings import Standings

_MORE = "(?:变得)?(?:更加?|越来越)(?:变得)?"
_SHARE_DONE = re.compile(
    rf"(?:已?超额|已|已经)?完成(?:了)?(?P<o>(?:{WORD}){{0,10}}?(?:任务|目标|计划|总量)(?:数|值|量)?)的?(?P<n>{N})$"
)
_STARTS = re.compile(r"从(?P<x>.{2,16}?)(?P<k>入手|做起|抓起|着手|破题|起步|出发)$")
_IN_YEARS = re.compile(rf"(?P<m>力争|争取|计划|确保|将)?用(?P<n>{N})(?:左右)?(?:的)?时间(?P<rest>.{{3,}})$")
_DRAWN = re.compile(rf"(?:已|共|累计)?(?P<v>吸引|组织|动员|带领|安排)了?(?P<o>(?:{WORD}|{N}){{2,24}}?)(?P<do>%s)$")
_SHARE_OF = re.compile(
    rf"(?P<at>全[市区县省镇村国]|<l[1-9]>)?(?P<m>将|力争|确保|已有|已|有)?(?P<n>{N})的(?P<o>(?:{WORD}){{1,12}}?)"
    rf"(?P<v>%s)了?(?P<x>(?:{WORD}){{1,24}})$"
)
_BETTER = re.compile(rf"(?P<x>(?:{WORD}){{1,14}}?){_MORE}(?P<y>%s)了?$")
_RAISED = re.compile(
    rf"(?:带动|帮助|促进|助力|使|让|实现)?(?P<n>{N})?(?P<o>(?:{WORD}){{0,10}}?)(?P<k>户均|人均|年人均|平均)(?:年)?增收(?P<m>{N})$"
)
_EACH = {"户均": "per household", "人均": "per person", "年人均": "per person a year", "平均": "on average"}
_TWICE = re.compile(rf"(?P<n>{N})(?P<o>(?:{WORD}){{1,10}}?)的(?P<d><t[1-9]>|[^<>的]{{4,8}})$")
_CONFIDENT = re.compile(
    r"(?P<s>我们|%s)?(?P<also>完全|也|更)?有(?P<k>信心|决心|能力|条件|责任)(?:和能力|、有能力|、有决心|有决心)?(?P<rest>.{4,})$"
)
_KIND = {"信心": "confident", "决心": "determined", "能力": "able", "条件": "in a position", "责任": "duty-bound"}
_BUILT = re.compile(rf"把(?P<x>(?:{WORD}){{1,14}}?)(?P<v>建设|打造|管理|发展|办|建|做)得{_MORE}(?P<y>%s)$")
_MODEL = re.compile(
    r"(?:通过|采取|采用|按照|推行|依托|探索|以)(?P<x>“[^“”]+”)的?(?P<k>模式|机制|方式|办法|思路|做法|原则|形式)$"
)
_MODELS = {"模式": "model", "机制": "mechanism", "原则": "principle", "思路": "approach"}


_WHO = (
    "职工|企业|人员|家庭|学生|毕业生|院校|单位|项目|农户|个人|群众|人才|居民|村|高校|机构|商户|者|合作社|团队|老人"
    "|教师|医生|干部|学校|园区"
)
_THOSE = re.compile(rf"(?P<v>(?:[^<>，]|<[tlon][1-9]>|[“”]){{3,24}}?)的(?P<o>(?:{WORD}){{0,6}}(?:{_WHO}))$")
_LEVELED = re.compile(r"(?P<a>国家级|省级|市级|县级)(?P<q>“[^“”]+”)(?P<h>[^<>]{2,6})$")


class Sayings(Standings):
    """Reads what the frames do not know, ahead of them."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        super().__init__(slots, phrase, known)
        better, drawn = either(deeds().becoming), either(words().drawn)
        self._compared = re.compile(_BETTER.pattern % better)
        self._drawn = re.compile(_DRAWN.pattern % drawn)
        self._shared_by = re.compile(_SHARE_OF.pattern % f"通过|{deeds().verbs.pattern}")
        self._sure_of = re.compile(_CONFIDENT.pattern % words().subjects)
        self._made_better = re.compile(_BUILT.pattern % better)
        self._all = (
            *(self._ordinal, self._deed_slots, self._with_sum),
            *(self._comparing, self._through, self._confident, self._in_so_many, self._starting),
            *(self._completing, self._raised, self._draws, self._of_many, *self._all),
            *(self._better,),
        )

    def doing(self, zh: str) -> str | None:
        """推进城镇化: advancing urbanization; None where no verb with an object is meant."""
        verb = deeds().verbs.match(zh)
        return self._deeds.said(zh, "gerund") if verb and len(zh) - verb.end() > 1 and verb.end() > 1 else None

    def unnamed(self, zh: str) -> bool:
        """Whether no table has `zh` as a word, so that it may be a person's name."""
        return common(zh) is None and self._known(zh, False) is None and modifier(zh) is None and not words().starts(zh)

    def teller(self, m: re.Match[str]) -> str | None:
        """村民王秀英说: the villager, with the name in front."""
        role = self._sure(m["role"])
        if role is None or not self.unnamed(m["name"]) or is_clause(m["role"]):
            return None
        said = words().says.get(m["said"], "said")
        one = self._a(m["role"])
        one = f"one of the {role}" if several(self._shown(one)) else one
        return f"{pinyin(m['name'])}, {one}, {said}."

    def _ordinal(self, clause: str, state: State) -> str | None:
        """一是抓产业: a verb of one character with its object, behind what counts it."""
        if (
            len(clause) != 3
            or clause[0] not in words().short
            or not re.search("(?:first|second|third|fourth|fifth|sixth|finally),$", state.lead.text)
        ):
            return None
        state.form = "base"
        return f"{state.take()}{words().short[clause[0]]} {deeds().nominal.get(clause[1:]) or self.noun(clause[1:])}"

    def _deed_slots(self, clause: str, state: State) -> str | None:
        """扩大有效投资、促进消费, where the glossary has one as what is done (expanding effective investment)."""
        tokens = [t for t in re.findall("<t[1-9]>", clause) if re.match(r"[a-z]+ing ", self._of(t))]
        parts = clause.split("、")
        alone = state.form or state.lead.text.endswith((" and", "first,", "second,", "third,", "fourth,", "fifth,"))
        if not tokens or "<n" in clause or not any(t in parts for t in tokens) or (len(parts) < 2 and not alone):
            return None
        form = state.form or "base"
        said: list[str] = []
        for part in parts:
            done = inflected(self._of(part), form) if part in tokens else self._deeds.said(part, form)
            if done is None:
                return None
            said.append(part if part in tokens else done)
        for part in parts:
            if part in tokens:
                self.forms[part] = inflected(self._of(part), form) or self._of(part)
        if state.lead.subject.endswith("will") or not state.lead.subject:
            state.form = form
            return f"{state.take()}{listed(said)}"
        return None

    def _with_sum(self, clause: str, state: State) -> Hung | None:
        """为企业减税降费12亿元, where the glossary has what is given as one word."""
        m = re.fullmatch(rf"(?:累计|共)?为(?P<x>(?:{WORD}){{1,10}}?)(?P<t><t[1-9]>)(?P<n>{N})", clause)
        if m is None or not state.items or not MONEY.search(self._of(m["n"])):
            return None
        return Hung(f"providing {definite(self.noun(m['x'], True), slots=self._slots)} with {m['n']} in {m['t']}")

    def _compare(self, zh: str) -> list[tuple[str, str]] | None:
        """教育更公平、就医更方便: what, and what it becomes."""
        pairs = [self._compared.fullmatch(part) for part in zh.split("、")]
        if not all(pairs):
            return None
        return [(definite(self.noun(m["x"]), slots=self._slots), deeds().becoming[m["y"]]) for m in pairs if m]

    def _comparing(self, clause: str, state: State) -> str | Hung | None:
        """让教育更公平、就医更方便."""
        m = re.match(r"(?P<s>.{2,16}?)??[让使](?P<rest>[^让使]{4,})$", clause)
        pairs = self._compare(m["rest"]) if m and not m["s"] else None
        if m is None or not pairs:
            return None
        said = listed([f"{what} {how}" for what, how in pairs])
        if state.items or state.form:
            return Hung(f"making {said}")
        return f"{state.take()}make {said}"

    def _better(self, clause: str, state: State) -> str | None:
        """街巷更干净了, of what nobody is said to have done."""
        if NO_METRIC.search(clause) or "<n" in clause or words().starts(clause):
            return None
        pairs = self._compare(clause)
        if not pairs:
            return None
        state.form = ""
        said = []
        for what, how in pairs:
            many = several(self._shown(what).split(" of ")[0])
            be = "will become" if state.future else f"{'have' if many else 'has'} become"
            said.append(f"{what} {be} {how}")
        return f"{state.take()}{listed(said)}"

    def _through(self, clause: str, state: State) -> Lead | None:
        """通过“公司+农户”的模式."""
        m = _MODEL.match(clause)
        if m is None:
            return None
        model = _MODELS.get(m["k"], "method")
        self.framed += 1
        state.lead.front(f"through the {model} of {self.noun(m['x'])},")
        return state.lead

    def _confident(self, clause: str, state: State) -> str | None:
        """我们有信心把城市建设得更加美好."""
        m = self._sure_of.match(clause)
        if m is None or not (m["s"] or state.lead.subject or state.form):
            return None
        said = self._improved(m["rest"].removeprefix("去")) or self._deeds.said(m["rest"].removeprefix("去"))
        if said is None:
            return None
        who = self._subject(m["s"]) if m["s"] else ""
        be = "are" if m["s"] == "我们" or several(who) else "is"
        state.form = "base"
        if m["k"] == "信心":
            doing = gerund(said)
            return f"{state.take()}{who} {be} confident of {doing}".replace("  ", " ")
        return f"{state.take()}{who} {be} {_KIND[m['k']]} to {said}".replace("  ", " ")

    def _improved(self, zh: str) -> str | None:
        m = self._made_better.match(zh)
        if m is None:
            return None
        return f"make {definite(self.noun(m['x']), slots=self._slots)} {deeds().becoming[m['y']]}"

    def _in_so_many(self, clause: str, state: State) -> str | None:
        """用三年时间使旅游收入翻一番."""
        m = _IN_YEARS.match(clause)
        if m is None or not re.search("year|month|day", self._of(m["n"])):
            return None
        doubled = re.fullmatch(rf"[使让]?(?P<o>(?:{WORD}){{1,14}}?)(?:实现)?(?P<n>{N})", m["rest"])
        span = self._of(m["n"])
        when = m["n"] if span.startswith("within") else f"in {m['n']}"
        if doubled and re.match("doubl|tripl|quadrupl", self._of(doubled["n"])):
            said = f"have {self._the(doubled['o'])} {doubled['n']}"
        elif (done := self._deeds.said(m["rest"])) is not None:
            said = done
        else:
            return None
        if state.lead.subject or state.form:
            waiting = state.lead.subject.endswith("will") or not state.lead.subject
            return f"{state.take()}{'' if waiting else 'will '}{said} {when}"
        state.form = "base"
        return f"{state.take()}the {'plan' if m['m'] in ('计划', '将', None) else 'aim'} is to {said} {when}"

    def _starting(self, clause: str, state: State) -> Lead | None:
        """从解决就业入手."""
        m = _STARTS.match(clause)
        if m is None:
            return None
        verb = deeds().verbs.match(m["x"])
        doing = self._deeds.said(m["x"], "gerund") if verb and len(m["x"]) - verb.end() > 1 else None
        self.framed += 1
        state.lead.front(f"starting with {doing or definite(self.noun(m['x']), slots=self._slots)},")
        return state.lead

    def _completing(self, clause: str, state: State) -> str | Hung | None:
        """完成年度任务的62%."""
        m = _SHARE_DONE.match(clause)
        if m is None or not SHARE.search(self._of(m["n"])) or "point" in self._of(m["n"]):
            return None
        whole = m["o"].removeprefix("全年").removeprefix("年度")
        goal = "target" if whole in ("任务", "目标", "任务数", "目标任务") else "plan" if whole == "计划" else ""
        year = "annual " if whole != m["o"] else ""
        what = f"the {year}{goal}" if goal else definite(self.noun(m["o"]), slots=self._slots)
        if state.items and not state.lead.text:
            return Hung(f"completing {m['n']} of {what}")
        return None

    def _raised(self, clause: str, state: State) -> str | Hung | None:
        """带动8000多户果农户均增收2万元."""
        m = _RAISED.match(clause)
        if m is None or not MONEY.search(self._of(m["m"])):
            return None
        who = self._count(m["n"], m["o"]) if m["n"] and m["o"] else m["n"]
        who = who or (definite(self.noun(m["o"], True), slots=self._slots) if m["o"] and not m["n"] else None)
        each = _EACH[m["k"]]
        mean = "" if m["k"] == "平均" else "an average of "
        if m["n"] and self._of(m["n"]).endswith("households") and m["o"]:
            who = f"{m['n']} of {self.noun(m['o'], True)}"
        if who is None:
            return Hung(f"raising incomes by {mean}{m['m']} {each}") if state.items else None
        said = f"{who} raise their incomes by {mean}{m['m']} {each}"
        if state.items:
            return Hung(f"helping {said}")
        if state.lead.subject:
            return f"{state.take()}{'help' if state.future else 'helped'} {said}"
        return None

    def _draws(self, clause: str, state: State) -> str | Hung | None:
        """展会吸引500家企业参展."""
        at = min((clause.find(v) for v in ("吸引", "组织", "动员") if v in clause), default=-1)
        if at < 0 or (at and not re.fullmatch(rf"(?:{WORD}){{1,14}}?(?:已|共|累计)?", clause[:at])):
            return None
        m = self._drawn.match(clause[at:])
        if m is None:
            return None
        who = self._item(m["o"], False) if "<n" in m["o"] else self.noun(m["o"], True)
        who = who or (m["o"] if re.fullmatch(N, m["o"]) else None)
        subject = re.sub("(?:已|共|累计)$", "", clause[:at])
        named = self._sure(subject) if subject else ""
        if who is None or named is None:
            return None
        base = {"吸引": "attract", "组织": "organize", "动员": "mobilize"}.get(m["v"], "lead")
        tail = f"{who} to {words().drawn[m['do']]}"
        if named:
            state.form = ""
            does = f"will {base}" if state.future else past(base)
            return f"{state.take()}{definite(named, slots=self._slots)} {does} {tail}"
        if state.lead.subject or state.form:
            form = state.form or ("base" if state.future else "past")
            return f"{state.take()}{base if form == 'base' else past(base)} {tail}"
        return Hung(f"{gerund(base)} {tail}") if state.items else None

    def _of_many(self, clause: str, state: State) -> str | None:
        """力争90%以上的县通过评估: a share of those who do something."""
        m = self._shared_by.match(clause)
        if m is None or not SHARE.search(self._of(m["n"])) or "point" in self._of(m["n"]):
            return None
        future = m["m"] in ("将", "力争", "确保") or (state.future and m["m"] not in ("已", "已有", "有"))
        if m["v"] == "通过":
            said: str | None = f"{'pass' if future else 'passed'} {definite(self.noun(m['x']), slots=self._slots)}"
        else:
            said = self._deeds.said(m["v"] + m["x"], "base" if future else "past")
        if said is None:
            return None
        where = f" in {words().subject.get(m['at'], m['at'])}" if m["at"] else ""
        who = f"{m['n']} of {self.noun(m['o'], True)}{where}"
        state.form = ""
        if m["m"] in ("力争", "确保"):
            return f"{state.take()}the aim is for {who} to {said}"
        return f"{state.take()}{who} {'will ' if future else 'have ' if m['m'] else ''}{said}"

    def composed(self, zh: str, counted: bool = False, *, phrase: bool = True) -> str | None:
        """Those who do what stands before them: 参加培训的职工; 省级“专精特新”企业."""
        if (level := _LEVELED.match(zh)) is not None:
            quoted = f"{level['q'][0]}{self.noun(level['q'][1:-1])}”"
            return f"{self.noun(level['a'])} {quoted} {self.noun(level['h'], counted)}"
        whose = re.fullmatch(rf"(?P<w>{either(deeds().whose)})(?P<q>“[^“”]+”)", zh)
        if whose is not None:
            return f"{deeds().whose[whose['w']]} {self.noun(whose['q'])}"
        if (
            met := re.fullmatch("接待((?:境外|入境|过夜|国内外?|省外)?(?:游客|旅客|<t[1-9]>))(?:人数|人次|总?量)?", zh)
        ) is not None:
            return f"number of {self.noun(met[1], True)} received"
        if (total := re.fullmatch("总(<t[1-9]>)", zh)) is not None:
            return f"total {total[1]}"
        if (level := re.match("我们([县市区镇村省])的?(?=.{2})", zh)) and f"我{level[1]}" in words().owner:
            return f"{words().owner['我' + level[1]]} {self.noun(zh[level.end() :], counted)}"
        if (own := re.match("我们的?(?=.{3})", zh)) is not None and not words().starts(zh[own.end() :]):
            return f"our {self.noun(zh[own.end() :], counted)}"
        m = _THOSE.match(zh)
        if m is not None and (deeds().verbs.match(m["v"]) or words().starts(m["v"])) and "、" not in m["o"]:
            parts = re.split("[并且]{1,2}(?!购|网)", m["v"])
            said = [self._deeds.said(part) for part in parts]
            if all(said) and not self._dry:
                people = self.noun(m["o"], True)
                link = (
                    "who"
                    if re.search("(?:职工|人员|学生|毕业生|个人|群众|人才|居民|者|老人|教师|医生|干部|农户)$", m["o"])
                    else "that"
                )
                doing = [re.sub("^be ", "are ", x) for x in said if x]
                return f"{people} {link} {' and '.join(doing)}"
        return super().composed(zh, counted, phrase=phrase)

    def _item(self, part: str, new: bool) -> str | None:
        """32所农村学校的供暖改造: what is done to so many."""
        m = _TWICE.match(part)
        if m is not None and BARE.match(self._of(m["n"])):
            done = deeds().nominals.search(m["d"])
            shown = self._shown(m["d"])
            if done or re.search("(?:renovation|construction|upgrading|restoration|rectification|training)$", shown):
                what = m["d"] if m["d"][0] == "<" else self.noun(m["d"])
                return f"the {what} of {m['n']} {self.noun(m['o'], True)}"
        return super()._item(part, new)
