"""`link`: what groups have in common with known operations, and how rare that is among ordinary accounts."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.case import Case, Run, run_id
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.library import LEDGER, ORIGINALS, editions, original
from inconcert.catalogue.read import bundled, replayed
from inconcert.errors import InputError, UnknownName
from inconcert.linking.compare import compare
from inconcert.linking.published import Published, published
from inconcert.linking.timeline import Showing, timeline
from inconcert.linking.verdict import LINKED, POSSIBLY, VERDICTS
from inconcert.progress import Progress, silent
from inconcert.verbs.clustered import copied_of, newest_clusters
from inconcert.verbs.gather import versions
from inconcert.verbs.link_material import levels_of, open_case_material

SEED = 0
"""Nothing here is random; every run has the number."""
PACKAGES = ("confusable-homoglyphs", "idna", "rapidfuzz", "tldextract")
NOT_WHO = "Links are on likeness of material beside ordinary accounts. Anybody can copy what is published; none says who runs a group."
FEW_CONTROL = 100
Library = Sequence[Path] | Sequence[Mapping[str, Any]]


def link(case: Case, *, library: Library, group: str | None = None, progress: Progress = silent) -> Run:
    """Compare the groups of the newest cluster run with the known operations of libraries, whose files the case then keeps.

    library: folders of `inconcert catalogue add`; or, as a run keeps them, {"name", "ledger", "files"} with hashes of originals of the
    case. group: only this one; all above L0 unless given.
    Tables of the run: links, link_items. InputError without a cluster run of these posts, for a folder that is no library, or
    when it lists nothing; UnknownName for a group.
    """
    if not library:
        raise InputError(
            "No library was given. Make one with 'inconcert catalogue add', and name its folder: --library FOLDER."
        )
    with case.lock():
        clustered = newest_clusters(case, "link")
        copied = copied_of(case, clustered)
        measured = _measured(case, clustered)
        levels = levels_of(clustered, measured)
        if group is not None and group not in levels:
            raise UnknownName("group above L0", group, levels)
        kept = kept_libraries(case, library)
        parameters: dict[str, object] = {"library": kept, "group": group, "seed": SEED}
        further = [run.id for run in (copied, measured) if run is not None]
        inputs = sorted({*case.imports(), *clustered.info["inputs"], clustered.id, *further})
        known = case.known_run(run_id("link", parameters, inputs, versions(*PACKAGES)))
        if known:
            return known
        started = time.monotonic()
        progress("reading the library", 0, None)
        its = published(read_kept(case, kept))
        chosen = {group: levels[group]} if group is not None else levels
        material = open_case_material(case, clustered, copied, measured, list(chosen))
        try:
            progress("comparing", 0, None)
            found = compare(material, its, chosen, bundled(), len(levels))
        finally:
            material.engine.close()
        return case.record_run(
            "link",
            parameters=parameters,
            inputs=inputs,
            versions=versions(*PACKAGES),
            seed=SEED,
            engine="duckdb",
            tables={"links": found.links, "link_items": found.items},
            counts=_counts(found.links, its),
            duration_s=time.monotonic() - started,
            notes=[NOT_WHO, *_notes(its, material.control)],
        )


def timelines(run: Run) -> tuple[Showing, ...]:
    """What each group showed, by date, of the operations it is linked to or possibly linked to."""
    items = run.table("link_items").to_pylist()
    likely: dict[str, set[str]] = {}
    for row in run.table("links").to_pylist():
        if row["verdict"] in (LINKED, POSSIBLY):
            likely.setdefault(row["group_id"], set()).add(row["operation"])
    return tuple(one for group in sorted(likely) for one in timeline(items, group, frozenset(likely[group])))


def kept_libraries(case: Case, library: Library) -> list[dict[str, Any]]:
    """{"name", "ledger", "files"} of each of these libraries, its files stored as originals of the case; sorted, each once."""
    found: dict[str, dict[str, Any]] = {}
    for one in library:
        if isinstance(one, Mapping):
            its = dict(one)
        else:
            files = sorted({sha256 for edition in editions(one) for sha256 in edition.files})
            for sha256 in files:
                case.store_original(original(one, sha256))
            its = {"name": one.resolve().name, "ledger": case.store_original(one / LEDGER), "files": files}
        found.setdefault(its["ledger"], its)
    return [found[ledger] for ledger in sorted(found)]


def read_kept(case: Case, kept: Sequence[Mapping[str, Any]]) -> list[Indicator]:
    """The indicators of libraries whose files the case keeps, read from these alone; InputError when there are none."""
    found: list[Indicator] = []
    with tempfile.TemporaryDirectory(prefix="inconcert-") as folder:
        for place, one in enumerate(kept):
            room = Path(folder) / str(place)
            (room / ORIGINALS).mkdir(parents=True)
            shutil.copyfile(case.original(one["ledger"]), room / LEDGER)
            for sha256 in one["files"]:
                # the hash comes from a run, the run perhaps from a stranger: only the file's own name, never a path of theirs
                shutil.copyfile(case.original(sha256), room / ORIGINALS / Path(sha256).name)
            for its in replayed(room).values():
                found += its.values()
    if not found:
        names = ", ".join(one["name"] for one in kept)
        raise InputError(
            f"{names} lists no indicator. Add what was published of operations: inconcert catalogue add FILE."
        )
    return found


def _measured(case: Case, clustered: Run) -> Run | None:
    newest = case.run("indicators")
    return newest if newest is not None and clustered.id in newest.info["inputs"] else None


def _counts(links: pa.Table, library: Published) -> dict[str, int]:
    verdicts = Counter(links["verdict"].to_pylist())
    return {
        "groups": len(pc.unique(links["group_id"])),
        "operations": len(library.operations),
        "indicators": len(library.rows),
        "indicators_left_out": sum(library.left_out.values()),
        **{verdict.replace(" ", "_"): verdicts[verdict] for verdict in VERDICTS},
    }


def _notes(library: Published, control: int) -> list[str]:
    notes = [f"Left out of the library: {n:,} × {reason}." for reason, n in sorted(library.left_out.items())]
    if control < FEW_CONTROL:
        notes.append(
            f"The control has {control:,} ordinary accounts: no match can be worth much beside so few. Ordinary posts of the same topic, read in "
            "with the role control, would tell more."
        )
    return notes
