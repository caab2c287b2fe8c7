"""The facts of a case as indicators read them: one shape of posts, accounts, groups, lists and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, Run, import_order
from inconcert.describe.avatars import DEFAULT
from inconcert.engine.duckdb import DuckDB
from inconcert.indicators.content.official_outlets import official_outlets
from inconcert.indicators.facts import FACTS, MEMBERS, Facts, held
from inconcert.indicators.matched_control import MatchedControl, matched_control
from inconcert.indicators.multiplicity import LIST_GROUP
from inconcert.normalise.language import UNKNOWN
from inconcert.verbs.import_given import GIVEN

# A post of the control that the case holds too is a post of the case. Times of imports that know days only are kept where no
# import knows more: beside finer ones, midnight would look like an hour of work.
_POSTS = f"""
SELECT post_id, account_id, platform, role, kind, CASE WHEN created_precision = 'day' AND {{finer}} THEN NULL ELSE epoch_us(created_at) END AS time_us,
  text, text_hash, client, coalesce(nullif(languages.language, '{UNKNOWN}'), every.language) AS language,
  reply_to_id, shared_id, quoted_id, likes, replies, shares, quotes, views
FROM (
  SELECT *, 'case' AS role FROM case_posts
  UNION ALL SELECT *, 'control' AS role FROM control_posts ANTI JOIN case_posts USING (platform, post_id)
) AS every LEFT JOIN languages USING (text_hash)"""
_DESCRIBED = """
SELECT described.*, row_number() OVER (ORDER BY side, import_order.place, observed_at NULLS LAST, row_ref) AS place
FROM (SELECT 0 AS side, * FROM case_accounts UNION ALL SELECT 1, * FROM control_accounts) AS described
JOIN import_order USING (import_id)"""
_ACCOUNTS = """
SELECT account_id, arg_min(platform, place) AS platform, CASE WHEN min(side) = 0 THEN 'case' ELSE 'control' END AS role,
  arg_min(handle, place) AS handle, arg_min(display_name, place) AS display_name, arg_min(bio, place) AS bio,
  arg_min(location, place) AS location, arg_min(epoch_us(created_at), place) AS created_us, max(followers) AS followers,
  max(following) AS following
FROM described GROUP BY account_id"""
_NAMES = """
SELECT account_id, handle, display_name, min(place) AS seen, min(epoch_us(observed_at)) AS first_us FROM described
WHERE handle IS NOT NULL OR display_name IS NOT NULL GROUP BY account_id, handle, display_name"""
_ACTIONS = """
SELECT DISTINCT account_id, kind, object_id, post_id, platform, time_us FROM every_action"""
_PORTRAITS = f"""
WITH own AS (
  SELECT cluster_id, sha256, ordinary FROM picture_copies INNER JOIN picture_clusters USING (cluster_id, sha256)
  UNION SELECT picture_copies.cluster_id, picture_copies.sha256, picture_clusters.ordinary
  FROM picture_copies INNER JOIN picture_clusters ON picture_clusters.cluster_id = picture_copies.cluster_id
  WHERE picture_clusters.use = 'avatar'
), one AS (
  SELECT sha256, min(cluster_id) AS cluster_id, bool_or(coalesce(ordinary, '') LIKE '%{DEFAULT}%') AS plain FROM own GROUP BY sha256
), looked AS (
  SELECT sha256, min(faces) AS faces, bool_or(generated_lead) AS lead FROM faces GROUP BY sha256
)
SELECT DISTINCT account_id, coalesce(one.cluster_id, media.sha256) AS picture_id, coalesce(plain, FALSE) AS default_picture,
  looked.faces, CASE WHEN looked.faces = 1 THEN looked.lead END AS lead
FROM media LEFT JOIN one ON one.sha256 = media.sha256 LEFT JOIN looked ON looked.sha256 = media.sha256
WHERE media.use = 'avatar'"""

OF_SETS = "set"
"""In the place of an import: the list is a set that somebody put together."""


@dataclass(frozen=True)
class CaseFacts:
    """facts: on an engine the caller closes.   control: how groups were matched.   declared: group -> share of its members on
    lists of accounts that say openly who they are.   notes: what a reader must know."""

    facts: Facts
    engine: DuckDB
    control: MatchedControl
    declared: dict[str, float]
    notes: tuple[str, ...]


def open_case_facts(
    case: Case, clustered: Run, copied: Run | None, sets: Mapping[str, Sequence[str]] | None = None
) -> CaseFacts:
    """The facts of a case with its groups above L0, and the lists of the role suspected as further groups.

    sets: where given, these alone are the groups. What somebody chose is measured apart, so that it takes no account from the
    control of a group that was found.
    """
    engine = DuckDB()
    notes: list[str] = []
    _posts(engine, case, copied, notes)
    _accounts(engine, case)
    _actions(engine, case, copied)
    _pictures(engine, case, copied)
    for name in ("events", "storylines", "follows"):
        parts = case.parts(name, GIVEN)
        engine.attach(name, parts if parts else schema.table(name).empty())
    lists = _lists(engine, case, sets or {}, notes)
    engine.attach("lists", lists)
    members = _members(clustered, lists) if sets is None else _of_lists(_only_sets(lists))
    engine.attach("members", members)
    control = matched_control(engine, _suspects(clustered, lists), _ordinary(lists))
    engine.attach("controls", FACTS["controls"].check(control.controls))
    notes += [
        f"{'A suspected list' if group.startswith(LIST_GROUP) else group}: no account like {n:,} of its members was found to compare them with."
        for group, n in control.unmatched.items()
        if n
    ]
    return CaseFacts(Facts(engine, held(engine)), engine, control, _declared(members, lists), tuple(notes))


def _attach(engine: DuckDB, name: str, parts: Sequence[Path], table: schema.Table) -> None:
    engine.attach(name, list(parts) if parts else table.empty())


def _hold(engine: DuckDB, name: str, query: str) -> None:
    """The answer to a query as the table of FACTS of that name, checked."""
    engine.attach(name, FACTS[name].check(engine.sql(query)))


def _posts(engine: DuckDB, case: Case, copied: Run | None, notes: list[str]) -> None:
    for role in ("case", "control"):
        _attach(engine, f"{role}_posts", case.parts("posts", role), schema.POSTS)
    languages = copied.table("languages") if copied is not None else schema.LANGUAGES.empty()
    engine.attach("languages", languages)
    grains = {
        row["precision"]
        for role in ("case", "control")
        for part in case.parts("imports", role)
        for row in pq.read_table(part, columns=["precision"]).to_pylist()
    }
    finer = bool(grains & {"s", "min"})
    if finer and "day" in grains:
        notes.append(
            "Some files give only the day of a post: their posts are left out of whatever looks at the time of day."
        )
    engine.define("posts", _POSTS.format(finer="TRUE" if finer else "FALSE"))


def _accounts(engine: DuckDB, case: Case) -> None:
    """One row an account, as it was first described; of the control only where the case does not know it."""
    for role in ("case", "control"):
        _attach(engine, f"{role}_accounts", case.parts("accounts", role), schema.ACCOUNTS)
    engine.attach("import_order", import_order(case.statements(), case.imports()))
    engine.keep("described", _DESCRIBED)
    _hold(engine, "accounts", _ACCOUNTS)
    _hold(engine, "names", _NAMES)


def _actions(engine: DuckDB, case: Case, copied: Run | None) -> None:
    parts = [*case.parts("actions", "case"), *case.parts("actions", "control")]
    if copied is not None:
        parts += [
            copied.path / f"{name}.parquet"
            for name in ("near_actions", "near_actions_control")
            if name in copied.tables
        ]
    _attach(engine, "every_action", parts, schema.ACTIONS)
    engine.define("actions", _ACTIONS)


def _pictures(engine: DuckDB, case: Case, copied: Run | None) -> None:
    for name in ("media", "faces"):
        parts = [*case.parts(name, "case"), *case.parts(name, "control")]
        _attach(engine, name, parts, schema.table(name))
    for name in ("picture_clusters", "picture_copies"):
        held_there = copied is not None and name in copied.tables
        engine.attach(name, copied.table(name) if held_there and copied is not None else schema.table(name).empty())
    _hold(engine, "portraits", _PORTRAITS)
    _hold(engine, "avatars", "SELECT DISTINCT account_id, picture_id FROM portraits WHERE NOT default_picture")


def _lists(engine: DuckDB, case: Case, sets: Mapping[str, Sequence[str]], notes: list[str]) -> pa.Table:
    """The user's lists with account ids where the data know the handle, sets as suspected lists, and those bundled official outlets that the data hold."""
    given = pa.concat_tables(
        [
            schema.LISTS.empty(),
            *(schema.LISTS.check(pq.read_table(part)) for part in case.parts("lists", GIVEN)),
            _of_sets(sets),
        ]
    )
    engine.attach("listed", pa.concat_tables([given, schema.LISTS.check(official_outlets())]))
    found = engine.sql(
        """
        WITH known AS (SELECT lower(handle) AS folded, platform, min(account_id) AS known_id FROM accounts
                       WHERE handle IS NOT NULL GROUP BY lower(handle), platform),
          named AS (SELECT account_id AS named_id FROM accounts WHERE starts_with(account_id, platform || ':'))
        SELECT list, role, coalesce(named_id, account_id, known_id) AS account_id, handle, coalesce(listed.platform, known.platform) AS platform,
          display_name, bio, source, import_id, row_ref
        FROM listed LEFT JOIN known ON known.folded = lower(listed.handle)
          AND (listed.platform IS NULL OR lower(listed.platform) = lower(known.platform))
        LEFT JOIN named ON named_id = listed.platform || ':' || account_id
        ORDER BY list, role, import_id, row_ref, account_id"""
    )
    users = pc.is_in(found["import_id"], value_set=given["import_id"].combine_chunks())
    unknown = pc.sum(pc.and_(found["account_id"].is_null(), users)).as_py()
    if unknown:
        notes.append(
            f"{unknown:,} accounts on lists are known by handle only, and no account of the data has that handle."
        )
    return schema.LISTS.check(found.filter(pc.or_(found["account_id"].is_valid(), users)))


def _of_sets(sets: Mapping[str, Sequence[str]]) -> pa.Table:
    """Sets as lists of the role suspected, in the columns of schema.LISTS."""
    rows = [
        {"list": name, "role": "suspected", "account_id": account, "import_id": OF_SETS, "row_ref": number}
        for name, accounts in sets.items()
        for number, account in enumerate(accounts, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=schema.LISTS.arrow)


def _members(clustered: Run, lists: pa.Table) -> pa.Table:
    """Accounts of groups above L0, then of suspected lists as groups of their own."""
    standing = clustered.table("groups").filter(pc.not_equal(clustered.table("groups")["level"], "L0"))["group_id"]
    members = clustered.table("members").select(["group_id", "account_id"])
    kept = members.filter(pc.is_in(members["group_id"], value_set=standing.combine_chunks()))
    return pa.concat_tables([MEMBERS.check(kept), _of_lists(lists)])


def _of_lists(lists: pa.Table) -> pa.Table:
    suspected = lists.filter(pc.and_(pc.equal(lists["role"], "suspected"), lists["account_id"].is_valid()))
    named = {(f"{LIST_GROUP}{row['list']}", row["account_id"]) for row in suspected.to_pylist()}
    rows = [{"group_id": group, "account_id": account} for group, account in sorted(named)]
    return pa.Table.from_pylist(rows, schema=MEMBERS.arrow)


def _only_sets(lists: pa.Table) -> pa.Table:
    return lists.filter(pc.equal(lists["import_id"], OF_SETS))


OPEN = ("overt", "independent", "protected", "ordinary")
"""Roles of lists whose accounts say openly who they are, or are vouched for."""


def _declared(members: pa.Table, lists: pa.Table) -> dict[str, float]:
    known = _present(lists.filter(pc.is_in(lists["role"], value_set=pa.array(OPEN)))["account_id"].to_pylist())
    groups: dict[str, list[bool]] = {}
    for row in members.to_pylist():
        groups.setdefault(row["group_id"], []).append(row["account_id"] in known)
    return {group: sum(on) / len(on) for group, on in groups.items()}


def _suspects(clustered: Run, lists: pa.Table) -> frozenset[str]:
    """Accounts that are no ordinary ones: raised themselves, or on a list of another role than ordinary."""
    scores = clustered.table("scores")
    raised = scores.filter(pc.not_equal(scores["level"], "L0"))["account_id"].to_pylist()
    listed = lists.filter(pc.not_equal(lists["role"], "ordinary"))["account_id"].to_pylist()
    return frozenset(raised) | _present(listed)


def _ordinary(lists: pa.Table) -> frozenset[str]:
    return _present(lists.filter(pc.equal(lists["role"], "ordinary"))["account_id"].to_pylist())


def _present(ids: Iterable[Any]) -> frozenset[str]:
    return frozenset(id for id in ids if id is not None)
