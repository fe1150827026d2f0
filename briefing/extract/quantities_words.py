"""Where a word ends: characters beside a number that look like a hedge or a classifier and belong to a longer word.

Chinese puts no blanks between words. Which longer words begin with a classifier is data (data/longer_words.toml); what
follows such a word shows whether the classifier was meant after all: 5家电厂 are five power plants, 百万家电 is a
million appliances.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

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
