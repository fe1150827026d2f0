"""The files of a site on disk: made beside it, put in place one by one, and no others ever touched.

A folder is ours when it holds the manifest `MARKER`, which lists every file that we wrote. A new state is
written whole into a folder of its own inside the site; only when nothing can fail any more are the files moved
to their places, each in one step: pages first, then the indexes that link to them, then stale files go, then
the manifest. If that is cut off, the manifest still lists all that may be there, and the next build repairs it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from briefing.errors import InputError

MARKER = "briefing-site.json"
SCHEMA = "briefing/site/1"
_STAGE = ".briefing-stage-"
_PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last build wrote."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Path to the SHA-256 of its bytes; "" for one that was being written."""
    issues: Mapping[str, str] = field(default_factory=dict)
    """Slug of an issue to the key of what its page was made from."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Path of any other page to the stamp of what it was made from."""
    search: str = ""
    """The key of what the search index was made from, "" without one."""

    def dump(self) -> bytes:
        """As JSON, the same bytes for the same content."""
        whole = {
            "schema": SCHEMA,
            "note": "Written by `briefing site`; marks this folder as its own. Do not edit.",
            "search": self.search,
            "issues": dict(sorted(self.issues.items())),
            "pages": dict(sorted(self.pages.items())),
            "files": dict(sorted(self.files.items())),
        }
        return (json.dumps(whole, indent=0) + "\n").encode("utf8")


def manifest(site: Path) -> Manifest:
    """The manifest of the site at `site`, empty for a new one; InputError for a folder that is not ours."""
    if not site.exists() and not site.is_symlink():
        return Manifest()
    if not site.is_dir():
        raise InputError(f"{site} is a file, not a folder: give another --to")
    path = site / MARKER
    if not path.exists():
        if any(not name.name.startswith(_STAGE) for name in site.iterdir()):
            raise InputError(
                f"{site} is not empty and was not made by `briefing site` (it has no {MARKER}): "
                "nothing was changed; give another --to, or empty it yourself"
            )
        return Manifest()
    try:
        found = json.loads(path.read_text(encoding="utf8"))
        if found["schema"] != SCHEMA:
            raise ValueError(f"its schema is {found['schema']!r}, not {SCHEMA!r}")
        files, issues, pages = found["files"], found["issues"], found.get("pages", {})
        if not all(isinstance(v, str) for d in (files, issues, pages) for v in d.values()):
            raise ValueError("a hash is no text")
        if strange := next((name for name in files if not _PATH.fullmatch(name)), None):
            raise ValueError(f"it lists {strange!r}")
        return Manifest(files, issues, pages, str(found["search"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path} cannot be used ({error}): nothing was changed; delete {site} and build it anew"
        ) from error


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return sha256(data).hexdigest()


class Stage:
    """A new state of the site, before it is put in place."""

    def __init__(self, site: Path, old: Manifest, folder: Path) -> None:
        self.site = site
        self.old = old
        self.folder = folder
        self.files: dict[str, str] = {}
        self.changed: list[str] = []

    def intact(self, *paths: str) -> bool:
        """Whether all of these stand in the site as the last build left them."""
        return all(self.old.files.get(path) and self._hash(path) == self.old.files[path] for path in paths)

    def keep(self, *paths: str) -> None:
        """Take over files that stand in the site, unchanged."""
        for path in paths:
            self.files[path] = self.old.files[path]

    def read(self, path: str) -> bytes:
        """A file of the site as it stands."""
        return (self.site / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Add a file; one that stands in the site with the same bytes is left alone."""
        assert _PATH.fullmatch(path) and path not in self.files and path != MARKER, path
        target = self.site / path
        known = path in self.old.files
        if not known and (target.exists() or target.is_symlink()):
            raise InputError(f"{target} was not written by `briefing site`: nothing was changed; move it away first")
        self.files[path] = digest(data)
        if known and self._hash(path) == self.files[path]:
            return
        staged = self.folder / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        self.changed.append(path)

    def commit(self, issues: Mapping[str, str], pages: Mapping[str, str], search: str) -> list[str]:
        """Put the new state in place; the paths of stale files that went."""
        stale = [path for path in self.old.files if path not in self.files]
        root = self.site.resolve()
        for parent in {(self.site / path).parent for path in (*self.changed, *stale)}:
            if not parent.resolve().is_relative_to(root):
                raise InputError(f"{parent} leads out of {self.site}: nothing was changed; remove that link first")
            if parent.exists() and not parent.is_dir():
                raise InputError(f"{parent} is a file where a folder is needed: nothing was changed; move it away")
        new = Manifest(self.files, issues, pages, search)
        if self.changed or stale or self.old != new:
            # Between the two manifests any file of either state may be there; both are listed as ours.
            self._put(MARKER, Manifest({**self.old.files, **dict.fromkeys(self.changed, "")}, self.old.issues).dump())
            for path in sorted(self.changed, key=lambda path: (_rank(path), path)):
                target = self.site / path
                target.parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).replace(target)
            for path in stale:
                (self.site / path).unlink(missing_ok=True)
            for parent in sorted({(self.site / path).parent for path in stale}, reverse=True):
                self._prune(parent)
            self._put(MARKER, new.dump())
        return stale

    def _put(self, path: str, data: bytes) -> None:
        staged = self.folder / path
        staged.write_bytes(data)
        staged.replace(self.site / path)

    def _prune(self, folder: Path) -> None:
        while folder != self.site:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _hash(self, path: str) -> str:
        try:
            return digest((self.site / path).read_bytes())
        except OSError:
            return ""


def _rank(path: str) -> int:
    """Pages that others link to come before those others."""
    if path.startswith("assets/"):
        return 0
    if path.startswith("search/"):
        return 2 if path.endswith("entry.json") else 1
    return 3 if path.startswith("issues/") else 4 if "/" in path else 5


@contextlib.contextmanager
def stage(site: Path) -> Iterator[Stage]:
    """A Stage for the site at `site`, which nobody else builds meanwhile. Without a commit nothing changes."""
    old = manifest(site)
    fresh = not site.exists()
    site.mkdir(parents=True, exist_ok=True)
    try:
        with _locked(site):
            for left in site.glob(f"{_STAGE}*"):
                shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix=_STAGE, dir=site))
            try:
                yield Stage(site, old, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        if fresh:
            with contextlib.suppress(OSError):
                site.rmdir()


@contextlib.contextmanager
def _locked(site: Path) -> Iterator[None]:
    """Holds the folder; InputError where another build holds it. Without flock (Windows) it holds nothing."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover
        yield
        return
    handle = os.open(site, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(f"another `briefing site` is building {site}: wait for it to end") from error
        yield
    finally:
        os.close(handle)
