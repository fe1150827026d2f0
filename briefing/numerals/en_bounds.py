"""Hedges and directions around an English amount: more than, nearly, or above; rose by, fell to.

The phrases are data (data/reading_en.toml). Looking for them costs a fixed number of tokens either side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from briefing.model import Bound, Direction
from briefing.numerals.en_fractions import number
from briefing.numerals.en_tokens import Token, adjacent, at, tokens
from briefing.numerals.en_vocabulary import vocabulary, words

REACH = 24
"""How many tokens before an amount a verb of change is looked for."""
_OPPOSITE: Mapping[Bound, Bound] = {"over": "at_most", "at_most": "at_least", "at_least": "at_most", "near": "near"}
_STOPS = frozenset(".;:!?。；：()\n")


@cache
def _phrases(side: str) -> tuple[Mapping[tuple[str, ...], Bound], Mapping[str, int]]:
    """The phrases of one side, and how long they are at most by the word that touches the amount."""
    found: dict[tuple[str, ...], Bound] = {}
    for bound, phrases in vocabulary()[side].items():
        for phrase in phrases:
            found[tuple(t.low for t in tokens(phrase))] = cast(Bound, bound)
    touching = -1 if side == "before" else 0
    longest: dict[str, int] = {}
    for key in found:
        longest[key[touching]] = max(len(key), longest.get(key[touching], 0))
    return found, longest


def before(items: Sequence[Token], index: int, floor: int) -> tuple[Bound, int] | None:
    """The bound that the words before token `index` set, and where they begin; not before `floor`.

    An outer hedge decides over an inner "about": up to about 30 is at most 30.
    """
    known, longest = _phrases("before")
    bound: Bound | None = None
    start = index
    for _ in range(2):
        step = None
        for length in range(min(longest.get(at(items, start - 1), 0), start - floor), 0, -1):
            step = known.get(tuple(t.low for t in items[start - length : start]))
            if step is not None:
                break
        if bound == "about" and step == "over" and items[start - 1].low == "over":
            break
        if step is None or not _is_hedge(items, start - length, start, floor):
            break
        start -= length
        if bound is None or bound == "about":
            bound = step
        denial = _denial(items, start, floor)
        if denial < start:
            bound, start = _OPPOSITE.get(bound, bound), denial
    return (bound, start) if bound is not None else None


def _is_hedge(items: Sequence[Token], start: int, stop: int, floor: int) -> bool:
    """Whether the phrase can be a hedge where it stands: "$2000 over 3" and "over" after an amount are none."""
    word = items[start].low
    if word in {"<", ">"} and (at(items, start - 1) in {"=", "<"} or at(items, stop) in {"=", ">"}):
        return False  # <>, =>: no sign of order
    if (
        start == floor
        and floor
        and word in {"more", "less", "higher", "lower", "fewer", "greater", "larger", "smaller"}
    ):
        return False
    if stop - start > 1 or start > floor:
        return True
    return floor == 0 or word not in {"over", "above", "under", "below", "within", "near", "around", "plus", "up"}


def _denial(items: Sequence[Token], index: int, floor: int) -> int:
    """Where "not", "shall not be", "no" begin before a hedge; `index` if they do not."""
    for back in (1, 2):
        at_ = index - back
        if at_ < floor:
            break
        word = at(items, at_)
        if word in {"not", "cannot", "never"} or word.endswith("n't"):
            return at_
        if word not in {"to", "be", "go", "have", "been"}:
            break
    return index


def after(items: Sequence[Token], index: int, *, noun: bool) -> tuple[Bound, int] | None:
    """The bound that the words from token `index` set, and the index after them: or more, and above, -odd, +.

    With `noun` up to two words may stand between: 10 households or more.
    """
    known, longest = _phrases("after")
    for skip in (0, 1, 2) if noun else (0,):
        if skip and (
            at(items, index + skip - 1) in {"at", "in", "of"}
            or not (
                index + skip <= len(items)
                and items[index + skip - 1].kind == "word"
                and at(items, index + skip - 1).isalpha()
            )
        ):
            break  # 100 cities at or above the prefecture level: the level is bounded, not the count
        start = index + skip
        if not skip and at(items, start) in {"-", "–"} and at(items, start + 1) in {"odd", "plus", "something"}:
            start += 1
        for length in range(min(longest.get(at(items, start), 0), len(items) - start), 0, -1):
            found = known.get(tuple(t.low for t in items[start : start + length]))
            if found is not None and _stands_after(items, start, length, skip):
                return found, start + length
    return None


def _stands_after(items: Sequence[Token], start: int, length: int, skip: int) -> bool:
    if length > 1:
        # "30 or more than 20" goes on with a number of its own, and so does "and over 30".
        follows = items[start + length] if start + length < len(items) else None
        if follows is None:
            return True
        return follows.low not in {"than", "of", "or", "to"} and (
            follows.kind == "symbol" or number(items, start + length) is None
        )
    word = at(items, start)
    if skip:
        return False
    if word == "+":
        return adjacent(items, start)
    if word == "plus":
        return at(items, start - 1) in {"-", "–"} or start + 1 >= len(items)
    return word in {"odd", "something"} and (at(items, start - 1) in {"-", "–"} or word == "odd")


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = vocabulary()["direction"]
    return (
        frozenset(data["up"]), frozenset(data["down"]), frozenset(data["adverbs"]),
        frozenset(data["after_up"]), frozenset(data["after_down"]),
    )  # fmt: skip


_MEASURES = frozenset({"less", "fewer", "lower", "higher", "up", "more"})


def direction(items: Sequence[Token], start: int, stop: int, floor: int) -> Direction:
    """Whether the amount between `start` and `stop` is a rise or fall, or what something rose or fell to."""
    up, down, adverbs, after_up, after_down = _verbs()
    follow = at(items, stop)
    if follow in {"-", "–"} and stop + 1 < len(items) and items[stop + 1].kind == "number":
        return ""  # lost 0-2: the score of a match
    if at(items, start - 1) != "to" and (
        follow not in {"more", "less", "fewer"} or at(items, stop + 1) in {"than", "year", ".", ",", ";", ""}
    ):
        if follow in after_up:
            return "up"
        if follow in after_down:
            return "down"
    target = by = False
    for step in range(1, REACH + 1):
        back = start - step
        word = at(items, back)
        if not word or word in _STOPS:
            break
        if target and step > 2 and word in words("change_nouns"):
            continue
        if word in _MEASURES and at(items, back + 1) in {"than", "to"}:
            continue  # from less than 5% to over 90%: a hedge, no fall
        if (word in up or word in down) and not _is_particle(items, back):
            rising = word in up
            if not target or step == 1:
                return "up" if rising else "down"
            return "up_to" if rising else "down_to"
        if word == "to" and step == 1:
            target = True
        elif word == "by":
            by = True
        elif not (target or by or word in adverbs or word.endswith("ly")):
            break
    return ""


def is_change_word(items: Sequence[Token], index: int) -> bool:
    """Whether token `index` is a word of rise or fall: an increase of 480,000 to 6.8 million is no range."""
    up, down, *_ = _verbs()
    return at(items, index) in up or at(items, index) in down


def _is_particle(items: Sequence[Token], index: int) -> bool:
    """make up, shot down, the lower Yangtze: words that look like a change and tell none."""
    if items[index].low in {"up", "down"}:
        return at(items, index - 1).removesuffix("s") in words("before_particle")
    return items[index].low == "lower" and index + 1 < len(items) and items[index + 1].text[:1].isupper()


def spreads(items: Sequence[Token], index: int) -> bool:
    """Whether what stands before token `index` says that things lie apart: ranging from, varied between."""
    return any(at(items, index - step) in words("spread") for step in (1, 2, 3))


def changed(items: Sequence[Token], index: int) -> bool:
    """Whether a verb of change stands before token `index` in its clause: rose from 3 to 5; not ranging from."""
    up, down, *_ = _verbs()
    for step in range(1, REACH):
        word = at(items, index - step)
        if word in words("spread") or word in _STOPS or not word:
            return False
        if word in up or word in down or word in words("changes"):
            return True
    return False
