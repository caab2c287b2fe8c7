"""D9: weekends, public holidays, working weekends and clock changes that a group's activity follows, country by country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.evidence import from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, too_little
from inconcert.indicators.working_time.acts_of_groups import QUARTER_US, GroupActs, acts_of_groups
from inconcert.indicators.working_time.calendar_shift import Shifted, weeks_of
from inconcert.indicators.working_time.calendars_followed import Followed, best, calendars_followed
from inconcert.indicators.working_time.clock_change import REGIONS, Jump, jump
from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.country_calendars import COUNTRIES, days_off
from inconcert.indicators.working_time.located_rhythm import clock
from inconcert.indicators.working_time.weekend_share import EVEN, weekend
from inconcert.indicators.working_time.working_hours import WorkingHours

CAP = 10.0
_WITH_WORKING_WEEKENDS = ("cn", "tw", "vn", "ru", "ua")


@dataclass(frozen=True, kw_only=True)
class WorkCalendar(Indicator):
    """Whose weekends, holidays and clock changes a group keeps.

    min_posts: least posts of a group, counting one an account and quarter hour.
    min_days: least days with posts before a share of weekends is named.
    min_weeks: least whole weeks from first to last post; shorter campaigns hold too few holidays of any country.
    min_days_off: least holidays from Monday to Friday within that time before a country is judged.
    min_worked: least Saturdays and Sundays worked instead before they are judged.
    min_posts_about: least posts that as many days of any kind bring.
    draws: random moves of the calendars behind each chance; the smallest p-value is one in so many.
    """

    min_posts: int = 100
    min_days: int = 14
    min_weeks: int = 48
    min_days_off: int = 8
    min_worked: int = 5
    min_posts_about: float = 20.0
    draws: int = 9_999

    name: ClassVar = "work-calendar"
    id: ClassVar = "D9"
    family: ClassVar = "place"
    about: ClassVar = (
        "Which countries' weekends, public holidays, working weekends and clock changes a group's activity follows."
    )
    cites: ClassVar = "ASPI 2023 (fig. 11, note 102); Cameron, Gelbach and Miller 2011; methods.md 3.1"
    measures: ClassVar = {
        "weekend": "share of posts on Saturday and Sunday by the group's likely clock, tested against two days in seven",
        "calendar": "posts on a weekday off over those on ordinary weekdays, in the country whose calendar the activity follows most; tested "
        "against the calendars moved by weeks, for the best of all countries",
        **{f"holidays-{code}": f"the same of {one.name}; tested for fewer posts" for code, one in COUNTRIES.items()},
        **{
            f"working-weekends-{code}": f"posts on Saturdays and Sundays that {COUNTRIES[code].name} works to make up for holidays, over "
            "those on ordinary ones; tested for more"
            for code in _WITH_WORKING_WEEKENDS
        },
        **{
            f"clock-change-{code}": f"hours by which the rhythm follows the clocks of {name} when they are changed, 1 if it does and 0 if not, tested "
            "against no jump; the likelihood ratio is for a zone whose clocks are never changed"
            for code, (name, _) in REGIONS.items()
        },
    }
    needs: ClassVar = ("members", "posts.clock")
    minimum: ClassVar = "100 posts on 14 days for weekends; 48 weeks with 8 weekdays off, or 5 working weekends, for a country's calendar"
    confounders: ClassVar = (
        "countries with the same days off, above all at Christmas and New Year",
        "news that comes, or fails to come, on those days",
        "business accounts, and anybody who posts from work",
        "posting timed for an audience that is away on its own holidays",
        "contractors who keep their client's calendar",
    )
    disarm: ClassVar = ()
    figure: ClassVar = Figure("bars", "posts on weekdays off, times an ordinary weekday", "calendar")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """For each group its weekend, the calendars of all countries that its time spans, and the clock changes."""
        seed = int(rng.integers(2**62))
        return [reading for one in acts_of_groups(facts.engine) for reading in self._of(one, one.generator(seed))]

    def followed(self, acts: Acts, draws: int, rng: np.random.Generator) -> dict[str, Followed]:
        """Country -> how its calendar shows in these posts."""
        return calendars_followed(acts, (self.min_days_off, self.min_worked), self.min_posts_about, draws, rng)

    def _of(self, one: GroupActs, rng: np.random.Generator) -> Iterator[Reading]:
        acts = one.group
        n_days = len(np.unique(acts.day))
        if len(acts) < self.min_posts or n_days < self.min_days:
            lacking = f"{len(acts)} posts on {n_days} days; it needs {self.min_posts} on {self.min_days}"
            yield self._refuse("weekend", one, "share", lacking)
            yield self._refuse("calendar", one, "ratio", lacking)
            return
        yield self._weekend(one)
        n_weeks = len(weeks_of(acts.day).counts)
        if n_weeks < self.min_weeks:
            yield self._refuse(
                "calendar",
                one,
                "ratio",
                f"{n_weeks} whole weeks; it needs {self.min_weeks}, or a campaign pooled over as many",
            )
            return
        found = self.followed(acts, self.draws, rng)
        control = self.followed(one.control, 2, rng) if len(one.control) >= self.min_posts else {}
        yield self._calendar(one, found, control)
        for code in COUNTRIES:
            yield self._holidays(one, code, found[code], control.get(code))
        for code in _WITH_WORKING_WEEKENDS:
            if found[code].days_worked:
                yield self._worked(one, code, found[code], control.get(code))
        for region in REGIONS:
            yield self._clock_change(one, region)

    def _weekend(self, one: GroupActs) -> Reading:
        acts = one.group
        if len(np.unique(acts.account)) < 2:
            return self._refuse("weekend", one, "share", "posts of one account; it needs two")
        # a day is off by less than half even where no zone could be shown, which is all that a weekend needs
        offset = WorkingHours().locator.posterior(acts).arc()[0]
        found = weekend(acts.account, (acts.day * 96 + acts.quarter + offset) // 96)
        control = None
        if len(one.control) >= self.min_posts:
            days = (one.control.day * 96 + one.control.quarter + offset) // 96
            control = float((np.mod(days + 3, 7) >= 5).mean())
        beside = f", {control:.0%} of its control's" if control is not None else "; no control was large enough"
        return Reading(
            measure="weekend", subject="group", subject_id=one.group_id, group_id=one.group_id, n=len(acts), unit="posts", scale="share",
            value=found.share, low=found.low, high=found.high, control=control, n_control=None if control is None else len(one.control),
            p_value=found.p_value,
            says=f"On Saturdays and Sundays, by the clock of {clock(offset)}, fall {found.share:.0%} of its posts (95% interval {found.low:.0%} to "
            f"{found.high:.0%}){beside}; two days in seven are {EVEN:.0%}.",
        )  # fmt: skip

    def _calendar(self, one: GroupActs, found: dict[str, Followed], control: dict[str, Followed]) -> Reading:
        most = best(found)
        if most is None:
            return self._refuse(
                "calendar", one, "ratio", "no country with enough weekdays off, or enough posts about them"
            )
        points = tuple(
            Point(
                "found" if p <= 0.01 else "ordinary",
                part.ratio,
                low=part.low,
                high=part.high,
                label=COUNTRIES[code].name,
            )
            for code, p in most.alone.items()
            if (part := found[code].off) is not None
        )
        likes = [f"{COUNTRIES[code].name} (p = {p:.2g})" for code, p in list(most.alone.items())[:3]]
        off, p, same = most.off, most.p_value, _part(control.get(most.code))
        ratio = from_p(p)
        return Reading(
            measure="calendar", subject="group", subject_id=one.group_id, group_id=one.group_id, n=len(one.group), unit="posts", scale="ratio",
            value=off.ratio, low=off.low, high=off.high, control=same, n_control=None if same is None else len(one.control), p_value=p,
            lr=min(CAP, ratio.value), lr_low=min(CAP, ratio.low), lr_high=min(CAP, ratio.high), points=points,
            says=f"Of {len(most.alone)} calendars its activity keeps most to that of {COUNTRIES[most.code].name}: {off.ratio:.2f} times as many posts on its weekdays off "
            f"as on ordinary ones (95% interval {off.low:.2f} to {off.high:.2f}{_beside(same)}); the best of as many calendars, moved by weeks, does as "
            f"well with a chance of {p:.2g}. Nearest are {', '.join(likes)}.",
        )  # fmt: skip

    def _holidays(self, one: GroupActs, code: str, found: Followed, control: Followed | None) -> Reading:
        name = COUNTRIES[code].name
        if found.off is None:
            lacking = f"{found.days_off} weekdays off in {name} within its time; it needs {self.min_days_off}, and {self.min_posts_about:g} posts in as many days"
            return self._refuse(f"holidays-{code}", one, "ratio", lacking)
        return self._rate(
            one, f"holidays-{code}", found.off, -1, _part(control), f"weekdays off in {name}", "ordinary weekdays"
        )

    def _worked(self, one: GroupActs, code: str, found: Followed, control: Followed | None) -> Reading:
        name = COUNTRIES[code].name
        if found.worked is None:
            lacking = f"{found.days_worked} working weekend days of {name} within its time; it needs {self.min_worked}, and {self.min_posts_about:g} posts in as many days"
            return self._refuse(f"working-weekends-{code}", one, "ratio", lacking)
        other = control.worked.ratio if control and control.worked else None
        return self._rate(
            one, f"working-weekends-{code}", found.worked, 1, other, f"weekend days worked in {name}", "ordinary ones"
        )

    def _rate(self, one: GroupActs, measure: str, part: Shifted, sign: int, control: float | None, days: str, against: str) -> Reading:  # fmt: skip
        p = part.chance(sign)
        ratio = from_p(p)
        return Reading(
            measure=measure, subject="group", subject_id=one.group_id, group_id=one.group_id, n=len(one.group), unit="posts", scale="ratio",
            value=part.ratio, low=part.low, high=part.high, control=control, n_control=None if control is None else len(one.control), p_value=p,
            lr=min(CAP, ratio.value), lr_low=min(CAP, ratio.low), lr_high=min(CAP, ratio.high),
            says=f"On {part.days} {days} it posts {part.ratio:.2f} times as much as on {against} of those weeks (95% interval {part.low:.2f} to "
            f"{part.high:.2f}{_beside(control)}); with the calendar moved by weeks {'more' if sign > 0 else 'less'} than this has a chance of {p:.2g}.",
        )  # fmt: skip

    def _clock_change(self, one: GroupActs, region: str) -> Reading:
        found = jump(one.group, region)
        name = REGIONS[region][0]
        if not isinstance(found, Jump):
            return self._refuse(f"clock-change-{region}", one, "hours", found)
        beside = jump(one.control, region) if len(one.control) >= self.min_posts else None
        control = beside.hours if isinstance(beside, Jump) else None
        return Reading(
            measure=f"clock-change-{region}", subject="group", subject_id=one.group_id, group_id=one.group_id, n=len(one.group), unit="posts", scale="hours",
            value=found.hours, low=found.low, high=found.high, control=control, n_control=None if control is None else len(one.control),
            p_value=found.p_value, lr=found.no_change[0], lr_low=found.no_change[1], lr_high=found.no_change[2],
            says=f"At {found.changes} clock changes of {name} its rhythm moves {found.hours:z.2f} hours with the clock (95% interval {found.low:z.2f} to "
            f"{found.high:z.2f}{_beside(control)}); 1 is what people there do, 0 what people do whose clocks are never changed, which explains it "
            f"{found.no_change[0]:.2g} times as well (range {found.no_change[1]:.2g} to {found.no_change[2]:.2g}).",
        )  # fmt: skip

    def _refuse(self, measure: str, one: GroupActs, scale: str, lacking: str) -> Reading:
        return too_little(
            measure,
            "group",
            one.group_id,
            n=len(one.group),
            unit="posts",
            scale=scale,
            lacking=lacking,
            group_id=one.group_id,
        )

    @classmethod
    def example(cls) -> Example:
        """Five accounts that keep China's working days through 2021 and 2022, its working weekends among them, and five who post on any day."""
        rng = np.random.default_rng(22)
        off, worked = (frozenset().union(*(days_off("cn", year)[side] for year in (2021, 2022))) for side in (0, 1))
        days = 18_631 + np.arange(7 * 103)
        at_work = (np.isin(days, list(worked)) | ((days + 3) % 7 < 5)) & ~np.isin(days, list(off))
        times_us: dict[str, NDArray[np.int64]] = {}
        for account in range(10):
            member = account < 5
            day = np.repeat(days, rng.poisson(np.where(at_work, 1.5, 0.15) if member else np.full(len(days), 1.0)))
            hour = rng.integers(1, 9, len(day)) if member else rng.integers(0, 24, len(day))
            times_us[f"a{account:02d}"] = np.asarray(
                (day * 96 + hour * 4 + rng.integers(0, 4, len(day))) * QUARTER_US, dtype=np.int64
            )
        names = list(times_us)
        return Example(
            staged(times_us, {"g": names[:5]}, {"g": names[5:]}),
            frozenset({("weekend", "g"), ("calendar", "g"), ("holidays-cn", "g"), ("working-weekends-cn", "g")}),
        )


def _part(followed: Followed | None) -> float | None:
    return followed.off.ratio if followed and followed.off else None


def _beside(control: float | None) -> str:
    return "; no control was large enough" if control is None else f"; {control:.2f} in its control"
