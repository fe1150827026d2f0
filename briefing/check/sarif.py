"""Findings for machines: SARIF 2.1.0 for code hosts, JUnit XML for build servers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, TextIO
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from briefing import __version__
from briefing.check.codes import codes
from briefing.check.report import PairReport, Tally, tally
from briefing.model import Finding

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_sarif(reports: Iterable[PairReport], out: TextIO) -> Tally:
    """One SARIF run with a result for each finding, written as the findings come; returns the counts.

    A report with a place gives each result a region of that file; the unit is a logical location.
    """
    used: dict[str, int] = {}
    head = {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json"}
    out.write(json.dumps(head)[:-1] + ', "runs": [{"columnKind": "unicodeCodePoints", "results": [')
    first = True

    def each() -> Iterable[PairReport]:
        nonlocal first
        for report in reports:
            for finding in report.findings:
                used.setdefault(finding.code, len(used))
                out.write(("\n" if first else ",\n") + json.dumps(_result(finding, report, used), ensure_ascii=False))
                first = False
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
    out.write('], "tool": ' + json.dumps({"driver": driver}, ensure_ascii=False) + "}]}\n")
    return total


def _result(finding: Finding, report: PairReport, used: dict[str, int]) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if finding.unit:
        location["logicalLocations"] = [{"name": finding.unit, "kind": "unit"}]
    if report.place is not None:
        region: dict[str, int] = {"startLine": report.place.line, "startColumn": report.place.column}
        if report.place.exact and finding.target is not None:
            start = report.place.column - 1
            region |= {"startColumn": start + finding.target.start + 1, "endColumn": start + finding.target.stop + 1}
        artifact = {"uri": quote(PurePath(report.place.file).as_posix())}
        location["physicalLocation"] = {"artifactLocation": artifact, "region": region}
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
    """A JUnit suite with one case a pair; errors and warnings are failures, notes are printed as output.

    The counts stand in the head, so the cases wait in a temporary file until the last report has come.
    """
    with TemporaryFile("w+", encoding="utf8") as cases:

        def each() -> Iterable[PairReport]:
            for number, report in enumerate(reports, 1):
                cases.write(_case(report, number))
                yield report

        total = tally(each())
        head = f'name={_attribute(name)} tests="{total.texts}" failures="{total.flagged}" errors="0" skipped="0"'
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite {head}>\n')
        cases.seek(0)
        copyfileobj(cases, out)
    out.write("</testsuite></testsuites>\n")
    return total


def _case(report: PairReport, number: int) -> str:
    place = "" if report.place is None else f' file={_attribute(report.place.file)} line="{report.place.line}"'
    lines = [f'<testcase classname="pair" name={_attribute(report.unit or str(number))}{place}>']
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
