"""Groups, their members, and what members have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from inconcert.browse.names import Who, as_who
from inconcert.browse.objects import Thing, things
from inconcert.browse.view import View
from inconcert.errors import UnknownName
from inconcert.report.pseudonyms import order

_MEMBERS = """
SELECT a.*, m.membership, m.n_partners, m.x, m.y FROM members AS m JOIN accounts AS a USING (account)
WHERE m.group_id = ? ORDER BY m.place
"""
_LISTED = """
SELECT *, NULL AS membership, NULL AS n_partners, NULL AS x, NULL AS y FROM accounts SEMI JOIN wanted USING (id)
ORDER BY n_posts DESC, account
"""
_SHARING = """
SELECT DISTINCT group_id FROM group_objects JOIN objects AS o USING (object)
WHERE o.kind IN ('url', 'domain', 'hashtag') AND contains(lower(o.id), lower(?))
"""
_PLATFORMS = """
SELECT m.group_id, a.platform FROM members AS m JOIN accounts AS a USING (account) GROUP BY ALL ORDER BY m.group_id, count(*) DESC, a.platform
"""
_OBJECTS = """
SELECT place, object, members, bits, closest_us, span_us, first_us FROM group_objects WHERE group_id = ?
ORDER BY place LIMIT ? OFFSET ?
"""


@dataclass(frozen=True)
class Member:
    """One account of a group.   membership: share of bootstrap samples in which it belongs; partners: members it acted with;
    x, y: in the group's own picture; None in a group that people made.   pseudonym: in the report, None without.   created_us: of the account; first_us, last_us: of its posts; None when unknown.
    """

    who: Who
    pseudonym: str | None
    membership: float | None
    partners: int | None
    x: float | None
    y: float | None
    posts: int
    created_us: int | None
    first_us: int | None
    last_us: int | None


@dataclass(frozen=True)
class Group:
    """row: of the table `groups`, its level the one that all evidence carries it to.   innocent: (name, why) of the innocent
    explanations that fit.   objects: how many its members have in common, as far as they are kept.
    """

    id: str
    row: Mapping[str, Any]
    innocent: tuple[tuple[str, str], ...]
    objects: int


@dataclass(frozen=True)
class Shared:
    """One thing that members have in common.   place: 1 is the most telling.   bits: see `group_tables.bits`.   members: that acted on
    it.   closest_us: least time between two of them; span_us: from the first to the last; None without times.
    """

    place: int
    thing: Thing
    members: int
    bits: float
    closest_us: int | None
    span_us: int | None
    first_us: int | None


def groups(view: View) -> tuple[Group, ...]:
    """Every group, in the order of their numbers, those of level L0, of which nothing is claimed, among them."""
    counted = view.rows("SELECT group_id, count(*) AS n FROM group_objects GROUP BY group_id")
    objects = {row["group_id"]: row["n"] for row in counted}
    rows = sorted(view.rows("SELECT * FROM groups"), key=lambda row: order(row["group_id"]))
    return tuple(_group(row, objects.get(row["group_id"], 0)) for row in rows)


def group(view: View, id: str) -> Group:
    """One group; UnknownName when there is none of that id."""
    row = view.row("SELECT * FROM groups WHERE group_id = ?", [id])
    if row is None:
        raise UnknownName("group", id, [known.id for known in groups(view)])
    counted = view.rows("SELECT count(*) AS n FROM group_objects WHERE group_id = ?", [id])
    return _group(row, counted[0]["n"])


def members(view: View, id: str, *, names: bool = False) -> tuple[Member, ...]:
    """The accounts of a group, best connected first; none for an unknown group."""
    return tuple(_member(view, row, names) for row in view.rows(_MEMBERS, [id]))


def members_listed(view: View, ids: Sequence[str], *, names: bool = False) -> tuple[Member, ...]:
    """Accounts by their ids as if they were a group, most posts first; those that the case does not hold left out."""
    rows = view.rows(_LISTED, wanted=pa.table({"id": pa.array(sorted(set(ids)), pa.string())}))
    return tuple(_member(view, row, names) for row in rows)


def objects(view: View, id: str, *, names: bool = False, offset: int = 0, limit: int = 50) -> tuple[Shared, ...]:
    """What members of a group have in common, the most telling first."""
    rows = view.rows(_OBJECTS, [id, limit, offset])
    shown = things(view, [row["object"] for row in rows], names)
    return tuple(
        Shared(
            row["place"],
            shown[row["object"]],
            row["members"],
            row["bits"],
            row["closest_us"],
            row["span_us"],
            row["first_us"],
        )
        for row in rows
    )


def groups_sharing(view: View, words: str) -> frozenset[str]:
    """Groups whose members have a link, site or hashtag in common that holds these words."""
    return frozenset(row["group_id"] for row in view.rows(_SHARING, [words]))


def groups_platforms(view: View) -> dict[str, tuple[str, ...]]:
    """Group -> the platforms of its members, that of most first."""
    found: dict[str, tuple[str, ...]] = {}
    for row in view.rows(_PLATFORMS):
        found[row["group_id"]] = (*found.get(row["group_id"], ()), row["platform"])
    return found


def _member(view: View, row: Mapping[str, Any], names: bool) -> Member:
    return Member(
        as_who(view, row, names), row["pseudonym"], row["membership"], row["n_partners"], row["x"], row["y"], row["n_posts"],
        row["created_us"], row["first_us"], row["last_us"],
    )  # fmt: skip


def _group(row: Mapping[str, Any], n_objects: int) -> Group:
    innocent = tuple((item["name"], item["why"]) for item in json.loads(row["innocent"] or "[]"))
    return Group(row["group_id"], row, innocent, n_objects)
