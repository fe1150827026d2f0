"""Pieces of text with their roles to a Reading: the shape that all readers of marked-up text share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from briefing.ingest.reading import Reading
from briefing.model import Block, Hint
from briefing.spans import Span

_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Piece(NamedTuple):
    """A paragraph, heading or row of a table."""

    text: str
    role: Hint = ""
    page: int = 0
    article: int = 0


def reading(pieces: Iterable[Piece], date: datetime.date | None = None) -> Reading:
    """The pieces one below the other, a blank line between them; captions stand further apart.

    >>> got = reading([Piece("标题", "headline"), Piece("正文。")])
    >>> got.raw, [block.role for block in got.blocks]
    ('标题\\n\\n正文。\\n', ['headline', ''])
    """
    out: list[str] = []
    blocks: list[Block] = []
    at = 0
    before: Hint = ""
    for piece in pieces:
        text = piece.text.strip(" \t\n\r\u3000")
        if not text:
            continue
        gap = "" if not blocks else "\n\n\n\n" if "caption" in (piece.role, before) else "\n\n"
        start = at + len(gap)
        at = start + len(text)
        out += [gap, text]
        blocks.append(Block(Span(start, at), piece.role, piece.page, article=piece.article))
        before = piece.role
    return Reading("".join([*out, "\n"]) if blocks else "", tuple(blocks), date)


def raised(shown: str, before: str) -> str:
    """What superscript `shown` behind `before` becomes in plain text: an exponent stays one, a footnote mark goes.

    >>> raised("2", "3.5万m"), raised("4", "达10"), raised("[2]", "亿元"), raised("th", "4")
    ('²', '⁴', '', 'th')
    """
    if shown.isdecimal() and re.search(r"(?:m|M|km|cm|米|里)$" if shown in ("2", "3") else r"\d$", before):
        return shown.translate(_POWERS)
    if re.fullmatch(r"[\[【(（]?(?:注|\d{1,2}|[a-z*†‡])[\]】)）]?", shown):
        return ""
    return shown
