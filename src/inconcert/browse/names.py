"""Who an account is on a page: a name that tells nothing of it, unless its group is proved or names are switched on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from inconcert.browse.view import View
from inconcert.errors import UnknownName
from inconcert.report.pseudonyms import Pseudonyms

NAMED = "L3"
"""Level of a group from which its accounts are named."""
SHOWN_AT_MOST = 200
"""Characters of a handle or id on a page; a longer one stands in full in its record."""


@dataclass(frozen=True)
class Who:
    """An account.   key: its place in addresses.   shown: what the page calls it.   named: whether that tells who it is; only then
    are id, handle and name there.   group_id, level: of its strongest group.
    """

    key: str
    shown: str
    named: bool
    platform: str
    group_id: str | None
    level: str | None
    id: str | None
    handle: str | None
    name: str | None


def who(view: View, accounts: Sequence[int], names: bool) -> dict[int, Who]:
    """Number -> the account.   names: whether names are switched on."""
    wanted = pa.table({"account": pa.array(sorted(set(accounts)), pa.int32())})
    rows = view.rows(
        "SELECT account, id, key, handle, name, platform, group_id, level, pseudonym FROM accounts SEMI JOIN wanted USING (account)",
        wanted=wanted,
    )
    return {row["account"]: as_who(view, row, names) for row in rows}


def as_who(view: View, row: Mapping[str, Any], names: bool) -> Who:
    """The account of a row of `accounts`. One that people took out of its group is named no more."""
    named = names or (row["level"] == NAMED and row["id"] not in view.taken_out)
    shown = row["pseudonym"] or row["key"]
    if named:
        shown = f"@{row['handle'].lstrip('@')}" if row["handle"] else row["id"]
        shown = f"{shown[:SHOWN_AT_MOST]}…" if len(shown) > SHOWN_AT_MOST else shown
    identity = [row[name] if named else None for name in ("id", "handle", "name")]
    return Who(row["key"], shown, named, row["platform"], row["group_id"], row["level"], *identity)


def number(view: View, key: str) -> int:
    """The number of the account with that key; UnknownName when there is none."""
    found = view.row("SELECT account FROM keys WHERE key = ?", [key])
    if found is None:
        raise UnknownName("account of this case", key, ())
    return int(found["account"])


def masked(view: View, texts: Sequence[str | None], names: bool) -> list[str | None]:
    """The texts with every mention, profile address and id of an account replaced by what pages call it, as the report does;
    as they are when names are switched on."""
    if names:
        return list(texts)
    asked = _Asked()
    recorder = Pseudonyms(asked, asked)
    for text in texts:
        if text:
            recorder.masked(text)
    known = _known(view, asked.keys_asked)
    return [known.masked(text) if text else text for text in texts]


def called(view: View, spelt: Sequence[str], names: bool) -> dict[str, str]:
    """What pages call the accounts that these ids or handles mean, of those that the case holds."""
    known = _known(view, spelt, names)
    found = ((one, known.by_id.get(one) or known.by_handle.get(one.casefold())) for one in spelt)
    return {one: name for one, name in found if name is not None}


def _known(view: View, spelt: Sequence[str], names: bool = False) -> Pseudonyms:
    if not spelt:
        return Pseudonyms({}, {})
    wanted = pa.table({"small": pa.array(sorted({one.casefold() for one in spelt}), pa.string())})
    rows = view.rows(
        "SELECT s.small, s.name AS spelt, s.is_id, a.* FROM spellings AS s SEMI JOIN wanted USING (small) "
        "JOIN accounts AS a USING (account) ORDER BY account, spelt",
        wanted=wanted,
    )
    shown = [(row, as_who(view, row, names).shown.lstrip("@")) for row in rows]
    return Pseudonyms(
        {row["spelt"]: name for row, name in shown if row["is_id"]},
        {row["small"]: name for row, name in shown if not row["is_id"]},
    )


@dataclass
class _Asked(Mapping[str, str]):
    """Holds nothing, and remembers what it was asked for."""

    keys_asked: list[str] = field(default_factory=list)

    def __getitem__(self, key: str) -> str:
        self.keys_asked.append(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
