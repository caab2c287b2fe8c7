"""In how many communities a group's posts were taken up: communities of the people outside who answered or passed them on."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert.indicators.facts import Facts
from inconcert.network.candidates import weighted_communities

LEAST = 3
"""Fewest outside engagers of a community that counts as reached: one or two are passers-by."""

# Whom the outside engagers of a group answer, share and quote otherwise; the group's own members tie nobody together.
_TIES = """
WITH own AS (
    SELECT posts.platform, posts.post_id FROM posts INNER JOIN members ON members.account_id = posts.account_id
    WHERE members.group_id = :group_id AND posts.kind <> 'share'
), inside AS (SELECT account_id FROM members WHERE group_id = :group_id
), acts AS (
    SELECT platform, account_id, coalesce(shared_id, reply_to_id, quoted_id) AS target FROM posts
    WHERE shared_id IS NOT NULL OR reply_to_id IS NOT NULL OR quoted_id IS NOT NULL
), engagers AS (
    SELECT DISTINCT acts.account_id FROM acts INNER JOIN own ON own.platform = acts.platform AND own.post_id = acts.target
    WHERE acts.account_id NOT IN (SELECT account_id FROM inside)
)
SELECT DISTINCT acts.account_id AS engager, posts.account_id AS author FROM acts
INNER JOIN engagers ON engagers.account_id = acts.account_id
INNER JOIN posts ON posts.platform = acts.platform AND posts.post_id = acts.target
WHERE posts.account_id <> acts.account_id AND posts.account_id NOT IN (SELECT account_id FROM inside)
ORDER BY engager, author"""


def reached(facts: Facts, group_id: str, engagers: set[str], seed: int) -> int:
    """Communities of whom at least LEAST members engaged; 1 where engagers there are, but no ties that tell communities.

    Communities are those of modularity on the graph of who answers, shares and quotes whom among the outside engagers and the authors
    they meet (network.candidates).
    """
    if not engagers:
        return 0
    ties = facts.engine.sql(_TIES, {"group_id": group_id})
    if not len(ties):
        return 1
    ends = pa.chunked_array([*ties["engager"].chunks, *ties["author"].chunks]).dictionary_encode().combine_chunks()
    codes = ends.indices.to_numpy().astype(np.int32)
    found = weighted_communities(codes[: len(ties)], codes[len(ties) :], np.ones(len(ties)), "", 0, 0, seed, LEAST)
    names = ends.dictionary.to_pylist()
    sizes = [sum(names[code] in engagers for code in one.members) for one in found]
    return max(1, sum(size >= LEAST for size in sizes))
