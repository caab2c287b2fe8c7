"""`docs/attribution-measured.md` from the kept rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.attribution.ladder import SAYABLE
from inconcert.evaluate.kept import Row
from inconcert.evaluate.markdown import interval, table

OPERATION = "operation"
WORLD_WORDS = {
    "demo": "the world of `inconcert demo`: an operation beside fans, activists, staff, newspapers and feeds",
    "honest": "the same without the operation",
    "drive": "fans and activists of whom half signed up in two drives of an hour, and newspapers",
    "quiet": "a crowd with news bursts, in which nobody arranges anything",
}


def page(rows: Mapping[str, Row]) -> list[str]:
    """The page, line by line.   rows: `world seed` -> what `trial` gave."""
    return [
        "# How attribution was measured",
        "",
        "What `inconcert attribute` does is described in [who is behind it](attribution.md). Here whole investigations of generated worlds, from their posts alone, show "
        "which groups reach level L3 and what would be said of them. No operation whose masters are known was measured: generated accounts have no masters.",
        "",
        *_levels(rows),
        *_words(rows),
        *_every(rows),
    ]


def _worlds(rows: Mapping[str, Row]) -> dict[str, dict[int, Row]]:
    found: dict[str, dict[int, Row]] = {}
    for key, row in rows.items():
        world, seed = key.split()
        found.setdefault(world, {})[int(seed)] = row
    return {world: dict(sorted(found[world].items())) for world in WORLD_WORDS if world in found}


def _groups(seeds: Mapping[int, Row]) -> list[dict[str, Any]]:
    return [group for row in seeds.values() for group in row["groups"]]


def _unit(group: Mapping[str, Any]) -> str:
    """The unit most of its members are of."""
    return str(next(iter(group["units"])))


def _levels(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from ("## Which groups reach L3", "")
    yield (
        "Every world was made and investigated with each of its seeds. Groups: those above L0. How busy the operation is was chosen with seed 1 in view, so that "
        "ordinary accounts as busy as its own exist to compare them with, and so was the width of elicited ranges; no threshold was."
    )
    yield ""
    lines = []
    for world, seeds in _worlds(rows).items():
        every = _groups(seeds)
        units = [OPERATION] if any(_unit(one) == OPERATION for one in every) else []
        for unit in [*units, "everybody else"]:
            its = [one for one in every if (_unit(one) == OPERATION) == (unit == OPERATION)]
            at_l3 = sum(one["level"] == "L3" for one in its)
            lines.append(
                [f"{world}: {WORLD_WORDS[world]}", unit, len(seeds), len(its), at_l3, interval(at_l3, len(its))]
            )
    yield from table(["world", "groups of", "seeds", "groups", "at L3", "share at L3"], lines)
    worlds = _worlds(rows)
    mistaken = sum(row["crowd_l3"] for seeds in worlds.values() for row in seeds.values())
    yield f"Ordinary accounts in a group at L3, over all {len(rows)} worlds: {mistaken}."
    yield ""
    raised = [one["kinds"] for seeds in worlds.values() for one in _groups(seeds) if _unit(one) != OPERATION]
    yield (
        f"Of the {len(raised)} groups of people, {sum(len(kinds) == 1 for kinds in raised)} had one kind of evidence that counts "
        f"and {sum(len(kinds) > 1 for kinds in raised)} had two, which L3 takes."
    )
    yield ""


def _words(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from ("## What would be said of them", "")
    yield (
        "Each group was weighed with every explanation told apart, whatever its level, from what was measured alone: what would be said if the level were not "
        f"asked for. *Accused*: groups of people of whom one explanation that accuses somebody would be called likely or more (words that begin at {100 * SAYABLE:.0f} %). *Led*: those in which such an explanation would come first all the same, "
        "as after a sign-up drive, which is why nothing of them is said below L3."
    )
    yield ""
    lines = []
    for world, seeds in _worlds(rows).items():
        people = [one for one in _groups(seeds) if _unit(one) != OPERATION]
        if not people:
            continue
        worst = max(one["outcomes"][id][1] for one in people for id in one["accused"])
        accused = sum(any(one["outcomes"][id][3] >= SAYABLE for id in one["accused"]) for one in people)
        led = sum(one["leading"] in one["accused"] for one in people)
        lines.append([world, len(people), accused, led, f"{100 * worst:.0f} %"])
    yield from table(["world", "groups of people", "accused", "led", "largest chance of one that accuses"], lines)


def _every(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from ("## Every group of the demo's world", "")
    lines = []
    for seed, row in _worlds(rows).get("demo", {}).items():
        for one in row["groups"]:
            low, point, high, _, words = one["outcomes"][one["leading"]]
            units = ", ".join(f"{n} {unit}" for unit, n in one["units"].items())
            lines.append([
                f"{seed}, {one['group']}", units, one["level"], " and ".join(one["kinds"]) or "–", one["leading"],
                f"{words} ({100 * low:.0f} to {100 * high:.0f} %, point {100 * point:.0f})",
            ])  # fmt: skip
    yield from table(["seed, group", "accounts", "level", "kinds of evidence", "leads", "in words"], lines)
