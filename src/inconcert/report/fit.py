"""What counted as ordinary behaviour, and how well it describes the accounts of this case that are in no group."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from inconcert.network.reference import RANGE_SD
from inconcert.report import words

_FIT = """
WITH rates AS (
    SELECT kind, window_us, min(pair_rate) AS lowest, max(pair_rate) AS highest, sum(actions) AS actions,
           max(own_above) AS own_above,
           string_agg(DISTINCT crowds, ', ' ORDER BY crowds) AS crowds,
           string_agg(DISTINCT origin, ', ' ORDER BY origin) AS origin
    FROM reference GROUP BY kind, window_us
), seen AS (
    SELECT kind, window_us, count(*) AS accounts, sum(n_objects) AS objects, sum(hits) AS hits,
           sum(expected) AS expected
    FROM account_tests WHERE account_id NOT IN (SELECT account_id FROM members) GROUP BY kind, window_us
)
SELECT r.kind, r.window_us, r.lowest, r.highest, r.actions, r.crowds, r.origin, coalesce(s.accounts, 0) AS accounts,
       coalesce(s.objects, 0) AS objects, coalesce(s.hits, 0) AS hits, coalesce(s.expected, 0) AS expected,
       r.own_above
FROM rates AS r LEFT JOIN seen AS s USING (kind, window_us) ORDER BY r.kind, r.window_us
"""

TOO_LIVELY = 1.25
"""Hits over expected hits above which the reference is calmer than the crowd at hand."""


ORIGIN: dict[str, str] = {
    "control": "the comparison crowd given with --control",
    "profiles": "bundled profiles of ordinary crowds",
    "own data": "these very data, for want of anything better: an operation that fills the data hides itself in this",
}
"""Where the reference rates come from."""


@dataclass(frozen=True)
class Fit:
    """The reference for one kind and time scale, beside what accounts outside groups did.

    lowest, highest: its rates, over the popularity of objects, at which two ordinary actions fall within the window.
    actions: actions it rests on.
    objects, hits, expected: shared objects of accounts outside groups, how many of them had a partner within the
        window, and how many the reference expects.
    own_above: how far these data lie above the reference crowds where they do most, in spreads between crowds; None
        when there is nothing to compare.
    """

    kind: str
    window_us: int
    lowest: float
    highest: float
    actions: int
    crowds: str
    origin: str
    accounts: int
    objects: int
    hits: int
    expected: float
    own_above: float | None

    @property
    def ratio(self) -> float | None:
        """Observed over expected; None when fewer than ten are expected, which tells nothing."""
        return self.hits / self.expected if self.expected >= 10 else None


def fits(con: duckdb.DuckDBPyConnection, reference: pa.Table, account_tests: Path) -> tuple[Fit, ...]:
    """One Fit for each kind and scale of the reference; `members` must be attached. account_tests: a Parquet file."""
    con.register("reference", reference)
    con.read_parquet(str(account_tests)).create_view("account_tests")
    return tuple(Fit(*row) for row in con.execute(_FIT).fetchall())


def badly(fit: Fit) -> bool:
    """Whether the reference is too calm for the crowd at hand, by either measure."""
    return (fit.ratio or 0.0) > TOO_LIVELY or (fit.own_above or 0.0) > RANGE_SD


def liveliest(table: tuple[Fit, ...]) -> Fit | None:
    """The kind and scale at which accounts outside groups exceed the reference most; None when none tells anything."""
    telling = [fit for fit in table if fit.ratio is not None]
    return max(telling, key=lambda fit: fit.ratio or 0.0, default=None)


def learnt_from(fits: tuple[Fit, ...]) -> str:
    """Which crowds ordinary behaviour was learnt from."""
    origins = [origin for origin in ORIGIN if any(origin in fit.origin for fit in fits)]
    crowds = sorted({crowd.strip() for fit in fits for crowd in fit.crowds.split(",") if crowd.strip()})
    named = f" ({words.joined(crowds)})" if crowds else ""
    return (
        f"How often ordinary accounts are in step was learnt from {words.joined([ORIGIN[o] for o in origins])}{named}."
    )


def verdict(fits: tuple[Fit, ...]) -> str:
    """How well the reference describes accounts outside groups."""
    worst = max(
        (one for one in fits if badly(one)), key=lambda one: (one.own_above or 0.0, one.ratio or 0.0), default=None
    )
    if worst is not None:
        measures = []
        if worst.own_above is not None and worst.own_above > 0:
            measures.append(f"{words.number(worst.own_above)} spreads between crowds above the middle of the reference")
        if worst.ratio is not None and worst.ratio > 1:
            measures.append(f"in step with others {words.number(worst.ratio)} times as often as it expects")
        return (
            f"It fits badly at one point: accounts outside groups are {words.joined(measures)} ({_where(worst)}). "
            "Findings of that kind and scale deserve doubt."
        )
    lively = liveliest(fits)
    if lively is None or lively.ratio is None:
        return "Too little was shared by accounts outside groups to say how well that fits."
    careful = (
        " They are calmer than the reference, so the tests are careful and may miss something."
        if lively.ratio < 0.5
        else ""
    )
    return (
        f"It fits: nowhere were accounts outside groups in step with others more than {words.number(lively.ratio)} "
        f"times as often as the reference expects ({_where(lively)}).{careful}"
    )


def _where(fit: Fit) -> str:
    return f"{words.NOUN[fit.kind]} {words.window(fit.window_us)}"
