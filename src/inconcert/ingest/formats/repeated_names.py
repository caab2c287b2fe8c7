"""JSON objects in which a name stands twice: readers differ on which of its values counts, and none says so. Here the last does,
as in Python, JavaScript and DuckDB, and the record is told."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

REPEATED = "a name stands twice in one object; what comes last counts"
_NAME_END, _QUOTE_IN_STRING = '":', '\\":'
_QUOTE_AND_SPACE = tuple(f'"{space}' for space in " \t\r\n")
_SPACED = re.compile(r'"[ \t\r\n]+:')


def repeats_names(written: str, value: Any) -> bool:
    """Whether any object of a JSON text names a member twice.   written: the text.   value: what was read of it.

    Where as many names are written as were read, none was there twice; texts in which that is not so are read again.
    """
    return not as_many_names(written, [value]) and _read_again(written)


def as_many_names(written: str, values: Sequence[Any]) -> bool:
    """Whether the ends of names in a text are as many as the names in the values of it; then none was there twice.

    Strings that begin with a colon make the ends more; only space before a colon, which is looked for, could make them fewer.
    """
    if any(mark in written for mark in _QUOTE_AND_SPACE) and _SPACED.search(written):
        return False
    count = written.count(_NAME_END) - written.count(_QUOTE_IN_STRING)
    if all(type(one) is dict for one in values) and count == sum(map(len, values)):
        return True  # most objects hold no other
    return count == _names_in(values)


def _names_in(values: Sequence[Any]) -> int:
    count, waiting = 0, list(values)
    while waiting:
        one = waiting.pop()
        if type(one) is dict:
            count += len(one)
            waiting += [inner for inner in one.values() if type(inner) is dict or type(inner) is list]
        elif type(one) is list:
            waiting += [inner for inner in one if type(inner) is dict or type(inner) is list]
    return count


def _read_again(written: str) -> bool:
    found = False

    def named(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found = found or len({name for name, _ in pairs}) < len(pairs)

    try:
        json.loads(written, object_pairs_hook=named)
    except (ValueError, RecursionError):
        return False  # as it was read: bytes at fault, and depth, are told elsewhere
    return found
