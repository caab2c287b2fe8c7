"""Innocent explanations that fit what a group did. They are printed beside it; none of them can be excluded by co-action."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

SECOND_US = 1_000_000
HOUR_US = 3_600_000_000


@dataclass(frozen=True)
class Traits:
    """What the explanations look at.

    kinds: kinds with evidence; median_gap_us: from the first member on an object to the others within the window; busiest_hour: largest share of its co-actions
    in one hour of the calendar; outsiders: share of its objects that more outsiders than members touched; carried: share
    of its objects in more than a twentieth of all posts of the kind; synchrony, reference_rate: shares of co-shared objects
    within the window, of the group and of ordinary people; posts_per_account: of members.
    """

    kinds: tuple[str, ...]
    median_gap_us: float
    busiest_hour: float
    outsiders: float
    carried: float
    synchrony: float
    reference_rate: float
    posts_per_account: float


SYNDICATION = "syndication"
PUBLISHED = {
    "text": "texts",
    "near_text": "near-identical texts",
    "url": "links",
    "domain": "sites",
    "media": "pictures",
    "near_media": "near-identical pictures",
}
"""Kinds that newsrooms have in common when they print the same copy, and what these are called."""


def as_json(found: Sequence[tuple[str, str]]) -> str:
    """A list of {name, why}, as column `innocent` holds it."""
    return json.dumps([{"name": name, "why": why} for name, why in found], ensure_ascii=False)


def explanations(t: Traits) -> list[tuple[str, str]]:
    """(name, why) of every innocent explanation that fits, the most specific first; the last one always fits."""
    found = []
    if t.kinds and set(t.kinds) <= PUBLISHED.keys() and t.median_gap_us > 10 * SECOND_US:
        found.append(
            (
                SYNDICATION,
                "They carry the same "
                + " and ".join(words for kind, words in PUBLISHED.items() if kind in t.kinds)
                + f" with a median gap of {_span(t.median_gap_us)}: newsrooms under one owner, wire copy and feeds do the same.",
            )
        )
    if t.outsiders >= 0.5:
        found.append(
            (
                "fans and followers",
                f"{t.outsiders:.0%} of what they share was also shared by more outsiders than members: "
                "people who follow the same popular source with notifications on do the same.",
            )
        )
    if t.median_gap_us <= 10 * SECOND_US:
        found.append(
            (
                "one shared client or scheduler",
                f"Their median gap is {_span(t.median_gap_us)}: a newsroom's or agency's tool that posts to many declared "
                "accounts, or an app that cross-posts, does the same.",
            )
        )
    if t.busiest_hour >= 0.5:
        found.append(
            (
                "one live event",
                f"{t.busiest_hour:.0%} of their co-actions fall in a single hour: an audience reacting to one moment does the same.",
            )
        )
    if t.carried >= 0.2:
        found.append(
            (
                "the collection's own query",
                f"{t.carried:.0%} of what they share occurs in more than one post in twenty of this collection: "
                "it may have been collected for that very thing.",
            )
        )
    if t.synchrony < 2 * t.reference_rate:
        found.append(
            (
                "shared interests",
                f"{t.synchrony:.0%} of what they share falls within the window, against {t.reference_rate:.0%} of ordinary "
                "people: mostly they like the same things.",
            )
        )
    found.append(
        (
            "an openly declared group",
            "Staff, party workers, a class, a fan club or volunteers with a call time act in concert too; posts in common "
            "cannot tell them from anybody else. Look for a declaration before anything is published.",
        )
    )
    return found


def _span(us: float) -> str:
    seconds = us / SECOND_US
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
