"""The names of people in pinyin: surname first, the given name in one word (Meng Qingshun).

Readings come from ``data/pinyin.txt`` (one per character, the one usual in names) and ``data/names.tsv``
(family names read otherwise, compound family names, elements of names that are not Chinese). The letter ü
is written yu after l and n, as in passports and in Xinhua's English service: 吕 Lyu, 略 Lyue, 女 Nyu.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

_DOTS = re.compile(r"[·•‧・．∙]")
_VOWEL_START = frozenset("aeo")


def pinyin(name: str) -> str:
    """A person's name in English letters; what is no Chinese character is kept.

    >>> pinyin("孟庆顺"), pinyin("欧阳晓鸥"), pinyin("单霁翔"), pinyin("买买提·吐尔逊")
    ('Meng Qingshun', "Ouyang Xiao'ou", 'Shan Jixiang', 'Mamat Tursun')

    Four characters that begin with two single family names are taken as a joint family name (郑李淑芳
    Zheng-Li Shufang), Tibetan and Mongolian names of two known halves as two words.
    """
    name = re.sub(r"\s+", "", name)
    if not name:
        return ""
    if _DOTS.search(name):
        return " ".join(_part(part) for part in _DOTS.split(name) if part)
    if name in _vocabulary("part"):
        return _part(name)
    if halves := _halves(name):
        return halves
    surname, given = _split(name)
    return f"{surname} {word(given)}" if given else surname


def _halves(name: str) -> str:
    """A name of two known halves, Tibetan or Mongolian, as two words; "" for any other."""
    halves = _vocabulary("half")
    found = ((name[:at], name[at:]) for at in range(2, len(name) - 1))
    return next((f"{halves[a]} {halves[b]}" for a, b in found if a in halves and b in halves), "")


def word(zh: str) -> str:
    """Characters as one capitalised word of pinyin.

    >>> word("西安"), word("吕梁")
    ("Xi'an", 'Lyuliang')
    """
    return join(syllable(c) for c in zh)


def join(syllables: Iterable[str]) -> str:
    """Syllables as one capitalised word; an apostrophe keeps a syllable that begins with a vowel apart.

    >>> join(["xiao", "ou"]), join(["chang", "an"])
    ("Xiao'ou", "Chang'an")
    """
    out = ""
    for s in syllables:
        out += "'" + s if out and s[:1] in _VOWEL_START else s
    return out[:1].upper() + out[1:]


def syllable(char: str) -> str:
    """How a character is read in names, in plain letters; the character itself when it is not Chinese.

    >>> syllable("吕"), syllable("略"), syllable("长"), syllable("A")
    ('lyu', 'lyue', 'chang', 'A')
    """
    return _readings().get(char, char)


def _split(name: str) -> tuple[str, str]:
    """The family name in pinyin, and the characters of the given name."""
    compound, single = _vocabulary("compound"), _vocabulary("surname")
    if name[:2] in compound:
        return compound[name[:2]], name[2:]
    first = single.get(name[0]) or word(name[0])
    if len(name) == 4 and name[0] in _common() and name[1] in _common():
        return f"{first}-{single.get(name[1]) or word(name[1])}", name[2:]
    return first, name[1:]


def _part(zh: str) -> str:
    return _vocabulary("part").get(zh) or word(zh)


@cache
def _vocabulary(kind: str) -> dict[str, str]:
    text = (resources.files("briefing") / "data" / "names.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {zh: english for zh, english, of in rows if of == kind}


@cache
def _common() -> frozenset[str]:
    """Family names frequent enough to be recognised as the second of a joint name."""
    return frozenset(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖"
        "田董潘袁蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔谭陆汪范"
    )


@cache
def _readings() -> dict[str, str]:
    text = (resources.files("briefing") / "data" / "pinyin.txt").read_text(encoding="utf-8")
    readings: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            reading, characters = line.split(" ", 1)
            plain = re.sub(r"^([ln])v", r"\1yu", reading)
            readings.update(dict.fromkeys(characters, plain))
    return readings
