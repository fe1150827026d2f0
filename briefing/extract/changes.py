"""From what a number changes: 由58%提高到62%, 从3家增至9家. The first is how things stand, whatever is planned."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.extract.clauses import fold
from briefing.spans import Span

_NUMERAL = "[0-9一二三四五六七八九十百千万两几]"
_TURN = (
    "增|提|升|上升|攀升|跃|扩|拓|跨|突破|发展|壮大|成长|下降|回落|降|减|缩|压|收窄|延|延长|改|调|变|转|优化|加密|拉长|涨|跌|推进|恢复|走"
)
_CHANGE = re.compile(
    rf"[从由](?!(?:此|而|来|中|于|严|事|业))(?P<from>(?:(?![从由])[^,;。!?]|,(?=[0-9])|,(?={_TURN})){{1,40}}?)"
    rf"(?:(?:(?:进一步|逐步|大幅|稳步|快速|持续|再|将|也|已|分别|直接|一举|显著|首次|迅速|平均|预计|力争|计划|要|其)?)"
    rf"(?:{_TURN})(?:[^,;。0-9到至为成]{{0,5}})?(?:到|至|为|成)|[到至])"
    rf"(?=[^,;。0-9]{{0,10}}{_NUMERAL})(?![^,;。]{{0,16}}不等)"
)
"""A change told with both its ends. The first ends before the verb; nothing but a comma may stand between."""
_AHEAD = re.compile("明年|后年|未来|今后|届时|预计|预期")
"""Words by which the first end lies ahead too: 从明年的60%提高到后年的70%."""


@lru_cache(maxsize=256)
def origins(sentence: str) -> tuple[Span, ...]:
    """The stretches of `sentence` that tell from what something changes, without 从 or 由.

    >>> line = "明年护理型床位占比由今年的58%提高到62%，床位从8000张增至1万张"
    >>> [span.of(line) for span in origins(line)]
    ['今年的58%', '8000张']
    """
    folded = fold(sentence)
    return tuple(Span(*m.span("from")) for m in _CHANGE.finditer(folded) if not _AHEAD.search(m["from"]))


def is_origin(sentence: str, at: Span) -> bool:
    """Whether the number at `at` is what something changes from.

    >>> line = "从2家到9家"
    >>> is_origin(line, Span(1, 3)), is_origin(line, Span(4, 6))
    (True, False)
    """
    return any(origin.contains(at) for origin in origins(sentence))
