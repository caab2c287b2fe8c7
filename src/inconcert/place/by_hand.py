"""Items that people entered, with what a second person says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inconcert.place.item import Item, Source, naming

UNSEEN = 0.5
"""Share of its weight that a match of pictures has before a second person agrees: likeness is in the eye that looks for it."""


def entered_item(entry: Mapping[str, Any]) -> Item:
    """entry: {label, kind, region, text, source, by, grade, trust, otherwise, features, reviews}, as a run keeps it; reviews: [{by, agrees, text}].

    While anybody disagrees it weighs nothing, and stays in view.
    """
    reviews: Sequence[Mapping[str, Any]] = entry["reviews"]
    disputed = any(not one["agrees"] for one in reviews)
    agreed = any(one["agrees"] for one in reviews)
    trust = 0.0 if disputed else entry["trust"] * (UNSEEN if entry["kind"] == "photo" and not agreed else 1.0)
    features = "".join(f" {number}. {feature}" for number, feature in enumerate(entry["features"], start=1))
    said = f" Matching: {features.strip()}." if features else ""
    return naming(
        entry["label"], entry["kind"], entry["region"], f"{entry['text'].rstrip('. ')}.{said} {reviewed(entry)}", accounts=None, trust=trust,
        sources=(Source(f"{entry['source']} ({entry['grade']}), entered by {entry['by']} as {entry['label']}"),), says_otherwise=entry["otherwise"],
    )  # fmt: skip


def reviewed(entry: Mapping[str, Any]) -> str:
    """Who looked at it besides whoever entered it, and what they say."""
    if not entry["reviews"]:
        return "Nobody else has looked at it."
    return " ".join(
        f"{one['by']} {'agrees' if one['agrees'] else 'disagrees, so that it does not count'}: {one['text']}"
        for one in entry["reviews"]
    )
