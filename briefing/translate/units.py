"""Translating the units of a brief: masked, batched, guarded, retried, and at worst visibly given up.

A unit is a span of the source with a style. It is cut into chunks that the model can hold; each chunk
is masked and translated; the best hypothesis without fault is taken whose numbers, read back, are
those of the chunk. Where there is none the chunk is translated clause by clause, and what still fails
is not invented: the slots are listed beside a plain remark, and the caller raises a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from briefing.model import Slot, Translation
from briefing.spans import Span
from briefing.translate.chunks import cut, lines, sentences, split, together
from briefing.translate.clause_parts import Parts, lowered
from briefing.translate.clause_words import done_to, unverbed
from briefing.translate.clauses import Composer
from briefing.translate.engine import Translator
from briefing.translate.guards import fault, glued, romanised, unnegated
from briefing.translate.placeholders import TOKEN, Candidate, mask, unmask
from briefing.translate.plurals import pluralise
from briefing.translate.preorder import preordered

Style = Literal["sentence", "headline", "phrase"]
Verify = Callable[[str, str], bool]
"""(Chinese, English) → whether every number in the one was found in the other."""
Exact = Callable[[str, bool], str | None]
"""(A short Chinese phrase, whether it is counted) → its English by rule or glossary, None if neither knows it."""

GIVEN_UP = "[not translated"
"""How the remark begins that stands for what could not be translated."""
_SIMPLE = re.compile(r"(?!.*\b(?:of|for|and|in|to|with|from|on|by|the|all)\b)[A-Za-z][A-Za-z &-]*[^s]")
"""A noun phrase that takes a plural at its end."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_WHO_SAID = re.compile(r"(?:[A-Z][\w'-]* ){1,3}(?:said|added|noted|stressed|explained|told the reporter)\.?")
_TWICE = re.compile(r"\b([a-z]{4,})\b[”\"]? \1\b")
"""A head that a term and the words behind it both say: the “double reduction” policy policy."""
_OWNED = re.compile(r"(?<=['’]s) the (?=(?:share|proportion|ratio|number|total|output|value|growth)\b)")
"""An article behind an owner: the city's the share."""
_DANGLING = re.compile(r"(?: (?:of|the|and|to|for|in|an?|with))+$")
"""What an engine leaves at the end of a noun phrase whose head it lost."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A span to be translated and the kind of English that is wanted."""

    span: Span
    style: Style = "sentence"
    plural: bool = False
    """For a phrase: whether a number above one counts it."""
    promise: bool = False
    """For a sentence: what it says is still to be done."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One masked chunk on its way."""

    span: Span
    masked: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    english: str
    job: _Job
    repair: str = ""
    composed: bool = False


def translate(
    text: str,
    units: Sequence[Unit],
    candidates: Sequence[Candidate],
    engine: Translator,
    *,
    verify: Verify,
    exact: Exact = lambda phrase, plural: None,
    year: int | None = None,
    told: Mapping[Span, bool] | None = None,
) -> tuple[Translation, ...]:
    """One Translation for each of `units`, in order; `candidates` are the chosen slots of all of `text`.

    `year` is that of the issue, before which a year is past; `told` says of numbers whether they are still to be
    reached, so that a sentence has the tense that the tables have.
    """
    ready: dict[int, Translation] = {}
    chunks: dict[int, list[Span]] = {}
    affixes: dict[int, str] = {}
    for number, unit in enumerate(units):
        source = unit.span.of(text)
        known = exact(source, unit.plural) if unit.style != "sentence" else None
        if known is None and unit.style == "phrase" and (verb := done_to(source)[1]) is not None:
            noun = unverbed(unit.span, text)
            affixes[number] = "new {}" if verb.new else f"{{}} {verb.participle}"
            known = exact(noun.of(text), True)
            known = affixes[number].format(known) if known else None
            chunks[number] = [noun]
        if known is not None and verify(source, known):
            ready[number] = Translation(unit.span, _dress(known, unit.style), "glossary")
            chunks.pop(number, None)
        elif number not in chunks:
            parted = {"sentence": sentences, "headline": lines}.get(unit.style)
            chunks[number] = parted(text, unit.span, candidates) if parted else [unit.span]
    wanted = {s: units[n].promise for n, parts in chunks.items() if units[n].style != "phrase" for s in parts}
    titles = frozenset(s for n, parts in chunks.items() if units[n].style == "headline" for s in parts)
    phrases = [s for n, parts in chunks.items() if units[n].style == "phrase" for s in parts]
    compose = partial(
        _composed, text, candidates=candidates, engine=engine, verify=verify, exact=exact, year=year, told=told or {}
    )
    composed = compose(wanted, titles, phrases)
    for marks in ("；;", "，,"):  # what does not hold as a whole may do so in part
        pieces = {s: cut(text, s, candidates, marks) for s in wanted if s not in composed and s not in titles}
        pieces = {s: parts for s, parts in pieces.items() if len(parts) > 1}
        composed |= compose({part: wanted[s] for s, parts in pieces.items() for part in parts}, frozenset(), ())
        pieces = {s: together(parts, composed) for s, parts in pieces.items()}
        wanted |= {part: wanted[s] for s, parts in pieces.items() for part in parts}
        for number, parts in chunks.items():
            chunks[number] = [c for s in parts for c in pieces.get(s, [s])]
    for number, parts in chunks.items():
        chunks[number] = [c for s in parts for c in ([s] if s in composed else split(text, s, candidates))]
    rest = [c for parts in chunks.values() for c in parts if c not in composed]
    done: dict[Span, _Done | None] = {**composed, **_run(text, rest, candidates, engine, verify)}
    failed = [span for span, result in done.items() if result is None]
    clauses = {span: split(text, span, candidates, smallest=True) for span in failed}
    again = _run(text, [c for parts in clauses.values() for c in parts if c not in failed], candidates, engine, verify)
    for number, parts in chunks.items():
        results: list[_Done] = []
        for part in parts:
            if (whole := done[part]) is not None:
                results.append(whole)
                continue
            for clause in clauses[part]:
                result = again.get(clause)
                if result is None:
                    job = _job(text, clause, candidates)
                    results.append(_Done(_given_up(job), job, "fallback"))
                else:
                    results.append(_Done(result.english, result.job, "clauses"))
        ready[number] = _join(text, units[number], results, verify, affixes.get(number, "{}"))
    return tuple(ready[number] for number in range(len(units)))


def _composed(
    text: str,
    spans: Mapping[Span, bool],
    titles: Collection[Span],
    phrases: Sequence[Span],
    *,
    candidates: Sequence[Candidate],
    engine: Translator,
    verify: Verify,
    exact: Exact,
    year: int | None,
    told: Mapping[Span, bool],
) -> dict[Span, _Done]:
    """The sentences of `spans` (with whether they promise) and the phrases that could be composed by rule.

    All have passed the check.

    Each is composed twice: the first time only to learn which phrases the engine is to translate.
    """
    jobs = {span: _job(text, span, candidates, ordered=False) for span in spans}
    wanted: dict[str, None] = {}

    def ask(zh: str, counted: bool) -> str:
        wanted[zh] = None
        return zh

    nouns = {span: _job(text, span, candidates, ordered=False) for span in phrases}
    tenses = {
        span: {slot.token: told[s] for slot in job.slots for s in told if slot.span.contains(s)}
        for span, job in jobs.items()
    }

    forms: dict[Span, dict[str, str]] = {}

    def composer(span: Span, phrase: Callable[[str, bool], str]) -> Composer:
        made = Composer(jobs[span].slots, phrase, year, future=spans[span], told=tenses[span], known=exact)
        forms[span] = made.forms
        return made

    def parts(span: Span, phrase: Callable[[str, bool], str]) -> Parts:
        made = Parts({slot.token: slot.english for slot in (jobs | nouns)[span].slots}, phrase, exact)
        forms[span] = made.forms
        return made

    for span, job in jobs.items():
        composer(span, ask).sentence(job.masked)
        _noun_or_deed(parts(span, ask), job.masked, span in titles)
    for span, job in nouns.items():
        parts(span, ask).composed(job.masked, True)
    asked = [zh for zh in wanted if re.search(r"\w", TOKEN.sub("", zh))]
    answers = dict(zip(asked, engine.translate([preordered(zh) for zh in asked]), strict=True)) if asked else {}

    def tell(zh: str, counted: bool) -> str:
        if (known := exact(zh, counted)) is not None:
            return known
        wanted_tokens = Counter(m.group() for m in TOKEN.finditer(zh))
        found = answers.get(zh, [zh])
        for english in [*found, *filter(None, map(romanised, found if len(zh) > 2 else []))]:
            if Counter(m.group() for m in TOKEN.finditer(english)) == wanted_tokens and not _HAN.search(english):
                plural = counted and not zh.endswith(">") and _SIMPLE.fullmatch(english)
                return pluralise(english) if plural else english
        return zh

    said = {
        span: composer(span, tell).sentence(job.masked)
        or _noun_or_deed(parts(span, tell), job.masked, span in titles)
        for span, job in jobs.items()
    } | {span: parts(span, tell).composed(job.masked, True) for span, job in nouns.items()}
    out = {}
    for span, job in (jobs | nouns).items():
        masked = said[span]
        if masked is None or fault(job.masked, masked, job.slots):
            continue
        slots = tuple(replace(s, english=forms[span].get(s.token, s.english)) for s in job.slots)
        english = unmask(masked, slots)
        if verify(span.of(text), english) and not unnegated(job.masked, english):
            out[span] = _Done(english, replace(job, slots=slots), composed=True)
    return out


def _noun_or_deed(parts: Parts, masked: str, title: bool) -> str | None:
    """A part of a headline as a noun phrase, or as a verb with its object."""
    noun = parts.composed(masked, phrase=False)
    return parts.deed(masked) if noun is None and title else noun


def _job(text: str, span: Span, candidates: Sequence[Candidate], *, ordered: bool = True) -> _Job:
    masked, slots = mask(text, span, candidates)
    return _Job(span, preordered(masked) if ordered else masked, slots)


def _run(
    text: str, spans: Sequence[Span], candidates: Sequence[Candidate], engine: Translator, verify: Verify
) -> dict[Span, _Done | None]:
    """Translate all `spans` in one batch; None where no hypothesis is fit to be shown."""
    jobs = {span: _job(text, span, candidates) for span in spans}
    asked = sorted({job.masked for job in jobs.values() if _wants_model(job)})
    answers = dict(zip(asked, engine.translate(asked), strict=True)) if asked else {}
    out = {
        span: _first_good(text, job, answers.get(job.masked, [job.masked.translate(_PLAIN)]), verify)
        for span, job in jobs.items()
    }
    failed = [span for span, done in out.items() if done is None and _wants_model(jobs[span])]
    for span, hypotheses in zip(failed, engine.more([jobs[span].masked for span in failed]), strict=True):
        out[span] = _first_good(text, jobs[span], hypotheses, verify)
    return out


def _first_good(text: str, job: _Job, hypotheses: Sequence[str], verify: Verify) -> _Done | None:
    """The first hypothesis without fault whose numbers, read back, are those of the Chinese."""
    for hypothesis in [*hypotheses, *filter(None, map(romanised, hypotheses))]:
        if fault(job.masked, hypothesis, job.slots):
            continue
        if glued(job.masked, hypothesis) or unnegated(job.masked, unmask(hypothesis, job.slots)):
            continue
        english = unmask(hypothesis, job.slots)
        if verify(job.span.of(text), english):
            return _Done(english, job)
    return None


_PLAIN = str.maketrans({"，": ",", "。": ".", "、": ",", "；": ";", "：": ":", "（": "(", "）": ")"})


def _wants_model(job: _Job) -> bool:
    return bool(re.search(r"\w", TOKEN.sub("", job.masked)))


def _given_up(job: _Job) -> str:
    """A visible remark in place of a translation, with what the rules know of the chunk."""
    listed = "; ".join(slot.english for slot in job.slots)
    return f"{GIVEN_UP}: {listed}]" if listed else f"{GIVEN_UP}]"


def _join(text: str, unit: Unit, results: Sequence[_Done], verify: Verify, affix: str = "{}") -> Translation:
    """The English of a unit from that of its chunks, in the first form whose numbers agree as a whole.

    Two chunks that are right by themselves may not be so side by side (a verb of the one read with the number of
    the other): a semicolon between them parts them, and where that does not help either, the unit is given up.
    `affix` says what was done to the things that a phrase names ("{} renovated").
    """
    repairs = tuple(dict.fromkeys(r.repair for r in results if r.repair))
    slots = tuple(slot for result in results for slot in result.job.slots)
    source = unit.span.of(text)
    for apart in (False, True):
        strung = _strung(text, results, apart, "; " if unit.style == "headline" else " ")
        if affix != "{}":
            strung = affix.format(re.sub(r"^(?:the|an?|new) ", "", strung.rstrip(" ."), flags=re.IGNORECASE))
            strung = re.sub(r"(?<=^new )[A-Z](?=[a-z])", lambda m: m.group().lower(), strung)
        english = _dress(strung, unit.style)
        if verify(source, english):
            engine = "fallback" if "fallback" in repairs else "clauses" if repairs else "model"
            if slots and not any(_wants_model(r.job) for r in results):
                engine = "rule"
            elif engine == "model" and all(r.composed for r in results):
                engine = "composed"
            return Translation(unit.span, english, engine, slots, (*repairs, "semicolons") if apart else repairs)
    if len(results) == 1 or "fallback" in repairs:
        return Translation(unit.span, english, "fallback", slots, repairs)
    listed = "; ".join(slot.english for slot in slots)
    return Translation(unit.span, f"{GIVEN_UP}: {listed}]", "fallback", slots, (*repairs, "fallback"))


def _strung(text: str, results: Sequence[_Done], apart: bool, between: str = " ") -> str:
    """The English of the chunks one after the other, with the punctuation that parts them in the Chinese."""
    out = ""
    for order, result in enumerate(results):
        english = result.english.strip()
        if out and not re.search(r"[.!?][”’]?$", out) and re.match(r"[A-Z][a-z]+ ", english):
            first = result.job.slots[0].english if result.job.slots else ""
            if not (first and english.startswith(first)):
                english = english[0].lower() + english[1:]
        if out.endswith(".”") and _WHO_SAID.fullmatch(english):
            out = f"{out[:-2]},”"
        mark = result.job.span.of(text).rstrip("”’」』")[-1:]
        if mark in "，,；;：:":
            english = english.rstrip(" ,;:.") + {"，": ",", "；": ";", "：": ":"}.get(mark, mark)
        if apart and order + 1 < len(results) and english.endswith(","):
            english = english[:-1] + ";"
        if between != " " and out:
            out = out.rstrip(" .,;")
            english = lowered(english)
        out = f"{out}{between}{english}".strip() if out else english
    return out


def _dress(english: str, style: Style) -> str:
    """Capital and full stop as the style wants them."""
    english = _OWNED.sub(" ", english)
    english = _TWICE.sub(r"\1", english.strip().strip(",;:").strip())
    if style == "sentence":
        if not re.search(r"[.!?][”’\"')\]]*$", english):
            english += "."
    else:
        english = english.rstrip(" .")
    if style == "phrase":
        english = _DANGLING.sub("", english)
        english = re.sub(r"^(?:the|an?) (?=\w)(?!\w+'s )", "", english, flags=re.IGNORECASE)
    return re.sub(r"^[“‘\"'(\[]*[a-z]", lambda m: m.group().upper(), english)
