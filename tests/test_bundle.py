"""A folder or a ZIP archive as one issue: order, limits, junk, and nothing written anywhere."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from briefing.errors import EmptyInput, InputError, UnknownFormat
from briefing.ingest import archive, bundle, from_bytes, read, reader_of
from tests.test_docx import made, p

HTML = "<html><head><meta charset=gbk></head><body><h1>三版头条</h1><p>去年全区完成投资31.5亿元，增长6.2%，新开工项目28个。</p></body></html>".encode("gbk")
FILES: dict[str, bytes] = {
    "第十版.txt": "第十版：植树10万株。".encode(),
    "第二版.txt": "第二版：植树2万株。".encode("gb18030"),
    "第三版.html": HTML,
    "第四版.docx": made(p("第四版：植树4万株。")),
    "第五版.md": "# 五版头条\n\n第五版：**植树**5万株。\n".encode(),
    ".DS_Store": b"\0\0\0\1Bud1",
    "__MACOSX/._第二版.txt": b"\0\5\x16\7",
    "Thumbs.db": b"\xd0\xcf\x11\xe0",
    "style.css": b"body { width: 100% }",
    "图/1.png": b"\x89PNG\r\n\x1a\n broken",
    "空.txt": b"  \n",
}


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def unpacked(place: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


def test_archive_and_folder_are_one_issue_in_natural_order(tmp_path: Path) -> None:
    issue = from_bytes(zipped(FILES), "云河日报.zip")
    inside = [issue.text.index(part) for part in ("植树2万", "31.5亿元", "植树4万", "植树5万", "植树10万")]
    assert inside == sorted(inside) and issue.id == "云河日报"
    assert [(b.role, b.span.of(issue.raw)) for b in issue.blocks] == [
        ("headline", "三版头条"), ("", "去年全区完成投资31.5亿元，增长6.2%，新开工项目28个。"), ("", "第四版：植树4万株。"), ("headline", "五版头条"), ("", "第五版：植树5万株。"),
    ]  # fmt: skip
    assert [b.page for b in issue.blocks] == [2, 2, 3, 4, 4]
    folder = read(unpacked(tmp_path / "云河日报", FILES))
    assert (folder.raw, folder.blocks, folder.id) == (issue.raw, issue.blocks, issue.id)


def test_names_in_gbk() -> None:
    data = zipped({"x" * 6 + ".txt": b"1", "y" * 6 + ".txt": b"2"})
    data = data.replace(b"x" * 6, "第十版".encode("gbk")).replace(b"y" * 6, "第二版".encode("gbk"))
    assert bundle.read(data, "a.zip").raw.split() == ["2", "1"]


def test_a_hostile_name_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    got = bundle.read(zipped({"../../evil.txt": "植树3万株。".encode(), "/etc/passwd": "植树4万株。".encode(), "C:\\a.txt": "植树5万株。".encode()}), "a.zip")
    assert "植树3万株" in got.raw and "植树4万株" in got.raw
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text("密码12345", encoding="utf8")
    place = unpacked(tmp_path / "issue", {"1.txt": "植树3万株。".encode()})
    (place / "2.txt").symlink_to(tmp_path / "secret" / "a.txt")
    (place / "3").symlink_to(tmp_path / "secret")
    assert read(place).raw.strip() == "植树3万株。"


@pytest.mark.parametrize(("files", "error", "words"), [
    ({"1.txt": b"1", "in.zip": zipped({"a.txt": b"1"})}, InputError, "archive in an archive"),
    ({"1.txt": b"1", "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)}, UnknownFormat, "old.doc is an older Office file"),
    ({"1.txt": b"1", "bad.txt": "去年".encode() + b"\x00\x01\x02"}, InputError, "bad.txt: "),
    ({f"{n}.txt": b"1" for n in range(201)}, InputError, "201 files, more than 200|more than 200 files"),
    ({}, EmptyInput, "no file that can be read"),
    ({"空.txt": b"", "a.css": b"a{}"}, EmptyInput, "no file that can be read"),
])  # fmt: skip
def test_refusals_say_which_file_and_why(files: dict[str, bytes], error: type[Exception], words: str, tmp_path: Path) -> None:
    with pytest.raises(error, match=words):
        bundle.read(zipped(files), "a.zip")
    (tmp_path / "issue").mkdir()
    with pytest.raises(error, match=words):
        read(unpacked(tmp_path / "issue", files))


@pytest.mark.parametrize("bomb", [{"a.txt": bytes(60_000_000)}, {"a.txt": b"1" * 70_000_000}])
def test_bombs_are_refused_soon_and_within_little_memory(bomb: dict[str, bytes]) -> None:
    data = zipped(bomb)
    start = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(InputError, match=r"fold when|bytes, more than"):
        from_bytes(data, "a.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - start < 2 and peak < 10_000_000


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1000)
    with pytest.raises(InputError, match="bytes, more than 1,000"):
        from_bytes(zipped({f"{n}.txt": b"1" * 200 for n in range(6)}), "a.zip")


def test_an_archive_that_lies_about_its_size_unpacks_no_more_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped({"a.txt": b"1" * 900_000}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = data.index(mark) + at
        data[where : where + 4] = (1000).to_bytes(4, "little")
    monkeypatch.setattr(archive, "MAX_MEMBER", 50_000)
    with pytest.raises(InputError):
        bundle.read(bytes(data), "a.zip")


def test_a_locked_archive_says_so() -> None:
    data = bytearray(zipped({"a.txt": b"1234"}))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + at] |= 1
    with pytest.raises(InputError, match="password"):
        bundle.read(bytes(data), "a.zip")


def test_an_empty_archive_is_taken_by_this_reader() -> None:
    assert reader_of(zipped({})) is bundle
