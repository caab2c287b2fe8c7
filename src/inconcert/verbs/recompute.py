"""Compute a run again, in a folder of its own, and compare the tables byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inconcert.case import Case, Run, create_case, import_order
from inconcert.case.custody import original_path
from inconcert.case.scratch import WROTE
from inconcert.progress import Progress

Again = Callable[[Case, Mapping[str, Any], Progress], Run]
"""How a verb is called again: a case that holds the inputs and nothing else, the run's parameters, progress."""


@dataclass(frozen=True)
class Recomputed:
    """How a second computation compares with the run.

    differs: names of the tables whose content is not the same; empty when the run was reproduced.
    rewritten: tables equal in every value whose bytes differ, which happens when other package versions wrote them.
    versions: {package: (then, now)} of those that changed.
    """

    run: Run
    differs: tuple[str, ...]
    rewritten: tuple[str, ...]
    versions: Mapping[str, tuple[str | None, str | None]]


def recompute_run(case: Case, run: Run, again: Again, progress: Progress) -> Recomputed:
    """Call the verb again on exactly the imports and runs it read, and compare; the case itself is only read."""
    with tempfile.TemporaryDirectory(prefix="inconcert-") as folder:
        twin = create_case(Path(folder) / "case", title=run.id, now=run.at)
        _lend(case, twin, run)
        _lend_originals(case, twin, run)
        _tell_order(case, twin)
        return _compare(run, again(twin, run.info["parameters"], progress))


def _copies(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.copies import copies

    return copies(case, **parameters, progress=progress)


def _detect(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.detect import detect

    # Reference crowds are imports of the case by now: they are among the inputs that were lent.
    return detect(case, **{**parameters, "control": ()}, progress=progress)


def _cluster(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.cluster import cluster

    return cluster(case, **parameters, progress=progress)


def _describe(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.describe import describe

    return describe(case, alpha=parameters["alpha"], progress=progress)


def _indicators(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.indicators import indicators

    return indicators(case, **parameters, progress=progress)


def _link(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.link import link

    return link(case, library=parameters["library"], group=parameters["group"], progress=progress)


def _locate(case: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
    from inconcert.verbs.locate import locate

    its = {name: parameters[name] for name in ("group", "entered", "left_out")}
    return locate(case, **its, progress=progress)


AGAIN: dict[str, Again] = {
    "copies": _copies, "detect": _detect, "cluster": _cluster, "describe": _describe, "indicators": _indicators,
    "link": _link, "locate": _locate,
}  # fmt: skip
"""Verb -> how its runs are computed again."""


def _lend(case: Case, twin: Case, run: Run) -> None:
    """Link what the run read, and what those runs read in turn, into the twin."""
    made = {other.id: other for other in case.runs()}
    for id in run.info["inputs"]:
        kind = "runs" if id in made else "data"
        link = twin.path / kind / id
        if link.exists():
            continue
        link.parent.mkdir(exist_ok=True)
        link.symlink_to((case.path / kind / id).resolve(), target_is_directory=True)
        if kind == "runs":
            _lend(case, twin, made[id])
            twin.say(f"runs/{id}", WROTE, {"files": {}})


def _lend_originals(case: Case, twin: Case, run: Run) -> None:
    """Link the libraries that a run of `link` read."""
    for one in run.info["parameters"].get("library", ()):
        for sha256 in (one["ledger"], *one["files"]):
            link = original_path(twin.path, sha256)
            link.parent.mkdir(parents=True, exist_ok=True)
            if not link.exists():
                link.symlink_to(case.original(sha256).resolve())


def _tell_order(case: Case, twin: Case) -> None:
    """Say in the twin in which order its imports were read, since what was said last of an account depends on it."""
    lent = [folder.name for folder in (twin.path / "data").glob("*")]
    for one in (
        import_order(case.statements(), lent).sort_by([("place", "ascending"), ("import_id", "ascending")]).to_pylist()
    ):
        twin.say(f"data/{one['import_id']}", WROTE, {"files": {}})


def _compare(run: Run, second: Run) -> Recomputed:
    differs = set(run.tables) ^ set(second.tables)
    rewritten: set[str] = set()
    for name in set(run.tables) & set(second.tables):
        file = f"{name}.parquet"
        if (run.path / file).read_bytes() != (second.path / file).read_bytes():
            (rewritten if run.table(name).equals(second.table(name)) else differs).add(name)
    then, now = run.info["versions"], second.info["versions"]
    changed = {
        name: (then.get(name), now.get(name)) for name in sorted({*then, *now}) if then.get(name) != now.get(name)
    }
    return Recomputed(run, tuple(sorted(differs)), tuple(sorted(rewritten)), changed)
