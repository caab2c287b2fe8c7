"""Editions: what one source published at one time, as a library's ledger records it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.catalogue.record import NAME_AT_MOST, sound
from inconcert.catalogue.reports import SOURCE
from inconcert.errors import CaseError
from inconcert.ledger import Statement

LISTED = "listed"
"""What a library says of an edition."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class Edition:
    """The files that one import brought for one source; the next edition of the source takes its place.

    source: label of the publication.   operation: as whoever imported it names it; None where the files name their own.
    licence: the terms, as stated; None when nobody stated them.   files: {SHA-256: name} in the order given.   at: date, ISO.
    """

    source: str
    operation: str | None
    licence: str | None
    files: Mapping[str, str]
    at: str

    @property
    def series(self) -> tuple[str, str | None]:
        """What it is an edition of: another operation of the same publisher is another series."""
        return self.source, self.operation

    @property
    def value(self) -> dict[str, object]:
        """As the ledger has it."""
        files = [{"sha256": sha256, "name": name} for sha256, name in self.files.items()]
        return {"source": self.source, "operation": self.operation, "licence": self.licence, "files": files}


def edition(said: Statement) -> Edition | None:
    """The edition that a statement is about, None for another statement; CaseError when it is not of that form."""
    if said.says != LISTED:
        return None
    value = said.value
    try:
        files = {one["sha256"]: one["name"] for one in value["files"]}
        found = Edition(value["source"], value["operation"], value["licence"], files, said.at[:10])
    except (TypeError, KeyError, AttributeError) as error:
        raise CaseError(_fault(said, f"it lacks {error}")) from error
    names = [found.source, *files.values(), *(one for one in (found.operation, found.licence) if one is not None)]
    if not files or not all(isinstance(one, str) for one in names):
        raise CaseError(_fault(said, "a name in it is no text"))
    # as `add` writes them: a library from a stranger may hold anything
    if any(len(one) > NAME_AT_MOST or sound(one) != one or one != " ".join(one.split()) for one in names):
        raise CaseError(_fault(said, f"a name in it is longer than {NAME_AT_MOST} characters, or not on one line"))
    if found.source == SOURCE:
        raise CaseError(_fault(said, "it claims to be the register of reports that comes with the program"))
    if not isinstance(said.at, str) or not _DAY.fullmatch(found.at):
        raise CaseError(_fault(said, "its time is none"))
    # a hash becomes part of a path: nothing but a hash may
    if not all(isinstance(one, str) and _SHA256.fullmatch(one) for one in files):
        raise CaseError(_fault(said, "a file in it has no SHA-256"))
    return found


def _fault(said: Statement, what: str) -> str:
    return f"The library's statement {said.id[:16]} cannot be read: {what}. Restore the library from a copy, or make it anew from the files."
