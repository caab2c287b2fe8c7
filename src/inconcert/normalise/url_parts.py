"""One spelling for the path and the query of a link (RFC 3986 section 6.2.2), and what in them says nothing of the page."""

from __future__ import annotations

import re
from urllib.parse import quote

from inconcert.normalise.link_lists import HOST_TRACKING, TRACKING, TRACKING_PREFIXES

_TIDY = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TRIPLET = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "%-._~!$&'()*+,;=:@/"
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_AMP = re.compile(r"\A/amp(?=/.)|(?<=.)/amp\Z|\.amp(?=\.html?\Z)|(?<=[^/.])\.amp\Z")


def percent(text: str) -> str:
    """Percent-encoding in one way: letters, digits and -._~ bare, upper-case hex, everything unsafe as UTF-8."""
    if _TIDY.fullmatch(text):
        return text
    text = quote(_STRAY.sub("%25", text), safe=_SAFE, errors="ignore")
    return _TRIPLET.sub(_triplet, text)


def _triplet(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def path(raw: str) -> str:
    """The path without dot segments, session id, AMP mark and closing slash; '' for the root."""
    text = percent(raw)
    if ";" in text:
        text = _SESSION.sub("", text)
    if "/." in text:
        text = _without_dots(text)
    text = text.rstrip("/")
    while "amp" in text and (shorter := _AMP.sub("", text).rstrip("/")) != text:
        text = shorter
    return text


def _without_dots(text: str) -> str:
    kept: list[str] = []
    for segment in text.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def query(raw: str, host: str) -> str:
    """The parameters that matter on that host, sorted, '+' and '%20' alike; '' when none is left."""
    if not raw:
        return ""
    own = HOST_TRACKING.get(host, frozenset())
    kept = []
    for pair in percent(raw).replace("+", "%20").split("&"):
        name = pair.partition("=")[0].lower()
        if pair and name not in TRACKING and name not in own and not name.startswith(TRACKING_PREFIXES):
            kept.append(pair)
    return "&".join(sorted(kept))
