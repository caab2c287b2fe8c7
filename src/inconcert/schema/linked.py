"""Tables of the run `link`: what groups have in common with known operations."""

from __future__ import annotations

from inconcert.schema.table import F64, I64, B, Column, S, Table

_n = True

LINKS = Table(
    "links",
    "one group beside one known operation: likeness of material, never who runs either",
    (
        Column("group_id", S, ""),
        Column("operation", S, "as the library names it"),
        Column("verdict", S, "linked, possibly, no evidence, or could not be compared"),
        Column("level", S, "of the group: the only word pages and texts may print for it"),
        Column(
            "bits", F64, "rarity of all that both have in common, families capped, after paying for the comparisons"
        ),
        Column("paid", F64, "bits paid for having compared so many groups, operations and kinds"),
        Column("lr", F64, "likelihood ratio that the bits carry against 'unrelated', at most 100; 1 for none"),
        Column("lr_low", F64, "lower end of its range"),
        Column("lr_high", F64, "upper end"),
        Column("families", S, "JSON object: family -> bits of it that count"),
        Column("evidence", I64, "independent items with bits, tactics left out"),
        Column("items", I64, "things in common, near ones, ordinary ones and those not weighed among them"),
        Column("carriers", I64, "members that show any of them"),
        Column("members", I64, "accounts of the group"),
        Column("control", I64, "ordinary accounts that rarity was measured on"),
        Column("published", I64, "things published for the operation that posts and accounts can show"),
        Column("compared", S, "kinds of indicator compared, comma-separated"),
        Column("not_compared", S, "kinds that the library has and this case cannot show, comma-separated"),
        Column("says", S, "the verdict in one sentence"),
        Column("would_change", S, "what would change it"),
    ),
)

LINK_ITEMS = Table(
    "link_items",
    "one thing that a group and an operation have in common",
    (
        Column("group_id", S, ""),
        Column("operation", S, ""),
        Column(
            "evidence",
            I64,
            "items of one number are one piece of evidence, of which the rarest counts; from 1, strongest first",
        ),
        Column("family", S, "accounts, infrastructure, texts, images, hashtags or tactics"),
        Column("kind", S, "kind of indicator"),
        Column("how", S, "exact, or in which way it is near"),
        Column("value", S, "as the case shows it; of a copy, its cluster in copies"),
        Column("platform", S, "of an account", _n),
        Column("published", S, "as the library has it"),
        Column("written", S, "as its source writes it"),
        Column("source", S, "of the indicator"),
        Column("source_sha256", S, "of the file it was read from"),
        Column("source_row", I64, "1-based record in that file"),
        Column("public_on", S, "date (ISO, as far as known) of its publication; else since when the library has it"),
        Column("public_stated", B, "whether its source says that date"),
        Column("carriers", I64, "members that show it"),
        Column("posts", I64, "their posts with it"),
        Column("control", I64, "ordinary accounts that show it"),
        Column(
            "showing",
            I64,
            "ordinary accounts that show anything published for the operation as rare, found in the same way",
        ),
        Column("rate", F64, "upper bound of that share of ordinary accounts"),
        Column(
            "chance", F64, "of an unrelated group of this size and activity to show such a match in as many members"
        ),
        Column("bits", F64, "-log2 of it, less two for a near match"),
        Column("counts", B, "whether it is the item that stands for its piece of evidence"),
        Column("first_us", I64, "first post of a member with it", _n),
        Column("last_us", I64, "last", _n),
        Column(
            "witnesses",
            S,
            "JSON list of {account_id, post_id, import_id, row_ref}: the first posts with it, or the accounts themselves",
        ),
    ),
)
