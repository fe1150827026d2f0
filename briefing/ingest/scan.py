"""From recognised lines to paragraphs in reading order, with the numbers that are not certain."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from briefing.errors import InputError
from briefing.ingest import tesseract
from briefing.ingest.reading import Reading
from briefing.ingest.tesseract import Glyph, Line
from briefing.model import Block, Hint
from briefing.spans import Span

CERTAIN = 95.0
"""Confidence below which a digit is doubtful. On pages that were set and worsened here all digits that were read
right had 97 and more but for one in forty, wrong ones mostly less (benchmarks/scans.py)."""
CERTAIN_HAN = 90.0
"""The same for 三, 万 and 亿."""
_AUTO, _ONE_LINE = 3, 7
"""Page segmentation modes of tesseract."""
_HEIGHT = 48
"""Pixels of a line when it is read for the second time."""
_LIKE_A_DIGIT = r"\d\]\[|lIO〇"
_TOKEN = re.compile(
    rf"[{_LIKE_A_DIGIT}][{_LIKE_A_DIGIT}.,%％]*[万亿億萬千百]*|[零一二三四五六七八九十百千万亿两億萬兩]{{2,}}"
)
_RATE = re.compile(r"\d[\d.,]*[%％]\d{0,2}|\d[\d.,]*(?:96|46|94|95|98)(?![\d.,%万亿个元家人])")
_HAN_NUMBER = re.compile("[零一二三四五六七八九十百千万亿两億萬兩]")
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—·]")
_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
_SURE = 97.0
"""Mean confidence of a page that was read in its own script; in the other script it is 90 and less."""
_POOR, _UNREADABLE = 94.0, 90.0
"""Mean confidence under which every number of a page is doubtful, and under which it is no text: good pages have 97
and more, a page of which one character in ten was right had 86."""
_SAMPLE = 0.3
"""The share of a page's height that is read in both scripts where that leaves a doubt."""


@dataclass(frozen=True, slots=True)
class Read:
    """A line as text; `doubtful` spans count in it."""

    text: str
    doubtful: tuple[Span, ...]
    line: Line
    page: int


def pages(images: Sequence[Any], name: str = "the scan") -> list[Read]:
    """The lines of all pictures in reading order, read twice where they hold numbers.

    InputError where the program is so unsure of the Chinese that what it read is no text.
    """
    out: list[Read] = []
    language = ""
    for number, image in enumerate(images, 1):
        first = tesseract.lines([image], language or "chi_sim", _AUTO)[0]
        if not language:
            language = _language(image, first)
            first = first if language == "chi_sim" else tesseract.lines([image], language, _AUTO)[0]
        found = ordered(first)
        numbered = [n for n, line in enumerate(found) if _TOKEN.search(_plain(line.glyphs))]
        again = tesseract.lines([_strip(image, found[n]) for n in numbered], language, _ONE_LINE) if numbered else []
        second = {n: "".join(_plain(part.glyphs) for part in parts) for n, parts in zip(numbered, again, strict=True)}
        rates = _rates(image, found)
        if found and _sure(found) < _POOR:
            second = dict.fromkeys(range(len(found)), "")
        out += [_compared(line, second.get(n), rates.get(n, frozenset()), number) for n, line in enumerate(found)]
    if out and _sure(read.line for read in out) < _UNREADABLE:
        raise InputError(f"{name} cannot be read with any certainty: scan it upright at 300 dpi or more")
    return out


def _language(image: Any, first: Sequence[Line]) -> str:
    """chi_sim, or chi_tra where the simplified reading is unsure and the traditional one of a strip is surer."""
    if "chi_tra" not in tesseract.languages() or not first or _sure(first) >= _SURE:
        return "chi_sim"
    height = max(200, min(int(image.height * _SAMPLE), 500))
    top = max(0, (image.height - height) // 2)
    strip = image.crop((0, top, image.width, min(image.height, top + height)))
    simplified, traditional = (_sure(tesseract.lines([strip], name, 6)[0]) for name in ("chi_sim", "chi_tra"))
    return "chi_tra" if traditional > simplified + 1 else "chi_sim"


def _sure(lines: Iterable[Line]) -> float:
    """The mean confidence of the Chinese characters."""
    found = [glyph.confidence for line in lines for glyph in line.glyphs if _CJK.match(glyph.text)]
    return sum(found) / len(found) if found else 0.0


def _rates(image: Any, found: Sequence[Line]) -> dict[int, frozenset[int]]:
    """Where, line by line, the percentages begin that a reader of Latin figures reads in another way.

    The Chinese data takes the % sign for 9, 46 or 6 with confidence, at every size: 60% becomes 609%.
    """
    where: list[tuple[int, int, str]] = []
    cuts: list[Any] = []
    for n, line in enumerate(found):
        chars = [(c, g) for g in line.glyphs for c in g.text]
        for token in _RATE.finditer("".join(c for c, _ in chars)):
            where.append((n, token.start(), token.group()))
            box = [chars[token.start()][1].left, line.top, chars[token.end() - 1][1].right, line.bottom]
            cuts.append(_cell(image, box, line.height))
    if not cuts or "eng" not in tesseract.languages():
        return {n: frozenset(start for m, start, _ in where if m == n) for n, _, _ in where}
    again = tesseract.lines(cuts, "eng", _ONE_LINE, only="0123456789.,%")
    out: dict[int, set[int]] = {}
    for (n, start, shown), parts in zip(where, again, strict=True):
        other = _bare("".join(_plain(part.glyphs) for part in parts)).lstrip(".,")
        if other != _bare(shown):
            out.setdefault(n, set()).add(start)
    return {n: frozenset(starts) for n, starts in out.items()}


def _cell(image: Any, box: Sequence[int], height: int) -> Any:
    from PIL import Image, ImageOps

    pad = max(2, height // 8)
    cut = image.crop((max(0, box[0] - pad), max(0, box[1] - pad), box[2] + pad, box[3] + pad))
    width = max(8, min(4000, round(cut.width * 64 / max(1, cut.height))))
    return ImageOps.expand(cut.resize((width, 64), Image.Resampling.BICUBIC), 24, fill=250)


def _strip(image: Any, line: Line) -> Any:
    """The line alone, at another size and a little sharper than it was read first."""
    from PIL import Image, ImageFilter, ImageOps

    pad = max(4, line.height // 5)
    right, bottom = min(image.width, line.right + 2 * pad), min(image.height, line.bottom + pad)
    cut = image.crop((max(0, line.left - 2 * pad), max(0, line.top - pad), right, bottom))
    width = max(8, min(8000, round(cut.width * _HEIGHT / max(1, cut.height))))
    cut = cut.resize((width, _HEIGHT), Image.Resampling.BICUBIC).filter(ImageFilter.UnsharpMask(2, 100))
    return ImageOps.expand(cut, 10, fill=250)


def _plain(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def _compared(line: Line, second: str | None, rates: frozenset[int], page: int) -> Read:
    """The text of the line, its doubtful numbers marked."""
    chars: list[tuple[str, float, Glyph]] = [(c, g.confidence, g) for g in line.glyphs for c in g.text]
    whole = "".join(c for c, _, _ in chars)
    unsure: set[int] = set()
    tokens = list(_TOKEN.finditer(whole))
    for token in tokens:
        least = min(
            confidence + (CERTAIN - CERTAIN_HAN if _HAN_NUMBER.match(c) else 0.0)
            for c, confidence, _ in chars[token.start() : token.end()]
        )
        if least < CERTAIN or token.start() in rates or _odd(token.group()):
            unsure.update(range(token.start(), token.end()))
    for at, (char, confidence, _) in enumerate(chars):
        if _HAN_NUMBER.match(char) and confidence < CERTAIN_HAN - 20:
            unsure.add(at)
    if tokens and second is not None:
        first = [_bare(token.group()) for token in tokens]
        other = [_bare(token) for token in _TOKEN.findall(second)]
        for kind, a, b, c, d in difflib.SequenceMatcher(None, first, other, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            for token in tokens[a:b]:
                unsure.update(range(token.start(), token.end()))
            if a == b and c != d:
                at = tokens[a].start() if a < len(tokens) else len(whole)
                unsure.update(range(max(0, at - 2), min(len(whole), at + 2)))
    for token in tokens:
        if token.start() in unsure:
            _mended(chars, token)
    return _spaced(chars, unsure, line, page)


def _mended(chars: list[tuple[str, float, Glyph]], token: re.Match[str]) -> None:
    """What can only be misread, read as what it mostly is: ] as 1, and nothing behind the % sign; doubtful still."""
    rate = token.group().find("%")
    for at in range(token.start(), token.end()):
        char, confidence, glyph = chars[at]
        if char in "][|lI":
            char = "" if at > token.start() and chars[at - 1][0] == "1" else "1"
        elif char == "O":
            char = "0"
        elif 0 <= rate < at - token.start() and char.isdecimal():
            char = ""
        chars[at] = (char, confidence, glyph)


def _odd(token: str) -> bool:
    """Whether a number has a shape that no printed number has: 9.4%6, 1], 1.2.3."""
    return bool(re.search(r"[\]\[|lIO]|[%％].|\.\d*\.|[.,]$|^0\d", token.rstrip("万亿億萬千百")))


def _bare(token: str) -> str:
    return token.rstrip(".,").replace("％", "%")


def _spaced(chars: Sequence[tuple[str, float, Glyph]], unsure: set[int], line: Line, page: int) -> Read:
    """The characters with the spaces that their distances show, and full-width marks among Chinese."""
    out: list[str] = []
    spans: list[Span] = []
    before: tuple[str, Glyph] | None = None
    start: int | None = None
    for at, (char, _, glyph) in enumerate(chars):
        if before is not None:
            gap = glyph.left - before[1].right
            han = bool(_CJK.match(char) or _CJK.match(before[0]))
            if gap > (1.2 if han else 0.35) * line.height and not re.match(r"[\d.]", char + before[0]):
                out.append(" ")
        if not char:
            continue
        if char in ",;:?!()" and before is not None and _CJK.match(before[0]):
            char = char.translate(_WIDE)
        if at in unsure and start is None:
            start = sum(map(len, out))
        elif at not in unsure and start is not None:
            spans.append(Span(start, sum(map(len, out))))
            start = None
        out.append(char)
        before = (char, glyph)
    text = "".join(out)
    if start is not None:
        spans.append(Span(start, len(text)))
    return Read(text, tuple(spans), line, page)


def ordered(lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order: across what spans the page, then column by column from the left.

    The page is cut at its widest white gaps, in turn from side to side and from top to bottom.
    """
    if len(lines) < 2:
        return list(lines)
    high = median(line.height for line in lines)
    for axis, gap in ((0, 0.8 * high), (1, 1.6 * high), (1, 0.9 * high)):
        parts = _cut(lines, axis, gap)
        if len(parts) > 1:
            return [line for part in parts for line in ordered(part)]
    return sorted(lines, key=lambda line: (line.top, line.left))


def _cut(lines: Sequence[Line], axis: int, gap: float) -> list[list[Line]]:
    """The lines in groups parted by more than `gap` of white from left to right (0) or top to bottom (1)."""

    def ends(line: Line) -> tuple[int, int]:
        return (line.left, line.right) if axis == 0 else (line.top, line.bottom)

    groups: list[list[Line]] = []
    reach = 0
    for line in sorted(lines, key=ends):
        start, stop = ends(line)
        if not groups or start - reach > gap:
            groups.append([])
            reach = stop
        groups[-1].append(line)
        reach = max(reach, stop)
    return groups


def reading(lines: Sequence[Read]) -> Reading:
    """Paragraphs of `lines`, each a block; lines of one paragraph are joined."""
    out: list[str] = []
    blocks: list[Block] = []
    doubtful: list[Span] = []
    at = 0
    usual = median(r.line.height for r in lines) if lines else 0
    largest = max((r.line.height for r in lines), default=0)
    for group in _grouped(lines, usual):
        gap = "\n\n" if out else ""
        out.append(gap)
        at += len(gap)
        start, first = at, len(out)
        for number, line in enumerate(group):
            joint = " " if number and _latin(out[-1], line.text) else ""
            out += [joint, line.text]
            at += len(joint)
            doubtful += [span.shift(at) for span in line.doubtful]
            at += len(line.text)
        height = max(r.line.height for r in group)
        role: Hint = ""
        if height > 1.6 * usual and len(group) <= 3:
            role = "headline" if height > 0.8 * largest else "subhead"
            out = [*out[:first], *(part.replace("；", "：") for part in out[first:])]  # no headline holds a semicolon
        box = (
            float(min(r.line.left for r in group)), float(min(r.line.top for r in group)),
            float(max(r.line.right for r in group)), float(max(r.line.bottom for r in group)),
        )  # fmt: skip
        blocks.append(Block(Span(start, at), role, group[0].page, box, float(height)))
    return Reading("".join([*out, "\n"]) if blocks else "", tuple(blocks), doubtful=tuple(doubtful))


def _latin(before: str, after: str) -> bool:
    return bool(re.search("[A-Za-z]$", before) and re.match("[A-Za-z]", after))


def _grouped(lines: Sequence[Read], usual: float) -> Iterator[list[Read]]:
    """The lines of each paragraph: it begins with an indent, behind a short last line, or in other type."""
    group: list[Read] = []
    for number, this in enumerate(lines):
        if group and _begins(lines, number, group, usual):
            yield group
            group = []
        group.append(this)
    if group:
        yield group


def _begins(lines: Sequence[Read], number: int, group: Sequence[Read], usual: float) -> bool:
    this, last = lines[number], group[-1]
    if this.page != last.page:
        return not _open(last.text)
    tall, was = this.line.height > 1.6 * usual, last.line.height > 1.6 * usual
    if tall != was:
        return True
    near = [r.line for r in lines[max(0, number - 12) : number + 12] if r.page == this.page]
    near = [line for line in near if (line.height > 1.6 * usual) == tall]
    same = [line for line in near if line.left < this.line.right and line.right > this.line.left]
    left, right = min(line.left for line in same), max(line.right for line in same)
    moved = this.line.left > last.line.right or this.line.top < last.line.top
    indented = this.line.left - left > 1.2 * usual
    if moved:
        return indented or not _open(last.text)
    short = right - last.line.right > 2.5 * usual
    apart = this.line.top - last.line.bottom > 1.5 * usual
    return indented or apart or (short and not tall and not _open(last.text))


def _open(text: str) -> bool:
    return not re.search("[。！？”：]$", text.rstrip())
