"""Is a value of a file what its property may hold: bounded, without characters that hide, and of the right kind."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

MOST_CHARACTERS = 65_536
ID_AT_MOST = 255

KNOWN_COLUMNS = frozenset(
    (
        "canonical_id",
        "entity_id",
        "prop",
        "prop_type",
        "schema",
        "value",
        "dataset",
        "origin",
        "lang",
        "original_value",
        "external",
        "first_seen",
        "last_seen",
        "id",
        "strength",
        "sources",
    )
)
"""Of a statement, as followthemoney and this program have them."""

_ID = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,254}\S)?")
_NO_REFERENCE = re.compile(r"[^0-9A-Za-z.-]+")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.+Z-]{1,30})?)?)?")
_COUNTRY = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,10})?|zz")


def entity_id(value: Any) -> str:
    """The id of an entity; ValueError when it is none."""
    if not isinstance(value, str) or not _ID.fullmatch(value) or hides(value):
        raise ValueError("an id must be a text of 1 to 255 characters without line breaks or hidden characters")
    return value


def reference_id(text: str) -> str:
    """The id as followthemoney lets other entities refer to it: letters, digits, dots and hyphens; a hash where little would be left."""
    plain = _NO_REFERENCE.sub("-", text).strip("-.")
    if len(plain) < len(text) / 2 or not text.isascii():
        return f"{plain}-{hashlib.sha256(text.encode()).hexdigest()[:12]}".strip("-.")
    return plain


def value(kind: str, text: Any) -> str:
    """The value of a property of that kind (a type of followthemoney), as it is; ValueError when it cannot be one."""
    if not isinstance(text, str):
        raise ValueError("a value must be a text")
    if not text.strip():
        raise ValueError("a value must not be empty")
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a value may have {MOST_CHARACTERS:,} characters; this one has {len(text):,}")
    if any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a value must not hold zero bytes or halves of characters")
    if kind.startswith("entity"):
        return entity_id(text)
    if kind == "date" and not _DATE.fullmatch(text):
        raise ValueError("a date must be written as 2019, 2019-04 or 2019-04-24")
    if kind == "country" and not _COUNTRY.fullmatch(text):
        raise ValueError("a country must be a code of two or three small letters, as in cn")
    return text


def further(cells: Mapping[Any, Any]) -> dict[str, str]:
    """Columns of a statement beside the known ones, as texts; ValueError for one that would take the place of a known one."""
    found = {
        value("string", str(name)): value("string", str(cell)) for name, cell in cells.items() if cell not in (None, "")
    }
    if taken := sorted(KNOWN_COLUMNS & found.keys()):
        raise ValueError(f"a further column cannot be called '{taken[0]}'")
    return found


def hides(text: str) -> bool:
    """Whether a text has characters that nobody sees: controls, bidi marks, zero-width ones."""
    return any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text)


def shown(text: Any, most: int = 60) -> str:
    """A strange value for a sentence: short, on one line, nothing hidden in it."""
    line = " ".join(str(text)[: 4 * most].split())
    return "".join("·" if hides(character) else character for character in line)[:most]
