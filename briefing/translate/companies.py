"""Companies that no list knows and their projects, found by shape and written by sound and suffix.

远冠电力 is Yuanguan Electric Power: the proper part in pinyin as one word, what it makes from
``data/company_words.tsv``. Two things show a company: a suffix that only companies have behind a part that
is no word, and its place in a list that ends with 等…企业. What the glossary knows is left to it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.spans import Span, resolve
from briefing.translate import places
from briefing.translate.coined import begins, coined, common, loosely_coined, opens, partly_coined, readable
from briefing.translate.glossary import Glossary
from briefing.translate.names import word

_HAN = re.compile(r"[㐀-鿿]")
_AND = re.compile(r"(?<=[㐀-鿿]{2})(?:以及|[和与及])(?=[㐀-鿿]{2})")
_LIST_END = re.compile(r"等(?![于级待同候])")
_PLACE_END = frozenset("河路江湖山桥镇县市区街村乡州湾岛港")
_PRODUCT = re.compile(
    "[水电气茶酒米肉菜果花虾鱼羊牛猪鸡药车船机器材料品氢碳铁线网站馆院校园楼场店所厅]$|种植|养殖|加工|生产|[迁改扩]建"
)
_MAX_LIST = 120
_MAX_ITEM = 18
_ATTRACTED = re.compile(r"引进|引入|引育|招引|签约|吸引|培育|涌现|落户|入驻|收购|携手|联合|对接")
_COUNTED = re.compile(r"[\d一二三四五六七八九十百余多]个(?!重大|民生)")
_CUT_BEFORE = re.compile(r"[，。；：！？\n\s（）()《》“”‘’\"]")
_NOT_AFTER = "制化业法员章人界史类型级股子设厂站"
_NOT_FIRST = frozenset("省市区县镇乡村州一二三四五六七八九十两")
_NOT_LAST = frozenset("省市区县子分总母药业基制型类性房畜农")
_FREE = re.compile(
    r"[^㐀-鿿]|$|[等和与及在将是为有从向对由把已也共就被参获拟致率与]"
    r"|项目|公司|集团|董事|总经理|经理|负责|创始|工作人员|车间|投产|签约|落户|落地|开工|建成|总部|员工|工厂|职工|生产|研发"
    r"|相关|通过|自主|成功|成立|完成|实现|投资|计划|所属|旗下|股份|有限|等"
)
"""What may follow a trade that is an ordinary noun too, when only the part before it shows a company."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name's English, how sure it is, and the kinds of its suffixes."""

    english: str
    weight: int
    """2 a company by itself, 1 likely, 0 only beside others."""
    kinds: frozenset[str] = frozenset()


def find(text: str) -> tuple[tuple[Span, str], ...]:
    """The companies and projects named in a text with their English, in order, without overlap.

    >>> [(s.of(t), e) for t in ["力促远冠电力、科迈隆二期等9个项目开工"] for s, e in find(t)]
    [('远冠电力', 'Yuanguan Electric Power'), ('科迈隆二期', 'Kemailong Phase II')]
    >>> find("发展教育科技、医疗食品等产业，支持新能源、生物医药等企业")
    ()
    """
    found = [*_singles(text), *_listed(text)]
    if not found:
        return ()
    known = [span for span, _ in Glossary.load().match(text)]
    known += [span for span, _ in places.find(text)]
    free = (item for item in found if not any(other.contains(item[0]) for other in known))
    return resolve(free, span=lambda item: item[0])


def company(zh: str) -> str:
    """The English of a company's or its project's name, "" for what is not one by its form.

    >>> company("亚西亚药业"), company("金晔食品有限公司"), company("汉方产业园二期"), company("绿色食品")
    ('Yaxiya Pharmaceutical', 'Jinye Food Co., Ltd.', 'Hanfang Industrial Park Phase II', '')
    """
    name = _parse(zh)
    return name.english if name else ""


def _singles(text: str) -> Iterator[tuple[Span, str]]:
    """Names that their suffix shows, wherever they stand, and those with an English of their own."""
    for match in _own_name().finditer(text):
        yield Span(*match.span()), _names()[match[0]]
    for match in _suffix().finditer(text):
        at = match.start()
        for size in (8, 7, 6, 5, 4, 3, 2):
            start = at - size
            if start < 0 or not begins(text, start) or opens(text[start:at]):
                continue
            stop = _extended(text, match.end())
            english = _single(text, start, stop, edge=start == 0 or not _HAN.match(text[start - 1]))
            if english:
                yield Span(start, stop), english
                break


def _extended(text: str, stop: int) -> int:
    """Where the suffixes that follow one another end: 食品|有限公司, 药业|二期."""
    while match := _suffix().match(text, stop):
        stop = match.end()
    return stop


def _single(text: str, start: int, stop: int, *, edge: bool) -> str:
    """The English of the name in ``text[start:stop]``, "" if its suffixes do not suffice to show a company."""
    if text[stop : stop + 1] and text[stop] in _NOT_AFTER:
        return ""
    name = _parse(text[start:stop], loose=edge, listed=False)
    if name is None or name.weight < 2 or not name.kinds & {"form", "firm", "trade"}:
        return ""
    return name.english if name.kinds & {"form", "firm"} or _FREE.match(text, stop) else ""


def _division(zh: str) -> bool:
    return len(zh) > 1 and places.known(zh) and not places.abroad(zh) and places.place(zh)[:1].isupper()


def _parse(zh: str, *, loose: bool = True, listed: bool = True) -> _Name | None:
    """A name read as a place, a proper part and suffixes, of which the place or the proper part may lack.

    With `loose` the proper part may hold two characters that are often neighbours, if the suffix is a firm's;
    unless `listed`, its end must not make a word with what follows (方中 of 汉方中药).
    """
    if Glossary.load().exact(zh):
        return None
    if zh.endswith("银行") and _division(zh[:-2]):
        return _Name(f"Bank of {places.place(zh[:-2])}", 2, frozenset({"trade"}))
    for size in (0, 2, 3, 4):
        owner = zh[:size]
        if owner and not _division(owner):
            continue
        before = places.place(owner).removesuffix(" Province") + " " if owner else ""
        for cut in (2, 3, 4):
            stem, rest = zh[size : size + cut], zh[size + cut :]
            if len(stem) < cut or _composed(stem) or (read := _behind(rest)) is None:
                continue
            loosely = loose and bool(read.kinds & {"form", "firm"}) and loosely_coined(stem) and _edges(stem)
            if not (loosely or stem in _names() or _proper(stem, "" if listed else rest)):
                continue
            return _Name(f"{before}{_names().get(stem) or word(stem)} {read.english}", read.weight, read.kinds)
        read = _behind(zh[size:]) if owner else None
        if read is not None and "firm" in read.kinds:
            return _Name(before + read.english, read.weight, read.kinds)
    return None


def _composed(stem: str) -> bool:
    """Whether a stem begins with a place, or has a trade in it: 江西|国轩, 仓储."""
    return any(_division(stem[:n]) for n in range(2, len(stem))) or any(
        stem[i : i + 2] in _words() for i in range(len(stem) - 1)
    )


def _proper(stem: str, rest: str) -> bool:
    """Whether a stem is no word, and makes none with the beginning of what follows."""
    return coined(stem) and not common(stem[-1] + rest[:1]) and _edges(stem)


def _edges(stem: str) -> bool:
    """Whether neither end of a stem belongs to a level or number, or to the word behind it (省|产投, 房|地产)."""
    return stem[0] not in _NOT_FIRST and stem[-1] not in _NOT_LAST


def _behind(rest: str) -> _Name | None:
    """What follows a proper part, wholly made of the vocabulary, or with a noun phrase before its end."""
    parts = _parts(rest)
    if parts:
        kinds = frozenset(_words()[part][1] for part in parts)
        weight = 2 if kinds & {"form", "firm", "trade"} else 1
        return _Name(" ".join(_words()[part][0] for part in parts), weight, kinds)
    for size in range(min(6, len(rest) - 2), 1, -1):
        tail = _parts(rest[-size:])
        if tail and {_words()[part][1] for part in tail} <= {"works", "phase"}:
            middle = Glossary.load().phrase(rest[:-size])
            if middle and " of " not in middle:
                english = f"{_title(middle)} {' '.join(_words()[part][0] for part in tail)}"
                return _Name(english, 1, frozenset({"works"}))
    return None


def _title(english: str) -> str:
    return " ".join(part[:1].upper() + part[1:] for part in english.split())


def _parts(zh: str) -> tuple[str, ...]:
    """Suffixes that cover `zh` from its beginning to its end, longest first; () if none do."""
    parts: list[str] = []
    at = 0
    while at < len(zh):
        size = next((n for n in range(min(6, len(zh) - at), 1, -1) if zh[at : at + n] in _words()), 0)
        if not size:
            return ()
        parts.append(zh[at : at + size])
        at += size
    return tuple(parts)


def _listed(text: str) -> Iterator[tuple[Span, str]]:
    """The members of lists that end with 等, where the head or a member shows that they are companies."""
    for end in _LIST_END.finditer(text):
        start = _list_start(text, end.start())
        pieces = _pieces(text, start, end.start())
        if len(pieces) < 2:
            continue
        head = _head(text, end.end())
        found = [item for i, piece in enumerate(pieces) for item in _member(text, piece, first=i == 0)]
        sure, likely = (sum(name.weight >= weight for _, name in found) for weight in (2, 1))
        if not head and not (sure and _ATTRACTED.search(text, start, pieces[0].stop)):
            continue
        if sure or (head == "head" and likely > 1 and 3 * likely >= 2 * len(pieces) - 1):
            for span, name in found:
                if name.english:
                    yield span, name.english


def _list_start(text: str, stop: int) -> int:
    """Where the clause of a list begins."""
    start = max(0, stop - _MAX_LIST)
    breaks = [match.end() for match in _CUT_BEFORE.finditer(text, start, stop)]
    return breaks[-1] if breaks else start


def _pieces(text: str, start: int, stop: int) -> list[Span]:
    """The members of a list by its commas: with what precedes the first of them."""
    if "、" not in text[start:stop] and not re.search("[和与及]", text[start:stop]):
        return []
    cuts = [start - 1, *(i for i in range(start, stop) if text[i] == "、"), stop]
    spans = [Span(a + 1, b) for a, b in itertools.pairwise(cuts)]
    last = spans[-1]
    if match := _AND.search(text, last.start, last.stop):
        spans[-1:] = [Span(last.start, match.start()), Span(match.end(), last.stop)]
    return spans


def _head(text: str, at: int) -> str:
    """What follows 等: "head" companies, or projects that are counted or of companies; "project" others; "" neither."""
    limit = _CUT_BEFORE.search(text, at, at + 22)
    match = _head_noun().match(text, at, limit.start() if limit else min(at + 22, len(text)))
    if match is None or "公用" in match[0]:
        return ""
    kind = _nouns()[match[1]]
    of_companies = _COUNTED.search(match[0]) or any(zh in match[0] for zh in _of_kind("business"))
    return "head" if kind == "project" and of_companies else kind


def _member(text: str, piece: Span, *, first: bool) -> Iterator[tuple[Span, _Name]]:
    """A member of a list as a name; the first may have a verb and more before it."""
    starts = range(max(piece.start, piece.stop - _MAX_ITEM), piece.stop - 1) if first else (piece.start,)
    for start in starts:
        zh = text[start : piece.stop]
        if len(zh) > _MAX_ITEM or (first and (not begins(text, start) or opens(zh))):
            continue
        name = _name(zh)
        if name is not None:
            yield Span(start, piece.stop), name
            return


def _name(zh: str) -> _Name | None:
    """A member of a list, None for an ordinary noun; without English where the glossary has it."""
    if not _HAN.match(zh):
        return None
    if term := Glossary.load().exact(zh):
        return _Name("", 2) if term.kind == "org" and term.en[:1].isupper() else None
    if zh in _names():
        return _Name(_names()[zh], 2 if zh not in _of_kind("word") else 1)
    if parsed := _parse(zh):
        return parsed
    if Glossary.load().phrase(zh) or zh[-1] in _PLACE_END or _PRODUCT.search(zh):
        return None
    owner = zh[:2]
    if len(zh) == 4 and _division(owner):
        return _Name(f"{places.place(owner)} {word(zh[2:])}", 0) if coined(zh[2:]) else None
    if coined(zh):
        return _Name(word(zh), 1)
    if len(zh) == 4 and owner in _names() and coined(zh[2:]):
        return _Name(f"{_names()[owner]} {word(zh[2:])}", 2 if owner in _of_kind("name") else 1)
    if partly_coined(zh):
        return _Name(word(zh), 0)
    stem, phase = zh[:-2], zh[-2:]
    if phase not in _of_kind("phase") or not 2 < len(stem) < 5 or not readable(stem) or stem[-1] in _PLACE_END:
        return None
    ordinary = Glossary.load().phrase(stem) or stem[-2:] in _words()
    return None if ordinary else _Name(f"{word(stem)} {_words()[phase][0]}", 0)


@cache
def _suffix() -> re.Pattern[str]:
    return _any_of(zh for zh, (_, kind) in _words().items() if kind in ("form", "firm", "trade", "goods", "phase"))


@cache
def _own_name() -> re.Pattern[str]:
    return _any_of(zh for zh in _of_kind("name") if len(zh) > 2)


@cache
def _head_noun() -> re.Pattern[str]:
    return re.compile(rf"[^、的]{{0,16}}?({_any_of(_nouns()).pattern})")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@cache
def _words() -> dict[str, tuple[str, str]]:
    """What follows the proper part of a name: its English and kind."""
    kinds = ("form", "firm", "trade", "goods", "works", "phase")
    return {zh: (english, kind) for zh, english, kind in _rows() if kind in kinds}


@cache
def _names() -> dict[str, str]:
    """Proper parts with an English of their own."""
    return {zh: english for zh, english, kind in _rows() if kind in ("name", "word")}


@cache
def _nouns() -> dict[str, str]:
    """The nouns behind 等, with their kind."""
    return {zh: kind for zh, _, kind in _rows() if kind in ("head", "project")}


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row[0] for row in _rows() if row[2] == kind)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = (resources.files("briefing") / "data" / "company_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((zh, english, kind) for zh, english, kind in rows)
