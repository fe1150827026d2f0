"""The tables of ``data/deeds.toml``: verbs, adverbs and verbal nouns of reports, and the past of their verbs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.translate.clause_words import SECOND, either, is_adverb, past_of


@dataclass(frozen=True, slots=True)
class Table:
    """``data/deeds.toml`` and patterns made of it."""

    verb: Mapping[str, str]
    past: Mapping[str, str]
    before: Mapping[str, str]
    behind: Mapping[str, str]
    auxiliary: Mapping[str, str]
    agent: Mapping[str, str]
    nominal: Mapping[str, str]
    link: Mapping[str, str]
    compound: Mapping[str, str]
    given: Mapping[str, str]
    made: Mapping[str, str]
    whole: Mapping[str, str]
    top: Mapping[str, str]
    cares: Mapping[str, str]
    whose: Mapping[str, str]
    things: Mapping[str, str]
    place: Mapping[str, str]
    becoming: Mapping[str, str]
    agents: frozenset[str]
    moved: re.Pattern[str]
    better: re.Pattern[str]
    gave: re.Pattern[str]
    both: re.Pattern[str]
    linked: re.Pattern[str]
    tops: re.Pattern[str]
    owned: re.Pattern[str]
    cared: re.Pattern[str]
    where: re.Pattern[str]
    verbs: re.Pattern[str]
    adverbs: re.Pattern[str]
    nominals: re.Pattern[str]


@cache
def table() -> Table:
    """The tables, loaded once."""
    data = tomllib.loads((resources.files("briefing") / "data" / "deeds.toml").read_text(encoding="utf8"))
    agents = frozenset(data.pop("agents")["words"].split())
    adverbs = (*data["before"], *data["behind"], *data["auxiliary"])
    any_of = {name: either(found) for name, found in data.items()}
    slot = "<[a-z][1-9]>"
    return Table(
        **data,
        agents=agents,
        moved=re.compile(rf"(?:把|将)(?P<x>(?:[^<>把将]|{slot}){{1,24}}?)(?P<v>{any_of['made']})(?P<y>.{{2,}})$"),
        better=re.compile(rf"[让使](?P<x>(?:[^<>，]|{slot}){{2,16}}?)(?:变得)?(?:更加?|越来越)(?P<y>{any_of['becoming']})$"),
        gave=re.compile(rf"为(?P<x>(?:[^<>]|{slot}){{1,20}}?)(?P<v>{any_of['given']})了?(?P<o>.{{2,}})$"),
        both=re.compile(rf"(?:(?:加快)?(?:推动|推进|促进|加快))?(?P<x>.{{2,}}?)(?P<v>{any_of['compound']})$"),
        linked=re.compile(rf"[与同和](?P<x>(?:[^<>的]|{slot}){{1,16}}?)的?(?P<h>{any_of['link']})$"),
        tops=re.compile(rf"(?P<a>{any_of['top']})的(?P<h>(?:[^<>的]|<t[1-9]>){{1,8}})$"),
        owned=re.compile(rf"(?P<who>{any_of['whose']})的?(?P<h><t[1-9]>|[^<>的]{{2,6}})$"),
        cared=re.compile(
            rf"(?P<who>{any_of['cares']}|<t[1-9]>)(?:普遍|最|都|十分|高度)?(?:关[心注切]){{1,2}}的(?P<h>.{{2,12}})$"
        ),
        where=re.compile(rf"(?:(?:在|就在)(?P<p>{any_of['place']}))?就?(?:能够|能|可以|可)?"),
        verbs=re.compile(any_of["verb"]),
        adverbs=re.compile(either(adverbs)),
        nominals=re.compile(f"(?:{any_of['nominal']})$"),
    )


def past(phrase: str) -> str:
    """A verb phrase in the past.

    >>> past("move faster to build it"), past("launch and implement it"), past("hold it")
    ('moved faster to build it', 'launched and implemented it', 'held it')
    """
    first, _, rest = phrase.partition(" ")
    if is_adverb(first) and rest:
        return f"{first} {past(rest)}"
    if (other := SECOND.search(f" {rest}")) is not None:
        done = f"{first} {rest[: max(0, other.start() - 1)]}".strip()
        return f"{past(done)} and {past(rest[other.end() - 1 :])}"
    said = table().past.get(first) or past_of(first)
    second = re.match(r"and ([a-z]+)(.*)", rest)
    if second is not None:
        rest = f"and {table().past.get(second[1]) or past_of(second[1])}{second[2]}"
    return f"{said} {rest}".strip()
