"""Accounts by the keys that stand for them in addresses of pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from inconcert.browse.keys import LETTERS, PREFIX
from inconcert.case import Case
from inconcert.verbs.prepare import prepared

KEY = re.compile(rf"{PREFIX}[a-z2-7]{{{LETTERS},}}")


def accounts_with_keys(case: Case, names: Sequence[str]) -> dict[str, str]:
    """Key -> id of the account, of those names that are keys; none while the case is not prepared as it is now."""
    keys = [name for name in names if KEY.fullmatch(name)]
    view = prepared(case) if keys else None
    if view is None:
        return {}
    wanted = pa.table({"key": pa.array(sorted(set(keys)), pa.string())})
    rows = view.rows(
        "SELECT key, id FROM accounts SEMI JOIN (SELECT account FROM keys SEMI JOIN wanted USING (key)) USING (account)",
        wanted=wanted,
    )
    return {row["key"]: row["id"] for row in rows}
