"""Pages and feeds from the network, only on request (`--fetch`): http and https, public addresses, small and soon.

The address that is connected to is the one that was checked: each host is resolved once, on every hop. Proxies of
the environment are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from briefing import __version__
from briefing.errors import InputError

TIMEOUT = 20.0
"""Seconds for a connection and for each part of an answer."""
DEADLINE = 90.0
"""Seconds for one address, redirects included."""
MAX_BYTES = 32 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_ENTRIES = 30
"""Of a feed, from its top."""
_TYPES = re.compile(
    r"text/(?:html|plain|markdown|xml)$|application/(?:xhtml\+xml|xml|rss\+xml|atom\+xml|pdf|zip|octet-stream"
    r"|vnd\.openxmlformats-officedocument\.wordprocessingml\.document)$|image/(?:png|jpeg|tiff)$"
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    url: str
    """After redirects."""
    name: str
    """Fit to be shown and to make the id of an issue of: host and path."""
    data: bytes


def is_address(text: str) -> bool:
    """Whether `text` is the address of a page rather than a path."""
    return text.lower().startswith(("http://", "https://", "http:/", "https:/"))


def get(url: str, *, private: bool = False) -> Fetched:
    """What stands at `url`; InputError where it is refused, absent, too large, too slow or of a wrong type.

    With `private`, hosts of the own network may be asked, too.
    """
    end = time.monotonic() + DEADLINE
    opener = urllib.request.OpenerDirector()
    handlers = (_Http(private), _Https(private), _Redirects(), urllib.request.HTTPDefaultErrorHandler())
    for handler in (*handlers, urllib.request.HTTPErrorProcessor()):
        opener.add_handler(handler)
    request = urllib.request.Request(_checked(url), headers={
        "User-Agent": f"briefing/{__version__}", "Accept-Encoding": "identity", "Accept": "text/html, */*;q=0.5",
    })  # fmt: skip
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            kind = answer.headers.get_content_type()
            if not _TYPES.match(kind):
                raise InputError(f"{url} is of the type {kind}: give the address of a page, a PDF or a feed")
            data = _body(answer, url, end)
            final = answer.geturl()
    except urllib.error.HTTPError as error:
        raise InputError(f"{url} answers {error.code} {error.reason}: check the address in a browser") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(f"{url} cannot be fetched: {reason}") from error
    return Fetched(final, _name(final), data)


def entries(data: bytes, base: str) -> tuple[str, ...]:
    """The addresses of the articles where `data` is an RSS or Atom feed, none where it is no feed."""
    if not _FEED.search(data[:2000]):
        return ()
    from lxml import etree

    if b"<!ENTITY" in data[:20_000]:
        raise InputError(f"{base} declares XML entities, as no feed does: it was not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    root = etree.fromstring(data, parser)
    found: list[str] = []
    for item in root.iter() if root is not None else ():
        if not isinstance(item.tag, str) or item.tag.rpartition("}")[2] not in ("item", "entry"):
            continue
        links = [child for child in item if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == "link"]
        usual = [link for link in links if link.get("rel", "alternate") == "alternate"]
        for link in usual[:1]:
            found.append(urllib.parse.urljoin(base, (link.get("href") or link.text or "").strip()))
    if not found:
        raise InputError(f"{base} is a feed without articles")
    return tuple(dict.fromkeys(found))[:MAX_ENTRIES]


def pages(url: str, *, private: bool = False) -> Iterator[Fetched | InputError]:
    """The page at `url`, or, where it is a feed, those that its newest entries lead to, or why one is not to be had."""
    first = get(url, private=private)
    linked = entries(first.data, first.url)
    if not linked:
        yield first
    for link in linked:
        try:
            yield get(link, private=private)
        except InputError as error:
            yield error


def _checked(url: str) -> str:
    """`url` if it may be asked for: http or https, with a host, without a password in it."""
    url = re.sub(r"^(https?):/+", r"\1://", url.strip(), flags=re.IGNORECASE)
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise InputError(f"{url!r} is no address of a page")
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{url} is no address of a page: {error}") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise InputError(f"{url} is no address of a page: only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise InputError("an address with a user name or a password in it is not fetched")
    netloc = host.encode("idna").decode() if not host.isascii() else host
    netloc = f"[{netloc}]" if ":" in netloc else netloc
    path = urllib.parse.quote(parts.path, safe="/%:@!$&'()*+,;=~")
    query = urllib.parse.quote(parts.query, safe="/%:@!$&'()*+,;=?~")
    return urllib.parse.urlunsplit((parts.scheme.lower(), f"{netloc}:{port}" if port else netloc, path, query, ""))


def _connect(private: bool, address: tuple[str, int], timeout: Any = TIMEOUT, source: Any = None) -> socket.socket:
    """A connection to a checked address of the host; InputError where one of its addresses is not public."""
    host, port = address
    try:
        known = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host} is not known to the network: check the address") from error
    for text in known:
        if not private and not _is_public(str(text)):
            raise InputError(f"{host} is a host of the own network: it is asked only with --fetch-private")
    if not known:
        raise InputError(f"{host} has no address")
    return socket.create_connection((str(known[0]), port), timeout, source)


def _is_public(text: str) -> bool:
    """Whether an IP address belongs to the public network.

    >>> _is_public("127.0.0.1"), _is_public("::ffff:10.0.0.1"), _is_public("169.254.169.254"), _is_public("8.8.8.8")
    (False, False, False, True)
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_public(str(inner))
    return address.is_global and not address.is_multicast


class _Http(urllib.request.HTTPHandler):
    def __init__(self, private: bool) -> None:
        super().__init__()
        self.private = private

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(partial(_made, http.client.HTTPConnection, self.private), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, private: bool) -> None:
        super().__init__()
        self.private = private

    def https_open(self, req: urllib.request.Request) -> Any:
        made = partial(_made, http.client.HTTPSConnection, self.private, context=ssl.create_default_context())
        return self.do_open(made, req)


def _made(kind: Any, private: bool, host: str, **options: Any) -> Any:
    connection = kind(host, **options)
    connection._create_connection = partial(_connect, private)
    return connection


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MAX_REDIRECTS
    max_repeats = 2

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        target = _checked(newurl)
        if req.full_url.startswith("https:") and target.startswith("http:"):
            raise InputError(f"{req.full_url} leads to {target}, which is not encrypted: give that address itself")
        return super().redirect_request(req, fp, code, msg, headers, target)


def _body(answer: Any, url: str, end: float) -> bytes:
    """The body, unpacked where it is packed, within the limits of size and time."""
    packed = (answer.headers.get("Content-Encoding") or "identity").lower()
    if packed not in ("identity", "gzip", "deflate"):
        raise InputError(f"{url} answers in the encoding {packed}, which was not asked for")
    unpack = zlib.decompressobj(47) if packed != "identity" else None
    out = bytearray()
    while part := answer.read1(65_536):
        if time.monotonic() > end:
            raise InputError(f"{url} takes more than {DEADLINE:.0f} seconds: save the page and give the file")
        out += unpack.decompress(part, MAX_BYTES + 1) if unpack else part
        if len(out) > MAX_BYTES or (unpack and unpack.unconsumed_tail):
            raise InputError(f"{url} is larger than {MAX_BYTES:,} bytes: save it and give one issue at a time")
    return bytes(out)


def _name(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    path = urllib.parse.unquote(parts.path).strip("/")
    return re.sub(r"[/\\\x00-\x1f]+", "-", f"{parts.hostname}-{path}" if path else f"{parts.hostname}")[:200]
