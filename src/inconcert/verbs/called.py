"""Which account somebody means: by its id, by the name it goes by in the report or on pages, or by a handle."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.report.data import gather
from inconcert.report.posts import attached
from inconcert.report.pseudonyms import pseudonyms
from inconcert.report.runs import newest
from inconcert.verbs.account_keys import accounts_with_keys

SHOWN = 10
"""Accounts named when a handle may be any of several."""

_ON_THE_PAGE = re.compile(r"(?P<group>G\d+|A)-0*(?P<place>\d{1,18})")
_WITH_HANDLE = "SELECT DISTINCT account_id FROM accounts WHERE lower(handle) = lower($1) ORDER BY account_id"


def account_called(case: Case, name: str, known: pa.Array) -> str:
    """The id of the account that `name` stands for: an id of `known` (accounts with an action), else a name of the report such
    as G1-01, a key of the pages such as a-abcd2345, or a handle in any case; with @ before it a handle only.

    UnknownName where it is none, InputError where it may be several, which are listed, or an account without actions.
    """
    if pc.index(known, name).as_py() >= 0:
        return name
    candidates = dict.fromkeys(_with_handle(case, name.removeprefix("@")), "by its handle")
    if (id := _on_the_page(case, name)) is not None:
        candidates[id] = "by its name in the report"
    candidates |= dict.fromkeys(accounts_with_keys(case, [name]).values(), "by its key on pages")
    if not candidates:
        raise UnknownName("account of this case with an action", name, known.to_pylist())
    if len(candidates) > 1:
        listed = ", ".join(f"{id} ({why})" for id, why in list(candidates.items())[:SHOWN])
        more = f" and {len(candidates) - SHOWN:,} more" if len(candidates) > SHOWN else ""
        raise InputError(
            f"'{name}' may be any of {len(candidates):,} accounts: {listed}{more}. Give the id of the one you mean."
        )
    only = next(iter(candidates))
    if pc.index(known, only).as_py() < 0:
        raise InputError(f"'{name}' is the account {only}, which did nothing in these posts that can be compared.")
    return only


def _with_handle(case: Case, handle: str) -> list[str]:
    with attached(case, {}, ()) as con:
        return [id for (id,) in con.execute(_WITH_HANDLE, [handle]).fetchall()]


def _on_the_page(case: Case, name: str) -> str | None:
    """The account that goes by that name in the report of the newest runs; None for no such name, or no such runs."""
    match = _ON_THE_PAGE.fullmatch(name.upper())
    if match is None or case.run("cluster") is None:
        return None
    if match["group"] == "A":  # these are numbered as the page comes to speak of them
        by_id = gather(case, zone="UTC").names.by_id
    else:
        by_id = pseudonyms(newest(case).members(), (), {}).by_id
    asked = match["group"], match["place"]
    for id, its in by_id.items():
        its_match = _ON_THE_PAGE.fullmatch(its)
        if its_match is not None and (its_match["group"], its_match["place"]) == asked:
            return id
    return None
