"""What the records of a file say of accounts: each description once, however many records repeat it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.verbs.import_tables import Tables, chosen, rewrite, rows_in
from inconcert.verbs.perhaps_seen import PerhapsSeen

_DESCRIPTION = ", ".join(
    f'"{column.name}"'
    for column in schema.ACCOUNTS.columns
    if column.name not in ("observed_at", "import_id", "row_ref")
)
"""What two descriptions of an account differ in; when and where they were read is no part of it."""

# Descriptions that may repeat one: the first of each that none of those written repeats.
_NEW = f"""
SELECT min(row_ref) AS row_ref FROM (SELECT row_ref, hash({_DESCRIPTION}) AS said FROM doubtful)
ANTI JOIN (SELECT hash({_DESCRIPTION}) AS said FROM written) USING (said) GROUP BY said
"""


class ImportAccounts:
    """The table `accounts` of one import while it is made."""

    def __init__(self, engine: DuckDB, tables: Tables, doubtful: Tables) -> None:
        """doubtful: in a folder of their own, tables of descriptions of which it is not sure whether they repeat one."""
        self._engine, self._tables, self._doubtful = engine, tables, doubtful
        self._met = PerhapsSeen()
        self._any_doubt = False
        self._tables.add("accounts", schema.ACCOUNTS.empty())

    def add(self, accounts: pa.Table) -> None:
        """Write the descriptions that this file has not given before."""
        self._engine.attach("described", accounts)
        hashes = self._engine.sql(f"SELECT hash({_DESCRIPTION}) AS h FROM described")["h"].to_numpy()
        sure = self._met.exact
        met = pa.array(self._met.met(np.asarray(hashes, np.uint64)))
        self._tables.add("accounts", accounts.filter(pc.invert(met)))
        if not sure:
            self._any_doubt = True
            self._doubtful.add("accounts", accounts.filter(met))

    def finish(self) -> None:
        """Close the table, and decide what was in doubt."""
        self._tables.close()
        self._doubtful.close()
        if not self._any_doubt:
            return
        written, doubtful = self._tables.path("accounts"), self._doubtful.path("accounts")
        self._engine.attach("written", [written])
        self._engine.attach("doubtful", [doubtful])
        self._engine.keep("new_descriptions", _NEW)
        wanted = "SELECT row_ref FROM new_descriptions"
        more = chosen(doubtful, lambda table: rows_in(self._engine, table, ("row_ref",), wanted))
        rewrite(written, lambda accounts: accounts, more)
        self._engine.forget("new_descriptions")
