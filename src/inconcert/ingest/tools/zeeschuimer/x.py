"""Posts of X as its website is sent them; what they repost and quote stands inside and becomes records of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.html_text import without_tags
from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, at, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "rest_id legacy.id_str",
    "created_at": "legacy.created_at",
    "text": "note_tweet.note_tweet_results.result.text legacy.full_text",
    "language": "legacy.lang",
    "place": "legacy.place.full_name",
    "thread_id": "legacy.conversation_id_str",
    "reply_to_id": "legacy.in_reply_to_status_id_str",
    "reply_to_account": "legacy.in_reply_to_user_id_str",
    "quoted_id": "legacy.quoted_status_id_str",
    "likes": "legacy.favorite_count",
    "replies": "legacy.reply_count",
    "shares": "legacy.retweet_count",
    "quotes": "legacy.quote_count",
    "views": "views.count ext_views.count",
}
_USER = {
    "account_id": "rest_id id_str",
    "handle": "core.screen_name legacy.screen_name screen_name",
    "display_name": "core.name legacy.name name",
    "bio": "profile_bio.description legacy.description description",
    "location": "location.location legacy.location",
    "account_url": "legacy.entities.url.urls.0.expanded_url legacy.url",
    "account_created_at": "core.created_at legacy.created_at created_at",
    "followers": "legacy.followers_count followers_count",
    "following": "legacy.friends_count friends_count",
    "account_posts": "legacy.statuses_count statuses_count",
    "avatar": "avatar.image_url legacy.profile_image_url_https profile_image_url_https",
}
_LISTS = {
    "urls": ("urls", ("expanded_url", "url")),
    "hashtags": ("hashtags", ("text",)),
    "mentions": ("user_mentions", ("screen_name", "id_str")),
}
_post, _user = reader(_POST), reader(_USER)


def tweets(data: Native) -> Iterator[Mapping[str, Any]]:
    """The post, then what it reposts and quotes as far as it stands inside; Passed for posts that are shown to nobody."""
    tweet = _unwrapped(data)
    if _hidden(tweet):
        raise Passed("posts that X no longer shows")
    yield owned(_record(tweet))
    for inner in (_reposted(tweet), _quoted(tweet)):
        if inner is not None and not _hidden(inner) and _post(inner)["post_id"] and _account(inner):
            yield from tweets(inner)


def _unwrapped(tweet: Native) -> Native:
    """Posts with a limited audience are wrapped once more."""
    inner = tweet.get("tweet")
    return inner if isinstance(inner, dict) else tweet


def _hidden(tweet: Native) -> bool:
    return at(tweet, "__typename") in ("TweetTombstone", "TweetUnavailable")


def _inside(found: Any) -> Native | None:
    return _unwrapped(found) if isinstance(found, dict) else None


def _reposted(tweet: Native) -> Native | None:
    return _inside(at(tweet, "legacy", "retweeted_status_result", "result"))


def _quoted(tweet: Native) -> Native | None:
    found = at(tweet, "quoted_status_result", "result")
    return _inside(found if found is not None else at(tweet, "legacy", "quoted_status_result", "result"))


def _account(tweet: Native) -> str | None:
    return text_at(tweet, "core.user_results.result.rest_id", "legacy.user_id_str", "user.id_str")


def _record(tweet: Native) -> dict[str, Any]:
    author = at(tweet, "core", "user_results", "result") or at(tweet, "user")
    record: dict[str, Any] = {**_post(tweet), **_user(author), "account_id": _account(tweet)}
    marks = ("is_blue_verified",), ("verification", "verified"), ("legacy", "verified"), ("verified",)
    stated = [mark for path in marks if isinstance(mark := at(author, *path), bool)]
    record["verified"] = any(stated) if stated else None
    client = text_at(tweet, "source", "legacy.source")
    record["client"] = without_tags(client) if client else None
    reposted, quoted = _reposted(tweet), _quoted(tweet)
    if reposted is not None:  # X marks a repost of a quote as a quote too, which it is not
        record |= {"shared_id": _post(reposted)["post_id"], "shared_account": _account(reposted), "quoted_id": None}
    elif record["quoted_id"] is None and quoted is not None:
        record["quoted_id"] = _post(quoted)["post_id"]
    entities = at(tweet, "note_tweet", "note_tweet_results", "result", "entity_set") or at(tweet, "legacy", "entities")
    for field, (name, keys) in _LISTS.items():
        record[field] = [found for one in members(entities, name) if (found := text_at(one, *keys))]
    media = members(tweet, "legacy", "extended_entities", "media") or members(tweet, "legacy", "entities", "media")
    record["media"] = [found for one in media if (found := text_at(one, "media_url_https", "id_str"))]
    return record


ZEESCHUIMER_X = Importer(
    name="zeeschuimer_x",
    title="Zeeschuimer, posts of X (Twitter)",
    signatures=(),
    columns={},
    shape=shape_of(
        frozenset({"x.com", "twitter.com", "twitter"}),
        tweets,
        (*_POST, *_USER, "verified", "client", "shared_id", "shared_account", *_LISTS, "media"),
    ),
    platform="twitter",
    plausible={"text": (0.9, 1.0), "created_at": (0.99, 1.0), "handle": (0.9, 1.0)},
    export=how("X"),
    lacks=f"{NO_HISTORY} Since 2023 the posting application is missing more often than not.",
    layout=(
        "Names of fields as 4CAT and Zeeschuimer read them. The places of profiles since 2025 (core, avatar, verification) and "
        "of long posts (note_tweet) are known from memory; elsewhere those fields stay empty."
    ),
)
