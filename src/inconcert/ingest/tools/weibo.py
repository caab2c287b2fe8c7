"""Tables of weibo-crawler and weibo-search."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

WEIBO_CRAWLER = Importer(
    name="weibo_crawler",
    title="weibo-crawler, posts of one user",
    signatures=(signature("id", "正文", "日期", "工具"), signature("id", "正文", "完整日期")),
    columns={
        "post_id": ("id",),
        "created_at": ("完整日期", "日期"),
        "text": ("正文",),
        "client": ("工具",),
        "shared_id": ("源微博id",),
        "shared_account": ("源用户id",),
        "urls": ("头条文章url",),
        "hashtags": ("话题",),
        "mentions": ("@用户",),
        "media": ("原始图片url",),
        "likes": ("点赞数",),
        "replies": ("评论数",),
        "shares": ("转发数",),
    },
    platform="weibo",
    account_in_file_name=True,
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
        "account_url": ("主页",),
        "account_created_at": ("注册时间",),
        "followers": ("粉丝数",),
        "following": ("关注数",),
    },
    platform="weibo",
)

WEIBO_CRAWLER_DATABASE = Importer(
    name="weibo_crawler_database",
    title="weibo-crawler, its database or JSON",
    signatures=(signature("id", "bid", "user_id", "screen_name", "text"),),
    columns={
        "post_id": ("id",),
        "account_id": ("user_id",),
        "handle": ("screen_name",),
        "created_at": ("full_created_at", "created_at"),
        "text": ("text",),
        "client": ("source",),
        "shared_id": ("retweet_id", "retweet.id"),
        "urls": ("article_url",),
        "hashtags": ("topics",),
        "mentions": ("at_users",),
        "media": ("pics",),
        "likes": ("attitudes_count",),
        "replies": ("comments_count",),
        "shares": ("reposts_count",),
    },
    platform="weibo",
)

WEIBO_SEARCH = Importer(
    name="weibo_search",
    title="weibo-search",
    signatures=(signature("id", "user_id", "微博正文", "发布时间"),),
    columns={
        "post_id": ("id",),
        "account_id": ("user_id",),
        "handle": ("用户昵称",),
        "created_at": ("发布时间",),
        "text": ("微博正文",),
        "client": ("发布工具",),
        "shared_id": ("retweet_id",),
        "urls": ("头条文章url",),
        "hashtags": ("话题",),
        "mentions": ("艾特用户",),
        "media": ("微博图片url",),
        "likes": ("点赞数",),
        "replies": ("评论数",),
        "shares": ("转发数",),
    },
    platform="weibo",
)
