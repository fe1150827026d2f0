"""Briefs on disk: brief.md, brief.json and check.json in one folder an issue, written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from briefing.errors import InputError
from briefing.model import Brief
from briefing.spans import Span

T = TypeVar("T")
SCHEMA = "briefing/brief/1"
CHECK_SCHEMA = "briefing/check/1"


def encode(value: Any) -> Any:
    """`value` as plain JSON: spans as [start, stop], amounts and dates as strings.

    >>> encode((Span(1, 2), Decimal("1.50"), None))
    [[1, 2], '1.50', None]
    """
    if isinstance(value, Span):
        return [value.start, value.stop]
    if is_dataclass(value):
        return {spec.name: encode(getattr(value, spec.name)) for spec in fields(value)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    return value


def decode(kind: Any, value: Any) -> Any:
    """The inverse of `encode` for a value of the type `kind`; ValueError or KeyError when it does not fit.

    A field that is absent takes its default, so that files from before the field was there can be read.

    >>> decode(tuple[Span, ...], [[1, 2]])
    (Span(start=1, stop=2),)
    """
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if value is None else decode(next(a for a in args if a is not type(None)), value)
    if origin is typing.Literal:
        if value not in args:
            raise ValueError(f"{value!r} is none of {args}")
        return value
    if origin is tuple:
        inner = [args[0]] * len(value) if args[1:] == (Ellipsis,) else list(args)
        return tuple(decode(k, v) for k, v in zip(inner, value, strict=True))
    if kind is Span:
        start, stop = value
        return Span(start, stop)
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is float and type(value) is int:
        return float(value)
    if is_dataclass(kind):
        given = {
            name: decode(hint, value[name])
            for name, hint, needed in _spec(typing.cast(type, kind))
            if needed or name in value
        }
        return typing.cast(Any, kind)(**given)
    if not isinstance(value, kind):
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


@cache
def _spec(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """The name and type of each field of a dataclass, and whether it has no default; looked up once a class."""
    hints = typing.get_type_hints(kind)
    return tuple((spec.name, hints[spec.name], spec.default is MISSING) for spec in fields(kind))


def dumps(value: Any) -> str:
    """`value` as indented JSON text with a final newline."""
    return json.dumps(encode(value), ensure_ascii=False, indent=1) + "\n"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write `files` (name to text) into `folder`, each whole or not at all, in the given order.

    A reader of the folder never meets half a file: each is written beside its place, flushed to disk
    and renamed. Other files in the folder are left alone. OSError where the disk or the rights fail.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ready: list[tuple[str, Path]] = []
    try:
        for name, text in files.items():
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            ready.append((temporary, folder / name))
            with os.fdopen(handle, "w", encoding="utf8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(0o644)
        while ready:
            temporary, target = ready[0]
            Path(temporary).replace(target)
            ready.pop(0)
    finally:
        for temporary, _ in ready:
            Path(temporary).unlink(missing_ok=True)


def read(path: Path) -> Brief:
    """The Brief in the brief.json at `path`; InputError when it is missing, damaged or of another schema."""
    try:
        found = json.loads(path.read_text(encoding="utf8"))
        if found["schema"] != SCHEMA:
            raise ValueError(f"its schema is {found['schema']!r}, not {SCHEMA!r}")
        brief = decode(Brief, found["brief"])
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist: run `briefing run` first") from error
    except (OSError, ValueError, KeyError, TypeError, StopIteration, ArithmeticError, RecursionError) as error:
        raise InputError(f"{path} is no brief.json of this version ({error}): run `briefing run` again") from error
    assert isinstance(brief, Brief)
    return brief
