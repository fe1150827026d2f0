"""People with their offices, as the text prints them; reporters and photographers are left out."""

from __future__ import annotations

from briefing.lexicon import named
from briefing.model import Person
from briefing.spans import Span

_PRESS = ("记者", "通讯员", "编辑", "摄影", "实习生", "主播")


def people(text: str) -> tuple[Person, ...]:
    """Each person who is named with an office, once: where first named, with the fullest title.

    >>> [(p.name, p.title) for p in people("会后，云河市副市长、财政局局长周敏表示，周敏局长说到做到。")]
    [('周敏', '云河市副市长、财政局局长')]
    """
    first: dict[str, Span] = {}
    titles: dict[str, str] = {}
    for found in named(text):
        title = found.title.of(text) if found.title else ""
        if title.endswith(_PRESS):
            continue
        name = found.name.of(text)
        first.setdefault(name, found.name)
        titles[name] = max(titles.get(name, ""), title, key=len)
    return tuple(
        Person(span, name, titles[name], "") for name, span in sorted(first.items(), key=lambda item: item[1].start)
    )
