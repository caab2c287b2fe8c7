"""Long work started from a page: the command lines that the page prints, run one after another in child processes.

A child is the same program as on the command line, which may be killed at any moment without harm to a case; so cancelling is
killing, and a fault in it cannot take the server down. Its progress comes as lines of JSON on its stderr (see cli/bars.py).
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from inconcert.errors import InconcertError
from inconcert.progress import MARK

GRACE_S = 10.0
"""Time a cancelled child has to end by itself."""
_LINES = 400
_KEPT = 50
_NOT_STARTED = 2
"""Exit code of a step that never ran, as of input that cannot be used."""


class Busy(InconcertError):
    """A case on which something runs already."""


@dataclass(frozen=True)
class Step:
    """One command line. arguments: what follows `inconcert`, as run.   shown: as the page prints it."""

    arguments: tuple[str, ...]
    shown: tuple[str, ...]

    def __str__(self) -> str:
        return shlex.join(["inconcert", *self.shown])


def step(*arguments: str) -> Step:
    """A step that is printed as it is run."""
    return Step(arguments, arguments)


@dataclass
class Job:
    """Work on one case.   state: "running", "done", "failed" or "cancelled".   stage, done, total, rows: progress of the step at work.

    said: lines of all steps, newest last; those that a child wrote on stderr are marked.   code: exit code of the last step that ended.
    after: where the page leads when it is done.   brought: folder of files brought for it, removed at its end.
    """

    id: str
    case: str
    title: str
    steps: tuple[Step, ...]
    after: str
    started_at: datetime
    brought: Path | None = None
    state: str = "running"
    number: int = 0
    stage: str = ""
    done: int = 0
    total: int | None = None
    rows: int | None = None
    code: int | None = None
    said: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=_LINES))
    child: subprocess.Popen[str] | None = None

    @property
    def share(self) -> float | None:
        """Of the step at work, from 0 to 1; None when unknown."""
        return min(1.0, self.done / self.total) if self.total else None


class Jobs:
    """Work of this server, by id; one at a time a case."""

    def __init__(self, root: Path, clock: Callable[[], datetime]) -> None:
        self._root, self._clock = root, clock
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def get(self, id: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(id)

    def of_case(self, case: str) -> Job | None:
        """What runs on a case now."""
        return next((job for job in self._jobs.values() if job.case == case and job.state == "running"), None)

    def newest(self) -> list[Job]:
        """All of them, the newest first."""
        return list(reversed(self._jobs.values()))

    def start(self, case: str, title: str, steps: Sequence[Step], *, after: str, brought: Path | None = None) -> Job:
        """Begin; Busy when something runs on the case already."""
        with self._lock:
            if (other := self.of_case(case)) is not None:
                raise Busy(f"Something runs on {case} already: {other.title}. Wait until it ends, or cancel it.")
            job = Job(secrets.token_hex(6), case, title, tuple(steps), after, self._clock(), brought)
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.state != "running"][:-_KEPT]:
                del self._jobs[old]
        threading.Thread(target=self._work, args=(job,), name=f"job {job.id}", daemon=True).start()
        return job

    def cancel(self, job: Job) -> None:
        """End its child: politely, and after GRACE_S for good."""
        with self._lock:
            if job.state != "running":
                return
            job.state = "cancelled"
            child = job.child
        if child is not None:
            _end(child)

    def close(self) -> None:
        """Cancel everything; the server ends."""
        for job in self.newest():
            self.cancel(job)

    def _work(self, job: Job) -> None:
        try:
            for number, one in enumerate(job.steps):
                if not self._begin(job, number, one):
                    break
                child = job.child
                if child is None or child.stdout is None or child.stderr is None:
                    raise RuntimeError("a child without pipes")
                out = threading.Thread(target=_hear, args=(job, child.stdout, "result"), daemon=True)
                out.start()
                _hear(job, child.stderr, "note")
                out.join()
                job.code = child.wait()
                if job.code:
                    break
        finally:
            with self._lock:
                if job.state == "running":
                    job.state = "failed" if job.code else "done"
                job.child = None
            if job.brought is not None:
                shutil.rmtree(job.brought, ignore_errors=True)

    def _begin(self, job: Job, number: int, one: Step) -> bool:
        with self._lock:  # a job cancelled between two steps begins no further one
            if job.state != "running":
                return False
            job.number, job.stage, job.done, job.total, job.rows = number, "", 0, None, None
            job.said.append(("command", str(one)))
            try:
                job.child = subprocess.Popen(
                    [sys.executable, "-m", "inconcert", *one.arguments],
                    cwd=self._root,
                    env={**os.environ, "INCONCERT_PROGRESS": "json", "PYTHONUNBUFFERED": "1"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:  # an argument that is too long, or holds a NUL
                job.code = _NOT_STARTED
                job.said.append(("note", f"It could not be started: {error}"))
                return False
        return True


def _hear(job: Job, stream: IO[str], kind: str) -> None:
    for line in stream:
        if line.startswith(MARK):
            _progress(job, line[len(MARK) :])
        elif line.strip():
            job.said.append((kind, line.rstrip("\n")))


def _progress(job: Job, line: str) -> None:
    try:
        told: Mapping[str, Any] = json.loads(line)
    except ValueError:
        return
    job.stage, job.done, job.total, job.rows = told["stage"], told["done"], told["total"], told["rows"]


def _end(child: subprocess.Popen[str]) -> None:
    try:
        child.send_signal(signal.SIGINT)
        child.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        child.kill()
    except ProcessLookupError:
        pass
