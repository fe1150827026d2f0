"""A real SMTP server on loopback, with TLS and a login, that fails in the ways in which servers fail."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "briefs", "correct horse"


@dataclass
class Received:
    """One message that the server took."""

    sender: str
    recipients: list[str]
    data: bytes
    tls: bool
    login: str


@dataclass
class Inbox:
    """What the server took and how it is to answer; the hooks get the address and how often it was tried before."""

    taken: list[Received] = field(default_factory=list)
    rcpt: Callable[[str, int], str | None] = lambda address, before: None
    data: Callable[[str, int], str | None] = lambda address, before: None
    """A reply, or None to take it, or "drop before", "drop after", "drop lost", "slow N"."""
    asked: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    def addresses(self) -> list[str]:
        return [address for message in self.taken for address in message.recipients]


class _Handler:
    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802 - the name that aiosmtpd calls
        before = self.inbox.asked.get(address, 0)
        self.inbox.asked[address] = before + 1
        answer = self.inbox.rcpt(address, before)
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        address = envelope.rcpt_tos[0]
        before = self.inbox.ended.get(address, 0)
        self.inbox.ended[address] = before + 1
        answer = self.inbox.data(address, before)
        if answer is not None and answer.startswith("slow "):
            await asyncio.sleep(float(answer[5:]))
            answer = None
        if answer in (None, "drop after"):
            secure = server.transport.get_extra_info("ssl_object") is not None
            login = session.auth_data.login.decode() if session.auth_data else ""
            self.inbox.taken.append(
                Received(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content, secure, login)
            )
        if answer in ("drop after", "drop lost"):
            server.transport.abort()
            return "421 gone"
        return answer or "250 taken"


class _DroppingSMTP(SMTP):
    """Breaks the connection when DATA has been asked for, before or in the body."""

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - the name that aiosmtpd calls
        address = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        inbox = self.event_handler.inbox
        if inbox.data(address, inbox.ended.get(address, 0)) == "drop before":
            inbox.ended[address] = inbox.ended.get(address, 0) + 1
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Server:
    """The server as a context: `port` and `inbox` while it runs."""

    def __init__(self, inbox: Inbox, context: Any = None, *, implicit: bool = False, login: bool = True, starttls: bool = True) -> None:
        self.inbox = inbox
        self._context, self._implicit, self._login, self._starttls = context, implicit, login, starttls
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0

    def _make(self) -> SMTP:
        def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
            good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
            return AuthResult(success=good, handled=good, auth_data=data)

        tls = self._context if self._starttls and not self._implicit else None
        return _DroppingSMTP(
            _Handler(self.inbox), hostname="loopback.test", tls_context=tls, require_starttls=tls is not None,
            auth_required=self._login, auth_require_tls=not self._implicit, authenticator=authenticate if self._login else None, loop=self._loop,
        )

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        place = socket.socket()
        place.bind(("127.0.0.1", 0))
        self.port = place.getsockname()[1]
        self._server = self._loop.run_until_complete(
            self._loop.create_server(self._make, sock=place, ssl=self._context if self._implicit else None)
        )
        self._ready.set()
        self._loop.run_forever()

    def __enter__(self) -> Server:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        async def stop() -> None:
            self._server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0.05)

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


def wait_for(what: Callable[[], bool], seconds: float = 20) -> None:
    """Return when `what` holds; AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def settings(folder: Path, port: int, ca: str = "", extra: Sequence[str] = (), *, security: str = "starttls") -> Path:
    """A briefing.toml for the server on `port`."""
    lines = [
        "[mail]", 'sender = "双语简报 Briefs <briefs@example.org>"', 'host = "localhost"', f"port = {port}",
        f'security = "{security}"', "timeout = 5", "data_timeout = 5", "retry_delay = 0",
        *([f'user = "{USER}"'] if security != "none" else []), *([f'ca_file = "{ca}"'] if ca else []), *extra,
    ]
    path = folder / "briefing.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path
