"""Everything the report says, gathered from the tables of a case; nothing is computed later than here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.case import Case, Run, case_facts
from inconcert.catalogue.group_techniques import Shown, group_techniques
from inconcert.errors import CaseError
from inconcert.judgement.choices import Choice
from inconcert.judgement.notes import notes as case_notes
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.report import claims, posts
from inconcert.report.additions import Additions, additions
from inconcert.report.assessed import Assessed
from inconcert.report.chosen import EVERYTHING, Chosen, chosen
from inconcert.report.decisions import decisions
from inconcert.report.entity_group import LEAST_LEVEL
from inconcert.report.entity_links import entity_links
from inconcert.report.entity_record import Record, entity_record
from inconcert.report.evidence import Evidence, evidence
from inconcert.report.fit import Fit, fits
from inconcert.report.links_section import KnownOperations, known_operations
from inconcert.report.of_people import OfPeople, of_people
from inconcert.report.pairs import Lines, Pairs, lines, pairs
from inconcert.report.placed import Placed
from inconcert.report.pseudonyms import Pseudonyms, order, pseudonyms
from inconcert.report.runs import newest
from inconcert.report.shuffled import Calibration, calibration
from inconcert.report.timeline import Timeline, axis, timeline
from inconcert.report.volume import Volume, volume
from inconcert.report.zones import Zones, weekly, zones


@dataclass(frozen=True)
class Group:
    """One group: its row of `groups`, its members, and what was gathered about it.

    week: its posts by (stretch, bin of the UTC week, posts), see zones.   innocent: (name, why) pairs.
    """

    row: Mapping[str, Any]
    members: tuple[Mapping[str, Any], ...]
    innocent: tuple[tuple[str, str], ...]
    timeline: Timeline | None
    week: tuple[tuple[int, int, int], ...]
    evidence: Evidence
    lines: Lines
    client: posts.Client | None


@dataclass(frozen=True)
class Accounts:
    """Accounts that the account test raised at q of at most alpha, and those of them in no group."""

    raised: int
    outside: int


@dataclass(frozen=True)
class Report:
    """A whole report; see the fields' own classes.

    groups: those above L0 that nobody set aside, strongest first.   candidates: rows of `groups` at L0, of which nothing is
    claimed; wherever "in a group" is said, they do not count, nor do groups that were set aside.   whole, grouped: posts of the case, and of accounts in groups.
    added: what the runs copies and describe add.   people: what people decided.   techniques: group -> those it shows, no group without any.
    assessed: assessments of who is behind groups.   record: what files of entities say.   operations: known ones beside
    the groups.   placed: where groups are.   chosen: what of all this is shown.
    """

    title: str
    alpha: float
    zone: str
    zones: Zones | None
    facts: posts.Facts
    groups: tuple[Group, ...]
    candidates: tuple[Mapping[str, Any], ...]
    pairs: Pairs
    outside: Evidence
    accounts: Accounts
    volume: Volume | None
    calibration: Calibration | None
    fits: tuple[Fit, ...]
    whole: Timeline | None
    grouped: Timeline | None
    imports: tuple[Mapping[str, Any], ...]
    rejects: tuple[tuple[str | None, str, bool, int], ...]
    added: Additions
    runs: tuple[Run, ...]
    names: Pseudonyms
    handles: Mapping[str, str]
    people: OfPeople
    techniques: Mapping[str, tuple[Shown, ...]] = field(default_factory=dict)
    assessed: tuple[Assessed, ...] = ()
    record: Record | None = None
    operations: KnownOperations | None = None
    placed: tuple[Placed, ...] = ()
    chosen: Chosen = EVERYTHING


def gather(
    case: Case, *, zone: str, notes: bool = False, judged: bool = True, choice: Choice | None = None, assessed: Sequence[Assessed] = (),
    placed: Sequence[Placed] = (),
) -> Report:  # fmt: skip
    """Read the newest runs, the posts and what people decided; notes: also what they noted.   judged: whether what they decided
    counts.   choice: what the page shows of it, all unless given.   assessed, placed: what is to be said of who is behind groups, and of where they are. CaseError without a detect or cluster run; UnknownName for the zone."""
    refuse_unknown_zone(zone)
    runs = newest(case)
    detect, cluster = runs.detect, runs.cluster
    every = sorted(runs.groups(), key=lambda row: order(row["group_id"]))
    decided = decisions(case, cluster, judged=judged)
    aside = {row["group_id"] for row in every if decided.aside(row["group_id"]) is not None}
    groups = [row for row in every if row["group_id"] not in aside]
    standing = pa.array([row["group_id"] for row in groups if row["level"] != "L0"], pa.string())
    everybody, scores = runs.members(), cluster.table("scores")
    members = _of(standing, everybody)
    witnesses = _of(pa.concat_arrays([standing, pa.nulls(1, pa.string())]), cluster.table("witnesses"))
    alpha = _alpha(cluster)
    tables = {
        "members": members,
        "witnesses": witnesses,
        "edges": _without_pairs_of(everybody, aside, detect.table("edges")),
        "groups": cluster.table("groups"),
        "standing": pa.table({"group_id": standing}),
        **runs.optional_tables(),
    }
    with posts.attached(case, tables, runs.near_actions()) as con:
        facts = posts.facts(con)
        quarters = posts.quarters(con)
        shown, drawn, found = evidence(con), lines(con), pairs(con)
        nothing = Evidence((), 0)
        outside = shown.get("", nothing)
        loose = [a for pair in found.listed for a in (pair.source, pair.target)]
        loose += [q.account_id for w in outside.witnesses for q in (w.first, w.second)]
        witnesses_shown = [w for found_for in shown.values() for w in found_for.witnesses]
        added = additions(con, case, runs, standing.to_pylist(), witnesses_shown, alpha)
        loose += added.accounts
        named = [*everybody.column("account_id").to_pylist(), *loose]
        handles = posts.handles(con, sorted(set(named)))
        clients = posts.clients(con)
        linked = entity_links(con, case, _members_at(LEAST_LEVEL, groups, members))
        fit = fits(con, cluster.table("reference"), cluster.path / "account_tests.parquet")
        rejected = tuple(posts.rejects(con))
    along = axis(quarters[""]) if "" in quarters else None
    clock = zones(along.start_us, along.end_us, zone) if along else None

    names = pseudonyms(everybody, loose, handles)
    added = replace(added, events=added.events.masked(names.masked))
    levels = {row["group_id"]: row["level"] for row in groups if row["level"] != "L0"}
    page_level = claims.highest([*levels.values(), "L1" if found.total else "L0"])
    beside = known_operations(case, levels, names)

    def group(row: Mapping[str, Any]) -> Group:
        id = row["group_id"]
        of_group = members.filter(pc.equal(members.column("group_id"), id)).to_pylist()
        its = quarters.get(id, {})
        return Group(
            row=row,
            members=tuple(sorted(of_group, key=lambda m: (-m["n_partners"], -m["membership"], m["account_id"]))),
            innocent=tuple((item["name"], item["why"]) for item in json.loads(row["innocent"] or "[]")),
            timeline=timeline(its, along) if its and along else None,
            week=weekly(its, clock.borders_us) if its and clock else (),
            evidence=shown.get(id, nothing),
            lines=drawn.get(id, Lines((), 0)),
            client=clients.get(id),
        )

    return Report(
        title=str(case_facts(case.path)["title"]),
        alpha=alpha,
        zone=zone,
        zones=clock,
        facts=facts,
        groups=tuple(group(row) for row in groups if row["level"] != "L0"),
        candidates=tuple(row for row in groups if row["level"] == "L0"),
        pairs=found,
        outside=outside,
        accounts=_accounts(scores, everybody, alpha),
        volume=volume(scores, members.column("account_id").combine_chunks()),
        calibration=calibration(cluster.table("calibration")),
        fits=fit,
        whole=timeline(quarters[""], along) if along else None,
        grouped=timeline(quarters["*"], along) if along and "*" in quarters else None,
        imports=_imports(case),
        rejects=rejected,
        added=added,
        runs=(*runs.all, *((beside.run,) if beside is not None else ()), *(one.run for one in placed)),
        names=names,
        handles={account: names[0] for account, names in handles.items()},
        people=of_people(
            decided, every, names, [n for n in case_notes(case.statements()) if n.retracted is None] if notes else ()
        ),
        techniques=_techniques(runs.indicators, levels),
        assessed=tuple(one for one in assessed if one.group_id in levels),
        record=entity_record(linked, names),
        operations=beside,
        placed=tuple(one for one in placed if levels.get(one.group_id) == "L3"),
        chosen=chosen(choice, decided, levels, page_level, names.masked),
    )


def _members_at(level: str, groups: Sequence[Mapping[str, Any]], members: pa.Table) -> dict[str, list[str]]:
    """Group of that level -> its accounts."""
    rows = members.select(["group_id", "account_id"]).to_pylist()
    ids = [row["group_id"] for row in groups if row["level"] == level]
    return {id: [row["account_id"] for row in rows if row["group_id"] == id] for id in ids}


def _techniques(run: Run | None, groups: Collection[str]) -> Mapping[str, tuple[Shown, ...]]:
    if run is None:
        return {}
    readings, witnesses = run.table("indicators").to_pylist(), run.table("indicator_witnesses").to_pylist()
    found = {id: group_techniques(readings, witnesses, id) for id in groups}
    return {id: shown for id, shown in found.items() if shown}


def _of(groups: pa.Array, table: pa.Table) -> pa.Table:
    """The rows of a table that belong to these groups; a NULL among them stands for no group."""
    return table.filter(pc.is_in(table.column("group_id"), value_set=groups))


def _without_pairs_of(members: pa.Table, aside: Collection[str], edges: pa.Table) -> pa.Table:
    """The edges but those inside a group that was set aside: they must not come back as pairs outside groups."""
    for id in aside:
        its = members.filter(pc.equal(members.column("group_id"), id)).column("account_id").combine_chunks()
        inside = pc.and_(
            pc.is_in(edges.column("source"), value_set=its), pc.is_in(edges.column("target"), value_set=its)
        )
        edges = edges.filter(pc.invert(inside))
    return edges


def _alpha(cluster: Run) -> float:
    """The rate of false alarms that was asked for; without it no q-value could be judged."""
    alpha = cluster.info["parameters"].get("alpha")
    if not isinstance(alpha, float):
        raise CaseError(f"The run {cluster.id} states no alpha. Run again: inconcert cluster")
    return alpha


def _accounts(scores: pa.Table, members: pa.Table, alpha: float) -> Accounts:
    raised = np.nan_to_num(scores.column("q_account").to_numpy(), nan=1.0) <= alpha
    grouped = pc.is_in(scores.column("account_id").combine_chunks(), value_set=members.column("account_id"))
    return Accounts(int(raised.sum()), int((raised & ~grouped.to_numpy(zero_copy_only=False)).sum()))


def _imports(case: Case) -> tuple[Mapping[str, Any], ...]:
    rows = [
        row
        for role in ("case", "control")
        for file in case.parts("imports", role)
        for row in pq.read_table(file).to_pylist()
    ]
    return tuple(sorted(rows, key=lambda row: (row["role"], row["file"], row["import_id"])))
