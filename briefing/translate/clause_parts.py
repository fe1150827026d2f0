"""Noun phrases, and numbers with what they count: the parts that `briefing.translate.shapes` puts together."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from briefing.translate.clause_words import gerund, words
from briefing.translate.glossary import modifier
from briefing.translate.noun_chains import INSTITUTION, LEVELS, Chains
from briefing.translate.noun_heads import definite, headed, listed, the
from briefing.translate.nouns import common
from briefing.translate.plurals import MEASURED, UNIQUE, several, singular

Phrase = Callable[[str, bool], str]
"""(Chinese phrase or clause, whether it is counted) → its English."""
Known = Callable[[str, bool], str | None]
"""(Chinese phrase, whether it is counted) → its English where the glossary has it, which no engine is asked for."""
N = r"<n[1-9]>"
WORD = r"(?:[^<>]|<[tlo][1-9]>)"
NO_NOUN = re.compile(
    r"达|增长|提高|占|是|由|将|把|使|让|以(?![上下])|向|从|对|在|为|并|被|其中|不|超|每|各|至|到|于|等|后|前|已"
)
_BOUND = r"(?:about|nearly|more than|over|at least|at most|up to|less than|fewer than|within)"
BARE = re.compile(rf"(?:{_BOUND} )?[\d,.]+(?: (?:to|or) [\d,.]+)?(?: (?:million|billion|thousand))?$")
MONEY = re.compile(r"\b(?:yuan|dollars|euros|pounds|yen)\b")
SHARE = re.compile(r"%|percent|\bone-|\btwo-|\bthree-|\bhalf\b|\bthird\b")


_NAMED = re.compile(rf"(?P<l>(?:{WORD})+?、(?:{WORD})+?)(?:(?P<etc>等)|这)?(?P<n>{N})(?P<h>(?:{WORD}){{1,12}})$")
_SOME_NAMED = re.compile(rf"(?P<l>(?:{WORD})+?、(?:{WORD})+?)(?P<etc>等)(?P<h>(?:{WORD}){{1,12}}?)(?P<n>{N})$")
_SUMMED = re.compile(rf"(?P<l>(?:{WORD})+?、(?:{WORD})+?)(?P<h><t[1-9]>)$")
_NUMBER_WORD = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+) ")
_REPORT = re.compile(
    rf"(?P<x>(?:{WORD}|<[dn][1-9]>){{2,20}}?)(?:特别报道|专题报道|系列报道|特别策划|特别专题|专刊|特刊|专版)$"
)
_SHARE_OF = re.compile(rf"(?P<a>{WORD}{{1,20}})占(?P<b>{WORD}{{1,20}}?)的?(?:比重|比例|份额)$")
_FROM_TO = re.compile(rf"(?P<o>{WORD}{{1,14}})从(?P<a>[^<>到]{{2,6}})到(?P<b>[^<>]{{2,6}})的时间$")
_TRADE = re.compile(rf"[对与同和]?(?P<with>{WORD}{{1,14}}?)(?P<t>进出口|出口|进口|<t[1-9]>)$")
_ROUTE = re.compile(
    rf"(?:至|到|通往|直达)(?P<to>{WORD}{{1,8}}?)的(?P<o>{WORD}{{0,12}}(?:航线|线路|班列|航班|铁路|公路|高速|专线|<t[1-9]>))$"
)
_HAVING = re.compile(rf"有(?P<x>{WORD}{{1,10}})的(?P<o>企业|单位|村|家庭|学校|医院|项目)$")
_DONE_BY = re.compile(r"(?P<by><[lo][1-9]>[^<>]{0,3})完成(?P<o><t[1-9]>)$")
WORTH = re.compile(rf"(?P<x>总?投资额?|总?规模|总?金额|总额|年产值|<t[1-9]>)(?P<v>{N})的?(?P<o>(?:{WORD}){{1,12}})$")
_VALUED = re.compile(rf"(?P<v>{N})的?(?P<o>(?:[^<>]|<t[1-9]>){{0,6}}(?:项目|企业|工程|合同|订单|产业|<t[1-9]>))$")
_ATTRIBUTE = re.compile(r"(?P<a>[^<>的、和及与]{2,4})(?P<t><t[1-9]>)$")
_DEED = re.compile(rf"(?P<o>(?:{WORD}){{3,20}})$")
_MAXIMUM = re.compile(rf"(?P<x>(?:{WORD}){{1,12}}?)每.最高(?P<v>补贴|补助|奖励|奖补|资助)$")
_TOTAL = re.compile(rf"(?P<x>(?:{WORD}){{1,12}}?(?:工程|项目|<t[1-9]>))(?P<t>总投资|计划总投资)$")
_PER = re.compile(rf"(?P<p>每[千万]人口?|<t[1-9]>)拥有(?P<o>{WORD}{{1,16}})$")


_LOCAL = re.compile("(?P<own>[市省区县])(?P<t><t[1-9]>)$")
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SIDE = re.compile(
    rf"(?P<l><l[1-9]>)(?P<d>以?[东南西北](?:部|岸)?)(?P<o>(?![路街站门镇村区市县京山湖江河海大新城])(?:{WORD}){{1,16}})$"
)
_MODIFIED = re.compile(
    r"(?P<a>[^<>、和及]{2,6}(?:[、和及][^<>、和及]{2,6})*)[、和及](?P<o>(?:[^<>、]|<[tlo][1-9]>){1,18})$"
)
_QUOTE = re.compile(rf"(?P<a>[“‘])(?P<x>(?:{WORD})+)(?P<z>[”’])$")
_NUMBERED_THINGS = re.compile("(?P<k>[两二三四五六七八九十])(?:[张个大条项座种]|大)(?P<o>[^<>]{1,4})$")
_DIGITS = dict(zip("两二三四五六七八九十", ("two", *_SMALL), strict=True))
_STORE = re.compile(rf"(?P<x>(?:{WORD}){{0,12}}(?:库|<t[1-9]>))(?:总量|总数)$")


@dataclass(frozen=True, slots=True)
class Hung:
    """A participle that is hung on the clause before it with a comma."""

    text: str


@dataclass(slots=True)
class Lead:
    """What stands in front of the next clause: adverbials, then a subject that waits for its verb."""

    text: str = ""
    subject: str = ""

    def front(self, adverbial: str, *, first: bool = False) -> None:
        """Add an adverbial, in front of the others with `first`."""
        self.text = (f"{adverbial} {self.text}" if first else f"{self.text} {adverbial}").strip()


@dataclass(slots=True)
class State:
    """What the clauses so far have set up for the next one."""

    future: bool
    breaks: list[int] = field(default_factory=list)
    """The clauses that a semicolon stands before: they have a time and a subject of their own."""
    form: str = ""
    """Of the verbs that go on from the clause before, "base" or "past"; "" where no subject goes on."""
    paired: bool = False
    """The clause before said not only; this one may say but also."""
    spoken: bool = False
    """Somebody is said to say this: whose efforts are meant is known."""
    report: bool = False
    """A list of deeds that names nobody: its verbs stand in front, without a subject."""
    settled: bool = False
    """What is said is over: a date in the past, or 已."""
    lead: Lead = field(default_factory=Lead)
    items: list[str] = field(default_factory=list)

    def take(self) -> str:
        """The lead, which is used up by this, with a blank behind it."""
        text = f"{self.lead.text} {self.lead.subject}".strip()
        self.lead = Lead()
        return f"{text} " if text else ""


def unknown(zh: str, counted: bool) -> str | None:
    """No glossary."""
    return None


class Parts:
    """Says the parts of one sentence, from its slots and an engine for phrases.

    `forms` are the slots that the sentence says in another form: singular in front of a noun.
    """

    def __init__(self, slots: Mapping[str, str], phrase: Phrase, known: Known = unknown) -> None:
        self.forms: dict[str, str] = {}
        self._slots: Mapping[str, str] = ChainMap(self.forms, dict(slots))
        self._phrase, self._known = phrase, known
        self._dry = False
        self._chains = Chains(self.noun, known, self._slots, self.forms)

    def plain(self, zh: str) -> str:
        """A clause or phrase as the engine has it, without a capital letter or a full stop."""
        english = re.sub(r"^(?:[Aa]nd|[Bb]ut) ", "", self._phrase(zh, False).strip().rstrip(".,;:"))
        return _inside(english if _LOCALITY.match(zh) else lowered(english))

    def named(self, zh: str) -> str | None:
        """What is counted behind the list that names it: 甲、乙两大战略, the two strategies of A and B.

        With 等 the list names only some of them: 甲、乙等50个项目, 50 projects (including A and B).
        """
        m = _NAMED.match(zh) or _SOME_NAMED.match(zh)
        told = _SUMMED.match(zh)
        if told and _NUMBER_WORD.match(self._of(told["h"])):
            return f"the {told['h']} of {listed([self._deed(item) for item in re.split('[、和]', told['l']) if item])}"
        if m is None or "、" in m["h"] or not re.fullmatch(rf"{BARE.pattern[:-1]}|\w+ major", self._of(m["n"])):
            return None
        items = [item for item in re.split("、|以及|和", m["l"]) if item]
        head = words().counted.get(m["h"]) or self.noun(m["h"], True)
        names = listed([self._deed(item) for item in items])
        if m["etc"]:
            return f"{m['n']} {head} (including {names})"
        return f"the {m['n']} {head} of {names}" if len(items) > 1 else None

    def deed(self, zh: str) -> str | None:
        """A verb of the table with its object, as headlines have it: 打造开放高地."""
        m = _DEED.match(zh)
        if m is None or not words().starts(zh) or NO_NOUN.search(m["o"]):
            return None
        return f"{words().verb(words().leading(zh)).base} {self.noun(zh[len(words().leading(zh)) :])}"

    def _event(self, zh: str) -> str:
        """签约 as something that happens: signing."""
        return words().event.get(zh) or self.noun(zh)

    def _deed(self, zh: str) -> str:
        """A noun phrase, or a verb with its object as one: 稳外贸, stabilizing foreign trade."""
        short = words().short.get(zh[0]) if len(zh) == 3 or zh[1:2] == "<" else None
        return f"{gerund(short)} {self.noun(zh[1:])}" if short else self.noun(zh)

    def composed(self, zh: str, counted: bool = False, *, phrase: bool = True) -> str | None:
        """A noun phrase whose parts are in another order in English; None where it has no such shape.

        全市…: whose it is; A占B的比重: the share of A in B; 从…到…的时间; 对…出口; 至…的航线; 每千人口拥有….
        """
        if (named := self.named(zh)) is not None:
            return named
        if (m := _REPORT.match(zh)) is not None:
            return f"{self.noun(m['x'])}: special report"
        if zh.endswith("财政") and zh in words().subject:
            return words().subject[zh]
        for own, owner in words().owner.items():
            if zh.startswith(own) and len(zh) > len(own) + 1:
                if zh.startswith(("有", "共有", "拥有"), len(own)):
                    return self.noun(re.sub("^(?:共有|拥有|有(?!.*的))", "", zh[len(own) :]), counted)
                return f"{owner} {self.noun(zh[len(own) :], counted)}"
        for some, of in (("一批", "a number of"), ("一系列", "a series of")):
            if zh.startswith(some) and len(zh) > len(some) + 1:
                return f"{of} {self.noun(zh[len(some) :], True)}"
        if m := _SHARE_OF.match(zh):
            return f"the share of {self.noun(m['a'])} in {self.noun(m['b'])}"
        if m := _FROM_TO.match(zh):
            return f"time from {self._event(m['a'])} to {self._event(m['b'])} for {self.noun(m['o'], True)}"
        m = _TRADE.match(zh)
        partner = (self._of(m["with"][-4:]) or m["with"]) if m else ""
        abroad = zh[0] in "对与同和" or partner.endswith(("国家", "地区", "countries", "region", "regions"))
        if m and abroad and re.search("import|export|trade", self._of(m["t"]) or "trade"):
            return f"{self.noun(m['t'])} with {self.noun(m['with'], True)}"
        if (m := _SIDE.match(zh)) is not None:
            river = "the " if re.search("(?:River|Lake|Sea|Mountains?)$", self._of(m["l"])) else ""
            return f"{self.noun(m['o'], counted)} {words().side[m['d']]} {river}{m['l']}"
        if (modified := self._modified(zh, counted)) is not None:
            return modified
        if (m := _QUOTE.match(zh)) is not None:
            said = [self._placed(item) for item in m["x"].split("、")]
            if len(said) > 1:
                return f"{m['a']}{listed(said)}{m['z']}"
            if soft := _NUMBERED_THINGS.match(m["x"]):
                things = words().counted.get(soft["o"]) or self.noun(soft["o"], True)
                return f"{m['a']}{_DIGITS[soft['k']]} {things}{m['z']}"
        if (m := _LOCAL.match(zh)) and INSTITUTION.search(local := singular(self._of(m["t"]))):
            self.forms[m["t"]] = local
            return f"{LEVELS[m['own']]} {m['t']}"
        if (m := _STORE.match(zh)) and re.search("库$|pipeline|pool", self._of(m["x"][-4:]) or m["x"]):
            return self.noun(m["x"])
        if (m := _ROUTE.match(zh)) is not None:
            return f"{self.noun(m['o'], counted)} to {self.noun(m['to'])}"
        if (m := _HAVING.match(zh)) is not None:
            return f"{self.noun(m['o'], True)} with {self.noun(m['x'])}"
        if (m := WORTH.match(zh)) and MONEY.search(self._of(m["v"])):
            return f"{self.noun(m['o'], True)} with {self._sum(m['x'])} of {m['v']}"
        if (m := _ATTRIBUTE.match(zh)) and m["a"] in words().lie:
            return f"{m['t']} {words().lie[m['a']]}"
        if (m := _ATTRIBUTE.match(zh)) and not words().starts(m["a"]) and not NO_NOUN.search(m["a"]):
            return f"{modifier(m['a']) or singular(self.noun(m['a']))} {m['t']}"
        if (m := _VALUED.match(zh)) and MONEY.search(self._of(m["v"])):
            return f"{self.noun(m['o'], True)} worth {m['v']}"
        if (m := _MAXIMUM.match(zh)) is not None:
            return f"maximum {words().grant[m['v']]} for each of the {self.noun(m['x'], True)}"
        if (m := _TOTAL.match(zh)) is not None:
            return f"{self.noun(m['t'])} in the {self.noun(m['x'])}"
        if (m := _DONE_BY.match(zh)) is not None:
            return f"{self.noun(m['o'])} of {self.noun(m['by'])}"
        if (m := _PER.match(zh)) and (m["p"][0] == "每" or self._of(m["p"]).startswith("per ")):
            return f"{self.noun(m['o'], True)} {self.plain(m['p'])}"
        return headed(zh, self.noun, self._slots, counted) if phrase else None

    def _modified(self, zh: str, counted: bool) -> str | None:
        """战略性、基础性项目: strategic and basic projects."""
        m = _MODIFIED.match(zh)
        front = [modifier(x) for x in re.split("[、和及]", m["a"])] if m else []
        if m is None or "等" in m["o"] or not all(front):
            return None
        if re.fullmatch("<t[1-9]>", m["o"]) and self._of(m["o"]).count(" "):
            return listed([*filter(None, front), self.noun(m["o"], counted)])
        for size in range(min(6, len(m["o"]) - 1), 1, -1):
            if last := modifier(m["o"][:size]):
                names = listed([*filter(None, front), last])
                return f"{names} {self.noun(m['o'][size:].removeprefix('的'), counted)}"
        return None

    def _placed(self, zh: str) -> str:
        """起步区建链, in a list: building industrial chains in the start-up area."""
        m = re.match(rf"(?P<at><[tl][1-9]>|[^<>]{{2,6}}[区县市镇])(?P<do><t[1-9]>|(?:{WORD}){{2,}})$", zh)
        if m is None:
            return self.noun(zh)
        where, what, whole = self.noun(m["at"]), self.noun(m["do"]), self.noun(zh)
        if not re.match(r"[a-z]+ing\b", self._shown(self._known(m["do"], False) or m["do"])):
            return whole
        return f"{what} in {definite(where, slots=self._slots)}"

    def noun(self, zh: str, counted: bool = False) -> str:
        """A noun phrase without an article."""
        for token in re.findall(r"<t[1-9]>", zh):
            self.forms.pop(token, None)
        if re.fullmatch("<[tlo][1-9]>", zh):
            return zh
        if (composed := self.composed(zh, counted)) is not None:
            return composed
        if (said := common(zh, counted)) is not None:
            return said
        known = self._known(zh, counted)
        if known is not None and not counted and not UNIQUE.search(known) and not MEASURED.search(known):
            return self._known(zh, True) or known
        if known is None:
            if (said := self._chains.said(zh, counted)) is not None:
                return said
            if self._dry:
                raise LookupError(zh)
        english = self._phrase(zh, counted).strip().rstrip(".,;:")
        english = _inside(english if _LOCALITY.match(zh) else lowered(english))
        return re.sub(r"^([“‘])(?:the|an?) ", r"\1", _EDGES.sub("", english))

    def _sure(self, zh: str) -> str | None:
        """A noun phrase without an article, None where only the engine would know it."""
        self._dry = True
        try:
            if zh.startswith("<n"):
                return self._item(zh, False)
            if zh[0] == "这" and (these := re.match("这[项个种条次片座]?|这些", zh)) and len(zh) > these.end() + 1:
                return f"this {self.noun(zh[these.end() :])}" if these.group() != "这些" else None
            parts = [self._subject(part) for part in re.split("[、和与及]", zh) if part]
            return listed(parts)
        except LookupError:
            return None
        finally:
            self._dry = False

    def _sole(self, zh: str) -> str:
        """A noun phrase that names one thing: its head is singular, also in a slot."""
        english = self.noun(zh)
        token = re.search(r"<t[1-9]>(?=$| (?:of|for|in) )", english)
        if token is None or " of " in english[: token.start()]:
            return english if token else singular(english)
        if (single := singular(self._of(token.group()))) != self._of(token.group()):
            self.forms[token.group()] = single
        return english

    def _a(self, zh: str) -> str:
        """A noun phrase that names one thing, with its article."""
        if re.search(_SOLE, self._shown(self.noun(zh))):
            english = self._sole(zh)
            return english if re.match("our |the ", english) else f"the {english}"
        many = several(self._shown(self.noun(zh)))
        english = self._sole(zh)
        if many and not several(self._shown(english)) and re.match("[a-z<]", english):
            return f"{'an' if self._shown(english)[:1] in 'aeio' else 'a'} {english}"
        return definite(english, "a", self._slots)

    def _the(self, zh: str) -> str:
        """A noun phrase as a subject, with the article where it is one that needs it."""
        english = self.noun(zh)
        shown = self._shown(english)
        return f"the {english}" if the(shown) != shown else english

    def _subject(self, zh: str) -> str:
        if zh in words().subject:
            return words().subject[zh]
        noun = self.noun(zh)
        return definite(noun, slots=self._slots) if re.fullmatch("<[to][1-9]>", zh) else noun

    def _sum(self, zh: str) -> str:
        """总投资, with its article, before how much it is."""
        english = self.noun(zh)
        return f"a {english}" if self._shown(english) in ("total investment", "planned total investment") else english

    def _item(self, part: str, new: bool) -> str | None:
        """A number and what it counts; `briefing.translate.counted_items` knows how."""
        return None

    def _of(self, token: str) -> str:
        return self._slots.get(token, "")

    def _shown(self, english: str) -> str:
        return re.sub(r"<[a-z][1-9]>", lambda t: self._of(t.group()), english)


_PROPER = re.compile(
    r"[A-Z]\S* (?:& )?[A-Z]|(?:Chin|Asia|Europ|Americ|Russi|Japan|Brit|German|French|African|Arab|Korea|Vietnam|Mongol)"
    r"|(?:Party|Communist|Marxis|Beijing|Shanghai|Hong|Macao|Yangtze|Internet|GDP|January|February|March|April|May\b"
    r"|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)"
)


_SOLE = re.compile(
    r"^(?:our |the )|\b(?:largest|greatest|biggest|best|most|highest|strongest|only|first|No\. \d)\b"
    r"|\b(?:lever|foundation|core|basis|driving force|cornerstone|point)$"
)
"""What there is one of, or what is said to be somebody's."""
_LOCALITY = re.compile("(?![全我本各该这新老园社地小校灾湾景片市城开高])[\u4e00-\u9fff]{2}[区县市镇乡]")
"""A name that no table knows, which keeps its capital."""
_EDGES = re.compile(r"^(?:(?:the|a|an|for|of|to|in|by) )+(?=\S)|(?: (?:of|for|to|in|and|the|a|with|on|by))+$")


def _inside(english: str) -> str:
    """`english` without a sentence's capital behind a slot or "and", where a draft has put one."""
    behind = re.compile(r"(?<=> |d )[A-Z](?=[a-z]+ [a-z])")
    return behind.sub(lambda m: m.group().lower(), english) if "<" in english else english


def lowered(english: str) -> str:
    """`english` without the capital of a sentence's beginning; names keep theirs.

    >>> lowered("New schools"), lowered("China's exports"), lowered("Snow Breweries project")
    ('new schools', "China's exports", 'Snow Breweries project')
    """
    plain = re.match(r"[A-Z](?:[a-z]|\s)", english) and not _PROPER.match(english)
    return english[0].lower() + english[1:] if plain else english
