"""What a group and an operation have in common: each thing with its rarity, its users and the posts it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.engine.duckdb import DuckDB
from inconcert.linking import rarity
from inconcert.linking.families import FAMILY
from inconcert.linking.matches import EXACT
from inconcert.linking.material import Material

MOST_ITEMS = 2_000
"""Of one group and operation the rarest of so many are weighed; further ones are counted, and could only add."""

PROFILE = " profile"
"""In the place of a platform: what stands in a profile, as if that were a post, so that a link and its domain in it are one piece."""

OF_COPIES = {"near_text": "text_hash", "near_media": "image_hash"}
"""Kind of a cluster of copies -> the kind of indicator it is near to."""


@dataclass(frozen=True)
class CommonItem:
    """One thing in common. value, place: as the case has it; item: row of the library; how: exact, or in which way near.

    carriers: members with it. posts: (platform, post_id) of theirs with it, (PROFILE, account) for a
    profile; empty for accounts. control: accounts of the control with it.
    showing: control accounts that show anything published for the operation, matched in the same way, that is as rare. rate: upper
    bound of that share. exposed: the same of an account that posts as much as a member. chance, bits: of an unrelated group. first_us, last_us: of the posts.
    """

    group: str
    op: int
    item: int
    kind: str
    how: str
    value: str
    place: str | None
    carriers: frozenset[str]
    posts: frozenset[tuple[str, str]]
    control: int
    showing: int
    rate: float
    exposed: float
    chance: float
    bits: float
    first_us: int | None
    last_us: int | None

    @property
    def family(self) -> str:
        """Its family."""
        return FAMILY[self.kind]


_ORDINARY = """
SELECT op, kind, how, least, count(*) AS accounts FROM (
  SELECT op, kind, how, account_id, min(k) AS least FROM matches JOIN account_uses USING (kind, value)
  WHERE group_id IS NULL AND account_uses.place IS NOT DISTINCT FROM matches.place GROUP BY op, kind, how, account_id
) GROUP BY op, kind, how, least"""
_IN_GROUPS = """
SELECT group_id, op, item, kind, how, value, matches.place, any_value(k) AS k, list(DISTINCT account_id) AS carriers
FROM matches JOIN account_uses USING (kind, value)
WHERE group_id IS NOT NULL AND account_uses.place IS NOT DISTINCT FROM matches.place
  AND (how = 'exact' OR k = 0)
GROUP BY group_id, op, item, kind, how, value, matches.place"""
_WEIGHED = f"""
SELECT * FROM in_groups QUALIFY row_number() OVER (
  PARTITION BY group_id, op ORDER BY k, len(carriers) DESC, how <> '{EXACT}', kind, value, place) <= {MOST_ITEMS}"""
_POSTS = f"""
SELECT group_id, kind, value, list(DISTINCT CASE WHEN post_id IS NULL THEN struct_pack(platform := '{PROFILE}', post_id := account_id)
    ELSE struct_pack(platform := coalesce(platform, ''), post_id := post_id) END) AS posts,
  min(time_us) AS first_us, max(time_us) AS last_us
FROM uses JOIN sides USING (account_id)
SEMI JOIN (SELECT DISTINCT group_id, kind, value FROM weighed) AS wanted USING (group_id, kind, value)
WHERE post_id IS NOT NULL OR kind NOT IN ('account', 'handle') GROUP BY group_id, kind, value"""


def common_items(material: Material) -> tuple[dict[tuple[str, int], list[CommonItem]], dict[tuple[str, int], int]]:
    """{(group, operation): its items, rarest first}, and how many each has, those beyond MOST_ITEMS among them. After `matches`.

    A near match counts only when no account of the control shows the case's own thing: what ordinary people use is nobody's disguise.
    """
    engine = material.engine
    engine.keep("in_groups", _IN_GROUPS)
    engine.keep("weighed", _WEIGHED)
    showing = _showing(engine)
    posts = {(row["group_id"], row["kind"], row["value"]): row for row in engine.sql(_POSTS).to_pylist()}
    found: dict[tuple[str, int], list[CommonItem]] = defaultdict(list)
    for (group, kind, how), rows in _classes(engine):
        counts = np.array([_as_rare(showing.get((row["op"], kind, how)), row["k"]) for row in rows], dtype=np.int64)
        of_posts = kind not in ("account", "handle")
        rates = rarity.rate(counts, material.control)
        exposed = rarity.exposed(rates, (material.activity if of_posts else material.alike)[group])
        chances = rarity.chance([len(row["carriers"]) for row in rows], material.groups[group], exposed)
        bits = rarity.bits(chances) - (0.0 if how == EXACT else rarity.NEAR_COSTS)
        for n, row in enumerate(rows):
            seen = posts.get((group, kind, row["value"]), {"posts": [], "first_us": None, "last_us": None})
            one = CommonItem(
                group=group, op=row["op"], item=row["item"], kind=OF_COPIES.get(kind, kind), how=how, value=row["value"], place=row["place"],
                carriers=frozenset(row["carriers"]), posts=frozenset((p["platform"], p["post_id"]) for p in seen["posts"]), control=row["k"],
                showing=int(counts[n]), rate=float(rates[n]), exposed=float(exposed[n]), chance=float(chances[n]), bits=max(0.0, float(bits[n])),
                first_us=seen["first_us"], last_us=seen["last_us"],
            )  # fmt: skip
            found[group, row["op"]].append(one)
    for items in found.values():
        items.sort(key=_order)
    counted = engine.sql("SELECT group_id, op, count(*) AS n FROM in_groups GROUP BY group_id, op").to_pylist()
    return dict(found), {(row["group_id"], row["op"]): row["n"] for row in counted}


def _order(item: CommonItem) -> tuple[Any, ...]:
    return -item.bits, item.how != EXACT, item.kind, item.value, item.place or ""


def _classes(engine: DuckDB) -> Iterator[tuple[tuple[str, str, str], list[dict[str, Any]]]]:
    """The rows to weigh, by group, kind and how they match."""
    rows = engine.sql("SELECT * FROM weighed ORDER BY group_id, kind, how, op, value, place NULLS FIRST").to_pylist()
    classes: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        classes[row["group_id"], row["kind"], row["how"]].append(row)
    yield from classes.items()


Cumulated = tuple[NDArray[np.int64], NDArray[np.int64]]


def _showing(engine: DuckDB) -> Mapping[tuple[int, str, str], Cumulated]:
    """Of each operation, kind and way to match: numbers of control accounts, and how many accounts show something that rare at least."""
    steps: dict[tuple[int, str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in engine.sql(_ORDINARY).to_pylist():
        steps[row["op"], row["kind"], row["how"]].append((row["least"], row["accounts"]))
    made = {}
    for key, pairs in steps.items():
        least, accounts = np.array(sorted(pairs), dtype=np.int64).T
        made[key] = least, np.cumsum(accounts)
    return made


def _as_rare(cumulated: Cumulated | None, k: int) -> int:
    """Control accounts that show something which, but for themselves, no more than k of the others show."""
    if cumulated is None:
        return 0
    least, accounts = cumulated
    place = int(np.searchsorted(least, k + 1, side="right"))
    return int(accounts[place - 1]) if place else 0
