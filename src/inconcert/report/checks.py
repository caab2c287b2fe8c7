"""The tests behind the level of a group: what each asks, what it gave, and how sure that makes us."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.network.levels import MIN_STABILITY
from inconcert.report import words
from inconcert.report.data import Group


@dataclass(frozen=True)
class Check:
    """One test a group was put to: what it asks, its result, and whether it was passed (None: not run)."""

    name: str
    asks: str
    result: str
    passed: bool | None


def rests_on_pairs(group: Group) -> bool:
    """Whether its q-value is that of the pairs that hold it together: a group's own would not lie below its p-value."""
    return bool(group.row["q_value"] < group.row["p_heldout"])


def sure(group: Group) -> str:
    """The q-value as false alarms to expect."""
    if rests_on_pairs(group):
        weakest = words.false_alarms(group.row["q_value"], "pairs of accounts")
        return (
            f"It was not confirmed as a whole; each pair that holds it together is beyond chance by itself. {weakest}"
        )
    return words.false_alarms(group.row["q_value"])


def checks(group: Group, alpha: float) -> list[Check]:
    """The tests behind the level, the deciding one first."""
    row = group.row
    first = ("q_value", "All candidates together", "the chance of being wrong, counting every candidate looked at")
    if rests_on_pairs(group):
        first = ("q_value", "Its pairs", "the chance of being wrong about the weakest pair that holds it together")
    tests = [
        first,
        (
            "p_heldout",
            "Posts not used to find it",
            "is the group as synchronous in the half of the objects it was not found on, against the reference?",
        ),
        (
            "p_permutation",
            "Shuffled copies",
            "do copies of the data that keep everyone's activity and every object's popularity show as much?",
        ),
        (
            "p_conditional",
            "Same interests",
            "are members more synchronous than others who shared the very same things?",
        ),
        ("p_day_shift", "Shifted days", "does it vanish when each account's timeline is moved by whole days?"),
    ]
    found = [
        Check(name, asks, *_p_value("q" if column == "q_value" else "p", row[column], alpha))
        for column, name, asks in tests
    ]
    stability = row["stability"]
    found.append(
        Check(
            "Stable membership",
            "does the same group come back when the objects are drawn anew?",
            "not run" if stability is None else f"{stability:.2f} of 1",
            None if stability is None else stability >= MIN_STABILITY,
        )
    )
    return found


def _p_value(letter: str, value: float | None, alpha: float) -> tuple[str, bool | None]:
    if value is None:
        return "not run", None
    text = words.probability(value)
    return f"{letter} {text}" if text.startswith("<") else f"{letter} = {text}", value <= alpha
