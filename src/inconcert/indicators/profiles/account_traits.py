"""What single accounts show beyond their names: profile fields, audience, picture, and what their posts are like."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.indicators.facts import Facts
from inconcert.indicators.profiles.creation_times import EARLIEST_US, LATEST_US


@dataclass(frozen=True)
class Traits:
    """described: whether the profile has a bio or a place; None without a profile. picture: id of its picture.

    posts: how many are in the data, of them `forwards`. first_us: the earliest of them. tag, tagged: its commonest hashtag, and
    in how many posts.
    """

    described: bool | None
    followers: int | None
    picture: str | None
    posts: int
    forwards: int
    first_us: int | None
    tag: str | None
    tagged: int


_COMPARED = "(SELECT account_id FROM members UNION SELECT account_id FROM controls)"


def account_traits(facts: Facts) -> dict[str, Traits]:
    """Of every account in a group or a control, by id."""
    rows = facts.engine.sql(
        f"""
        SELECT c.account_id, a.described, a.followers, v.picture, p.posts, p.forwards, p.first_us, t.tag, t.tagged
        FROM {_COMPARED} c
        LEFT JOIN (SELECT account_id, max(CASE WHEN trim(bio) <> '' OR trim(location) <> '' THEN 1 ELSE 0 END) AS described,
                          max(followers) AS followers
                   FROM accounts GROUP BY account_id) a ON a.account_id = c.account_id
        LEFT JOIN (SELECT account_id, min(picture_id) AS picture FROM avatars GROUP BY account_id) v
               ON v.account_id = c.account_id
        LEFT JOIN (SELECT account_id, count(*) AS posts, sum(CASE WHEN kind = 'share' THEN 1 ELSE 0 END) AS forwards,
                          min(CASE WHEN time_us >= :earliest AND time_us < :latest THEN time_us END) AS first_us
                   FROM posts WHERE account_id IN {_COMPARED} GROUP BY account_id) p ON p.account_id = c.account_id
        LEFT JOIN (SELECT account_id, object_id AS tag, tagged
                   FROM (SELECT account_id, object_id, tagged,
                                row_number() OVER (PARTITION BY account_id ORDER BY tagged DESC, object_id) AS place
                         FROM (SELECT account_id, object_id, count(DISTINCT post_id) AS tagged FROM actions
                               WHERE kind = 'hashtag' AND account_id IN {_COMPARED}
                               GROUP BY account_id, object_id) counted) ranked
                   WHERE place = 1) t ON t.account_id = c.account_id
        ORDER BY c.account_id
        """,
        {"earliest": EARLIEST_US, "latest": LATEST_US},
    ).to_pylist()
    return {
        row["account_id"]: Traits(
            None if row["described"] is None else bool(row["described"]), row["followers"], row["picture"],
            int(row["posts"] or 0), int(row["forwards"] or 0), row["first_us"], row["tag"], int(row["tagged"] or 0),
        )
        for row in rows
    }  # fmt: skip
