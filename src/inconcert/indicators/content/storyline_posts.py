"""Which posts tell which storyline: by hashtag, link, or words, in whatever script, width or case they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.copies.comparable import comparable, comparables
from inconcert.engine.base import Engine
from inconcert.normalise.text import is_dense

PARTS = "0123456789abcdef"
"""Texts are read in sixteen parts, by the first digit of their hash: all at once may not fit into memory."""

TOLD = pa.schema([("text", pa.string()), ("storyline", pa.string()), ("pattern", pa.string())])

_SIGNS = "SELECT DISTINCT storyline, kind, pattern FROM storylines ORDER BY storyline, kind, pattern"
_HASHED = """
SELECT DISTINCT text FROM posts WHERE text IS NOT NULL AND text_hash LIKE :part ORDER BY text"""
_SHORT = "SELECT DISTINCT text FROM posts WHERE text IS NOT NULL AND text_hash IS NULL ORDER BY text"

_POSTS_TOLD = """
    SELECT DISTINCT posts.platform, posts.post_id, posts.account_id, posts.role, posts.time_us, posts.language, told_texts.storyline,
           told_texts.pattern
    FROM posts INNER JOIN told_texts ON told_texts.text = posts.text
    UNION
    SELECT DISTINCT posts.platform, posts.post_id, posts.account_id, posts.role, posts.time_us, posts.language, signs.storyline, signs.pattern
    FROM storylines AS signs
    INNER JOIN actions ON (signs.kind = 'hashtag' AND actions.kind = 'hashtag' OR signs.kind = 'link' AND actions.kind IN ('url', 'domain'))
        AND actions.object_id = signs.pattern
    INNER JOIN posts ON posts.platform = actions.platform AND posts.post_id = actions.post_id"""


def attach_told(engine: Engine) -> None:
    """Attach `told_posts`: one row a post, storyline and sign by which it is known (platform, post_id, account_id, role, time_us,
    language, storyline, pattern).

    Texts and patterns are compared in their comparable form (case, width, traditional characters, links and mentions do not matter); in scripts
    that part words, whole words only.
    """
    signs = [row for row in engine.sql(_SIGNS).to_pylist() if row["kind"] in ("phrase", "title")]
    forms = [(row, form) for row in signs if (form := comparable(row["pattern"]))]
    found = [told for texts in _texts(engine) for told in _told(texts, forms)] if forms else []
    engine.attach("told_texts", pa.concat_tables([TOLD.empty_table(), *found]))
    # once for all that ask: the joins over texts are what costs
    engine.attach("told_posts", engine.sql(_POSTS_TOLD))


def _texts(engine: Engine) -> Iterator[pa.Array]:
    for part in PARTS:
        yield engine.sql(_HASHED, {"part": f"{part}%"})["text"].combine_chunks()
    yield engine.sql(_SHORT)["text"].combine_chunks()


def _told(texts: pa.Array, forms: Sequence[tuple[dict[str, Any], str]]) -> Iterator[pa.Table]:
    if not len(texts):
        return
    compared = comparables(texts)
    for sign, form in forms:
        holds = (
            pc.match_substring(compared, form) if is_dense(form) else pc.match_substring_regex(compared, _whole(form))
        )
        own = texts.filter(holds)
        if len(own):
            yield pa.table(
                [own, pa.repeat(sign["storyline"], len(own)), pa.repeat(sign["pattern"], len(own))], schema=TOLD
            )


def _whole(form: str) -> str:
    """A regular expression (RE2) for these words with nothing of a word on either side."""
    escaped = "".join(c if c.isalnum() or c == " " or ord(c) > 127 else re.escape(c) for c in form)
    return rf"(?:^|[^\p{{L}}\p{{N}}]){escaped}(?:$|[^\p{{L}}\p{{N}}])"
