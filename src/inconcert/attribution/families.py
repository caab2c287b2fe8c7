"""Families of evidence, which count once each, and the cells of the grid in which evidence on influence operations is reported.

Grid: Pamment and Smith 2022, Attributing Information Influence Operations (NATO StratCom COE, Hybrid CoE): technical, behavioural and
contextual evidence, from open, proprietary and classified sources.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """title: what it is about.   most: largest weight between two hypotheses, as a power of ten."""

    title: str
    most: float = 2.0


FAMILIES: dict[str, Family] = {
    "activity": Family("acting at the same moments"),
    "creation": Family("how and when accounts were made, and their handles"),
    "personas": Family("profile pictures and names"),
    "automation": Family("machines, or one hand behind several accounts"),
    "repurposing": Family("accounts that changed hands or purpose"),
    "engagement": Family("who answers, follows and passes on"),
    "place": Family("when and where people work", most=1.0),
    "content": Family("what is said, and when"),
    "carriers": Family("who else carries the same"),
    "links": Family("what is shared with a known operation"),
    "infrastructure": Family("servers, addresses and domains"),
    "organisation": Family("contracts, money, owners and offices"),
    "statements": Family("what platforms, courts and witnesses say"),
}
"""Family -> its title and cap. Clocks say where people are awake, not who they are: `place` is held to one power of ten."""

OF_INDICATOR = {"avatars": "personas", "persona": "personas"}
"""Families of indicators that are one here: a borrowed face and the name that goes with it come together."""

CATEGORIES = ("technical", "behavioural", "contextual")
ACCESS = ("open", "proprietary", "classified")
"""How a source can be had: by anybody, from a platform or firm, or under secrecy."""
