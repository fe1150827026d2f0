"""Findings for machines: SARIF 2.1.0 for code hosts, JUnit XML for build servers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from briefing import __version__
from briefing.check.codes import codes
from briefing.check.report import PairReport, Tally, tally
from briefing.model import Finding

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_sarif(reports: Iterable[PairReport], out: TextIO, *, uri: str = "") -> Tally:
    """One SARIF run with a result for each finding; `uri` is the file that was checked, if it is one.

    A unit that is a line number becomes a region of the file, any other unit a logical location.
    """
    used: dict[str, int] = {}
    results: list[dict[str, Any]] = []

    def each() -> Iterable[PairReport]:
        for report in reports:
            for finding in report.findings:
                used.setdefault(finding.code, len(used))
                results.append(_result(finding, report, uri, used))
            yield report

    total = tally(each())
    rules = [
        {
            "id": code,
            "shortDescription": {"text": codes()[code].title},
            "help": {"text": codes()[code].advice},
            "defaultConfiguration": {"level": _LEVELS[codes()[code].severity]},
        }
        for code in used
    ]
    driver = {"name": "briefing", "version": __version__, "rules": rules}
    log = {
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    json.dump(log, out, ensure_ascii=False, indent=1)
    out.write("\n")
    return total


def _result(finding: Finding, report: PairReport, uri: str, used: dict[str, int]) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if finding.unit:
        location["logicalLocations"] = [{"name": finding.unit, "kind": "unit"}]
    if uri:
        place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if finding.unit.isdecimal():
            place["region"] = {"startLine": int(finding.unit)}
            if finding.target is not None:
                place["region"] |= {"startColumn": finding.target.start + 1, "endColumn": finding.target.stop + 1}
        location["physicalLocation"] = place
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": used[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "properties": {
            "source": None if finding.source is None else finding.source.of(report.zh),
            "target": None if finding.target is None else finding.target.of(report.en),
        },
    }
    if location:
        result["locations"] = [location]
    return result


def write_junit(reports: Iterable[PairReport], out: TextIO, *, name: str = "briefing check") -> Tally:
    """A JUnit suite with one case a pair; errors and warnings are failures, notes are printed as output."""
    cases: list[str] = []

    def each() -> Iterable[PairReport]:
        for number, report in enumerate(reports, 1):
            cases.append(_case(report, number))
            yield report

    total = tally(each())
    head = f'name={_attribute(name)} tests="{total.texts}" failures="{total.flagged}" errors="0" skipped="0"'
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite {head}>\n')
    out.writelines(cases)
    out.write("</testsuite></testsuites>\n")
    return total


def _case(report: PairReport, number: int) -> str:
    lines = [f'<testcase classname="pair" name={_attribute(report.unit or str(number))}>']
    alarms = report.alarms
    if alarms:
        detail = "\n".join(f"{f.severity} {f.code}: {f.message}" for f in alarms)
        lines.append(
            f"<failure type={_attribute(alarms[0].code)} message={_attribute(alarms[0].message)}>"
            f"{_text(detail)}</failure>"
        )
    notes = "\n".join(f"{f.code}: {f.message}" for f in report.findings if f.severity == "note")
    if notes:
        lines.append(f"<system-out>{_text(notes)}</system-out>")
    return "".join(lines) + "</testcase>\n"


def _text(text: str) -> str:
    return escape(_UNPRINTABLE.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNPRINTABLE.sub("\ufffd", text))
