"""What pages ask of a prepared case, in milliseconds: every function takes the `View` that `prepare` gives.

names: whether names are switched on; otherwise accounts are called by their pseudonyms or keys, unless their group is proved (L3),
and mentions of them in texts are masked as the report masks them.
"""

from __future__ import annotations

from inconcert.browse.accounts import account, account_posts
from inconcert.browse.activity import accounts_days, activity, members_days
from inconcert.browse.answers import answers
from inconcert.browse.chosen import chosen_accounts, chosen_activity, chosen_objects, chosen_posts
from inconcert.browse.edges import edge, partners
from inconcert.browse.found_posts import found_posts, stretches
from inconcert.browse.group_cards import card, dated_events, measured, standing_out
from inconcert.browse.group_posts import group_posts
from inconcert.browse.groups import (
    Member,
    group,
    groups,
    groups_platforms,
    groups_sharing,
    members,
    members_listed,
    objects,
)
from inconcert.browse.innocent_pair import innocent_pair
from inconcert.browse.media import avatars, post_media, shown_type
from inconcert.browse.names import Who
from inconcert.browse.network import network_data
from inconcert.browse.overview import overview
from inconcert.browse.people import account_ids, accounts_shown, texts_shown
from inconcert.browse.posts import post
from inconcert.browse.view import View

__all__ = [
    "Member",
    "View",
    "Who",
    "account",
    "account_ids",
    "account_posts",
    "accounts_days",
    "accounts_shown",
    "activity",
    "answers",
    "avatars",
    "card",
    "chosen_accounts",
    "chosen_activity",
    "chosen_objects",
    "chosen_posts",
    "dated_events",
    "edge",
    "found_posts",
    "group",
    "group_posts",
    "groups",
    "groups_platforms",
    "groups_sharing",
    "innocent_pair",
    "measured",
    "members",
    "members_days",
    "members_listed",
    "network_data",
    "objects",
    "overview",
    "partners",
    "post",
    "post_media",
    "shown_type",
    "standing_out",
    "stretches",
    "texts_shown",
]
