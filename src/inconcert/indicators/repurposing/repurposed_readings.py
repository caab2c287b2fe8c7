"""What is said of habits that changed together: when, which, how surely, and what they were before and after."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.reading import Point, Reading, Witness, too_little
from inconcert.indicators.repurposing.coinciding_changes import CHANGED, Coincidence
from inconcert.indicators.repurposing.habit_changes import sharpness
from inconcert.indicators.repurposing.habits import HABITS, HOURS, KIND, LANGUAGE, PROGRAM, WORDS, Daily, Histories

ACCOUNT, GROUP = "habits-changed", "repurposed-members"

_MARKS = 120
_BEFORE, _AFTER = 5, 10
_WORDS_FOR = {
    LANGUAGE: "language", WORDS: "topic", HOURS: "hours of the day", PROGRAM: "client", KIND: "kinds of post",
}  # fmt: skip
_BANDS = ("00 to 08 h UTC", "08 to 16 h UTC", "16 to 24 h UTC")


@dataclass(frozen=True)
class Break:
    """changes: what changed together.   last_us, first_us: the last post before and the first after.   pause_days: between them."""

    changes: Coincidence
    last_us: int
    first_us: int

    @property
    def pause_days(self) -> float:
        return (self.first_us - self.last_us) / DAY_US


def dated(
    past: Histories, at: int, one: Coincidence, habits: Mapping[str, Daily], side_posts: int, close_days: int
) -> Break:
    """The day that makes the change of all these habits likeliest, near the anchor's: were days normal about the mean of their side, a
    habit of n days whose variance the change explains to a share r would add -n / 2 log(1 - r)."""
    time_us = past.time_us[past.of(at)]
    active = np.unique(time_us // DAY_US)
    sharp = np.zeros(len(active))
    for change in one.together:
        habit = habits[change.habit]
        profile = sharpness(habit.x, habit.n, float(side_posts))
        explained = np.minimum(profile / max(profile.max(), 1e-9) * change.share, 0.999)
        place = np.searchsorted(habit.days, active)
        inside = place < len(profile)
        sharp[inside] -= len(profile) / 2 * np.log1p(-explained[place[inside]])
    low, high = max(1, one.anchor.before + 1 - close_days), min(len(active), one.anchor.after + close_days + 1)
    day = active[low + int(np.argmax(sharp[low:high]))]
    first = int(np.searchsorted(time_us, day * DAY_US))
    return Break(one, int(time_us[first - 1]), int(time_us[first]))


def no_break(past: Histories, at: int, group: str | None, renamed: Sequence[int | None]) -> Reading:
    """Of an account with no two habits that changed together. renamed: see `break_reading`."""
    n, days = _size(past, at)
    return Reading(
        measure=ACCOUNT, subject="account", subject_id=past.accounts[at], group_id=group, n=n, unit="posts", scale="count", value=0.0,
        p_value=1.0, lr=1.0, lr_low=1.0, lr_high=1.0,
        says=f"In {n} posts on {days} days no two habits of this account (language, topic, hours, client, kinds of post) changed abruptly "
        f"at one moment.{_renamed(renamed)}",
    )  # fmt: skip


def break_reading(
    past: Histories,
    at: int,
    found: Break,
    group: str | None,
    renamed: Sequence[int | None],
    posts: Sequence[tuple[int, str]],
) -> Reading:
    """Of an account with habits that changed together.

    renamed: when each of its names was first captured, microseconds, None where that is not known; empty when it had but one.
    posts: (time, id) of its posts, by time, where they are to be shown.
    """
    n, days = _size(past, at)
    one = found.changes
    ratio = from_p(one.p_value)
    what = [_WORDS_FOR[change.habit] for change in one.together]
    pause = f", after {found.pause_days:.0f} days of silence" if found.pause_days >= 30 else ""
    account = past.accounts[at]
    shown = one.p_value <= CHANGED
    before = [Witness(account, post, "before the change") for time, post in posts if time <= found.last_us][-_BEFORE:]
    after = [Witness(account, post, "after the change") for time, post in posts if time >= found.first_us][:_AFTER]
    return Reading(
        measure=ACCOUNT, subject="account", subject_id=account, group_id=group, n=n, unit="posts", scale="count", value=len(what),
        p_value=one.p_value, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high,
        says=f"Between {_moment(found.last_us)} and {_moment(found.first_us)}{pause}, {len(what)} of {HABITS} habits of this account changed "
        f"together and lasted until the data end: {', '.join(what)} ({n} posts on {days} days); were its habits to change each in its "
        f"own time, so close a meeting would have a chance of {one.p_value:.2g}.{_renamed(renamed, found)}",
        points=_lanes(past, at, found) if shown else (),
        witnesses=(*after[:1], *before[-1:], *after[1:], *before[:-1]) if shown else (),
    )  # fmt: skip


def breaks_of_group(
    group: str,
    own: Sequence[str],
    control: Sequence[str],
    raised: Mapping[str, int],
    least: int,
    alpha: float,
    together_days: int,
) -> Reading:
    """How many of the members with a long history have such a moment, beside controls with one.

    raised: account -> time of its change, microseconds. Not tested where more than half of the members' changes, two at least, fall
    within `together_days`: what comes to all at once comes from outside, a flight or a war, and no control shares it."""
    if min(len(own), len(control)) < least:
        return too_little(
            GROUP, "group", group, group_id=group, n=len(own), unit="accounts", scale="share",
            lacking=f"{len(own)} members and {len(control)} controls with a long history; it needs {least} of each",
        )  # fmt: skip
    k, k_control = (sum(account in raised for account in side) for side in (own, control))
    found = enrichment(k, len(own), k_control, len(control))
    at_once = _most_within([raised[account] for account in own if account in raised], together_days * DAY_US)
    tested = at_once < 2 or 2 * at_once <= k
    caution = (
        ""
        if tested
        else f" {at_once} of these changes came within {together_days} days of one another, as a move or an event brings them, so the "
        "share is not tested."
    )
    return Reading(
        measure=GROUP, subject="group", subject_id=group, group_id=group, n=len(own), unit="accounts", scale="share",
        value=found.share, low=found.low, high=found.high, control=found.control, n_control=len(control),
        p_value=found.p_value if tested else None, lr=found.ratio.value if tested else None,
        lr_low=found.ratio.low if tested else None, lr_high=found.ratio.high if tested else None,
        says=f"{k} of {len(own)} members with a long history changed several habits, not language and hours alone, at one moment, each with p of at most {alpha:g} "
        f"({found.share:.0%}, 95% interval {found.low:.0%} to {found.high:.0%}), against {k_control} of {len(control)} in the control "
        f"({found.control:.0%}).{caution}",
        witnesses=tuple(Witness(account, None, "several habits changed at one moment") for account in own if account in raised)[:20],
    )  # fmt: skip


def _most_within(times_us: Sequence[int], window_us: int) -> int:
    """The most of these times that any window of this length holds, both ends included."""
    times = np.sort(np.asarray(times_us, dtype=np.int64))
    return int((np.searchsorted(times, times + window_us, "right") - np.arange(len(times))).max(initial=0))


def _lanes(past: Histories, at: int, found: Break) -> tuple[Point, ...]:
    """The break, and for each habit that changed what was commoner before and what is commoner after."""
    own = past.of(at)
    time_us = past.time_us[own]
    after = time_us >= found.first_us
    points = [Point("change", found.last_us, x_end=found.first_us, label=_day(found.first_us))]
    for change in found.changes.together:
        if change.habit == WORDS:
            points.append(Point("topic", float(time_us[0]), x_end=found.last_us, label="earlier words"))
            points.append(Point("topic", found.first_us, x_end=float(time_us[-1]), label="later words"))
            continue
        codes = past.codes[change.habit][own]
        codes = codes // 32 if change.habit == HOURS else codes
        names = _BANDS if change.habit == HOURS else past.names[change.habit]
        gained = [float((codes[after] == c).mean() - (codes[~after] == c).mean()) for c in range(len(names))]
        for code in dict.fromkeys((int(np.argmin(gained)), int(np.argmax(gained)))):
            marks = time_us[codes == code]
            some = (
                marks[np.linspace(0, len(marks) - 1, min(_MARKS, len(marks))).astype(np.int64)] if len(marks) else marks
            )
            points += [Point(f"{change.habit}: {names[code]}", float(x)) for x in np.unique(some)]
    return tuple(points)


def _size(past: Histories, at: int) -> tuple[int, int]:
    time_us = past.time_us[past.of(at)]
    return len(time_us), len(np.unique(time_us // DAY_US))


def _renamed(renamed: Sequence[int | None], found: Break | None = None) -> str:
    """A sentence on an account with several names: the two captures around the break, else the last two that differ."""
    if len(renamed) < 2:
        return ""
    captured = sorted(time for time in renamed if time is not None)
    if len(captured) < 2:
        return " It was seen under more than one handle or name, at times that are not known."
    between = list(itertools.pairwise(captured))
    around = [(a, b) for a, b in between if found and a <= found.last_us and found.first_us <= b]
    before, after = (around or between)[-1]
    meeting = ", and its habits changed in between" if around else ""
    return f" It was captured under one handle or name on {_day(before)} and under another on {_day(after)}{meeting}."


def _moment(time_us: int) -> str:
    moment = datetime.fromtimestamp(time_us // 1_000_000, UTC)
    return f"{moment.day} {moment:%B %Y %H:%M} UTC"


def _day(time_us: int) -> str:
    moment = datetime.fromtimestamp(time_us // 1_000_000, UTC)
    return f"{moment.day} {moment:%B %Y}"
