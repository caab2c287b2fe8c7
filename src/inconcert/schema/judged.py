"""What people decided, put together and noted, as tables that `export` writes; the ledger is where it is kept."""

from __future__ import annotations

from inconcert.schema.table import F64, I64, UTC_US, Column, S, Table

_n = True

JUDGEMENTS = Table(
    "judgements",
    "one judgement of a person, those taken back among them",
    (
        Column("judgement", S, "its number, as J3"),
        Column("kind", S, "rename, set-aside, confirm, comment, merge, split, remove, note, same-person or known-friend"),
        Column("state", S, "stands, retracted, or to be looked at again (made on a group that is no longer there)"),
        Column("groups", S, "groups it was made on, as they were called then, comma-separated", _n),
        Column("groups_now", S, "what they are called in the newest run, comma-separated", _n),
        Column("overlap", F64, "least Jaccard overlap of their accounts then and now, 0 to 1", _n),
        Column("accounts", S, "ids of accounts it names, as a JSON list", _n),
        Column("text", S, "the new name, or the reason"),
        Column("sources", S, "where it is to be seen, as a JSON list", _n),
        Column("author", S, "who judged"),
        Column("at", UTC_US, "when"),
        Column("retracted_by", S, "who took it back", _n),
        Column("retracted_because", S, "why", _n),
    ),
)  # fmt: skip

JUDGED_GROUPS = Table(
    "judged_groups",
    "one group as it stands after every judgement: of the newest run, or made by people",
    (
        Column("group_id", S, "G1; of groups put together G1+G2, of accounts split off G1.a"),
        Column("name", S, "the name people gave it", _n),
        Column("made", S, "found (by the run), merged or split"),
        Column("of_groups", S, "groups it was made of, comma-separated", _n),
        Column("part_of", S, "group that people put it into", _n),
        Column("set_aside_by", S, "who set it aside", _n),
        Column("set_aside_because", S, "why", _n),
        Column("size", I64, "accounts, without those that people removed or split off"),
        Column("removed", I64, "accounts that people removed"),
        Column("level", S, "level of the run; NULL for a group that people made", _n),
        Column("q_value", F64, "that of the run; NULL for a group that people made, which nobody tested", _n),
    ),
)  # fmt: skip

JUDGED_MEMBERS = Table(
    "judged_members",
    "one account of one group as it stands after every judgement",
    (
        Column("group_id", S, "see judged_groups"),
        Column("account_id", S, "native account id"),
        Column("removed_by", S, "who removed it from the group; NULL while it is in it", _n),
        Column("removed_because", S, "why", _n),
        Column("split_to", S, "group it was split off to", _n),
    ),
)

SETS = Table(
    "sets",
    "one account or post of one set that somebody put together",
    (
        Column("set", S, "its name"),
        Column("account_id", S, "native account id; NULL in rows of posts", _n),
        Column("post_import_id", S, "import of the post; NULL in rows of accounts", _n),
        Column("post_row_ref", I64, "1-based record number in the source file", _n),
        Column("author", S, "who put it together"),
        Column("at", UTC_US, "when"),
    ),
)

NOTES = Table(
    "notes",
    "one case note, those taken back among them",
    (
        Column("note", S, "its number, as N4"),
        Column("about_kind", S, "case, group, set, account or post"),
        Column("about", S, "what it is about; NULL for the case", _n),
        Column("text", S, "Markdown"),
        Column("sources", S, "kind, text, and SHA-256 or post of each, as a JSON list", _n),
        Column("author", S, "who wrote it"),
        Column("at", UTC_US, "when"),
        Column("retracted_by", S, "who took it back", _n),
        Column("retracted_because", S, "why", _n),
    ),
)
