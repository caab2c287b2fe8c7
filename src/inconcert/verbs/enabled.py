"""What files that fill certain fields are good for: the actions that can be compared, the measures that can be taken."""

from __future__ import annotations

import pyarrow as pa

from inconcert import schema
from inconcert.indicators.catalogue import INDICATORS
from inconcert.normalise.records import Normalised, normalise

BESIDE = ("lists", "events", "storylines", "follows", "portraits")
"""Tables of facts that no export of posts fills: they come by `add`, or from pictures that lie beside the posts."""
_FROM_ANALYSIS = ("members", "controls")
"""Tables of facts that every case has once groups were found in it."""
_RENAMED = {"posts.created_at": "posts.time_us", "accounts.created_at": "accounts.created_us"}
"""Columns of imports that facts call otherwise."""
_CLOCK = "posts.clock"

_VALUES: dict[str, str] = {
    "account_created_at": "2019-05-01T10:11:12Z",
    "created_at": "2024-05-01T10:11:12Z",
    "edited_at": "2024-05-01T10:11:13Z",
    "observed_at": "2024-05-02T10:11:12Z",
    "platform": "x",
    "text": "a post with a #first #second #third tag, @somebody, and https://example.org/page for all to see",
    "urls": "https://example.org/page",
    "domains": "example.org",
    "hashtags": "first second third",
    "mentions": "somebody",
    "media": "picture-1",
    "is_share": "true",
    "verified": "true",
    "declared_bot": "true",
    "deleted": "true",
}
"""A value of each field that is more than an id or a number."""
_POINTING = (("shared_id", "shared_account", "is_share"), ("reply_to_id", "reply_to_account"), ("quoted_id",))
"""Fields that make a record a share, a reply, or a quote."""


def kinds(given: frozenset[str]) -> tuple[str, ...]:
    """The kinds of action that come of records with all of these fields, in the order of KINDS."""
    found = set(_records(given).actions["kind"].to_pylist())
    return tuple(kind for kind in schema.KINDS if schema.NEAR.get(kind, kind) in found)


def held(given: frozenset[str]) -> frozenset[str]:
    """What facts then hold something in, in the words of `Indicator.needs`."""
    made = _records(given)
    found: set[str] = set()
    for name, rows in (("posts", made.posts), ("accounts", made.accounts), ("actions", made.actions)):
        if len(rows):
            columns = {f"{name}.{column}" for column in rows.column_names if rows[column].null_count < len(rows)}
            found |= {name, *(_RENAMED.get(column, column) for column in columns)}
    return frozenset(found | ({_CLOCK} if "posts.time_us" in found else set()))


def indicators(facts: frozenset[str]) -> dict[str, str]:
    """Indicators of which the file fills at least one need and nothing else fails, each with what must be given beside."""
    found: dict[str, str] = {}
    for indicator in INDICATORS.values():
        beside: list[str] = []
        own = missing = 0
        for need in indicator.needs:
            alternatives = need.split("|")
            tables = {one.split(".")[0] for one in alternatives}
            if facts & set(alternatives):
                own += 1
            elif tables & set(BESIDE):
                beside += sorted(tables & set(BESIDE))
            elif not tables & set(_FROM_ANALYSIS):
                missing += 1
        if own and not missing:
            found[indicator.name] = ", ".join(dict.fromkeys(beside))
    return found


def _records(given: frozenset[str]) -> Normalised:
    """Records with all of these fields as a case would have them: a post, a share, a reply, a quote."""
    pointing = {field for fields in _POINTING for field in fields}
    rows = [
        {
            field: _VALUES.get(field, f"9{number}" if field in pointing else f"{number}")
            for field in given
            if field not in pointing or field in own
        }
        for number, own in enumerate(((), *_POINTING), 1)
    ]
    columns = {field: pa.array([row.get(field) for row in rows], pa.string()) for field in sorted(given)}
    table = pa.table({**columns, "row_ref": pa.array(range(1, len(rows) + 1), pa.int64())})
    return normalise(table, import_id="sources", file="sources", platform="x")
