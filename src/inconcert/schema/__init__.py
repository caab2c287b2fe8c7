"""Every table Inconcert writes: column, type, meaning. Docs, validation and empty tables come from here.

Ids are strings as the source gave them, never numbers; absent is NULL, never "", 0 or NaN. Times people read are
`timestamp[us, UTC]`; times that are computed with are int64 microseconds since 1970 (UTC), their columns end in `_us`.
"""

from __future__ import annotations

from inconcert.errors import UnknownName
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
from inconcert.schema.given import EVENTS, FOLLOWS, LISTS, STORYLINES
from inconcert.schema.imported import ACCOUNTS, ACTIONS, IMPORTS, POSTS, REJECTS
from inconcert.schema.kinds import KINDS, NEAR, WINDOWS_US
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
        POSTS, ACCOUNTS, ACTIONS, REJECTS, IMPORTS, MEDIA, PICTURES, PICTURE_TEXTS, FACES, COPY_CLUSTERS, COPIES, LANGUAGES,
        REWRITES, TEMPLATES, PICTURE_CLUSTERS, PICTURE_COPIES, NEAR_ACTIONS, NEAR_ACTIONS_CONTROL, PAIR_LAYERS, EDGES, WITNESSES, ACCOUNT_TESTS, GROUPS, MEMBERS,
        SCORES, CALIBRATION, REFERENCE,
        ACCOUNT_LANGUAGES, GROUP_LANGUAGES, LANGUAGE_SWITCHES, CROSS_LANGUAGE, GROUP_AVATARS,
        LISTS, EVENTS, STORYLINES, FOLLOWS, CONTROLS, CONTROL_BALANCE, INDICATORS, INDICATORS_NOT_RUN, INDICATOR_POINTS, INDICATOR_WITNESSES, STANDINGS,
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
    "CONTROLS",
    "CONTROL_BALANCE",
    "COPIES",
    "COPY_CLUSTERS",
    "CROSS_LANGUAGE",
    "EDGES",
    "EVENTS",
    "FACES",
    "FOLLOWS",
    "GROUPS",
    "GROUP_AVATARS",
    "GROUP_LANGUAGES",
    "IMPORTS",
    "INDICATORS",
    "INDICATORS_NOT_RUN",
    "INDICATOR_POINTS",
    "INDICATOR_WITNESSES",
    "KINDS",
    "LANGUAGES",
    "LANGUAGE_SWITCHES",
    "LISTS",
    "MEDIA",
    "MEMBERS",
    "NEAR",
    "NEAR_ACTIONS",
    "NEAR_ACTIONS_CONTROL",
    "PAIR_LAYERS",
    "PICTURES",
    "PICTURE_CLUSTERS",
    "PICTURE_COPIES",
    "PICTURE_TEXTS",
    "POSTS",
    "REFERENCE",
    "REJECTS",
    "REWRITES",
    "SCORES",
    "STANDINGS",
    "STORYLINES",
    "TABLES",
    "TEMPLATES",
    "UTC_US",
    "WINDOWS_US",
    "WITNESSES",
    "Column",
    "Table",
    "table",
]
