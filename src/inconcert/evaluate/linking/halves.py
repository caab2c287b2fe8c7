"""Published sets split in half: one half is the library, the other is posted by a new group among ordinary accounts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from inconcert.catalogue.add import add
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.read import replayed
from inconcert.evaluate.kept import Row
from inconcert.evaluate.linking.crowd import Uses, material_of, uses_of
from inconcert.linking.compare import compare
from inconcert.linking.families import FAMILY
from inconcert.linking.published import published
from inconcert.normalise.text import text_hash
from inconcert.normalise.urls import link
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.honest import Activists, Fans
from inconcert.synthetic.press import Newsroom
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import build

SETS: dict[str, str] = {
    "Doppelganger 2022": "2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.csv",
    "Doppelganger 2023": "Q2_2023_Doppelganger_Russia_based_CIB_network_updated.csv",
    "Spamouflage 2023": "Q2_2023_Spamouflage_China_based_CIB_updated.csv",
}
"""Operation -> file of Meta's threat research. The first two are one operation, disclosed twice."""
SAME = frozenset({"Doppelganger 2022", "Doppelganger 2023"})
OTHER_OPERATION = "China:"
"""Beginning of comments in the first file on another operation's two links."""

KNOWN = (0, 1, 2, 3, 5)
"""Indicators of the library half that the new group posts beside those of its own half."""
MEMBERS, OWN_ITEMS, POSTS_EACH, ORDINARY_GROUPS = 30, 60, 12, 3
CONTROLS: dict[int, int] = {2_000: 9_000, 10_000: 100_000}
"""Accounts of a crowd -> their posts, about; those who happen to post nothing do not appear."""
GROUPS = (Fans(), Activists(), Newsroom())
HONEST = tuple(group.unit for group in GROUPS)


def sets(data: Path) -> dict[str, list[Indicator]]:
    """Operation -> its indicators that posts or accounts can show, as the catalogue reads Meta's files."""
    found = {}
    for operation, name in SETS.items():
        with tempfile.TemporaryDirectory(prefix="inconcert-") as folder:
            room = Path(folder) / "library"
            add(room, [data / "meta_threat_research" / name], operation=operation, now=datetime(2026, 1, 1, tzinfo=UTC))
            its = [one for of in replayed(room).values() for one in of.values()]
        usable = {id(one) for one in its if one.kind in FAMILY or one.kind == "text"}
        found[operation] = [
            one for one in its
            if id(one) in usable and one.kind != "technique" and not (one.comment or "").startswith(OTHER_OPERATION)
        ]  # fmt: skip
    return found


def crowd_of(seed: int, accounts: int) -> Uses:
    """The ordinary accounts and honest groups of one world. accounts: one of CONTROLS."""
    world = Scenario(
        name="linking",
        about="ordinary accounts, fans, activists and a newsroom",
        crowd=Crowd(n_accounts=accounts, n_posts=CONTROLS[accounts]),
        groups=GROUPS,
    )
    return uses_of(build(world, seed), f"world {seed}", np.random.default_rng([seed, 7]))


def half_trial(published_sets: Mapping[str, Sequence[Indicator]], crowd: Uses, seed: int) -> Row:
    """One random split of every operation: {number known: [{group: operation or honest unit, control: ordinary accounts, beside: those whose posts
    count beside the group's, paid: bits for all comparisons, verdicts: {operation: [verdict, bits]}}]}."""
    rng = np.random.default_rng([seed, 0x68616C66])
    library: list[Indicator] = []
    rest: dict[str, list[Indicator]] = {}
    halves: dict[str, list[Indicator]] = {}
    for operation, its in published_sets.items():
        order = rng.permutation(len(its))
        first = [its[i] for i in order[: len(its) // 2]]
        library += first
        halves[operation], rest[operation] = first, [its[i] for i in order[len(its) // 2 :]]
    known = published(library)
    found: Row = {}
    ordinary = sorted(account for account, unit in crowd.units.items() if unit == "crowd")
    honest = {unit: [a for a, its in sorted(crowd.units.items()) if its == unit] for unit in HONEST}
    for n in KNOWN:
        groups: dict[str, list[str]] = {}
        added: list[dict[str, object]] = []
        for operation in published_sets:
            groups[operation] = [f"{operation}/{i}" for i in range(MEMBERS)]
            own = _some(rest[operation], OWN_ITEMS, rng)
            added += _posted(groups[operation], [*own, *_some(halves[operation], n, rng)], len(own), rng)
        drawn = rng.permutation(len(ordinary))[: ORDINARY_GROUPS * MEMBERS].reshape(ORDINARY_GROUPS, MEMBERS).tolist()
        groups |= {f"ordinary {i}": [ordinary[j] for j in places] for i, places in enumerate(drawn)}
        groups |= {unit: its for unit, its in honest.items() if its}
        material = material_of(crowd, groups, added)
        try:
            links = compare(material, known, dict.fromkeys(groups, "L2")).links.to_pylist()
        finally:
            material.engine.close()
        paid = max(row["paid"] for row in links)
        said: dict[str, dict[str, list[object]]] = {group: {} for group in groups}
        for row in links:
            said[row["group_id"]][row["operation"]] = [row["verdict"], round(row["bits"], 2)]
        found[str(n)] = [
            {
                "group": group,
                "control": material.control,
                "beside": round(material.control / material.activity[group]),
                "paid": round(paid, 2),
                "verdicts": verdicts,
            }
            for group, verdicts in said.items()
        ]
    return found


def _some(its: Sequence[Indicator], n: int, rng: np.random.Generator) -> list[Indicator]:
    return [its[i] for i in sorted(rng.permutation(len(its))[:n].tolist())]


def _posted(
    members: Sequence[str], items: Sequence[Indicator], own: int, rng: np.random.Generator
) -> list[dict[str, object]]:
    """Uses of a group whose members each post POSTS_EACH of the items, one a post; accounts among the items are members themselves.

    What follows the first `own` items is posted by three members each.
    """
    rows: list[dict[str, object]] = []
    handles = [one for one in items if one.kind in ("handle", "account")]
    for member, one in zip(members, handles, strict=False):
        rows.append(_use(member, one.kind, one.value, one.platform, None))
    for place, one in enumerate(items):
        if one in handles:
            continue
        carriers = max(1, MEMBERS * POSTS_EACH // max(1, own)) if place < own else 3
        for member in rng.permutation(len(members))[:carriers].tolist():
            rows += _in_post(members[member], one, f"{members[member]}:{place}")
    return rows


def _in_post(account: str, one: Indicator, post: str) -> Iterator[dict[str, object]]:
    """What a post that shows an indicator shows: of a page its domain and host besides."""
    if one.kind == "text":
        if (digest := text_hash(one.value)) is not None:
            yield _use(account, "text_hash", digest, "twitter", post)
        return
    yield _use(account, one.kind, one.value, "twitter", post)
    if one.kind in ("url", "host", "domain") and (found := link(one.value)).url:
        host = found.url.split("/")[2]
        shown = {"host": host, "domain": found.domain}
        yield from (
            _use(account, kind, value, "twitter", post) for kind, value in shown.items() if value and kind != one.kind
        )


def _use(account: str, kind: str, value: str, platform: str | None, post: str | None) -> dict[str, object]:
    return {"account_id": account, "kind": kind, "value": value, "platform": platform, "post_id": post, "time_us": None}
