"""The platform of each record, in one spelling: as the source names it, else as the user does, else as the account's id shows."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

PREFIXES: dict[str, str] = {
    "fb": "facebook", "ig": "instagram", "tg": "telegram", "tt": "tiktok", "tw": "twitter", "vk": "vk", "yt": "youtube",
}  # fmt: skip
"""Beginnings of ids such as fb_12670, as data sets of several platforms write them. The rest must be a number."""

SPELLINGS: dict[str, str] = {
    **dict.fromkeys(("x", "x.com", "twitter.com", "x (twitter)", "twitter (x)", "twitter/x", "x/twitter", "tw"), "twitter"),
    **dict.fromkeys(("fb", "facebook.com"), "facebook"),
    **dict.fromkeys(("ig", "insta", "instagram.com"), "instagram"),
    **dict.fromkeys(("threads.net", "threads.com"), "threads"),
    **dict.fromkeys(("yt", "you tube", "youtube.com"), "youtube"),
    **dict.fromkeys(("tt", "tik tok", "tiktok.com"), "tiktok"),
    **dict.fromkeys(("tg", "t.me", "telegram.org"), "telegram"),
    **dict.fromkeys(("vkontakte", "vk.com", "вконтакте"), "vk"),
    **dict.fromkeys(("ok.ru", "одноклассники"), "odnoklassniki"),
    **dict.fromkeys(("reddit.com",), "reddit"),
    **dict.fromkeys(("bsky", "bsky.app"), "bluesky"),
    **dict.fromkeys(("sina weibo", "weibo.com", "weibo.cn", "微博", "新浪微博"), "weibo"),
    **dict.fromkeys(("zhihu.com", "知乎"), "zhihu"),
    **dict.fromkeys(("bilibili.com", "b站", "哔哩哔哩"), "bilibili"),
    **dict.fromkeys(("toutiao.com", "头条", "今日头条"), "toutiao"),
    **dict.fromkeys(("tieba.baidu.com", "baidu tieba", "贴吧", "百度贴吧"), "tieba"),
    **dict.fromkeys(("douyin.com", "抖音"), "douyin"),
    **dict.fromkeys(("xiaohongshu.com", "rednote", "小红书"), "xiaohongshu"),
    **dict.fromkeys(("wechat.com", "weixin", "微信"), "wechat"),
}  # fmt: skip
"""Other names of a platform, folded, and the one it has here. Two names that may be two platforms are not joined."""

UNKNOWN = "unknown"

_PREFIXED = rf"^({'|'.join(PREFIXES)})_\d+$"


def platform_name(name: str) -> str:
    """The one spelling of a platform's name: width, case and space folded, and other names of well-known ones replaced."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return SPELLINGS.get(folded, folded)


def platform_names(named: pa.Array) -> pa.Array:
    """`platform_name` of every value; NULL stays NULL, and so becomes what is nothing but space."""
    coded = named.dictionary_encode()
    names = pa.array([platform_name(name) or None for name in coded.dictionary.to_pylist()], pa.string())
    return names.take(coded.indices)


def platforms(named: pa.Array, account_id: pa.Array, platform: str | None) -> pa.Array:
    """One platform per record, never NULL: `named`, else `platform`, else by the prefix of account_id, else "unknown"."""
    named = platform_names(named)
    if platform is not None:
        return pc.fill_null(named, platform_name(platform) or UNKNOWN)
    prefixed = pc.fill_null(pc.match_substring_regex(account_id, _PREFIXED), False)
    prefix = pc.index_in(pc.utf8_slice_codeunits(account_id, 0, 2), value_set=pa.array(list(PREFIXES)))
    shown = pc.if_else(prefixed, pa.array(list(PREFIXES.values())).take(prefix), pa.scalar(None, pa.string()))
    return pc.fill_null(pc.coalesce(named, shown), UNKNOWN)
