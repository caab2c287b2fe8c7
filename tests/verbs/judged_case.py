"""A case with two groups, one candidate and posts, whose runs are made by hand, for tests of what people decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inconcert.case import Case, Run, create_case, open_case, write_parquet

from .conftest import NOW, edge, record, rows

IMPORT = "0123456789abcdef"
GROUPS = {"G1": [f"a{n}" for n in range(10)], "G2": [f"b{n}" for n in range(5)], "G3": ["c0", "c1", "c2"]}
LEVELS = {"G1": "L2", "G2": "L1", "G3": "L0"}
OTHERS = ["d0", "=d1"]


def made_case(path: Path) -> Case:
    """The case, with a detect and a cluster run."""
    create_case(path, now=NOW)
    case = open_case(path, clock=lambda: NOW)
    accounts = [*(one for its in GROUPS.values() for one in its), *OTHERS]
    with case.writing("data", IMPORT) as folder:
        write_parquet(rows("imports", {"import_id": IMPORT, "role": "case"}), folder / "imports.parquet")
        posts = [
            {"post_id": f"p{n}", "text": f"harbour news by {one}", "account_id": one, "import_id": IMPORT, "row_ref": n,
             "platform": "x", "kind": "post"}
            for n, one in enumerate(accounts, start=1)
        ]  # fmt: skip
        write_parquet(rows("posts", *posts), folder / "posts.parquet")
        described = [
            {"account_id": one, "handle": f"Handle_{one}", "platform": "x", "import_id": IMPORT, "row_ref": n}
            for n, one in enumerate(accounts, start=1)
        ]
        write_parquet(rows("accounts", *described), folder / "accounts.parquet")
    detected = record(case, "detect", [IMPORT], {"edges": rows("edges", edge("a0", "a1", 0.0, "L1"))})
    clustered(case, detected, GROUPS)
    return case


def clustered(case: Case, detected: Run, groups: Mapping[str, Sequence[str]], version: str = "1") -> Run:
    """A cluster run that found those groups."""
    scores: list[dict[str, Any]] = [
        {"account_id": one, "platform": "x", "group_id": id, "level": LEVELS.get(id, "L1"), "score": 2.0, "q": 0.01}
        for id, its in groups.items()
        for one in its
    ]
    grouped = {row["account_id"] for row in scores}
    everybody = [*(one for its in GROUPS.values() for one in its), *OTHERS]
    scores += [
        {"account_id": one, "platform": "x", "level": "L0", "score": 1.0} for one in everybody if one not in grouped
    ]
    tables = {
        "groups": rows(
            "groups",
            *(
                {"group_id": id, "level": LEVELS.get(id, "L1"), "size": len(its), "q_value": 0.001}
                for id, its in groups.items()
            ),
        ),
        "members": rows("members", *({"group_id": id, "account_id": one} for id, its in groups.items() for one in its)),
        "scores": rows("scores", *scores),
    }
    return record(case, "cluster", [IMPORT, detected.id], tables, version)
