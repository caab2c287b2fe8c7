"""`sets`: accounts and posts under a name, as somebody put them together; a set can be treated like a group, but proves nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.sets import KEPT_SET, MEMBERS_AT_MOST, NO_RATE, NamedSet, named_sets, standing_set
from inconcert.judgement.wording import NAME_AT_MOST, REASON_AT_MOST, author, named_sources, one_line, prose
from inconcert.progress import Progress, silent
from inconcert.verbs.accounts_named import accounts_named
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.search import found_rows
from inconcert.verbs.waiting import PATIENCE_S, waiting

FILE_AT_MOST = 4_000_000
"""Bytes of a file of accounts: 20,000 ids are less."""

OF = ("both", "accounts", "posts")
"""What a set keeps of a search: the posts that answer, their authors, or both."""

ANSWERS_AT_MOST = 200_000
"""Posts of a search of which only the authors are kept."""

Narrowed = Mapping[str, Any]

_TAKEN = re.compile(r"(?i)G\d+([.+-].*)?|[IJSNA]-?\d+")


@dataclass(frozen=True)
class KeptSet:
    """A set that was entered.   notes: what whoever made it should know."""

    label: str
    name: str
    by: str
    accounts: tuple[str, ...]
    posts: int
    notes: tuple[str, ...]


def sets(case: Case) -> list[NamedSet]:
    """Every set, oldest first, those taken back among them."""
    return named_sets(case.statements())


def set_named(case: Case, name: str) -> NamedSet:
    """The set of that name or label that stands; UnknownName when there is none."""
    statements = case.statements()
    found = standing_set(statements, name)
    if found is None:
        raise UnknownName("set", name, [one.name for one in named_sets(statements) if one.retracted is None])
    return found


def keep_set(
    case: Case,
    name: str,
    *,
    by: str,
    because: str = "",
    from_search: Sequence[str] = (),
    narrowed: Narrowed = MappingProxyType({}),
    of: str = "both",
    accounts_file: Path | None = None,
    group: str | None = None,
    accounts: Sequence[str] = (),
    posts: Sequence[tuple[str, int]] = (),
    sources: Sequence[str] = (),
    patience_s: float = PATIENCE_S,
    progress: Progress = silent,
) -> KeptSet:
    """Keep a set in the ledger, from exactly one origin.

    from_search: words of a search; the posts that answer, and their authors.   narrowed: what else the search asks for, options of
    `search`; with them the words may be left out.   of: of OF, what is kept of it.   accounts_file: one account a line.
    group: the accounts of a group as it stands.   accounts, posts: ids, handles or names of the report, and (import id, row).
    InputError for no origin or several, an empty set, one of more than 20,000 accounts or posts, and a name that is taken;
    UnknownName for an account, a group or something to keep; CaseInUse.
    """
    who, where = author(by), named_sources(sources)
    called = _name(name)
    why = prose("The reason", because, REASON_AT_MOST) if because.strip() else ""
    if of not in OF:
        raise UnknownName("thing to keep of a search", of, OF)
    given = {
        "--from-search": from_search or narrowed,
        "--accounts": accounts_file,
        "--group": group,
        "--account": accounts or posts,
    }
    chosen = [option for option, value in given.items() if value]
    if len(chosen) != 1:
        what = f"Of {' and '.join(chosen)} only one can be given" if chosen else "Nothing says what is in the set"
        raise InputError(f"{what}. Give one of {', '.join(given)}.")
    origin: dict[str, Any]
    rows = sorted(set(posts))
    if from_search or narrowed:
        most = MEMBERS_AT_MOST if of != "accounts" else ANSWERS_AT_MOST
        found, _, _ = found_rows(case, from_search, places=("posts",), most=most + 1, progress=progress, **narrowed)
        if found.num_rows > most:
            raise InputError(f"The search finds more than {most:,} posts. Narrow it down.")
        rows = (
            sorted(zip(found["import_id"].to_pylist(), found["row_ref"].to_pylist(), strict=True))
            if of != "accounts"
            else []
        )
        ids = sorted(set(found["account_id"].to_pylist())) if of != "posts" else []
        asked = {name: value for name, value in narrowed.items() if value}
        origin = {"search": list(from_search), **asked, **({"of": of} if of != "both" else {})}
    elif accounts_file is not None:
        content = _content(accounts_file)
        ids = accounts_named(case, _lines(content, accounts_file))
        origin = {"file": accounts_file.name, "sha256": hashlib.sha256(content).hexdigest()}
    elif group is not None:
        groups = decided_now(case).groups
        if group not in groups:
            raise UnknownName("group", group, groups)
        ids = list(groups[group].members)
        origin = {"group": group}
    else:
        ids = accounts_named(case, accounts) if accounts else []
        origin = {"accounts": len(ids), "posts": len(rows)}
    _refuse_size(ids, rows)
    with waiting(case, patience_s):
        before = standing_set(case.statements(), called)
        if before is not None:
            raise InputError(
                f"There is a set called '{called}' ({before.label} by {before.by}). Choose another name, or retract "
                f"{before.label} first."
            )
        value = {
            "name": called, "accounts": ids, "posts": [list(row) for row in rows], "origin": origin, "because": why,
            "sources": list(where),
        }  # fmt: skip
        case.say(f"set:{called}", KEPT_SET, value, by=who)
        label = sets(case)[-1].label
    return KeptSet(label, called, who, tuple(ids), len(rows), (NO_RATE,))


def _name(name: str) -> str:
    called = one_line("The name", name, NAME_AT_MOST)
    if "/" in called:
        raise InputError(f"'{called}' holds a /. Choose another name: it stands in addresses of pages.")
    if _TAKEN.fullmatch(called):
        raise InputError(f"'{called}' could be a group, an account or a number of the report. Choose another name.")
    return called


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > FILE_AT_MOST:
            raise InputError(f"{file} has {size:,} bytes; {FILE_AT_MOST:,} are the most for a list of accounts.")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error


def _lines(content: bytes, file: Path) -> list[str]:
    """The accounts of a file, one a line; a first line "account_id" is a header."""
    try:
        lines = [line.strip() for line in content.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text. Save it as UTF-8, one account a line.") from error
    named = [line for line in lines if line]
    return named[1:] if named[:1] == ["account_id"] else named


def _refuse_size(accounts: Sequence[str], posts: Sequence[tuple[str, int]]) -> None:
    if not accounts and not posts:
        raise InputError("The set would be empty: nothing in the case answers.")
    for what, number in (("accounts", len(accounts)), ("posts", len(posts))):
        if number > MEMBERS_AT_MOST:
            raise InputError(f"The set would hold more than {MEMBERS_AT_MOST:,} {what}. Narrow it down.")
