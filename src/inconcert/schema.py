"""Every table Inconcert writes: column, type, meaning. Docs, validation and empty tables come from here.

Ids are strings as the source gave them, never numbers; absent is NULL, never "", 0 or NaN. Times people read are
`timestamp[us, UTC]`; times that are computed with are int64 microseconds since 1970 (UTC), their columns end in `_us`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert.errors import SchemaError, UnknownName

UTC_US = pa.timestamp("us", tz="UTC")

KINDS: dict[str, str] = {
    "share": "the post that was shared (repost, retweet, forward)",
    "reply": "the post that was replied to",
    "mention": "the account that was mentioned",
    "hashtag": "one hashtag, case-folded",
    "hashtag_sequence": "three or more hashtags of one post, in their order",
    "url": "a canonical link",
    "domain": "the registrable domain of a link",
    "text": "the text, exact after normalisation, of 25 characters (12 in CJK scripts) or more",
    "media": "an image or video, by platform id or file hash",
}
"""Kinds of action that detectors compare, and what their object is."""

WINDOWS_US: tuple[int, ...] = (10_000_000, 60_000_000, 600_000_000, 3_600_000_000, 21_600_000_000)
"""The time scales, microseconds: 10 s, 1 min, 10 min, 1 h, 6 h. Untimed is NULL in tables."""


@dataclass(frozen=True)
class Column:
    """One column: name, Arrow type, what it means, and whether it may be NULL."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])

    def empty(self) -> pa.Table:
        """A table of no rows."""
        return self.arrow.empty_table()

    def check(self, table: pa.Table) -> pa.Table:
        """The same data, columns in order and cast; SchemaError names the column that is missing or of a wrong type."""
        missing = [c.name for c in self.columns if c.name not in table.column_names]
        if missing:
            raise SchemaError(f"Table '{self.name}' lacks the column '{missing[0]}'.")
        try:
            return table.select([c.name for c in self.columns]).cast(self.arrow)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise SchemaError(f"Table '{self.name}' has a column of a wrong type: {error}") from error


S, I32, I64, F64, B = pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_()
_n = True

POSTS = Table(
    "posts",
    "one post as its source gave it",
    (
        Column("post_id", S, "native id, or 'row:<n>' when the source has none"),
        Column("account_id", S, "native id of the author, or the handle when there is no id"),
        Column("platform", S, "platform as named in the source, 'unknown' when it is not"),
        Column("kind", S, "post, reply, share or quote"),
        Column("created_at", UTC_US, "when it was posted; NULL when the source has no time", _n),
        Column("created_precision", S, "s, min or day: the precision the times of this import carry", _n),
        Column("time_zone_source", S, "stated (offset in the value), epoch, assumed-utc", _n),
        Column("text", S, "the text, as read", _n),
        Column("text_hash", S, "BLAKE2b-128 (hex) of the normalised text; NULL when too short to compare", _n),
        Column("language", S, "language code of the source", _n),
        Column("url", S, "address of the post itself", _n),
        Column("client", S, "posting application", _n),
        Column("reply_to_id", S, "post this one replies to", _n),
        Column("shared_id", S, "post this one shares", _n),
        Column("quoted_id", S, "post this one quotes", _n),
        Column("likes", I64, "", _n),
        Column("replies", I64, "", _n),
        Column("shares", I64, "", _n),
        Column("quotes", I64, "", _n),
        Column("views", I64, "", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file (the header is not counted)"),
    ),
)

ACCOUNTS = Table(
    "accounts",
    "one account as described by one import (first description met)",
    (
        Column("account_id", S, "native id, or the handle"),
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
        Column("object_id", S, "to what; see KINDS"),
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
        Column("file", S, "file name as given, without its folder"),
        Column("sha256", S, "of the original bytes"),
        Column("importer", S, "importer name, e.g. table, x_io_archive"),
        Column("importer_version", S, ""),
        Column("encoding", S, "", _n),
        Column("mapping", S, "JSON object: our field -> column of the file"),
        Column("rows_read", I64, ""),
        Column("rows_kept", I64, ""),
        Column("rows_rejected", I64, "set aside, with reasons in `rejects`"),
        Column("rows_duplicate", I64, "same post and same content met before"),
        Column("precision", S, "s, min or day; NULL without times", _n),
        Column("role", S, "case or control"),
    ),
)

PAIR_LAYERS = Table(
    "pair_layers",
    "one pair of accounts under one kind of action and one time scale",
    (
        Column("source", S, "account, the smaller id"),
        Column("target", S, "account, the larger id"),
        Column("kind", S, ""),
        Column("window_us", I64, "NULL: untimed", _n),
        Column("n_objects", I32, "distinct objects on which both acted within the window (first actions)"),
        Column("n_common", I32, "distinct objects on which both acted at any time"),
        Column("expected", F64, "n_objects expected by chance"),
        Column("p_value", F64, "chance of n_objects or more, popularity x activity x synchrony null"),
        Column("p_conditional", F64, "chance of n_objects or more given the objects both touched"),
    ),
)

EDGES = Table(
    "edges",
    "one pair of accounts, all kinds and scales together",
    (
        Column("source", S, "account, the smaller id"),
        Column("target", S, "account, the larger id"),
        Column("p_value", F64, "Cauchy combination over kinds and scales"),
        Column("q_value", F64, "Benjamini-Hochberg over all pairs of accounts, observed or not"),
        Column(
            "p_conditional", F64, "chance of such synchrony given the objects both touched, kinds and scales combined"
        ),
        Column("q_conditional", F64, "Benjamini-Hochberg over all pairs with three objects in common or more"),
        Column("n_objects", I32, "distinct objects at the most telling kind and scale"),
        Column("kind", S, "most telling kind"),
        Column("window_us", I64, "most telling scale; NULL: untimed", _n),
        Column("overlap", F64, "bits of surprise of the objects in common, beyond popularity and activity"),
        Column("synchrony", F64, "share of the common objects acted on within the window"),
        Column("exclusivity", F64, "share of the common objects that at most one further account touched"),
        Column("level", S, "L0 or L1"),
    ),
)

WITNESSES = Table(
    "witnesses",
    "one object two accounts acted on, with the two posts that prove it",
    (
        Column("group_id", S, "NULL for an edge outside groups", _n),
        Column("source", S, ""),
        Column("target", S, ""),
        Column("kind", S, ""),
        Column("object_id", S, ""),
        Column("source_post_id", S, ""),
        Column("target_post_id", S, ""),
        Column("gap_us", I64, "time between the two first actions; NULL when a time is missing", _n),
        Column("popularity", I32, "accounts that acted on the object"),
        Column("chance", F64, "probability that these two accounts both act on it, and this close, by chance", _n),
    ),
)

ACCOUNT_TESTS = Table(
    "account_tests",
    "one account under one kind and scale: how often somebody acted with it",
    (
        Column("account_id", S, ""),
        Column("kind", S, ""),
        Column("window_us", I64, ""),
        Column("n_objects", I32, "objects it acted on that a second account touched"),
        Column("hits", I32, "of them, acted on by a second account within the window"),
        Column("expected", F64, "hits expected of an ordinary account at the reference rates"),
        Column("p_value", F64, "Poisson-binomial upper tail at the reference rates"),
    ),
)

GROUPS = Table(
    "groups",
    "one group of accounts",
    (
        Column("group_id", S, "G1, G2 ... strongest first"),
        Column("level", S, "L0, L1 or L2: the only word pages and texts may print"),
        Column("size", I32, "accounts"),
        Column("q_value", F64, "chance of being wrong: BH over all candidate groups, on held-out objects"),
        Column("p_heldout", F64, "held-out objects against the reference rate, splits combined"),
        Column("p_permutation", F64, "held-out objects against degree-preserving permutations", _n),
        Column("p_conditional", F64, "synchrony given the objects shared", _n),
        Column("p_day_shift", F64, "against timelines shifted by whole days", _n),
        Column("stability", F64, "mean Jaccard of membership over bootstrap samples of objects", _n),
        Column(
            "found_by",
            S,
            "components, communities, meetings, linked pairs or pairs; see network/discover",
        ),
        Column("kind", S, "kind of action it was found on; 'combined' for several"),
        Column("window_us", I64, "scale it was found on; NULL: untimed or combined", _n),
        Column("popularity_cap", I32, "objects touched by more accounts were not used to find it", _n),
        Column("n_objects", I32, "objects that at least two members acted on within the window"),
        Column("n_posts", I64, "posts by members"),
        Column("evidence_kinds", S, "kinds with evidence of their own, comma-separated"),
        Column("evidence_windows", S, "scales with evidence of their own, microseconds, comma-separated"),
        Column("overlap", F64, "co-shared objects inside the group over what popularity and activity predict"),
        Column("synchrony", F64, "share of co-shared objects inside the group within the window"),
        Column("reference_rate", F64, "the same share in the reference crowd"),
        Column("exclusivity", F64, "share of the group's shared objects that no other account touched"),
        Column("innocent", S, "JSON list of innocent explanations that fit, each {name, why}"),
        Column("why_not_higher", S, "what the next level would need, in words"),
    ),
)

MEMBERS = Table(
    "members",
    "one account in one group",
    (
        Column("group_id", S, ""),
        Column("account_id", S, ""),
        Column("membership", F64, "share of bootstrap samples in which it is in the group, 0 to 1"),
        Column("n_partners", I32, "members it acted with within the window"),
        Column("x", F64, "position in the network picture"),
        Column("y", F64, "position in the network picture"),
    ),
)

SCORES = Table(
    "scores",
    "one account of the case: what `export accounts.csv` writes",
    (
        Column("account_id", S, ""),
        Column("platform", S, ""),
        Column("group_id", S, "strongest group it belongs to", _n),
        Column("level", S, "level of that group, or of the account's own evidence"),
        Column("q", F64, "smallest q-value over pair, account and group tests"),
        Column("score", F64, "strength of evidence, bits; comparable within the case, for ranking"),
        Column("n_posts", I64, "posts in the case: the volume baseline to hold beside the score"),
        Column("q_account", F64, "q-value of the account test", _n),
        Column("q_pair", F64, "smallest q-value of its edges", _n),
        Column("q_group", F64, "q-value of its group", _n),
    ),
)

CALIBRATION = Table(
    "calibration",
    "what the same procedure gives on one permuted copy of the data, in which nobody acts with anybody",
    (
        Column("copy", I32, "number of the permuted copy; 0 is the data themselves"),
        Column("edges", I64, "edges at q <= alpha"),
        Column("accounts", I64, "accounts in such an edge"),
        Column("groups", I64, "confirmed groups"),
    ),
)

REFERENCE = Table(
    "reference",
    "one rate of ordinary synchrony that a test used",
    (
        Column("kind", S, ""),
        Column("window_us", I64, ""),
        Column("popularity_min", I32, "fewest accounts on the object"),
        Column("popularity_max", I32, "most accounts on the object; NULL: no bound", _n),
        Column("account_rate", F64, "chance that an ordinary action has a partner within the window, upper rate used"),
        Column(
            "pair_rate", F64, "chance that two ordinary actions on an object fall within the window, upper rate used"
        ),
        Column("own_above", F64, "how far the data's own pair rate lies above the reference crowds, in their sd", _n),
        Column("crowds", S, "crowds it rests on, comma-separated"),
        Column("actions", I64, "actions it rests on"),
        Column("origin", S, "control, profiles or own data"),
    ),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        POSTS, ACCOUNTS, ACTIONS, REJECTS, IMPORTS, PAIR_LAYERS, EDGES, WITNESSES, ACCOUNT_TESTS, GROUPS, MEMBERS,
        SCORES, CALIBRATION, REFERENCE,
    )
}  # fmt: skip


def table(name: str) -> Table:
    """The table of that name; UnknownName otherwise."""
    if name not in TABLES:
        raise UnknownName("table", name, TABLES)
    return TABLES[name]
