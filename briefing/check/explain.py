"""Findings in words that an editor understands, one sentence each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from briefing.check.bind import Bond
from briefing.check.bounds import judge
from briefing.check.hedges import against, said, undirected, unread
from briefing.check.items import Item, Value
from briefing.check.order import Cross
from briefing.model import Bound, Finding, Severity
from briefing.spans import Span

_HEDGES: dict[Bound, str] = {
    "exact": "exact",
    "about": "about",
    "over": "more than",
    "near": "nearly",
    "at_least": "at least",
    "at_most": "at most",
    "range": "a range",
}
_POWERS = {1: "ten", 2: "a hundred", 3: "a thousand", 4: "ten thousand (万)", 8: "a hundred million (亿)"}


_AMBIGUOUS = re.compile(r"(?:over|under|around|within)\b", re.I)
"""Words that are prepositions of place or time as well as hedges: the spaces under 49 bridges."""


class Voice:
    """Makes the findings of one pair of texts."""

    def __init__(self, zh: str, en: str, left: Sequence[Item], right: Sequence[Item], unit: str) -> None:
        self.zh, self.en, self.left, self.right, self.unit = zh, en, left, right, unit

    def _finding(
        self, code: str, severity: Severity, source: Span | None, target: Span | None, message: str
    ) -> Finding:
        return Finding(code, severity, source, target, message, self.unit)

    def bond(self, bond: Bond) -> list[Finding]:
        """What is wrong with a number that found its partner."""
        z, e, reason = self.left[bond.zh], self.right[bond.en], bond.reason
        both = (z.span, e.span)
        match reason:
            case "point":
                said = "percentage points" if e.dimension == "point" else "percent"
                return [
                    self._finding("N-POINT", "error", *both, f"{z.text} became “{e.text}”: {said} is another measure.")
                ]
            case "unit":
                return [
                    self._finding("N-UNIT", "error", *both, f"{z.text} became “{e.text}”: the unit is not the same.")
                ]
            case "magnitude":
                return [self._finding("N-MAGNITUDE", "error", *both, f"{z.text} became “{e.text}”: {_factor(z, e)}.")]
            case "altered" if z.dimension == "label":
                return [self._finding("N-LABEL", "warning", *both, f"{z.text} became “{e.text}”.")]
            case "altered":
                shape = " a range and a single value" if _ranged(z) != _ranged(e) else ""
                said = f"these are{shape}" if shape else f"{_show(z.value)} is not {_show(e.value)}"
                return [self._finding("N-ALTERED", "error", *both, f"{z.text} became “{e.text}”: {said}.")]
        return self._manner(z, e, bond)

    def _manner(self, z: Item, e: Item, bond: Bond) -> list[Finding]:
        """Hedge and direction of a number whose value agrees."""
        out: list[Finding] = []
        small = e.soft and (z.bound == "exact" or e.unit != z.unit)
        vague = e.bound == "range" and not any(c.isdigit() for c in e.text)
        teens = "十几" in z.text and (e.bound == "over" or "dozen" in e.text)
        top = e.text.lower().startswith("top ") and z.bound == "exact"
        loose = (z.soft and not z.shadow) or small or vague or teens or top
        verdict = None if loose else judge(z.bound, e.bound)
        hedge = unread(self.zh, self.en, self.left, self.right, bond.zh, bond.en)
        if hedge is not None:
            code, severity = judge(hedge, e.bound) or ("N-HEDGE", "warning")
            message = f"{z.text} ({_HEDGES[hedge]}) became “{e.text}” ({_HEDGES[e.bound]})."
            out.append(self._finding(code, severity, z.span, e.span, message))
        elif verdict is not None and not said(self.zh, self.en, self.left, self.right, bond.zh, bond.en):
            code, severity = verdict
            if code == "N-HEDGED" and _AMBIGUOUS.match(e.text):
                severity = "note"
            message = f"{z.text} ({_HEDGES[z.bound]}) became “{e.text}” ({_HEDGES[e.bound]})."
            out.append(self._finding(code, severity, z.span, e.span, message))
        out += self._direction(z, e, bond)
        return out

    def _direction(self, z: Item, e: Item, bond: Bond) -> list[Finding]:
        """A rise that became a fall, or that the English does not tell at all."""
        contrary = bool(z.direction) and z.direction.startswith("up") != e.direction.startswith("up")
        unsaid = not z.direction and not e.direction.endswith("_to")
        if e.direction and (contrary or (unsaid and against(self.zh, self.left, bond.zh, e.direction))):
            way = "goes up" if e.direction.startswith("down") else "goes down"
            message = f"{z.text} {way} in the Chinese, “{e.text}” the other way in the English."
            return [self._finding("N-DIRECTION", "error", z.span, e.span, message)]
        if z.direction and not e.direction and not z.soft and undirected(self.en, self.right, bond.en, z.direction):
            way = "rises" if z.direction.startswith("up") else "falls"
            message = f"{z.text} {way} in the Chinese; “{e.text}” in the English tells no direction."
            return [self._finding("N-DIRECTION", "warning", z.span, e.span, message)]
        return []

    def missing(self, z: Item) -> Finding:
        """A number of the Chinese that the English lacks."""
        if z.dimension == "label":
            return self.label_missing(z.span)
        return self._finding("N-MISSING", "error", z.span, None, f"{z.text} is not in the English.")

    def invented(self, e: Item) -> Finding:
        """A number of the English that the Chinese lacks."""
        if e.dimension == "label":
            return self.label(e.span)
        return self._finding("N-INVENTED", "error", None, e.span, f"“{e.text}” is not in the Chinese.")

    def swapped(self, cross: Cross) -> Finding:
        """Two numbers that changed places."""
        (i, j), (k, _) = cross.first, cross.second
        a, b = self.left[i], self.left[k]
        message = f"{a.text} and {b.text} seem to have changed places in the English."
        code = "D-SWAPPED" if a.sort == "date" else "N-SWAPPED"
        return self._finding(code, "error" if cross.sure else "warning", a.span, self.right[j].span, message)

    def exchanged(self, source: Span, target: Span) -> Finding:
        """A name that another number bears in the English."""
        message = f"In the English, {target.of(self.en)} stands where the Chinese names {source.of(self.zh)}."
        return self._finding("N-SWAPPED", "error", source, target, message)

    def moved(self, z: Item, e: Item) -> Finding:
        """A number beside another noun."""
        message = f"{z.text} seems to belong to another noun in the English, “{e.text}”."
        return self._finding("N-MOVED", "warning", z.span, e.span, message)

    def label(self, span: Span) -> Finding:
        """A number inside a name that the Chinese has nowhere."""
        return self._finding(
            "N-LABEL", "warning", None, span, f"The {span.of(self.en)} of the English is nowhere in the Chinese."
        )

    def label_missing(self, span: Span) -> Finding:
        """Digits of the Chinese, read by nobody, that the English has nowhere."""
        return self._finding(
            "N-LABEL", "warning", span, None, f"The {span.of(self.zh)} of the Chinese is nowhere in the English."
        )

    def left_over(self, span: Span) -> Finding:
        """A Chinese numeral in the English, in characters or in pinyin."""
        message = f"“{span.of(self.en)}” is a Chinese numeral, not English."
        return self._finding("N-CHINESE", "warning", None, span, message)

    def hole(self, span: Span) -> Finding:
        """A place of the English from which a number seems to have fallen out."""
        place = self.en[max(0, span.start - 12) : span.stop + 12].strip()
        return self._finding("N-HOLE", "warning", None, span, f"A number seems to be missing in “{place}”.")

    def in_digits(self, z: Item, span: Span) -> Finding:
        """A date that only digits and a stroke give."""
        message = f"{z.text} became “{span.of(self.en)}”, which some readers take for another day."
        return self._finding("D-DIGITS", "warning", z.span, span, message)

    def confused(self, z: Item, e: Item) -> Finding:
        """A year taken for a count, or a count for a year."""
        if z.sort == "date":
            return self._finding(
                "D-AS-COUNT", "error", z.span, e.span, f"The year {z.text} became a count, “{e.text}”."
            )
        return self._finding("N-AS-DATE", "error", z.span, e.span, f"The number {z.text} became a year, “{e.text}”.")

    def date_hedge(self, z: Item, e: Item) -> Finding:
        """A date that is about so in the Chinese only."""
        message = f"{z.text} (about) became “{e.text}” (exact)."
        return self._finding("N-HEDGE", "warning", z.span, e.span, message)

    def date_changed(self, z: Item, e: Item) -> Finding:
        """A date that became another one."""
        return self._finding("D-CHANGED", "error", z.span, e.span, f"{z.text} became “{e.text}”.")

    def date_missing(self, z: Item) -> Finding:
        """A date of the Chinese that the English lacks; a relative one may be left out."""
        severity: Severity = "note" if z.relative else "warning"
        return self._finding("D-MISSING", severity, z.span, None, f"{z.text} is not in the English.")

    def date_invented(self, e: Item) -> Finding:
        """A date of the English that the Chinese lacks."""
        severity: Severity = "note" if e.relative else "warning"
        return self._finding("D-INVENTED", severity, None, e.span, f"“{e.text}” is not in the Chinese.")


def _ranged(item: Item) -> bool:
    return item.value is not None and item.value[1] is not None


def _show(value: Value | None) -> str:
    if value is None:
        return "?"
    low, high = value
    return f"{low:,f}" if high is None else f"{low:,f} to {high:,f}"


def _factor(z: Item, e: Item) -> str:
    """How far off a power of ten is, in words."""
    assert z.value is not None and e.value is not None
    power = e.value[0].adjusted() - z.value[0].adjusted()
    size = _POWERS.get(abs(power)) or f"{Decimal(10) ** abs(power):,f}"
    return f"it is too {'large' if power > 0 else 'small'} by a factor of {size}"
