"""Published signs of known operations: domains, links, accounts, hashes, in whatever words and defanging they come."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa

from inconcert import schema
from inconcert.normalise.given.sheet import GivenSheet, ReadRows, Unread, cell, moments, rows_of
from inconcert.normalise.profile_links import profile
from inconcert.normalise.urls import link, refanged

_WORDS: dict[str, str] = {
    "domain": "domain", "domainname": "domain", "hostname": "domain", "fqdn": "domain", "site": "domain", "website": "domain",
    "url": "url", "uri": "url", "rawuri": "url", "ciburl": "url", "telegramurl": "url", "link": "url",
    "account": "account", "useraccount": "account", "handle": "account", "username": "account", "twitterid": "account",
    "email": "email", "emailaddr": "email", "emailaddress": "email", "emailsrc": "email", "emaildst": "email",
    "phone": "phone", "phonenumber": "phone", "ip": "ip", "ipv4": "ip", "ipv6": "ip", "ipsrc": "ip", "ipdst": "ip",
    "ipv4addr": "ip", "ipv6addr": "ip", "ipaddress": "ip",
    "md5": "md5", "hashmd5": "md5", "videomd5": "md5", "sha1": "sha1", "hashsha1": "sha1", "sha256": "sha256",
    "hashsha256": "sha256", "videosha256": "sha256", "pdq": "pdq", "hashpdq": "pdq", "text": "text", "textstring": "text",
    "rawtext": "text", "trendquery": "text",
}  # fmt: skip
"""Words that publishers use for a type, without case, spaces and marks -> ours. Others are told from the value."""
_DIGESTS = {32: "md5", 40: "sha1", 64: "sha256"}
_HEX = re.compile(r"[0-9a-f]+\Z", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@/]{1,64}@[^\s@/]+\.[^\s@/.]{2,}\Z")
_PHONE = re.compile(r"\+[\d\s().\-]{7,24}\Z")
_HANDLE = re.compile(r"@[\w.\-]{1,80}\Z")
_PLAIN = ("operation", "tactic", "technique", "procedure", "note", "source")


class Sign(NamedTuple):
    """type, canonical value, and of an account its platform and handle."""

    type: str
    value: str
    platform: str | None = None
    handle: str | None = None


def sign(written: str, stated: str | None) -> Sign:
    """What a published value is; stated: the type its publisher gives it, which decides between forms that look alike."""
    value = refanged(written.strip())
    known = _WORDS.get(re.sub(r"[\W_]+", "", stated.split(":")[0]).casefold()) if stated else None
    if known in ("md5", "sha1", "sha256", "pdq") or (known is None and _HEX.match(value) and len(value) in _DIGESTS):
        return Sign(known or _DIGESTS[len(value)], value.lower())
    if known == "text":
        return Sign("text", value)
    if known == "email" or _EMAIL.match(value):
        return Sign("email", value.casefold())
    if known == "phone" or _PHONE.match(value):
        return Sign("phone", re.sub(r"[^\d+]", "", value))
    if (address := _address(value)) is not None:
        return Sign("ip", address)
    if known == "account" or _HANDLE.match(value):
        return _account(value)
    return _on_the_web(value, known)


def _address(value: str) -> str | None:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        return None


def _account(value: str) -> Sign:
    found = link(value)
    at = profile(found.url) if found.url and "/" in value else None
    return (
        Sign("account", found.url or value, at.platform, at.handle)
        if at
        else Sign("account", value, None, value.lstrip("@"))
    )


def _on_the_web(value: str, known: str | None) -> Sign:
    found = link(value)
    if found.url is None or " " in value or "/" not in found.url:
        return Sign(known or "text", value)
    if at := profile(found.url):
        return Sign("account", found.url, at.platform, at.handle)
    name = found.url.removeprefix("https://").rstrip("/")
    if known == "domain" or (known is None and "://" not in value and "/" not in name and "?" not in name):
        return Sign("domain", name.split("/")[0])
    return Sign("url", found.url)


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    columns = {name: cell(fields, name, constants) for name in _PLAIN}
    written, stated, platform = (cell(fields, name, constants).to_pylist() for name in ("value", "type", "platform"))
    told = [columns[name].to_pylist() for name in ("procedure", "technique", "tactic")]
    published_as = cell(fields, "published_at", constants)
    published = moments(published_as, constants)
    doubts = published.reason.to_pylist()
    unread: list[Unread] = []
    signs: list[Sign | None] = []
    for place, row_ref in enumerate(fields["row_ref"].to_pylist()):
        technique = next((names[place] for names in told if names[place] is not None), None)
        if written[place] is not None:
            signs.append(sign(written[place], stated[place]))
        elif technique is not None:
            signs.append(Sign("technique", technique))
        else:
            signs.append(None)
            unread.append(Unread(row_ref, "value", None, "neither an indicator nor a technique", True))
        if doubts[place] is not None:
            unread.append(Unread(row_ref, "published_at", published_as[place].as_py(), doubts[place], False))
    kept = pa.array([one is not None for one in signs], pa.bool_())
    table = rows_of(
        "threat_indicators",
        {
            **columns,
            "type": pa.array([one.type if one else "" for one in signs], pa.string()),
            "value": pa.array([one.value if one else "" for one in signs], pa.string()),
            "as_given": pa.array(written, pa.string()),
            "platform": pa.array([(one and one.platform) or p for one, p in zip(signs, platform, strict=True)], pa.string()),
            "handle": pa.array([one and one.handle for one in signs], pa.string()),
            "published_at": published.time_us.cast(schema.UTC_US),
            "row_ref": fields["row_ref"].combine_chunks(),
        },
    )  # fmt: skip
    return ReadRows({"threat_indicators": table.filter(kept)}, tuple(unread))


THREAT_INDICATORS = GivenSheet(
    "threat_indicators",
    {
        "value": ("value", "indicator", "indicator_value", "raw_indicator", "ioc", "hash", "domain", "url"),
        "type": ("type", "indicator_type", "signal_type", "kind"),
        "platform": ("platform",),
        "operation": ("operation", "campaign", "actor", "threat_actor", "event_info"),
        "tactic": ("tactic", "kill_chain_phase", "phase"),
        "technique": ("technique",),
        "procedure": ("procedure",),
        "note": ("note", "notes", "comment", "comments", "description"),
        "source": ("source", "publisher", "reference"),
        "published_at": ("published_at", "ds", "date", "added_on", "first_seen", "created"),
    },
    (("value", "technique", "tactic", "procedure"),),
    _read,
)
