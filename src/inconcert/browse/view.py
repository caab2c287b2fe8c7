"""A view: the folder of a case that holds what pages read, opened. It is derived, and may be deleted at any time.

.view/<key>/view.duckdb    tables, see the modules `*_tables`
.view/<key>/<name>.npy     letters of texts, see `letter_index`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from inconcert.browse.letter_search import Texts, open_texts
from inconcert.case.inspection import VIEWS
from inconcert.errors import CaseError

DATABASE = "view.duckdb"
MEMORY = "400MB"
"""Most memory the database takes while pages ask it."""
THREADS = 1
"""Threads of one query: each takes milliseconds, and several pages ask at a time."""


def view_path(case: Path, key: str) -> Path:
    """Where the view of that key lies."""
    return case / VIEWS / key


class View:
    """An opened view; may be used by many threads. `key`: see `State`.   `texts`: what is searched, by place.   `taken_out`: ids of
    the accounts that people took out of the groups that the runs found; nobody is named for having been in one."""

    def __init__(self, folder: Path) -> None:
        """CaseError when the folder is no whole view."""
        self.key = folder.name
        self.taken_out: frozenset[str] = frozenset()
        try:
            options = {"access_mode": "READ_ONLY", "memory_limit": MEMORY, "threads": THREADS}
            self._connection = duckdb.connect(folder / DATABASE, config=options)
            self.texts: Mapping[str, Texts] = open_texts(folder)
        except (duckdb.Error, OSError, ValueError) as error:
            raise CaseError(
                f"The view {folder} cannot be read ({error}). Delete that folder; it is made again when it is needed."
            ) from error

    def without(self, taken_out: frozenset[str]) -> View:
        """The same view, with these accounts taken out of their groups."""
        found = copy(self)
        found.taken_out = taken_out
        return found

    def table(self, query: str, params: Sequence[Any] = (), **given: pa.Table) -> pa.Table:
        """The answer to a query.   given: tables that it may ask by these names."""
        with self._connection.cursor() as cursor:
            for name, rows in given.items():
                cursor.register(name, rows)
            return cursor.sql(query, params=list(params)).to_arrow_table()

    def rows(self, query: str, params: Sequence[Any] = (), **given: pa.Table) -> list[dict[str, Any]]:
        """The answer as rows."""
        found: list[dict[str, Any]] = self.table(query, params, **given).to_pylist()
        return found

    def row(self, query: str, params: Sequence[Any] = ()) -> dict[str, Any] | None:
        """The first row of the answer; None when it is empty."""
        return next(iter(self.rows(query, params)), None)

    def column(self, query: str, params: Sequence[Any] = (), **given: pa.Table) -> np.ndarray[Any, np.dtype[Any]]:
        """The one column of the answer, without NULL."""
        values: np.ndarray[Any, np.dtype[Any]] = self.table(query, params, **given).column(0).to_numpy()
        return values

    def close(self) -> None:
        """Close the database; cursors in use fail."""
        self._connection.close()
