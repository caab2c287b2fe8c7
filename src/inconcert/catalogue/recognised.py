"""What one published value is: its kind and its normalised form, exactly as a case normalises the same field."""

from __future__ import annotations

import re

from inconcert.catalogue import disarm
from inconcert.catalogue.record import TEXT_AT_MOST, VALUE_AT_MOST
from inconcert.catalogue.refang import refanged
from inconcert.catalogue.stated import Stated, stated
from inconcert.catalogue.web_value import Recognised, ip_address, is_range, on_the_web
from inconcert.errors import UnknownName
from inconcert.normalise.folding import fold_hashtag, fold_name
from inconcert.normalise.hosts import host
from inconcert.normalise.platforms import platform_name

__all__ = ["Recognised", "recognised"]

EMPTY = "no value"
SIZE = "says how many there are, not which"
WORDS = "words, and nothing says that they were posted"
RANGE = "a range of addresses, which are many"
NO_KIND = (
    "a single word that may be many things: let a column or the first line say what it is (handle, hashtag, domain ...)"
)

_SIZE = re.compile(
    r"(?:about|around|over|more than|at least|nearly|~|>)?\s*\d[\d.,'  ]*\+?\s+(?:[^\W\d_][\w/&\-]*\s+){0,3}?"
    r"(?:accounts?|pages?|groups?|channels?|profiles?|posts?|tweets?|videos?|domains?|websites?|sites?|users?|followers?|blogs?"
    r"|events?|apps?|assets?)\.?",
    re.IGNORECASE,
)  # fmt: skip
_DIGESTS = frozenset({32, 40, 64, 128})
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@/:]{1,64}@([^\s@/:]+)")
_PHONE = re.compile(r"\+[\d\s().\-]{7,24}")
_HASHTAG = re.compile(r"[#＃][^\s#＃]{1,200}[#＃]?")
_HANDLE = re.compile(r"[@＠][\w.\-]{1,80}(?:@[\w.\-]{1,200})?")
_REMARKED = re.compile(r"(\S+)\s+\([^()]{1,300}\)")


def recognised(
    written: str, type: str | None = None, platform: str | None = None, *, posted: bool = False
) -> Recognised | str:
    """What a value is, or in words why it is no indicator.

    type: the publisher's word for what it is; it decides between forms that look alike, and where it says nothing the value
    itself does.   platform: as published.   posted: whether the source says that such values were posted.
    """
    text = written.strip()
    if not text:
        return EMPTY
    if len(text) > TEXT_AT_MOST:
        return f"longer than {TEXT_AT_MOST:,} characters"
    told = stated(type)
    where = told.platform if told and told.platform else platform_name(platform)[:100] if platform else None
    if told is not None and told.kind in ("text", "name"):
        return Recognised("text", text) if told.kind == "text" else _name(text, where)
    found = _of_form(text, told, where) if len(text) <= VALUE_AT_MOST else None
    if found is not None:
        return found
    if posted and told is None:
        return SIZE if _SIZE.fullmatch(text[:200]) and len(text) <= 200 else Recognised("text", text)
    if len(text) > VALUE_AT_MOST:
        return f"longer than {VALUE_AT_MOST:,} characters"
    if is_range(refanged(text)):
        return RANGE
    if told is not None:
        return f"no {_said(told)}, though its source says so"
    if _SIZE.fullmatch(text[:200]) and len(text) <= 200:
        return SIZE
    return WORDS if len(text.split()) > 1 else NO_KIND


def _of_form(text: str, told: Stated | None, platform: str | None) -> Recognised | None:
    """By the form of the value; of forms that look alike the one that is stated. None when it has no form that fits."""
    kind = told.kind if told is not None else None
    if kind in (None, "technique") and (number := _technique(text)):
        return Recognised("technique", number)
    if kind in (None, "file_hash", "image_hash", "text_hash") and _HEX.fullmatch(text) and len(text) in _DIGESTS:
        return Recognised(kind if kind in ("image_hash", "text_hash") else "file_hash", text.lower())
    if kind in (None, "hashtag") and (kind or _HASHTAG.fullmatch(text)) and not any(map(str.isspace, text)):
        tag = fold_hashtag(text)
        return Recognised("hashtag", tag, platform) if tag else None
    address = refanged(text)
    if kind in (None, "phone") and _PHONE.fullmatch(address):
        return Recognised("phone", re.sub(r"\D", "", address))
    if kind in (None, "ip", "web") and (number := ip_address(address)):
        return Recognised("ip", number)
    if remarked := _REMARKED.fullmatch(address):
        address = remarked[1]
    if kind in (None, "email", "web") and (mail := _EMAIL.fullmatch(address)) and host(mail[1]) is not None:
        return Recognised("email", address.casefold())
    if kind in (None, "handle", "account"):
        found = _account(address, kind, platform)
        if found is not None:
            return found
    return on_the_web(address) if kind in (None, "web", "account", "handle") else None


def _technique(text: str) -> str | None:
    number = text.upper()
    if not disarm.NUMBER.fullmatch(number):
        return None
    try:
        return disarm.technique(number).id
    except UnknownName:
        return None


def _account(text: str, kind: str | None, platform: str | None) -> Recognised | None:
    """A handle or id that is written bare; None for addresses, and for words that nothing calls an account."""
    if kind is None and not _HANDLE.fullmatch(text):
        return None
    if "/" in text or any(map(str.isspace, text)):
        return None
    if kind == "account" and text.lstrip("@").isdecimal():
        return Recognised("account", text.lstrip("@"), platform)
    if kind == "account" and (re.fullmatch(r"UC[\w\-]{22}", text) or text.startswith("did:")):
        return Recognised("account", text, platform)
    name = fold_name(text)
    return Recognised("handle", name, platform) if name else None


def _name(text: str, platform: str | None) -> Recognised | str:
    name = " ".join(text.split())
    return (
        Recognised("name", name, platform)
        if len(name) <= VALUE_AT_MOST
        else f"longer than {VALUE_AT_MOST:,} characters"
    )


def _said(told: Stated) -> str:
    return {"web": "domain or link", "ip": "IP address"}.get(told.kind, told.kind.replace("_", " "))
