"""The research data as layers: read by path, never copied."""

from __future__ import annotations

import csv
import functools
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.case import create_case
from inconcert.detect.layer import Layer
from inconcert.detect.load import load_layers
from inconcert.network.material import Material, floored, measure, shared_only
from inconcert.schema import KINDS, WINDOWS_US
from inconcert.verbs.ingest import ingest

from .worlds import PROFILES

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CROWDS = ("aprendeencasa2020", "elgl19", "esa2019", "mayweather2017")
GERMAN = {"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "media": "phash_id"}


def _columns(kind: str, account: pa.ChunkedArray, thing: pa.ChunkedArray, time_s: pa.ChunkedArray) -> Layer:
    table = pa.table({"account": account.cast(pa.string()), "object": thing.cast(pa.string()), "time": time_s})
    table = table.filter(pc.is_valid(table["object"]))
    ids, codes = {}, {}
    for column in ("account", "object"):
        known = pc.unique(table[column])
        ids[column] = known.take(pc.sort_indices(known))
        codes[column] = pc.index_in(table[column], value_set=ids[column]).to_numpy().astype(np.int32)
    time_us = table["time"].to_numpy().astype(np.int64) * 1_000_000
    order = np.lexsort((codes["account"], time_us, codes["object"]))
    data = Layer(kind, codes["account"][order], codes["object"][order], time_us[order], ids["account"], ids["object"])
    return shared_only(data)


@functools.cache
def coortweet(shared_data: Path) -> dict[str, Layer]:
    """Both CooRTweet sets, one layer a kind of object."""
    russian = pq.read_table(shared_data / "coortweet" / "russian_coord_tweets.parquet")
    german = pq.read_table(shared_data / "coortweet" / "german_elections.parquet")
    out = {"russian share": _columns("share", russian["account_id"], russian["object_id"], russian["timestamp_share"])}
    for kind, column in GERMAN.items():
        out[f"german {kind}"] = _columns(kind, german["account_id"], german[column], german["timestamp"])
    return out


@functools.cache
def posts(file: Path) -> dict[str, Layer]:
    """Every kind of action of a file of posts, through `ingest`."""
    with tempfile.TemporaryDirectory() as folder:
        case = create_case(Path(folder) / "case", now=NOW)
        ingest(case, [file], role="case", now=NOW)
        return {kind: one for kind, one in load_layers(case.parts("actions"), KINDS).items() if len(one)}


def materials(layers: dict[str, Layer], *, resolution_s: int, exclude: tuple[str, ...]) -> dict[str, Material]:
    """Layers measured against the bundled profiles without the crowds whose name starts with one of `exclude`."""
    windows_us = tuple(w for w in WINDOWS_US if w >= resolution_s * 1_000_000)
    return {
        kind: measure(
            floored(data, resolution_s), windows_us, resolution_s=resolution_s, profiles=PROFILES, control=None,
            exclude=exclude, rng=np.random.default_rng([1, index]),
        )
        for index, (kind, data) in enumerate(layers.items())
    }  # fmt: skip


@functools.cache
def case_a(shared_data: Path) -> tuple[dict[str, Material], np.ndarray]:
    """The labelled case against a reference without its own crowd, and (accounts,) who belongs to the operation."""
    found = materials(posts(shared_data / "case_a" / "posts.parquet"), resolution_s=60, exclude=("gop_debate2015",))
    with (shared_data / "case_a" / "labels.csv").open(encoding="utf-8", newline="") as lines:
        label = {row["account_id"]: row["coordinated"] for row in csv.DictReader(lines)}
    accounts = next(iter(found.values())).first.accounts.to_pylist()
    return found, np.array([label[a].lower() in ("1", "true") for a in accounts])
