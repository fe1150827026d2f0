"""What a check says about one pair of texts, and the counts over many."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TextIO

from briefing.model import Finding, Severity
from briefing.spans import Span

RANK: Mapping[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the English of a pair stands: a file, with the line and column of its segment, counted from 1."""

    file: str
    line: int
    column: int = 1
    exact: bool = False
    """The column is that of the first character of the English, so that spans of findings count from it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class PairReport:
    """The check of one Chinese text against its English."""

    findings: tuple[Finding, ...]
    pairs: tuple[tuple[Span, Span], ...]
    """Numbers and dates that agree: the span in the Chinese, the span in the English."""
    source_total: int
    """Numbers and dates of the Chinese that a translation has to carry (no set phrases)."""
    target_total: int
    """Numbers and dates of the English."""
    unit: str = ""
    zh: str = ""
    en: str = ""
    withheld: bool = False
    """The English is not shown, because an error stands against it."""
    place: Place | None = None

    @property
    def alarms(self) -> tuple[Finding, ...]:
        """The findings that are more than a note."""
        return tuple(f for f in self.findings if f.severity != "note")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over many pairs."""

    texts: int = 0
    source: int = 0
    target: int = 0
    verified: int = 0
    flagged: int = 0
    """Pairs of texts with an error or a warning."""
    withheld: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0

    def __str__(self) -> str:
        return (
            f"{self.texts} texts: {self.source} numbers and dates in the Chinese, {self.target} in the English, "
            f"{self.verified} verified; {self.flagged} texts flagged, {self.withheld} withheld "
            f"({self.errors} errors, {self.warnings} warnings, {self.notes} notes)"
        )


def tally(reports: Iterable[PairReport]) -> Tally:
    """The counts over `reports`, which may be a stream."""
    total = Tally()
    for one in reports:
        severities = [f.severity for f in one.findings]
        total = Tally(
            texts=total.texts + 1,
            source=total.source + one.source_total,
            target=total.target + one.target_total,
            verified=total.verified + len(one.pairs),
            flagged=total.flagged + bool(one.alarms),
            withheld=total.withheld + one.withheld,
            errors=total.errors + severities.count("error"),
            warnings=total.warnings + severities.count("warning"),
            notes=total.notes + severities.count("note"),
        )
    return total


def accepted(finding: Finding, accept: Mapping[str, str]) -> str:
    """The editor's reason for accepting `finding`, "" if there is none: by code and unit, or by code alone.

    >>> accepted(Finding("N-HEDGE", "warning", None, None, "", "f3.value"), {"N-HEDGE f3.value": "house style"})
    'house style'
    """
    return accept.get(f"{finding.code} {finding.unit}") or accept.get(finding.code) or ""


def excuse(findings: Iterable[Finding], accept: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings with accepted ones turned into notes that give the reason."""
    out = []
    for finding in findings:
        reason = accepted(finding, accept)
        if reason and finding.severity != "note":
            finding = replace(finding, severity="note", message=f"{finding.message} Accepted: {reason}")
        out.append(finding)
    return tuple(out)


def as_json(report: PairReport) -> dict[str, Any]:
    """The report as plain JSON; spans are [start, stop] in code points of their text."""
    place = report.place
    return {
        "unit": report.unit,
        **({} if place is None else {"file": place.file, "line": place.line, "column": place.column}),
        "source_total": report.source_total,
        "target_total": report.target_total,
        "verified": [[_span(a), _span(b)] for a, b in report.pairs],
        "withheld": report.withheld,
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "source": _span(f.source),
                "target": _span(f.target),
                "source_text": "" if f.source is None else f.source.of(report.zh),
                "target_text": "" if f.target is None else f.target.of(report.en),
                "message": f.message,
                "unit": f.unit,
            }
            for f in report.findings
        ],
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.stop]


def write_text(reports: Iterable[PairReport], out: TextIO) -> Tally:
    """One line a finding, worst first within a pair; returns the counts."""

    def each() -> Iterable[PairReport]:
        for report in reports:
            for f in sorted(report.findings, key=lambda f: RANK[f.severity]):
                line = f"{f.unit}: {f.severity} {f.code}: {f.message}\n"
                out.write(line if report.place is None or report.place.exact else f"{report.place}: unit {line}")
            yield report

    return tally(each())


def write_json(reports: Iterable[PairReport], out: TextIO) -> Tally:
    """A JSON array with one object a pair, written as the pairs come; returns the counts."""
    first = True

    def each() -> Iterable[PairReport]:
        nonlocal first
        for report in reports:
            out.write(("[\n" if first else ",\n") + json.dumps(as_json(report), ensure_ascii=False))
            first = False
            yield report

    total = tally(each())
    out.write("[]\n" if first else "\n]\n")
    return total


def write_jsonl(reports: Iterable[PairReport], out: TextIO) -> Tally:
    """One JSON object a line for each pair, written as the pairs come; returns the counts."""

    def each() -> Iterable[PairReport]:
        for report in reports:
            out.write(json.dumps(as_json(report), ensure_ascii=False) + "\n")
            yield report

    return tally(each())


def write_csv(reports: Iterable[PairReport], out: TextIO) -> Tally:
    """One row a finding, with a heading; returns the counts."""
    writer = csv.writer(out)
    writer.writerow(("unit", "severity", "code", "source", "target", "message"))

    def each() -> Iterable[PairReport]:
        for report in reports:
            for f in report.findings:
                source = "" if f.source is None else f.source.of(report.zh)
                target = "" if f.target is None else f.target.of(report.en)
                writer.writerow((f.unit, f.severity, f.code, source, target, f.message))
            yield report

    return tally(each())
