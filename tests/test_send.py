"""Mail as it is sent, to a real server that fails as servers do: nobody is forgotten, nobody gets a brief twice."""

from __future__ import annotations

import email
import email.policy
import json
import os
import signal
import ssl
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dkim
import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from briefing import ledger, store
from briefing.cli import main
from briefing.config import Config
from briefing.deliver.brief import load
from briefing.deliver.message import sign
from briefing.deliver.settings import PASSWORD as VARIABLE
from briefing.deliver.settings import Mail
from briefing.errors import InputError
from briefing.model import Brief
from briefing.render.page import WITHHELD
from briefing.spans import Span
from tests.mailserver import PASSWORD, USER, Inbox, Server, settings, wait_for

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
SAMPLE = Path(__file__).parents[1] / "outputs" / "yunhe-2025-two-sessions"


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ssl.SSLContext]]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    yield str(path), context


def small() -> Brief:
    """The sample's brief without what its numbers say: quick to check and clear."""
    brief = store.read(SAMPLE / "brief.json")
    article = replace(brief.interviews[0], date=None, sentences=())
    return replace(brief, interviews=(article,), figures=(), pledges=(), findings=(),
                   summaries=(replace(brief.summaries[0], points=()),))  # fmt: skip


def put(folder: Path, brief: Brief) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brief.json").write_text(store.dumps({"schema": store.SCHEMA, "brief": brief}), encoding="utf8")
    return folder


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return put(tmp_path / "outputs" / "yunhe", small())


def listed(folder: Path, *addresses: str) -> Path:
    path = folder / "list.csv"
    path.write_text("email,name\n" + "".join(f"{a},读者\n" for a in addresses), encoding="utf8")
    return path


PEOPLE = tuple(f"reader{n}@example.org" for n in range(1, 7))


def send(*arguments: object, password: str = PASSWORD) -> int:
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = password
    try:
        main(["send", *map(str, arguments)])
    except SystemExit as done:
        return int(done.code or 0)
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


def states(issue: Path) -> Counter[str]:
    last = {r["email"]: r["state"] for r in ledger.read(issue.parent / "deliveries.jsonl")}
    return Counter(last.values())


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_each_reader_gets_one_message_of_their_own(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext], security: str) -> None:
    inbox = Inbox()
    with Server(inbox, ca[1], implicit=security == "tls") as server:
        options = (issue, "--to", listed(tmp_path, *PEOPLE), "--config", settings(tmp_path, server.port, ca[0], security=security))
        assert send(*options) == 0
        assert send(*options) == 0
    assert inbox.addresses() == list(PEOPLE)
    for taken, address in zip(inbox.taken, PEOPLE, strict=True):
        assert taken.tls and taken.login == USER and taken.recipients == [address] and taken.sender == "briefs@example.org"
        message = email.message_from_bytes(taken.data, policy=email.policy.default)
        assert [a.addr_spec for a in message["To"].addresses] == [address]
        assert not any(other.encode() in taken.data for other in PEOPLE if other != address)
        assert message["Message-ID"] and not message.defects
    assert len({email.message_from_bytes(t.data)["Message-ID"] for t in inbox.taken}) == len(PEOPLE)
    assert states(issue) == {"sent": len(PEOPLE)}


def test_a_second_process_waits_its_turn(issue: Path) -> None:
    path = issue.parent / "deliveries.jsonl"
    with ledger.Journal(path), pytest.raises(InputError, match="in use by another run"):
        ledger.Journal(path)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("rcpt", "450 4.7.1 greylisted"), ("rcpt", "421 too busy"), ("rcpt", "drop"), ("data", "drop before"), ("data", "451 try later"), ("data", "421 too busy")],
)
def test_what_passes_is_tried_again(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext], kind: str, answer: str) -> None:
    inbox = Inbox()
    setattr(inbox, kind, lambda address, before: answer if before < 2 and address in PEOPLE[1:3] else None)
    with Server(inbox, ca[1]) as server:
        assert send(issue, "--to", listed(tmp_path, *PEOPLE), "--config", settings(tmp_path, server.port, ca[0])) == 0
    assert Counter(inbox.addresses()) == dict.fromkeys(PEOPLE, 1)


def test_what_does_not_pass_is_told_and_left_to_the_next_run(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext], capsys: pytest.CaptureFixture[str]) -> None:
    inbox = Inbox(rcpt=lambda address, before: {PEOPLE[0]: "550 5.1.1 no such user", PEOPLE[3]: "450 later"}.get(address))
    with Server(inbox, ca[1]) as server:
        options = (issue, "--to", listed(tmp_path, *PEOPLE), "--config", settings(tmp_path, server.port, ca[0]))
        assert send(*options) == 4
        told = capsys.readouterr().err
        assert "reader1@example.org: refused: 550 5.1.1 no such user" in told
        assert "reader4@example.org: not taken yet" in told
        assert inbox.asked[PEOPLE[0]] == 1 and inbox.asked[PEOPLE[3]] == 4
        assert states(issue) == {"sent": 4, "refused": 1, "deferred": 1}
        inbox.rcpt = lambda address, before: None
        assert send(*options) == 0
    assert Counter(inbox.addresses()) == dict.fromkeys(PEOPLE, 1)


@pytest.mark.parametrize("lost", [False, True])
def test_a_message_in_doubt_waits_for_a_decision(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext], lost: bool, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = Inbox(data=lambda address, before: ("drop lost" if lost else "drop after") if address == PEOPLE[1] and not before else None)
    with Server(inbox, ca[1]) as server:
        options = (issue, "--to", listed(tmp_path, *PEOPLE), "--config", settings(tmp_path, server.port, ca[0]))
        assert send(*options) == 4
        assert "reader2@example.org: in doubt" in capsys.readouterr().err
        assert send(*options) == 4
        assert "--in-doubt" in capsys.readouterr().err
        assert send(*options, "--in-doubt", "resend" if lost else "drop") == 0
        assert send(*options) == 0
    assert Counter(inbox.addresses()) == dict.fromkeys(PEOPLE, 1)


def test_what_is_sent_again_in_doubt_has_the_same_message_id(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext]) -> None:
    inbox = Inbox(data=lambda address, before: "drop after" if not before else None)
    with Server(inbox, ca[1]) as server:
        options = (issue, "--to", listed(tmp_path, *PEOPLE[:2]), "--config", settings(tmp_path, server.port, ca[0]))
        assert send(*options, "--in-doubt", "resend") == 0
    assert Counter(inbox.addresses()) == dict.fromkeys(PEOPLE[:2], 2)
    assert len({email.message_from_bytes(t.data)["Message-ID"] for t in inbox.taken}) == 2


def test_a_slow_server_is_waited_for_and_a_silent_one_is_not(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext]) -> None:
    inbox = Inbox(data=lambda address, before: {PEOPLE[0]: "slow 1.2", PEOPLE[1]: "slow 4"}.get(address))
    with Server(inbox, ca[1]) as server:
        config = settings(tmp_path, server.port, ca[0])
        config.write_text(config.read_text(encoding="utf8").replace("timeout = 5\ndata_timeout = 5", "timeout = 1\ndata_timeout = 2"), encoding="utf8")
        assert send(issue, "--to", listed(tmp_path, *PEOPLE[:3]), "--config", config) == 4
    assert states(issue) == {"sent": 2, "in_doubt": 1}
    assert Counter(inbox.addresses())[PEOPLE[0]] == 1


_KILLED = """
import os, signal, sys
from briefing.deliver import log
record = log.Log.record
left = int(sys.argv[1])
def counted(self, delivery, now):
    global left
    if left == 0 and sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    record(self, delivery, now)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
log.Log.record = counted
from briefing.cli import main
main(sys.argv[3:])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_killed_runs_resume_without_loss_or_repetition(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext]) -> None:
    """Killed behind the second message and before the third is answered for."""
    inbox = Inbox()
    env = os.environ | {VARIABLE: PASSWORD}
    with Server(inbox, ca[1]) as server:
        options = ["send", str(issue), "--to", str(listed(tmp_path, *PEOPLE[:4])), "--config", str(settings(tmp_path, server.port, ca[0]))]
        for step, where in ((3, "after"), (0, "before")):
            done = subprocess.run([sys.executable, "-c", _KILLED, str(step), where, *options], env=env, check=False, capture_output=True, cwd=Path(__file__).parents[1])
            assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        assert send(*options[1:]) == 0
        assert Counter(inbox.addresses()) == dict.fromkeys(PEOPLE[:4], 1)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
@pytest.mark.parametrize(("step", "where", "taken"), [(0, "after", 0), (1, "before", 1)])
def test_a_run_killed_in_the_doubtful_moment_says_so(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext], step: int, where: str, taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = Inbox()
    env = os.environ | {VARIABLE: PASSWORD}
    with Server(inbox, ca[1]) as server:
        options = ["send", str(issue), "--to", str(listed(tmp_path, *PEOPLE[:3])), "--config", str(settings(tmp_path, server.port, ca[0]))]
        subprocess.run([sys.executable, "-c", _KILLED, str(step), where, *options], env=env, check=False, capture_output=True, cwd=Path(__file__).parents[1])
        wait_for(lambda: len(inbox.taken) >= taken)
        assert send(*options[1:]) == 4
        assert "reader1@example.org: an earlier run cannot tell" in capsys.readouterr().err
        assert send(*options[1:], "--in-doubt", "drop" if taken else "resend") == 0
    assert Counter(inbox.addresses()) == dict.fromkeys(PEOPLE[:3], 1)


def test_a_torn_line_of_the_log_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with ledger.Journal(path) as journal:
        journal.append({"a": "一\u2028\r\n"})
    for torn in (b'{"a": ', b"\xff", b"{}"):
        path.write_bytes(path.read_bytes() + torn)
        assert ledger.read(path) == ({"a": "一\u2028\r\n"},)
        with ledger.Journal(path) as journal:
            assert journal.records == ({"a": "一\u2028\r\n"},)
    assert path.read_bytes().endswith(b"}\n")
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    with pytest.raises(InputError, match="line 1 is damaged"):
        ledger.read(path)


def test_an_unverified_number_is_held_back(tmp_path: Path, ca: tuple[str, ssl.SSLContext], capsys: pytest.CaptureFixture[str]) -> None:
    brief = small()
    text = brief.issue.text
    at = text.index("1286.4亿元")
    span = Span(text.rindex("\n", 0, at) + 1, text.index("。", at))
    wrong = replace(brief.translations[0], source=span, text="In the past year output reached 12.864 billion yuan.")
    lied = replace(brief, translations=(*(t for t in brief.translations if t.source != span), wrong),
                   summaries=(replace(brief.summaries[0], points=(span,)),))  # fmt: skip
    issue = put(tmp_path / "outputs" / "lied", lied)
    inbox = Inbox()
    with Server(inbox, ca[1]) as server:
        options = (issue, "--to", listed(tmp_path, PEOPLE[0]), "--config", settings(tmp_path, server.port, ca[0]))
        assert send(*options) == 3
        assert "is not sent" in capsys.readouterr().err and not inbox.taken
        assert send(*options, "--allow-unverified") == 0
    point = load(issue, Config()).page.sections[0].points[0][0]
    assert point.en == WITHHELD and "N-MAGNITUDE" in point.flags
    message = email.message_from_bytes(inbox.taken[0].data, policy=email.policy.default)
    assert "注意" in message.get_body(("plain",)).get_content() and WITHHELD in message.get_body(("html",)).get_content()


def test_a_changed_brief_goes_out_only_when_asked_and_names_the_old_one(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext]) -> None:
    inbox = Inbox()
    with Server(inbox, ca[1]) as server:
        options = (issue, "--to", listed(tmp_path, PEOPLE[0]), "--config", settings(tmp_path, server.port, ca[0]))
        assert send(*options) == 0
        brief = small()
        put(issue, replace(brief, translations=tuple(replace(t, text=t.text.replace("brightest", "best")) for t in brief.translations)))
        assert send(*options) == 0 and len(inbox.taken) == 1
        assert send(*options, "--updates") == 0
        assert send(*options, "--updates") == 0
    old, new = (email.message_from_bytes(t.data, policy=email.policy.default) for t in inbox.taken)
    assert new["In-Reply-To"] == old["Message-ID"] != new["Message-ID"]
    assert new["Subject"].startswith("更新 Update: ")


@pytest.mark.parametrize(
    ("how", "told"),
    [("untrusted", "cannot be trusted"), ("password", "check user in [mail], and the password in BRIEFING_SMTP_PASSWORD"), ("plain", "offers no STARTTLS"), ("gone", "not taken yet")],
)
def test_nothing_is_sent_to_a_server_that_cannot_be_trusted(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext], how: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = Inbox()
    with Server(inbox, ca[1], starttls=how != "plain", login=how != "plain") as server:
        config = settings(tmp_path, server.port if how != "gone" else 1, "" if how == "untrusted" else ca[0])
        code = send(issue, "--to", listed(tmp_path, *PEOPLE), "--config", config, password="wrong" if how == "password" else PASSWORD)
    assert code == (4 if how == "gone" else 2)
    assert told in capsys.readouterr().err
    assert not inbox.taken


def test_the_certificate_must_be_that_of_the_host(tmp_path: Path, issue: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.test").configure_cert(context)
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    inbox = Inbox()
    with Server(inbox, context) as server:
        assert send(issue, "--to", listed(tmp_path, *PEOPLE), "--config", settings(tmp_path, server.port, str(path))) == 2
    assert not inbox.taken


def test_a_dry_run_writes_what_would_be_sent_and_sends_nothing(tmp_path: Path, issue: Path) -> None:
    config = tmp_path / "briefing.toml"
    config.write_text('[mail]\nsender = "briefs@example.org"\n', encoding="utf8")
    options = (issue, "--to", listed(tmp_path, *PEOPLE[:2]), "--config", config, "--dry-run", "--eml", tmp_path / "eml", "--attach", "csv", "--attach", "md")
    assert send(*options) == 0
    files = sorted((tmp_path / "eml").iterdir())
    assert [f.name for f in files] == [f"yunhe-2025-two-sessions-00{n}-reader{n}@example.org.eml" for n in (1, 2)]
    message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert [a.get_filename() for a in message.iter_attachments()] == ["yunhe-2025-two-sessions-figures.csv", "yunhe-2025-two-sessions.md"]
    assert not (issue.parent / "deliveries.jsonl").exists()


def test_a_signed_message_is_found_good_and_a_changed_one_is_not(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path = tmp_path / "dkim.pem"
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()))
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.split(b"\n")[1:-2])
    mail = Mail(sender="briefs@example.org", dkim_domain="example.org", dkim_selector="s1", dkim_key=str(path))
    data = sign(b"From: briefs@example.org\r\nTo: a@b.cn\r\nSubject: x\r\nList-Unsubscribe: <mailto:a@b.cn>\r\n\r\nhello\r\n", mail)

    def good(data: bytes) -> bool:
        return bool(dkim.verify(data, dnsfunc=lambda name, timeout=5: record))

    assert b"list-unsubscribe" in data.split(b"\r\nFrom")[0]
    assert good(data)
    assert not good(data.replace(b"hello", b"hallo")) and not good(data.replace(b"Subject: x", b"Subject: y"))


def test_the_log_is_for_its_owner_only(tmp_path: Path, issue: Path, ca: tuple[str, ssl.SSLContext]) -> None:
    with Server(Inbox(), ca[1]) as server:
        send(issue, "--to", listed(tmp_path, PEOPLE[0]), "--config", settings(tmp_path, server.port, ca[0]))
    log = issue.parent / "deliveries.jsonl"
    assert log.stat().st_mode & 0o077 == 0
    assert [json.loads(part)["state"] for part in log.read_text(encoding="utf8").splitlines()] == ["handing", "sent"]


@pytest.mark.parametrize("what", ["nothing", "folder", "damaged"])
def test_a_missing_or_damaged_brief_is_a_clear_error(tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "briefing.toml"
    config.write_text('[mail]\nsender = "briefs@example.org"\n', encoding="utf8")
    folder = tmp_path / "x"
    if what != "nothing":
        folder.mkdir()
    if what == "damaged":
        (folder / "brief.json").write_text('{"schema": "briefing/brief/1"', encoding="utf8")
    assert send(folder, "--to", listed(tmp_path, PEOPLE[0]), "--config", config, "--dry-run", "--eml", tmp_path / "eml") == 2
    assert "briefing run" in capsys.readouterr().err
