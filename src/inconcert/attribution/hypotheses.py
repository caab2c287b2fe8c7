"""Who may be behind a group: rival explanations, from a template, to be renamed, split, added to and set aside with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.ranges import Range

FORMS: dict[str, str] = {
    "state": "a body of a state runs it",
    "contractor": "a contractor runs it for a state",
    "volunteers": "patriotic volunteers, nobody's order",
    "spam": "commercial spam",
    "other-state": "another state, to be taken for the first",
    "movement": "an authentic movement",
    "chance": "chance, a common source or an artefact of the data",
}
"""Form -> what a hypothesis of that form says; the columns of elicited.csv. The order is that of H1 to H7."""

ORDINARY = frozenset({"movement", "chance"})
"""Forms that accuse nobody: what they say may be told apart at any level; the others only from L3 on."""

ACTORS = frozenset({"state", "contractor", "volunteers", "other-state"})
"""Forms that name an actor: what L4 may say."""

EVEN = Range(0.7, 1.0, 1.4)
"""Weight of a hypothesis before any evidence, while nobody gave another: equal for all, and any of
two may be twice as likely as the other."""


@dataclass(frozen=True)
class Hypothesis:
    """One explanation.

    id: H1.   form: of FORMS.   title: as it is printed.   like: id of the one it was made like; evidence that does not speak of it weighs
    as it does there.   prior: weight before any evidence, relative to the others, above 0.   named: whether a person gave its title.
    aside: why it is not weighed, None while it is.
    """

    id: str
    form: str
    title: str
    like: str | None = None
    prior: Range = EVEN
    named: bool = False
    aside: str | None = None


TEMPLATE: tuple[Hypothesis, ...] = tuple(
    Hypothesis(f"H{number}", form, title) for number, (form, title) in enumerate(FORMS.items(), start=1)
)
"""Where every weighing starts."""
