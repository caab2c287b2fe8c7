"""Handles and names that platforms give to those who choose none, and how they look.

Millions of ordinary people keep theirs: a default handle says nothing about one account (Kazemi 2020 on those of X), only a share
beside that of a control does. Platforms whose defaults are not known for certain (Instagram, Facebook, Telegram) are absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ANY = ("unknown",)
"""Names of a platform that say nothing: every format is tried."""


@dataclass(frozen=True)
class DefaultFormat:
    """platforms: names it goes by in sources, lower case. pattern: of the whole handle or name. words: what it looks like."""

    platforms: tuple[str, ...]
    pattern: re.Pattern[str]
    words: str
    example: str
    source: str


_OBSERVED = "as seen in profiles; the platform publishes no format"


def _format(platforms: str, pattern: str, words: str, example: str, source: str = _OBSERVED) -> DefaultFormat:
    return DefaultFormat(tuple(platforms.split()), re.compile(pattern), words, example, source)


FORMATS: tuple[DefaultFormat, ...] = (
    _format(
        "twitter x", r"[A-Za-z_]{3,10}[0-9]{8}", "a name and eight digits", "JackieQ95902126",
        "given at sign-up since December 2017 (Kazemi 2020, On Twitter usernames with lots of numbers); mostly 15 characters, but "
        "reports print longer ones",
    ),
    _format(
        "reddit", r"[A-Z][a-z]+([-_]?)[A-Z][a-z]+[-_]?[0-9]{1,4}", "two capitalised words and up to four digits",
        "Ordinary-Lamp1234", "suggested at sign-up, as account generators record them",
    ),
    _format(
        "tiktok", r"user[0-9]{7,15}", "user and a run of digits", "user4821973650182",
        "given to new accounts, and to those idle for 180 days (TikTok, Inactive account policy)",
    ),
    _format("youtube", r"user-[a-z]{2}[0-9][a-z]{2}[0-9][a-z]{2}[0-9][a-z]", "user- and ten letters and digits", "user-ab1cd2ef3g"),
    _format("youtube", r"[\w.]{1,24}-[a-z]{2}[0-9][a-z]{2}", "the channel's name and five letters and digits", "annasmith-ab1cd"),
    _format("weibo", r"用户[0-9]{7,12}", "用户 (user) and a run of digits", "用户7763546981"),
    _format("weibo", r"手机用户[0-9]{7,12}", "手机用户 (phone user) and a run of digits", "手机用户2158473096"),
    _format("toutiao douyin xigua", r"(?:手机)?用户[0-9]{7,16}", "用户 (user) and a run of digits", "用户5820194736251"),
    _format(
        "toutiao", r"[\u3400-\u9fff]{1,6}[0-9]{8}", "a Chinese word and eight digits", "爸爸68910361",
        "a name of the network in the reference report; the form is that of suggestions for names already taken",
    ),
    _format("zhihu", r"知乎用户[A-Za-z0-9]{0,8}", "知乎用户 (Zhihu user) and a code", "知乎用户aB3dE9"),
    _format("bilibili", r"bili_[0-9]{6,14}", "bili_ and a run of digits", "bili_38201947561"),
    _format("xiaohongshu rednote", r"小红薯[0-9A-F]{6,10}", "小红薯 (little red potato) and a code", "小红薯5F3A91C0"),
    _format("tieba baidu", r"贴吧用户_[0-9A-Za-z]{6,8}", "贴吧用户_ (Tieba user) and a code", "贴吧用户_0aXbC1d"),
    _format("vk", r"id[0-9]{5,10}", "id and the number of the account", "id481920375", "every address before a name is chosen"),
)  # fmt: skip
"""Formats by platform."""

PLATFORMS = frozenset(platform for known in FORMATS for platform in known.platforms)
"""Platforms with a known format."""


def default_format(platform: str, *names: str | None) -> DefaultFormat | None:
    """The first format of that platform that one of an account's handle and name has; None where none has.

    Of a platform that is not told (ANY) every format is tried, of one without a known format none. A leading @ does not count.
    """
    platform = platform.casefold()
    tried = [known for known in FORMATS if platform in ANY or platform in known.platforms]
    shown = [name.strip().removeprefix("@") for name in names if name]
    return next((known for known in tried for name in shown if known.pattern.fullmatch(name)), None)
