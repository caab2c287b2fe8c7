"""Posts that a result names by account and id, as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from inconcert.browse.posts import Post, posts
from inconcert.browse.view import View

_POSTS = """
SELECT w.place, min(p.post) AS post FROM wanted AS w JOIN accounts AS a ON a.id = w.account_id
JOIN posts AS p ON p.account = a.account AND p.post_id = w.post_id GROUP BY w.place ORDER BY w.place
"""


def witness_posts(view: View, wanted: Sequence[tuple[str, str]], *, names: bool = False) -> dict[tuple[str, str], Post]:
    """(account id, post id) -> the post, of those that the case holds."""
    table = pa.table(
        {
            "place": pa.array(range(len(wanted)), pa.int32()),
            "account_id": pa.array([account for account, _ in wanted], pa.string()),
            "post_id": pa.array([post for _, post in wanted], pa.string()),
        }
    )
    rows = view.rows(_POSTS, wanted=table)
    found = posts(view, [row["post"] for row in rows], names)
    return {wanted[row["place"]]: post for row, post in zip(rows, found, strict=True)}
