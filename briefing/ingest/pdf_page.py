"""One page to its blocks in reading order: running heads and captions set apart, frames read as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.ingest.pdf_blocks import Stack, finished, heads, names, stacks
from briefing.ingest.pdf_glyphs import Box, Sheet
from briefing.ingest.pdf_order import ordered

_DAY = re.compile(r"(?:19|20)\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}|星期[一二三四五六日天]|农历")
_FOLIO = re.compile(
    r"第?\s*[A-Z]?\s*\d{1,3}\s*版?|[A-Z]\d{1,2}|[0-9０-９]{1,3}|[·\-—–]\s*\d{1,3}\s*[·\-—–]|[零〇一二三四五六七八九十]{1,3}版?"
)
_STAFF = re.compile(
    r"责任?编辑?|责编|美编|编辑[：: ]|组版|校对|版式|主编|值班|电子信箱|新闻热线|投稿|E-?mail", re.IGNORECASE
)
_CREDIT = re.compile(r"(?:摄|供图|制图|资料图片?|/图)[）)。]?$|^[△▲▼◀▶↑↓←→]|^图[为①-⑨一二三四]")
_ADVERT = re.compile(r"热线|订购|咨询电话|联系电话|地址[：:]|抢购|优惠|特价|促销|满\d+减|诚聘|招租|遗失声明|广告")
_WEATHER = re.compile(r"天气|气温|℃|风[力向]|今日.{0,8}[晴阴云雨雪]")


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """What stands on one page."""

    flow: tuple[Stack, ...]
    """In reading order, frames as stacks of the role "frame" with their own order inside."""
    furniture: tuple[Stack, ...]
    """Running heads, page numbers and imprints, from top to bottom."""
    body: float
    """The size of the body type."""
    font: int
    """The font of the body type."""
    pictures: tuple[Box, ...] = ()


def laid_out(sheet: Sheet, body: float, repeated: frozenset[str]) -> PageBlocks:
    """The blocks of the page; `repeated` are the texts that stand at the edge of several pages."""
    found = stacks(sheet, body)
    furniture = _furniture(found, sheet, body, repeated)
    rest = [s for s in found if s not in furniture]
    filled = [
        f for f in sheet.frames if any(f.holds((s.box.x0 + s.box.x1) / 2, (s.box.top + s.box.bottom) / 2) for s in rest)
    ]
    pictures = [*sheet.pictures, *(f for f in sheet.frames if f not in filled)]
    rest = [_marked(s, pictures, body) for s in rest]
    rest, font = heads(rest, body)
    flow = ordered(_framed(rest, filled, body, sheet), body, sheet.across, sheet.down, pictures)
    furniture.sort(key=lambda s: (round(s.box.top / 8), s.box.x0))
    return PageBlocks(tuple(flow), tuple(furniture), body, font, tuple(pictures))


def edge_texts(sheets: Sequence[Sheet], body: float) -> frozenset[str]:
    """The texts at the top and bottom edge that stand on more than one page, numbers left out."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        inside = [s for s in stacks(sheet, body) if _edge(s, sheet)] if len(sheets) > 1 else []
        seen.update({_bare(s.text) for s in inside})
    return frozenset(text for text, times in seen.items() if times > 1 and len(text) > 1)


def _bare(text: str) -> str:
    return re.sub(r"[\d\s零〇一二三四五六七八九十]", "", text)


def _edge(s: Stack, sheet: Sheet) -> bool:
    return s.box.bottom < 0.09 * sheet.height or s.box.top > 0.94 * sheet.height


def _furniture(found: Sequence[Stack], sheet: Sheet, body: float, repeated: frozenset[str]) -> list[Stack]:
    """Rows at the edge of the page of which one piece is a date, a page number or the staff's imprint."""
    near = [s for s in found if _edge(s, sheet) and len(s.lines) <= 2 and len(s.text) <= 60]

    def tells(s: Stack) -> bool:
        text = s.text.strip()
        if s.box.top > 0.94 * sheet.height and _STAFF.search(text):
            return True
        return bool(
            _FOLIO.fullmatch(text)
            or (_DAY.search(text) and not finished(text) and len(text) < 40)
            or _bare(text) in repeated
        )

    out = [s for s in near if tells(s) and not (s.size > 2.2 * body and not _FOLIO.fullmatch(s.text.strip()))]
    for s in near:
        beside = any(
            min(s.box.bottom, o.box.bottom) - max(s.box.top, o.box.top) > 0.4 * min(s.size, o.size)
            for o in out
            if o is not s
        )
        if s not in out and beside and len(s.text) <= 24 and not finished(s.text) and s.size <= 2.2 * body:
            out.append(s)
    return out


def _marked(s: Stack, pictures: Sequence[Box], body: float) -> Stack:
    """The block with its role, where it is a caption, an advertisement or the weather."""
    if s.role or len(s.text) > 220:
        return s
    under = any(
        -body < s.box.top - p.bottom < 2.2 * body
        and s.box.x0 < p.x1
        and s.box.x1 > p.x0
        and s.box.x1 - s.box.x0 < 1.15 * (p.x1 - p.x0) + body
        for p in pictures
    )
    small = s.size < 0.95 * body
    credit = bool(_CREDIT.search(s.text))
    if names(s.text) and not credit:
        return s
    beside = any(
        p.top - body < s.box.top < p.bottom + body and -2 * body < s.box.x0 - p.x1 < 2 * body for p in pictures
    )
    if (under and (small or credit)) or (credit and (small or beside)):
        return replace(s, role="caption")
    return s


def _framed(found: Sequence[Stack], frames: Iterable[Box], body: float, sheet: Sheet) -> list[Stack]:
    """The blocks with those in a frame put into one block, where the frame holds text of its own."""
    out = list(found)
    whole = sum(len(s.text) for s in found)
    for frame in sorted(frames, key=lambda f: (f.x1 - f.x0) * (f.bottom - f.top)):
        inside = [s for s in out if frame.holds((s.box.x0 + s.box.x1) / 2, (s.box.top + s.box.bottom) / 2)]
        words = sum(_length(s) for s in inside)
        plain = [s for s in inside if s.role in ("frame", "table") or not s.head]
        notice = words < 300 and bool(_notice("".join(map(_text, inside))))
        if not inside or words > 0.85 * whole or not (notice or any(map(_reads, plain))):
            continue
        inner = tuple(ordered(inside, body, sheet.across, sheet.down))
        role = "advertisement" if notice else "frame"
        made = Stack((), frame, body, sheet.page, role=role, inner=inner)
        out = [s for s in out if s not in inside] + [made]
    return out


def _notice(text: str) -> bool:
    """Whether the words are those of an advertisement or the weather, not of an article."""
    return bool(_ADVERT.search(text) or _WEATHER.search(text)) and text.count("。") <= 1


def _reads(s: Stack) -> bool:
    """Whether the block is text to be read, no label in a box."""
    return bool(s.inner) or len(s.lines) > 2 or (len(s.lines) > 1 and finished(s.text))


def _text(s: Stack) -> str:
    return s.text + "".join(map(_text, s.inner))


def _length(s: Stack) -> int:
    return len(s.text) + sum(map(_length, s.inner))
