"""Terms whose English is fixed: found in a sentence, looked up whole, or composed into a noun phrase.

The list is ``data/glossary.tsv``: Chinese, English, kind, note. The first words of the note say how the
English behaves; what follows a semicolon is for the reader:

    -s          countable, and the plural is regular
    pl. X       countable, and the plural is X
    pl.         the English is a plural already
    attrib.     only before a noun: provincial, newly added
    v. / adv.   not a noun: never put into a sentence, only looked up whole
    (nothing)   a noun that is not counted
    phrase …    before any of these: right by itself (a headline, the subject of a table row) but too
                general to be forced into a sentence

A row whose kind is ``stop`` has no English: its characters are passed over, so that 中国 is not found in
发展中国家. Everything is lower case inside a sentence unless it is a proper name, and has no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from briefing.errors import ConfigError
from briefing.spans import Span
from briefing.translate.deed_words import table
from briefing.translate.places import abroad
from briefing.translate.places import find as find_places
from briefing.translate.plurals import HEAD_END, MEASURED, UNIQUE, pluralise

_NUMERAL = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿点.．%％")
_NOT_FORCED = ("v.", "adv.", "attrib.")
_JOINERS = {"、": " and ", "和": " and ", "及": " and ", "与": " and ", "以及": " and ", "或": " or "}
_ONE = re.compile(
    r"(?:(?<![\d〇零一二三四五六七八九十百千万亿])[一1][个家名位座支所条项种类款片处]?"
    r"|这[个家项座]?|每[个家项]?|首[个家]|[该本此某])$"
)
_GOAL = re.compile(
    r"(?:打造|建设|建成|创建|争创|争当|成为|构建|构筑|形成|筑就|塑造|建立|打响|擦亮|迈向|作为)(?:成为|成|好|了|起)?"
    r"(?P<x>[^，。；：、“”]{0,12})$"
)
_MANY = re.compile(r"一批|系列|更多|许多|各|多[个家条座种项]|若干|[两三四五六七八九十百千万\d]|等|[和与及]")
_NUMBERED = re.compile(r"[、和与及等]|[近约超]?[\d一二两三四五六七八九十百]")
_MAX_PARTS = 5
_ORDER = {kind: i for i, kind in enumerate(("scope", "place", "new", "level", "quality", "matter", "noun"))}
_GERUND = re.compile(r"(?!hous|build|engineer|train|manufactur|bank|process|farm|livestream|account)[a-z]+ing\b")
_MEASURES = {
    "总量": "total number",
    "总数": "total number",
    "数量": "number",
    "占比": "share",
    "比重": "share",
    "增速": "growth rate",
    "增长率": "growth rate",
    "产量": "output",
    "总产量": "total output",
}
_INVESTED = re.compile("(?P<what>.{2,}?(?P<phase>[一二三四五]期)?(?:项目|工程))(?P<how>计划总|概算总|总|年度计划)投资$")
_SUM_IN = {"计划总": "total planned", "概算总": "total estimated", "总": "total", "年度计划": "planned annual"}
_MAX_ATTRIBUTE_WORDS = 5
_LONGEST_PHRASE = 24


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: how `zh` is written in English, and how that may be used."""

    zh: str
    en: str
    kind: str
    note: str = ""
    user: bool = False
    """Given by the user: it wins over everything else and is always forced."""

    @property
    def flag(self) -> str:
        """How the English behaves: the note up to the first semicolon, without the word "phrase"."""
        return self.note.partition(";")[0].removeprefix("phrase").strip()

    @property
    def forced(self) -> bool:
        """Whether the term is safe to put into a sentence, whatever stands around it."""
        return self.user or not (self.note.startswith("phrase") or self.flag.startswith(_NOT_FORCED))

    @property
    def countable(self) -> bool:
        """Whether a number may stand before it."""
        return self.flag.startswith(("-s", "pl."))

    @property
    def plural(self) -> str:
        """The English after a number above one.

        >>> Term("瞪羚企业", "gazelle enterprise", "policy", "-s").plural
        'gazelle enterprises'
        """
        if self.flag.startswith("pl. "):
            return self.flag[4:].strip()
        return pluralise(self.en) if self.flag == "-s" else self.en

    def in_text(self, text: str, span: Span) -> str:
        """The form that stands for the term where it is used: plural if countable, as Chinese names kinds.

        Singular stays what one, this or each comes before (一家瞪羚企业, 该项目), and what precedes a name (市长).

        >>> term = Term("瞪羚企业", "gazelle enterprise", "policy", "-s")
        >>> term.in_text("培育瞪羚企业", Span(2, 6)), term.in_text("成为一家瞪羚企业", Span(4, 8))
        ('gazelle enterprises', 'gazelle enterprise')
        """
        if not self.countable or self.kind == "title" or _ONE.search(text[max(0, span.start - 4) : span.start]):
            return self.en
        if MEASURED.search(self.en) and not _NUMBERED.match(text, span.stop):
            return self.en
        if UNIQUE.search(self.en) and not _NUMBERED.match(text, span.stop):
            made = _GOAL.search(text, max(0, span.start - 18), span.start)
            if made and not _MANY.search(made["x"]):
                return self.en
        return self.plural


class _Lexicon:
    """Longest match over many words: a dict from the first two characters to the words, longest first."""

    __slots__ = ("_by_start",)

    def __init__(self, terms: Iterable[Term]) -> None:
        by_start: dict[str, list[Term]] = {}
        for term in terms:
            by_start.setdefault(term.zh[:2], []).append(term)
        self._by_start = {start: tuple(sorted(group, key=lambda t: -len(t.zh))) for start, group in by_start.items()}

    def find(self, text: str, start: int, stop: int) -> Iterator[tuple[Span, Term]]:
        """Leftmost, longest matches inside ``text[start:stop]``."""
        by_start, i = self._by_start, start
        while i < stop - 1:
            group = by_start.get(text[i : i + 2])
            if group is not None:
                for term in group:
                    end = i + len(term.zh)
                    if end <= stop and text.startswith(term.zh, i) and _is_whole(text, i, end):
                        yield Span(i, end), term
                        i = end - 1
                        break
            i += 1


def _is_whole(text: str, start: int, stop: int) -> bool:
    """Whether neither end cuts a number or a Latin word in two (五 of 十五, AI of MAIN)."""
    for inner, outer in ((start, start - 1), (stop - 1, stop)):
        if not 0 <= outer < len(text):
            continue
        a, b = text[inner], text[outer]
        if a in _NUMERAL and b in _NUMERAL:
            return False
        if a.isascii() and b.isascii() and a.isalnum() and b.isalnum():
            return False
    return True


_HAVING = re.compile("有.+的")
_INNER = str.maketrans("“”", "‘’")


class Glossary:
    """The terms of the project and those of the user."""

    __slots__ = ("_base", "_exact", "_user")

    def __init__(self, terms: Iterable[Term]) -> None:
        exact: dict[str, Term] = {}
        for term in terms:
            if term.user or term.zh not in exact:
                exact[term.zh] = term
        for term in [t for t in exact.values() if "“" in t.zh[1:]]:  # inside a quotation: 共建‘一带一路’国家
            inner = term.zh.translate(_INNER)
            exact.setdefault(inner, replace(term, zh=inner))
        self._exact = exact
        base = {t.zh: t for t in exact.values() if t.forced and not t.user}
        held = _Lexicon(base.values())  # 打好组合拳 is said as a whole: 组合拳 is not found in it
        sets = (zh for zh in table().whole if zh not in base and any(held.find(zh, 0, len(zh))))
        self._base = _Lexicon([*base.values(), *(Term(zh, "", "stop") for zh in sets)])
        self._user = _Lexicon(t for t in exact.values() if t.user)

    @classmethod
    def load(cls, user: Path | None = None) -> Glossary:
        """The glossary of the project, with the terms of a user's TSV file over it; ConfigError if that is wrong.

        >>> [(t.zh, t.en) for _, t in Glossary.load().match("新增高新技术企业61家")]
        [('高新技术企业', 'high-tech enterprise')]
        """
        if user is None:
            return _built_in()
        try:
            text = user.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"the terms file {user} cannot be read: {error}") from error
        return cls((*_rows(text, str(user), user=True), *_project_terms()))

    def __len__(self) -> int:
        return len(self._exact)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._exact.values())

    def match(self, text: str) -> tuple[tuple[Span, Term], ...]:
        """The terms of a sentence that may be put into it: leftmost, longest, not overlapping.

        Linear in the text: each position costs one look-up of two characters. A user's term is found first,
        and the others only beside it.
        """
        found: list[tuple[Span, Term]] = []
        at = 0
        for span, term in self._user.find(text, 0, len(text)):
            found += self._base.find(text, at, span.start)
            found.append((span, term))
            at = span.stop
        found += self._base.find(text, at, len(text))
        return tuple((span, term) for span, term in found if term.kind != "stop")

    def exact(self, zh: str) -> Term | None:
        """The term that is all of `zh`, also one that is too general to be forced in a sentence."""
        term = self._exact.get(zh.strip()) or self._exact.get(_unquoted(zh))
        return None if term is None or term.kind == "stop" else term

    def phrase(self, zh: str, *, plural: bool = False) -> str | None:
        """A noun phrase that terms, places and modifiers cover wholly, composed before its head; None otherwise.

        The last part is the head. What stands before it keeps its order, as English attributes do, and is
        refused where it would read badly: verbs, plurals, long or prepositional phrases.

        >>> Glossary.load().phrase("新增省级瞪羚企业", plural=True)
        'new provincial gazelle enterprises'
        """
        zh = _unquoted(zh)
        whole = self.exact(zh)
        if whole is not None:
            return (whole.plural if plural else whole.en) if whole.flag[:1] not in ("v", "a") else None
        if _HAVING.search(zh):  # 有实绩的企业: what has it stands behind, and is said first
            return None
        owner, of, owned = zh.rpartition("的")
        if of and 1 < len(owner) <= 8 and len(owned) > 1:
            left, right = self.phrase(owner, plural=True), self.phrase(owned, plural=plural)
            link = "with" if owned.endswith(("企业", "单位", "家庭", "人员")) else "of"
            return f"{right} {link} {left}" if left and right and " of " not in left + right else None
        for name, measure in _MEASURES.items():
            counted = zh.removesuffix(name)
            counted_as = self.phrase(counted, plural=True) if counted != zh and len(counted) > 1 else None
            if counted_as:
                return f"{measure} of {counted_as}" if " of " not in counted_as else None
        if invested := _INVESTED.fullmatch(zh):  # 港口三期工程|总投资: one project with its article, or several
            what = self.phrase(invested["what"], plural=not invested["phase"])
            lead = f"{_SUM_IN[invested['how']]} investment in {'the ' if invested['phase'] else ''}"
            return f"{lead}{what}" if what else None
        parts = self._cover(zh) if len(zh) <= _LONGEST_PHRASE else None
        if not parts:
            return None
        if len(parts) == 1 and parts[0].kind == "place":
            return parts[0].en
        if len(parts) > 1 and parts[-2].kind == "joiner":  # 专精特新|及|瞪羚企业: what is joined is the attribute
            parts = (*parts[:-1], *self._opened(parts[-1]))
        return _compose(parts, plural)

    def _opened(self, head: Term) -> tuple[Term, ...]:
        """A head as its attribute and the noun behind it, if it is made of the two."""
        for size in range(2, len(head.zh) - 1):
            attribute, noun = _modifiers().get(head.zh[:size]), self._exact.get(head.zh[size:])
            if attribute is not None and noun is not None:
                return attribute, noun
        return (head,)

    def _cover(self, zh: str) -> tuple[Term, ...] | None:
        """The fewest terms that cover `zh` without a gap, or None; longer parts at the end are preferred."""
        best: list[tuple[Term, ...] | None] = [None] * (len(zh) + 1)
        best[len(zh)] = ()
        for i in range(len(zh) - 1, -1, -1):
            for j in range(len(zh), i, -1):
                rest = best[j]
                here = best[i]
                if rest is None or len(rest) == _MAX_PARTS or (here is not None and len(here) <= len(rest) + 1):
                    continue
                term = self._part(zh[i:j], head=j == len(zh))
                if term is not None:
                    best[i] = (term, *rest)
        return best[0]

    def _part(self, zh: str, *, head: bool) -> Term | None:
        if zh in _JOINERS:
            return Term(zh, _JOINERS[zh], "joiner")
        term = (None if head else _modifiers().get(zh)) or self._exact.get(zh)
        if term is not None:
            return None if term.kind in ("stop", "title") or term.flag.startswith(("v.", "adv.")) else term
        found = find_places(zh) if len(zh) > 1 else ()
        if len(found) != 1 or len(found[0][0]) != len(zh) or abroad(zh):
            return None
        return Term(zh, found[0][1], "place")


def _unquoted(zh: str) -> str:
    """A phrase without the marks that enclose all of it.

    >>> _unquoted("“四上”企业"), _unquoted("“项目深化年”")
    ('“四上”企业', '项目深化年')
    """
    zh = zh.strip()
    inner = zh[1:-1]
    return inner if zh[:1] + zh[-1:] in ("“”", "《》", '""', "‘’") and not re.search("[“”《》]", inner) else zh


def _compose(parts: tuple[Term, ...], plural: bool) -> str | None:
    """Attributes in English order before the head, or None where that would read badly."""
    *before, head = parts
    if head.kind in ("joiner", "place") or head.flag.startswith("attrib.") or (before and before[0].kind == "joiner"):
        return None
    noun = head.plural if plural and head.countable else head.en
    groups = _coordinated(before)
    if groups is None:
        return None
    words = list(groups)
    opening = re.match(r"(?:key|major|total|outstanding|leading|(new|newly \w+)) (?=\w)", noun)
    if opening and any(rank >= _ORDER["matter"] for rank, _ in words):
        words.append((_ORDER["new" if opening[1] else "quality"], opening[0].strip()))
        noun = noun[opening.end() :]
    if sum(len(text.split()) for _, text in words) > _MAX_ATTRIBUTE_WORDS:
        return None
    if sum(rank >= _ORDER["matter"] for rank, _ in words) > 2 or any(text in noun for _, text in words):
        return None
    if re.search(r" of |^per capita|^rate\b", noun) and any(rank >= _ORDER["matter"] for rank, _ in words):
        return None
    return " ".join([*(text for _, text in sorted(words, key=lambda w: w[0])), noun])


def _coordinated(parts: list[Term]) -> list[tuple[int, str]] | None:
    """Attributes with their place in English order; those around 和 or 、 as one, if they are of one sort."""
    words: list[tuple[int, str]] = []
    joiner = ""
    for part in parts:
        if part.kind == "joiner":
            if joiner or not words:
                return None
            joiner = part.en
            continue
        if part.flag.startswith("pl.") or len(part.en.split()) > 4:
            return None
        if part.kind not in _ORDER and (HEAD_END.search(f" {part.en}") or _GERUND.match(part.en)):
            return None
        if part.note == "phrase":  # 治理, 培训: they may be verbs here
            return None
        rank, text = _ORDER.get(part.kind, _ORDER["noun"]), part.en.removesuffix(" Province")
        if words and rank == words[-1][0] == _ORDER["new"]:
            joiner = " and "
        if joiner:
            if min(rank, _ORDER["matter"]) != min(words[-1][0], _ORDER["matter"]):
                return None
            words[-1] = (rank, words[-1][1] + joiner + text)
            joiner = ""
        else:
            words.append((rank, text))
    return None if joiner else words


def _rows(text: str, name: str, *, user: bool = False) -> Iterator[Term]:
    """The terms of a TSV text; ConfigError with the line number when a row lacks its English."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "zh\ten")):
            continue
        zh, en, kind, note, *_ = (*(c.strip() for c in line.split("\t")), "", "", "")
        if len(zh) < 2 or not (en or kind == "stop"):
            raise ConfigError(f"{name}, line {number}: expected a term of two or more characters, a tab, its English")
        yield Term(zh, en, kind, note, user)


@cache
def _project_terms() -> tuple[Term, ...]:
    text = (resources.files("briefing") / "data" / "glossary.tsv").read_text(encoding="utf-8")
    return tuple(_rows(text, "glossary.tsv"))


@cache
def _built_in() -> Glossary:
    return Glossary(_project_terms())


@cache
def _modifiers() -> dict[str, Term]:
    text = (resources.files("briefing") / "data" / "modifiers.tsv").read_text(encoding="utf-8")
    return {t.zh: t for t in _rows(text, "modifiers.tsv")}


def modifier(zh: str) -> str | None:
    """The English of an attribute that stands before nouns.

    >>> modifier("重点"), modifier("企业家")
    ('key', None)
    """
    term = _modifiers().get(zh)
    return term.en if term else None
