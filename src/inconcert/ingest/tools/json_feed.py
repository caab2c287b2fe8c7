"""JSON Feed 1.0 and 1.1: the posts of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape, Unfit, members
from inconcert.ingest.tools.feed import as_shown, known_by, site_of

_VERSION = "https://jsonfeed.org/version/1"
_TAKEN = {
    "created_at": "date_published",
    "edited_at": "date_modified",
    "title": "title",
    "post_url": "url",
}


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return str(head.get("version")).startswith(_VERSION) and "id" in native


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    url = _string(native.get("url"))
    id = known_by(_string(native.get("id")), url)
    site = site_of(*(_string(one) for one in (head.get("home_page_url"), head.get("feed_url"), url)))
    if id is None or site is None:
        raise Unfit("an entry without " + ("an id" if id is None else "an address that says whose it is"))
    html = _string(native.get("content_html"))
    links = (native.get("external_url"), url)
    media = (native.get("image"), *(one.get("url") for one in members(native, "attachments")))
    yield {field: _string(native.get(name)) for field, name in _TAKEN.items()} | {
        "post_id": id,
        "account_id": site,
        "display_name": _string(head.get("title")),
        "bio": _string(head.get("description")),
        "account_url": _string(head.get("home_page_url")),
        "text": _string(native.get("content_text")) or (as_shown(html) if html else _string(native.get("summary"))),
        "language": _string(native.get("language")) or _string(head.get("language")),
        "urls": [link for link in links if _string(link)],
        "media": [one for one in media if _string(one)],
    }


JSON_FEED = Importer(
    name="json_feed",
    title="JSON Feed",
    signatures=(),
    columns={},
    platform="web",
    shape=Shape(
        fits=_fits,
        records=_records,
        fields=(
            "post_id", "account_id", "display_name", "bio", "account_url", *_TAKEN, "text", "language", "urls", "media",
        ),
        under=("items",),
        told_by=("id",),
        told=f"the document around the items has a version that begins with {_VERSION}",
    ),
    plausible={"post_id": (1, 1), "created_at": (0.5, 1), "text": (0.5, 1)},
    export="Save the address of a site's JSON Feed as a file.",
    lacks="All but the newest entries, as a rule, and bylines: the account is the site. A feed whose members version and title stand after its items is not recognised.",
)  # fmt: skip
