"""Exports of Meltwater: the tab-separated table of its earlier years, in UTF-16, and the table of later ones."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.tools.addresses import PLATFORM, POST_ID

MELTWATER = Importer(
    name="meltwater",
    title="Meltwater",
    signatures=(
        signature("Date", "Headline", "URL", "Hit Sentence", "Influencer"),
        signature("Date", "URL", "Source Name", "Hit Sentence"),
    ),
    columns={
        "post_id": ("Tweet Id | URL",),
        "account_id": ("Twitter Id",),
        "handle": ("Twitter Screen Name | Author Handle | Influencer | Source Name | Source",),
        "display_name": ("Author Name",),
        "bio": ("Twitter Bio",),
        "account_url": ("User Profile Url",),
        "followers": ("Twitter Followers",),
        "following": ("Twitter Following",),
        "platform": ("URL",),
        "created_at": ("Date",),
        "title": ("Headline", "Title"),
        "text": ("Hit Sentence | Opening Text",),
        "language": ("Language",),
        "post_url": ("URL",),
        "client": ("Twitter Client",),
        "place": ("City + State + Country", "City + Region + Country", "State + Country", "Country"),
        "hashtags": ("Hashtags",),
        "urls": ("Links",),
        "media": ("Image",),
        "likes": ("Likes",),
        "replies": ("Replies | Comments",),
        "shares": ("Reposts | Shares",),
        "quotes": ("Quotes",),
        "views": ("Views",),
    },
    respelled={
        "post_id": POST_ID,
        "platform": PLATFORM,
    },
    note=(
        "Places (country, state, city) are what Meltwater makes of profiles and texts: claims of the vendor, "
        "unverified. The place of a post from this file is no evidence of where anybody was."
    ),
    plausible={
        "post_id": (0.99, 1.0),
        "handle": (0.9, 1.0),
        "created_at": (0.99, 1.0),
        "text": (0.5, 1.0),
        "place": (0.05, 1.0),
    },
    export=(
        "Export the results of a search as CSV with all columns. Choose UTC as the time zone of the account first: the "
        "file does not say in which zone its times are."
    ),
    lacks=(
        "Whole texts of articles, which post another repeats or answers, dates of accounts, and on newer contracts the "
        "texts of posts of X."
    ),
    layout=(
        "The columns of the earlier table and seven of the later one are documented; the others of the later one "
        "(Author Handle, Hashtags, Links, Image, Likes, Replies, Reposts, Views ...) are from memory and read where "
        "they are."
    ),
    version="2",
)
