"""Tables of the run `locate`: where the people behind a group may sit."""

from __future__ import annotations

from inconcert.schema.table import F64, I64, B, Column, S, Table

_n = True

PLACES = Table(
    "places",
    "one region, or one other reading, with its chance for one group",
    (
        Column("group_id", S, ""),
        Column(
            "region",
            S,
            "code (ISO 3166), CN-JS for a province, UTC+8 for a clock; anywhere: at no one place that signs tell of; staged: all signs were laid",
        ),
        Column("name", S, ""),
        Column(
            "kind", S, "province, country, clock, anywhere or staged; chances of one kind add up, those of two do not"
        ),
        Column("chance", F64, "that the people sit there, most plausible"),
        Column("low", F64, "lower end of its range"),
        Column("high", F64, "upper end"),
        Column("prior", F64, "chance before any evidence, most plausible"),
        Column(
            "accounts",
            S,
            "members with a platform's label or a check-in there: none, fewer than 5, how many, or 9 or more",
        ),
    ),
)

PLACE_ITEMS = Table(
    "place_items",
    "one item of evidence on the place of one group",
    (
        Column("group_id", S, ""),
        Column("item", S, "its key; P3 for what people entered"),
        Column("kind", S, "of evidence; `inconcert locate --kinds` lists them"),
        Column("family", S, "evidence of one family counts once"),
        Column("region", S, "the region it names; NULL where it bears on many", _n),
        Column("says", S, "one sentence"),
        Column(
            "accounts", S, "members who show it: fewer than 5, or how many; NULL for what is of the whole group", _n
        ),
        Column("favours", S, "the region it names, or else the country that is likeliest by it alone"),
        Column("weak", F64, "log10 likelihood ratio there against anywhere, if it misleads often"),
        Column("point", F64, "the same, most plausible"),
        Column("strong", F64, "the same, if it misleads seldom"),
        Column("spread", F64, "between the region it favours most and least, most plausible, as a power of ten"),
        Column("counts", S, "leads its family, contradicts what leads it, or adds nothing"),
        Column("misled", F64, "chance that it misleads, given all items, most plausible"),
        Column("misled_low", F64, "lower end of its range"),
        Column("misled_high", F64, "upper end"),
        Column("otherwise", S, "the innocent way in which it misleads"),
        Column(
            "otherwise_share",
            F64,
            "share of that way in its chance of misleading; the rest is that it was set up to look so",
        ),
        Column("says_otherwise", S, "what was entered on the other reading; empty for nothing"),
        Column(
            "conflicts",
            S,
            "JSON list of {item, says, reasons}: items of a place nobody can be in as well, and what would make both true",
        ),
        Column(
            "sources",
            S,
            "JSON list of {text, post_id, import_id, row_ref}: where it is to be seen, the first posts of them",
        ),
    ),
)

PLACE_FAMILIES = Table(
    "place_families",
    "what one family of evidence weighs for the place of one group",
    (
        Column("group_id", S, ""),
        Column("family", S, ""),
        Column("most", F64, "largest weight between two regions that it is allowed, as a power of ten"),
        Column("spread", F64, "what it has, most plausible"),
        Column("capped", B, "whether it would have weighed more"),
        Column("leading", S, "JSON list of the items that give its weights"),
        Column("rivals", S, "JSON list of the items that favour another region"),
    ),
)

PLACE_ACCOUNTS = Table(
    "place_accounts",
    "one region that one account shows; for the working file, never to be published",
    (
        Column("group_id", S, ""),
        Column("account_id", S, ""),
        Column("region", S, "code"),
        Column("kind", S, "region-label, check-in or profile-place"),
        Column("posts", I64, "that carry it; 1 for a profile"),
        Column("strength", F64, "share of the account's signs of this kind"),
        Column(
            "conflicts", S, "JSON list of other regions it shows, by any kind of sign, in which nobody can be as well"
        ),
        Column("post_id", S, "first post; NULL for a profile", _n),
        Column("import_id", S, "import that read it", _n),
        Column("row_ref", I64, "1-based record number in the source file", _n),
    ),
)

PLACES_SET_ASIDE = Table(
    "places_set_aside",
    "one label of a place that names no region known here",
    (
        Column("group_id", S, ""),
        Column("kind", S, "region-label, check-in, profile-place or client-locale"),
        Column("label", S, "as it was written, cut at 200 characters"),
        Column("accounts", I64, "members with it"),
        Column("posts", I64, "with it"),
    ),
)
