"""The DISARM techniques that a group shows, each with the indicators that were found on it and what these rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.catalogue.disarm import Technique, technique
from inconcert.catalogue.kill_chain import PHASES, Phase, phase
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.multiplicity import FOUND


@dataclass(frozen=True)
class Shown:
    """One technique that a reading found on a group can be evidence for.

    phase: of the kill chain; None where the crosswalk has none.   indicator, measure: what found it.   reading: its row of
    `indicators`.   says: what was measured, in a sentence.   q_value: of the test.   posts, accounts: how many the reading names as
    witnesses.   confounders: innocent explanations.
    """

    group_id: str
    technique: Technique
    phase: Phase | None
    indicator: str
    measure: str
    reading: int
    says: str
    q_value: float | None
    posts: int
    accounts: int
    confounders: tuple[str, ...]


def group_techniques(
    readings: Iterable[Mapping[str, Any]], witnesses: Iterable[Mapping[str, Any]], group_id: str
) -> tuple[Shown, ...]:
    """The techniques of a group, in the order of tactics, then by number and reading.

    readings, witnesses: rows of `indicators` and `indicator_witnesses` of one run. Only what was found counts: what was merely described
    or not found shows nothing. A reading on one member, pair or hashtag of the group counts as well; one technique may be shown by several.
    """
    found = [row for row in readings if row["group_id"] == group_id and row["state"] == FOUND]
    wanted = {row["reading"] for row in found}
    posts: dict[int, set[tuple[str, str]]] = {}
    accounts: dict[int, set[str]] = {}
    for one in witnesses:
        if one["reading"] in wanted:
            accounts.setdefault(one["reading"], set()).add(one["account_id"])
            if one["post_id"] is not None:
                posts.setdefault(one["reading"], set()).add((one["account_id"], one["post_id"]))
    shown = []
    for row in found:
        its = INDICATORS.get(row["indicator"])
        for number in its.disarm if its is not None else ():
            used, reading = technique(number), row["reading"]
            shown.append(
                Shown(
                    group_id, used, phase(used), row["indicator"], row["measure"], reading, row["says"], row["q_value"],
                    len(posts.get(reading, ())), len(accounts.get(reading, ())), its.confounders if its is not None else (),
                )
            )  # fmt: skip
    return tuple(
        sorted(
            shown, key=lambda it: (it.technique.tactic.place if it.technique.tactic else 0, it.technique.id, it.reading)
        )
    )


def by_phase(shown: Iterable[Shown]) -> tuple[tuple[Phase | None, tuple[Shown, ...]], ...]:
    """The kill-chain view: every phase with what was shown of it, also phases without any; at the end what belongs to none."""
    every = tuple(shown)
    phases: tuple[Phase | None, ...] = (*PHASES, None)
    return tuple((one, tuple(it for it in every if it.phase == one)) for one in phases)
