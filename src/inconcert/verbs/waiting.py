"""Two people at one case: whoever comes second waits a moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from inconcert.case import Case
from inconcert.errors import CaseInUse

PATIENCE_S = 5.0
"""How long to wait for whoever is writing; a judgement takes milliseconds, a run may take hours."""

_BETWEEN_S = 0.05


@contextmanager
def waiting(case: Case, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock of the case, waited for at most so long; then CaseInUse names the process that has it."""
    until = time.monotonic() + patience_s
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(case.lock())
                break
            except CaseInUse:
                if time.monotonic() >= until:
                    raise
            time.sleep(_BETWEEN_S)
        yield
