"""Tables of the run `describe`: what the accounts and groups are like, beside who acts with whom."""

from __future__ import annotations

from inconcert.schema.table import F64, I32, I64, Column, S, Table

_n = True

ACCOUNT_LANGUAGES = Table(
    "account_languages",
    "one language of one account",
    (
        Column("account_id", S, ""),
        Column("language", S, "code, or unknown"),
        Column("posts", I64, "its own posts in it; shares are others' words and do not count"),
        Column("share", F64, "of its posts whose language is known, 0 to 1; NULL for unknown", _n),
        Column("first_us", I64, "first such post", _n),
        Column("last_us", I64, "last such post", _n),
    ),
)

GROUP_LANGUAGES = Table(
    "group_languages",
    "one language of one group, beside everybody else",
    (
        Column("group_id", S, ""),
        Column("language", S, "code, or unknown"),
        Column("posts", I64, "members' own posts in it"),
        Column("accounts", I32, "members with such a post"),
        Column("share", F64, "of members' posts whose language is known; NULL for unknown", _n),
        Column("share_others", F64, "the same of all accounts in no group; NULL without such", _n),
    ),
)

LANGUAGE_SWITCHES = Table(
    "language_switches",
    "one moment at which an account changed the language it mostly writes",
    (
        Column("account_id", S, ""),
        Column("group_id", S, "its strongest group", _n),
        Column("before", S, "language code"),
        Column("after", S, "language code"),
        Column("at_us", I64, "first post after the change"),
        Column("posts_before", I64, "posts of known language before it"),
        Column("posts_after", I64, "posts of known language after it"),
        Column("share_before", F64, "of the former in `before`"),
        Column("share_after", F64, "of the latter in `after`"),
        Column("p_value", F64, "chance of a change as sharp at any moment, had the posts come in random order"),
        Column("q_value", F64, "Benjamini-Hochberg over all accounts with two languages and enough posts to test"),
    ),
)

CROSS_LANGUAGE = Table(
    "cross_language",
    "one thing that members' posts in different languages have in common: a lead, never called a copy",
    (
        Column("group_id", S, ""),
        Column("kind", S, "near_media, media, url, hashtag, name (Latin letters in any script's text) or number"),
        Column("object_id", S, "the thing"),
        Column("languages", S, "comma-separated codes, two or more"),
        Column("accounts", I32, "members"),
        Column("posts", I64, "of members"),
        Column("accounts_others", I32, "other accounts with it: what many have ties nobody"),
        Column("least_gap_us", I64, "shortest time between posts of two members in different languages", _n),
        Column("post_ids", S, "JSON object: language -> post ids, at most five each"),
    ),
)

GROUP_AVATARS = Table(
    "group_avatars",
    "the profile pictures of one group, beside those of the control measured in the same way",
    (
        Column("group_id", S, ""),
        Column("accounts", I32, "members"),
        Column("pictures", I32, "members whose profile picture the case holds"),
        Column("default", I32, "of them, the platform's default picture"),
        Column("identical", I32, "of them, the same bytes as another member's"),
        Column("near_identical", I32, "of them, near-identical to another member's (the same bytes not counted)"),
        Column("faces", I32, "of them, pictures with exactly one face"),
        Column("leads", I32, "of these, eyes where generators put them"),
        Column("control_faces", I32, "pictures with exactly one face in the control, or else of accounts in no group"),
        Column("control_leads", I32, "of these, eyes where generators put them"),
        Column("control", S, "what the control is: control, or others"),
        Column(
            "p_value", F64, "Fisher's exact test of leads among faces, one-sided; NULL below five faces on a side", _n
        ),
    ),
)
