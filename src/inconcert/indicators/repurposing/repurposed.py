"""Accounts that changed hands or purpose: several habits that changed abruptly, for good, and at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.facts import CONTROLS, MEMBERS, POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.reading import Reading, too_little
from inconcert.indicators.repurposing.coinciding_changes import CHANGED, Coincidence, HabitChange, coincidence
from inconcert.indicators.repurposing.habit_changes import AT, SHARE, P
from inconcert.indicators.repurposing.habits import (
    HABITS,
    HOURS,
    KIND,
    LANGUAGE,
    PROGRAM,
    WORDS,
    Daily,
    Floats,
    Histories,
    changed,
    changes_of_codes,
    changes_of_words,
    daily,
    daily_words,
    histories,
)
from inconcert.indicators.repurposing.repurposed_readings import (
    ACCOUNT,
    GROUP,
    Break,
    break_reading,
    breaks_of_group,
    dated,
    no_break,
)

_FIRST_DRAWS = 199
_PROMISING = 0.02  # chance of meeting above which more orders are not worth drawing, since p is not smaller
_AGEING = (WORDS, PROGRAM)
_MOVING = {LANGUAGE, HOURS}  # what whoever moves to another country changes in any case


@dataclass(frozen=True, kw_only=True)
class Repurposed(Indicator):
    """Accounts whose language, topic, hours, client or kinds of post changed together, abruptly and to stay.

    least_posts: posts below which an account is left out.
    least_days: days with posts below which it is.
    side_posts: fewest posts on either side of a change.
    side_weeks: fewest weeks with posts on either side.
    close_days: days with posts within which changes are at one moment.
    pause_days: days of silence across which a new topic or client is no sign of anything: the world and telephones age by themselves.
    alpha: p-value up to which an account counts in the comparison of groups, if more than its language and hours changed.
    together_days: stretch of time that holds more than half of the members' changes where a move or an event brought them; then the
        share is not tested.
    least_accounts: accounts with a long history on either side below which a group is not compared with its control.
    draws: orders of weeks drawn at most.
    """

    name: ClassVar[str] = "repurposed"
    id: ClassVar[str] = "D17"
    family: ClassVar[str] = "repurposing"
    about: ClassVar[str] = (
        "language, topic, hours, client or kinds of post of an account that changed together, abruptly and to stay"
    )
    cites: ClassVar[str] = (
        "Elmas, Overdorf and Aberer 2022, Misleading repurposing on Twitter; ISD 2022 on hijacked accounts"
    )
    measures: ClassVar[dict[str, str]] = {
        ACCOUNT: "habits of an account that changed at one moment, against habits that change one at a time, if at all",
        GROUP: "share of members with such a moment at which more than language and hours changed, against controls; a description where "
        "more than half of these moments fall within three weeks",
    }
    needs: ClassVar[tuple[str, ...]] = ("posts.time_us",)
    minimum: ClassVar[str] = (
        "60 posts on 30 days, 20 posts in 3 weeks on either side; 5 such accounts a side for groups"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "a person who moved to another country and took up its language and its hours",
        "people who fled or moved together, such as a newsroom in exile",
        "a new job, or an office with a new person in charge",
        "a scheduling program that posts at other hours than its user",
        "a return after a long pause as a changed person",
        "an event that changed what and how somebody writes for good, such as a war",
        "an account sold or handed on openly",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0150.004", "T0150.005")
    figure: ClassVar[Figure] = Figure("strip", "date (UTC)", "account", time=True)

    least_posts: int = 60
    least_days: int = 30
    side_posts: int = 20
    side_weeks: int = 3
    close_days: int = 7
    pause_days: float = 180.0
    alpha: float = 0.01
    together_days: int = 21
    least_accounts: int = 5
    draws: int = 19_999

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading an account with a history long enough, one a member without, one a group."""
        past = histories(facts.engine, self.least_posts, self.least_days)
        found = self._coincidences(facts, past, _seeds(past, rng))
        moments = {at: self._dated(past, at, one, words) for at, (one, words) in found.items()}
        shown = [at for at, (one, _) in found.items() if one.p_value <= CHANGED]
        posts = _posts_of(facts, [past.accounts[at] for at in shown])
        renamed = _renamed(facts)
        groups = [_by_group(facts.engine.sql(_GROUPS.format(of=of))) for of in ("members", "controls")]
        group_of = {account: group for group, accounts in groups[0].items() for account in accounts}
        readings = []
        for at, account in enumerate(past.accounts):
            group = group_of.get(account)
            if at in moments:
                readings.append(
                    break_reading(past, at, moments[at], group, renamed.get(account, ()), posts.get(account, []))
                )
            else:
                readings.append(no_break(past, at, group, renamed.get(account, ())))
        measured = {account: at for at, account in enumerate(past.accounts)}
        readings += [
            self._short(account, group) for account, group in sorted(group_of.items()) if account not in measured
        ]
        raised = {
            past.accounts[at]: moments[at].first_us
            for at, (one, _) in found.items()
            if one.p_value <= self.alpha and not {change.habit for change in one.together} <= _MOVING
        }
        for group, accounts in groups[0].items():
            own, control = ([a for a in side if a in measured] for side in (accounts, groups[1].get(group, [])))
            readings.append(
                breaks_of_group(group, own, control, raised, self.least_accounts, self.alpha, self.together_days)
            )
        return readings

    def _coincidences(
        self, facts: Facts, past: Histories, seeds: NDArray[np.uint64]
    ) -> dict[int, tuple[Coincidence, Daily | None]]:
        """By place of the account, with what its words were about. Words are read only of accounts with another habit changed."""
        sides = (self.side_posts, self.side_weeks)
        every = list(range(len(past.accounts)))
        codes = [habit for habit in (LANGUAGE, HOURS, PROGRAM, KIND) if len(past.names.get(habit, "  ")) > 1]
        first = {habit: changes_of_codes(past, habit, every, sides, _FIRST_DRAWS, seeds) for habit in codes}
        some = np.zeros(len(every), dtype=bool)
        for result in first.values():
            some |= changed(result, CHANGED)
        asked = np.flatnonzero(some).tolist()
        words = daily_words(facts.engine, [past.accounts[at] for at in asked]) if asked else {}
        found: dict[int, tuple[Coincidence, Daily | None]] = {}
        for at in map(int, asked):
            own = words.get(past.accounts[at])
            rows: dict[str, Floats] = {habit: first[habit][at] for habit in codes}
            if own is not None:
                rows[WORDS] = changes_of_words(own, sides, _FIRST_DRAWS, seeds[at])
            one = self._together(past, at, rows, own)
            if one is not None and one.meeting <= _PROMISING:
                draws = min(self.draws, round(2 * (HABITS - 1) / one.meeting))  # more would not make p smaller
                for habit in [change.habit for change in one.together]:
                    rows[habit] = (
                        changes_of_words(own, sides, draws, seeds[at])
                        if habit == WORDS and own is not None
                        else changes_of_codes(past, habit, [at], sides, draws, seeds[at : at + 1])[0]
                    )
                one = self._together(past, at, rows, own)
            if one is not None:
                found[at] = one, own
        return found

    def _together(self, past: Histories, at: int, rows: dict[str, Floats], words: Daily | None) -> Coincidence | None:
        """What changed at one moment, from the results by habit."""
        sharp = [habit for habit, row in rows.items() if changed(row, CHANGED)]
        if len(sharp) < 2:
            return None
        active = np.unique(past.time_us[past.of(at)] // DAY_US)
        changes = []
        for habit in sharp:
            days = words.days if habit == WORDS and words is not None else daily(past, habit, at).days
            place = int(rows[habit][AT])
            before, after = (int(np.searchsorted(active, days[i])) for i in (place - 1, place))
            pause = np.diff(active[before : after + 1]).max()
            if habit in _AGEING and pause >= self.pause_days:
                continue
            changes.append(HabitChange(habit, float(rows[habit][P]), before, after, float(rows[habit][SHARE])))
        return coincidence(changes, HABITS, len(active), self.close_days)

    def _dated(self, past: Histories, at: int, one: Coincidence, words: Daily | None) -> Break:
        habits = {
            change.habit: words if change.habit == WORDS and words is not None else daily(past, change.habit, at)
            for change in one.together
        }
        return dated(past, at, one, habits, self.side_posts, self.close_days)

    def _short(self, account: str, group: str) -> Reading:
        lacking = f"no such history; it needs {self.least_posts} posts of known time on {self.least_days} days"
        return too_little(
            ACCOUNT, "account", account, n=0, unit="posts", scale="count", lacking=lacking, group_id=group
        )

    @classmethod
    def example(cls) -> Example:
        """Thirty people, of whom five, a group of twelve holds them, write in another language, at other hours and by another program
        from one day on."""
        rng = np.random.default_rng(3)
        rows = []
        for person in range(30):
            taken = 200 + 7 * person if person < 5 else 10_000
            for i, day in enumerate(np.sort(rng.integers(0, 500, 240)).tolist()):
                now = day >= taken
                hour = (int(rng.integers(0, 7)) + (2 if now else 13)) % 24
                rows.append(
                    {
                        "post_id": f"{person}-{i}", "account_id": f"a{person:02}", "platform": "x", "role": "case", "kind": "share" if now and i % 2 else "post",
                        "time_us": 1_600_000_000_000_000 // DAY_US * DAY_US + day * DAY_US + hour * 3_600_000_000 + i * 1_000_000,
                        "text": None, "client": "Sender" if now else "Phone", "language": "en" if now or rng.random() < 0.1 else "es",
                    }
                )  # fmt: skip
        ids = [f"a{person:02}" for person in range(30)]
        tables = {
            "posts": pa.Table.from_pylist(rows, schema=POSTS.arrow),
            "members": pa.Table.from_pylist(
                [{"group_id": "G1", "account_id": a} for a in ids[:12]], schema=MEMBERS.arrow
            ),
            "controls": pa.Table.from_pylist(
                [{"group_id": "G1", "account_id": a} for a in ids[12:]], schema=CONTROLS.arrow
            ),
        }
        return Example(tables, frozenset((ACCOUNT, a) for a in ids[:5]))


def _seeds(past: Histories, rng: np.random.Generator) -> NDArray[np.uint64]:
    """One an account, from the generator and from when the account posted, so that it does not depend on what else is in the data."""
    base = rng.integers(0, 2**63, dtype=np.uint64)
    if not past.accounts:
        return np.zeros(0, dtype=np.uint64)
    begun, ended = past.time_us[past.first[:-1]], past.time_us[past.first[1:] - 1]
    own = begun.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + ended.astype(np.uint64) * np.uint64(
        0xC2B2AE3D27D4EB4F
    )
    return np.asarray(base + own + np.diff(past.first).astype(np.uint64), dtype=np.uint64)


def _renamed(facts: Facts) -> dict[str, tuple[int | None, ...]]:
    """Account -> when each of its names was first captured, of accounts that had several."""
    found: dict[str, tuple[int | None, ...]] = {}
    for row in facts.engine.sql(_RENAMED).to_pylist():
        found[row["account_id"]] = (*found.get(row["account_id"], ()), row["first_us"])
    return found


def _posts_of(facts: Facts, accounts: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """(time, post) of these accounts, by time."""
    if not accounts:
        return {}
    asked = pa.table({"group_id": [""] * len(accounts), "account_id": list(accounts)}, schema=MEMBERS.arrow)
    facts.engine.attach("repurposed_shown", asked)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in facts.engine.sql(_SHOWN).to_pylist():
        found[row["account_id"]].append((row["time_us"], row["post_id"]))
    return found


def _by_group(rows: pa.Table) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows.to_pylist():
        groups[row["group_id"]].append(row["account_id"])
    return groups


_GROUPS = "SELECT DISTINCT group_id, account_id FROM {of} ORDER BY group_id, account_id"
_RENAMED = """
SELECT names.account_id, min(first_us) AS first_us FROM names INNER JOIN (
    SELECT account_id FROM names GROUP BY account_id
    HAVING count(DISTINCT lower(handle)) > 1 OR count(DISTINCT display_name) > 1) AS several ON several.account_id = names.account_id
GROUP BY names.account_id, lower(handle), display_name ORDER BY names.account_id, first_us, min(seen)"""
_SHOWN = """
SELECT posts.account_id, time_us, post_id FROM posts INNER JOIN repurposed_shown ON repurposed_shown.account_id = posts.account_id
WHERE time_us IS NOT NULL ORDER BY posts.account_id, time_us, post_id"""
