"""The largest clusters of a copies run, with the words of their posts, for a first look."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert.case import Case, Run
from inconcert.engine.duckdb import DuckDB

SHOWN = 160
"""Characters of a text that are shown."""


@dataclass(frozen=True)
class CopiedText:
    """One cluster of texts: how far it spread, why it counts as ordinary if it does, and how its text begins."""

    cluster_id: str
    accounts: int
    posts: int
    texts: int
    language: str
    ordinary: str | None
    shown: str


@dataclass(frozen=True)
class CopiedPicture:
    """One cluster of pictures. use: post or avatar; kind: image or video."""

    cluster_id: str
    accounts: int
    posts: int
    files: int
    use: str
    kind: str
    ordinary: str | None


@dataclass(frozen=True)
class Substitution:
    """One substitution that recurs across texts."""

    before: str
    after: str
    texts: int
    accounts: int
    q_value: float


@dataclass(frozen=True)
class Largest:
    """The first clusters of texts and of pictures, most accounts first, and the most significant substitutions."""

    texts: tuple[CopiedText, ...]
    pictures: tuple[CopiedPicture, ...]
    templates: tuple[Substitution, ...]


def largest(case: Case, run: Run, top: int) -> Largest:
    """The `top` largest of each kind in a copies run of this case."""
    clusters = run.table("copy_clusters").slice(0, top)
    texts = _texts(case, clusters)
    names = ("cluster_id", "accounts", "posts", "texts", "language", "ordinary")
    return Largest(
        tuple(
            CopiedText(**{name: row[name] for name in names}, shown=_shown(texts.get(row["text_hash"])))
            for row in clusters.to_pylist()
        ),
        tuple(
            CopiedPicture(**{name: row[name] for name in CopiedPicture.__dataclass_fields__})
            for row in run.table("picture_clusters").slice(0, top).to_pylist()
        ),
        tuple(
            Substitution(**{name: row[name] for name in Substitution.__dataclass_fields__})
            for row in run.table("templates").slice(0, top).to_pylist()
        ),
    )


def _texts(case: Case, clusters: pa.Table) -> dict[str, str]:
    """text_hash -> one raw text with it; texts read in pictures have none among the posts."""
    engine = DuckDB()
    try:
        engine.attach("posts", case.parts("posts"))
        engine.attach("wanted", clusters.select(["text_hash"]))
        found = engine.sql(
            "SELECT text_hash, min(text) AS text FROM posts SEMI JOIN wanted USING (text_hash) GROUP BY ALL"
        )
        return dict(zip(found["text_hash"].to_pylist(), found["text"].to_pylist(), strict=True))
    finally:
        engine.close()


def _shown(text: str | None) -> str:
    if text is None:
        return "(read in pictures)"
    line = " ".join(text[: 4 * SHOWN].split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
