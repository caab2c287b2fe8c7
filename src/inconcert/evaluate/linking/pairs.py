"""Pairs of a group and an operation with known truth, in generated worlds: does a group of the operation, or another one, show what is published."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np

from inconcert.catalogue.indicator import Indicator
from inconcert.evaluate.kept import Row
from inconcert.evaluate.linking.crowd import Uses, material_of, uses_of
from inconcert.linking.compare import compare
from inconcert.linking.published import published
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.honest import Activists, Fans
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.press import Newsroom
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import build

UNITS = ("first operation", "second operation")
PUBLISHED = (1, 2, 4, 8, 16)
"""Things that a report lists; of each a library of every operation."""
ORDINARY_SHARES = (0.0, 0.5)
"""Share of them that the operation's accounts merely passed on, as reports list by mistake."""
KINDS = ("url", "text_hash", "host")
GROUPS_EACH, ORDINARY_GROUPS = 2, 4
SCENARIO = Scenario(
    name="pairs",
    about="two operations and honest groups in one crowd, small enough to make many",
    crowd=Crowd(n_accounts=1_500, n_posts=7_000),
    groups=(
        Fans(), Activists(), Newsroom(), Operation(unit=UNITS[0], n_accounts=30, n_objects=40, organic_sharers=1.0),
        Operation(unit=UNITS[1], n_accounts=30, n_objects=40, kinds=("url", "text", "hashtag_sequence"), rotation=0.2, organic_sharers=2.0),
    ),
)  # fmt: skip


def pairs(seed: int) -> Row:
    """The pairs of one world: lists of [bits before paying, after paying, verdict, 1 when they are one operation].

    Half of each operation's accounts are what was published; the other half is found anew, as two groups.
    """
    rng = np.random.default_rng([seed, 0x70616972])
    crowd = uses_of(build(SCENARIO, seed), f"pairs {seed}", rng)
    library: list[Indicator] = []
    groups: dict[str, list[str]] = {}
    truth: dict[str, str] = {}
    for unit in UNITS:
        its = [account for account, of in sorted(crowd.units.items()) if of == unit]
        rng.shuffle(its)
        known, new = its[: len(its) // 2], its[len(its) // 2 :]
        for n in range(GROUPS_EACH):
            groups[f"{unit} {n}"], truth[f"{unit} {n}"] = sorted(new[n::GROUPS_EACH]), unit
        library += _reports(crowd, unit, known, rng)
    for group in SCENARIO.groups[:3]:
        groups[group.unit] = [account for account, of in sorted(crowd.units.items()) if of == group.unit]
    ordinary = sorted(account for account, of in crowd.units.items() if of == "crowd")
    rng.shuffle(ordinary)
    groups |= {f"ordinary {n}": sorted(ordinary[n * 15 : n * 15 + 15]) for n in range(ORDINARY_GROUPS)}
    groups = {name: its for name, its in groups.items() if len(its) > 1}
    members = {account for its in groups.values() for account in its}
    material = material_of(_without_published_accounts(crowd, members), groups)
    try:
        links = compare(material, published(library), dict.fromkeys(groups, "L2")).links.to_pylist()
    finally:
        material.engine.close()
    found = [
        [
            round(sum(json.loads(row["families"]).values()), 3), round(row["bits"], 3), row["verdict"],
            int(truth.get(row["group_id"]) == row["operation"].rpartition(",")[0]),
        ]
        for row in links
    ]  # fmt: skip
    return {"pairs": found}


def _without_published_accounts(crowd: Uses, members: set[str]) -> Uses:
    """The crowd, in which accounts of operations that are in no group are nobody's."""
    units = {
        account: of if account in members or of not in UNITS else "published" for account, of in crowd.units.items()
    }
    return Uses(crowd.uses, crowd.volume, units)


def _reports(crowd: Uses, unit: str, known: Sequence[str], rng: np.random.Generator) -> list[Indicator]:
    """What reports on those accounts list: things that several of them show, and things that one of them passed on."""
    shown = crowd.uses.filter([kind in KINDS for kind in crowd.uses["kind"].to_pylist()]).to_pylist()
    users: dict[tuple[str, str], set[str]] = {}
    for row in shown:
        if row["account_id"] in set(known):
            users.setdefault((row["kind"], row["value"]), set()).add(row["account_id"])
    counted = Counter({key: len(its) for key, its in users.items()})
    telling = sorted(key for key, n in counted.items() if n >= 3)
    passed_on = sorted(key for key, n in counted.items() if n == 1)
    found = []
    for n in PUBLISHED:
        for share in ORDINARY_SHARES:
            wrong = round(n * share)
            chosen = [_drawn(telling, n - wrong, rng), _drawn(passed_on, wrong, rng)]
            found += [
                Indicator(
                    f"{unit}, {n} and {share:g}",
                    kind,
                    value,
                    None,
                    value,
                    "generated",
                    "0" * 64,
                    row,
                    None,
                    "2024-01-01",
                    None,
                )
                for row, (kind, value) in enumerate([key for keys in chosen for key in keys], start=1)
            ]
    return found


def _drawn(keys: Sequence[tuple[str, str]], n: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    return [keys[i] for i in sorted(rng.permutation(len(keys))[:n].tolist())]
