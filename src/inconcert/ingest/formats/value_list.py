"""Plain lists of indicators: one hash, domain, link, address or profile a line, `#` before remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inconcert.ingest.natives import Item
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.encoding import as_utf8
from inconcert.ingest.stream.records import Unreadable, whole_lines

_LINES_TRIED = 200
_SIGN = re.compile(
    r"""[0-9a-f]{32}(?:[0-9a-f]{8})?(?:[0-9a-f]{24})?          # a digest
      | (?:hxxp|http)s?(?::|\[:\])//\S+                         # a link, defanged or not
      | [\w.\-\[\]()]*[\w\]](?:\.|\[\.\]|\(\.\)|\[dot\])[a-z]{2,24}(?:/\S*)?   # a domain
      | (?:\d{1,3}(?:\.|\[\.\])){3}\d{1,3}                      # an address
      | [^\s@,;]+@[^\s@,;]+\.[a-z]{2,24}                        # a mailbox
      """,
    re.IGNORECASE | re.VERBOSE,
)


def is_value_list(text: bytes) -> bool:
    """Whether the first lines of a text, UTF-8, are indicators, one a line, and nothing else but remarks."""
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()[:_LINES_TRIED]]
    lines = [line for line in lines if line and not line.startswith("#")]
    return len(lines) >= 2 and all(_SIGN.fullmatch(line) for line in lines[:-1])


class ValueList:
    """A file of indicators, one a line (`natives.Natives`): {"value": line}."""

    format = "list"

    def __init__(self, stream: ByteStream, encoding: str, sample: bytes) -> None:
        """sample: the beginning of the text, UTF-8."""
        self.encoding: str | None = encoding
        self.notes: tuple[str, ...] = ()
        self._stream, self._sample = stream, sample

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """The lines that are no remarks."""
        for part in whole_lines(as_utf8(self._stream.blocks(), str(self.encoding))):
            if isinstance(part, Unreadable):
                yield [Item(None, part.line.decode("utf-8", "replace"), part.reason)]
            else:
                yield _items(part)

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first lines that are no remarks."""
        return _items(self._sample.splitlines()[: 2 * count])[:count]


def _items(lines: list[bytes]) -> list[Item]:
    texts = (line.decode("utf-8", "replace").strip() for line in lines)
    return [Item({"value": text}, text) for text in texts if text and not text.startswith("#")]
