"""The platform of each record: as the source names it, else as the user does, else as the account's id shows."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

PREFIXES: dict[str, str] = {
    "fb": "facebook", "ig": "instagram", "tg": "telegram", "tt": "tiktok", "tw": "twitter", "vk": "vk", "yt": "youtube",
}  # fmt: skip
"""Beginnings of ids such as fb_12670, as data sets of several platforms write them. The rest must be a number."""

UNKNOWN = "unknown"

_PREFIXED = rf"^({'|'.join(PREFIXES)})_\d+$"


def platforms(named: pa.Array, account_id: pa.Array, platform: str | None) -> pa.Array:
    """One platform per record, never NULL: `named`, else `platform`, else by the prefix of account_id, else "unknown"."""
    if platform is not None:
        return pc.fill_null(named, platform)
    prefixed = pc.fill_null(pc.match_substring_regex(account_id, _PREFIXED), False)
    prefix = pc.index_in(pc.utf8_slice_codeunits(account_id, 0, 2), value_set=pa.array(list(PREFIXES)))
    shown = pc.if_else(prefixed, pa.array(list(PREFIXES.values())).take(prefix), pa.scalar(None, pa.string()))
    return pc.fill_null(pc.coalesce(named, shown), UNKNOWN)
