"""What one item of evidence rests on: the run and its posts, or the entry in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.compute as pc
import pyarrow.dataset as ds

from inconcert.case import Case
from inconcert.errors import UnknownName
from inconcert.judgement.weighed import Weighed
from inconcert.verbs.weighed_group import WeighedGroup, weighed_group

READING, GROUPING, LINKING, OUTSIDE, ENTERED = "reading", "grouping", "linking", "run", "entry"
"""What an item rests on: a reading of an indicator, the run that found the groups, the comparison with known operations, another run, an entry."""


@dataclass(frozen=True)
class ItemWitnesses:
    """kind: of the above.   key, text, source: of the item.   reading: its number, None elsewhere.   posts: (account id, post id, what it
    shows), the first `limit` of `n_posts`, each once.   accounts: ids of the accounts it rests on, sorted.   entry: what somebody entered."""

    kind: str
    key: str
    text: str
    source: str
    reading: int | None = None
    posts: tuple[tuple[str, str, str], ...] = ()
    n_posts: int = 0
    accounts: tuple[str, ...] = ()
    entry: Weighed | None = None


def item_witnesses(case: Case, group: str, key: str, *, limit: int = 30) -> ItemWitnesses:
    """The witnesses of an item of the weighing of a group, one that was left out among them. UnknownName for none of that key."""
    opened = weighed_group(case, group)
    items = (*opened.entered.items, *(item for item, _ in opened.entered.left_out))
    item = next((one for one in items if one.key == key), None)
    if item is None:
        raise UnknownName("item of evidence", key, [one.key for one in items])
    entry = next((one for one in opened.entries if one.label == key and one.what == "evidence"), None)
    if entry is not None:
        return ItemWitnesses(ENTERED, key, item.text, item.source, entry=entry)
    if f"run {opened.clustered.id}" == item.source:
        return ItemWitnesses(GROUPING, key, item.text, item.source)
    if item.family == "links":
        return ItemWitnesses(LINKING, key, item.text, item.source)
    number = _reading(case, opened, key)
    if number is None:
        return ItemWitnesses(OUTSIDE, key, item.text, item.source)
    return _of_reading(case, key, item.text, item.source, number, limit)


def reading_witnesses(case: Case, group: str, number: int, *, limit: int = 30) -> ItemWitnesses:
    """The same of a reading on a group, or on its members, that is no item. UnknownName for none of that number on the group."""
    opened, run = weighed_group(case, group), case.run("indicators")
    table = run.table("indicators") if run is not None and opened.clustered.id in run.info["inputs"] else None
    its = (
        table.filter(
            pc.and_(pc.equal(table["reading"], number), pc.equal(table["group_id"], opened.group.id))
        ).to_pylist()
        if table
        else []
    )
    if run is None or not its:
        raise UnknownName("reading of this group", f"I{number}", ())
    row = its[0]
    return _of_reading(
        case, f"{row['indicator']}/{row['measure']}", row["says"], f"run {run.id}, reading {number}", number, limit
    )


def _of_reading(case: Case, key: str, text: str, source: str, number: int, limit: int) -> ItemWitnesses:
    rows = _rows(case, number)
    posts: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["post_id"] is not None:
            posts.setdefault((row["account_id"], row["post_id"]), row["why"])
    first = tuple((account, post, why) for (account, post), why in list(posts.items())[:limit])
    accounts = tuple(sorted({row["account_id"] for row in rows}))
    return ItemWitnesses(READING, key, text, source, number, first, len(posts), accounts)


def _reading(case: Case, opened: WeighedGroup, key: str) -> int | None:
    """Number of the reading on the whole group of that indicator and measure."""
    run = case.run("indicators")
    if run is None:
        return None
    indicator, _, measure = key.partition("/")
    table = run.table("indicators")
    wanted = {"subject": "group", "subject_id": opened.group.id, "indicator": indicator, "measure": measure}
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], value))
    return table["reading"][0].as_py() if table.num_rows else None


def _rows(case: Case, reading: int) -> Sequence[dict[str, str]]:
    run = case.run("indicators")
    file = run.path / "indicator_witnesses.parquet" if run is not None else None
    if file is None or not file.is_file():
        return []
    rows: list[dict[str, str]] = ds.dataset(file).to_table(filter=ds.field("reading") == reading).to_pylist()
    return rows
