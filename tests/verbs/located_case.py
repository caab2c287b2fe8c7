"""A case with a group at L3 whose accounts show where they are, made by hand; and one below it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inconcert.case import Case, create_case, open_case, write_parquet

from .conftest import NOW, edge, record, rows

IMPORT = "0123456789abcdef"
HOSTILE = '\u202e<script>alert(1)</script>\x07"&=1+1 https://evil.example'
GROUP, BELOW = "G1", "G2"
MEMBERS = [f"a{n}" for n in range(14)]
OTHERS = [f"b{n}" for n in range(6)]
LABELS: dict[str, Sequence[str]] = {
    **{one: ["江苏", "IP属地:江苏"] for one in MEMBERS[:8]},
    **{one: ["中国香港"] for one in MEMBERS[8:11]},
    "a11": ["江苏", "中国香港"],
    "a12": [HOSTILE],
    **{one: ["United States"] for one in OTHERS},
}
"""Account -> region labels of its posts; a13 shows none."""
CHECK_INS = {"a0": "盐城", "a1": "Yancheng, Jiangsu"}


def reading(measure: str, indicator: str = "working-hours", group: str = GROUP, **values: Any) -> dict[str, Any]:
    return {
        "indicator": indicator, "measure": measure, "family": "place", "subject": "group", "subject_id": group, "group_id": group,
        "state": "described", "n": 400, "unit": "posts", "scale": "hours from UTC", "says": f"{measure} was measured.", **values,
    }  # fmt: skip


HOURS = reading(
    "offset", value=8.0, low=7.0, high=9.0, says="Its hours fit a day at UTC+8:00 best (95% set UTC+7:00 to UTC+9:00)."
)
CALENDAR = (
    reading(
        "holidays-cn",
        "work-calendar",
        value=0.2,
        lr=10.0,
        lr_low=6.0,
        lr_high=10.0,
        says="On 18 weekdays off in China it posts 0.20 times as much as on ordinary weekdays.",
    ),
    reading("holidays-sg", "work-calendar", value=1.1, lr=0.5, lr_low=0.3, lr_high=0.9),
)


def posts() -> list[dict[str, Any]]:
    made = []
    for account in (*MEMBERS, *OTHERS):
        for n, label in enumerate(LABELS.get(account, [None])):
            made.append(
                {
                    "post_id": f"p-{account}-{n}", "account_id": account, "text": "harbour news", "import_id": IMPORT, "row_ref": len(made) + 1,
                    "platform": "x", "kind": "post", "ip_region": label, "place": CHECK_INS.get(account) if n == 0 else None, "language": "zh",
                }
            )  # fmt: skip
    return made


def accounts() -> list[dict[str, Any]]:
    return [
        {
            "account_id": account, "platform": "x", "handle": account, "import_id": IMPORT, "row_ref": n, "language": "zh-cn",
            "location": "Paris" if account == "a0" else HOSTILE if account == "a1" else None,
        }
        for n, account in enumerate((*MEMBERS, *OTHERS), start=1)
    ]  # fmt: skip


def measured(
    case: Case, level: str = "L3", readings: Sequence[dict[str, Any]] = (HOURS, *CALENDAR), version: str = "1"
) -> None:
    """A run of indicators that brings G1 to that level."""
    standings = [
        {"group_id": GROUP, "level": level, "families": "[]", "why_not_higher": "needs 2 of 4 independent kinds of evidence"},
        {"group_id": BELOW, "level": "L2", "families": "[]", "why_not_higher": "needs 2 of 4 independent kinds of evidence"},
    ]  # fmt: skip
    numbered = [{**one, "reading": n} for n, one in enumerate(readings, start=1)]
    tables = {"indicators": rows("indicators", *numbered), "standings": rows("standings", *standings)}
    clustered = case.run("cluster")
    assert clustered is not None
    record(case, "indicators", [clustered.id], tables, version)


def made_located(path: Path, **tables: list[dict[str, Any]]) -> Case:
    """The case.   tables: posts and accounts other than those above."""
    create_case(path, now=NOW)
    case = open_case(path, clock=lambda: NOW)
    with case.writing("data", IMPORT) as folder:
        write_parquet(rows("imports", {"import_id": IMPORT, "role": "case"}), folder / "imports.parquet")
        write_parquet(rows("posts", *tables.get("posts", posts())), folder / "posts.parquet")
        write_parquet(rows("accounts", *tables.get("accounts", accounts())), folder / "accounts.parquet")
    detected = record(case, "detect", [IMPORT], {"edges": rows("edges", edge("a0", "a1", 0.0, "L1"))})
    groups = {GROUP: MEMBERS, BELOW: OTHERS}
    found = {
        "groups": rows("groups", *({"group_id": id, "level": "L2", "size": len(its), "q_value": 0.001, "innocent": "[]", "why_not_higher": "x"} for id, its in groups.items())),
        "members": rows("members", *({"group_id": id, "account_id": one} for id, its in groups.items() for one in its)),
        "scores": rows("scores", *({"account_id": one, "platform": "x", "group_id": id, "level": "L2", "score": 2.0, "q": 0.01} for id, its in groups.items() for one in its)),
    }  # fmt: skip
    record(case, "cluster", [IMPORT, detected.id], found)
    measured(case)
    return case
