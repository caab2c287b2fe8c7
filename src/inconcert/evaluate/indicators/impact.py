"""Worlds for `impact`: people answered by friends and strangers; a group that answers itself and nobody else does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.engagement.impact import INWARD, Impact
from inconcert.indicators.facts import MEMBERS, POSTS

GROUPS, MEMBERS_EACH, PER_MEMBER = 3, 30, 4
ACTS = 4
START_US = 1_700_000_000_000_000


def _world(rng: np.random.Generator, outside: float | None) -> dict[str, pa.Table]:
    """Groups with their controls; outside: share of the engagement with the first group that comes from strangers, None: as usual."""
    posts: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    controls: list[dict[str, Any]] = []
    for g in range(GROUPS):
        # acquaintances answer each other more often than chance would have it, some circles much more
        for table, n, letter, friends in (
            (members, MEMBERS_EACH, "m", float(rng.beta(1, 12))),
            (controls, PER_MEMBER * MEMBERS_EACH, "c", 0.06),
        ):
            share = 1 - outside if outside is not None and g == 0 and letter == "m" else friends
            for i in range(n):
                author, post = f"{letter}{g}-{i}", f"{letter}{g}-{i}-p"
                table.append({"group_id": f"G{g}", "account_id": author})
                posts.append(_post(author, post, None, rng))
                for k in range(rng.poisson(ACTS)):
                    friend = f"{letter}{g}-{rng.integers(n)}"
                    engager = friend if rng.random() < share else f"s{rng.integers(2000)}"
                    posts.append(_post(engager, f"{post}-{k}", post, rng))
    return {
        "posts": pa.Table.from_pylist(posts, schema=POSTS.arrow),
        "members": pa.Table.from_pylist(members, schema=MEMBERS.arrow),
        "controls": pa.Table.from_pylist(controls, schema=MEMBERS.arrow),
    }


def _post(account: str, post: str, target: str | None, rng: np.random.Generator) -> dict[str, Any]:
    return {
        "post_id": post, "account_id": account, "platform": "x", "role": "case", "kind": "reply" if target else "post",
        "time_us": START_US + int(rng.integers(86_400)) * 1_000_000, "reply_to_id": target,
    }  # fmt: skip


TRIAL = Trial(
    indicator=Impact(),
    measures=(INWARD,),
    ask="three circles of 30 people, each answered by strangers and by friends; planted: a group answered by its own members",
    clean=lambda rng: _world(rng, None),
    planted=lambda effort, rng: _world(rng, effort),
    efforts=(0.0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9),
    effort="share of the engagement that comes from strangers",
)
