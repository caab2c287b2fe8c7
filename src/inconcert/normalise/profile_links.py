"""Which account a link to a profile names."""

from __future__ import annotations

import re
from typing import NamedTuple

_HANDLE = r"([\w.\-]{1,80})"
_PROFILES: tuple[tuple[str, str, str], ...] = (
    ("twitter", r"(?:twitter|x)\.com", rf"/@?{_HANDLE}"),
    ("twitter", r"(?:twitter|x)\.com", r"/(?:i/user|intent/user\?user_id=)/?(\d+)"),
    ("facebook", r"facebook\.com", r"/profile\.php\?id=(\d+)"),
    ("facebook", r"facebook\.com", rf"/(?:groups/|pages/[^/]+/|people/[^/]+/)?{_HANDLE}"),
    ("instagram", r"instagram\.com", rf"/{_HANDLE}"),
    ("threads", r"threads\.(?:net|com)", rf"/@{_HANDLE}"),
    ("tiktok", r"tiktok\.com", rf"/@{_HANDLE}"),
    ("telegram", r"(?:t|telegram)\.me", rf"/(?:s/)?{_HANDLE}"),
    ("youtube", r"youtube\.com", rf"/(?:@|channel/|user/|c/){_HANDLE}"),
    ("reddit", r"(?:old\.)?reddit\.com", rf"/(?:u|user)/{_HANDLE}"),
    ("medium", r"medium\.com", rf"/@{_HANDLE}"),
    ("quora", r"quora\.com", rf"/profile/{_HANDLE}"),
    ("vk", r"vk\.com", rf"/{_HANDLE}"),
    ("bluesky", r"bsky\.app", r"/profile/([\w.:\-]{1,200})"),
    ("weibo", r"weibo\.com", r"/(?:u/|n/)?([\w\-]{1,80})"),
    ("linkedin", r"linkedin\.com", r"/(?:in|company)/([\w.\-]{1,100})"),
    ("pinterest", r"pinterest\.[a-z.]+", rf"/{_HANDLE}"),
)
_COMPILED = tuple(
    (platform, re.compile(rf"https://{site}{path}/?(?:[?#].*)?\Z", re.IGNORECASE)) for platform, site, path in _PROFILES
)
_NO_PROFILES = frozenset(
    {
        "about",
        "ads",
        "explore",
        "hashtag",
        "home",
        "i",
        "intent",
        "login",
        "p",
        "photo",
        "photos",
        "posts",
        "privacy",
        "reel",
        "search",
        "settings",
        "share",
        "sharer.php",
        "shorts",
        "signup",
        "status",
        "story.php",
        "terms",
        "tv",
        "video",
        "videos",
        "watch",
    }
)


class Profile(NamedTuple):
    """platform, and the handle or native id of the account there."""

    platform: str
    handle: str


def profile(url: str) -> Profile | None:
    """The account whose profile a canonical link (`urls.link`) leads to; None for posts, searches and other sites."""
    for platform, pattern in _COMPILED:
        found = pattern.match(url)
        if found and found[1].casefold() not in _NO_PROFILES:
            return Profile(platform, found[1])
    return None
