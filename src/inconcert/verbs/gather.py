"""What detect and cluster work on, measured from the files of a case; the last one stays in memory for the next verb."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from inconcert.case import Case, Run
from inconcert.detect.counting import opened
from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.load import load_layers
from inconcert.engine.base import Engine
from inconcert.errors import InputError, UnknownName
from inconcert.network.material import Material, floored, measure, rarest_of_each_post
from inconcert.network.one_account import as_one
from inconcert.network.reference import Evidence, bundled_profiles, observe
from inconcert.network.synchrony import synchrony
from inconcert.schema import KINDS, WINDOWS_US
from inconcert.verbs.case_precision import RESOLUTION_S, case_precision
from inconcert.verbs.two_ids import ids_of_one, two_ids
from inconcert.verbs.two_ids_notes import notes_on
from inconcert.version import VERSION

DAY_US = 86_400_000_000
FEW_OBJECTS = 100
"""A control with fewer shared objects than this says little; the report says so."""


@dataclass(frozen=True)
class Gathered:
    """materials: of each kind with shared objects, over one list of accounts. resolution_s: of all times, coarsest import.
    windows_us: the scales; actions: the files they were read from; notes: what a reader of the results must know, in words.
    counted: id -> the id under which it is counted, of people with several."""

    materials: dict[str, Material]
    windows_us: tuple[int, ...]
    resolution_s: int
    actions: tuple[Path, ...]
    notes: tuple[str, ...]
    counted: Mapping[str, str]


def scales(asked_s: Sequence[float] | None, times: str | None) -> tuple[int, ...]:
    """The time scales in microseconds, ascending. Not asked for: all of WINDOWS_US that the times allow, a day when they
    are dates. InputError for one asked for that is shorter than the precision of the times."""
    resolution_us = RESOLUTION_S.get(times or "s", 1) * 1_000_000
    if asked_s:
        for window_s in sorted(asked_s):
            if times is None:
                raise InputError(
                    f"A window of {window_s:g} s was asked for, but no post of this case has a time. "
                    "Map the column that holds it with --map created_at=COLUMN, or leave --window out."
                )
            if window_s * 1_000_000 < resolution_us:
                raise InputError(
                    f"A window of {window_s:g} s is shorter than the precision of the times in this case "
                    f"({'a minute' if times == 'min' else 'a day'}): posts that far apart look simultaneous. "
                    f"Ask for at least {RESOLUTION_S[times]} s."
                )
        return tuple(sorted({round(window_s * 1_000_000) for window_s in asked_s}))
    if times == "day":
        return (DAY_US,)
    return tuple(w for w in WINDOWS_US if w >= resolution_us)


def known_kinds(asked: Sequence[str] | None) -> tuple[str, ...]:
    """The kinds asked for, each checked, or all; in the order of KINDS."""
    for kind in asked or ():
        if kind not in KINDS:
            raise UnknownName("kind of action", kind, KINDS)
    return tuple(kind for kind in KINDS if not asked or kind in asked)


def gather_again(case: Case, detected: Run) -> Gathered:
    """What a detect run worked on."""
    asked = detected.info["parameters"]
    read = (run for run in case.runs() if run.verb == "copies" and run.id in detected.info["inputs"])
    return gather(
        case,
        next(read, None),
        kinds=asked["kinds"],
        windows_s=asked["windows_s"],
        seed=asked["seed"],
        engine=detected.info["engine"],
    )


def gather(
    case: Case,
    copied: Run | None,
    *,
    kinds: Sequence[str] | None,
    windows_s: Sequence[float] | None,
    seed: int,
    engine: str = "auto",
) -> Gathered:
    """Measure a case. The same question on the same files is answered from memory.

    copied: the copies run whose near-identical texts and pictures count as objects; None leaves those kinds out.
    """
    times = case_precision(case)
    control_times = case_precision(case, "control")
    if times and control_times and RESOLUTION_S[control_times] > RESOLUTION_S[times]:
        raise InputError(
            f"The control's times have the precision '{control_times}', the case's '{times}': ordinary synchrony at "
            "the case's scales cannot be read from it. Give a control of the same precision or finer."
        )
    found = two_ids(case)
    gathered = _measured(
        (*case.parts("actions"), *_near(copied, "near_actions")),
        (*case.parts("actions", "control"), *_near(copied, "near_actions_control")),
        known_kinds(kinds),
        scales(windows_s, times),
        RESOLUTION_S.get(times or "s", 1),
        seed,
        engine,
        tuple(ids_of_one(found).items()),
        tuple(ids_of_one(two_ids(case, "control")).items()),
    )
    return replace(gathered, notes=(*gathered.notes, *notes_on(case, found)))


def _near(copied: Run | None, table: str) -> list[Path]:
    """The file of a table of actions of the copies run, unless nothing is in it."""
    return [copied.path / f"{table}.parquet"] if copied and copied.info["tables"][table] else []


@lru_cache(maxsize=1)
def _measured(
    actions: tuple[Path, ...],
    control: tuple[Path, ...],
    kinds: tuple[str, ...],
    windows_us: tuple[int, ...],
    resolution_s: int,
    seed: int,
    engine: str,
    counted: tuple[tuple[str, str], ...],
    control_counted: tuple[tuple[str, str], ...],
) -> Gathered:
    with opened(engine) as held:
        source: Engine | Sequence[Path] = actions
        if held is not None:
            held.attach("actions", actions)
            source = held
        layers = _layers(source, kinds, resolution_s, dict(counted))
        crowd = _controls(control, tuple(layers), windows_us, resolution_s, dict(control_counted))
        profiles = bundled_profiles()
        materials = {
            kind: measure(
                layer, windows_us, resolution_s=resolution_s, profiles=profiles, control=crowd.get(kind), engine=held,
                rng=np.random.default_rng([seed, index]),
            )
            for index, (kind, layer) in enumerate(layers.items())
        }  # fmt: skip
    notes = tuple(_notes(layers, crowd)) if control else ()
    return Gathered(materials, windows_us, resolution_s, actions, notes, dict(counted))


def _layers(
    source: Engine | Sequence[Path], kinds: Iterable[str], resolution_s: int, counted: Mapping[str, str]
) -> dict[str, Layer]:
    """The layers that hold anything, by kind."""
    layers = {kind: floored(as_one(layer, counted), resolution_s) for kind, layer in load_layers(source, kinds).items()}
    return {kind: layer for kind, layer in layers.items() if len(layer)}


def _notes(layers: Iterable[str], crowd: Mapping[str, Evidence]) -> Iterator[str]:
    for kind in layers:
        objects = int(crowd[kind].objects.sum()) if kind in crowd else 0
        if objects == 0:
            yield f"The control has no shared objects of kind {kind}: the bundled profiles decide alone."
        elif objects < FEW_OBJECTS:
            yield (
                f"The control has only {objects} shared objects of kind {kind}: it says little, and the bundled profiles "
                "still decide."
            )


def forget() -> None:
    """Give back the memory of the last case measured."""
    _measured.cache_clear()


def _controls(
    parts: tuple[Path, ...],
    kinds: tuple[str, ...],
    windows_us: tuple[int, ...],
    resolution_s: int,
    counted: Mapping[str, str],
) -> dict[str, Evidence]:
    if not parts:
        return {}
    return {
        kind: observe(synchrony(first_actions(rarest_of_each_post(layer)), windows_us))
        for kind, layer in _layers(parts, kinds, resolution_s, counted).items()
    }


def versions(*more: str) -> dict[str, str]:
    """Versions of everything a result depends on, further packages among them."""
    packages = ("duckdb", "numba", "numpy", "networkit", "opencc", "pyarrow", "pycld2", "scipy", *more)
    return {"inconcert": VERSION, "python": platform.python_version()} | {
        name: importlib.metadata.version(name) for name in packages
    }
