"""Units: the data is consistent, and names, readings and ratios lead to the right entries."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest

from briefing.numerals import units as module
from briefing.numerals.units import base, from_english, multipliers, readings, spellings, unit, units


def test_doctests() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("块钱", "元"),
        ("人民币", "元"),
        ("美金", "美元"),
        ("港币", "港元"),
        ("㎡", "平方米"),
        ("个百分点", "百分点"),
        ("周岁", "岁"),
        ("℃", "摄氏度"),
        ("元/公斤", "元/公斤"),
        ("元/平方米", "元/平方米"),
        ("吨/年", "吨/年"),
        ("km", "km"),
    ],
)
def test_chinese_spelling(spelling: str, name: str) -> None:
    found = unit(spelling)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    ("reading", "name"),
    [
        ("yuan", "元"),
        ("RMB", "元"),
        ("dollars", "美元"),
        ("percentage points", "百分点"),
        ("percent", "%"),
        ("km", "公里"),
        ("kilometres", "公里"),
        ("tons", "吨"),
        ("metric tons", "吨"),
        ("kWh", "千瓦时"),
        ("MW", "兆瓦"),
        ("TEUs", "标准箱"),
        ("hectares", "公顷"),
        ("mu", "亩"),
        ("years old", "岁"),
        ("households", "户"),
    ],
)
def test_english_reading(reading: str, name: str) -> None:
    found = from_english(reading)
    assert found is not None and found.name == name


def test_same_measure_compares_by_value() -> None:
    assert base(Decimal(15), "亩")[0].quantize(Decimal(1)) == base(Decimal(1), "公顷")[0]
    assert base(Decimal(1), "标箱") == base(Decimal(1), "标准箱")
    assert base(Decimal(2), "斤") == base(Decimal(1), "公斤")
    assert base(Decimal(1), "美元")[1] != base(Decimal(1), "元")[1]


def test_unknown_unit_is_its_own_dimension() -> None:
    assert base(Decimal(3), "朵云") == (Decimal(3), "朵云")


def test_every_entry_is_whole() -> None:
    for name, one in units().items():
        assert one.name == name
        assert bool(one.singular) == bool(one.plural), name
        assert one.factor is None or one.factor > 0, name
        assert one.kind in {"money", "measure", "count", "percent", "point", "multiple"}, name


def test_alternations_are_longest_first() -> None:
    for forms in (spellings(), readings()):
        assert list(map(len, forms)) == sorted(map(len, forms), reverse=True)


def test_multipliers() -> None:
    assert multipliers()["万"] == 10_000
    assert multipliers()["亿"] == 100_000_000
