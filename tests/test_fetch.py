"""Addresses: fetched only on request, only from public hosts, only pages, small and soon."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.errors import InputError
from briefing.ingest import fetch

PAGE = "<html><head><meta charset=gbk></head><body><h1>植树</h1><p>去年全区植树3.5万株，增长6.2%，完成投资1.2亿元。</p></body></html>".encode("gbk")


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, rest = self.path.partition("?")
        if path == "/loop":
            return self.answer(302, {"Location": "/loop"})
        if path == "/hop":
            return self.answer(302, {"Location": f"/hop?{int(rest or 0) + 1}" if int(rest or 0) < 3 else "/page.html"})
        if path == "/file":
            return self.answer(302, {"Location": "file:///etc/passwd"})
        if path == "/page.html" or path.startswith("/%E"):
            return self.answer(200, {"Content-Type": "text/html; charset=gbk"}, PAGE)
        if path == "/gzip":
            return self.answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE))
        if path == "/bomb":
            return self.answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(bytes(60_000_000)))
        if path == "/large":
            return self.answer(200, {"Content-Type": "text/html"}, bytes(34_000_000))
        if path == "/film":
            return self.answer(200, {"Content-Type": "video/mp4"}, b"x")
        if path == "/feed":
            feed = '<?xml version="1.0"?><rss><channel><link>/x</link><item><link>/page.html</link></item><item><link>/gone</link></item><item><link>/page.html</link></item></channel></rss>'
            return self.answer(200, {"Content-Type": "application/rss+xml"}, feed.encode())
        if path == "/atom":
            feed = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/x"/><entry><link rel="edit" href="/e"/><link href="page.html"/></entry></feed>'
            return self.answer(200, {"Content-Type": "application/atom+xml"}, feed.encode())
        if path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            for _ in range(40):
                with contextlib.suppress(OSError):
                    self.wfile.write(b"x")
                time.sleep(0.1)
            return None
        return self.answer(404, {})

    def answer(self, code: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_redirects_and_packed_answers(site: str) -> None:
    for path in ("page.html", "hop", "gzip", "植树.html"):
        assert fetch.get(f"{site}/{path}", private=True).data == PAGE
    assert fetch.get(f"{site}/hop", private=True).url == f"{site}/page.html"


@pytest.mark.parametrize(("path", "words"), [
    ("loop", "redirect"), ("file", "not allowed"), ("bomb", "larger than"), ("large", "larger than"), ("film", "video/mp4"), ("gone", "404"),
])  # fmt: skip
def test_refusals(site: str, path: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        fetch.get(f"{site}/{path}", private=True)


def test_a_slow_answer_ends_at_the_deadline(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 0.5)
    start = time.perf_counter()
    with pytest.raises(InputError, match="seconds"):
        fetch.get(f"{site}/slow", private=True)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.1.2.3", "192.168.1.1", "169.254.169.254", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "100.64.0.1"])
def test_hosts_of_the_own_network_are_not_asked(host: str) -> None:
    with pytest.raises(InputError, match=r"own network|not known"):
        fetch.get(f"http://{host}/")


@pytest.mark.parametrize("url", ["ftp://a.cn/x", "file:///etc/passwd", "http://", "http://user:secret@a.cn/", "http://a.cn/a b", "http://a.cn\\@127.0.0.1/", "http://[::1", "http://a.cn:99999/", "javascript:alert(1)"])
def test_what_is_no_address_of_a_page(url: str) -> None:
    with pytest.raises(InputError):
        fetch.get(url)


def test_feeds(site: str) -> None:
    got = list(fetch.pages(f"{site}/feed", private=True))
    assert [getattr(page, "url", None) for page in got] == [f"{site}/page.html", None] and "404" in str(got[1])
    assert [getattr(page, "url", None) for page in fetch.pages(f"{site}/atom", private=True)] == [f"{site}/page.html"]
    with pytest.raises(InputError, match="entities"):
        fetch.entries(b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><item><link>&a;</link></item></rss>', "http://a.cn/")


def test_the_command_fetches_only_on_request(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*args: str) -> int:
        with pytest.raises(SystemExit) as done:
            main(["run", f"{site}/page.html", "--out", str(tmp_path), *args])
        return int(done.value.code or 0)

    assert run() == 2 and "--fetch" in capsys.readouterr().err
    assert run("--fetch") == 2 and "own network" in capsys.readouterr().err
    assert run("--fetch-private") == 0
    [folder] = tmp_path.iterdir()
    assert folder.name == "127.0.0.1-page" and site.removeprefix("http://") + "/page.html" in (folder / "brief.md").read_text(encoding="utf8")
