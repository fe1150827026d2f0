"""The names of public bodies in English, composed: whose it is, what field, what kind of body.

济南市统计局 is Jinan Municipal + Statistics + Bureau; 区委组织部 is the Organization Department of the District
Party Committee. The vocabulary is ``data/titles.toml``; bodies of the nation come from the glossary. What
cannot be composed wholly is None: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from briefing.spans import Span
from briefing.translate.coined import coined
from briefing.translate.companies import company
from briefing.translate.glossary import Glossary
from briefing.translate.names import word
from briefing.translate.office_words import capitals, lower, nameless, table, with_article
from briefing.translate.places import find as find_places
from briefing.translate.places import known, place, shown

_TERM_OF_OFFICE = re.compile(r"第?[〇零一二三四五六七八九十百\d]+届")
_CLASSED = re.compile(
    r"(?<!Autonomous )(?:District|County|Banner|League|Prefecture|Town|Township|Subdistrict|Village|Community"
    r"|Zone|Area|Park|Center|Resort|Science City)$"
)
_COOPERATIVE = re.compile("(.{0,4}?)(?:专业)?(合作社|家庭农场)")
_TRADES = {"种植": "Planting", "养殖": "Breeding", "种养": "Planting and Breeding", "农机": "Agricultural Machinery"}
_SOCIETIES = {
    "行业协会": "Industry Association",
    "协会": "Association",
    "商会": "Chamber of Commerce",
    "学会": "Society",
    "研究会": "Research Association",
    "促进会": "Promotion Association",
    "联合会": "Federation",
}
_SOCIETY = re.compile(f"(.{{2,6}}?)({'|'.join(_SOCIETIES)})")
_PARTY_ALONE = frozenset(("统战部", "政法委", "网信办", "编办", "老干部局", "党校", "台办"))
"""Departments of the Party that titles name without its committee: 市编办."""
_OFFICES_OF_THE_NATION = (
    ("国家税务总局", "税务局", "Tax Bureau of the State Taxation Administration"),
    ("国家统计局", "调查队", "Survey Office of the National Bureau of Statistics"),
    ("国家统计局", "调查总队", "Survey Office of the National Bureau of Statistics"),
    ("国家金融监督管理总局", "监管分局", "Office of the National Financial Regulatory Administration"),
    ("金融监管总局", "监管分局", "Office of the National Financial Regulatory Administration"),
    ("国家金融监督管理总局", "监管局", "Office of the National Financial Regulatory Administration"),
    ("金融监管总局", "监管局", "Office of the National Financial Regulatory Administration"),
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
    if special := _of_the_party(zh) or _democratic_party(zh) or _branch(zh) or _of_the_nation(zh):
        return special
    if zh in table("plain"):
        return Body(table("plain")[zh], Owner())
    if zh in table("institution"):
        return Body(nameless(zh), Owner())
    term = Glossary.load().exact(zh)
    if term is not None and term.kind == "org" and zh.endswith("大学"):
        return Body(term.en, Owner(name=term.en))  # 北京大学 is no Beijing University
    for owner, rest in owners(zh):
        english = _kind_of_body(rest, owner) or _inner(rest, owner)
        if english:
            return Body(english, owner)
        farm = _named(rest) if owner.name and _COOPERATIVE.search(rest) else None
        if farm:
            return Body(farm.english, Owner(tail=f", {owner.name}{owner.tail}", name=farm.english))
    if term is not None and term.kind == "org" and term.en[:1].isupper():
        return Body(term.en, _NATION)
    english = _kind_of_body(zh, Owner()) or _inner(zh, Owner())
    return Body(english, Owner()) if english else _named(zh) or _inside(zh)


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
    if re.match("[省市州区县旗镇乡][委政人市区县]", zh) and not known(zh):
        return None
    if zh.endswith("农村") or (zh[-1] in "省市区县" and len(zh) < 3 and not known(zh)):
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


_NATION = Owner(name="China")


def _kind_of_body(zh: str, owner: Owner) -> str:
    """The English of a body whose owner has been read, "" if the vocabulary does not give it."""
    if template := table("body").get(zh):
        return owner.fill(template)
    party = re.fullmatch(r"(?:党委|党工委|工委|委|)(.{2,})", zh)
    alone = not owner.adjective or zh in _PARTY_ALONE
    if party and (department := table("party").get(party[1])) and (zh[0] in "党工委" or alone):
        committee = owner.fill("{a}Party Committee{p}")
        return f"{department} of the {committee}" if owner != Owner() else department
    panel = re.fullmatch(r"人大(?:常委会)?(.+?)(?:工作委员会|专门委员会|委员会|工委|专委|委)", zh)
    if panel and (field := table("field").get(panel[1])):
        return f"{field} Committee of the " + owner.fill("{a}People's Congress{p}")
    panel = re.fullmatch(r"政协(.+?)(?:专门委员会|委员会|专委|委)", zh)
    if panel and (field := table("panel").get(panel[1])):
        return f"{field} Committee of the " + owner.fill("{a}CPPCC Committee{p}")
    for name, template in table("class").items():
        field = table("field").get(zh.removesuffix(name)) if zh.endswith(name) else None
        if field:
            return owner.fill(template.replace("{f}", field))
    if (template := table("institution").get(zh)) and (owner.name or owner.adjective):
        return str(template.format(n=re.sub(r" (?:Province|City)$", "", owner.name or owner.adjective)))
    society = _SOCIETY.fullmatch(zh) if owner.name or owner.adjective else None
    if society and (field := capitals(Glossary.load().phrase(society[1]))):
        return owner.fill(f"{{a}}{field} {_SOCIETIES[society[2]]}{{p}}")
    return ""


def _inner(zh: str, owner: Owner) -> str:
    """A body inside a body: the Party committee, trade union or office of a bureau."""
    for suffix, english in table("inner").items():
        outer = _kind_of_body(zh.removesuffix(suffix), owner) if zh.endswith(suffix) and zh != suffix else ""
        if outer:
            return f"{english} of {with_article(outer)}"
    return ""


def _named(zh: str) -> Body | None:
    """A company, or an institution named after a place or by a name that no list knows: 恒瑞达集团, 东江大学."""
    for size in (2, 3):
        kind, stem = zh[size:], zh[:size]
        if not (coined(stem) or known(stem)) or (len(stem) > 2 and place(stem[:2])):
            continue
        if (template := table("institution").get(kind)) and not owner_of(stem):
            return Body(template.format(n=word(stem)), Owner(name=word(stem)))
        made = _COOPERATIVE.fullmatch(kind)
        trade = made and (_TRADES.get(made[1]) or (capitals(Glossary.load().phrase(made[1])) if made[1] else " "))
        if made and trade:
            name = f"{word(stem)} {trade} {'Family Farm' if made[2] == '家庭农场' else 'Cooperative'}"
            return Body(re.sub(" +", " ", name), Owner(name=word(stem)))
    if zh.endswith(("集团", "公司", "股份")) and (english := company(zh)):
        return Body(english, Owner(name=english))
    return None


def _inside(zh: str) -> Body | None:
    """A part of a body that is named with it: 东江大学|经济学院, 市生态环境局|丰和分局."""
    for inner, english in table("inner").items():
        outer = body(zh.removesuffix(inner)) if zh.endswith(inner) and zh != inner else None
        if outer:
            return Body(f"{english} of {with_article(outer.english)}", outer.owner)
    section = re.fullmatch(r"(.+?[局委办厅院会])(.{2,8})(科|处|股)", zh)
    outer = body(section[1]) if section else None
    if section and outer and (field := table("field").get(section[2]) or capitals(Glossary.load().phrase(section[2]))):
        kind = "Division" if section[3] == "处" else "Section"
        return Body(f"{field} {kind} of {with_article(outer.english)}", outer.owner)
    branch = re.fullmatch(r"(.+局)([㐀-鿿]{2,3})分局", zh)
    outer = body(branch[1]) if branch else None
    if branch and outer and (known(branch[2]) or coined(branch[2]) or place(branch[2] + "县")):
        name = place(branch[2]) or place(branch[2] + "县").removesuffix(" County") or word(branch[2])
        return Body(f"{name} Sub-bureau of {with_article(outer.english)}", outer.owner)
    return None


def _of_the_nation(zh: str) -> Body | None:
    """A local office of a body of the nation: 国家税务总局东江市税务局."""
    for prefix, suffix, english in _OFFICES_OF_THE_NATION:
        if zh.startswith(prefix) and zh.endswith(suffix):
            where = zh[len(prefix) : len(zh) - len(suffix)]
            owner = owner_of(where) if where else None
            name = owner.adjective or owner.name if owner else word(where) if coined(where) else ""
            if name:
                return Body(f"{name} {english}", owner or Owner(name=name))
    return None


def _of_the_party(zh: str) -> Body | None:
    """A local committee that is named with its party in front: 中共临湖县委."""
    named = body(zh[2:]) if zh.startswith("中共") and not zh.startswith("中共中央") else None
    if named is None or "Party Committee" not in named.english:
        return None
    return replace(named, english=re.sub(r"((?:[A-Z][\w'-]* )*)Party Committee", r"CPC \1Committee", named.english))


def _democratic_party(zh: str) -> Body | None:
    """The local committee of another party or of the Youth League: 民盟济南市委, 团市委."""
    names = "|".join(table("democratic"))
    party = re.fullmatch(rf"(?P<party>{names})(?P<owner>.+?)(?:委员会|委会|工委|委|(?<=中央))", zh)
    party = party or re.fullmatch(rf"(?P<owner>.+?)(?P<party>(?!团|共青团){names})(?:委员会|委)?", zh)
    owner = owner_of(party["owner"]) if party else None
    if party is None or owner is None or party["party"] == "团" == zh[-1]:
        return None
    return Body(owner.fill("{a}Committee{p} of the " + table("democratic")[party["party"]]), owner)


def _branch(zh: str) -> Body | None:
    """A branch of a bank or company: 中国农业银行济南分行, 国网济南供电公司."""
    power = re.fullmatch(r"国网(.+?市?)(供电公司)", zh)
    owner = owner_of(power[1]) if power else None
    if power and (owner or coined(power[1])):
        name = owner.name if owner else word(power[1])
        return Body(table("institution")["供电公司"].format(n=name), owner or Owner(name=name)) if name else None
    branch = re.fullmatch(r"(.+?)(分行|支行|分公司)", zh)
    for cut in range(2, len(branch[1])) if branch else ():
        bank = Glossary.load().exact(zh[:cut]) or Glossary.load().exact("中国" + zh[:cut])
        owner = owner_of(zh[cut : branch.end(1)]) if branch else None
        if bank is None or bank.kind != "org" or branch is None:
            continue
        name = (owner.name or owner.adjective).removesuffix(" Province") if owner else ""
        if not owner and branch.end(1) - cut == 2:
            name = word(zh[cut : branch.end(1)])
        if name:
            kind = {"分行": "Branch", "支行": "Sub-branch", "分公司": "Branch"}[branch[2]]
            return Body(f"{bank.en} {name} {kind}", owner or Owner(name=name))
    return None
