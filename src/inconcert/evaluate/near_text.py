"""What near-identical texts add: the same data and worlds, judged without them and with them."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from inconcert.errors import InputError
from inconcert.evaluate.calibration import crowd
from inconcert.evaluate.finding import examine
from inconcert.evaluate.kept import Row
from inconcert.evaluate.power import Cell
from inconcert.evaluate.sample import Export, read_world, sample
from inconcert.evaluate.truth import against_truth, labelled
from inconcert.schema import KINDS, NEAR
from inconcert.synthetic.world import build

REWORDING = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
JUDGED = {"exact": tuple(kind for kind in KINDS if kind not in NEAR), "near": tuple(KINDS)}
"""Name -> kinds of action compared."""


def cells() -> Iterator[Cell]:
    """Operations that push nothing but texts, each post with that share of its words replaced."""
    return (Cell(rewording=share, kinds=("text",)) for share in REWORDING)


def added(export: Export, operation: set[str], without: tuple[str, ...]) -> Row:
    """A real set judged both ways: near-identical clusters, accounts in them, and what is claimed.

    operation: account ids, none of them for a crowd without a known operation; without: reference crowds left out.
    """
    near = export.actions.filter(pc.equal(export.actions["kind"], "near_text"))
    sizes = near.group_by("object_id").aggregate([("account_id", "count_distinct")])["account_id_count_distinct"]
    out: Row = {
        "clusters": len(sizes),
        "largest": pc.max(sizes).as_py() or 0,
        "accounts_in_clusters": len(pc.unique(near["account_id"])),
        "operation_in_clusters": len(operation & set(near["account_id"].to_pylist())),
    }
    for name, kinds in JUDGED.items():
        finding = examine(sample(export, kinds=kinds, without=without))
        claims = crowd(finding)
        row: Row = {key: claims[key] for key in ("accounts", "any", "edges", "l1", "groups")}
        if operation:
            found = labelled(finding, operation, export.volume)
            row |= {
                "raised": found["raised"]["any, L1 or above"],
                "all": found["all"],
                "comparable": found["comparable"],
            }
        out[name] = row
    return out


def reworded(cell: Cell, seed: int) -> Row:
    """A generated operation judged both ways; None where no two accounts acted on one object."""
    world = build(cell.scenario(), seed)
    export = read_world(world, cell.key)
    out: Row = {}
    for name, kinds in JUDGED.items():
        try:
            out[name] = against_truth(examine(sample(export, kinds=kinds), seed), world)
        except InputError:
            out[name] = None
    return out
