"""Exports of CrowdTangle, closed in August 2024; archives of them remain."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.tools.addresses import POST_ID

_POST = {
    "post_id": ("URL",),
    "created_at": ("Post Created",),
    "post_url": ("URL",),
    "likes": ("Likes",),
    "replies": ("Comments",),
}
_FACEBOOK = {
    **_POST,
    "account_id": ("Facebook Id",),
    "handle": ("User Name",),
    "bio": ("Page Description", "Group Description"),
    "location": ("Page Admin Top Country",),
    "account_created_at": ("Page Created",),
    "followers": ("Followers at Posting | Likes at Posting", "Size at Posting"),
    "text": ("Message",),
    "urls": ("Final Link | Link",),
    "shares": ("Shares",),
    "views": ("Total Views | Post Views",),
}
_PLAUSIBLE = {"post_id": (0.99, 1.0), "account_id": (0.99, 1.0), "created_at": (0.99, 1.0), "text": (0.3, 1.0)}
_EXPORT = "The service is closed. Historical downloads of lists and searches, as CSV, are read as they are."

CROWDTANGLE_FACEBOOK = Importer(
    name="crowdtangle_facebook",
    title="CrowdTangle, posts of Facebook pages",
    signatures=(signature("Facebook Id", "Post Created", "URL", "Message"),),
    columns={**_FACEBOOK, "display_name": ("Page Name",)},
    platform="facebook",
    plausible=_PLAUSIBLE,
    export=_EXPORT,
    lacks=(
        "Accounts of people, which post is shared, pictures, and comments themselves; counts are those of the download."
    ),
    version="2",
)

CROWDTANGLE_GROUPS = Importer(
    name="crowdtangle_groups",
    title="CrowdTangle, posts in Facebook groups",
    signatures=(signature("Group Name", "Facebook Id", "Post Created", "URL", "Message"),),
    columns={**_FACEBOOK, "display_name": ("Group Name",), "channel_id": ("Facebook Id",)},
    platform="facebook",
    note=(
        "CrowdTangle does not say who posted in a group: the group stands for its authors. What groups have in common "
        "is read off such files, never what people did."
    ),
    plausible=_PLAUSIBLE,
    export=_EXPORT,
    lacks="The authors of posts, which post is shared, pictures, and comments themselves.",
)

CROWDTANGLE_INSTAGRAM = Importer(
    name="crowdtangle_instagram",
    title="CrowdTangle, posts of Instagram",
    signatures=(signature("Account", "User Name", "Post Created", "URL", "Description"),),
    columns={
        **_POST,
        "handle": ("User Name",),
        "display_name": ("Account",),
        "followers": ("Followers at Posting",),
        "title": ("Title",),
        "text": ("Description",),
        "media": ("Photo",),
        "views": ("Views",),
    },
    platform="instagram",
    respelled={"post_id": POST_ID},
    plausible={"post_id": (0.99, 1.0), "created_at": (0.99, 1.0), "text": (0.5, 1.0)},
    export=_EXPORT,
    lacks="Numeric ids of accounts, and comments themselves.",
    version="2",
)
