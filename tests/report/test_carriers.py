"""Who carried a text: spread, groups and first posts, against plain Python over the same rows."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import beta

from inconcert.report.avatars import false_rate
from inconcert.report.carriers import DRAWN_AT_MOST, LISTED_AT_MOST, carriers


@pytest.mark.parametrize("n", [1, 2, DRAWN_AT_MOST, DRAWN_AT_MOST + 1, 1_000])
def test_spread_keeps_both_ends_and_thins_evenly(n: int) -> None:
    rng = np.random.default_rng(n)
    times = rng.permutation(n * 10)[:n]
    rows = [
        {"cluster_id": "T1", "account_id": f"a{i}", "platform": f"p{i % 3}", "time_us": int(t), "post_id": f"q{i}"}
        for i, t in enumerate(times)
    ]
    rows.append({"cluster_id": "T1", "account_id": "b", "platform": "p0", "time_us": None, "post_id": "untimed"})
    members = [{"group_id": f"G{i % 2}", "account_id": f"a{i}"} for i in range(0, n, 3)]
    with duckdb.connect() as con:
        con.register("rows", pa.Table.from_pylist(rows))
        con.register("members", pa.Table.from_pylist(members))
        found = carriers(con, "SELECT * FROM rows")["T1"]
    timed = sorted((row["time_us"], row["platform"]) for row in rows if row["time_us"] is not None)
    assert found.timed == n
    assert found.spread[0] == timed[0]
    assert found.spread[-1] == timed[-1]
    assert len(found.spread) <= DRAWN_AT_MOST + 1
    assert set(found.spread) <= set(timed)
    if n <= DRAWN_AT_MOST:
        assert list(found.spread) == timed
    else:
        places = [timed.index(one) for one in found.spread]
        assert max(np.diff(places)) <= -(-n // DRAWN_AT_MOST) + 1
    groups: dict[str, int] = {}
    for member in members:
        groups[member["group_id"]] = groups.get(member["group_id"], 0) + 1
    assert dict(found.groups) == groups
    assert len(found.first) == min(n + 1, LISTED_AT_MOST)
    assert found.first[0][0] == f"q{int(np.argmin(times))}"


def test_the_rate_of_error_has_the_interval_of_clopper_and_pearson() -> None:
    assert false_rate(0, 0) is None
    none = false_rate(0, 100)
    assert none is not None
    assert none == pytest.approx((0.0, 0.0, 1 - 0.025 ** (1 / 100)))
    some = false_rate(3, 240)
    assert some == pytest.approx((3 / 240, beta.ppf(0.025, 3, 238), beta.ppf(0.975, 4, 237)))
