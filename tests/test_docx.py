"""Word documents: roles, tables, notes and boxes are read; what was deleted or hidden is not; bombs are refused."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from briefing.errors import EmptyInput, InputError, UnknownFormat
from briefing.ingest import docx, from_bytes, legacy

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def made(body: str, prolog: str = "", **parts: str) -> bytes:
    """A document with `body`, and other parts of word/ by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<?xml version='1.0' encoding='UTF-8'?>{prolog}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{text}</w:{name}>")
    return out.getvalue()


def p(text: str, style: str = "", run: str = "") -> str:
    styled = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{styled}<w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def blocks(data: bytes) -> list[list[str]]:
    assert docx.takes(data)
    got = docx.read(data, "a.docx")
    return [[block.role, block.span.of(got.raw)] for block in got.blocks]


STYLES = "".join(
    f"<w:style w:styleId='{key}'><w:name w:val='{name}'/><w:basedOn w:val='{base}'/></w:style>"
    for key, name, base in [("a1", "heading 1", ""), ("a2", "heading 2", ""), ("own", "栏目题", "a2"), ("s", "Subtitle", ""), ("c", "caption", "")]
)


def test_styles_are_roles() -> None:
    body = p("三年建成口袋公园百座", "a1") + p("绿地率提高2个百分点", "s") + p("记者 白鹭") + p("去年全区建成口袋公园36座，新增绿地21.5公顷，完成年度计划的120%，投入资金1.8亿元。") + p("小公园里的大民生", "own") + p("今年再建30座。") + p("公园一角。", "c")
    assert blocks(made(body, styles=STYLES)) == [
        ["headline", "三年建成口袋公园百座"], ["deck", "绿地率提高2个百分点"], ["byline", "记者 白鹭"],
        ["", "去年全区建成口袋公园36座，新增绿地21.5公顷，完成年度计划的120%，投入资金1.8亿元。"],
        ["subhead", "小公园里的大民生"], ["", "今年再建30座。"], ["caption", "公园一角。"],
    ]  # fmt: skip


def test_without_styles_bold_and_centred_lines_are_headings() -> None:
    centred = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>渔港一年卸货九万吨</w:t></w:r></w:p>'
    body = centred + p("去年，渔港卸货9.2万吨，产值31亿元，比上年增长11%，停靠渔船1.4万艘次，冷库满仓。") + p("网箱走向深海", run="<w:b/>") + p("今年新增深水网箱80口。")
    assert [role for role, _ in blocks(made(body))] == ["headline", "", "subhead", ""]


def test_deleted_hidden_and_struck_text_is_not_read() -> None:
    body = (
        '<w:p><w:r><w:t>全年完成投资</w:t></w:r><w:del w:id="1"><w:r><w:delText>31</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>34</w:t></w:r></w:ins>'
        '<w:r><w:t>亿元</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>（内部：实为29亿元）</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>增长5%</w:t></w:r>'
        '<w:moveFrom w:id="3"><w:r><w:t>共17个项目</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>，增长6%。</w:t></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r></w:p>'
    )
    assert blocks(made(body)) == [["", "全年完成投资34亿元，增长6%。"]]


def test_tables_boxes_and_notes() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(p('指标'))}{cell(p('数值'))}</w:tr><w:tr>{cell(p('用电量'))}{cell(p('86.4亿千瓦时') + p('增长9.1%'))}</w:tr></w:tbl>"
    box = f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>{p('链接：去年用气3.1亿立方米。')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{p('链接：去年用气3.1亿立方米。')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>全市用电平稳</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>"
    notes = f'<w:footnote w:type="separator" w:id="0">{p("—")}</w:footnote><w:footnote w:id="2">{p("不含自备电厂12亿千瓦时。")}</w:footnote>'
    assert blocks(made(box + table, footnotes=notes)) == [
        ["", "全市用电平稳。"], ["", "链接：去年用气3.1亿立方米。"], ["table", "指标 | 数值"], ["table", "用电量 | 86.4亿千瓦时 增长9.1%"], ["", "不含自备电厂12亿千瓦时。"],
    ]  # fmt: skip


def test_a_document_of_a_word_processor(tmp_path: Path) -> None:
    library = pytest.importorskip("docx", reason="python-docx is not installed")
    document = library.Document()
    document.add_heading("两会特刊", 0)
    document.add_heading("清河县：三年再造一个果业", 1)
    paragraph = document.add_paragraph("去年全县果品产量达到")
    paragraph.add_run("38.6").bold = True
    paragraph.add_run("万吨，新建冷库库容5万m")
    paragraph.add_run("3").font.superscript = True
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "苹果", "21.5万亩"
    document.save(tmp_path / "a.docx")
    assert blocks((tmp_path / "a.docx").read_bytes()) == [
        ["banner", "两会特刊"], ["headline", "清河县：三年再造一个果业"], ["", "去年全县果品产量达到38.6万吨，新建冷库库容5万m³"], ["table", "苹果 | 21.5万亩"],
    ]  # fmt: skip


def test_the_registry_reads_documents() -> None:
    issue = from_bytes(made(p("1月9日，去年完成投资34亿元。")), "两会.docx")
    assert issue.id == "两会" and "34亿元" in issue.text and issue.blocks


@pytest.mark.parametrize("prolog", [
    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
])  # fmt: skip
def test_entities_are_refused(prolog: str) -> None:
    with pytest.raises(InputError, match="entities"):
        docx.read(made(p("去年&x;&b;亿元"), prolog), "a.docx")


def test_bombs_are_refused_soon_and_within_little_memory() -> None:
    bomb = made("<w:p/>" * 9_000_000)
    start = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(InputError, match=r"fold when it is unpacked|bytes, more than"):
        docx.read(bomb, "a.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - start < 1 and peak < 8_000_000


def test_deep_nesting_is_a_clear_error_or_read() -> None:
    deep = "<w:sdt>" * 5_000 + p("去年投资3亿元。") + "</w:sdt>" * 5_000
    with pytest.raises(InputError, match="damaged"):
        docx.read(made(deep), "a.docx")


@pytest.mark.parametrize("body", ["", "<w:p/>", "<w:p><w:r><w:drawing/></w:r></w:p>"])
def test_a_document_without_text_says_so(body: str) -> None:
    with pytest.raises(EmptyInput, match="PDF"):
        docx.read(made(body), "a.docx")


def test_a_damaged_document_is_a_clear_error() -> None:
    good = made(p("去年投资3亿元。" * 50))
    for data in (good[:200], good[:-30], good[:300] + b"\x00\x01" + good[302:]):
        try:
            from_bytes(data, "a.docx")
        except (InputError, UnknownFormat):
            continue


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(("data", "advice"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as DOCX"),
    (zipped("ppt/presentation.xml"), "save it as PDF"),
    (zipped("xl/workbook.xml"), "DOCX or as CSV"),
    (zipped("mimetype", "content.xml"), "save it as DOCX"),
    (zipped("OFD.xml"), "save it as PDF"),
    (b"{\\rtf1\\ansi", "save it as DOCX"),
    (b"Rar!\x1a\x07\x00", "unpack it"),
])  # fmt: skip
def test_other_formats_are_refused_with_the_way_out(data: bytes, advice: str) -> None:
    assert legacy.takes(data)
    with pytest.raises(UnknownFormat, match=advice):
        from_bytes(data, "a.bin")
