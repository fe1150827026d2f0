"""Sentences with numbers, composed by rule: subject, verb, object and number in English order, in one tense.

Reports say most of their figures in a few shapes (新建学校9所; 总值达到5亿元，增长6%; 力争…). Where a clause has
one of them (`briefing.translate.shapes`), its parts alone are translated as phrases and put together here;
the clauses beside it come from the engine. What is written is one more hypothesis: like every other it is
read back by the check before it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from briefing.lexicon import surnames
from briefing.model import Slot
from briefing.translate.clause_parts import Hung, Known, Lead, Phrase, State, unknown
from briefing.translate.clause_words import either, inflected, words
from briefing.translate.names import pinyin, word
from briefing.translate.noun_heads import definite, listed
from briefing.translate.restated import restated
from briefing.translate.sayings import Sayings

_STOP = re.compile(r"[，；：。！？,;]")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("(", ")"))
_MARKS = {"；": ";", ";": ";", "：": ":", "！": "!", "？": "?"}
_SAID = re.compile(
    r"(?:(?P<before>[^“”。]{2,40})，)?(?P<who><p[1-9]>)(?P<verb><t[1-9]>)[，：]“(?P<body>[^“”]+)(?P<closed>”?)$"
)
_ABOUT = re.compile(
    r"^(?:(?P<on>谈及|谈到|谈起|说起|提及|关于|在(?=.*(?:方面|问题|工作)$))(?P<x><[tlo][1-9]>|(?:[^<>]|<[tlo][1-9]>){2,16}?)(?P<k>方面|问题|工作)?"
    r"|(?P<ahead>展望)(?P<d><d[1-9]>)|[分从](?P<by>[^<>]{1,6}|<d[1-9]>)来?看)$"
)
_TOLD = re.compile(
    r"^(?P<office>(?:[^<>。；：，]|<[tlo][1-9]>){1,40}?)(?P<who><p[1-9]>)(?:这样|如是)?(?P<said><t[1-9]>|说|表示|介绍)(?:道)?。$"
)
_IN_TIME = re.compile(r"^(?P<m>确保|力争|争取)(?P<d><d[1-9]>)(?P<b>底前|前|内)?(?=[^<，]{2})")
_INTERVIEW = re.compile(
    r"^(?:(?P<d><d[1-9]>)，)?(?P<office>(?:[^<>。；：]|<[tlo][1-9]>){0,40}?)(?P<who><p[1-9]>)在?接受(?P<whom>(?:[^<>，]|<[tlo][1-9]>){0,16}?)"
    r"(?P<kind>专访|采访)时(?:表示|说|介绍|指出|谈到|称|强调|透露)[，：]"
)
_VISIT = re.compile(
    r"^(?:(?P<d><d[1-9]>|近日|日前|昨日)，)?(?P<paper>本报|本网|<l[1-9]>[^<>，]{0,3})?(?P<by>记者|<t[1-9]>)"
    r"(?:就(?P<about>(?:[^<>，]|<[tlo][1-9]>){2,24}?)(?:问题|工作|情况)?)?(?:专访|采访|走访|对话)了?"
    r"(?P<office>(?:[^<>。；：]|<[tlo][1-9]>){0,40}?)(?P<who><p[1-9]>)[。！]?$"
)
_TIME = re.compile(
    r"^(?P<before>力争到|争取到|到|截至|自|从|在|于)?(?P<d><d[1-9]>)(?P<after>年底前|底前|之前|以前|前|起|以来)?"
)
_SEEN = re.compile("我们(?P<also>也|还)?(?:清醒地?|深刻地?|清楚地?)(?:看到|认识到|意识到)$")
_ACROSS = re.compile(
    "(?P<s>我们|)在(?P<at>全[市县省区镇国])(?:范围内)?(?=设立|建立|建成|建设|开展|推广|实施|布|选|推行|部署|组织|举办|打造|投放)"
)
_THERE = re.compile(r"在(?P<x><l[1-9]>(?:[、和]<l[1-9]>)*)等(?:地|城市|省市|地区|省份)(?=.{3,})")
_MEANS = re.compile(
    r"^(?P<s>[^<>，]{0,6}?)通过(?P<x>(?:[^<>]|<[tlo][1-9]>){2,24}?)等(?:多种)?(?:方式|措施|举措|途径|形式|手段)(?P<rest>.{4,})$"
)
_DEED = re.compile(
    r"(?:加快|持续|深入|扎实|全面|大力|积极|有序|严格|不断|进一步|统筹|稳步)?"
    r"(?:推[进动]|实施|开展|加[强快]|深化|优化|强化|提升|促进|完善|健全|支持|坚持|严守|落实|做[好强优大])"
)
_OPENINGS = ("meanwhile", "next", "in the new year", "in addition", "reportedly", "in recent years", "therefore")
"""The English of what opens a sentence and is followed by a comma."""
_HANGS = re.compile(r"(?:so that|so as|thus|thereby|letting|making|allowing|enabling|which)\b")
_PAST_TIME = re.compile(r"(?:in )?(?:the )?(?:last|past|previous)\b|.*\blast year", re.IGNORECASE)
_SETTLED = re.compile(r"已|去年|累计")


class Composer:
    """Composes one masked sentence; `phrase` translates its parts."""

    def __init__(
        self,
        slots: Sequence[Slot],
        phrase: Phrase,
        year: int | None = None,
        *,
        future: bool = False,
        told: Mapping[str, bool] | None = None,
        known: Known = unknown,
    ) -> None:
        """`year` is that of the issue: a year before it is past; `future`: what is said is a promise.

        `told` says of number tokens whether they are still to be reached; `known` is what the glossary says.
        """
        self._told = told or {}
        self._english: Mapping[str, str] = {slot.token: slot.english for slot in slots}
        self._shapes = Sayings(self._english, phrase, known)
        self.forms = self._shapes.forms
        self._year = year
        self._future = future
        self._shaped = 0
        self._dated = re.compile(rf"(?:{words().subjects}|<[lo][1-9]>)(?P<d><d[1-9]>)(?=[^<，的是为]{{2}})")

    def sentence(self, masked: str) -> str | None:
        """The English of `masked` with its tokens in it, or None where no clause of it has a known shape."""
        masked = restated(masked)
        if (speaks := speaker_pattern().match(masked)) and self._shapes.unnamed(speaks["name"]):
            rest = self.sentence(speaks["rest"])
            rest = rest or self._shapes.plain(speaks["rest"].rstrip("。"))
            return f"{pinyin(speaks['name'])}: {rest[:1].upper()}{rest[1:]}"
        if (visit := _VISIT.match(masked)) is not None:
            day = f"on {visit['d']}, " if visit["d"] else ""
            day = {"近日": "recently, ", "日前": "recently, ", "昨日": "yesterday, "}.get(visit["d"] or "", day)
            by = "our reporter" if visit["by"] == "记者" else f"the {visit['by']}"
            if (visit["paper"] or "").startswith("<"):
                by = f"{by} of {re.sub('daily$', 'Daily', self._shapes.noun(visit['paper']))}"
            if self._english.get(visit["by"], "") in ("the staff reporters", "staff reporters", "staff reporter"):
                by = "our reporter"
                self.forms[visit["by"]] = by
                by = visit["by"]
            about = f" about {definite(self._shapes.noun(visit['about']))}" if visit["about"] else ""
            office = self._office(visit["office"])
            met = f"{day}{by} interviewed {visit['who']}{office if about else office.rstrip(',')}{about}."
            return met[:1].upper() + met[1:]
        if (told := _TOLD.match(masked)) is not None:
            office = self._office(told["office"])
            return f"{told['who']}{office} {words().says.get(told['said'], told['said'])}." if office else None
        if (plain := told_pattern().match(masked)) and (told_by := self._shapes.teller(plain)):
            return told_by
        if (said := _SAID.match(masked)) is not None:
            before = self._before(said["before"]) + ", " if said["before"] else ""
            inner = self._body(said["body"])
            quoted = f"{before}{said['who']} {said['verb']}, “{inner}{said['closed']}" if inner else None
            return quoted and quoted[:1].upper() + quoted[1:]
        opened, closed, body = _unquoted(masked)
        whole = self._body(body)
        return f"{opened}{whole}{closed}" if whole else None

    def _before(self, zh: str) -> str:
        """What somebody speaks about, in front of who speaks."""
        state = State(future=False)
        lead = self._shapes.read(zh, state)
        return lead.text.rstrip(",") if isinstance(lead, Lead) and not lead.subject else self._shapes.plain(zh)

    def _body(self, body: str) -> str | None:
        out, state = "", State(future=self._future or re.search(_future(), body) is not None)
        state.report = self._is_report(body)
        body = re.sub("(?<=的)(建成|实施|推进|开通|落地|推出|投用|完善|发展|启用)，(?=[让使为])", r"\1", body)
        body = re.sub(r"(<n[1-9]>)，(?=(?:总投资额?|<t[1-9]>)<n[1-9]>的)", r"\1", body)
        at = 0
        if interview := _INTERVIEW.match(body):
            out, at = self._interviewed(interview), interview.end()
            self._shaped += 1
        for match in [*_STOP.finditer(body, at), None]:
            clause = body[at : match.start() if match else len(body)].strip()
            mark = match.group() if match else "。"
            at = match.end() if match else at
            if any(clause.count(a) != clause.count(b) for a, b in _PAIRS):
                return None
            if (speech := speech_pattern().match(clause)) and self._speaks(speech):
                about = f" {state.lead.text}" if state.lead.text and not state.items else ""
                state.lead.text = "" if about else state.lead.text
                out += f"{about} {self._speaker(speech)}" + (":" if mark == "：" else " that")
                state.spoken = True
                state.future = state.future or out.endswith((" suggested that", " proposed that"))
            elif clause:
                self._clause(clause, state)
            if mark in "；;：。！？":
                out, state = self._closed(out, state, _MARKS.get(mark, "."))
        if not (self._shaped or self._shapes.framed):
            return None
        text = re.sub(r"\s+", " ", out).strip()
        return text[:1].upper() + text[1:]

    def _interviewed(self, m: re.Match[str]) -> str:
        """Who said it, and to whom, for the line that opens most interviews."""
        day = f"on {m['d']}, " if m["d"] else ""
        whom = f" with {self._shapes.noun(m['whom'])}" if m["whom"] else ""
        whom = " with our reporter" if m["whom"] in ("记者", "本报记者") else re.sub(r"\bdaily$", "Daily", whom)
        kind = "an exclusive interview" if m["kind"] == "专访" else "an interview"
        return f"{day}{m['who']}{self._office(m['office'])} said in {kind}{whom} that"

    def _speaks(self, m: re.Match[str]) -> bool:
        """Whether a name that no slot holds is one: not 谈|到 in 谈到教育."""
        said = self._english.get(m["said"], "said") if m["said"][0] == "<" else "said"
        return not m["name"] or (said in words().says.values() and self._shapes.unnamed(m["name"]))

    def _speaker(self, m: re.Match[str]) -> str:
        """Who says what follows, with the offices behind the name."""
        said = words().says.get(m["said"], m["said"])
        if m["he"]:
            return f"{'she' if m['he'] == '她' else 'he'} {said}"
        if m["name"]:
            return f"{pinyin(m['name'])} {said}"
        return f"{m['who']}{self._office(m['office'] or '')} {said}"

    def _office(self, zh: str) -> str:
        """The offices of a person as an apposition behind the name."""
        offices = []
        for part in filter(None, re.split("[，、]", zh)):
            local = re.fullmatch("(?P<place>[\u4e00-\u9fff]{2,3})(?P<t><t[1-9]>)", part)
            said = f"{local['t']} of {word(local['place'])}" if local else self._shapes.noun(part)
            offices += [said] if re.search(r"\w", said) else []
        return f", {listed(offices)}," if offices else ""

    def _clause(self, clause: str, state: State) -> None:
        for connective in sorted(words().connective, key=len, reverse=True):
            if clause.startswith(connective) and len(clause) > len(connective) + 1:
                clause = clause[len(connective) :]
                state.lead.front(words().connective[connective])
                break
        clause = re.sub("^(?:请问|想问)(?:您)?(?=.{3})", "", clause)
        self._tense(clause, state)
        if clause in words().connective:
            state.lead.front(words().connective[clause])
            return
        if self._english.get(clause, "").lower() in _OPENINGS:
            state.lead.front(f"{clause},")
            return
        if dated := self._dated.match(clause):
            state.lead.front(f"in {dated['d']},")
            clause = clause[: dated.start("d")] + clause[dated.end() :]
        time = _TIME.match(clause)
        if time and not clause[time.end() :].startswith(("是", "为", "的")):
            clause = clause[time.end() :]
            begun = time["after"] == "以来" and self._english.get(time["d"], "") in ("this year", "last year")
            when = f"since the beginning of {time['d']}" if begun else _when(time)
            state.lead.front(f"{when},", first=state.lead.text.startswith(("by ", "through ", "to ", "after ")))
            if (time["before"] or "").startswith(("力争", "争取")):
                clause = f"力争{clause}"
        if about := _ABOUT.match(clause):
            state.future = state.future or about["ahead"] is not None
            where = "looking ahead to" if about["ahead"] else "judging from" if about["by"] else "on"
            where = "in" if about["on"] == "在" and about["k"] == "方面" else where
            what = about["d"] or about["by"] or about["x"]
            if about["by"] == "产业":
                where, what = "by", "industry"
            doing = self._shapes.doing(what) if about["x"] else None
            what = what if re.match("<d|industry", what) else doing or definite(self._shapes.noun(what))
            state.lead.front(f"{where} {what},")
            return
        if moved := _IN_TIME.match(clause):
            state.lead.front(f"{'in' if not moved['b'] else 'by'} {moved['d']},")
            clause = moved["m"] + clause[moved.end() :]
        lasting = re.match(r"(?P<m>力争|争取|计划|确保)?(?P<n><n[1-9]>)(?:内|时间)?(?=[^<的个、])", clause)
        rest = clause[lasting.end() :] if lasting else ""
        span = self._english[lasting["n"]] if lasting else ""
        if lasting and re.search(r"(?:years|months|days)$", span) and words().starts(rest):
            state.lead.front(f"{lasting['n']}," if span.startswith("within") else f"over {lasting['n']},")
            clause = (lasting["m"] or "") + rest
        if re.match("全年(?:计划|将|预计|拟)", clause):
            state.lead.front("over the year,")
            clause = clause.removeprefix("全年")
        if seen := _SEEN.match(clause):
            state.lead.front(f"we are {'also ' if seen['also'] else ''}clearly aware that")
            return
        if across := _ACROSS.match(clause):
            state.lead.front(f"across {words().subject.get(across['at'], 'the country')},")
            clause = across["s"] + clause[across.end() :]
        if there := _THERE.match(clause):
            places = [self._shapes.noun(x) for x in re.split("[、和]", there["x"])]
            state.lead.front(f"in {listed([*places, 'other places'])},")
            clause = clause[there.end() :]
        if means := _MEANS.match(clause):
            state.lead.front(f"through {listed([self._shapes.noun(x) for x in re.split('[、和]', means['x'])])},")
            clause = means["s"] + means["rest"]
        if not clause:
            return
        counted = re.search("(?:second|third|fourth|fifth),$", state.lead.text)
        apart = not state.form and "<d" in state.lead.text and not state.lead.subject
        before = len(state.items)
        self._said(clause, state)
        added = before and len(state.items) > before and not state.lead.text
        if added and (counted or (apart and "<d" in state.items[-1])):
            state.breaks.append(before)

    def _said(self, clause: str, state: State) -> None:
        """Add what a clause says, without what stands in front of it."""
        shaped = self._shapes.read(clause, state)
        if shaped is None:
            shaped = self._free(clause, state)
            if re.match("[让使]", clause):
                shaped = re.sub(r"^(let|make)(?=\s)", lambda m: {"let": "letting"}.get(m[1], "making"), shaped)
            if state.items and _HANGS.match(shaped):
                state.items[-1] += f", {shaped}"
            else:
                state.items.append(shaped)
            return
        self._shaped += not isinstance(shaped, Lead)
        if isinstance(shaped, Hung):
            if state.items and shaped.text.startswith("with ") and re.search(r", with [^,]*$", state.items[-1]):
                state.items[-1] += f" and {shaped.text.removeprefix('with ')}"
            elif state.items:
                state.items[-1] += f", {shaped.text}"
            else:
                state.items.append(f"{state.take()}{shaped.text}")
        elif isinstance(shaped, str):
            state.items.append(shaped)

    def _is_report(self, body: str) -> bool:
        """Whether it lists what was done, verb by verb, and names nobody: 建成3个驿站，举办论坛."""
        clauses = [c for c in _STOP.split(body) if c]
        begun = [words().starts(c) or _DEED.match(c) is not None for c in clauses]
        return len(clauses) > 1 and begun[0] and sum(begun) * 2 > len(clauses)

    def _tense(self, clause: str, state: State) -> None:
        """Whether what this clause says is still to come."""
        dated = [self._english.get(token, "") for token in re.findall(r"<d[1-9]>", clause)]
        if re.search(_future(), clause):
            state.future, state.settled = True, False
        elif _SETTLED.search(clause) or any(self._is_past(english) for english in dated):
            state.future, state.settled = False, True
        told = {self._told[token] for token in re.findall(r"<n[1-9]>", clause) if token in self._told}
        if len(told) == 1:
            state.future = told.pop()
            state.settled = not state.future

    def _is_past(self, english: str) -> bool:
        if _PAST_TIME.match(english):
            return True
        years = re.findall(r"\b(?:19|20)\d\d\b", english)
        return self._year is not None and bool(years) and all(int(year) < self._year for year in years)

    def _free(self, clause: str, state: State) -> str:
        """A clause of no known shape, from the engine, with its first verb in the form of the sentence."""
        manner = next((zh for zh in words().manner if clause.startswith(zh) and len(clause) > len(zh) + 3), "")
        english = self._shapes.plain(clause.removeprefix(manner))
        if manner:
            english = f"{english} {words().manner[manner]}"
        lead = state.take()
        if state.report and not state.form and words().starts(clause):
            state.form = "base" if state.future else "past"
        if state.form and (said := inflected(english, state.form)) is not None:
            return lead + said
        promised = re.match(r"(?:我们)?(?:将|要|计划)", clause) and re.match(r"(?:\w+ )?will ", english)
        state.form = "base" if promised else ""
        return lead + english

    def _closed(self, out: str, state: State, mark: str) -> tuple[str, State]:
        """The text so far with a run of clauses and its mark, and the state for what follows."""
        parts = zip([0, *state.breaks], [*state.breaks, len(state.items)], strict=True)
        text = "; ".join(listed(state.items[a:b], clauses=True) for a, b in parts if b > a)
        if out.endswith((" suggested that", " proposed that")):
            text = re.sub(r"\bwill (?=be\b|[a-z]+ )", "should ", text)
        if state.lead.text:
            text = f"{text} {state.lead.text.rstrip(',')}".strip()
        return (f"{out} {text}{mark}" if text else out), State(
            future=state.future, report=state.report, settled=state.settled
        )


def _unquoted(masked: str) -> tuple[str, str, str]:
    """The quotation marks around the whole of a sentence, and what stands between them."""
    opened, closed = masked[:1] == "“", masked[-1:] == "”"
    body = masked[opened : len(masked) - closed]
    depth = 0
    for c in body:
        depth += (c == "“") - (c == "”")
        if depth < 0:
            return "", "", masked
    return ("“" if opened else ""), ("”" if closed else ""), body


def _when(m: re.Match[str]) -> str:
    before, after = m["before"] or "", m["after"] or ""
    if before.endswith("到") or before == "截至":
        return f"by {m['d']}"
    if after.endswith("前"):
        return f"before {m['d']}"
    if after in ("起", "以来") or before in ("自", "从"):
        return f"since {m['d']}" if after != "起" else f"from {m['d']}"
    return f"in {m['d']}"


@cache
def speech_pattern() -> re.Pattern[str]:
    """陈海燕说, 市民政局局长陈海燕建议, 她表示: a clause that only says who speaks."""
    return re.compile(
        r"^(?:(?P<office>(?:[^<>。；：]|<[tlo][1-9]>){2,40}?)?(?P<who><p[1-9]>)"
        rf"|(?P<he>[他她])|(?P<name>(?:{either(surnames())})[一-鿿]{{1,2}}))"
        rf"(?P<said><t[1-9]>|{either(words().says)})$"
    )


@cache
def told_pattern() -> re.Pattern[str]:
    """村民王秀英高兴地说。: who said it, where no office is known."""
    return re.compile(
        rf"(?P<role>[^<>，：“”]{{2,8}}?|<t[1-9]>)(?P<name>(?:{either(surnames())})[一-鿿]{{1,2}})(?:[一-鿿]{{2,4}}地)?"
        r"(?P<said>说|表示|介绍|感慨|坦言|告诉记者)(?:道)?。$"
    )


@cache
def speaker_pattern() -> re.Pattern[str]:
    """高明：我们…: the name of who answers, in front of the answer."""
    return re.compile(rf"(?P<name>(?:{either(surnames())})[一-鿿]{{1,2}})：(?P<rest>[^“].+)$")


def _future() -> str:
    will = "将(?![军士来才])|(?<![需重主必只紧首概摘])要(?![求素点件是闻么])"
    return rf"{will}|计划|拟(?!合)|力争|争取|确保|到<d[1-9]>(?!的)"
