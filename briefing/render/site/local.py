"""Serves a site on this machine only, with the headers that a strict host would send."""

from __future__ import annotations

import functools
import io
import re
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_ROOT = re.compile(rb'<link rel="stylesheet" href="([^"]*)assets/')
_HOSTS = frozenset({"127.0.0.1", "localhost"})
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/atom+xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of one folder to this machine: no listing, no hidden file, no way out of the folder."""

    server_version = "briefing"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | None:
        """Answers only requests that name this machine, so that no page elsewhere can read along (DNS rebinding)."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in _HOSTS:
            self.send_error(HTTPStatus.FORBIDDEN, "This server answers to localhost only")
            return None
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not urlsplit(self.path).path.endswith("/"):
                return self._missing()
            path /= "index.html"
        try:
            return self._answer(HTTPStatus.OK, path, path.read_bytes())
        except (OSError, ValueError):
            return self._missing()

    def translate_path(self, path: str) -> str:
        """The file that a request names; a name that is no file for one that leads out or is hidden."""
        root = Path(self.directory).resolve()
        nothing = str(root / "404" / "nothing")
        try:
            name = unquote(urlsplit(path).path, errors="strict")
        except ValueError:
            return nothing
        parts = [part for part in name.split("/") if part]
        if any(part.startswith(".") or not part.isprintable() or set(part) & set("\\:") for part in parts):
            return nothing
        found = root.joinpath(*parts)
        try:
            inside = found.resolve().is_relative_to(root)
        except (OSError, ValueError, RuntimeError):
            inside = False
        return str(found) if inside else nothing

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are nobody's business here."""

    def _missing(self) -> io.BytesIO:
        """404.html, its links led from the top of this server, at whatever depth and for whatever host it was made."""
        page = Path(self.directory) / "404.html"
        try:
            data = page.read_bytes()
            found = _ROOT.search(data)
            root = re.escape(found.group(1)) if found else b""
            data = re.sub(rb'\b(href|src)="' + root + rb"(?!#|/|[a-z]+:)", rb'\1="/', data)
        except OSError:
            page, data = page.with_suffix(".txt"), b"Not found\n"
        return self._answer(HTTPStatus.NOT_FOUND, page, data)

    def _answer(self, status: HTTPStatus, path: Path, data: bytes) -> io.BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


class _Server(ThreadingHTTPServer):
    """One that says nothing of a browser that hangs up before it has read the answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of `folder` on the loopback address; port 0 takes a free one."""
    made = _Server(("127.0.0.1", port), functools.partial(Handler, directory=str(folder)))
    made.daemon_threads = True
    return made
