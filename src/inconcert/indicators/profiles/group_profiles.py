"""Each group and its control, with the profile of every account: what indicators of single profiles compare."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.indicators.facts import Facts

LONGEST = 200
"""Characters of a handle or name that are looked at; no platform allows as many."""


@dataclass(frozen=True)
class Profile:
    """platform: "unknown" where no account of that id is described; then the rest is None too."""

    account_id: str
    platform: str
    handle: str | None
    display_name: str | None
    created_us: int | None


@dataclass(frozen=True)
class GroupProfiles:
    """members, control: each account once, by id; nobody is in both."""

    group_id: str
    members: tuple[Profile, ...]
    control: tuple[Profile, ...]


def group_profiles(facts: Facts) -> list[GroupProfiles]:
    """One for every group that has members, by id."""
    rows = facts.engine.sql(
        f"""
        SELECT s.group_id, s.account_id, min(s.place) AS place, min(a.platform) AS platform,
               min(substr(a.handle, 1, {LONGEST})) AS handle,
               min(substr(a.display_name, 1, {LONGEST})) AS display_name,
               min(a.created_us) AS created_us
        FROM (SELECT group_id, account_id, 0 AS place FROM members
              UNION ALL SELECT group_id, account_id, 1 AS place FROM controls) s
        LEFT JOIN accounts a ON a.account_id = s.account_id
        GROUP BY s.group_id, s.account_id
        ORDER BY s.group_id, s.account_id
        """
    ).to_pylist()
    sides: dict[str, tuple[list[Profile], list[Profile]]] = {}
    for row in rows:
        profile = Profile(
            row["account_id"],
            row["platform"] or "unknown",
            row["handle"] or None,
            row["display_name"] or None,
            row["created_us"],
        )
        sides.setdefault(row["group_id"], ([], []))[row["place"]].append(profile)
    return [GroupProfiles(group, tuple(own), tuple(control)) for group, (own, control) in sides.items() if own]
