"""How far the attribution goes at the end: the five steps by which disclosed reports are compared (reference data, operations.csv)."""

from __future__ import annotations

from inconcert.attribution.finding import Answer
from inconcert.attribution.hypotheses import ACTORS, Hypothesis
from inconcert.attribution.weighing import Weighing

LADDER: dict[str, str] = {
    "none": "no actor is named",
    "linked": "tied to a state or to an earlier network, without naming who runs it",
    "network_named": "part of a network that has a name",
    "state_attributed": "called the work of a state",
    "company_named": "a firm is named",
}
SAYABLE = 0.55
"""Chance from which both yardsticks call something likely: the words for an actor must begin there before anybody may sign."""


def attributable(weighing: Weighing) -> Hypothesis | None:
    """The actor that could be signed for: the likeliest explanation, if it names an actor and its words say at least likely."""
    if not weighing.apart or weighing.leading.words.least < SAYABLE:
        return None
    one = next(one for one in weighing.rivals if one.id == weighing.leading.ids[0])
    return one if one.form in ACTORS else None


def rung(weighing: Weighing, signed: bool, network: Answer) -> str:
    """One of LADDER.   signed: whether a sign-off stands.   network: what is said of known networks."""
    actor = attributable(weighing) if signed else None
    if actor is not None:
        if actor.form == "contractor" and actor.named:
            return "company_named"
        return "state_attributed" if actor.form in ("state", "contractor", "other-state") else "linked"
    if not weighing.apart or not network.names:
        return "none"
    # one unrelated group in eight is 'possibly' of some operation, and readers of a report show what it lists
    return "network_named" if network.term == "linked" and network.confidence != "low" else "none"
