"""RSS 2.0 (and 0.9x), RSS 1.0 and Atom as a stream of entries, with what the feed says of itself as their head.

Read as it comes, one entry in memory. XML that declares entities or fetches anything is refused (defusedxml); where a file
is no well-formed XML, reading stops, and this is told.
"""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from inconcert.errors import InputError
from inconcert.ingest.formats.web_encoding import web_encoding
from inconcert.ingest.natives import Item, as_item
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.encoding import mark_length
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

_FEED = re.compile(
    rb"(?:<\?.{0,1000}?\?>|<!--.{0,5000}?-->|<!DOCTYPE[^\[>]{0,500}(?:\[[^\]]{0,5000}\]\s{0,9})?>|\s)*+<(?:\w{1,20}:)?(rss|RDF|feed)[\s>]",
    re.S,
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.\-]{1,40})["']""")
_PIECE_CHARACTERS = 64 << 10
_TRIED_BYTES = 256 << 10
_DEPTH_MAX = 100
_MEMBERS_MAX = 1_000
_ENTRIES = ("item", "entry")
_AROUND = ("rss", "RDF", "feed", "channel")
_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
Members = dict[str, list[dict[str, str]]]
_LINES = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})


def is_feed(sample: bytes) -> bool:
    """Whether the bytes begin like a feed."""
    return _FEED.match(sample[mark_length(sample) : 16_000].replace(b"\0", b"")) is not None


class Feed:
    """A feed (`natives.Natives`).

    An object is {name: [{"text": …, attribute: value …}, …]} with the names of the elements in an entry, "atom:author/atom:name"
    for one within another, and the entry itself as "(item)" or "(entry)". The head is the same for what stands around the
    entry and before it: "(rss)", "(feed)" … and the members of its channel.
    """

    format = "feed"

    def __init__(self, stream: ByteStream, sample: bytes, name: str) -> None:
        """sample: its first bytes.   name: what messages call the file."""
        self.encoding: str | None = None  # of the entries, which are no bytes any more
        self.notes: tuple[str, ...] = ()
        self._stream, self._sample, self._name = stream, sample, name
        declared = _DECLARED.match(sample.lstrip())
        self._text_encoding = (
            web_encoding(sample, declared[1].decode("ascii", "replace") if declared else None) or "utf-8"
        )

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """All entries, many at a time."""
        return self._read(self._stream.blocks())

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first entries, of the beginning of the file; InputError, with the reason, when it has none."""
        return self._first[:count]

    @functools.cached_property
    def _first(self) -> list[Item]:
        items: list[Item] = []
        for length in (_TRIED_BYTES, len(self._sample)):
            items = [item for some in self._read(iter([self._sample[:length]])) for item in some]
            if found := [item for item in items if item.record is not None]:
                return found
        why = next((item.reason for item in items if item.reason), "no entry in its first part")
        raise InputError(f"{self._name} is a feed of which nothing can be read: {why}.")

    def _read(self, blocks: Iterator[bytes]) -> Iterator[list[Item]]:
        target = _Entries()
        parser = XMLParser(target=target, encoding="utf-8")
        fault = None
        try:
            for text in _pieces(blocks, self._text_encoding):
                target.waiting += len(text)
                parser.feed(text.encode("utf-8", "replace"))
                if target.waiting > RECORD_BYTES_MAX:
                    raise Damaged(f"an entry longer than {RECORD_BYTES_MAX >> 20} MiB; what follows was not read")
                if len(target.items) >= 1000:
                    yield target.taken()
            parser.close()
        except ParseError as error:
            fault = f"not well-formed XML ({error}); what follows was not read"
        except DefusedXmlException as error:
            fault = f"the feed declares entities, as attacks do ({type(error).__name__}); it was not read further"
        except Damaged as damage:
            fault = str(damage)
        yield [*target.taken(), *([Item(None, "", fault)] if fault else [])]


class _Entries:
    """What the parser calls (a target of ElementTree's XMLParser): collects entries as they end.

    waiting: characters fed since the last entry ended.
    """

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.waiting = 0
        self._path: list[str] = []
        self._head: Members = {}
        self._entry: Members | None = None
        self._base = 0  # depth at which the members of the head or the entry stand
        self._open: dict[str, str] | None = None
        self._text: list[str] = []

    def taken(self) -> list[Item]:
        """The entries collected since they were last taken."""
        items, self.items = self.items, []
        return items

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins. Damaged when it lies too deep."""
        name, depth = _short(tag), len(self._path)
        if depth >= _DEPTH_MAX:
            raise Damaged(f"elements nested deeper than {_DEPTH_MAX}; what follows was not read")
        around = self._entry is None and _local(name) in _AROUND
        if around or (self._entry is None and _local(name) in _ENTRIES):
            own = [_attributes(attributes)]
            self._base = depth + 1
            if around:
                self._head.setdefault(f"({_local(name)})", own)
            else:
                self._entry = {f"({_local(name)})": own}
        elif depth == self._base:
            self._begin(name, attributes)
        elif depth == self._base + 1 and not self._in_markup():
            self._begin(f"{self._path[-1]}/{name}", attributes)
        elif _local(name) in _LINES:
            self._text.append("\n")
        self._path.append(name)

    def data(self, text: str) -> None:
        """Text within an element."""
        self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name, depth = self._path.pop(), len(self._path)
        if depth < self._base:
            self._finish()
            self._base = depth
            if self._entry is not None:
                self.items.append(as_item(self._entry, None, dict(self._head)))
                self._entry, self.waiting = None, 0
        elif depth == self._base or not self._in_markup():
            self._finish()
        elif _local(name) in _LINES:
            self._text.append("\n")

    def close(self) -> None:
        """The document ends."""

    def _in_markup(self) -> bool:
        return self._open is not None and self._open.get("type") == "xhtml"

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._finish()
        around, self._open = self._head if self._entry is None else self._entry, _attributes(attributes)
        held = around.setdefault(name, [])
        held.append(self._open)
        if max(len(around), len(held)) > _MEMBERS_MAX:
            raise Damaged(f"more than {_MEMBERS_MAX:,} elements around or in an entry; what follows was not read")

    def _finish(self) -> None:
        if self._open is not None and (text := "".join(self._text).strip()):
            self._open["text"] = _lines(text) if self._in_markup() else text
        self._open, self._text = None, []


def _lines(text: str) -> str:
    return "\n".join(line for one in text.splitlines() if (line := one.strip()))


def _attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {_short(name): value for name, value in attributes.items()}


def _local(name: str) -> str:
    return re.split("[:}]", name)[-1]


def _short(tag: str) -> str:
    """The name of an element or attribute with the prefix that is usual for its namespace; rare ones are written out."""
    space, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:])
    return name if prefix == "" else tag if prefix is None else f"{prefix}:{name}"


def _pieces(blocks: Iterator[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    skip = True
    for block in blocks:
        text = decoder.decode(block[mark_length(block) :] if skip else block)
        skip = False
        yield from (text[i : i + _PIECE_CHARACTERS] for i in range(0, len(text), _PIECE_CHARACTERS))
    yield decoder.decode(b"", final=True)
