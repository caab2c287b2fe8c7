"""Tables `cards` and `dated_events` of a view: what the report says of each group, and events to draw beside posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa

from inconcert.browse.names import masked
from inconcert.browse.state import State
from inconcert.browse.view import View
from inconcert.case import Case
from inconcert.progress import Progress
from inconcert.report.data import gather
from inconcert.report.events import events
from inconcert.report.group_parts import NO_GROUP, STANDS_OUT, Part, beside_groups, group_parts
from inconcert.report.pseudonyms import Pseudonyms

ZONE = "UTC"
"""Zone of the few clocks within cards; those of pages are drawn when they are asked for."""

_PARTS = pa.schema([(name, pa.string()) for name in ("group_id", "name", "title", "html")])
_EVENTS = pa.schema([("title", pa.string()), ("said", pa.string()), ("first_us", pa.int64()), ("last_us", pa.int64())])


@dataclass(frozen=True)
class Dated:
    """An event.   said: its date in words.   first: its first day, UTC."""

    title: str
    said: str
    first: date


def build_cards(con: duckdb.DuckDBPyConnection, case: Case, state: State, progress: Progress) -> None:
    """Render what the report says of each group, under the names that pages use, and list the events that were given.

    Judgements are left out, since they come and go while a view stays.   Reads view.accounts.
    """
    parts: list[Part] = []
    if state.cluster is not None and state.detect is not None:
        report = gather(case, zone=ZONE, judged=False)
        report = replace(report, names=_as_pages(report.names, con))
        for number, its in enumerate(group_parts(report)):
            parts += its
            progress("preparing cards", number, len(report.groups))
        parts += beside_groups(report)
    con.register("parts", pa.Table.from_pylist([asdict(part) for part in parts], schema=_PARTS))
    con.execute(
        "CREATE TABLE view.cards AS SELECT group_id, row_number() OVER ()::INTEGER AS place, * EXCLUDE (group_id) FROM parts"
    )
    dated = [{"title": e.title, "said": e.when, "first_us": e.first_us, "last_us": e.last_us} for e in events(case).all]
    con.register("dated", pa.Table.from_pylist(dated, schema=_EVENTS))
    con.execute("CREATE TABLE view.dated_events AS SELECT * FROM dated")


def card(view: View, group_id: str) -> tuple[Part, ...]:
    """What the report says of a group, in the order of its page; empty for a group that it does not describe.

    Accounts go by pseudonyms and keys in it, whatever is switched on.
    """
    rows = view.rows("SELECT group_id, name, title, html FROM cards WHERE group_id = ? ORDER BY place", [group_id])
    return tuple(Part(**row) for row in rows)


def measured(view: View) -> tuple[Part, ...]:
    """What the report says of events, storylines, hashtags, posts and lists; empty when no indicators were measured."""
    return card(view, NO_GROUP)


def standing_out(view: View) -> Mapping[str, str]:
    """Group -> what stands out about its accounts, in short; those that were measured."""
    return {row["group_id"]: row["html"] for row in view.rows("SELECT * FROM cards WHERE name = ?", [STANDS_OUT])}


def dated_events(view: View, *, names: bool = False) -> tuple[Dated, ...]:
    """The events that were given to the case, earliest first."""
    rows = view.rows("SELECT * FROM dated_events ORDER BY first_us, title")
    titles = masked(view, [row["title"] for row in rows], names)
    return tuple(
        Dated(title or "", row["said"], datetime.fromtimestamp(row["first_us"] // 1_000_000, UTC).date())
        for row, title in zip(rows, titles, strict=True)
    )


def _as_pages(names: Pseudonyms, con: duckdb.DuckDBPyConnection) -> Pseudonyms:
    """The accounts that a report names, under the names of pages: their key where the report would number them as it goes."""
    con.register("asked", pa.table({"id": pa.array(names.by_id, pa.string())}))
    shown = dict(
        con.execute("SELECT id, coalesce(pseudonym, key) FROM view.accounts SEMI JOIN asked USING (id)").fetchall()
    )
    con.unregister("asked")
    now = {name: shown.get(id, name) for id, name in names.by_id.items()}
    return Pseudonyms(
        {id: now[name] for id, name in names.by_id.items()},
        {handle: now[name] for handle, name in names.by_handle.items()},
    )
