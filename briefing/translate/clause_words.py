"""The vocabulary of `briefing.translate.clauses`: verbs with their English forms, subjects, modals, changes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.spans import Span


@dataclass(frozen=True, slots=True)
class Verb:
    """The English of a verb, and whether its object is new (新建: build a new …)."""

    base: str
    past: str
    participle: str
    new: bool = False

    def joined(self, other: Verb, word: str = "or") -> Verb:
        """Two verbs with one object.

        >>> Verb("build", "built", "built").joined(Verb("renovate or expand", "", "")).base
        'build, renovate or expand'
        """
        mine, theirs = (self.base, self.past, self.participle), (other.base, other.past, other.participle)
        pairs = zip(mine, theirs, strict=True)
        base, past, done = (f"{a}, {b}" if f" {word} " in b else f"{a} {word} {b}" for a, b in pairs)
        return Verb(base, past, done, self.new and other.new)


class Words:
    """The tables of ``data/verbs.tsv`` and ``data/clause_words.toml``, and patterns made of them."""

    def __init__(self, lines: Iterable[str], tables: Mapping[str, Mapping[str, str | list[str]]]) -> None:
        rows = [(*line.split("\t"), "", "", "")[:5] for line in lines if line and line[0] != "#"]
        self._verbs = {
            zh: Verb(base, past or past_of(base), done or past or past_of(base), new == "new")
            for zh, base, past, done, new in rows
        }
        self.subject = _texts(tables["subject"])
        self.modal = _texts(tables["modal"])
        self.owner = _texts(tables["owner"])
        self.connective = _texts(tables["connective"])
        self.counted, self.short = _texts(tables["counted"]), _texts(tables["short"])
        self.every = _texts(tables["every"])
        self.event = _texts(tables["event"])
        self.manner = _texts(tables["manner"])
        self.grant, self.done = _texts(tables["grant"]), _texts(tables["done"])
        self.role = _texts(tables["role"])
        self.adverb = _texts(tables["adverb"])
        self.year = _texts(tables["year"])
        self.around, self.benefit = _texts(tables["around"]), _texts(tables["benefit"])
        self.prepose, self.helped, self.spared, self.achieved, self.holiday = (
            _texts(tables[name]) for name in ("prepose", "helped", "spared", "achieved", "holiday")
        )
        self.called = _forms(tables["named"])
        self.asked = _texts(tables["asked"])
        self.under, self.drawn = _forms(tables["under"]), _texts(tables["drawn"])
        self.side, self.lie = _texts(tables["side"]), _texts(tables["lie"])
        self.place, self.level = _texts(tables["place"]), _texts(tables["level"])
        self.both, self.change, self.stage, self.bring, self.charge, self.goes = (
            _forms(tables[name]) for name in ("both", "change", "stage", "bring", "charge", "goes")
        )
        self.went, self.says = _texts(tables["went"]), _texts(tables["says"])
        self.subjects, self.modals = either(self.subject), either(self.modal)
        self.pasts, self.years = either(tables["past"]), either(self.year)
        self.changes, self.stages, self.verbs = either(self.change), either(self.stage), either(self._verbs)
        self.nominal = frozenset(str(tables["more"]["nominal"]).split())
        means = "通过.{2,24}?等?(?:多种)?(?:方式|措施|举措|途径|形式|手段)"
        before = f"(?:{self.pasts}|{either(self.adverb)}|再)*"
        prefix = f"(?:{either(self.connective)})?(?:{self.subjects})?(?:{means})?{before}"
        self.opening = re.compile(f"{prefix}(?P<v>{self.verbs})(?:[、和](?P<w>{self.verbs}))?")
        self._first = re.compile(f"(?:{self.verbs})")
        self.forms: dict[str, Verb] = {}
        more = (Verb(b, past_of(b), past_of(b)) for b in str(tables["more"]["verbs"]).split())
        for verb in (*self._verbs.values(), *more):
            if " " not in verb.base:
                for form in (verb.base, verb.past, gerund(verb.base)):
                    self.forms.setdefault(form, verb)

    def verb(self, zh: str) -> Verb:
        """The verb that is `zh`; KeyError where it is none."""
        return self._verbs[zh]

    def leading(self, clause: str) -> str:
        """The verb that the clause begins with, or ""."""
        match = self._first.match(clause)
        return match.group() if match else ""

    def starts(self, clause: str) -> bool:
        """Whether the clause begins with a verb."""
        return bool(self.leading(clause))


@cache
def words() -> Words:
    """The vocabulary, loaded once."""
    data = resources.files("briefing") / "data"
    tables = tomllib.loads((data / "clause_words.toml").read_text(encoding="utf8"))
    return Words((data / "verbs.tsv").read_text(encoding="utf8").splitlines(), tables)


def unverbed(span: Span, text: str) -> Span:
    """`span` without the verb that it begins with, and who did it how, where a noun is left.

    >>> unverbed(Span(0, 6), "改造老旧小区"), unverbed(Span(0, 4), "研发投入")
    (Span(start=2, stop=6), Span(start=0, stop=4))
    """
    return Span(span.start + done_to(span.of(text))[0], span.stop)


def done_to(phrase: str) -> tuple[int, Verb | None]:
    """How many characters of `phrase` say what was done to the thing that it names, and the verb.

    >>> done_to("先后新建、改扩建学校")[1].participle
    'built, renovated or expanded'
    """
    found = words().opening.match(phrase)
    if found is None or len(phrase) - found.end() < 2 or found["v"] in words().nominal:
        return 0, None
    verb = words().verb(found["v"])
    return found.end(), verb.joined(words().verb(found["w"])) if found["w"] else verb


def either(options: Iterable[str]) -> str:
    """A pattern that matches any of `options`, the longest first."""
    return "|".join(sorted(map(re.escape, options), key=len, reverse=True))


_IRREGULAR = {"uphold": "upheld", "hold": "held", "build": "built", "give": "gave", "take": "took", "make": "made",
              "keep": "kept", "see": "saw", "play": "played", "grow": "grew", "go": "went", "lead": "led", "run": "ran",
              "bring": "brought", "win": "won", "set": "set", "put": "put", "cut": "cut", "do": "did", "have": "had",
              "be": "was", "get": "got", "tap": "tapped", "plan": "planned", "adhere": "adhered"}  # fmt: skip


def past_of(base: str) -> str:
    """The regular past of a verb, which may have words behind it.

    >>> past_of("carry out"), past_of("renovate"), past_of("deploy")
    ('carried out', 'renovated', 'deployed')
    """
    first, _, rest = base.partition(" ")
    if first in _IRREGULAR:
        past = _IRREGULAR[first]
    elif first.endswith("e"):
        past = first + "d"
    elif re.search(r"[^aeiou]y$", first):
        past = first[:-1] + "ied"
    else:
        past = first + "ed"
    return f"{past} {rest}".strip()


SECOND = re.compile(
    " and (?=(?:improve|expand|raise|increase|uphold|break|get|strive|strengthen|supplement|cut|reduce|mitigate|speed"
    r"|stabilize|enforce|fight|gather|forge|see|produce|transform|upgrade|go|take|rectify|innovate|make)\b)"
)
"""Before the second verb of a phrase with two: cut costs and raise efficiency."""
_DOUBLED = ("cut", "get", "put", "run", "set", "tap", "plan", "step", "stop", "win", "control", "submit", "swap")


def is_adverb(word: str) -> bool:
    """Whether a verb follows: strictly enforce, but not apply for.

    >>> is_adverb("strictly"), is_adverb("apply")
    (True, False)
    """
    return word.endswith("ly") and word not in ("apply", "rely", "supply", "reply")


def gerund(base: str) -> str:
    """The -ing form of a verb, which may have words behind it.

    >>> gerund("rise"), gerund("grow"), gerund("be cut"), gerund("serve and support"), gerund("jointly cut costs")
    ('rising', 'growing', 'being cut', 'serving and supporting', 'jointly cutting costs')
    >>> gerund("cut costs and raise efficiency")
    'cutting costs and raising efficiency'
    """
    first, _, rest = base.partition(" ")
    if is_adverb(first) and rest:
        return f"{first} {gerund(rest)}"
    if (second := SECOND.search(f" {rest}")) is not None:
        done = f"{first} {rest[: max(0, second.start() - 1)]}".strip()
        return f"{gerund(done)} and {gerund(rest[second.end() - 1 :])}"
    if rest.startswith("and "):
        return f"{gerund(first)} and {gerund(rest[4:])}"
    stem = first[:-1] if first.endswith("e") and not first.endswith(("ee", "be")) else first
    stem += stem[-1] if first in _DOUBLED else ""
    return f"{stem}ing {rest}".strip()


_BEGINS = re.compile(r"((?:(?:\w+ly|further|also|better|will|to) )*)(\w+)(?= |$)")


def inflected(english: str, form: str) -> str | None:
    """`english` with the verb that it begins with in its "base" or "past" form; None where it begins with none.

    >>> inflected("further promoting reform", "base"), inflected("reform of the system", "base")
    ('further promote reform', None)
    """
    m = _BEGINS.match(english)
    verb = words().forms.get(m[2]) if m else None
    if m is None or verb is None:
        return None
    adverbs = re.sub(r"\b(?:will|to) ", "", m[1])
    return f"{adverbs}{verb.base if form == 'base' else verb.past}{english[m.end() :]}"


def _texts(table: Mapping[str, str | list[str]]) -> dict[str, str]:
    return {zh: en for zh, en in table.items() if isinstance(en, str)}


def _forms(table: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {zh: forms for zh, forms in table.items() if isinstance(forms, list)}
