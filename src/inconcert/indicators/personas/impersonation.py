"""Younger accounts that show themselves as another one does: how many, made how suddenly, and who of a group is among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.facts import ACCOUNTS, AVATARS, FACTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.personas.imitated import (
    as_famous,
    comparable,
    eldest_of_clusters,
    imitating_others,
    others_made_us,
    protected,
    watched,
)
from inconcert.indicators.personas.imitators import Imitator, Profiles, Target, imitators, namesakes, read_profiles
from inconcert.indicators.personas.impersonation_readings import (
    BURST,
    LOOKALIKES,
    MEMBERS,
    NAMESAKES,
    burst,
    imitating_members,
    lookalikes,
    on_the_name,
)
from inconcert.indicators.personas.lookalike_burst import fullest_window
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.reading import Reading, too_little

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class _Usual:
    """How many imitators and namesakes other accounts of any fame have."""

    others: Sequence[Target]
    imitators: Counts
    namesakes: Counts


@dataclass(frozen=True, kw_only=True)
class Impersonation(Indicator):
    """Accounts that are younger than another one and share at least two of its name, picture and bio.

    Those that say themselves that they are fans or parody are counted apart.

    window_days: stretch of time in which the most imitators made are counted, days.
    least: imitators of known age below which nothing is said of their times.
    watch: how many of the most followed accounts of the case are looked at although no list protects them.
    references: accounts, at most, of each half of an order of magnitude in followers whose imitators show what is usual.
    least_references: accounts as famous as the target below which a number of imitators is only described.
    least_pool: other accounts of known age, younger than the target, below which nothing is said of times.
    least_accounts: accounts on either side below which a group is not compared with its control.
    draws: Monte Carlo draws, at most.
    """

    name: ClassVar[str] = "impersonation"
    id: ClassVar[str] = "D13"
    family: ClassVar[str] = "persona"
    about: ClassVar[str] = (
        "younger accounts that share two of name, picture and bio with another: how many, and made how suddenly"
    )
    cites: ClassVar[str] = (
        "Unicode Technical Standard 39 (skeletons); ASPI 2023, Gaming Public Opinion (400 copies of one account)"
    )
    measures: ClassVar[dict[str, str]] = {
        LOOKALIKES: "accounts that imitate the target, against how many imitate comparable accounts",
        BURST: "most of them made within one window, against when the other accounts were made, joined in company",
        NAMESAKES: "accounts on a protected name alone, beside the mean of comparable accounts; not tested",
        MEMBERS: "share of members with the name, and the bio or a picture few of them bear, of a protected or most followed account "
        "outside the group and its control, against controls",
    }
    needs: ClassVar[tuple[str, ...]] = ("accounts.handle|accounts.display_name",)
    minimum: ClassVar[str] = (
        "bios or pictures; 3 imitators of known age and 30 other accounts for their times; 5 accounts a side for groups"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "fans who do not say that they are fans",
        "the same person or office with a second account",
        "branches of one organisation, made in one go",
        "a movement whose supporters show one name and badge",
        "people who changed their picture to another's in sympathy",
        "swindlers who want money",
        "namesakes with the same profession",
    )  # fmt: skip
    disarm: ClassVar[tuple[str, ...]] = ("T0143.003", "T0146.005", "T0145.001")
    figure: ClassVar[Figure] = Figure("histogram", "when the accounts were made (UTC)", "accounts", time=True)

    window_days: float = 30.0
    least: int = 3
    watch: int = 20
    references: int = 40
    least_references: int = 20
    least_pool: int = 30
    least_accounts: int = 5
    draws: int = 9_999

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One to three readings a target, in the order listed, most followed, eldest of lookalikes; then one a group."""
        profiles = read_profiles(facts.engine)
        listed = protected(facts.engine, profiles)
        vouched = frozenset[int]().union(*(target.own for target in listed))
        known = listed + [target for target in watched(profiles, self.watch) if not target.own & vouched]
        found = imitators(profiles, known, vouched)
        chosen = frozenset[int]().union(*(target.own for target in known))
        eldest = [t for t in eldest_of_clusters(profiles, self.least, found) if not t.own & chosen]
        usual = self._usual(profiles, known, vouched, found, rng)
        imitations = list(zip(known, found, strict=True))
        found += imitators(profiles, eldest, vouched)
        shown = any(profiles.bios) or any(profiles.pictures)
        readings: list[Reading] = []
        for at, (target, ones) in enumerate(zip(known + eldest, found, strict=True)):
            ones = [one for one in ones if profiles.case[one.place]]
            counted = [one for one in ones if one.parody is None]
            if target.vouched:
                places = _in_case(profiles, namesakes(profiles, target))
                readings.append(on_the_name(profiles, target, places, self._of(usual, usual.namesakes, target)))
            if not shown:
                lacking = "neither bios nor pictures are in the data; two of name, picture and bio are compared"
                readings.append(_refused(LOOKALIKES, target, 0, lacking))
                continue
            if at < len(known):
                # of whoever was chosen for its lookalikes their number cannot be tested
                counts = self._of(usual, usual.imitators, target)
                readings.append(lookalikes(profiles, target, counted, len(ones) - len(counted), counts))
            if target.vouched or len(counted) >= self.least:
                readings.append(self._burst(profiles, target, counted, rng))
        return readings + (self._groups(facts, profiles, imitations) if shown else [])

    def _usual(
        self,
        profiles: Profiles,
        targets: Sequence[Target],
        vouched: frozenset[int],
        found: Sequence[Sequence[Imitator]],
        rng: np.random.Generator,
    ) -> _Usual:
        """Not of accounts on a list, nor of those that imitate somebody and so each other. Names alone cost a search each, and are
        looked for where they are asked about."""
        but = vouched | {one.place for ones in found for one in ones}
        others = comparable(profiles, targets, but, self.references, rng)
        counts = [
            sum(one.parody is None and profiles.case[one.place] for one in ones)
            for ones in imitators(profiles, others, vouched)
        ]
        near = np.zeros(len(others), dtype=bool)
        for target in targets:
            if target.vouched:
                near |= as_famous(target, others)
        names = [
            len(_in_case(profiles, namesakes(profiles, one))) if asked else 0
            for one, asked in zip(others, near.tolist(), strict=True)
        ]
        return _Usual(others, np.array(counts, dtype=np.int64), np.array(names, dtype=np.int64))

    def _of(self, usual: _Usual, counts: Counts, target: Target) -> Counts | None:
        """Those of accounts as famous as the target; None where they are too few."""
        like = as_famous(target, usual.others)
        return counts[like] if like.sum() >= self.least_references else None

    def _burst(
        self, profiles: Profiles, target: Target, counted: Sequence[Imitator], rng: np.random.Generator
    ) -> Reading:
        dated = [one for one in counted if profiles.created_us[one.place] >= 0]
        if len(dated) < self.least:
            return _refused(BURST, target, len(dated), f"{len(dated)} lookalikes of known age; it needs {self.least}")
        pool = others_made_us(profiles, target, {one.place for one in counted})
        if len(pool) < self.least_pool:
            lacking = (
                f"{len(pool)} other accounts that are younger than it and of known age; it needs {self.least_pool}"
            )
            return _refused(BURST, target, len(dated), lacking)
        made = profiles.created_us[[one.place for one in dated]]
        window_us = round(self.window_days * DAY_US)
        return burst(profiles, target, dated, pool, fullest_window(made, pool, window_us, self.draws, rng), window_us)

    def _groups(
        self, facts: Facts, profiles: Profiles, imitations: Sequence[tuple[Target, Sequence[Imitator]]]
    ) -> list[Reading]:
        sides = [
            _by_group(facts.engine.sql(f"SELECT DISTINCT group_id, account_id FROM {of} ORDER BY group_id, account_id"))
            for of in ("members", "controls")
        ]
        readings = []
        for group, accounts in sides[0].items():
            own, control = (
                [profiles.place[a] for a in side if a in profiles.place] for side in (accounts, sides[1].get(group, []))
            )
            both = {*own, *control}
            outside = [(target, ones) for target, ones in imitations if not target.own & both]
            if outside and min(len(own), len(control)) >= self.least_accounts:
                sides_found = [imitating_others(profiles, side, outside) for side in (own, control)]
                readings.append(imitating_members(profiles, group, own, control, *sides_found))
                continue
            lacking = (
                f"profiles of {len(own)} members and {len(control)} controls, and {len(outside)} protected or most followed accounts "
                f"outside both; it needs {self.least_accounts} of each and one outside"
            )
            readings.append(
                too_little(
                    MEMBERS, "group", group, group_id=group, n=len(own), unit="accounts", scale="share", lacking=lacking
                )
            )
        return readings

    @classmethod
    def example(cls) -> Example:
        """A protected account, 40 copies of it made in three weeks, and 200 people who came over four years."""
        rng = np.random.default_rng(1)
        start = 1_500_000_000_000_000
        rows = [
            _account("target", "Harbour_Watch", "Harbour Watch", "We read the logs so that you need not", start, 90_000)
        ]
        rows += [
            _account(f"copy{i:02}", f"Harbour_Watch{i}", "Harbour Watch", "We read the logs so that you need not",
                     start + (900 + i // 2) * DAY_US, 3)
            for i in range(40)
        ]  # fmt: skip
        for i in range(200):
            word = "".join(rng.choice(list("bcdfgklmnprstv")) + rng.choice(list("aeiou")) for _ in range(5))
            rows.append(
                _account(f"p{i:03}", word, word.title(), None, start + int(rng.integers(1, 1460)) * DAY_US, int(rng.integers(1, 500)))
            )  # fmt: skip
        worn = [{"account_id": row["account_id"], "picture_id": "harbour"} for row in rows[:30]]
        lists = [
            {"list": "ours", "role": "protected", "account_id": "target", "handle": None, "platform": None, "display_name": None,
             "bio": None, "source": None, "import_id": "i", "row_ref": 1}
        ]  # fmt: skip
        tables = {
            "accounts": pa.Table.from_pylist(rows, schema=ACCOUNTS.arrow),
            "avatars": pa.Table.from_pylist(worn, schema=AVATARS.arrow),
            "lists": pa.Table.from_pylist(lists, schema=FACTS["lists"].arrow),
        }
        return Example(tables, frozenset({(BURST, "target")}))


def _account(id: str, handle: str, name: str, bio: str | None, made_us: int, followers: int) -> dict[str, object]:
    return {
        "account_id": id, "platform": "x", "role": "case", "handle": handle, "display_name": name, "bio": bio, "location": None,
        "created_us": made_us, "followers": followers, "following": None,
    }  # fmt: skip


def _in_case(profiles: Profiles, places: Sequence[int]) -> list[int]:
    return [p for p in places if profiles.case[p]]


def _refused(measure: str, target: Target, n: int, lacking: str) -> Reading:
    return too_little(measure, "account", target.subject_id, n=n, unit="lookalikes", scale="count", lacking=lacking)


def _by_group(rows: pa.Table) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for row in rows.to_pylist():
        groups.setdefault(row["group_id"], []).append(row["account_id"])
    return groups
