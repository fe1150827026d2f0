"""The titles of officials in English, composed from offices, ranks and bodies.

Offices joined by 、 share what was said before them: in 济南市市中区委副书记、代区长 the second office is one of
the same district. A comma begins a new office of its own. The vocabulary is ``data/titles.toml``. A title of
which any part is unknown is "": the caller translates it otherwise, and nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from briefing.spans import Span
from briefing.translate.office_words import lower, table, with_article
from briefing.translate.organisations import (
    Body,
    Owner,
    body,
    is_place,
    organisation,
    owner_of,
)
from briefing.translate.places import abroad, begins, known, place, shown

__all__ = ["Office", "find", "offices", "organisation", "title"]

_CLAUSE = re.compile(r"[，,；;]")
_OFFICE = re.compile(r"[、/]|(?<![（(])(?=兼(?!职))")
_BRACKETS = re.compile(r"（([^（）]*)）|\(([^()]*)\)")
_NOTES = {
    "兼": "Concurrently",
    "兼任": "Concurrently",
    "兼职": "Part-time",
    "代": "Acting",
    "代理": "Acting",
    "原": "Former",
}
_COMMITTEE = re.compile(r"Party (?:Working )?(?:Committee|Branch)$|Discipline Inspection(?: and Supervision)?$")
_OF_A_COMMITTEE = re.compile("书记|委员|常委|秘书长|成员|组长|局长|主任|调研员|巡视员|科员|员$")
_CHANGES_THE_RANK = re.compile("[副代候]|人选|拟任|提名|试用|[辞免]|离任|退休|前任|兼|^原")
_OF_A_GOVERNMENT = re.compile(
    "^(?:中国)?(?:香港)?(?:特别行政区|特区)政府(?=.{2,10}[局司]副?[局司]长$)|(?<=[省市县区州])(?:人民)?政府(?=国资委|国有资产)"
)
"""A government that goes without saying before its office: 香港特区政府发展局局长, 省政府国资委主任."""
_FORMER = re.compile(r"(.*?([省市州盟区县旗镇乡村]))原(?!名|县委?办|州区)(.+)")
_TERM_OF_OFFICE = re.compile(r"第?[〇零一二三四五六七八九十百\d]+届")
_PERSONAL = re.compile(
    r"[织传战法]委员|巡视员|调研员|教授|研究员|工程师|医师|导师|院士|督学"
    "|村主任|支书|村书记|社区书记|合作社|村医|农技员"
)
_LONGEST_OFFICE = 28
_OWNER_BEGINS = re.compile(r" of (?:the )?(?=(?!Party|Standing|Leading)[A-Z])| to the ")
_LEVEL_STARTS = frozenset(
    "省市区县州旗盟镇乡村街社自高经开新国中全我办组宣统政团外最教商财公民司人水农文退应审时原前党"
)
_STARTS_AFTER = frozenset("、，的由和与及为任是了向对请让经据")
_SEATS = {
    "人大代表": "Deputy to the {a}People's Congress{p}",
    "人民代表大会代表": "Deputy to the {a}People's Congress{p}",
    "政协委员": "Member of the {a}CPPCC Committee{p}",
    "政协常委": "Member of the Standing Committee of the {a}CPPCC Committee{p}",
    "人大常委会委员": "Member of the Standing Committee of the {a}People's Congress{p}",
    "党代表": "Delegate to the {a}Party Congress{p}",
    "党代会代表": "Delegate to the {a}Party Congress{p}",
}


@dataclass(frozen=True, slots=True)
class Office:
    """One office of a title: its rank, the body that it is in, and what the place of the body lies in."""

    zh: str
    rank: str = ""
    """"Deputy Secretary"; the whole office where no body is named ("Mayor of Jinan")."""
    body: str = ""
    tail: str = ""
    shares: bool = False
    """Whether it takes the body of the office before it."""
    prefix: str = ""
    """"Former", "Concurrently" …"""

    @property
    def english(self) -> str:
        """The office by itself, "" if it could not be composed."""
        if not self.rank:
            return ""
        of = f" of {with_article(self.body)}" if self.body else ""
        return f"{self.prefix} {self.rank}{of}".strip()


def title(zh: str) -> str:
    """A title in English, in capitals and without an article; "" when a part of it is unknown.

    >>> title("济南市市中区委副书记、代区长")
    'Deputy Secretary of the Shizhong District Party Committee and Acting District Mayor, Jinan'
    >>> title("济南市统计局党组书记、局长"), title("某某公司员工")
    ('Secretary of the Leading Party Members Group and Director of the Jinan Municipal Bureau of Statistics', '')
    """
    clauses = [c for c in _CLAUSE.split(re.sub(r"[\\s：:]+", "", zh)) if c]
    english = [_join(_clause(c)) for c in clauses]
    return ", ".join(english) if english and all(english) else ""


def find(text: str) -> tuple[tuple[Span, str], ...]:
    """The offices named in a text that belong to a body or place, as they stand inside a sentence.

    Bare ranks (主任, 书记) are left to the glossary, titles of several offices come one by one.

    >>> [(s.of("记者采访了济南市市中区委副书记、区长"), e) for s, e in find("记者采访了济南市市中区委副书记、区长")]
    [('济南市市中区委副书记', 'deputy secretary of the Shizhong District Party Committee, Jinan')]
    """
    found: list[tuple[Span, str]] = []
    at, names = 0, shown(text)
    for match in _ranks().finditer(text):
        stop = match.end()
        for start in range(max(at, stop - _LONGEST_OFFICE), match.start()):
            before = text[start - 1] if start else ""
            if text[start] not in _LEVEL_STARTS and not begins(text[start : start + 2], names):
                continue
            if before and "㐀" <= before <= "鿿" and before not in _STARTS_AFTER:
                continue
            name = text[start:stop]
            if not re.fullmatch("[㐀-鿿（）()]+", name) or name[0] in "副代常":
                continue
            office, owner = _office(name, None)
            if office.rank and (office.body or " of " in office.rank or " to the " in office.rank):
                if owner and owner.name not in ("", "China") and not _begins_with_place(name, names):
                    continue
                named = owner.name != "" if owner else name in table("whole")
                found.append((Span(start, stop), _in_sentence(office.english, named) + office.tail))
                at = stop
                break
    return tuple(found)


def _begins_with_place(zh: str, names: Collection[str]) -> bool:
    """Whether a name begins with a place of China that is known, or is one of `names`."""
    return any(zh[:n] in names or (is_place(zh[:n]) and not abroad(zh[:n])) for n in range(2, len(zh)))


def offices(zh: str) -> tuple[Office, ...]:
    """The offices of a title one by one, also those that could not be composed (`english` is "").

    >>> [o.english for o in offices("某某公司顾问，济阳区委副书记、区长")]
    ['', 'Deputy Secretary of the Jiyang District Party Committee', 'District Mayor']
    """
    return tuple(o for c in _CLAUSE.split(re.sub(r"[\\s：:]+", "", zh)) if c for o in _clause(c))


def _in_sentence(english: str, named: bool) -> str:
    """An office in lower case; of a body that is named after a place, only the rank is.

    >>> _in_sentence("Vice Mayor of Jinan", True), _in_sentence("Director of the Municipal Bureau of Statistics", False)
    ('vice mayor of Jinan', 'director of the municipal bureau of statistics')
    """
    if not named:
        return lower(english)
    of = _OWNER_BEGINS.search(english)
    return lower(english) if of is None else lower(english[: of.start()]) + english[of.start() :]


@cache
def _ranks() -> re.Pattern[str]:
    names = sorted((*table("rank"), *table("head"), *_SEATS), key=len, reverse=True)
    return re.compile("(?:" + "|".join(n for n in names if len(n) > 1) + ")(?![们级制会])")


def _clause(zh: str) -> tuple[Office, ...]:
    found: list[Office] = []
    before: Owner | None = None
    for part in _OFFICE.split(_TERM_OF_OFFICE.sub("", zh)):
        part, note = _note(part)
        if part:
            office, owner = _office(part, before) if note is not None else (Office(part), None)
            if note and not office.prefix and office.rank:
                office = replace(office, prefix=note)
            before = owner or before
            found.append(office)
    return tuple(found)


def _note(zh: str) -> tuple[str, str | None]:
    """An office without what stands in brackets behind it, and the word for that; None if it changes the rank unknown.

    >>> _note("副市长（兼）"), _note("局长（正处级）"), _note("市长（拟任）")
    (('副市长', 'Concurrently'), ('局长', ''), ('市长', None))
    """
    notes = [first or second for first, second in _BRACKETS.findall(zh)]
    if notes in (["候选人"], ["人选"]):
        return _BRACKETS.sub("", zh) + "候选人", ""
    words = [_NOTES.get(note) for note in notes if _CHANGES_THE_RANK.search(note)]
    return _BRACKETS.sub("", zh), None if None in words or len(words) > 1 else "".join(filter(None, words))


def _join(parts: tuple[Office, ...]) -> str:
    """The offices of a clause as one phrase; "" if one of them is unknown."""
    if not parts or not all(o.rank for o in parts):
        return ""
    groups: list[list[Office]] = []
    for office in parts:
        if office.shares and groups and groups[-1][-1].body and _may_share(office, groups[-1][0].body):
            shared = groups[-1][0].body
            rank = office.rank
            if office.zh.endswith("主任") and shared.startswith("Standing Committee of"):
                rank = rank.replace("Director", "Chairman").replace("Deputy", "Vice")
            groups[-1].append(replace(office, rank=rank, body=shared, tail=""))
        else:
            groups.append([office])
    phrases = []
    for group in groups:
        ranks = _list([_with_prefix(o, first=o is parts[0] and len(parts) > 1) for o in group])
        phrases.append(f"{ranks} of {with_article(group[0].body)}" if group[0].body else ranks)
    tail = next((o.tail for o in parts if o.tail), "")
    return _list(phrases) + tail


def _may_share(office: Office, body: str) -> bool:
    """Whether an office without a body can be one of `body`: a committee of the Party has no manager."""
    return not _COMMITTEE.search(body) or bool(_OF_A_COMMITTEE.search(office.zh))


def _with_prefix(office: Office, *, first: bool) -> str:
    """The rank with its word for former, acting or concurrent; of several the first is concurrent by itself."""
    if first and office.prefix == "Concurrently":
        return f"{office.rank} (Concurrently)"
    return f"{office.prefix} {office.rank}".strip()


def _list(items: list[str]) -> str:
    """Items as English lists them; a comma before "and" where an item has an "and" of its own."""
    if len(items) == 1:
        return items[0]
    comma = "," if any(" and " in item for item in items[:-1]) else ""
    return ", ".join(items[:-1]) + comma + " and " + items[-1]


def _office(zh: str, before: Owner | None) -> tuple[Office, Owner | None]:
    """One office, read from its end: rank, modifiers, and the rest must be a body or a place."""
    prefix = ""
    text = zh
    for word, english in table("prefix").items():
        if text.startswith(word) and (len(word) > 1 or not place(text[:3])):
            prefix, text = english, text[len(word) :]
            break
    text = _OF_A_GOVERNMENT.sub("", text)
    former = _FORMER.fullmatch(text)
    if former and owner_of(former[1]) and not prefix:
        prefix, text = "Former", former[3] if len(former[1]) == 1 else former[1] + former[3]  # 丰和县原县委书记
    if text in table("whole"):
        return Office(zh, table("whole")[text], prefix=prefix), None
    for seat, template in _SEATS.items():
        owner = owner_of(text.removesuffix(seat)) if text.endswith(seat) and text != seat else None
        if owner:
            return Office(zh, owner.fill(template), tail=owner.tail, prefix=prefix), owner
    candidate = re.fullmatch(r"(?:提名)?(.+?长)(?:候选人|人选)", text)
    if candidate:
        inner, owner = _office(candidate[1], before)
        return Office(zh, inner.english and "Candidate for " + inner.english, tail=inner.tail, prefix=prefix), owner
    chief = re.fullmatch(r"(.{1,8}?)((?:副?总)?[河林]长)", text)
    level = owner_of(chief[1]) if chief else None
    if chief and level and level.adjective:
        word = {"总": "Chief ", "副": "Deputy Chief "}.get(chief[2][0], "")
        kind = "River Chief" if chief[2][-2] == "河" else "Forest Chief"
        return Office(zh, f"{level.adjective} {word}{kind}", tail=level.tail, prefix=prefix), level
    head = _head_of_division(zh, text, prefix, before)
    if head:
        return head
    ranks: dict[str, list[str]] = table("rank")
    for size in range(min(len(text), 8), 1, -1):
        rank = ranks.get(text[-size:])
        if rank is None:
            continue
        for modifiers, rest in _modifiers(text[:-size]):
            english = _with_modifiers(rank, modifiers)
            if not rest:
                shares = not _PERSONAL.search(text)
                return Office(zh, english, shares=shares, prefix=prefix), None
            outer = re.fullmatch(r"(.{3,})(党委|党组)", rest)
            if outer and (named := body(outer[1])) and not owner_of(outer[1]):
                of = " of the Party Committee" if outer[2] == "党委" else " of the Leading Party Members Group"
                return Office(zh, english + of, named.english, named.owner.tail, prefix=prefix), named.owner
            named = body(rest)
            if named is not None:
                english = _fit(rank, modifiers, text[-size:], named)
                if english.startswith("="):
                    return Office(zh, english[1:], "", named.owner.tail, prefix=prefix), named.owner
                return Office(zh, english, named.english, named.owner.tail, prefix=prefix), named.owner
    return Office(zh), None


def _head_of_division(zh: str, text: str, prefix: str, before: Owner | None) -> tuple[Office, Owner | None] | None:
    """Mayors, governors and the heads of districts, counties and towns, with or without the place."""
    text = re.sub(r"自治区((?:代理|代|常务副|副)+)主席$", r"\1自治区主席", text)
    for rank, (alone, of, deputy) in table("head").items():
        if not text.endswith(rank):
            continue
        level = "自治区" if rank.startswith("自治区") else rank[:-1]
        for modifiers, rest in reversed(_modifiers(text[: -len(rank)])):
            if not rest:
                return Office(zh, _with_modifiers([alone, deputy], modifiers), prefix=prefix), before
            name = re.sub(r"(?:人民)?政府$", "", rest)
            for candidate in (name + level, name):
                owner = owner_of(candidate) if known(candidate) or candidate == name else None
                if owner is None:
                    continue
                if not owner.name:
                    return Office(zh, _with_modifiers([alone, deputy], modifiers), prefix=prefix), owner
                english = _with_modifiers([of, deputy], modifiers) + " of " + owner.name
                return Office(zh, english, tail=owner.tail, prefix=prefix), owner
    return None


def _modifiers(head: str) -> list[tuple[tuple[str, ...], str]]:
    """The ways to split what stands before a rank into a body and modifiers (副, 常务副, 代), fewest first."""
    splits: list[tuple[tuple[str, ...], str]] = [((), head)]
    taken: tuple[str, ...] = ()
    while head:
        word = next((m for m in table("modifier") if head.endswith(m)), "")
        if not word:
            break
        head = head.removesuffix(word)
        taken = (word, *taken)
        splits.append((taken, head))
    return splits


def _with_modifiers(rank: list[str], modifiers: tuple[str, ...]) -> str:
    deputy = rank[-1]
    words = [str(table("modifier")[m]).replace("+", deputy) for m in modifiers]
    return " ".join(filter(None, (*words, rank[0])))


def _fit(rank: list[str], modifiers: tuple[str, ...], zh: str, named: Body) -> str:
    """The rank in the form that its body asks for; "=…" where it swallows the body (Minister of Education)."""
    if zh == "主任" and named.english.startswith("Standing Committee of"):
        return _with_modifiers(["Chairman", "Vice"], modifiers)
    if zh.endswith("队长") and re.search(r"(?:Detachment|Brigade|Corps|Team)\b", named.english):
        return _with_modifiers(["Head", "Deputy"], modifiers)
    if zh == "部长" and named.english.startswith("Ministry of "):
        return "=" + _with_modifiers(["Minister", "Vice"], modifiers) + named.english.removeprefix("Ministry")
    if zh == "校长" and re.search(r"(?<!Party )School|Kindergarten", named.english):
        return _with_modifiers(["Principal", "Vice"], modifiers)
    return _with_modifiers(rank, modifiers)
