"""Accounts whose few follows all lie on one list: those of an institution, its media, its police."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from scipy import stats

from inconcert.indicators.engagement.follow_habits import Habits, habits
from inconcert.indicators.evidence import Enrichment, enrichment, from_p
from inconcert.indicators.facts import CONTROLS, MEMBERS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little
from inconcert.schema import FOLLOWS, LISTS

ACCOUNT, GROUP = "follows-on-one-list", "followers-of-one-list"
TELLING = 0.05
"""Accounts with a larger chance are neither drawn nor witnessed."""

_LISTED = """
targets AS (SELECT DISTINCT followed_id, platform FROM follows),
entries AS (
    SELECT list, account_id, replace(lower(handle), '@', '') AS handle, platform FROM lists
    WHERE role = 'interest' OR role = 'overt' OR role = 'independent'
),
listed AS (
    SELECT e.list, t.followed_id FROM entries AS e JOIN targets AS t ON t.followed_id = e.account_id
    WHERE e.platform IS NULL OR t.platform IS NULL OR e.platform = t.platform
    UNION SELECT e.list, t.followed_id FROM entries AS e JOIN targets AS t ON replace(lower(t.followed_id), '@', '') = e.handle
    WHERE e.platform IS NULL OR t.platform IS NULL OR e.platform = t.platform
    UNION SELECT e.list, t.followed_id FROM entries AS e JOIN accounts AS a ON replace(lower(a.handle), '@', '') = e.handle
    JOIN targets AS t ON t.followed_id = a.account_id WHERE e.platform IS NULL OR e.platform = a.platform
),
ties AS (SELECT DISTINCT follower_id, followed_id FROM follows),
degrees AS (SELECT follower_id, count(*) AS d FROM ties GROUP BY follower_id)"""
_ALL = f"""
WITH {_LISTED}
SELECT sizes.list, sizes.size, coalesce(sums.ties, 0) AS ties, (SELECT count(*) FROM ties) AS every
FROM (SELECT list, count(*) AS size FROM listed GROUP BY list) AS sizes
LEFT JOIN (SELECT list, count(*) AS ties FROM ties JOIN listed ON listed.followed_id = ties.followed_id GROUP BY list) AS sums
  ON sums.list = sizes.list ORDER BY sizes.list"""
_DEGREES = f"""
WITH {_LISTED}
SELECT d, count(*) AS accounts FROM degrees
WHERE d >= :least AND d <= :most AND follower_id NOT IN (SELECT account_id FROM members) GROUP BY d ORDER BY d"""
_FEW = f"""
WITH {_LISTED}
SELECT t.follower_id, g.d, l.list, count(*) AS k,
       CASE WHEN t.follower_id IN (SELECT account_id FROM members) THEN 1 ELSE 0 END AS member
FROM ties AS t JOIN degrees AS g ON g.follower_id = t.follower_id JOIN listed AS l ON l.followed_id = t.followed_id
WHERE g.d >= :least AND g.d <= :most GROUP BY t.follower_id, g.d, l.list ORDER BY t.follower_id, l.list"""
_SIDES = f"""
WITH {_LISTED}
SELECT side, group_id, account_id, d FROM (
    SELECT 'members' AS side, group_id, account_id FROM members UNION SELECT 'controls', group_id, account_id FROM controls
) AS sides LEFT JOIN degrees ON degrees.follower_id = sides.account_id AND d >= :least AND d <= :most
ORDER BY side, group_id, account_id"""


@dataclass(frozen=True)
class OnList:
    """An account with d known follows, k of them on a list."""

    account_id: str
    d: int
    list: str
    k: int
    member: bool


@dataclass(frozen=True, kw_only=True)
class SuddenFollows(Indicator):
    """Of an account's few known follows, how many lie on one list, beside how often others follow it.

    least: fewest known follows of an account.
    most: most known follows; who follows more has wider interests, or was found by other means.
    exclusive: share of the follows on one list from which an account counts as following hardly anything else.
    others: fewest other accounts with few known follows, which show how usual it is.
    """

    name: ClassVar[str] = "sudden-follows"
    id: ClassVar[str] = "D17"
    family: ClassVar[str] = "engagement"
    about: ClassVar[str] = "accounts whose few follows lie exclusively, or nearly so, on one list"
    cites: ClassVar[str] = (
        "ASPI 2023, Gaming public opinion, figures 13 and 14 (case); Skellam 1948, A probability distribution derived from the binomial"
    )
    measures: ClassVar[dict[str, str]] = {
        ACCOUNT: "share of an account's known follows on the list it follows most tellingly, against how other accounts with few follows "
        "are spread over that list; among those that follow any of it",
        GROUP: "share of members with few known follows who follow hardly anything but one list, against controls",
    }
    needs: ClassVar[tuple[str, ...]] = ("follows", "lists")
    minimum: ClassVar[str] = (
        "2 to 30 known follows of the account and 50 other accounts with as few; 5 such members and 10 such controls for a group"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "the platform's default suggestions, which new accounts follow without choosing",
        "local readers, customers or employees of the institution",
        "a list of one or two accounts that everybody of a town or trade follows",
        "follows that were collected from the followers of the list only, so that others were never seen",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0092",)
    figure: ClassVar[Figure] = Figure("shares", "share of known follows, or of accounts", "")

    least: int = 2
    most: int = 30
    exclusive: float = 0.9
    others: int = 50

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading for every account with few known follows, some of them on a list, and one for every group."""
        params = {"least": self.least, "most": self.most}
        lists = facts.engine.sql(_ALL, params).to_pylist()
        if not lists:
            return []
        few = [
            OnList(row["follower_id"], row["d"], row["list"], row["k"], bool(row["member"]))
            for row in facts.engine.sql(_FEW, params).to_pylist()
        ]
        degrees = {row["d"]: row["accounts"] for row in facts.engine.sql(_DEGREES, params).to_pylist()}
        seen: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
        for one in few:
            if not one.member:
                seen[one.list][one.d, one.k] += 1
        usual = {row["list"]: habits(degrees, seen[row["list"]], row["ties"] / row["every"]) for row in lists}
        sizes = {row["list"]: row["size"] for row in lists}
        sides = facts.engine.sql(_SIDES, params).to_pylist()
        groups: dict[str, str] = {}
        for row in sides:
            if row["side"] == "members":
                groups.setdefault(row["account_id"], row["group_id"])
        return [*self._accounts(few, usual, sizes, groups), *self._groups(few, sides)]

    def _accounts(
        self, few: list[OnList], usual: Mapping[str, Habits], sizes: Mapping[str, int], groups: Mapping[str, str]
    ) -> list[Reading]:
        by_account: dict[str, list[OnList]] = defaultdict(list)
        for one in few:
            by_account[one.account_id].append(one)
        readings = []
        chances = {key: usual[key[0]].chance(*key[1:]) for key in {(one.list, one.d, one.k) for one in few}}
        for account, on in by_account.items():
            # each chance is that of so many among accounts that follow any of the list, so lists they do not follow cost nothing
            chance = [chances[one.list, one.d, one.k] for one in on]
            best = min(range(len(on)), key=lambda i: (chance[i], -on[i].k, on[i].list))
            habit, one = usual[on[best].list], on[best]
            readings.append(
                self._account(one, habit, min(1.0, chance[best] * len(on)), sizes[one.list], groups.get(account))
            )
        return readings

    def _account(self, one: OnList, habit: Habits, p_value: float, size: int, group: str | None) -> Reading:
        if habit.accounts < self.others:
            return too_little(
                ACCOUNT, "account", one.account_id, group_id=group, n=one.d, unit="follows", scale="share",
                lacking=f"{habit.accounts} other accounts with {self.least} to {self.most} known follows; it needs {self.others}",
            )  # fmt: skip
        low, high = _interval(one.k, one.d)
        ratio, label = from_p(p_value), one.list[:80]
        telling = p_value <= TELLING
        return Reading(
            measure=ACCOUNT, subject="account", subject_id=one.account_id, group_id=group, n=one.d, unit="follows", scale="share",
            value=one.k / one.d, low=low, high=high, control=habit.rate, n_control=habit.accounts, p_value=p_value,
            lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high,
            says=f"{one.k} of {one.d} known follows ({one.k / one.d:.0%}, 95% interval {low:.0%} to {high:.0%}) go to the {size} accounts of "
            f"the list “{label}”, which get {habit.rate:.1%} of the follows of {habit.accounts:,} other accounts with as few.",
            points=(
                Point("group", one.k / one.d, low=low, high=high, label=label),
                Point("control", habit.rate, label=label),
            ) if telling else (),
            witnesses=(Witness(one.account_id, None, f"{one.k} of {one.d} known follows on the list {label}"),) if telling else (),
        )  # fmt: skip

    def _groups(self, few: list[OnList], sides: list[dict[str, str | int | None]]) -> list[Reading]:
        known: dict[tuple[object, object], list[str]] = defaultdict(list)
        for row in sides:
            known[row["side"], row["group_id"]] += [str(row["account_id"])] if row["d"] is not None else []
        narrow: dict[str, set[str]] = defaultdict(set)
        for one in few:
            if one.k >= self.exclusive * one.d:
                narrow[one.list].add(one.account_id)
        groups = sorted({str(group) for side, group in known if side == "members"})
        return [self._group(g, known["members", g], known.get(("controls", g), []), narrow) for g in groups]

    def _group(self, group: str, members: list[str], controls: list[str], narrow: Mapping[str, set[str]]) -> Reading:
        if len(members) < 5 or len(controls) < 10:
            return too_little(
                GROUP, "group", group, group_id=group, n=len(members), unit="accounts", scale="share",
                lacking=f"{self.least} to {self.most} known follows of {len(members)} members and {len(controls)} controls; it needs those of 5 "
                "and 10",
            )  # fmt: skip
        tried: list[tuple[Enrichment, str, list[str], int]] = []
        for name, accounts in sorted(narrow.items()):
            hits, hits_control = [m for m in members if m in accounts], sum(c in accounts for c in controls)
            tried.append((enrichment(len(hits), len(members), hits_control, len(controls)), name, hits, hits_control))
        if not tried:
            tried.append((enrichment(0, len(members), 0, len(controls)), "any", [], 0))
        found, name, hits, hits_control = min(tried, key=lambda one: (one[0].p_value, one[1]))
        label = name[:80]
        return Reading(
            measure=GROUP, subject="group", subject_id=group, group_id=group, n=len(members), unit="accounts", scale="share",
            value=found.share, low=found.low, high=found.high, control=found.control, n_control=len(controls),
            p_value=min(1.0, found.p_value * len(tried)), lr=found.ratio.value, lr_low=found.ratio.low, lr_high=found.ratio.high,
            says=f"{len(hits)} of {len(members)} members with few known follows ({found.share:.0%}, 95% interval {found.low:.0%} to "
            f"{found.high:.0%}) follow hardly anything but the list “{label}”, against {hits_control} of {len(controls)} in the control "
            f"({found.control:.0%}).",
            points=(
                Point("group", found.share, low=found.low, high=found.high, label=label),
                Point("control", found.control, label=label),
            ),
            witnesses=tuple(Witness(account, None, f"follows hardly anything but the list {label}") for account in hits[:20]),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Twelve members whose six follows are all of one list of eight; 300 others with follows of every kind."""
        rng = np.random.default_rng(5)
        popularity = 1 / np.arange(1, 201)
        follows = [(f"m{i}", f"police{j}") for i in range(12) for j in rng.choice(8, 6, replace=False)]
        for i in range(300):
            some = rng.choice(200, int(rng.integers(2, 25)), replace=False, p=popularity / popularity.sum())
            follows += [(f"o{i}", f"police{j - 150}" if 150 <= j < 158 else f"star{j}") for j in some]
        ties = [
            {"followed_id": b, "follower_id": a, "position": None, "follower_created_us": None, "platform": None, "import_id": "i", "row_ref": n}
            for n, (a, b) in enumerate(follows)
        ]  # fmt: skip
        listed = [
            {"list": "police", "role": "interest", "account_id": f"police{j}", "import_id": "i", "row_ref": j}
            for j in range(8)
        ]
        sides = {"members": ("m", 12, MEMBERS), "controls": ("o", 60, CONTROLS)}
        return Example(
            {
                "follows": pa.Table.from_pylist(ties, schema=FOLLOWS.arrow),
                "lists": pa.Table.from_pylist(listed, schema=LISTS.arrow),
                **{
                    side: pa.Table.from_pylist(
                        [{"group_id": "G1", "account_id": f"{letter}{i}"} for i in range(n)], schema=table.arrow
                    )
                    for side, (letter, n, table) in sides.items()
                },
            },
            frozenset({(GROUP, "G1"), (ACCOUNT, "m0")}),
        )


@functools.cache
def _interval(k: int, n: int) -> tuple[float, float]:
    """95% interval of a share (Wilson); a case has few distinct pairs and many accounts."""
    interval = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    return float(interval.low), float(interval.high)
