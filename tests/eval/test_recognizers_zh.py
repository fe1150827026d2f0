"""Agreement with the Recognizers-Text specs for Chinese, after the conventions listed in conventions_zh.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.extract.quantities import quantities
from briefing.model import Quantity
from briefing.numerals.units import base
from briefing.numerals.zh import parse
from briefing.numerals.zh_scan import read

HERE = Path(__file__).parent
SPECS = HERE.parents[1] / ".." / "shared" / "suites" / "recognizers_zh"
TABLE = tomllib.loads((HERE / "conventions_zh.toml").read_text("utf-8"))
KINDS = {
    "Number.PercentModel": {"percent", "point"},
    "NumberWithUnit.CurrencyModel": {"money"},
    "NumberWithUnit.DimensionModel": {"measure"},
    "NumberWithUnit.AgeModel": {"measure"},
    "NumberWithUnit.TemperatureModel": {"measure"},
}
SUITES = [*KINDS, "Number.NumberModel"]
FLOOR = 0.98

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SPECS.is_dir(), reason="the specs are not beside this checkout"),
]


def cases(suite: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SPECS / f"{suite}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def convention(suite: str, text: str) -> list[dict[str, Any]]:
    return [c for c in TABLE["convention"] if suite in c["suites"] and re.search(c["pattern"], text)]


def close(ours: Decimal | None, theirs: Decimal) -> bool:
    return ours is not None and abs(ours - theirs) <= abs(theirs) * Decimal("0.00001")


def value(quantity: Quantity) -> Decimal:
    found = quantity.low if quantity.low is not None else quantity.high
    assert found is not None
    return found


def agrees(suite: str, case: dict[str, Any], text: str, actions: set[str]) -> bool:
    wanted = [(Decimal(e["value"].rstrip("%")), e["unit"]) for e in case["entities"] if e["value"]]
    found = [q for q in quantities(text) if q.kind in KINDS[suite]]
    if "context" in actions:
        found = [q for q in found if q.rule != "money by context"]
    if "ranges" in actions:
        ours = [q.high if q.bound == "range" else value(q) for q in found]
        return not wanted or (
            len(ours) == len(wanted) and all(close(o, w[0]) for o, w in zip(ours, wanted, strict=True))
        )
    if len(found) != len(wanted):
        return False
    for quantity, (number, name) in zip(found, wanted, strict=True):
        if name is None:
            if not close(value(quantity), number):
                return False
            continue
        unit, size = TABLE["units"][name]
        ours, theirs = base(value(quantity), quantity.unit), base(number * Decimal(size), unit)
        if ours[1] != theirs[1] or not close(ours[0], theirs[0]):
            return False
    return True


def reading(literal: str) -> Decimal | None:
    """What the numerals make of the literal of one entity: alone, or as a rough number, or as a fraction."""
    whole = parse(literal)
    if whole is not None:
        return whole
    found = quantities(literal)
    if len(found) == 1 and found[0].kind == "fraction":
        return value(found[0])
    rough = read(literal.replace(" ", "").replace("萬", "万").replace("億", "亿").replace("壹", "一"))
    return None if rough is None else rough.low


@pytest.mark.parametrize("suite", SUITES)
def test_agreement(suite: str) -> None:
    """At least 98 % of the cases under no other convention agree."""
    total = right = 0
    wrong: list[str] = []
    for case in cases(suite):
        texts = [e["literal"] for e in case["entities"]] if suite == "Number.NumberModel" else [case["text"]]
        verdicts = []
        for index, text in enumerate(texts):
            given = convention(suite, text)
            actions = {c["action"] for c in given}
            if "outside" in actions:
                continue
            for c in given:
                text = re.sub(c["pattern"], "", text) if c["action"] == "rewrite" else text
            if suite == "Number.NumberModel":
                verdicts.append(close(reading(text), Decimal(case["entities"][index]["value"])))
            else:
                verdicts.append(agrees(suite, case, text, actions))
        if verdicts:
            total += 1
            right += all(verdicts)
            if not all(verdicts):
                wrong.append(case["id"])
    assert total > 0
    assert right / total >= FLOOR, wrong


def test_every_convention_is_counted() -> None:
    """No case is put aside unseen: the table says how many fall under each convention."""
    seen: Counter[str] = Counter()
    for suite in SUITES:
        for case in cases(suite):
            texts = [e["literal"] for e in case["entities"]] if suite == "Number.NumberModel" else [case["text"]]
            for name in {c["name"] for text in texts for c in convention(suite, text)}:
                seen[name] += 1
    assert dict(seen) == {c["name"]: c["cases"] for c in TABLE["convention"]}


def test_every_convention_has_a_reason() -> None:
    assert all(len(c["reason"]) > 20 for c in TABLE["convention"])
