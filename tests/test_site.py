"""The site of all briefs, as files: what is made, kept, removed, refused, and what its pages lead to.

tests/test_site_browser.py looks at the same pages in a browser.
"""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import struct
import threading
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from click.testing import CliRunner

from briefing import store
from briefing.commands.serve import serve
from briefing.commands.site import site
from briefing.config import Config
from briefing.errors import ConfigError, InputError
from briefing.model import Brief
from briefing.recheck import stored
from briefing.render.cells import cell
from briefing.render.site import build as sites
from briefing.render.site import pages, search, tree
from briefing.render.site.build import Built
from briefing.render.site.due import last_day, standing
from briefing.render.site.local import POLICY, server
from briefing.render.site.options import Options, base_url
from briefing.render.site.records import entry
from briefing.render.site.slugs import slug
from briefing.render.site.topics import table, topics
from briefing.render.source import Loaded
from tests.briefs import unmarked, written

SAMPLE = Path(__file__).parents[1] / "outputs" / "yunhe-2025-two-sessions" / "brief.json"
HOSTILE = '"><script>xx//'
PLAIN = Options(search=False)


def variant(name: str, day: date | None, **swaps: str) -> Brief:
    """The sample under another name and day, some words swapped for others of the same length everywhere."""
    text = SAMPLE.read_text(encoding="utf8")
    for old, new in swaps.items():
        assert old in text, old
        text = text.replace(old, json.dumps(new, ensure_ascii=False)[1:-1])
    brief = store.decode(Brief, json.loads(text)["brief"])
    return replace(brief, issue=replace(brief.issue, id=name, date=day))


def write(outputs: Path, brief: Brief, folder: str = "") -> Path:
    path = outputs / (folder or brief.issue.id) / "brief.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(store.dumps({"schema": store.SCHEMA, "brief": brief}), encoding="utf8")
    return path


def wrong(brief: Brief) -> Brief:
    """With a number in its English that is not that of the source."""
    found = tuple(replace(t, text=t.text.replace("128.64 billion", "12.864 billion")) for t in brief.translations)
    assert found != brief.translations
    return replace(brief, translations=found, findings=())


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four issues: the sample, one with a wrong number, a hostile one, one without a day or an interview."""
    folder = tmp_path_factory.mktemp("outputs")
    write(folder, variant("harbour-1", date(2025, 1, 16)))
    write(folder, wrong(variant("harbour-2", date(2024, 12, 3), **{"周敏": "江岚", "Zhou Min": "Jiang Lan"})))
    hostile = {"让“澄江智造”成为最亮的名片": HOSTILE, "周敏": "=1", "Zhou Min": "<i>"}
    write(folder, variant("harbour-3", date(2023, 5, 9), **hostile))
    bare = variant("harbour-4", None)
    write(folder, replace(bare, interviews=(), figures=(), pledges=(), summaries=(), findings=()))
    return folder


KNOWN: dict[bytes, Loaded] = {}
"""Checking a brief takes most of the time of a build; each is checked once in this module."""


def checked(path: Path) -> Loaded:
    data = path.read_bytes()
    if data not in KNOWN:
        KNOWN[data] = stored(path, Config())
    return KNOWN[data]


def make(outputs: Path, to: Path, options: Options = PLAIN) -> Built:
    return sites.build(sites.briefs(outputs), to, checked, options)


@pytest.fixture(scope="module")
def built(outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("built") / "site"
    result = make(outputs, to)
    assert result.issues == result.made == 4 and not result.failed
    return to


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# What stays, what goes, what is refused


def test_the_same_briefs_give_the_same_bytes(outputs: Path, built: Path, tmp_path: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in built.rglob("*")}
    again = make(outputs, built)
    assert (again.made, again.written, again.deleted) == (0, 0, 0)
    assert {p: p.stat().st_mtime_ns for p in built.rglob("*")} == before
    make(outputs, tmp_path / "other")
    assert contents(tmp_path / "other") == contents(built)


def test_only_what_changed_is_made_and_the_site_is_as_if_made_anew(tmp_path: Path) -> None:
    folder, to = tmp_path / "outputs", tmp_path / "site"
    for number, day in enumerate((date(2025, 1, 16), date(2025, 2, 1), date(2024, 7, 8))):
        write(folder, variant(f"bay-{number}", day))
    make(folder, to)
    write(folder, variant("bay-9", date(2025, 3, 1), **{"周敏": "江岚", "Zhou Min": "Jiang Lan"}))
    added = make(folder, to)
    assert added.made == 2, "the new issue, and the one before it, which links to it"
    assert added.issues == 4 and added.removed == 0
    make(folder, tmp_path / "anew")
    assert contents(to) == contents(tmp_path / "anew")
    gone = next(to.glob("issues/bay-1*.html"))
    (folder / "bay-1" / "brief.json").unlink()
    removed = make(folder, to)
    assert removed.removed == 1 and not gone.exists() and removed.made == 2
    make(folder, tmp_path / "less")
    assert contents(to) == contents(tmp_path / "less")


def test_what_somebody_damaged_is_made_again(outputs: Path, tmp_path: Path) -> None:
    make(outputs, tmp_path / "site")
    good = contents(tmp_path / "site")
    page = next((tmp_path / "site").glob("issues/harbour-1*.html"))
    page.write_text("altered", encoding="utf8")
    (tmp_path / "site" / "figures" / "index.html").unlink()
    assert make(outputs, tmp_path / "site").written == 2
    assert contents(tmp_path / "site") == good


def test_files_of_others_are_never_touched(outputs: Path, tmp_path: Path) -> None:
    to = tmp_path / "site"
    to.mkdir()
    (to / "thesis.docx").write_text("three years of work", encoding="utf8")
    with pytest.raises(InputError, match="not made by"):
        make(outputs, to)
    assert contents(to) == {"thesis.docx": b"three years of work"}
    (to / "thesis.docx").unlink()
    make(outputs, to)
    (to / "CNAME").write_text("example.org", encoding="utf8")
    (to / "issues" / "mine.html").write_text("mine", encoding="utf8")
    (outputs / "harbour-1" / "notes.txt").write_text("", encoding="utf8")
    make(outputs, to, replace(PLAIN, name="Other"))
    assert (to / "CNAME").exists() and (to / "issues" / "mine.html").read_text(encoding="utf8") == "mine"


def test_a_file_in_the_way_stops_the_build(outputs: Path, tmp_path: Path) -> None:
    to = tmp_path / "site"
    make(outputs, to)
    before = contents(to)
    (to / "sitemap.xml").write_text("<mine/>", encoding="utf8")
    with pytest.raises(InputError, match="not written by"):
        make(outputs, to, replace(PLAIN, base_url="https://example.org/"))
    assert contents(to) == {**before, "sitemap.xml": b"<mine/>"}


@pytest.mark.parametrize("damage", [
    "{", "[]", '{"schema": "other/1"}',
    json.dumps({"schema": tree.SCHEMA, "files": {"../../outside.txt": ""}, "issues": {}, "search": ""}),
    json.dumps({"schema": tree.SCHEMA, "files": {"/etc/passwd": ""}, "issues": {}, "search": ""}),
    json.dumps({"schema": tree.SCHEMA, "files": ["a"], "issues": {}, "search": ""}),
])  # fmt: skip
def test_a_damaged_marker_is_refused(outputs: Path, tmp_path: Path, damage: str) -> None:
    (tmp_path / "outside.txt").write_text("keep", encoding="utf8")
    to = tmp_path / "a" / "site"
    to.mkdir(parents=True)
    (to / tree.MARKER).write_text(damage, encoding="utf8")
    with pytest.raises(InputError, match="cannot be used"):
        make(outputs, to)
    assert contents(to) == {tree.MARKER: damage.encode()} and (tmp_path / "outside.txt").exists()


def test_a_link_out_of_the_site_is_not_followed(outputs: Path, tmp_path: Path) -> None:
    to, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    make(outputs, to)
    (to / "figures").rename(elsewhere)
    (to / "figures").symlink_to(elsewhere)
    before = contents(elsewhere)
    with pytest.raises(InputError, match="leads out"):
        make(outputs, to, replace(PLAIN, name="Other"))
    assert contents(elsewhere) == before


def test_a_build_that_fails_changes_nothing(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "site"
    make(outputs, to)
    before = contents(to)

    def broken(*args: object) -> object:
        raise RuntimeError("no power")

    monkeypatch.setattr(sites, "_feeds", broken)
    with pytest.raises(RuntimeError, match="no power"):
        make(outputs, to, replace(PLAIN, name="Other"))
    assert contents(to) == before
    with pytest.raises(RuntimeError, match="no power"):
        make(outputs, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("after", [0, 1, 7, 25])
def test_a_build_cut_off_while_it_is_put_in_place_is_repaired_by_the_next(
    outputs: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    to = tmp_path / "site"
    make(outputs, to, replace(PLAIN, base_url="https://example.org/"))
    true_replace = Path.replace
    moved = [0]

    def cut(self: Path, target: Path) -> Path:
        moved[0] += 1
        if moved[0] > after:
            raise OSError("no power")
        return true_replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        with pytest.raises(OSError, match="no power"):
            make(outputs, to)
    make(outputs, to)
    assert contents(to) == contents(built)


def test_two_builds_at_once(outputs: Path, tmp_path: Path) -> None:
    with tree.stage(tmp_path / "site"), pytest.raises(InputError, match="another"):
        make(outputs, tmp_path / "site")


def test_what_cannot_be_read_is_told_and_left_out(outputs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "outputs"
    write(folder, variant("good", date(2025, 1, 1)))
    write(folder, variant("good", date(2025, 1, 1)), "good (copy)")
    (folder / "bad").mkdir()
    (folder / "bad" / "brief.json").write_text("{}", encoding="utf8")
    done = CliRunner().invoke(site, [str(folder), "--to", str(tmp_path / "site"), "--no-search"])
    assert done.exit_code == 4
    assert "no brief.json of this version" in done.output and "the same issue as" in done.output
    assert len(list((tmp_path / "site" / "issues").glob("*.html"))) == 1
    before = contents(tmp_path / "site")
    (folder / "good" / "brief.json").write_text("", encoding="utf8")
    (folder / "good (copy)" / "brief.json").write_text("", encoding="utf8")
    with pytest.raises(InputError, match="nothing was changed"):
        make(folder, tmp_path / "site")
    assert contents(tmp_path / "site") == before


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_no_brief_no_site(tmp_path: Path, folder: str) -> None:
    with pytest.raises(InputError, match="briefing run"):
        make(tmp_path / folder, tmp_path / "site")
    assert not (tmp_path / "site").exists()


# Where its links lead


class _Links(HTMLParser):
    """What a page links to, its ids, and what a strict policy would forbid in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "action"):
            if name in found:
                self.links.append(found[name])
        if "id" in found:
            self.ids.append(found["id"])
        self.inline += [f"{tag} {name}" for name in found if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.inline.append(tag)


def read(path: Path) -> _Links:
    parser = _Links()
    parser.feed(path.read_text(encoding="utf8"))
    return parser


def crawl(root: Path, base: str = "") -> set[str]:
    """Follow every link from the home page; the paths reached. Fails on one that leads nowhere."""
    known = {path: read(path) for path in root.rglob("*.html")}
    reached: set[str] = set()
    queue = ["index.html"]
    while queue:
        name = queue.pop()
        if name in reached:
            continue
        reached.add(name)
        if not name.endswith(".html"):
            continue
        page = known[root / name]
        assert len(page.ids) == len(set(page.ids)), f"an id twice in {name}"
        for link in page.links:
            if base and link.startswith(base):
                link = "/" + link[len(base) :]
            parts = urlsplit(urljoin(f"/{name}", link))
            assert not parts.scheme and not parts.netloc, (name, link)
            target = unquote(parts.path).lstrip("/") or "index.html"
            target = f"{target}index.html" if target.endswith("/") else target
            assert (root / target).is_file(), f"{name} links to {link}"
            if parts.fragment and target.endswith(".html"):
                assert unquote(parts.fragment) in known[root / target].ids, f"{name} links to {link}"
            queue.append(target)
    return reached


def test_every_link_arrives_and_every_page_is_reached(built: Path) -> None:
    pages_made = {str(p.relative_to(built)) for p in built.rglob("*.html")}
    assert pages_made - crawl(built) == {"404.html"}


def test_long_lists_are_cut_into_pages_that_link_to_each_other(
    outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("WHOLE", 20), ("ROWS", 15), ("CARDS", 1), ("LATEST", 2)):
        monkeypatch.setattr(pages, name, size)
    make(outputs, tmp_path / "site")
    made = {str(p.relative_to(tmp_path / "site")) for p in (tmp_path / "site").rglob("*.html")}
    assert made - crawl(tmp_path / "site") == {"404.html"}
    assert {"figures/2025-01.html", "figures/2025-01-2.html", "pledges/2025.html"} <= made
    rows = sum((tmp_path / "site" / n).read_text(encoding="utf8").count("<tr data-status") for n in made
               if re.fullmatch(r"figures/\d.*", n))  # fmt: skip
    assert rows == len(csv_rows(tmp_path / "site" / "figures" / "figures.csv"))


@pytest.mark.parametrize("base", ["https://example.org/", "https://example.org:8443/a/b/"])
def test_whole_addresses(outputs: Path, tmp_path: Path, base: str) -> None:
    to = tmp_path / "site"
    make(outputs, to, replace(PLAIN, base_url=base))
    crawl(to, base)
    listed = {e.text for e in ET.fromstring((to / "sitemap.xml").read_bytes()).iter() if e.tag.endswith("}loc")}
    made = {str(p.relative_to(to)) for p in to.rglob("*.html")} - {"404.html"}
    assert listed == {base + name.removesuffix("index.html") for name in made}
    assert f"Sitemap: {base}sitemap.xml" in (to / "robots.txt").read_text(encoding="ascii")
    for name in made:
        text = (to / name).read_text(encoding="utf8")
        address = base + name.removesuffix("index.html")
        assert f'<link rel="canonical" href="{address}">' in text
        assert f'<meta property="og:url" content="{address}">' in text
    missing = read(to / "404.html")
    assert all(link.startswith(urlsplit(base).path) for link in missing.links if not link.startswith("#"))


def test_without_an_address_nothing_is_whole(built: Path) -> None:
    assert not (built / "sitemap.xml").exists()
    assert "Sitemap" not in (built / "robots.txt").read_text(encoding="ascii")
    for path in built.rglob("*.html"):
        assert not [link for link in read(path).links if re.match(r"/|[a-z]+:", link)], path


def test_pages_are_valid_html(built: Path) -> None:
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed: pip install 'briefing[test]'")
    for path in sorted(built.rglob("*.html")):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes())


def test_all_chinese_is_marked_as_chinese_and_no_english_is(built: Path) -> None:
    for path in sorted(built.rglob("*.html")):
        assert unmarked(lxml.html.fromstring(path.read_bytes())) == [], path


def test_pages_hold_nothing_that_a_strict_policy_forbids(built: Path) -> None:
    for path in built.rglob("*.html"):
        assert read(path).inline == [], path
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', path.read_text(encoding="utf8"))
        assert policy and "unsafe" not in policy.group(1) and "default-src &#39;none&#39;" in policy.group(1), path


def test_each_page_says_what_it_is(built: Path) -> None:
    titles: dict[str, Path] = {}
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf8")
        title = re.search("<title>(.+?)</title>", text, re.S)
        assert title and text.count("<h1") == 1, path
        assert 'property="og:title" content="' in text and 'name="description" content="' in text
        assert title.group(1) not in titles or path.parent.name in ("issues", "officials"), (path, titles)
        titles[title.group(1)] = path


# What it shows


def csv_rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_figures_as_csv(built: Path) -> None:
    rows = csv_rows(built / "figures" / "figures.csv")
    html = (built / "figures" / "index.html").read_text(encoding="utf8")
    assert len(rows) == html.count("<tr data-status") > 200
    row = next(r for r in rows if r["issue"] == "harbour-1" and r["value_zh"] == "1286.4亿元")
    assert Decimal(row["low"]) == 128_640_000_000 and row["unit"] == "元" and row["bound"] == "exact"
    assert row["value_en"] == "128.64 billion yuan" and row["status"] == "achieved" and row["flags"] == ""
    assert "1286.4亿元" in row["source_sentence"]
    target = urlsplit(urljoin("figures/figures.csv", row["page"]))
    assert target.fragment in read(built / target.path).ids


def test_no_cell_is_a_formula(built: Path) -> None:
    for name in ("figures/figures.csv", "pledges/pledges.csv"):
        for row in csv_rows(built / name):
            for value in row.values():
                assert not re.match(r"[=+\-@\t\r＝＋－＠]", value) or re.fullmatch(r"-?\d+(\.\d+)?", value), (name, value)
    assert any(r["officials_zh"] == "'=1" for r in csv_rows(built / "figures" / "figures.csv"))


@pytest.mark.parametrize("value", ["=1+1", "+1", "-a", "@x", "\t=1", "\r=1", " =1", '"=1', "'=1", "＝1", "−1", "\n=1"])
def test_cells_are_guarded(value: str) -> None:
    assert cell(value).startswith("'")


@pytest.mark.parametrize("value", ["", "1", "-5", "-0.25", "云河市", "2025-01-16", "up 6.3%", "（注）"])
def test_plain_cells_are_left_alone(value: str) -> None:
    assert cell(value) == value


def test_pledges_stand_as_of_the_latest_issue_or_a_given_day(outputs: Path, built: Path, tmp_path: Path) -> None:
    rows = [r for r in csv_rows(built / "pledges" / "pledges.csv") if r["issue"] == "harbour-1"]
    assert {r["state"] for r in rows} == {"open", "undated"}
    assert next(r for r in rows if r["due_zh"] == "6月底")["last_day"] == "2025-06-30"
    make(outputs, tmp_path / "site", replace(PLAIN, day=date(2026, 7, 20)))
    rows = [r for r in csv_rows(tmp_path / "site" / "pledges" / "pledges.csv") if r["issue"] == "harbour-1"]
    found = {r["due_iso"]: r["state"] for r in rows}
    assert found["2025-06-30"] == found["2025"] == "passed" and found["2026-Q3"] == "soon" and found["2027"] == "open"
    html = (tmp_path / "site" / "pledges" / "index.html").read_text(encoding="utf8")
    assert "Deadlines as of 2026-07-20" in html and "Deadlines as of 2025-01-16" not in html


def test_a_wrong_number_is_withheld_and_said_so_everywhere(built: Path) -> None:
    page = next(built.glob("issues/harbour-2*.html")).read_text(encoding="utf8")
    body, findings = page.split('<section class="findings"')
    assert "12.864 billion" not in body and "became “12.864 billion yuan”" in findings
    home = (built / "index.html").read_text(encoding="utf8")
    assert "Numbers in doubt" in home
    for path in [*built.rglob("*.html"), *built.rglob("*.csv"), *built.rglob("*.xml")]:
        if path.parent.name != "issues":
            assert "12.864 billion" not in path.read_text(encoding="utf8"), path
    entry = store.decode(sites.Entry, json.loads(next(built.glob("issues/harbour-2*.json")).read_bytes())["issue"])
    english = [r for r in search.records([entry]) if r.language == "en"]
    assert english and not any("withheld" in r.content for r in english)
    feed = (built / "feed.en.xml").read_text(encoding="utf8")
    assert "⚠ [withheld" in feed and "Numbers flagged or withheld" in feed


def test_hostile_text_is_text(built: Path) -> None:
    escaped = 0
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf8")
        assert "<script>" not in text and "<i>" not in text, path
        escaped += "&lt;script&gt;xx//" in text
    assert escaped >= 4
    for path in built.rglob("*"):
        assert re.fullmatch(r"[a-z0-9.-]+", path.name), path


def test_names_never_become_paths(tmp_path: Path) -> None:
    folder = tmp_path / "outputs"
    write(folder, variant("../../../evil", date(2025, 1, 1)), "a")
    write(folder, variant("/etc/passwd", date(2025, 1, 2)), "b")
    make(folder, tmp_path / "site")
    assert {p.name for p in tmp_path.iterdir()} == {"outputs", "site"}
    assert {p.name.split("-")[0] for p in (tmp_path / "site" / "issues").iterdir()} == {"evil", "etc"}


def test_people_of_one_name_in_two_places_have_two_pages(tmp_path: Path) -> None:
    folder = tmp_path / "outputs"
    write(folder, variant("a", date(2025, 1, 1)))
    write(folder, variant("b", date(2025, 1, 2), **{"澄江": "清河", "Chengjiang": "Qinghe"}))
    make(folder, tmp_path / "site")
    found = sorted((tmp_path / "site" / "officials").glob("zhou-min-*.html"))
    assert len(found) == 2
    text = found[0].read_text(encoding="utf8")
    assert "Of the same name elsewhere" in text and found[1].name in text


def test_a_place_leads_to_those_within_it(built: Path) -> None:
    city = next(built.glob("places/yunhe-*.html")).read_text(encoding="utf8")
    assert next(built.glob("places/chengjiang-*.html")).name in city


def test_issues_are_in_the_archive_by_month(built: Path) -> None:
    archive = (built / "archive" / "index.html").read_text(encoding="utf8")
    assert re.findall(r'href="(\d{4}-\d\d|undated)\.html"', archive) == ["2025-01", "2024-12", "2023-05", "undated"]


def test_months_are_named_in_both_languages(built: Path) -> None:
    for page in ("archive/index.html", "archive/2024-12.html"):
        text = (built / page).read_text(encoding="utf8")
        assert "12月" in text and "December 2024" in text, page


def test_an_issue_without_a_day_comes_neither_before_nor_after_another(built: Path) -> None:
    turns = {path.name.split("-")[1]: re.findall(r'rel="(prev|next)" href="harbour-(\d)', path.read_text(encoding="utf8"))
             for path in built.glob("issues/*.html")}  # fmt: skip
    assert turns == {"1": [("prev", "2")], "2": [("prev", "3"), ("next", "1")], "3": [("next", "2")], "4": []}


def test_an_issue_of_one_interview_is_named_once(tmp_path: Path) -> None:
    write(tmp_path / "outputs", written("让青岭更好\n过去一年，全市完成投资90亿元。", date(2025, 1, 16), headline="让青岭更好"))
    make(tmp_path / "outputs", tmp_path / "site")
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf8")
    assert home.count("让青岭更好") == 1 and home.count('href="officials/zhou-min-') == 1


@pytest.mark.parametrize(("register", "row"), [("figures", "data-status"), ("pledges", "data-standing")])
def test_each_row_of_a_register_leads_to_its_own_row_in_the_brief(built: Path, register: str, row: str) -> None:
    text = (built / register / "index.html").read_text(encoding="utf8")
    links = re.findall(r'href="\.\./(issues/[^"#]+\.html#[^"]+)">', text)
    addresses = {r["page"].removeprefix("../") for r in csv_rows(built / register / f"{register}.csv")}
    assert len(links) == len(set(links)) == text.count(f"<tr {row}") and set(links) == addresses
    for link in links:
        page, _, place = link.partition("#")
        assert f'<tr id="{place}"' in (built / page).read_text(encoding="utf8")


def test_undated_issues_are_not_in_the_feeds(built: Path) -> None:
    assert (built / "feed.zh.xml").read_text(encoding="utf8").count("<entry ") == 3


def test_what_the_search_quotes_reads_as_text(outputs: Path) -> None:
    loaded = checked(outputs / "harbour-1" / "brief.json")
    chinese, english, *_ = search.records([entry(loaded.brief, loaded.page)])
    assert english.detail.startswith("Zhou Min, Deputy Secretary") and chinese.detail.startswith("周敏，云河市")
    assert "Chengjiang District gross regional product: 128.64 billion yuan · " in english.content
    assert "澄江区地区生产总值：1286.4亿元 · " in chinese.content


def test_the_data_of_an_issue_is_beside_its_page(built: Path) -> None:
    found = json.loads(next(built.glob("issues/harbour-1*.json")).read_text(encoding="utf8"))
    assert found["schema"] == "briefing/site-issue/1"
    figure = next(f for i in found["issue"]["items"] for f in i["figures"] if f["value"]["zh"] == "1286.4亿元")
    assert figure["low"] == "128640000000"


# Its pieces


def test_topics_are_known_and_told_apart() -> None:
    assert topics("外贸突破千亿元 打造临港开放新高地", "全市货物进出口总额，出口，外资。")[0] == "trade"
    assert topics("办好人民满意的教育", "新建学校9所，新增学位8600个，教师。")[0] == "education"
    assert topics("今天天气晴", "多云转晴。") == ()
    assert all(re.fullmatch("[a-z]+", id) and t.words and t.zh and t.en for id, t in table().items())
    assert all(len(word) > 1 for t in table().values() for word in t.words)


@pytest.mark.parametrize(("iso", "end"), [
    ("2024-02", "2024-02-29"), ("2024", "2024-12-31"), ("2024-Q1", "2024-03-31"), ("2024-H2", "2024-12-31"),
    ("2024-01-08/2024-01-14", "2024-01-14"), ("2021/2025", "2025-12-31"), ("", None), ("2024-13", None),
    ("2024-02-30", None), ("0000", None), ("soon", None), ("2024-00", None),
])  # fmt: skip
def test_deadlines(iso: str, end: str | None) -> None:
    assert (str(last_day(iso)) if last_day(iso) else None) == end


def test_a_deadline_is_not_passed_on_its_day() -> None:
    assert standing("2025-06-30", date(2025, 6, 30)) == "soon"
    assert standing("2025-06-30", date(2025, 7, 1)) == "passed"
    assert standing("2025-06-30", date(2025, 4, 1)) == "soon" and standing("2025-06-30", date(2025, 3, 31)) == "open"


@pytest.mark.parametrize("hint", ["", "..", "/", "周敏", "a" * 500, "CON", "x\x00y", "Ç'é\u202e"])
def test_slugs_are_safe(hint: str) -> None:
    made = slug(hint, hint)
    assert re.fullmatch(r"[a-z0-9-]{1,40}-[0-9a-f]{8}", made) and slug(hint, hint) == made != slug(hint, hint + "1")


@pytest.mark.parametrize("text", ["", "example.org", "ftp://example.org/", "https://", "https://a b/", "https://x/?q=1",
                                  "https://x/#y", "javascript:alert(1)", "https://user:pw@x/", 'https://x/"><script>',
                                  "https://x/../y", "http://[::1", "https://x:99999999/"])  # fmt: skip
def test_no_address(text: str) -> None:
    with pytest.raises(ConfigError, match="--base-url"):
        base_url(text)


@pytest.mark.parametrize(("text", "made"), [
    ("https://example.org", "https://example.org/"), ("http://Bücher.example/a/", "http://xn--bcher-kva.example/a/"),
    ("https://example.org:8443/a/b", "https://example.org:8443/a/b/"),
])  # fmt: skip
def test_addresses(text: str, made: str) -> None:
    assert base_url(text) == made


def test_the_commands(tmp_path: Path) -> None:
    write(tmp_path / "outputs", variant("bay", date(2025, 1, 16)))
    to = str(tmp_path / "site")
    done = CliRunner().invoke(site, [str(tmp_path / "outputs"), "--to", to, "--no-search", "--name", "Desk <b>",
                                     "--base-url", "https://example.org/x", "--as-of", "2026-01-01"])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "1 issue, 1 made anew" in done.output
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf8")
    assert "Desk &lt;b&gt;" in home and "search.html" not in home
    with pytest.raises(InputError, match="briefing site --to"):
        CliRunner().invoke(serve, [str(tmp_path / "outputs")], catch_exceptions=False)


def test_without_pagefind_the_site_has_no_search_and_says_why(
    outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "available", lambda: False)
    done = CliRunner().invoke(site, [str(outputs), "--to", str(tmp_path / "site")])
    assert done.exit_code == 0 and "pip install 'briefing[site]'" in done.output
    assert not (tmp_path / "site" / "search.html").exists()
    crawl(tmp_path / "site")


# `briefing serve`


@pytest.fixture(scope="module")
def address(built: Path):  # type: ignore[no-untyped-def]
    made = server(built, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made.server_address
    made.shutdown()
    made.server_close()
    thread.join()


def ask(address: tuple[str, int], path: str, method: str = "GET", host: str = ""):  # type: ignore[no-untyped-def]
    link = HTTPConnection(*address, timeout=10)
    try:
        link.putrequest(method, path, skip_host=True)
        link.putheader("Host", host or f"127.0.0.1:{address[1]}")
        link.endheaders()
        answer = link.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        link.close()


def test_it_listens_on_this_machine_only(address: tuple[str, int]) -> None:
    assert address[0] == "127.0.0.1"


def test_headers(address: tuple[str, int], built: Path) -> None:
    status, headers, body = ask(address, "/")
    assert status == 200 and body == (built / "index.html").read_bytes()
    assert headers["Content-Security-Policy"] == POLICY and "unsafe-inline" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Content-Type"].startswith("text/html")
    assert ask(address, "/figures/figures.csv")[1]["Content-Type"].startswith("text/csv")
    assert ask(address, "/", "HEAD")[2] == b""
    assert ask(address, "/", "POST")[0] == 501


@pytest.mark.parametrize("path", [
    "/../outputs", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/....//etc/passwd",
    "/..\\..\\etc\\passwd", "/%5c..%5cetc", "/issues/../../x", "/.git/config", "/figures", "/issues/", "/%00", "/%ff",
    "/c:/windows", "/index.html/x", "http://127.0.0.1/../x", "/briefing%d9%a1", "/nothing.html",
])  # fmt: skip
def test_nothing_else_is_served(address: tuple[str, int], path: str) -> None:
    status, headers, body = ask(address, path)
    assert status == 404 and b"root:" not in body
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_link_out_of_the_folder_is_not_served(address: tuple[str, int], built: Path) -> None:
    link = built / "leak.txt"
    link.symlink_to("/etc/passwd")
    try:
        assert ask(address, "/leak.txt")[0] == 404
    finally:
        link.unlink()


def test_a_browser_that_hangs_up_is_no_error(address: tuple[str, int], capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        with socket.create_connection(address) as link:
            link.sendall(b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n")
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # resets when it is closed
    assert ask(address, "/index.html")[0] == 200
    time.sleep(0.2)
    assert capfd.readouterr().err == ""


def test_other_names_of_this_machine_are_refused(address: tuple[str, int]) -> None:
    assert ask(address, "/", host="evil.example")[0] == 403
    assert ask(address, "/", host=f"localhost:{address[1]}")[0] == 200


@pytest.mark.parametrize("base", ["", "https://example.org/briefs/"])
def test_a_missing_page_leads_home(outputs: Path, tmp_path: Path, base: str) -> None:
    make(outputs, tmp_path / "site", replace(PLAIN, base_url=base))
    made = server(tmp_path / "site", 0)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        status, _, data = ask(("127.0.0.1", made.server_address[1]), "/officials/deep/nobody.html")
        parser = _Links()
        parser.feed(data.decode("utf8"))
        assert status == 404 and "/index.html" in parser.links and "/assets/site.css" in parser.links
        for link in parser.links:
            assert link == "#main" or ask(("127.0.0.1", made.server_address[1]), link)[0] == 200, link
    finally:
        made.shutdown()
        made.server_close()
