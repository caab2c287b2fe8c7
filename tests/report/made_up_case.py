"""Cases with made-up tables, as the rooms before the report would leave them; nobody in them exists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, create_case, write_parquet

NOW = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
START_US = round(datetime(2024, 3, 4, tzinfo=UTC).timestamp()) * 1_000_000
DAY_US, MINUTE_US = 86_400_000_000, 60_000_000
DAYS = 45

OPERATION_TEXTS = (
    "The harbour expansion brings 4,000 jobs to the region. Why do the loud few want us to stay poor?",
    "港口扩建将给当地带来四千个就业机会，为什么总有人唱反调？看看事实再说话。",
    "توسعة الميناء توفر آلاف الوظائف، فلماذا يعارضها بعض الناس؟ اقرأوا الحقائق أولا.",
    "Расширение порта даст региону четыре тысячи рабочих мест. Кому выгодно молчать об этом?",
    "Read this before you believe the protesters: https://harbour-facts.example/truth?id=7 #HarbourJobs",
    "बंदरगाह के विस्तार से चार हज़ार नौकरियाँ आएँगी। विरोध करने वाले सच क्यों नहीं बताते?",
    "Funny how the 'environmentalists' never mention who pays them. @maria_harbour do you know? #HarbourJobs",
    "می‌خواهم بدانم چرا هیچ‌کس از چهار هزار شغل حرف نمی‌زند؟",
)
FAN_TEXTS = (
    "New single out now!!! 💜💜 Stream it here: https://music.example/lumen #LUMENcomeback",
    "LUMEN best group, vote now 👩‍🎤✨",
)
CROWD_TEXTS = (
    "Traffic at the harbour bridge again…",
    "Anyone else hear the ferry horn?",
    "Good morning from the pier",
    "Council meets tonight",
)


@dataclass
class Tables:
    """Rows of every table, to be altered before the case is written."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    account_tests: list[dict[str, Any]] = field(default_factory=list)
    reference: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    scores: list[dict[str, Any]] = field(default_factory=list)
    witnesses: list[dict[str, Any]] = field(default_factory=list)
    calibration: list[dict[str, Any]] = field(default_factory=list)
    copies: dict[str, list[dict[str, Any]]] | None = None
    describe: dict[str, list[dict[str, Any]]] | None = None
    indicators: dict[str, list[dict[str, Any]]] | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)
    picture_texts: list[dict[str, Any]] = field(default_factory=list)


def write(path: Path, tables: Tables, *, title: str = "Harbour expansion, March and April 2024") -> Case:
    """A case folder with these tables: one import, a detect run and a cluster run; copies, describe, indicators and events where
    they are given."""
    create_case(path, title=title, now=NOW)
    case = Case(path, lambda: NOW)
    for i, content in enumerate(tables.files):
        file = path.parent / f"picture-{i}"
        file.write_bytes(content)
        case.store_original(file)
    n = len(tables.posts)
    imports = {
        "import_id": "0123456789abcdef",
        "file": "harbour.csv",
        "sha256": "ab" * 32,
        "importer": "table",
        "importer_version": "1",
        "encoding": "utf-8",
        "mapping": json.dumps({"created_at": "Zeit", "text": "Inhalt", "account_id": "account_id"}),
        "rows_read": n + len(tables.rejects) + 3,
        "rows_kept": n,
        "rows_rejected": len(tables.rejects),
        "rows_duplicate": 3,
        "precision": "s",
        "role": "case",
    }
    with case.writing("data", imports["import_id"]) as folder:
        data = {
            "posts": tables.posts,
            "accounts": tables.accounts,
            "actions": tables.actions,
            "rejects": tables.rejects,
        }
        if tables.media:
            data |= {"media": tables.media, "picture_texts": tables.picture_texts}
        for name, rows in {**data, "imports": [imports]}.items():
            write_parquet(as_table(name, rows), folder / f"{name}.parquet")
    import_id = str(imports["import_id"])
    copies = optional_run(case, "copies", [import_id], tables.copies)
    detect = case.record_run(
        "detect",
        parameters={
            "alpha": 0.01,
            "kinds": ["text", "url", "hashtag"],
            "windows_s": [10, 60, 600, 3600, 21600],
            "seed": 7,
        },
        inputs=[import_id, *copies],
        versions={"inconcert": "0.1.0", "numpy": np.__version__, "pyarrow": pa.__version__},
        seed=7,
        engine="kernels",
        tables={name: as_table(name, getattr(tables, name)) for name in ("edges",)}
        | {"pair_layers": schema.PAIR_LAYERS.empty()},
        counts={"pairs compared": 37_950, "edges": len(tables.edges)},
        duration_s=12.5,
    )
    cluster = case.record_run(
        "cluster",
        parameters={"alpha": 0.01, "copies": len(tables.calibration) - 1, "permutations": 999, "seed": 7},
        inputs=[detect.id],
        versions={"inconcert": "0.1.0", "networkit": "11.2.2"},
        seed=7,
        engine="kernels",
        tables={
            name: as_table(name, getattr(tables, name))
            for name in ("groups", "members", "scores", "account_tests", "witnesses", "reference", "calibration")
        },
        counts={"candidates": len(tables.groups) + 4, "groups": len(tables.groups)},
        duration_s=48.0,
    )
    optional_run(case, "describe", [import_id, cluster.id], tables.describe)
    optional_run(case, "indicators", [import_id, cluster.id], tables.indicators)
    if tables.events:
        with case.writing("data", "0e0e0e0e0e0e0e0e") as folder:
            given = {**imports, "import_id": "0e0e0e0e0e0e0e0e", "file": "events.csv", "role": "given"}
            for name, rows in {"events": tables.events, "imports": [given]}.items():
                write_parquet(as_table(name, rows), folder / f"{name}.parquet")
    return case


def optional_run(
    case: Case, verb: str, inputs: Sequence[str], tables: Mapping[str, Sequence[Mapping[str, Any]]] | None
) -> list[str]:
    """Record a run with these tables, unless there are none; its id."""
    if tables is None:
        return []
    run = case.record_run(
        verb,
        parameters={"seed": 1, "alpha": 0.01},
        inputs=inputs,
        versions={"inconcert": "0.1.0"},
        seed=1,
        engine="duckdb",
        tables={name: as_table(name, rows) for name, rows in tables.items()},
        counts={name: len(rows) for name, rows in tables.items()},
        duration_s=1.0,
    )
    return [run.id]


def as_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table of the schema; columns a row leaves out are NULL."""
    arrow = schema.table(name).arrow
    return pa.Table.from_pylist([{column: row.get(column) for column in arrow.names} for row in rows], schema=arrow)


def post(tables: Tables, account: str, time_us: int | None, text: str | None, **more: Any) -> str:
    """Add a post; its id."""
    post_id = f"p{len(tables.posts) + 1:05}"
    tables.posts.append(
        {
            "post_id": post_id,
            "account_id": account,
            "platform": "exampletown",
            "kind": "post",
            "text": text,
            "created_at": time_us,
            "created_precision": "s" if time_us is not None else None,
            "client": "Web",
            "import_id": "0123456789abcdef",
            "row_ref": len(tables.posts) + 1,
            **more,
        }
    )
    return post_id


def act(tables: Tables, account: str, kind: str, object_id: str, post_id: str, time_us: int | None) -> None:
    """Add an action."""
    tables.actions.append(
        {
            "account_id": account,
            "kind": kind,
            "object_id": object_id,
            "post_id": post_id,
            "platform": "exampletown",
            "time_us": time_us,
        }
    )


def crowd(rng: np.random.Generator, tables: Tables, n: int = 180) -> None:
    """Ordinary accounts, awake by day, some posting much more than others."""
    for i in range(n):
        account = f"u{10_000 + i}"
        tables.accounts.append(
            {
                "account_id": account,
                "platform": "exampletown",
                "handle": f"neighbour_{i}",
                "import_id": "0123456789abcdef",
                "row_ref": i + 1,
            }
        )
        for _ in range(min(60, 1 + int(rng.pareto(1.3) * 3))):
            time_us = START_US + int(rng.integers(DAYS)) * DAY_US + int(rng.normal(16, 3.5) * 60 % 1440) * MINUTE_US
            time_us += int(rng.integers(60)) * 1_000_000
            post(tables, account, time_us, CROWD_TEXTS[int(rng.integers(4))], language="en")


def circle(
    rng: np.random.Generator,
    tables: Tables,
    id: str,
    size: int,
    objects: int,
    *,
    texts: Sequence[str],
    hour: float,
    prefix: str,
    jitter_s: float = 25.0,
    client: str = "Web",
    kinds: Sequence[str] = ("text",),
) -> list[str]:
    """Accounts that post the same things at nearly the same time: posts, actions, members, witnesses and edges."""
    accounts = [f"{prefix}{200 + i}" for i in range(size)]
    for i, account in enumerate(accounts):
        tables.accounts.append(
            {
                "account_id": account,
                "platform": "exampletown",
                "handle": f"{prefix}_handle_{i}",
                "import_id": "0123456789abcdef",
                "row_ref": 9_000 + len(tables.accounts),
            }
        )
    together: dict[tuple[str, str], int] = {}
    for o in range(objects):
        text = texts[o % len(texts)] + (f" {o // len(texts)}" if o >= len(texts) else "")
        kind = kinds[o % len(kinds)]
        object_id = {"text": f"{o:032x}", "url": f"https://harbour-facts.example/story/{o}", "hashtag": "harbourjobs"}[
            kind
        ]
        day = int(rng.integers(0, DAYS))
        day -= max(0, (day % 7) - 4)
        begin = START_US + max(day, 0) * DAY_US + int(rng.normal(hour, 1.6) * 60) * MINUTE_US
        who = sorted(rng.choice(size, size=min(size, int(rng.integers(2, 6))), replace=False))
        placed = []
        for j in who:
            time_us = begin + int(rng.exponential(jitter_s) * 1e6)
            post_id = post(tables, accounts[j], time_us, text, client=client, language=None)
            act(tables, accounts[j], kind, object_id, post_id, time_us)
            placed.append((accounts[j], post_id, time_us))
        for a, (source, source_post, source_time) in enumerate(placed):
            for target, target_post, target_time in placed[a + 1 :]:
                together[source, target] = together.get((source, target), 0) + 1
                tables.witnesses.append(
                    {
                        "group_id": id,
                        "source": source,
                        "target": target,
                        "kind": kind,
                        "object_id": object_id,
                        "source_post_id": source_post,
                        "target_post_id": target_post,
                        "gap_us": abs(source_time - target_time),
                        "popularity": len(placed) + int(o % 9 == 4),
                        "chance": float(10 ** -rng.uniform(2.2, 5.5)),
                    }
                )
    partners = {a: len({p for pair in together if a in pair for p in pair} - {a}) for a in accounts}
    for i, account in enumerate(accounts):
        angle, radius = 2 * np.pi * i / size, 1 / (1 + 0.2 * partners[account]) + rng.uniform(0, 0.35)
        tables.members.append(
            {
                "group_id": id,
                "account_id": account,
                "membership": float(rng.uniform(0.8, 1.0)),
                "n_partners": partners[account],
                "x": float(radius * np.cos(angle)),
                "y": float(0.8 * radius * np.sin(angle)),
            }
        )
    for (source, target), n in sorted(together.items()):
        if n >= 2:
            tables.edges.append(edge(source, target, n, kinds[0]))
    return accounts


def edge(source: str, target: str, n: int, kind: str, *, q: float = 2e-4) -> dict[str, Any]:
    """A pair that reached L1."""
    return {
        "source": source,
        "target": target,
        "p_value": q / 100,
        "q_value": q,
        "p_conditional": 1e-4,
        "q_conditional": 1e-3,
        "n_objects": n,
        "kind": kind,
        "window_us": 60_000_000,
        "overlap": 11.4,
        "synchrony": 0.91,
        "exclusivity": 0.8,
        "level": "L1",
    }


def group(id: str, level: str, tables: Tables, **more: Any) -> None:
    """A row of `groups` for the members of that id."""
    accounts = {m["account_id"] for m in tables.members if m["group_id"] == id}
    objects = {(w["kind"], w["object_id"]) for w in tables.witnesses if w["group_id"] == id}
    tables.groups.append(
        {
            "group_id": id,
            "level": level,
            "size": len(accounts),
            "q_value": 3.2e-11,
            "p_heldout": 4e-13,
            "p_permutation": 0.001,
            "p_conditional": 2e-8,
            "p_day_shift": 0.002,
            "stability": 0.93,
            "found_by": "components",
            "kind": "text",
            "window_us": 60_000_000,
            "popularity_cap": 5,
            "n_objects": len(objects),
            "n_posts": sum(p["account_id"] in accounts for p in tables.posts),
            "evidence_kinds": "text,url",
            "evidence_windows": "10000000,60000000,600000000",
            "overlap": 14.2,
            "synchrony": 0.93,
            "reference_rate": 0.22,
            "exclusivity": 0.88,
            "innocent": "[]",
            "why_not_higher": "needs at least two independent families of evidence on authenticity (creation and "
            "handles, avatars, automation or hand-off, repurposing, persona contradictions, impersonation), "
            "which co-action cannot give",
            **more,
        }
    )


def finish(tables: Tables, *, copies: int = 30) -> None:
    """The tables that follow from the others: scores, account tests, reference, calibration."""
    grouped = {m["account_id"]: m["group_id"] for m in reversed(tables.members)}
    level = {g["group_id"]: g["level"] for g in tables.groups}
    counts: dict[str, int] = {}
    for row in tables.posts:
        counts[row["account_id"]] = counts.get(row["account_id"], 0) + 1
    for i, (account, n) in enumerate(sorted(counts.items())):
        of = grouped.get(account)
        q = 1e-5 if level.get(of or "", "L0") == "L2" and i % 3 else 0.6
        tables.scores.append(
            {
                "account_id": account,
                "platform": "exampletown",
                "group_id": of,
                "level": level.get(of or "", "L0"),
                "q": q,
                "score": 20.0 if of else 0.1,
                "n_posts": n,
                "q_account": q,
            }
        )
        for window_us in schema.WINDOWS_US[:3]:
            tables.account_tests.append(
                {
                    "account_id": account,
                    "kind": "text",
                    "window_us": window_us,
                    "n_objects": n,
                    "hits": n if of else n // 5,
                    "expected": n * 0.24,
                    "p_value": 1e-6 if of else 0.4,
                }
            )
    for window_us, rate in zip(schema.WINDOWS_US[:3], (0.05, 0.22, 0.38), strict=True):
        for low, high in ((2, 2), (3, 5), (6, None)):
            tables.reference.append(
                {
                    "kind": "text",
                    "window_us": window_us,
                    "popularity_min": low,
                    "popularity_max": high,
                    "account_rate": min(1.0, rate * low / 2),
                    "pair_rate": rate / (low / 2),
                    "crowds": "web conference, school at home",
                    "actions": 1151,
                    "origin": "profiles",
                    "own_above": -0.4,
                }
            )
    confirmed = [g for g in tables.groups if g["level"] != "L0"]
    touched = {a for e in tables.edges for a in (e["source"], e["target"])}
    tables.calibration.append(
        {"copy": 0, "edges": len(tables.edges), "accounts": len(touched), "groups": len(confirmed)}
    )
    tables.calibration += [{"copy": i + 1, "edges": 0, "accounts": 0, "groups": 0} for i in range(copies)]


def with_groups() -> Tables:
    """A group at L2, a fan group at L1 with an innocent explanation, a candidate at L0, and two pairs outside."""
    rng = np.random.default_rng(11)
    tables = Tables()
    crowd(rng, tables)
    circle(
        rng,
        tables,
        "G1",
        34,
        160,
        texts=OPERATION_TEXTS,
        hour=5.0,
        prefix="harbourwatch",
        client="PostPilot",
        kinds=("text", "text", "url"),
    )
    group("G1", "L2", tables)
    circle(
        rng,
        tables,
        "G2",
        14,
        30,
        texts=FAN_TEXTS,
        hour=19.0,
        prefix="lumenfan",
        jitter_s=600,
        kinds=("text", "hashtag"),
    )
    fans = [
        {
            "name": "Fans of one act",
            "why": "Most shared texts carry one hashtag, #LUMENcomeback, and praise one act.",
        }
    ]
    group(
        "G2",
        "L1",
        tables,
        q_value=0.0042,
        p_heldout=0.0004,
        p_day_shift=None,
        stability=0.71,
        found_by="communities",
        kind="combined",
        window_us=None,
        popularity_cap=None,
        overlap=6.1,
        synchrony=0.44,
        exclusivity=0.35,
        innocent=json.dumps(fans),
        evidence_kinds="text,hashtag",
        evidence_windows="600000000,3600000000",
        why_not_higher="needs a stable membership (Jaccard of at least 0.75; it has 0.71)",
    )
    circle(rng, tables, "G3", 6, 5, texts=("Wire: council approves budget for 2024",), hour=12.0, prefix="paper")
    tables.edges = [e for e in tables.edges if not e["source"].startswith("paper")]
    group(
        "G3",
        "L0",
        tables,
        q_value=0.31,
        p_heldout=0.08,
        p_permutation=0.2,
        p_conditional=0.4,
        p_day_shift=0.5,
        stability=0.5,
        why_not_higher="needs a q-value of at most 0.01 on held-out posts; it has 0.31",
        synchrony=0.3,
        overlap=1.4,
        exclusivity=0.1,
    )
    for i in (0, 2):
        source, target = f"u{10_000 + i}", f"u{10_001 + i}"
        tables.edges.append(edge(source, target, 4, "text", q=0.003))
        first = post(tables, source, START_US + 5 * DAY_US, "Ferry timetable for the summer, page 1 of 3")
        second = post(
            tables,
            target,
            START_US + 5 * DAY_US + 9_000_000,
            "Ferry timetable for the summer, page 1 of 3 (thanks @neighbour_9)",
        )
        tables.witnesses.append(
            {
                "group_id": None,
                "source": source,
                "target": target,
                "kind": "text",
                "object_id": f"{900 + i:032x}",
                "source_post_id": first,
                "target_post_id": second,
                "gap_us": 9_000_000,
                "popularity": 2,
                "chance": 4e-5,
            }
        )
    for i, reason in enumerate(["not a date", "not a date", "no author"]):
        tables.rejects.append(
            {
                "import_id": "0123456789abcdef",
                "file": "harbour.csv",
                "row_ref": 70 + i,
                "column": "created_at" if i < 2 else "user",
                "value": "31/02/2024",
                "reason": reason,
                "fatal": i == 2,
            }
        )
    finish(tables)
    return tables


def with_nothing() -> Tables:
    """Ordinary accounts only."""
    tables = Tables()
    crowd(np.random.default_rng(5), tables)
    finish(tables)
    return tables
