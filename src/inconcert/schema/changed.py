"""What differs between two captures of one account or post: the table that `changes` computes."""

from __future__ import annotations

from inconcert.schema.table import I64, UTC_US, Column, S, Table

_n = True

CHANGES = Table(
    "changes",
    "one fact that differs between two captures of one account or post, with both as witnesses",
    (
        Column("kind", S, "which fact: one of CHANGE_KINDS"),
        Column("platform", S, "platform"),
        Column("account_id", S, "whose"),
        Column("post_id", S, "of which post; NULL for facts of the account itself", _n),
        Column("before", S, "what the first witness says; NULL where it only shows that there was one", _n),
        Column("after", S, "what the second witness says"),
        Column(
            "ordered_by",
            S,
            "how it is known which came first: captured (both have a time of capture), imported (only the order in which files were "
            "read), or unknown (one file without times of capture)",
        ),
        Column("before_observed_at", UTC_US, "when the first witness was captured", _n),
        Column("before_import_id", S, "import of the first witness"),
        Column("before_row_ref", I64, "its 1-based record number in the source file"),
        Column("after_observed_at", UTC_US, "when the second witness was captured", _n),
        Column("after_import_id", S, "import of the second witness"),
        Column("after_row_ref", I64, "its 1-based record number in the source file"),
    ),
)

CHANGE_KINDS: dict[str, str] = {
    "handle": "another handle; case and a leading @ do not count",
    "display-name": "another display name",
    "bio": "another profile description",
    "created-at": "another date on which the account was made, two days off or more",
    "followers": "a jump in the number of followers",
    "account-suspended": "an account that was there is said to be suspended",
    "account-deleted": "an account that was there is said to be deleted",
    "account-renamed": "the source says that the account was renamed",
    "account-status": "another status, in the words of the source",
    "account-restored": "an account that was suspended or deleted is said to be active",
    "post-edited": "another text under the same id, by the same author and of the same time",
    "post-deleted": "a post that was there is marked as deleted",
    "post-restored": "a post that was marked as deleted is marked as there",
}
"""Kinds of change, and what they are."""
