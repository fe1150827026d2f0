"""The bars of a page as inline SVG: elements of svg.py, which know nothing of a colour, a style or a script.

svg.py writes texts and attributes as they come, so each is escaped by MarkupSafe before it becomes one, as Jinja2
does with the rest of the page. Classes carry the colours: they follow the page into the dark and onto paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import svg

if TYPE_CHECKING:
    from markupsafe import Markup

HEIGHT = 12
"""Of a bar, in CSS pixels; its width is that of the place it stands in."""


def bar(
    kind: Literal["done", "goal"], name: str, title: str, *, solid: int, reach: int = 0, description: str = ""
) -> Markup:
    """A bar that is solid up to `solid` and hatched from there to `reach`, in percent of its place.

    `name` makes the ids of its title and description, by which a screen reader tells what it shows.

    >>> drawn = bar("goal", "f1-bar", "up <5%", solid=50)
    >>> '<title id="f1-bar-title">up &lt;5%</title>' in drawn, 'class="bar goal" role="img"' in drawn
    (True, True)
    """
    from markupsafe import Markup

    parts: list[svg.Element] = [svg.Title(id=_safe(f"{name}-title"), text=_safe(title))]
    if description:
        parts.append(svg.Desc(id=_safe(f"{name}-desc"), text=_safe(description)))
    labels = " ".join(part.id for part in parts if part.id)
    if reach > solid:
        parts.append(_stretch("reach", reach))
    parts.append(_stretch("solid", solid))
    drawn = svg.SVG(
        xmlns=None,  # the page is HTML, whose parser knows the element
        class_=["bar", kind],
        width=svg.Length(100, "%"),
        height=HEIGHT,
        extra={"role": "img", "aria-labelledby": labels},
        elements=parts,
    )
    return Markup(drawn.as_str())


def _stretch(look: str, share: int) -> svg.Rect:
    return svg.Rect(class_=[look], x=0, y=1, width=svg.Length(share, "%"), height=HEIGHT - 2)


def _safe(text: str) -> str:
    """`text` as it may stand in an element or a quoted attribute."""
    from markupsafe import escape

    return str(escape(text))
