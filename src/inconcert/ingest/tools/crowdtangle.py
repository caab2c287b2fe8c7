"""Exports of CrowdTangle, closed in August 2024; archives of them remain."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

CROWDTANGLE_FACEBOOK = Importer(
    name="crowdtangle_facebook",
    title="CrowdTangle, posts of Facebook pages and groups",
    signatures=(signature("Facebook Id", "Post Created", "URL", "Message"),),
    columns={
        "post_id": ("URL",),
        "account_id": ("Facebook Id",),
        "handle": ("User Name",),
        "display_name": ("Page Name", "Group Name"),
        "bio": ("Page Description",),
        "location": ("Page Admin Top Country",),
        "account_created_at": ("Page Created",),
        "followers": ("Followers at Posting", "Likes at Posting"),
        "created_at": ("Post Created",),
        "text": ("Message",),
        "post_url": ("URL",),
        "urls": ("Final Link", "Link"),
        "likes": ("Likes",),
        "replies": ("Comments",),
        "shares": ("Shares",),
        "views": ("Total Views", "Post Views"),
    },
    platform="facebook",
)

CROWDTANGLE_INSTAGRAM = Importer(
    name="crowdtangle_instagram",
    title="CrowdTangle, posts of Instagram",
    signatures=(signature("Account", "User Name", "Post Created", "URL", "Description"),),
    columns={
        "post_id": ("URL",),
        "handle": ("User Name",),
        "display_name": ("Account",),
        "followers": ("Followers at Posting",),
        "created_at": ("Post Created",),
        "text": ("Description",),
        "post_url": ("URL",),
        "likes": ("Likes",),
        "replies": ("Comments",),
        "views": ("Views",),
    },
    platform="instagram",
)
