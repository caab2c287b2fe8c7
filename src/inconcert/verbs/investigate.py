"""Everything in one go: case, ingest, detect, cluster, indicators, report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from inconcert.case import Case, Run
from inconcert.errors import InputError
from inconcert.indicators.multiplicity import FOUND
from inconcert.indicators.standing_groups import standing_groups
from inconcert.network.levels import WORDS
from inconcert.progress import Progress, silent
from inconcert.verbs.add import add
from inconcert.verbs.cluster import cluster
from inconcert.verbs.copies import copies
from inconcert.verbs.describe import describe
from inconcert.verbs.detect import detect
from inconcert.verbs.import_media import import_media
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.indicators import indicators
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init
from inconcert.verbs.report import report

COMPRESSED = (".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".tgz")


@dataclass(frozen=True)
class GroupSummary:
    """One group: its level, the only words for that level, and what speaks for and against it.

    indicators: those in which it differs from its control, at q of at most alpha; most of them are no evidence on authenticity.
    """

    group_id: str
    level: str
    words: str
    size: int
    n_posts: int
    q_value: float
    stability: float | None
    kinds: tuple[str, ...]
    windows_us: tuple[int, ...]
    innocent: tuple[Mapping[str, str], ...]
    indicators: tuple[str, ...]
    why_not_higher: str


@dataclass(frozen=True)
class Summary:
    """What an investigation found.

    imports: the files given now.   other_imports: ids of imports that the case held before and that were analysed too.
    groups: strongest first.   edges, accounts: how many pairs and accounts are at level L1 or above.
    report: the page to open.
    """

    case: Path
    imports: tuple[ImportResult, ...]
    other_imports: tuple[str, ...]
    copies: Run
    detect: Run
    cluster: Run
    describe: Run
    indicators: Run
    alpha: float
    groups: tuple[GroupSummary, ...]
    edges: int
    accounts: int
    report: Path

    @property
    def found(self) -> bool:
        """Whether anything was found beyond chance."""
        return bool(self.edges or self.accounts or any(group.level != "L0" for group in self.groups))


def investigate(
    files: Sequence[Path],
    *,
    case: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    format: str | None = None,
    platform: str | None = None,
    zone: str | None = None,
    day_first: bool | None = None,
    insist_private: bool = False,
    control: Sequence[Path] = (),
    alpha: float = 0.01,
    seed: int = 1,
    engine: str = "auto",
    media: Path | None = None,
    ocr: bool = False,
    faces: bool = False,
    lists: Sequence[Path] = (),
    events: Sequence[Path] = (),
    storylines: Sequence[Path] = (),
    follows: Sequence[Path] = (),
    now: datetime,
    progress: Progress = silent,
) -> Summary:
    """Investigate files of posts; the case folder is `<stem of the first file>-case` in the working directory unless given.

    files: may be none where the case holds posts already.

    Every step is left out when the case holds its result already, so that an interrupted investigation goes on where it
    stopped and a finished one only prints its summary. Files the case does not hold yet are added to it. zone, day_first
    and insist_private hold for files and control alike, zone and insist_private for what is added too. The other parameters are those of `import_media`, `ingest`, `add`, `detect` and `cluster`. InputError before anything is made when a file is absent.
    """
    if not files and (case is None or not (case / "case.toml").is_file()):
        raise InputError("No file was given. Name one, for instance: inconcert investigate posts.csv")
    _refuse_absent([*files, *control, *lists, *events, *storylines, *follows, *([] if media is None else [media])])
    opened = init(case if case is not None else default_case(files[0]), now=now)
    with opened.lock():
        imports = [] if not files else ingest(
            opened, files, mapping=mapping or {}, format=format, platform=platform, zone=zone, day_first=day_first,
            insist_private=insist_private, ocr=ocr, faces=faces, now=now, progress=progress,
        )  # fmt: skip
        if control:
            ingest(
                opened,
                control,
                role="control",
                zone=zone,
                day_first=day_first,
                insist_private=insist_private,
                now=now,
                progress=progress,
            )
        if media is not None:
            dated = replace(opened, clock=lambda: now)
            read = import_media(dated, media, ocr=ocr, faces=faces, progress=progress)
            imports[-1:] = [replace(one, media=read) for one in imports[-1:]]
        if lists or events or storylines or follows:
            add(
                opened, lists=lists, events=events, storylines=storylines, follows=follows, zone=zone,
                insist_private=insist_private, now=now, progress=progress,
            )  # fmt: skip
        copied = copies(opened, progress=progress)
        detected = detect(opened, alpha=alpha, seed=seed, engine=engine, progress=progress)
        clustered = cluster(opened, alpha=alpha, seed=seed, progress=progress)
        described = describe(opened, alpha=alpha, progress=progress)
        measured = indicators(opened, alpha=alpha, seed=seed, progress=progress)
        page = report(opened, progress=progress)
    return _summary(opened, imports, (copied, detected, clustered, described, measured), alpha, page)


def default_case(file: Path) -> Path:
    """`posts-case` for `elsewhere/posts.csv` and `posts.csv.gz`."""
    name = Path(file.name)
    while name.suffix in COMPRESSED:
        name = name.with_suffix("")
    return Path(f"{name.stem}-case")


def _refuse_absent(files: Sequence[Path]) -> None:
    for file in files:
        if not file.exists():
            raise InputError(f"There is no file {file}.")


def _summary(
    case: Case, imports: Sequence[ImportResult], runs: tuple[Run, Run, Run, Run, Run], alpha: float, page: Path
) -> Summary:
    copied, detected, clustered, described, measured = runs
    given = {one.import_id for one in imports} | {id for one in imports if one.media for id in one.media.import_ids}
    unlike = _unlike_control(measured)
    edges, scores = _level_counts(detected, clustered, "edges"), _level_counts(detected, clustered, "scores")
    return Summary(
        case=case.path,
        imports=tuple(imports),
        other_imports=tuple(id for id in case.imports("case") if id not in given),
        copies=copied,
        detect=detected,
        cluster=clustered,
        describe=described,
        indicators=measured,
        alpha=alpha,
        groups=tuple(_group(row, unlike) for row in standing_groups(clustered, measured).to_pylist()),
        edges=edges,
        accounts=scores,
        report=page,
    )


def _level_counts(detected: Run, clustered: Run, name: str) -> int:
    """Rows of a table at L1 or above."""
    run = clustered if name in clustered.tables else detected
    return int(pc.sum(pc.not_equal(run.table(name)["level"], "L0")).as_py() or 0)


def _unlike_control(measured: Run) -> dict[str, tuple[str, ...]]:
    """Group -> indicators with a measure of it that was found, in their order."""
    found: dict[str, dict[str, None]] = {}
    for row in measured.table("indicators").to_pylist():
        if row["subject"] == "group" and row["state"] == FOUND:
            found.setdefault(row["subject_id"], {})[row["indicator"]] = None
    return {group: tuple(names) for group, names in found.items()}


def _group(row: Mapping[str, Any], unlike: Mapping[str, tuple[str, ...]]) -> GroupSummary:
    return GroupSummary(
        group_id=row["group_id"],
        level=row["level"],
        words=WORDS[row["level"]],
        size=row["size"],
        n_posts=row["n_posts"],
        q_value=row["q_value"],
        stability=row["stability"],
        kinds=tuple(kind for kind in row["evidence_kinds"].split(",") if kind) or (row["kind"],),
        windows_us=tuple(int(window) for window in row["evidence_windows"].split(",") if window),
        innocent=tuple(json.loads(row["innocent"] or "[]")),
        indicators=unlike.get(row["group_id"], ()),
        why_not_higher=row["why_not_higher"],
    )
