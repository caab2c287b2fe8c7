"""Accounts that act on the same object within a short time of each other: the reference, in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa

from inconcert.detect.counts import Actions, Unit
from inconcert.detect.scales import EVERY, checked_windows, popularity_caps, stated_caps
from inconcert.engine.base import Engine, Value
from inconcert.errors import InputError, UnknownName
from inconcert.schema import KINDS, WINDOWS_US

PAIRS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("target", pa.string(), nullable=False),
        pa.field("object_id", pa.string(), nullable=False),
        pa.field("source_post_id", pa.string(), nullable=False),
        pa.field("target_post_id", pa.string(), nullable=False),
        pa.field("gap_us", pa.int64()),
        pa.field("popularity", pa.int32(), nullable=False),
    ]
)
"""One co-action with the two posts that prove it; gap_us NULL when a post has no time; popularity: accounts on the object."""

_POPULAR = """
SELECT object_id, count(DISTINCT account_id) AS popularity FROM actions WHERE kind = :kind
GROUP BY object_id HAVING count(DISTINCT account_id) >= :min_popularity"""

_ACT = {
    "first": """
    SELECT account_id, object_id, post_id, time_us FROM (
        SELECT account_id, object_id, post_id, time_us, row_number() OVER (
            PARTITION BY account_id, object_id ORDER BY time_us NULLS LAST, post_id) AS place
        FROM actions WHERE kind = :kind{of}) AS ranked
    WHERE place = 1""",
    "all": """
    SELECT DISTINCT account_id, object_id, post_id, time_us FROM actions WHERE kind = :kind{of}""",
}

_MEET = {
    ("actions", False): "l.account_id <> r.account_id",
    ("actions", True): "(l.account_id <> r.account_id OR l.post_id <> r.post_id)",
    ("pairs", False): "l.account_id < r.account_id",
    ("pairs", True): "(l.account_id < r.account_id OR (l.account_id = r.account_id AND l.post_id < r.post_id))",
}

_CLOSEST = """row_number() OVER (PARTITION BY source, target, {unit}
        ORDER BY gap_us NULLS LAST, source_post_id, target_post_id, object_id)"""

# Time is cut into slots a little longer than an object's reach, and each action looked up in its own slot and the two beside
# it: engines join on equal values, and would otherwise build every pair of actions on an object before comparing times.
_PROOF = """
WITH popular AS ({popular}
), reached AS (
    SELECT object_id, popularity, popularity <= :cap_untimed AS untimed, {reach} AS reach_us
    FROM popular WHERE popularity <= :cap_any
), act AS ({act}
), kept AS (
    SELECT act.account_id, act.object_id, act.post_id, act.time_us, reached.popularity, reached.untimed, reached.reach_us,
           CASE WHEN reached.untimed THEN 0 ELSE act.time_us - act.time_us % (reached.reach_us + 1) END AS slot_us
    FROM act INNER JOIN reached ON act.object_id = reached.object_id
), beside AS (
    SELECT kept.*, slot_us + step * (reach_us + 1) AS beside_us
    FROM kept CROSS JOIN (SELECT -1 AS step UNION ALL SELECT 0 AS step UNION ALL SELECT 1 AS step) AS steps
    WHERE step = 0 OR NOT untimed
), near AS (
    SELECT l.account_id AS source, r.account_id AS target, l.object_id, l.post_id AS source_post_id,
           r.post_id AS target_post_id, abs(l.time_us - r.time_us) AS gap_us, l.popularity
    FROM kept AS l INNER JOIN beside AS r ON l.object_id = r.object_id AND l.slot_us = r.beside_us AND {meet}
     AND (l.untimed OR abs(l.time_us - r.time_us) <= l.reach_us)
), ranked AS (
    SELECT source, target, object_id, source_post_id, target_post_id, gap_us, popularity, {place} AS place FROM near
), proof AS (
    SELECT source, target, object_id, source_post_id, target_post_id, gap_us, popularity FROM ranked WHERE place = 1
)"""

_COUNTED = """, counted AS (
    SELECT source, target, {counts} FROM proof GROUP BY source, target
), edges AS (
    SELECT * FROM counted WHERE {enough}
)"""

_ORDER = "gap_us NULLS LAST, object_id, source_post_id, target_post_id"


@dataclass(frozen=True, kw_only=True)
class CoAction:
    """Accounts that act on the same object within a window, at every scale in one pass.

    kind: the kind of action compared, one of `schema.KINDS`.
    windows_s: the windows, seconds, ascending, one to seven; 10 s shows button-pushing, 6 h a day's campaign.
    untimed: also count the objects both accounts acted on at any time; finds operators who spread their posts.
    min_objects: fewest co-actions, in the unit of `count`, at one scale or more; 1 keeps every chance meeting.
    max_accounts: an object used by more accounts is popular, not telling, and is left out: one number, or one a scale
        (the last untimed) that does not grow with the window; None bounds the work by popularity alone (`scales`).
    actions: "first" compares each account's first action on each object, which is what the null model describes; "all"
        every action, which is what coordination-network-toolkit and CooRTweet count.
    count: "objects" counts each object once a pair. "actions" counts the posts of the source that the target met, so
        that a pair has a weight each way (coordination-network-toolkit); "action_pairs" counts pairs of posts
        (CooRTweet), so that one hyperactive account raises it. Both take one cap for all scales, none unless stated.
    loops: also pair an account with itself where two of its own posts meet.
    """

    name: ClassVar[str] = "co-action"
    cites: ClassVar[str] = (
        "Pacheco et al. 2021, ICWSM 15, 455-466; window around each action: Righetti and Balluff, CooRTweet"
    )

    kind: str = "share"
    windows_s: tuple[float, ...] = tuple(w / 1e6 for w in WINDOWS_US)
    untimed: bool = True
    min_objects: int = 2
    max_accounts: int | tuple[int, ...] | None = None
    actions: Actions = "first"
    count: Unit = "objects"
    loops: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UnknownName("kind of action", self.kind, KINDS)
        checked_windows(self.windows_us)
        if self.min_objects < 1:
            raise InputError(f"min_objects must be 1 or more, but is {self.min_objects}.")
        if self.max_accounts is not None:
            stated_caps(self.max_accounts, self.windows_us, untimed=self.untimed)
            if self.count != "objects" and not isinstance(self.max_accounts, int):
                raise InputError(
                    f"Counting {self.count} takes one max_accounts for all scales, not {self.max_accounts}."
                )

    @property
    def windows_us(self) -> tuple[int, ...]:
        """The windows, microseconds."""
        return tuple(round(w * 1e6) for w in self.windows_s)

    def caps(self, engine: Engine) -> tuple[int, ...]:
        """Most accounts an object may have at each scale, the last one untimed (`scales.popularity_caps`)."""
        if self.max_accounts is not None or self.count != "objects":
            return stated_caps(
                EVERY if self.max_accounts is None else self.max_accounts, self.windows_us, untimed=self.untimed
            )
        popularity = engine.sql(
            f"SELECT popularity FROM ({_POPULAR}) AS popular", {"kind": self.kind, "min_popularity": 2}
        )
        return popularity_caps(popularity["popularity"].to_numpy(), self.windows_us, untimed=self.untimed)

    def edges(self, engine: Engine) -> pa.Table:
        """Pairs with `min_objects` co-actions at one scale or more: source, target, and int32 n_<window>us … n_untimed.

        engine: has `actions` attached. Sorted by source and target.
        """
        query = f"{self._proof()}{self._counted()} SELECT * FROM edges ORDER BY source, target"
        found = engine.sql(query, self._params(engine))
        names = [f"n_{w}us" for w in self.windows_us] + ["n_untimed"]
        fields = [pa.field(n, pa.string(), nullable=False) for n in ("source", "target")]
        fields += [pa.field(n, pa.int32(), nullable=False) for n in names]
        return found.rename_columns(["source", "target", *names]).cast(pa.schema(fields))

    def pairs(self, engine: Engine) -> pa.Table:
        """The co-actions behind `edges`, one row each thing counted, with the two closest posts that prove it: PAIRS.

        As many rows of a pair of accounts lie within a window, and below its cap, as the edge counts there.
        """
        query = f"""{self._proof()}{self._counted()}
        SELECT proof.* FROM proof INNER JOIN edges ON proof.source = edges.source AND proof.target = edges.target
        ORDER BY proof.source, proof.target, {_ORDER.replace("object_id", "proof.object_id")}"""
        return engine.sql(query, self._params(engine)).cast(PAIRS)

    def explain(self, engine: Engine, a: str, b: str) -> pa.Table:
        """The co-actions of two accounts, few or many, the closest in time first: PAIRS."""
        source, target = (a, b) if self.count == "actions" else sorted((a, b), key=lambda s: s.encode())
        query = f"""{self._proof(" AND account_id IN (:source, :target)")}
        SELECT * FROM proof WHERE source = :source AND target = :target ORDER BY {_ORDER}"""
        return engine.sql(query, {**self._params(engine), "source": source, "target": target}).cast(PAIRS)

    @classmethod
    def example(cls) -> tuple[CoAction, list[tuple[str, str, str, str, int | None]], set[tuple[str, str]]]:
        """A detector, a small world of (account_id, kind, object_id, post_id, time_us), and the pairs it must find in it."""
        hour, minute, second = 3_600_000_000, 60_000_000, 1_000_000
        ring: list[tuple[str, str, str, str, int | None]] = [
            (account, "share", thing, f"p-{account}-{thing}", day * 24 * hour + late * second)
            for day, thing in enumerate("xyz")
            for late, account in enumerate(("я", "日"))
        ]
        crowd: list[tuple[str, str, str, str, int | None]] = [
            (f"n{i}", "share", thing, f"q{i}", 2 * hour + i * 61 * minute) for i, thing in enumerate("xyz")
        ]
        return cls(windows_s=(10.0, 60.0), untimed=False), ring + crowd, {("я", "日")}

    def _proof(self, of: str = "") -> str:
        windows = range(len(self.windows_s))
        steps = " ".join(f"WHEN popularity <= :cap_{w} THEN CAST(:window_{w} AS BIGINT)" for w in reversed(windows))
        once = (
            self.actions == "first" and self.count == "objects"
        )  # then no two rows of `near` are of one pair and object
        unit = {"objects": "object_id", "actions": "source_post_id"}.get(self.count)
        return _PROOF.format(
            popular=_POPULAR,
            reach=f"CASE {steps} END",
            act=_ACT[self.actions].format(of=of),
            meet=_MEET["actions" if self.count == "actions" else "pairs", self.loops],
            place="1" if once or unit is None else _CLOSEST.format(unit=unit),
        )

    def _counted(self) -> str:
        windows = range(len(self.windows_s))
        within = [f"gap_us <= :window_{w} AND popularity <= :cap_{w}" for w in windows] + ["popularity <= :cap_untimed"]
        counts = [f"count(*) FILTER (WHERE {condition}) AS n_{s}" for s, condition in enumerate(within)]
        enough = [f"n_{s} >= :min_objects" for s in range(len(within))]
        return _COUNTED.format(counts=",\n        ".join(counts), enough=" OR ".join(enough))

    def _params(self, engine: Engine) -> dict[str, Value]:
        caps = self.caps(engine)
        values: dict[str, Value] = {
            "kind": self.kind,
            "min_objects": self.min_objects,
            "min_popularity": 1 if self.loops else 2,
            "cap_any": caps[0],
            "cap_untimed": caps[-1],
        }
        values.update({f"cap_{w}": cap for w, cap in enumerate(caps[:-1])})
        values.update({f"window_{w}": window_us for w, window_us in enumerate(self.windows_us)})
        return values
