"""What was said about a case: an append-only file of statements, each holding the hash of the one before.

One statement a line, as canonical JSON (keys sorted, no spaces, ASCII only, so that no control or bidi character can hide
in it). A changed byte breaks the hash of its line; a line removed, added or moved breaks the next line's `prev`. A process
killed while it appends leaves a torn last line, without its newline: that is recovered, everything else is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inconcert.errors import CustodyError

BEGINNING = "0" * 64
"""`prev` of the first statement."""

_TAIL_BYTES = 1 << 16


@dataclass(frozen=True)
class Statement:
    """Who said what about which thing, when, and because of which earlier statements.

    id: SHA-256 of the canonical JSON of the other fields.   prev: id of the statement before.
    at: UTC, RFC 3339, to the second.   by: program or person.   about: path within the case, or id of a thing.
    says: one verb phrase, such as "wrote".   value: any JSON value.   because: ids of statements it rests on.
    """

    id: str
    prev: str
    at: str
    by: str
    about: str
    says: str
    value: Any
    because: tuple[str, ...]


def canonical(value: object) -> bytes:
    """The one JSON text of a value: sorted keys, no spaces, ASCII; ValueError on NaN, which JSON lacks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def statement(
    prev: str, *, at: datetime, by: str, about: str, says: str, value: object = None, because: Sequence[str] = ()
) -> Statement:
    """The statement with its id; `at` must carry a time zone."""
    said = {
        "prev": prev,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "by": by,
        "about": about,
        "says": says,
        "value": json.loads(canonical(value)),
        "because": list(because),
    }
    return _from_fields({**said, "id": _hash(said)})


def append(file: Path, said: Statement) -> None:
    """Write one line and wait until it is on disk. The caller holds the lock of the case."""
    line = canonical(asdict(said)) + b"\n"
    with file.open("ab", buffering=0) as out:
        out.write(line)
        os.fsync(out.fileno())


def read(file: Path) -> list[Statement]:
    """All statements, oldest first, a torn last line left out; CustodyError names the first line that fails."""
    statements = []
    for number, item in enumerate(examine(file), start=1):
        if isinstance(item, str):
            raise CustodyError(
                f"{file.name} line {number}: {item}. Restore the case from a copy, or start a new case from the "
                f"originals in raw/; 'inconcert verify' lists everything that changed."
            )
        statements.append(item)
    return statements


def last_id(file: Path) -> str:
    """Id of the last statement of a ledger that `read` has found whole, BEGINNING of an empty one; CustodyError when that line
    fails. The lines before it are not read again: the caller has held the lock of the case since."""
    tail, length = b"", _TAIL_BYTES
    try:
        size = file.stat().st_size
        with file.open("rb") as held:
            while tail.count(b"\n") < 2 and len(tail) < size:
                held.seek(max(0, size - length))
                tail, length = held.read(), 2 * length
    except FileNotFoundError:
        raise _lost(file) from None
    lines = tail.split(b"\n")
    if len(lines) < 2:
        return BEGINNING
    try:
        fields = json.loads(lines[-2])
        id = str(fields.pop("id"))
        if id == _hash(fields):
            return id
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise CustodyError(
        f"{file.name}: its last line was changed. Restore the case from a copy; 'inconcert verify' says more."
    )


def examine(file: Path) -> Iterator[Statement | str]:
    """Each whole line as its statement, or in words what is wrong with it; goes on after a fault."""
    whole, _ = _split(file)
    prev = BEGINNING
    for line in whole:
        try:
            fields = json.loads(line)
            said = _from_fields(fields)
            exact = canonical(asdict(said)) == line
        except (ValueError, KeyError, TypeError, RecursionError):
            yield "is not a statement"
            continue
        if not exact or said.id != _hash({key: value for key, value in fields.items() if key != "id"}):
            yield "was changed: its hash does not match its content"
        elif said.prev != prev:
            yield "does not follow the line before: a line was removed, added, moved or changed"
        else:
            yield said
        prev = said.id


def torn_tail(file: Path) -> bytes:
    """The bytes after the last newline: what a killed process left of a line; empty when the last line is whole."""
    return _split(file)[1]


def cut_torn_tail(file: Path) -> None:
    """Cut the torn last line off, on disk. The caller holds the lock and has kept the bytes."""
    whole_length = file.stat().st_size - len(torn_tail(file))
    with file.open("r+b") as out:
        out.truncate(whole_length)
        os.fsync(out.fileno())


def _split(file: Path) -> tuple[list[bytes], bytes]:
    try:
        *whole, tail = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        raise _lost(file) from None
    return whole, tail


def _lost(file: Path) -> CustodyError:
    return CustodyError(f"{file} is missing: the case has lost its ledger. Restore it from a copy.")


def _hash(said: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(said)).hexdigest()


def _from_fields(fields: Mapping[str, Any]) -> Statement:
    return Statement(**{**fields, "because": tuple(fields["because"])})
