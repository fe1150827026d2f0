"""Traditional characters read as simplified ones, one for one, so that every span holds in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_KEPT = re.compile("乾(?=[隆坤元縣安陵州])|瞭(?=望)|[狼慰]藉|於(?=[期菟])|徵(?=[羽調])")
"""Characters of names and words that stay as they are."""
_PARTICLE = re.compile("(?<=[\u3400-\u9fff])(?<![顯卓名原專昭土編譯巨論合遺著論拙])著(?![名作稱述者錄書])")
"""著 where it is 着."""


@cache
def _table() -> dict[int, str]:
    lines = files("briefing.data").joinpath("traditional.txt").read_text("utf-8").splitlines()
    traditional, simplified = (line for line in lines if not line.startswith("#"))
    return dict(zip(map(ord, traditional + "「」『』"), simplified + "“”‘’", strict=True))


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only traditional text has, and those that only simplified text has."""

    def lacks(char: str, charset: str) -> bool:
        try:
            char.encode(charset)
        except UnicodeEncodeError:
            return True
        return False

    table = _table()
    return (
        frozenset(c for c in map(chr, table) if lacks(c, "gb2312")),
        frozenset(c for c in table.values() if lacks(c, "big5")),
    )


def is_traditional(line: str) -> bool:
    """Whether `line` has characters that only traditional text has, and far more of them than of the other kind.

    >>> is_traditional("總經費約五億餘元"), is_traditional("乾隆年间的著作"), is_traditional("书法家題寫的站名")
    (True, False, False)
    """
    if line.isascii():
        return False
    traditional, simplified = _marks()
    old = sum(map(traditional.__contains__, line))
    return old > 0 and old > 2 * sum(map(simplified.__contains__, line))


def simplified(text: str) -> str:
    """`text` with its traditional lines in simplified characters; no line changes its length.

    >>> simplified("總經費約五億餘元，意味著減少兩成\\n著名的乾隆瓷瓶")
    '总经费约五亿余元，意味着减少两成\\n著名的乾隆瓷瓶'
    """
    if text.isascii():
        return text
    return "".join(_line(line) if is_traditional(line) else line for line in text.splitlines(keepends=True))


def _line(line: str) -> str:
    out = list(line.translate(_table()))
    for match in _KEPT.finditer(line):
        out[match.start() : match.end()] = match.group()
    for match in _PARTICLE.finditer(line):
        out[match.start()] = "着"
    return "".join(out)


def changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where `simplified` changes `text`: start, stop and what stands there instead, run by run."""
    other = simplified(text)
    if other == text:
        return
    start: int | None = None
    for at, (a, b) in enumerate(zip(text, other, strict=True)):
        if a != b and start is None:
            start = at
        elif a == b and start is not None:
            yield start, at, other[start:at]
            start = None
    if start is not None:
        yield start, len(text), other[start:]
