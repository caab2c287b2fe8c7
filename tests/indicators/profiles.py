"""Small worlds for tests of profiles: groups of hand-made accounts with their control, measured on DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.indicator import Indicator
from inconcert.indicators.profiles.example_profiles import example_profiles
from inconcert.indicators.profiles.group_profiles import Profile
from inconcert.indicators.reading import Reading

DAY_US, HOUR_US = 86_400_000_000, 3_600_000_000
START_US = 1_500_000_000_000_000 - 1_500_000_000_000_000 % DAY_US
"""Midnight of 14 July 2017, UTC."""
SIMPLE_NAMES = (
    "blue_river",
    "quiet.garden",
    "morning_paper",
    "old_bicycle",
    "paper_lantern",
    "winter_coat",
    "garden_path",
)


def profile(account_id: str = "a", platform: str = "forum", **fields: str | int | None) -> Profile:
    """A profile with these fields and nothing else."""
    known = {"handle": None, "display_name": None, "created_us": None, **fields}
    return Profile(account_id, platform, **known)  # type: ignore[arg-type]


def measured(
    indicator: Indicator, members: Sequence[Mapping], control: Sequence[Mapping], platform: str = "forum"
) -> dict[str, Reading]:
    """Readings by measure of the one group of a world."""
    return {r.measure: r for r in readings(indicator, example_profiles(members, control, platform), 1)}


def renamed(tables: Mapping[str, pa.Table], prefix: str) -> dict[str, pa.Table]:
    """The same world with every account's id behind a prefix."""
    changed = {}
    for name, table in tables.items():
        place = table.schema.get_field_index("account_id")
        ids = pa.array([prefix + account for account in table["account_id"].to_pylist()])
        changed[name] = table.set_column(place, table.schema.field(place), ids)
    return changed
