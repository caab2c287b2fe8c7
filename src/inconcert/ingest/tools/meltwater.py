"""Exports of Meltwater."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

MELTWATER = Importer(
    name="meltwater",
    title="Meltwater",
    signatures=(
        signature("Date", "Headline", "URL", "Hit Sentence", "Influencer"),
        signature("Date", "URL", "Source Name", "Hit Sentence"),
    ),
    columns={
        "post_id": ("Tweet Id",),
        "account_id": ("Twitter Id",),
        "handle": ("Twitter Screen Name", "Influencer", "Source Name"),
        "bio": ("Twitter Bio",),
        "account_url": ("User Profile Url",),
        "followers": ("Twitter Followers",),
        "following": ("Twitter Following",),
        "created_at": ("Date",),
        "text": ("Hit Sentence", "Opening Text"),
        "language": ("Language",),
        "post_url": ("URL",),
        "client": ("Twitter Client",),
    },
)
