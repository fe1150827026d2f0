"""Mail as it is written: nothing of a source becomes a header or markup, nothing is too large, all of it reads back."""

from __future__ import annotations

import csv
import datetime
import email
import email.policy
import io
import re
from dataclasses import replace
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import settings as sized
from hypothesis import strategies as st

from briefing.config import Config
from briefing.deliver import settings
from briefing.deliver.brief import Ready, figures_csv, load
from briefing.deliver.message import compose, content_hash, line, message_id, token
from briefing.deliver.recipients import Recipient, parse, read
from briefing.deliver.send import Choices, Composer
from briefing.deliver.settings import Mail
from briefing.errors import ConfigError, InputError
from briefing.model import Finding
from briefing.render.cells import cell
from briefing.render.email import LIMIT, UNSUBSCRIBE, Letter, letter, on_topics, subject, travels
from briefing.render.email_text import WIDTH, View, columns, fold
from briefing.render.page import WITHHELD, Page, Pair
from briefing.render.site.records import entry
from briefing.render.site.topics import Topic, table
from tests.briefs import unmarked

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "outputs" / "yunhe-2025-two-sessions"
NOW = datetime.datetime(2025, 1, 17, 8, tzinfo=datetime.UTC)
LI = Recipient("li@example.cn", "李明")
MAIL = Mail(sender="双语简报 Briefs <briefs@example.org>")


@cache
def ready() -> Ready:
    return load(SAMPLE, Config())


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def message(page: Page, recipient: Recipient = LI, mail: Mail = MAIL) -> EmailMessage:
    parcel = Composer(replace(ready(), page=page), mail, Choices()).plan(recipient)
    assert parcel is not None
    return parsed(Composer(replace(ready(), page=page), mail, Choices()).parcel(parcel, NOW).data)


def body(found: EmailMessage, kind: str) -> str:
    part = found.get_body((kind,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def titled(page: Page, zh: str, en: str) -> Page:
    return replace(page, title=Pair("title", zh, en))


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_a_mail_says_what_the_brief_says(language: str) -> None:
    page = ready().page
    found = message(page, Recipient("li@example.cn", "李明", language))  # type: ignore[arg-type]
    text, html = flat(body(found, "plain")), flat(lxml.html.fromstring(body(found, "html")).text_content())
    for section in page.sections:
        for pair in (section.headline, *(p for p, _ in section.points), *(r.value for r in section.figures)):
            for side in {"zh": (pair.zh,), "en": (pair.en,), "both": (pair.zh, pair.en)}[language]:
                assert flat(side) in text
                short = side == WITHHELD and pair.unit.endswith(".value")
                assert ("⚠withheld" if short else flat(side)) in html
    for shown in (text, html):
        assert str(sum(s.count.verified for s in page.sections)) in shown


def test_the_header_names_sender_reader_and_list() -> None:
    mail = replace(MAIL, unsubscribe_url="https://briefs.example.org/u?who={email}&t={token}", unsubscribe_key="k", list_name="Briefs")
    found = message(ready().page, Recipient("li+news@example.cn", '李 "明", O\'Neil'), mail)
    assert found["To"].addresses[0].addr_spec == "li+news@example.cn"
    assert found["To"].addresses[0].display_name == '李 "明", O\'Neil'
    assert found["From"].addresses[0].display_name == "双语简报 Briefs"
    assert found["Subject"] == subject(ready().page)
    assert found["Date"].datetime == NOW
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["List-Id"] == '"Briefs" <briefs.example.org>'
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ways = re.findall(r"<([^>]*)>", found["List-Unsubscribe"])
    assert ways == [f"https://briefs.example.org/u?who=li%2Bnews%40example.cn&t={token('li+news@example.cn', 'k')}", "mailto:briefs@example.org?subject=unsubscribe"]
    assert found.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_both_parts_end_with_the_way_to_unsubscribe(language: str) -> None:
    reader = Recipient("li&co@example.cn", "李明", language)  # type: ignore[arg-type]
    mail = replace(MAIL, unsubscribe_url="https://briefs.example.org/u?who={email}&t={token}", unsubscribe_key="k")
    found = message(ready().page, reader, mail)
    way = f"https://briefs.example.org/u?who=li%26co%40example.cn&t={token('li&co@example.cn', 'k')}"
    told = {"zh": "退订", "en": "Unsubscribe", "both": "退订 Unsubscribe"}[language]
    assert body(found, "plain").endswith(f"\n{told}: {way}\n")
    link = lxml.html.fromstring(body(found, "html")).xpath("//p[@class='foot' or position()=last()]//a")[-1]
    assert (link.get("href"), link.text_content()) == (way, told)
    written = message(ready().page, reader, replace(MAIL, unsubscribe_mailto="out@example.org"))
    assert body(written, "plain").endswith(": mailto:out@example.org?subject=unsubscribe\n")
    for bare in (body(message(ready().page, reader), kind) for kind in ("plain", "html")):
        assert "退订" not in bare and "nsubscribe" not in bare


def test_a_source_cannot_move_the_way_to_unsubscribe() -> None:
    page = titled(ready().page, UNSUBSCRIBE, UNSUBSCRIBE)
    shown = body(message(page, LI, replace(MAIL, unsubscribe_mailto="out@example.org")), "html")
    assert shown.count("<a ") == 1 and UNSUBSCRIBE not in shown and lxml.html.fromstring(shown).findtext(".//h1/span") == UNSUBSCRIBE


@sized(max_examples=50, deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_text_breaks_out_of_its_header(zh: str, en: str, name: str) -> None:
    recipient = Recipient("li@example.cn", name)
    told = subject(titled(ready().page, zh, en))
    data = compose(Letter(told, "x\n", "<p>x"), recipient, MAIL, "<a@example.org>", NOW).data
    head = data.split(b"\r\n\r\n", 1)[0]
    assert re.search(rb"[^\x20-\x7e\r\n\t]", head) is None
    found = parsed(data)
    assert sorted(found.keys()) == sorted(["Message-ID", "List-Id", "List-Unsubscribe", "From", "To", "Subject", "Date", "Auto-Submitted", "MIME-Version", "Content-Type"])
    assert flat(found["Subject"]) == flat(line(told))
    assert [a.addr_spec for a in found["To"].addresses] == ["li@example.cn"]
    assert flat(found["To"].addresses[0].display_name) == flat(line(name))
    assert all(len(part) <= 998 for part in data.split(b"\r\n"))


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b"])
def test_a_line_break_begins_no_header(break_: str) -> None:
    found = message(titled(ready().page, f"标题{break_}Bcc: x@example.org", "Title"), Recipient("li@example.cn", f"李{break_}Bcc: y@example.org"))
    assert found["Bcc"] is None
    assert "Bcc: x@example.org" in found["Subject"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '<img src=x onerror="a">', "</style><b>", "{{ 7*7 }}", "<!--[if mso]><p><![endif]-->", ' class="clear" style="x"', "&lt;b&gt;"])
def test_source_text_is_no_markup(text: str) -> None:
    found = message(titled(ready().page, text, text))
    tree = lxml.html.fromstring(body(found, "html"))
    assert tree.xpath("//h1")[0].text_content().count(text) == 2
    assert not tree.xpath("//script | //img | //h1/b | //link")
    assert text.strip() in body(found, "plain")


def test_nothing_is_fetched_and_styles_are_inline() -> None:
    html = letter(ready().page, page_url="https://briefs.example.org/a/").html
    tree = lxml.html.fromstring(html)
    assert not tree.xpath("//link | //style | //script | //img | //iframe | //@background")
    assert [a.get("href") for a in tree.xpath("//a")] == ["https://briefs.example.org/a/"]
    assert "url(" not in html and "@import" not in html
    assert all(" " not in name for name in tree.xpath("//@class"))
    assert "background-color" in tree.xpath("//div[@class='mail']")[0].get("style")


@pytest.mark.parametrize("sections", [1, 6, 300])
def test_a_long_brief_is_shortened_and_says_where_the_rest_is(sections: int) -> None:
    page = ready().page
    long = replace(page, sections=tuple(replace(page.sections[0], interview=f"i{n}") for n in range(1, sections + 1)))
    for url, rest, told in (("https://briefs.example.org/a/", "", "the page has all of it"), ("", "a.md", "all of it is in a.md")):
        made = letter(long, page_url=url, rest=rest)
        assert travels(made.html) <= LIMIT
        assert made.shortened == (told in flat_words(made.text)) == (told in made.html)
        assert made.shortened or sections == 1


def flat_words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_a_shortened_mail_without_a_page_brings_the_brief_along() -> None:
    page = ready().page
    long = replace(page, sections=tuple(replace(page.sections[0], interview=f"i{n}") for n in range(1, 9)))
    found = message(long)
    assert [a.get_filename() for a in found.iter_attachments()] == ["yunhe-2025-two-sessions.md"]


def test_what_is_withheld_is_not_told() -> None:
    page = ready().page
    section = page.sections[0]
    point, note = section.points[0]
    held = replace(section, headline=replace(section.headline, en=WITHHELD), points=((replace(point, en=WITHHELD, flags=("N-ALTERED",)), note),))
    made = letter(replace(page, sections=(held,), title=Pair("title", "一", WITHHELD)), "en")
    assert WITHHELD not in made.subject and WITHHELD in flat_words(made.text)
    assert "⚠" in made.html
    assert "Caution" not in letter(replace(page, findings=(), sections=(replace(section, count=replace(section.count, flagged=0, withheld=0, verified=section.count.brief)),)), "en").text


def test_topics_choose_the_interviews() -> None:
    page = ready().page
    assert on_topics(page, ()) == page
    assert on_topics(page, ("没有这样的词",)).sections == ()
    name = page.sections[0].officials[0].name.zh
    assert page.sections[0] in on_topics(page, (name,)).sections
    english = page.sections[0].officials[0].name.en
    assert page.sections[0] in on_topics(page, (english.upper(),)).sections
    assert Composer(ready(), MAIL, Choices()).plan(Recipient("a@example.org", topics=("没有这样的词",))) is None


@pytest.mark.parametrize("topic", table().values(), ids=lambda topic: topic.id)
def test_a_topic_of_the_site_chooses_what_the_site_files_under_it(topic: Topic) -> None:
    page = ready().page
    filed = [item.id for item in entry(ready().brief, page).items if topic.id in item.topics]
    for name in (topic.id, topic.zh, topic.en, topic.en.upper()):
        assert [section.interview for section in on_topics(page, (name,)).sections] == filed, name


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_both_parts_say_who_wrote_them(language: str) -> None:
    page = ready().page
    made = letter(page, language)  # type: ignore[arg-type]
    for told in (flat(lxml.html.fromstring(made.html).text_content()), flat(made.text)):
        assert ("自动生成" in told) == (language != "en") and ("machinetranslation" in told) == (language != "zh")
        assert flat(page.signature) in told


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_all_chinese_is_marked_as_chinese_and_no_english_is(language: str) -> None:
    page = ready().page
    finding = Finding("N-HEDGE", "warning", None, None, "The hedge is not the same in both.", page.sections[0].headline.unit)
    shown = replace(page, findings=(finding,), source="第1期.txt", sections=page.sections[:1])
    for cut in (letter(shown, language, page_url="https://a.example/", whole=page), letter(replace(page, sections=()), language)):  # type: ignore[arg-type]
        assert unmarked(lxml.html.document_fromstring(cut.html)) == []


def test_findings_say_where_in_words() -> None:
    page = ready().page
    finding = Finding("N-HEDGE", "warning", None, None, "The hedge is not the same in both.", page.sections[0].points[0][0].unit)
    made = letter(replace(page, findings=(finding,)))
    assert all("(Interview 1, summary, point 1): The hedge" in flat_words(part) for part in (made.text, lxml.html.fromstring(made.html).text_content()))


def test_the_name_of_a_file_is_no_title() -> None:
    page = ready().page
    bare = letter(replace(page, title=Pair("title", page.issue, "")), "both")
    heading = lxml.html.fromstring(bare.html).findtext(".//h1//span") or ""
    assert page.issue not in bare.text.splitlines() and heading == "双语简报"
    assert page.title.zh in letter(page, "both").text.splitlines()


def test_a_heading_in_one_language_has_the_size_of_a_heading() -> None:
    sizes = {language: {span.get("style") or "" for span in lxml.html.fromstring(letter(ready().page, language).html).iterfind(".//h2/span[@lang='en']")} for language in ("en", "both")}  # type: ignore[arg-type]
    assert sizes["en"] == {""} and all("font-size" in style for style in sizes["both"]) and sizes["both"]


def test_one_is_not_many() -> None:
    page = ready().page
    chosen = letter(replace(page, sections=page.sections[:1]), "en", whole=page)
    assert f"1 of the {len(page.sections)} interviews of this issue fits your topics." in flat_words(chosen.text)
    one = View(replace(page, sections=()), replace(page, sections=page.sections[:1]), "en")
    assert one.unnamed() == ["1 more interview is not shown."]


def test_the_page_stands_where_the_site_puts_it() -> None:
    told = entry(ready().brief, ready().page).slug
    parcel = Composer(ready(), MAIL, Choices("https://a.example/issues/{slug}.html")).plan(LI)
    assert parcel is not None
    assert f"https://a.example/issues/{told}.html" in parcel.letter.html


def test_the_message_id_is_that_of_issue_content_and_reader() -> None:
    page = ready().page
    known = content_hash(page, "both")
    assert known == content_hash(replace(page, signature="another version"), "both")
    assert known != content_hash(titled(page, "改", "Changed"), "both")
    ids = {message_id(i, c, e, "example.org") for i in "ab" for c in "cd" for e in ("x@a.cn", "y@a.cn")}
    assert len(ids) == 8
    assert message_id("a", "c", "X@A.cn", "example.org") == message_id("a", "c", "x@a.cn", "example.org")
    first, second = message(page), message(page)
    assert first["Message-ID"] == second["Message-ID"]


def test_figures_as_csv_run_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(figures_csv(ready().page, ready().brief).removeprefix("\ufeff"))))
    assert len(rows) == 1 + sum(len(s.figures) for s in ready().page.sections)
    assert all(len(row) == len(rows[0]) for row in rows)
    for text in ("=1+1", "+1", "-a", "@x", "\t=1", " =1", "＝1", "\n=1"):
        assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["33家", "已实现", "", "1.5"])
def test_plain_cells_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@sized(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf8", exclude_categories=["Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"])))
def test_folding_loses_nothing(text: str) -> None:
    lines = fold(text, "  1. ", "     ")
    assert flat("".join(lines)) == flat("  1. " + text)


def test_folded_lines_are_narrow_and_tear_no_number() -> None:
    lines = fold("全市规模以上工业企业新增1286.4亿元，" * 30)
    assert max(map(columns, lines)) <= WIDTH + 2
    assert all("1286.4亿元" in part or "1286" not in part for part in lines)
    assert not any(part.startswith(("，", "。")) for part in lines)
    assert len(fold("x" * 100_000)) == 1


def test_recipients_are_read_with_their_languages() -> None:
    found = parse("email,name,language,topics\n\n# a comment\nLi.Ming@例子.cn,李明,ZH,教育；医疗\n\"a@b.cn\",\"x, y\",,\n", "l.csv")
    assert found == (Recipient("Li.Ming@xn--fsqu00a.cn", "李明", "zh", ("教育", "医疗"), 4), Recipient("a@b.cn", "x, y", "both", (), 5))
    assert parse("topics,email\n,a@b.cn\n", "l.csv")[0].email == "a@b.cn"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: no column"),
        ("a@b.cn\n", "line 1: no column"),
        ("email\n", "names no recipient"),
        ("email,mail\na@b.cn,x\n", "line 1: unknown column 'mail'"),
        ("email,name,name\na@b.cn,x,y\n", "stands there twice"),
        ("email\nnobody\n", "line 2: 'nobody' is no address"),
        ("email\na@b.cn\n\nA@B.cn\n", "line 4: A@b.cn is already on line 2"),
        ("email,language\na@b.cn,fr\n", "line 2: language 'fr' is none of zh, en, both"),
        ("email,name\na@b.cn,\"x\nBcc: y@b.cn\"\nnobody,\n", "line 2: name holds a line break"),
        ("email,name\na@b.cn,\"x\nBcc: y@b.cn\"\nnobody,\n", "line 4: 'nobody'"),
        ("email\na@b.cn>\n", "line 2"),
        ("email\na b@c.cn\n", "line 2"),
        ("email\n\"a@b.cn, c@d.cn\"\n", "line 2"),
        ("email\n李@b.cn\n", "other letters than ASCII"),
        ("email\na@b\n", "no full domain"),
        ("email\na@-b.cn\n", "behind the @"),
        ("email,name\na@b.cn,x,y,z\n", "line 2: 4 cells"),
        ("email,name\na@b.cn,\"x\n", "quotation mark"),
    ],
)
def test_a_wrong_list_is_refused_with_its_lines(text: str, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        parse(text, "l.csv")


def test_a_list_from_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_bytes("email,name\r\na@b.cn,李明\r\n".encode("gb18030"))
    assert read(path)[0].name == "李明"
    path.write_bytes("\ufeffemail,name\r\na@b.cn,李明\r\n".encode())
    assert read(path)[0].name == "李明"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('password = "x"', "secrets do not stand in the settings"),
        ('smtp_secret = "x"', "secrets do not stand in the settings"),
        ("", "sender is missing"),
        ('sender = "x@example.org"', "host is missing"),
        ('sender = "nobody"\nhost = "h"', "sender is no address"),
        ('sender = "x@example.org"\nhost = "h"\nuser = "u"', "there is no password"),
        ('sender = "x@example.org"\nhost = "h"\nuser = "u"\nsecurity = "none"', "not sent in the clear"),
        ('sender = "x@example.org"\nhost = "h"\nsecurity = "ssl"', "starttls, tls or none"),
        ('sender = "x@example.org\\nBcc: y@example.org"\nhost = "h"', "line break"),
        ('sender = "x@example.org"\nhost = "h"\nport = "25"', "port must be a int"),
        ('sender = "x@example.org"\nhost = "h"\nunsubscribe_url = "http://a.example/"', "begins with https://"),
        ('sender = "x@example.org"\nhost = "h"\nunsubscribe_url = "https://a.example/{token}"', "BRIEFING_UNSUBSCRIBE_KEY"),
        ('sender = "x@example.org"\nhost = "h"\ndkim_key = "k.pem"', "needs dkim_domain"),
        ('sender = "x@example.org"\nhost = "h"\ncolour = "red"', "unknown setting 'colour'"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, table: str, told: str) -> None:
    path = tmp_path / "briefing.toml"
    path.write_text(f"[mail]\n{table}\n", encoding="utf8")
    with pytest.raises(ConfigError, match=re.escape(told)):
        settings.load(path, {})


def test_the_password_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("from the file\n", encoding="utf8")
    path = tmp_path / "briefing.toml"
    path.write_text(f'[mail]\nsender = "x@example.org"\nhost = "h"\nuser = "u"\npassword_file = "{secret}"\n', encoding="utf8")
    assert settings.load(path, {}).password == "from the file"
    assert settings.load(path, {settings.PASSWORD: "from the environment"}).password == "from the environment"
    assert "from the file" not in repr(settings.load(path, {}))
