"""The names of public bodies in English, composed: whose it is, what field, what kind of body.

济南市统计局 is Jinan Municipal + Statistics + Bureau; 区委组织部 is the Organization Department of the District
Party Committee. The vocabulary is ``data/titles.toml``; bodies of the nation come from the glossary. What
cannot be composed wholly is None: nothing is guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from briefing.spans import Span
from briefing.translate.glossary import Glossary
from briefing.translate.places import find as find_places
from briefing.translate.places import known, place, shown

_TERM_OF_OFFICE = re.compile(r"第?[〇零一二三四五六七八九十百\d]+届")
_CLASSED = re.compile(
    r"(?<!Autonomous )(?:District|County|Banner|League|Prefecture|Town|Township|Subdistrict|Village|Community"
    r"|Zone|Area|Park|Center|Resort|Science City)$"
)
_COMMON_NOUN = re.compile(
    r"\b(?:Committee|Commission|Government|Congress|Bureau|Department|Ministry|Office|Administration|Court|Council"
    r"|Procuratorate|Association|Federation|League|Society|Party|Branch|Center|Academy|Institute|Union|Team|Board"
    r"|Detachment|Brigade|Corps|Station|Police|Sub-bureau|Command|Agency|Fund|Organi[sz]ation|Reserve|Forces"
    r"|Headquarters|Foundation|Museum|Library|People's Bank|Bank of (?!China\b))\b"
)
_LEVELS = ("Provincial ", "Municipal ", "District ", "County ", "Town ", "Township ", "Village ", "Community ")
_KEEPS_CAPITAL = re.compile(
    r"\b(?!CPPCC|CPC|Party\b|Communist|Youth League|League\b|Chinese|China|Red Cross|Taiwan|Hong Kong|Macao)[A-Z][a-z]"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose body it is: an adjective before its name or a place after it, and the place that both lie in."""

    adjective: str = ""
    """"Jinan Municipal", "District", "" …"""
    of: str = ""
    """"Inner Mongolia Autonomous Region", where no adjective serves."""
    tail: str = ""
    """", Jinan" for the Shizhong District Party Committee, Jinan."""
    name: str = ""
    """The place by itself: "Jinan", "" when the source only gives the level."""

    def fill(self, template: str) -> str:
        """The body's name: {a} and {p} of `template` filled in."""
        return template.format(a=self.adjective and self.adjective + " ", p=self.of and " of " + self.of)


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its English name, which does not contain the owner's `tail`."""

    english: str
    owner: Owner

    @property
    def full(self) -> str:
        """The name with the place that it lies in."""
        return self.english + self.owner.tail


def organisation(zh: str, *, sentence: bool = False) -> str | None:
    """The English of a public body, None when it cannot be composed.

    With `sentence`, a body that is not named after a place is in lower case, as it stands inside a sentence.

    >>> organisation("济南市统计局"), organisation("区委组织部"), organisation("省发改委", sentence=True)
    ('Jinan Municipal Bureau of Statistics', 'Organization Department of the District Party Committee', \
'provincial development and reform commission')
    >>> organisation("某某科技有限公司") is None
    True
    """
    found = body(zh)
    if found is None:
        return None
    generic = sentence and not found.owner.name
    return lower(found.full) if generic else found.full


def find(text: str) -> tuple[tuple[Span, str], ...]:
    """The bodies of divisions named in a text with their English as it stands inside a sentence.

    A body counts with its owner (市统计局, 济南市市中区委), or alone when its name is a long one (发展和改革委员会).

    >>> [(s.of("据市统计局和济阳区委组织部介绍"), e) for s, e in find("据市统计局和济阳区委组织部介绍")]
    [('市统计局', 'municipal bureau of statistics'), ('济阳区委组织部', \
'Organization Department of the Jiyang District Party Committee')]
    """
    found: list[tuple[Span, str]] = []
    names, named, at = _names(), shown(text), 0
    for i in range(len(text) - 1):
        if i < at:
            continue
        for name in names.get(text[i : i + 2], ()):
            if not text.startswith(name, i):
                continue
            stop = i + len(name)
            start = next((k for k in range(max(at, i - 18), i) if text[k:i] in named or _is_owner(text[k:i])), None)
            if start is None and (len(name) < 5 or name.startswith(("人大", "人民代表"))):
                continue
            start = i if start is None else start
            english = organisation(text[start:stop], sentence=True)
            if english and text[stop : stop + 1] not in ("长", "员", "会"):
                found.append((Span(start, stop), english))
                at = stop
            break
    return tuple(found)


def _is_owner(zh: str) -> bool:
    """Whether a string is exactly a level or a known chain of divisions, as find() takes it."""
    if zh in table("level"):
        return zh not in ("中央", "国家", "村", "社区")
    return len(zh) > 1 and is_place(zh)


@cache
def is_place(zh: str) -> bool:
    """Whether the gazetteer finds one place that is all of `zh`."""
    found = find_places(zh, unlisted=False)
    return len(found) == 1 and len(found[0][0]) == len(zh)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """The names of bodies without their owners, by their first two characters, longest first."""
    names = {name for name in table("body") if len(name) > 1}
    names |= {committee + department for department in table("party") for committee in ("委", "党委")}
    names |= {field + kind for field in table("field") for kind in ("厅", "局", "委", "委员会")}
    names -= {"党委", "党组", "工委", "党支部", "党总支", "政府", "办事处", "派出所", "法院", "团委", "军区", "银行"}
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        groups.setdefault(name[:2], []).append(name)
    return {start: tuple(group) for start, group in groups.items()}


def body(zh: str) -> Body | None:
    """The body that `zh` names with its owner, None when it cannot be composed."""
    zh = _TERM_OF_OFFICE.sub("", re.sub(r"（[^（）]*）|\([^()]*\)|\s+", "", zh))
    if len(zh) < 2:
        return None
    if special := _democratic_party(zh) or _branch(zh):
        return special
    for owner, rest in owners(zh):
        english = _kind_of_body(rest, owner) or _inner(rest, owner)
        if english:
            return Body(english, owner)
    term = Glossary.load().exact(zh)
    if term is not None and term.kind == "org" and term.en[:1].isupper():
        return Body(term.en, _NATION)
    english = _kind_of_body(zh, Owner()) or _inner(zh, Owner())
    return Body(english, Owner()) if english else None


def owners(zh: str) -> Iterator[tuple[Owner, str]]:
    """The ways to read the beginning of `zh` as the owner of a body, longest first, each with what is left.

    >>> next(owners("济南市市中区委"))
    (Owner(adjective='Shizhong District', of='', tail=', Jinan', name='Shizhong District'), '委')
    """
    for size in range(len(zh) - 1, 0, -1):
        owner = owner_of(zh[:size])
        if owner is not None:
            rest = zh[size:]
            yield owner, rest
            if len(rest) > 1 and rest[0] == zh[size - 1]:  # 市中区|区委
                yield owner, rest[1:]


@cache
def owner_of(zh: str) -> Owner | None:
    """A division or zone as the owner of bodies, None if `zh` is none."""
    levels: dict[str, str] = table("level")
    if zh == "自治区":
        return Owner(of="the Autonomous Region")
    if zh in levels:
        return Owner(levels[zh], name="China" if zh in ("国家", "中央") else "")
    if zh[0] in "全我本" and zh[1:] in levels:
        return Owner(levels[zh[1:]])
    if zh[-1] in "省市区县" and len(zh) < 3 and not known(zh):
        return None
    english = place(zh) if len(zh) > 1 else ""
    if not english or english.startswith("the "):
        return None
    first, comma, rest = english.partition(", ")
    if _CLASSED.search(first):
        return Owner(first, "", comma + rest, first)
    autonomous = re.match(r"(.*?(?:Autonomous \w+|Administrative Region))((?:, .+)?)$", english)
    if autonomous:
        return Owner(of=autonomous[1], tail=autonomous[2], name=autonomous[1])
    tail = comma + rest
    if first.endswith(" Province"):
        return Owner(first.removesuffix("ce") + "cial", "", tail, first)
    if zh.endswith("市") or known(zh + "市"):
        return Owner(first.removesuffix(" City") + " Municipal", "", tail, first)
    if known(zh + "省"):
        return Owner(first + " Provincial", "", tail, first)
    if known(zh + "区") or known(zh + "县"):
        return Owner(first, "", tail, first)
    return Owner(of=first, tail=tail, name=first) if "Start-up Area" in first else None


def table(name: str) -> dict[str, Any]:
    """One table of the vocabulary of titles and bodies."""
    found: dict[str, Any] = _vocabulary()[name]
    return found


_NATION = Owner(name="China")


def _kind_of_body(zh: str, owner: Owner) -> str:
    """The English of a body whose owner has been read, "" if the vocabulary does not give it."""
    if template := table("body").get(zh):
        return owner.fill(template)
    party = re.fullmatch(r"(?:党委|党工委|工委|委|)(.{2,})", zh)
    if party and (department := table("party").get(party[1])) and (zh[0] in "党工委" or not owner.adjective):
        committee = owner.fill("{a}Party Committee{p}")
        return f"{department} of the {committee}" if owner != Owner() else department
    panel = re.fullmatch(r"人大(?:常委会)?(.+?)(?:工作委员会|专门委员会|委员会|工委|专委|委)", zh)
    if panel and (field := table("field").get(panel[1])):
        return f"{field} Committee of the " + owner.fill("{a}People's Congress{p}")
    for name, template in table("class").items():
        field = table("field").get(zh.removesuffix(name)) if zh.endswith(name) else None
        if field:
            return owner.fill(template.replace("{f}", field))
    if (template := table("institution").get(zh)) and (owner.name or owner.adjective):
        return str(template.format(n=re.sub(r" (?:Province|City)$", "", owner.name or owner.adjective)))
    return ""


def with_article(name: str) -> str:
    """A body's name with its article, which names of companies, schools and papers do without.

    >>> with_article("Jinan Municipal Party Committee"), with_article("Shandong University"), with_article("BYD")
    ('the Jinan Municipal Party Committee', 'Shandong University', 'BYD')
    """
    return "the " + name if _COMMON_NOUN.search(name) or name.startswith(_LEVELS) else name


def _inner(zh: str, owner: Owner) -> str:
    """A body inside a body: the Party committee, trade union or office of a bureau."""
    for suffix, english in table("inner").items():
        outer = _kind_of_body(zh.removesuffix(suffix), owner) if zh.endswith(suffix) and zh != suffix else ""
        if outer:
            return f"{english} of {with_article(outer)}"
    return ""


def _democratic_party(zh: str) -> Body | None:
    """The local committee of another party or of the Youth League: 民盟济南市委, 团市委."""
    party = re.fullmatch(rf"({'|'.join(table('democratic'))})(.+?)(?:委员会|工委|委)", zh)
    owner = owner_of(party[2]) if party else None
    if party is None or owner is None:
        return None
    return Body(owner.fill("{a}Committee{p} of the " + table("democratic")[party[1]]), owner)


def _branch(zh: str) -> Body | None:
    """A branch of a bank or company: 中国农业银行济南分行, 国网济南供电公司."""
    power = re.fullmatch(r"国网(.+?市?)(供电公司)", zh)
    if power and (owner := owner_of(power[1])) and owner.name:
        return Body(table("institution")["供电公司"].format(n=owner.name), owner)
    branch = re.fullmatch(r"(.+?)(分行|支行|分公司)", zh)
    for cut in range(2, len(branch[1]) - 1) if branch else ():
        bank, owner = Glossary.load().exact(zh[:cut]), owner_of(zh[cut : branch.end(1)]) if branch else None
        if bank is not None and bank.kind == "org" and owner and owner.name and branch:
            kind = {"分行": "Branch", "支行": "Sub-branch", "分公司": "Branch"}[branch[2]]
            return Body(f"{bank.en} {owner.name.removesuffix(' Province')} {kind}", owner)
    return None


def lower(english: str) -> str:
    """A generic name in lower case, but for words that keep their capital."""
    return _KEEPS_CAPITAL.sub(lambda m: m[0].lower(), english)


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads((resources.files("briefing") / "data" / "titles.toml").read_text(encoding="utf-8"))
