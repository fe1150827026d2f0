"""Numbers that name something, by what they are called: Line 16, No. 14257, version 2.0, “1262”, [7], Flight 1282.

A name tells which number it wants. Where the Chinese calls one number a line and the English another, the two
were exchanged, however the readers took them; and where several numbers have one such name (国道318、国道219), they
should come in the same order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefing.check.items import plain
from briefing.check.words import spelled
from briefing.numerals.zh import fold, parse
from briefing.spans import Span

_NUMBER = r"(\d+(?:,\d{3})*(?:\.\d+)?)"
_LIST = r"(\d{1,5}(?:\.\d+)?(?:(?:, | and |, and | to |[-–])\d{1,5}(?:\.\d+)?)*)"
_HAN = r"(\d+(?:\.\d+)?|[一二三四五六七八九十百]{1,5})"
_HANS = r"((?:\d{1,5}|[一二三四五六七八九十百]{1,5})(?:[、和及至到—-](?:\d{1,5}|[一二三四五六七八九十百]{1,5}))*)"
_HOUSES = "(?:Middle|High|Primary|Kindergarten|School|Experimental|[Uu]nit)"
_CHINESE = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("line", _HANS + "号线"),
        ("highway", f"(?:国|省|县)道[GSX]?{_HAN}|(?<![0-9A-Z])[GS]{_HAN}线"),
        ("top", _HAN + "强(?![度化大力])"),
        ("version", _HAN + "版"),
        ("flight", _HAN + "次?航班"),
        ("school", f"第{_HAN}(?:中|小学|幼儿园|实验)"),
        ("school", "(?<![第初高年级大一二三四五六七八九十])([一二三四五六七八九十]{1,3})中(?=[学校分、东西])"),
        ("per", "每([0-9]*[十百千万亿]+|[0-9]+|[二三四五六七八九][十百千万亿]*)"),
        ("volume", f"第{_HANS}卷"),
        ("phase", _HANS + "期(?![间望待限刊货末])"),
        ("order", f"第{_HAN}号"),
        ("quoted", f"[“‘「\"']{_NUMBER}[”’」\"']"),
        ("bracketed", rf"[\[［]{_NUMBER}[\]］]"),
        ("boeing", f"波音{_NUMBER}"),
        ("unit", _HANS + "号(?:机组|机|炉|楼|井|站)"),
    )
)
_ENGLISH = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("line", rf"\b[Ll]ines? {_LIST}"),
        ("highway", rf"\b[Hh]ighways? (?:No\. ?)?[GSX]?{_NUMBER}|\b[GS]{_NUMBER} "),
        ("top", rf"\b[Tt]op {_NUMBER}|\b[Ff]ortune (?:Global )?{_NUMBER}|\blast {_NUMBER}"),
        ("version", rf"\b[Vv]ersion {_NUMBER}"),
        ("flight", rf"\b[Ff]light (?:No\. ?)?{_NUMBER}"),
        ("school", rf"\bNo\. ?{_NUMBER} (?:[A-Z]\w+ )?{_HOUSES}"),
        ("volume", rf"\b[Vv]olumes? {_LIST}"),
        ("phase", rf"\b[Pp]hases? {_LIST}"),
        ("order", rf"\b(?:[Nn]o\. ?|[Nn]umber ){_NUMBER}(?! (?:[A-Z]\w+ )?{_HOUSES})"),
        ("per", rf"\b(?:per|every|for each) {_NUMBER}"),
        ("quoted", rf"[“‘\"']{_NUMBER}[”’\"']"),
        ("bracketed", rf"\[{_NUMBER}\]"),
        ("boeing", rf"\bBoeing {_NUMBER}"),
        ("unit", rf"\b[Uu]nits? (?:No\. ?)?{_LIST}|\bNo\. ?{_NUMBER} (?:unit|Unit)"),
    )
)  # fmt: skip


_ANY = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[百千万亿]*|[一二两三四五六七八九十百千万亿]+")
_PLAIN = re.compile("[0-9]+|[一二两三四五六七八九十百千万]")
_QUOTED = re.compile(r"[“\"]([^”\"]{3,80})[”\"]")
_PREPOSITION = re.compile(r"\b(?:for|per|of|in|on|by|from|to)\b")
_WORD = re.compile(r"\d+(?:,\d{3})*|[a-z]+", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """A number with what it is called."""

    role: str
    value: Decimal
    span: Span


def in_chinese(text: str) -> Iterator[Named]:
    """The numbers of a Chinese text that name something.

    >>> [(one.role, int(one.value)) for one in in_chinese("2号线西延伸、18号线二期和第五中学")]
    [('line', 2), ('line', 18), ('school', 5), ('phase', 2)]
    """
    yield from _named(fold(text), _CHINESE)


def in_english(text: str) -> Iterator[Named]:
    """The numbers of an English text that name something.

    >>> [(one.role, int(one.value)) for one in in_english("Phase 2 of Line 18 and No. 5 Middle School")]
    [('line', 18), ('school', 5), ('phase', 2)]
    """
    yield from _named(text, _ENGLISH)


def _named(text: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> Iterator[Named]:
    for role, pattern in patterns:
        for found in pattern.finditer(text):
            group = next(n for n, shown in enumerate(found.groups(), 1) if shown)
            for one in _ANY.finditer(text, *found.span(group)):
                value = _value(one[0])
                if value is not None:
                    yield Named(role, value, Span(*one.span()))


def exchanged(zh: str, en: str) -> Iterator[tuple[Named, Named]]:
    """A number of the Chinese that names something, and the number that bears its name in the English instead."""
    ours, theirs = list(in_chinese(zh)), list(in_english(en))
    if not ours or not theirs:
        return
    roles_zh, roles_en = _by_role(ours), _by_role(theirs)
    numbers_zh, numbers_en = _numbers(fold(zh)), _numbers(en)
    for role, mine in roles_zh.items():
        other = roles_en.get(role, [])
        if len(mine) != len(other):
            continue
        lost = [one for one in mine if one.value not in {two.value for two in other}]
        come = [two for two in other if two.value not in {one.value for one in mine}]
        for one, two in zip(lost, come, strict=False):
            if one.value in numbers_en and two.value in numbers_zh:
                yield one, two
        if not lost and not come and [one.value for one in mine] != [two.value for two in other]:
            first = next(n for n, one in enumerate(mine) if one.value != other[n].value)
            yield mine[first], other[first]


def _by_role(named: Sequence[Named]) -> dict[str, list[Named]]:
    out: dict[str, list[Named]] = defaultdict(list)
    for one in sorted(named, key=lambda n: n.span.start):
        if one.span not in {two.span for two in out[one.role]}:
            out[one.role].append(one)
    return out


def _numbers(text: str) -> frozenset[Decimal]:
    values = (_value(found[0]) for found in _ANY.finditer(text))
    return frozenset(value for value in values if value is not None)


def _value(shown: str) -> Decimal | None:
    digits = shown.replace(",", "")
    value = Decimal(digits) if digits[-1].isascii() else parse(digits) or parse("一" + digits)
    return None if value is None else plain(value)


def turned_slogans(zh: str, en: str) -> Iterator[tuple[Span, Span]]:
    """Quotations with several numbers (“千集万店”) whose numbers come in another order in the English."""
    theirs = [(found, _spelled(found[1])) for found in _QUOTED.finditer(en)]
    for found in _QUOTED.finditer(zh):
        values = [value for one in _PLAIN.findall(fold(found[1])) if (value := _value(one)) is not None]
        if len(set(values)) < 2 or "+" in found[1] or any(values == others for _, others in theirs):
            continue
        for other, others in theirs:
            if sorted(values) == sorted(others) and not _PREPOSITION.search(other[1]):
                yield Span(*found.span(1)), Span(*other.span(1))
                break


def _spelled(text: str) -> list[Decimal]:
    values = (spelled(word.replace(",", "")) for word in _WORD.findall(text))
    return [plain(value) for value in values if value is not None]
