"""Files on their way into a case: each server keeps them in a folder of its own beside the cases, and the next one removes what
a server that is no more left there."""

from __future__ import annotations

import re
import secrets
import shutil
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from inconcert.case import lock
from inconcert.errors import CaseInUse, InputError

BROUGHT = ".brought"
_STEP_S = 0.05
_OWN = re.compile(r"[0-9a-f]{16}")


class Brought:
    """The folder of this server. It is there, and locked, from the first file on; the system unlocks it however the server ends."""

    def __init__(self, root: Path) -> None:
        self._all = root / BROUGHT
        self._own = self._all / secrets.token_hex(8)
        self._held = ExitStack()
        self._taking = threading.Lock()

    def batch(self, id: str) -> Path:
        """Where the files of one batch go; below the served folder."""
        return self._own / id

    def take(self) -> None:
        """Make the folder ours before the first file. OSError where nothing can be written; InputError where it is a link."""
        if self._all.is_symlink():
            raise InputError(f"{self._all} is a link, and files would go where it leads. Remove the link.")
        with self._taking:
            if not self._own.is_dir():
                self._all.mkdir(exist_ok=True)
                with _alone(self._all):  # no other server may take the new folder for one that was left
                    self._own.mkdir()
                    self._held.enter_context(lock.hold(self._own))

    def forget(self) -> None:
        """Remove what servers left that are no more; folders of those that run are locked.

        Links are left alone: in a folder that came from a stranger, they may lead to what is dear to its reader.
        """
        if self._all.is_symlink() or not self._all.is_dir():
            return
        with _alone(self._all):
            for folder in self._all.iterdir():
                if _OWN.fullmatch(folder.name) and not folder.is_symlink() and folder.is_dir() and _left(folder):
                    shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove ours; the server ends."""
        if self._own.is_dir():
            shutil.rmtree(self._own, ignore_errors=True)
        self._held.close()


def _left(folder: Path) -> bool:
    try:
        with lock.hold(folder) as fresh:
            return fresh
    except CaseInUse:
        return False


def _alone(folder: Path) -> ExitStack:
    """The lock of the folder of all servers, waited for: it is held for moments only."""
    held = ExitStack()
    while True:
        try:
            held.enter_context(lock.hold(folder))
            return held
        except CaseInUse:
            time.sleep(_STEP_S)
