"""The indicators of a library and of the bundled reports, each once for every source that lists it."""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from inconcert.catalogue.edition import Edition
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.library import editions, original
from inconcert.catalogue.observables import observables
from inconcert.catalogue.published_file import records
from inconcert.catalogue.recognised import Recognised, recognised
from inconcert.catalogue.record import Record, SetAside, set_aside, sound
from inconcert.catalogue.reports import SOURCE, reports

Key = tuple[str, str, str, str]
"""Operation, kind, value and platform: what makes two indicators of one source the same."""


@dataclass(frozen=True)
class Contents:
    """What the files of an edition hold.   indicators: by Key, of each the first row.   repeats: rows that say one again.
    set_aside: rows that are no indicator, in their order."""

    indicators: Mapping[Key, Indicator]
    repeats: int
    set_aside: tuple[SetAside, ...]

    @property
    def reasons(self) -> dict[str, int]:
        """{why rows are no indicators: how many}, most first."""
        return dict(Counter(one.reason for one in self.set_aside).most_common())


def read(library: Path | None = None) -> tuple[Indicator, ...]:
    """Every indicator known: techniques of the bundled reports and, of a library, what its sources list or once listed.

    In the order of operation, kind, value, platform and source. What the newest edition of a source no longer has is kept, with the
    date in `unlisted`. InputError, CustodyError and CaseError as `library.editions` and `library.original`.
    """
    found = list(bundled())
    if library is not None:
        for its in replayed(library).values():
            found += its.values()
    return tuple(sorted(found, key=lambda one: (*key(one), one.source)))


def replayed(library: Path) -> Mapping[tuple[str, str | None], Mapping[Key, Indicator]]:
    """The indicators of every series of a library, after all its editions one by one."""
    state: dict[tuple[str, str | None], dict[Key, Indicator]] = {}
    held: dict[tuple[str, str], tuple[_Told, ...]] = {}
    for one in editions(library):
        known = state.setdefault(one.series, {})
        known.update(updated(known, contents(library, one, held).indicators, one.at))
    return state


def updated(known: Mapping[Key, Indicator], new: Mapping[Key, Indicator], at: str) -> dict[Key, Indicator]:
    """What a series holds once a newer edition came.   known: before.   new: of that edition.   at: its date.

    What both have keeps the date of its first listing and points to the newer file; what only `known` has is kept as unlisted.
    """
    gone = {
        k: one if one.unlisted is not None else replace(one, unlisted=at) for k, one in known.items() if k not in new
    }
    return gone | {k: replace(one, listed=known[k].listed) if k in known else one for k, one in new.items()}


_Told = tuple[Record, Recognised] | SetAside


def contents(library: Path, of: Edition, held: dict[tuple[str, str], tuple[_Told, ...]] | None = None) -> Contents:
    """What an edition's files hold, read from the originals.   held: of files that were read before; every edition may list them again."""
    held = {} if held is None else held
    found: dict[Key, Indicator] = {}
    aside: list[SetAside] = []
    repeats = 0
    for sha256, name in of.files.items():
        if (sha256, name) not in held:
            held[sha256, name] = tuple(map(_told, records(original(library, sha256), name)))
        for found_one in held[sha256, name]:
            if isinstance(found_one, SetAside):
                aside.append(found_one)
                continue
            one, told = found_one
            indicator = Indicator(
                of.operation or one.operation or of.source, told.kind, sound(told.value), told.platform, sound(one.value), of.source,
                sha256, one.row, one.comment, of.at, None,
            )  # fmt: skip
            repeats += key(indicator) in found
            found.setdefault(key(indicator), indicator)
    return Contents(found, repeats, tuple(aside))


def _told(one: Record | SetAside) -> _Told:
    """A record with what it is, or why it is no indicator."""
    if isinstance(one, SetAside):
        return one
    told = recognised(one.value, one.type, one.platform, posted=one.posted)
    return set_aside(one.row, one.value, told) if isinstance(told, str) else (one, told)


def key(one: Indicator) -> Key:
    """What makes it the same as another of its source."""
    return one.operation, one.kind, one.value, one.platform or ""


@functools.cache
def bundled() -> tuple[Indicator, ...]:
    """Techniques of the bundled reports, by DISARM number; operation is the report, listed its month, row that of operations.csv."""
    digest = hashlib.sha256((resources.files("inconcert.catalogue") / "operations.csv").read_bytes()).hexdigest()
    return tuple(_of_reports(digest))


def _of_reports(digest: str) -> Iterator[Indicator]:
    for report in reports():
        seen: set[str] = set()
        for id in report.techniques:
            observable = observables()[id]
            for number in observable.disarm:
                if number not in seen:
                    seen.add(number)
                    yield Indicator(
                        report.id,
                        "technique",
                        number,
                        None,
                        id,
                        SOURCE,
                        digest,
                        report.row,
                        observable.name,
                        report.date,
                        None,
                    )
