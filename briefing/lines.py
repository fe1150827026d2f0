"""Single lines of text, outside any issue: what `briefing extract` and `briefing translate` do."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from briefing.check.numbers import compare
from briefing.config import Config
from briefing.extract.dates import moments
from briefing.extract.figures import line_status
from briefing.extract.people import people
from briefing.extract.pledges import is_pledge
from briefing.extract.quantities import quantities
from briefing.masking import candidates, named
from briefing.pipeline import agrees, phrases
from briefing.script import simplified
from briefing.segment.sentences import sentences
from briefing.spans import Span
from briefing.store import encode
from briefing.translate.engine import load
from briefing.translate.glossary import Glossary
from briefing.translate.numbers import english
from briefing.translate.units import Unit
from briefing.translate.units import translate as translate_units

_BATCH = 64
"""Lines that are translated together; more gain nothing and delay the first output."""


def extract(line: str, today: datetime.date | None = None) -> dict[str, Any]:
    """What is found in one line, as plain JSON; all offsets count code points of the line as it came.

    >>> extract("新增企业３３家。")["quantities"][0]["english"]
    '33'
    """
    plain = simplified(line)
    found, when = quantities(plain), moments(plain, today)
    return {
        "text": line,
        "quantities": [
            {
                "start": q.span.start,
                "stop": q.span.stop,
                "text": q.span.of(line),
                "kind": q.kind,
                "low": encode(q.low),
                "high": encode(q.high),
                "bound": q.bound,
                "unit": q.unit,
                "direction": q.direction,
                "status": status,
                "english": english(q, plain),
                "rule": q.rule,
            }
            for q, status in zip(found, line_status(plain, found, when), strict=True)
        ],
        "dates": [
            {"start": m.span.start, "stop": m.span.stop, "text": m.span.of(line), "kind": m.kind, "iso": m.iso}
            for m in when
        ],
        "people": [
            {"start": p.span.start, "stop": p.span.stop, "name": p.span.of(line), "title": p.title,
             "english": p.english, "title_english": p.title_english}
            for p in map(named, people(plain))
        ],
        "pledge": is_pledge(plain, today),
    }


def extract_json(line: str, today: datetime.date | None = None) -> str:
    """`extract` as one line of JSON."""
    return json.dumps(extract(line, today), ensure_ascii=False)


def extract_text(line: str, today: datetime.date | None = None) -> str:
    """`extract` as a short list for people."""
    found = extract(line, today)
    out = [line]
    out += [f"  {q['text']}  {q['english']}  ({q['kind']}, {q['status']})" for q in found["quantities"]]
    out += [f"  {d['text']}  {d['iso'] or '—'}  ({d['kind']})" for d in found["dates"]]
    out += [f"  {p['name']}  {p['english']}  {p['title']} {p['title_english']}".rstrip() for p in found["people"]]
    return "\n".join([*out, "  pledge"] if found["pledge"] else out)


def translate(lines: Iterable[str], config: Config, today: datetime.date | None = None) -> Iterator[tuple[str, str]]:
    """The English of each line, and a remark where something in it could not be verified ("" if all was)."""
    glossary = Glossary.load(Path(config.glossary) if config.glossary else None)
    engine = load(config.engine, threads=config.threads)
    source = iter(lines)
    while part := list(islice(source, _BATCH)):
        text, units, owner = "", [], []
        told: dict[Span, bool] = {}
        for number, line in enumerate(map(simplified, part)):
            base = len(text)
            text += line + "\n"
            told |= {span.shift(base): target for span, target in _told(line, today)}
            for span in sentences(line, Span(0, len(line))):
                units.append(Unit(span.shift(base), "sentence" if _ends(span.of(line)) else "headline"))
                owner.append(number)
        slots = candidates(text, quantities(text), moments(text, today), map(named, people(text)), glossary)
        verify, year = partial(agrees, today=today), today.year if today else None
        done = translate_units(text, units, slots, engine, verify=verify, exact=phrases(glossary), year=year, told=told)
        for number, line in enumerate(part):
            mine = [t for t, n in zip(done, owner, strict=True) if n == number]
            shown = " ".join(t.text for t in mine)
            alarms = [f.message for f in compare(line, shown, today) if f.severity != "note"] if line.strip() else []
            if any(t.engine == "fallback" for t in mine):
                alarms.insert(0, "part of it was not translated")
            yield shown, "; ".join(alarms)


def _told(line: str, today: datetime.date | None) -> Iterator[tuple[Span, bool]]:
    """The numbers of `line` that are reached or to be reached, and whether they are still to be."""
    found = quantities(line)
    for quantity, status in zip(found, line_status(line, found, moments(line, today)), strict=True):
        if status in ("achieved", "target"):
            yield quantity.span, status == "target"


def _ends(sentence: str) -> bool:
    return sentence.rstrip("”’」』）)")[-1:] in "。！？；!?;"
