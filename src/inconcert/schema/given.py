"""Tables that an investigator brings along with the posts: who is who, what happened when, what is told, who follows whom."""

from __future__ import annotations

from inconcert.schema.table import I64, Column, S, Table

_n = True

LISTS = Table(
    "lists",
    "one account on one list that somebody vouches for",
    (
        Column("list", S, "name of the list"),
        Column("role", S, "overt (official and state media accounts), independent (media, as a control), protected (whom others may "
               "impersonate), suspected (measured as if it were a group), ordinary (a matched control), or interest (whom "
               "accounts of one kind follow)"),
        Column("account_id", S, "native id; NULL where only the handle is known", _n),
        Column("handle", S, "screen name without its sign", _n),
        Column("platform", S, "NULL: any", _n),
        Column("display_name", S, "", _n),
        Column("bio", S, "", _n),
        Column("source", S, "where the list says so", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)  # fmt: skip

TERMS = Table(
    "terms",
    "the time for which one row of a list holds; only rows that say one",
    (
        Column("since_us", I64, "first moment at which the account was that actor's; NULL: from its beginning", _n),
        Column("until_us", I64, "first moment at which it no longer was; NULL: it still is", _n),
        Column("import_id", S, "import that read the list"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)

EVENTS = Table(
    "events",
    "one dated event outside the posts",
    (
        Column("event_id", S, ""),
        Column("title", S, "what happened"),
        Column("first_us", I64, "earliest moment it can have been"),
        Column("last_us", I64, "latest moment, exclusive: a day later for a day, a month for a month"),
        Column("precision", S, "s, min, day, month or year: what the date says"),
        Column("source", S, "", _n),
        Column("note", S, "a date in the note that differs from the date is a conflict, which is shown", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)

STORYLINES = Table(
    "storylines",
    "one sign by which posts of one storyline are known",
    (
        Column("storyline", S, "id of the storyline"),
        Column("title", S, "what it tells, in the language of the investigator"),
        Column("kind", S, "phrase, hashtag, title or link"),
        Column("pattern", S, "the words, tag or address looked for; folded like texts"),
        Column("language", S, "of the pattern; NULL: any", _n),
        Column("gloss", S, "what the pattern means, in the language of the investigator", _n),
        Column("direction", S, "pushed, targeted (another's tag that is flooded or attacked) or pun", _n),
        Column("source", S, "", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)

FOLLOWS = Table(
    "follows",
    "one account that follows another",
    (
        Column("followed_id", S, "whose follower it is"),
        Column("follower_id", S, ""),
        Column(
            "position", I64, "place in the order of following, 1 the earliest; NULL where the source has no order", _n
        ),
        Column("follower_created_us", I64, "when the follower's account was made", _n),
        Column("platform", S, "", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)
