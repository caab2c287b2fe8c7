"""Column names as files write them, made unique, and folded so that spellings of one name compare as equal."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from inconcert.errors import InputError

COLUMNS_MAX = 10_000
_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\ufeff]")


def unique_names(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a header, each once, and notes on those that had to be changed.

    Surrounding space and invisible characters go; a column without name becomes "(column 3)", the second of one name
    "text (column 5)". InputError beyond COLUMNS_MAX names.
    """
    if len(header) > COLUMNS_MAX:
        raise InputError(f"The header names {len(header):,} columns, more than {COLUMNS_MAX:,}: not a table of posts.")
    plain = [_UNSEEN.sub("", name).strip() for name in header]
    names: dict[str, None] = {}
    for place, written in enumerate(plain, start=1):
        name = written
        while not name or name in names:
            name = f"{name} (column {place})".strip()
        names[name] = None
    again = [name for name, count in Counter(filter(None, plain)).items() if count > 1]
    notes = tuple(
        f"{plain.count(name)} columns are called '{name}'; the first is read. The others go by "
        f"'{name} (column N)' in --map."
        for name in again
    )
    return tuple(names), notes


@functools.lru_cache(maxsize=4 * COLUMNS_MAX)  # every importer is asked about the columns of a file
def folded(name: str) -> str:
    """One spelling of a column name: case, spaces and the marks _ - / between words do not matter; dots do."""
    return re.sub(r"[\s_\-/]+", "", unicodedata.normalize("NFKC", name).casefold())
