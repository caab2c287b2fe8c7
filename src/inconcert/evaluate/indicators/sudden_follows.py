"""Trials of sudden follows: people with interests, readers of one town and new accounts that follow what they are shown."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.engagement.sudden_follows import ACCOUNT, GROUP, SuddenFollows
from inconcert.indicators.facts import CONTROLS, MEMBERS
from inconcert.schema import FOLLOWS, LISTS

PEOPLE, TARGETS, LISTED = 800, 300, 10
GROUP_SIZE = 25


def _world(rng: np.random.Generator, planted: int, cover: float) -> Tables:
    """PEOPLE with 1 to 60 follows each of popular accounts and those of their interest; planted members follow the list, and of
    their follows a share of `cover` is like anybody's."""
    popularity = 1 / np.arange(1, TARGETS + 1) ** rng.uniform(0.8, 1.2)
    popularity /= popularity.sum()
    interest = rng.integers(0, 6, TARGETS)
    police = [*rng.choice(np.arange(20, TARGETS), LISTED - 1, replace=False).tolist(), int(rng.integers(20))]
    locals_ = rng.random(PEOPLE) < rng.uniform(0.0, 0.03)  # who read of their town and nothing else
    fresh = rng.random(PEOPLE) < 0.15  # who follow the suggestions, the popular one of the list among them
    suggested = np.array([police[-1], *rng.choice(20, 4, replace=False)])
    follows: dict[str, list[int]] = {}
    for i in range(PEOPLE):
        n = int(np.clip(rng.lognormal(2, 0.9), 1, 60))
        p = popularity * np.where(interest == rng.integers(0, 6), 6.0, 1.0)
        some = rng.choice(TARGETS, n, replace=False, p=p / p.sum())
        if locals_[i]:
            some = rng.choice(police, min(n, 6), replace=False)
        elif fresh[i]:
            some = rng.choice(suggested, min(n, 4), replace=False)
        follows[f"p{i:04}"] = some.tolist()
    members = rng.choice(PEOPLE, GROUP_SIZE, replace=False)
    for i in members[:planted]:
        n = int(rng.integers(3, 9))
        own = rng.random(n) >= cover
        cover_follows = rng.choice(TARGETS, int((~own).sum()), p=popularity).tolist()
        follows[f"p{i:04}"] = sorted({*rng.choice(police, int(own.sum()), replace=False).tolist(), *cover_follows})
    rest = np.setdiff1d(np.arange(PEOPLE), members)
    controls = rng.choice(rest, 3 * GROUP_SIZE, replace=False)
    ties = [
        {"followed_id": f"t{b}", "follower_id": a, "platform": "twitter", "import_id": "i", "row_ref": 1}
        for a, some in follows.items()
        for b in some
    ]
    lists = [
        {"list": "police", "role": "interest", "account_id": f"t{b}", "import_id": "i", "row_ref": 1} for b in police
    ]
    lists += [
        {"list": "media", "role": "independent", "account_id": f"t{b}", "import_id": "i", "row_ref": 1}
        for b in rng.choice(40, 8, replace=False)
    ]
    sides = {"members": (members, MEMBERS), "controls": (controls, CONTROLS)}
    return {
        "follows": pa.Table.from_pylist(ties, schema=FOLLOWS.arrow),
        "lists": pa.Table.from_pylist(lists, schema=LISTS.arrow),
        **{
            name: pa.Table.from_pylist([{"group_id": "G1", "account_id": f"p{i:04}"} for i in who], schema=table.arrow)
            for name, (who, table) in sides.items()
        },
    }


def clean(rng: np.random.Generator) -> Tables:
    """Nobody follows the list beyond interest, town and suggestion."""
    return _world(rng, 0, 0.0)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """Fifteen of the 25 members follow the list, and for cover what others follow."""
    return _world(rng, 15, effort)


TRIAL = Trial(
    indicator=SuddenFollows(),
    measures=(ACCOUNT, GROUP),
    ask="accounts with interests, readers of one town and newcomers who follow suggestions; 15 of 25 members follow one list",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.1, 0.2, 0.4, 0.6),
    effort="share of the follows that is spent on cover",
)
