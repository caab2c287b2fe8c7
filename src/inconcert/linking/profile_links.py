"""What profiles link to: pages and sites in the field for a link, and in what an account says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from inconcert.linking.material import USES
from inconcert.normalise import in_text
from inconcert.normalise.urls import link

LINKS_AT_MOST = 20
"""Of one profile; what lists more is a directory."""

PROFILES = """
SELECT DISTINCT account_id, platform, bio, link_url FROM accounts SEMI JOIN sides USING (account_id)
WHERE link_url <> '' OR bio LIKE '%/%' OR bio LIKE '%www.%'
ORDER BY account_id, platform, bio, link_url"""
"""Profiles that may hold a link, from a table `accounts`; every one that an account was ever seen with."""


def profile_links(profiles: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows of USES, without a post: the canonical page, the host and the domain of every link of these profiles."""
    found: dict[tuple[str, str, str, str | None], None] = {}
    for one in profiles:
        written = [one["link_url"]] if one["link_url"] else []
        written += in_text.links(one["bio"]).items if one["bio"] else []
        for raw in written[:LINKS_AT_MOST]:
            its = link(raw)
            if its.url is None or "://" not in its.url:
                continue
            host = its.url.partition("://")[2].partition("/")[0].partition(":")[0]
            for kind, value in (("url", its.url), ("host", host), ("domain", its.domain)):
                if value:
                    found[one["account_id"], kind, value, one["platform"]] = None
    rows = [
        {"account_id": account, "kind": kind, "value": value, "platform": platform}
        for account, kind, value, platform in found
    ]
    return pa.Table.from_pylist(rows, schema=USES.arrow)
