"""Any table of posts: columns by the names that programs, platforms and people give them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer
from inconcert.ingest.tools.ip_region import IP_REGION

UNNAMED = (
    "As such a table are read exports of Zhihu (知乎), Toutiao (今日头条), Tieba (百度贴吧), WeChat accounts (微信公众号), Kuaishou (快手), Douban (豆瓣), LinkedIn "
    "and Odnoklassniki, and tables of Bilibili (哔哩哔哩) that no browser extension wrote: for none of them is a layout of native "
    "objects documented, and of Chinese platforms Zeeschuimer captures Bilibili, Douyin and Xiaohongshu alone. The column names that "
    "crawlers give in English and Chinese are known; say the platform with --platform, as in --platform zhihu."
)
"""Platforms that no importer is made for."""

TABLE = Importer(
    name="table",
    title="Any table of posts",
    signatures=(),
    columns={
        "post_id": (
            "post_id", "tweet_id", "tweetid", "status_id", "message_id", "comment_id", "video_id", "content_id", "item_id",
            "post_uid", "postid", "id_str", "id", "uri", "微博id",
            "帖子id", "文章id", "笔记id", "视频id", "作品id", "内容id", "推文id", "消息id", "评论id", "回答id",
        ),
        "account_id": (
            "account_id", "author_id", "user_id", "userid", "accountid", "authorid", "owner_id", "channel_id", "page_id",
            "profile_id", "sender_id", "from_id", "actor_id", "user_id_str", "user.id_str", "user.id", "author.id", "uid",
            "did", "用户id",
            "作者id", "作者uid", "用户uid", "用户编号", "账号id", "博主id", "发布者id", "发布人id", "评论者id",
        ),
        "handle": (
            "handle", "username", "user_name", "screen_name", "user_screen_name", "author_username", "actor_username",
            "account_name", "author_name", "author.username", "author.name", "user.screen_name", "user.username",
            "account.acct", "account_handle", "author", "account", "user", "sender", "from", "page_name", "channel_name",
            "用户昵称", "昵称",
            "作者", "作者昵称", "作者名称", "用户名", "用户名称", "用户", "账号", "帐号", "账号名称", "博主",
            "博主昵称", "发布者", "发布者昵称", "发布人", "发帖人", "评论者", "评论用户", "up主", "公众号",
        ),
        "display_name": (
            "display_name", "user_display_name", "full_name", "author_fullname", "nickname", "user.name", "name",
        ),
        "bio": (
            "bio", "user_profile_description", "user_description", "author.description", "user.description", "简介",
            "个人简介", "用户简介", "作者简介",
        ),
        "location": (
            "location", "user_location", "user_reported_location", "author.location", "user.location", "所在地",
            "所在地区",
        ),
        "account_language": ("account_language", "user_language"),
        "account_url": ("account_url", "user_profile_url", "profile_url", "user_url", "主页"),
        "account_created_at": (
            "account_created_at", "account_creation_date", "user_created_at", "author.created_at", "user.created_at",
            "author_created_at", "joined", "注册时间",
            "注册日期",
        ),
        "followers": (
            "followers", "followers_count", "follower_count", "user_followers", "user_followers_count",
            "author.public_metrics.followers_count", "user.followers_count", "subscribers", "粉丝数",
            "粉丝", "粉丝量", "作者粉丝数",
        ),
        "following": (
            "following", "following_count", "friends_count", "user_following", "followees",
            "author.public_metrics.following_count", "user.friends_count", "关注数",
            "关注", "关注量",
        ),
        "platform": (
            "platform", "network", "social_network",
            "平台", "平台名称", "媒体平台", "所属平台",
        ),
        "created_at": (
            "created_at", "post_created_at", "timestamp", "datetime", "date_time", "created", "created_time", "create_time",
            "creation_time", "created_utc", "published_at", "publish_date", "published", "publish_time", "posted_at",
            "post_date", "post_created", "post_time", "tweet_time", "tweet_created_at", "timestamp_share", "unix_timestamp",
            "time_us", "date", "time", "发布时间", "日期",
            "发布日期", "发表时间", "发表日期", "发帖时间", "创建时间", "评论时间", "发送时间", "时间",
        ),
        "text": (
            "text", "full_text", "post_text", "tweet_text", "tweet", "message", "body", "content", "caption", "description",
            "comment", "post", "微博正文", "正文",
            "内容", "正文内容", "文章内容", "帖子内容", "微博内容", "笔记内容", "评论内容", "回答内容", "文本",
            "全文",
        ),
        "language": (
            "lang", "language", "tweet_language", "post_language",
            "语言", "语种",
        ),
        "post_url": (
            "post_url", "permalink", "tweet_url", "status_url", "post_link", "permalink_url",
            "链接", "网址", "原文链接", "文章链接", "微博链接", "帖子链接", "笔记链接", "视频链接", "作品链接",
        ),
        "client": (
            "client", "tweet_client_name", "source_label", "posting_app", "发布工具", "工具",
            "发布设备", "发布来源", "客户端", "发布终端", "设备",
        ),
        "reply_to_id": (
            "reply_to_id", "in_reply_to_id", "in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_tweetid",
            "in_reply_to_tweet_id", "reply_to_tweet_id", "referenced_tweets.replied_to.id", "replied_to_id", "reply_id",
            "reply_to", "parent_id",
            "回复id", "父评论id", "被回复id",
        ),
        "reply_to_account": (
            "reply_to_account", "in_reply_to_user_id", "in_reply_to_userid", "reply_to_user_id", "in_reply_to_account_id",
            "in_reply_to_screen_name",
        ),
        "shared_id": (
            "shared_id", "object_id", "retweet_id", "retweeted_id", "retweet_tweetid", "retweeted_status_id",
            "retweet_status_id", "retweeted_tweet_id", "referenced_tweets.retweeted.id", "retweeted_status.id_str",
            "repost_id", "reposted_id", "reblog_id", "reblog.id", "shared_post_id", "forwarded_id", "源微博id",
            "转发微博id", "原微博id", "原帖id", "被转发id",
        ),
        "shared_account": (
            "shared_account", "retweeted_user_id", "retweet_userid", "retweet_user_id", "reposted_user_id", "retweeted_user",
            "retweeted_status.user.id_str", "reblog.account.id", "源用户id",
            "原作者id", "原博主id",
        ),
        "is_share": (
            "is_share", "is_repost", "is_retweet", "retweet", "is_reblog", "is_reshare",
            "是否转发",
        ),
        "quoted_id": (
            "quoted_id", "quoted_tweet_tweetid", "quoted_status_id", "quoted_status_id_str", "quoted_tweet_id",
            "quote_tweet_id", "referenced_tweets.quoted.id", "quote_id",
        ),
        "urls": (
            "urls", "url_id", "expanded_urls", "expanded_url", "entities.urls", "links", "link_url", "external_url",
            "shared_url", "article_url", "url", "link",
            "外链", "外部链接", "头条文章url",
        ),
        "domains": ("domains", "domain_id", "domain", "url_domain"),
        "hashtags": (
            "hashtags", "hashtag_id", "hashtag", "entities.hashtags", "tags", "topics", "话题",
            "话题标签", "标签",
        ),
        "mentions": (
            "mentions", "user_mentions", "mentioned_users", "entities.mentions", "entities.user_mentions", "艾特用户",
            "@用户", "提及用户", "提及", "at用户",
        ),
        "media": (
            "media", "media_id", "media_ids", "media_keys", "phash_id", "phash", "image_hash", "attachments.media_keys",
            "media_url", "media_urls", "images", "image_urls", "image_url",
            "图片", "图片链接", "图片地址", "图片url", "微博图片url", "原始图片url",
        ),
        "likes": (
            "likes", "like_count", "likes_count", "favorite_count", "favourites_count", "favorites", "点赞数",
            "点赞", "点赞量", "获赞数", "赞", "赞数", "赞同数",
        ),
        "replies": (
            "replies", "reply_count", "replies_count", "comments", "comment_count", "comments_count", "评论数",
            "评论", "评论量", "回复数", "回复量", "跟帖数",
        ),
        "shares": (
            "shares", "share_count", "retweet_count", "retweets", "reposts", "reposts_count", "repost_count", "转发数",
            "转发", "转发量", "分享", "分享数", "分享量",
        ),
        "quotes": ("quotes", "quote_count", "quotes_count"),
        "views": (
            "views", "view_count", "impression_count", "impressions", "plays",
            "阅读", "阅读数", "阅读量", "播放", "播放数", "播放量", "浏览量", "浏览数", "观看数", "曝光量",
        ),
        "account_posts": (
            "微博数", "发帖数", "作品数",
        ),
        "avatar": (
            "头像", "头像链接", "头像url", "作者头像",
        ),
        "observed_at": (
            "采集时间", "抓取时间", "爬取时间", "入库时间", "当前时间",
        ),
        "edited_at": (
            "编辑时间", "更新时间", "修改时间",
        ),
        "title": (
            "标题", "文章标题", "帖子标题", "视频标题", "笔记标题",
        ),
        "place": (
            "发布位置", "位置", "发布地点", "定位",
        ),
        "ip_region": (
            "ip属地", "ip归属地", "ip位置", "ip地域", "发布属地",
        ),
        "channel_id": (
            "频道id", "群id", "版块", "贴吧",
        ),
    },
    respelled={"ip_region": IP_REGION},
    version="2",
    export=(
        "One post a row under a header, as CSV, TSV, JSON lines or Parquet, with ids as text. A column of authors and one that "
        f"two authors can have in common are needed; times are wanted. {UNNAMED}"
    ),
    lacks="Whatever has no column of a name that is known, unless --map names it; the import lists the columns that are not read.",
    layout="Names of columns as tools, platforms and people write them, collected from documentation and exports; none is documented.",
)  # fmt: skip
"""The importer of last resort; no column name stands under two fields.

Two names are left to the user on purpose, since one table means by them where a post was found and another what it was posted
with: "source" and 来源.
"""
