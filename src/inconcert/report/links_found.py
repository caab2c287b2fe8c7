"""What the run `link` says of a group and each known operation, read from its tables for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.case import Case, Run
from inconcert.catalogue import disarm
from inconcert.linking.matches import EXACT
from inconcert.linking.timeline import Showing, timeline
from inconcert.linking.verdict import LINKED, NO_EVIDENCE, NOT_COMPARED, POSSIBLY

VERDICTS = (LINKED, POSSIBLY, NO_EVIDENCE, NOT_COMPARED)
"""In the order of a page."""
KINDS: Mapping[str, str] = {
    "account": "account", "handle": "handle", "domain": "website", "host": "site", "url": "link", "text_hash": "text",
    "image_hash": "picture", "hashtag": "hashtag", "technique": "technique",
}  # fmt: skip
"""Kind of indicator -> what pages call it."""
NAMING = ("account", "handle", "name")
"""Kinds of indicator whose value says who an account is."""
HASHES = ("text_hash", "image_hash")
"""Kinds whose value tells a reader nothing: what was published is shown in its place."""


@dataclass(frozen=True)
class Witness:
    """A post that shows an item; post_id None: the account itself does. import_id None: the case does not say where it was read."""

    account_id: str
    post_id: str | None
    import_id: str | None
    row_ref: int | None


@dataclass(frozen=True)
class Match:
    """One thing in common.   row: of `link_items`.   witnesses: the first that show it.   technique: its name, of a tactic.   tactic: what
    DISARM files it under."""

    row: Mapping[str, Any]
    witnesses: tuple[Witness, ...]
    technique: str | None
    tactic: str | None

    @property
    def near(self) -> bool:
        """Whether the two are alike and not the same."""
        return bool(self.row["how"] != EXACT)

    @property
    def naming(self) -> bool:
        """Whether its value says who an account is."""
        return self.row["kind"] in NAMING

    @property
    def hashed(self) -> bool:
        """Whether its value is a hash."""
        return self.row["kind"] in HASHES


@dataclass(frozen=True)
class Link:
    """A group beside an operation.   row: of `links`.   families: bits of each that count.   telling: matches that count with bits, the
    strongest first; besides: those of the same pieces, and without bits.   shown: what was shown in dated posts, by first post."""

    row: Mapping[str, Any]
    families: Mapping[str, float]
    telling: tuple[Match, ...]
    besides: tuple[Match, ...]
    shown: tuple[Showing, ...]

    @property
    def verdict(self) -> str:
        """Of VERDICTS."""
        return str(self.row["verdict"])

    @property
    def likely(self) -> bool:
        """Whether anything is said for it."""
        return self.verdict in (LINKED, POSSIBLY)

    @property
    def material(self) -> tuple[Match, ...]:
        """Those that count and are no tactics."""
        return tuple(one for one in self.telling if one.row["family"] != "tactics")

    @property
    def tactics(self) -> tuple[Match, ...]:
        """Techniques that both are shown with."""
        return tuple(one for one in (*self.telling, *self.besides) if one.row["family"] == "tactics")


def link_run(case: Case, group: str | None = None) -> Run | None:
    """The newest run `link` on the groups of the newest cluster run, and on this group; None when there is none."""
    clustered = case.run("cluster")
    if clustered is None:
        return None
    runs = case.runs()
    outdated = case.outdated_runs(runs)
    return next(
        (
            run
            for run in reversed(runs)
            if run.verb == "link" and run.id not in outdated and clustered.id in run.info["inputs"]
            and run.info["parameters"]["group"] in (None, group)
        ),
        None,
    )  # fmt: skip


def links_found(links: Iterable[Mapping[str, Any]], items: Sequence[Mapping[str, Any]], group: str) -> tuple[Link, ...]:
    """A group beside every operation that it was compared with, the likeliest first.   links, items: rows of the tables of the run."""
    of_operation: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        if item["group_id"] == group:
            of_operation.setdefault(item["operation"], []).append(item)
    found = [_link(row, of_operation.get(row["operation"], [])) for row in links if row["group_id"] == group]
    return tuple(sorted(found, key=lambda one: (VERDICTS.index(one.verdict), -one.row["bits"], one.row["operation"])))


def _link(row: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> Link:
    matches = [
        _match(item) for item in sorted(items, key=lambda one: (-one["bits"], one["evidence"], not one["counts"]))
    ]
    telling = tuple(one for one in matches if one.row["counts"] and one.row["bits"] > 0)
    shown = timeline(items, row["group_id"], frozenset({row["operation"]}))
    return Link(row, json.loads(row["families"]), telling, tuple(one for one in matches if one not in telling), shown)


def _match(item: Mapping[str, Any]) -> Match:
    witnesses = tuple(
        Witness(one["account_id"], one["post_id"], one["import_id"], one["row_ref"])
        for one in json.loads(item["witnesses"])
    )
    named = disarm.techniques().get(item["value"]) if item["kind"] == "technique" else None
    tactic = named.tactic if named is not None else None
    return Match(
        item, witnesses, named.name if named is not None else None, tactic.name if tactic is not None else None
    )
