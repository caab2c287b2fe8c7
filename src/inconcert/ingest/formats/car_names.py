"""What the tree of a repository calls its records: kept on disk where memory ends, as a repository may name any number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

_CACHE_KIB = 32 << 10
_AT_ONCE = 10_000


class Names:
    """Hash of a record -> its keys, "collection/rkey"; alike records share a hash. `add` all, then ask, then `close`."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")  # a file of its own in the system's folder for such, gone when it is closed
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._base.execute("CREATE TABLE names (record BLOB NOT NULL, key BLOB NOT NULL)")
        self._waiting: list[tuple[bytes, bytes]] = []
        self._sorted = False

    def add(self, entries: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep (hash, key) of records."""
        self._waiting += entries
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def of(self, record: bytes) -> Iterator[str]:
        """The keys of the record with that hash, in the order of the tree."""
        if not self._sorted:
            self._write()
            self._base.execute("CREATE INDEX by_record ON names (record)")
            self._sorted = True
        found = self._base.execute("SELECT key FROM names WHERE record = ? ORDER BY rowid", (record,))
        return (key.decode("utf-8", "replace") for (key,) in found)

    def close(self) -> None:
        """Remove them."""
        self._base.close()

    def _write(self) -> None:
        self._base.executemany("INSERT INTO names VALUES (?, ?)", self._waiting)
        self._waiting.clear()
