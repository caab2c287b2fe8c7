"""What members' posts in different languages have in common: a picture, a link, a hashtag, a name, a number.

Leads for somebody who reads both languages, and never copies: whether two texts in different languages say the same is not
measured. One language in two ways of writing (zh-Hans, zh-Hant) counts as one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.language import UNKNOWN
from inconcert.normalise.names import named, written
from inconcert.progress import Progress, silent

KINDS = ("near_media", "media", "url", "hashtag", "name", "number")
"""What can tie, as in the table; actions come first. Domains do not: a site everybody reads says nothing."""
POPULAR = 2
"""A thing that more than so many times as many other accounts have is left out."""
ERRORS = 0.01
"""A language counts that makes at least this share of a group's posts in its script: the detector takes one language for
another of the same script in 0.5 % of posts, and one such post would tie all that the others have in common."""
MOST = 50
"""Most things of a group, the rarest first."""
POSTS_SHOWN = 5
"""Most posts of a language that are named."""

_WRITINGS = f"""
WITH told AS (
  SELECT place, group_id, account_id, platform, post_id, time_us, split_part(language, '-', 1) AS language,
    CASE WHEN script IN ('Hans', 'Hant') THEN 'Hani' ELSE script END AS script
  FROM own JOIN members USING (account_id) WHERE language <> '{UNKNOWN}'
), common AS (
  SELECT place, script, language FROM told GROUP BY place, script, language
  QUALIFY count(*) >= {ERRORS} * sum(count(*)) OVER (PARTITION BY place, script)
)
SELECT told.* EXCLUDE (script) FROM told SEMI JOIN common USING (place, script, language)
"""
_TEXTS = """
SELECT DISTINCT text FROM posts SEMI JOIN writings USING (account_id, platform, post_id)
WHERE kind <> 'share' AND text IS NOT NULL ORDER BY text
"""
_THINGS = f"""
SELECT DISTINCT writings.*, kind, object_id FROM writings JOIN actions USING (account_id, platform, post_id)
WHERE kind IN {KINDS[:4]} AND NOT (kind = 'url' AND regexp_full_match(object_id, 'https?://[^/]*/?'))
UNION ALL
SELECT DISTINCT writings.*, named.kind, object_id FROM writings JOIN posts USING (account_id, platform, post_id)
JOIN named ON posts.text = named.text WHERE posts.kind <> 'share'
"""
_SHARED = """
SELECT place, group_id, kind, object_id, string_agg(DISTINCT language, ',' ORDER BY language) AS languages,
  count(DISTINCT account_id)::INTEGER AS accounts, count(DISTINCT (account_id, platform, post_id)) AS posts
FROM things GROUP BY ALL HAVING count(DISTINCT language) > 1 AND accounts > 1
"""
_RAREST = f"""
WITH carried AS (
  SELECT DISTINCT kind, object_id, account_id FROM actions SEMI JOIN shared USING (kind, object_id)
  UNION SELECT kind, object_id, account_id FROM carriers
), others AS (
  SELECT place, kind, object_id, count(*) AS accounts_others
  FROM shared JOIN carried USING (kind, object_id) ANTI JOIN members USING (place, account_id) GROUP BY ALL
), ranked AS (
  SELECT shared.*, coalesce(accounts_others, 0)::INTEGER AS accounts_others, row_number() OVER (
    PARTITION BY place ORDER BY coalesce(accounts_others, 0), accounts DESC, list_position({list(KINDS)}, kind), object_id
  ) AS rank
  FROM shared LEFT JOIN others USING (place, kind, object_id) WHERE coalesce(accounts_others, 0) <= {POPULAR} * accounts
)
SELECT * FROM ranked WHERE rank <= {MOST} ORDER BY place, rank
"""
_POSTS_OF = """
SELECT place, kind, object_id, account_id, platform, post_id, time_us, language
FROM things SEMI JOIN kept USING (place, kind, object_id)
ORDER BY place, kind, object_id, time_us NULLS LAST, account_id, platform, post_id
"""


def cross_language(
    engine: DuckDB,
    actions: pa.Table | Sequence[Path],
    all_posts: Sequence[Path],
    *,
    progress: Progress = silent,
) -> pa.Table:
    """The table `cross_language` of an engine of `own_posts.open_own_posts`; by group, rarest first, at most MOST a group.

    actions, all_posts: of the case and of its control crowd, near-identical pictures among the actions; other accounts are
    counted in them. A thing needs two members and two languages.
    """
    engine.attach("actions", actions)
    engine.keep("writings", _WRITINGS)
    engine.attach("named", _named(engine.sql(_TEXTS)["text"]))
    engine.keep("things", _THINGS)
    engine.keep("shared", _SHARED)
    wanted = engine.sql("SELECT DISTINCT object_id FROM shared WHERE kind IN ('name', 'number')")["object_id"]
    engine.attach("carriers", _carriers(all_posts, frozenset(wanted.to_pylist()), progress))
    kept = engine.sql(_RAREST)
    engine.attach("kept", kept)
    posts: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in engine.sql(_POSTS_OF).to_pylist():
        posts.setdefault((row["place"], row["kind"], row["object_id"]), []).append(row)
    rows = []
    for row in kept.to_pylist():
        of_it = posts[row["place"], row["kind"], row["object_id"]]
        rows.append(
            {**row, "least_gap_us": _least_gap_us(of_it), "post_ids": json.dumps(_shown(of_it), ensure_ascii=False)}
        )
    return pa.Table.from_pylist(rows, schema=schema.CROSS_LANGUAGE.arrow)


def _named(texts: pa.ChunkedArray) -> pa.Table:
    """text, kind, object_id: the names and numbers of each text."""
    rows = []
    for text in texts.to_pylist():
        found = named(text)
        rows += [(text, "name", name) for name in sorted(found.names)]
        rows += [(text, "number", number) for number in sorted(found.numbers)]
    return _strings(("text", "kind", "object_id"), rows)


def _carriers(all_posts: Sequence[Path], wanted: frozenset[str], progress: Progress) -> pa.Table:
    """kind, object_id, account_id: who wrote which of the wanted names and numbers, in whatever way."""
    found: set[tuple[str, str, str]] = set()
    done = 0
    for part in all_posts if wanted else ():
        for batch in pq.ParquetFile(part).iter_batches(columns=["account_id", "text", "kind"]):
            own = pa.Table.from_batches([batch]).filter(pc.field("kind") != "share").combine_chunks()
            texts = own["text"].combine_chunks().dictionary_encode()
            words = [sorted(written(text) & wanted) for text in texts.dictionary.to_pylist()]
            for account, index in zip(own["account_id"].to_pylist(), texts.indices.to_pylist(), strict=True):
                if index is not None:
                    found |= {("number" if word.isdigit() else "name", word, account) for word in words[index]}
            done += len(batch)
            progress("looking for shared names", done, None)
    return _strings(("kind", "object_id", "account_id"), sorted(found))


def _strings(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})


def _least_gap_us(posts: Sequence[Mapping[str, Any]]) -> int | None:
    """Shortest time between posts of two members in different languages; posts in the order of time, those without at the end.

    Linear: of each language the last posts of two members are remembered, so that one is by somebody else.
    """
    least: int | None = None
    last: dict[str, list[tuple[str, int]]] = {}
    for post in posts:
        account, time_us, language = post["account_id"], post["time_us"], post["language"]
        if time_us is None:
            break
        for other, recent in last.items():
            if other == language:
                continue
            gap = next((time_us - then for who, then in recent if who != account), None)
            least = gap if least is None or (gap is not None and gap < least) else least
        recent = last.setdefault(language, [])
        recent[:] = [(account, time_us), *(one for one in recent if one[0] != account)][:2]
    return least


def _shown(posts: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Up to POSTS_SHOWN posts of each language: of as many members as possible, earliest first."""
    by_language: dict[str, list[tuple[int, str]]] = {}
    turns: dict[tuple[str, str], int] = {}
    for post in posts:
        turn = turns[post["language"], post["account_id"]] = turns.get((post["language"], post["account_id"]), -1) + 1
        by_language.setdefault(post["language"], []).append((turn, post["post_id"]))
    return {
        language: [id for _, id in sorted(by_language[language], key=lambda one: one[0])[:POSTS_SHOWN]]
        for language in sorted(by_language)
    }
