"""What came of a group's posts: engagement from outside it, within bounds, how concentrated it was, and the least Breakout category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from inconcert.indicators.engagement.engagements import Engagement, engagements
from inconcert.indicators.engagement.reach_communities import reached
from inconcert.indicators.evidence import enrichment
from inconcert.indicators.facts import MEMBERS, POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little

OUTSIDE, INWARD, TOP, COST, BREAKOUT = (
    "outside-engagement", "inward-engagers", "concentration", "posts-per-outside-engagement", "breakout-category",
)  # fmt: skip
TO_JUDGE = (
    "whether mainstream media picked it up (4), celebrities or candidates passed it on (5), or it led to a policy response, other "
    "action or a call for violence (6) is for a person to judge"
)


@dataclass(frozen=True, kw_only=True)
class Impact(Indicator):
    """Exposure, never persuasion: who outside the group reacted to its posts.

    least: fewest acts of engagement, in the data or by the counters, for a share.
    least_engagers: fewest distinct engagers, of the group and of its control, for a comparison.
    top: share of posts whose part of all engagement is the concentration.
    """

    name: ClassVar[str] = "impact"
    id: ClassVar[str] = "D19"
    family: ClassVar[str] = "engagement"
    about: ClassVar[str] = (
        "engagement from outside a group with bounds, its concentration, and the least Breakout category"
    )
    cites: ClassVar[str] = "Nimmo 2020, The Breakout Scale (Brookings); Schliebs et al. 2021 (amplification)"
    measures: ClassVar[dict[str, str]] = {
        OUTSIDE: "share of the engagement with members' posts that came from outside; the interval is the bounds that engagers nobody "
        "knows leave open",
        INWARD: "share of the accounts that engaged with members who are members themselves, against the same among controls",
        TOP: "share of all engagement that the most engaging hundredth of posts has",
        COST: "members' posts for one act of engagement from outside",
        BREAKOUT: "lower bound of the Breakout category, 1 to 3, from platforms and communities",
    }
    needs: ClassVar[tuple[str, ...]] = (
        "members",
        "posts.shared_id|posts.reply_to_id|posts.quoted_id|posts.likes|posts.shares",
    )
    minimum: ClassVar[str] = "20 acts of engagement; 20 engagers of the group and of its control for the comparison"
    confounders: ClassVar[tuple[str, ...]] = (
        "a tight real community, whose members mostly talk among themselves",
        "an export that holds the answers of some accounts and not of others",
        "poor posts by people who mean them",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0049", "T0118")
    figure: ClassVar[Figure] = Figure("bars", "share of engagement", "")

    least: int = 20
    least_engagers: int = 20
    top: float = 0.01

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Five readings a group."""
        members, controls = engagements(facts, "members"), engagements(facts, "controls")
        readings: list[Reading] = []
        for row in facts.engine.sql("SELECT DISTINCT group_id FROM members ORDER BY group_id").to_pylist():
            group = row["group_id"]
            own = members.get(group, Engagement())
            communities = reached(facts, group, set(own.outside), int(rng.integers(2**31)))
            readings += [
                self._outside(group, own),
                self._inward(group, own, controls.get(group, Engagement())),
                self._concentration(group, own),
                self._cost(group, own),
                self._breakout(group, own, communities),
            ]
        return readings

    def _outside(self, group: str, own: Engagement) -> Reading:
        bounds, total = own.outside_bounds, own.known + own.unknown
        if bounds is None or total < self.least:
            return self._too_little(
                OUTSIDE, group, total, "acts", "share", f"{total} acts of engagement; it needs {self.least}"
            )
        if not own.known:
            return self._too_little(
                OUTSIDE, group, total, "acts", "share",
                f"the counters show {total:,} acts of engagement, and the data hold none of them, so that any share may be from outside",
            )  # fmt: skip
        out, inside = sum(own.outside.values()), sum(own.inside.values())
        value = out / own.known
        open_ends = (
            f"; by whom {own.unknown:,} more are is not in the data, so that between {bounds[0]:.0%} and {bounds[1]:.0%} came from outside"
            if own.unknown
            else ""
        )
        parts = (("inside", inside), ("outside", out), ("unknown", own.unknown))
        return Reading(
            measure=OUTSIDE, subject="group", subject_id=group, group_id=group, n=total, unit="acts of engagement", scale="share (bounds)",
            value=value, low=bounds[0], high=bounds[1],
            says=f"Of {own.known:,} answers, shares and quotes of members' posts in the data, {out:,} came from outside the group "
            f"({value:.0%}){open_ends}.",
            points=tuple(Point(layer, n / total, label=f"{layer}: {n:,}") for layer, n in parts),
            witnesses=tuple(Witness(account, post, "engaged from outside") for account, post in own.witnesses[:20]),
        )  # fmt: skip

    def _inward(self, group: str, own: Engagement, control: Engagement) -> Reading:
        sizes = [len(one.inside) + len(one.outside) for one in (own, control)]
        if min(sizes) < self.least_engagers:
            return self._too_little(
                INWARD, group, sizes[0], "accounts", "share",
                f"{sizes[0]} accounts engaged with members and {sizes[1]} with controls; it needs {self.least_engagers} of each",
            )  # fmt: skip
        found = enrichment(len(own.inside), sizes[0], len(control.inside), sizes[1])
        return Reading(
            measure=INWARD, subject="group", subject_id=group, group_id=group, n=sizes[0], unit="engaging accounts", scale="share",
            value=found.share, low=found.low, high=found.high, control=found.control, n_control=sizes[1], p_value=found.p_value,
            lr=found.ratio.value, lr_low=found.ratio.low, lr_high=found.ratio.high,
            says=f"{len(own.inside)} of {sizes[0]} accounts that engaged with members are members themselves ({found.share:.0%}, 95% interval "
            f"{found.low:.0%} to {found.high:.0%}), against {found.control:.0%} of {sizes[1]} among the controls.",
            witnesses=tuple(Witness(account, None, f"{n:,} act{'s' * (n != 1)} on members' posts") for account, n in _most(own.inside)),
        )  # fmt: skip

    def _concentration(self, group: str, own: Engagement) -> Reading:
        total = sum(own.counted)
        if total < self.least:
            return self._too_little(
                TOP, group, total, "acts", "share", f"counters show {total} acts of engagement; it needs {self.least}"
            )
        best = max(1, round(len(own.counted) * self.top))
        value = sum(own.counted[:best]) / total
        return Reading(
            measure=TOP, subject="group", subject_id=group, group_id=group, n=len(own.counted), unit="posts with counters", scale="share",
            value=value,
            says=f"The {best:,} most engaging of {len(own.counted):,} posts have {value:.0%} of all engagement; "
            f"{sum(n == 0 for n in own.counted):,} posts have none.",
        )  # fmt: skip

    def _cost(self, group: str, own: Engagement) -> Reading:
        out = sum(own.outside.values())
        if own.known + own.unknown < self.least or not out + own.unknown:
            return self._too_little(
                COST, group, own.posts, "posts", "posts per act", f"{out + own.unknown} acts that may be from outside; it needs one of {self.least}"
            )  # fmt: skip
        low, high = own.posts / (out + own.unknown), own.posts / out if out else None
        between = f"between {low:.2g} and {high:.2g}" if high is not None else f"at least {low:.2g}"
        return Reading(
            measure=COST, subject="group", subject_id=group, group_id=group, n=own.posts, unit="posts", scale="posts per act (bounds)",
            value=high if high is not None else low, low=low, high=high,
            says=f"Members wrote {between} posts for each act of engagement from outside ({own.posts:,} posts).",
        )  # fmt: skip

    def _breakout(self, group: str, own: Engagement, communities: int) -> Reading:
        platforms = len(own.platforms)
        if not own.outside:
            return self._too_little(
                BREAKOUT, group, 0, "accounts", "category", f"no engagement from outside in the data; {TO_JUDGE}"
            )
        category = 3 if platforms > 1 and communities > 1 else 2 if platforms > 1 or communities > 1 else 1
        return Reading(
            measure=BREAKOUT, subject="group", subject_id=group, group_id=group, n=len(own.outside), unit="outside engagers", scale="category",
            value=float(category), low=float(category), high=None,
            says=f"Breakout category {category} or above: {len(own.outside):,} outside accounts in {communities} "
            f"{'community' if communities == 1 else 'communities'} on {platforms} {'platform' if platforms == 1 else 'platforms'} reacted; "
            f"{TO_JUDGE}.",
        )  # fmt: skip

    def _too_little(self, measure: str, group: str, n: int, unit: str, scale: str, lacking: str) -> Reading:
        return too_little(measure, "group", group, group_id=group, n=n, unit=unit, scale=scale, lacking=lacking)

    @classmethod
    def example(cls) -> Example:
        """Forty members who answer one another; eighty controls answered by strangers."""
        posts: list[dict[str, Any]] = []
        for letter, n in (("m", 40), ("c", 80)):
            for i in range(n):
                posts.append(_post(f"{letter}{i}", f"{letter}{i}-0", i, None))
                answering = f"m{(i + 1) % n}" if letter == "m" else f"s{i}"
                posts.append(_post(answering, f"{letter}{i}-answer", 100 + i, f"{letter}{i}-0"))
        group = {
            name: pa.Table.from_pylist(
                [{"group_id": "G1", "account_id": f"{letter}{i}"} for i in range(n)], schema=MEMBERS.arrow
            )
            for name, letter, n in (("members", "m", 40), ("controls", "c", 80))
        }
        return Example({"posts": pa.Table.from_pylist(posts, schema=POSTS.arrow), **group}, frozenset({(INWARD, "G1")}))


def _most(acts: dict[str, int]) -> Sequence[tuple[str, int]]:
    return sorted(acts.items(), key=lambda item: (-item[1], item[0]))[:20]


def _post(account: str, post: str, minute: int, target: str | None) -> dict[str, Any]:
    return {
        "post_id": post, "account_id": account, "platform": "x", "role": "case", "kind": "reply" if target else "post",
        "time_us": 1_700_000_000_000_000 + minute * 60_000_000, "reply_to_id": target,
    }  # fmt: skip
