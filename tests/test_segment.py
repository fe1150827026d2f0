"""Reading and segmenting pages: encodings, replayable steps, cut sentences, articles, speakers."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import BinaryInput, EmptyInput, InputError
from briefing.extract.people import people
from briefing.ingest import from_bytes, issue_id, read
from briefing.ingest.charset import decode
from briefing.model import Issue
from briefing.normalise import normalise, replay, to_raw
from briefing.pipeline import _completed
from briefing.segment.interviews import interviews
from briefing.segment.layout import reflow
from briefing.segment.sentences import sentences
from briefing.spans import Span

CASES = Path(__file__).parent / "cases"
PROSE = "去年，全市经济社会发展取得新成绩，新增企业33家，增长7.8%。我们将继续推动高质量发展。" * 3
TRADITIONAL = "去年，全市經濟社會發展取得新成績，新增企業33家。我們將繼續推動發展。" * 3


def cases(name: str) -> list[object]:
    found = json.loads((CASES / f"{name}.json").read_text(encoding="utf8"))
    return [
        pytest.param(
            c, id=c["label"], marks=[pytest.mark.xfail(reason=c["comment"])] if c["status"] == "known-failure" else []
        )
        for c in found
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(PROSE.encode(encoding))[0].removeprefix("\ufeff") == PROSE


def test_traditional_text_in_big5() -> None:
    assert decode(TRADITIONAL.encode("big5"))[0] == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", EmptyInput, "empty"),
        (b" \n\t\xef\xbb\xbf".strip(b"x"), EmptyInput, "white space"),
        ("\u3000\n\u3000".encode(), EmptyInput, "white space"),
        (b"abc\x00def", BinaryInput, "control characters"),
        (bytes(range(128, 256)) * 9, BinaryInput, "save it as UTF-8"),
        (b"\xef\xbb\xbf\xff\xfe\xff", BinaryInput, "damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, error: type[InputError], says: str) -> None:
    with pytest.raises(error, match=says):
        from_bytes(data, "x.txt")


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0"])
def test_damaged_files_of_known_formats_are_named(head: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.txt is a damaged (?:archive|picture)"):
        from_bytes(head + b"\x00" * 50, "x.txt")


def test_missing_folder_and_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(InputError, match="no file that can be read"):
        read(tmp_path)


@given(st.text(max_size=30), st.binary(max_size=8))
def test_an_issue_id_is_safe_as_a_folder(name: str, data: bytes) -> None:
    id_ = issue_id(name, data)
    assert (
        id_
        and "/" not in id_
        and "\\" not in id_
        and id_ not in (".", "..")
        and not id_.startswith((".", "-"))
        and len(id_.encode()) <= 140
    )


@given(st.text(alphabet="０１２３４５６７８９ａＺ％．－～，。①㎡\r\n\u3000\u200b\ufeff 中文ab7.%", max_size=80))
def test_steps_replay_and_spans_trace_back(raw: str) -> None:
    text, steps = normalise(raw)
    assert replay(raw, steps) == text
    issue = Issue("i", None, "s", raw, text, steps)
    for start in range(len(text)):
        back = to_raw(issue, Span(start, start + 1))
        assert 0 <= back.start < back.stop <= len(raw)
        folded = back.of(raw).translate({0x3000: " "} | {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)})
        assert text[start] in folded + back.of(raw) or (text[start] == "\n" and "\r" in back.of(raw))


def test_only_digits_and_letters_are_folded() -> None:
    assert normalise("（１２３．５％）Ａ股，①㎡")[0] == "（123.5%）A股，①㎡"


@given(st.text(alphabet="今年将建成3所学校，“我们”。\n 记者张李", max_size=120))
@settings(deadline=None)
def test_reflow_only_moves_and_deletes_white_space(raw: str) -> None:
    text, steps = normalise(raw)
    done = reflow(Issue("i", None, "s", raw, text, steps))
    assert replay(raw, done.steps) == done.text
    assert sorted("".join(done.text.split())) == sorted("".join(text.split()))


@pytest.mark.parametrize("case", cases("layout"))
def test_layout(case: dict[str, object]) -> None:
    issue = reflow(from_bytes(str(case["input"]).encode(), "page.txt"))
    found = [s.of(issue.text) for a in interviews(issue) for s in a.sentences]
    for sentence in case["expect"]["sentences"]:  # type: ignore[index]
        assert sentence in found, found
    for caption in case["expect"].get("apart", []):  # type: ignore[attr-defined, index]
        assert all(caption not in sentence for sentence in found)


@pytest.mark.parametrize("case", cases("articles"))
def test_articles(case: dict[str, object]) -> None:
    issue = reflow(from_bytes(str(case["input"]).encode(), "page.txt"))
    shown = []
    for article in interviews(issue):
        roles = {t.role: t.span.of(issue.text) for t in reversed(article.turns)}
        shown.append(
            {
                "kind": article.kind,
                "people": [[p.name, p.title] for p in article.people],
                "headline": roles.get("headline", ""),
                "place": article.place,
            }
        )
    assert shown == case["expect"]


@pytest.mark.parametrize("case", cases("speakers"))
def test_speakers(case: dict[str, object]) -> None:
    issue = reflow(from_bytes(str(case["input"]).encode(), "page.txt"))
    (article,) = interviews(issue)
    turns = [
        [t.role, t.speaker, t.span.of(issue.text)[:6]]
        for t in article.turns
        if t.role in ("narration", "quote", "question")
    ]
    assert turns == case["expect"]


@pytest.mark.parametrize("case", cases("people"))
def test_people(case: dict[str, object]) -> None:
    assert [[p.name, p.title] for p in people(str(case["input"]))] == case["expect"]


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("增长7.5%。“我们有信心。”他说。好！", ["增长7.5%。", "“我们有信心。”他说。", "好！"]),
        ("他问：“行不行？”大家说行。", ["他问：“行不行？”大家说行。"]),
        ("投资（含续建。）增长。完。", ["投资（含续建。）增长。", "完。"]),
        ("真的……好。", ["真的……", "好。"]),
        ("没有句号", ["没有句号"]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expect: list[str]) -> None:
    assert [s.of(text) for s in sentences(text, Span(0, len(text)))] == expect


@given(st.text(alphabet="今年增长7.5%。！？“”（）…；，\n ", max_size=200))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    found = sentences(text, Span(0, len(text)))
    assert "".join("".join(s.of(text) for s in found).split()) == "".join(text.split())
    assert all(a.stop <= b.start for a, b in pairwise(found))


def test_the_day_of_an_issue() -> None:
    assert from_bytes("云河日报 2025年1月9日\n\n去年3月1日".encode(), "x").date == date(2025, 1, 9)
    assert from_bytes("2024两会。\n\n1月12日，记者专访了".encode(), "x").date == date(2024, 1, 12)
    assert from_bytes("今年增长".encode(), "x").date is None
    assert from_bytes("2024年2月30日".encode(), "x").date is None
    assert from_bytes("云河市2024年统计公报\n\n3月18日".encode(), "x").date == date(2025, 3, 18)
    assert from_bytes(
        "2024年全市经济运行情况\n\n截至2024年12月31日，存款增长。\n\n2025年1月21日".encode(), "x"
    ).date == date(2025, 1, 21)
    assert from_bytes("2月11日，省两会现场。二级公路预计2026年6月通车。".encode(), "x").date is None
    assert from_bytes("1月19日，记者专访了校长。争取到2030年收入翻番。2025年招生2100人。".encode(), "x").date == date(
        2025, 1, 19
    )
    assert from_bytes("1月15日，记者专访了区长。2024年，全区财政收入增长6%。".encode(), "x").date == date(2025, 1, 15)
    assert from_bytes("2024年度财政决算\n\n去年增长6%。".encode(), "x").date is None
    assert from_bytes("云河日报 2025年1月9日\n\n2024年全市经济运行情况".encode(), "x").date == date(2025, 1, 9)
    assert from_bytes("2月24日，记者来访。2024年收入2.9万元。2025年有什么打算？".encode(), "x").date == date(2025, 2, 24)
    assert from_bytes("12月4日，记者来访。2024年收入2.9万元。2025年有什么打算？".encode(), "x").date == date(2024, 12, 4)
    assert from_bytes("高长河，1970年生。3月4日，记者采访了他。".encode(), "x").date is None
    assert from_bytes("1月20日，记者采访了局长。记者：2024年空气质量怎么样？".encode(), "x").date == date(2025, 1, 20)


@pytest.mark.parametrize(
    ("head", "lead", "day"),
    [
        ("", "本报北京3月9日讯（记者 李文）3月8日，区长马晓东接受了记者专访。", "3月8日"),
        ("", "本报北京3月9日讯（记者 李文）区长马晓东日前接受了记者专访。", "3月9日"),
        ("", "清晨6点，区长马晓东已经在路上。3月8日，马晓东接受了记者专访。", "3月8日"),
        ("采访时间：2月18日\n\n", "区长马晓东接受了记者专访。", "2月18日"),
    ],
)
def test_the_day_of_an_interview(head: str, lead: str, day: str) -> None:
    page = f"青源区区长马晓东：\n\n让企业安心发展\n\n{head}{lead}\n\n马晓东说，今年将新建学校3所。"
    issue = reflow(from_bytes(page.encode(), "page.txt"))
    (article,) = (_completed(article, issue) for article in interviews(issue))
    assert article.date is not None
    assert article.date.span.of(issue.text) == day


def test_a_hostile_page_takes_linear_time() -> None:
    for text in (
        "区长" * 40_000,
        "“" * 60_000,
        "，\n" * 30_000,
        "市长张" * 30_000,
        "一" * 200_000,
        "记者 " * 40_000,
        "（" * 60_000,
    ):
        interviews(reflow(Issue("x", None, "x", text, text)))
