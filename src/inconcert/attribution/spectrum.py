"""How far a state would be responsible: ten steps, and the evidence that bears on each (Healey 2012; taxonomy of MISP, version 1)."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.weighing import Weighing

STEPS: dict[str, str] = {
    "prohibited": "the state forbids it and helps to stop it",
    "prohibited-but-inadequate": "the state forbids it and cannot stop it",
    "ignored": "the state knows of it and does nothing",
    "encouraged": "others do it, and the state approves",
    "shaped": "others do it, and the state helps them",
    "coordinated": "the state tells others what to do, and when",
    "ordered": "the state has others do it for it",
    "rogue-conducted": "a part of the state does it against orders",
    "executed": "the state does it itself",
    "integrated": "the state and others do it together, under its lead",
}
"""From the least responsible to the most."""


@dataclass(frozen=True)
class SpectrumStep:
    """One step.   items: keys of those that would be seen if it were this one."""

    step: str
    means: str
    items: tuple[str, ...]


def spectrum(weighing: Weighing) -> tuple[SpectrumStep, ...]:
    """All ten, with their items. Which one holds is not computed: it is a judgement, and asks first whether a state is in it at all."""
    order = list(STEPS)
    found: dict[str, list[str]] = {step: [] for step in order}
    for item in weighing.items:
        if item.steps is not None:
            first, last = (order.index(step) for step in item.steps)
            for step in order[first : last + 1]:
                found[step].append(item.key)
    return tuple(SpectrumStep(step, STEPS[step], tuple(found[step])) for step in order)
