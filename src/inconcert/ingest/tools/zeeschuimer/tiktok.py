"""Videos of TikTok as its website is sent them.

Accounts go by their handle: the Research API gives no other id, and an account must be the same one in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "id",
    "handle": "author.uniqueId author",
    "display_name": "author.nickname nickname",
    "bio": "author.signature",
    "verified": "author.verified",
    "avatar": "author.avatarThumb avatarThumb",
    "followers": "authorStats.followerCount authorStatsV2.followerCount",
    "following": "authorStats.followingCount authorStatsV2.followingCount",
    "account_posts": "authorStats.videoCount authorStatsV2.videoCount",
    "created_at": "createTime",
    "text": "desc",
    "language": "textLanguage",
    "place": "poi.name",
    "quoted_id": "duetInfo.duetFromId",
    "likes": "statsV2.diggCount stats.diggCount",
    "replies": "statsV2.commentCount stats.commentCount",
    "shares": "statsV2.shareCount stats.shareCount",
    "views": "statsV2.playCount stats.playCount",
}
_post = reader(_POST)


def videos(data: Native) -> Iterator[Mapping[str, Any]]:
    """The video; Passed for live streams, which are no posts."""
    if "liveRoomInfo" in data:
        raise Passed("live streams")
    record: dict[str, Any] = dict(_post(data))
    if record["quoted_id"] == "0":
        record["quoted_id"] = None
    written = members(data, "textExtra")
    tags = [tag for one in written if (tag := text_at(one, "hashtagName"))]
    record["hashtags"] = tags or [tag for one in members(data, "challenges") if (tag := text_at(one, "title"))]
    record["mentions"] = [name for one in written if (name := text_at(one, "userUniqueId"))]
    pictures = (text_at(one, "imageURL.urlList.0") for one in members(data, "imagePost", "images"))
    record["media"] = [one for one in (text_at(data, "video.id"), *pictures) if one]
    yield owned(record)


ZEESCHUIMER_TIKTOK = Importer(
    name="zeeschuimer_tiktok",
    title="Zeeschuimer, videos of TikTok",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"tiktok.com", "tiktok"}), videos, (*_POST, "hashtags", "mentions", "media")),
    platform="tiktok",
    plausible={"created_at": (0.99, 1.0), "likes": (0.9, 1.0), "views": (0.9, 1.0)},
    export=how("TikTok (posts)"),
    lacks=f"{NO_HISTORY} What is said in a video, and the account's number: accounts go by their handle, as in the Research API.",
    layout=(
        "Names of fields as Zeeschuimer and 4CAT document them. statsV2, textLanguage, poi and imagePost are known from "
        "memory; without them those fields stay empty."
    ),
)
