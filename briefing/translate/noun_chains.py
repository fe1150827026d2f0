"""Chains of nouns: 中心城区比较优势, the comparative advantages of the central urban area.

Chinese strings nouns together without a word between them, and the last is the head. English does so with one or
two short words (port throughput); beyond that the head comes first. So a chain is cut into words that the glossary
knows and slots, and put together here; an engine would glue it together in the order of the Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass

from briefing.translate.deed_words import table
from briefing.translate.glossary import modifier
from briefing.translate.noun_heads import Noun, definite, is_clause, listed
from briefing.translate.nouns import common, one
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
_MEANT = re.compile(r"(?:place|opportunity|room|space|measure|polic(?:y|ie)|platform|channel|support|guarantee)s?$")
"""Heads that are for something."""
INSTITUTION = re.compile("^[a-z].*(?:center|library|museum|hall|hospital|gallery|gymnasium|station|college|school)$")
"""A body that there is one of in a place."""
LEVELS = {"市": "municipal", "省": "provincial", "区": "district", "县": "county"}
_SHORT = {
    **{"园": "parks", "站": "stations", "馆": "halls", "厂": "plants", "线": "lines", "网": "network", "区": "area"},
    **{"路": "roads", "桥": "bridges", "店": "stores", "量": "volume", "率": "rate", "额": "value", "费": "fees"},
    **{"点": "sites", "数": "number"},
}
"""Heads of one character, behind a word that is known."""
_ONE = {"新": "new", "老": "old", "大": "large", "小": "small", "好": "good", "高": "high"}
_AT = {**LEVELS, "国家": "national", "乡镇": "township", "村": "village"}
_HARD = re.compile(r"(?:difficult(?:y|ies)|problems?|shortages?|bottlenecks?)(?: in .*)?$")
_WHOSE = {
    **dict.fromkeys(("群众", "人民群众", "老百姓", "人民"), "people's"),
    **{"儿童": "children's", "孩子": "children's", "妇女": "women's", "居民": "residents'", "市民": "residents'"},
    **{"农民": "farmers'", "职工": "workers'", "游客": "tourists'"},
}
_GIVEN = re.compile(r"(?:praise|support|recognition|help|assistance|welcome)$")
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
        self._guesses = known("项目", False) is not None
        self._noun, self._known, self._slots, self._forms = noun, known, slots, forms

    def said(self, zh: str, counted: bool = False) -> str | None:
        """The English of a chain of nouns without an article; None where a part of it is not known."""
        level = re.match("(国家|省|市|区|县|乡镇|村)级?(?:及)?以上(?=.{2})", zh)
        if level is not None:
            last = zh[level.end() :].removeprefix("的")
            things = last if re.fullmatch("<[to][1-9]>", last) else self.word(last, True) or self.said(last, True)
            return None if things is None else f"{things} at or above the {_AT[level[1]]} level"
        if re.search(r"[^\u4e00-\u9fff<>a-z1-9、]|<[ndp]", zh) or is_clause(zh):
            return None
        if re.search("[、和与及]", zh) and not re.search("[、和与及].*的", zh):
            parts = [self._front(part) for part in re.split("[、和与及]", zh) if part]
            return listed([definite(part, slots=self._slots) for part in parts if part]) if all(parts) else None
        owner, of, owned = zh.rpartition("的")
        if of and (len(owner) > 1 or owner in _ONE) and len(owned) > 1:
            return self._of(owner, owned, counted)
        words = self._cut(zh, counted)
        trouble = words and len(words) > 1 and words[-1].zh in ("问题", "难题", "难")
        if words and trouble and _HARD.search(self._shown(words[-2].en)):
            words.pop()
            if len(words) == 1:
                return words[0].en
        if words and len(words) == 2 and re.match("per ", self._shown(words[0].en)):
            return f"{words[1].en} {words[0].en}"
        if words is None or len(words) < 2 or words[-1].adjective:
            return None
        *before, head = words
        noun = head.en
        if before[-1].zh[1:2] in ("l", "o") and head.zh[0] != "<" and not counted:
            noun = one(head.zh) or self._known(head.zh, False) or noun
        adjectives: list[str] = []
        nouns: list[str] = []
        front = 0
        for at in range(len(before) - 1, -1, -1):
            word = before[at]
            shown, inner = self._shown(word.en), self._shown(noun)
            if word.adjective:
                adjectives.insert(0, word.en)
                continue
            said = self._fronted(adjectives, nouns, noun)
            if word.zh[0] in LEVELS and word.zh[1:2] == "<":
                return f"the {word.en}'s {said}"
            if word.zh[1:2] == "l" and _RULED.search(shown) and not _BUILT.search(inner):
                adjectives, nouns, noun = [], [], f"{word.en}'s {said}"
                continue
            if re.match(r"[a-z]+ing \w", shown) and not re.match("(?:building|housing|farming) ", shown):
                return f"{said} for {word.en}"
            size = len(shown.split())
            rest = before[: at + 1]
            if _PLACED.search(re.split(" (?:of|in|for) ", inner)[0]) and _WITHIN.search(shown) and size > 1:
                return f"{said} in {definite(self._rest(rest), slots=self._slots)}"
            more = any(not other.adjective and other.zh[1:2] != "l" for other in before[:at])
            whole = _MEASURE.search(inner) and (size > 2 or front or more)
            most = 5 if _BUILT.search(inner) else 3
            if size + front > most or whole or _PREPOSITION.search(f" {shown} ") or _PREPOSITION.search(inner):
                link = "in" if _WITHIN.search(shown) and _PLACED.search(re.split(" (?:of|in|for) ", inner)[0]) else "of"
                return f"{said} {link} {definite(self._rest(rest), slots=self._slots)}"
            front += size
            nouns.insert(0, self._single(word))
        return self._fronted(adjectives, nouns, noun)

    def _fronted(self, adjectives: list[str], nouns: list[str], noun: str) -> str:
        """A head with the nouns and adjectives in front of it; adjectives come first."""
        said = " ".join([*nouns, noun])
        for adjective in reversed(adjectives):
            said = _adjoined(adjective, said, self._shown(said))
        return said

    def _of(self, owner: str, owned: str, counted: bool) -> str | None:
        """X的Y: Y of X, or X as the adjective that it is."""
        head = owned if owned[0] == "<" and len(owned) == 4 else self.word(owned, counted) or self.said(owned, counted)
        if head is None:
            return None
        if (adjective := _ONE.get(owner) or modifier(owner)) is not None:
            return _adjoined(adjective, head, self._shown(head))
        fronts = [self._front(part) for part in re.split("[、和与及]", owner) if part]
        front = listed([part for part in fronts if part])
        if not all(fronts) or " of " in self._shown(front):
            return None
        if _GIVEN.search(head):
            return f"{head} from {definite(front, slots=self._slots)}"
        link = "for" if _MEANT.search(head) else "of"
        return f"{head} {link} {definite(front, slots=self._slots)}"

    def _front(self, zh: str) -> str | None:
        return zh if re.fullmatch("<[tlo][1-9]>", zh) else self.word(zh) or self.said(zh)

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
            behind = "" if last else pieces[order + 1]
            if piece in LEVELS and INSTITUTION.search(local := singular(self._slots.get(behind, ""))):
                self._forms[behind] = local
                words.append(_Word(piece + behind, f"{LEVELS[piece]} {behind}"))
                pieces[order + 1] = ""
                continue
            if not piece or (order and not last and piece in "业类型化" and pieces[order - 1][:1] == "<"):
                continue
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
        return best[0] or self._guessed(zh, last, counted)

    def _guessed(self, zh: str, last: bool, counted: bool) -> list[_Word] | None:
        """Words with one among them, of two to four characters, that only the engine knows."""
        if not self._guesses:
            return None
        if "的" in zh:
            return None
        for size in (2, 3):
            for at in range(len(zh) - size + 1):
                front, back = zh[:at], zh[at + size :]
                if not (front or back) or (len(front) == 1 and modifier(front) is None) or len(back) == 1:
                    continue
                a = self._whole(front, False, counted)
                b = self._whole(back, last, counted)
                guess = self._noun(zh[at : at + size], False) if a is not None and b is not None else ""
                if a is not None and b is not None and re.fullmatch(r"[a-z][a-z -]*(?<!the)(?<! of)(?<! and)", guess):
                    return [*a, _Word(zh[at : at + size], guess), *b]
        return None

    def _whole(self, zh: str, last: bool, counted: bool) -> list[_Word] | None:
        word = self._word(zh, last, counted) if zh else None
        return [] if not zh else None if word is None else [word]


    def _word(self, zh: str, head: bool, counted: bool) -> _Word | None:
        if not head and (adjective := _WHOSE.get(zh) or modifier(zh)) is not None:
            return _Word(zh, adjective, True)
        if len(zh) < 2:
            return _Word(zh, _SHORT[zh]) if head and zh in _SHORT else None
        english = self.word(zh, counted) if head else one(zh) or self._known(zh, False) or table().nominal.get(zh)
        return None if english is None else _Word(zh, english)

    def word(self, zh: str, counted: bool = False) -> str | None:
        """A word of the glossary or a common noun, plural where a kind of thing is meant."""
        if (said := common(zh, counted)) is not None:
            return said
        english = self._known(zh, counted)
        if english is None:
            return table().nominal.get(zh)
        if not counted and not UNIQUE.search(english) and not MEASURED.search(english):
            return self._known(zh, True) or english
        return english


def _adjoined(adjective: str, noun: str, shown: str) -> str:
    """An adjective in front of a noun, behind what always comes first: a new port-side hub."""
    opening = re.match(r"new(?:ly \w+)? ", noun)
    if opening and shown.startswith("new") and not adjective.startswith(("new", "key", "major", "national", "various")):
        return f"{opening.group()}{adjective} {noun[opening.end() :]}"
    return f"{adjective} {noun}"


