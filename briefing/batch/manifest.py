"""What a batch has to do and has done: every input with its content, its id and the outcome, kept in a journal.

An outcome is known by its key: the content of the input, the settings, the model and the version of briefing. Whatever
is done under the same key is not done again. An entry is written when the files of its issue are on disk, so that a
crash at any moment leaves an issue done or to be done, never half done.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from briefing import store
from briefing.errors import BriefingError, InputError
from briefing.ingest import MAX_BYTES, issue_id
from briefing.ingest import read as read_issue
from briefing.ledger import Journal, read

NAME = "manifest.jsonl"
_PASSED = (".part", ".tmp", ".crdownload", "~")
"""Endings of files that are still being written."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input file as it was found."""

    path: Path
    """Absolute."""
    content: str
    """SHA-256 of its bytes, "" if it cannot be read."""
    fault: str = ""
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The last that is known of one input."""

    path: str
    id: str
    key: str
    state: Literal["done", "failed"]
    reason: str = ""
    files: tuple[str, ...] = ()
    tag: str = ""
    """What the batch was made for; `briefing publish` finds its own by it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One issue that is to be made."""

    source: Source
    id: str
    """The folder of its outputs."""
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All inputs, sorted by what is to be done with them."""

    todo: tuple[Task, ...]
    kept: tuple[Task, ...]
    """Done before, under the same key."""
    failed: tuple[tuple[Task, str], ...]
    """Failed before under the same key, each with the reason; not tried again without being asked."""
    same: tuple[tuple[Source, Path], ...] = ()
    """Inputs with the name and content of another one, and that one."""


class Manifest:
    """The manifest of the folder `out`, held by this process alone, or only read with `write` False."""

    def __init__(self, out: Path, *, write: bool = True) -> None:
        self.out = out
        self._journal = Journal(out / NAME) if write else None
        self._claims: dict[str, tuple[str, str]] = {}  # path -> (the id that its name gives, the id that it has)
        self._owners: dict[str, str] = {}  # folded id -> path
        self._content: dict[str, str] = {}  # path -> content when it was claimed or done
        self.entries: dict[str, Entry] = {}
        """By id."""
        self.records: list[dict[str, Any]] = []
        """Everything else that was noted, oldest first."""
        for record in self._journal.records if self._journal else read(out / NAME):
            self._learn(dict(record))

    def _learn(self, record: dict[str, Any]) -> None:
        kind = record.get("kind")
        try:
            if kind == "claim":
                self._claims[record["path"]] = (record["base"], record["id"])
                self._owners[record["id"].casefold()] = record["path"]
                self._content[record["path"]] = record["content"]
            elif kind in ("done", "failed"):
                entry = Entry(record["path"], record["id"], record["key"], kind, record.get("reason", ""),
                              tuple(record.get("files", ())), record.get("tag", ""))  # fmt: skip
                self.entries[entry.id] = entry
                self._content[entry.path] = record["content"]
            self.records.append(record)
        except (KeyError, AttributeError) as error:
            raise InputError(f"{self.out / NAME} holds an entry without {error}: is it a manifest?") from error

    def plan(self, sources: Sequence[Source], make: str, *, retry: bool = False) -> Plan:
        """What is to be done with `sources`; `make` stands for all that changes an output but the input itself.

        Ids are given out here, in the order of `sources`, and are on disk before any output is.
        """
        todo: list[Task] = []
        kept: list[Task] = []
        failed: list[tuple[Task, str]] = []
        same: list[tuple[Source, Path]] = []
        claims: list[dict[str, Any]] = []
        here = {str(source.path) for source in sources}
        for source in sources:
            name, twin = self._name(source, claims, here)
            if twin:
                same.append((source, Path(twin)))
                continue
            task = Task(source, name, sha256(f"{source.content}\0{make}".encode()).hexdigest()[:24])
            entry = self.entries.get(name)
            if source.fault:
                failed.append((task, source.fault))
            elif entry is None or entry.key != task.key or (entry.state == "failed" and retry):
                todo.append(task)
            elif entry.state == "failed":
                failed.append((task, entry.reason))
            elif not all((self.out / name / file).is_file() for file in entry.files):
                todo.append(task)
            else:
                kept.append(task)
        if self._journal is not None:
            self._journal.extend(claims)
            for task in todo:
                _tidy(self.out / task.id)
        return Plan(tuple(todo), tuple(kept), tuple(failed), tuple(same))

    def _name(self, source: Source, claims: list[dict[str, Any]], here: Set[str]) -> tuple[str, str]:
        """The id of `source`, and the path of the input in `here` that is the same, if one is.

        An input that was moved keeps the id that it had at its old place.
        """
        path = str(source.path)
        base = issue_id(source.path.name, source.content.encode("ascii"))
        known = self._claims.get(path)
        if known is not None and known[0] == base and self._owners.get(known[1].casefold()) == path:
            return known[1], ""
        whole = sha256(path.encode("utf8", "replace")).hexdigest()
        for name in (base, f"{base}-{source.content[:8]}", f"{base}-{whole}"):
            owner = self._owners.get(name.casefold(), "")
            twin = self._content.get(owner) == source.content and Path(owner).name == source.path.name
            if twin and owner in here:
                return name, owner
            if twin or (not owner and not self._foreign(name, source)):
                record = {"kind": "claim", "path": path, "base": base, "id": name, "content": source.content}
                claims.append(record)
                self._learn(record)
                return name, ""
        raise InputError(f"{path}: no free name is left for it in {self.out}")

    def _foreign(self, name: str, source: Source) -> bool:
        """Whether a brief stands under `name` that no batch made and that is of another text."""
        folder = self.out / name
        if not folder.exists():
            return False
        file = folder / "brief.json"
        if not file.is_file():
            return any(folder.iterdir()) if folder.is_dir() else True
        try:
            return store.read(file).issue.raw != read_issue(source.path).raw
        except (BriefingError, OSError):
            return True

    def done(self, task: Task, files: Sequence[tuple[str, str]], told: dict[str, Any], tag: str = "") -> None:
        """Write the files of `task`, then its entry."""
        store.write(self.out / task.id, dict(files))
        hashes = {name: sha256(text.encode("utf8")).hexdigest() for name, text in files}
        self._note("done", task, {**told, "files": hashes, **({"tag": tag} if tag else {})})

    def fail(self, task: Task, reason: str, told: dict[str, Any]) -> None:
        """Write that `task` failed, and why; what an earlier run made of it stands."""
        self._note("failed", task, {"reason": reason, **told})

    def _note(self, kind: str, task: Task, told: dict[str, Any]) -> None:
        self.note({"kind": kind, "path": str(task.source.path), "id": task.id, "key": task.key,
                   "content": task.source.content, **told})  # fmt: skip

    def note(self, record: dict[str, Any]) -> None:
        """Write `record`; it is on disk when this returns."""
        if self._journal is not None:
            self._journal.append(record)
        self._learn(record)

    def close(self) -> None:
        """Give the manifest up to other runs."""
        if self._journal is not None:
            self._journal.close()


def _tidy(folder: Path) -> None:
    """Delete what a killed run was writing when it was killed."""
    for left in (*folder.glob(".brief.*"), *folder.glob(".check.*")):
        with contextlib.suppress(OSError):
            left.unlink()


def sources(place: Path, out: Path, known: dict[Path, tuple[tuple[int, int], Source]] | None = None) -> list[Source]:
    """The inputs in the folder `place`, or those that the list `place` names, sorted by path.

    An input is what `briefing run` takes: a file, or a folder with the files of one issue. Hidden ones, those whose
    name says that they are still being written, and `out` are passed over. `known` keeps what was read, so that what
    did not change is not read again.
    """
    made = out.resolve()
    return [_source(path, known) for path in dict.fromkeys(_paths(place)) if made != path and made not in path.parents]


def _paths(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(path for path in place.resolve().iterdir() if _wanted(path.name))
        return
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise InputError(f"{place} does not exist: give a folder of issues, or a file with one path a line") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{place} is no list: give a folder of issues, or a file with one path a line") from error
    listed = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    paths = [(place.parent / line).resolve() if len(line) < 4096 and "\0" not in line else place for line in listed]
    if listed and not _exists(paths[0]):
        raise InputError(f"{place}: its first line is no path of a file: for one issue use `briefing run {place}`")
    yield from sorted(paths)


def content(path: Path) -> str:
    """SHA-256 of the bytes of a file, or of the names and bytes of all files in a folder."""
    if not path.is_dir():
        return sha256(path.read_bytes()).hexdigest()
    told = sha256()
    for file in _files(path):
        name = file.relative_to(path).as_posix().encode("utf8", "surrogateescape")
        told.update(name + b"\0" + sha256(file.read_bytes()).digest())
    return told.hexdigest()


def _files(path: Path) -> list[Path]:
    """The files of an input, sorted."""
    if not path.is_dir():
        return [path]
    out: list[Path] = []
    for folder, names, files in os.walk(path):
        names[:] = sorted(name for name in names if _wanted(name))
        out += [Path(folder) / name for name in sorted(files) if _wanted(name)]
    return out


def _wanted(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_PASSED)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _source(path: Path, known: dict[Path, tuple[tuple[int, int], Source]] | None) -> Source:
    try:
        files = _files(path)
        found = [file.stat() for file in files]
        stamp = (sum(f.st_size for f in found), max((f.st_mtime_ns for f in found), default=0))
        if known is not None and path in known and known[path][0] == stamp:
            return known[path][1]
        for file, status in zip(files, found, strict=True):
            if status.st_size > MAX_BYTES:
                return Source(path, "", f"{file.name} has {status.st_size:,} bytes, more than {MAX_BYTES:,}")
        source = Source(path, content(path))
    except OSError as error:
        return Source(path, "", f"it cannot be read: {error.strerror or error}")
    if known is not None:
        known[path] = (stamp, source)
    return source
