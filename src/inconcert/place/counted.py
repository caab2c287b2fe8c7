"""How many accounts are said to be somewhere, so that nobody can be picked out."""

from __future__ import annotations

FEWEST = 5
"""Smallest number of accounts that is printed for a region. It is what a group takes at level L2, and what statistical offices ask of a cell: of fewer,
somebody who knows one of them learns where that one is."""
FEWER, OR_MORE = f"fewer than {FEWEST}", "or more"


def counted(accounts: int) -> str:
    """none, fewer than 5, or the number."""
    return "none" if not accounts else FEWER if accounts < FEWEST else f"{accounts:,}"


def accounts_of(accounts: int) -> str:
    """The same with its noun, to begin a sentence with."""
    told = counted(accounts)
    return f"{told[:1].upper()}{told[1:]} accounts"
