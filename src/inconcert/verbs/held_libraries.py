"""The libraries of published indicators that a case keeps, and those in a folder beside it."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inconcert.case import Case, open_case
from inconcert.catalogue import disarm
from inconcert.catalogue.edition import Edition
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.library import LEDGER, ORIGINALS, editions, is_library
from inconcert.catalogue.read import replayed
from inconcert.errors import InconcertError, UnknownName

LIBRARIES_AT_MOST = 100
_READ_AT_ONCE = 6
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Operation:
    """One operation as one source lists it.   key: its place in addresses, 16 hex digits.   indicators: all, those listed no longer too.
    kinds: {kind: listed now}.   editions: of its source, oldest first.   techniques: (number, name or None, tactic or None) of DISARM."""

    key: str
    name: str
    source: str
    licence: str | None
    library: str
    indicators: tuple[Indicator, ...]
    kinds: Mapping[str, int]
    editions: tuple[Edition, ...]
    techniques: tuple[tuple[str, str | None, str | None], ...]

    @property
    def unlisted(self) -> int:
        """Indicators that its source lists no longer."""
        return sum(one.unlisted is not None for one in self.indicators)


@dataclass(frozen=True)
class HeldLibrary:
    """name: of its folder, as it was then.   kept: whether the case keeps its files; else it lies beside the case.   fault: why it
    cannot be read, "" when it can."""

    name: str
    kept: bool
    operations: tuple[Operation, ...]
    fault: str = ""


def libraries_beside(folder: Path) -> list[str]:
    """Names of the libraries that lie in a folder, sorted; none that is a link or that a command line would take for an option."""
    names = sorted(
        path.name
        for path in folder.iterdir()
        if not path.name.startswith(("-", ".")) and path.name.isprintable() and not path.is_symlink() and is_library(path)
        and not (path / LEDGER).is_symlink()
    )  # fmt: skip
    return names[:LIBRARIES_AT_MOST]


def library_named(folder: Path, name: str) -> Path:
    """The library of that name in a folder; UnknownName for any other."""
    if name not in (known := libraries_beside(folder)):
        raise UnknownName("library beside the case", name, known)
    return folder / name


def kept_in(case: Case, *, newest: bool = False) -> tuple[Mapping[str, Any], ...]:
    """{"name", "ledger", "files"} of the libraries that runs of the case compared with, each in its newest state, those read last first.

    newest: only those of the last run.
    """
    found: dict[str, Mapping[str, Any]] = {}
    runs = [run for run in reversed(case.runs()) if run.verb == "link"]
    for run in runs[:1] if newest else runs:
        for one in run.info["parameters"]["library"]:
            # a case from a stranger may name anything, and a hash becomes part of a path
            if all(_SHA256.fullmatch(str(sha256)) for sha256 in (one["ledger"], *one["files"])):
                found.setdefault(one["ledger"], one)
    ledgers = {sha256: case.original(sha256).read_bytes() for sha256 in found}
    return tuple(
        one
        for sha256, one in found.items()
        if not any(other != sha256 and its.startswith(ledgers[sha256]) for other, its in ledgers.items())
    )[:LIBRARIES_AT_MOST]


def held_libraries(folder: Path, case: Case | None = None) -> tuple[HeldLibrary, ...]:
    """Those that the case keeps, then those in the folder; what both have, once.

    One that cannot be read is there with its fault: the others can still be looked at.
    """
    found, known = [], set()
    for one in kept_in(case) if case is not None else ():
        if case is not None:
            known.add(one["ledger"])
            found.append(_held(str(one["name"]), case.path, str(one["ledger"]), tuple(one["files"])))
    for name in libraries_beside(folder):
        ledger = (folder / name / LEDGER).read_bytes()
        if (sha256 := hashlib.sha256(ledger).hexdigest()) not in known:
            found.append(_held(name, folder / name, sha256, None))
    return tuple(found)


def operation_of(libraries: Sequence[HeldLibrary], key: str) -> Operation:
    """The operation with that key; UnknownName when none has it."""
    for library in libraries:
        for one in library.operations:
            if one.key == key:
                return one
    raise UnknownName("operation of a library", key, ())


def _held(name: str, place: Path, ledger: str, files: tuple[str, ...] | None) -> HeldLibrary:
    """place: of the library, or of the case that keeps its files."""
    try:
        return HeldLibrary(name, files is not None, _operations(name, place, ledger, files))
    except InconcertError as error:
        return HeldLibrary(name, files is not None, (), str(error))


@lru_cache(_READ_AT_ONCE)
def _operations(name: str, place: Path, ledger: str, files: tuple[str, ...] | None) -> tuple[Operation, ...]:
    """ledger: SHA-256 of the ledger, which names every file; what changes in a library changes it."""
    if files is None:
        return _read(name, place)
    with tempfile.TemporaryDirectory(prefix="inconcert-") as scratch:
        room, case = Path(scratch), open_case(place)
        (room / ORIGINALS).mkdir()
        shutil.copyfile(case.original(ledger), room / LEDGER)
        for sha256 in files:
            shutil.copyfile(case.original(sha256), room / ORIGINALS / sha256)
        return _read(name, room)


def _read(name: str, library: Path) -> tuple[Operation, ...]:
    known = editions(library)
    found: dict[tuple[str, str], list[Indicator]] = {}
    series: dict[tuple[str, str], tuple[str, str | None]] = {}
    for of, its in replayed(library).items():
        for one in its.values():
            found.setdefault((one.operation, one.source), []).append(one)
            series[one.operation, one.source] = of
    return tuple(
        _operation(name, key, tuple(sorted(its, key=_order)), [one for one in known if one.series == series[key]])
        for key, its in sorted(found.items())
    )


def _operation(library: str, key: tuple[str, str], its: tuple[Indicator, ...], known: Sequence[Edition]) -> Operation:
    kinds = Counter(one.kind for one in its if one.unlisted is None)
    numbers = sorted({one.value for one in its if one.kind == "technique" and one.unlisted is None})
    return Operation(
        hashlib.sha256("\0".join((library, *key)).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        *key, known[-1].licence if known else None, library, its, dict(kinds.most_common()), tuple(known),
        tuple((number, *_technique(number)) for number in numbers),
    )  # fmt: skip


def _technique(number: str) -> tuple[str | None, str | None]:
    """Name and tactic of a technique; None for what DISARM does not have."""
    one = disarm.techniques().get(number) or disarm.retired().get(number)
    return (None, None) if one is None else (one.name, one.tactic.name if one.tactic is not None else None)


def _order(one: Indicator) -> tuple[bool, str, str, str]:
    return one.unlisted is not None, one.kind, one.value, one.platform or ""
