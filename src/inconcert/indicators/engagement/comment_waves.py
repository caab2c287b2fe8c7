"""Comment waves: are those who answered one post a crowd of different people, or many from one mould?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from scipy.stats import binomtest

from inconcert.indicators.engagement.among_crowds import LEAST, Among, among, among_assumed
from inconcert.indicators.engagement.crowds import TRAITS, WEEK_US, Crowd, crowds, tellers
from inconcert.indicators.engagement.variety import DRAW, Variety, variety
from inconcert.indicators.engagement.vocabulary import vocabulary
from inconcert.indicators.facts import ACCOUNTS, POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, too_little
from inconcert.normalise.text import text_hash

_WHAT = {
    "wording": "be worded differently",
    "ages": "come from accounts made in different weeks",
    "habits": "differ in client or language",
}
_LACKS = {
    "wording": "answers long enough to compare",
    "ages": "accounts whose date of creation is known",
    "habits": "answers with client or language",
}
_TESTED = ("wording", "ages")
_BY = {"wording": "wording", "ages": "age of accounts"}
_ROWS = {"wording": "wording of answers", "ages": "week in which the account was made", "habits": "client and language"}
_ASSUMED = "the data hold too few other posts that were answered, and {} is assumed to be usual."
_WITNESSED = 0.01


@dataclass(frozen=True, kw_only=True)
class CommentWaves(Indicator):
    """What the answers to one post have in common, beside the answers to other posts.

    least: accounts that must have answered a post, and show a trait, before anything is said of it.
    most: posts that are read at most, those with most answers first; the others of them are the control.
    as_varied: part of the usual variety above which a crowd counts as diverse, and below which as uniform; the whole
        interval must lie there.
    assumed: share of repeats in draws of 20 taken as usual where the data hold too few other crowds to see it; a
        cautious figure, since ordinary crowds repeat themselves less.
    """

    least: int = 30
    most: int = 500
    as_varied: float = 0.8
    assumed: float = 0.1

    name: ClassVar[str] = "comment-waves"
    id: ClassVar[str] = "D11"
    family: ClassVar[str] = "content"
    about: ClassVar[str] = "How varied the answers to one post are, in wording, in the age of accounts and in habits."
    cites: ClassVar[str] = (
        "Rarefaction: Hurlbert 1971, The nonconcept of species diversity, Ecology 52; crowds as Beta-binomial units: "
        "own"
    )
    measures: ClassVar[Mapping[str, str]] = {
        "diversity": "the least varied of wording and ages as a part of what is usual; described, leaning one way, "
        "the other or neither",
        "wording": "share of different wordings in a draw of 20 answers; tested against the answers to other posts",
        "ages": "share of different weeks of creation in a draw of 20 accounts; tested against those under other posts",
        "habits": "share of different clients and languages in a draw of 20; described, since audiences differ",
        "vocabulary": "share of different words in a draw of 20 words; described, since languages differ",
        "newcomers": "share of accounts with no other post in the data; described",
        "speed": "hours until half had answered; described, since news travels fast",
    }
    needs: ClassVar[tuple[str, ...]] = ("posts.reply_to_id",)
    minimum: ClassVar[str] = (
        "30 accounts that answered, with texts long enough to compare or dates of creation; the test is sharper with "
        "10 other posts as well answered"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "a petition, prayer or slogan that people copy from each other",
        "a giveaway that asks for a fixed sentence",
        "a platform that many joined at once after news or a ban elsewhere",
        "an audience of one country with one language and one kind of telephone",
        "the answers that a site shows or an export holds being a selection",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0116.001", "T0084.001", "T0049.005")
    figure: ClassVar[Figure] = Figure("shares", f"share that differs, of {DRAW} drawn", "")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Seven readings for every post of the case that enough accounts answered; nothing is drawn at random."""
        found = crowds(facts, self.least, self.most)
        words = vocabulary(facts, found)
        known = {trait: {c.key: v for c in found if (v := self._variety(c, trait))} for trait in TRAITS}
        shown = [trait for trait in TRAITS if any(trait in crowd.counts for crowd in found)]
        readings: list[Reading] = []
        for crowd in found:
            if crowd.role == "control":
                continue
            compared = {
                trait: (own, self._beside(crowd, own, found, known[trait]))
                for trait in shown
                if (own := known[trait].get(crowd.key))
            }
            readings += [self._trait(facts, crowd, trait, compared.get(trait)) for trait in shown]
            readings.append(self._diversity(crowd, compared))
            others = [other for other in found if other is not crowd]
            readings += [_vocabulary(crowd, others, words), _newcomers(crowd, others), _speed(crowd, others)]
        return readings

    def _variety(self, crowd: Crowd, trait: str) -> Variety | None:
        return variety(*crowd.counts[trait]) if crowd.showing(trait) >= max(self.least, DRAW + 2) else None

    def _beside(
        self, crowd: Crowd, own: Variety, found: list[Crowd], known: Mapping[tuple[str, str], Variety]
    ) -> Among:
        """Its repeats against those of the other crowds of its platform, else of all, else against what is assumed."""
        others = [other for other in found if other is not crowd and other.key in known]
        near = [other for other in others if other.platform == crowd.platform]
        there = [known[other.key] for other in (near if len(near) >= LEAST else others)]
        if len(there) < LEAST:
            return among_assumed(1 - own.share, own.n, self.assumed)
        return among(1 - own.share, own.n, np.array([1 - v.share for v in there]), np.array([v.n for v in there]))

    def _trait(self, facts: Facts, crowd: Crowd, trait: str, compared: tuple[Variety, Among] | None) -> Reading:
        """One trait of one crowd."""
        scale = f"share of {DRAW}"
        if compared is None:
            lacking = f"{crowd.showing(trait)} {_LACKS[trait]}; it needs {self.least}"
            return too_little(
                trait, "post", crowd.post_id, n=crowd.showing(trait), unit="accounts", scale=scale, lacking=lacking
            )
        own, beside = compared
        usual = f"{(1 - beside.control) * DRAW:.1f}"
        says = (
            f"Of {DRAW} answers drawn from {own.n:,} to this post, {own.share * DRAW:.1f} would {_WHAT[trait]} (95% "
            f"interval {own.low * DRAW:.1f} to {own.high * DRAW:.1f}); "
            + (f"under {beside.crowds:,} other posts it is {usual}." if beside.crowds else _ASSUMED.format(usual))
        )
        ratio = beside.ratio if trait in _TESTED else None
        return Reading(
            measure=trait, subject="post", subject_id=crowd.post_id, n=own.n, unit="accounts", scale=scale, says=says,
            value=own.share, low=own.low, high=own.high, control=1 - beside.control, n_control=beside.crowds,
            p_value=beside.p_value if ratio else None, lr=ratio.value if ratio else None, lr_low=ratio.low if ratio else None,
            lr_high=ratio.high if ratio else None,
            witnesses=tellers(facts, crowd, trait) if ratio and beside.p_value <= _WITNESSED else (),
        )  # fmt: skip

    def _diversity(self, crowd: Crowd, compared: Mapping[str, tuple[Variety, Among]]) -> Reading:
        """Which way the crowd leans, by whatever of wording and ages is least varied; with the figure."""
        scale = "part of usual"
        looked = [trait for trait in _TESTED if trait in compared]
        if not looked:
            lacking = f"{crowd.size:,} answers, too few of them comparable in wording or age; it needs {self.least}"
            return too_little(
                "diversity", "post", crowd.post_id, n=crowd.size, unit="accounts", scale=scale, lacking=lacking
            )
        trait = min(looked, key=lambda name: compared[name][0].share / (1 - compared[name][1].control))
        own, beside = compared[trait]
        value, low, high = (share / (1 - beside.control) for share in (own.share, own.low, own.high))
        leaning = "may be a diverse crowd or a uniform one"
        if low >= self.as_varied:
            leaning = "are a diverse crowd"
        elif high < self.as_varied:
            leaning = "are less diverse than is usual"
        usual = (
            f"of the variety under {beside.crowds:,} other posts" if beside.crowds else "of the variety assumed usual"
        )
        says = (
            f"By {' and '.join(_BY[name] for name in looked)}, the {crowd.size:,} accounts that answered this post "
            f"{leaning}: in {_BY[trait]}, where they vary least, they show {value:.0%} (95% interval {low:.0%} to "
            f"{high:.0%}) {usual}."
        )
        points = [
            point
            for name, (there, other) in compared.items()
            for point in (
                Point("group", x=there.share, low=there.low, high=there.high, label=_ROWS[name]),
                Point("control", x=1 - other.control, label=_ROWS[name]),
            )
        ]
        return Reading(
            measure="diversity", subject="post", subject_id=crowd.post_id, n=crowd.size, unit="accounts", scale=scale,
            value=value, low=low, high=high, control=1.0, n_control=beside.crowds, says=says, points=tuple(points),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Twelve posts that 40 accounts each answered; under the last, 30 of them with one text and from accounts of
        one week."""
        rng = np.random.default_rng(11)
        start, second = 1_600_000_000_000_000, 1_000_000
        week = start // WEEK_US * WEEK_US
        accounts: list[dict[str, object]] = []
        posts: list[dict[str, object]] = []
        for wave in range(12):
            asked = start + wave * 10 * WEEK_US
            posts.append({"post_id": f"p{wave}", "account_id": f"author{wave}", "kind": "post", "time_us": asked})
            for k in range(40):
                copied = wave == 11 and k < 30
                text = "let all be told the same thing" if copied else f"what I say {wave} and {k} is mine"
                ago, time = int(rng.integers(10, 500)), asked + int(rng.integers(1, 10**6)) * second + k
                who = {"account_id": f"a{wave}-{k}", "created_us": week + k * second - (0 if copied else ago * WEEK_US)}
                accounts.append({**who, "platform": "forum", "role": "case"})
                posts.append(
                    {"post_id": f"r{wave}-{k}", "account_id": who["account_id"], "kind": "reply", "time_us": time, "text": text,
                     "text_hash": text_hash(text), "reply_to_id": f"p{wave}"}
                )  # fmt: skip
        return Example(
            {
                "posts": pa.Table.from_pylist(
                    [{"platform": "forum", "role": "case", **row} for row in posts], POSTS.arrow
                ),
                "accounts": pa.Table.from_pylist(accounts, ACCOUNTS.arrow),
            },
            frozenset({("wording", "p11"), ("ages", "p11")}),
        )


def _vocabulary(crowd: Crowd, others: list[Crowd], words: Mapping[tuple[str, str], Variety]) -> Reading:
    """New words as more answers are read."""
    scale = f"share of {DRAW} words"
    own = words.get(crowd.key)
    if own is None:
        lacking = "too few answers with words; it needs 10"
        return too_little("vocabulary", "post", crowd.post_id, n=0, unit="answers", scale=scale, lacking=lacking)
    usual = [words[other.key].share for other in others if other.key in words]
    says = (
        f"Of {DRAW} words drawn from {own.n:,} answers to this post, {own.share * DRAW:.1f} would be different (95% "
        f"interval {own.low * DRAW:.1f} to {own.high * DRAW:.1f})"
        + (f"; under {len(usual):,} other posts the median is {np.median(usual) * DRAW:.1f}." if usual else ".")
    )
    return Reading(
        measure="vocabulary", subject="post", subject_id=crowd.post_id, n=own.n, unit="answers", scale=scale, says=says,
        value=own.share, low=own.low, high=own.high, control=float(np.median(usual)) if usual else None,
        n_control=len(usual),
    )  # fmt: skip


def _newcomers(crowd: Crowd, others: list[Crowd]) -> Reading:
    """Accounts of which the data hold nothing but their answers here."""
    share = crowd.only_here / crowd.size
    interval = binomtest(crowd.only_here, crowd.size).proportion_ci(0.95, method="wilson")
    usual = [other.only_here / other.size for other in others]
    says = (
        f"{crowd.only_here:,} of the {crowd.size:,} accounts that answered this post ({share:.0%}, 95% interval "
        f"{interval.low:.0%} to {interval.high:.0%}) have no other post in the data"
        + (f"; under {len(usual):,} other posts the median is {np.median(usual):.0%}." if usual else ".")
    )
    return Reading(
        measure="newcomers", subject="post", subject_id=crowd.post_id, n=crowd.size, unit="accounts", scale="share",
        value=share, low=float(interval.low), high=float(interval.high), says=says,
        control=float(np.median(usual)) if usual else None, n_control=len(usual),
    )  # fmt: skip


def _speed(crowd: Crowd, others: list[Crowd]) -> Reading:
    """How long until half had answered."""
    if crowd.half_s is None:
        lacking = f"{crowd.timed} answers with a time; it needs 2"
        return too_little("speed", "post", crowd.post_id, n=crowd.timed, unit="answers", scale="hours", lacking=lacking)
    value, low, high = (seconds / 3600 for seconds in crowd.half_s)
    usual = [other.half_s[0] / 3600 for other in others if other.half_s is not None]
    says = (
        f"Half of the {crowd.timed:,} accounts whose answer to this post has a time had answered {value:,.1f} hours "
        f"after the first (95% interval {low:,.1f} to {high:,.1f})"
        + (f"; under {len(usual):,} other posts the median is {np.median(usual):,.1f} hours." if usual else ".")
    )
    return Reading(
        measure="speed", subject="post", subject_id=crowd.post_id, n=crowd.timed, unit="answers", scale="hours", says=says,
        value=value, low=low, high=high, control=float(np.median(usual)) if usual else None, n_control=len(usual),
    )  # fmt: skip
