"""What the address of a post tells, where a source gives little else: its platform and its id there."""

from __future__ import annotations

_HOST = r"(?i)^https?://(?:[a-z0-9-]+\.)?"

POST_ID = (
    (_HOST + r"(?:twitter|x)\.com/[^/]+/status(?:es)?/(\d+).*$", r"\1"),
    (_HOST + r"instagram\.com/(?:[^/]+/)?(?:p|reel|tv)/([^/?#]+).*$", r"\1"),
)
"""Of a post of X its number, of a post of Instagram its code; other values stay."""

STATUS_ACCOUNT = ((_HOST + r"(?:twitter|x)\.com/([^/]+)/status(?:es)?/\d+.*$", r"\1"),)
"""Of a post of X, the name of its author; other values stay."""

PLATFORM = (
    (_HOST + r"(?:twitter|x)\.com(?:/.*)?$", "twitter"),
    (_HOST + r"(facebook|instagram|tiktok|youtube|reddit|vk|weibo|threads)\.(?:com|net)(?:/.*)?$", r"\1"),
    (r"(?i)^https?://youtu\.be/.*$", "youtube"),
    (r"(?i)^https?://t\.me/.*$", "telegram"),
    (r"(?i)^https?://bsky\.app/.*$", "bluesky"),
    (r"(?i)^https?://.*$", "web"),
)
"""The platform that an address belongs to, as importers name it; "web" for all other sites."""
