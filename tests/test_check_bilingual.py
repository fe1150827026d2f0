"""Bilingual files: TMX, XLIFF and tables give the right pairs with their places, and damaged ones a clear error."""

from __future__ import annotations

import json
import tracemalloc
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.bilingual import write_tmx
from briefing.check.bilingual import read
from briefing.cli import main
from briefing.errors import InputError, UnknownFormat

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="zh-CN" datatype="xml" segtype="sentence" adminlang="en" o-tmf="x" creationtool="x" creationtoolversion="1"/>
<body>
<tu tuid="roads"><note>88</note>
  <tuv xml:lang="zh-CN"><seg>新建公路<bpt i="1">&lt;b size="77"&gt;</bpt>90<ept i="1">&lt;/b&gt;</ept>公里</seg></tuv>
  <tuv xml:lang="en-US"><seg><hi>90</hi> kilometers of <ph>{0}</ph>road were built</seg></tuv>
</tu>
<tu><tuv xml:lang="zh-CN"><seg>完成投资90亿元</seg></tuv><tuv xml:lang="en-US"><seg>Investment of 90 billion yuan</seg></tuv></tu>
<tu><tuv xml:lang="zh-CN"><seg>增长5%</seg></tuv><tuv xml:lang="fr"><seg>en hausse de 5 %</seg></tuv></tu>
<tu><tuv xml:lang="zh-CN"><seg>增长5%</seg></tuv><tuv xml:lang="en-US"><seg> </seg></tuv></tu>
</body></tmx>
"""
XLIFF1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="en-US" target-language="zh-CN" datatype="plaintext"><body>
<trans-unit id="7"><source>Investment of <g id="1">9</g> billion yuan</source>
  <alt-trans><source>Nothing of 8</source><target>八</target></alt-trans>
  <target state="translated">完成投资<x id="2"/>90亿元<bx id="3"/></target></trans-unit>
<trans-unit id="8"><source>up 5%</source></trans-unit>
</body></file></xliff>
"""
XLIFF2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.1" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.1" srcLang="zh" trgLang="en">
<file id="f"><unit id="u1">
<mtc:matches><mtc:match ref="#s"><source>增长8%</source><target>up 9%</target></mtc:match></mtc:matches>
<segment id="s"><source>增长<pc id="1">7.<cp hex="0038"/></pc>%</source><target>up <mrk id="m" type="term">7.8</mrk>%</target></segment>
<ignorable><source>12</source></ignorable>
<segment><source>第1期<ph id="4"/>增长5%</source><target>Phase 1: up 6%</target></segment>
<segment><source>增长5%</source></segment>
</unit></file></xliff>
"""


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def drawn(path: Path, columns: tuple[str, str] | None = None) -> tuple[list[tuple[str, str, str, int]], str]:
    pairs, skipped = read(path, columns)
    found = [(p.unit, p.zh, p.en, p.line) for p in pairs]
    return found, str(skipped)


def briefing(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    return int(done.value.code or 0), out, err


def test_tmx(tmp_path: Path) -> None:
    expected = [
        ("roads", "新建公路90公里", "90 kilometers of road were built", 7),
        ("2", "完成投资90亿元", "Investment of 90 billion yuan", 9),
    ]
    for name, encoding in (("a.tmx", "utf-8"), ("b.tmx", "utf-16"), ("c.xml", "gb18030")):
        text = TMX.replace('"UTF-8"', '"GBK"' if encoding == "gb18030" else f'"{encoding}"')
        assert drawn(put(tmp_path, name, text, encoding)) == (expected, "2 skipped: without English"), encoding


def test_tmx_languages(tmp_path: Path) -> None:
    text = TMX.replace('"en-US"', '"en-GB"').replace('xml:lang="zh-CN"', 'lang="ZH-cn"')
    path = put(tmp_path, "a.tmx", text)
    assert len(drawn(path)[0]) == 2 == len(drawn(path, ("zh-CN", "en-GB"))[0])
    with pytest.raises(InputError, match="languages found: ZH-cn, en-GB, fr"):
        drawn(path, ("zh-CN", "en-US"))
    several = TMX.replace('<tuv xml:lang="fr">', '<tuv xml:lang="en-AU"><seg>up 4%</seg></tuv><tuv xml:lang="en-GB">')
    assert [p[0] for p in drawn(put(tmp_path, "b.tmx", several))[0]][2:] == ["3 (zh-CN, en-AU)", "3 (zh-CN, en-GB)"]


def test_xliff_1_2_in_the_other_direction(tmp_path: Path) -> None:
    found = drawn(put(tmp_path, "a.xlf", XLIFF1))
    assert found == ([("7", "完成投资90亿元", "Investment of 9 billion yuan", 4)], "1 skipped: without Chinese")


def test_xliff_2(tmp_path: Path) -> None:
    found = drawn(put(tmp_path, "a.xlf", XLIFF2))
    assert found == ([("u1/s", "增长7.8%", "up 7.8%", 4), ("u1/2", "第1期增长5%", "Phase 1: up 6%", 6)], "1 skipped: without English")


def test_a_code_between_digits_parts_them(tmp_path: Path) -> None:
    text = TMX.replace("<hi>90</hi>", "<ph>a</ph>9<ph>b</ph>0<x type='lb'/>").replace("投资90", "投资<hi>9</hi><hi>0</hi>")
    found = drawn(put(tmp_path, "a.tmx", text))[0]
    assert (found[0][2], found[1][1]) == ("9 0\n kilometers of road were built", "完成投资90亿元")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (TMX[:700], "no well-formed XML"),
        (TMX.replace("</tu>", "</ut>", 1), "line 8, column 3: this is no well-formed XML"),
        (TMX.replace('SYSTEM "tmx14.dtd"', '[<!ENTITY a "9"><!ENTITY b "&a;&a;&a;">]'), "declares the entity 'a'"),
        (TMX.replace('SYSTEM "tmx14.dtd"', '[<!ENTITY % p SYSTEM "file:///etc/passwd">]'), "declares the entity 'p'"),
        (TMX.replace("增长5%", "增长&five;%"), "the entity &five; is not known"),
        (TMX.replace("增长5%", "<hi>" * 200 + "</hi>" * 200), "nested deeper"),
        (TMX.replace("增长5%", "5" * 1_000_001), "longer than 1,000,000 characters"),
        (TMX.replace('"UTF-8"', '"utf-99"'), "encoding"),
        (TMX.replace("zh-CN", "ja"), "holds no unit in zh and en"),
        (XLIFF2.replace('srcLang="zh"', 'srcLang="de"'), "languages found: de, en"),
    ],
)
def test_damaged_xml(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, error: str) -> None:
    path = put(tmp_path, "a.tmx", text)
    with pytest.raises(InputError, match=error):
        drawn(path)
    for form in ("text", "json", "sarif", "junit"):
        code, out, err = briefing(capsys, "check", path, "--format", form)
        assert code == 2 and error in err and "Traceback" not in err
        assert form == "text" or out == ""  # no half of a document


def test_other_xml(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="root is <html>"):
        drawn(put(tmp_path, "a.tmx", "<html><body/></html>"))


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("增长5%,up 5%\n增长6%,up 6%\n", "utf-8", [("1", "增长5%", "up 5%", 1), ("2", "增长6%", "up 6%", 2)]),
        ("up 5%\t增长5%\n", "utf-16", [("1", "增长5%", "up 5%", 1)]),
        ("up 5%;增长5%\n", "gb18030", [("1", "增长5%", "up 5%", 1)]),
        ('id,English,中文\na,"up 5%,\nagain",增长5%\n\nb,up 6%,增长6%\n', "utf-8-sig", [("a", "增长5%", "up 5%,\nagain", 2), ("b", "增长6%", "up 6%", 5)]),
        ("x,增长5%,up 5%\ny,增长6%,up 6%\n", "utf-8", [("x", "增长5%", "up 5%", 1), ("y", "增长6%", "up 6%", 2)]),
        ('zh\ten\n增长5%\tup 5%, "as planned\n', "utf-8", [("2", "增长5%", 'up 5%, "as planned', 2)]),
        ('增长5%\t"Up 5%" he said\n增长6%\t"Up\n', "utf-8", [("1", "增长5%", '"Up 5%" he said', 1), ("2", "增长6%", '"Up', 2)]),
        ('"中文"\t"英文"\n"增长5%"\t"up 5%"\n', "utf-8", [("2", "增长5%", "up 5%", 2)]),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, text: str, encoding: str, expected: object) -> None:
    assert drawn(put(tmp_path, "a.dat", text, encoding)) == (expected, "")


def test_columns(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "id,old,new,text\n1,up 5%,up 7%,增长5%\n2,,,增长5%\n")
    assert drawn(path, ("text", "new")) == ([("1", "增长5%", "up 7%", 2)], "1 skipped: without English")
    assert drawn(path, ("4", "2"))[0] == [("1", "增长5%", "up 5%", 2)]
    for wrong in (("text", "newer"), ("4", "5")):
        with pytest.raises(InputError, match="has no column"):
            drawn(path, wrong)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("增长5%,up 5%\n增长5%\n", "line 2: the row has 1 columns, but column 2 is needed"),
        ("增长5%\n增长5%\n", "its first line has no tab or comma"),
        ("up 5%,up 6%\n", "no column holds Chinese"),
        ("增长5%,增长6%\n", "no column holds English"),
        ('增长5%,up 5%\n增长5%,"' + "up, " * 50_000, "line 2: this is no row of a table"),
        ("增长5%,up 5%\n".encode() * 6000 + b"\xff\xfe,5\n", "is not utf-8-sig throughout"),
    ],
)
def test_damaged_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, error: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, _, err = briefing(capsys, "check", path)
    assert code == 2 and error in err and "Traceback" not in err


def test_the_command_on_each_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, "a.tmx", TMX)
    code, out, err = briefing(capsys, "check", path)
    assert code == 1 and out.startswith(f"{path}:9:74: unit 2: error N-MAGNITUDE: ") and "2 skipped: without English" in err
    _, out, _ = briefing(capsys, "check", path, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(r["unit"], r["line"], r["column"], len(r["findings"])) for r in rows] == [("roads", 7, 25, 0), ("2", 9, 74, 1)]
    _, out, _ = briefing(capsys, "check", path, "--format", "sarif")
    (result,) = json.loads(out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 74}
    assert result["locations"][0]["logicalLocations"][0]["name"] == "2"
    _, out, _ = briefing(capsys, "check", path, "--format", "junit")
    suite = ElementTree.fromstring(out)[0]
    assert [(c.get("name"), c.get("line"), len(c)) for c in suite] == [("roads", "7", 0), ("2", "9", 1)]
    assert briefing(capsys, "check", put(tmp_path, "b.xlf", XLIFF1))[0] == 0
    assert briefing(capsys, "check", put(tmp_path, "c.csv", "增长百分之七点八,up 78%\n"))[0] == 1
    assert briefing(capsys, "check", put(tmp_path, "d.csv", "投资90亿元,9 billion yuan invested\n"))[0] == 0


@pytest.mark.parametrize(
    ("zh", "en", "code"),
    [
        ("投资90亿元\n", "an investment of 90 billion yuan\n", 1),
        ("投资90亿元\n", "an investment of 9 billion yuan\n", 0),
        ("增长百分之七点八\n", "up 78%\n", 1),
        ("增长百分之七点八\n\n", "up 7.8%", 0),
        ("增长5%\n增长6%\n", "up 5%\n", 2),
        ("增长5%\n", "up 5%\n\nup 6%\n", 2),
    ],
)
def test_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str], zh: str, en: str, code: int) -> None:
    a, b = put(tmp_path, "a.txt", zh, "gb18030"), put(tmp_path, "b.txt", en)
    got, out, err = briefing(capsys, "check", "--zh", a, "--en", b)
    assert got == code, (out, err)
    assert code != 2 or ("lines" in err and out == "")


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, "a.tmx", TMX)
    for args in ([path, "--columns", "zh"], [path, "--zh", path], [tmp_path, "--columns", "a,b"], []):
        code, out, err = briefing(capsys, "check", *args)
        assert code == 2 and out == "" and "Traceback" not in err, args


def test_terms_of_the_user_are_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, "a.csv", "改造云瓦窑5座、石锁坊7座,7 cloud kilns and 5 stonelock mills were renovated\n")
    glossary = put(tmp_path, "g.tsv", "云瓦窑\tcloud kiln\tterm\t\n石锁坊\tstonelock mill\tterm\t\n")
    config = put(tmp_path, "b.toml", f'glossary = "{glossary}"\n')
    code, out, _ = briefing(capsys, "check", path, "--config", config)
    assert code == 1 and "N-SWAPPED" in out


def test_a_tmx_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "big.tmx"
    write_tmx(path, 8 * 2**20)
    pairs, _ = read(path)
    tracemalloc.start()
    count = sum(1 for _ in islice(pairs, 10**9))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 10_000 and peak < 2 * 2**20, (count, peak)


def test_pairs_come_before_the_file_ends(tmp_path: Path) -> None:
    path = put(tmp_path, "a.tmx", TMX.split("</body>")[0] + " " * 200_000)  # it breaks off, but only after the pairs
    pairs: Iterator[object] = read(path)[0]
    assert next(pairs)
