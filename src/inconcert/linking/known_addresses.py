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
from inconcert.catalogue.web_value import one_spelling
from inconcert.errors import InputError
from inconcert.linking.first_published import first_published, months_between

MOST_KNOWN = 500_000
"""Hits times the indicators that list them: a short list and a small library could make more of them than fit anywhere."""


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
        return one_spelling(ipaddress.ip_address(address.strip()))
    except ValueError:
        return None


def known_addresses(hits: Sequence[Hit], library: Iterable[Indicator]) -> tuple[KnownAddress, ...]:
    """Every hit with every indicator that lists its address, in the order of the hits, then of publication; InputError past MOST_KNOWN."""
    listed: dict[str, list[Indicator]] = defaultdict(list)
    wanted = {hit.address for hit in hits}
    for one in library:
        if one.kind == "ip" and one.value in wanted:
            listed[one.value].append(one)
    dated = {
        address: sorted(
            ((first_published(one), one) for one in its),
            key=lambda pair: (pair[0].on, pair[1].operation, pair[1].source, pair[1].row),
        )
        for address, its in listed.items()
    }
    if sum(len(dated.get(hit.address, ())) for hit in hits) > MOST_KNOWN:
        raise InputError(
            f"These hits are listed more than {MOST_KNOWN:,} times. Look up fewer at a time, or in one library at a time."
        )
    found = []
    for hit in hits:
        for first, one in dated.get(hit.address, ()):
            found.append(
                KnownAddress(
                    hit.row, hit.address, hit.at, one.operation, one.source, one.row, one.comment, first.on, first.stated,
                    months_between(first.on, hit.at.date()),
                )
            )  # fmt: skip
    return tuple(found)
