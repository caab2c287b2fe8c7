"""What a library says of addresses that were met, and of a report by somebody else; neither needs a group."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inconcert.catalogue.add import add
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.read import replayed
from inconcert.errors import InputError
from inconcert.linking.known_addresses import Hit, KnownAddress, canonical, known_addresses
from inconcert.linking.recycled import Recycled, recycled

ADDRESS = ("ip", "address", "ip_address", "src_ip", "client_ip")
AT = ("triggered_at", "time", "at", "date", "timestamp", "seen_at")
"""Names of the columns of a list of hits, in the order in which they are looked for."""
BYTES_AT_MOST = 64 << 20

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class AddressesKnown:
    """hits, addresses: of the file.   known: hits on published addresses.   set_aside: (row, reason) of records without one."""

    hits: int
    addresses: int
    known: tuple[KnownAddress, ...]
    set_aside: tuple[tuple[int, str], ...]


__all__ = ["AddressesKnown", "KnownAddress", "Recycled", "addresses_known", "report_recycled"]


def addresses_known(file: Path, *, library: Sequence[Path]) -> AddressesKnown:
    """The hits of a CSV file with columns for address and time, as `canary` tools export them, beside libraries.

    InputError when the file cannot be read, lacks a column or is larger than BYTES_AT_MOST.
    """
    hits: list[Hit] = []
    aside: list[tuple[int, str]] = []
    for row, address, at in _rows(file):
        found, moment = canonical(address), _moment(at)
        if found is None:
            aside.append((row, f"'{address[:60]}' is no IP address"))
        elif moment is None:
            aside.append((row, f"'{at[:60]}' is no time such as 2022-11-16T01:06:50Z"))
        else:
            hits.append(Hit(row, found, moment))
    known = known_addresses(hits, _indicators(library))
    return AddressesKnown(len(hits), len({hit.address for hit in hits}), known, tuple(aside))


def report_recycled(file: Path, *, library: Sequence[Path], now: datetime, before: str | None = None) -> Recycled:
    """How much of a report's list of indicators libraries hold already. file: in any form that `inconcert catalogue add` reads.

    now: when. before: ISO date of the report. InputError when the file cannot be read.
    """
    if before is not None and not _DATE.fullmatch(before):
        raise InputError(f"'{before}' is no date. Write it as 2021-12-10, 2021-12 or 2021.")
    with tempfile.TemporaryDirectory(prefix="inconcert-") as folder:
        room = Path(folder) / "report"
        add(room, [file], now=now)
        own = [one for its in replayed(room).values() for one in its.values()]
    return recycled(own, _indicators(library), before)


def _indicators(library: Sequence[Path]) -> Iterator[Indicator]:
    for folder in {one.resolve(): one for one in library}.values():
        for its in replayed(folder).values():
            yield from its.values()


def _rows(file: Path) -> Iterator[tuple[int, str, str]]:
    """Record number, address and time of each record."""
    try:
        if not file.is_file():
            raise InputError(f"{file} is not a file. Name a CSV file of hits.")
        if file.stat().st_size > BYTES_AT_MOST:
            raise InputError(f"{file} has more than {BYTES_AT_MOST >> 20} MiB. Take it apart.")
        with file.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source, restval="")
            names = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
            address, at = (next((names[n] for n in known if n in names), None) for known in (ADDRESS, AT))
            if address is None or at is None:
                lacking, known = ("address", ADDRESS) if address is None else ("time", AT)
                raise InputError(f"{file} has no column for the {lacking}. Name it one of: {', '.join(known)}.")
            for row, record in enumerate(reader, start=1):
                yield row, record[address] or "", record[at] or ""
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{file} cannot be read as CSV in UTF-8 ({error}). Save it so, with a line of column names."
        ) from error


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
