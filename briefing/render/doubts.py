"""What a brief says on the strength of digits that a scan does not show for certain."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model import Brief, Finding
from briefing.normalise import to_raw
from briefing.render.page import headline_span
from briefing.spans import Span


def doubts(brief: Brief) -> tuple[Finding, ...]:
    """A finding for each figure, amount, date, point and headline over a number that is `Issue.doubtful`.

    The English may agree with the Chinese to the digit, and both be wrong: only the page can tell.
    """
    issue = brief.issue
    if not issue.doubtful:
        return ()
    out: list[Finding] = []
    for unit, span in dict.fromkeys(_units(brief)):
        raw = to_raw(issue, span)
        shown = [doubt.of(issue.raw) for doubt in issue.doubtful if raw.overlaps(doubt)]
        if shown:
            what = ", ".join(dict.fromkeys(shown))
            message = f"The scan does not show {what} for certain: compare it with the page."
            out.append(Finding("S-DOUBTFUL", "warning", span, None, message, unit))
    return tuple(out)


def _units(brief: Brief) -> Iterator[tuple[str, Span]]:
    """The units of the page that may hold a number, with their places in Issue.text."""
    figures = {figure.id: figure for figure in brief.figures}
    for article in brief.interviews:
        if article.kind == "interview":
            yield f"{article.id}.headline", headline_span(article)
        if article.date is not None:
            yield f"{article.id}.date", article.date.span
    for summary in brief.summaries:
        for number, point in enumerate(summary.points, 1):
            yield f"{summary.interview}.point{number}", point
    for figure in brief.figures:
        yield f"{figure.id}.value", figure.quantity.span
        if figure.base is not None:
            yield f"{figure.id}.base", figure.base
        if figure.period is not None:
            yield f"{figure.id}.period", figure.period.span
        for span in (figure.subject, figure.scope):
            if span is not None:
                yield f"{figure.id}.subject", span
    for pledge in brief.pledges:
        yield f"{pledge.id}.action", pledge.action
        if pledge.due is not None:
            yield f"{pledge.id}.due", pledge.due.span
        for name in pledge.figures:
            if name in figures:
                yield f"{pledge.id}.{name}", figures[name].quantity.span
