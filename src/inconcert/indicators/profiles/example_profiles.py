"""Tables of one group `g1` and its control, from profiles alone: the worlds that examples of indicators are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from inconcert.indicators.facts import ACCOUNTS, CONTROLS, MEMBERS

Row = Mapping[str, str | int | None]


def example_profiles(members: Sequence[Row], control: Sequence[Row], platform: str = "forum") -> dict[str, pa.Table]:
    """Tables accounts, members and controls; members are m000 and so on, control accounts c000. Rows: columns of ACCOUNTS."""
    accounts, sides = [], []
    for side, rows in (("m", members), ("c", control)):
        ids = [f"{side}{i:03}" for i in range(len(rows))]
        accounts += [
            {"account_id": account, "platform": platform, "role": "case", **row}
            for account, row in zip(ids, rows, strict=True)
        ]
        sides.append([{"group_id": "g1", "account_id": account} for account in ids])
    return {
        "accounts": pa.Table.from_pylist(accounts, ACCOUNTS.arrow),
        "members": pa.Table.from_pylist(sides[0], MEMBERS.arrow),
        "controls": pa.Table.from_pylist(sides[1], CONTROLS.arrow),
    }
