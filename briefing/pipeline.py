"""From a file to a checked brief: the stages in order, each taking values and returning new ones."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from briefing import __version__, store
from briefing.check.consistency import within
from briefing.check.numbers import compare
from briefing.check.report import PairReport, as_json
from briefing.config import Config
from briefing.errors import ConfigError, Withheld
from briefing.extract import dates, figures, people, pledges, quantities
from briefing.ingest import read
from briefing.masking import candidates, named
from briefing.model import Brief, Interview, Issue, Moment, Quantity, Summary
from briefing.recheck import check_page
from briefing.render import bases, html, markdown
from briefing.render.page import Page, build, headline_span, key_figures, key_pledges, title_span
from briefing.segment.interviews import interviews
from briefing.segment.layout import reflow
from briefing.spans import Span
from briefing.summarise.base import Summariser
from briefing.summarise.extractive import Extractive
from briefing.summarise.llm import Llm
from briefing.summarise.prompting import prompts_hash
from briefing.translate import places
from briefing.translate.clause_words import unverbed
from briefing.translate.engine import Translator, load
from briefing.translate.glossary import Glossary
from briefing.translate.units import Exact, Style, Unit, translate

Progress = Callable[[str], None]
_UNVERIFIED = ("N-", "D-", "S-DOUBTFUL")
"""How the codes of findings begin that --strict does not let pass."""


@dataclass(frozen=True, slots=True)
class Result:
    """One issue, all the way through."""

    brief: Brief
    page: Page
    files: tuple[tuple[str, str], ...]
    """Names and texts, in the order in which they are to be written."""


def run(
    source: Path | str | Issue,
    out: Path | str | None = None,
    *,
    date: datetime.date | None = None,
    config: Config | None = None,
    engine: Translator | None = None,
    summarise: Summariser | None = None,
    strict: bool = False,
    progress: Progress = lambda stage: None,
) -> Result:
    """Read the newspaper issue at `source`, make its brief, and write it to ``out/<issue id>/``.

    `source` may also be an Issue that has been read, not yet reflowed.

    With `out` None nothing is written. Raises InputError for what cannot be read, ModelError for a
    model that cannot be used, and Withheld with `strict` where a number could not be verified.
    """
    config = config or Config()
    progress("reading")
    issue = reflow(source if isinstance(source, Issue) else read(Path(source), date=date))
    engine = engine or load(config.engine, threads=config.threads)
    result = brief(issue, config, engine, summarise=summarise, progress=progress)
    unverified = [f for f in result.brief.findings if f.severity != "note" and f.code.startswith(_UNVERIFIED)]
    if strict and unverified:
        raise Withheld(
            f"{issue.id}: {len(unverified)} findings, no brief written; the first: "
            f"{unverified[0].code} at {unverified[0].unit}: {unverified[0].message}"
        )
    if out is not None:
        progress("writing")
        store.write(Path(out) / issue.id, dict(result.files))
    return result


def brief(
    issue: Issue,
    config: Config,
    engine: Translator,
    *,
    summarise: Summariser | None = None,
    progress: Progress = lambda stage: None,
) -> Result:
    """The checked brief of an issue that has been read and reflowed, and its files."""
    text, today = issue.text, issue.date
    glossary = Glossary.load(Path(config.glossary) if config.glossary else None)
    progress("finding the interviews")
    articles = tuple(_completed(article, issue) for article in interviews(issue))
    progress("reading the numbers")
    amounts, moments = quantities.quantities(text), dates.moments(text, today)
    sentences = tuple(s for a in articles for s in a.sentences)
    counted = figures.figures(text, sentences, amounts, moments, interviews=articles, today=today)
    promised = pledges.pledges(text, sentences, counted, moments, interviews=articles, today=today)
    progress("summarising")
    summarise = summarise or summariser(config)
    chosen = [summarise.summarise(issue, a, counted, promised) for a in articles if a.kind == "interview"]
    draft = Brief(
        issue=issue,
        interviews=articles,
        figures=counted,
        pledges=promised,
        summaries=tuple(_unquoted(summary, text) for summary, _ in chosen),
        translations=(),
        findings=(*(f for _, raised in chosen for f in raised), *within(text, counted, articles)),
        signature=signature(issue, config, engine),
        names=_names(articles, (p.actor for p in promised)),
    )
    progress("translating")
    persons = [*(p for a in articles for p in a.people), *map(named, people.people(text))]
    ahead = [f.subject for f in counted if f.subject and f.subject.stop == f.quantity.span.start]
    nouns = [unverbed(s, text) for s in ahead if not _DEED.search(s.of(text))]
    about = {a.place for a in articles if a.place}
    slots = candidates(text, amounts, moments, persons, glossary, nouns, known=about)
    verify = partial(agrees, today=today)
    year = today.year if today else None
    told = {f.quantity.span: f.status == "target" for f in counted if f.status in ("target", "achieved")}
    translations = translate(
        text, units(draft), slots, engine, verify=verify, exact=phrases(glossary), year=year, told=told
    )
    draft = replace(draft, translations=translations)
    progress("checking")
    findings, counts, reports = check_page(build(draft), draft, amounts, config.accept)
    done = replace(draft, findings=(*draft.findings, *findings))
    page = build(done, counts)
    return Result(done, page, _files(done, page, reports))


def _files(done: Brief, page: Page, reports: tuple[PairReport, ...]) -> tuple[tuple[str, str], ...]:
    """brief.md last: it is there only when the others are."""
    pairs = [{"unit": p.unit, "zh": p.zh, "en": p.en, "flags": p.flags} for p in page.pairs()]
    counts = {s.interview: s.count for s in page.sections}
    checked = {
        "schema": store.CHECK_SCHEMA,
        "issue": done.issue.id,
        "signature": done.signature,
        "counts": counts,
        "findings": done.findings,
        "pairs": [{"zh": r.zh, "en": r.en, **as_json(r)} for r in reports],
    }
    whole = {"schema": store.SCHEMA, "brief": done, "pairs": pairs}
    return (
        ("check.json", store.dumps(checked)),
        ("brief.json", store.dumps(whole)),
        ("brief.html", html.page(page, done, agreed={r.unit: r.pairs for r in reports})),
        ("brief.md", markdown.render(page)),
    )


def units(draft: Brief) -> tuple[Unit, ...]:
    """Everything on the page that has to be translated, each span once."""
    wanted: dict[Span, Unit] = {}

    def want(span: Span, style: Style, plural: bool = False, promise: bool = False) -> None:
        wanted.setdefault(span, Unit(span, style, plural, promise))

    for article in draft.interviews:
        for turn in article.turns:
            if turn.role == "banner":
                want(turn.span, "headline")
        if article.kind != "interview":
            continue
        want(headline_span(article), "headline")
        for figure in key_figures(draft, article):
            if figure.subject is not None:
                want(figure.subject, "phrase", _several(figure.quantity, figure.subject.of(draft.issue.text)))
            if figure.scope is not None:
                want(figure.scope, "phrase", plural=True)
            if (core := bases.core(figure, draft.issue.text)) is not None:
                want(core, "phrase")
        for pledge in key_pledges(draft, article):
            want(pledge.action, "sentence", promise=True)
        for person in article.people:
            if (at := title_span(draft, person)) is not None:
                want(at, "phrase")
    for summary in draft.summaries:
        for point in summary.points:
            want(point, "sentence")
    return tuple(wanted.values())


def phrases(glossary: Glossary) -> Exact:
    """The glossary as the translation of short phrases asks it."""
    return lambda zh, plural: glossary.phrase(zh, plural=plural)


_DEED = re.compile("占比$|(?:补贴|补助|奖励|奖补|资助|贴息|贷款)$|^(?:拿出|投入|安排|筹集|列支|惠及|受益)$")
"""Subjects that are verbs in their sentences: accounts for, allocate, benefit."""
_MEASURE = re.compile(
    "[率额速比量值数度费价入出资税模幅差准线分重润积电水煤粮]$|产业|[行农林牧渔工]业$|消费$|贸易$|外贸$|人口$"
)
"""How nouns end that are measures or masses, of which there are not several: 失业率, 总投资."""
_SUMS = re.compile("(?:券|资金|基金|贷款|补贴|补助|债券|奖金|助学金|奖学金|订单|红包|专项债|项目|合同)$")
"""Nouns of money that come in the plural."""
_EXTENDED = frozenset({"亩", "公顷", "平方米", "平方公里", "公里", "米"})


def _several(quantity: Quantity, noun: str) -> bool:
    """Whether the noun that the quantity counts, or is a share, an area or a length of, stands in the plural."""
    match quantity.kind:
        case "count":
            return not quantity.low == quantity.high == 1
        case "measure":
            return quantity.unit in _EXTENDED and not _MEASURE.search(noun)
        case "percent" | "fraction":
            return not quantity.direction and not _MEASURE.search(noun)
        case "money":
            return _SUMS.search(noun) is not None
    return False


def agrees(zh: str, en: str, *, today: datetime.date | None = None) -> bool:
    """Whether the check has nothing to say against `en` as the English of `zh`, but for notes."""
    return all(finding.severity == "note" for finding in compare(zh, en, today))


def summariser(config: Config, method: str = "extractive") -> Summariser:
    """The summariser of that name; ConfigError where "llm" lacks its endpoint."""
    if method == "extractive":
        return Extractive(config.summary_min, config.summary_max)
    if not config.llm_url:
        raise ConfigError("--summary llm needs llm_url and llm_model in briefing.toml, e.g. http://localhost:8080/v1")
    return Llm(
        config.llm_url,
        config.llm_model,
        compare,
        timeout=config.llm_timeout,
        least=config.summary_min,
        most=config.summary_max,
    )


def signature(issue: Issue, config: Config, engine: Translator) -> str:
    """What the brief was made with: version, engine, hashes of model, prompts, settings and source."""
    source = sha256(issue.raw.encode("utf8", "surrogatepass")).hexdigest()[:16]
    return (
        f"briefing {__version__} · engine {engine.name} {engine.model_hash} · prompts {prompts_hash()} · "
        f"config {config.signature()} · source sha256:{source}"
    )


def source_numbers(article: Interview, amounts: Iterable[Quantity]) -> int:
    """How many numbers, set phrases left out, the article prints."""
    return sum(q.kind != "soft" and article.span.contains(q.span) for q in amounts)


def _unquoted(summary: Summary, text: str) -> Summary:
    """The points without a quotation mark whose partner stands in another sentence."""

    def bare(span: Span) -> Span:
        shown = span.of(text)
        first = shown.startswith(("“", "「")) and not re.search("[”」]", shown)
        last = shown.endswith(("”", "」")) and not re.search("[“「]", shown)
        return Span(span.start + first, span.stop - last)

    return replace(summary, points=tuple(map(bare, summary.points)))


def _completed(article: Interview, issue: Issue) -> Interview:
    """The article with the English of its people, its place where that has one, and the day on which they were met."""
    return replace(
        article,
        people=tuple(map(named, article.people)),
        place=article.place if places.place(article.place) else "",
        date=article.date or _day(article, issue),
    )


_WHEN = re.compile("(?:时间|日期)[：:]")
_HOUR = re.compile("[点时分]")
_DATELINE = re.compile(r"\s?(?:专?电|讯)")


def _day(article: Interview, issue: Issue) -> Moment | None:
    """The day on which it says that they met: 采访时间：1月12日, or a full date in its first sentences.

    The date of a dateline (新华社济南1月20日电) is that of the report: it counts where there is no other.
    """
    told = [t.span for t in article.turns if t.role == "byline" and _WHEN.search(t.span.of(issue.text))]
    datelines: list[Moment] = []
    over = (t.span for t in article.turns if t.role in ("byline", "kicker"))
    for span in (*told, *article.sentences[:3], *over):
        for moment in dates.moments(span.of(issue.text), issue.date):
            if moment.kind == "date" and not _HOUR.search(moment.span.of(span.of(issue.text))):
                found = replace(moment, span=moment.span.shift(span.start))
                if not _DATELINE.match(issue.text, found.span.stop):
                    return found
                datelines.append(found)
    return datelines[0] if datelines else None


def _names(articles: Iterable[Interview], actors: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The English of the places and actors that the tables name, where a rule gives it."""
    wanted = dict.fromkeys([*(a.place for a in articles if a.kind == "interview"), *actors])
    shown = {zh: places.place(zh) for zh in wanted if zh}
    return tuple((zh, en) for zh, en in shown.items() if en)
