"""Tables, databases and JSON of weibo-crawler, and those of weibo-search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Shape, Unfit, at
from inconcert.ingest.tools.ip_region import IP_REGION

_SHANGHAI = "Asia/Shanghai"
_FOUND = {"text": (0.95, 1.0), "created_at": (0.99, 1.0)}
_CRAWLER = "Run weibo-crawler (dataabc on GitHub) with the ids of the users to be kept"

WEIBO_CRAWLER = Importer(
    name="weibo_crawler",
    title="weibo-crawler, posts of one user",
    signatures=(signature("id", "正文", "日期", "工具"), signature("id", "正文", "完整日期")),
    columns={
        "post_id": ("id",),
        "created_at": ("完整日期 | 日期", "完整日期", "日期"),
        "text": ("正文",),
        "client": ("工具",),
        "place": ("位置",),
        "shared_id": ("源微博id",),
        "shared_account": ("源用户id",),
        "urls": ("头条文章url",),
        "hashtags": ("话题",),
        "mentions": ("@用户",),
        "media": ("原始图片url + 视频url", "原始图片url"),
        "likes": ("点赞数",),
        "replies": ("评论数",),
        "shares": ("转发数",),
    },
    platform="weibo",
    account_in_file_name=True,
    zone=_SHANGHAI,
    plausible=_FOUND,
    export=f"{_CRAWLER} and write_mode csv. Leave the files their names: a file's name is the user's id.",
    lacks=(
        "The IP region of posts. How often a post was edited is in the file and is not read; what the reposted posts said "
        "is read from the JSON of the same tool."
    ),
    version="2",
)

WEIBO_CRAWLER_USERS = Importer(
    name="weibo_crawler_users",
    title="weibo-crawler, users",
    signatures=(signature("用户id", "昵称", "粉丝数", "注册时间"),),
    columns={
        "account_id": ("用户id",),
        "handle": ("昵称",),
        "bio": ("简介",),
        "location": ("所在地",),
        "account_ip_region": ("IP属地",),
        "account_url": ("主页",),
        "account_created_at": ("注册时间",),
        "account_posts": ("微博数",),
        "followers": ("粉丝数",),
        "following": ("关注数",),
        "verified": ("是否认证",),
        "avatar": ("高清头像 | 头像", "高清头像", "头像"),
    },
    respelled={"account_ip_region": IP_REGION},
    platform="weibo",
    zone=_SHANGHAI,
    plausible={"followers": (0.99, 1.0), "account_created_at": (0.3, 1.0)},
    export=f"{_CRAWLER}; the file is called users.csv.",
    lacks="What the users posted: that is in the other files of the same run.",
    version="2",
)

_STORED = {
    "post_id": "id",
    "account_id": "user_id",
    "handle": "screen_name",
    "created_at": "full_created_at created_at",
    "text": "text",
    "client": "source",
    "place": "location",
    "ip_region": "ip region_name",
    "urls": "article_url",
    "hashtags": "topics",
    "mentions": "at_users",
    "likes": "attitudes_count",
    "replies": "comments_count",
    "shares": "reposts_count",
}
_PROFILE = {
    "bio": "description",
    "location": "location",
    "account_ip_region": "ip_location",
    "account_created_at": "registration_time",
    "followers": "followers_count",
    "following": "follow_count",
    "account_posts": "statuses_count",
    "verified": "verified",
    "avatar": "avatar_hd avatar",
}
_stored, _profile = reader(_STORED), reader(_PROFILE)


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return {"id", "bid", "user_id", "screen_name", "text"} <= native.keys()


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The post, with the profile that the file begins with if it is its author's; then the post it reposts."""
    record: dict[str, Any] = dict(_stored(native))
    if record["post_id"] is None or (record["account_id"] is None and record["handle"] is None):
        raise Unfit("a post without its id or its author")
    if record["account_id"] is not None and text_at(head, "user.id") == record["account_id"]:
        record |= _profile(at(head, "user"))
    reposted = native.get("retweet")
    record["shared_id"] = text_at(native, "retweet_id") or text_at(reposted, "id")
    record["shared_account"] = text_at(native, "retweet_user_id") or text_at(reposted, "user_id")
    media = (found for name in ("pics", "video_url") for found in _several(native.get(name)))
    record["media"] = list(media)
    yield record
    if isinstance(reposted, dict) and text_at(reposted, "id") and text_at(reposted, "user_id"):
        yield from _records(reposted, {})


def _several(value: Any) -> list[str]:
    parts = value.replace(";", ",").split(",") if isinstance(value, str) else value
    return [one for one in parts if isinstance(one, str) and one] if isinstance(parts, list) else []


WEIBO_CRAWLER_DATABASE = Importer(
    name="weibo_crawler_database",
    title="weibo-crawler and weibo-search, their databases or JSON",
    signatures=(signature("id", "bid", "user_id", "screen_name", "text"),),
    columns={
        **{field: tuple(places.split()) for field, places in _STORED.items()},
        "shared_id": ("retweet_id", "retweet.id"),
        "shared_account": ("retweet_user_id", "retweet.user_id"),
        "media": ("pics + video_url", "pics"),
    },
    shape=Shape(
        _fits,
        _records,
        tuple(dict.fromkeys((*_STORED, *_PROFILE, "shared_id", "shared_account", "media"))),
        under=("weibo",),
        told_by=("id bid user_id screen_name text",),
    ),
    respelled={"ip_region": IP_REGION, "account_ip_region": IP_REGION},
    platform="weibo",
    zone=_SHANGHAI,
    plausible=_FOUND,
    export=(
        f"{_CRAWLER} and write_mode json; or export the table weibo of its database (SQLite, MySQL, MongoDB), or of that of "
        "weibo-search, as CSV or as one JSON object a row."
    ),
    lacks=(
        "How often a post was edited is in some files and is not read. Profiles are in the JSON files only. Where user_id is "
        "empty, the name stands for it (name:张三), and does not meet the accounts of other files."
    ),
    version="3",
)

WEIBO_CRAWLER_COMMENTS = Importer(
    name="weibo_crawler_comments",
    title="weibo-crawler, comments",
    signatures=(signature("id", "weibo_id", "created_at", "user_screen_name", "text", "pic_url"),),
    columns={
        "post_id": ("id",),
        "account_id": ("user_id",),
        "handle": ("user_screen_name",),
        "avatar": ("user_avatar_url",),
        "created_at": ("created_at",),
        "text": ("text",),
        "thread_id": ("weibo_id",),
        "reply_to_id": ("weibo_id",),
        "media": ("pic_url",),
        "likes": ("like_count",),
    },
    platform="weibo",
    zone=_SHANGHAI,
    plausible=_FOUND,
    export=f"{_CRAWLER} and download_comment 1; then export the table comments of its database as CSV or JSON.",
    lacks=(
        "The users' ids in files of older versions: their names stand for them (name:张三), and then do not meet the accounts of other "
        "files. Which comment an answer belongs to: all reply to the post."
    ),
    layout="The seven columns of the documented table; user_id and user_avatar_url of newer versions are known from memory.",
    version="2",
)

WEIBO_SEARCH = Importer(
    name="weibo_search",
    title="weibo-search",
    signatures=(
        signature("id", "user_id", "微博正文", "发布时间"),
        signature("id", "用户昵称", "微博正文", "发布时间", "发布工具"),
    ),
    columns={
        "post_id": ("id",),
        "account_id": ("user_id",),
        "handle": ("用户昵称",),
        "created_at": ("发布时间",),
        "text": ("微博正文",),
        "client": ("发布工具",),
        "place": ("发布位置",),
        "ip_region": ("ip",),
        "shared_id": ("retweet_id",),
        "shared_account": ("retweet_user_id",),
        "urls": ("头条文章url",),
        "hashtags": ("话题",),
        "mentions": ("艾特用户",),
        "media": ("微博图片url + 微博视频url", "微博图片url"),
        "likes": ("点赞数",),
        "replies": ("评论数",),
        "shares": ("转发数",),
    },
    respelled={"ip_region": IP_REGION},
    platform="weibo",
    zone=_SHANGHAI,
    plausible=_FOUND,
    export="Run weibo-search (dataabc on GitHub) with the keywords and days; the files lie in the folder 结果文件.",
    lacks=(
        "Profiles beside the name; the kind of verification is in the file and is not read. Older files have no IP region. Where "
        "user_id is empty or was taken out, the name stands for it (name:张三), and does not meet the accounts of other files."
    ),
    version="3",
)
