"""Worlds for `profile-pictures`: people of whom some keep the default and a few use one emblem; a group with shared pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.facts import MEMBERS, PORTRAITS
from inconcert.indicators.profiles.profile_pictures import LEADS, SHARED, ProfilePictures

GROUPS, MEMBERS_EACH, PER_MEMBER = 3, 40, 5
DEFAULT, EMBLEM, FACE, FALSE_LEAD = 0.15, 0.03, 0.4, 0.03
"""Shares of ordinary accounts: default picture, a picture that goes round, one face, and of these eyes that happen to fit."""


def _portrait(account: str, emblem: float, rng: np.random.Generator) -> dict[str, object]:
    kind = rng.random()
    face = kind > DEFAULT + emblem and rng.random() < FACE
    return {
        "account_id": account,
        "picture_id": "default" if kind < DEFAULT else f"emblem{rng.integers(3)}" if kind < DEFAULT + emblem else f"{account}.png",
        "default_picture": kind < DEFAULT,
        "faces": 1 if face else 0,
        "lead": bool(rng.random() < FALSE_LEAD) if face else None,
    }  # fmt: skip


def _world(rng: np.random.Generator, own: float | None) -> dict[str, pa.Table]:
    """Groups of friends with their controls; own: share of the first group's members with pictures of their own, None for all."""
    rows: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    controls: list[dict[str, Any]] = []
    for g in range(GROUPS):
        # friends differ in how many show their club's emblem
        for table, n, letter, emblem in (
            (members, MEMBERS_EACH, "m", float(rng.beta(1, 20))),
            (controls, PER_MEMBER * MEMBERS_EACH, "c", EMBLEM),
        ):
            for i in range(n):
                account = f"{letter}{g}-{i}"
                row = _portrait(account, emblem, rng)
                if own is not None and g == 0 and letter == "m" and rng.random() >= own:
                    row |= {
                        "picture_id": f"bought{rng.integers(12)}",
                        "default_picture": False,
                        "faces": 1,
                        "lead": True,
                    }
                rows.append(row)
                table.append({"group_id": f"G{g}", "account_id": account})
    return {
        "portraits": pa.Table.from_pylist(rows, schema=PORTRAITS.arrow),
        "members": pa.Table.from_pylist(members, schema=MEMBERS.arrow),
        "controls": pa.Table.from_pylist(controls, schema=MEMBERS.arrow),
    }


TRIAL = Trial(
    indicator=ProfilePictures(),
    measures=(SHARED, LEADS),
    ask="three groups of 40 friends with 200 controls each; planted: members who take their pictures from a stock of twelve drawn faces",
    clean=lambda rng: _world(rng, None),
    planted=lambda effort, rng: _world(rng, effort),
    efforts=(0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9),
    effort="share of members with a picture of their own",
)
