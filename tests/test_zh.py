"""Chinese numerals: both directions, and what is no numeral."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.numerals import zh, zh_scan
from briefing.numerals.zh import fold, parse, render
from briefing.numerals.zh_scan import read


def test_doctests() -> None:
    assert doctest.testmod(zh).failed == 0
    assert doctest.testmod(zh_scan).failed == 0


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("零", "0"),
        ("十", "10"),
        ("二十一", "21"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("三千零二十", "3020"),
        ("一万三", "13000"),
        ("三百一十三", "313"),
        ("三百十三", "313"),
        ("廿五", "25"),
        ("卅", "30"),
        ("两千二百二", "2220"),
        ("壹佰贰拾叁万", "1230000"),
        ("七十八万五千零六", "785006"),
        ("六万亿", "6000000000000"),
        ("万亿", "1000000000000"),
        ("四万万", "400000000"),
        ("点五", None),
        ("零点五", "0.5"),
        ("一点五亿", "150000000"),
        ("十二点零八", "12.08"),
        ("二〇二四", "2024"),
        ("一九九八", "1998"),
        ("２．３万亿", "2300000000000"),
        ("1,234,567", "1234567"),
        ("3亿5千万", "350000000"),
        ("5万4千6百", "54600"),
        ("负三十二", "-32"),
        ("-2.5", "-2.5"),
        ("半", "0.5"),
        ("", None),
        ("统一", None),
        ("三个", None),
        ("一二三万", None),
        ("九" * 65, None),
        ("1" * 30, None),
    ],
)
def test_parse(numeral: str, value: str | None) -> None:
    assert parse(numeral) == (None if value is None else Decimal(value))


@given(st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4))
def test_rendered_numeral_is_read_back(value: Decimal) -> None:
    assert parse(render(value)) == value


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_rendered_integer_is_read_back(value: int) -> None:
    assert parse(render(Decimal(value))) == value


def test_infinity_has_no_numeral() -> None:
    with pytest.raises(ValueError, match="finite"):
        render(Decimal("Infinity"))


@given(st.text())
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两几数半点多余来 0123456789.,", max_size=30))
def test_any_run_is_read_or_refused(run: str) -> None:
    found = read(run) if run.strip() else None
    assert found is None or found.low <= found.high


@pytest.mark.parametrize(
    ("run", "low", "high", "vague"),
    [
        ("两三百", "200", "300", "range"),
        ("十几", "11", "19", "range"),
        ("几十亿", "2000000000", "9000000000", "range"),
        ("二十几万", "210000", "290000", "range"),
        ("数百", "200", "900", "range"),
        ("1400余亿", "140000000000", "140000000000", "over"),
        ("三千多万", "30000000", "30000000", "over"),
        ("2万多亿", "2000000000000", "2000000000000", "over"),
        ("十五六", "15", "16", "range"),
        ("一百二三十", "120", "130", "range"),
        ("三五", "3", "5", "range"),
    ],
)
def test_rough_numbers(run: str, low: str, high: str, vague: str) -> None:
    found = read(run)
    assert found is not None
    assert (found.low, found.high, found.vague) == (Decimal(low), Decimal(high), vague)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("2e5", "200000"), ("-1e1", "-10"), ("2^-1", "0.5"), ("40k", "40000"), ("-2.5 M", "-2500000"), (".5", "0.5"), ("-3/2", "-1.5"),
     ("1 ３/5", "1.6"), ("一打", "12"), ("五十打", "600"), ("半百", "50"), ("1/0", None), ("打", None), ("3/", None)],
)  # fmt: skip
def test_other_notations_of_a_whole_numeral(numeral: str, value: str | None) -> None:
    assert parse(numeral) == (None if value is None else Decimal(value))
