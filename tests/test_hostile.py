"""Hostile input: each kind ends within a stated time and memory, in a brief or in an error that says what to do."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.errors import EmptyInput, InputError
from briefing.ingest import MAX_SENTENCE, from_bytes, read
from tests.engines import SlotCopier

SECONDS = 30
"""A fifth of it where the machine does nothing else."""


def refused(data: bytes, words: str, megabytes: int = 400) -> None:
    start = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(InputError, match=words):
        from_bytes(data, "a.txt")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - start < SECONDS and peak < megabytes * 1_000_000


def test_fifty_megabytes_in_one_line() -> None:
    refused("去年增长8.1%，".encode() * 2_600_000, "characters, more than")


def test_a_long_text_without_a_full_stop() -> None:
    refused("去年增长8.1%，".encode() * 600, "without a full stop")
    assert from_bytes(("去年" * (MAX_SENTENCE // 2)).encode() + "。".encode(), "a.txt").text


def test_too_much_text() -> None:
    refused("去年增长8.1%。\n".encode() * 50_000, "400,000")


@pytest.mark.parametrize("piece", ["去年增长8.1%。", "去年增长8.1%，今年力争增长9%。\n", "1234567890。", "“。", "张局长说。", "（。", "三千五百万。", "2024年1月2日至。", "工作回顾\n", " \n", "区长张三：\n", "记者 李四\n", "|。"])
def test_a_page_of_repetitions_ends_in_a_brief(piece: str, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("云河市市长李明接受记者专访。李明说，\n" + piece * (800 // len(piece)), encoding="utf8")
    start = time.perf_counter()
    pipeline.run(page, engine=SlotCopier())
    assert time.perf_counter() - start < 2 * SECONDS


@pytest.mark.parametrize("data", [b"", b" \n\t", "\u3000\u200b".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing(data: bytes) -> None:
    with pytest.raises(EmptyInput, match=r"empty|white space"):
        from_bytes(data, "a.txt")


@pytest.mark.parametrize("data", [b"\x00" * 1000, "去年\x00增长8%".encode(), bytes(range(256)) * 20])
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(InputError):
        from_bytes(data, "a.txt")


def test_mixed_encodings_are_no_silent_damage() -> None:
    mixed = "去年增长8.1%。\n".encode() + "投资1400余亿元。\n".encode("gb18030")
    try:
        text = from_bytes(mixed, "a.txt").text
    except InputError:
        return
    assert "投资1400余亿元" in text and "去年增长8.1%" in text


def test_marks_that_turn_or_hide_text_are_stripped_as_steps() -> None:
    raw = "投资\u202e14\u200b00\u2066余\u00ad亿\ufeff元\u200f。"
    issue = from_bytes(raw.encode(), "a.txt")
    assert issue.text == "投资1400余亿元。" and issue.raw == raw and issue.steps


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(EmptyInput, match="no file that can be read"):
        read(tmp_path)
