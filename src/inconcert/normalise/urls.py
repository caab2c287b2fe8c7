"""One form for links that lead to the same page, so that shares of it compare as equal.

The form is a name for the page, not meant to be fetched: scheme https, main host in punycode without www./m./mobile./amp.,
no default port, user, tracking parameters, fragment (but #!) or closing slash; AMP wrappers removed, percent-encoding in
one way, parameters sorted, one form for a YouTube video. Links of shorteners keep everything as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from inconcert.normalise import url_parts
from inconcert.normalise.hosts import host
from inconcert.normalise.link_lists import MEDIA_DOMAINS, SHORTENERS

MAX_LENGTH = 4096
"""Longer links are refused."""
MAX_WRAPPERS = 20
"""So many AMP wrappers inside each other are removed; with more the link is refused."""

_OPAQUE = re.compile(r"[^\s./\\:@]{1,200}")
_FANG = re.compile(r"[\[({](?:(\.|dot)|(:)|(/)|(://))[\])}]|\\(\.)", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:amp;)+")
_FANGED_SCHEME = re.compile(r"\Ah(?:xx|\*\*)p(?=s?:)", re.IGNORECASE)
_WEB = re.compile(r"(https?):/*([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+\-]*):(?![0-9])", re.IGNORECASE)
_PORT = re.compile(r":0*([0-9]*)\Z")
_AMP_CACHE = re.compile(r"/[a-z]+/(?:s/)?([^/]+\.[^/]+.*)", re.DOTALL)
_AMP_VIEWER = re.compile(r"/amp/(?:s/)?([^/]+\.[^/]+.*)", re.DOTALL)
_GOOGLE = re.compile(r"google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_VIDEO_PATH = re.compile(r"/(?:shorts|embed|live|v)/([\w\-]{6,})\Z", re.ASCII)
_SHORT_PATH = re.compile(r"/([\w\-]{6,})\Z", re.ASCII)
_VIDEO_ID = re.compile(r"(?:\A|&)v=([\w\-]{6,})(?:&|\Z)", re.ASCII)


class Link(NamedTuple):
    """What a value of a link column is.

    url: its canonical form, or the value itself when it is an opaque id; None when it is not a link.
    domain: the registrable domain; None for opaque ids, numeric addresses, shorteners (they hide it) and non-links.
    reason: why it is not a link, in words; None when it is.
    """

    url: str | None
    domain: str | None = None
    reason: str | None = None


def link(raw: str) -> Link:
    """The canonical form of a link, also of a defanged one; ids without dot, slash, colon and space are kept as ids."""
    text = refanged(raw.strip(" \t\r\n<>\"'"))
    if _OPAQUE.fullmatch(text):
        return Link(text)
    if len(text) > MAX_LENGTH:
        return Link(None, reason=f"not a link: longer than {MAX_LENGTH:,} characters")
    protocol, _, rest = text.partition("://")
    if rest.partition("/")[0] in SHORTENERS and protocol in ("http", "https"):
        return Link(text)
    for _ in range(MAX_WRAPPERS + 1):
        found = _read(text)
        if isinstance(found, Link):
            return found
        text = found
    return Link(None, reason=f"not a link: wrapped more than {MAX_WRAPPERS} times")


def domain(raw: str) -> str | None:
    """The registrable domain of a host name or link; an opaque id stays as it is; None for anything else."""
    found = link(raw)
    return found.domain or (found.url if found.url and _OPAQUE.fullmatch(found.url) else None)


def media(raw: str) -> str | None:
    """The object for an image or video: an id or hash as it is, a link in canonical form without a store's parameters."""
    found = link(raw)
    if found.url and found.domain in MEDIA_DOMAINS:
        return found.url.partition("?")[0]
    return found.url or raw


def refanged(text: str) -> str:
    """Undoes what makes a link harmless to click: hxxp, [.], (dot), [:], [://]; reads &amp; as in HTML."""
    while ("[" in text or "(" in text or "{" in text or "\\" in text) and _FANG.search(text):
        text = _FANG.sub(lambda sign: "." if sign[1] or sign[5] else sign[2] or sign[3] or sign[4], text)
    text = _FANGED_SCHEME.sub("http", text, count=1) if text[:1] in ("h", "H") else text
    return _AMPERSAND.sub("&", text) if "&" in text else text


def _read(text: str) -> Link | str:
    """The canonical form; of an AMP wrapper the link inside, not yet in its form."""
    web = _WEB.match(text)
    if schemeless := web is None:
        if scheme := _SCHEME.match(text):
            return Link(None, reason=f"not a web address ({scheme[1].lower()[:20]}:)")
        text = "https://" + text.lstrip("/")
        web = _WEB.match(text)
    if web is None:
        return Link(None, reason="not a link")
    place = web[2].rpartition("@")[2]
    port = _PORT.search(place)
    site = host(place[: port.start()] if port else place)
    if site is None or (schemeless and (site.domain is None or "@" in web[2])):
        return Link(None, reason="not a link: no public host has such a name")
    protocol = web[1].lower()
    if site.name in SHORTENERS:
        return Link(f"{protocol}://{site.name}{text[web.end(2) :]}")
    query = url_parts.query(web[4] or "", site.name)
    path = url_parts.path(web[3])
    if inner := _inside_amp(site.name, web[3]) or _inside_amp(site.name, path):
        return f"https://{inner}{'?' + query if query else ''}"
    if video := _video(site.name, path, query):
        return Link(f"https://youtube.com/watch?v={video}", "youtube.com")
    shown_port = f":{port[1]}" if port and port[1] not in ("", "80", "443") else ""
    bang = f"#{url_parts.percent(web[5])}" if (web[5] or "").startswith("!") else ""
    url = f"https://{site.name}{shown_port}{path or '/'}{'?' + query if query else ''}{bang}"
    return Link(url, site.domain)


def _inside_amp(host_name: str, path: str) -> str | None:
    """The host and path that an AMP cache or viewer wraps."""
    if host_name.endswith("cdn.ampproject.org"):
        wrapped = _AMP_CACHE.match(path)
    else:
        wrapped = _AMP_VIEWER.match(path) if _GOOGLE.fullmatch(host_name) else None
    return wrapped[1] if wrapped else None


def _video(host_name: str, path: str, query: str) -> str | None:
    """The id of a YouTube video."""
    if host_name == "youtu.be":
        found = _SHORT_PATH.match(path)
    elif host_name == "youtube.com":
        found = _VIDEO_ID.search(query) if path == "/watch" else _VIDEO_PATH.match(path)
    else:
        return None
    return found[1] if found else None
