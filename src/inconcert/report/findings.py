"""What was found, in sentences. Every number in them comes from the tables; every level word from the claim ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inconcert.report import claims, words
from inconcert.report.data import Group, Report

FOUND_BY: dict[str, str] = {
    "components": "accounts that rarely shared objects tie to one another",
    "communities": "a circle of accounts tied more densely to one another than to others",
    "meetings": "accounts that met again and again at rarely shared objects",
    "linked pairs": "accounts tied to one another by pairs, each of them beyond chance",
    "pairs": "a circle of pairs, each of them beyond chance",
}
"""How a group came to notice."""


def headline(report: Report) -> str:
    """The finding in a handful of words."""
    standing = report.groups
    if standing:
        return f"{words.count(len(standing), 'group')} of accounts {'stands' if len(standing) == 1 else 'stand'} out"
    if report.pairs.total:
        return "No group was found, but some pairs of accounts stand out"
    if report.accounts.raised:
        return "No group and no pair was found, but single accounts stand out"
    return "Nothing was found"


def lead(report: Report) -> list[str]:
    """The finding in a few sentences."""
    among = f"{words.count(report.facts.posts, 'post')} by {words.count(report.facts.accounts, 'account')}"
    said = [sentence for sentence in (_of_level(report, level) for level in ("L3", "L2", "L1")) if sentence]
    if said:
        said.insert(0, f"Among {among},")
        said = [f"{said[0]} {said[1]}", *said[2:]]
    elif not report.pairs.total and not report.accounts.raised:
        said.append(
            f"Among {among}, no pair and no group of accounts acted together more than chance and ordinary behaviour "
            "explain, and no account acted at the same time as others more often than accounts of an ordinary crowd "
            f"do. The procedure was set so that at most about {words.odds(report.alpha)} of what it reports is a "
            "false alarm."
        )
    else:
        said.append(f"Among {among}, no group of accounts could be confirmed.")
    if report.pairs.outside:
        said.append(
            f"{words.count(report.pairs.outside, 'pair').capitalize()} of accounts outside groups, "
            f"{words.count(report.pairs.outside_accounts, 'account')} in all, reached level L1, "
            f"“{claims.words('L1')}”; a pair is not a group."
        )
    return said


def candidates(report: Report) -> str | None:
    """A sentence on candidate groups that did not pass; None when there are none."""
    n = len(report.candidates)
    if not n:
        return None
    further = "further candidate" if report.groups else "candidate group"
    return (
        f"{words.count(n, further).capitalize()} {'was' if n == 1 else 'were'} looked at and did not pass "
        f"(level L0, “{claims.words('L0')}”): nothing is claimed about {'it' if n == 1 else 'them'}."
    )


def finding(group: Group) -> str:
    """What members of a group did, and how it came to notice."""
    row = group.row
    size = words.count(row["size"], "account")
    if row["kind"] == "combined":
        did = f"acted on the same objects ({_kinds(row)})"
    else:
        did = words.DID.get(row["kind"], "acted on the same objects")
    cap = ""
    if row["popularity_cap"] is not None:
        cap = f" Objects touched by more than {row['popularity_cap']:,} accounts were not used to find them."
    return (
        f"{size} that, in twos or more, {did} {scale(row)}: {words.count(row['n_objects'], 'time')}, counting each "
        f"shared object once. They came to notice as {FOUND_BY.get(row['found_by'], row['found_by'])}.{cap}"
    )


def scale(row: Mapping[str, Any]) -> str:
    """The time scale of a group; one found on several is close in time on any of those it shows at."""
    windows = [int(window) for window in row["evidence_windows"].split(",") if window]
    if row["window_us"] is None and windows:
        return f"{words.window(max(windows))} or less"
    return words.window(row["window_us"])


def evidence_of_its_own(group: Group) -> str:
    """Kinds and scales at which the group shows by itself."""
    kinds = _kinds(group.row)
    scales = [words.window(int(scale)) for scale in group.row["evidence_windows"].split(",") if scale]
    return "; ".join(part for part in (kinds, words.joined(scales)) if part)


def _of_level(report: Report, level: str) -> str | None:
    groups = [group for group in report.groups if group.row["level"] == level]
    if not groups:
        return None
    sizes = [group.row["size"] for group in groups]
    reach = "reaches" if len(groups) == 1 else "reach"
    if len(groups) <= 3:
        of = f"{words.joined([f'{size:,}' for size in sizes])} accounts"
    else:
        accounts = {member["account_id"] for group in groups for member in group.members}
        of = f"{min(sizes):,} to {max(sizes):,} accounts, {len(accounts):,} in all,"
    return f"{words.count(len(groups), 'group')} of {of} {reach} level {level}, “{claims.words(level)}”."


def _kinds(row: Mapping[str, Any]) -> str:
    return words.joined([words.NOUN.get(kind, kind) for kind in row["evidence_kinds"].split(",") if kind])
