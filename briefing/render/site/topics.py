"""What an interview is about, from a table of our own: ``data/topics.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.render.page import Section

MOST = 4
"""Topics of one interview."""
_HEADLINE = 3
"""How much a word in the headline weighs against one in the body."""
_LEAST = 3
"""The weight from which on an interview is filed under a topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject under which interviews are filed."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...]


def topics(headline: str, body: str) -> tuple[str, ...]:
    """The ids of the topics of an interview, the weightiest first, at most `MOST`.

    >>> topics("让医疗服务更便捷", "新建医院2所，新增床位600张，培养医生。")
    ('health',)
    >>> topics("云河晨话", "他说，今年会更好。")
    ()
    """
    pattern, owners = _matcher()
    weight: Counter[str] = Counter()
    for text, each in ((headline, _HEADLINE), (body, 1)):
        for found in pattern.finditer(text):
            for owner in owners[found.group()]:
                weight[owner] += each
    order = list(table())
    ranked = sorted((id for id, w in weight.items() if w >= _LEAST), key=lambda id: (-weight[id], order.index(id)))
    return tuple(ranked[:MOST])


def filed(section: Section) -> tuple[str, ...]:
    """The ids of the topics under which the interview of `section` stands: on the site, and in the choice of a mail."""
    told = [*(pair.zh for pair, _ in section.points), *(row.subject.zh for row in section.figures)]
    told += [row.action.zh for row in section.pledges]
    return topics(section.headline.zh, "".join(told))


def named(word: str) -> str:
    """The id of the topic that `word` names: its id or its name in either language; "" where it names none.

    >>> named("health"), named("医疗卫生"), named(" science AND technology "), named("医疗")
    ('health', 'health', 'technology', '')
    """
    return _names().get(" ".join(word.casefold().split()), "")


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): topic.id for topic in table().values() for name in (topic.id, topic.zh, topic.en)}


@cache
def table() -> dict[str, Topic]:
    """All topics by id, in the order of the table."""
    text = resources.files("briefing").joinpath("data", "topics.toml").read_text(encoding="utf8")
    return {
        id: Topic(id, row["zh"], row["en"], tuple(dict.fromkeys(row["words"])))
        for id, row in tomllib.loads(text).items()
    }


@cache
def _matcher() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """All words as one pattern, the longest first, and the topics of each word."""
    owners: dict[str, tuple[str, ...]] = {}
    for topic in table().values():
        for word in topic.words:
            owners[word] = (*owners.get(word, ()), topic.id)
    longest = sorted(owners, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))), owners
