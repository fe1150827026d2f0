"""PDF pages: reading order, roles and articles over many layouts; hostile files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from briefing import store
from briefing.errors import InputError, MissingReader
from briefing.extract.dates import moments
from briefing.extract.figures import figures
from briefing.extract.pledges import pledges
from briefing.extract.quantities import quantities
from briefing.ingest import from_bytes, pdf, read
from briefing.ingest.pdf_glyphs import Sheet, sheet
from briefing.ingest.reading import Reading
from briefing.model import Block, Brief, Issue
from briefing.normalise import blocks, normalise, place
from briefing.segment.interviews import interviews
from briefing.segment.layout import reflow
from briefing.spans import Span
from tests.pages import press, reset, tiny
from tests.pages.layouts import LAYOUTS, Layout
from tests.pages.measure import common, in_order
from tests.pages.stretched import stretched

pytest.importorskip("pdfplumber", reason="needs the extra [pdf]")
SEED = Path(__file__).parents[2] / "shared/seeds/jinan-2024-two-sessions.txt"
FLOOR = 0.995
"""The least share of the characters of the articles that comes back in the right order, on every layout."""
needs_press = pytest.mark.skipif(
    press.browser() is None or not press.fonts(), reason="needs chromium and fonts-noto-cjk (Debian) to set the pages"
)
PAGES = [make() for make in LAYOUTS]
STRETCHED = [stretched(seed) for seed in (5, 14, 29, 38, 44, 48, 52, 62, 68, 75, 78, 94)]
"""Pages of which at most 98 of 100 characters came in order, or whose numbers were parted, by columns alone."""
NUMBER = re.compile(r"[A-Z]*\d[\d.]*[%％]?")


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All layouts in one PDF."""
    html = "".join(one for page in (*PAGES, *STRETCHED) for one in page.sheets)
    return press.print_html(html, tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="session")
def parsed(printed: bytes) -> dict[str, list[Sheet]]:
    """The parsed pages of each layout."""
    raw = [json.loads(line) for line in pdf._child(printed, "pages", "parse", "64").splitlines()]
    pages = (*PAGES, *STRETCHED)
    assert len(raw) == sum(len(page.sheets) for page in pages), "a layout runs over its sheet"
    rest = iter(raw)
    return {
        page.name: [sheet({**next(rest), "page": n}) for n in range(1, len(page.sheets) + 1)] for page in pages
    }


def paragraphs(got: Reading) -> Iterator[tuple[int, str]]:
    """The paragraphs of the body with the number of their article; pieces that touch are one."""
    text, article, stop = "", 0, -1
    for block in got.blocks:
        if block.role:
            continue
        if text and block.span.start == stop:
            text += block.span.of(got.raw)
        else:
            if text:
                yield article, text
            text, article = block.span.of(got.raw), block.article
        stop = block.span.stop
    if text:
        yield article, text


@needs_press
@pytest.mark.parametrize("page", (*PAGES, *STRETCHED), ids=lambda page: page.name)
def test_the_body_comes_back_in_order(page: Layout, parsed: dict[str, list[Sheet]]) -> None:
    got = [text for _, text in paragraphs(pdf.laid(parsed[page.name]))]
    wanted = [text for story in page.stories for text in story.body]
    assert in_order(wanted, got) >= FLOOR


@needs_press
@pytest.mark.parametrize("page", STRETCHED, ids=lambda page: page.name)
def test_numbers_stay_whole_on_lines_stretched_to_the_measure(page: Layout, parsed: dict[str, list[Sheet]]) -> None:
    got = [text for _, text in paragraphs(pdf.laid(parsed[page.name]))]
    wanted = [text for story in page.stories for text in story.body]
    assert Counter(NUMBER.findall("\n".join(got))) == Counter(NUMBER.findall("\n".join(wanted)))


@needs_press
def test_articles_headlines_and_subheads_are_told_apart(parsed: dict[str, list[Sheet]]) -> None:
    for page in PAGES:
        got = pdf.laid(parsed[page.name])
        heads = {b.article: b.span.of(got.raw) for b in got.blocks if b.role == "headline"}
        assert sorted(heads.values()) == sorted(s.headline for s in page.stories), page.name
        owner = {title: number for number, title in heads.items()}
        for number, text in paragraphs(got):
            story = next((s for s in page.stories if text in s.body), None)
            assert story is None or owner[story.headline] == number, page.name
        subheads = {b.span.of(got.raw) for b in got.blocks if b.role == "subhead"}
        assert subheads >= {text for s in page.stories for _, text in s.subheads}, page.name
        captions = {b.span.of(got.raw) for b in got.blocks if b.role == "caption"}
        assert captions == {s.caption for s in page.stories if s.caption}, page.name
        for text in page.furniture:
            assert not any(text in paragraph for _, paragraph in paragraphs(got)), page.name


@needs_press
def test_every_span_has_its_page_and_box(printed: bytes, parsed: dict[str, list[Sheet]]) -> None:
    got = pdf.laid(parsed["continued"])
    text, steps = normalise(got.raw)
    issue = Issue("x", None, "x.pdf", got.raw, text, steps, got.blocks)
    first = PAGES[[p.name for p in PAGES].index("continued")].stories[0].body
    found = [place(issue, Span(text.index(p), text.index(p) + len(p))) for p in (first[0], first[-1])]
    assert [f[0] for f in found if f] == [1, 2]
    for sheet_, f in zip(parsed["continued"], found, strict=True):
        assert f is not None and f[1] is not None
        x0, top, x1, bottom = f[1]
        assert 0 < x0 < x1 < sheet_.width and 0 < top < bottom < sheet_.height
    broken = next(p for p in first if p in text and len(blocks(issue, Span(text.index(p), text.index(p) + len(p)))) > 1)
    assert broken, "no paragraph runs over into another column"


@needs_press
@pytest.mark.shared
@pytest.mark.parametrize("setting", reset.SETTINGS, ids=lambda setting: setting.__name__)
def test_an_issue_set_as_a_page_gives_the_brief_of_its_text(setting: reset.Setting, tmp_path: Path) -> None:
    if not SEED.exists():
        pytest.skip("the evaluation data is not beside the checkout")
    text = reflow(read(SEED))
    articles = interviews(text)
    data = press.print_html("".join(setting(text, articles)), tmp_path)
    page = reflow(from_bytes(data, "page.pdf", date=text.date))
    assert told(page) == told(text)


def told(issue: Issue) -> tuple[object, ...]:
    """The officials, figures and pledges of an issue, by their words."""
    text, articles = issue.text, interviews(issue)
    amounts, when = quantities(text), moments(text, issue.date)
    sentences = tuple(s for a in articles for s in a.sentences)
    counted = figures(text, sentences, amounts, when, interviews=articles, today=issue.date)
    promised = pledges(text, sentences, counted, when, interviews=articles, today=issue.date)
    return (
        [(a.kind, a.place, [(p.name, p.title) for p in a.people]) for a in articles],
        [
            (f.quantity.span.of(text), f.quantity.low, f.quantity.high, f.status, f.speaker, f.subject and f.subject.of(text))
            for f in counted
            if f.role in ("narration", "quote")
        ],
        [(p.span.of(text), p.speaker, p.actor, p.action.of(text), p.strength) for p in promised],
    )


def test_the_measure_counts_what_is_out_of_order() -> None:
    assert common("甲乙丙丁", "甲丙乙丁") == 3
    assert in_order(["甲乙", "丙丁戊己"], ["丙丁戊己", "甲乙"]) == pytest.approx(4 / 6)
    assert in_order(["甲乙丙丁"], ["甲乙", "丙丁"]) == 1.0
    assert in_order(["甲乙丙丁"], ["甲乙", "他", "丙"]) == pytest.approx(3 / 4)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7" + b"\x00" * 60, b"%PDF-1.4\ntrailer<</Root 1 0 R>>"])
def test_a_damaged_file_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.pdf"):
        from_bytes(data, "x.pdf")


LEFT = ("盐井镇今年要修十二公里", "乡村公路，并把三座危桥", "换成新桥。去年镇里已经", "修好九公里，比前年多出")
RIGHT = ("两公里。", "　　镇长说，修路的钱由", "县里出七成，其余由镇里", "和村里分担。")


def columns() -> list[tuple[float, float, float, str]]:
    out = [(100, 700, 20, "把路修到每一户门前")]
    out += [(100, 660 - 15 * n, 10, line) for n, line in enumerate(LEFT)]
    return out + [(230, 660 - 15 * n, 10, line) for n, line in enumerate(RIGHT)]


def test_two_columns_of_type_that_is_not_embedded() -> None:
    got = from_bytes(tiny.page(tiny.text(columns())), "x.pdf")
    first = "".join(LEFT) + RIGHT[0]
    assert first in got.text.split("\n")
    assert "把路修到每一户门前" in got.text.split("\n")
    assert [b.role for b in got.blocks][:2] == ["headline", ""]
    found = blocks(got, Span(got.text.index(first), got.text.index(first) + len(first)))
    assert [b.span.of(got.raw) for b in found] == ["".join(LEFT), RIGHT[0]]


def test_a_last_line_stretched_to_the_measure_stays_one_line() -> None:
    body = [(100, 660, 10, "　　盐井镇今年要修乡村公路，长"), (100, 645, 10, "十二公里，把危桥换成新桥，用款")]
    last = [(100, 630, 10, "360"), (160, 630, 10, "万"), (200, 630, 10, "元"), (240, 630, 10, "。")]
    got = from_bytes(tiny.page(tiny.text([(100, 700, 20, "把路修到门前"), *body, *last])), "x.pdf")
    assert "盐井镇今年要修乡村公路，长十二公里，把危桥换成新桥，用款360万元。" in got.text


def test_a_brief_with_blocks_comes_back_from_disk(tmp_path: Path) -> None:
    issue = from_bytes(tiny.page(tiny.text(columns())), "x.pdf")
    brief = Brief(issue, (), (), (), (), (), (), "none")
    store.write(tmp_path, {"brief.json": store.dumps({"schema": store.SCHEMA, "brief": brief})})
    assert store.read(tmp_path / "brief.json") == brief


def test_bold_printed_twice_is_read_once() -> None:
    lines = columns()
    twice = tiny.text([line for x, y, size, shown in lines for line in ((x, y, size, shown), (x + 0.4, y, size, shown))])
    assert from_bytes(tiny.page(twice), "x.pdf").text == from_bytes(tiny.page(tiny.text(lines)), "x.pdf").text


def test_a_number_at_the_end_of_a_line_is_not_parted() -> None:
    lines = [(100, 660, 10, "去年全镇的总产值是１８６."), (100, 645, 10, "5亿元，比前年增长了4成。")]
    assert "186.5亿元" in from_bytes(tiny.page(tiny.text(lines)), "x.pdf").text


@pytest.fixture
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(images: object, name: str = "") -> Reading:
        raise MissingReader("tesseract is not installed")

    monkeypatch.setattr("briefing.ingest.ocr.read_images", refuse)


PICTURE = tiny.stream(b"\x80" * 100, b"/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (tiny.page(tiny.text([(50, 700, 10, "镇长说，修路的钱由县里出七成。")]), encoding="Identity-H"), "do not say which characters"),
        (tiny.page(b"q 500 0 0 700 50 50 cm /I Do Q", resources=b"/XObject<</I 8 0 R>>", extra=[PICTURE]), "only a picture"),
    ],
    ids=["fonts without meaning", "picture"],
)
@pytest.mark.usefixtures("no_recogniser")
def test_pages_that_cannot_be_read_ask_for_recognition(data: bytes, says: str) -> None:
    with pytest.raises(MissingReader, match=f"{says}.*OCR"):
        from_bytes(data, "x.pdf")


def test_pages_that_are_pictures_go_to_the_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(images: Iterable[bytes], name: str = "") -> Reading:
        assert [image[:4] for image in images] == [b"\x89PNG"]
        return Reading("修路的钱\n", (Block(Span(0, 4), page=1),), doubtful=(Span(0, 1),))

    monkeypatch.setattr("briefing.ingest.ocr.read_images", recognise)
    data = tiny.page(b"q 500 0 0 700 50 50 cm /I Do Q", resources=b"/XObject<</I 8 0 R>>", extra=[PICTURE])
    got = pdf.read(data, "x.pdf")
    assert (got.raw, got.blocks[0].page, got.doubtful) == ("修路的钱\n", 1, (Span(0, 1),))


LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>/ID[<00><00>]"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (tiny.blank(65), "more than 64"),
        (tiny.blank(2), "blank"),
        (tiny.page(b"q " * 16_000_000), "24 MB"),
        (tiny.page(b"", trailer=LOCK), "password"),
        (tiny.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]), "no pages"),
        (tiny.page(tiny.text(columns()))[:400], "x.pdf"),
    ],
    ids=["too many pages", "blank", "bomb", "password", "loop", "cut"],
)
def test_hostile_files_end_in_clear_errors(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        from_bytes(data, "x.pdf")


def test_a_script_in_the_file_is_never_run() -> None:
    data = tiny.page(tiny.text(columns())).replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Type/Catalog")
    assert "盐井镇" in from_bytes(data, "x.pdf").text
