"""One account: what it shows of itself, how that changed, and what it posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.browse.names import Who, as_who, masked, number
from inconcert.browse.posts import Post, posts
from inconcert.browse.view import View

_REVEALING = ("handle", "display_name", "location", "link_url", "avatar")
"""What tells who an account is, and is shown only where it is named."""
_DESCRIBED = (
    "handle", "display_name", "bio", "location", "language", "link_url", "created_at", "followers", "following", "posts", "verified",
    "declared_bot", "status", "avatar", "ip_region",
)  # fmt: skip


@dataclass(frozen=True)
class Description:
    """The account as it was described once.   changed: fields that differ from the description before, of the first one all it states.
    values: of the fields that may be shown.
    """

    import_id: str
    row_ref: int
    observed_us: int | None
    changed: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Account:
    """An account. Times in microseconds since 1970 (UTC).

    groups: every group it is in.   profile: its latest bio, language, status and numbers, those it states; with what tells who it is
    where it is named.   handles: how many it had.   history: its descriptions, in the order in which they were captured.
    score, q: of the cluster run; None without one.
    """

    who: Who
    groups: tuple[str, ...]
    profile: Mapping[str, Any]
    handles: int
    history: tuple[Description, ...]
    posts: int
    created_us: int | None
    first_us: int | None
    last_us: int | None
    score: float | None
    q: float | None


def account(view: View, key: str, *, names: bool = False) -> Account:
    """The account with that key; UnknownName when there is none.   names: whether names are switched on."""
    n = number(view, key)
    (row,) = view.rows("SELECT * FROM accounts WHERE account = ?", [n])
    its = as_who(view, row, names)
    history = _history(view, n, its.named, names)
    latest: dict[str, Any] = {}
    for description in history:
        latest |= description.values
    in_groups = view.rows("SELECT group_id FROM members WHERE account = ? ORDER BY group_id", [n])
    return Account(
        its,
        tuple(found["group_id"] for found in in_groups),
        latest,
        row["n_handles"] or 0,
        history,
        row["n_posts"],
        row["created_us"],
        row["first_us"],
        row["last_us"],
        row["score"],
        row["q"],
    )


def account_posts(
    view: View, key: str, *, names: bool = False, offset: int = 0, limit: int = 50, newest_first: bool = False
) -> tuple[Post, ...]:
    """What an account posted, in the order of time, posts without a time last. UnknownName for the account."""
    found = view.column(
        f"SELECT post FROM posts WHERE account = ? ORDER BY time_us {'DESC' if newest_first else 'ASC'} NULLS LAST, post LIMIT ? OFFSET ?",
        [number(view, key), limit, offset],
    )
    return tuple(posts(view, found.tolist(), names))


def _history(view: View, n: int, named: bool, names: bool) -> tuple[Description, ...]:
    rows = view.rows(
        "SELECT *, epoch_us(observed_at) AS observed_us FROM descriptions WHERE account = ? ORDER BY place", [n]
    )
    bios = masked(view, [row["bio"] for row in rows], names)
    before: dict[str, Any] = {}
    history = []
    for row, bio in zip(rows, bios, strict=True):
        stated = {name: row[name] for name in _DESCRIBED if row[name] is not None}
        changed = tuple(name for name, value in stated.items() if before.get(name) != value)
        before |= stated
        shown = {name: value for name, value in stated.items() if named or name not in _REVEALING}
        if bio is not None:
            shown["bio"] = bio
        history.append(Description(row["import_id"], row["row_ref"], row["observed_us"], changed, shown))
    return tuple(history)
