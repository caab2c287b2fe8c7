"""Handles of a group beside those of its control: platform defaults, digits that are dates, strings without sense."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.personas.personal_names import NAMES
from inconcert.indicators.profiles.date_digits import UNIFORM, as_date, eight_digits
from inconcert.indicators.profiles.default_handles import ANY, PLATFORMS, default_format
from inconcert.indicators.profiles.example_profiles import example_profiles
from inconcert.indicators.profiles.group_profiles import GroupProfiles, Profile, group_profiles
from inconcert.indicators.profiles.latin_stem import stem
from inconcert.indicators.profiles.same_age import same_age
from inconcert.indicators.profiles.share_beside import Signs, share_beside
from inconcert.indicators.profiles.surprise import Trigrams
from inconcert.indicators.reading import Reading, too_little

_SHORTEST = 5
"""Letters of a handle's words; of fewer nothing can be said."""
_NEAREST = 40
"""Handles of the control, nearest in length, that tell how surprising one of that length may be."""


_ROWS = {
    "default-handles": "a default format of the platform",
    "date-digits": "eight digits that can be read as a date",
    "random-handles": "letters in an unusual order",
}


@dataclass(frozen=True, kw_only=True)
class Handles(Indicator):
    """Handles.

    tail: share of the control whose handles count as random strings, the most surprising ones of each length.
    min_accounts: members that can show a sign, which a group needs.
    min_control: accounts that can show it, which its control needs.
    same_age_days: how far apart in age a control account may be from the member it stands beside.
    alpha: largest p-value of a reading that names accounts.
    """

    tail: float = 0.05
    min_accounts: int = 10
    min_control: int = 30
    same_age_days: float = 365.0
    alpha: float = 0.01

    name: ClassVar[str] = "handles"
    id: ClassVar[str] = "D10"
    family: ClassVar[str] = "creation"
    about: ClassVar[str] = (
        "Whether a group has more default handles, random strings or dates in handles than its control"
    )
    cites: ClassVar[str] = "Beskow and Carley 2019 (random strings); Kazemi 2020 (default handles of X)"
    measures: ClassVar[dict[str, str]] = {
        "default-handles": "share of the accounts with a handle or name in a default format of their platform, against control "
        "accounts of the same age",
        "random-handles": "share of the accounts whose handle is a more surprising string than 95% of the control's of its length, "
        "against the control",
        "date-digits": "share of the handles ending in eight digits that can be read as a date, against the control",
    }
    needs: ClassVar[tuple[str, ...]] = ("members", "controls", "accounts.handle|accounts.display_name")
    minimum: ClassVar[str] = "10 members and 30 control accounts that can show the sign"
    confounders: ClassVar[tuple[str, ...]] = (
        "newcomers, the old and the hurried, who keep what the platform gave them: millions do",
        "a control that joined before the platform gave defaults out",
        "people who put a birthday or an anniversary into their handle",
        "names of a language that the control does not have, which look like random strings beside it",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0150.008",)
    figure: ClassVar[Figure] = Figure("shares", "share of the accounts", "")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Three readings a group; nothing is drawn."""
        return [
            reading
            for group in group_profiles(facts)
            for reading in (self._defaults(group), self._random(group), self._dates(group))
        ]

    def _defaults(self, group: GroupProfiles) -> Reading:
        control, matched = same_age(group.members, group.control, self.same_age_days, self.min_control)
        if matched and not control:
            return too_little(
                "default-handles", "group", group.group_id, group_id=group.group_id, n=len(group.members), unit="accounts",
                scale="share", lacking=f"{len(group.control)} control accounts, too few of the age of the members, and what platforms "
                f"give out changes; it needs {self.min_control} made within {self.same_age_days:g} days of a member, with some for "
                "four members in five: add control accounts of that age",
            )  # fmt: skip
        return self._share(
            group, "default-handles", _defaults(group.members), _defaults(control), "with a handle or a name",
            f"have one in a default format of their platform; of the control, {'of the same age' if matched else 'of any age'},",
        )  # fmt: skip

    def _dates(self, group: GroupProfiles) -> Reading:
        return self._share(
            group, "date-digits", _dates(group.members), _dates(group.control), "whose handle ends in eight digits",
            f"have digits that can be read as a date; of random digits {UNIFORM:.2%} can, of the control's",
        )  # fmt: skip

    def _random(self, group: GroupProfiles) -> Reading:
        own, control = _stems(group.members), _stems(group.control)
        model = Trigrams(control.values(), _of_names())
        bits = {account: model.surprise(string, known=True) for account, string in control.items()}
        lengths = {len(string) for string in (*own.values(), *control.values())}
        limit = _limits([(len(control[account]), b) for account, b in bits.items()], lengths, self.tail)

        def sign(string: str, surprise: float) -> str | None:
            most = limit[len(string)]
            return (
                f"{surprise:.1f} bits a letter, where few ordinary handles have more than {most:.1f}"
                if surprise > most
                else None
            )

        return self._share(
            group, "random-handles",
            {account: sign(string, model.surprise(string)) for account, string in own.items()},
            {account: sign(control[account], b) for account, b in bits.items()},
            "with a handle of Latin letters",
            f"have as surprising a string as {self.tail:.0%} of ordinary handles of its length are; of the control's",
        )  # fmt: skip

    def _share(self, group: GroupProfiles, measure: str, own: Signs, control: Signs, who: str, words: str) -> Reading:
        return share_beside(
            measure, group.group_id, own, control, who=who, words=words, row=_ROWS[measure],
            min_accounts=self.min_accounts, min_control=self.min_control, alpha=self.alpha,
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Thirty accounts whose default handles hold dates, beside ninety, half of them with default handles of any digits."""
        drawn = np.random.default_rng(3)
        names = [name.title() for name in sorted(NAMES) if len(name) <= 7]
        name = [names[i] for i in drawn.integers(len(names), size=240)]
        date = [f"19{50 + i}0{1 + i % 9}{10 + i % 19}" for i in range(30)]
        own = [f"{name[i]}{date[i]}" for i in range(30)]
        plain = [f"{name[i]}{drawn.integers(40_000_000, 99_999_999)}" for i in range(30, 75)]
        chosen = [f"{name[i]}_{name[i + 90]}" for i in range(75, 120)]
        return Example(
            tables=example_profiles(
                [{"handle": h} for h in own], [{"handle": h} for h in plain + chosen], platform="x"
            ),
            found=frozenset({("date-digits", "g1")}),
        )


@functools.cache
def _of_names() -> Trigrams:
    """What handles are made of when a control is too small to show it."""
    return Trigrams(sorted(NAMES))


def _defaults(profiles: Sequence[Profile]) -> Signs:
    """Of accounts with a handle or name on a platform whose default format is known, or that is not told."""
    signs: dict[str, str | None] = {}
    for p in profiles:
        if (p.handle or p.display_name) and p.platform.casefold() in PLATFORMS.union(ANY):
            known = default_format(p.platform, p.handle, p.display_name)
            signs[p.account_id] = (
                None if known is None else f"{p.handle or p.display_name}: a default format, {known.words}"
            )
    return signs


def _dates(profiles: Sequence[Profile]) -> Signs:
    """Of accounts whose handle, or name where there is no handle, ends in eight digits."""
    signs: dict[str, str | None] = {}
    for p in profiles:
        digits = eight_digits(p.handle or p.display_name or "")
        if digits is not None:
            read = as_date(digits)
            signs[p.account_id] = (
                None if read is None else f"{p.handle or p.display_name}: its digits can be read as {read}"
            )
    return signs


def _stems(profiles: Sequence[Profile]) -> dict[str, str]:
    """Of accounts with a handle, its words, where they are long enough."""
    stems = ((p.account_id, stem(p.handle)) for p in profiles if p.handle)
    return {account: string for account, string in stems if string is not None and len(string) >= _SHORTEST}


def _limits(measured: Sequence[tuple[int, float]], lengths: Iterable[int], tail: float) -> dict[int, float]:
    """Length -> most surprise of ordinary handles about that length, all but a tail of them; measured: (length, surprise)."""
    if not measured:
        return dict.fromkeys(lengths, math.inf)
    length, bits = (np.array(column, dtype=np.float64) for column in zip(*measured, strict=True))
    limit = {}
    for wanted in lengths:
        off = np.abs(length - wanted)
        near = off <= np.sort(off)[min(_NEAREST, len(off)) - 1]
        limit[wanted] = float(np.quantile(bits[near], 1 - tail))
    return limit
