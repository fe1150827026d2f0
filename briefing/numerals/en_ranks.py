"""Words that carry a number in themselves: doubled, threefold, ranked third, No. 3, the 14th session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefing.model import Direction, Kind
from briefing.numerals.en_ordinals import ordinal
from briefing.numerals.en_tokens import HYPHENS, Token, adjacent, at
from briefing.numerals.en_vocabulary import words
from briefing.numerals.en_words import ONES


@dataclass(frozen=True, slots=True)
class Special:
    """What one of these words says; it ends before token `stop`."""

    kind: Kind
    value: Decimal
    unit: str
    rule: str
    stop: int
    direction: Direction = ""


_VERBS = {
    "doubled": 2, "doubling": 2, "redoubled": 0, "tripled": 3, "tripling": 3, "trebled": 3, "trebling": 3,
    "quadrupled": 4, "quadrupling": 4, "quintupled": 5, "quintupling": 5, "sextupled": 6, "septupled": 7,
}  # fmt: skip
_BASES = {
    "double": 2, "doubles": 2, "triple": 3, "triples": 3, "treble": 3, "quadruple": 4, "quadruples": 4, "quintuple": 5,
}  # fmt: skip

OPENERS = frozenset({"top", "twice", "no", "nos", "number"}) | _VERBS.keys() | _BASES.keys()


def multiple(tokens: Sequence[Token], index: int) -> Special | None:
    """doubled, more than tripled (the hedge is read elsewhere), to double the, fourfold, twice the size."""
    word = at(tokens, index)
    if _VERBS.get(word):
        if at(tokens, index + 1) in HYPHENS:
            return None
        return Special("multiple", Decimal(_VERBS[word]), "倍", "en.multiplied", index + 1, "up")
    if word in _BASES:
        before, after = at(tokens, index - 1), at(tokens, index + 1)
        verb = before in words("before_double") and (after in words("after_double") or not after)
        capital = tokens[index].text[0].isupper() and index > 0
        if capital or not (verb or after in {"that", "the", "its", "their"}):
            return None
        return Special("multiple", Decimal(_BASES[word]), "倍", "en.multiplied", index + 1, "up")
    if word == "twice" and at(tokens, index + 1) in {"as", "the", "that", "its", "their", "what", "more", "those"}:
        return Special("multiple", Decimal(2), "倍", "en.multiplied", index + 1)
    if word == "twice":
        return Special("count", Decimal(2), "次", "en.twice", index + 1)
    if word.endswith("fold") and len(word) > 6:
        value = ONES.get(word[:-4]) or {"hundred": 100, "thousand": 1000}.get(word[:-4])
        if value is not None and value > 1 and at(tokens, index + 1) not in words("after_fold"):
            return Special("multiple", Decimal(value), "倍", "en.fold", index + 1)
    return None


def ranked(tokens: Sequence[Token], index: int) -> Special | None:
    """ranked third, 3rd place, third in the country, No. 3; other ordinals are soft; First, … is nothing."""
    word = at(tokens, index)
    if word in {"no", "nos", "number"} and index + 1 < len(tokens):
        return _numbered(tokens, index)
    if word == "top":
        return _top(tokens, index)
    found = ordinal(tokens, index)
    if found is None:
        return None
    after = at(tokens, found.stop)
    if after in HYPHENS and adjacent(tokens, found.stop):
        if at(tokens, found.stop + 1) in words("superlatives"):
            return Special("rank", found.value, "位", "en.rank", found.stop)
        if at(tokens, found.stop + 1) == "place":
            return Special("rank", found.value, "位", "en.rank", found.stop + 2)
        if found.stop - index == 1:
            return None
    before = [at(tokens, index - step) for step in range(1, 7)]
    if after in words("places") and _is_place(found.value, after, before):
        return Special("rank", found.value, "位", "en.rank", found.stop + 1)
    if after in words("superlatives") or _is_rank(after, at(tokens, found.stop + 1), before):
        return Special("rank", found.value, "位", "en.rank", found.stop)
    return _soft(tokens, index, found.value, found.stop, after)


def _is_place(value: Decimal, after: str, before: Sequence[str]) -> bool:
    """took third place, to first place, in second position; not "in the first place"."""
    if value == 1 and list(before[:2]) == ["the", "in"]:
        return False
    return after == "place" or value > 1 or "in" in before[:3] or before[0] in words("ranking")


def _is_rank(after: str, later: str, before: Sequence[str]) -> bool:
    """ranked third; third in the country; first in goods and second in services, after a verb of ranking."""
    ends = not after or after in words("after_rank")
    close = next((w for w in before[:3] if w not in {"the", "joint", "among", "in", "consistently", "at"}), "")
    if close in words("ranking") and close not in words("weak_ranking") and after != "time":
        return True
    if ends and any(word.startswith("rank") for word in before):
        return True
    if after in {"in", "among"} and later in {"the", "china", "asia", "country", "world"}:
        return True
    return after in {"nationwide", "nationally", "globally", "worldwide"}


def _top(tokens: Sequence[Token], index: int) -> Special | None:
    """top 20, top ten, the top three: places up to one; not top 20 percent."""
    cursor = index + 1 + (at(tokens, index + 1) in HYPHENS)
    token = tokens[cursor] if cursor < len(tokens) else None
    if token is None:
        return None
    value = token.value if token.kind == "number" and token.text.isdigit() else None
    if value is None and token.low in ONES:
        value = Decimal(ONES[token.low])
    after = at(tokens, cursor + 1)
    if value is None or value < 2 or after in {"%", "percent", "per", "million", "billion", "-"} or token.grouped:
        return None
    return Special("rank", value, "位", "en.top", cursor + 1)


def _numbered(tokens: Sequence[Token], index: int) -> Special | None:
    """No. 3 in the country is a rank; No. 3 Middle School and document No. 12 are names."""
    cursor = index + 1 + (at(tokens, index + 1) == ".")
    if cursor >= len(tokens) or (tokens[cursor].kind != "number" and at(tokens, cursor) not in ONES):
        return None
    if tokens[index].low == "no" and not tokens[index].text[0].isupper():
        return None
    value = tokens[cursor].value
    if value is None:
        value = Decimal(ONES[at(tokens, cursor)])
    after = at(tokens, cursor + 1)
    if value != value.to_integral_value() or (tokens[index].low == "number" and tokens[index].text.islower()):
        return None
    if after in {"in", "nationwide", "nationally", "globally", "worldwide", "among", "spot", "position", "across"} or (
        at(tokens, index - 1) in {"ranked", "ranking", "ranks", "rank"}
    ):
        return Special("rank", value, "位", "en.rank", cursor + 1)
    return Special("soft", value, "", "en.numbered", cursor + 1)


def _soft(tokens: Sequence[Token], index: int, value: Decimal, stop: int, after: str) -> Special | None:
    """The 14th session, the second batch: an ordinal that counts a series."""
    word = at(tokens, index)
    if value == 1 and (after in {",", "of", "and"} or at(tokens, index - 1) in {"at", "for"} or not after):
        return None
    if word == "second" and (after in {",", ""} or at(tokens, index - 1) in {"per", "a", "every", "/"}):
        return None
    if after in {"to", "-"} and at(tokens, stop + 1) == "last":
        return None
    if after == "," and at(tokens, index - 1) in {".", ";", ""}:
        return None
    return Special("soft", value, "", "en.ordinal", stop)
