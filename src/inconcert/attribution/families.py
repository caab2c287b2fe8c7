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
    "time": Family("when members act: together, in turns, like a timer"),
    "creation": Family("how and when accounts were made, and their handles"),
    "personas": Family("profile pictures and names"),
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

OF_INDICATOR = {
    "avatars": "personas", "persona": "personas", "activity": "time", "automation": "time", "event-onset": "time", "comment-waves": "engagement",
}  # fmt: skip
"""Family of indicators, or one indicator, -> its family here, where that is another. A borrowed face and the name that goes with it come together;
synchrony, timers, turns and a start after an event are read from the same times of posts; waves of comments are seen in the replies
that flood."""

WAYS: dict[str, str] = {
    "activity-synchrony": "together", "level": "together", "automation": "machines", "hand-off": "machines", "event-onset": "onset",
}  # fmt: skip
"""Indicator -> what it is one way of doing, where that is not its family: one way is enough, so a missing sign counts for nothing beside a
found one of the same."""

READ_FROM: dict[str, str] = {
    **dict.fromkeys(("activity-synchrony", "automation", "hand-off", "event-onset", "working-hours", "work-calendar"), "times of posts"),
    **dict.fromkeys(("creation-bursts", "creation-hours"), "times at which accounts were made"),
    **dict.fromkeys(("handles", "contradicting-names"), "handles"),
    **dict.fromkeys(("comment-waves", "reply-flooding"), "replies"),
}  # fmt: skip
"""Indicator -> what it is read from, where several indicators are read from it. Of items from one such source only one family is moved: see
`family_weight`."""

CATEGORIES = ("technical", "behavioural", "contextual")
ACCESS = ("open", "proprietary", "classified")
"""How a source can be had: by anybody, from a platform or firm, or under secrecy."""
