"""Overt-covert lead and lag: do accounts post what official accounts post sooner than others do, and who is first?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.content.first_uses import Uses, passed_on, posted, sides, taken_up
from inconcert.indicators.content.lag_readings import (
    HOUR_US,
    WINDOWS_US,
    Divided,
    beyond,
    first_mover,
    interval,
    median_lag,
    percent,
    reading,
    soon,
    within_hour,
)
from inconcert.indicators.content.lags import NEVER, Lags, Times, events, lags, re_paired
from inconcert.indicators.content.official_timeline import timelines
from inconcert.indicators.evidence import enrichment
from inconcert.indicators.facts import FACTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Reading, Witness, too_little

WEEK_US = 7 * 24 * HOUR_US
LEAST_CONTROL = 5
"""Events, or accounts, of the control below which nothing is known of what others do."""
_DRAWS_OF_INTERVAL = 999
_AUTHORS = "SELECT DISTINCT account_id FROM posts ORDER BY account_id"


@dataclass(frozen=True, kw_only=True)
class LeadLag(Indicator):
    """Lags between listed official accounts and groups, on rare items, against matched controls and independent media.

    max_accounts: an object that more accounts used is popular, not telling.
    max_hashtag_accounts: the same for hashtags, which people also invent independently.
    event_hours: items that official accounts first posted within so many hours of an event's first are one event.
    horizon_days: uses farther apart than this are not counted as the same story.
    min_events: events with an item of both sides below which nothing is tested.
    resamples: draws of the permutation.
    """

    max_accounts: int = 200
    max_hashtag_accounts: int = 50
    event_hours: float = 6
    horizon_days: float = 7
    min_events: int = 8
    resamples: int = 9_999

    name: ClassVar[str] = "lead-lag"
    id: ClassVar[str] = "D15"
    family: ClassVar[str] = "content"
    about: ClassVar[str] = (
        "Whether a group posts what official accounts post sooner than comparable accounts do, and who is first."
    )
    cites: ClassVar[str] = "ASPI 2023 (Gaming Public Opinion), figure 8; methods.md 3.9"
    measures: ClassVar[Mapping[str, str]] = {
        "within-hour": "share of events in which group and officials posted a rare item within 1 hour; larger p of "
        "re-pairing and control",
        "overt-first": "share of events in which officials came first; larger p of a signed-rank test and the control",
        "covert-first": "share of events in which the group came first; larger p of a signed-rank test and the control",
        "median-lag": "median hours by which the group came later; not tested",
        "nearer-than-independent": "median hours apart from officials less those from independent media; larger p of "
        "1-hour shares against independent media and against the control",
        "shares-within-hour": "share of events in which the group passed on an official post within 1 hour; against "
        "the control",
        "shared-by-officials": "share of members of whom officials passed on a post; against the control",
        "timeline": "hours between the sides in one item's timeline; not tested",
    }
    needs: ClassVar[tuple[str, ...]] = ("lists", "members", "actions.time_us")
    minimum: ClassVar[str] = (
        "8 events of the group and 5 of its control with a rare item that listed official accounts posted too"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "accounts that openly follow official sources and repeat them",
        "a common source, such as an agency report or a press release, that both sides publish",
        "journalists and news services who work at the pace of the news",
        "times that are only exact to the minute or the day",
        "an earlier post that was deleted or not collected",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0002", "T0110", "T0111")
    figure: ClassVar[Figure] = Figure("strip", "time (UTC)", "side", time=True)

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Readings of each group, in order of its id."""
        members, controls = _sets(facts, "members"), _sets(facts, "controls")
        if not members:
            return []
        side = sides(facts)
        if "overt" not in side.values():
            lacking = (
                "none of the listed official accounts occurs in the data; give their posts, or a list with their ids"
            )
            return [self._short(measure, group, 0, lacking) for group in members for measure in self.measures]
        uses = posted(facts, max_accounts=self.max_accounts, max_hashtag_accounts=self.max_hashtag_accounts)
        passed, taken = passed_on(facts), taken_up(facts)
        authors = set(facts.engine.sql(_AUTHORS)["account_id"].to_pylist())
        found: list[Reading] = []
        for group in members:
            own = frozenset(members[group]) - side.keys()
            others = frozenset(controls.get(group, ())) - side.keys() - own
            found += timelines(facts, uses, passed, side, own, group)
            found += self._measured(uses, side, own, others, group, rng)
            found.append(self._passed_on(passed, side, own, others, group, rng))
            found.append(self._taken_up(taken, own & authors, others & authors, group))
        return found

    def _short(self, measure: str, group: str, n: int, lacking: str) -> Reading:
        unit = "accounts" if measure == "shared-by-officials" else "items" if measure == "timeline" else "events"
        scale = "hours" if measure in ("median-lag", "nearer-than-independent", "timeline") else "share"
        return too_little(
            measure, "group", group, n=n, unit=unit, scale=scale, group_id=group, lacking=f"{n} {unit}: {lacking}"
        )

    def _against(
        self, uses: Uses, who: NDArray[np.bool_], own: frozenset[str], others: frozenset[str], rng: np.random.Generator
    ) -> tuple[Divided, Divided]:
        """Lags of the group and of its control behind one side, both divided into parts of the size of the smaller of
        the two.

        who: which rows of uses are that side's.
        """
        first_us = _first(uses, who)
        known = first_us != NEVER
        event, anchor_us = np.zeros(len(first_us), np.int64), np.zeros(1, np.int64)
        if known.any():
            event[known], anchor_us = events(first_us[known], round(self.event_hours * HOUR_US))
        size = max(1, min(len(own), len(others)) if others else len(own))
        horizon_us = round(self.horizon_days * 24 * HOUR_US)

        def lagged(rows: NDArray[np.bool_]) -> Lags:
            return lags(first_us, _first(uses, rows), event, anchor_us, horizon_us)

        def divided(accounts: frozenset[str]) -> Divided:
            part = _parts(uses.account, accounts, size, rng)
            return Divided(
                lagged(np.array([a in accounts for a in uses.account], bool)),
                tuple(lagged(part == number) for number in range(len(accounts) // size)),
            )

        return divided(own), divided(others)

    def _measured(
        self,
        uses: Uses,
        side: dict[str, str],
        own: frozenset[str],
        others: frozenset[str],
        group: str,
        rng: np.random.Generator,
    ) -> list[Reading]:
        """Everything that rests on items both sides posted themselves."""
        ours, theirs = self._against(uses, _of(uses, side, "overt"), own, others, rng)
        n, tests = ours.whole.events, ("within-hour", "overt-first", "covert-first", "nearer-than-independent")
        if n < self.min_events:
            lacking = f"it needs {self.min_events} with a rare item that official accounts posted too"
            return [self._short(measure, group, n, lacking) for measure in (*tests, "median-lag")]
        if theirs.events < LEAST_CONTROL:
            lacking = (
                f"its control has {theirs.events} such events and needs {LEAST_CONTROL}; give more control accounts "
                "that post on the same subject"
            )
            return [median_lag(ours, theirs, group), *(self._short(measure, group, n, lacking) for measure in tests)]
        p_paired = re_paired(ours.whole, WINDOWS_US, WEEK_US, self.resamples, rng)
        p_control = [beyond(ours, theirs, lambda one, w=w: one.within(w)) for w in WINDOWS_US]  # type: ignore[misc]
        both = [max(pair) for pair in zip(p_paired, p_control, strict=True)]
        return [
            soon(ours, theirs, group, min(1.0, len(both) * min(both)), both.index(min(both))),
            first_mover(ours, theirs, group, "overt-first"),
            first_mover(ours, theirs, group, "covert-first"),
            median_lag(ours, theirs, group),
            self._nearer(
                uses, self._against(uses, _of(uses, side, "independent"), own, others, rng), group, ours, theirs, rng
            ),
        ]

    def _nearer(
        self,
        uses: Uses,
        free: tuple[Divided, Divided],
        group: str,
        ours: Divided,
        theirs: Divided,
        rng: np.random.Generator,
    ) -> Reading:
        """The same with independent media in the place of the officials, and how far the two differ."""
        n, m = ours.whole.events, free[0].whole.events
        if m < self.min_events:
            lacking = f"it needs {self.min_events} with a rare item that listed independent media posted too"
            return self._short("nearer-than-independent", group, m, lacking)
        hours = [np.abs(one.whole.medians()) / HOUR_US for one in (ours, free[0])]
        value = float(np.median(hours[0]) - np.median(hours[1]))
        # events, not items, are drawn: those of one event go together
        drawn = [np.median(h[rng.integers(0, len(h), (_DRAWS_OF_INTERVAL, len(h)))], axis=1) for h in hours]
        low, high = (float(q) for q in np.quantile(drawn[0] - drawn[1], [0.025, 0.975]))
        control = [
            np.concatenate([np.zeros(0), *(np.abs(part.medians()) for part in one.parts)]) / HOUR_US
            for one in (theirs, free[1])
        ]
        beside = float(np.median(control[0]) - np.median(control[1])) if all(len(c) for c in control) else None
        says = (
            f"The median time between the group's and the other side's first post of a rare item is {abs(value):.1f} "
            f"hours {'shorter' if value < 0 else 'longer'} for official accounts ({n} events) than for independent "
            f"media ({m} events; 95% interval of the difference {low:+z.1f} to {high:+z.1f} hours)"
            + (f"; in its control the difference is {beside:+z.1f} hours." if beside is not None else ".")
        )
        p_value = max(beyond(ours, free[0], within_hour, whole=True), beyond(ours, theirs, within_hour))
        return reading(
            p_value, measure="nearer-than-independent", group=group, n=n + m, unit="events", scale="hours", value=value,
            low=low, high=high, control=beside, n_control=len(control[0]) + len(control[1]), says=says,
        )  # fmt: skip

    def _passed_on(
        self,
        passed: Uses,
        side: dict[str, str],
        own: frozenset[str],
        others: frozenset[str],
        group: str,
        rng: np.random.Generator,
    ) -> Reading:
        """How soon posts of official accounts are shared. A share can only follow, so nothing is said on who is
        first."""
        ours, theirs = self._against(passed, _of(passed, side, "overt"), own, others, rng)
        n, n_control = ours.whole.events, theirs.events
        if n < self.min_events or n_control < LEAST_CONTROL:
            lacking = (
                f"it needs {self.min_events} with a shared official post, and its control, which has {n_control}, "
                f"{LEAST_CONTROL}"
            )
            return self._short("shares-within-hour", group, n, lacking)
        k, control = within_hour(ours.whole), theirs.total(within_hour) / n_control
        low, high = interval(k, n)
        says = (
            f"In {percent(k / n)} of the {n} events in which the group passed on official posts ({percent(low)} to "
            f"{percent(high)}) its first share came within the hour; that of as many accounts of its control in "
            f"{percent(control)} of {n_control}."
        )
        return reading(
            beyond(ours, theirs, within_hour), measure="shares-within-hour", group=group, n=n, unit="events",
            scale="share", value=k / n, low=low, high=high, control=control, n_control=n_control, says=says,
        )  # fmt: skip

    def _taken_up(self, taken: dict[str, str], own: frozenset[str], others: frozenset[str], group: str) -> Reading:
        """The reverse: official accounts that pass on what members wrote."""
        if not own or len(others) < LEAST_CONTROL:
            lacking = (
                f"its control has {len(others)} accounts with posts and needs {LEAST_CONTROL}; give control accounts"
            )
            return self._short("shared-by-officials", group, len(own), lacking)
        mine = sorted(own & taken.keys())
        one = enrichment(len(mine), len(own), len(others & taken.keys()), len(others))
        says = (
            f"Official accounts passed on posts of {len(mine)} of the group's {len(own)} accounts ({percent(one.low)} "
            f"to {percent(one.high)}), and of {percent(one.control)} of the {len(others)} accounts it is compared with."
        )
        return reading(
            one.p_value, measure="shared-by-officials", group=group, n=len(own), unit="accounts", scale="share",
            value=one.share, low=one.low, high=one.high, control=one.control, n_control=len(others), says=says,
            witnesses=tuple(Witness(a, taken[a], "was shared by an official account") for a in mine[:20]),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Eight accounts that repeat one news agency within the hour, beside sixteen that take their time."""
        rng = np.random.default_rng(15)
        actions: list[dict[str, object]] = []
        posts: list[dict[str, object]] = []

        def post(account: str, item: int, at_us: float) -> None:
            number = f"p{len(posts)}"
            posts.append({"post_id": number, "account_id": account, "time_us": round(at_us)})
            actions.append({"account_id": account, "object_id": f"o{item}", "post_id": number, "time_us": round(at_us)})

        for item in range(60):
            begun = 1_650_000_000e6 + item * 31 * HOUR_US
            post("agency", item, begun)
            for number in range(8):
                if rng.random() < 0.5:
                    post(f"m{number}", item, begun + rng.uniform(0.1, 0.9) * HOUR_US)
            for number in range(16):
                if rng.random() < 0.3:
                    post(f"c{number}", item, begun + rng.uniform(2, 40) * HOUR_US)
        return Example(example_tables(posts, actions), frozenset({("within-hour", "g")}))


def example_tables(posts: list[dict[str, object]], actions: list[dict[str, object]]) -> dict[str, pa.Table]:
    """Tables of a world in which `agency` is overt, `press` independent, accounts m... are the group g and c... its
    control.

    posts: post_id, account_id, time_us.   actions: account_id, object_id, post_id, time_us and, unless it is a link,
    kind.
    """
    accounts = sorted({str(row["account_id"]) for row in posts})
    listed = {"overt": "agency", "independent": "press"}
    return {
        "posts": _table("posts", [{"platform": "twitter", "role": "case", "kind": "post"} | row for row in posts]),
        "accounts": _table(
            "accounts",
            [{"account_id": a, "platform": "twitter", "role": "case", "handle": a.title()} for a in accounts],
        ),
        "actions": _table("actions", [{"platform": "twitter", "kind": "url"} | row for row in actions]),
        "members": _table("members", [{"group_id": "g", "account_id": a} for a in accounts if a[0] == "m"]),
        "controls": _table("controls", [{"group_id": "g", "account_id": a} for a in accounts if a[0] == "c"]),
        "lists": _table(
            "lists",
            [
                {
                    "list": role,
                    "role": role,
                    "handle": f"@{handle.upper()}",
                    "platform": "X",
                    "import_id": "i",
                    "row_ref": 1,
                }
                for role, handle in listed.items()
            ],
        ),
    }


def _sets(facts: Facts, table: str) -> dict[str, list[str]]:
    """Group -> its accounts, both in order."""
    found: dict[str, list[str]] = {}
    rows = facts.engine.sql(f"SELECT DISTINCT group_id, account_id FROM {table} ORDER BY group_id, account_id")
    for row in rows.to_pylist():
        found.setdefault(row["group_id"], []).append(row["account_id"])
    return found


def _of(uses: Uses, side: dict[str, str], name: str) -> NDArray[np.bool_]:
    """Which rows are of accounts on that side."""
    return np.array([side.get(a) == name for a in uses.account], bool)


def _first(uses: Uses, rows: NDArray[np.bool_]) -> Times:
    """Earliest time of each item among these rows, NEVER where it has none."""
    first = np.full(len(uses.kind), NEVER, np.int64)
    np.minimum.at(first, uses.item[rows], uses.time_us[rows])
    return first


def _parts(
    account: NDArray[np.object_], accounts: frozenset[str], size: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Part of each row, -1 for none: the accounts dealt at random into as many parts of that size as they fill.

    Dealt in the order in which they first appear, so that other names for the same accounts give the same parts.
    """
    place = rng.permutation(len(accounts)) // size
    place[place >= len(accounts) // size] = -1
    seen: dict[str, int] = {}
    for one in account:
        if one in accounts and one not in seen:
            seen[one] = len(seen)
    return np.array([place[seen[one]] if one in seen else -1 for one in account], np.int64)


def _table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    """Rows of a table of facts; columns that are not given are NULL."""
    table = FACTS[name]
    return pa.Table.from_pylist([{c.name: row.get(c.name) for c in table.columns} for row in rows], table.arrow)
