"""Indicators on real data: on groups of ordinary accounts, chosen at random or because they share things, and on a known operation.

Nothing was tuned on these sets. Ordinary groups are what a false alarm would accuse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.trials_run import ALPHA
from inconcert.evaluate.kept import Row
from inconcert.evaluate.sample import near_text_of
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.facts import FACTS, MEMBERS, Facts, held
from inconcert.indicators.matched_control import matched_control
from inconcert.indicators.multiplicity import FOUND, q_values, state
from inconcert.ingest.reading import open_reading
from inconcert.network.candidates import weighted_communities
from inconcert.normalise.language import languages
from inconcert.normalise.records import normalise

RANDOM_GROUPS, RANDOM_SIZE, LEAST_POSTS = 8, 50, 3
COMMUNITIES, LARGEST, RARE = 8, 200, 50
"""Communities of accounts that share things of at most RARE accounts; the largest ones, cut to LARGEST members."""

_POSTS = """
SELECT post_id, account_id, platform, 'case' AS role, kind, epoch_us(created_at) AS time_us, text, text_hash, client,
  coalesce(nullif(spoken.language, 'unknown'), read.language) AS language, reply_to_id, shared_id, quoted_id, likes, replies, shares, quotes, views
FROM read LEFT JOIN spoken USING (text_hash)"""
_ACCOUNTS = """
SELECT account_id, min(platform) AS platform, 'case' AS role, min(handle) AS handle, min(display_name) AS display_name, min(bio) AS bio,
  min(location) AS location, min(epoch_us(created_at)) AS created_us, max(followers) AS followers, max(following) AS following
FROM described GROUP BY account_id"""
_PAIRS = """
WITH rare AS (SELECT kind, object_id FROM actions WHERE kind IN ('share', 'url', 'text', 'near_text', 'media', 'hashtag')
              GROUP BY kind, object_id HAVING count(DISTINCT account_id) BETWEEN 2 AND :rare),
  act AS (SELECT DISTINCT account_id, kind, object_id FROM actions SEMI JOIN rare USING (kind, object_id))
SELECT l.account_id AS source, r.account_id AS target, count(*) AS n FROM act AS l JOIN act AS r USING (kind, object_id)
WHERE l.account_id < r.account_id GROUP BY ALL ORDER BY source, target"""


@dataclass(frozen=True)
class RealSet:
    """posts, actions, accounts: as in the schema."""

    name: str
    posts: pa.Table
    actions: pa.Table
    accounts: pa.Table


def read_set(path: Path) -> RealSet:
    """A file of posts with its near-identical texts."""
    reading = open_reading(path)
    parts = [
        normalise(batch.fields, import_id=path.stem, file=reading.file, platform=reading.platform)
        for batch in reading.batches()
    ]
    posts, actions, accounts = (
        pa.concat_tables([getattr(part, name) for part in parts]) for name in ("posts", "actions", "accounts")
    )
    return RealSet(path.stem, posts, pa.concat_tables([actions, near_text_of(posts, actions, path.stem)]), accounts)


def raised_on(real: RealSet, known: Mapping[str, Sequence[str]], seed: int) -> Row:
    """Group -> its kind, size, and what was raised on it; kinds are random, community, and those of `known` (group -> accounts).

    Accounts of known groups are in no other group and no control.
    """
    engine = DuckDB(threads=1)
    try:
        facts, kinds, sizes = _facts(engine, real, known, seed)
        measured = []
        tested: Counter[str] = Counter()
        for name, indicator in INDICATORS.items():
            one = indicator()
            if facts.lacks(one.needs):
                continue
            readings = one.measure(facts, np.random.default_rng([seed, len(name)]))
            tested[name] = sum(r.p_value is not None for r in readings if r.group_id is not None)
            measured += [(one, reading) for reading in readings]
    finally:
        engine.close()
    raised: dict[str, list[str]] = {group: [] for group in sizes}
    loose: Counter[str] = Counter()
    for (one, reading), q in zip(measured, q_values(measured), strict=True):
        if state(reading, q, ALPHA) == FOUND:
            what = f"{one.name}: {reading.measure}"
            if reading.subject == "group":
                raised[reading.subject_id].append(what)
            else:
                loose[what] += 1
    return {
        "groups": {g: {"kind": kinds[g], "size": sizes[g], "raised": sorted(raised[g])} for g in sizes},
        "tests": dict(tested), "subjects": dict(sorted(loose.items())),
    }  # fmt: skip


def _facts(
    engine: DuckDB, real: RealSet, known: Mapping[str, Sequence[str]], seed: int
) -> tuple[Facts, dict[str, str], dict[str, int]]:
    engine.attach("read", real.posts)
    engine.attach("described", real.accounts)
    texts = engine.sql(
        "SELECT text_hash, min(text) AS text FROM read WHERE text_hash IS NOT NULL GROUP BY text_hash ORDER BY text_hash"
    )
    engine.attach(
        "spoken",
        texts.select(["text_hash"]).append_column("language", languages(texts["text"].combine_chunks())["language"]),
    )
    tables: dict[str, pa.Table] = {"actions": real.actions}
    tables["posts"], tables["accounts"] = engine.sql(_POSTS), engine.sql(_ACCOUNTS)
    for name, table in FACTS.items():
        engine.attach(name, table.check(tables[name]) if name in tables else table.empty())
    taken = {account for accounts in known.values() for account in accounts}
    groups = [(name, "known", list(accounts)) for name, accounts in known.items()]
    groups += list(_random_groups(engine, taken, seed)) + list(_communities(engine, taken, seed))
    rows = [{"group_id": name, "account_id": account} for name, _, accounts in groups for account in accounts]
    engine.attach("members", pa.Table.from_pylist(rows, schema=MEMBERS.arrow))
    control = matched_control(engine, frozenset(taken))
    engine.attach("controls", FACTS["controls"].check(control.controls))
    return (
        Facts(engine, held(engine)),
        {name: kind for name, kind, _ in groups},
        {name: len(accounts) for name, _, accounts in groups},
    )


def _random_groups(engine: DuckDB, taken: set[str], seed: int) -> Iterator[tuple[str, str, list[str]]]:
    query = "SELECT account_id FROM posts GROUP BY account_id HAVING count(*) >= :least ORDER BY account_id"
    active = [a for a in engine.sql(query, {"least": LEAST_POSTS})["account_id"].to_pylist() if a not in taken]
    drawn = np.random.default_rng(seed).permutation(len(active))
    # a quarter of the active at most: the others are the control
    for g in range(min(RANDOM_GROUPS, len(active) // (4 * RANDOM_SIZE))):
        yield f"random {g + 1}", "random", sorted(active[i] for i in drawn[g * RANDOM_SIZE : (g + 1) * RANDOM_SIZE])


def _communities(engine: DuckDB, taken: set[str], seed: int) -> Iterator[tuple[str, str, list[str]]]:
    pairs = engine.sql(_PAIRS, {"rare": RARE})
    if not len(pairs):
        return
    ends = pa.chunked_array([*pairs["source"].chunks, *pairs["target"].chunks]).dictionary_encode().combine_chunks()
    codes, names = ends.indices.to_numpy().astype(np.int32), ends.dictionary.to_pylist()
    weight = pairs["n"].to_numpy().astype(np.float64)
    found = weighted_communities(codes[: len(pairs)], codes[len(pairs) :], weight, "", 0, 0, seed)
    for number, one in enumerate(found[:COMMUNITIES], start=1):
        accounts = sorted(name for name in (names[code] for code in one.members[:LARGEST]) if name not in taken)
        if len(accounts) >= 5:
            yield f"community {number}", "community", accounts


def operation_of(labels: pa.Table) -> list[str]:
    """Accounts that labels (account_id, coordinated, as strings) call an operation's."""
    chosen: Any = labels.filter(pc.equal(labels["coordinated"], "1"))["account_id"].to_pylist()
    return sorted(chosen)
