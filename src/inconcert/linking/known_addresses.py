"""Addresses that were met, in reports on threats, with how long ago these were.

An address changes hands: a cloud gives it to the next customer within hours, and a Tor exit carries everybody's traffic. So a match is a
question to ask, the weaker the further apart both dates are, and never a link between groups.
"""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inconcert.catalogue.indicator import Indicator
from inconcert.linking.first_published import first_published, months_between


@dataclass(frozen=True)
class Hit:
    """An address that was met.   row: 1-based record of its file."""

    row: int
    address: str
    at: datetime


@dataclass(frozen=True)
class KnownAddress:
    """A hit whose address a source lists.   months: whole months from publication to the hit, negative when the hit came first.
    stated: whether the source says when it was published; else `published` is the day it was added to the library."""

    row: int
    address: str
    at: datetime
    operation: str
    source: str
    source_row: int
    comment: str | None
    published: str
    stated: bool
    months: int


def canonical(address: str) -> str | None:
    """One spelling of an IP address; None for anything else."""
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        return None


def known_addresses(hits: Sequence[Hit], library: Iterable[Indicator]) -> tuple[KnownAddress, ...]:
    """Every hit with every indicator that lists its address, in the order of the hits, then of publication."""
    listed: dict[str, list[Indicator]] = defaultdict(list)
    wanted = {hit.address for hit in hits}
    for one in library:
        if one.kind == "ip" and one.value in wanted:
            listed[one.value].append(one)
    found = []
    for hit in hits:
        known = [(first_published(one), one) for one in listed[hit.address]]
        for first, one in sorted(known, key=lambda pair: (pair[0].on, pair[1].operation, pair[1].source, pair[1].row)):
            found.append(
                KnownAddress(
                    hit.row, hit.address, hit.at, one.operation, one.source, one.row, one.comment, first.on, first.stated,
                    months_between(first.on, hit.at.date()),
                )
            )  # fmt: skip
    return tuple(found)
