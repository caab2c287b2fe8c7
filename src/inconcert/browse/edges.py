"""Pairs of accounts: whom an account acts with, and what two accounts did together, with both posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.browse.names import Who, as_who, number, who
from inconcert.browse.network_tables import LAYERS
from inconcert.browse.objects import Thing, things
from inconcert.browse.posts import Post, posts
from inconcert.browse.view import View
from inconcert.errors import InputError

_PARTNERS = """
SELECT e.*, a.id, a.key, a.handle, a.name, a.platform, a.group_id, a.level AS group_level, a.pseudonym
FROM (SELECT *, b AS other FROM edges WHERE a = $1 UNION ALL SELECT *, a FROM edges WHERE b = $1) AS e
JOIN accounts AS a ON a.account = e.other ORDER BY e.edge LIMIT $2 OFFSET $3
"""
# of each account its first action on an object, as the tests take it
_COMMON = """
WITH x AS (
    SELECT * FROM actions WHERE account = $1
    QUALIFY row_number() OVER (PARTITION BY object ORDER BY time_us NULLS LAST, post) = 1
), y AS (
    SELECT * FROM actions WHERE account = $2
    QUALIFY row_number() OVER (PARTITION BY object ORDER BY time_us NULLS LAST, post) = 1
)
SELECT object, x.post AS x_post, y.post AS y_post, abs(x.time_us - y.time_us) AS gap_us, y.time_us < x.time_us AS turned,
       count(*) OVER () AS n
FROM x JOIN y USING (object) JOIN objects AS o USING (object) ORDER BY o.accounts, gap_us NULLS LAST, o.object LIMIT $3 OFFSET $4
"""


@dataclass(frozen=True)
class Evidence:
    """What the detect run found of a pair.

    q: chance of being wrong; q_conditional: that they are more synchronous than what they have in common lets expect.   told_by,
    window_us, objects: the most telling kind and scale (None: untimed), and on how many objects they met there.   layers: kinds that would
    be telling by themselves.   common: objects both acted on at any time; gap_us: median time between their first actions on
    one, closest_us: the least; rarity: accounts on the rarest one; first_us, last_us: when the second of them first, and last, followed.
    """

    level: str
    q: float
    q_conditional: float
    told_by: str
    window_us: int | None
    objects: int
    layers: tuple[str, ...]
    common: int
    gap_us: int | None
    closest_us: int | None
    rarity: int | None
    first_us: int | None
    last_us: int | None


@dataclass(frozen=True)
class Partner:
    """An account that acts with another one, and the evidence."""

    who: Who
    evidence: Evidence


@dataclass(frozen=True)
class Common:
    """One object that both acted on.   first, second: their posts, the earlier one first; None where the case lacks the post.
    gap_us: time between them; None when a time is missing."""

    thing: Thing
    gap_us: int | None
    first: Post | None
    second: Post | None


@dataclass(frozen=True)
class Edge:
    """Two accounts.   evidence: None when the pair was not significant.   common: a stretch of what they have in common, the rarest
    first; n_common: how much that is in all.
    """

    a: Who
    b: Who
    evidence: Evidence | None
    common: tuple[Common, ...]
    n_common: int


def partners(view: View, key: str, *, names: bool = False, offset: int = 0, limit: int = 200) -> tuple[Partner, ...]:
    """Whom an account acts with, the strongest evidence first. UnknownName for the account."""
    rows = view.rows(_PARTNERS, [number(view, key), limit, offset])
    return tuple(Partner(as_who(view, {**row, "level": row["group_level"]}, names), _evidence(row)) for row in rows)


def edge(view: View, a: str, b: str, *, names: bool = False, offset: int = 0, limit: int = 50) -> Edge:
    """What two accounts, by their keys, did together. UnknownName for an account; InputError when both are one."""
    first, second = number(view, a), number(view, b)
    if first == second:
        raise InputError(f"{a} was named twice; name two accounts.")
    low, high = sorted((first, second))
    row = view.row("SELECT * FROM edges WHERE a = ? AND b = ?", [low, high])
    rows = view.rows(_COMMON, [first, second, limit, offset])
    numbers = [one[side] for one in rows for side in ("x_post", "y_post") if one[side] is not None]
    numbers = list(dict.fromkeys(numbers))
    shown = dict(zip(numbers, posts(view, numbers, names), strict=True))
    objects = things(view, [one["object"] for one in rows], names)
    people = who(view, [first, second], names)
    pairs = ((one, ("y_post", "x_post") if one["turned"] else ("x_post", "y_post")) for one in rows)
    common = tuple(
        Common(objects[one["object"]], one["gap_us"], *(shown.get(one[side]) for side in sides)) for one, sides in pairs
    )
    n_common = rows[0]["n"] if rows else 0
    return Edge(people[first], people[second], _evidence(row) if row is not None else None, common, n_common)


def layers(kinds: int) -> tuple[str, ...]:
    """The kinds of a bit mask."""
    return tuple(kind for bit, kind in enumerate(LAYERS) if kinds >> bit & 1)


def _evidence(row: Mapping[str, Any]) -> Evidence:
    same = ("level", "q", "q_conditional", "window_us", "gap_us", "closest_us", "rarity", "first_us", "last_us")
    return Evidence(
        told_by=row["kind"],
        objects=row["n_objects"],
        layers=layers(row["kinds"]),
        common=row["n_common"],
        **{name: row[name] for name in same},
    )
