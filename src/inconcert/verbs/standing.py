"""Which imports of a case have to stand once some of them are withdrawn, and which must be read again for that.

An import was joined with those before it: records that they held already were left out. So every later import of posts is
read again, from its sealed original, as if what was withdrawn had never been there; the result is another import, which
stands in for the first. The same withdrawn imports before it give the same stand-in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.case.scratch import WROTE
from inconcert.case.withdrawals import RESTORED, STANDS_FOR, WITHDREW
from inconcert.ledger import Statement, canonical
from inconcert.verbs.import_given import GIVEN


@dataclass(frozen=True)
class Root:
    """An import as it was read from a file the user gave.   row: of `imports`.   without: those withdrawn when it was read."""

    id: str
    row: Mapping[str, Any]
    without: frozenset[str]

    @property
    def joined(self) -> bool:
        """Whether it was joined with imports before it."""
        return str(self.row["role"]) != GIVEN


def roots(case: Case, statements: Sequence[Statement]) -> list[Root]:
    """All of them, in the order in which they were read; those withdrawn too, and no stand-ins."""
    found: dict[str, Root] = {}
    gone: frozenset[str] = frozenset()
    for said in statements:
        if said.says in (WITHDREW, RESTORED):
            gone = frozenset(said.value["gone"])
        elif said.says == WROTE and said.about.startswith("data/") and STANDS_FOR not in said.value:
            id = said.about.removeprefix("data/")
            file = case.path / said.about / "imports.parquet"
            if file.is_file():  # deleted by hand, to be read again
                found.pop(id, None)
                found[id] = Root(id, pq.read_table(file).to_pylist()[0], gone)
    return list(found.values())


def stood_for(statements: Sequence[Statement]) -> dict[str, str]:
    """{stand-in: the root in whose place it was made}."""
    return {
        said.about.removeprefix("data/"): said.value[STANDS_FOR]
        for said in statements
        if said.says == WROTE and STANDS_FOR in said.value
    }


def with_retries(withdrawn: Iterable[str], known: Sequence[Root], of: Mapping[str, str]) -> list[str]:
    """Those imports and every retry of what one of them set aside, sorted.   of: see `stood_for`."""
    gone = set(withdrawn)
    for root in known:  # a retry comes after what it retries
        retried = root.row.get("retries")
        if retried is not None and of.get(retried, retried) in gone:
            gone.add(root.id)
    return sorted(gone)


def stand_in_id(root: Root, without: Iterable[str]) -> str:
    """Id of the import that stands in for one once those before it are withdrawn."""
    return hashlib.sha256(canonical([root.id, sorted(without)])).hexdigest()[:16]
