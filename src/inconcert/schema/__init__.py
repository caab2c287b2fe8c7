"""Every table Inconcert writes: column, type, meaning. Docs, validation and empty tables come from here.

Ids are strings as the source gave them, never numbers; absent is NULL, never "", 0 or NaN. Times people read are
`timestamp[us, UTC]`; times that are computed with are int64 microseconds since 1970 (UTC), their columns end in `_us`.
"""

from __future__ import annotations

from inconcert.errors import UnknownName
from inconcert.schema.changed import CHANGE_KINDS, CHANGES
from inconcert.schema.copied import (
    COPIES,
    COPY_CLUSTERS,
    LANGUAGES,
    NEAR_ACTIONS,
    NEAR_ACTIONS_CONTROL,
    PICTURE_CLUSTERS,
    PICTURE_COPIES,
    REWRITES,
    TEMPLATES,
)
from inconcert.schema.described import (
    ACCOUNT_LANGUAGES,
    CROSS_LANGUAGE,
    GROUP_AVATARS,
    GROUP_LANGUAGES,
    LANGUAGE_SWITCHES,
)
from inconcert.schema.given import EVENTS, FOLLOWS, LISTS, STORYLINES, TERMS
from inconcert.schema.held import DOCUMENTS
from inconcert.schema.imported import (
    ACCOUNTS,
    ACTIONS,
    FILL_RATES,
    IMPORTS,
    NATIVE_NUMBERS,
    POST_OBSERVATIONS,
    POSTS,
    REJECTS,
)
from inconcert.schema.judged import JUDGED_GROUPS, JUDGED_MEMBERS, JUDGEMENTS, NOTES, SETS
from inconcert.schema.kinds import KINDS, NEAR, WINDOWS_US
from inconcert.schema.linked import LINK_ITEMS, LINKS
from inconcert.schema.listed import POST_MEDIA, THREAT_INDICATORS, TRENDS
from inconcert.schema.located import PLACE_ACCOUNTS, PLACE_FAMILIES, PLACE_ITEMS, PLACES, PLACES_SET_ASIDE
from inconcert.schema.measured import (
    CONTROL_BALANCE,
    CONTROLS,
    INDICATOR_POINTS,
    INDICATOR_WITNESSES,
    INDICATORS,
    INDICATORS_NOT_RUN,
    STANDINGS,
)
from inconcert.schema.networked import (
    ACCOUNT_TESTS,
    CALIBRATION,
    EDGES,
    GROUPS,
    MEMBERS,
    PAIR_LAYERS,
    REFERENCE,
    SCORES,
    WITNESSES,
)
from inconcert.schema.pictured import FACES, MEDIA, PICTURE_TEXTS, PICTURES
from inconcert.schema.table import UTC_US, Column, Table

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        POSTS, POST_OBSERVATIONS, ACCOUNTS, CHANGES, ACTIONS, REJECTS, IMPORTS, NATIVE_NUMBERS, FILL_RATES, MEDIA, PICTURES, PICTURE_TEXTS, FACES, COPY_CLUSTERS, COPIES, LANGUAGES,
        REWRITES, TEMPLATES, PICTURE_CLUSTERS, PICTURE_COPIES, NEAR_ACTIONS, NEAR_ACTIONS_CONTROL, PAIR_LAYERS, EDGES, WITNESSES, ACCOUNT_TESTS, GROUPS, MEMBERS,
        SCORES, CALIBRATION, REFERENCE,
        ACCOUNT_LANGUAGES, GROUP_LANGUAGES, LANGUAGE_SWITCHES, CROSS_LANGUAGE, GROUP_AVATARS,
        LISTS, TERMS, EVENTS, STORYLINES, FOLLOWS, DOCUMENTS, THREAT_INDICATORS, TRENDS, POST_MEDIA, CONTROLS, CONTROL_BALANCE, INDICATORS, INDICATORS_NOT_RUN, INDICATOR_POINTS, INDICATOR_WITNESSES, STANDINGS,
        JUDGEMENTS, JUDGED_GROUPS, JUDGED_MEMBERS, SETS, NOTES,
        LINKS, LINK_ITEMS,
        PLACES, PLACE_ITEMS, PLACE_FAMILIES, PLACE_ACCOUNTS, PLACES_SET_ASIDE,
    )
}  # fmt: skip


def table(name: str) -> Table:
    """The table of that name; UnknownName otherwise."""
    if name not in TABLES:
        raise UnknownName("table", name, TABLES)
    return TABLES[name]


__all__ = [
    "ACCOUNTS",
    "ACCOUNT_LANGUAGES",
    "ACCOUNT_TESTS",
    "ACTIONS",
    "CALIBRATION",
    "CHANGES",
    "CHANGE_KINDS",
    "CONTROLS",
    "CONTROL_BALANCE",
    "COPIES",
    "COPY_CLUSTERS",
    "CROSS_LANGUAGE",
    "DOCUMENTS",
    "EDGES",
    "EVENTS",
    "FACES",
    "FILL_RATES",
    "FOLLOWS",
    "GROUPS",
    "GROUP_AVATARS",
    "GROUP_LANGUAGES",
    "IMPORTS",
    "INDICATORS",
    "INDICATORS_NOT_RUN",
    "INDICATOR_POINTS",
    "INDICATOR_WITNESSES",
    "JUDGED_GROUPS",
    "JUDGED_MEMBERS",
    "JUDGEMENTS",
    "KINDS",
    "LANGUAGES",
    "LANGUAGE_SWITCHES",
    "LINKS",
    "LINK_ITEMS",
    "LISTS",
    "MEDIA",
    "MEMBERS",
    "NATIVE_NUMBERS",
    "NEAR",
    "NEAR_ACTIONS",
    "NEAR_ACTIONS_CONTROL",
    "NOTES",
    "PAIR_LAYERS",
    "PICTURES",
    "PICTURE_CLUSTERS",
    "PICTURE_COPIES",
    "PICTURE_TEXTS",
    "PLACES",
    "PLACES_SET_ASIDE",
    "PLACE_ACCOUNTS",
    "PLACE_FAMILIES",
    "PLACE_ITEMS",
    "POSTS",
    "POST_MEDIA",
    "POST_OBSERVATIONS",
    "REFERENCE",
    "REJECTS",
    "REWRITES",
    "SCORES",
    "SETS",
    "STANDINGS",
    "STORYLINES",
    "TABLES",
    "TEMPLATES",
    "TERMS",
    "THREAT_INDICATORS",
    "TRENDS",
    "UTC_US",
    "WINDOWS_US",
    "WITNESSES",
    "Column",
    "Table",
    "table",
]
