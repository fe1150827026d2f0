"""What can be chosen about a site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from briefing.errors import ConfigError

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
_PATH = re.compile(r"[A-Za-z0-9._~/-]*")
NAME = "双语简报 Bilingual briefs"


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of a build; the same options and briefs give the same bytes."""

    base_url: str = ""
    """Where the site will stand, with a slash at the end; "" leaves out what needs whole addresses."""
    name: str = NAME
    day: date | None = None
    """Against which deadlines are held; None takes the date of the latest issue."""
    search: bool = True
    """Make the search index, if pagefind is installed."""

    @property
    def host(self) -> str:
        """The host of the site without its port, "" if unknown."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def path(self) -> str:
        """The path of the site on its host, from slash to slash."""
        return urlsplit(self.base_url).path or "/"


def base_url(text: str) -> str:
    """`text` as the address of a site; ConfigError where it is none.

    >>> base_url("https://Example.org/briefs")
    'https://example.org/briefs/'
    """
    try:
        parts = urlsplit(text.strip())
        host = parts.netloc.lower().encode("idna").decode("ascii") if parts.netloc else ""
    except (ValueError, UnicodeError):
        parts, host = urlsplit(""), ""
    named = parts.scheme in ("http", "https") and _HOST.fullmatch(host)
    plain = _PATH.fullmatch(parts.path) and not {".", ".."} & set(parts.path.split("/"))
    if not named or not plain or parts.query or parts.fragment:
        raise ConfigError(f"--base-url {text!r} is no address of a site: give one like https://example.org/briefs/")
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}/"
