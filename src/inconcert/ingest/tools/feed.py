"""RSS and Atom feeds: the posts of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from inconcert.ingest.formats.html_page import TooLarge, shown_text
from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape, Unfit, at, members

_HTML = ("html", "text/html")
FIELDS = (
    "post_id", "account_id", "display_name", "bio", "account_url", "created_at", "edited_at", "title", "text", "language",
    "post_url", "replies", "urls", "media",
)  # fmt: skip


def site_of(*addresses: str | None) -> str | None:
    """The host of the first address that has one, without "www."."""
    for address in addresses:
        try:
            host = urlsplit(address or "").hostname
        except ValueError:
            continue
        if host:
            return host.removeprefix("www.")
    return None


def known_by(id: str | None, link: str | None) -> str | None:
    """The id of an entry: its own where it is an address and so unlike those of other sites, else the page it is about."""
    return id if id and ":" in id else link or id


def as_shown(html: str) -> str:
    """The text of a piece of HTML; Unfit when there is too much of it to be read."""
    try:
        return shown_text(html.encode("utf-8", "replace").decode())
    except TooLarge as error:
        raise Unfit(f"an entry {error}") from error


def _text(around: Mapping[str, Any], *names: str) -> str | None:
    """The text of the first element of these names that has any."""
    found = (one.get("text") for name in names for one in members(around, name))
    return next((text for text in found if isinstance(text, str) and text), None)


def _shown(around: Mapping[str, Any], names: tuple[str, ...], *, html: bool) -> str | None:
    """The same, as people read it; html: whether elements that do not say so are HTML."""
    for name in names:
        for one in members(around, name):
            text = one.get("text")
            if isinstance(text, str) and text:
                is_html = html if ":" not in name or name == "content:encoded" else one.get("type") in _HTML
                return as_shown(text) if is_html else text
    return None


def _link(around: Mapping[str, Any]) -> str | None:
    """The page that an entry or a feed is about."""
    atom = [one for one in members(around, "atom:link") if one.get("rel", "alternate") == "alternate"]
    found = _text(around, "link") or next((one["href"] for one in atom if one.get("href")), None)
    return found if isinstance(found, str) else None


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return any(isinstance(native.get(kind), list) for kind in ("(item)", "(entry)"))


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    link, home = _link(native), _link(head)
    guid = known_by(_text(native, "guid", "atom:id") or at(native, "(item)", 0, "rdf:about"), link)
    site = site_of(home, _text(head, "atom:id"), link)
    if guid is None or site is None:
        raise Unfit("an entry without " + ("id and link" if guid is None else "an address that says whose it is"))
    if link is None and at(native, "guid", 0, "isPermaLink") != "false" and str(guid).startswith("http"):
        link = guid
    published = _text(native, "pubDate", "dc:date", "atom:published", "atom:issued", "dcterms:created")
    updated = _text(native, "atom:updated", "atom:modified", "dcterms:modified")
    enclosed = [*members(native, "enclosure"), *members(native, "media:content")]
    enclosed += [{"url": one.get("href")} for one in members(native, "atom:link") if one.get("rel") == "enclosure"]
    yield {
        "post_id": guid,
        "account_id": site,
        "display_name": _text(head, "title", "atom:title"),
        "bio": _text(head, "description", "atom:subtitle"),
        "account_url": home,
        "created_at": published or updated,
        "edited_at": updated if published and updated != published else None,
        "title": _shown(native, ("title", "atom:title", "dc:title"), html=False),
        "text": _shown(native, ("content:encoded", "atom:content", "description", "atom:summary"), html=True),
        "language": _text(native, "dc:language")
        or at(native, "(entry)", 0, "xml:lang")
        or _text(head, "language", "dc:language")
        or at(head, "(feed)", 0, "xml:lang"),
        "post_url": link,
        "replies": _text(native, "slash:comments"),
        "urls": [link] if link else [],
        "media": [one["url"] for one in enclosed if isinstance(one.get("url"), str)],
    }


FEED = Importer(
    name="feed",
    title="RSS or Atom feed",
    signatures=(),
    columns={},
    platform="web",
    shape=Shape(
        fits=_fits,
        records=_records,
        fields=FIELDS,
        told="XML whose outermost element is rss, RDF or feed; its items or entries are the records.",
    ),
    plausible={"post_id": (1, 1), "created_at": (0.5, 1), "text": (0.3, 1)},
    export="Save the address of a site's feed (RSS 0.9x, 1.0, 2.0 or Atom) as a file; feed readers and archives keep older ones.",
    lacks="All but the newest entries, as a rule; often all but the first lines of an article. The account is the site that the "
    "feed names; bylines are not read, since a site with many writers would look like an account that renames itself.",
)
