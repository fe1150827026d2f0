"""Web pages: the article and nothing else, by the charset that fits, whatever the mark-up does."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import BinaryInput, EmptyInput, InputError
from briefing.ingest import from_bytes, html

CASES = Path(__file__).parent / "cases"
PAGES = json.loads((CASES / "html_pages.json").read_text(encoding="utf8"))


def page(case: Any) -> bytes:
    return (CASES / "html" / case["input"]["file"]).read_text(encoding="utf8").encode(case["input"]["charset"])


@pytest.mark.parametrize("case", PAGES, ids=lambda c: c["label"])
def test_page(case: Any) -> None:
    data = page(case)
    assert html.takes(data)
    got = html.read(data, "page.html")
    assert [[block.role, block.span.of(got.raw)] for block in got.blocks] == case["expect"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["", "gb2312", "utf-8"])
def test_the_charset_that_decodes_wins_over_the_one_declared(charset: str, declared: str) -> None:
    line = "去年全区新增就业3.2万人，同比增长5.6%，这是有记录以来最多的一年。"
    meta = f'<meta charset="{declared}">' if declared else ""
    data = f"<html><head>{meta}<title>就业</title></head><body><p>{line}</p></body></html>".encode(charset)
    assert html.takes(data)
    assert line in html.read(data, "a.html").raw


def test_big5_without_a_declaration() -> None:
    line = "去年全縣新增就業三萬二千人，總經費約五億餘元，發展計畫將於明年完成。"
    assert line in html.read(f"<html><body><p>{line}</p></body></html>".encode("big5"), "a.html").raw


@pytest.mark.parametrize("text", ["去年<12岁的儿童有3万人。", "<玩具总动员>上映，票房3亿元。", "# 标题\n\n<br>正文", "a < b"])
def test_plain_text_is_no_page(text: str) -> None:
    assert not html.takes(text.encode())


@pytest.mark.parametrize("markup", [
    "<html><body></body></html>",
    "<html><body><script>var text = '去年投资3亿元';</script></body></html>",
    "<html><body><nav><a>首页</a></nav><div id=app></div></body></html>",
    "<!doctype html>",
])  # fmt: skip
def test_a_page_without_an_article_says_what_to_do(markup: str) -> None:
    with pytest.raises(EmptyInput, match="save"):
        html.read(markup.encode(), "a.html")


def test_a_damaged_page_is_a_clear_error() -> None:
    with pytest.raises((BinaryInput, InputError)):
        html.read("<html><body>去年</body>".encode() + bytes(range(128, 256)) * 5, "a.html")


def test_superscripts_units_and_footnotes() -> None:
    markup = "<html><body><p>面积3.5万m<sup>2</sup>，库容1亿立方米<sup>①</sup><sup>[2]</sup>，H<sub>2</sub>O，共1<b>40</b>0余亿元，达10<sup>4</sup>个。</p></body></html>"
    assert "面积3.5万m²，库容1亿立方米①，H2O，共1400余亿元，达10⁴个。" in html.read(markup.encode(), "a.html").raw


def test_deep_nesting_ends_soon_and_keeps_the_text() -> None:
    markup = "<html><body>" + "<div>" * 1_900 + "去年投资增长8.1%，新开工项目32个。" + "</div>" * 1_900
    start = time.perf_counter()
    assert "去年投资增长8.1%，新开工项目32个。" in html.read(markup.encode(), "a.html").raw
    assert time.perf_counter() - start < 5


def test_deeper_nesting_is_refused_and_not_cut_off() -> None:
    with pytest.raises(InputError, match="2,000 deep"):
        html.read(("<html><body>" + "<div>" * 20_000 + "去年投资增长8.1%。").encode(), "a.html")


@pytest.mark.parametrize("piece", ["<p>去年投资增长8.1%。</p>", "<a href=x>", "<table><tr><td>x</table>", "<!--", "<style>.a{display:none}</style>", "&#x41;&lt;", "<p style='left:-999'>", "<sup>2</sup>", "{@media{"])
def test_hostile_markup_ends_soon(piece: str) -> None:
    markup = f"<html><body><p>去年投资增长8.1%，新开工项目32个。</p>{piece * (150_000 // len(piece))}"
    start = time.perf_counter()
    got = html.read(markup.encode(), "a.html")
    assert time.perf_counter() - start < 5
    assert "新开工项目32个" in got.raw


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(InputError, match="200,000 elements"):
        html.read(b"<html><body><p>" + b"<i>x</i>" * 250_000, "a.html")


def test_an_entity_is_no_file() -> None:
    markup = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>去年投资增长8.1%。&x;</p></body></html>'
    assert "root" not in html.read(markup.encode(), "a.html").raw


@pytest.mark.parametrize(("head", "body", "day"), [
    ('<meta name="PubDate" content="2025-01-12 08:30">', "", "2025-01-12"),
    ('<meta property="article:published_time" content="2025-01-12T08:30:00+08:00">', "", "2025-01-12"),
    ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-01-12"}</script>', "", "2025-01-12"),
    ("", "<time datetime='2025-01-12'>三天前</time>", "2025-01-12"),
    ("", "<div>云河日报 2025年1月12日 星期日</div>", "2025-01-12"),
    ("", "<span>发布时间：2025-01-12 16:20</span>", "2025-01-12"),
    ("", "<div class=info>来源：云河日报 作者：何雨 2025/1/12 16:20 阅读：30</div>", "2025-01-12"),
    ("", "", None),
])  # fmt: skip
def test_the_day_of_publication(head: str, body: str, day: str | None) -> None:
    markup = f"<html><head>{head}</head><body>{body}<div><p>到2027年6月30日，全区将建成公园12座，面积达到31公顷，投资2.5亿元。</p></div></body></html>"
    got = html.read(markup.encode(), "a.html").date
    assert (got and got.isoformat()) == day


def test_the_registry_reads_pages() -> None:
    issue = from_bytes(page(next(case for case in PAGES if case["label"] == "bulletins")), "两会.html")
    assert issue.id == "两会" and issue.blocks and "1126公里" in issue.text
