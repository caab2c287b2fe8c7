"""Posts as a result quotes them: when they were made, and how they begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from inconcert.case import Case
from inconcert.report import words
from inconcert.report.hostile_text import one_line
from inconcert.report.posts import attached, texts

BEGINS_AT_MOST = 120


@dataclass(frozen=True)
class QuotedPost:
    """One post.   when: UTC, no finer than its source gives it; None without a time.   begins: its text on one line, links
    unclickable, hidden characters as their code, at most BEGINS_AT_MOST characters; None where the data hold none."""

    account_id: str
    post_id: str
    when: str | None
    begins: str | None


def quoted_posts(case: Case, wanted: Iterable[tuple[str, str]]) -> tuple[QuotedPost, ...]:
    """The posts (post_id, account_id) that the case holds, by account and id."""
    pairs = sorted(set(wanted))
    table = pa.table(
        {
            "post_id": pa.array([post for post, _ in pairs], pa.string()),
            "account_id": pa.array([account for _, account in pairs], pa.string()),
        }
    )
    with attached(case, {}, ()) as con:
        found = texts(con, table)
    return tuple(
        QuotedPost(
            account_id=account,
            post_id=post,
            when=None if row["time_us"] is None else words.moment(row["time_us"], row["precision"]),
            begins=None if row["text"] is None else one_line(row["text"], BEGINS_AT_MOST),
        )
        for (post, account), row in sorted(found.items(), key=lambda item: (item[0][1], item[0][0]))
    )
