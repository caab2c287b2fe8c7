"""The groups that later verbs describe, and the copies they rest on."""

from __future__ import annotations

from inconcert.case import Case, Run
from inconcert.errors import InputError


def newest_clusters(case: Case, verb: str) -> Run:
    """The newest cluster run; InputError when there is none, or it does not know all posts of the case. verb: who asks."""
    run = case.run("cluster")
    if run is None:
        raise InputError(f"The case {case.path} has no cluster run. Run: inconcert detect {case.typed}, then cluster.")
    added = [id for id in case.imports("case") if id not in run.info["inputs"]]
    if added:
        raise InputError(
            f"Files were read into the case {case.path} after its cluster run (imports: {len(added):,}, first: {added[0]}). "
            f"Run: inconcert detect {case.typed}, then cluster, then {verb}."
        )
    return run


def copied_of(case: Case, clustered: Run) -> Run | None:
    """The copies run the groups rest on; where they were found without one, the newest of the same imports; else None."""
    for run in case.runs():
        if run.verb == "copies" and run.id in clustered.info["inputs"]:
            return run
    newest = case.run("copies")
    return newest if newest is not None and set(newest.info["inputs"]) == set(case.imports()) else None
