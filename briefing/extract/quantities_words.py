"""Where a word ends: characters beside a number that look like a hedge or a classifier and belong to a longer word.

Chinese puts no blanks between words, and a page set in columns leaves some inside. Which longer words begin with a
classifier is data (data/longer_words.toml); what follows such a word shows whether the classifier was meant after all:
5家电厂 are five power plants, 百万家电 is a million appliances.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from briefing.extract import unit_phrases, verdicts
from briefing.extract.drafts import Draft, UnitHit
from briefing.numerals import units
from briefing.numerals.zh_scan import Number

_BOUNDS = ("以上", "以下", "以内", "以外")


@cache
def _longer() -> dict[str, re.Pattern[str]]:
    """The longer words by the classifier that they begin with, each where none of its exceptions follows."""
    table = tomllib.loads(files("briefing.data").joinpath("longer_words.toml").read_text("utf-8"))["words"]
    found: dict[str, list[str]] = {}
    for word, exceptions in table.items():
        but = "|".join(re.escape(e) for e in exceptions.split())
        found.setdefault(word[0], []).append(re.escape(word) + (f"(?!{but})" if but else ""))
    return {first: re.compile("|".join(words)) for first, words in found.items()}


def begins_longer(folded: str, printed: str, stop: int) -> bool:
    """Whether the classifier that ends at `stop` is but the first character of a longer word: the 家 of 百万家电.

    >>> [begins_longer(t, "家", 3) for t in ("百万家电下乡", "百万家电影院", "百万家企业")]
    [True, False, False]
    """
    words = _longer().get(printed)
    if words is None:
        return False
    return words.match(folded, stop - 1) is not None and not folded.startswith(_BOUNDS, stop)


_BALANCE = re.compile("(?:贸易|外贸|商品|服务|[年月度]|[呈是为现续]|^|[^\u4e00-\u9fff])[入出]超\\Z")


def is_balance(folded: str, begin: int, left: int) -> bool:
    """Whether 超 closes 入超 or 出超, the deficit and the surplus of trade; the 超 of 投入超 and 支出超 bounds.

    >>> is_balance("贸易入超300亿元", 3, 4), is_balance("投入超300亿元", 2, 3)
    (True, False)
    """
    return folded[begin:left] == "超" and _BALANCE.search(folded, max(0, begin - 3), left) is not None


_AGED = re.compile(r"(\d+(?:\.\d+)?[万亿])[1-9]\d{0,2}\Z")
_AGE = re.compile(r" ?(?:(?:-|~|至|到) ?\d{1,3} ?)?周?岁")


def before_age(folded: str, start: int, stop: int) -> int:
    """Where the count of people ends that an age follows without a pause: 40万|3岁以下儿童, 5万|6-12岁学生.

    >>> before_age("40万3岁以下儿童", 0, 4), before_age("40万3千人", 0, 4)
    (3, 4)
    """
    if folded[stop - 1].isdigit() and _AGE.match(folded, stop):
        found = _AGED.match(folded[start:stop])
        if found is not None:
            return start + found.end(1)
    return stop


_DECIMAL_UNITS = frozenset("米秒")
_DECIMALS = re.compile(r"(\d\d)(?=[\u4e00-\u9fff])(?![年月日号时分秒点多余几十百千万亿成倍折比和至到])")


def unit_at(folded: str, at: int, number: Number) -> UnitHit | None:
    """The unit behind a number, with its decimals behind it (6米85) and read through one blank inside (百分 点).

    >>> six = Number(Decimal(6), Decimal(6))
    >>> [str(unit_at(t, 1, six).plus) for t in ("6米85夺冠", "6米85人", "6米人")]
    ['0.85', 'None', 'None']
    """
    hit = unit_phrases.unit_at(folded, at, number)
    blank = folded.find(" ", at + 1, at + 6)
    if blank > 0:
        hit = _through_blank(folded, at, blank, number, hit)
    if hit is None or hit.printed not in _DECIMAL_UNITS or hit.plus is not None or number.vague:
        return hit
    decimals = _DECIMALS.match(folded, hit.stop)
    if decimals is None or number.low % 1 or unit_phrases.known_at(folded, decimals.end()):
        return hit
    return replace(hit, stop=decimals.end(), plus=Decimal(f"0.{decimals[1]}"))


_REACH = 10


def _through_blank(folded: str, at: int, blank: int, number: Number, hit: UnitHit | None) -> UnitHit | None:
    """The unit with the blank taken out, where it has two characters of Chinese around it and its word needs both.

    A unit of two characters must not begin with a unit: 3个 月 stays as it is, 3公 里 does not.
    """
    if not _is_han(folded[blank - 1 : blank]) or not _is_han(folded[blank + 1 : blank + 2]):
        return hit
    joined = folded[at:blank] + folded[blank + 1 : blank + _REACH]
    whole = unit_phrases.unit_at(joined, 0, number)
    if whole is None or (hit is not None and len(whole.printed) < 3):
        return hit
    first = blank - at - (1 if folded[at] == " " else 0)
    if not whole.printed.isalpha() or len(whole.printed) <= first or units.unit(whole.printed) is None:
        return hit
    return replace(whole, stop=at + whole.stop + 1)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def tier(folded: str, draft: Draft, after: int) -> Draft | None:
    """千亿以上产业集群: a class of money, as 千亿级 is, with its lower bound said by 以上."""
    if not folded.startswith("以上", after) or not draft.number.bare or draft.number.scale != "亿":
        return None
    if verdicts.level(folded, after + 2, draft.number) is None:
        return None
    draft.kind, draft.unit, draft.rule, draft.stop, draft.behind = "money", "元", "level", after + 2, "at_least"
    return draft
