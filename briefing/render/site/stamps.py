"""What a page was made from, as one hash: a page whose stamp is that of the last build is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from briefing import __version__
from briefing.render.site.records import Entry, Item
from briefing.render.site.registers import FigureLine, PledgeLine

_PARTS = ("templates", "data/topics.toml", "data/pinyin.txt", "render")


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the site: where it goes, what it depends on, and how to make it."""

    path: str
    stamp: str
    make: Callable[[], bytes]


def stamp(keys: Mapping[str, str], *values: object) -> str:
    """The hash of `values`; an Entry and what belongs to one count by the content key of the issue."""
    total = sha256(code())
    for piece in _pieces(values, keys):
        total.update(piece.encode("utf8", "surrogatepass") + b"\0")
    return total.hexdigest()[:32]


def _pieces(value: object, keys: Mapping[str, str]) -> Iterable[str]:
    match value:
        case None | str() | int() | date():
            yield repr(value)
        case Entry():
            yield keys[value.slug]
        case Item():
            yield value.id
        case FigureLine():
            yield f"{keys[value.entry.slug]} {value.record.id}"
        case PledgeLine():
            yield f"{keys[value.entry.slug]} {value.record.id} {value.standing}"
        case Mapping():
            for name, inner in value.items():
                yield f"{name}="
                yield from _pieces(inner, keys)
        case Sequence():
            yield f"[{len(value)}"
            for inner in value:
                yield from _pieces(inner, keys)
        case _ if is_dataclass(value):
            yield type(value).__name__
            for spec in fields(value):
                yield from _pieces(getattr(value, spec.name), keys)
        case _:
            raise TypeError(f"no stamp for {type(value).__name__}")


@cache
def code() -> bytes:
    """The version, and the hash of the templates and of the modules that make pages."""
    total = sha256(__version__.encode("utf8"))
    for part in _PARTS:
        for name, data in sorted(_files(resources.files("briefing").joinpath(part), part)):
            total.update(f"\0{name}\0".encode() + data)
    return total.digest()


def _files(place: Traversable, name: str) -> list[tuple[str, bytes]]:
    if place.is_file():
        return [(name, place.read_bytes())] if not name.endswith(".pyc") else []
    return [found for child in place.iterdir() for found in _files(child, f"{name}/{child.name}")]
