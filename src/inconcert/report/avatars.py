"""Profile pictures of each group, and how often their eyes stand where generators put them, beside a control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
from scipy.stats import binomtest

from inconcert.report.pseudonyms import order

CONFIDENCE = 0.95
GROUPS_AT_MOST = 40
"""Groups listed, strongest first."""


@dataclass(frozen=True)
class GroupAvatars:
    """One group: its row of `group_avatars`.

    rate: share of the control's pictures with one face whose eyes stand where generators put them, with its interval at
    95 % confidence (Clopper and Pearson): how often this sign is wrong. None without such pictures.
    """

    row: Mapping[str, Any]
    rate: tuple[float, float, float] | None


@dataclass(frozen=True)
class Avatars:
    """The strongest groups of the report whose members' profile pictures the case holds, and how many more there are."""

    groups: tuple[GroupAvatars, ...]
    further: int


def avatars(con: duckdb.DuckDBPyConnection) -> Avatars:
    """The profile pictures of groups. Reads group_avatars and standing (group_id)."""
    rows = con.sql("SELECT * FROM group_avatars SEMI JOIN standing USING (group_id)").to_arrow_table().to_pylist()
    rows = sorted((row for row in rows if row["pictures"]), key=lambda row: order(row["group_id"]))
    listed = (
        GroupAvatars(row, false_rate(row["control_leads"], row["control_faces"])) for row in rows[:GROUPS_AT_MOST]
    )
    return Avatars(tuple(listed), len(rows[GROUPS_AT_MOST:]))


def false_rate(leads: int, faces: int) -> tuple[float, float, float] | None:
    """The share of leads among faces, and the ends of its interval; None without faces."""
    if not faces:
        return None
    interval = binomtest(min(leads, faces), faces).proportion_ci(CONFIDENCE, method="exact")
    return min(leads, faces) / faces, float(interval.low), float(interval.high)
