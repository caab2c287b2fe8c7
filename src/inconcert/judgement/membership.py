"""The membership a judgement was made on, and whether a group of another run is still the same group."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.ledger import canonical

CARRIED = 0.8
"""Least Jaccard overlap of memberships at which a judgement is carried over to the group of another run."""


@dataclass(frozen=True)
class Membership:
    """A group as it was when somebody judged it.

    group: what it was called.   run: id of the cluster run.   accounts: its members then, as found, merged or split; accounts
    that people removed from it are among them, so that removing somebody, or taking that back, moves no judgement.
    """

    group: str
    run: str
    accounts: frozenset[str]


def fingerprint(accounts: Iterable[str]) -> str:
    """SHA-256, hex, of a list of accounts, whatever its order."""
    return hashlib.sha256(canonical(sorted(set(accounts)))).hexdigest()


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Accounts in both over accounts in either, in [0, 1]; 0 when both are empty (Jaccard)."""
    either = len(a | b)
    return len(a & b) / either if either else 0.0


def written(membership: Membership, known: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """The membership as JSON; its accounts only where no earlier statement lists them. known: fingerprint -> accounts."""
    sha256 = fingerprint(membership.accounts)
    value: dict[str, Any] = {"group": membership.group, "run": membership.run, "sha256": sha256}
    return value if sha256 in known else value | {"accounts": sorted(membership.accounts)}


def read(value: Any, known: dict[str, frozenset[str]]) -> Membership:
    """The membership of that JSON; its accounts are added to `known`. ValueError says in words what is wrong with it."""
    if not isinstance(value, dict) or not all(isinstance(value.get(k), str) for k in ("group", "run", "sha256")):
        raise ValueError("a group lacks its name, its run or the hash of its members")
    if "accounts" in value:
        accounts = value["accounts"]
        if not isinstance(accounts, list) or not all(isinstance(one, str) for one in accounts):
            raise ValueError(f"the members of {value['group']} are no list of accounts")
        if fingerprint(accounts) != value["sha256"]:
            raise ValueError(f"the members of {value['group']} do not have the hash beside them")
        known[value["sha256"]] = frozenset(accounts)
    if value["sha256"] not in known:
        raise ValueError(f"no statement before it lists the members of {value['group']}")
    return Membership(value["group"], value["run"], known[value["sha256"]])
