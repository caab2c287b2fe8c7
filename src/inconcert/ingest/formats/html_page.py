"""Saved HTML pages: their title, what they show, and what they say of themselves."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from inconcert.errors import InputError
from inconcert.ingest.formats.web_encoding import web_encoding
from inconcert.ingest.natives import Item, as_item
from inconcert.ingest.shape import Native
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.encoding import mark_length
from inconcert.ingest.stream.forward import Forward

FILE_BYTES_MAX = 64 << 20
"""A page with the pictures that are saved within it."""
PAGE_BYTES_MAX = 16 << 20
"""A page without them: no page that people read is longer."""
TAGS_MAX = 100_000
"""Reading takes time with the square of some tags; pages of a hundred screens have 20,000."""
_HEAD_BYTES = 1000
_HTML = re.compile(
    rb"(?:<!--.{0,5000}?-->|<\?xml[^>]{0,200}>|\s)*+<(?:!doctype\s+html|html|head|body|meta|title)[\s>]", re.I | re.S
)
_MEMBERS = {
    "author": ('meta[name="author"]', 'meta[property="article:author"]'),
    "publisher": ('meta[property="og:site_name"]', 'meta[name="application-name"]'),
    "published_at": ('meta[property="article:published_time"]', 'meta[name="pubdate"]', 'meta[itemprop="datePublished"]'),
    "url": ('link[rel="canonical"]', 'meta[property="og:url"]'),
}  # fmt: skip
_SAVED_URL = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s+url:\s*)(\S{1,2000}?)\s*(?:-->|$)", re.M
)
_PICTURE = re.compile(rb"data:[\w.+\-/]{1,60};base64,[A-Za-z0-9+/=%]{1000,}")
_SAVED_AT = re.compile(r"saved date:\s*([^\n(]{10,60})")


class TooLarge(Exception):
    """A page that is not read; the message says why, as what follows "it is a page"."""


def is_html(sample: bytes) -> bool:
    """Whether the bytes begin like an HTML page."""
    return _HTML.match(sample[mark_length(sample) : 8000].replace(b"\0", b"")) is not None


def page(content: bytes, charset: str | None = None) -> Native:
    """What a page shows and says: title, text, language, author, publisher, published_at, url, mime; absent ones None.

    charset: as its server stated it. fault: what was wrong with the bytes, else None. Text is what a reader sees, block by
    block; scripts and styles are left out, menus are not: what is a menu would be a guess. TooLarge beyond PAGE_BYTES_MAX and
    TAGS_MAX, pictures within the page not counted.
    """
    content = _PICTURE.sub(b"data:,", content)
    if len(content) > PAGE_BYTES_MAX:
        raise TooLarge(f"of more than {PAGE_BYTES_MAX >> 20} MiB")
    if content.count(b"<") > TAGS_MAX:
        raise TooLarge(f"of more than {TAGS_MAX:,} tags")
    source, fault = decoded(content, charset)
    tree = HTMLTree.parse(source)
    found = {name: _said(tree, selectors) for name, selectors in _MEMBERS.items()}
    root = tree.document.query_selector("html") if tree.document is not None else None
    language = root.getattr("lang") if root is not None else None
    return {
        "mime": "text/html",
        "title": " ".join((tree.title or "").split()) or None,
        "text": shown_text(tree) or None,
        "language": language[:40] if language else None,
        **found,
        "fault": fault,
    }


def decoded(content: bytes, charset: str | None) -> tuple[str, str | None]:
    """The text of a page, and what was wrong with its bytes.   charset: as its server stated it."""
    found = detect_encoding(content, from_html_meta=True)  # by what the page says, else by its bytes
    encoding = web_encoding(content, charset) or web_encoding(content, found) or "utf-8"
    text = content[mark_length(content) :].decode(encoding, "replace")
    faulty = "\ufffd" in text and "\ufffd".encode() not in content
    return text, f"holds bytes that are no {encoding}, shown as U+FFFD" if faulty else None


def shown_text(html: str | HTMLTree) -> str:
    """What a page or a piece of HTML shows, a line a block. TooLarge beyond TAGS_MAX."""
    if isinstance(html, str) and html.count("<") > TAGS_MAX:
        raise TooLarge(f"of more than {TAGS_MAX:,} tags")
    text: str = extract_plain_text(
        html, main_content=False, alt_texts=False, list_bullets=False, skip_elements=["[hidden]"]
    )
    return text.strip()


class HtmlPage:
    """A file that is one HTML page (`natives.Natives`)."""

    format = "html"
    encoding: str | None = None

    def __init__(self, stream: ByteStream, sample: bytes, name: str) -> None:
        """name: what messages call the file."""
        self.notes: tuple[str, ...] = ()
        self._stream, self._name = stream, name

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """The page."""
        source = Forward(self._stream.blocks())
        content = source.read(FILE_BYTES_MAX + 1)
        try:
            if len(content) > FILE_BYTES_MAX:
                raise TooLarge(f"of more than {FILE_BYTES_MAX >> 20} MiB")
            native = page(content)
        except TooLarge as error:
            raise InputError(
                f"{self._name} is an HTML page {error}, which is not read. Save its text as a text file."
            ) from error
        head = content[:_HEAD_BYTES].decode("utf-8", "replace")
        at, when = _SAVED_URL.search(head), _SAVED_AT.search(head)
        native |= {
            "file": self._name,
            "url": at[1] if at else native["url"],
            "observed_at": when[1].strip() if when else None,
        }
        yield [as_item(native, source.damage or native.pop("fault"))]

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The page."""
        return self._first

    @functools.cached_property
    def _first(self) -> list[Item]:
        return next(self.items())


def _said(tree: HTMLTree, selectors: tuple[str, ...]) -> str | None:
    for selector in selectors:
        node = tree.document.query_selector(selector) if tree.document is not None else None
        value = node.getattr("href" if selector.startswith("link") else "content") if node is not None else None
        if value and value.strip():
            return str(value).strip()[:2000]
    return None
