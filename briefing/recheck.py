"""The check of what is printed: a page before it is written, a brief.md as somebody returns it, pairs of files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TextIO

from briefing import store
from briefing.check.bilingual import check_pairs, read
from briefing.check.files import check_lines
from briefing.check.numbers import examine
from briefing.check.report import PairReport, Tally, excuse, write_json, write_jsonl, write_text
from briefing.check.sarif import write_junit, write_sarif
from briefing.check.segments import Skipped, encoding
from briefing.config import Config
from briefing.errors import InputError
from briefing.extract.quantities import quantities
from briefing.model import Brief, Finding, Quantity
from briefing.normalise import printed
from briefing.render import markdown
from briefing.render.doubts import doubts
from briefing.render.page import WITHHELD, Count, Page, build
from briefing.render.reread import Document, Row, parse
from briefing.render.source import Loaded
from briefing.spans import Span
from briefing.translate.glossary import Glossary
from briefing.translate.units import GIVEN_UP

_HAN = re.compile(r"[\u3400-\u9fff]")


def check_page(
    page: Page, brief: Brief, amounts: Iterable[Quantity], accept: Mapping[str, str]
) -> tuple[tuple[Finding, ...], dict[str, Count], tuple[PairReport, ...]]:
    """Read every pair of `page` anew: the findings, the counts of each interview, and the reports."""
    today = brief.issue.date
    numbers = [q.span for q in amounts if q.kind != "soft"]
    spans = {article.id: article.span for article in brief.interviews}
    doubted = {f.unit: f for f in excuse(doubts(brief), accept)}
    pairs = [p for p in page.pairs() if p is not page.title or p.zh != brief.issue.id]  # a file's name has no English
    reports = [_examined(p.unit, p.zh, p.en, today, accept) for p in pairs if p is page.title]
    counts: dict[str, Count] = {}
    for section in page.sections:
        own = [_doubted(_examined(p.unit, p.zh, p.en, today, accept), doubted.get(p.unit)) for p in section.pairs()]
        counts[section.interview] = count(sum(spans[section.interview].contains(n) for n in numbers), own)
        reports += own
    findings = [f for report in reports for f in report.findings if f.severity != "note"]
    findings += excuse((f for p in pairs for f in language(p.unit, p.zh, p.en)), accept)
    printed = {pair.unit for pair in pairs}
    findings += [f for f in doubted.values() if f.unit not in printed and f.severity != "note"]
    return tuple(findings), counts, tuple(reports)


def stored(path: Path, config: Config) -> Loaded:
    """The brief.json at `path`, every pair of its page read anew; InputError where it cannot be read.

    What the run found stands, but for what an editor accepts; what is found now is added.
    """
    known = store.read(path)
    try:
        found, counts, reports = check_page(
            build(replace(known, findings=())), known, quantities(known.issue.text), config.accept
        )
        kept = tuple(excuse(known.findings, config.accept))
        told = {(f.unit, f.code) for f in kept}
        brief = replace(known, findings=(*kept, *(f for f in found if (f.unit, f.code) not in told)))
        page = build(brief, counts)
        shown = {pair.unit: pair.en for pair in page.pairs()}
    except (KeyError, IndexError, ValueError, TypeError, StopIteration) as error:
        raise InputError(f"{path} does not hold together ({error!r}): run `briefing run` again") from error
    agreed = {report.unit: report.pairs for report in reports if report.en and shown[report.unit] == report.en}
    return Loaded(brief, page, agreed)


def _doubted(report: PairReport, finding: Finding | None) -> PairReport:
    """The report with the doubt about the digits of its source, if there is one: its number is not verified."""
    if finding is None:
        return report
    target = Span(0, len(report.en)) if report.en else None
    return replace(report, findings=(*report.findings, replace(finding, target=target)))


@lru_cache(maxsize=4096)
def _read(zh: str, en: str, today: datetime.date | None) -> PairReport:
    """The report on two texts; cached, since a brief repeats its cells and an editor changes few of them."""
    return examine(zh, en, today)


def _examined(unit: str, zh: str, en: str, today: datetime.date | None, accept: Mapping[str, str]) -> PairReport:
    report = _read(zh, en, today)
    return replace(report, unit=unit, findings=excuse((replace(f, unit=unit) for f in report.findings), accept))


def count(source: int, reports: Iterable[PairReport]) -> Count:
    """The counts of an interview whose source prints `source` numbers."""
    brief = verified = flagged = withheld = 0
    for report in reports:
        if any(f.severity == "error" for f in report.findings):
            withheld += report.target_total
            continue
        doubted = min(report.target_total, len({f.target for f in report.alarms if f.target is not None}))
        brief += report.target_total
        verified += report.target_total - doubted
        flagged += doubted
    return Count(source, brief, verified, flagged, withheld)


def language(unit: str, zh: str, en: str) -> Iterator[Finding]:
    """What is wrong with `en` as English, numbers aside."""
    if zh.strip() and not en.strip():
        yield Finding("T-EMPTY", "warning", None, None, f"There is no English for {zh!r}.", unit)
    elif GIVEN_UP in en:
        yield Finding("T-GIVEN-UP", "warning", None, None, "Part of it is not translated: see the Chinese.", unit)
    elif _HAN.search(en):
        yield Finding("T-CHINESE", "warning", None, None, "Chinese characters are left in the English.", unit)


def brief(path: Path, config: Config) -> Iterator[PairReport]:
    """A report on each pair that the brief at `path` (its folder, brief.md or brief.json) prints.

    The English is compared with the Chinese beside it, the Chinese with the source in brief.json, and
    everything else with what the run wrote. Without a brief.json beside it only the pairs are compared.
    """
    file = path / "brief.md" if path.is_dir() else path.with_name("brief.md") if path.name == "brief.json" else path
    try:
        document = parse(file.read_text(encoding="utf8"))
    except FileNotFoundError as error:
        raise InputError(f"{file} does not exist: give the folder of a brief, or its brief.md") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as UTF-8 text: {error}") from error
    if not document.pairs:
        raise InputError(f"{file} holds no pair of Chinese and English: is it a brief.md that `briefing run` wrote?")
    source = file.with_name("brief.json")
    known = store.read(source) if source.is_file() else None
    today = known.issue.date if known else None
    for pair in document.pairs:
        if pair.en == WITHHELD:
            yield PairReport((), (), 0, 0, pair.where, pair.zh, pair.en, withheld=True)
        else:
            yield _examined(pair.where, pair.zh, pair.en, today, config.accept)
    if known is None:
        message = f"There is no brief.json beside {file.name}: the Chinese was not compared with the source."
        yield _report(Finding("S-ALONE", "note", None, None, message, str(file)))
    else:
        for finding in excuse((*_against_source(document, known), *doubts(known)), config.accept):
            yield _report(finding)


def _report(finding: Finding) -> PairReport:
    return PairReport((finding,), (), 0, 0, finding.unit)


def _against_source(document: Document, known: Brief) -> Iterator[Finding]:
    """Where the printed Chinese is not that of the source, or the rest not that of the run."""
    _, counts, _ = check_page(build(replace(known, findings=())), known, quantities(known.issue.text), {})
    page = build(known, counts)
    quoted = {str(number): _plain(text) for number, text, _ in page.notes}
    for label, text in document.notes:
        if _plain(text) != quoted.get(label):
            yield _altered("S-QUOTE", f"footnote {label}", "The quoted sentence is not that of the source")
    everything, cells = _plain(printed(known.issue)), {_plain(p.zh) for p in page.pairs()}
    for pair in document.pairs:
        zh = _plain(pair.zh)
        if zh and zh not in cells and zh not in (quoted.get(pair.note, "") if pair.note else everything):
            yield _altered("S-TEXT", pair.where, f"The Chinese {pair.zh!r} does not stand in its source")
        elif pair.note and pair.note not in quoted:
            yield _altered("S-NOTE", pair.where, f"There is no source sentence {pair.note}")
    written = parse(markdown.render(page))
    changed: set[str] = set()
    expected: dict[str, list[str]] = {}
    for where, text in written.rest:
        expected.setdefault(_place(where), []).append(text)
    for where, text in document.rest:
        if text not in expected.get(_place(where), []):
            changed.add(where)
            yield _altered("S-CHANGED", where, f"{text!r} is not what the run wrote")
    known_rows = {_row(row) for row in written.rows}
    for row in document.rows:
        if row.where not in changed and _row(row) not in known_rows:
            shown = " | ".join(cell.partition(": ")[2] for cell in row.cells)
            yield _altered("S-MOVED", row.where, f"The run put {shown!r} in no one row with this footnote")


def _row(row: Row) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What must have stood together in one row: each cell may be true and the row still false."""
    return _place(row.where), tuple(map(_plain, row.cells)), row.notes


def _altered(code: str, where: str, message: str) -> Finding:
    return Finding(code, "error", None, None, f"{message}: it was changed after the run.", where)


def _place(where: str) -> str:
    """`where` without the row, which shifts when an editor deletes one."""
    return re.sub(r", row \d+", "", where)


def _plain(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\u202a-\u202e\u2066-\u2069]+", "", text)


def files(
    zh: Path, en: Path, config: Config, today: datetime.date | None, terms: Sequence[tuple[str, str]] = ()
) -> Iterator[PairReport]:
    """A report on each line of `zh` with the same line of `en`, streamed.

    InputError where one cannot be read, or where they have different numbers of lines: after a line that only one
    of them has, every further comparison would be of strangers.
    """
    lengths = []
    for path in (zh, en):
        if not path.is_file():
            raise InputError(f"{path} is not a file: give two text files, one line a sentence")
        lengths.append(_length(path))
    if lengths[0] != lengths[1]:
        raise InputError(
            f"{zh} has {lengths[0]} lines and {en} has {lengths[1]}: give the same number, each line the translation "
            "of the other"
        )
    reports = check_lines(_lines(zh), _lines(en), today, terms=terms, accept=config.accept, file=str(en))
    yield from islice(reports, lengths[0])


def _lines(path: Path) -> Iterator[str]:
    """The lines of a text file in the encoding that its first bytes show."""
    with path.open("rb") as stream:
        head = stream.read(65536)
    name = encoding(head, whole=len(head) < 65536)
    try:
        with path.open(encoding=name) as text:
            yield from (line.rstrip("\r\n") for line in text)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not {name} throughout ({error.reason}): convert it to UTF-8 (iconv)") from error


def _length(path: Path) -> int:
    """The number of lines up to the last one that is not blank."""
    return max((number for number, line in enumerate(_lines(path), 1) if line.strip()), default=0)


def bilingual(
    path: Path,
    config: Config,
    today: datetime.date | None,
    columns: tuple[str, str] | None = None,
    terms: Sequence[tuple[str, str]] = (),
) -> tuple[Iterator[PairReport], Skipped]:
    """A report on each pair of a TMX, XLIFF, CSV or TSV file, streamed, and the account of what was skipped."""
    pairs, skipped = read(path, columns)
    return check_pairs(pairs, str(path), today, terms=terms, accept=config.accept), skipped


def terms(config: Config) -> tuple[tuple[str, str], ...]:
    """The user's own terms, which tell the check to which noun a number belongs; ConfigError where they are wrong."""
    if not config.glossary:
        return ()
    return tuple((term.zh, term.en) for term in Glossary.load(Path(config.glossary)) if term.user)


_WRITERS: Mapping[str, Callable[[Iterable[PairReport], TextIO], Tally]] = {
    "text": write_text,
    "json": write_json,
    "jsonl": write_jsonl,
    "sarif": write_sarif,
    "junit": write_junit,
}


def write(reports: Iterable[PairReport], form: str, out: TextIO, err: TextIO) -> int:
    """Print `reports` in the format `form` and a count on `err`; how many errors and warnings there were.

    Text and JSON lines come as the reports do. Formats that are one document are printed when the last report
    has come, so that an input that turns out to be damaged leaves no half of a document.
    """
    if form in ("text", "jsonl"):
        total = _WRITERS[form](reports, out)
    else:
        with TemporaryFile("w+", encoding="utf8") as whole:
            total = _WRITERS[form](reports, whole)
            whole.seek(0)
            copyfileobj(whole, out)
    err.write(f"{total}\n")
    return total.errors + total.warnings
