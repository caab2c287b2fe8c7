"""`prepare`: what pages of a case read, made once for each state of the case and kept in its folder."""

from __future__ import annotations

import os
import shutil
import time
from functools import lru_cache
from pathlib import Path

from inconcert.browse.build import build
from inconcert.browse.seal import seal, sealed
from inconcert.browse.state import State, state
from inconcert.browse.user_secret import user_secret
from inconcert.browse.view import View, view_path
from inconcert.case import Case, durable, lock
from inconcert.case.inspection import VIEWS
from inconcert.errors import CaseError, CaseInUse
from inconcert.progress import Progress, silent
from inconcert.verbs.judgements import decided_now

WAIT_S = 600
"""How long is waited for another process that prepares the same case, seconds."""

_STEP_S = 0.2


def prepare(case: Case, *, progress: Progress = silent) -> View:
    """The view of the case as it is now; it is made when there is none, and views of former states are removed.

    A view that another user made, or that was changed, counts as none. A process that is killed leaves a draft that the next one
    removes; of two at once, one waits for the other. The case itself is not written to. CaseError when its folder cannot be
    written, or is damaged.
    """
    now = state(case)
    found = _opened(case, now)
    if found is not None:
        return found
    folder = case.path / VIEWS
    if folder.is_symlink():
        raise CaseError(f"{folder} is a link, and what it leads to would be emptied. Remove the link.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError(f"{folder} cannot be made: {error.strerror}. Work on a copy you may write.") from error
    give_up = time.monotonic() + WAIT_S
    while True:
        try:
            with lock.hold(folder):
                return _opened(case, now) or _make(case, now, progress)
        except CaseInUse:
            if time.monotonic() > give_up:
                raise
        progress("waiting for another process that prepares this case", 0, None)
        time.sleep(_STEP_S)


def prepared(case: Case) -> View | None:
    """The view of the case as it is now; None when it was not prepared yet, or has changed since."""
    return _opened(case, _state_at(case, _moment(case)))


def _opened(case: Case, now: State) -> View | None:
    folder = view_path(case.path, now.key)
    if folder.is_symlink() or not folder.is_dir():
        return None
    its = folder.stat()
    found = _open(folder, (its.st_ino, its.st_ctime_ns))
    return _without(found, _taken_out(case, _moment(case))) if found is not None else None


@lru_cache(maxsize=4)
def _open(folder: Path, made: tuple[int, int]) -> View | None:
    """The view in a folder, looked at once; None when it is not ours.   made: tells a folder from a later one of that name."""
    return View(folder) if sealed(folder, folder.name, user_secret()) else None


@lru_cache(maxsize=16)
def _state_at(case: Case, moment: tuple[int, int]) -> State:
    """The state, read again when the ledger has grown: nothing enters a case without a line in it."""
    return state(case)


@lru_cache(maxsize=16)
def _without(view: View, taken_out: frozenset[str]) -> View:
    """The same object while people took out nobody else: what is worked out of a view is kept by it."""
    return view.without(taken_out)


@lru_cache(maxsize=16)
def _taken_out(case: Case, moment: tuple[int, int]) -> frozenset[str]:
    """Whom people took out of the groups that were found: a view knows only what runs found, and judgements come after it."""
    return decided_now(case).taken_out


def _moment(case: Case) -> tuple[int, int]:
    its = case.ledger.stat()
    return its.st_mtime_ns, its.st_size


def _make(case: Case, now: State, progress: Progress) -> View:
    folder = case.path / VIEWS
    for left in folder.glob(".draft-*"):
        _remove(left)
    draft = folder / f".draft-{os.getpid()}"
    draft.mkdir()
    try:
        build(case, now, draft, progress)
        seal(draft, now.key, user_secret())
        target = view_path(case.path, now.key)
        _remove(target)
        durable.move(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for former in folder.iterdir():
        if former.name != now.key and (former.is_symlink() or former.is_dir()):
            _remove(former)
    found = _opened(case, now)
    if found is None:
        raise CaseError(
            f"The view {view_path(case.path, now.key)} is gone: it was deleted while it was made. Try again."
        )
    return found


def _remove(path: Path) -> None:
    """Whatever is there; a link, and not what it leads to."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
