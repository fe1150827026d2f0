"""Glosses: the likeliest English of each stretch of a masked Chinese text, from a phrase lexicon.

The embedded engine puts these glosses in order and writes a sentence of them. The lexicon is
``data/model/lexicon.tsv.gz``: Chinese, cost of using the entry, English, then (cost, English) of each way to
say it where there are several; it was learnt from word-aligned text (see ``training/``). Training and
translation call the same code, so that both see the same glosses.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_ATOM = re.compile(r"<[ndplot][1-9]>|[A-Za-z][A-Za-z0-9.+&-]*|\d[\d.,]*%?|\s+|.", re.S)
_HALF = re.compile(r"(?<!\d)[,;:?!()]|[,;:?!()](?!\d)")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_BLANKS = re.compile(r"\s+")
_GAP = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)
_EDGE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\dA-Za-z<])|(?<=[\dA-Za-z>%]) (?=[\u3400-\u9fff])")
LONGEST = 16
"""Characters of the longest entry that is looked up."""
GAP = "～"
SLOT_CLASSES = {"n": "Ｎ", "d": "Ｄ"}
"""Kinds of slots that an entry may hold, one at most, and the letter that stands for them in it."""
_BARRIER = frozenset("，。；：！？\n")
_WIDEST = 60
"""Characters of the longest stretch that is glossed as one: the work grows with its cube."""
_STRETCH = 0.05
_UNKNOWN = 9.0
_FREE = 0.2

Entry = tuple[float, str]
Candidate = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Gloss:
    """A stretch of the source and its English: "" where the lexicon has none or it needs none."""

    zh: str
    en: str


def normalised(text: str) -> str:
    """`text` as the training text was written: NFKC, full-width punctuation, no blanks between characters.

    >>> normalised("新增 ３３ 家,同比增长 <n1>")
    '新增33家，同比增长<n1>'
    """
    text = unicodedata.normalize("NFKC", text.replace("\u200b", "").replace("…", "⋯"))
    text = _HALF.sub(lambda m: m.group().translate(_FULL), text)
    text = _GAP.sub("", _BLANKS.sub(" ", text)).strip()
    return _EDGE.sub("", text)


class Lexicon:
    """Chinese phrases, each with a cost and an English.

    Some have a gap: 推动～发展, "promote the development of ～".
    """

    __slots__ = ("_ends", "_entries", "_rows", "_rules", "_starts")

    def __init__(self, entries: Mapping[str, Entry], rows: Mapping[str, bytes] | None = None) -> None:
        """A lexicon of `entries`, and of `rows` as they stand in the file, which are read when they are needed."""
        self._entries: dict[str, Entry] = {}
        self._rows = rows or {}
        self._rules: dict[tuple[str, str], tuple[float, str, str]] = {}
        for zh, (cost, en) in entries.items():
            if GAP in zh:
                before, _, after = zh.partition(GAP)
                left, _, right = en.partition(GAP)
                self._rules[before, after] = (cost, left.strip(), right.strip())
            else:
                self._entries[zh] = (cost, en)
        self._starts = frozenset(before for before, _ in self._rules if before)
        self._ends = frozenset(after for _, after in self._rules if after)

    @classmethod
    def load(cls, path: Path, *, without: Collection[str] = ()) -> Lexicon:
        """The lexicon in a gzipped file: the rules with a gap, the other entries' Chinese, the rest of their rows.

        Rules that are named in `without` are left out.

        The three blocks are parted by an empty line each; the second and third are so many lines that reading
        them one by one would take most of the time.
        """
        rules, keys, rest = gzip.decompress(path.read_bytes()).split(b"\n\n")
        parsed = [line.split("\t") for line in rules.decode().split("\n")]
        rows = dict(zip(keys.decode().split("\n"), rest.split(b"\n"), strict=True))
        for zh, cost, en, *more in parsed:
            if more:
                said = en.partition(GAP)[0].strip() or en.partition(GAP)[2].strip()
                rows[zh] = "\t".join([cost, said, *more]).encode()
        return cls({zh: (float(cost), en) for zh, cost, en, *_ in parsed if zh not in without}, rows)

    def __len__(self) -> int:
        return len({*self._entries, *self._rows}) + len(self._rules)

    def options(self, gloss: Gloss) -> tuple[Candidate, ...]:
        """The ways to say a gloss, each with its cost; "" among them where it may be left out."""
        key, slot = classed(gloss.zh)
        row = self._rows.get(key)
        fields = row.decode().split("\t") if row is not None else []
        if len(fields) <= 2 or (GAP in key and _filled(fields[1], slot) != gloss.en):
            return ((0.0, gloss.en or gloss.zh),)
        return tuple((float(c), _filled(en, slot)) for c, en in zip(fields[2::2], fields[3::2], strict=True))

    def _entry(self, word: str) -> Entry | None:
        entry = self._entries.get(word)
        if entry is None:
            row = self._rows.get(word)
            if row is not None:
                cost, en, *_ = row.decode().split("\t")
                entry = self._entries[word] = (float(cost), en)
        return entry

    def gloss(self, text: str, override: Mapping[str, Entry | None] | None = None) -> list[Gloss]:
        """The cheapest derivation of `text`: the glosses in the order of the English.

        Slots, Latin words and digits stand for themselves, and no rule reaches over a comma. `override`
        replaces entries (None removes one): training uses it to hide what a sentence itself has put into the
        lexicon.

        >>> Lexicon({"新增": (1.0, "add"), "企业": (1.0, "enterprise")}).gloss("新增<n1>企业")
        [Gloss(zh='新增', en='add'), Gloss(zh='<n1>', en='<n1>'), Gloss(zh='企业', en='enterprise')]
        >>> rules = {"推动～发展": (1.0, "promote the development of ～"), "产业": (1.0, "industry")}
        >>> plain(Lexicon(rules).gloss("推动产业发展"))
        'promote the development of industry'
        """
        out: list[Gloss] = []
        clause: list[str] = []
        for atom in _ATOM.findall(text):
            clause.append(atom)
            if atom in _BARRIER or len(clause) >= _WIDEST:
                out += self._clause(clause, override or {})
                clause = []
        return out + self._clause(clause, override or {})

    def _clause(self, atoms: list[str], override: Mapping[str, Entry | None]) -> list[Gloss]:
        n = len(atoms)
        if not n:
            return []
        rules = self._rules
        text = "".join(_letter(a) for a in atoms)
        han = ["\u3400" <= c <= "\u9fff" for c in text]
        best = [[1e9] * (n + 1) for _ in range(n + 1)]
        how: dict[tuple[int, int], tuple[str, str, int, int]] = {}
        starts: list[list[str]] = [[] for _ in atoms]
        ends: list[list[str]] = [[] for _ in range(n + 1)]
        for i in range(n):
            if not han[i]:
                best[i][i + 1], how[i, i + 1] = _FREE, (atoms[i], "", -1, -1)
            else:
                best[i][i + 1], how[i, i + 1] = _UNKNOWN, ("", "", -1, -1)
            for j in range(i + 1, min(n, i + LONGEST) + 1):
                if text[j - 1] == "\0":
                    break
                word = text[i:j]
                entry = override[word] if word in override else self._entry(word)
                if entry is not None and entry[0] < best[i][j]:
                    best[i][j], how[i, j] = entry[0], (_filled(entry[1], _slot(atoms[i:j])), "", -1, -1)
                if word in self._starts:
                    starts[i].append(word)
                if word in self._ends:
                    ends[j].append(word)
        for width in range(2, n + 1):
            for i in range(n - width + 1):
                j = i + width
                row, least = best[i], best[i][j]
                for before in ("", *starts[i]):
                    p = i + len(before)
                    for after in ("", *ends[j]):
                        q = j - len(after)
                        rule = rules.get((before, after)) if p < q else None
                        if rule is not None and (cost := rule[0] + best[p][q] + _STRETCH * (q - p)) < least:
                            slot = _slot(atoms[i:p]) or _slot(atoms[q:j])
                            least, how[i, j] = cost, (_filled(rule[1], slot), _filled(rule[2], slot), p, q)
                split = -1
                for k in range(i + 1, j):
                    cost = row[k] + best[k][j]
                    if cost < least:
                        least, split = cost, k
                if split >= 0:
                    how[i, j] = ("", "", split, -1)
                row[j] = least
        return list(_written(atoms, how, 0, n))


def _written(
    atoms: Sequence[str], how: Mapping[tuple[int, int], tuple[str, str, int, int]], i: int, j: int
) -> Iterator[Gloss]:
    before, after, p, q = how[i, j]
    if p < 0:
        yield Gloss("".join(atoms[i:j]), before)
    elif q < 0:
        yield from _written(atoms, how, i, p)
        yield from _written(atoms, how, p, j)
    else:
        rule = "".join(atoms[i:p]) + GAP + "".join(atoms[q:j])
        if before:
            yield Gloss(rule, before)
        yield from _written(atoms, how, p, q)
        if after:
            yield Gloss(rule, after)


def _letter(atom: str) -> str:
    """One character for an atom: itself, its class of slots, or nothing that an entry could hold."""
    if len(atom) == 1:
        return atom
    return SLOT_CLASSES.get(atom[1], "\0") if atom[0] == "<" else "\0"


def _slot(atoms: Sequence[str]) -> str:
    """The first slot among `atoms` that an entry may hold, or ""."""
    return next((a for a in atoms if len(a) > 1 and _letter(a) != "\0"), "")


def _filled(en: str, slot: str) -> str:
    return en.replace(SLOT_CLASSES[slot[1]], slot) if slot else en


def classed(zh: str) -> tuple[str, str]:
    """`zh` with a letter in place of its slot, and the slot.

    >>> classed("增长<n3>")
    ('增长Ｎ', '<n3>')
    """
    atoms = _ATOM.findall(zh)
    slot = _slot(atoms)
    return (zh.replace(slot, SLOT_CLASSES[slot[1]]), slot) if slot else (zh, "")


def source(glosses: Iterable[Gloss]) -> str:
    """What the model reads: each stretch's English, or its Chinese where the lexicon has none.

    There is no blank before a slot, so that a slot is one token.

    >>> source([Gloss("新增", "add"), Gloss("<n1>", "<n1>"), Gloss("企业", "enterprise")])
    'add<n1> enterprise'
    """
    return " ".join(g.en or g.zh for g in glosses if not g.zh.isspace()).replace(" <", "<")


def plain(glosses: Iterable[Gloss]) -> str:
    """The glosses one behind another, with English punctuation: right word by word, and no more than that.

    >>> plain([Gloss("优化", "optimize"), Gloss("、", "、"), Gloss("监管", "supervise"), Gloss("。", "。")])
    'optimize, supervise.'
    """
    return tidy(english_marks(" ".join(g.en or g.zh for g in glosses if not g.zh.isspace())))


def tidy(text: str) -> str:
    """`text` without the blanks and doubled commas that come from writing words one behind another."""
    text = re.sub(r"(?<=[(“]) | (?=[,.;:!?)”])", "", re.sub(r"\s+", " ", text))
    return re.sub(r"([,;:])(?=[,;:.])", "", text).strip()


_PUNCTUATION = str.maketrans("，。、；：！？（）《》〈〉【】", ",.,;:!?()“”“”()")


def english_marks(text: str) -> str:
    """`text` with English punctuation marks in place of Chinese ones."""
    return text.translate(_PUNCTUATION)
