"""Whether pictures and videos that were read belong to posts of certain imports."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB

_OF_THEM = """
SELECT count(*) AS n FROM media SEMI JOIN posts USING (platform, post_id)
"""
_OF_ACCOUNTS = """
SELECT count(*) AS n FROM media SEMI JOIN accounts USING (platform, account_id) WHERE media.post_id IS NULL
"""


def shows_posts_of(case: Case, media_import: str, imports: Iterable[str]) -> bool:
    """Whether an import of a folder of pictures has any of a post, or of a profile, that one of those imports holds."""
    media = case.path / "data" / media_import / "media.parquet"
    imports = list(imports)
    with closing(DuckDB()) as engine:
        engine.attach("media", [media])
        for name, query in (("posts", _OF_THEM), ("accounts", _OF_ACCOUNTS)):
            held = [file for id in imports if (file := _part(case, id, name)).is_file()]
            if not held:
                continue
            engine.attach(name, held)
            if engine.sql(query)["n"][0].as_py():
                return True
    return False


def _part(case: Case, id: str, name: str) -> Path:
    return case.path / "data" / id / f"{name}.parquet"
