"""Which accounts a list of names means: ids, handles, names of the report or keys of pages, many at once."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.report.posts import attached
from inconcert.report.pseudonyms import pseudonyms
from inconcert.report.runs import newest
from inconcert.verbs.account_keys import accounts_with_keys

SHOWN = 5

_FOUND = """
SELECT named.name, ids.account_id, 0 AS by_handle FROM named JOIN (SELECT DISTINCT account_id FROM posts
  UNION SELECT account_id FROM accounts) AS ids ON ids.account_id = named.name
UNION ALL
SELECT DISTINCT named.name, accounts.account_id, 1 FROM named JOIN accounts ON lower(accounts.handle) = lower(ltrim(named.name, '@'))
"""


def accounts_named(case: Case, names: Sequence[str]) -> list[str]:
    """The ids of accounts of the case, sorted; an id before a handle, a handle before a name of the report such as G1-01 or a
    key of the pages such as a-abcd2345.

    UnknownName for a name nobody has; InputError for a handle that several accounts have.
    """
    wanted = list(dict.fromkeys(names))
    with attached(case, {"named": pa.table({"name": pa.array(wanted, pa.string())})}, ()) as con:
        rows = con.execute(_FOUND).fetchall()
    ids = {name for name, _, by_handle in rows if not by_handle}
    by_handle: dict[str, set[str]] = {}
    for name, account, is_handle in rows:
        if is_handle and name not in ids:
            by_handle.setdefault(name, set()).add(account)
    several = next((name for name, its in by_handle.items() if len(its) > 1), None)
    if several is not None:
        listed = ", ".join(sorted(by_handle[several])[:SHOWN])
        raise InputError(f"'{several}' is the handle of several accounts: {listed}. Give the id of the one you mean.")
    found = ids | {account for its in by_handle.values() for account in its}
    left = [name for name in wanted if name not in ids and name not in by_handle]
    keys = accounts_with_keys(case, left)
    found |= set(keys.values())
    if left := [name for name in left if name not in keys]:
        found |= _of_the_report(case, left)
    return sorted(found)


def _of_the_report(case: Case, names: Sequence[str]) -> set[str]:
    of_page = pseudonyms(newest(case).members(), (), {}).by_id if case.run("cluster") is not None else {}
    by_name = {name: id for id, name in of_page.items()}
    absent = next((name for name in names if name.upper() not in by_name), None)
    if absent is not None:
        raise UnknownName("account of this case", absent, by_name)
    return {by_name[name.upper()] for name in names}
