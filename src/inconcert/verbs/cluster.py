"""`cluster`: groups of accounts, how far each is proved, and one row of evidence an account."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from inconcert import schema
from inconcert.case import Case, Run, run_id
from inconcert.errors import InputError
from inconcert.network.calibrate import calibrate
from inconcert.network.describe import PERMUTATIONS
from inconcert.network.groups import SPLITS
from inconcert.network.judged import Judged
from inconcert.network.outcome import LEVELS_OF_TEST, assess
from inconcert.network.reference import Rates
from inconcert.network.result_tables import group_table, member_table, reference_table, score_table
from inconcert.network.scores import account_table
from inconcert.network.stability import BOOTSTRAPS
from inconcert.network.witnesses import PER_EDGE, PER_GROUP, Witness, witness_table, witnesses
from inconcert.progress import Progress, silent
from inconcert.verbs.gather import Gathered, gather_again, versions

MOST_EDGES = 200
"""Edges outside groups whose witnesses are kept; those of any edge are shown by `explain`."""


def cluster(
    case: Case,
    *,
    alpha: float = 0.01,
    seed: int = 1,
    splits: int = SPLITS,
    permutations: int = PERMUTATIONS,
    bootstraps: int = BOOTSTRAPS,
    copies: int | None = None,
    progress: Progress = silent,
) -> Run:
    """Find groups, confirm them on held-out objects, test every account, and put the levels together.

    Works on the newest detect run, with its kinds, scales and false discovery procedure. splits: random halves of the
    objects on which groups are found and tested. permutations: copies a group is held against. bootstraps: samples of
    objects for the stability of membership. copies: permuted copies of the whole data that go through the same procedure;
    None: 5, fewer in cases of more than 300,000 actions.
    Tables of the run: groups, members, scores, account_tests, witnesses, reference, calibration.
    """
    with case.lock():
        detected = case.run("detect")
        if detected is None:
            raise InputError(f"The case {case.path} has no detect run. Run: inconcert detect {case.typed}")
        fdr = detected.info["parameters"]["fdr"]
        parameters = {
            "alpha": alpha, "seed": seed, "splits": splits, "permutations": permutations, "bootstraps": bootstraps, "copies": copies,
        }  # fmt: skip
        inputs = [*detected.info["inputs"], detected.id]
        known = case.known_run(run_id("cluster", parameters, inputs, versions()))
        if known:
            return known
        started = time.monotonic()
        gathered = gather_again(case, detected)
        materials = gathered.materials
        accounts = next(iter(materials.values())).first.accounts
        posts, platforms = _volumes(case, accounts)

        edges = detected.table("edges")
        outcome = assess(
            materials, edges, posts, alpha=alpha, seed=seed, splits=splits, permutations=permutations, bootstraps=bootstraps,
            fdr=fdr, progress=progress,
        )  # fmt: skip
        judged = outcome.judged
        calibration = calibrate(
            materials,
            copies=copies,
            alpha=alpha,
            levels=LEVELS_OF_TEST,
            fdr=fdr,
            splits=splits,
            seed=seed,
            progress=progress,
        )
        here = {"copy": 0, "edges": len(edges), "accounts": _in_edges(edges), "groups": len(outcome.confirmed)}
        return case.record_run(
            "cluster",
            parameters=parameters,
            inputs=inputs,
            versions=versions(),
            seed=seed,
            engine=detected.info["engine"],
            tables={
                "groups": group_table(judged, gathered.windows_us, posts),
                "members": member_table(judged, materials, seed),
                "scores": score_table(outcome.standing, accounts, platforms, posts),
                "account_tests": account_table(outcome.tests, accounts, gathered.windows_us),
                "witnesses": _witnesses(gathered, outcome.rates, judged, edges),
                "reference": reference_table(outcome.rates),
                "calibration": pa.concat_tables(
                    [pa.Table.from_pylist([here], schema=schema.CALIBRATION.arrow), calibration]
                ),
            },
            counts={
                "groups": len(judged),
                "accounts_in_groups": len(np.unique(np.concatenate([j.members for j in judged]))) if judged else 0,
                "accounts_raised": int((np.nan_to_num(outcome.standing.q_account, nan=1.0) <= alpha).sum()),
                "accounts": len(accounts),
            },
            duration_s=time.monotonic() - started,
        )


def _in_edges(edges: pa.Table) -> int:
    return len(pc.unique(pa.chunked_array([*edges["source"].chunks, *edges["target"].chunks], pa.string())))


def _volumes(case: Case, accounts: pa.Array) -> tuple[NDArray[np.int64], dict[str, str]]:
    """(accounts,) posts of each account, and its platform."""
    count = np.zeros(len(accounts), dtype=np.int64)
    platforms: dict[str, str] = {}
    for part in case.parts("posts"):
        table = pq.read_table(part, columns=["account_id", "platform"])
        each = table.group_by(["account_id", "platform"], use_threads=False).aggregate([([], "count_all")])
        code = pc.index_in(each["account_id"], value_set=accounts)
        known = pc.is_valid(code).to_numpy(zero_copy_only=False)
        np.add.at(count, code.filter(pa.array(known)).to_numpy(), each["count_all"].to_numpy()[known])
        platforms |= dict(zip(each["account_id"].to_pylist(), each["platform"].to_pylist(), strict=True))
    return count, platforms


def _witnesses(
    gathered: Gathered,
    tempered: dict[str, Rates],
    judged: list[Judged],
    edges: pa.Table,
) -> pa.Table:
    materials, windows_us = gathered.materials, gathered.windows_us
    accounts = next(iter(materials.values())).first.accounts
    found: list[Witness] = []
    grouped = np.zeros(len(accounts), dtype=bool)
    for index, j in enumerate(judged, start=1):
        grouped[j.members] = True
        for kind in dict.fromkeys((j.group.candidate.kind, *j.description.kinds)):
            window = j.group.candidate.window
            found += witnesses(materials[kind], tempered[kind], j.members, window, f"G{index}", PER_GROUP)
    alone = 0
    for row in edges.filter(pc.equal(edges["level"], "L1")).to_pylist():
        pair = np.array(
            [pc.index(accounts, row["source"]).as_py(), pc.index(accounts, row["target"]).as_py()], dtype=np.int32
        )
        if alone == MOST_EDGES or grouped[pair].all():
            continue
        alone += 1
        window = windows_us.index(row["window_us"]) if row["window_us"] is not None else len(windows_us) - 1
        found += witnesses(materials[row["kind"]], tempered[row["kind"]], pair, window, None, PER_EDGE)
    objects = {kind: m.first.objects for kind, m in materials.items()}
    return witness_table(
        found, accounts, objects, gathered.actions, resolution_s=gathered.resolution_s, counted=gathered.counted
    )
