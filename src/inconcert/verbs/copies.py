"""`copies`: which texts and pictures several accounts posted, in one form or in near-identical ones."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, Run, run_id
from inconcert.copies import clusters, pictures, wordings
from inconcert.copies.near_text import near_text
from inconcert.errors import InputError
from inconcert.media.wordings import picture_wordings
from inconcert.normalise.language import languages
from inconcert.progress import Progress, silent
from inconcert.rewriting.rewrites import rewrites
from inconcert.rewriting.templates import templates
from inconcert.verbs.gather import versions

RECURRING_Q = 0.01
"""Largest q-value of a substitution that the count of the run calls recurring; the table holds the others too."""
BACKGROUND = 20_000
"""Texts of the control crowd, drawn at random, from which boilerplate is known."""


def copies(case: Case, *, seed: int = 1, progress: Progress = silent) -> Run:
    """Cluster the texts and pictures of a case, tell their languages, and align the wordings of each cluster.

    Detectors compare the clusters like links: kinds near_text and near_media. What the control crowd posted too, headlines
    that stand for one link, share-button texts, quotations and agency copy are named and are no objects.
    Tables of the run: copy_clusters, copies, languages, rewrites, templates, picture_clusters, picture_copies,
    near_actions, near_actions_control. InputError when the case holds no posts.
    """
    with case.lock():
        parameters = {"seed": seed}
        inputs = list(case.imports())
        if not case.imports("case"):
            raise InputError(
                f"The case {case.path} holds no posts. Read some first: inconcert ingest {case.typed} posts.csv"
            )
        known = case.known_run(run_id("copies", parameters, inputs, versions()))
        if known:
            return known
        started = time.monotonic()
        tables, notes = _tables(case, seed, progress)
        named = tables["copy_clusters"]
        objects = tables["near_actions"]
        return case.record_run(
            "copies",
            parameters=parameters,
            inputs=inputs,
            versions=versions(),
            seed=seed,
            engine="duckdb",
            tables=tables,
            counts={
                "texts_several_accounts_posted": len(named),
                "of_them_in_several_wordings": int(pc.sum(pc.greater(named["texts"], 1)).as_py() or 0),
                "recurring_substitutions": int(
                    pc.sum(pc.less_equal(tables["templates"]["q_value"], RECURRING_Q)).as_py() or 0
                ),
                "pictures_several_accounts_posted": len(tables["picture_clusters"]),
                "objects_to_compare": len(pc.unique(objects["object_id"])),
            },
            duration_s=time.monotonic() - started,
            notes=notes,
        )


def _tables(case: Case, seed: int, progress: Progress) -> tuple[dict[str, pa.Table], list[str]]:
    """The tables of the run, and what a reader of them must know."""
    notes: list[str] = []
    media = {name: _read(case, name) for name in ("media", "pictures", "picture_texts")}
    progress("collecting texts", 0, None)
    parts = {(name, role): case.parts(name, role) for name in ("posts", "actions", "media") for role in wordings.ROLES}
    engine = wordings.open_wordings(parts, picture_wordings(media["picture_texts"]))
    try:
        texts = wordings.texts(engine)
        raw, hashes = texts["text"].combine_chunks(), texts["text_hash"].combine_chunks()
        common = background(texts, seed)
        clusters.join_clusters(
            engine, hashes, near_text(raw, texts["posts"].to_numpy(), background=common, progress=progress)
        )
        progress("telling languages", 0, None)
        told = _languages(texts)
        words = dict(zip(hashes.to_pylist(), raw.to_pylist(), strict=True))
        codes = dict(zip(told["text_hash"].to_pylist(), told["language"].to_pylist(), strict=True))
        named = clusters.copy_clusters(engine, words, codes)
        copied = clusters.copies(engine)
        near = {"case": [clusters.near_text_actions(engine)], "control": [_of_the_control(case, parts, progress)]}
        pairs = clusters.wording_pairs(engine)
    finally:
        engine.close()
    left = int((named["texts"].to_numpy() - 1).sum()) - len(pairs)
    if left:
        notes.append(
            f"{left:,} wordings were not aligned: words in pictures, and of a text those beyond the {clusters.MOST_WORDINGS} "
            "that most accounts posted."
        )
    rewritten = rewrites(_with_texts(pairs, words), progress)
    posters = dict(zip(pairs["post_id"].to_pylist(), pairs["accounts"].to_pylist(), strict=True))
    progress("comparing pictures", 0, None)
    carried = media["media"]
    shown, same = pictures.picture_clusters(media["pictures"], carried)
    for role in wordings.ROLES:
        near[role].append(pictures.near_media_actions(carried, same, shown, role))
    tables = {
        "copy_clusters": named,
        "copies": copied,
        "languages": told,
        "rewrites": rewritten,
        "templates": templates(rewritten, posters),
        "picture_clusters": shown,
        "picture_copies": same,
        "near_actions": pa.concat_tables(near["case"]),
        "near_actions_control": pa.concat_tables(near["control"]),
    }
    return tables, notes


def _of_the_control(case: Case, parts: Mapping[tuple[str, str], Sequence[Path]], progress: Progress) -> pa.Table:
    """ACTIONS of kind near_text of the control, clustered by itself and as a case without a control is: its own commonplaces
    would otherwise be missing from what it says about ordinary synchrony."""
    if not case.imports("control"):
        return schema.ACTIONS.empty()
    alone = {(name, "case"): parts[name, "control"] for name in ("posts", "actions", "media")}
    engine = wordings.open_wordings(alone, picture_wordings(_read(case, "picture_texts")))
    try:
        texts = wordings.texts(engine)
        raw, hashes = texts["text"].combine_chunks(), texts["text_hash"].combine_chunks()
        clusters.join_clusters(engine, hashes, near_text(raw, texts["posts"].to_numpy(), progress=progress))
        clusters.copy_clusters(engine, dict(zip(hashes.to_pylist(), raw.to_pylist(), strict=True)), {})
        return clusters.near_text_actions(engine)
    finally:
        engine.close()


def background(texts: pa.Table, seed: int) -> pa.Array | None:
    """Texts of the control crowd, at most BACKGROUND drawn at random; None without any."""
    ours = np.flatnonzero(texts["control_posts"].to_numpy() > 0)
    if not len(ours):
        return None
    drawn = np.sort(np.random.default_rng(seed).permutation(ours)[:BACKGROUND])
    return texts["text"].combine_chunks().take(pa.array(drawn))


def _languages(texts: pa.Table) -> pa.Table:
    """Table `languages` of the texts of the case."""
    own = texts.filter(pc.greater(texts["posts"], 0))
    told = languages(own["text"].combine_chunks())
    return schema.LANGUAGES.check(told.append_column("text_hash", own["text_hash"]))


def _with_texts(pairs: pa.Table, words: dict[str, str]) -> pa.Table:
    """The pairs with the words of both sides, as `rewrites` reads them."""
    columns = {name: pairs[name] for name in ("cluster_id", "reference_post_id", "post_id")}
    columns["reference_text"] = pa.array([words[h] for h in pairs["reference_hash"].to_pylist()], pa.string())
    columns["text"] = pa.array([words[h] for h in pairs["text_hash"].to_pylist()], pa.string())
    return pa.table(columns)


def _read(case: Case, name: str) -> pa.Table:
    """A table of all imports of media files, with the column `role`."""
    found = [
        pq.read_table(part).append_column("role", pa.repeat(role, pq.read_metadata(part).num_rows))
        for role in wordings.ROLES
        for part in case.parts(name, role)
    ]
    empty = schema.table(name).empty()
    return pa.concat_tables(found) if found else empty.append_column("role", pa.array([], pa.string()))
