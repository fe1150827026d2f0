"""The shapes of clauses in reports, one method each: a pattern of the Chinese and the English it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from briefing.translate.clause_parts import (
    BARE,
    MONEY,
    NO_NOUN,
    WORD,
    Hung,
    Known,
    Lead,
    N,
    Phrase,
    State,
    unknown,
)
from briefing.translate.clause_words import Verb, either, inflected, words
from briefing.translate.deed_words import table as deed_table
from briefing.translate.deeds import Deeds
from briefing.translate.glossary import modifier
from briefing.translate.metric_shapes import MODALS, NO_METRIC
from briefing.translate.noun_heads import definite, listed
from briefing.translate.report_shapes import Reports

_WORK = "全[市区县省](?:[^<>将]{1,6}工作|<t[1-9]>(?=将|要))"
"""The work of an office, as a subject: 全市商务工作."""


_GOALS = re.compile(
    "(?:打造|构建|做[强大优]|破解|争创|争当|创建|加快|推进|提升|培育|解决|落实|实现|完善|优化|扩大).{3}"
)
_DOING = re.compile(
    "(?:打造|构建|创建|争创|优化|提升|培育|推进|深化|完善|建设|举办|筹办|承办|实施|落实)(?!建设|发展).."
)
_COUNTS = re.compile("、|(?<!<n[1-9]>)(?:以及|[和及与])(?=<n)|(?<=<n[1-9]>)(?:以及|[和及与])(?!<n)")
"""What parts things that are counted one by one: 学校9所和医院3家, 20所院校和60个专业."""
_COUNTING = re.compile(r"(?:of these, )?there are <n[1-9]>")


class Shapes(Reports):
    """Reads a clause by the first shape that fits."""

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        super().__init__(slots, phrase, known)
        self._deeds = Deeds(
            self.noun, lambda zh: self.named(zh) or self._land(zh), lambda zh: self._item(zh, False), self._slots
        )
        self._deeds.one = self._a
        self._all: Sequence[Callable[[str, State], str | Hung | Lead | None]] = (
            *(self._around, self._as, self._for, self._whole, self._charge, self._every, self._brought, self._doubled),
            *(self._share_moved, self._share, self._first, self._accounts, self._times, self._of_which, self._daily),
            *(self._long, self._goal, self._aged, self._grant, self._moved, self._gap, self._net, self._running),
            *(self._benefit, self._ensure, self._act, self._have, self._change, self._reach, self._rank, self._stage),
            *(self._state, self._amount, self._does),
        )

    def _doing(self, zh: str) -> str | None:
        return self._deeds.said(zh)

    def read(self, clause: str, state: State) -> str | Hung | Lead | None:
        """The English of `clause`, None where it has no known shape."""
        return next((found for shape in self._all if (found := shape(clause, state)) is not None), None)

    def _does(self, clause: str, state: State) -> str | Hung | None:
        """市中区将深入实施片区更新: who will do what, with no number; or only what, where somebody has been named."""
        table = words()
        m = re.match(
            rf"^(?P<s>{table.subjects}|<[plo][1-9]>|{_WORK}|[^<>将]{{1,4}}(?=将))?(?P<also>还|也)?"
            rf"(?P<m>将(?!以[^<>]+为)|要|计划|力争|拟|必须)?(?P<also2>还|也)?(?P<rest>.{{4,}})$", clause
        )  # fmt: skip
        if m is None:
            return None
        modal = table.modal.get(m["m"] or "", "must" if m["m"] else "")
        future = bool(modal) or state.future
        form = "base" if future or not (state.settled or "了" in clause) else "past"
        if state.form and not m["s"]:
            form = state.form
        if clause[0] in "让使" and state.items and (enabling := self._deeds.said(clause, "gerund")):
            return Hung(enabling)
        said = self._deeds.said(m["rest"], form)
        if m["s"]:
            self._subject(m["s"])  # so that it is asked for, although whether the verb fits is not known yet
        if said is None and m["m"] and (m["s"] or state.form or state.lead.subject):
            said = inflected(self.plain(m["rest"]), "base")
        if said is None or (m["s"] and not modal and form == "base" and not future):
            return None
        also = "also " if m["also"] or m["also2"] else ""
        if modal and not (m["s"] or state.form or state.lead.subject):
            state.form = "base"
            if state.spoken and m["m"] in ("将", "要", "拟", "计划"):
                return f"{state.take()}efforts will be made to {also}{said}"
            if m["m"] in ("要", "必须"):
                return f"{state.take()}it is necessary to {also}{said}"
            return f"{state.take()}the {'plan' if modal.startswith(('will', 'plan')) else 'aim'} is to {also}{said}"
        verb, _, rest = said.partition(" ")
        if m["s"] or state.lead.subject or modal:
            return self._active(Verb(verb, verb, verb), rest, modal, also, form == "base", m["s"] or "", state)
        state.form = form
        return f"{state.take()}{also}{said}"

    def _around(self, clause: str, state: State) -> Lead | None:
        """我们将围绕三条产业链: a participle in front; its subject waits for the next clause."""
        verbs = either(words().around)
        who = rf"(?P<s>{words().subjects}|<[plo][1-9]>)?(?P<m>将|要)?(?:紧紧|始终|牢牢)?"
        m = re.match(rf"^{who}(?P<v>{verbs})(?P<o>.{{2,40}})$", clause)
        if m is None or (m["m"] and state.spoken and not (m["s"] or state.lead.subject or state.form)):
            return None
        verb = deed_table().verbs.match(m["o"])
        acts = m["v"] == "立足" or "<n" in m["o"] or (verb is not None and verb.end() >= 4) or _GOALS.match(m["o"])
        about = self._deeds.said(m["o"], "gerund") if acts else None
        about = about or definite(self.noun(m["o"]), slots=self._slots)
        state.lead.front(f"{words().around[m['v']]} {about},")
        if m["s"]:
            state.lead.subject = self._subject(m["s"]) + (" will" if m["m"] else "")
        return state.lead

    def _as(self, clause: str, state: State) -> Lead | None:
        """市中区将以项目为抓手: with something as something, and the subject waits for its verb."""
        m = re.match(
            rf"^(?P<s>{words().subjects}|<[plo][1-9]>)?(?P<m>将|要)?以(?P<x>{WORD}{{1,24}})为(?P<y><t[1-9]>|[^<>]{{2,4}})$",
            clause,
        )
        if m is None or not (m["y"] in words().role or m["y"][0] == "<"):
            return None
        role = words().role.get(m["y"]) or f"the {m['y']}"
        doing = self._deeds.said(m["x"], "gerund") if _DOING.match(m["x"]) else None
        state.lead.front(f"with {doing or definite(self.noun(m['x']), slots=self._slots)} as {role},")
        if m["s"]:
            state.lead.subject = self._subject(m["s"]) + (" will" if m["m"] else "")
        return state.lead

    def _for(self, clause: str, state: State) -> Lead | None:
        """对投资10亿元以上的重大项目: whom or what the next clause is for."""
        m = re.match(rf"^对(?:于)?(?P<these>这些?)?(?P<o>(?:{WORD}|{N}){{1,24}})$", clause)
        if m is None:
            return None
        noun = self.composed(m["o"], True) or self.composed(m["o"]) or self._sure(m["o"])
        if noun is None and "<n" in m["o"]:
            noun = self._item(m["o"], False)
        if noun is None:
            return None
        about = re.search("(?:进度|问题|情况|工作|事项|热点|话题)$", m["o"]) or "progress" in noun
        noun = f"these {noun}" if m["these"] and "<n" in m["o"] else definite(noun, slots=self._slots)
        state.lead.front(f"{'regarding' if about else 'for'} {noun},")
        return state.lead

    def _whole(self, clause: str, state: State) -> str | Hung | None:
        """122个重大项目快干快投: things that something is done to at speed, hung on what is done before."""
        m = re.match(rf"^(?P<o>.*{N}.*?)(?P<v>{either(words().done)})$", clause)
        item = self._item(m["o"], False) if m else None
        if m is None or item is None:
            return None
        if state.form == "base" and state.items:
            return Hung(f"with {item} {words().done[m['v']]}")
        return self._clause(item, f"be {words().done[m['v']]}", f"were {words().done[m['v']]}", "", state)

    def _charge(self, clause: str, state: State) -> str | None:
        """由区领导一对一包联."""
        m = re.match(rf"^由(?P<s>(?:{WORD}){{1,10}}?)(?P<v>{either(words().charge)})$", clause)
        if m is None:
            return None
        base, past = words().charge[m["v"]]
        return self._clause(self.noun(m["s"], True), base, past, "", state)

    def _every(self, clause: str, state: State) -> Hung | None:
        """每月至少上门服务两次."""
        m = re.match(rf"^(?P<p>{either(words().every)})(?P<least>至少|不少于)?(?P<rest>.+)$", clause)
        item = self._item(m["rest"], False) if m and state.items else None
        if m is None or item is None:
            return None
        least = "at least " if m["least"] and not re.match("at least", self._of(re.findall(N, m["rest"])[0])) else ""
        return Hung(f"with {least}{item} {words().every[m['p']]}")

    def _brought(self, clause: str, state: State) -> str | None:
        """我区将把审批时间压缩到90天以内."""
        m = re.match(
            rf"^(?P<s>{words().subjects}|<[lo][1-9]>)?(?:(?P<m>将|要|计划|力争)?把|将)(?P<o>{WORD}{{1,24}}?)"
            rf"(?P<v>{either(words().bring)})(?P<to>到|至|为|在)?(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None or (not m["to"] and m["v"] == "控制"):
            return None
        to = "at" if m["v"] == "控制" else "to" if m["to"] else "by"
        base, past = words().bring[m["v"]]
        verb = Verb(base, past, past)
        modal = words().modal.get(m["m"] or "", "")
        future = bool(modal) or state.future
        if not m["s"] and not state.form and not state.lead.subject:
            be = "will be" if future else "was"
            return f"{state.take()}the {self.noun(m['o'])} {be} {past} {to} {m['n']}"
        return self._active(verb, f"the {self.noun(m['o'])} {to} {m['n']}", modal, "", future, m["s"] or "", state)

    def _grant(self, clause: str, state: State) -> str | None:
        """对新开航线每条最高补贴300万元."""
        m = re.match(
            rf"^[对给](?P<x>(?:{WORD}){{1,16}}?)(?:每[条家个户人亩台辆项件套间名位张所座])?(?:，?给予|予以)?(?:一次性)?(?P<max>最高)?"
            rf"(?:给予|予以)?(?P<v>{either(words().grant)})(?P<n>{N})$", clause
        )  # fmt: skip
        if m is None or not MONEY.search(self._of(m["n"])):
            return None
        up = "up to " if m["max"] and not re.match("up to|at most|within", self._of(m["n"])) else ""
        fresh = m["x"].startswith("新") and self._known(m["x"], False) is None
        new = "new " if fresh and (self._sure(m["x"]) is None or modifier(m["x"][:2]) is None) else ""
        x = m["x"][1:] if new else m["x"]
        one, all_of = self.noun(x), self.noun(x, True)
        known = self._known(x, False) is not None and one != all_of
        each = f"each {new}{one}" if known else f"each of the {new}{all_of}"
        be = "will be" if state.future else "is"
        state.form = ""
        return f"{state.take()}{up}{m['n']} in {words().grant[m['v']]} {be} given for {each}"

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
            rf"^(?P<each>每年|每月|每周)?(?P<s>{table.subjects}|<[plo][1-9]>|{_WORK})?(?P<also>还|也|仍)?(?P<m>{table.modals})?"
            rf"(?:[与同和](?P<with>{WORD}{{1,12}}?)(?=共建|合作|联合|共同))?(?:(?!共[建同享])(?P<p>{table.pasts}))?"
            rf"(?P<adv>{either(table.adverb)})?(?P<again>再)?(?P<v>{table.verbs})(?:(?P<or>[、和])?(?P<w>{table.verbs}))?(?P<done>了)?"
            rf"(?P<rest>.+?)(?:用于(?P<use>.+))?$", clause
        )  # fmt: skip
        if m is None or "<n" not in m["rest"] or "<n" in (m["use"] or "") or m["m"] == "确保":
            return None
        verb, things = table.verb(m["v"]), m["rest"]
        if m["w"] and not m["or"] and m["w"] in table.nominal:
            things = m["w"] + things  # 新建|服务中心
        elif m["w"]:
            verb = verb.joined(table.verb(m["w"]), "or" if m["or"] else "and")
        purpose = ""
        aim = re.fullmatch(rf"(?P<n>{N})(?:用于)?(?P<to>[^<].{{3,}})", things)
        if aim and verb.base in ("invest", "allocate") and (done := self._purpose(aim["to"])) is not None:
            items: list[str | None] = [aim["n"]]
            purpose = f" to {done}"
        elif re.fullmatch(N, things) and (m["use"] or verb.base in ("invest", "waive") or state.items):
            items = [things]
        elif (named := self.named(things) or self._land(things)) is not None:
            items = [named]
        else:
            items = [self._item(part, verb.new) for part in _COUNTS.split(things)]
            if not all(items) and (together := self._together(things, verb.new)):
                items = [together]
        objects = listed([item for item in items if item])
        if not all(items):
            return None
        if m["again"]:
            objects = re.sub(r"^(<n[1-9]>(?: of)?) (?:new )?", r"another \1 ", objects)
        used = self._deeds.said(m["use"]) if m["use"] else None
        objects += f" to {used}" if used else f" for {self.noun(m['use'])}" if m["use"] else ""
        objects += f" with {self.noun(m['with'], True)}" if m["with"] else ""
        if m["each"]:
            state.lead.front(f"each {words().every[m['each']].removeprefix('a ')},")
        if state.lead.text.endswith("of these,") and not m["m"] and not m["s"]:
            if not state.items:
                return None
            state.lead.text = state.lead.text.removesuffix("of these,").strip()
            return Hung(f"including {objects}")
        modal, also = table.modal.get(m["m"] or "", ""), {"": "", "仍": "still "}.get(m["also"] or "", "also ")
        also += f"{table.adverb[m['adv']]} " if m["adv"] else ""
        settled = bool(m["p"] or m["done"])
        going = state.form == "base" and not state.settled
        future = bool(modal) or ((state.future or going) and not settled)
        if m["s"] or state.form or state.lead.subject or (state.report and not modal):
            return self._active(verb, objects + purpose, modal, also, future, m["s"] or "", state)
        lead = state.take()
        if modal.startswith(("strive", "plan", "expect")):
            state.form = "base"
            return f"{lead}the {'aim' if modal[0] == 's' else 'plan'} is to {also}{verb.base} {objects}{purpose}"
        if m["adv"] == "重点" and verb.base in ("carry out", "do"):
            return f"{lead}the focus {'will be' if future else 'was' if state.settled else 'is'} on {objects}"
        sums = re.match(f"{N} in ", objects) or (re.fullmatch(N, objects) and not BARE.match(self._of(objects)))
        one = len(items) == 1 and (sums or self._of(re.findall(N, m["rest"])[0]) == "1")
        done = ("has" if one else "have") + " been" if m["p"] == "已" else "was" if one else "were"
        be = "will be" if future else done
        return f"{lead}{objects} {be} {also}{verb.participle}{purpose}"

    def _together(self, things: str, new: bool) -> str | None:
        """中小学、幼儿园40所: things of several kinds that one number counts."""
        m = re.fullmatch(rf"(?P<l>(?:{WORD})+(?:[、和](?:{WORD})+)+?)(?P<etc>等)?(?P<n>{N})", things)
        if m is None or not BARE.match(self._of(m["n"])):
            return None
        kinds = [x for x in re.split("[、和]", m["l"]) if x]
        if any(len(x) < 2 or NO_NOUN.search(x) for x in kinds):
            return None
        return f"{m['n']} {'new ' if new else ''}{listed([self.noun(x, True) for x in kinds])}"

    def _active(self, verb: Verb, objects: str, modal: str, also: str, future: bool, subject: str, state: State) -> str:
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

    def _purpose(self, zh: str) -> str | None:
        """升级小区400个: what money is spent to do."""
        verb = words().leading(zh)
        if "<n" not in zh or not verb:
            return self._deeds.said(zh)
        item = self._item(zh[len(verb) :], words().verb(verb).new)
        return f"{words().verb(verb).base} {item}" if item else None

    def _have(self, clause: str, state: State) -> str | Hung | None:
        """全区有高新技术企业60家; 其中高新技术企业60家."""
        who = rf"(?P<s>{words().subjects}|<[lo][1-9]>)"
        m = re.match(rf"^(?:{who}(?:目前|现)?共?(?:有|拥有))?(?P<rest>.+)$", clause)
        if m is None or "<n" not in m["rest"]:
            return None
        of_these = state.lead.text.endswith("of these,")
        goes_on = not m["s"] and not of_these and state.items and _COUNTING.match(state.items[-1])
        if not (m["s"] or of_these or goes_on):
            return None
        having = re.match(rf"(?P<x>(?:{WORD}){{1,10}})的(?P<o>企业|单位|村|项目|家庭|学校)(?P<n>{N})$", m["rest"])
        items = [self._item(x, False) for x in _COUNTS.split(m["rest"])]
        if having and m["s"] and BARE.match(self._of(having["n"])):
            items = [f"{having['n']} {self.noun(having['o'], True)} with {self.noun(having['x'])}"]
        if not all(items):
            return None
        objects = listed([item for item in items if item])
        if goes_on:
            return Hung(f"and {objects}")
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
            rf"^(?P<m0>计划|{MODALS})?(?P<o>(?:{WORD}|{N})*?)(?P<m>计划|{MODALS}|将|已)?经?(?:在|于|到)?"
            rf"(?P<d><d[1-9]>)?(?P<b>底前|前)?(?P<all>正式|全部|全面)?(?P<v>{words().stages})$", clause
        )  # fmt: skip
        thing = self._item(m["o"], False) if m and re.match(rf"{N}.", m["o"]) else None
        if m is None or NO_METRIC.search(m["o"]) or ("<n" in m["o"] and not re.fullmatch(N, m["o"]) and thing is None):
            return None
        base, past, done = words().stage[m["v"]]
        if thing is not None:
            will = modal_of(m["m0"] or m["m"] or "", future=state.future)
            when = "" if not m["d"] else f" before {m['d']}" if m["b"] else f" in {m['d']}"
            state.form = ""
            be = re.sub("^was ", "were ", past)
            if (m["m"] or "") == "已" or not will:
                be = f"have been {done}" if past.startswith("was ") and m["m"] == "已" else be
            return f"{state.take()}{thing} {will + base if will else be}{when}"
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
            if m["all"] == "全部" and not modal:
                return Hung(f"all {'to ' + base if state.future else done}{when}{' ' + front if front else ''}")
            to = {"计划": "planned to ", "预计": "expected to ", "": "to " if state.future else ""}
            said = f"{to.get(modal, 'so that it will ')}{base if modal or state.future else done}"
            return Hung(f"{said}{when}{' ' + front if front else ''}")
        future = modal not in ("", "已") or (state.future and modal != "已")
        verb = ("is expected to " if modal == "预计" else "will ") + base if future else past
        if re.fullmatch(N, m["o"]):
            if not state.lead.text.endswith("of these,") or not state.items:
                return None
            state.lead.text = ""
            return Hung(f"{m['o']} of which {verb}{when}")
        state.form = ""
        whole = not re.search("[各、和与及等多]|一批|全部|系列", m["o"]) and "<" in m["o"]
        what = definite(self._sole(m["o"]), slots=self._slots) if whole else self._the(m["o"])
        return f"{state.take()}{what} {verb}{when}"


def modal_of(zh: str, *, future: bool) -> str:
    """will, is expected to or nothing, before the verb of what comes to a stage."""
    if zh == "预计":
        return "are expected to "
    return "will " if zh not in ("", "已") or (future and zh != "已") else ""
