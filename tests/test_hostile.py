"""Hostile input: each kind ends within a stated time and memory, in a brief or in an error that says what to do."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.errors import EmptyInput, InputError
from briefing.ingest import MAX_SENTENCE, from_bytes, read
from tests.engines import SlotCopier
from tests.pages import tiny

SECONDS = 4
"""Of processor time, this process and its children, which neighbours on the machine do not lengthen; about three times
what the slowest case takes."""


def spent() -> float:
    """Seconds of processor time so far."""
    return sum(os.times()[:4])


def refused(data: bytes, words: str, megabytes: int = 160) -> None:
    start = spent()
    tracemalloc.start()
    with pytest.raises(InputError, match=words):
        from_bytes(data, "a.txt")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    used = spent() - start
    assert used < SECONDS and peak < megabytes * 1_000_000, (used, peak)


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
    start = spent()
    pipeline.run(page, engine=SlotCopier())
    used = spent() - start
    assert used < SECONDS, used


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


def bomb() -> bytes:
    """A ZIP of 300 kB that would unpack to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as member:
        for _ in range(300):
            member.write(bytes(1_000_000))
    return out.getvalue()


def entities() -> bytes:
    """A DOCX whose text is an entity."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY a "去年增长8%"><!ENTITY b "&a;&a;&a;&a;">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>",
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.zip", bomb, "it was not opened"),
        ("a.docx", entities, "XML entities"),
        ("a.pdf", lambda: tiny.blank(10_000), "10000 pages, more than 64"),
        ("a.txt", lambda: "去年增长8%\x00".encode() * 1000, "control characters"),
    ],
)
def test_hostile_files_are_refused_in_time(name: str, make: Callable[[], bytes], words: str) -> None:
    data = make()
    start = spent()
    with pytest.raises(InputError, match=words):
        from_bytes(data, name)
    used = spent() - start
    assert used < SECONDS, used


SAID = "云河市市长李明接受记者专访。李明说，去年增长8.1%。"


def scripted_pdf() -> bytes:
    """A PDF that opens with a script."""
    page = tiny.page(tiny.text([(60, 700, 10, SAID)]))
    return page.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>")


def scripted_page() -> bytes:
    """A web page with scripts, handlers and a frame."""
    return (
        "<html><head><meta charset=utf-8><script>alert('去年增长99%')</script></head><body onload=alert(1)>"
        f"<h1>干字当头</h1><p>{SAID}<script>document.write('今年增长77%')</script></p>"
        "<img src=x onerror=alert(1)><iframe src=//example.org></iframe></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.pdf", scripted_pdf),
        ("a.html", scripted_page),
        ("a.txt", lambda: SAID.replace("增长", "增\u202e长\u2066").encode()),
    ],
)
def test_what_runs_or_hides_in_a_file_never_reaches_the_brief(
    name: str, make: Callable[[], bytes], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(make())
    start = spent()
    result = pipeline.run(tmp_path / name, tmp_path / "out", engine=SlotCopier())
    used = spent() - start
    assert used < SECONDS, used
    files = dict(result.files)
    assert "8.1%" in files["brief.md"]
    for absent in ("alert", "77%", "99%", "onerror", "iframe", "\u202e", "\u2066"):
        assert absent not in files["brief.md"], absent
        assert absent not in files["brief.html"], absent
