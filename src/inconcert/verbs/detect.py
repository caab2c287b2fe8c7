"""`detect`: which pairs of accounts act together beyond chance."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from inconcert.case import Case, Run, run_id
from inconcert.detect.counting import ENGINES
from inconcert.errors import InputError, UnknownName
from inconcert.network.material import tested_accounts
from inconcert.network.multiple import FALSE_DISCOVERY
from inconcert.network.outcome import pair_outcome
from inconcert.progress import Progress, silent
from inconcert.schema import NEAR
from inconcert.verbs.copies import copies
from inconcert.verbs.gather import gather, known_kinds, versions


def detect(
    case: Case,
    *,
    kinds: Sequence[str] | None = None,
    windows_s: Sequence[float] | None = None,
    alpha: float = 0.01,
    control: Sequence[Path] = (),
    engine: str = "auto",
    seed: int = 1,
    fdr: str = "bh",
    progress: Progress = silent,
) -> Run:
    """Count co-actions of every kind at every scale, and test every pair of accounts.

    kinds: kinds of action (`schema.KINDS`), all when None. windows_s: time scales in seconds, those of `schema.WINDOWS_US`
    the times allow when None. alpha: largest q-value reported. control: files of posts of an ordinary crowd, read into the
    case under the role "control". engine: auto, sweep, duckdb or spark; the result does not depend on it. fdr: bh or by.
    Near-identical texts and pictures are those of the copies run, which is made first when there is none for these posts.
    Tables of the run: edges, pair_layers. InputError when the case holds no posts, or no two accounts could be compared.
    """
    if fdr not in FALSE_DISCOVERY:
        raise InputError(f"fdr is '{fdr}'; it must be bh or by.")
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    if not 0 < alpha < 1:
        raise InputError(f"alpha is {alpha}; it must lie between 0 and 1.")
    with case.lock():
        if control:
            from inconcert.verbs.ingest import ingest

            ingest(case, control, role="control", now=datetime.now(UTC), progress=progress)
        parameters = {
            "kinds": list(known_kinds(kinds)) if kinds else None,
            "windows_s": sorted(windows_s) if windows_s else None,
            "alpha": alpha,
            "seed": seed,
            "fdr": fdr,
        }
        inputs = list(case.imports())
        if not case.imports("case"):
            raise InputError(
                f"The case {case.path} holds no posts. Read some first: inconcert ingest {case.typed} posts.csv"
            )
        copied = copies(case, progress=progress) if needs_copies(kinds) else None
        inputs += [copied.id] if copied else []
        known = case.known_run(run_id("detect", parameters, inputs, versions()))
        if known:
            return known
        started = time.monotonic()
        progress("counting co-actions", 0, None)
        gathered = gather(case, copied, kinds=kinds, windows_s=windows_s, seed=seed, engine=engine)
        materials = gathered.materials
        if not materials:
            raise InputError(
                "No two accounts of this case ever acted on the same object, so nothing can be compared. Map more columns "
                "(text, urls, hashtags, shared_id ...) with --map, or add posts of more accounts."
            )
        progress("testing pairs", 0, None)
        edges, layers = pair_outcome(materials, alpha=alpha, fdr=fdr)
        return case.record_run(
            "detect",
            parameters=parameters,
            inputs=inputs,
            versions=versions(),
            seed=seed,
            engine=engine,
            tables={"edges": edges, "pair_layers": layers},
            counts={
                "accounts_comparable": tested_accounts(materials),
                "objects_shared": sum(m.first.n_objects for m in materials.values()),
                "pairs_tested": sum(len(m.counted) for m in materials.values()),
                "edges": len(edges),
            },
            duration_s=time.monotonic() - started,
            notes=gathered.notes,
        )


def needs_copies(kinds: Sequence[str] | None) -> bool:
    """Whether one of these kinds (all when None) compares what the copies run finds."""
    return not kinds or bool(NEAR.keys() & set(kinds))
