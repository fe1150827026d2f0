"""Chains of nouns: 中心城区比较优势, the comparative advantages of the central urban area.

Chinese strings nouns together without a word between them, and the last is the head. English does so with one or
two short words (port throughput); beyond that the head comes first. So a chain is cut into words that the glossary
knows and slots, and put together here; an engine would glue it together in the order of the Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass

from briefing.translate.glossary import modifier
from briefing.translate.noun_heads import Noun, definite, is_clause
from briefing.translate.plurals import MEASURED, UNIQUE, singular

_PIECE = re.compile(r"<[tlo][1-9]>|[^<>]+")
_LONGEST = 8
_MEASURE = re.compile(
    r"(?:rate|ratio|number|share|proportion|area|volume|value|capacity|level|income|output|mileage|concentration|scale"
    r"|price|cost|density|coverage|efficiency|advantage|law|quality|progress|role|history|potential|experience)s?$"
)
"""Heads that are of something rather than its kind."""
_WITHIN = re.compile(
    r"(?:communit(?:y|ies)|areas?|districts?|villages?|zones?|parks?|cit(?:y|ies)|count(?:y|ies)|towns?|townships?"
    r"|sectors?|fields?|regions?|industr(?:y|ies)|schools?|hospitals?|universit(?:y|ies)|streets?)$"
)
"""Attributes that things are in."""
_PLACED = re.compile(r"(?:problem|difficult(?:y|ie)|shortage|risk|hazard|job|project|facilit(?:y|ie)|service|issue)s?$")
_RULED = re.compile(r"(?:^\S+|District|City|County|Province|Town|Township|Village|New Area|Autonomous Region|China)$")
"""Places that have what stands behind them; others only name it: the Jinan Hotel project."""
_BUILT = re.compile(r"(?:project|railway|expressway|airport|port|station|bridge|road|street|park|line|hotel)s?$")
_PREPOSITION = re.compile(r" (?:of|in|for|to|with|on|at|from|and|or|by|such as|governing) |, ")


@dataclass(frozen=True, slots=True)
class _Word:
    """A part of a chain: its English, and whether it stands before a noun as an adjective does."""

    zh: str
    en: str
    adjective: bool = False


class Chains:
    """Puts nouns together; `known` is the glossary, `forms` takes the slots that are made singular."""

    def __init__(
        self,
        noun: Noun,
        known: Callable[[str, bool], str | None],
        slots: Mapping[str, str],
        forms: MutableMapping[str, str],
    ) -> None:
        self._noun, self._known, self._slots, self._forms = noun, known, slots, forms

    def said(self, zh: str, counted: bool = False) -> str | None:
        """The English of a chain of nouns without an article; None where a part of it is not known."""
        if re.search(r"[^\u4e00-\u9fff<>a-z1-9]|<[ndp]", zh) or is_clause(zh):
            return None
        words = self._cut(zh, counted)
        if words is None or len(words) < 2 or words[-1].adjective:
            return None
        *before, head = words
        said, front = head.en, 0
        if before[-1].zh[1:2] in ("l", "o") and head.zh[0] != "<" and not counted:
            said = self._known(head.zh, False) or said
        for at in range(len(before) - 1, -1, -1):
            word = before[at]
            if word.adjective:
                said = _adjoined(word.en, said, self._shown(said))
                continue
            if word.zh[1:2] == "l" and _RULED.search(self._shown(word.en)) and not _BUILT.search(self._shown(said)):
                said = f"{word.en}'s {said}"
                continue
            shown, inner = self._shown(word.en), self._shown(said)
            size = len(shown.split())
            more = any(not other.adjective and other.zh[1:2] != "l" for other in before[:at])
            whole = _MEASURE.search(inner) and (size > 2 or front or more)
            if size + front > 3 or whole or _PREPOSITION.search(f" {shown} ") or _PREPOSITION.search(inner):
                rest = self._rest(before[: at + 1])
                link = "in" if _WITHIN.search(shown) and _PLACED.search(inner.partition(" of ")[0]) else "of"
                return f"{said} {link} {definite(rest, slots=self._slots)}"
            front += size
            said = f"{self._single(word)} {said}"
        return said

    def _rest(self, words: list[_Word]) -> str:
        """The attributes that stand behind the head."""
        if len(words) == 1:
            return words[0].en
        return self.said("".join(word.zh for word in words)) or " ".join(word.en for word in words)

    def _single(self, word: _Word) -> str:
        if word.zh[0] != "<":
            return singular(word.en)
        shown = self._slots.get(word.zh, "")
        if (single := singular(shown)) != shown:
            self._forms[word.zh] = single
        return word.en

    def _shown(self, english: str) -> str:
        return re.sub(r"<[a-z][1-9]>", lambda t: self._slots.get(t.group(), ""), english)

    def _cut(self, zh: str, counted: bool) -> list[_Word] | None:
        """The fewest words that cover `zh`, or None."""
        words: list[_Word] = []
        pieces = _PIECE.findall(zh)
        for order, piece in enumerate(pieces):
            last = order == len(pieces) - 1
            if piece[0] == "<":
                words.append(_Word(piece, piece))
                continue
            found = self._text(piece, last, counted)
            if found is None:
                return None
            words += found
        return words

    def _text(self, zh: str, last: bool, counted: bool) -> list[_Word] | None:
        best: list[list[_Word] | None] = [None] * (len(zh) + 1)
        best[len(zh)] = []
        for i in range(len(zh) - 1, -1, -1):
            for j in range(min(len(zh), i + _LONGEST), i, -1):
                rest, here = best[j], best[i]
                if rest is None or (here is not None and len(here) <= len(rest) + 1):
                    continue
                word = self._word(zh[i:j], last and j == len(zh), counted)
                if word is not None:
                    best[i] = [word, *rest]
        return best[0]

    def _word(self, zh: str, head: bool, counted: bool) -> _Word | None:
        if not head and (adjective := modifier(zh)) is not None:
            return _Word(zh, adjective, True)
        if len(zh) < 2:
            return None
        english = self._known(zh, head and counted)
        if english is not None and head and not counted and not UNIQUE.search(english) and not MEASURED.search(english):
            english = self._known(zh, True) or english
        return None if english is None else _Word(zh, english)


def _adjoined(adjective: str, noun: str, shown: str) -> str:
    """An adjective in front of a noun, behind what always comes first: a new port-side hub."""
    opening = re.match(r"new(?:ly \w+)? ", noun)
    if opening and shown.startswith("new") and not adjective.startswith(("new", "key", "major", "national", "various")):
        return f"{opening.group()}{adjective} {noun[opening.end() :]}"
    return f"{adjective} {noun}"


