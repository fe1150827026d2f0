"""The HTML of a brief: valid, inert, in two languages, each number linked to its partner in the source."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import html5lib
import pytest
from jinja2 import UndefinedError
from lxml import etree
from lxml import html as lx

from briefing.errors import PrintError
from briefing.model import Brief
from briefing.render import chart, drawing, html, pdf, source
from briefing.render.page import Pair, build
from briefing.spans import Span
from tests import briefs

BRIEFS = {"sample": briefs.sample, "doubtful": briefs.doubtful, "traditional": briefs.traditional, "hostile": briefs.hostile}
HAN = re.compile(r"[\u3400-\u9fff]")
MADE: dict[str, str] = {}


@pytest.fixture(params=BRIEFS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def made(name: str) -> str:
    if name not in MADE:
        brief = BRIEFS[name]()
        MADE[name] = html.page(briefs.counted(brief), brief)
    return MADE[name]


def tree(name: str) -> Any:
    return lx.document_fromstring(made(name))


def text(element: Any) -> str:
    return re.sub(r"\s+", "", element.text_content())


def plain(text: str) -> str:
    """`text` as a page shows it: no white space, no control and direction characters."""
    return re.sub(r"\s+", "", str(html.inert(text)))


def test_is_valid(name: str) -> None:
    html5lib.HTMLParser(strict=True).parse(made(name))


def test_ids_are_unique_and_links_arrive(name: str) -> None:
    page = tree(name)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not [i for i in ids if re.search(r"\s", i)]
    for href in page.xpath("//@href"):
        assert href.startswith("#") and href[1:] in ids, href
    for named in page.xpath("//@aria-labelledby"):
        assert set(named.split()) <= set(ids)


def test_shows_the_source_whole(name: str) -> None:
    aside = tree(name).get_element_by_id("source")
    for extra in aside.xpath(".//h2 | .//*[@class='legend'] | .//*[@class='back']"):
        extra.drop_tree()
    assert text(aside) == plain(BRIEFS[name]().issue.text)


def test_each_figure_leads_to_its_number_and_back(name: str) -> None:
    page, brief = tree(name), BRIEFS[name]()
    shown = [row for section in build(brief).sections for row in section.figures]
    assert shown
    amounts = {figure.id: figure.quantity.span.of(brief.issue.text) for figure in brief.figures}
    for row in shown:
        line = page.get_element_by_id(row.figure)
        cited = page.get_element_by_id(line.xpath(".//a[@class='cite']/@href")[0][1:])
        assert plain(amounts[row.figure]) in text(cited)
        links = line.xpath("td[1]//span[@class='en']/a[@class='number']/@href")
        if row.value.en.startswith("[withheld"):
            assert not links and "Withheld" in line.text_content()
            continue
        number = page.get_element_by_id(links[0][1:])
        assert plain(amounts[row.figure]) in text(number)
        back = page.get_element_by_id(number.get("href")[1:])
        again = [back.get("href"), *back.xpath(".//a/@href")]
        assert f"#{number.get('id')}" in again


def test_numbers_in_prose_lead_to_their_partner(name: str) -> None:
    page, brief = tree(name), BRIEFS[name]()
    found = page.xpath("//main//*[@class='en']//a[@class='number' and @id]")
    for link in found:
        number = page.get_element_by_id(link.get("href")[1:])
        assert number.get("class") == "number" and number.getparent().xpath("ancestor-or-self::aside")
        assert html.chinese(brief.issue.text) in number.xpath("ancestor::*/@lang")
    if name == "sample":
        point = page.get_element_by_id("i1.point1")
        assert [text(a) for a in point.xpath(".//a[@class='number']")] == ["thepastyear", "128.64billionyuan", "6.3%", "0.8percentagepoints"]
        assert [text(page.get_element_by_id(h[1:])) for h in point.xpath(".//a[@class='number']/@href")] == ["过去一年", "1286.4亿元", "6.3%", "0.8个百分点"]


def test_nothing_in_it_can_act(name: str) -> None:
    page = tree(name)
    allowed = {"html", "head", "meta", "title", "style", "body", "a", "main", "article", "header", "p", "time", "span", "h1", "h2", "h3", "section", "dl", "div", "dt", "dd", "nav", "ol", "ul", "li", "b", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "svg", "desc", "rect", "mark", "code", "aside", "footer"}
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= allowed
    assert len(page.xpath("//style")) == 1
    for element in page.iter():
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on") and attribute not in ("style", "src", "srcset", "action")
            assert "javascript" not in value
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", made(name))


def test_attacks_are_shown_as_text() -> None:
    shown = text(tree("hostile").xpath("//main")[0])
    for attack in briefs.ATTACK:
        assert plain(attack) in shown
    assert "49" not in shown  # 7*7 was not evaluated


def test_says_the_language_of_every_text(name: str) -> None:
    page, han = tree(name), html.chinese(BRIEFS[name]().issue.text)
    for element in page.xpath("//body//*"):
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        lang = element.xpath("ancestor-or-self::*/@lang")[-1]
        if HAN.search(own) and name != "hostile":
            assert lang in ("zh-Hans", han), own
        if re.search("[A-Za-z]{4}", own) and not HAN.search(own) and name == "sample":
            assert lang == "en" or not own.strip() or element.xpath("ancestor::aside"), own
    assert page.get("lang") == "en"


def test_tables_name_their_cells(name: str) -> None:
    tables = tree(name).xpath("//table")
    assert tables
    for table in tables:
        assert table[0].tag == "caption" and text(table[0])
        assert all(th.get("scope") == "col" for th in table.xpath("thead//th"))
        assert all(row.xpath("count(th[@scope='row'])") == 1 for row in table.xpath("tbody/tr"))
        width = len(table.xpath("thead/tr/th"))
        assert all(len(row) == width for row in table.xpath("tbody/tr"))


def test_charts_say_in_words_what_they_draw() -> None:
    bars = tree("sample").xpath("//*[local-name()='svg']")
    assert bars
    known = {node.get("id"): text(node) for node in tree("sample").xpath("//*[@id]")}
    for bar in bars:
        assert bar.get("role") == "img" and all(known[name] for name in bar.get("aria-labelledby").split())
        assert not bar.xpath("descendant-or-self::*[@style or @fill or @stroke]"), "colours are classes"
        for rect in bar.xpath("*[local-name()='rect']"):
            assert 0 <= int(rect.get("width").removesuffix("%")) <= 100


def test_a_text_in_a_bar_becomes_no_markup() -> None:
    drawn = drawing.bar("done", 'f1" onload="x', "<script>5%</script>\u202e", solid=40, reach=60, description='"&amp;</desc>')
    shown = html.environment().from_string("{{ bar }}").render(bar=drawn)
    parsed = etree.fromstring(shown)
    assert [(e.tag, e.text) for e in parsed] == [("title", "<script>5%</script>"), ("desc", '"&amp;</desc>'), ("rect", None), ("rect", None)]
    assert set(parsed.attrib) == {"class", "width", "height", "role", "aria-labelledby"}
    assert parsed[0].get("id") == 'f1" onload="x-title' and set(parsed[0].attrib) == {"id"}


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    page = tree("sample")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = re.search("<style>(.*?)</style>", made("sample"), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(sha256(style[1].encode("utf8")).digest()).decode("ascii")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:", style[1])


def test_on_a_site_the_style_sheet_is_linked() -> None:
    brief = briefs.traditional()
    links = html.Links("assets/briefing.css", (html.NavItem("index.html", "首页", "Home"),), (("brief.json", "JSON"),), "https://example.org/x")
    page = lx.document_fromstring(html.page(build(brief), brief, links=links))
    assert page.xpath("//link[@rel='stylesheet']/@href") == ["assets/briefing.css"]
    assert not page.xpath("//style")
    assert "style-src 'self'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert page.xpath("//nav[@aria-label='Site']//a/@href") == ["index.html"]
    assert page.xpath("//nav[@aria-label='Contents']//a/@href")[-1] == "brief.json"


def test_doubts_are_told_in_words() -> None:
    page = tree("doubtful")
    first = page.get_element_by_id("f1.value")
    assert "Withheld" in first.text_content() and "128.64" not in first.text_content()
    assert "N-MAGNITUDE" in first.text_content()
    point = page.get_element_by_id("i1.point1")
    assert point.xpath(".//mark")[0].text == "128.64 billion yuan"
    flag = point.xpath(".//a[@class='flag']")[0]
    assert "Flagged" in flag.text_content() and page.get_element_by_id(flag.get("href")[1:]).xpath("string(th)") == "N-ALTERED"
    rows = page.xpath("//table[contains(@class, 'findings')]/tbody/tr")
    assert [re.sub(r"\s+", " ", row[0].text_content()).strip() for row in rows] == ["✕ 错误 Error", "⚠ 注意 Warning", "⚠ 注意 Warning", "ⓘ 提示 Note"]
    assert [re.sub(r"\s+", " ", row[2].text_content()).strip() for row in rows[:3]] == ["Figure 1, value", "Interview 1, summary, point 1", "Figure 2, value"]
    verdict = page.xpath("//section[contains(@class, 'doubtful')]")
    assert verdict and "2 are in doubt; 1 more was withheld" in re.sub(r"\s+", " ", verdict[0].text_content())
    assert "clear" not in verdict[0].get("class")


def test_a_clear_brief_says_so_once() -> None:
    verdicts = tree("sample").xpath("//header//section[contains(@class, 'verdict')]")
    assert [v.get("class").split() for v in verdicts] == [["verdict", "clear"]]
    assert "agrees with the source" in verdicts[0].text_content()
    assert not tree("sample").xpath("//*[@id='findings'] | //a[@class='flag'] | //mark")


def test_counts_that_do_not_add_up_are_no_clear_verdict() -> None:
    brief = briefs.traditional()
    page = build(brief)
    count = replace(page.sections[0].count, source=5, brief=5, verified=4)
    page = replace(page, sections=(replace(page.sections[0], count=count),))
    assert 'class="verdict doubtful"' in html.page(page, brief)


def test_an_issue_without_interviews() -> None:
    brief = replace(briefs.traditional(), interviews=(), figures=(), pledges=(), summaries=())
    made = html.page(build(brief), brief)
    html5lib.HTMLParser(strict=True).parse(made)
    assert "No interview was found" in made


def test_traditional_characters_are_tagged_as_such() -> None:
    assert set(tree("traditional").xpath("//*[@class='zh']/@lang")) == {"zh-Hant"}
    assert set(tree("sample").xpath("//*[@class='zh']/@lang")) == {"zh-Hans"}


def test_an_undefined_name_in_a_template_fails() -> None:
    with pytest.raises(UndefinedError):
        html.environment().from_string("{{ nobody }}").render()


@pytest.mark.parametrize("value", ["a\u202eb\x00c\ud800", "x\x85\ufeff"])
def test_characters_that_hide_or_turn_text_are_dropped(value: str) -> None:
    shown = html.environment().from_string("{{ v }}").render(v=value)
    assert shown == "".join(c for c in value if c in "abcx")


# Charts


def compared(text: str, headline: str = "工业\n") -> list[tuple[str, int, int]]:
    brief = briefs.written(headline + text, date(2025, 1, 16), headline=headline.strip())
    return [(c.subject.zh, c.achieved.reach, c.target.reach) for c in chart.comparisons(build(brief).sections[0], brief)]


def test_a_result_meets_the_target_of_the_same_indicator() -> None:
    assert compared("去年，全区规上工业增加值增长8%。今年我们的目标是规模以上工业增加值增长10%。")[0][1:] == (80, 100)
    assert compared("去年，全区工业投资达到200亿元。今年，工业投资力争达到250亿元。") == [("工业投资", 80, 100)]


@pytest.mark.parametrize(
    "text",
    [
        "去年，高新技术企业达到400家。今年，力争新增高新技术企业60家。",
        "去年，工业投资下降3%。今年，工业投资力争增长5%。",
        "去年，全区工业投资达到200亿元。今年，工业投资力争增长8%。",
        "去年，粮食产量达到30万吨。今年，蔬菜产量力争达到40万吨。",
    ],
    ids=["increase and whole", "down and up", "level and change", "another indicator"],
)
def test_what_cannot_be_compared_is_not_drawn(text: str) -> None:
    assert compared(text) == []


def test_a_page_without_a_banner_is_not_called_by_its_file() -> None:
    brief = briefs.traditional()
    page = build(brief)
    assert page.title.zh == page.issue and not page.title.en

    def called(shown: Any) -> str:
        root = lx.fromstring(html.page(shown, brief))
        assert root.findtext(".//title") and shown.issue not in root.findtext(".//title")
        return " ".join(root.xpath("//h1")[0].text_content().split())

    assert called(page) == "2025年1月16日版 Issue of January 16, 2025"
    headline = page.sections[0].headline
    assert called(replace(page, date="")) == f"{headline.zh} {headline.en}".strip()
    assert called(replace(page, date="", sections=())) == "双语简报 Bilingual brief"


def test_pledges_stand_under_their_deadline_in_order() -> None:
    brief = briefs.sample()
    page = build(brief)
    found = chart.deadlines(page, brief)
    assert [d.en for d in found] == ["June 2025", "December 2025", "By end of 2025", "Q3 2026", "By end of 2027"]
    dated = [row.pledge for _, row in chart.numbered(page) if any(p.id == row.pledge and p.due for p in brief.pledges)]
    assert sorted(row.pledge for d in found for _, row in d.pledges) == sorted(dated)
    assert max(d.share for d in found) == 100


def test_deadlines_stand_by_month_and_longer_periods_behind_their_last_month() -> None:
    given = ["2026", "2025-H2", "2025", "2025-12-31", "2021/2025", "2025-12", "2025-11/2025-12", "2025-Q4", "2025-03-01", "2026-01"]
    periods = sorted({chart.spell(iso) for iso in given})
    assert [p.zh for p in periods] == ["2025年3月", "2025年12月", "2025年四季度", "2025年下半年", "2025年底前", "2021—2025年", "2026年1月", "2026年底前"]


@pytest.mark.parametrize("iso", ["2025/2021", "0000/2025", "", "2025-13", "0000-01", "soon", "2025-Q5", "２０２５"])
def test_what_is_no_period_is_not_spelt(iso: str) -> None:
    assert chart.spell(iso) is None


# Links between the numbers


def test_overlapping_sentences_share_a_passage() -> None:
    page = build(briefs.sample())
    ids = source.sentence_ids(page, source.numbers(page, briefs.sample(), {}))
    spans = {note: span for note, _, span in page.notes}
    for note, other in ((a, b) for a in spans for b in spans if a < b):
        if spans[note].overlaps(spans[other]):
            assert ids[note] == ids[other]


def test_a_wrong_report_breaks_no_page() -> None:
    brief = briefs.sample()
    page = build(brief)
    wrong = {p.unit: ((Span(0, 999), Span(0, 9)), (Span(0, 0), Span(1, 1)), (Span(0, 2), Span(0, 3)), (Span(0, 2), Span(1, 4))) for p in page.pairs()}
    made = html.page(page, brief, agreed=wrong)
    html5lib.HTMLParser(strict=True).parse(made)
    ids = lx.document_fromstring(made).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_pairs_that_stand_nowhere_get_no_link() -> None:
    brief = briefs.sample()
    page = build(brief)
    moved = replace(page, sections=(replace(page.sections[0], headline=Pair("i1.headline", "别处的话5家", "Elsewhere 5")),))
    assert "i1.headline" not in source.spans(moved, brief)


# PDF


def test_a_missing_browser_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    with pytest.raises(PrintError, match="apt install chromium"):
        pdf.find()
    with pytest.raises(PrintError, match="no-such-browser is no program"):
        pdf.find("no-such-browser")


def test_a_browser_that_fails_leaves_nothing(tmp_path: Any) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho 'cannot open display' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(PrintError, match=r"wrote no PDF \(cannot open display\): give another --browser"):
        pdf.write("<p>", tmp_path / "out" / "x.pdf", browser=str(program))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_browser_that_hangs_is_ended(tmp_path: Any) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    program.chmod(0o755)
    with pytest.raises(PrintError, match=r"within 0\.5 seconds"):
        pdf.write("<p>", tmp_path / "x.pdf", browser=str(program), seconds=0.5)


def left_out(brief: Brief, linked: source.Numbers) -> list[str]:
    pieces = [p for line in source.paragraphs(build(brief), brief, linked) for s in line.sentences for p in s.pieces]
    return [piece.text for piece in pieces if piece.kind == "left_out"]


def test_numbers_that_the_brief_nowhere_gives_are_marked() -> None:
    brief = briefs.sample()
    everything = left_out(brief, source.Numbers((), {}, {}, {}))
    assert {"1286.4亿元", "1200亩"} <= set(everything) and len(everything) == len(brief.figures)
    page = build(brief)
    bare = replace(page, sections=tuple(replace(s, points=(), figures=s.figures[:1], pledges=()) for s in page.sections))
    assert "118亿元" in left_out(brief, source.numbers(bare, brief, {}))
    assert "1200亩" not in left_out(brief, source.numbers(page, brief, {})), "a subhead repeats what the body says"
