"""The four questions, each with its own answer: acting in concert, being of a known network, being somewhere, being run by somebody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from inconcert.attribution.confidence import Confidence
from inconcert.attribution.finding import QUESTIONS, Answer
from inconcert.attribution.weighing import Weighing
from inconcert.network.levels import WORDS

NOT_EXAMINED = "This was not examined."
NOT_BELOW = "Nothing is said of this below level L3; the group stands at {}."


def answers(
    group: Mapping[str, Any], level: str, weighing: Weighing, sure: Confidence, handed: Sequence[Answer]
) -> tuple[Answer, ...]:
    """One of each question.   group: its row of `groups`.   handed: answers that other rooms give."""
    given = {one.question: one for one in handed}
    found = {
        "coordinated": _coordinated(group, level),
        "network": given.get("network", Answer("network", NOT_EXAMINED)),
        "place": given.get("place", Answer("place", NOT_EXAMINED)),
        "actor": _actor(weighing, level, sure),
    }
    if level < "L3":
        found["place"] = Answer("place", NOT_BELOW.format(level))
    return tuple(found[question] for question in QUESTIONS)


def _coordinated(group: Mapping[str, Any], level: str) -> Answer:
    kinds = len([kind for kind in (group["evidence_kinds"] or "").split(",") if kind])
    because = (
        f"The chance of being wrong that the test allows is {group['q_value']:.2g}.",
        f"It rests on {kinds} kind{'' if kinds == 1 else 's'} of action and {group['n_objects']:,} objects in common.",
    )
    sure = "low" if level in ("L0", "L1") else "high" if kinds > 1 else "moderate"
    others = tuple(one["name"] for one in json.loads(group["innocent"] or "[]"))
    return Answer("coordinated", f"{WORDS[level].capitalize()} ({level}).", WORDS[level], sure, because, others)


def _actor(weighing: Weighing, level: str, sure: Confidence) -> Answer:
    now = weighing.leading
    others = tuple(f"{one.title}: {one.words.text}" for one in weighing.outcomes if one.ids != now.ids)
    reasons = tuple(reason for _, reason in sure.reasons)
    if not weighing.apart:
        return Answer(
            "actor", NOT_BELOW.format(level), "", sure.level, reasons, (f"{now.title}: {now.words.text}", *others)
        )
    return Answer("actor", f"{now.title[:1].upper()}{now.title[1:]}.", now.words.text, sure.level, reasons, others)
