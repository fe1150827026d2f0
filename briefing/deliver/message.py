"""The message to one recipient: its header, its two texts and what is attached.

The Message-ID is made of the issue, the content and the recipient, so that the same mail sent twice is one mail to
whoever compares them. Every value of the header is one line: what comes from a source or a list loses its breaks.
"""

from __future__ import annotations

import datetime
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from briefing.deliver.recipients import Language, Recipient, address
from briefing.deliver.settings import Mail
from briefing.errors import ConfigError, MissingReader
from briefing.render.email import Letter, with_way_out
from briefing.render.html import inert
from briefing.render.page import Page

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SIGNED = ("from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type", "list-id",
           "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "in-reply-to", "references")  # fmt: skip
_WIRE = SMTP.clone(cte_type="7bit", raise_on_defect=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with the message."""

    name: str
    kind: str
    """text/markdown, application/pdf, text/csv."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message, ready to be sent."""

    id: str
    """The Message-ID, with its angle brackets."""
    sender: str
    """Of the envelope."""
    recipient: Recipient
    data: bytes
    """As it travels: ASCII, lines that end with CR LF."""


def content_hash(page: Page, language: Language) -> str:
    """What a message says, in 16 hexadecimal digits: the cells and findings, not how they look or who made them."""
    told = sha256(language.encode("ascii"))
    rows = [(p.unit, p.zh, p.en, p.flags) for p in page.pairs()]
    rows += [(f.code, f.unit, f.message, ()) for f in page.findings]
    for row in rows:
        told.update(repr(row).encode("utf8", "replace"))
    return told.hexdigest()[:16]


def message_id(issue: str, content: str, email: str, domain: str) -> str:
    """The Message-ID of this content of this issue for this recipient; the address cannot be read from it.

    >>> message_id("济南/2025-01-12", "0" * 16, "li@example.cn", "example.org")
    '<briefing.6c0488b8edab1805bc438d10e8a0f211@example.org>'
    """
    told = "\0".join((issue, content, email.casefold()))
    return f"<briefing.{sha256(told.encode('utf8', 'replace')).hexdigest()[:32]}@{domain}>"


def compose(
    letter: Letter,
    recipient: Recipient,
    mail: Mail,
    name: str,
    now: datetime.datetime,
    attachments: Sequence[Attachment] = (),
    replaces: str = "",
) -> Parcel:
    """The message of `letter` to `recipient` under the Message-ID `name`; `replaces` is that of an older version."""
    message = EmailMessage(policy=_WIRE)
    message["From"] = _address(mail.sender)
    message["To"] = _mailbox(recipient.name, recipient.email)
    if mail.reply_to:
        message["Reply-To"] = _address(mail.reply_to)
    update = {"zh": "更新：", "en": "Update: ", "both": "更新 Update: "}[recipient.language] if replaces else ""
    message["Subject"] = line(update + letter.subject)
    message["Date"] = format_datetime(now.astimezone(datetime.UTC))
    if replaces:
        message["In-Reply-To"] = replaces
        message["References"] = replaces
    message["Auto-Submitted"] = "auto-generated"
    text, html = with_way_out(letter, recipient.language, way_out(mail, recipient))
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    for attachment in attachments:
        main, _, sub = attachment.kind.partition("/")
        if main == "text":
            text = attachment.data.decode("utf8")
            message.add_attachment(text, subtype=sub, cte="base64", filename=line(attachment.name))
        else:
            message.add_attachment(attachment.data, main, sub, filename=line(attachment.name))
    head = [f"Message-ID: {name}", *_list_headers(mail, recipient)]
    data = ("\r\n".join(head) + "\r\n").encode("ascii") + message.as_bytes()
    return Parcel(name, mail.bounce or address(mail.sender_address), recipient, sign(data, mail))


def _list_headers(mail: Mail, recipient: Recipient) -> list[str]:
    """Written by hand, each address on a line of its own: a folded or encoded address is none."""
    sender = address(mail.sender_address)
    listed = f"<{mail.list_id or 'briefs.' + sender.rpartition('@')[2]}>"
    name = line(mail.list_name)
    out = [f'List-Id: "{name}" {listed}' if re.fullmatch(r"[A-Za-z0-9 .-]{1,60}", name) else f"List-Id: {listed}"]
    ways = [_page_of(mail, recipient)] if mail.unsubscribe_url else []
    ways.append(_mail_to(mail.unsubscribe_mailto or sender))
    out.append("List-Unsubscribe: " + ",\r\n ".join(f"<{way}>" for way in ways))
    if mail.unsubscribe_url:
        out.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return out


def way_out(mail: Mail, recipient: Recipient) -> str:
    """The address by which `recipient` unsubscribes, as the body of the mail gives it; "" where none is set."""
    if mail.unsubscribe_url:
        return _page_of(mail, recipient)
    return _mail_to(mail.unsubscribe_mailto) if mail.unsubscribe_mailto else ""


def _page_of(mail: Mail, recipient: Recipient) -> str:
    told = mail.unsubscribe_url.replace("{email}", quote(recipient.email, safe=""))
    return told.replace("{token}", token(recipient.email, mail.unsubscribe_key))


def _mail_to(address: str) -> str:
    return f"mailto:{quote(address, safe='@')}?subject=unsubscribe"


def token(email: str, key: str) -> str:
    """What proves that the link to unsubscribe `email` came from us."""
    return hmac.new(key.encode("utf8"), email.casefold().encode("utf8"), sha256).hexdigest()[:32]


def line(text: str) -> str:
    """`text` on one line, without control and direction characters: nothing in it begins another header.

    >>> line("一\\r\\nBcc: x@example.org")
    '一 Bcc: x@example.org'
    """
    return str(inert(_BREAKS.sub(" ", text.encode("utf8", "replace").decode("utf8")))).strip()


def _address(told: str) -> Address:
    name, plain = parseaddr(told)
    return _mailbox(name, address(plain))


def _mailbox(name: str, plain: str) -> Address:
    return Address(line(name), addr_spec=plain)


def sign(data: bytes, mail: Mail) -> bytes:
    """`data` behind its DKIM signature, if a key is named; MissingReader without dkimpy."""
    if not mail.dkim_key:
        return data
    try:
        import dkim
    except ImportError as error:
        raise MissingReader("DKIM needs dkimpy: pip install 'briefing[mail]'") from error
    key = _key(mail.dkim_key)
    present = {head.partition(b":")[0].lower() for head in data.split(b"\r\n\r\n", 1)[0].split(b"\r\n")}
    headers = [name.encode("ascii") for name in _SIGNED if name.encode("ascii") in present]
    try:
        made: bytes = dkim.sign(
            data,
            mail.dkim_selector.encode("ascii"),
            mail.dkim_domain.encode("ascii"),
            key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=headers,
        )
    except (dkim.DKIMException, ValueError, TypeError, IndexError) as error:
        raise ConfigError(f"[mail] dkim_key: {mail.dkim_key} is no private key that can sign: {error}") from error
    return made + data


def _key(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(f"[mail] dkim_key: {path} cannot be read: {error.strerror or error}") from error
