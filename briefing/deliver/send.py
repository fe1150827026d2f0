"""Briefs to readers: one message each, no reader twice, no reader forgotten, whatever breaks on the way."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote

from briefing.deliver.attachments import Attach, attachments
from briefing.deliver.brief import Ready
from briefing.deliver.log import Delivery, Log, State
from briefing.deliver.message import Attachment, Parcel, compose, content_hash, message_id
from briefing.deliver.recipients import Language, Recipient
from briefing.deliver.settings import Mail
from briefing.deliver.smtp import Answer, Session
from briefing.render.email import Letter, letter, on_topics
from briefing.render.site.slugs import slug

Doubt = Literal["hold", "resend", "drop"]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """How a brief is sent."""

    page_url: str = ""
    attach: tuple[Attach, ...] = ()
    updates: bool = False
    """Send a brief that has changed to those who have an older version of it."""
    doubt: Doubt = "hold"
    """What to do with a message that may or may not have been accepted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the messages of a run: sent, skipped, refused, failed, in_doubt, off_topic, dropped."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """Messages that somebody must look at."""
        return sum(self.counts[name] for name in ("refused", "deferred", "in_doubt"))

    @property
    def settled(self) -> bool:
        """Whether there is nothing left that another run could do."""
        return not self.counts["deferred"] and not self.counts["in_doubt"]

    def __str__(self) -> str:
        words = {"sent": "sent", "skipped": "had it already", "off_topic": "not on their topics", "refused": "refused",
                 "deferred": "not taken yet", "in_doubt": "in doubt", "dropped": "doubts dropped"}  # fmt: skip
        return ", ".join(f"{self.counts[k]} {w}" for k, w in words.items() if self.counts[k] or k == "sent")


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that is to be sent, made when its turn comes."""

    recipient: Recipient
    letter: Letter
    attachments: tuple[Attachment, ...]
    id: str


class Composer:
    """Makes the messages of one brief; what several readers get alike is made once."""

    def __init__(self, ready: Ready, mail: Mail, choices: Choices) -> None:
        self._ready, self._mail, self._choices = ready, mail, choices
        self._files: dict[tuple[Attach, ...], tuple[Attachment, ...]] = {}
        self._made: dict[tuple[Language, tuple[str, ...]], tuple[Letter, tuple[Attachment, ...], str]] = {}

    def plan(self, recipient: Recipient) -> Planned | None:
        """The message for `recipient`; None where no interview is on their topics."""
        whole = self._ready.page
        page = on_topics(whole, recipient.topics)
        if not page.sections and whole.sections:
            return None
        key = (recipient.language, tuple(s.interview for s in page.sections))
        if key not in self._made:
            page_url = page_address(self._choices.page_url, self._ready.brief.issue.id)
            wanted = self._choices.attach
            named = f"{self._ready.brief.issue.id}.md" if "md" in wanted else ""
            made = letter(page, recipient.language, page_url=page_url, rest=named, whole=whole)
            if made.shortened and not page_url and not named:
                wanted = (*wanted, "md")
                named = f"{self._ready.brief.issue.id}.md"
                made = letter(page, recipient.language, rest=named, whole=whole)
            if wanted not in self._files:
                self._files[wanted] = attachments(self._ready, wanted)
            files = self._files[wanted]
            self._made[key] = (made, files, content_hash(page, recipient.language))
        made, files, content = self._made[key]
        name = message_id(self._ready.key, content, recipient.email, self._mail.id_domain)
        return Planned(recipient, made, files, name)

    def parcel(self, planned: Planned, now: datetime.datetime, replaces: str = "") -> Parcel:
        """The message itself."""
        return compose(planned.letter, planned.recipient, self._mail, planned.id, now, planned.attachments, replaces)


def page_address(pattern: str, issue: str) -> str:
    """Where the page of `issue` stands: {issue} is its id, {slug} its name on the site that `briefing site` makes.

    >>> page_address("https://example.org/{issue}/", "济南")
    'https://example.org/%E6%B5%8E%E5%8D%97/'
    """
    return pattern.replace("{issue}", quote(issue, safe="")).replace("{slug}", slug(issue, issue))


def parcels(
    ready: Ready, recipients: Sequence[Recipient], mail: Mail, choices: Choices, now: datetime.datetime
) -> Iterator[Parcel]:
    """The messages of a first run, as a dry run shows them."""
    composer = Composer(ready, mail, choices)
    for recipient in recipients:
        planned = composer.plan(recipient)
        if planned is not None:
            yield composer.parcel(planned, now)


def send(
    ready: Ready,
    recipients: Sequence[Recipient],
    mail: Mail,
    choices: Choices,
    log: Log,
    *,
    say: Say = lambda text: None,
    now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Tally:
    """Send `ready` to those of `recipients` who do not have it; what cannot be sent now is told and left to a next run.

    DeliveryError where the server takes nothing at all; the log knows what was sent before.
    """
    composer = Composer(ready, mail, choices)
    tally = Tally()
    waiting: list[tuple[Planned, str]] = []
    for recipient in recipients:
        planned = composer.plan(recipient)
        if planned is None:
            tally.counts["off_topic"] += 1
            continue
        verdict, replaces = _verdict(planned, log.of(ready.key, recipient.email), choices)
        if verdict == "drop":
            known = next(d for d in reversed(log.of(ready.key, recipient.email)) if d.doubtful)
            log.record(replace(known, state="dropped", reply="counted as sent on request"), now())
            tally.counts["dropped"] += 1
        elif verdict == "hold":
            tally.counts["in_doubt"] += 1
            say(f"{recipient.email}: an earlier run cannot tell whether this was accepted: look in the mailbox or the "
                "server's log for the Message-ID, then use --in-doubt resend or --in-doubt drop")  # fmt: skip
        elif verdict == "skip":
            tally.counts["skipped"] += 1
        else:
            waiting.append((planned, replaces))
    session = Session(mail)
    try:
        for attempt in range(mail.attempts):
            if not waiting:
                break
            if attempt:
                sleep(mail.retry_delay * 2 ** (attempt - 1))
            last = attempt == mail.attempts - 1
            later: list[tuple[Planned, str]] = []
            for planned, replaces in waiting:
                answer = _hand_over(composer, planned, replaces, session, log, ready.key, now)
                again = answer.outcome == "deferred" or (answer.outcome == "in_doubt" and choices.doubt == "resend")
                if again and not last:
                    later.append((planned, replaces))
                    continue
                tally.counts[answer.outcome] += 1
                if answer.outcome != "sent":
                    say(f"{planned.recipient.email}: {_WORDS[answer.outcome]}: {answer.reply}")
            waiting = later
    finally:
        session.close()
    return tally


_WORDS = {
    "deferred": "not taken yet; run the same command again later",
    "refused": "refused",
    "in_doubt": "in doubt",
}


def _verdict(planned: Planned, known: Sequence[Delivery], choices: Choices) -> tuple[str, str]:
    """What to do with a message: send, skip, hold or drop; and the Message-ID of the version that it replaces."""
    if known and known[-1].doubtful and choices.doubt != "resend":
        return choices.doubt, ""
    same = next((d for d in known if d.message == planned.id), None)
    if same is not None and same.done:
        return "skip", ""
    had = [d for d in known if d.done]
    if had and not choices.updates:
        return "skip", ""
    return "send", had[-1].message if had else ""


def _hand_over(
    composer: Composer,
    planned: Planned,
    replaces: str,
    session: Session,
    log: Log,
    issue: str,
    now: Callable[[], datetime.datetime],
) -> Answer:
    parcel = composer.parcel(planned, now(), replaces)

    def note(state: State, reply: str = "") -> None:
        log.record(Delivery(issue, planned.recipient.email, planned.id, state, reply), now())

    answer = session.submit(parcel, lambda: note("handing"))
    note(answer.outcome, answer.reply)
    return answer
