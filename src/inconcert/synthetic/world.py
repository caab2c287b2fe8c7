"""A generated world: posts as an export carries them, and the truth about every account in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from inconcert.errors import InputError
from inconcert.synthetic.names import under_names, unique_handles
from inconcert.synthetic.population import populate
from inconcert.synthetic.scenarios import Scenario, scenario
from inconcert.synthetic.table import posts_table

TRUTH = pa.schema([("account_id", pa.string()), ("role", pa.string()), ("unit", pa.string())])
"""Columns of the truth: one row for each account that posted, ordered by account_id."""

NAMES = 0x6E616D65
"""Marks the random numbers that people's names are drawn with."""
LISTS = ("urls", "hashtags", "mentions", "media")


@dataclass(frozen=True)
class World:
    """posts: see table.COLUMNS. truth: TRUTH. scenario, seed: all it was made from."""

    posts: pa.Table
    truth: pa.Table
    scenario: Scenario
    seed: int


def build(name: str | Scenario, seed: int) -> World:
    """The world of a scenario, by its name or itself; UnknownName for a name that is none.

    The crowd and each planted group draw on random numbers of their own: changing a group leaves the crowd alone.
    """
    plan = scenario(name) if isinstance(name, str) else name
    crowd_rng, table_rng, *group_rngs = np.random.default_rng(seed).spawn(2 + len(plan.groups))
    scene = populate(plan.crowd, crowd_rng)
    for group, rng in zip(plan.groups, group_rngs, strict=True):
        scene = group.plant(scene, rng)
    people = scene.accounts
    # from random numbers of their own: how people are called changes nothing of what they do
    handle, shown = under_names(
        people.handle, people.name, people.language, people.created_us, np.random.default_rng([seed, NAMES])
    )
    people = replace(people, handle=unique_handles(handle), name=shown)
    scene = replace(scene, accounts=people)
    posts, account_id = posts_table(scene, table_rng)
    truth = pa.table([pa.array(c, pa.string()) for c in (account_id, people.role, people.unit)], schema=TRUTH)
    posted = pyarrow.compute.is_in(truth["account_id"], pyarrow.compute.unique(posts["account_id"]))
    return World(posts=posts, truth=truth.filter(posted).sort_by("account_id"), scenario=plan, seed=seed)


def write(world: World, path: Path) -> Path:
    """Writes the posts to a .csv or .jsonl file as an export would; InputError for another suffix. Returns the path.

    In CSV absent is an empty cell and lists are JSON; in JSONL absent is left out and lists are lists.
    """
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(world.posts, path)
    elif path.suffix == ".jsonl":
        with path.open("w", encoding="utf-8", newline="\n") as out:
            for post in world.posts.to_pylist():
                record = {k: json.loads(v) if k in LISTS else v for k, v in post.items() if v is not None}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        raise InputError(f"A world is written as .csv or .jsonl, not as '{path.name}'; choose one of those suffixes.")
    return path


def write_truth(world: World, path: Path) -> Path:
    """Writes the truth as CSV. Returns the path."""
    pyarrow.csv.write_csv(world.truth, path)
    return path
