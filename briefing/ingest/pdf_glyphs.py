"""The glyphs of a page, cleaned of what print shops add: doubled strokes, watermarks, look-alike characters."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

BOLD = 10_000
"""Added to the number of a font where the characters were printed twice to look bold."""
UNKNOWN = "\ufffd"
"""Stands for a glyph of which the file does not say what character it is."""
_CID = re.compile(r"\(cid:\d+\)")
# The radicals that some fonts name instead of the character (⻓ for 长); Unicode's EquivalentUnifiedIdeograph has
# them. The Kangxi radicals (U+2F00 to U+2FD5) decompose by NFKC.
_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻"
    "⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# The forms that punctuation takes in vertical lines.
_VERTICAL = "︐，︑、︒。︓：︔；︕！︖？︙…︱—︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』"
# What simplified pages write for them, and for a radical whose two forms differ.
_SIMPLIFIED = str.maketrans("﹁﹂﹃﹄⼾", "‘’“”户")
_HANS, _HANT = "们国这说对为业发开关区产经时实", "們國這說對為業發開關區產經時實"
_PLAIN = {ord(c): ord(d) for table in (_RADICALS, _VERTICAL) for c, d in zip(table[::2], table[1::2], strict=True)}
_PLAIN[ord("―")] = ord("—")  # the bar that fonts name instead of the dash of a range (5―8个)
_PLAIN |= {n: ord(unicodedata.normalize("NFKC", chr(n))) for n in range(0x2F00, 0x2FD6)}


class Box(NamedTuple):
    """A rectangle in points from the top left corner of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """One drawn character."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    """Where the line of writing runs."""
    size: float
    font: int
    turned: bool = False
    """By a right angle to the right, as Latin and digits stand in a vertical line."""

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, as it was drawn."""

    page: int
    """From 1."""
    width: float
    height: float
    fonts: tuple[str, ...]
    glyphs: tuple[Glyph, ...]
    across: tuple[Box, ...] = ()
    """Horizontal rules."""
    down: tuple[Box, ...] = ()
    """Vertical rules."""
    frames: tuple[Box, ...] = ()
    """Boxes around or under text."""
    tables: tuple[Box, ...] = ()
    """Ruled grids."""
    pictures: tuple[Box, ...] = ()
    unknown: int = 0
    """Glyphs that are no known character."""
    drawn: bool = False
    """Whether there is any stroke on it."""


def plain(text: str, *, simplified: bool = True) -> str:
    """`text` with characters for radicals and upright punctuation for vertical forms.

    >>> plain("⼀年⻓⾼︒"), plain("﹃好﹄"), plain("﹃好﹄", simplified=False)
    ('一年长高。', '“好”', '『好』')
    """
    return text.translate(_SIMPLIFIED).translate(_PLAIN) if simplified else text.translate(_PLAIN)


def sheet(raw: Mapping[str, Any]) -> Sheet:
    """The page that the parsing process wrote as JSON."""
    from briefing.ingest.pdf_strokes import frames_and_rules

    width, height = float(raw["width"]), float(raw["height"])
    found: list[Glyph] = []
    unknown = 0
    drawn = "".join(str(g[0]) for g in raw["glyphs"])
    simplified = sum(map(drawn.count, _HANS)) >= sum(map(drawn.count, _HANT))
    for text, x0, top, x1, bottom, base, font, turned in raw["glyphs"]:
        if turned == "odd" or not (x0 > -5 and x1 < width + 5 and top > -5 and bottom < height + 5):
            continue
        shown = plain(str(text), simplified=simplified)
        if _CID.fullmatch(shown) or shown == "\x00":
            shown, unknown = UNKNOWN, unknown + 1
        if not shown or unicodedata.category(shown[0]) in ("Cc", "Cf", "Cn"):
            continue
        upright = turned != "right"
        size = bottom - top if upright else x1 - x0
        if size < 1.5 or size > height / 2:
            continue
        found.append(Glyph(shown, x0, top, x1, bottom, base, round(size, 1), font, not upright))
    strokes = [(Box(*box), str(kind)) for *box, kind in raw["strokes"]]
    across, down, frames, tables = frames_and_rules(strokes, width, height)
    pictures = tuple(Box(*box) for box in raw["pictures"])
    return Sheet(
        int(raw["page"]),
        width,
        height,
        tuple(raw["fonts"]),
        undoubled(found),
        across,
        down,
        frames,
        tables,
        tuple(p for p in pictures if p.x1 - p.x0 > 30 and p.bottom - p.top > 30),
        unknown,
        bool(strokes),
    )


def undoubled(glyphs: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs without second strokes: a bold made by printing a character twice, a hair's breadth apart.

    >>> one = Glyph("5", 10, 10, 15, 20, 20, 10, 0)
    >>> [g.font for g in undoubled([one, one._replace(x0=10.3, x1=15.3), one._replace(x0=15, x1=20)])]
    [10000, 0]
    """
    seen: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    out: list[Glyph] = []
    for one in glyphs:
        reach = max(0.6, 0.12 * one.size)
        column, row = int(one.x0 // 4), int(one.top // 4)
        near = (
            n for c in (column - 1, column, column + 1) for r in (row - 1, row, row + 1) for n in seen[one.text, c, r]
        )
        same = next((n for n in near if abs(out[n].x0 - one.x0) <= reach and abs(out[n].top - one.top) <= reach), None)
        if same is None:
            seen[one.text, column, row].append(len(out))
            out.append(one)
        elif out[same].font < BOLD and out[same][1:5] != one[1:5]:
            out[same] = out[same]._replace(font=out[same].font + BOLD)
    return tuple(out)
