"""How mail is sent: the table [mail] of briefing.toml, and the secrets, which never stand in it."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from briefing.deliver.recipients import address
from briefing.errors import ConfigError

Security = Literal["starttls", "tls", "none"]
PASSWORD = "BRIEFING_SMTP_PASSWORD"
PASSWORD_FILE = "BRIEFING_SMTP_PASSWORD_FILE"
UNSUBSCRIBE_KEY = "BRIEFING_UNSUBSCRIBE_KEY"
_SECRET = re.compile(r"pass|secret|token|credential|pwd", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Mail:
    """The table [mail]."""

    sender: str = ""
    """What stands in From: an address, or a name with an address in angle brackets."""
    host: str = ""
    port: int = 0
    """0 takes 587 for starttls, 465 for tls and 25 for none."""
    security: Security = "starttls"
    """starttls and tls check the certificate; none is for a relay on this machine, without a login."""
    user: str = ""
    password_file: str = ""
    """A file with the password on its first line; the environment (BRIEFING_SMTP_PASSWORD) wins over it."""
    ca_file: str = ""
    """Certificates to trust instead of those of the system."""
    timeout: int = 60
    """Seconds to wait for the server, but for the answer to a whole message (`data_timeout`)."""
    data_timeout: int = 600
    """RFC 5321 asks for ten minutes: to give up sooner leaves the delivery in doubt."""
    attempts: int = 4
    """How often a message is tried when the server answers 4xx or the connection drops."""
    retry_delay: int = 15
    """Seconds before the second attempt, twice as many before each further one."""
    per_connection: int = 50
    """Messages before a new connection is made."""
    domain: str = ""
    """The right side of Message-IDs; the domain of the sender if not given. Do not change it between runs."""
    bounce: str = ""
    """The envelope sender, to which bounces go; the address of the sender if not given."""
    reply_to: str = ""
    list_id: str = ""
    """As in briefs.example.org (RFC 2919); briefs.DOMAIN if not given."""
    list_name: str = ""
    unsubscribe_mailto: str = ""
    unsubscribe_url: str = ""
    """https, with {email} or {token} in it: a POST to it takes the reader off the list (RFC 8058)."""
    page_url: str = ""
    """Where the page of an issue stands, with {issue} in it."""
    dkim_domain: str = ""
    dkim_selector: str = ""
    dkim_key: str = ""
    """A file with the private key in PEM."""
    password: str = field(default="", repr=False)
    """From the environment or `password_file`; an error in briefing.toml."""
    unsubscribe_key: str = field(default="", repr=False)
    """From the environment: makes the {token} of `unsubscribe_url`."""

    @property
    def sender_address(self) -> str:
        """The address of the sender without the name."""
        return parseaddr(self.sender)[1]

    @property
    def id_domain(self) -> str:
        """The right side of Message-IDs."""
        return self.domain or self.sender_address.rpartition("@")[2]


def load(path: Path | None, environ: Mapping[str, str] | None = None, *, server: bool = True) -> Mail:
    """The Mail of the file at `path` (./briefing.toml if None) and the environment, checked.

    With `server` False (a dry run) no host is asked for and no password read.
    """
    env = os.environ if environ is None else environ
    file = path or Path("briefing.toml")
    try:
        table = tomllib.loads(file.read_text(encoding="utf8")).get("mail", {})
    except FileNotFoundError:
        table = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file} is no valid TOML file: {error}") from error
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: mail must be a table: begin it with the line [mail]")
    given = _typed(table, str(file))
    if server:
        given["password"] = _password(env, str(given.get("password_file", "")))
    given["unsubscribe_key"] = env.get(UNSUBSCRIBE_KEY, "")
    mail = Mail(**given)
    _check(mail, str(file), server)
    return mail


def _typed(table: Mapping[str, Any], where: str) -> dict[str, Any]:
    kinds = {spec.name: spec.type for spec in fields(Mail) if spec.name not in ("password", "unsubscribe_key")}
    for name, value in table.items():
        if name not in kinds:
            if _SECRET.search(name):
                raise ConfigError(
                    f"{where}: [mail] {name}: secrets do not stand in the settings: delete the line, and set "
                    f"{PASSWORD} in the environment or name a file with password_file"
                )
            raise ConfigError(f"{where}: [mail]: unknown setting {name!r}; known are {', '.join(sorted(kinds))}")
        wanted = int if kinds[name] == "int" else str
        if type(value) is not wanted:
            raise ConfigError(f"{where}: [mail] {name} must be a {wanted.__name__}, not {value!r}")
        if isinstance(value, str) and _CONTROL.search(value):
            raise ConfigError(f"{where}: [mail] {name} holds a line break or a control character")
    return dict(table)


def _password(env: Mapping[str, str], named: str) -> str:
    if env.get(PASSWORD):
        return env[PASSWORD]
    name = env.get(PASSWORD_FILE) or named
    if not name:
        return ""
    file = Path(name)
    try:
        if file.stat().st_mode & stat.S_IWOTH:
            raise ConfigError(f"{file} may be written by everybody: chmod 600 {file}")
        lines = file.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the password file {file} cannot be read: {error}") from error
    if not lines or not lines[0]:
        raise ConfigError(f"the password file {file} is empty: write the password on its first line")
    return lines[0]


def _check(mail: Mail, where: str, server: bool) -> None:
    def wrong(name: str, what: str) -> ConfigError:
        return ConfigError(f"{where}: [mail] {name} {what}")

    if not mail.sender:
        raise wrong("sender", "is missing: the From of the mail, e.g. \"Briefs <briefs@example.org>\"")
    for name in ("sender", "bounce", "reply_to", "unsubscribe_mailto"):
        value = getattr(mail, name)
        try:
            if value and address(parseaddr(value)[1] if name in ("sender", "reply_to") else value) == "":
                raise ValueError
        except ValueError as error:
            raise wrong(name, f"is no address: {error}") from None
    if server and not mail.host:
        raise wrong("host", "is missing: the SMTP server, e.g. \"smtp.example.org\" (or use --dry-run)")
    if mail.security not in ("starttls", "tls", "none"):
        raise wrong("security", f"must be starttls, tls or none, not {mail.security!r}")
    if mail.security == "none" and mail.user:
        raise wrong("security", "is none: a password is not sent in the clear; use starttls or tls, or take user out")
    if server and mail.user and not mail.password:
        raise wrong("user", f"is set but there is no password: set {PASSWORD} or password_file")
    for name, least in (("port", 0), ("timeout", 1), ("data_timeout", 1), ("attempts", 1), ("retry_delay", 0),
                        ("per_connection", 1)):  # fmt: skip
        if getattr(mail, name) < least:
            raise wrong(name, f"must be at least {least}")
    for name in ("domain", "list_id", "dkim_domain", "dkim_selector"):
        if (value := getattr(mail, name)) and not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", value):
            raise wrong(name, f"must be letters, digits, dots and dashes, not {value!r}")
    if mail.unsubscribe_url:
        link("unsubscribe_url", mail.unsubscribe_url, ("https",), where)
        if "{token}" in mail.unsubscribe_url and not mail.unsubscribe_key:
            raise wrong("unsubscribe_url", f"has {{token}}: set {UNSUBSCRIBE_KEY} in the environment")
    if mail.page_url:
        link("page_url", mail.page_url, ("https", "http"), where)
    if len({bool(mail.dkim_domain), bool(mail.dkim_selector), bool(mail.dkim_key)}) != 1:
        raise wrong("dkim_key", "needs dkim_domain and dkim_selector, and they need it")


def link(name: str, url: str, schemes: tuple[str, ...], where: str) -> str:
    """`url` if it is an absolute address of one of `schemes` in ASCII; ConfigError otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes or not parts.hostname or not re.fullmatch(r"[!-;=?-~]+", url) or '"' in url:
        raise ConfigError(f"{where}: {name} must be an address that begins with {schemes[0]}://, not {url!r}")
    return url
