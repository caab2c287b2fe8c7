"""A crowd and a group made by hand, and indicators published of nobody real."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from inconcert.catalogue.indicator import Indicator
from inconcert.engine.duckdb import DuckDB
from inconcert.linking.compare import Compared, compare
from inconcert.linking.material import RECORDS, SIDES, USES, WORDINGS, open_material
from inconcert.linking.published import published

Shown = Sequence[tuple[str, str]]
"""(kind, value) of things; each stands in a post of its own."""


def indicator(
    kind: str, value: str, *, operation: str = "night", platform: str | None = None, **more: Any
) -> Indicator:
    given = {
        "written": value,
        "source": "a report",
        "sha256": "ab" * 32,
        "row": 1,
        "comment": None,
        "listed": "2022-01-01",
        "unlisted": None,
    }
    return Indicator(operation=operation, kind=kind, value=value, platform=platform, **(given | more))


def compared(
    library: Sequence[Indicator],
    group: Shown,
    *,
    control: Shown = (),
    members: int = 10,
    carriers: int | None = None,
    ordinary: int = 1000,
    users: int | None = None,
    profiles: Mapping[str, str] | None = None,
    extra: Sequence[dict[str, Any]] = (),
    wordings: Sequence[dict[str, str]] = (),
    reports: Sequence[Indicator] = (),
    groups: int = 1,
    volume: Sequence[dict[str, Any]] = (),
) -> Compared:
    """A group of `members`, the first `carriers` of which show each thing of `group`, among `ordinary` accounts, the first `users` of
    which show each thing of `control`. groups: of the case. volume: rows in place of five posts an account. profiles: account -> handle. extra: further rows of USES."""
    rows: list[dict[str, Any]] = []
    for names, shown in (([f"g{i}" for i in range(members if carriers is None else carriers)], group),
                         ([f"c{i}" for i in range(ordinary if users is None else users)], control)):  # fmt: skip
        rows += [use(name, kind, value, f"{name}:{kind}:{value}") for name in names for kind, value in shown]
    rows += [use(account, "handle", handle, None) for account, handle in (profiles or {}).items()]
    sides = [{"account_id": f"g{i}", "group_id": "G1"} for i in range(members)]
    sides += [{"account_id": f"c{i}", "group_id": None} for i in range(ordinary)]
    engine = DuckDB(threads=1)
    try:
        engine.attach("uses", pa.Table.from_pylist([*rows, *extra], schema=USES.arrow))
        engine.attach("sides", pa.Table.from_pylist(sides, schema=SIDES.arrow))
        engine.attach("records", RECORDS.empty())
        posted = list(volume) or [{"account_id": side["account_id"], "n_posts": 5} for side in sides]
        material = open_material(
            engine, pa.Table.from_pylist(posted), None, pa.Table.from_pylist(list(wordings), schema=WORDINGS.arrow)
        )
        return compare(material, published(library), {"G1": "L2"}, reports, groups)
    finally:
        engine.close()


def use(
    account: str, kind: str, value: str, post: str | None, platform: str = "twitter", time_us: int = 0
) -> dict[str, Any]:
    return {
        "account_id": account,
        "kind": kind,
        "value": value,
        "platform": platform,
        "post_id": post,
        "time_us": time_us if post else None,
    }


def verdicts(found: Compared) -> dict[str, str]:
    """{operation: verdict}."""
    return {row["operation"]: row["verdict"] for row in found.links.to_pylist()}


def hows(found: Compared) -> set[tuple[str, str]]:
    """{(value of the case, how it matches)}."""
    return {(row["value"], row["how"]) for row in found.items.to_pylist()}
