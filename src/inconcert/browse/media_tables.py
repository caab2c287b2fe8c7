"""Table `media` of a view: the pictures and videos that posts and profiles carry, as far as the case holds their files."""

from __future__ import annotations

import duckdb

_MEDIA = """
CREATE TABLE view.media AS
SELECT n.account, p.post, m.use, m.sha256, any_value(f.mime) AS mime, any_value(f.width) AS width, any_value(f.height) AS height
FROM media AS m JOIN ids AS n ON n.id = m.account_id
LEFT JOIN view.post_ids AS p ON p.post_id = m.post_id AND p.platform = m.platform
LEFT JOIN (SELECT * FROM pictures WHERE frame = 0) AS f USING (sha256)
GROUP BY n.account, p.post, m.use, m.sha256 ORDER BY n.account, p.post, m.use, m.sha256
"""


def build_media(con: duckdb.DuckDBPyConnection) -> None:
    """Which file belongs to which post or profile. Reads media, pictures, ids and view.post_ids."""
    con.execute(_MEDIA)
    con.execute("CREATE TABLE view.files AS SELECT DISTINCT sha256, mime FROM view.media ORDER BY sha256")
