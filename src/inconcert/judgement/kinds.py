"""What can be judged, about what, and what has to be said with it."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.judgement.wording import NAME_AT_MOST, REASON_AT_MOST


@dataclass(frozen=True)
class Kind:
    """One kind of judgement.

    did: "set aside", in words that follow a name.   groups: how many groups it is about, (fewest, most).   accounts: how many
    accounts, likewise; None for any number.   most: longest text, characters.   is_name: the text is a name, on one line.
    """

    did: str
    groups: tuple[int, int | None]
    accounts: tuple[int, int | None]
    most: int = REASON_AT_MOST
    is_name: bool = False


KINDS: dict[str, Kind] = {
    "rename": Kind("renamed", (1, 1), (0, 0), NAME_AT_MOST, is_name=True),
    "set-aside": Kind("set aside", (1, 1), (0, 0)),
    "confirm": Kind("confirmed", (1, 1), (0, 0)),
    "comment": Kind("commented on", (1, 1), (0, 0)),
    "merge": Kind("merged", (2, None), (0, 0)),
    "split": Kind("split", (1, 1), (1, None)),
    "remove": Kind("accounts removed from it", (1, 1), (1, None)),
    "note": Kind("noted", (0, 0), (1, 1)),
    "same-person": Kind("judged to be one person", (0, 0), (2, 2)),
    "known-friend": Kind("judged to know one another", (0, 0), (2, 2)),
}
"""Kind -> what it is. The first seven are about groups, "note" about one account, the last two about a pair."""


def fits(number: int, bounds: tuple[int, int | None]) -> bool:
    """Whether a number lies within bounds, both included."""
    return number >= bounds[0] and (bounds[1] is None or number <= bounds[1])
