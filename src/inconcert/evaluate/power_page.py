"""`docs/power.md` from the kept rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inconcert.evaluate.kept import Kept, Row
from inconcert.evaluate.markdown import interval, percent, table
from inconcert.evaluate.metrics import spread
from inconcert.evaluate.power import ACCOUNTS, POSTS, POSTS_EACH, Cell, cells
from inconcert.evaluate.truth import CROWD

UNIT = "operation"
TITLES = {"cover": "Jitter and cover traffic", "rotation": "Rotation and jitter", "size": "Size and rotation"}


def power_page(kept: Kept) -> list[str]:
    """The page, line by line."""
    lines = [
        "# Power",
        "",
        f"One operation in an ordinary crowd of {ACCOUNTS:,} accounts and {POSTS:,} posts of a month. Each of its accounts makes "
        f"about {POSTS_EACH} posts for it, in five kinds (text, share, link, row of hashtags, image). Jitter: standard deviation "
        "of the delay after the signal. Cover: ordinary posts for each of these. Rotation: share of its accounts that push "
        "one object; with less rotation more objects are pushed. Unless named: 48 accounts, jitter 30 s, cover 2, rotation .5.",
        "",
        "Found: at level L1 or above, by any test at q ≤ .01, with a 95 % Wilson interval over accounts. Accounts of one world "
        "are found or missed together, so the range over worlds stands beside it. `false`: edges of level L1 whose two "
        "accounts are not both of the operation.",
        "",
    ]
    for name, members in cells().items():
        lines += [f"## {TITLES[name]}", "", *_table(kept.rows, members)]
    lines += _overall(kept.rows)
    return lines


def _table(rows: Mapping[str, Row], members: tuple[Cell, ...]) -> Iterator[str]:
    found = [(cell, [row for key, row in rows.items() if key.startswith(f"{cell.key}, seed ")]) for cell in members]
    yield from table(
        ["accounts", "jitter", "cover", "rotation", "worlds", "found", "range", "at L2", "by pairs", "by accounts", "by groups",
         "crowd raised", "false"],
        [_line(cell, worlds) for cell, worlds in found if worlds],
    )  # fmt: skip


def _line(cell: Cell, worlds: list[Row]) -> list[object]:
    theirs, crowd = ([row["units"][unit] for row in worlds] for unit in (UNIT, CROWD))
    n = sum(unit["accounts"] for unit in theirs)
    low, high = spread([unit["raised"] / unit["accounts"] for unit in theirs])
    total = {name: sum(unit[name] for unit in theirs) for name in ("raised", "l2", "pair", "account", "group")}
    return [
        cell.n_accounts,
        _span(cell.jitter_s),
        f"{cell.cover:g}",
        f"{cell.rotation:g}",
        len(worlds),
        interval(total["raised"], n, 0),
        f"{percent(low, 0)} to {percent(high, 0)}",
        interval(total["l2"], n, 0),
        *(percent(total[name] / n, 0) for name in ("pair", "account", "group")),
        f"{sum(unit['raised'] for unit in crowd):,} of {sum(unit['accounts'] for unit in crowd):,}",
        f"{sum(row['false'] for row in worlds):,} of {sum(row['l1'] for row in worlds):,}",
    ]


def _span(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:g} s"
    return f"{seconds / 60:g} min" if seconds < 3600 else f"{seconds / 3600:g} h"


def _overall(rows: Mapping[str, Row]) -> Iterator[str]:
    """Realised false discovery in the presence of operations: mean over worlds of the share of claims that are false."""
    accounts, edges = [], []
    for row in rows.values():
        raised = {unit: counts["raised"] for unit, counts in row["units"].items()}
        accounts.append(raised[CROWD] / max(sum(raised.values()), 1))
        edges.append(row["false"] / max(row["l1"], 1))
    if not accounts:
        return
    yield from ("## False discoveries beside an operation", "")
    yield (
        f"Over {len(rows):,} worlds, {percent(sum(accounts) / len(accounts), 2)} of the accounts raised belong to the crowd and "
        f"{percent(sum(edges) / len(edges), 2)} of the edges of level L1 are false (means over worlds)."
    )
    yield ""
