"""How the times of one file are written: what a single value leaves open and the whole file tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa

from inconcert.normalise import times
from inconcert.normalise.absent import present
from inconcert.normalise.local_time import LocalZone
from inconcert.normalise.times import Times
from inconcert.normalise.yearless import with_years

TIMES = ("created_at", "account_created_at", "edited_at", "observed_at")
"""Fields that are times."""


@dataclass(frozen=True)
class Written:
    """What is known of a file's columns of times; that of several batches is joined with |.

    orders: field -> orders of day and month that values such as 25/3/2024 prove.   zone: of times written without one.
    clocked, dated: fields with times of day among the times without a zone, and with midnights among them. Where there are
    only midnights, the values are days.
    said: the order of day and month that the user says, DAY_FIRST or MONTH_FIRST; it goes before what values prove.
    """

    orders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clocked: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    zone: LocalZone | None = None
    said: str | None = None

    def __or__(self, other: Written) -> Written:
        orders = {name: self.orders.get(name, frozenset()) | proven for name, proven in other.orders.items()}
        return replace(
            self, orders={**self.orders, **orders}, clocked=self.clocked | other.clocked, dated=self.dated | other.dated
        )

    def read(self, name: str, values: pa.Array) -> Times:
        """A column of that field as times."""
        orders = self.orders.get(name, frozenset()) if self.said is None else frozenset({self.said})
        return times.read_times(values, orders, self.zone, moved=name in self.clocked)


def written_in(fields: pa.Table, zone: LocalZone | None = None, said: str | None = None) -> Written:
    """What the values of one batch of records tell.   zone: of times written without one.   said: see `Written`."""
    fields = with_years(fields)
    columns = {name: present(fields[name].combine_chunks()) for name in TIMES if name in fields.column_names}
    orders = {name: times.day_orders(values) for name, values in columns.items()}
    if zone is None or zone.name == "UTC":  # nothing is moved, so nothing need be known of midnights
        return Written(orders, zone=zone, said=said)
    read_in = orders if said is None else dict.fromkeys(columns, frozenset({said}))
    found = {name: times.midnights_and_clocks(values, read_in[name]) for name, values in columns.items()}
    return Written(
        orders,
        clocked=frozenset(name for name, (_, clock) in found.items() if clock),
        dated=frozenset(name for name, (midnight, _) in found.items() if midnight),
        zone=zone,
        said=said,
    )
