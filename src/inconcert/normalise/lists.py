"""Cells that hold several values: JSON, Python's way of writing lists, values set apart by signs or spaces, one bare value."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from typing import NamedTuple

from inconcert.normalise.absent import MARKERS

MAX_PYTHON_RECORDS = 10_000
"""Longest list of Python records, characters, that is read: the parser of the language itself has to read it."""

CUT_OFF = "the list is cut off: values before the cut were kept"

_OPEN = ("[", "{", "(")
_END = r"(?=\s*+(?:[,\])}]|\Z)|\s++['\"])"
_TOKEN = re.compile(
    rf"[uUbB]?'((?:[^'\\]|\\.|'(?!{_END}))*+)'{_END}|[uUbB]?\"((?:[^\"\\]|\\.|\"(?!{_END}))*+)\"{_END}"
    r"|(['\"].*+)|([^\s,\[\](){}'\"][^,\[\](){}]*+)",
    re.DOTALL,
)
_SIMPLE = re.compile(r"\['[^'\\]*+'(?:, '[^'\\]*+')*+\]")
_USUAL = re.compile(
    r"([0-9A-Za-z_]++(?: [0-9A-Za-z_]++)*+)|\['([0-9A-Za-z_]++(?:', '[0-9A-Za-z_]++)*+)'\]|https?://[^\s|,;\\#＃、，；]++"
)
"""Plain words, a list of them as Python writes it, or a link: the commonest cells by far."""
_JSON = json.JSONDecoder(parse_int=str, parse_float=str)
_ESCAPE = re.compile(r"\\(?:([\\'\"/])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U000([0-9a-fA-F]{5})|[nrtbfv])")
_WHOLE = re.compile(r"\A(\d{1,15})\.0\Z", re.ASCII)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BETWEEN_LINKS = re.compile(r"[\s|]+|[,;]+(?=\s|\Z|h(?:tt|xx)ps?:|www\.)", re.IGNORECASE)
_BETWEEN_BARE_LINKS = re.compile(r"[\s|,;]+")
_BETWEEN_WORDS = re.compile(r"[,;|、，；\n\t]+")
_BETWEEN_TAGS = re.compile(r"[\s,;|、，；#＃]+")


class Cell(NamedTuple):
    """The values of one cell, in order, and what was wrong with it, in words (None: nothing)."""

    items: list[str]
    fault: str | None = None


def links(cell: str) -> Cell:
    """The links, ids or domains in a cell."""
    return _read(cell, _apart_links, ("expanded_url", "unwound_url", "url", "href", "uri", "media_key", "id_str", "id"))


def hashtags(cell: str) -> Cell:
    """The hashtags in a cell, without their sign."""
    found = _read(cell, _apart_words, ("tag", "text", "hashtag", "hashtagName", "name", "title"))
    return Cell([tag for item in found.items if (tag := item.strip("#＃ "))], found.fault)


def names(cell: str) -> Cell:
    """The names or ids of accounts in a cell, without the @."""
    found = _read(cell, _apart_words, ("username", "screen_name", "acct", "handle", "id_str", "id", "name"))
    return Cell([name for item in found.items if (name := item.strip("@＠ "))], found.fault)


def _read(cell: str, apart: Callable[[str], list[str]], keys: tuple[str, ...]) -> Cell:
    cell = cell.strip()
    if usual := _USUAL.fullmatch(cell):
        return Cell(_usual(usual))
    found = _listed(cell, apart, keys) if cell.startswith((*_OPEN, '"')) else Cell(apart(cell))
    items = found.items
    if "\\" in cell:
        items = [_SURROGATES.sub("", item) for item in items]
    if ".0" in cell:  # ids that went through a column of numbers
        items = [_WHOLE.sub(r"\1", item) for item in items]
    return Cell([text for item in items if (text := item.strip()) not in MARKERS], found.fault)


def _usual(cell: re.Match[str]) -> list[str]:
    words, listed = cell[1], cell[2]
    items = words.split(" ") if words else listed.split("', '") if listed else [cell[0]]
    return items if MARKERS.isdisjoint(items) else [item for item in items if item not in MARKERS]


def _listed(cell: str, apart: Callable[[str], list[str]], keys: tuple[str, ...]) -> Cell:
    """A cell that begins like a list: as JSON, else as Python records, else token by token."""
    if _SIMPLE.fullmatch(cell):
        return Cell(cell[2:-2].split("', '"))
    try:
        return Cell(_values(_JSON.decode(cell), keys))
    except (ValueError, RecursionError):
        pass
    if "{" in cell and ":" in cell and ("'" in cell or '"' in cell):
        return _records(cell, keys)
    if "'" in cell or '"' in cell:
        return _tokens(cell)
    return Cell([item for part in apart(cell.strip("[](){}")) if (item := part.strip(", "))])


def _records(cell: str, keys: tuple[str, ...]) -> Cell:
    """Records as Python writes them; literals only, and none so long or deep that reading them could do harm."""
    if len(cell) > MAX_PYTHON_RECORDS or cell.count("[") + cell.count("{") + cell.count("(") > 500:
        return Cell([], f"list of Python records longer than {MAX_PYTHON_RECORDS:,} characters; write it as JSON")
    try:
        return Cell(_values(ast.literal_eval(cell), keys))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return Cell([], "neither JSON nor a list as Python writes it")


def _values(value: object, keys: tuple[str, ...]) -> list[str]:
    """The texts in a parsed value, in order; of a record, the first of `keys` that it has."""
    if isinstance(value, dict):
        return next((_values(value[key], keys) for key in keys if value.get(key)), [])
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _values(item, keys)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def _tokens(cell: str) -> Cell:
    """Quoted and bare values one after the other, whatever stands between them; a value that never ends is dropped."""
    items: list[str] = []
    for token in _TOKEN.finditer(cell):
        if token[3] is not None:
            return Cell(items, CUT_OFF)
        quoted = token[1] if token[1] is not None else token[2]
        items.append(token[4].strip() if quoted is None else _ESCAPE.sub(_character, quoted))
    return Cell(items)


def _character(escape: re.Match[str]) -> str:
    code = escape[2] or escape[3] or escape[4]
    return escape[1] or (chr(int(code, 16)) if code else " ")


def _apart_links(cell: str) -> list[str]:
    if not _BETWEEN_BARE_LINKS.search(cell):
        return [cell]
    return (_BETWEEN_LINKS if "://" in cell else _BETWEEN_BARE_LINKS).split(cell)


def _apart_words(cell: str) -> list[str]:
    """At # signs; else at commas and their like, so that a name may hold a space; else at spaces."""
    if "#" in cell or "＃" in cell:
        return _BETWEEN_TAGS.split(cell)
    parts = _BETWEEN_WORDS.split(cell)
    return parts if len(parts) > 1 else cell.split()
