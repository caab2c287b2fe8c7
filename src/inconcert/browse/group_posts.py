"""The posts behind one thing that members of a group have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from inconcert.browse.objects import Thing, things
from inconcert.browse.posts import Post, posts
from inconcert.browse.view import View
from inconcert.errors import UnknownName

# of each account its first action on the object, as the tests take it
_POSTS = """
SELECT post FROM (
    SELECT a.post, a.time_us FROM actions AS a SEMI JOIN wanted USING (account) WHERE a.object = $1 AND a.post IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY a.account ORDER BY a.time_us NULLS LAST, a.post) = 1
) ORDER BY time_us NULLS LAST, post LIMIT $2
"""
_KNOWN = "SELECT 1 FROM group_objects WHERE group_id = ? AND object = ?"
_MEMBERS = "SELECT account FROM members WHERE group_id = ?"


@dataclass(frozen=True)
class Behind:
    """posts: the first of each member on the thing, earliest first."""

    thing: Thing
    posts: tuple[Post, ...]


def group_posts(view: View, group_id: str, object: int, *, names: bool = False, limit: int = 30) -> Behind:
    """What members of a group posted about one of the `objects` they have in common; UnknownName for any other number."""
    if view.row(_KNOWN, [group_id, object]) is None:
        raise UnknownName("thing that this group has in common", str(object), ())
    members: Sequence[int] = view.column(_MEMBERS, [group_id]).tolist()
    wanted = pa.table({"account": pa.array(members, pa.int32())})
    found = view.column(_POSTS, [object, limit], wanted=wanted).tolist()
    return Behind(things(view, [object], names)[object], tuple(posts(view, found, names)))
