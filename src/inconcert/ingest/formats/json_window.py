"""JSON text that comes in blocks, read value by value; what was used is forgotten."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.json_nesting import BRACES, BRACKETS, Nesting
from inconcert.ingest.formats.json_text import DECODER, DOUBT, item, told
from inconcert.ingest.formats.repeated_names import REPEATED, repeats_names
from inconcert.ingest.natives import Item
from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.encoding import UTF16_WITHIN, is_utf16, marked
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

_LOOKED_AT = 100
NOT_READ = "what follows cannot be told apart and was not read"
_TOO_LONG = f"an object longer than {RECORD_BYTES_MAX >> 20} MiB"


class NotJson(Exception):
    """No JSON value is at the place; the message says why."""


class Stop(Exception):
    """What follows cannot be told apart."""


class Window:
    """The part of a text that is being read.

    text: that part.   place: how far it was read.   length: characters of the value last read.
    written: the text of the item last given.   damage: why the bytes broke off, None while they have not.
    """

    def __init__(self, pieces: Iterator[tuple[str, bool]], encoding: str) -> None:
        """pieces: text as `encoding.text_of` gives it, each with whether bytes in it are at fault.   encoding: of the file."""
        self.text, self.place, self.length, self.written = "", 0, 0, ""
        self.damage: str | None = None
        self._pieces, self._encoding = pieces, encoding
        self._ended = self._broken = self._faulty = False
        self._held: int | None = None
        self._let_go = ""

    def peek(self, between: re.Pattern[str]) -> str:
        """The next character past what is between values, which is skipped; "" at the end."""
        while True:
            match = between.match(self.text, self.place)
            self.place = match.end() if match else self.place
            if self.place < len(self.text):
                return self.text[self.place]
            if not self._more():
                return ""

    def hold(self) -> None:
        """Keep what follows, so that it can be had whole; past RECORD_BYTES_MAX it is let go. Stop as `value`."""
        if self._broken:
            raise Stop
        self._held = self.place

    def release(self) -> str | None:
        """What was read since `hold`; None where that was too long, or nothing is held."""
        held, self._held = self._held, None
        return None if held is None else self.text[held : self.place]

    def value(self) -> Any:
        """The value at the place, moving past it; NotJson where there is none, Stop once all that waits was set aside."""
        if self._broken:
            raise Stop
        while True:
            start = self.place
            try:
                value, self.place = DECODER.raw_decode(self.text, start)
            except (ValueError, RecursionError) as error:
                if not self._more():
                    raise NotJson(f"not JSON ({told(error)})") from error
                continue
            self.length = self.place - start
            if self._faulty:
                written = self.text[start : self.place]
                value = value if (seen := marked(written)) == written else DECODER.decode(seen)
            return value

    def next_item(self, head: Mapping[str, Any] | None = None) -> Item:
        """The value at the place as an item, moving past it; Stop as `value`."""
        self.hold()
        try:
            value = self.value()
        except NotJson as error:
            return self.set_aside(str(error))
        return self.item(value, head)

    def item(self, value: Any, head: Mapping[str, Any] | None = None) -> Item:
        """The value read since `hold` as an item, set aside unless it is an object."""
        written = self.release()
        if written is None or len(written) > RECORD_BYTES_MAX:
            beginning, self._let_go = (written or self._let_go)[:RECORD_BYTES_MAX], ""
            return item(None, beginning, self._encoding, faulty=self._faulty, reason=_TOO_LONG)
        self.written = written
        faulty = self._faulty and marked(written) != written
        if not isinstance(value, dict):
            return item(None, written, self._encoding, faulty=faulty, reason="not a JSON object")
        doubt = DOUBT if faulty and self._encoding == "utf-8" else REPEATED if repeats_names(written, value) else None
        return item(value, written, self._encoding, faulty=faulty, reason=doubt, head=head)

    def set_aside(self, why: str) -> Item:
        """The object that is held, or at the place, as far as its braces tell, moving past it; else all that waits, after
        which `value` is Stop."""
        self.place = self.place if self._held is None else self._held
        self.release()
        end = _end_of_object(self.text, self.place)
        if end is None and (stepped := self._step_over()) is not None:
            beginning, length = stepped
            reason = f"{_TOO_LONG}: {length:,} characters, of which the first are kept"
            return item(None, beginning, self._encoding, faulty=self._faulty, reason=reason)
        if end is None:
            self._broken, rest = True, self.text[self.place :][:RECORD_BYTES_MAX]
            mixed = self._encoding == "utf-8" and is_utf16(rest[:_LOOKED_AT].encode("utf-8", "surrogateescape"))
            why = UTF16_WITHIN if mixed else f"{why}; {NOT_READ}" if rest else why
        else:
            rest, self.place = self.text[self.place : end], end
        return item(None, rest, self._encoding, faulty=self._faulty, reason=why)

    def _step_over(self) -> tuple[str, int] | None:
        """Move past a value that is longer than a record may be; its beginning and length. None when it is not, or has no end."""
        beginning = self.text[self.place :][:RECORD_BYTES_MAX]
        if self._ended or len(beginning) < RECORD_BYTES_MAX:
            return None
        nesting, length = Nesting(BRACKETS), 0
        while (end := nesting.end(self.text, self.place)) is None:
            length += len(self.text) - self.place
            self.place = len(self.text)
            if not self._more():
                self.text, self.place = beginning, 0
                return None
        length += end - self.place
        self.place = end
        return beginning, length

    def _more(self) -> bool:
        """Have more text; False at the end, or with a whole record's worth waiting already."""
        if self._ended or len(self.text) - self.place >= RECORD_BYTES_MAX:
            return False
        if self._held is not None and self.place - self._held > RECORD_BYTES_MAX:
            self._let_go, self._held = self.text[self._held :], None
        try:
            piece = next(self._pieces, None)
        except Damaged as damage:
            piece, self.damage = None, str(damage)
        self._ended = piece is None
        text, faulty = piece or ("", False)
        self._faulty = self._faulty or faulty
        start = self.place if self._held is None else self._held
        self.text = self.text[start:] + text
        self.place -= start
        self._held = None if self._held is None else 0
        return True


def decoded(blocks: Iterator[bytes], encoding: str) -> Iterator[tuple[str, bool]]:
    """Blocks of `as_utf8`, kept, as texts of `text_of`, each with whether bytes are at fault in it or were before."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks:
            yield _decoded(decoder, block, encoding, final=False)
    except Damaged:
        yield _decoded(decoder, b"", encoding, final=True)
        raise
    yield _decoded(decoder, b"", encoding, final=True)


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes, encoding: str, *, final: bool) -> tuple[str, bool]:
    try:
        return decoder.decode(block, final), decoder.errors != "strict"
    except UnicodeDecodeError:
        decoder.errors = "surrogateescape" if encoding == "utf-8" else "surrogatepass"
        return decoder.decode(block, final), True


def _end_of_object(text: str, place: int) -> int | None:
    """Where the object at the place ends by its braces, if another, a comma or the end of a list follows; else None."""
    nesting = Nesting(BRACES)
    end = nesting.end(text, place)
    if end is None or nesting.depth < 0:
        return None
    return end if text[end : end + _LOOKED_AT].lstrip()[:1] in (",", "]", "{", "") else None
