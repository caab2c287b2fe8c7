"""Reply flooding: posts with hundreds of replies and no likes, and who replies to them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from scipy.stats import binomtest

from inconcert.engine.base import Value
from inconcert.indicators.engagement.among_crowds import LEAST, Among, among
from inconcert.indicators.engagement.crowds import crowds, tellers
from inconcert.indicators.engagement.quiet_posts import LEAST_AUTHORS, Answered, Quiet, QuietPosts
from inconcert.indicators.engagement.repliers import Repliers
from inconcert.indicators.engagement.variety import DRAW, variety
from inconcert.indicators.evidence import from_p
from inconcert.indicators.facts import MEMBERS, POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little
from inconcert.normalise.text import text_hash

_TRAITS = {"created-together": ("ages", "made in the same week"), "same-words": ("wording", "worded alike")}
_DRAWN = 200
_WAVES = 2_000
_WITNESSED = 0.01


@dataclass(frozen=True, kw_only=True)
class ReplyFlooding(Indicator):
    """Anchor posts, which have replies but no likes, and the groups that answer them.

    least: replies a post must have.
    far: distance from posts like it, in robust standard deviations, from which a post is an anchor whose repliers are
        looked at.
    linked: members of a group that must have answered a post, unless one of them wrote it, to test it for that group.
    linked_share: part of the repliers in the data that those members must be.
    crowd: repliers in the data from which the share of members is measured.
    tested: posts of each group whose likes are tested, those with most replies first.
    shown: anchors that are shown at most, those furthest out first; the likes of those that are not tested are
        described.
    """

    least: int = 30
    far: float = 4.0
    linked: int = 3
    linked_share: float = 0.1
    crowd: int = 10
    tested: int = 20
    shown: int = 50

    name: ClassVar[str] = "reply-flooding"
    id: ClassVar[str] = "D11"
    family: ClassVar[str] = "engagement"
    about: ClassVar[str] = (
        "Posts with many replies and hardly a like, and whether their repliers are one group or of one mould."
    )
    cites: ClassVar[str] = (
        "Pote, Elmas, Flammini and Menczer 2025, Coordinated reply attacks in influence operations, ICWSM"
    )
    measures: ClassVar[Mapping[str, str]] = {
        "few-likes": "ln((replies + 1) / (likes + 1)) in robust standard deviations from that of posts as much "
        "answered by authors as much followed; tested, for posts linked to a group, by rank among control authors "
        "and a Beta negative binomial of the bin",
        "member-repliers": "share of an anchor's repliers that belong to one group, against the same under other "
        "posts, times the number of groups",
        "created-together": "share of repeats in a draw of 20 repliers, by week of creation, against those under "
        "other posts",
        "same-words": "share of repeats in a draw of 20 replies, by wording, against those under other posts",
    }
    needs: ClassVar[tuple[str, ...]] = ("posts.likes", "posts.replies|posts.reply_to_id")
    minimum: ClassVar[str] = (
        "30 replies to a post, and posts as much answered of 20 other authors; 10 repliers in the data for the share "
        "of members, 30 for what they have in common"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "a ratioed post, which people answer because they dislike it",
        "likes that are switched off, hidden or not in the export",
        "a complaint or help thread, a giveaway or a question to everybody",
        "likes that were removed when the platform removed accounts",
        "a group that was found because it answers the same posts",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0116.001", "T0121")
    figure: ClassVar[Figure] = Figure("scatter", "replies, powers of ten (2 is 100)", "likes + 1, powers of ten")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Anchors with their repliers, and the other posts that a group is linked to; nothing is drawn at random."""
        rows = facts.engine.sql(_POSTS, {"least": self.least}).to_pylist()
        posts = [Answered(**{**row, "counted": bool(row["counted"])}) for row in rows]
        if not posts:
            return []
        repliers = Repliers(facts, self.crowd, self.linked)
        groups = {post.key: group for post in posts if (group := repliers.group(post, self.linked_share)) is not None}
        ordinary = [post for post in posts if post.key not in groups]
        quiet = QuietPosts(ordinary)
        background = _background(ordinary)
        distances = {post.key: z for post in posts if (z := quiet.z(post)) is not None}
        far = {key for key, z in distances.items() if z >= self.far}
        # chosen by their likes alone, so that what their repliers are remains to be tested
        anchors = sorted(
            (post for post in posts if post.key in far and post.role == "case"),
            key=lambda post: (-distances[post.key], -post.replies, post.post_id),
        )[: self.shown]
        linked: dict[str, list[Answered]] = {}
        for post in sorted(posts, key=lambda post: (-post.replies, post.post_id)):
            if post.key in groups and post.role == "case":
                linked.setdefault(groups[post.key], []).append(post)
        tested = {post.key: post for _, each in sorted(linked.items()) for post in each[: self.tested]}
        readings = [
            self._few_likes(facts, post, quiet.of(post), groups.get(post.key), post.key in tested, background)
            for post in {**{post.key: post for post in anchors}, **tested}.values()
        ]
        if repliers.groups:
            readings += [self._members(facts, post, repliers, far) for post in anchors]
        return readings + self._alike(facts, anchors, groups, far)

    def _few_likes(
        self,
        facts: Facts,
        post: Answered,
        quiet: Quiet | None,
        group: str | None,
        tested: bool,
        background: Sequence[Point],
    ) -> Reading:
        """How far out a post is."""
        unit, scale = "replies", "robust standard deviations"
        if quiet is None:
            lacking = f"posts with {self.least} replies of too few other authors; it needs {LEAST_AUTHORS}"
            return too_little(
                "few-likes",
                "post",
                post.post_id,
                n=post.replies,
                unit=unit,
                scale=scale,
                lacking=lacking,
                group_id=group,
            )
        shares = "" if post.shares is None else f" and {_many(post.shares, 'share')}"
        source = "replies in the data" if post.counted else "replies by the count of the platform"
        says = (
            f"This post has {post.replies:,} {source}, and {_many(post.likes, 'like')}{shares} in the export: "
            f"{quiet.z:.1f} robust standard deviations (95% interval {quiet.low:.1f} to {quiet.high:.1f}) from the "
            f"{quiet.usual:.2g} replies to a like that are usual under comparable posts of {quiet.authors:,} other "
            f"authors; no more than {quiet.rank:.1%} of authors have a post as far out."
        )
        ratio = from_p(quiet.p_value) if tested else None
        marked = quiet.p_value <= _WITNESSED or quiet.z >= self.far
        point = Point("found", x=math.log10(post.replies), y=math.log10(post.likes + 1), label=post.post_id)
        first = Witness(post.author, post.post_id, f"{post.replies} replies, {_many(post.likes, 'like')}")
        return Reading(
            measure="few-likes", subject="post", subject_id=post.post_id, group_id=group, n=post.replies, unit=unit, scale=scale,
            value=quiet.z, low=quiet.low, high=quiet.high, control=0.0, n_control=quiet.authors, says=says,
            p_value=quiet.p_value if tested else None, lr=None if ratio is None else ratio.value,
            lr_low=None if ratio is None else ratio.low, lr_high=None if ratio is None else ratio.high,
            points=(*background, point) if marked else (),
            witnesses=(first, *_answering(facts, post, group, 19)) if marked else (),
        )  # fmt: skip

    def _members(self, facts: Facts, post: Answered, repliers: Repliers, far: Collection[tuple[str, str]]) -> Reading:
        """How many of an anchor's repliers belong to the group that has most of them; the chance is that of the best
        of all groups."""
        n = repliers.sizes.get(post.key, 0)
        k, group = repliers.most(post)
        shares, sizes = repliers.elsewhere(group, far)
        if n < self.crowd or len(sizes) < LEAST:
            lacking = (
                f"{n} repliers in the data and {len(sizes)} other posts with {self.crowd}; it needs {self.crowd} repliers "
                f"and {LEAST} posts"
            )
            return too_little(
                "member-repliers",
                "post",
                post.post_id,
                n=n,
                unit="accounts",
                scale="share",
                lacking=lacking,
                group_id=group,
            )
        beside = among(k / n, n, shares, sizes)
        p_value = min(1.0, beside.p_value * len(repliers.groups))
        beside = Among(beside.control, beside.crowds, p_value, from_p(p_value))
        interval = binomtest(k, n).proportion_ci(0.95, method="wilson")
        says = (
            f"{k:,} of the {n:,} accounts in the data that answered this post, which has many replies for its likes, "
            f"belong to one group ({k / n:.0%}, 95% interval {interval.low:.0%} to {interval.high:.0%}); under "
            f"{beside.crowds:,} other posts it is {beside.control:.1%}."
        )
        return _reading(
            "member-repliers", post, group, (n, k / n, float(interval.low), float(interval.high)), beside, "share", says,
            _answering(facts, post, group, 20) if p_value <= _WITNESSED else (),
        )  # fmt: skip

    def _alike(
        self,
        facts: Facts,
        anchors: Sequence[Answered],
        groups: Mapping[tuple[str, str], str],
        far: Collection[tuple[str, str]],
    ) -> list[Reading]:
        """What the repliers of the anchors have in common, beside those of other posts."""
        if not anchors:
            return []
        found = {crowd.key: crowd for crowd in crowds(facts, self.least, _WAVES)}
        readings = []
        for measure, (trait, words) in _TRAITS.items():
            known = {
                key: variety(*crowd.counts[trait])
                for key, crowd in found.items()
                if crowd.showing(trait) >= max(self.least, DRAW + 2)
            }
            others = [there for key, there in known.items() if key not in far]
            for post in anchors:
                own, group = known.get(post.key), groups.get(post.key)
                scale = f"share of {DRAW}"
                if own is None or len(others) < LEAST:
                    n = found[post.key].showing(trait) if post.key in found else 0
                    lacking = (
                        f"{n} repliers with {trait} in the data and {len(others)} other posts with {self.least}; it "
                        f"needs {self.least} repliers and {LEAST} posts"
                    )
                    readings.append(
                        too_little(
                            measure,
                            "post",
                            post.post_id,
                            n=n,
                            unit="accounts",
                            scale=scale,
                            lacking=lacking,
                            group_id=group,
                        )
                    )
                    continue
                beside = among(
                    1 - own.share,
                    own.n,
                    np.array([1 - there.share for there in others]),
                    np.array([there.n for there in others]),
                )
                says = (
                    f"Of {DRAW} drawn from the {own.n:,} who answered this post, which has many replies for its likes, "
                    f"{(1 - own.share) * DRAW:.1f} would repeat another by being {words} (95% interval "
                    f"{(1 - own.high) * DRAW:.1f} to {(1 - own.low) * DRAW:.1f}); under {beside.crowds:,} other "
                    f"posts it is {beside.control * DRAW:.1f}."
                )
                readings.append(
                    _reading(
                        measure, post, group, (own.n, 1 - own.share, 1 - own.high, 1 - own.low), beside, scale, says,
                        tellers(facts, found[post.key], trait) if beside.p_value <= _WITNESSED else (),
                    )
                )  # fmt: skip
        return readings

    @classmethod
    def example(cls) -> Example:
        """Forty posts of as many authors with a like or more to each reply, and one with 461 replies and no like, from
        a group."""
        drawn = np.random.default_rng(5)
        posts: list[dict[str, object]] = []
        for at in range(41):
            anchor = at == 40
            replies = 461 if anchor else int(drawn.integers(40, 600))
            likes = 0 if anchor else int(replies * drawn.uniform(1, 8))
            posts.append(
                {"post_id": f"p{at:02}", "account_id": f"author{at:02}", "kind": "post", "time_us": at, "replies": replies,
                 "likes": likes, "shares": likes // 4}
            )  # fmt: skip
            for k in range(34):
                member = k < (25 if anchor else at % 2)
                who = f"m{k:02}" if member else f"o{at:02}{k:02}"
                text = (
                    "all of us say this in the very same words"
                    if anchor and k < 25
                    else f"something of my own, number {at} {k}"
                )
                posts.append(
                    {"post_id": f"r{at:02}{k:02}", "account_id": who, "kind": "reply", "time_us": 1_000 * at + k, "text": text,
                     "text_hash": text_hash(text), "reply_to_id": f"p{at:02}"}
                )  # fmt: skip
        common = {"platform": "forum", "role": "case"}
        members = [{"group_id": "g1", "account_id": f"m{k:02}"} for k in range(25)]
        return Example(
            {
                "posts": pa.Table.from_pylist([{**common, **row} for row in posts], POSTS.arrow),
                "members": pa.Table.from_pylist(members, MEMBERS.arrow),
            },
            frozenset({("member-repliers", "p40"), ("same-words", "p40")}),
        )


def _reading(
    measure: str,
    post: Answered,
    group: str | None,
    own: tuple[int, float, float, float],
    beside: Among,
    scale: str,
    says: str,
    witnesses: tuple[Witness, ...],
) -> Reading:
    """A share of the repliers beside that under other posts; own: size, share and its interval."""
    n, value, low, high = own
    return Reading(
        measure=measure, subject="post", subject_id=post.post_id, group_id=group, n=n, unit="accounts", scale=scale, value=value,
        low=low, high=high, control=beside.control, n_control=beside.crowds, p_value=beside.p_value, lr=beside.ratio.value,
        lr_low=beside.ratio.low, lr_high=beside.ratio.high, says=says, witnesses=witnesses,
    )  # fmt: skip


def _background(posts: Sequence[Answered]) -> tuple[Point, ...]:
    """Ordinary posts for the figure, evenly over their ratios."""
    ordered = sorted(posts, key=lambda post: (post.ratio, post.replies))
    drawn = sorted({round(at) for at in np.linspace(0, len(ordered) - 1, _DRAWN)}) if ordered else []
    marks = [(math.log10(ordered[at].replies), math.log10(ordered[at].likes + 1)) for at in drawn]
    return tuple(Point("ordinary", x=x, y=y) for x, y in marks)


def _answering(facts: Facts, post: Answered, group: str | None, most: int) -> tuple[Witness, ...]:
    """First answers of members of the group."""
    if group is None:
        return ()
    params: dict[str, Value] = {"platform": post.platform, "post": post.post_id, "group": group, "most": most}
    rows = facts.engine.sql(_ANSWERING, params).to_pylist()
    return tuple(Witness(row["account_id"], row["post_id"], "answers it, as a member of the group") for row in rows)


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


_POSTS = """
WITH counted AS (
    SELECT platform, reply_to_id AS post_id, count(*) AS answers FROM posts
    WHERE reply_to_id IS NOT NULL AND kind <> 'share' GROUP BY platform, reply_to_id
),
fame AS (SELECT account_id, max(followers) AS followers FROM accounts GROUP BY account_id)
SELECT p.platform, p.post_id, p.account_id AS author, p.role, coalesce(p.replies, c.answers) AS replies, p.likes, p.shares,
       CASE WHEN p.replies IS NULL THEN 1 ELSE 0 END AS counted, f.followers
FROM posts AS p
LEFT JOIN counted AS c ON c.platform = p.platform AND c.post_id = p.post_id
LEFT JOIN fame AS f ON f.account_id = p.account_id
WHERE p.kind <> 'share' AND p.likes >= 0 AND coalesce(p.replies, c.answers) >= :least
ORDER BY p.platform, p.post_id"""
_ANSWERING = """
SELECT r.account_id, r.post_id FROM posts AS r JOIN members AS m ON m.account_id = r.account_id
WHERE r.platform = :platform AND r.reply_to_id = :post AND m.group_id = :group AND r.kind <> 'share'
ORDER BY r.time_us NULLS LAST, r.post_id, r.account_id LIMIT :most"""
