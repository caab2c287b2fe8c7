"""Every error Inconcert raises on purpose. The message says what happened, with which value, and what to do.

InconcertError
├── InputError         something the user gave cannot be used (file, row, option)
│   ├── SchemaError    a table lacks a column, or a column has the wrong type
│   └── UnknownName    no detector, column, scale or table of that name; suggests the nearest
├── NotAllRead         of several files some were read and some were not; says which and why
├── CaseError          the case folder is damaged, locked, or newer than this version
│   ├── CustodyError   a stored hash no longer matches its file
│   └── CaseInUse      another process is writing to it; waiting helps
├── MissingExtra       an optional dependency is absent; says the exact pip command
└── EngineError        the engine refused a query; keeps the SQL
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MOST_COMPARED = 10_000
MOST_SHOWN = 60


class InconcertError(Exception):
    """Base of all errors a user can act on; the command line prints them in one line."""

    exit_code = 1


class InputError(InconcertError):
    """Something the user gave cannot be used."""

    exit_code = 2


class SchemaError(InputError):
    """A table lacks a column, or a column has the wrong type."""


class UnknownName(InputError):
    """No thing of that name; the message offers the nearest known one."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        # comparing with every account of a large case would take minutes
        near = difflib.get_close_matches(name, names, n=1) if len(names) <= MOST_COMPARED else []
        shown = ", ".join(names[:MOST_SHOWN]) + (
            f" and {len(names) - MOST_SHOWN:,} more" if len(names) > MOST_SHOWN else ""
        )
        hint = f" Did you mean '{near[0]}'?" if near else f" Known: {shown}."
        super().__init__(f"No {what} is called '{name}'.{hint}")


class NotAllRead(InconcertError):
    """Of several files some were read and are in the case, and some were not.

    done: what became of those that were read.   failures: {file: why it was not, and what to do}.
    """

    def __init__(self, done: Sequence[Any], failures: Mapping[str, str]) -> None:
        self.done, self.failures = done, failures
        told = " ".join(f"{file}: {why}" for file, why in failures.items())
        super().__init__(f"{len(failures):,} of the files given could not be read; the others are in the case. {told}")


class CaseError(InconcertError):
    """The case folder is damaged, locked, or written by a newer version."""


class CustodyError(CaseError):
    """A stored hash no longer matches its file."""


class CaseInUse(CaseError):
    """Another process is writing to the case; waiting helps."""


class MissingExtra(InconcertError):
    """An optional dependency is absent."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part: pip install 'inconcert[{extra}]'")


class EngineError(InconcertError):
    """The engine refused a query; `sql` keeps the text for the log."""

    def __init__(self, engine: str, sql: str, cause: Exception) -> None:
        self.sql = sql
        first = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
        super().__init__(f"{engine} refused a query: {first}")
