"""A summariser that asks a language model behind an OpenAI-compatible endpoint, and believes nothing it says.

The model is shown numbered sentences and must name the sources of each point. A point whose numbers
are not those of its sources, a source that does not exist, an answer that is no JSON, a time-out: any
of them and the extractive summary is used, with a Finding that says why. Only the sentences named are
published, as they stand in the source; the wording serves to test whether the model understood them.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.errors import ConfigError
from briefing.model import Figure, Finding, Interview, Issue, Pledge, Summary
from briefing.spans import Span
from briefing.summarise.extractive import summarise
from briefing.summarise.prompting import fill

Check = Callable[[str, str], Sequence[Finding]]
"""Reads the numbers of the sources and of a point again, both from their text, and returns what is wrong."""

_LIMIT = 1_000_000
"""Bytes of an answer that are read; more is no answer."""
_CHUNK = 65536
_SOURCES = 4
"""A point that leans on more sentences than this is no point."""


class _UnusableError(Exception):
    """The answer cannot be used; the message says why, for the Finding."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point as the model worded it, and the sentences that it names as its sources."""

    text: str
    sources: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Llm:
    """Asks ``<url>/chat/completions``; `check` judges each point against its sources.

    ConfigError when `url` is not http or https, or `model` is empty.
    """

    url: str
    model: str
    check: Check
    timeout: int = 60
    """Seconds, for the whole answer."""
    least: int = 3
    most: int = 6
    name: str = "llm"

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(
                f"llm_url must be an http or https address such as http://localhost:8080/v1, not {self.url!r}"
            )
        if not self.model:
            raise ConfigError("llm_model is empty: name the model that the endpoint serves")

    def summarise(
        self, issue: Issue, interview: Interview, figures: Sequence[Figure], pledges: Sequence[Pledge]
    ) -> tuple[Summary, tuple[Finding, ...]]:
        """The sentences that the model names, or the extractive summary and a Finding that says why."""
        try:
            points = self.points(issue, interview)
        except _UnusableError as reason:
            fallback = summarise(issue, interview, figures, pledges, points=(self.least, self.most))
            message = f"The language model's summary was not used: {reason}. The extractive summary stands instead."
            return fallback, (Finding("S-LLM", "warning", interview.span, None, message, interview.id),)
        chosen = sorted({source for point in points for source in point.sources})
        return Summary(interview.id, tuple(chosen), self.name), ()

    def points(self, issue: Issue, interview: Interview) -> tuple[Point, ...]:
        """The points of the model, each one checked against the sentences that it names."""
        listing = "\n".join(
            f"{number}. {_one_line(span.of(issue.text))}" for number, span in enumerate(interview.sentences, start=1)
        )
        prompt = fill("summary_points", least=str(self.least), most=str(self.most), sentences=listing)
        points = _read(self._ask(fill("summary_system"), prompt), interview.sentences)
        if not self.least <= len(points) <= self.most:
            raise _UnusableError(f"it gave {len(points)} points, not {self.least} to {self.most}")
        for point in points:
            wrong = [f for f in self.check(_joined(issue.text, point.sources), point.text) if _condemns(f)]
            if wrong:
                raise _UnusableError(f"a point does not agree with its sources ({wrong[0].code})")
        return points

    def _ask(self, system: str, prompt: str) -> str:
        """The text of the model's answer; _UnusableError for whatever the network or the server does instead."""
        messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
        body = json.dumps({"model": self.model, "messages": messages, "temperature": 0, "stream": False})
        request = urllib.request.Request(
            self.url.rstrip("/") + "/chat/completions",
            data=body.encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        try:
            with _OPENER.open(request, timeout=self.timeout) as reply:
                raw = self._body(reply)
        except TimeoutError as error:
            raise _UnusableError(f"no answer within {self.timeout} seconds") from error
        except urllib.error.HTTPError as error:
            error.close()
            raise _UnusableError(f"the endpoint answered with status {error.code}") from error
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            why = f"no answer within {self.timeout} seconds" if slow else "the endpoint cannot be reached"
            raise _UnusableError(why) from error
        try:
            content = json.loads(raw)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise _UnusableError("the answer is not that of a chat endpoint") from error
        if not isinstance(content, str):
            raise _UnusableError("the answer holds no text")
        return content

    def _body(self, reply: http.client.HTTPResponse) -> bytes:
        """All that the server sends; a socket's own time-out would let it send one byte at a time for ever."""
        end = time.monotonic() + self.timeout
        parts: list[bytes] = []
        size = 0
        while part := reply.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > _LIMIT:
                raise _UnusableError("the answer is too long")
            if time.monotonic() > end:
                raise TimeoutError
        return b"".join(parts)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the text of an issue goes to the endpoint that was named and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.OpenerDirector()
for _handler in (
    urllib.request.ProxyHandler(),
    urllib.request.HTTPHandler(),
    urllib.request.HTTPSHandler(),
    urllib.request.HTTPErrorProcessor(),
    urllib.request.HTTPDefaultErrorHandler(),
    _SameHost(),
):
    _OPENER.add_handler(_handler)


def _read(answer: str, sentences: Sequence[Span]) -> tuple[Point, ...]:
    """The points that `answer` holds; a fence of Markdown around the JSON is let pass, anything else is not."""
    bare = answer.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    try:
        rows = json.loads(bare)["points"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise _UnusableError("the answer is not the JSON that was asked for") from error
    if not isinstance(rows, list):
        raise _UnusableError("the answer holds no list of points")
    points = []
    for row in rows:
        text, numbers = (row.get("text"), row.get("sources")) if isinstance(row, dict) else (None, None)
        if not isinstance(text, str) or not text.strip():
            raise _UnusableError("a point has no text")
        if not isinstance(numbers, list) or not 1 <= len(numbers) <= _SOURCES:
            raise _UnusableError("a point does not name its sources")
        if not all(type(n) is int and 1 <= n <= len(sentences) for n in numbers):
            raise _UnusableError("a point names a sentence that does not exist")
        points.append(Point(text.strip(), tuple(sentences[n - 1] for n in sorted(set(numbers)))))
    return tuple(points)


def _condemns(finding: Finding) -> bool:
    """Whether a finding speaks against a point: what it leaves out does not, what it adds or changes does."""
    return finding.severity != "note" and not finding.code.endswith("-MISSING")


def _joined(text: str, sources: Sequence[Span]) -> str:
    return "".join(_one_line(span.of(text)) for span in sources)


def _one_line(text: str) -> str:
    return " ".join(text.split())
