"""One SMTP conversation: what became of a message is known at every moment, or known not to be known.

smtplib does the protocol but for the end of DATA. The body goes out without its final line; only when that is through
is `commit` called, and then the line is sent which makes the server answer for the message. Before `commit` nothing
can have been accepted, so whatever breaks there is tried again. After it, only the server's answer tells.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from briefing.deliver.message import Parcel
from briefing.deliver.settings import PASSWORD, Mail
from briefing.errors import ConfigError, DeliveryError

Outcome = Literal["sent", "deferred", "refused", "in_doubt"]
PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one message."""

    outcome: Outcome
    """deferred: not accepted now, may be tried again; refused: for good."""
    reply: str


class Session:
    """A connection that is made when it is needed and again when it broke."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._smtp: smtplib.SMTP | None = None
        self._sent = 0

    def submit(self, parcel: Parcel, commit: Callable[[], None]) -> Answer:
        """Hand `parcel` over; `commit` is called when the server is about to be made answerable for it.

        DeliveryError where no message can be sent at all.
        """
        try:
            smtp = self._connected()
        except _LaterError as error:
            return Answer("deferred", str(error))
        try:
            answer = self._envelope(smtp, parcel) or self._content(smtp, parcel)
            if answer is not None:
                return answer
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            return Answer("deferred", f"the connection broke before the message was handed over: {_told(error)}")
        commit()
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self._mail.data_timeout)
            smtp.send(b".\r\n")
            code, reply = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self._mail.timeout)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            return Answer("in_doubt", f"the connection broke before the server answered: {_told(error)}")
        self._sent += 1
        return self._judged(code, reply, good=250) or Answer("sent", _shown(code, reply))

    def _envelope(self, smtp: smtplib.SMTP, parcel: Parcel) -> Answer | None:
        """MAIL and RCPT; None when both were accepted."""
        limit = smtp.esmtp_features.get("size", "").split(" ")[0]
        if limit.isdigit() and 0 < int(limit) < len(parcel.data):
            return Answer("refused", f"the server takes {int(limit):,} bytes, the message has {len(parcel.data):,}")
        options = (f"SIZE={len(parcel.data)}",) if "size" in smtp.esmtp_features else ()
        code, reply = smtp.mail(parcel.sender, options)
        if 500 <= code < 600 and code != 552:
            self.close()
            told = _shown(code, reply)
            raise DeliveryError(f"the server refuses {parcel.sender} ({told}): check sender and bounce in [mail]")
        if (answer := self._judged(code, reply, good=250)) is not None:
            return answer
        code, reply = smtp.rcpt(parcel.recipient.email)
        return None if code == 251 else self._judged(code, reply, good=250)

    def _content(self, smtp: smtplib.SMTP, parcel: Parcel) -> Answer | None:
        """DATA and all of the message but the line that ends it; None when it is through."""
        code, reply = smtp.docmd("DATA")
        if code != 354:
            return self._judged(code, reply, good=354) or Answer("deferred", _shown(code, reply))
        data = re.sub(rb"(?m)^\.", b"..", parcel.data)
        smtp.send(data if data.endswith(b"\r\n") else data + b"\r\n")
        return None

    def _judged(self, code: int, reply: bytes, *, good: int) -> Answer | None:
        """None for the code `good`; otherwise what the server's answer means for the message."""
        if code == good:
            return None
        if code == 421 or code < 0:
            self.drop()
        else:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                if self._smtp is not None:
                    self._smtp.rset()
        return Answer("refused" if 500 <= code < 600 else "deferred", _shown(code, reply))

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and self._sent >= self._mail.per_connection:
            self.close()
        if self._smtp is None:
            self._smtp = _connect(self._mail)
            self._sent = 0
        return self._smtp

    def drop(self) -> None:
        """Forget the connection."""
        if self._smtp is not None:
            with contextlib.suppress(OSError):
                self._smtp.close()
            self._smtp = None

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self.drop()


class _LaterError(Exception):
    """No connection now; it may be had later."""


def _connect(mail: Mail) -> smtplib.SMTP:
    """A connection that is encrypted and logged in, as the settings want it."""
    port = mail.port or PORTS[mail.security]
    where = f"{mail.host}:{port}"
    context = _trust(mail) if mail.security != "none" else None
    smtp: smtplib.SMTP | None = None
    try:
        if mail.security == "tls":
            smtp = smtplib.SMTP_SSL(mail.host, port, timeout=mail.timeout, context=context)
        else:
            smtp = smtplib.SMTP(mail.host, port, timeout=mail.timeout)
        smtp.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise DeliveryError(f"{where} offers no STARTTLS; nothing is sent in the clear: try security = \"tls\"")
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if mail.user:
            smtp.login(mail.user, mail.password)
        return smtp
    except ssl.SSLCertVerificationError as error:
        _shut(smtp)
        raise DeliveryError(
            f"the certificate of {where} cannot be trusted ({error.verify_message}): check the host, or name its "
            "authority with ca_file"
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        _shut(smtp)
        told = _shown(error.smtp_code, error.smtp_error)
        if 400 <= error.smtp_code < 500:
            raise _LaterError(f"{where} takes no login now: {told}") from error
        raise DeliveryError(
            f"{where} refuses the login of {mail.user} ({told}): check user in [mail], and the password in {PASSWORD} "
            "or password_file"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        _shut(smtp)
        raise DeliveryError(f"{where} does not do what is asked of it: {error}") from error
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise DeliveryError(f"there is no host {mail.host}: check host in [mail]") from error
        raise _LaterError(f"{mail.host} cannot be looked up now: {error}") from error
    except DeliveryError:
        _shut(smtp)
        raise
    except (smtplib.SMTPException, OSError) as error:
        _shut(smtp)
        raise _LaterError(f"{where} cannot be reached: {_told(error)}") from error


def _trust(mail: Mail) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=mail.ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"[mail] ca_file: {mail.ca_file} holds no certificates: {error}") from error


def _shut(smtp: smtplib.SMTP | None) -> None:
    if smtp is not None:
        with contextlib.suppress(OSError):
            smtp.close()


def _shown(code: int, reply: bytes | str) -> str:
    """A server's answer on one line, fit for a log."""
    text = reply.decode("utf8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(re.sub(r'[^ -~]+', ' ', text).split())}"[:300]


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _shown(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return " ".join(str(error).split())[:300] or type(error).__name__
