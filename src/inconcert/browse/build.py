"""Making a view: every table and array that pages read, from the files of a case in one of its states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.browse.account_tables import build_accounts
from inconcert.browse.action_tables import build_actions
from inconcert.browse.group_cards import build_cards
from inconcert.browse.group_tables import build_group_objects, build_members
from inconcert.browse.letter_index import write_letters
from inconcert.browse.media_tables import build_media
from inconcert.browse.network_tables import build_edges, build_nodes
from inconcert.browse.post_tables import build_documents, build_posts
from inconcert.browse.state import State
from inconcert.browse.summary_tables import build_summaries
from inconcert.browse.view import DATABASE
from inconcert.case import Case, Run, import_order
from inconcert.indicators.standing_groups import standing_groups, standing_scores
from inconcert.progress import Progress
from inconcert.report.pseudonyms import pseudonyms

MEMORY = "1GB"
"""Most memory the database takes while a view is made; what does not fit is spilled into the draft."""
TELLING = 0.01
"""Largest chance at which a kind of action counts as a layer of an edge, where the run names no alpha."""

_READ = ("posts", "accounts", "actions", "rejects", "imports", "post_observations", "documents", "media", "pictures")


def build(case: Case, state: State, draft: Path, progress: Progress) -> None:
    """Write the view of a state into an empty folder."""
    posts, documents = case.parts("posts"), case.parts("documents", "given")
    with _attached(case, state, draft) as con:
        steps: dict[str, Callable[[], None]] = {
            "accounts": partial(build_accounts, con, state.stamp, _pseudonyms(state)),
            "posts": partial(build_posts, con, posts),
            "documents": partial(build_documents, con, documents),
            "actions": partial(build_actions, con),
            "media": partial(build_media, con),
            "groups": partial(build_members, con),
            "objects": partial(build_group_objects, con),
            "edges": partial(build_edges, con, _alpha(state)),
            "positions": partial(build_nodes, con),
            "summaries": partial(build_summaries, con, state),
            "cards": partial(build_cards, con, case, state, progress),
        }
        for number, (name, step) in enumerate(steps.items()):
            progress(f"preparing {name}", number, len(steps))
            step()
        numbered = con.sql("SELECT id, account FROM ids").to_arrow_table()
        con.execute("DETACH view")
    accounts = dict(zip(numbered["id"].to_pylist(), numbered["account"].to_pylist(), strict=True))
    write_letters(draft, "posts", posts, accounts, progress)
    write_letters(draft, "documents", documents, {}, progress)


@contextmanager
def _attached(case: Case, state: State, draft: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the tables of imports and runs under their names, and the one to be written as `view`."""
    spill = draft / "spill"
    spill.mkdir()
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(f"SET memory_limit = '{MEMORY}'")
        con.execute(f"SET temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
        near = state.near_actions()
        for name in _READ:
            files = [str(file) for file in case.parts(name)] + (near if name == "actions" else [])
            if files:
                con.read_parquet(files).create_view(name)
            else:
                con.register(name, schema.table(name).empty())
        for name, table in _tables(state).items():
            con.register(name, table)
        con.register("import_order", import_order(case.statements(), state.imports))
        con.register("all_imports", _imports(case, state))
        con.execute(f"ATTACH '{str(draft / DATABASE).replace(chr(39), chr(39) * 2)}' AS view")
        yield con
    spill.rmdir()


def _tables(state: State) -> Mapping[str, pa.Table]:
    """Tables of the runs; empty ones where a run is missing."""
    cluster, indicators = state.cluster, state.indicators
    return {
        "edges": _of(state.detect, "edges"),
        "pair_layers": _of(state.detect, "pair_layers"),
        "groups": schema.GROUPS.empty() if cluster is None else standing_groups(cluster, indicators),
        "members": _of(cluster, "members"),
        "scores": schema.SCORES.empty() if cluster is None else standing_scores(cluster, indicators),
    }


def _of(run: Run | None, name: str) -> pa.Table:
    return schema.table(name).empty() if run is None or name not in run.tables else run.table(name)


def _imports(case: Case, state: State) -> pa.Table:
    files = [case.path / "data" / id / "imports.parquet" for id in sorted(state.imports)]
    return pa.concat_tables([schema.IMPORTS.empty(), *(schema.IMPORTS.check(pq.read_table(file)) for file in files)])


def _pseudonyms(state: State) -> Mapping[str, str]:
    """Account id -> its name in the report, of the members of groups above L0."""
    tables = _tables(state)
    standing = tables["groups"].filter(pc.not_equal(tables["groups"]["level"], "L0"))["group_id"]
    members = tables["members"].filter(pc.is_in(tables["members"]["group_id"], value_set=standing.combine_chunks()))
    return pseudonyms(members, (), {}).by_id


def _alpha(state: State) -> float:
    alpha = state.detect.info["parameters"].get("alpha") if state.detect is not None else None
    return alpha if isinstance(alpha, float) else TELLING
