"""`inconcert export`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from inconcert.cli.options import case_argument, files_argument, force_option, verb
from inconcert.cli.terminal import complain, show

WORKING_FILES = (
    "these are working files of the analyst: they name accounts, which no publication may do on evidence below level L3"
)


@verb("export", "Write tables and the network to files.")
@case_argument
@files_argument
@click.option("--table", help="Table to write, when the file is not named after it.")
@force_option
def command(case: Path, files: Sequence[Path], table: str | None, force: bool, as_json: bool) -> None:
    """Write tables and the network of a case to files, chosen by their names.

    accounts.csv holds one row an account, strongest evidence first: account_id, platform, group_id, level, q, score,
    n_posts, and judged, what people decided about it or its group. judged_groups holds the groups as they stand after every
    judgement; judgements, sets and notes what people said. Also edges, groups, members, posts and every table of 'inconcert schema', as .csv, .parquet or .json; and
    network.graphml or network.gexf: the accounts of groups and of edges beyond chance, edge weight -log10 p.

    In CSV, a text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return) gets a
    leading apostrophe, ids too; apart from that every text and id is exact. .parquet and .json alter nothing.

    A file that exists is left alone, unless --force is given.

    \b
    Example:
      inconcert export my-case accounts.csv edges.csv network.gexf
    """
    from inconcert.verbs.export import export
    from inconcert.verbs.init import open_case

    opened = open_case(case)
    done = [export(opened, file, table=table, force=force) for file in files]
    complain(WORKING_FILES)
    unit = {"network": "edges"}
    show(done, (f"{one.path}: {one.rows:,} {unit.get(one.holds, 'rows')}" for one in done), as_json=as_json)
