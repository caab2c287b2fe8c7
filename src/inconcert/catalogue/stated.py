"""The words by which publishers say what a value is, and what they mean here."""

from __future__ import annotations

import re
from typing import NamedTuple


class Stated(NamedTuple):
    """kind: of indicator.KINDS, or "web" for what may be a domain, host or address.   platform: where the word names one."""

    kind: str
    platform: str | None = None


def _each(kind: str, words: str) -> dict[str, Stated]:
    return {word: Stated(kind) for word in words.split()}


STATED: dict[str, Stated] = {
    **_each("web", "domain domainname hostname host fqdn site website url uri rawuri ciburl link domainip uripath domains urls sites websites"),
    **_each("account", "account useraccount userid accountid authorid nativeid channelid pageid accounts userids accountids"),
    **_each("handle", "handle username screenname accountname accountlogin login nickname handles usernames screennames githubusername"),
    **_each("hashtag", "hashtag hashtags tag"),
    **_each("email", "email emails emailaddr emailaddress emailsrc emaildst mail whoisregistrantemail"),
    **_each("phone", "phone phonenumber telephone prtn phones"),
    **_each("ip", "ip ips ipv4 ipv6 ipsrc ipdst ipv4addr ipv6addr ipaddress"),
    **_each("image_hash", "pdq hashpdq imagehash"),
    **_each("file_hash", "md5 sha1 sha256 sha512 hashmd5 hashsha1 hashsha256 hashsha512 videomd5 videosha256 filehash hash hashes"),
    **_each("text", "text textstring rawtext trendquery post tweet message copypasta"),
    **_each("text_hash", "texthash"),
    **_each("technique", "technique ttp attackpattern disarm"),
    **_each("name", "name displayname realname fullname pagename channelname persona"),
    "telegramurl": Stated("web", "telegram"),
    "twitterid": Stated("account", "twitter"),
    "twitterhandle": Stated("handle", "twitter"),
    "telegramchannel": Stated("handle", "telegram"),
    "telegramid": Stated("account", "telegram"),
    "facebookid": Stated("account", "facebook"),
    "youtubechannel": Stated("account", "youtube"),
    "githubusername": Stated("handle", "github"),
}  # fmt: skip
"""Word, without case, spaces and marks -> what it says."""


def stated(word: str | None) -> Stated | None:
    """What a publisher's word for a type says; None for words that say nothing, so that the value itself must tell."""
    return STATED.get(re.sub(r"[\W_]+", "", word[:100]).casefold()) if word else None
