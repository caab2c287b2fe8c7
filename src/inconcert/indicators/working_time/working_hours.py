"""D9: the hours and the zone a group works in, with its doubt; refuses where accounts share no rhythm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little
from inconcert.indicators.working_time.acts_of_groups import QUARTER_US, GroupActs, acts_of_groups, week_by_platform
from inconcert.indicators.working_time.common_rhythm import Acts, chance
from inconcert.indicators.working_time.local_share import ratio
from inconcert.indicators.working_time.located_rhythm import Locator, Place, clock, strength
from inconcert.indicators.working_time.lunch_gap import AFTER, BEFORE, LUNCH, gap_chance
from inconcert.indicators.working_time.offset_posterior import Posterior
from inconcert.indicators.working_time.work_templates import SHARES, TEMPLATES

CAP = 1.0
"""log10 of the most that office hours count for: audience-matched posting, schedulers and shifts elsewhere look the same."""
_EVENING = (18, 19, 20)
_REPLICATES = 99


@dataclass(frozen=True, kw_only=True)
class WorkingHours(Indicator):
    """At what hours, by which clock, a group posts.

    min_posts: least posts of a group, counting one an account and quarter hour; fewer leave the offset open.
    min_days: least days with posts, so that one event does not pass for a rhythm.
    kappa: how closely a group's day follows its template; lower allows more, widens the set of offsets and weakens every ratio.
    habit_h: how much earlier or later than their colleagues people begin their day (standard deviation, hours); the fewer the accounts, the
        less it averages out.
    gate: an offset is shown only if accounts without common hours would look so alike with no higher chance.
    draws: random draws behind each chance; the smallest p-value is one in so many.
    """

    min_posts: int = 100
    min_days: int = 14
    kappa: float = 60.0
    habit_h: float = 1.0
    gate: float = 0.001
    draws: int = 9_999

    name: ClassVar = "working-hours"
    id: ClassVar = "D9"
    family: ClassVar = "place"
    about: ClassVar = "At which hours of the day a group posts, which UTC offsets fit, and whether that looks like work or like leisure."
    cites: ClassVar = (
        "ASPI 2023 (fig. 11, note 102); La Morgia et al. 2018 (ICDCS); Schliebs et al. 2021; methods.md 3.1"
    )
    measures: ClassVar = {
        "rhythm": "strength of the common rhythm of the day (mean resultant length), tested against accounts, and days, each with "
        "hours of their own",
        "offset": "most credible offset from UTC in hours with the 95% set, both ends on the clock's circle; not tested",
        "work": "log10 likelihood ratio of office hours or 996 against leisure, at most 1 either way; not tested",
        "lunch-gap": "posts an hour from 12 to 14 local time over those of the two hours before and after, tested against no gap",
        "evening": "share of posts from 18 to 21 local time; the likelihood ratio is of 996 against office hours; not tested",
    }
    needs: ClassVar = ("members", "posts.clock")
    minimum: ClassVar = "100 posts (one an account and quarter hour) on 14 days, and accounts that share one rhythm"
    confounders: ClassVar = (
        "posting timed for the audience's day rather than the author's",
        "a scheduling tool that posts at set hours",
        "shifts, or a contractor in another zone",
        "people who simply post from their desk at work",
        "neighbouring zones, or one zone whose people start earlier or later",
        "two zones a few hours apart, which look like one between them",
    )
    disarm: ClassVar = ()
    figure: ClassVar = Figure("clock", "hour of the week", "posts")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """For each group its five measures, with those of its control beside them."""
        seed = int(rng.integers(2**62))
        week = week_by_platform(facts.engine)
        return [
            reading
            for one in acts_of_groups(facts.engine)
            for reading in self._of(one, week.get(one.group_id, ()), one.generator(seed))
        ]

    @property
    def locator(self) -> Locator:
        """What places a rhythm, with these parameters."""
        return Locator(kappa=self.kappa, habit_h=self.habit_h, gate=self.gate)

    def enough(self, acts: Acts) -> bool:
        """Whether this many posts on this many days may be judged."""
        return len(acts) >= self.min_posts and len(np.unique(acts.day)) >= self.min_days

    def _of(self, one: GroupActs, week: tuple[Point, ...], rng: np.random.Generator) -> Iterable[Reading]:
        acts, control = one.group, one.control
        if not self.enough(acts):
            lacking = (
                f"{len(acts)} posts on {len(np.unique(acts.day))} days; it needs {self.min_posts} on {self.min_days}"
            )
            return [self._refuse(measure, one, lacking) for measure in self.measures]
        p = chance(acts, self.draws, rng)
        where = self.locator.place(acts, p)
        # randomness of its own, so that a control changes nothing about its group
        apart = rng.spawn(1)[0]
        beside = (
            self.locator.place(control, chance(control, self.draws, apart)) if self.enough(control) else "too few posts"
        )
        n_control = len(control) if self.enough(control) else None
        rhythm = self._rhythm(one, p, n_control, week if isinstance(where, str) else (), rng)
        if isinstance(where, str):
            return [rhythm, *(self._refuse(measure, one, where) for measure in self.measures if measure != "rhythm")]
        other = beside if isinstance(beside, Place) else None
        n_other = n_control if other else None
        drawn = self.locator.resampled(acts, _REPLICATES, rng)
        return [
            rhythm,
            self._offset(one, where, other, n_other, week),
            self._work(one, where, other, n_other, drawn),
            self._lunch(one, where, other, n_other, rng),
            self._evening(one, where, other, n_other, drawn, rng),
        ]

    def _refuse(self, measure: str, one: GroupActs, lacking: str) -> Reading:
        return too_little(
            measure, "group", one.group_id, n=len(one.group), unit="posts", scale=_SCALES[measure], lacking=lacking, group_id=one.group_id
        )  # fmt: skip

    def _rhythm(
        self, one: GroupActs, p: float, n_control: int | None, week: tuple[Point, ...], rng: np.random.Generator
    ) -> Reading:
        value, low, high = strength(one.group, 999, rng)
        control = strength(one.control, 1, rng.spawn(1)[0])[0] if n_control else None
        beside = f", {control:.2f} in its control" if control is not None else "; no control was large enough"
        return self._reading(
            "rhythm", one, value=value, low=low, high=high, control=control, n_control=n_control, p_value=p, points=week,
            says=f"Its {len(one.group)} posts share a rhythm of the day of strength {value:.2f} (95% interval {low:.2f} to {high:.2f}; 0 is none, "
            f"1 all at one moment){beside}; accounts with hours of their own, and days with events of their own, give as much with a chance of {p:.2g}.",
        )  # fmt: skip

    def _offset(
        self, one: GroupActs, where: Place, other: Place | None, n_control: int | None, week: tuple[Point, ...]
    ) -> Reading:
        beside = f", those of its control {clock(other.best)}" if other else "; no control could be placed"
        size = np.bincount(one.group.account)
        return self._reading(
            "offset", one, value=where.best / 4, low=where.low / 4, high=where.high / 4, control=other.best / 4 if other else None,
            n_control=n_control, points=week,
            says=f"Its hours fit a day at {clock(where.best)} best (95% set {clock(where.low)} to {clock(where.high)}){beside}; neighbouring zones, posting "
            "timed for an audience, scheduling tools and shifts worked elsewhere can look the same.",
            witnesses=tuple(
                Witness(account, None, f"{n} of the {len(one.group)} posts") for account, n in zip(one.accounts[:20], size[:20], strict=True)
            ),
        )  # fmt: skip

    def _work(
        self, one: GroupActs, where: Place, other: Place | None, n_control: int | None, drawn: list[Posterior]
    ) -> Reading:
        found, again = where.posterior.work(), [one_draw.work() for one_draw in drawn]
        others = [other_kappa.work() for other_kappa in self.locator.other_kappas(one.group)]
        low, high = (
            min(found, *others, float(np.quantile(again, 0.025))),
            max(found, *others, float(np.quantile(again, 0.975))),
        )
        value, low, high = (float(np.clip(x, -CAP, CAP)) for x in (found, low, high))
        control = float(np.clip(other.posterior.work(), -CAP, CAP)) if other else None
        beside = f", those of its control {10**control:.2g}" if control is not None else "; no control could be placed"
        shares = where.posterior.joint.sum(axis=1)
        return self._reading(
            "work", one, value=value, low=low, high=high, control=control, n_control=n_control,
            lr=10**value, lr_low=10**low, lr_high=10**high,
            says=f"Office hours or 996 explain its hours {10**value:.2g} times as well as leisure does (range {10**low:.2g} to {10**high:.2g}, never counted "
            f"as more than 10 or less than 0.1){beside}; most credible is {TEMPLATES[int(shares.argmax())]} ({shares.max():.0%}). Office hours "
            "are also kept by posting timed for an audience, by scheduling tools and by hired shifts.",
        )  # fmt: skip

    def _lunch(
        self, one: GroupActs, where: Place, other: Place | None, n_control: int | None, rng: np.random.Generator
    ) -> Reading:
        flanks = (*BEFORE, *AFTER)
        value, low, high = (2 * x for x in ratio(one.group, LUNCH, flanks, where.at, rng))
        if not np.isfinite(value):
            return self._refuse("lunch-gap", one, "no posts in the hours before and after lunch; it needs some")
        control = 2 * ratio(one.control, LUNCH, flanks, other.at, rng.spawn(1)[0])[0] if other else None
        control = control if control is not None and np.isfinite(control) else None
        p = gap_chance(one.group, where.at, self.draws, rng)
        beside = f", {control:.2f} in its control" if control is not None else "; no control could be placed"
        return self._reading(
            "lunch-gap", one, value=value, low=low, high=high, control=control, n_control=n_control if control is not None else None, p_value=p,
            says=f"From 12 to 14 by its likely clocks it posts {value:.2f} times as much an hour as in the two hours before and after (95% interval "
            f"{low:.2f} to {high:.2f}){beside}; by whichever of these clocks shows the deepest gap, one as deep comes about by chance with p = {p:.2g}.",
        )  # fmt: skip

    def _evening(
        self, one: GroupActs, where: Place, other: Place | None, n_control: int | None, drawn: list[Posterior],
        rng: np.random.Generator,
    ) -> Reading:  # fmt: skip
        value, low, high = ratio(one.group, _EVENING, range(24), where.at, rng)
        control = ratio(one.control, _EVENING, range(24), other.at, rng.spawn(1)[0])[0] if other else None
        late = [one_draw.ratio(("996",), ("office",)) for one_draw in drawn]
        found = where.posterior.ratio(("996",), ("office",))
        ends = min(found, float(np.quantile(late, 0.025))), max(found, float(np.quantile(late, 0.975)))
        lr, lr_low, lr_high = (10 ** float(np.clip(x, -CAP, CAP)) for x in (found, *ends))
        beside = f", {control:.0%} in its control" if control is not None else "; no control could be placed"
        return self._reading(
            "evening", one, value=value, low=low, high=high, control=control, n_control=n_control, lr=lr, lr_low=lr_low, lr_high=lr_high,
            says=f"From 18 to 21 by its likely clocks fall {value:.0%} of its posts (95% interval {low:.0%} to {high:.0%}){beside}; a day from nine to nine "
            f"explains its hours {lr:.2g} times as well as one from nine to six (range {lr_low:.2g} to {lr_high:.2g}, counted as 0.1 to 10).",
        )  # fmt: skip

    def _reading(
        self, measure: str, one: GroupActs, *, value: float, low: float, high: float, says: str, control: float | None = None,
        n_control: int | None = None, p_value: float | None = None, lr: float | None = None, lr_low: float | None = None,
        lr_high: float | None = None, points: tuple[Point, ...] = (), witnesses: tuple[Witness, ...] = (),
    ) -> Reading:  # fmt: skip
        return Reading(
            measure=measure, subject="group", subject_id=one.group_id, group_id=one.group_id, n=len(one.group), unit="posts", scale=_SCALES[measure],
            value=value, low=low, high=high, control=control, n_control=n_control, p_value=p_value, lr=lr, lr_low=lr_low, lr_high=lr_high,
            says=says, points=points, witnesses=witnesses,
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Ten accounts in office hours of UTC+8 for four weeks, with a lunch break, and twenty who post at any hour."""
        rng = np.random.default_rng(9)
        monday, office = 1_643_587_200_000_000 // QUARTER_US, SHARES[TEMPLATES.index("office")]
        times_us: dict[str, NDArray[np.int64]] = {}
        for account in range(30):
            worker = account < 10
            day = np.repeat([day for day in range(28) if not worker or day % 7 < 5], 3)
            hour = rng.choice(24, len(day), p=office) - 8 if worker else rng.integers(0, 24, len(day))
            quarter = monday + day * 96 + hour * 4 + rng.integers(0, 4, len(day))
            times_us[f"a{account:02d}"] = np.asarray(quarter * QUARTER_US, dtype=np.int64)
        names = list(times_us)
        return Example(
            staged(times_us, {"g": names[:10]}, {"g": names[10:]}),
            frozenset({("rhythm", "g"), ("lunch-gap", "g")}),
        )


_SCALES = {
    "rhythm": "resultant length",
    "offset": "hours from UTC",
    "work": "log10 likelihood ratio",
    "lunch-gap": "ratio",
    "evening": "share",
}
