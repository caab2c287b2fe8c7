"""Who follows whom, in which order, and when the followers' accounts were made."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.normalise.given.sheet import GivenSheet, ReadRows, Unread, cell, moments, rows_of
from inconcert.normalise.numbers import read_counts
from inconcert.normalise.times import day_orders

NEWEST_FIRST = "newest first"
"""The order in which most platforms show followers."""


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    row_ref = fields["row_ref"].combine_chunks()
    follower, followed = cell(fields, "follower_id", constants), cell(fields, "followed_id", constants)
    made_text = cell(fields, "follower_created_at", constants)
    made = moments(made_text, constants, day_orders(made_text))
    place_text = cell(fields, "position", constants)
    position, unread_places = read_counts(place_text)
    if "position" not in fields.column_names:
        # lists without positions are in the order of following, from one end or the other
        position = pc.negate(row_ref) if constants.get("order") == NEWEST_FIRST else row_ref
    kept = pc.and_(follower.is_valid(), followed.is_valid())
    unread = [
        Unread(
            ref, "follower_id" if not one else "followed_id", None, "no id of the follower, or of whom it follows", True
        )
        for ref, one, other in zip(row_ref.to_pylist(), follower.to_pylist(), followed.to_pylist(), strict=True)
        if not (one and other)
    ]
    for name, values, reasons in (
        ("follower_created_at", made_text, made.reason),
        ("position", place_text, unread_places),
    ):
        bad = reasons.is_valid()
        unread += [
            Unread(ref, name, value, reason, False)
            for ref, value, reason in zip(
                row_ref.filter(bad).to_pylist(), values.filter(bad).to_pylist(), reasons.filter(bad).to_pylist(), strict=True
            )
        ]  # fmt: skip
    table = rows_of(
        "follows",
        {
            "followed_id": pc.fill_null(followed, ""),
            "follower_id": pc.fill_null(follower, ""),
            "position": position,
            "follower_created_us": made.time_us,
            "platform": cell(fields, "platform", constants),
            "row_ref": row_ref,
        },
    )
    return ReadRows({"follows": table.filter(kept)}, tuple(unread))


FOLLOWS = GivenSheet(
    "follows",
    {
        "follower_id": ("follower_id", "follower", "source", "from", "user_id"),
        "followed_id": ("followed_id", "followed", "following", "target", "to", "account_id", "followee"),
        "position": ("position", "order", "rank", "place", "n"),
        "follower_created_at": (
            "follower_created_at",
            "created_at",
            "follower_created",
            "account_created_at",
            "creation_date",
        ),
        "platform": ("platform",),
    },
    (("follower_id",),),
    _read,
)
