"""Code is loaded before somebody waits for it: the first search of a process takes seconds, and the first list of formats."""

from __future__ import annotations

from contextlib import suppress

from inconcert.errors import InconcertError
from inconcert.verbs.prepare import prepared
from inconcert.verbs.search import search
from inconcert.web.pages.imports import formats
from inconcert.web.workbench import Workbench

WORD = "a"


def warm(bench: Workbench) -> None:
    """Ask every importer what it is, and search one case that is prepared, if there is one; what that complains of is nobody's business."""
    formats()
    for name in bench.cases():
        with suppress(InconcertError):
            case = bench.case(name)
            if prepared(case) is not None:
                search(case, [WORD])
                return
