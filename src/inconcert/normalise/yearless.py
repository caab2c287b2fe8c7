"""Times that Chinese platforms write without a year: they leave it out for posts of the year in which they are seen."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.normalise.absent import present
from inconcert.normalise.dates import DAY_US
from inconcert.normalise.times import read_times

_YEARLESS = r"^\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_FURTHEST_US = 14 * 3_600_000_000
"""No clock on earth is further from UTC; nor is one that was written without its zone and read as UTC."""


def with_years(fields: pa.Table) -> pa.Table:
    """Records whose created_at "06月03日 10:00" became "2024年06月03日 10:00" where their observed_at says 2024.

    It stays without a year where nothing says when the record was captured, where the year of capture depends on the zone,
    and where the time would lie after the capture: then the platform cannot have meant that year.
    """
    if not {"created_at", "observed_at"} <= set(fields.column_names):
        return fields
    written = fields["created_at"].combine_chunks()
    yearless = pc.fill_null(pc.match_substring_regex(written, _YEARLESS), False)
    if not pc.any(yearless).as_py():
        return fields
    observed_us = read_times(present(fields["observed_at"].combine_chunks())).time_us
    first, last = (
        pc.year(pc.add(observed_us, shift_us).cast(pa.timestamp("us"))) for shift_us in (-_FURTHEST_US, _FURTHEST_US)
    )
    dated = pc.binary_join_element_wise(first.cast(pa.string()), pc.utf8_ltrim_whitespace(written), "年")
    possible = pc.less_equal(read_times(pc.utf8_trim_whitespace(dated)).time_us, pc.add(observed_us, DAY_US))
    meant = pc.fill_null(pc.and_(pc.and_(yearless, pc.equal(first, last)), possible), False)
    place = fields.column_names.index("created_at")
    return fields.set_column(place, fields.schema.field(place), pc.if_else(meant, dated, written))
