"""Small worlds of who posted when, for examples and trials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.facts import FACTS


def staged(
    times_us: Mapping[str, NDArray[np.int64]],
    groups: Mapping[str, Iterable[str]],
    controls: Mapping[str, Iterable[str]],
) -> dict[str, pa.Table]:
    """The tables of accounts that post at these moments. groups, controls: group -> accounts."""
    posts = [
        {
            "post_id": f"{account}:{place}", "account_id": account, "platform": "x", "role": "case", "kind": "post",
            "time_us": int(time_us),
        }
        for account, times in times_us.items()
        for place, time_us in enumerate(times)
    ]  # fmt: skip
    accounts = [{"account_id": account, "platform": "x", "role": "case"} for account in times_us]
    sides = {
        name: [{"group_id": group, "account_id": account} for group, those in of.items() for account in those]
        for name, of in (("members", groups), ("controls", controls))
    }
    rows = {"posts": posts, "accounts": accounts, **sides}
    return {name: pa.Table.from_pylist(those, schema=FACTS[name].arrow) for name, those in rows.items()}
