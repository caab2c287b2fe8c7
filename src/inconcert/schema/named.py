"""Accounts whose names stand for the ids that their records lack, where a name may look like an id."""

from __future__ import annotations

NAMES_APART = frozenset({"weibo"})
"""Platforms of such names: there ids are numbers, and a person may be called 1234567890."""
MARK = "name:"
"""Before a name that stands for an id, in `account_id`: no id begins so, and no name has a colon."""
