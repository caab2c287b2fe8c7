"""What pages ask of a prepared case, in milliseconds: every function takes the `View` that `prepare` gives.

names: whether names are switched on; otherwise accounts are called by their pseudonyms or keys, unless their group is proved (L3),
and mentions of them in texts are masked as the report masks them.
"""

from __future__ import annotations

from inconcert.browse.accounts import account, account_posts
from inconcert.browse.activity import activity, members_days
from inconcert.browse.edges import edge, partners
from inconcert.browse.found_posts import found_posts, stretches
from inconcert.browse.groups import group, groups, members, objects
from inconcert.browse.network import network_data
from inconcert.browse.overview import overview
from inconcert.browse.posts import post
from inconcert.browse.view import View

__all__ = [
    "View",
    "account",
    "account_posts",
    "activity",
    "edge",
    "found_posts",
    "group",
    "groups",
    "members",
    "members_days",
    "network_data",
    "objects",
    "overview",
    "partners",
    "post",
    "stretches",
]
