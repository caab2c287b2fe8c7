"""Videos of Douyin as its website is sent them: from its interface, or embedded in a page in other spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, at, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "aweme_id awemeId",
    "account_id": "author_user_id authorUserId author.uid authorInfo.uid",
    "handle": "author.unique_id author.short_id",
    "display_name": "author.nickname authorInfo.nickname",
    "bio": "author.signature authorInfo.signature",
    "followers": "author.follower_count authorInfo.followerCount",
    "following": "author.following_count authorInfo.followingCount",
    "avatar": "author.avatar_thumb.url_list.0 authorInfo.avatarThumb.urlList.0",
    "created_at": "create_time createTime",
    "text": "desc",
    "likes": "statistics.digg_count stats.diggCount",
    "replies": "statistics.comment_count stats.commentCount",
    "shares": "statistics.share_count stats.shareCount",
    "views": "statistics.play_count stats.playCount",
}
_post = reader(_POST)


def videos(data: Native) -> Iterator[Mapping[str, Any]]:
    """The video or set of pictures; Passed for live streams."""
    if data.get("rawdata") or at(data, "cell_room", "rawdata") or at(data, "cellRoom", "rawdata"):
        raise Passed("live streams")
    record: dict[str, Any] = dict(_post(data))
    if record["handle"] == "0":
        record["handle"] = None
    written = members(data, "text_extra") or members(data, "textExtra")
    record["hashtags"] = [tag for one in written if (tag := text_at(one, "hashtag_name", "hashtagName"))]
    named = (text_at(one, "user_id", "userId", "sec_uid", "secUid") for one in written)
    record["mentions"] = [one for one in named if one is not None and one != "0"]
    pictures = [uri for one in members(data, "images") if (uri := text_at(one, "uri", "url_list.0", "urlList.0"))]
    film = text_at(data, "video.play_addr.uri")  # of a post of pictures it is the music, which thousands use
    record["media"] = pictures or ([film] if film else [])
    yield owned(record)


ZEESCHUIMER_DOUYIN = Importer(
    name="zeeschuimer_douyin",
    title="Zeeschuimer, videos of Douyin",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"douyin.com", "douyin"}), videos, (*_POST, "hashtags", "mentions", "media")),
    platform="douyin",
    absent=frozenset({"$undefined"}),
    plausible={"created_at": (0.99, 1.0), "likes": (0.9, 1.0)},
    export=how("Douyin"),
    lacks=f"{NO_HISTORY} The IP region that the app shows, and comments. Plays are given as 0 by the website.",
    layout=(
        "Both spellings with the names of fields as 4CAT reads them; unique_id, the counts of a profile and the ids of "
        "mentioned accounts and of media are known from memory."
    ),
)
