"""How far the English reader agrees with number specifications of other projects.

Read from beside the checkout, never copied. A case agrees when every entity of the suite is read with
its value (and its unit, where we know that unit) at its place, and nothing else of the suite's kind is
read. Cases that follow another convention are listed one by one, with the reason, in conventions_en.toml;
the rest must reach FLOOR, and a listed case that agrees must leave the list.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Quantity
from briefing.numerals import units
from briefing.numerals.en import readings
from briefing.numerals.en_tokens import tokens
from briefing.numerals.en_units import suffix

HERE = Path(__file__).parent
SUITES = HERE.parents[1] / ".." / "shared" / "suites"
FLOOR = 0.95
"""The share of the inputs of each file that must agree once other conventions are set aside."""

TEMPERATURES = {"摄氏度", "华氏度"}
TIMES = {"年", "个月", "月", "周", "天", "小时", "分钟", "秒", "岁", "度", *TEMPERATURES}
Extra = Callable[[Quantity], bool]
"""Whether a quantity that the suite does not list is of the suite's kind, so that reading it is wrong."""
FILES: dict[str, Extra] = {
    "recognizers_en/Number.NumberModel": lambda q: q.kind != "soft" and not q.unit,
    "recognizers_en/Number.NumberModelExperimentalMode": lambda q: q.kind != "soft" and not q.unit,
    "recognizers_en/Number.NumberModelPercentMode": lambda q: q.kind != "soft" and not q.unit,
    "recognizers_en/Number.NumberRangeModel": lambda q: q.bound not in {"exact", "about"},
    "recognizers_en/Number.NumberRangeModelExperimentalMode": lambda q: q.bound not in {"exact", "about"},
    "recognizers_en/Number.OrdinalModel": lambda q: q.rule in {"en.ordinal", "en.rank", "en.numbered"},
    "recognizers_en/Number.OrdinalModelSuppressExtendedTypes": lambda q: q.rule in {"en.ordinal", "en.rank", "en.numbered"},
    "recognizers_en/Number.PercentModel": lambda q: q.kind == "percent",
    "recognizers_en/Number.PercentModelPercentMode": lambda q: q.kind == "percent",
    "recognizers_en/NumberWithUnit.AgeModel": lambda q: q.unit == "岁",
    "recognizers_en/NumberWithUnit.CurrencyModel": lambda q: q.kind == "money",
    "recognizers_en/NumberWithUnit.DimensionModel": lambda q: q.kind == "measure" and q.unit not in TIMES,
    "recognizers_en/NumberWithUnit.TemperatureModel": lambda q: q.unit in TEMPERATURES,
    "quantulum3_en/quantities": lambda q: q.kind != "soft",
    "quantulum3_en/ambiguity": lambda q: q.kind != "soft",
}
SPELLINGS = {"C": "degrees Celsius", "F": "degrees Fahrenheit", "percentage": "percent", "pound-mass": "lb", "Dollar": "dollars"}


@cache
def conventions() -> dict[str, str]:
    data = tomllib.loads((HERE / "conventions_en.toml").read_text("utf-8"))
    listed = [(case, group["reason"]) for group in data["convention"] for case in group["cases"]]
    assert len({case for case, _ in listed}) == len(listed), "a case is listed twice"
    return dict(listed)


def load(name: str) -> list[dict[str, Any]]:
    path = SUITES / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"{path.name} lies beside the checkout on some machines only")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def label(name: str, case: dict[str, Any]) -> str:
    return str(case["id"]) if ":" in str(case["id"]) else f"{name.partition('/')[2]}:{case['id']}"


def close(a: Decimal | None, b: Decimal) -> bool:
    return a is not None and abs(a - b) <= max(abs(b) * Decimal("0.00001"), Decimal("0.0000006"))


def same_unit(q: Quantity, expected: str | None) -> bool:
    """Whether the units are one; a unit that we have no name for is not compared."""
    if expected is None or q.kind in {"fraction", "multiple"}:
        return True
    name = "pounds sterling" if expected == "Pound" and q.kind == "money" else SPELLINGS.get(expected, expected)
    words = tokens(f"1 {name}")
    found = suffix(words, 1)
    if found is None or found[1] < len(words):
        return True
    return units.base(Decimal(1), found[0].name) == units.base(Decimal(1), q.unit)


def entity_agrees(name: str, entity: dict[str, Any], q: Quantity) -> bool:
    value = str(entity["value"])
    if name.startswith("quantulum3"):
        middle = (q.low + q.high) / 2 if q.low is not None and q.high is not None else q.low if q.low is not None else q.high
        return close(middle, Decimal(value)) and same_unit(q, entity["unit"])
    if not (q.span.start < entity["end"] and entity["start"] < q.span.stop):
        return False
    if "Range" in name:
        low, high = value.strip("[]()").split(",")
        return all(close(ours, Decimal(theirs)) if theirs else ours is None for ours, theirs in ((q.low, low), (q.high, high)))
    factor = 100 if value.endswith("%") and q.kind == "fraction" else 1  # a third is 33.3333 %
    wanted = Decimal(value.rstrip("%")) / factor
    return (close(q.low, wanted) or close(q.high, wanted)) and same_unit(q, entity["unit"])


def has_number(entity: dict[str, Any]) -> bool:
    """Whether the suite gives a value: a unit or a word of order by itself is no quantity and is not compared."""
    value = entity["value"]
    return not (value is None or value == "null" or str(value).startswith(("end", "current")))


def agrees(name: str, case: dict[str, Any]) -> bool:
    left = list(readings(case["text"]))
    for entity in case["entities"]:
        if not has_number(entity):
            continue
        match = next((q for q in left if entity_agrees(name, entity, q)), None)
        if match is None:
            return False
        left.remove(match)
    return not any(FILES[name](q) for q in left)


def judged(name: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    for case in load(name):
        yield label(name, case), case, agrees(name, case)


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_agreement(name: str) -> None:
    rest = [(key, case["text"], fine) for key, case, fine in judged(name) if key not in conventions()]
    wrong = [(key, text) for key, text, fine in rest if not fine]
    assert len(wrong) <= (1 - FLOOR) * len(rest), wrong


@pytest.mark.shared
def test_no_listed_case_agrees_or_is_unknown() -> None:
    fine = {key: ok for name in FILES for key, _, ok in judged(name)}
    assert [key for key in conventions() if fine.get(key, True)] == []


@pytest.mark.shared
def test_conventions_stay_few() -> None:
    total = sum(len(load(name)) for name in FILES)
    assert len(conventions()) <= 0.05 * total


@pytest.mark.shared
def test_entities_without_a_number_are_counted() -> None:
    """Bare units, and last, next or current: that none is compared is seen here, file by file."""
    found = {name: sum(not has_number(e) for case in load(name) for e in case["entities"]) for name in FILES}
    assert {name.partition(".")[2]: n for name, n in found.items() if n} == {
        "OrdinalModel": 32, "PercentModel": 3, "CurrencyModel": 6, "DimensionModel": 3, "TemperatureModel": 11,
    }  # fmt: skip
