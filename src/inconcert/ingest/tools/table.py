"""Any table of posts: columns by the names that programs, platforms and people give them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer

TABLE = Importer(
    name="table",
    title="table of posts",
    signatures=(),
    columns={
        "post_id": (
            "post_id", "tweet_id", "tweetid", "status_id", "message_id", "comment_id", "video_id", "content_id", "item_id",
            "post_uid", "postid", "id_str", "id", "uri", "微博id",
        ),
        "account_id": (
            "account_id", "author_id", "user_id", "userid", "accountid", "authorid", "owner_id", "channel_id", "page_id",
            "profile_id", "sender_id", "from_id", "actor_id", "user_id_str", "user.id_str", "user.id", "author.id", "uid",
            "did", "用户id",
        ),
        "handle": (
            "handle", "username", "user_name", "screen_name", "user_screen_name", "author_username", "actor_username",
            "account_name", "author_name", "author.username", "author.name", "user.screen_name", "user.username",
            "account.acct", "account_handle", "author", "account", "user", "sender", "from", "page_name", "channel_name",
            "用户昵称", "昵称",
        ),
        "display_name": (
            "display_name", "user_display_name", "full_name", "author_fullname", "nickname", "user.name", "name",
        ),
        "bio": (
            "bio", "user_profile_description", "user_description", "author.description", "user.description", "简介",
        ),
        "location": ("location", "user_location", "user_reported_location", "author.location", "user.location", "所在地"),
        "account_language": ("account_language", "user_language"),
        "account_url": ("account_url", "user_profile_url", "profile_url", "user_url", "主页"),
        "account_created_at": (
            "account_created_at", "account_creation_date", "user_created_at", "author.created_at", "user.created_at",
            "author_created_at", "joined", "注册时间",
        ),
        "followers": (
            "followers", "followers_count", "follower_count", "user_followers", "user_followers_count",
            "author.public_metrics.followers_count", "user.followers_count", "subscribers", "粉丝数",
        ),
        "following": (
            "following", "following_count", "friends_count", "user_following", "followees",
            "author.public_metrics.following_count", "user.friends_count", "关注数",
        ),
        "platform": ("platform", "network", "social_network"),
        "created_at": (
            "created_at", "post_created_at", "timestamp", "datetime", "date_time", "created", "created_time", "create_time",
            "creation_time", "created_utc", "published_at", "publish_date", "published", "publish_time", "posted_at",
            "post_date", "post_created", "post_time", "tweet_time", "tweet_created_at", "timestamp_share", "unix_timestamp",
            "time_us", "date", "time", "发布时间", "日期",
        ),
        "text": (
            "text", "full_text", "post_text", "tweet_text", "tweet", "message", "body", "content", "caption", "description",
            "comment", "post", "微博正文", "正文",
        ),
        "language": ("lang", "language", "tweet_language", "post_language"),
        "post_url": ("post_url", "permalink", "tweet_url", "status_url", "post_link", "permalink_url"),
        "client": ("client", "tweet_client_name", "source_label", "posting_app", "发布工具", "工具"),
        "reply_to_id": (
            "reply_to_id", "in_reply_to_id", "in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_tweetid",
            "in_reply_to_tweet_id", "reply_to_tweet_id", "referenced_tweets.replied_to.id", "replied_to_id", "reply_id",
            "reply_to", "parent_id",
        ),
        "reply_to_account": (
            "reply_to_account", "in_reply_to_user_id", "in_reply_to_userid", "reply_to_user_id", "in_reply_to_account_id",
            "in_reply_to_screen_name",
        ),
        "shared_id": (
            "shared_id", "object_id", "retweet_id", "retweeted_id", "retweet_tweetid", "retweeted_status_id",
            "retweet_status_id", "retweeted_tweet_id", "referenced_tweets.retweeted.id", "retweeted_status.id_str",
            "repost_id", "reposted_id", "reblog_id", "reblog.id", "shared_post_id", "forwarded_id", "源微博id",
        ),
        "shared_account": (
            "shared_account", "retweeted_user_id", "retweet_userid", "retweet_user_id", "reposted_user_id", "retweeted_user",
            "retweeted_status.user.id_str", "reblog.account.id", "源用户id",
        ),
        "is_share": ("is_share", "is_repost", "is_retweet", "retweet", "is_reblog", "is_reshare"),
        "quoted_id": (
            "quoted_id", "quoted_tweet_tweetid", "quoted_status_id", "quoted_status_id_str", "quoted_tweet_id",
            "quote_tweet_id", "referenced_tweets.quoted.id", "quote_id",
        ),
        "urls": (
            "urls", "url_id", "expanded_urls", "expanded_url", "entities.urls", "links", "link_url", "external_url",
            "shared_url", "article_url", "url", "link",
        ),
        "domains": ("domains", "domain_id", "domain", "url_domain"),
        "hashtags": ("hashtags", "hashtag_id", "hashtag", "entities.hashtags", "tags", "topics", "话题"),
        "mentions": ("mentions", "user_mentions", "mentioned_users", "entities.mentions", "entities.user_mentions", "艾特用户"),
        "media": (
            "media", "media_id", "media_ids", "media_keys", "phash_id", "phash", "image_hash", "attachments.media_keys",
            "media_url", "media_urls", "images", "image_urls", "image_url",
        ),
        "likes": ("likes", "like_count", "likes_count", "favorite_count", "favourites_count", "favorites", "点赞数"),
        "replies": ("replies", "reply_count", "replies_count", "comments", "comment_count", "comments_count", "评论数"),
        "shares": (
            "shares", "share_count", "retweet_count", "retweets", "reposts", "reposts_count", "repost_count", "转发数",
        ),
        "quotes": ("quotes", "quote_count", "quotes_count"),
        "views": ("views", "view_count", "impression_count", "impressions", "plays"),
    },
)  # fmt: skip
"""The importer of last resort; no column name stands under two fields."""
