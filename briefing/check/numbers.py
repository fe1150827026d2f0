"""Compare the numbers and dates of a Chinese text with those of its English, by value.

Both sides are read anew from the text that will be printed. Nothing is taken over from the translation: the
judge shares no state with the accused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.check.anchors import Terms
from briefing.check.bind import Binding, Bond, bind
from briefing.check.calendar import DateBinding, bind_dates
from briefing.check.explain import Voice
from briefing.check.foreign import dates_in_digits, left_over, readable, shares
from briefing.check.hedges import date_hedge_lost
from briefing.check.holes import holes
from briefing.check.items import Item, read_chinese, read_english
from briefing.check.leftovers import settle, unit_stands_free
from briefing.check.nouns import moved
from briefing.check.order import crossed
from briefing.check.report import RANK, PairReport, excuse
from briefing.check.roles import exchanged, turned_slogans
from briefing.model import Finding
from briefing.numerals.zh import fold
from briefing.script import simplified
from briefing.spans import Span


def compare(
    zh: str,
    en: str,
    today: date | None = None,
    *,
    unit: str = "",
    terms: Sequence[tuple[str, str]] = (),
    accept: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """What an editor should look at in `en` as a translation of `zh`, worst first; empty where all agrees.

    `today` resolves relative dates, `terms` are pairs of a Chinese and an English term that help to tell which
    number belongs to which noun, `accept` maps codes (or "CODE unit") to the reason why they are fine.

    >>> [f.code for f in compare("完成投资90亿元", "Investment of 90 billion yuan was completed")]
    ['N-MAGNITUDE']
    >>> compare("完成投资90亿元", "Investment of 9 billion yuan was completed")
    ()
    """
    return examine(zh, en, today, unit=unit, terms=terms, accept=accept).findings


def verified(zh: str, en: str, today: date | None = None) -> tuple[tuple[Span, Span], ...]:
    """The numbers and dates that agree, as spans of both sides.

    >>> verified("增长7.8%", "up 7.8%")
    ((Span(start=2, stop=6), Span(start=3, stop=7)),)
    """
    return examine(zh, en, today).pairs


def examine(
    zh: str,
    en: str,
    today: date | None = None,
    *,
    unit: str = "",
    terms: Sequence[tuple[str, str]] = (),
    accept: Mapping[str, str] | None = None,
) -> PairReport:
    """The full report on one pair of texts: findings, what agrees, and how many numbers there are."""
    printed, zh = zh, simplified(zh)
    left = read_chinese(_unlisted(zh, en), today)
    printed_en, en = en, readable(en, left)
    right = read_english(en, today)
    bound = bind(left, right)
    bound = replace(bound, bonds=tuple(_unit_elsewhere(bond, left, right, en) for bond in bound.bonds))
    dated = bind_dates(
        [(i, item) for i, item in enumerate(left) if item.sort == "date"],
        [(j, item) for j, item in enumerate(right) if item.sort == "date"],
    )
    settled = settle(_unlisted(zh, en), en, left, right, bound, dated)
    bound, dated = settled.bound, settled.dated
    told = shares(en, left, right, bound.missing, bound.invented)
    bound = replace(
        bound,
        missing=tuple(i for i in bound.missing if i not in {share[0] for share in told}),
        invented=tuple(j for j in bound.invented if j not in {one for share in told for one in share[1:]}),
    )
    voice = Voice(printed, printed_en, left, right, unit)
    findings = [*_numbers(left, right, bound, dated, voice), *_dates(left, right, dated, voice)]
    findings += [voice.label_missing(span) for span in settled.strange_zh]
    findings += [voice.label(span) for span in settled.strange_en]
    findings += [
        voice.date_hedge(left[i], right[j]) for i, j in dated.same if date_hedge_lost(zh, en, left[i], right[j])
    ]
    findings += [voice.left_over(span) for span in left_over(en)]
    if not any(f.target is None for f in findings):  # what is missing is known
        findings += [voice.hole(span) for span in holes(en)]
    for item, span in dates_in_digits(en, left, right):
        findings = [f for f in findings if f.source != item.span and (f.target is None or not f.target.overlaps(span))]
        findings.append(voice.in_digits(item, span))
    equal = [(b.zh, b.en) for b in bound.bonds if b.reason == "equal"] + list(dated.same)
    known = Terms.load(tuple(terms))
    crosses = crossed(zh, en, left, right, sorted(equal), known)
    findings += [voice.swapped(cross) for cross in crosses]
    findings += [voice.exchanged(one.span, two.span) for one, two in exchanged(zh, en)]
    findings += [voice.exchanged(one, two) for one, two in turned_slogans(zh, en)]
    findings += [voice.moved(left[i], right[j]) for i, j in moved(zh, en, left, right, equal, known) if not crosses]
    findings.sort(key=lambda f: (RANK[f.severity], _start(f)))
    blamed = {f.source for f in findings if f.severity != "note"}
    pairs = sorted((left[i].span, right[j].span) for i, j in equal if left[i].span not in blamed and not right[j].soft)
    return PairReport(
        findings=excuse(findings, accept or {}),
        pairs=tuple(pairs),
        source_total=sum(not item.soft for item in left),
        target_total=sum(not item.soft for item in right),
        unit=unit,
        zh=printed,
        en=printed_en,
    )


_GLUED = re.compile("[\u4e00-\u9fff]{2}(?<![个项家年月日天名人座条万亿千百].)")
_LISTED = re.compile(r"\s*(\d{1,3})\. ")


def _unlisted(zh: str, en: str) -> str:
    """The Chinese with its list number blanked where the English has it: 7.7月份 after "7. … in July" is July."""
    found = _LISTED.match(en)
    start = fold(zh).lstrip()
    if found is not None and start.startswith(found[1]) and _GLUED.match(start, len(found[1])):
        stop = len(zh) - len(start) + len(found[1])  # 8建成, after "8. Built"
        return " " * stop + zh[stop:]
    if found is None or not start.startswith(found[1] + "."):
        return zh
    stop = zh.index(".") + 1 if "." in zh else 0
    return " " * stop + zh[stop:]


def _unit_elsewhere(bond: Bond, left: Sequence[Item], right: Sequence[Item], en: str) -> Bond:
    """The bond as equal where the English names the unit away from the number: days with good air reached 290."""
    z, e = left[bond.zh], right[bond.en]
    if bond.reason != "unit" or e.unit or e.dimension != "count" or z.printed != e.printed:
        return bond
    return replace(bond, reason="equal") if unit_stands_free(z.unit, en, right) else bond


def _start(finding: Finding) -> int:
    span = finding.source or finding.target
    return span.start if span is not None else 0


def _numbers(
    left: Sequence[Item], right: Sequence[Item], bound: Binding, dated: DateBinding, voice: Voice
) -> list[Finding]:
    out: list[Finding] = []
    for bond in bound.bonds:
        out += voice.bond(bond)
    out += [voice.confused(left[i], right[j]) for i, j in bound.confused]
    lost = [left[i].span for i in dated.missing]
    added = [right[j].span for j in dated.invented]
    out += [voice.missing(left[i]) for i in bound.missing if _counts(left[i], lost)]
    out += [voice.invented(right[j]) for j in bound.invented if _counts(right[j], added)]
    return out


def _counts(item: Item, dates: Sequence[Span]) -> bool:
    """Whether a number without a partner matters: not in a set phrase, nor in a date that has its partner."""
    if item.shadow:
        return item.value is not None and item.value[1] is None and any(span.contains(item.span) for span in dates)
    return not item.soft


def _dates(left: Sequence[Item], right: Sequence[Item], dated: DateBinding, voice: Voice) -> list[Finding]:
    out = [voice.date_changed(left[i], right[j]) for i, j in dated.changed]
    out += [voice.date_missing(left[i]) for i in dated.missing]
    out += [voice.date_invented(right[j]) for j in dated.invented]
    return out
