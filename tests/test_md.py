"""Markdown: the text of the finished page, without mark-up and addresses."""

from __future__ import annotations

import contextlib
import time

import pytest

from briefing.errors import InputError
from briefing.ingest import from_bytes, md

PAGE = """---
title: 春耕
date: 2025-03-06
---
# 春耕备耕进行时

**记者** [谷雨](http://x.cn/a?id=99)

去年全县粮食播种面积*86.3万亩*，
增长1.2%[^1]。![大棚](pic_2024.png)

## 农资足不足

- 化肥3.2万吨
- 种子~~900吨~~1100吨

| 品种 | 面积 |
|---|---|
| 小麦 | 41.5万亩 |

> 镇长说，今年再增2万亩。

<script>var hidden = "77亿元"</script>

[^1]: 据县统计局，含复种。
"""


def test_page() -> None:
    assert md.takes(PAGE.encode())
    got = md.read(PAGE.encode(), "a.md")
    assert [[b.role, b.span.of(got.raw)] for b in got.blocks] == [
        ["headline", "春耕备耕进行时"], ["", "记者 谷雨"], ["", "去年全县粮食播种面积86.3万亩，增长1.2%。"], ["subhead", "农资足不足"], ["", "化肥3.2万吨"],
        ["", "种子1100吨"], ["table", "品种 | 面积"], ["table", "小麦 | 41.5万亩"], ["", "镇长说，今年再增2万亩。"], ["", "据县统计局，含复种。"],
    ]  # fmt: skip
    assert str(got.date) == "2025-03-06" and "http" not in got.raw and "2024" not in got.raw


def test_the_title_of_the_front_matter_is_the_headline_where_the_text_has_none() -> None:
    got = md.read("---\ntitle: 春耕备耕\nlayout: post\n---\n去年播种**86.3万亩**。\n".encode(), "a.md")
    assert got.raw == "春耕备耕\n\n去年播种86.3万亩。\n"


@pytest.mark.parametrize("text", ["去年新增就业3.2万人。\n\n记者从会上获悉，", "#话题# 3*4*5=60", "---\n去年\n---", "价格[1]上涨5%，- 其中", "一、工作回顾\n1. 投资\n2. 消费"])
def test_plain_text_is_no_markdown(text: str) -> None:
    assert not md.takes(text.encode())


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030"])
def test_charsets(charset: str) -> None:
    issue = from_bytes(PAGE.encode(charset), "春耕.md")
    assert "化肥3.2万吨" in issue.text and issue.id == "春耕"


@pytest.mark.parametrize("piece", ["**去年", "[去年](", "![", "`", "> ", "- a\n", "*_", "<b>", "| a ", "[^1]", "# a\n"])
def test_hostile_markup_ends_soon(piece: str) -> None:
    text = "# 标题\n\n去年投资3亿元。\n\n" + piece * (60_000 // len(piece))
    start = time.perf_counter()
    with contextlib.suppress(InputError):
        assert "去年投资3亿元" in md.read(text.encode(), "a.md").raw
    assert time.perf_counter() - start < 10


def test_a_first_heading_that_names_the_paper_is_no_headline() -> None:
    page = "# 云河日报 2026年3月6日 第7版\n\n## 水厂今年扩建\n\n第一段。\n\n## 运河九月通航\n\n第二段。\n"
    found = md.read(page.encode(), "page.md")
    assert [b.role for b in found.blocks] == ["furniture", "headline", "", "headline", ""]
