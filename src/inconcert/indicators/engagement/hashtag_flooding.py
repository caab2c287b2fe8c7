"""Hashtag flooding: how much of a tag one group takes, since when, and what and whom it crowds out."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert import schema
from inconcert.indicators.engagement.tag_streams import (
    HOUR_US,
    Hourly,
    Onset,
    Voices,
    heard_before,
    hourly,
    sides,
    told,
    used,
    voices,
    volumes,
)
from inconcert.indicators.engagement.tag_topics import Shift, shift
from inconcert.indicators.engagement.volume_onset import onset
from inconcert.indicators.engagement.wilson import wilson
from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.facts import CONTROLS, MEMBERS, POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little

_STEPS_H = (6, 12, 24)
_MOST_STEPS = 60
"""Steps of a curve; what is longer is drawn in steps of several days."""
_WITNESSED = 0.01
_START_US = 1_600_000_000_000_000


@dataclass(frozen=True, kw_only=True)
class HashtagFlooding(Indicator):
    """The tags a group uses most: its share of their posts, and what changed since it came.

    least: posts of a group with a tag, and posts on either side of its coming, from which anything is said.
    accounts: members that must have used the tag.
    tags: tags of each group that are measured, those it used most.
    flood: share of a tag's posts since the group came below which nothing is flagged.
    matched: tags of similar volume, at most, that show how far the talk under a tag moves by itself.
    few: matched tags below which that is unknown.
    read: posts on either side whose words are compared.
    """

    least: int = 30
    accounts: int = 3
    tags: int = 5
    flood: float = 0.3
    matched: int = 100
    few: int = 8
    read: int = 200

    name: ClassVar[str] = "hashtag-flooding"
    id: ClassVar[str] = "D12"
    family: ClassVar[str] = "engagement"
    about: ClassVar[str] = "Whether a group fills a hashtag, since when, and what and whom it crowds out."
    cites: ClassVar[str] = (
        "Jensen-Shannon divergence: Lin 1991, IEEE Transactions on Information Theory 37; the rule of share and "
        "displacement: own"
    )
    measures: ClassVar[Mapping[str, str]] = {
        "share": "the group's share of the tag's posts since it came; tested over accounts: members who use the tag "
        "against controls, times the number of tags; 1 unless it takes the share of a flood and the talk moved "
        "further, by its whole interval, than under 99 of 100 matched tags, or than under all of fewer",
        "displacement": "Jensen-Shannon divergence, bits, of words and tags after against before, less its bias; "
        "tested by rank among matched tags, each split where its own volume rises",
        "concentration": "Gini coefficient of posts over accounts since the group came; described beside that before",
    }
    needs: ClassVar[tuple[str, ...]] = ("members", "controls", "actions.time_us")
    minimum: ClassVar[str] = (
        "30 posts of 3 members with the tag and a control; for displacement 30 posts of others before and 8 tags of "
        "similar volume"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "a fan campaign or a drill announced in the open",
        "a tag that is the group's own, or that of an event it reports from",
        "people who hang popular tags on anything to be seen",
        "news that changed what everybody says under the tag",
        "a group that was found because it uses the tag",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0049.002", "T0015.001")
    figure: ClassVar[Figure] = Figure("curve", "date (UTC)", "share of the tag's posts", time=True)

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Three readings for each group and each tag it uses much."""
        pairs = used(facts, self.least, self.accounts, self.tags)
        if not pairs:
            return []
        volume = volumes(facts, self.least)
        tested = {tag for _, tag in pairs}
        beside = {tag: self._matched(tag, volume, tested) for tag in tested}
        streams = hourly(facts, tested.union(*beside.values()))
        rising = {
            tag: hour
            for tag in set().union(*beside.values())
            if (hour := _risen(streams[tag, None], streams[tag, None], self.least)) is not None
        }
        came = {(group, tag): _came(streams[tag, group], streams[tag, None]) for group, tag in pairs}
        onsets = {(tag, came[group, tag]) for group, tag in pairs}
        usual = self._shifts(facts, set(rising.items()), rng)
        moved = self._shifts(facts, onsets, rng)
        heard = voices(facts, onsets)
        spread = sides(facts, tested)
        readings: list[Reading] = []
        for group, tag in pairs:
            hour = came[group, tag]
            crowd = {late: heard[(tag, hour), late] for late in (False, True) if ((tag, hour), late) in heard}
            swollen = [(other, rising[other]) for other in beside[tag] if other in rising]
            there = np.sort([usual[onset].value for onset in swollen if onset in usual])
            shifted = moved.get((tag, hour)) if len(there) >= self.few else None
            # the whole interval beyond the last hundredth of tags, or beyond all of fewer
            displaced = None if shifted is None else bool(shifted.low > np.quantile(there, 0.99, method="higher"))
            against = _against(spread, group, tag, hour)
            readings += [
                self._share(group, tag, hour, streams, crowd[True], against, displaced, len(volume)),
                self._displacement(facts, group, tag, hour, shifted, there, crowd),
                _concentration(group, tag, crowd),
            ]
        return readings

    def _matched(self, tag: str, volume: Mapping[str, int], tested: set[str]) -> list[str]:
        """Tags of at most four times, and at least a quarter of, its posts that are not themselves measured; the
        nearest first."""
        distance = {other: abs(math.log(posts / volume[tag])) for other, posts in volume.items() if other not in tested}
        near = sorted(
            (other for other in distance if distance[other] <= math.log(4)), key=lambda one: (distance[one], one)
        )
        return near[: self.matched]

    def _shifts(self, facts: Facts, onsets: Collection[Onset], rng: np.random.Generator) -> dict[Onset, Shift]:
        """How the talk under a tag moved at its onset, for those with enough posts on both sides."""
        if not onsets:
            return {}
        posts = told(facts, onsets, self.read)
        found = {}
        for parted in sorted(onsets):
            before, after = posts.get((parted, False), []), posts.get((parted, True), [])
            if min(len(before), len(after)) >= self.least and (there := shift(before, after, rng)) is not None:
                found[parted] = there
        return found

    def _displacement(
        self,
        facts: Facts,
        group: str,
        tag: str,
        hour: int,
        moved: Shift | None,
        there: NDArray[np.float64],
        crowd: Mapping[bool, Voices],
    ) -> Reading:
        """How far the talk under the tag moved when the group came."""
        before = crowd[False].posts if False in crowd else 0
        if moved is None:
            lacking = (
                f"{before} posts with words before the group came and {len(there)} tags of similar volume; it needs "
                f"{self.least} posts on either side and {self.few} tags"
            )
            return too_little(
                "displacement", "hashtag", tag, n=before, unit="posts", scale="bits", lacking=lacking, group_id=group
            )
        p_value = (1 + int((there >= moved.value).sum())) / (1 + len(there))
        ratio = from_p(p_value)
        middle = float(np.median(there))
        says = (
            f"Since the group came, words and tags beside {_name(tag)} differ from those before by {moved.value:z.2f} "
            f"bits (95% interval {moved.low:z.2f} to {moved.high:z.2f}, Jensen-Shannon); under {len(there):,} tags of "
            f"similar volume the median is {middle:z.2f} where they swell, and {p_value:.1%} of tags, this one among "
            "them, move as far."
            + (f" Heard less: {', '.join(moved.receded)}." if moved.receded else "")
            + (f" Heard more: {', '.join(moved.rose)}." if moved.rose else "")
        )
        rows = heard_before(facts, tag, hour, group) if p_value <= max(_WITNESSED, 1 / (1 + len(there))) else []
        total = {late: side.posts for late, side in crowd.items()}
        witnesses = tuple(
            Witness(
                str(row["account_id"]), None,
                f"wrote {int(row['earlier']) / total[False]:.1%} of the tag's posts before, "
                f"{int(row['later']) / total[True]:.1%} since",
            )
            for row in rows
        )  # fmt: skip
        return Reading(
            measure="displacement", subject="hashtag", subject_id=tag, group_id=group, n=before, unit="posts", scale="bits",
            value=moved.value, low=moved.low, high=moved.high, control=middle, n_control=len(there), p_value=p_value,
            lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says, witnesses=witnesses,
        )  # fmt: skip

    def _share(
        self,
        group: str,
        tag: str,
        hour: int,
        streams: Mapping[tuple[str, str | None], Hourly],
        late: Voices,
        against: tuple[int, int, int, int],
        displaced: bool | None,
        tags: int,
    ) -> Reading:
        """How much of the tag the group took, and whether so many members use it as ordinary groups do."""
        own, everybody = streams[tag, group], streams[tag, None]
        k, n = own.since(hour), everybody.since(hour)
        if not (against[1] and against[3]):
            lacking = (
                f"{against[1]} members and {against[3]} control accounts active since the group came; it needs a matched "
                "control"
            )
            return too_little(
                "share", "hashtag", tag, n=n, unit="posts", scale="share", lacking=lacking, group_id=group
            )
        beside = enrichment(*against)
        # posts of one account are one voice: Kish's effective size
        low, high = wilson(k / n, late.posts**2 / late.squares)
        p_value: float | None = None
        if displaced is not None:
            p_value = min(1.0, beside.p_value * tags) if displaced and k / n >= self.flood else 1.0
        talk = {
            None: "too little was said before to see what it displaced",
            True: "the talk moved further than is usual",
            False: "how far the talk moved is not unusual",
        }[displaced]
        ratio = None if p_value is None else from_p(p_value)
        since = (datetime(1970, 1, 1) + timedelta(hours=hour)).strftime("%Y-%m-%d %H:00 UTC")
        says = (
            f"Since {since} the group wrote {k:,} of {n:,} posts with {_name(tag)} ({k / n:.0%}, 95% interval "
            f"{low:.0%} to {high:.0%}); {against[0]} of its {against[1]} active accounts used it, and {against[2]} "
            f"of {against[3]} control accounts; {talk}."
        )
        return Reading(
            measure="share", subject="hashtag", subject_id=tag, group_id=group, n=n, unit="posts", scale="share", value=k / n,
            low=low, high=high, control=against[2] / against[3], n_control=against[3], p_value=p_value,
            lr=None if ratio is None else ratio.value, lr_low=None if ratio is None else ratio.low,
            lr_high=None if ratio is None else ratio.high, says=says, points=share_curve(own, everybody),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Twenty tags with two topics each; into one of them come sixteen accounts of a group that talk of something
        else."""
        drawn = np.random.default_rng(3)
        tables: dict[str, list[dict[str, object]]] = {"posts": [], "actions": []}

        def post(who: str, tag: str, hour: float, words: str) -> None:
            key, time_us = f"s{len(tables['posts'])}", _START_US + round(hour * HOUR_US)
            common = {"account_id": who, "post_id": key, "platform": "forum", "time_us": time_us}
            tables["posts"].append({**common, "role": "case", "kind": "post", "text": f"{words} #{tag}"})
            tables["actions"].append({**common, "kind": "hashtag", "object_id": tag})

        for at in range(20):
            words = [f"w{at}x{k}" for k in range(30)]
            for _ in range(70 + at):
                hour = float(drawn.choice([drawn.uniform(0, 50), drawn.uniform(50, 100), drawn.uniform(50, 100)]))
                post(f"o{drawn.integers(0, 200)}", f"tag{at:02}", hour, " ".join(drawn.choice(words, 6)))
        for k in range(80):
            post(f"m{k % 16}", "tag07", 60 + float(drawn.uniform(0, 40)), f"buried under slogan {k % 5} of ours")
        for k in range(48):
            post(f"c{k}", f"tag{k % 20:02}", 70 + k / 2, "a day like any other")
        return Example(
            {
                "posts": pa.Table.from_pylist(tables["posts"], POSTS.arrow),
                "actions": pa.Table.from_pylist(tables["actions"], schema.ACTIONS.arrow),
                "members": pa.Table.from_pylist(
                    [{"group_id": "g1", "account_id": f"m{k}"} for k in range(16)], MEMBERS.arrow
                ),
                "controls": pa.Table.from_pylist(
                    [{"group_id": "g1", "account_id": f"c{k}"} for k in range(48)], CONTROLS.arrow
                ),
            },
            frozenset({("share", "tag07")}),
        )


def _risen(own: Hourly, everybody: Hourly, least: int) -> int | None:
    return onset(own.hours, own.posts, int(everybody.hours[0]), int(everybody.hours[-1]), least)


def _came(own: Hourly, everybody: Hourly) -> int:
    """The hour a group came to a tag: where its posts swell, or else its first."""
    hour = _risen(own, everybody, 0)
    return int(own.hours[0]) if hour is None else hour


def _against(
    spread: Mapping[tuple[str, str, str], Mapping[str, tuple[int, int]]], group: str, tag: str, hour: int
) -> tuple[int, int, int, int]:
    """Members that used the tag since the hour, members active since, and the same of the controls."""
    counts = []
    for side in ("member", "control"):
        active = {who for who, (_, last) in spread.get((group, "", side), {}).items() if last >= hour}
        using = {who for who, (_, last) in spread.get((group, tag, side), {}).items() if last >= hour}
        counts += [len(using), len(active | using)]
    return counts[0], counts[1], counts[2], counts[3]


def _concentration(group: str, tag: str, crowd: Mapping[bool, Voices]) -> Reading:
    """How unequally the posts of the tag are spread over accounts."""
    late, early = crowd[True], crowd.get(False)
    half = 1.96 * late.gini_error
    before = "" if early is None else f"; before it was {early.gini:.2f} over {early.accounts:,}"
    says = (
        f"Since the group came, posts with {_name(tag)} are spread over {late.accounts:,} accounts with a Gini "
        f"coefficient of {late.gini:.2f} (95% interval {max(0.0, late.gini - half):.2f} to "
        f"{min(1.0, late.gini + half):.2f}){before}."
    )
    return Reading(
        measure="concentration", subject="hashtag", subject_id=tag, group_id=group, n=late.accounts, unit="accounts",
        scale="Gini coefficient", value=late.gini, low=max(0.0, late.gini - half), high=min(1.0, late.gini + half),
        control=None if early is None else early.gini, n_control=0 if early is None else early.accounts, says=says,
    )  # fmt: skip


def share_curve(own: Hourly, everybody: Hourly) -> tuple[Point, ...]:
    """The group's share in steps of several hours or days, cut at full UTC days, each in the middle of its step; broken where
    the tag is silent."""
    first, last = int(everybody.hours[0]), int(everybody.hours[-1])
    step = next((h for h in _STEPS_H if last // h - first // h < _MOST_STEPS), 0)
    step = step or 24 * -(-(last // 24 - first // 24 + 1) // _MOST_STEPS)
    start = first - first % min(step, 24)
    bins = (last - start) // step + 1
    k = np.bincount((own.hours - start) // step, own.posts, bins)
    n = np.bincount((everybody.hours - start) // step, everybody.posts, bins)
    each = f"{step} hours" if step < 24 else "day" if step == 24 else f"{step // 24} days"
    layer = f"the group, each {each}"
    points, past = [], -1
    for at in np.flatnonzero(n).tolist():
        if at > past + 1:
            points.append(Point(layer, x=(start + (past + 1.5) * step) * HOUR_US))
        share, past = float(k[at] / n[at]), at
        low, high = wilson(share, float(n[at]))
        points.append(Point(layer, x=(start + (at + 0.5) * step) * HOUR_US, y=share, low=low, high=high))
    return tuple(points)


def _name(tag: str) -> str:
    return f"#{tag[:60]}"
