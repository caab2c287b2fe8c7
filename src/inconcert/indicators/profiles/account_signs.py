"""One sheet for every member of a group: which signs it shows, each explained, and how common each is in the control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from scipy.stats import binomtest

from inconcert.indicators.facts import POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.profiles.account_traits import Traits, account_traits
from inconcert.indicators.profiles.creation_bursts import CreationBursts
from inconcert.indicators.profiles.creation_times import DAY_US, creation_times
from inconcert.indicators.profiles.example_profiles import Row, example_profiles
from inconcert.indicators.profiles.group_profiles import GroupProfiles, group_profiles
from inconcert.indicators.profiles.single_signs import ROWS, SIGNS, Limits, ordinary_pictures, single_signs
from inconcert.indicators.reading import Point, Reading, Witness, too_little

_KNOWN_PICTURES = 0.5
"""Share of the accounts whose picture is known, from which on one without a picture has none."""
_BEGUN = 5
"""Members with posts from whom it can be told when a group began to post."""

Shown = dict[str, str | None]


@dataclass(frozen=True, kw_only=True)
class AccountSigns(Indicator):
    """Account signs.

    new_days: days from its making to its first post up to which an account is new.
    few_followers: most followers that are hardly any audience.
    min_posts: fewest posts that show a habit.
    one_topic: share of the posts with one hashtag from which on it is a single topic.
    draws: ordinary groups that are drawn to tell a burst of creation.
    alpha: largest p-value of a burst of creation that counts as one.
    """

    new_days: float = 30.0
    few_followers: int = 5
    min_posts: int = 5
    one_topic: float = 0.8
    draws: int = 999
    alpha: float = 0.01

    name: ClassVar[str] = "account-signs"
    id: ClassVar[str] = "D10"
    family: ClassVar[str] = "none"
    about: ClassVar[str] = "Which signs every member shows, each explained and beside its frequency in the control"
    cites: ClassVar[str] = (
        "ASPI 2023 (signs listed for accounts); nothing is tested: no sign says anything about one account"
    )
    measures: ClassVar[dict[str, str]] = {
        "signs": "how many of the signs that could be checked an account shows; not tested"
    }
    needs: ClassVar[tuple[str, ...]] = ("members", "accounts|posts")
    minimum: ClassVar[str] = "one sign that can be checked"
    confounders: ClassVar[tuple[str, ...]] = (
        "newcomers, the shy and the old, who show most of these signs",
        "an export that leaves out profiles, pictures or part of the posts",
    )
    disarm: ClassVar[tuple[str, ...]] = ()
    figure: ClassVar[Figure] = Figure("shares", "share that shows the sign", "")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading for every member of every group."""
        seed = int(rng.integers(1 << 62))
        traits = account_traits(facts)
        bios = not facts.lacks(["accounts.bio|accounts.location"])
        return [
            reading
            for group in group_profiles(facts)
            for reading in self._of(group, traits, bios, np.random.default_rng(seed))
        ]

    def _of(
        self, group: GroupProfiles, traits: dict[str, Traits], bios: bool, rng: np.random.Generator
    ) -> list[Reading]:
        everybody = [*group.members, *group.control]
        made = creation_times(everybody)
        sought = CreationBursts(draws=self.draws, alpha=self.alpha).found(group, rng)
        pictured = sum(traits[p.account_id].picture is not None for p in everybody)
        first = sorted(f for p in group.members if (f := traits[p.account_id].first_us) is not None)
        shown = single_signs(
            everybody,
            np.where(made.precision_us <= DAY_US, made.time_us, -1),
            traits,
            begun_us=first[len(first) // 2] if len(first) >= _BEGUN else None,
            spans=None if isinstance(sought, str) else [span for span in sought[0] if span.p_value <= self.alpha],
            ordinary_pictures=ordinary_pictures(group.control, traits)
            if pictured >= _KNOWN_PICTURES * len(everybody)
            else None,
            bios=bios,
            limits=Limits(self.new_days, self.few_followers, self.min_posts, self.one_topic),
        )
        common = _common(shown[len(group.members) :])
        drawn = {sign: _drawn(sign, k, n) for sign, (k, n) in common.items() if n}
        return [
            _sheet(group.group_id, profile.account_id, signs, common, drawn, len(group.control))
            for profile, signs in zip(group.members, shown, strict=False)
        ]

    @classmethod
    def example(cls) -> Example:
        """Twelve accounts made in one week that pass on others' posts, beside forty ordinary ones; nothing is tested."""
        drawn = np.random.default_rng(5)
        start = 1_600_000_000_000_000
        members: list[Row] = [
            {
                "display_name": f"用户77635469{i:02}",
                "created_us": start + int(drawn.integers(7 * DAY_US)),
                "followers": i % 3,
            }
            for i in range(12)
        ]
        past = drawn.integers(900 * DAY_US, size=40).tolist()
        control: list[Row] = [
            {"display_name": f"爱猫的人{i}", "created_us": start - past[i], "followers": 40 + i, "bio": "a person"}
            for i in range(40)
        ]
        post = {"platform": "weibo", "role": "case", "kind": "share"}
        posts = [
            {"post_id": f"p{i}", "account_id": f"m{i % 12:03}", "time_us": start + (10 + i) * DAY_US, **post}
            for i in range(72)
        ]
        tables = example_profiles(members, control, platform="weibo")
        return Example(tables={**tables, "posts": pa.Table.from_pylist(posts, POSTS.arrow)}, found=frozenset())


def _common(control: Sequence[Shown]) -> dict[str, tuple[int, int]]:
    """Sign -> how many of the control show it, of how many in which it could be checked."""
    checked = Counter(sign for signs in control for sign in signs)
    shown = Counter(sign for signs in control for sign, why in signs.items() if why is not None)
    return {sign: (shown[sign], checked[sign]) for sign in SIGNS}


def _drawn(sign: str, k: int, n: int) -> Point:
    """Its share in the control."""
    beside = binomtest(k, n).proportion_ci(0.95, method="wilson")
    return Point("control", k / n, low=float(beside.low), high=float(beside.high), label=ROWS[sign])


def _sheet(
    group_id: str,
    account_id: str,
    signs: Shown,
    common: Mapping[str, tuple[int, int]],
    drawn: Mapping[str, Point],
    n_control: int,
) -> Reading:
    if not signs:
        return too_little(
            "signs", "account", account_id, group_id=group_id, n=0, unit="signs", scale="count",
            lacking="no sign could be checked; it needs a profile with a name, or posts: import them",
        )  # fmt: skip
    beside = {}
    for sign in signs:
        k, n = common[sign]
        beside[sign] = f"{k} of {n} accounts of the control too" if n else "nothing to hold it against"
    present = {sign: why for sign, why in signs.items() if why is not None}
    share = {sign: k / n for sign, (k, n) in common.items() if n and sign in signs}
    listed = "; ".join(f"{sign} ({beside[sign]})" for sign in present)
    return Reading(
        measure="signs", subject="account", subject_id=account_id, group_id=group_id,
        n=len(signs), unit="signs", scale="count", value=float(len(present)),
        control=sum(share.values()) if share else None, n_control=n_control or None,
        says=(
            f"The account shows {len(present)} of the {len(signs)} signs that could be checked"
            f"{': ' if present else ''}{listed}."
            + (f" An account of the control shows {sum(share.values()):.1f} of them on average." if share else "")
        ),
        points=tuple(
            point
            for sign in sorted(share, key=lambda sign: sign not in present) if present
            for point in (Point("group", float(sign in present), label=ROWS[sign]), drawn[sign])
        ),
        witnesses=tuple(
            Witness(account_id, None, f"{sign} ({SIGNS[sign]}): {why}; {beside[sign]}") for sign, why in present.items()
        ),
    )  # fmt: skip
