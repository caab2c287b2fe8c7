"""Lists that others publish or capture: indicators of known operations, trending topics, the media of posts."""

from __future__ import annotations

from inconcert.schema.table import I64, UTC_US, B, Column, S, Table

_n = True

THREAT_INDICATORS = Table(
    "threat_indicators",
    "one published sign of a known operation",
    (
        Column("type", S, "domain, url, account, email, phone, ip, md5, sha1, sha256, pdq, text, or technique (a line without a value)"),
        Column("value", S, "the sign in its canonical form, not defanged; of a technique, its name"),
        Column("as_given", S, "as the file writes it", _n),
        Column("platform", S, "where an account is", _n),
        Column("handle", S, "of an account, from its address", _n),
        Column("operation", S, "campaign or actor it was published for", _n),
        Column("tactic", S, "", _n),
        Column("technique", S, "", _n),
        Column("procedure", S, "", _n),
        Column("note", S, "what its publisher says of it", _n),
        Column("source", S, "who published it", _n),
        Column("published_at", UTC_US, "", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)  # fmt: skip

TRENDS = Table(
    "trends",
    "one topic in one captured list of trends",
    (
        Column("list", S, "name of the list"),
        Column("observed_at", UTC_US, "when the list was captured", _n),
        Column("rank", I64, "place in it, from 1; NULL for bought and unranked places", _n),
        Column("title", S, "topic or phrase"),
        Column("category", S, "as the platform names it", _n),
        Column("url", S, "", _n),
        Column("heat", I64, "score the platform gives it", _n),
        Column("reads", I64, "", _n),
        Column("discussions", I64, "posts or comments on it", _n),
        Column("is_advert", B, "whether the platform marks it as bought", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)

POST_MEDIA = Table(
    "post_media",
    "one picture or video of one post, as a manifest lists it",
    (
        Column("post_id", S, "native id of the post"),
        Column("platform", S, "", _n),
        Column("media_id", S, "id or file name"),
        Column("url", S, "its address", _n),
        Column("hash", S, "hash of its bytes, hex", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)
