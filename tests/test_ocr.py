"""Scans: every number is right or flagged, and a flagged one is never counted as verified."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import scans
from briefing import pipeline, recheck, store
from briefing.config import Config
from briefing.errors import EmptyInput, InputError, MissingReader, Withheld
from briefing.ingest import from_bytes, ocr, scan, tesseract
from briefing.ingest.tesseract import Glyph, Line
from briefing.segment.layout import reflow
from briefing.spans import Span
from tests.engines import SlotCopier

Image = pytest.importorskip("PIL.Image", reason="pillow is not installed: pip install 'briefing[ocr]'")
needs_tesseract = pytest.mark.skipif(
    not (shutil.which("tesseract") and {"chi_sim", "chi_tra", "eng"} <= tesseract.languages() and (scans.FONTS / "NotoSerifCJK-Regular.ttc").is_file()),
    reason="needs tesseract-ocr with chi-sim and chi-tra, and fonts-noto-cjk",
)
SHORT = (
    "1月16日，云溪县县长骆成林在接受记者专访时表示，2024年全县茶园面积达到38.6万亩，综合产值61.35亿元，同比增长9.4%。",
    "骆成林说，今年计划投资12.8亿元，新增就业岗位不少于5000个，机采率由35%提高到60%。",
)


def line(text: str, top: int = 0, left: int = 0, confidence: float = 99.0, size: int = 20, **unsure: float) -> Line:
    glyphs = tuple(Glyph(c, unsure.get(f"at{n}", confidence), left + n * size, top, left + (n + 1) * size, top + size) for n, c in enumerate(text))
    return Line(glyphs, 1, left, top, left + len(text) * size, top + size)


def marked(text: str, second: str | None, rates: frozenset[int] = frozenset(), **unsure: float) -> tuple[str, list[str]]:
    got = scan._compared(line(text, **unsure), second, rates, 1)
    return got.text, [span.of(got.text) for span in got.doubtful]


@pytest.mark.parametrize(("first", "second", "doubtful"), [
    ("投资61.35亿元", "投资61.35亿元", []),
    ("投资61.35亿元", "投资6135亿元", ["61.35亿"]),
    ("投资61.35亿元", "投资61.35万元", ["61.35亿"]),
    ("投资61.35亿元", "", ["61.35亿"]),
    ("建成27座，共36家", "建成27座，共56家", ["36"]),
    ("建成座，共36家", "建成27座，共36家", ["，共36"]),
    ("增长百分之二十三", "增长百分之二十二", ["二十三"]),
    ("没有数字", None, []),
])  # fmt: skip
def test_two_readings_must_agree(first: str, second: str | None, doubtful: list[str]) -> None:
    assert marked(first, second) == (first, doubtful)


def test_what_the_program_is_not_sure_of_is_doubtful_though_both_readings_agree() -> None:
    assert marked("投资61.35亿元", "投资61.35亿元", at3=80.0)[1] == ["61.35亿"]
    assert marked("投资61.35亿元", "投资61.35亿元", at7=80.0)[1] == ["61.35亿"]
    assert marked("投资三亿元", "投资三亿元", at2=60.0, at3=99.0)[1] == ["三亿"]


@pytest.mark.parametrize(("first", "text", "doubtful"), [
    ("1]月16日", "1月16日", ["1"]), ("]月16日", "1月16日", ["1"]), ("占9.4%6。", "占9.4%。", ["9.4%"]), ("占609%。", "占609%。", ["609%"]),
])  # fmt: skip
def test_shapes_that_no_printed_number_has(first: str, text: str, doubtful: list[str]) -> None:
    assert marked(first, first, frozenset({1})) == (text, doubtful)


def test_columns_and_paragraphs() -> None:
    lines = [
        line("大标题大标题大标题", 0, 0, size=60),
        line("左栏第一行是这样的文字", 100, 40), line("左栏第二行是这样的文字呀", 130, 20), line("左栏完。", 160, 20), line("左栏新的一段开始这样写", 190, 40), line("又一行左栏的文字写到边上", 220, 20),
        line("右栏接着上面的话往下写着", 100, 320), line("右栏完。", 130, 320),
    ]  # fmt: skip
    got = scan.reading([scan.Read("".join(g.text for g in li.glyphs), (Span(0, 2),), li, 1) for li in scan.ordered(lines[::-1])])
    assert got.raw.split("\n\n") == [
        "大标题大标题大标题", "左栏第一行是这样的文字左栏第二行是这样的文字呀左栏完。", "左栏新的一段开始这样写又一行左栏的文字写到边上右栏接着上面的话往下写着右栏完。\n",
    ]  # fmt: skip
    assert [b.role for b in got.blocks] == ["headline", "", ""]
    assert [s.of(got.raw) for s in got.doubtful] == ["大标", "左栏", "左栏", "左栏", "左栏", "又一", "右栏", "右栏"]


def png(image: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@needs_tesseract
def test_every_number_of_a_scan_is_right_or_flagged() -> None:
    page = scans.worsen(scans.render("茶产业三年百亿", SHORT, columns=1, width=1240), **scans.WAYS["all"])
    data = png(page)
    assert ocr.takes(data)
    got = ocr.read(data, "scan.png")
    total, right, flagged, silent = scans.score(got.raw, [(s.start, s.stop) for s in got.doubtful], "\n".join(SHORT))
    assert total == 10 and silent == 0 and right >= 7, (got.raw, right, flagged)


@needs_tesseract
def test_a_traditional_page_is_read_in_its_script() -> None:
    page = scans.render("捷運綠線動工", ("市長羅文彬表示，總經費約826億元，完工後沿線約35萬名居民受惠。",), columns=1, width=1240)
    assert "億元" in ocr.read_images([page]).raw


def test_a_page_that_the_program_is_unsure_of_is_refused_or_doubtful_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(confidence: float) -> list[scan.Read]:
        monkeypatch.setattr(tesseract, "lines", lambda images, *args, **kwargs: [[line("去年投资12亿元增长9倍", confidence=confidence)] for _ in images])
        monkeypatch.setattr(tesseract, "languages", lambda: frozenset({"chi_sim"}))
        return scan.pages([Image.new("L", (300, 300), 255)])

    assert read(99.0)[0].doubtful == ()
    assert [s.of("去年投资12亿元增长9倍") for s in read(93.0)[0].doubtful] == ["12亿", "9"]
    with pytest.raises(InputError, match="300 dpi"):
        read(80.0)


def doubtful_brief(tmp_path: Path) -> pipeline.Result:
    raw = "澄江区：企业再上台阶\n\n记者 何雨\n\n1月14日，记者专访了云河市澄江区区长周敏。周敏说，去年全区新增企业33家，投资12.5亿元。今年计划再增40家。\n"
    issue = from_bytes(raw.encode(), "a.txt")
    at = raw.index("33家")
    issue = replace(issue, doubtful=(Span(at, at + 2),))
    return pipeline.brief(reflow(issue), Config(), SlotCopier())


def test_a_doubtful_digit_flags_its_row_and_is_not_verified(tmp_path: Path) -> None:
    result = doubtful_brief(tmp_path)
    text = result.brief.issue.text
    found = [f for f in result.brief.findings if f.code == "S-DOUBTFUL"]
    figure = next(f for f in result.brief.figures if f.quantity.span.of(text) == "33家")
    assert f"{figure.id}.value" in {f.unit for f in found} and all("33" in f.message for f in found)
    row = next(r for s in result.page.sections for r in s.figures if r.figure == figure.id)
    assert row.value.flags == ("S-DOUBTFUL",)
    others = [r for s in result.page.sections for r in s.figures if r.figure != figure.id]
    assert others and not any(r.value.flags for r in others)
    clean = pipeline.brief(replace(result.brief.issue, doubtful=()), Config(), SlotCopier())
    assert sum(s.count.flagged for s in result.page.sections) > sum(s.count.flagged for s in clean.page.sections)
    store.write(tmp_path / "a", dict(result.files))
    assert store.read(tmp_path / "a" / "brief.json") == result.brief
    assert "S-DOUBTFUL" in {f.code for report in recheck.brief(tmp_path / "a", Config()) for f in report.alarms}


def test_strict_withholds_a_brief_with_a_doubtful_digit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = doubtful_brief(tmp_path).brief.issue
    monkeypatch.setattr(pipeline, "read", lambda *args, **kwargs: issue)
    monkeypatch.setattr(pipeline, "reflow", lambda issue: issue)
    with pytest.raises(Withheld, match="S-DOUBTFUL"):
        pipeline.run("a.txt", tmp_path, engine=SlotCopier(), strict=True)


def test_without_the_program_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract.languages.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    try:
        with pytest.raises(MissingReader, match="apt-get install tesseract-ocr"):
            ocr.read_images([Image.new("L", (300, 300), 255)])
    finally:
        tesseract.languages.cache_clear()


def test_without_the_language_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "languages", lambda: frozenset({"eng"}))
    with pytest.raises(MissingReader, match="chi-sim"):
        ocr.read_images([Image.new("L", (300, 300), 255)])


@needs_tesseract
def test_an_empty_picture_says_so() -> None:
    with pytest.raises(EmptyInput, match="300 dpi"):
        ocr.read(png(Image.new("L", (600, 400), 255)), "a.png")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(100), b"II*\x00" + bytes(30)])
def test_a_damaged_picture_is_a_clear_error(data: bytes) -> None:
    assert ocr.takes(data)
    with pytest.raises(InputError, match="damaged"):
        ocr.read(data, "a.png")


def test_a_picture_too_large_is_refused_before_it_is_unpacked() -> None:
    data = png(Image.new("1", (12_000, 11_000)))
    with pytest.raises(InputError, match=r"pixels|damaged"):
        ocr.read(data, "a.png")


def test_a_transparent_picture_is_put_on_white() -> None:
    assert ocr._grey(Image.new("RGBA", (2000, 1000), (0, 0, 0, 0))).getpixel((5, 5)) == 255
