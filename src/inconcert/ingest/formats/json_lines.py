"""JSON text with one object a line, cut into objects."""

from __future__ import annotations

from collections.abc import Iterator

from inconcert.ingest.formats.json_pages import may_unfold, unfolded
from inconcert.ingest.formats.json_text import DOUBT, item, read_objects, read_value, told
from inconcert.ingest.formats.repeated_names import REPEATED, as_many_names, repeats_names
from inconcert.ingest.natives import Item
from inconcert.ingest.stream.encoding import UTF16_WITHIN, is_utf16, marked, text_of
from inconcert.ingest.stream.records import Unreadable, whole_lines

_ITEMS_LINES = 8192
_GROUP_LINES = 64
"""Lines that are read at once; one that is no JSON has the others of its group read one by one."""


def from_lines(
    blocks: Iterator[bytes], under: frozenset[str] = frozenset(), encoding: str = "utf-8"
) -> Iterator[list[Item]]:
    """One object a line, many lines at a time.

    blocks: of `as_utf8`, kept.   under: see `natives.Natives.items`.   encoding: of the file.
    """
    for part in whole_lines(blocks):
        if isinstance(part, Unreadable):
            yield [item(None, text_of(part.line, encoding), encoding, faulty=True, reason=part.reason)]
        else:
            for start in range(0, len(part), _ITEMS_LINES):
                lines = part[start : start + _ITEMS_LINES]
                groups = (lines[i : i + _GROUP_LINES] for i in range(0, len(lines), _GROUP_LINES))
                yield [one for group in groups for one in _read_group(group, under, encoding)]


def _read_group(lines: list[bytes], under: frozenset[str], encoding: str) -> list[Item]:
    objects = read_objects(lines) if encoding == "utf-8" else None
    if objects is None:
        return [one for line in lines for one in _read_line(line, under, encoding)]
    written = b"\n".join(lines).decode()  # many times as fast as line by line
    items = list(map(Item, objects, written.split("\n")))
    if not as_many_names(written, objects):
        items = [_told(one) for one in items]
    if not any(may_unfold(value, under) for value in objects):
        return items
    return [one for item in items for one in unfolded(item, item.text, encoding, under)]


def _read_line(line: bytes, under: frozenset[str], encoding: str) -> list[Item]:
    try:
        written, faulty = line.decode(), False
    except UnicodeDecodeError:
        written, faulty = text_of(line, encoding), True
    try:
        value = read_value(marked(written) if faulty else written)
    except (ValueError, RecursionError) as error:
        mixed = encoding == "utf-8" and is_utf16(line)
        reason = UTF16_WITHIN if mixed else f"not JSON ({told(error)})"
        return [item(None, written, encoding, faulty=faulty, reason=reason)]
    if not isinstance(value, dict):
        return [item(None, written, encoding, faulty=faulty, reason="not a JSON object")]
    doubt = DOUBT if faulty and encoding == "utf-8" else REPEATED if repeats_names(written, value) else None
    return unfolded(item(value, written, encoding, faulty=faulty, reason=doubt), written, encoding, under)


def _told(one: Item) -> Item:
    return one._replace(reason=REPEATED) if repeats_names(one.text, one.record) else one
