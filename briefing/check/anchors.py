"""Words known in both languages, by which the check sees to which noun a number belongs.

The pairs come from data/anchors.tsv (common nouns and verbs of reports), from the glossary, and from the caller,
who may hold terms of his own. They never decide a value; they only bear witness when two numbers may have changed
places.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.I)
_LATIN = re.compile(r"[a-z][a-z0-9]+", re.I)
_KINDS = frozenset({"econ", "industry", "land", "org", "policy", "project", "region", "role", "welfare", "law"})
"""Kinds of glossary terms that may stand beside a number; the glossary serves as a list of words, no more."""
_LONGEST = 4
"""Words of an English term that are compared; the rest of a longer one adds nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A known word at a place: any of `keys` on the other side is the same word; > marks a preposition."""

    start: int
    stop: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary of one check."""

    chinese: Mapping[str, frozenset[str]]
    longest: int
    english: frozenset[str]
    own: frozenset[str] = frozenset()
    """The English keys that the caller gave."""
    _heads: frozenset[str] = field(repr=False, default=frozenset())

    @staticmethod
    @lru_cache(maxsize=8)
    def load(extra: tuple[tuple[str, str], ...] = ()) -> Terms:
        """The built-in pairs and `extra`; alternatives of the English are separated by ``|``."""
        pairs: dict[str, set[str]] = {}
        for zh, en in (*_built_in(), *extra):
            for form in en.split("|"):
                words = [stem(w) for w in _WORD.findall(form)][:_LONGEST]
                if zh and words:
                    pairs.setdefault(zh, set()).add((">" if form.startswith(">") else "") + " ".join(words))
        keys = {key for found in pairs.values() for key in found}
        keys |= {key for found in classifiers().values() for key in found}
        return Terms(
            {zh: frozenset(found) for zh, found in pairs.items()},
            max(map(len, pairs), default=0),
            frozenset(keys),
            frozenset(key for zh, _ in extra for key in pairs.get(zh, ())),
            frozenset(key.split(" ")[0].removeprefix(">") for key in keys),
        )

    def in_chinese(self, text: str) -> Iterator[Mark]:
        """Known words of a Chinese text, the longest at each place, and words in Latin letters.

        A compound also stands for its head: 高新技术企业 is an enterprise.
        """
        start = 0
        while start < len(text):
            for length in range(min(self.longest, len(text) - start), 0, -1):
                keys = self.chinese.get(text[start : start + length])
                if keys:
                    yield Mark(start, start + length, keys | self._head(text, start, start + length))
                    start += length
                    break
            else:
                start += 1
        for name in _LATIN.finditer(text):
            yield Mark(name.start(), name.end(), frozenset({"=" + name[0].lower()}))

    def _head(self, text: str, start: int, stop: int) -> frozenset[str]:
        """The keys of the longest known word at the end of a longer one."""
        for place in range(start + 1, stop - 1):
            keys = self.chinese.get(text[place:stop])
            if keys:
                return keys
        return frozenset()

    def in_english(self, text: str) -> Iterator[Mark]:
        """Known words of an English text, and every other word as itself, for names in Latin letters."""
        words = [(m.start(), m.end(), stem(m[0])) for m in _WORD.finditer(text)]
        for n, (start, _, first) in enumerate(words):
            if first not in self._heads:
                continue
            for length in range(1, _LONGEST + 1):
                part = words[n : n + length]
                key = " ".join(w for _, _, w in part)
                found = {key, ">" + key} & self.english
                if len(part) == length and found:
                    yield Mark(start, part[-1][1], frozenset(found))
        for name in _LATIN.finditer(text):
            yield Mark(name.start(), name.end(), frozenset({"=" + name[0].lower()}))


@cache
def stem(word: str) -> str:
    """An English word without its inflection, cut the same way on both sides.

    >>> [stem(w) for w in ("enterprises", "companies", "invested", "Planting", "rose")]
    ['enterpris', 'compan', 'invest', 'plant', 'ros']
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ions",
        "ion",
        "ies",
        "ied",
        "es",
        "ed",
        "s",
        "y",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def classifiers() -> Mapping[str, frozenset[str]]:
    """What the classifiers of Chinese numbers say of the things counted, as keys of English words.

    >>> sorted(classifiers()["章"])
    ['chapter']
    """
    data = tomllib.loads(files("briefing.data").joinpath("check_cues.toml").read_text("utf-8"))["classifiers"]
    return {name: frozenset(map(stem, words.split("|"))) for name, words in data.items()}


@cache
def _built_in() -> tuple[tuple[str, str], ...]:
    out = []
    for line in files("briefing.data").joinpath("anchors.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            zh, en = line.split("\t")
            out.append((zh, en))
    for line in files("briefing.data").joinpath("glossary.tsv").read_text("utf-8").splitlines()[1:]:
        zh, en, kind = line.split("\t")[:3]
        if kind in _KINDS and len(zh) >= 2 and en:
            out.append((zh, en))
    return tuple(out)
