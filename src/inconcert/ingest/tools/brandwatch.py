"""Exports of Brandwatch Consumer Research: the bulk download of mentions as CSV."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.tools.addresses import PLATFORM, POST_ID, STATUS_ACCOUNT

BRANDWATCH = Importer(
    name="brandwatch",
    title="Brandwatch, mentions",
    signatures=(signature("Query Id", "Query Name", "Date", "Url", "Author", "Full Text", "Resource Id"),),
    columns={
        "post_id": ("Url | Resource Id",),
        "account_id": ("X Author ID | Twitter Author ID | Facebook Author ID",),
        "handle": ("Author",),
        "display_name": ("Full Name",),
        "avatar": ("Avatar",),
        "followers": ("X Followers | Twitter Followers",),
        "following": ("X Following | Twitter Following",),
        "account_posts": ("X Posts | Twitter Tweets",),
        "verified": ("X Verified | Twitter Verified",),
        "platform": ("Url",),
        "created_at": ("Date",),
        "observed_at": ("Added",),
        "title": ("Title",),
        "text": ("Full Text | Snippet",),
        "language": ("Language",),
        "post_url": ("Url",),
        "place": ("City + Region + Country", "City + Country", "Country"),
        "thread_id": ("Thread Id",),
        "reply_to_id": ("X Reply to | Twitter Reply to",),
        "reply_to_account": ("X Reply to | Twitter Reply to",),
        "shared_id": ("X Repost of | Twitter Retweet of",),
        "shared_account": ("X Repost of | Twitter Retweet of",),
        "is_share": ("Thread Entry Type", "Engagement Type"),
        "urls": ("Expanded URLs | Display URLs",),
        "hashtags": ("Hashtags",),
        "mentions": ("Mentioned Authors",),
        "media": ("Media URLs",),
        "likes": ("X Likes | Twitter Likes | Facebook Likes | Likes",),
        "replies": ("X Replies | Twitter Reply Count | Facebook Comments | Comments",),
        "shares": ("X Reposts | Twitter Retweets | Facebook Shares | Shares",),
        "views": ("Impressions",),
    },
    respelled={
        "post_id": POST_ID,
        "reply_to_id": POST_ID,
        "shared_id": POST_ID,
        "reply_to_account": STATUS_ACCOUNT,
        "shared_account": STATUS_ACCOUNT,
        "platform": PLATFORM,
        "is_share": ((r"(?i)^comment$", "reply"),),
    },
    zone="UTC",
    note=(
        "Places (country, region, city) are what Brandwatch makes of profiles and texts: claims of the vendor, "
        "unverified. The place of a post from this file is no evidence of where anybody was."
    ),
    plausible={"post_id": (0.99, 1.0), "handle": (0.5, 1.0), "created_at": (0.99, 1.0), "text": (0.5, 1.0)},
    export=(
        "Download the mentions of a query in bulk as CSV, with all columns, in UTC. The lines above the header "
        "(Report, Brand, From, To, Label) may stay."
    ),
    lacks=(
        "Dates and profiles of accounts; reposts whose original is not named; on newer contracts the texts of posts of "
        "X."
    ),
    layout=(
        "The vendor documents no layout; the columns are those that public programs read out of such files, in the "
        "spellings before and after Twitter became X. Dates are taken for UTC. A file without Query Id, Resource Id "
        "and Full Text is not taken for one."
    ),
)
