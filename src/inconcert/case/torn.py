"""A ledger line that a killed process left unfinished: set aside in a file of its own, and entered in the ledger."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

from inconcert import ledger
from inconcert.case import durable, scratch
from inconcert.ledger import Statement

SET_ASIDE = "set aside"
PREFIX = "ledger.torn-"

log = logging.getLogger(__name__)


def set_aside(folder: Path, file: Path) -> None:
    """Move the bytes of a torn last line into `ledger.torn-<hash>`; nothing when the last line is whole."""
    tail = ledger.torn_tail(file)
    if not tail:
        return
    kept = folder / (PREFIX + hashlib.sha256(tail).hexdigest()[:16])
    durable.write(kept, tail, scratch=folder / scratch.NAME)
    ledger.cut_torn_tail(file)
    log.warning("the last line of %s was torn by an interruption: 1 line set aside in %s", file.name, kept.name)


def untold(folder: Path, statements: Sequence[Statement]) -> list[str]:
    """Names of set-aside lines that the ledger does not mention yet."""
    told = {s.about for s in statements if s.says == SET_ASIDE}
    return sorted(path.name for path in folder.glob(PREFIX + "*") if path.name not in told)
