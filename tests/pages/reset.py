"""The articles of an issue that was read from text, set as newspaper pages in three layouts."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from briefing.model import Interview, Issue
from tests.pages.layouts import sheet


def _column(issue: Issue, article: Interview, skip: tuple[str, ...]) -> str:
    out: list[str] = []
    for turn in article.turns:
        text = escape(turn.span.of(issue.text))
        if turn.role in skip:
            continue
        if turn.role == "caption":
            out.append(f'<figure style="margin:2mm 0"><div class="photo" style="height:30mm"></div><figcaption>{text}</figcaption></figure>')
        elif turn.role == "subhead":
            out.append(f"<h3>{text}</h3>")
        elif turn.role == "byline":
            out.append(f'<div style="font:9pt/1.6 \'Noto Sans CJK SC\';text-align:center">{text}</div>')
        else:
            out.append(f"<p>{text}</p>")
    return "".join(out)


_HEADS = ("banner", "kicker", "headline", "deck")


def _head(issue: Issue, article: Interview, level: str, skip: tuple[str, ...] = ()) -> str:
    out = ""
    for turn in article.turns:
        text = escape(turn.span.of(issue.text))
        if turn.role in skip or turn.role not in _HEADS:
            continue
        if turn.role == "headline":
            out += f"<{level} style='text-align:center'>{text}</{level}>"
        else:
            out += f'<div class="kicker">{text}</div>'
    return out


def _columns(count: int, inner: str, style: str = "") -> str:
    return f'<div class="cols" style="column-count:{count};{style}">{inner}</div>'


def stacked(issue: Issue, articles: tuple[Interview, ...]) -> list[str]:
    """One article above the other, each over the whole width in four columns."""
    parts = [f'<div style="margin-bottom:10mm">{_head(issue, a, "h1")}{_columns(4, _column(issue, a, _HEADS))}</div>' for a in articles]
    return [sheet(*parts)]


def beside(issue: Issue, articles: tuple[Interview, ...]) -> list[str]:
    """Two articles beside each other, each in three narrow columns with rules between them."""
    cells = [f'<div>{_head(issue, a, "h2")}{_columns(3, _column(issue, a, _HEADS), "column-gap:6mm;column-rule:.5pt solid #555")}</div>' for a in articles]
    return [sheet(f'<div style="display:grid;grid-template-columns:1fr 1fr;gap:10mm">{"".join(cells)}</div>')]


def vertical_heads(issue: Issue, articles: tuple[Interview, ...]) -> list[str]:
    """A page for each article, its headline set vertically, its columns of two widths."""
    out: list[str] = []
    for n, a in enumerate(articles):
        title = next(t.span.of(issue.text) for t in a.turns if t.role == "headline")
        down = f'<div style="writing-mode:vertical-rl;font:900 26pt/1.3 \'Noto Sans CJK SC\';height:190mm">{escape(title)}</div>'
        text = f'<div>{_head(issue, a, "h2", ("headline",))}{_columns(3 + n, _column(issue, a, _HEADS))}</div>'
        sides = f"{down}{text}" if n % 2 == 0 else f"{text}{down}"
        out.append(sheet(f'<div style="display:grid;grid-template-columns:{"auto 1fr" if n % 2 == 0 else "1fr auto"};gap:8mm">{sides}</div>'))
    return out


Setting = Callable[[Issue, tuple[Interview, ...]], list[str]]
SETTINGS: tuple[Setting, ...] = (stacked, beside, vertical_heads)
