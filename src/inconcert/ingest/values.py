"""Values made readable without guessing: what is changed or taken away is told, value by value."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

VALUE_BYTES_MAX = 1_000_000
"""No post is longer; what is, is a file in a cell or a quote that closed too late."""

ID_FIELDS = frozenset(
    {"post_id", "account_id", "reply_to_id", "reply_to_account", "shared_id", "shared_account", "quoted_id"}
)
NAMING_FIELDS = frozenset({"post_id", "account_id"})
"""Ids of the post itself and of its author: without digits it lost, a record is nobody's."""
NOT_UTF8 = "not UTF-8; read as Windows-1252"
LOST_DIGITS = "an id written as a floating-point number has lost digits"
OBJECT_FIELDS = frozenset({"urls", "domains", "hashtags", "mentions", "media"})

_UNREADABLE = "\ufffd"
_WINDOWS_1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
_QUOTED = r'^=?"([^"]+)"$'
"""Quotes within the cell that keep spreadsheets from reading an id as a number."""
_WHOLE_FLOAT = r"^(\d{1,15})\.0+$"
_SCIENTIFIC = r"^-?\d(?:[.,]\d+)?[eE]\+\d{1,3}$|^-?\d[.,]\d+[eE]\d{1,3}$|^\d{16,}[.,]0*$"
"""The spellings of floats, with the comma of many languages; hexadecimal ids such as 12e5 have neither point nor sign."""


@dataclass(frozen=True)
class Doubt:
    """A value that was changed or taken away: its position in the array, what it was, why; fatal if its row must go."""

    position: int
    value: str
    reason: str
    fatal: bool = False


def readable(values: pa.Array, field: str, *, marked: bool) -> tuple[pa.Array, list[Doubt]]:
    """The values of a field as strings, NULL for empty ones, and every value that was changed.

    marked: U+FFFD may stand for bytes that the file's encoding does not know.
    """
    doubts: list[Doubt] = []
    length = pc.min_max(pc.binary_length(values)).as_py()
    if (length["max"] or 0) > VALUE_BYTES_MAX:
        values = _bounded(values, doubts)
    values = _as_strings(values, doubts)
    if _has_byte(values, 0):
        values = _without_zero(values, doubts)
    if marked:
        for position in _positions(pc.match_substring(values, _UNREADABLE)):
            doubts.append(Doubt(position, values[position].as_py(), "holds bytes that are not text, shown as U+FFFD"))
    if length["min"] == 0:
        values = _null_where(values, pc.equal(values, ""))
    if field in ID_FIELDS or field in OBJECT_FIELDS:
        values = _null_where(values, pc.equal(values, "NA"))  # R's word for absent
        if _has_byte(values, ord(".")):
            values = pc.replace_substring_regex(values, _WHOLE_FLOAT, r"\1")  # whole numbers beside absent ones
    if field in ID_FIELDS and _has_byte(values, ord('"')):
        values = pc.replace_substring_regex(values, _QUOTED, r"\1")
    if field in ID_FIELDS and any(_has_byte(values, ord(sign)) for sign in ".,+"):
        values = _exact_ids(values, doubts, fatal=field in NAMING_FIELDS)
    return values, doubts


def _bounded(values: pa.Array, doubts: list[Doubt]) -> pa.Array:
    too_long = pc.greater(pc.binary_length(values), VALUE_BYTES_MAX)
    for position in _positions(too_long):
        value = values[position].as_py()
        size = len(value if isinstance(value, bytes) else value.encode())
        start = value[:1000].decode("utf-8", "replace") if isinstance(value, bytes) else value[:1000]
        reason = f"{size:,} bytes in one field; at most {VALUE_BYTES_MAX:,} are read"
        doubts.append(Doubt(position, start, reason, fatal=True))
    return _null_where(values, too_long)


def _as_strings(values: pa.Array, doubts: list[Doubt]) -> pa.Array:
    try:
        return values.cast(pa.string())
    except pa.ArrowInvalid:
        texts: list[str | None] = []
        for position, value in enumerate(values.to_pylist()):
            try:
                texts.append(None if value is None else value.decode())
            except UnicodeDecodeError:
                text, reason = _decoded(value)
                texts.append(text)
                doubts.append(Doubt(position, text, reason))
        return pa.array(texts, pa.string())


def _decoded(value: bytes) -> tuple[str, str]:
    """A reading of bytes that are not UTF-8; two different values never become the same unless only surrogates differ."""
    try:
        return re.sub(
            "[\ud800-\udfff]", _UNREADABLE, value.decode("utf-8", "surrogatepass")
        ), "half of a surrogate pair"
    except UnicodeDecodeError:
        return value.decode("latin-1").translate(_WINDOWS_1252), NOT_UTF8


def _without_zero(values: pa.Array, doubts: list[Doubt]) -> pa.Array:
    for position in _positions(pc.match_substring(values, "\0")):
        text = values[position].as_py().replace("\0", _UNREADABLE)
        doubts.append(Doubt(position, text, "holds zero bytes, shown as U+FFFD"))
    return pc.replace_substring(values, "\0", _UNREADABLE)


def _exact_ids(values: pa.Array, doubts: list[Doubt], *, fatal: bool) -> pa.Array:
    floats = _positions(pc.match_substring_regex(values, _SCIENTIFIC))
    if not floats:
        return values
    ids = values.to_pylist()
    for position in floats:
        written, ids[position] = ids[position], _exact_integer(ids[position])
        if ids[position] is None:
            doubts.append(Doubt(position, written, LOST_DIGITS, fatal))
    return pa.array(ids, pa.string())


def _exact_integer(written: str) -> str | None:
    """Spreadsheets write E and cut digits at any size; other programs write e and are exact below 2**53."""
    number = float(written.replace(",", "."))
    return str(int(number)) if "E" not in written and number.is_integer() and abs(number) < 1 << 53 else None


def _positions(mask: pa.Array) -> list[int]:
    return [int(place) for place in np.flatnonzero(pc.fill_null(mask, False).to_numpy(zero_copy_only=False))]


def _null_where(values: pa.Array, mask: pa.Array) -> pa.Array:
    if not pc.any(mask).as_py():
        return values
    return pc.if_else(pc.fill_null(mask, False), pa.scalar(None, values.type), values)


def _has_byte(values: pa.Array, byte: int) -> bool:
    data = values.buffers()[2]
    return data is not None and bool(np.any(np.frombuffer(data, np.uint8) == byte))
