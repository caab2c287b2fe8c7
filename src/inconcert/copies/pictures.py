"""Clusters of pictures that several posts carry, and what these posts do: act on one picture under several names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert import schema
from inconcert.copies.picture_groups import NEAR_IDENTICAL, PART, REPRESENTATIVE, Described, groups
from inconcert.engine.duckdb import DuckDB
from inconcert.media.features import points
from inconcert.media.hashes import LEAST_QUALITY

IN_CONTROL = 2
"""Accounts of the control that make a picture ordinary."""

DEFAULT_AVATAR = 5
"""Accounts with the same bytes as their profile's picture, from which on a simple drawing is taken for a platform's own."""

SIMPLE_QUALITY, SIMPLE_BYTES = 90, 0.05
"""A drawing is simple when its PDQ quality is lower (photographs reach 100), or its file has fewer bytes for each pixel."""

HOW = {REPRESENTATIVE: "same bytes", NEAR_IDENTICAL: "near-identical", PART: "part"}

_CLUSTERS = """
SELECT m.use, m.representative, any_value(m.kind) AS kind,
  count(DISTINCT sha256) FILTER (role = 'case') AS files,
  count(DISTINCT (platform, post_id)) FILTER (role = 'case' AND post_id IS NOT NULL) AS posts,
  count(DISTINCT (platform, account_id)) FILTER (role = 'case') AS accounts,
  count(DISTINCT (platform, account_id)) FILTER (role = 'control') AS background_accounts,
  string_agg(DISTINCT platform, ',' ORDER BY platform) FILTER (role = 'case') AS platforms,
  min(time_us) FILTER (role = 'case') AS first_us, max(time_us) FILTER (role = 'case') AS last_us
FROM carried JOIN members m USING (use, sha256) GROUP BY m.use, m.representative
HAVING posts > 1 OR accounts > 1
ORDER BY accounts DESC, posts DESC, m.use DESC, m.representative
"""

_COPIES = """
SELECT c.cluster_id, m.sha256, role, any_value(m.bits) AS distance, any_value(m.how) AS how,
  count(DISTINCT (platform, post_id)) FILTER (post_id IS NOT NULL) AS posts, count(DISTINCT (platform, account_id)) AS accounts
FROM clusters c JOIN members m ON m.use = c.use AND m.representative = c.sha256
JOIN carried ON carried.use = m.use AND carried.sha256 = m.sha256
GROUP BY c.cluster_id, m.sha256, role
ORDER BY length(c.cluster_id), c.cluster_id, m.sha256 <> any_value(m.representative), distance, m.sha256, role
"""

_NEAR_MEDIA = """
WITH named AS (
  SELECT c.cluster_id, carried.* FROM (SELECT cluster_id, ordinary, use FROM clusters) c JOIN (SELECT DISTINCT cluster_id, sha256 FROM copies) USING (cluster_id)
  JOIN carried USING (sha256) WHERE c.ordinary IS NULL AND c.use = 'post' AND carried.use = 'post')
SELECT account_id, 'near_media' AS kind, cluster_id AS object_id, post_id, platform, min(time_us) AS time_us FROM named
WHERE role = :role AND cluster_id IN (
  SELECT cluster_id FROM named WHERE role = 'case' GROUP BY cluster_id HAVING count(DISTINCT media_id) > 1)
GROUP BY account_id, cluster_id, post_id, platform
ORDER BY length(cluster_id), cluster_id, time_us NULLS LAST, platform, post_id, account_id
"""


def picture_clusters(pictures: pa.Table, carried: pa.Table) -> tuple[pa.Table, pa.Table]:
    """(PICTURE_CLUSTERS, PICTURE_COPIES) of a case: the pictures that two of its posts, or profiles of two accounts, carry.

    pictures: PICTURES.   carried: media_id, use, post_id, account_id, platform, time_us, sha256 and role, from MEDIA of case
    and control. Pictures of posts and of profiles are grouped apart, images and videos too. Every member was compared with
    the representative: PDQ within 31 bits, or details that both show; of a video at least half of the frames of the shorter.
    """
    facts = _facts(pictures)
    rows = [row for use in ("post", "avatar") for row in _members(facts, carried, use)]
    members = pa.Table.from_pylist(rows, schema=_MEMBER)
    engine = DuckDB()
    try:
        engine.attach("carried", carried)
        engine.attach("members", members)
        found = engine.sql(_CLUSTERS).to_pylist()
        clusters = [
            {**row, "cluster_id": f"P{number}", "sha256": row["representative"], "ordinary": _ordinary(row, facts)}
            for number, row in enumerate(found, start=1)
        ]
        table = pa.Table.from_pylist(clusters, schema=schema.PICTURE_CLUSTERS.arrow)
        engine.attach("clusters", table)
        return table, schema.PICTURE_COPIES.check(engine.sql(_COPIES))
    finally:
        engine.close()


def near_media_actions(carried: pa.Table, copies: pa.Table, clusters: pa.Table, role: str = "case") -> pa.Table:
    """ACTIONS of kind near_media of that role: its posts act on the clusters that are not ordinary and that the case knows
    under two media ids or more; under a single id the kind `media` says the same. Arguments as of `picture_clusters`."""
    engine = DuckDB()
    try:
        for name, table in (("carried", carried), ("copies", copies), ("clusters", clusters)):
            engine.attach(name, table)
        return schema.ACTIONS.check(engine.sql(_NEAR_MEDIA, {"role": role}))
    finally:
        engine.close()


_MEMBER = pa.schema(
    [("use", pa.string()), ("kind", pa.string()), ("sha256", pa.string()), ("representative", pa.string()),
     ("how", pa.string()), ("bits", pa.int32())]
)  # fmt: skip

_Facts = Mapping[str, list[dict[str, Any]]]


def _facts(pictures: pa.Table) -> _Facts:
    """The frames of each file, in order, each once however many imports read it."""
    facts: dict[str, dict[int, dict[str, Any]]] = {}
    for row in pictures.drop_columns(["import_id"]).to_pylist():
        facts.setdefault(row["sha256"], {}).setdefault(row["frame"], row)
    return {sha256: [frames[number] for number in sorted(frames)] for sha256, frames in facts.items()}


def _members(facts: _Facts, carried: pa.Table, use: str) -> Iterator[dict[str, Any]]:
    """Each file carried for that use, with the one that represents it."""
    roles: dict[str, set[str]] = {}
    for row in carried.select(["use", "sha256", "role"]).group_by(["use", "sha256", "role"]).aggregate([]).to_pylist():
        if row["use"] == use and row["sha256"] in facts:
            roles.setdefault(row["sha256"], set()).add(row["role"])
    for kind in ("image", "video"):
        files = [sha256 for sha256 in roles if _kind(facts[sha256]) == kind]
        told = [sha256 for sha256 in files if len(_usable(facts[sha256])) >= _needed(facts[sha256])]
        # what the case carries represents before what only the control does, then the largest picture inside its bars
        told.sort(key=lambda sha256: ("case" not in roles[sha256], *_preferred(facts[sha256]), sha256))
        representative, how, bits = groups(described([facts[sha256] for sha256 in told]))
        for place, sha256 in enumerate(told):
            yield {
                "use": use, "kind": kind, "sha256": sha256, "representative": told[representative[place]],
                "how": HOW[int(how[place])], "bits": int(bits[place]),
            }  # fmt: skip
        for sha256 in sorted(set(files) - set(told)):
            yield {"use": use, "kind": kind, "sha256": sha256, "representative": sha256, "how": HOW[0], "bits": 0}


def _kind(frames: list[dict[str, Any]]) -> str:
    return "image" if frames[0]["duration_s"] is None else "video"


def _usable(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [frame for frame in frames if frame["quality"] >= LEAST_QUALITY]


def _preferred(frames: list[dict[str, Any]]) -> tuple[int, int]:
    width, height, _ = points(frames[0]["features"])
    return -width * height, -frames[0]["bytes"]


def _needed(frames: list[dict[str, Any]]) -> int:
    """Frames of a file that must be met again in a longer one: half of all, and two unless it has only one."""
    return max(min(2, len(frames)), (len(frames) + 1) // 2)


def described(files: list[list[dict[str, Any]]]) -> Described:
    """Files by those of their frames (rows of PICTURES) whose quality is enough."""
    usable = [_usable(its) for its in files]
    frames = [frame for its in usable for frame in its]
    known = [points(frame["features"]) for frame in frames]
    details = np.concatenate([found for _, _, found in known]) if known else points(b"\0" * 4)[2]
    hashes = details["hash"].astype(np.uint64)
    extent = np.array([(width, height) for width, height, _ in known], np.float64).reshape(-1, 2)
    hexes = "".join(frame["pdq"] for frame in frames)
    return Described(
        first=_begin([len(its) for its in usable]),
        needed=np.array([_needed(its) for its in files], np.int64),
        pdq=np.frombuffer(bytes.fromhex(hexes), ">u8").astype(np.uint64).reshape(-1, 4),
        point_first=_begin([len(found) for _, _, found in known]),
        x=(details["x"] / np.float32(65535)).astype(np.float32),
        y=(details["y"] / np.float32(65535)).astype(np.float32),
        size=details["size"].astype(np.int8),
        hash=hashes,
        words=np.stack([hashes & np.uint64(0xFFFFF), hashes >> np.uint64(12) & np.uint64(0xFFFFF)], 1).astype(np.int64),
        extent=extent / extent.max(axis=1, keepdims=True, initial=1),
    )


def _begin(lengths: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _ordinary(cluster: Mapping[str, Any], facts: _Facts) -> str | None:
    """Why a cluster is no object of its own."""
    frames = facts[cluster["representative"]]
    if cluster["background_accounts"] >= IN_CONTROL:
        return "in the control"
    if not _usable(frames):
        return "plain picture"
    same_bytes = cluster["files"] == 1 and cluster["accounts"] >= DEFAULT_AVATAR
    return "default avatar" if cluster["use"] == "avatar" and same_bytes and _simple(frames[0]) else None


def _simple(frame: Mapping[str, Any]) -> bool:
    sparse = frame["bytes"] < SIMPLE_BYTES * frame["width"] * frame["height"]
    return bool(sparse or frame["quality"] < SIMPLE_QUALITY)
