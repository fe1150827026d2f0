"""HTML pages: the brief with its source beside it, and what other pages share.

Everything is escaped by Jinja2; control and direction characters of a source are dropped on the way out. A page
needs no script, names no other host and says so in its Content-Security-Policy. On a site the style sheet is a
file beside the pages (`style-src 'self'`). A brief.html that stands alone carries it inside, so that it can be
mailed or moved as one file; its policy then allows that one `style` element by its hash and nothing else.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from briefing import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

STYLESHEET = "briefing.css"
"""The name of the style sheet in briefing/templates/assets and beside the pages of a site."""
_DROPPED = {
    code: None
    for code in (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F,
                 *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation at the top of a page."""

    href: str
    zh: str
    en: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page points to outside itself; relative addresses made by us, never text of a source."""

    stylesheet: str = ""
    """The address of the style sheet; "" puts it inside the page."""
    nav: tuple[NavItem, ...] = ()
    downloads: tuple[tuple[str, str], ...] = ()
    """Address and name of the same brief in other formats."""
    canonical: str = ""
    alternate: tuple[tuple[str, str, str], ...] = ()
    """Media type, address and title of feeds and other formats."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The style sheet as a page names it."""

    href: str
    css: Any
    policy: str
    """The whole Content-Security-Policy of the page."""


def inert(value: object) -> object:
    """`value` without control and direction characters, if it is text; what Jinja2 does to each expression."""
    return value.translate(_DROPPED) if isinstance(value, str) else value


@cache
def environment() -> Environment:
    """The Jinja2 environment of all HTML: escapes everything, fails on an undefined name."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("briefing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals["version"] = __version__
    env.globals["labels"] = env.get_template("labels.html").module
    return env


@cache
def css() -> str:
    """The text of the style sheet."""
    return resources.files("briefing").joinpath("templates", "assets", STYLESHEET).read_text(encoding="utf8")


def sheet(links: Links) -> Sheet:
    """How a page with these links gets its style, and the policy that allows it and nothing else."""
    from markupsafe import Markup

    common = "base-uri 'none'; form-action 'none'"
    if links.stylesheet:
        return Sheet(links.stylesheet, "", f"default-src 'none'; style-src 'self'; img-src 'self'; {common}")
    text = css()
    digest = base64.b64encode(sha256(text.encode("utf8")).digest()).decode("ascii")
    return Sheet("", Markup(text), f"default-src 'none'; style-src 'sha256-{digest}'; {common}")


def render(template: str, links: Links, **context: object) -> str:
    """The page made by `template` (which extends base.html) with `links` and `context`."""
    return environment().get_template(template).render(links=links, sheet=sheet(links), **context)
