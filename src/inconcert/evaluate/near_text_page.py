"""`docs/near-text.md` from the kept rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inconcert.evaluate.kept import Kept, Row
from inconcert.evaluate.markdown import interval, table
from inconcert.evaluate.near_text import REWORDING, cells

UNIT, CROWD = "operation", "crowd"


def near_text_page(kept: Kept) -> list[str]:
    """The page, line by line."""
    return [
        "# What near-identical texts add",
        "",
        "Clusters of near-identical texts are compared like links (kind `near_text`). The same data, judged by exact texts and "
        "everything else alone, and with these clusters besides, against reference crowds without the crowd in question.",
        "",
        *_real(kept.rows),
        *_reworded(kept.rows),
    ]


def _real(rows: Mapping[str, Row]) -> Iterator[str]:
    found = {name: row for name, row in rows.items() if "clusters" in row}
    if not found:
        return
    yield from ("## Real data", "")
    yield from table(
        ["set", "accounts", "clusters", "largest", "accounts in them", "edges exact", "edges near", "raised exact", "raised near",
         "of the operation exact", "of the operation near", "AUC exact", "AUC near"],
        [_line(name, row) for name, row in found.items()],
    )  # fmt: skip
    yield (
        "Raised: accounts at level L1 or above; where an operation is known, those of the crowd. The largest clusters of crowds "
        "that repost a lot hold hundreds of accounts; nobody is raised for that, because an object that many touch within minutes "
        "is what ordinary crowds make too."
    )
    yield ""


def _line(name: str, row: Row) -> list[object]:
    exact, near = row["exact"], row["near"]
    head = [
        name,
        exact["accounts"],
        row["clusters"],
        row["largest"],
        row["accounts_in_clusters"],
        exact["edges"],
        near["edges"],
    ]
    if "raised" not in exact:
        return [*head, exact["any"], near["any"], "–", "–", "–", "–"]
    size = exact["all"]["operation"]
    return [
        *head,
        *(side["raised"][1] for side in (exact, near)),
        *(f"{side['raised'][0]} of {size}" for side in (exact, near)),
        *(f"{side['comparable']['auc']:.2f}" for side in (exact, near)),
    ]


def _reworded(rows: Mapping[str, Row]) -> Iterator[str]:
    lines = []
    for share, cell in zip(REWORDING, cells(), strict=True):
        worlds = [row for key, row in rows.items() if key.startswith(f"{cell.key}, seed ")]
        if worlds:
            lines.append([f"{share:.0%}", len(worlds), *_found(worlds, "exact"), *_found(worlds, "near")])
    if not lines:
        return
    yield from ("## Operations that reword", "")
    yield (
        "An operation of 48 accounts that pushes nothing but texts (jitter 30 s, cover 2, rotation .5) in an ordinary crowd; each "
        "post replaces that share of the words by other words at random. Found: accounts at level L1 or above, with a 95 % Wilson "
        "interval; accounts of one world are found or missed together."
    )
    yield ""
    yield from table(["words replaced", "worlds", "found, exact", "crowd raised", "found, near", "crowd raised"], lines)


def _found(worlds: list[Row], name: str) -> list[object]:
    """Share of the operation found, and accounts of the crowd raised; nothing where no two accounts could be compared."""
    units = [row[name]["units"] if row[name] else {} for row in worlds]
    accounts = max(side["units"][UNIT]["accounts"] for row in worlds for side in row.values() if side)
    raised = sum(unit[UNIT]["raised"] for unit in units if unit)
    crowd = sum(unit[CROWD]["raised"] for unit in units if unit)
    return [interval(raised, accounts * len(worlds), 0), crowd]
