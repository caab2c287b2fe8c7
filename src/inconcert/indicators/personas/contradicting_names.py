"""Display names that name another person than the handle does, in a group beside its control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.personas.name_agreement import likeness
from inconcert.indicators.personas.personal_names import GIVEN, SURNAMES
from inconcert.indicators.profiles.example_profiles import example_profiles
from inconcert.indicators.profiles.group_profiles import Profile, group_profiles
from inconcert.indicators.profiles.share_beside import Signs, share_beside
from inconcert.indicators.reading import Reading


@dataclass(frozen=True, kw_only=True)
class ContradictingNames(Indicator):
    """Contradicting names.

    most_alike: Jaro-Winkler similarity below which a name and a handle contradict each other.
    min_accounts: members with a person's name on both sides that a group needs.
    min_control: accounts with both that its control needs.
    alpha: largest p-value of a reading that names accounts.
    """

    most_alike: float = 0.5
    min_accounts: int = 10
    min_control: int = 30
    alpha: float = 0.01

    name: ClassVar[str] = "contradicting-names"
    id: ClassVar[str] = "D10"
    family: ClassVar[str] = "persona"
    about: ClassVar[str] = (
        "Whether more accounts of a group than of its control name two different persons as their own"
    )
    cites: ClassVar[str] = "Winkler 1990 (similarity of names); ASPI 2023 (Erin Chew, @ConnorMichael1)"
    measures: ClassVar[dict[str, str]] = {
        "contradicting-names": "share of the accounts with a person's name as name and as handle whose two names differ, against "
        "the control"
    }
    needs: ClassVar[tuple[str, ...]] = ("members", "controls", "accounts.handle", "accounts.display_name")
    minimum: ClassVar[str] = "10 members and 30 control accounts with a person's name in Latin letters on both sides"
    confounders: ClassVar[tuple[str, ...]] = (
        "accounts renamed after a marriage, a joke or a change of owner",
        "couples, fans and people known by a middle name or a pet name",
        "names of a language that the list of names has few of, in the group or in its control",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0143.002",)
    figure: ClassVar[Figure] = Figure("shares", "share of the accounts", "")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading a group; nothing is drawn. Names and handles of different scripts do not count at all."""
        return [
            share_beside(
                "contradicting-names", group.group_id, self._signs(group.members), self._signs(group.control),
                who="with a person's name in Latin letters both as name and as handle",
                words="have two that name different persons; of the control's",
                row="name and handle of different persons",
                min_accounts=self.min_accounts, min_control=self.min_control, alpha=self.alpha,
            )
            for group in group_profiles(facts)
        ]  # fmt: skip

    def _signs(self, profiles: Sequence[Profile]) -> Signs:
        signs: dict[str, str | None] = {}
        for profile in profiles:
            alike = likeness(profile.display_name or "", profile.handle or "")
            if alike is not None:
                differ = f"named {profile.display_name}, handle {profile.handle}: a likeness of {alike:.2f}"
                signs[profile.account_id] = differ if alike < self.most_alike else None
        return signs

    @classmethod
    def example(cls) -> Example:
        """Thirty accounts whose handles are others' names, beside ninety of whom six are such."""
        drawn = np.random.default_rng(4)
        given, surnames = sorted(GIVEN), sorted(SURNAMES)
        rows = []
        for i in range(120):
            a, b = (given[k].title() for k in drawn.integers(len(given), size=2))
            c, d = (surnames[k].title() for k in drawn.integers(len(surnames), size=2))
            rows.append({"display_name": f"{a} {c}", "handle": f"{b}{d}" if i < 36 else f"{a}{c}"})
        return Example(tables=example_profiles(rows[:30], rows[30:]), found=frozenset({("contradicting-names", "g1")}))
