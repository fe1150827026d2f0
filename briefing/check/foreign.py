"""Chinese left in the English: 9亿 yuan, 73 wan; and English whose figures need reading twice: 1 200, 14/1, １２％."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from briefing.check.items import Item
from briefing.spans import Span

_PINYIN = re.compile(r"(?<![\w.,])\d[\d.,]*+[ -]?(?:shiwan|baiwan|qianwan|wan ?yi|wan|yi|qian|bai)\b(?!['’])")
_HAN = re.compile(
    "(?<![0-9０-９.,])[0-9０-９][0-9０-９.,]*+ ?[十百千万亿兆]|[〇零一二两三四五六七八九十百千万亿]{2,}+"
    "|[一二两三四五六七八九十百千万亿] ?(?:[个项家亿万元年月日人次成倍名座所条种%]|%|percent|yuan|people|years?)"
)
_ASIDE = re.compile(r"[(（\[][^)）\]]*[)）\]]|[“\"《][^”\"》]*[”\"》]")
"""Brackets and quotations, in which the Chinese name may stand beside its translation."""
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?:/(?:\d\d){1,2})?(?![\d/]|\.\d)")
_GROUPED = re.compile(r"(?<![\d.,/:-])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?![\d,]|\.\d{3})")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E, 0xFF0B, 0xFF0D)} | {0x3000: 0x20}
_WIDE_COMMA = re.compile("(?<=[0-9０-９])，(?=[0-9０-９])")


def left_over(en: str) -> Iterator[Span]:
    """Where Chinese numerals, in characters or in pinyin, are left in the English; not in brackets and quotations.

    >>> [span.of("9亿 yuan (九亿) and 73 wan") for span in left_over("9亿 yuan (九亿) and 73 wan")]
    ['9亿', '73 wan']
    """
    aside = [m.span() for m in _ASIDE.finditer(en)]
    found = sorted(m.span() for pattern in (_HAN, _PINYIN) for m in pattern.finditer(en))
    for start, stop in found:
        if not any(low <= start and stop <= high for low, high in aside):
            yield Span(start, stop)


def dates_in_digits(en: str, left: Sequence[Item], right: Sequence[Item]) -> Iterator[tuple[Item, Span]]:
    """Dates of the Chinese that the English gives as 14/1 or 1/14: half of the world reads it the other way round."""
    for found in _SLASHED.finditer(en):
        pair = {int(found[1]), int(found[2])}
        if any(item.sort == "date" and item.span.overlaps(Span(*found.span())) for item in right):
            continue
        for item in left:
            day = re.search(r"-(\d\d)-(\d\d)", item.iso) if item.sort == "date" else None
            if day is not None and {int(day[1]), int(day[2])} == pair:
                yield item, Span(*found.span())
                break


def readable(en: str, left: Sequence[Item]) -> str:
    """The English with its figures as the reader takes them: full-width ones made plain, 1 200 as 1,200.

    Of the same length. Groups of digits parted by a space are one number only where the Chinese has that number
    and not the first group, since "in 2024 200 people" are two.

    >>> readable("up １２％, 1 200 km", ())
    'up 12%, 1 200 km'
    """
    en = _WIDE_COMMA.sub(",", en).translate(_WIDE)
    values = {value for item in left if item.printed is not None for value in item.printed}
    values |= {item.value[0] for item in left if item.value is not None}

    def join(found: re.Match[str]) -> str:
        groups = re.split(r"[^0-9]", found[0])
        whole, first = Decimal("".join(groups)), Decimal(groups[0])
        wanted = any(value is not None and (value == whole or _scaled(value, whole)) for value in values)
        return ",".join(groups) if wanted and first not in values else found[0]

    return _GROUPED.sub(join, en)


def _scaled(value: Decimal, whole: Decimal) -> bool:
    """Whether the value is the whole with a word for its scale behind it: 1 200 million."""
    return bool(whole) and value / whole in (Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9)


_IN_EVERY = re.compile(r" (?:in|out of)(?: every| each)? ")


def shares(
    en: str, left: Sequence[Item], right: Sequence[Item], missing: Sequence[int], invented: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Shares said as so many in so many: three in ten for 三成; the number missing and the two invented ones."""
    out: list[tuple[int, int, int]] = []
    free = list(missing)
    for first, second in pairwise(invented):
        a, b = right[first], right[second]
        if a.value is None or b.value is None or not b.value[0]:
            continue
        if not _IN_EVERY.fullmatch(en, a.span.stop, b.span.start):
            continue
        share = a.value[0] / b.value[0]
        for i in free:
            z = left[i]
            if z.value is None or z.value[1] is not None or z.dimension not in ("percent", "ratio"):
                continue
            if abs(z.value[0] - share * (100 if z.dimension == "percent" else 1)) < Decimal("0.001"):
                out.append((i, first, second))
                free.remove(i)
                break
    return out
