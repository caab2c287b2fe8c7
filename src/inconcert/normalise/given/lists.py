"""Lists of accounts somebody vouches for: state media, protected names, suspected sets."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.normalise.given.events import as_table, read_span
from inconcert.normalise.given.sheet import ZONE, GivenSheet, ReadRows, Unread, cell, rows_of

ROLES: dict[str, str] = {
    "overt": "official and state media accounts",
    "independent": "independent media, the control of the former",
    "protected": "whom others may imitate",
    "suspected": "a set to be measured as if it were a group",
    "ordinary": "accounts that groups are to be compared with",
    "interest": "whom accounts of one kind follow",
}
_PLAIN = ("account_id", "platform", "display_name", "bio", "source")


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    role = pc.utf8_lower(cell(fields, "role", constants))
    columns = {name: cell(fields, name, constants) for name in _PLAIN}
    handle = pc.utf8_ltrim(cell(fields, "handle", constants), "@＠")
    named = pc.or_(columns["account_id"].is_valid(), pc.fill_null(pc.not_equal(handle, ""), False))
    # a protected name may have no account of its own
    named = pc.or_(named, pc.and_(columns["display_name"].is_valid(), pc.fill_null(pc.equal(role, "protected"), False)))
    known = pc.fill_null(pc.is_in(role, value_set=pa.array(list(ROLES))), False)
    unread = []
    for row_ref, value, has_role, has_name in zip(
        fields["row_ref"].to_pylist(), role.to_pylist(), known.to_pylist(), named.to_pylist(), strict=True
    ):
        if not has_role:
            unread.append(
                Unread(row_ref, "role", value, f"no role; one of {', '.join(ROLES)}, in the file or by --role", True)
            )
        elif not has_name:
            unread.append(Unread(row_ref, "account_id", None, "neither an account id nor a handle", True))
    kept = pc.and_(known, named)
    listed = pc.fill_null(cell(fields, "list", constants), role)
    table = rows_of(
        "lists",
        {**columns, "list": pc.coalesce(listed, pa.scalar("")), "role": pc.coalesce(role, pa.scalar("")),
         "handle": pc.if_else(pc.equal(handle, ""), pa.scalar(None, pa.string()), handle), "row_ref": fields["row_ref"].combine_chunks()},
    )  # fmt: skip
    terms, undated = _terms(fields.filter(kept), constants)
    return ReadRows({"lists": table.filter(kept), **terms}, (*unread, *undated))


def _terms(fields: pa.Table, constants: Mapping[str, str]) -> tuple[dict[str, pa.Table], list[Unread]]:
    """The table `terms` of the rows that say one, none where none does; dates that cannot be read, and terms that end before they begin."""
    written = [cell(fields, name, constants).to_pylist() for name in ("since", "until")]
    rows, unread = [], []
    for row_ref, since, until in zip(fields["row_ref"].to_pylist(), *written, strict=True):
        ends: list[int | None] = []
        for name, value, end in (("since", since, 0), ("until", until, 1)):
            read = read_span(value, constants.get(ZONE)) if value else None
            if isinstance(read, str):
                unread.append(Unread(row_ref, name, value, read, False))
            ends.append((read[0], read[1])[end] if isinstance(read, tuple) else None)
        first, last = ends
        if first is not None and last is not None and first >= last:
            unread.append(Unread(row_ref, "until", until, "the term ends before it begins", False))
        elif first is not None or last is not None:
            rows.append({"since_us": first, "until_us": last, "row_ref": row_ref})
    return ({"terms": as_table("terms", rows)} if rows else {}), unread


LISTS = GivenSheet(
    "lists",
    {
        "list": ("list", "list_name", "category"),
        "role": ("role",),
        "account_id": ("account_id", "user_id", "userid", "id", "author_id"),
        "handle": ("handle", "screen_name", "username", "user_screen_name", "account", "name"),
        "platform": ("platform",),
        "display_name": ("display_name", "user_display_name", "title", "full_name"),
        "bio": ("bio", "description", "profile"),
        "source": ("source", "reference", "evidence"),
        "since": ("since", "from", "valid_from", "start"),
        "until": ("until", "to", "valid_until", "end"),
    },
    (("account_id", "handle", "display_name"),),
    _read,
)
