"""Posts that share, reply to or quote one post."""

from __future__ import annotations

from inconcert.browse.posts import Post, posts
from inconcert.browse.view import View

ANSWERS = ("share", "reply")
"""Kinds of action whose object is a post."""

_OF_POST = """
SELECT a.post FROM actions AS a SEMI JOIN (
    SELECT o.object FROM post_places AS w JOIN posts AS p USING (post) JOIN objects AS o ON o.id IN (p.post_id, p.platform || ':' || p.post_id)
    WHERE w.import_id = $1 AND w.row_ref = $2 AND o.kind = $3
) USING (object) WHERE a.post IS NOT NULL ORDER BY a.time_us NULLS LAST, a.post LIMIT $4 OFFSET $5
"""


def answers(
    view: View, import_id: str, row_ref: int, kind: str, *, names: bool = False, offset: int = 0, limit: int = 50
) -> tuple[Post, ...]:
    """The posts that share a post (kind "share") or reply to it ("reply"), the earliest first; `PostPage` counts them."""
    found = view.column(_OF_POST, [import_id, row_ref, kind, limit, offset])
    return tuple(posts(view, found.tolist(), names))
