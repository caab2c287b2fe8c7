"""What every request and every answer must satisfy: the data are hostile, and whoever wrote them must not learn who looks.

A request whose `Host` is none of ours is refused (a name that an attacker points at 127.0.0.1 would otherwise reach us with the
browser's trust). What changes something must come from a page of ours, by what the browser says of its origin and by a token only
our pages hold. Every answer forbids the browser to load or run anything that is not from here.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-inconcert-token"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # under "no-referrer" browsers call the origin of our own forms "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "x-dns-prefetch-control": "off",
}
_SAFE = ("GET", "HEAD")
_OURS = ("same-origin", "none")
"""Values of Sec-Fetch-Site of a request that no other site caused; "none" is the address bar."""


_UTF8 = (b"utf-8", b"utf8")
"""Of a form; other names reach decoders of Python that fail, or that unpack."""


def names_of(port: int) -> frozenset[str]:
    """Values of `Host` under which this machine reaches a server at that port."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


class Guard:
    """Refuses requests that are not from our own pages on this machine, and sets the headers of every answer.

    hosts: values of `Host` that are ours.   token: what writes must carry, in TOKEN_HEADER or, as forms without script send it, in
    the query as `token`.
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], token: str) -> None:
        self._app, self._hosts, self._token = app, frozenset(hosts), token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":  # there are no web sockets; the life of the server is the app's
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, guarded)
        else:
            await PlainTextResponse(refusal, 403)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return "This workbench answers only under 127.0.0.1 and localhost, at its own port."
        linked = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
        if headers.get("sec-fetch-site", "none") == "cross-site" and not linked:
            return "Another site asked for this page."
        if scope["method"] in _SAFE:
            return None
        if headers.get("sec-fetch-site", "same-origin") not in _OURS:
            return "Only pages of this workbench may change something."
        if _letters(headers.get("content-type", "")) not in _UTF8:
            return "Forms are read in UTF-8 only."
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc not in self._hosts:
            return "Only pages of this workbench may change something."
        if not hmac.compare_digest(self._given(headers, scope).encode(), self._token.encode()):
            return "This page is from before the workbench was started again. Load it once more."
        return None

    @staticmethod
    def _given(headers: Headers, scope: Scope) -> str:
        from urllib.parse import parse_qs

        in_query = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        return headers.get(TOKEN_HEADER) or in_query[0]


def _letters(content_type: str) -> bytes:
    """The charset of a Content-Type, in small letters, as those who decode the form read it; of one that names none, that of our own
    forms."""
    _, about = parse_options_header(content_type)
    return about.get(b"charset", b"utf-8").lower()
