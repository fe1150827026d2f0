"""With what a figure is compared: what is said of it, that its numbers are checked, and that every format shows it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from briefing import recheck, store
from briefing.check.numbers import examine
from briefing.config import Config
from briefing.deliver.brief import figures_csv
from briefing.model import Brief, Figure, Quantity, Translation
from briefing.pipeline import units
from briefing.render import bases, html, markdown
from briefing.render.email import letter
from briefing.render.page import build
from briefing.render.reread import parse
from briefing.render.site.records import entry
from briefing.render.site.registers import figure_lines
from briefing.render.site.registers import figures_csv as register
from briefing.spans import Span
from tests import briefs

TODAY = date(2025, 1, 16)
TEXT = "跨境电商\n去年，跨境电商交易额86亿元，是2020年的3.5倍。企业总数达到48家，同比增长5%。增速高于全市0.8个百分点。"


def said(base: str, core: str = "", translation: str = "", engine: str = "rule") -> str:
    figure = Figure("f1", Span(0, len(base)), Quantity(Span(0, 0), "count", None, None, "exact", "", ""), None, "achieved", None, base=Span(0, len(base)))
    at = bases.core(figure, base)
    assert (at.of(base) if at else "") == core
    known = {at: Translation(at, translation, engine)} if at else {}  # type: ignore[arg-type]
    return bases.english(figure, base, known, TODAY)


@pytest.mark.parametrize(
    ("base", "core", "translation", "expect"),
    [
        ("2020年", "2020年", "2020", "of 2020"),
        ("较2020年末", "2020年末", "End of 2020", "compared with the end of 2020"),
        ("与2020年底相比", "2020年底", "End of 2020", "compared with the end of 2020"),
        ("比上年末", "上年末", "End of the previous year", "compared with the end of the previous year"),
        ("较2019年同期", "2019年", "2019", "compared with the same period of 2019"),
        ("较上月", "上月", "Last month", "compared with last month"),
        ("比2012年水平", "2012年", "2012", "compared with 2012"),
        ("高于全市", "", "", "above the city"),
        ("低于全国平均水平", "全国平均水平", "National average", "below the national average"),
        ("年度计划", "年度计划", "Annual plan", "of the annual plan"),
        ("比城镇居民", "城镇居民", "Urban residents", "compared with urban residents"),
        ("环比", "", "", "on the previous period"),
        ("同口径", "", "", "on a comparable basis"),
    ],
)
def test_a_base_is_said_in_english(base: str, core: str, translation: str, expect: str) -> None:
    assert said(base, core, translation) == expect
    assert not examine(base, expect, TODAY).alarms


@pytest.mark.parametrize("base", ["同比", "比上年", "较去年同期", "比上年同期水平", "与去年同期相比", "比去年同口径"])
def test_growth_on_the_year_before_goes_without_saying(base: str) -> None:
    assert said(base) == ""


@pytest.mark.parametrize(
    ("base", "core", "translation", "engine"),
    [
        ("2020年", "2020年", "2021", "rule"),
        ("2020年", "2020年", "", "rule"),
        ("比利时公共交通", "利时公共交通", "Profitable public transport", "model"),
        ("比前期", "前期", "前期", "rule"),
    ],
    ids=["another number", "no English", "guessed", "Chinese left"],
)
def test_what_is_not_sure_is_not_said(base: str, core: str, translation: str, engine: str) -> None:
    assert said(base, core, translation, engine) == ""


def brief(year: str = "2020") -> Brief:
    made = briefs.written(TEXT, TODAY, headline="跨境电商")
    at = Span(TEXT.index("2020年"), TEXT.index("的3.5"))
    return replace(made, translations=(*made.translations, Translation(at, year, "rule")))


def test_the_run_asks_for_the_english_of_a_base() -> None:
    assert "2020年" in [unit.span.of(TEXT) for unit in units(brief()) if unit.style == "phrase"]


def test_bases_are_pairs_of_the_page() -> None:
    pairs = {p.unit: (p.zh, p.en) for p in build(brief()).pairs() if p.unit.endswith(".base")}
    assert sorted(pairs.values()) == [("2020年", "that of 2020"), ("高于全市", "above the city")]
    known = brief()
    found, _, reports = recheck.check_page(build(known), known, [f.quantity for f in known.figures], {})
    assert {r.unit for r in reports} > set(pairs) and not [f for f in found if f.unit in pairs]
    assert "2021" not in markdown.render(build(brief("2021")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(that of 2020)", "(that of 2021)"),
        ("（2020年）", "（2021年）"),
        (" (that of 2020)", ""),
        ("（2020年）", ""),
        ("3.5 times (that of 2020)", "3.6 times (that of 2020)"),
        ("（2020年）", "（高于全市）"),
    ],
)
def test_a_changed_base_is_found(tmp_path: Path, old: str, new: str) -> None:
    known = brief()
    _, counts, _ = recheck.check_page(build(known), known, [f.quantity for f in known.figures], {})
    printed = markdown.render(build(known, counts))
    assert {("3.5倍", "3.5 times"), ("2020年", "that of 2020")} <= {(p.zh, p.en) for p in parse(printed).pairs}
    (tmp_path / "brief.json").write_text(store.dumps({"schema": store.SCHEMA, "brief": known, "pairs": []}), encoding="utf8")

    def errors() -> int:
        return sum(len(report.alarms) for report in recheck.brief(tmp_path, Config()))

    (tmp_path / "brief.md").write_text(printed, encoding="utf8")
    before = errors()
    assert old in printed
    (tmp_path / "brief.md").write_text(printed.replace(old, new, 1), encoding="utf8")
    assert errors() > before


def test_a_base_in_front_of_its_value_is_printed_once() -> None:
    text = "工业\n工业投资环比增长5%。"
    row = build(briefs.written(text, TODAY, headline="工业")).sections[0].figures[0]
    assert row.base and (row.value.zh, row.value.en, row.base.zh) == ("增长5%", "up 5%", "环比")


def test_every_format_says_it() -> None:
    known = brief()
    page = briefs.counted(known)
    shown = lxml.html.fromstring(html.page(page, known))
    row = next(r for r in page.sections[0].figures if r.base and r.base.zh == "2020年")
    cell = shown.xpath(f"//*[@id='{row.figure}']//td[@class='value']")[0].text_content()
    assert "3.5倍（2020年）" in cell and "3.5 times (that of 2020)" in " ".join(cell.split())
    assert row.base
    link = shown.xpath(f"//*[@id='{row.base.unit}']//a[@class='number']")[0]
    assert link.text == "2020" and shown.xpath(f"//*[@id='{link.get('href')[1:]}']")[0].text == "2020年"
    mail = letter(page)
    assert "3.5倍（2020年；已实现，去年）" in mail.text and "3.5 times (that of 2020; achieved, last year)" in " ".join(mail.text.split())
    drawn = lxml.html.fromstring(mail.html).text_content()
    assert "3.5倍（2020年）" in drawn and "3.5 times (that of 2020)" in drawn
    assert "（2020年；" not in letter(page, "en").text and "(that of 2020;" not in letter(page, "zh").text
    for table in (figures_csv(page, known), register(figure_lines([entry(known, page)]), "").decode("utf-8")):
        found = {(r["value_en"], r["base_zh"], r["base_en"]) for r in csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))}
        assert ("3.5 times", "2020年", "that of 2020") in found and ("up 5%", "", "") in found
