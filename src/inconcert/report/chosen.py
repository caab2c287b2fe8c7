"""What was chosen for a report, as its page follows it: see `judgement.choices`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from markupsafe import Markup

from inconcert.judgement.choices import Choice
from inconcert.judgement.decided import Decided
from inconcert.report import claims
from inconcert.report.markdown import markdown

SECTIONS = {
    "copies": "Same words", "rewritten": "Rewritten copies", "pictures": "Same pictures", "clues": "Words in pictures",
    "languages": "Languages", "avatars": "Profile pictures", "indicators": "Indicators",
    "techniques": "Techniques", "operations": "Known operations", "place": "Where they may sit", "entities": "The record on people and bodies", "attribution": "Who is behind it",
}  # fmt: skip
"""Sections that may be left out -> their names. What bounds the findings (claims, limits, doubts, shuffled copies) always stays."""

BESIDE = {"found": "What was found", "outside": "Outside groups", **SECTIONS, "volume": "Posts over time"}
"""Parts of the page that may have words of people beside them -> their names, in the order of the page."""

GROUP_FIGURES = {"timeline": "posts over time", "heat": "hours and weekdays", "network": "who acts with whom"}
PART_FIGURES = {"volume": {"timeline": "posts over time"}}
"""Pictures that may be left out -> what they show."""


@dataclass(frozen=True)
class Chosen:
    """Who chose, and what of it applies to this run.

    label, by, day: of the choice; "" where nothing was chosen.   folded: groups that are listed and not described.
    hidden: sections left out.   without: group or part -> pictures left out.   texts: group or part -> words beside it.
    lost: groups of the choice that this run does not find.
    """

    label: str = ""
    by: str = ""
    day: str = ""
    folded: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: Mapping[str, Markup] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def shows(self, place: str, figure: str) -> bool:
        """Whether a picture of a group or part is shown."""
        return figure not in self.without.get(place, ())


EVERYTHING = Chosen()
"""Nothing was chosen: the report describes all there is."""


def chosen(
    choice: Choice | None, decided: Decided, levels: Mapping[str, str], page_level: str, masked: Callable[[str], str]
) -> Chosen:
    """What of a choice applies.   decided: the groups of this run.   levels: of the groups on the page.   page_level: the highest
    level on it, to which words beside other parts are held.   masked: hides names."""
    if choice is None:
        return EVERYTHING
    placed, lost = [], []
    for one in choice.parts:
        group = decided.found(one.group)[0] if one.group is not None else None
        place = group.id if group is not None else one.part
        if one.group is not None and place not in levels:
            lost.append(one.group.group)
        else:
            placed.append((place, one))
    texts = {place: one.text for place, one in placed if one.text}
    return Chosen(
        choice.label,
        choice.by,
        choice.at[:10],
        frozenset(place for place, one in placed if not one.shown and place in levels),
        frozenset(place for place, one in placed if not one.shown and place in SECTIONS),
        {place: frozenset(one.without) for place, one in placed if one.without},
        {
            place: markdown(text, masked=masked, exceeds=partial(claims.exceeds, levels.get(place, page_level)))
            for place, text in texts.items()
        },
        tuple(lost),
    )
