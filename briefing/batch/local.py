"""Workers on this machine: one process a core, each with a model of its own, and none that can harm another.

A worker reads and makes one issue at a time and hands the texts back; only the parent writes. So a worker may crash, be
killed, hang or eat all memory: its issue has failed, a new worker takes its place, and no file is touched. When the
parent is killed the workers notice and go.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Literal

from briefing import __version__
from briefing.batch.manifest import Task, content
from briefing.config import Config
from briefing.errors import BriefingError, ModelError
from briefing.translate.engine import Translator

Loader = Callable[[Config], Translator]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
_STARTS = 3
"""How often in a row workers may fail to start before the batch is given up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use."""

    jobs: int = 0
    """Workers; 0 is one for each core that this process may use."""
    seconds: float = 900
    """For one issue."""
    megabytes: int = 3072
    """Of memory; a worker that is over three quarters of it after an issue is replaced."""
    issues: int = 500
    """After which a worker is replaced."""

    @property
    def workers(self) -> int:
        """The number of workers."""
        return self.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task."""

    task: Task
    files: tuple[tuple[str, str], ...] = ()
    """Empty where it failed."""
    reason: str = ""
    kind: str = ""
    """The class of the error: InputError, Withheld, killed, timeout, memory, internal."""
    trace: str = ""
    seconds: float = 0.0
    numbers: int = 0
    unverified: int = 0


def engine(config: Config) -> Translator:
    """The engine that the settings name, on one thread."""
    from briefing.translate.engine import load

    return load(config.engine, threads=1)


class _Worker:
    """One process, its pipe, and what it is doing."""

    def __init__(self, config: Config, loader: Loader, summary: str, strict: bool) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_work, args=(theirs, config, loader, summary, strict), name="briefing-worker", daemon=True
        )
        with _one_thread():
            self.process.start()
        theirs.close()
        self.state: Literal["starting", "idle", "busy"] = "starting"
        self.task: Task | None = None
        self.since = time.monotonic()
        self.made = 0

    def give(self, task: Task) -> None:
        self.task, self.state, self.since = task, "busy", time.monotonic()
        self.pipe.send((str(task.source.path), task.source.content, task.id))

    def kill(self) -> None:
        """End the process and what it started."""
        if self.process.pid is not None and self.process.is_alive():
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg") and os.getpgid(self.process.pid) == self.process.pid:
                    os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
        self.process.join()
        self.pipe.close()

    def retire(self) -> None:
        """Let the process end by itself."""
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.process.join(5)
        self.kill()

    def megabytes(self) -> int:
        """Its memory now; 0 where the system does not tell."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE") // (1 << 20)
        return 0


class Pool:
    """The workers, as a context; `make` says what they make outputs with."""

    def __init__(
        self,
        config: Config,
        limits: Limits = Limits(),
        loader: Loader | None = None,
        *,
        summary: str = "extractive",
        strict: bool = False,
    ) -> None:
        self._config = replace(config, threads=1)
        self._limits, self._loader, self._summary, self._strict = limits, loader or engine, summary, strict
        self._workers: list[_Worker] = []
        self._starts = 0
        self.make = ""
        """Version, engine, model, prompts and settings: part of the key of each output."""

    def __enter__(self) -> Pool:
        self._start()
        try:
            while not self.make:
                for _ in self._step(0.5):
                    pass
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """The outcome of each task, as it comes."""
        waiting = deque(tasks)
        open_tasks = len(waiting)
        while open_tasks:
            busy = sum(w.state == "busy" for w in self._workers)
            while len(self._workers) < min(self._limits.workers, busy + len(waiting)):
                self._start()
            for worker in self._workers:
                if waiting and worker.state == "idle":
                    task = waiting.popleft()
                    try:
                        worker.give(task)
                    except OSError:
                        waiting.appendleft(task)
                        worker.state, worker.task = "starting", None
            for outcome in self._step(0.25):
                open_tasks -= 1
                yield outcome

    def _start(self) -> None:
        self._workers.append(_Worker(self._config, self._loader, self._summary, self._strict))

    def _step(self, seconds: float) -> Iterator[Outcome]:
        """What happens within `seconds`."""
        handles = [w.pipe for w in self._workers] + [w.process.sentinel for w in self._workers]
        ready = set(wait(handles, seconds))
        for worker in list(self._workers):
            if worker.pipe in ready:
                yield from self._hear(worker)
            elif worker.process.sentinel in ready:
                yield from self._lost(worker, _ended(worker.process), "killed")
            elif worker.state == "busy" and time.monotonic() - worker.since > self._limits.seconds:
                yield from self._lost(worker, f"it took more than {self._limits.seconds:g} seconds", "timeout")
            elif worker.state == "busy" and worker.megabytes() > self._limits.megabytes:
                yield from self._lost(worker, f"it took more than {self._limits.megabytes} MB of memory", "memory")

    def _hear(self, worker: _Worker) -> Iterator[Outcome]:
        try:
            kind, told = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(worker, _ended(worker.process), "killed")
            return
        if kind == "ready":
            self._starts = 0
            self.make = self.make or told
            worker.state = "idle"
        elif kind == "broken":
            raise told if isinstance(told, BriefingError) else ModelError(f"no worker can start: {told}")
        else:
            assert worker.task is not None
            outcome = replace(told, task=worker.task)
            worker.task, worker.state, worker.made = None, "idle", worker.made + 1
            if worker.made >= self._limits.issues or worker.megabytes() > self._limits.megabytes * 3 // 4:
                self._workers.remove(worker)
                worker.retire()
            yield outcome

    def _lost(self, worker: _Worker, reason: str, kind: str) -> Iterator[Outcome]:
        self._workers.remove(worker)
        task, starting, since = worker.task, worker.state == "starting", worker.since
        worker.kill()
        if task is not None:
            yield Outcome(task, (), reason, kind, "", time.monotonic() - since)
        elif starting:
            self._starts += 1
            if self._starts >= _STARTS:
                raise ModelError(f"no worker can start: {reason}")
            self._start()

    def _end(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """The environment of a process that is to leave the other cores alone."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _ended(process: SpawnProcess) -> str:
    """How a worker ended; it closes its pipes some time before it is gone, so that joining it does not wait."""
    end = time.monotonic() + 15
    while process.exitcode is None and time.monotonic() < end:
        time.sleep(0.01)
    code = process.exitcode
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            hint = ", perhaps for want of memory" if name == "SIGKILL" else ""
            return f"the worker was ended by {name}{hint}"
    return "the worker broke off" if code is None else f"the worker ended with code {code}"


def _work(pipe: Connection, config: Config, loader: Loader, summary: str, strict: bool) -> None:
    """A worker: make what is asked until there is no parent left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        from briefing.pipeline import summariser
        from briefing.summarise.prompting import prompts_hash

        translator = loader(config)
        summarise = summariser(config, summary)
        model = (translator.name, translator.model_hash)
        terms = content(Path(config.glossary)) if config.glossary else ""
        made = (__version__, *model, prompts_hash(), config.signature(), terms, summary, strict)
        pipe.send(("ready", repr(made)))
    except BriefingError as error:
        pipe.send(("broken", error))
        return
    except Exception as error:
        pipe.send(("broken", repr(error)))
        return
    while True:
        try:
            wanted = pipe.recv()
        except (EOFError, OSError):
            return
        if wanted is None:
            return
        begun = time.monotonic()
        path, known, name = wanted
        outcome = _make(path, known, name, config, translator, summarise, strict)
        try:
            pipe.send(("made", replace(outcome, seconds=round(time.monotonic() - begun, 3))))
        except (BrokenPipeError, OSError):
            return


def _leave_with_parent() -> None:
    """End at once when the parent is gone, whatever the other threads are doing."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _make(
    path: str, known: str, name: str, config: Config, translator: Translator, summarise: Any, strict: bool
) -> Outcome:
    """One issue; every error is an outcome."""
    from briefing import pipeline
    from briefing.errors import Withheld
    from briefing.ingest import read
    from briefing.render.plural import counted
    from briefing.segment.layout import reflow

    nothing: Any = None
    try:
        issue = replace(reflow(read(Path(path))), id=name)
        if content(Path(path)) != known:
            return Outcome(nothing, (), "it changed while the batch ran: run the batch again", "changed")
        result = pipeline.brief(issue, config, translator, summarise=summarise)
        alarms = [f for f in result.brief.findings if f.severity != "note"]
        doubtful = [f for f in alarms if f.code.startswith(("N-", "D-", "S-DOUBTFUL"))]
        if strict and doubtful:
            raise Withheld(f"{counted(len(doubtful), 'finding')}, the first {doubtful[0].code} at {doubtful[0].unit}")
        numbers = sum(section.count.brief for section in result.page.sections)
        return Outcome(nothing, result.files, numbers=numbers, unverified=len(doubtful))
    except BriefingError as error:
        return Outcome(nothing, (), str(error), type(error).__name__)
    except MemoryError:
        return Outcome(nothing, (), "there was not enough memory", "memory")
    except OSError as error:
        return Outcome(nothing, (), f"it cannot be read: {error.strerror or error}", "InputError")
    except Exception as error:
        told = f"an internal error: {type(error).__name__}: {error}"
        return Outcome(nothing, (), told[:500], "internal", "".join(traceback.format_exception(error))[-4000:])
    finally:
        sys.stdout.flush()
