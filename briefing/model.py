"""The values that travel from stage to stage: frozen, made of tuples, free of behaviour.

Every `Span` counts code points of `Issue.text` unless its docstring says otherwise. No text is kept
beside a span: it is ``span.of(issue.text)``. Amounts are `Decimal`; a missing bound is None, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from briefing.spans import Span

Kind = Literal["money", "measure", "count", "percent", "point", "multiple", "fraction", "rank", "soft"]
Bound = Literal["exact", "about", "over", "near", "at_least", "at_most", "range"]
Direction = Literal["up", "down", "up_to", "down_to", ""]
MomentKind = Literal["date", "year", "period", "relative"]
Role = Literal["banner", "kicker", "headline", "deck", "byline", "caption", "subhead", "narration", "quote", "question"]
Status = Literal["achieved", "target", "other"]
Strength = Literal["will", "strive", "ensure", "plan", ""]
Severity = Literal["error", "warning", "note"]
ArticleKind = Literal["interview", "other"]
Hint = Literal[Role, "table", "advertisement", "furniture", ""]
"""What the look of a page says about a block: a role, what is no article at all, or "" for nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement inside a Step: the characters of its input under `span` became `text`."""

    span: Span
    """In the input of the Step (not in Issue.text)."""
    text: str
    origin: Span | None = None
    """Where in the input of the Step the inserted characters were taken from, when they were moved."""


@dataclass(frozen=True, slots=True)
class Step:
    """One pass of normalisation: sorted edits that do not overlap. See `briefing.normalise`."""

    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that stands together on a page, as its reader saw it.

    A paragraph that runs over from one column to the next is two blocks, which touch in Issue.raw.
    """

    span: Span
    """In Issue.raw (not in Issue.text)."""
    role: Hint = ""
    page: int = 0
    """Counted from 1; 0 where the format has no pages."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom in PDF points from the top left corner of the page, None where unknown."""
    size: float = 0.0
    """Of the type, in points; 0 where unknown."""
    article: int = 0
    """Which article of the issue it belongs to, counted from 1; 0 where the reader cannot tell."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One newspaper issue, read and normalised: replaying `steps` on `raw` gives `text`."""

    id: str
    """Safe as the name of a folder: letters, digits, CJK, dot, dash and underscore."""
    date: date | None
    """The day of publication, against which relative dates are resolved."""
    source: str
    """Where it came from, as the user named it; never used as a path again."""
    raw: str
    text: str
    steps: tuple[Step, ...] = ()
    blocks: tuple[Block, ...] = ()
    """What the reader saw of the layout, in the order of `raw`; empty for plain text."""
    doubtful: tuple[Span, ...] = ()
    """Numbers in Issue.raw (not in Issue.text) that a scan does not show for certain: none is verified silently."""


@dataclass(frozen=True, slots=True)
class Person:
    """An official or other speaker."""

    span: Span
    """The name, where it is first given."""
    name: str
    title: str
    """As printed before the name: offices joined as in the source, "" if none."""
    english: str
    """The name in pinyin, surname first: Meng Qingshun."""
    title_english: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of an article with one role."""

    span: Span
    role: Role
    speaker: str = ""
    """The name of the person whose words or acts these are, "" if nobody's."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One article of the issue; `kind` is "interview" where an official speaks."""

    id: str
    span: Span
    people: tuple[Person, ...]
    turns: tuple[Turn, ...]
    sentences: tuple[Span, ...]
    """Of narration and quotes (not headlines, captions or bylines), whole: no break cuts one in two."""
    kind: ArticleKind = "interview"
    date: Moment | None = None
    """When the interview took place, if the article says so."""
    place: str = ""
    """The administrative division that the speaker speaks for (济南市市中区), "" if unknown."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. See DESIGN for the conventions; `low`/`high` are in the plain unit.

    about and exact: low == high. over and at_least: high is None. near and at_most: low is None.
    """

    span: Span
    kind: Kind
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    """The plain unit in Chinese (元, 平方米, %, 百分点, 个, 家 …), "" if none, on both sides of the check."""
    rule: str
    """The rule that found it, for explanations and tests."""
    direction: Direction = ""
    """up: 增长3倍, 提高2000元; up_to: 提高到; "" where the text tells none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or period: iso is 2024-01-12, 2024-01, 2024, 2024-Q1, 2024-H1, 2021/2025 or "" if open."""

    span: Span
    kind: MomentKind
    iso: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it counts and whether it has been reached."""

    id: str
    span: Span
    """The sentence (or headline) that gives it."""
    quantity: Quantity
    subject: Span | None
    """What is counted: a noun phrase near the number."""
    status: Status
    period: Moment | None
    speaker: str = ""
    role: Role = "narration"
    part_of: str = ""
    """The id of the figure that this one is a part of (139 projects, of which 50 …), or ""."""
    base: Span | None = None
    """The words that say with what it is compared or a share of what it is (较2020年末, 占全省), None where none do."""
    scope: Span | None = None
    """Of what the subject is, where the subject leaves that to the words around it (重点项目 of its 总投资)."""
    lead: Span | None = None
    """Words of the value set apart from the number (增长 of 分别增长5%和6%, 至少 of 至少上门服务两次), or None."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment: who will do what, how much of it, by when."""

    id: str
    span: Span
    """The sentence (or clause) that states it."""
    speaker: str
    actor: str
    action: Span
    """The clause to be shown and translated."""
    due: Moment | None
    figures: tuple[str, ...]
    """Ids of the figures inside."""
    strength: Strength = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands for one quantity, date, person, place or term while a sentence is translated."""

    token: str
    """As the model sees it: <n1>, <d1>, <p1>, <l1>, <t1> …"""
    span: Span
    english: str
    """Rendered by rule, or from the glossary."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one span of the source."""

    source: Span
    text: str
    engine: str
    """"model", "composed" (by rule, of phrases), "glossary", "rule" (nothing was left to translate), "clauses" or
    "fallback"."""
    slots: tuple[Slot, ...] = ()
    repairs: tuple[str, ...] = ()
    """What had to be done to it, in order: "retry", "clauses", "fallback" …"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an editor should look at."""

    code: str
    """Stable: N-MISSING, N-INVENTED, N-ALTERED, N-SWAPPED … listed in docs/findings.md."""
    severity: Severity
    source: Span | None
    """In the Chinese text."""
    target: Span | None
    """In the English text of the unit."""
    message: str
    """One sentence that an editor understands."""
    unit: str = ""
    """Which pair of texts: the id of a brief's unit, or a line number."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The points chosen to stand for one interview, in text order."""

    interview: str
    points: tuple[Span, ...]
    method: str
    """"extractive" or "llm"."""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that was found in one issue, ready to be rendered."""

    issue: Issue
    interviews: tuple[Interview, ...]
    figures: tuple[Figure, ...]
    pledges: tuple[Pledge, ...]
    summaries: tuple[Summary, ...]
    translations: tuple[Translation, ...]
    findings: tuple[Finding, ...]
    signature: str
    names: tuple[tuple[str, str], ...] = ()
    """Chinese and English of the places and actors that the tables name."""
