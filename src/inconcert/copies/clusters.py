"""Texts that several accounts posted, with all their wordings: tables `copy_clusters` and `copies`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.copies.boilerplate import ordinary
from inconcert.copies.near_text import NearText
from inconcert.engine.duckdb import DuckDB

_COPIED = """
WITH alone AS (
  SELECT text_hash FROM said WHERE role = 'case' GROUP BY text_hash
  HAVING min((platform, account_id)) <> max((platform, account_id))
)
SELECT text_hash, cluster, similarity, representative FROM coded WHERE cluster >= 0
UNION ALL
SELECT text_hash, (SELECT coalesce(max(cluster), -1) FROM coded) + row_number() OVER (ORDER BY text_hash), 1.0, true
FROM coded SEMI JOIN alone USING (text_hash) WHERE cluster < 0
"""
_EARLIEST = "arg_min(post_id, (coalesce(time_us, 9223372036854775807), platform, account_id, post_id))"
_FOUND = f"""
WITH own AS (
  SELECT cluster, count(DISTINCT (platform, account_id, post_id)) AS posts,
    count(DISTINCT (platform, account_id))::INTEGER AS accounts, count(DISTINCT text_hash)::INTEGER AS texts,
    string_agg(DISTINCT platform, ',' ORDER BY platform) AS platforms, min(time_us) AS first_us, max(time_us) AS last_us,
    bool_or(source = 'picture') AS in_pictures, min(similarity) AS least_similarity
  FROM said JOIN copied USING (text_hash) WHERE role = 'case' GROUP BY cluster HAVING accounts >= 2
), around AS (
  SELECT cluster, count(DISTINCT (platform, account_id))::INTEGER AS background_accounts
  FROM said JOIN copied USING (text_hash) WHERE role = 'control' GROUP BY cluster
), reposted AS (
  SELECT cluster, count(*) AS shares FROM posts_case JOIN copied USING (text_hash)
  WHERE kind = 'share' AND shared_id IS NULL GROUP BY cluster
), linked AS (
  SELECT cluster, max(posts) AS with_commonest_link FROM (
    SELECT cluster, actions_case.object_id, count(DISTINCT (said.platform, said.account_id, said.post_id)) AS posts
    FROM said JOIN copied USING (text_hash)
    JOIN actions_case ON said.platform = actions_case.platform AND said.account_id = actions_case.account_id
      AND said.post_id = actions_case.post_id
    WHERE role = 'case' AND actions_case.kind = 'url' AND (said.platform, said.account_id, said.post_id) NOT IN (
      SELECT (platform, account_id, post_id) FROM actions_case WHERE kind = 'reply')
    GROUP BY ALL
  ) GROUP BY cluster
), shown AS (
  SELECT cluster, any_value(text_hash) AS text_hash, {_EARLIEST} AS post_id
  FROM said JOIN copied USING (text_hash) WHERE representative AND role = 'case' GROUP BY cluster
)
SELECT own.*, text_hash, post_id, coalesce(shares, 0) AS shares, coalesce(background_accounts, 0) AS background_accounts,
  coalesce(with_commonest_link, 0) AS with_commonest_link
FROM own JOIN shown USING (cluster) LEFT JOIN around USING (cluster) LEFT JOIN reposted USING (cluster)
LEFT JOIN linked USING (cluster) ORDER BY accounts DESC, posts DESC, text_hash
"""
_COPIES = f"""
SELECT cluster_id, text_hash, role, source, {_EARLIEST} AS post_id, any_value(similarity) AS similarity, count(*) AS posts,
  count(DISTINCT (platform, account_id))::INTEGER AS accounts
FROM said JOIN copied USING (text_hash) JOIN named USING (cluster)
GROUP BY cluster_id, cluster, text_hash, role, source ORDER BY cluster, role, similarity DESC, text_hash, source
"""
_NEAR = """
SELECT account_id, 'near_text' AS kind, cluster_id AS object_id, post_id, platform, min(time_us) AS time_us
FROM said JOIN copied USING (text_hash) JOIN named USING (cluster)
WHERE role = 'case' AND ordinary IS NULL AND cluster IN (
  SELECT cluster FROM said JOIN copied USING (text_hash) WHERE role = 'case' GROUP BY cluster
  HAVING (count(DISTINCT text_hash) > 1 OR bool_or(source = 'picture'))
    AND min((platform, account_id)) <> max((platform, account_id)))
GROUP BY cluster, cluster_id, account_id, post_id, platform ORDER BY cluster, account_id, post_id, platform
"""


def join_clusters(engine: DuckDB, hashes: pa.Array, found: NearText) -> None:
    """Add the table `copied` (text_hash, cluster, similarity, representative) to an engine of `wordings.open_wordings`.

    hashes: the text_hash of each text that `found` clusters. Wordings without near-identical ones that several accounts
    of the case posted become clusters of their own.
    """
    representative = np.zeros(len(hashes), dtype=bool)
    representative[found.representative] = True
    coded = {
        "text_hash": hashes,
        "cluster": pa.array(found.cluster, pa.int64()),
        "similarity": pa.array(found.similarity, pa.float64()),
        "representative": pa.array(representative),
    }
    engine.attach("coded", pa.table(coded))
    engine.keep("copied", _COPIED)


def copy_clusters(engine: DuckDB, texts: Mapping[str, str], languages: Mapping[str, str]) -> pa.Table:
    """Table COPY_CLUSTERS; also keeps `named` (cluster, cluster_id, ordinary) in the engine, which the others need.

    texts: raw text by text_hash. languages: code by text_hash. Only clusters of two accounts of the case or more. The link of a
    reply is that of what it answers, so that replies make no headline.
    """
    found = engine.sql(_FOUND)
    reasons, ids = [], []
    for place, row in enumerate(found.to_pylist(), start=1):
        ids.append(f"T{place}")
        reasons.append(
            ordinary(
                texts[row["text_hash"]],
                own_posts=row["posts"] - row["shares"],
                with_commonest_link=row["with_commonest_link"],
                background_accounts=row["background_accounts"],
            )
        )
    columns = {name: found[name] for name in found.column_names}
    columns |= {"cluster_id": pa.array(ids, pa.string()), "ordinary": pa.array(reasons, pa.string())}
    columns["language"] = pa.array([languages.get(h, "unknown") for h in found["text_hash"].to_pylist()], pa.string())
    engine.attach("named", pa.table({name: columns[name] for name in ("cluster", "cluster_id", "ordinary")}))
    return schema.COPY_CLUSTERS.check(pa.table(columns))


def copies(engine: DuckDB) -> pa.Table:
    """Table COPIES: every wording of the clusters that `copy_clusters` named."""
    return schema.COPIES.check(engine.sql(_COPIES))


def near_text_actions(engine: DuckDB) -> pa.Table:
    """ACTIONS of kind near_text of the case: one a post and cluster, of clusters with two wordings or more, or read in
    pictures; without those that are ordinary (`boilerplate`), whose links and exact wordings are compared all the same."""
    return schema.ACTIONS.check(engine.sql(_NEAR))


MOST_WORDINGS = 200
"""Wordings of a cluster that are aligned with its representative: those most accounts posted."""

_PAIRS = f"""
WITH wording AS (
  SELECT cluster, text_hash, representative, {_EARLIEST} AS post_id, list(DISTINCT account_id ORDER BY account_id) AS accounts
  FROM said JOIN copied USING (text_hash) SEMI JOIN named USING (cluster)
  WHERE role = 'case' AND source = 'post' GROUP BY cluster, text_hash, representative
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY cluster ORDER BY len(accounts) DESC, text_hash) AS place
  FROM wording WHERE NOT representative
)
SELECT cluster_id, reference.post_id AS reference_post_id, reference.text_hash AS reference_hash,
  ranked.post_id, ranked.text_hash, ranked.accounts
FROM ranked JOIN (SELECT * FROM wording WHERE representative) AS reference USING (cluster) JOIN named USING (cluster)
WHERE place <= {MOST_WORDINGS} ORDER BY cluster, place
"""


def wording_pairs(engine: DuckDB) -> pa.Table:
    """Each wording beside the representative of its cluster: cluster_id, reference_post_id, reference_hash, post_id, text_hash,
    accounts (list); of the case, at most MOST_WORDINGS a cluster, after `copy_clusters`."""
    return engine.sql(_PAIRS)
