"""Worlds for `storylines`: a phrase some people use, circles more or less; a group that tells it on purpose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.content.storylines import TOLD_BY_MEMBERS, Storylines
from inconcert.indicators.facts import MEMBERS, POSTS

GROUPS, MEMBERS_EACH, PER_MEMBER, POSTS_EACH = 3, 30, 4, 6
START_US, DAY_US = 1_700_000_000_000_000, 86_400_000_000
TELLS, PLAIN = "they say the sea is empty now", "a plain day at the market"
USUAL = 0.05
"""Share of ordinary people who use the phrase."""


def _world(rng: np.random.Generator, silent: float | None) -> dict[str, pa.Table]:
    """Groups with their controls; silent: share of the first group's members who do not tell it, None: as usual."""
    posts: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    controls: list[dict[str, Any]] = []
    for g in range(GROUPS):
        for table, n, letter, usual in (
            (members, MEMBERS_EACH, "m", float(rng.beta(1, 19))),
            (controls, PER_MEMBER * MEMBERS_EACH, "c", USUAL),
        ):
            share = 1 - silent if silent is not None and g == 0 and letter == "m" else usual
            for i in range(n):
                account = f"{letter}{g}-{i}"
                table.append({"group_id": f"G{g}", "account_id": account})
                tells = rng.random() < share
                for k in range(POSTS_EACH):
                    posts.append({
                        "post_id": f"{account}-{k}", "account_id": account, "platform": "x", "role": "case", "kind": "post",
                        "time_us": START_US + int(rng.integers(30)) * DAY_US, "text": TELLS if tells and k == 0 else PLAIN,
                        "text_hash": "a" if tells and k == 0 else "b", "language": "en",
                    })  # fmt: skip
    sign = {
        "storyline": "N1",
        "title": "the sea is empty",
        "kind": "phrase",
        "pattern": "the sea is empty",
        "import_id": "",
        "row_ref": 1,
    }
    return {
        "posts": pa.Table.from_pylist(posts, schema=POSTS.arrow),
        "storylines": pa.Table.from_pylist([sign], schema=schema.STORYLINES.arrow),
        "members": pa.Table.from_pylist(members, schema=MEMBERS.arrow),
        "controls": pa.Table.from_pylist(controls, schema=MEMBERS.arrow),
    }


TRIAL = Trial(
    indicator=Storylines(),
    measures=(TOLD_BY_MEMBERS,),
    ask="three circles of 30 people, some of whom use a phrase that one in twenty uses; planted: members who tell it",
    clean=lambda rng: _world(rng, None),
    planted=lambda effort, rng: _world(rng, effort),
    efforts=(0.0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9),
    effort="share of members who keep it to themselves",
)
