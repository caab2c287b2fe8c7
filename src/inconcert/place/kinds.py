"""Kinds of evidence on place: how often each misleads, and in which ways. Elicited, not measured: docs/decisions/place.md gives the reasons.

Two ways are told apart for every kind, since they are checked in different ways: that what is seen is true of something else (an exit of a VPN, a
schedule, a journey), and that it was set up to look so.
"""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.place.span import Span


@dataclass(frozen=True)
class Family:
    """title: what it is about.   most: largest weight between two regions, as a power of ten."""

    title: str
    most: float = 2.0


FAMILIES: dict[str, Family] = {
    "clock": Family("the clock people work by", 1.0),
    "calendar": Family("the weekends and holidays they keep", 1.0),
    "address": Family("regions that platforms show for connections"),
    "presence": Family("check-ins, and what people let slip"),
    "screens": Family("what screens show around a picture"),
    "pictures": Family("pictures of places, matched by eye"),
    "settings": Family("settings of apps and profiles", 1.0),
    "profile": Family("places that profiles claim", 1.0),
    "language": Family("languages of posts", 1.0),
}
"""Family -> its title and cap, in the order they are printed. Clocks, calendars and whatever anybody can type are held to one power of ten."""


@dataclass(frozen=True)
class Kind:
    """family: of FAMILIES.   otherwise: the innocent way in which it misleads, and its chance.   staged: the chance that it was set up.
    background: chance that groups from nowhere in particular show that very region, None where it is measured.   by_hand: whether
    people enter it.
    """

    title: str
    family: str
    way: str
    otherwise: Span
    staged: Span
    background: Span | None
    by_hand: bool = False

    @property
    def misleads(self) -> Span:
        """Chance of either way."""
        return Span(*(min(a + b, 0.95) for a, b in zip(self.otherwise.ends, self.staged.ends, strict=True)))


STAGED = "set up to look so (false flag)"
_VPN = "an exit of a VPN or proxy"
_REGION = Span(0.03, 0.05, 0.1)
_SPOT = Span(0.01, 0.02, 0.05)

KINDS: dict[str, Kind] = {
    "working-hours": Kind("hours of the day", "clock", "hours kept for an audience, by a scheduler or in shifts", Span(0.1, 0.2, 0.4), Span(0.01, 0.02, 0.05), None),
    "clock-changes": Kind("clock changes", "clock", "hours kept for an audience or by a scheduler", Span(0.1, 0.2, 0.4), Span(0.0, 0.01, 0.03), None),
    "holidays": Kind("public holidays", "calendar", "the calendar of a client or an audience", Span(0.1, 0.2, 0.4), Span(0.01, 0.02, 0.05), None),
    "region-label": Kind("region label of a platform", "address", _VPN, Span(0.1, 0.2, 0.4), Span(0.01, 0.03, 0.1), _REGION),
    "check-in": Kind("check-in or place of a post", "presence", "a place chosen by hand, or a journey", Span(0.05, 0.1, 0.3), Span(0.02, 0.05, 0.15), _SPOT),
    "remark": Kind("remark, or residue of the person behind", "presence", "told of somebody else, or a journey", Span(0.1, 0.2, 0.4), Span(0.02, 0.05, 0.15), _SPOT, True),
    "check-in-seen": Kind("check-in seen elsewhere", "presence", "a place chosen by hand, or a journey", Span(0.05, 0.1, 0.3), Span(0.02, 0.05, 0.15), _SPOT, True),
    "screen": Kind("clue on a screenshot", "screens", _VPN, Span(0.1, 0.3, 0.6), Span(0.02, 0.05, 0.15), _REGION, True),
    "tool": Kind("region that a tool or a file names", "screens", _VPN, Span(0.1, 0.25, 0.5), Span(0.02, 0.05, 0.15), _REGION, True),
    "photo": Kind("picture of a place", "pictures", "a picture borrowed from somebody else, or a likeness", Span(0.1, 0.25, 0.5), Span(0.02, 0.05, 0.15), _SPOT, True),
    "client-locale": Kind("language set in app or profile", "settings", "set for an audience, or as the app came", Span(0.2, 0.35, 0.6), Span(0.02, 0.05, 0.1), None),
    "profile-place": Kind("place the profile gives", "profile", "made up", Span(0.4, 0.6, 0.8), Span(0.05, 0.1, 0.15), _REGION),
    "texts": Kind("languages of posts", "language", "the language of an audience", Span(0.3, 0.5, 0.7), Span(0.02, 0.05, 0.1), None),
}  # fmt: skip
"""By name."""

BY_HAND = tuple(name for name, kind in KINDS.items() if kind.by_hand and name != "photo")
"""Kinds of clue that people enter."""
