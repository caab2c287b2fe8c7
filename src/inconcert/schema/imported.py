"""Tables of an import: what was read, and nothing inferred."""

from __future__ import annotations

from inconcert.schema.table import I64, UTC_US, B, Column, S, Table

_n = True

POSTS = Table(
    "posts",
    "one post as its source gave it",
    (
        Column("post_id", S, "native id, or 'row:<n>' when the source has none"),
        Column(
            "account_id",
            S,
            "native id of the author, or the handle when there is no id; 'platform:id' where an account of another platform in the "
            "case has the same one",
        ),
        Column("platform", S, "platform, in one spelling whatever the source's; 'unknown' when none is named"),
        Column("kind", S, "post, reply, share or quote"),
        Column("created_at", UTC_US, "when it was posted; NULL when the source has no time", _n),
        Column("created_precision", S, "s, min or day: the precision the times of this import carry", _n),
        Column(
            "time_zone_source",
            S,
            "stated (offset in the value), epoch, given (by the user), source (the tool always writes that zone), assumed-utc",
            _n,
        ),
        Column("text", S, "the text, as read", _n),
        Column("text_hash", S, "BLAKE2b-128 (hex) of the normalised text; NULL when too short to compare", _n),
        Column("language", S, "language code of the source", _n),
        Column("url", S, "address of the post itself", _n),
        Column("client", S, "posting application", _n),
        Column("place", S, "place stated with the post: a check-in, a venue, coordinates", _n),
        Column("ip_region", S, "region the platform shows for the connection it was posted from", _n),
        Column("channel_id", S, "channel, group, page or forum that holds it", _n),
        Column("thread_id", S, "conversation it belongs to", _n),
        Column("reply_to_id", S, "post this one replies to", _n),
        Column("shared_id", S, "post this one shares", _n),
        Column("quoted_id", S, "post this one quotes", _n),
        Column("likes", I64, "", _n),
        Column("replies", I64, "", _n),
        Column("shares", I64, "", _n),
        Column("quotes", I64, "", _n),
        Column("views", I64, "", _n),
        Column("edited_at", UTC_US, "when it was last changed, as the source says", _n),
        Column("deleted", B, "whether it was gone when it was captured", _n),
        Column("observed_at", UTC_US, "when the record was captured", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file (the header is not counted)"),
    ),
)

ACCOUNTS = Table(
    "accounts",
    "one account as described by one import: a row for each description that differs",
    (
        Column("account_id", S, "as in posts"),
        Column("platform", S, "platform"),
        Column("handle", S, "screen name", _n),
        Column("display_name", S, "", _n),
        Column("bio", S, "", _n),
        Column("location", S, "", _n),
        Column("language", S, "", _n),
        Column("link_url", S, "", _n),
        Column("created_at", UTC_US, "when the account was made", _n),
        Column("followers", I64, "", _n),
        Column("following", I64, "", _n),
        Column("posts", I64, "posts it ever wrote, as the profile counts them", _n),
        Column("verified", B, "", _n),
        Column("declared_bot", B, "whether it says that a program runs it", _n),
        Column("status", S, "active, suspended, deleted or renamed, where the source says so", _n),
        Column("avatar", S, "profile picture, its address or hash", _n),
        Column("ip_region", S, "region the platform shows for its connection", _n),
        Column("observed_at", UTC_US, "when the description was captured", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)

POST_OBSERVATIONS = Table(
    "post_observations",
    "one further capture of a post in `posts`: with another text, other counts, gone since, or with a time or text that `posts` lacks; "
    "what a source leaves out is NULL",
    (
        Column("post_id", S, "native id"),
        Column("platform", S, "platform"),
        Column("account_id", S, "as in posts"),
        Column("observed_at", UTC_US, "when the record was captured", _n),
        Column("created_at", UTC_US, "when it was posted, as this record says; as fine as its import", _n),
        Column("time_zone_source", S, "as in posts", _n),
        Column("text", S, "the text, as read", _n),
        Column("edited_at", UTC_US, "when it was last changed, as the source says", _n),
        Column("deleted", B, "whether it was gone when it was captured", _n),
        Column("likes", I64, "", _n),
        Column("replies", I64, "", _n),
        Column("shares", I64, "", _n),
        Column("quotes", I64, "", _n),
        Column("views", I64, "", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)

ACTIONS = Table(
    "actions",
    "one account doing one thing to one object in one post; what detectors read",
    (
        Column("account_id", S, "who"),
        Column("kind", S, "what: one of KINDS"),
        Column(
            "object_id",
            S,
            "to what; see KINDS. 'platform:id' for a post or account that shares its id with one of another platform",
        ),
        Column("post_id", S, "in which post"),
        Column("platform", S, "where"),
        Column("time_us", I64, "when; NULL where the source gives no time", _n),
    ),
)

REJECTS = Table(
    "rejects",
    "one record that was set aside, or one value of a kept record that could not be read",
    (
        Column("import_id", S, "import"),
        Column("file", S, "file name"),
        Column("row_ref", I64, "1-based record number in the source file", _n),
        Column("column", S, "column at fault, as the file names it", _n),
        Column("value", S, "the value, cut at 200 characters", _n),
        Column("reason", S, "why, in words"),
        Column("fatal", B, "true: the record was set aside; false: only this value"),
    ),
)

IMPORTS = Table(
    "imports",
    "one file read into the case",
    (
        Column("import_id", S, "first 16 hex digits of the hash of file hash, mapping and importer version"),
        Column("file", S, "file name as given, with as much of its folder as tells it from another file of that name"),
        Column("sha256", S, "of the original bytes"),
        Column("importer", S, "importer name, e.g. table, x_io_archive"),
        Column("importer_version", S, ""),
        Column("encoding", S, "", _n),
        Column("mapping", S, "JSON object: our field -> column of the file"),
        Column("rows_read", I64, ""),
        Column("rows_kept", I64, ""),
        Column("rows_rejected", I64, "set aside, with reasons in `rejects`"),
        Column("rows_duplicate", I64, "records of a post met before that say nothing new"),
        Column("precision", S, "s, min or day; NULL without times", _n),
        Column("role", S, "case, control, or given (lists, events and the like beside the posts)"),
        Column("zone", S, "time zone of times that are written without one; NULL: UTC was assumed", _n),
        Column(
            "insisted",
            S,
            "private messages or credentials that were seen in it and that the user insisted on reading",
            _n,
        ),
        Column(
            "options",
            S,
            "JSON object: what the user said of the file, of map, format, platform, zone and day_first",
            _n,
        ),
        Column(
            "unfolded", S, "JSON list: where in its JSON objects lie the lists whose members are the native objects", _n
        ),
        Column("retries", S, "import whose records set aside were read again; only those were read", _n),
    ),
)

NATIVE_NUMBERS = Table(
    "native_numbers",
    "one stretch of records in a file of native objects, of which each gave as many records; without rows, each gave one",
    (
        Column("import_id", S, "import"),
        Column("row_ref", I64, "record with which the stretch begins; it ends where the next begins"),
        Column("native_ref", I64, "1-based number of the native object that holds it; the next ones are numbered on"),
        Column("records", I64, "records in each of these objects"),
    ),
)

FILL_RATES = Table(
    "fill_rates",
    "one field that was read from one file: how many of its records have it",
    (
        Column("import_id", S, "import"),
        Column("field", S, "name of the field"),
        Column("filled", I64, "records that have it"),
        Column("records", I64, "records that were read and could be used, repeated ones among them"),
    ),
)
