"""Names that stand for accounts on a page that may be published: G1-07 is the seventh account of group G1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

OTHER = "[account]"
"""Stands for an account that has no pseudonym."""

PROFILE_HOSTS = (
    "twitter.com", "x.com", "facebook.com", "instagram.com", "tiktok.com", "t.me", "vk.com", "weibo.com", "youtube.com",
    "reddit.com/u", "reddit.com/user", "medium.com", "threads.net", "linkedin.com/in", "bsky.app/profile",
)  # fmt: skip
"""Sites, with the path before it, where the first part of an address names an account."""

_MENTION = re.compile(r"(?<![\w.])[@＠]([\w](?:[\w.·-]*\w)?)")
_PROFILE = re.compile(
    rf"(?i)(//|\b)((?:www\.|m\.|mobile\.)?(?:{'|'.join(re.escape(h) for h in PROFILE_HOSTS)})/)"
    r"(?!i/|hashtag/|search)(@?[^\s/?#]+)"
)
_NAME = re.compile(r"[\w-]{5,}")


@dataclass(frozen=True)
class Pseudonyms:
    """Account id -> pseudonym, and handle (case-folded) -> pseudonym."""

    by_id: Mapping[str, str]
    by_handle: Mapping[str, str]

    def of(self, account_id: str) -> str:
        """The pseudonym of an account; OTHER for one that has none."""
        return self.by_id.get(account_id, OTHER)

    def masked(self, text: str) -> str:
        """The text with every mention, profile address and known account id replaced by a pseudonym, or by OTHER."""
        text = _PROFILE.sub(lambda m: f"{m[1]}{m[2]}{self._named(m[3].lstrip('@'))}", text)
        text = _MENTION.sub(lambda m: f"@{self._named(m[1])}", text)
        return _NAME.sub(lambda m: self.by_id.get(m[0], m[0]) if any(c.isdigit() for c in m[0]) else m[0], text)

    def _named(self, name: str) -> str:
        return self.by_id.get(name) or self.by_handle.get(name.casefold()) or OTHER


def pseudonyms(members: pa.Table, others: Iterable[str], handles: Mapping[str, Sequence[str]]) -> Pseudonyms:
    """Number the accounts of every group, best connected first, and then the others as A-01, A-02 ...

    members: table `members`.   others: ids of accounts outside groups, in the order they are to be numbered.
    handles: account id -> the handles it was described with, for accounts that have one.
    An account of several groups goes by its name in the first.
    """
    columns = [members.column(c).to_pylist() for c in ("group_id", "account_id", "membership", "n_partners")]
    groups: dict[str, list[tuple[int, float, str]]] = {}
    for group_id, account_id, membership, n_partners in zip(*columns, strict=True):
        groups.setdefault(group_id, []).append((-n_partners, -membership, account_id))
    by_id: dict[str, str] = {}
    for group_id in sorted(groups, key=order):
        accounts = [account_id for _, _, account_id in sorted(groups[group_id])]
        _number(by_id, group_id, accounts)
    _number(by_id, "A", [account_id for account_id in others if account_id not in by_id])
    by_handle = {handle.casefold(): by_id[a] for a, its in sorted(handles.items()) if a in by_id for handle in its}
    return Pseudonyms(by_id, by_handle)


def order(group_id: str) -> tuple[int, str]:
    """Sorts G2 before G10."""
    digits = re.sub(r"\D", "", group_id)
    return (int(digits) if digits else 0, group_id)


def _number(by_id: dict[str, str], prefix: str, accounts: list[str]) -> None:
    width = max(2, len(str(len(accounts))))
    for n, account_id in enumerate(accounts, 1):
        by_id.setdefault(account_id, f"{prefix}-{n:0{width}}")
