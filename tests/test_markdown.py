"""Escaping: untrusted text stays text in Python-Markdown, in a table cell and in a footnote."""

from __future__ import annotations

import re
from html import unescape

import markdown
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.render.markdown import escape, render
from briefing.render.page import Page, Pair
from briefing.render.reread import parse
from briefing.spans import Span

ALPHABET = "ab中9 |\\`*_{}[]()<>#+-.!&~@$:/\"'=^\n"


def shown(cell: str) -> str:
    html = markdown.markdown(f"| a | b |\n| --- | --- |\n| x{cell}x | y |\n", extensions=["tables", "footnotes"])
    (first,) = re.findall(r"<td>(.*?)</td>\s*<td>y</td>", html, flags=re.DOTALL)
    return first


def shown_by_commonmark(cell: str) -> str:
    html = MarkdownIt("commonmark").enable("table").render(f"| a | b |\n| --- | --- |\n| x{cell}x | y |\n")
    (first,) = re.findall(r"<td>(.*?)</td>\s*<td>y</td>", html, flags=re.DOTALL)
    return first


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_escaped_text_is_shown_as_it_is_by_commonmark(text: str) -> None:
    html = shown_by_commonmark(escape(text))
    assert "<" not in html, html
    assert unescape(html) == "x" + re.sub(r"\s+", " ", text).strip() + "x"


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    html = shown(escape(text))
    assert "<" not in html, html
    assert unescape(html) == "x" + re.sub(r"\s+", " ", text).strip() + "x"


def test_hostile_text() -> None:
    for text in ("<script>alert(1)</script>", "[x](javascript:alert(1))", "![i](http://e.g/p.png)", "</td><td>", "[^1]", "`x` **y**", "http://e.g", "www.e.g"):
        assert unescape(shown(escape(text))) == f"x{text}x"
        assert "<" not in shown(escape(text))
    assert "://" not in escape("http://e.g") and "www." not in escape("www.e.g") and "@" not in escape("@octocat")
    assert escape("a\u202eb\x00c") == "abc"


def test_a_footnote_that_begins_like_a_list_or_a_rule_is_quoted_whole() -> None:
    quoted = ("1. 增长5%", "- 增长5%", "-5%", "---", "+ 3", "2) 略", "1.5%", "2025年")
    notes = tuple((n, text, Span(0, 1)) for n, text in enumerate(quoted, 1))
    cited = "".join(f"[^{n}]" for n, _, _ in notes)
    text = render(Page("id", Pair("title", "题", ""), "", "a.txt", (), notes, (), "sig")) + f"\n{cited}\n"
    assert [shown.strip() for _, shown in parse(text).notes] == list(quoted)
