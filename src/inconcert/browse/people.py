"""Accounts and words from outside a view, such as those of judgements, as its pages show them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from inconcert.browse.names import Who, as_who, masked
from inconcert.browse.view import View
from inconcert.errors import UnknownName

_BY_ID = "SELECT a.* FROM accounts AS a SEMI JOIN wanted USING (id)"
_BY_KEY = "SELECT a.key, a.id FROM accounts AS a SEMI JOIN (SELECT account FROM keys SEMI JOIN wanted USING (key)) USING (account)"


def accounts_shown(view: View, ids: Sequence[str], *, names: bool = False) -> dict[str, Who]:
    """Id -> the account, of those that the case holds."""
    rows = view.rows(_BY_ID, wanted=pa.table({"id": pa.array(sorted(set(ids)), pa.string())}))
    return {row["id"]: as_who(view, row, names) for row in rows}


def account_ids(view: View, keys: Sequence[str]) -> list[str]:
    """The ids that keys stand for, in their order. UnknownName for a key that is none."""
    rows = view.rows(_BY_KEY, wanted=pa.table({"key": pa.array(sorted(set(keys)), pa.string())}))
    found = {row["key"]: row["id"] for row in rows}
    for key in keys:
        if key not in found:
            raise UnknownName("account of this case", key, ())
    return [found[key] for key in keys]


def texts_shown(view: View, texts: Sequence[str], *, names: bool = False) -> list[str]:
    """What people wrote, accounts in it under the names that pages use."""
    return [text or "" for text in masked(view, texts, names)]
