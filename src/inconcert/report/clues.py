"""Words in pictures that an analyst should look at: window titles, browser tabs, clocks and other traces of a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from inconcert.case import Case
from inconcert.report.post_references import Asked, Reference, quotes
from inconcert.report.thumbnails import Drawer, Thumbnail

CLUES_AT_MOST, PER_KIND, POSTS_AT_MOST = 24, 6, 5
"""Clues shown, at most so many of one kind, and posts given for each."""

CLUES_BYTES, CUTTINGS_BYTES = 220_000, 600_000
"""Room for their pictures in the page, and for the cuttings in the working file."""

_CHOSEN = f"""
WITH carried AS (
    SELECT sha256, count(DISTINCT (platform, account_id)) AS accounts, count(*) AS posts
    FROM media WHERE use = 'post' GROUP BY sha256
), ranked AS (
    SELECT t.*, c.accounts, c.posts,
           row_number() OVER (PARTITION BY sha256, clue, t.text ORDER BY confidence DESC, frame, top, "left") AS again
    FROM picture_texts AS t JOIN carried AS c USING (sha256) WHERE clue IS NOT NULL
)
SELECT * FROM ranked WHERE again = 1
QUALIFY row_number() OVER (PARTITION BY clue ORDER BY accounts DESC, confidence DESC, sha256, frame, top, "left") <= {PER_KIND}
ORDER BY clue, accounts DESC, confidence DESC, sha256, frame, top, "left" LIMIT {CLUES_AT_MOST}
"""
_KINDS = """
SELECT clue, count(DISTINCT (sha256, t.text)) AS n FROM picture_texts AS t
WHERE clue IS NOT NULL AND sha256 IN (SELECT sha256 FROM media WHERE use = 'post')
GROUP BY clue ORDER BY n DESC, clue
"""
_POSTS = f"""
SELECT sha256, post_id, account_id FROM media
WHERE use = 'post' AND post_id IS NOT NULL AND sha256 IN (SELECT sha256 FROM chosen_clues)
QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY time_us NULLS LAST, account_id, post_id) <= {POSTS_AT_MOST}
ORDER BY sha256, time_us NULLS LAST, account_id, post_id
"""


@dataclass(frozen=True)
class Clue:
    """One clue: its row of `picture_texts` with accounts and posts that carry the picture, the picture with the place boxed,
    the place cut out (for the working file), and posts."""

    number: str
    row: Mapping[str, Any]
    boxed: Thumbnail | str
    cutting: Thumbnail | str
    posts: tuple[Reference, ...]


@dataclass(frozen=True)
class Clues:
    """kinds: clue -> how many different ones the pictures hold, most first.   read: pictures in which words were read.
    missing: what to install, when pictures cannot be opened here."""

    read: int
    kinds: Mapping[str, int]
    shown: tuple[Clue, ...]
    missing: str | None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post given."""
        return tuple(post for clue in self.shown for post in clue.posts)


def clues(con: duckdb.DuckDBPyConnection, case: Case) -> Clues:
    """The clues in pictures of posts. Reads picture_texts, media and posts, and opens the originals."""
    table = con.sql(_CHOSEN).to_arrow_table()
    con.register("chosen_clues", table)
    chosen = table.to_pylist()
    posts: dict[str, list[tuple[str, str]]] = {}
    for sha256, post_id, account_id in con.execute(_POSTS).fetchall():
        posts.setdefault(sha256, []).append((post_id, account_id))
    asked = [
        Asked(f"C{n}.{k}", *post)
        for n, row in enumerate(chosen, 1)
        for k, post in enumerate(posts.get(row["sha256"], ()), 1)
    ]
    found = quotes(con, asked)
    small, large = Drawer(case, CLUES_BYTES), Drawer(case, CUTTINGS_BYTES)
    shown = []
    for n, row in enumerate(chosen, 1):
        place = (row["left"], row["top"], row["right"], row["bottom"])
        numbers = [f"C{n}.{k}" for k, _ in enumerate(posts.get(row["sha256"], ()), 1)]
        shown.append(
            Clue(
                number=f"C{n}",
                row=row,
                boxed=small.boxed(row["sha256"], row["frame"], place),
                cutting=large.cutting(row["sha256"], row["frame"], place),
                posts=tuple(Reference(number, row["clue"], found[number]) for number in numbers if number in found),
            )
        )
    return Clues(
        read=con.execute("SELECT count(DISTINCT sha256) FROM picture_texts").fetchall()[0][0],
        kinds=dict(con.execute(_KINDS).fetchall()),
        shown=tuple(shown),
        missing=small.missing,
    )
