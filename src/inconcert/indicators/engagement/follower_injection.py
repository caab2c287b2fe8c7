"""Followers that came in one block from accounts made at one time: creation date against the order of following."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import stats

from inconcert.engine.base import Value
from inconcert.indicators.engagement import follower_blocks
from inconcert.indicators.engagement.follower_blocks import DAY_US, Windows, bound
from inconcert.indicators.engagement.follower_density import Block, day, density
from inconcert.indicators.evidence import from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Reading, Witness, too_little
from inconcert.schema import FOLLOWS

BLOCKS, ERROR = "follower-blocks", "follow-time-error"
EARLIEST_US, LATEST_US = 631_152_000_000_000, 4_102_444_800_000_000
"""1990 and 2100: creation dates outside are damage, and one in the future would hide all that follow."""
ALWAYS_DRAWN = 20
"""The accounts with most followers are drawn whether or not something stands out: natural growth is a finding too."""
REFUSED = 50
"""Of the accounts with too few followers, so many are named, those with most first."""

_KNOWN = """
SELECT followed_id, follower_id, min(position) AS position, min(follower_created_us) AS created_us FROM follows
WHERE position IS NOT NULL AND follower_created_us >= :earliest AND follower_created_us < :latest GROUP BY followed_id, follower_id"""
_FOLLOWED = f"""
SELECT every.followed_id, count(known.followed_id) AS n, min(groups.group_id) AS group_id
FROM (SELECT DISTINCT followed_id FROM follows) AS every LEFT JOIN ({_KNOWN}) AS known ON known.followed_id = every.followed_id
LEFT JOIN (SELECT account_id, min(group_id) AS group_id FROM members GROUP BY account_id) AS groups ON groups.account_id = every.followed_id
GROUP BY every.followed_id ORDER BY n DESC, every.followed_id"""
_HISTORY = (
    f"SELECT position, created_us FROM ({_KNOWN}) AS known WHERE followed_id = :followed ORDER BY position, created_us"
)
_WITNESSES = f"""
SELECT follower_id, created_us FROM ({_KNOWN}) AS known
WHERE followed_id = :followed AND position >= :low AND position <= :high AND created_us >= :from_us AND created_us < :to_us
ORDER BY position, created_us, follower_id LIMIT 20"""


@dataclass(frozen=True, kw_only=True)
class FollowerInjection(Indicator):
    """Blocks of consecutive followers in which accounts made at one time crowd, beside the followers before and after them.

    blocks: followers in a block, each size tried; a bought batch shows best in blocks of about its own size, and hides in its own
        neighbours when it is several times as long. In long histories the largest is doubled, and doubled again, up to a fifteenth of all.
    reference: neighbours a block is compared with, in blocks, half before it and half after.
    old_days: how old accounts must have been when the earliest of block and neighbours followed; younger ones come in waves anyway.
    band_days: width of a band of creation dates.
    level: false discovery rate among the blocks of one followed account.
    least: fewest followers with known order and creation date.
    """

    name: ClassVar[str] = "follower-injection"
    id: ClassVar[str] = "D14"
    family: ClassVar[str] = "engagement"
    about: ClassVar[str] = (
        "followers that arrived in blocks of accounts made at one time, as bought ones do: creation date against order of following"
    )
    cites: ClassVar[str] = (
        "Meeder et al. 2011, We know who you followed last summer (WWW); ASPI 2023, Gaming public opinion, figure 25"
    )
    measures: ClassVar[dict[str, str]] = {
        BLOCKS: "followers in blocks whose accounts were made at one time, against what the followers before and after lead one to "
        "expect; tested over all blocks of the account together",
        ERROR: "how far the running maximum of creation dates lies before the time of following, if the newest followers followed as "
        "soon as they joined; not tested",
    }
    needs: ClassVar[tuple[str, ...]] = ("follows.position", "follows.follower_created_us")
    minimum: ClassVar[str] = "600 followers whose order and creation date are known"
    confounders: ClassVar[tuple[str, ...]] = (
        "an event at which many signed up, who later follow the same account together",
        "a press mention or a recommendation in a country that joined the platform at one time",
        "a campaign of following back, or a list of accounts to follow that one cohort was shown",
        "followers somebody else bought for the account, unasked",
        "spam accounts, which follow the well known of their own accord",
    )  # fmt: skip
    disarm: ClassVar[tuple[str, ...]] = ("T0092", "T0150.006")
    figure: ClassVar[Figure] = Figure(
        "scatter", "place in the order of following", "when the follower's account was made", time_y=True
    )

    blocks: tuple[int, ...] = (100, 200, 1000, 2000, 4000)
    reference: int = 5
    old_days: int = 180
    band_days: int = 60
    level: float = 0.01
    least: int = 600

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Two readings for every followed account with enough followers, those with most first."""
        params = {"earliest": EARLIEST_US, "latest": LATEST_US}
        followed = facts.engine.sql(_FOLLOWED, params).to_pylist()
        readings, refused = [], 0
        for place, row in enumerate(followed):
            account, n, group = row["followed_id"], row["n"], row["group_id"]
            if n < self.least:
                refused += 1
                if refused <= REFUSED:
                    readings.append(self._refusal(account, n, group))
                continue
            table = facts.engine.sql(_HISTORY, {**params, "followed": account})
            position, created_us = (table.column(c).to_numpy().astype(np.int64) for c in ("position", "created_us"))
            readings += [
                self._blocks(facts, account, group, position, created_us, place),
                _error(account, group, created_us),
            ]
        return readings

    def _refusal(self, account: str, n: int, group: str | None) -> Reading:
        return too_little(
            BLOCKS, "followed", account, group_id=group, n=n, unit="followers", scale="count",
            lacking=f"{n:,} followers with known order and creation date; it needs {self.least:,}",
        )  # fmt: skip

    def _blocks(
        self,
        facts: Facts,
        account: str,
        group: str | None,
        position: NDArray[np.int64],
        created_us: NDArray[np.int64],
        place: int,
    ) -> Reading:
        n = len(created_us)
        tested = follower_blocks.windows(
            created_us, self._sizes(n), self.reference, self.old_days * DAY_US, self.band_days * DAY_US
        )
        if tested.chance is None:
            return too_little(
                BLOCKS, "followed", account, group_id=group, n=n, unit="followers", scale="count",
                lacking=f"{n:,} followers, none of whose accounts was {self.old_days} days old when the others followed; it needs a "
                "history in which older accounts follow",
            )  # fmt: skip
        found = list(self._flagged(created_us, tested))
        p_value = max(tested.chance, 1e-300)
        ratio = from_p(p_value)
        value, expected, low, high = self._amount(created_us, tested, found)
        drawn = bool(found) or p_value <= 0.05 or place < ALWAYS_DRAWN
        return Reading(
            measure=BLOCKS, subject="followed", subject_id=account, group_id=group, n=n, unit="followers", scale="count",
            value=float(value), low=low, high=high, control=expected, n_control=n, p_value=p_value,
            lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high,
            says=_sentence(n, value, expected, low, high, found, p_value, self.old_days),
            points=tuple(density(position, created_us, found)) if drawn else (),
            witnesses=_witnesses(facts, account, position, found),
        )  # fmt: skip

    def _sizes(self, n: int) -> list[int]:
        """The sizes of blocks to try in a history of n followers."""
        sizes = list(self.blocks)
        while sizes and 2 * 15 * sizes[-1] <= n:
            sizes.append(2 * sizes[-1])
        return sizes

    def _flagged(self, created_us: NDArray[np.int64], tested: Windows) -> Iterator[Block]:
        """Blocks within the level that do not overlap, the most striking first."""
        taken: list[tuple[int, int]] = []
        for i in np.lexsort((tested.last, tested.first, tested.p_value)):
            first, last = int(tested.first[i]), int(tested.last[i])
            if tested.q_value[i] <= self.level and all(last <= a or first >= b for a, b in taken):
                taken.append((first, last))
                yield self._block(created_us, first, last, float(tested.q_value[i]))

    def _block(self, created_us: NDArray[np.int64], first: int, last: int, q_value: float) -> Block:
        from_us, to_us, here, expected = follower_blocks.telling(
            created_us, first, last, self.reference, self.old_days * DAY_US, self.band_days * DAY_US
        )
        return Block(first, last, from_us, to_us, here, expected, q_value)

    def _amount(
        self, created_us: NDArray[np.int64], tested: Windows, found: list[Block]
    ) -> tuple[int, float, float, float]:
        """Followers in the blocks, those expected there, and the Poisson interval of the former.

        Without a block, the upper end is what the one that stands out most may hold beyond expectation.
        """
        if found:
            k, expected = sum(b.followers for b in found), sum(b.expected for b in found)
            return k, expected, float(stats.chi2.ppf(0.025, 2 * k) / 2), float(stats.chi2.ppf(0.975, 2 * k + 2) / 2)
        most = int(np.lexsort((tested.last, tested.first, tested.p_value))[0])
        block = self._block(created_us, int(tested.first[most]), int(tested.last[most]), 1.0)
        beyond = float(stats.chi2.ppf(0.975, 2 * block.followers + 2) / 2) - block.expected
        return 0, 0.0, 0.0, max(0.0, beyond)

    @classmethod
    def example(cls) -> Example:
        """3,000 followers over six years; of 300 in a row, 200 have accounts made within eight months four years before."""
        rng = np.random.default_rng(11)
        followed_days = np.sort(rng.random(3000) * 2200)
        age_days = np.where(rng.random(3000) < 0.45, rng.exponential(20, 3000), rng.exponential(900, 3000))
        created_days = followed_days - age_days
        bought = 2000 + rng.choice(300, 200, replace=False)
        created_days[bought] = followed_days[2000] - 1400 + rng.random(200) * 240
        rows = [
            {"followed_id": "centre", "follower_id": f"f{i}", "position": i + 1, "platform": "x", "import_id": "i", "row_ref": i + 1,
             "follower_created_us": int((15_500 + days) * DAY_US)} for i, days in enumerate(created_days)
        ]  # fmt: skip
        return Example({"follows": pa.Table.from_pylist(rows, schema=FOLLOWS.arrow)}, frozenset({(BLOCKS, "centre")}))


def _error(account: str, group: str | None, created_us: NDArray[np.int64]) -> Reading:
    """Hours from the bound of each follower to the next later one, which the newest followers bring: median and middle 95%."""
    follows = bound(created_us)
    later = np.append(np.unique(follows)[1:], follows[-1])
    hours = (later[np.searchsorted(np.unique(follows), follows)] - follows) / 3.6e9
    low, middle, high = (float(v) for v in np.quantile(hours, (0.025, 0.5, 0.975)))
    return Reading(
        measure=ERROR, subject="followed", subject_id=account, group_id=group, n=len(created_us), unit="followers", scale="hours",
        value=middle, low=low, high=high,
        says=f"Nobody follows before their account exists: that dates the {len(created_us):,} follows to within about {middle:,.1f} hours "
        f"(95% of them {low:,.1f} to {high:,.1f}), if the newest followers followed as soon as they joined.",
    )  # fmt: skip


def _sentence(
    n: int, value: int, expected: float, low: float, high: float, found: list[Block], p_value: float, old_days: int
) -> str:
    whole = f"Among {n:,} followers in the order in which they followed"
    untested = f"accounts younger than {old_days} days when they followed, or when the first of those they are compared with did, were not tested"
    if not found:
        return (
            f"{whole}, no block stands out by accounts made at one time; the one most unlike its neighbours may hold up to {high:,.0f} "
            f"more than they lead one to expect (chance {p_value:.2g}); {untested}."
        )
    months = sorted({f"{day(b.from_us)} to {day(b.to_us - 1)}" for b in found})
    return (
        f"{whole}, {len(found)} block{'s' * (len(found) > 1)} hold{'s' * (len(found) == 1)} {value:,} (95% interval {low:,.0f} to {high:,.0f}) "
        f"with accounts made at one time ({'; '.join(months[:3])}{' and others' * (len(months) > 3)}), where those before and after lead "
        f"one to expect {expected:,.0f} (chance {p_value:.2g}); {untested}."
    )


def _witnesses(facts: Facts, account: str, position: NDArray[np.int64], found: list[Block]) -> tuple[Witness, ...]:
    """Twenty of the followers in the most striking block."""
    if not found:
        return ()
    block = found[0]
    params: dict[str, Value] = {
        "earliest": EARLIEST_US, "latest": LATEST_US, "followed": account, "low": int(position[block.first]),
        "high": int(position[block.last - 1]), "from_us": block.from_us, "to_us": block.to_us,
    }  # fmt: skip
    rows = facts.engine.sql(_WITNESSES, params).to_pylist()
    return tuple(
        Witness(row["follower_id"], None, f"in the block, account made {day(row['created_us'])}") for row in rows
    )
