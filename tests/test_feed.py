"""Feeds: valid Atom in each language, with identifiers that last and nothing of a source as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.render import feed
from briefing.render.feed import Article, FeedEntry
from briefing.render.page import WITHHELD, Pair

etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: pip install 'briefing[test]'")
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = Path(__file__).parent / "schemas" / "atom.rng"

ENTRY = FeedEntry(
    "issue/harbour-1",
    date(2025, 3, 4),
    Pair("title", "海港晨报 · 春季访谈", "Harbour Morning · Spring interviews"),
    "issues/harbour-1.html",
    (
        Article(
            Pair("i1.headline", "新增泊位6个", "Six new berths"),
            (Pair("i1.point1", "今年新增泊位6个。", "This year 6 new berths."),),
            ((Pair("i1.name1", "江岚", "Jiang Lan"), Pair("i1.title1", "港务局局长", "Director of the Port Bureau")),),
            "i1",
        ),
    ),
)
HOSTILE = '</title><script>alert("x")</script>&lt;b&gt; ]]> \x00\x0b\ud800\u202e'


@pytest.fixture(scope="module")
def schema() -> object:
    return etree.RelaxNG(etree.parse(str(SCHEMA)))


def parsed(data: bytes):  # type: ignore[no-untyped-def]
    return etree.fromstring(data)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("base", ["", "https://example.org/briefs/"])
@pytest.mark.parametrize("entries", [[], [ENTRY], [ENTRY, replace(ENTRY, name="issue/b", articles=(), doubtful=3)]])
def test_valid(schema, language, base, entries) -> None:  # type: ignore[no-untyped-def]
    root = parsed(feed.render(entries, language, base_url=base, authority="example.org"))
    assert schema.validate(root), schema.error_log
    assert root.get(LANG) == language
    assert [e.get(LANG) for e in root.iter(f"{ATOM}entry")] == [language] * len(entries)


@pytest.mark.parametrize("damage", ["<id>x</id>", "<updated>yesterday</updated>", "<entry/>", "<foo/>"])
def test_the_schema_can_fail(schema, damage) -> None:  # type: ignore[no-untyped-def]
    data = feed.render([ENTRY], "en").replace(b"</feed>", damage.encode() + b"</feed>")
    assert not schema.validate(parsed(data))


def test_a_reader_reads_it() -> None:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed: pip install 'briefing[test]'")
    data = feed.render([ENTRY], "en", base_url="https://example.org/briefs/", authority="example.org")
    found = feedparser.parse(data)
    assert not found.bozo
    assert found.feed.language == "en"
    (entry,) = found.entries
    assert entry.title == "Harbour Morning · Spring interviews"
    assert entry.link == "https://example.org/briefs/issues/harbour-1.html"
    assert entry.updated == "2025-03-04T00:00:00+08:00"
    assert "This year 6 new berths." in entry.content[0].value
    assert "Jiang Lan, Director of the Port Bureau" in entry.content[0].value
    assert {(link.rel, link.get("hreflang")) for link in found.feed.links} == {
        ("self", "en"), ("alternate", "en"), ("alternate", "zh")
    }  # fmt: skip


def test_identifiers_are_tags_that_last() -> None:
    once = feed.render([ENTRY], "zh", authority="example.org")
    again = feed.render([replace(ENTRY, title=Pair("title", "改过的题目", "A corrected title"))], "zh",
                        authority="example.org", base_url="https://example.org/elsewhere/")  # fmt: skip
    ids = [[e.text for e in parsed(data).iter(f"{ATOM}id")] for data in (once, again)]
    assert ids[0] == ids[1] == ["tag:example.org,2025:briefs/zh", "tag:example.org,2025-03-04:issue/harbour-1/zh"]
    english = [e.text for e in parsed(feed.render([ENTRY], "en", authority="example.org")).iter(f"{ATOM}id")]
    assert not set(ids[0]) & set(english)
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}(-\d\d-\d\d)?:[a-z0-9/-]+", i) for i in ids[0])


def test_the_newest_day_is_that_of_the_feed_and_no_clock_is_asked() -> None:
    entries = [replace(ENTRY, name=f"issue/{n}", day=date(2025, 3, n)) for n in (9, 4, 1)]
    root = parsed(feed.render(entries, "en"))
    assert root.find(f"{ATOM}updated").text == "2025-03-09T00:00:00+08:00"
    assert feed.render(entries, "en") == feed.render(entries, "en")


def test_no_more_than_the_newest() -> None:
    entries = [replace(ENTRY, name=f"issue/{n}") for n in range(feed.MOST + 5)]
    found = [e.find(f"{ATOM}id").text for e in parsed(feed.render(entries, "en")).iter(f"{ATOM}entry")]
    assert len(found) == feed.MOST and found[0].endswith("issue/0/en")


def test_hostile_text_stays_text(schema) -> None:  # type: ignore[no-untyped-def]
    bad = Pair("x", HOSTILE, HOSTILE)
    entry = replace(ENTRY, title=bad, articles=(Article(bad, (bad,), ((bad, bad),), "i1"),))
    for language in ("zh", "en"):
        root = parsed(feed.render([entry], language))
        assert schema.validate(root), schema.error_log
        assert not [e for e in root.iter() if isinstance(e.tag, str) and "script" in e.tag]
        assert "".join(root.find(f".//{ATOM}entry/{ATOM}title").itertext()).startswith("</title><script>")


def test_doubt_is_shown() -> None:
    doubted = Pair("i1.point1", "投资90亿元。", "Investment of 90 billion yuan.", ("N-MAGNITUDE",))
    withheld = Pair("i1.point2", "投资3亿元。", WITHHELD, ("N-INVENTED",))
    entry = replace(ENTRY, articles=(replace(ENTRY.articles[0], points=(doubted, withheld)),), doubtful=2)
    root = parsed(feed.render([entry], "en"))
    text = "".join(root.find(f".//{ATOM}content").itertext())
    assert "Numbers flagged or withheld: 2" in text
    assert "90 billion yuan. ⚠ N-MAGNITUDE" in text
    assert f"⚠ {WITHHELD}" in text


def test_english_falls_back_to_the_chinese_title() -> None:
    root = parsed(feed.render([replace(ENTRY, title=Pair("title", "海港晨报", ""))], "en"))
    assert root.find(f".//{ATOM}entry/{ATOM}title").text == "海港晨报"
