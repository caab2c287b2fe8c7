"""A small case with real runs: a crowd, a ring that acts together, hostile values, accounts that were renamed, and two imports."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from inconcert.browse.view import View
from inconcert.case import Case, create_case
from inconcert.verbs.cluster import cluster
from inconcert.verbs.detect import detect
from inconcert.verbs.ingest import ingest
from inconcert.verbs.prepare import prepare

NOW = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
START = datetime(2026, 3, 1, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\u202e'; DROP TABLE posts; -- {{ 7 * 7 }} =1+1 https://x.com/handle_3/status/1"
COLUMNS = ("post_id", "account_id", "handle", "display_name", "bio", "followers", "created_at", "text", "shared_id", "reply_to_id",
           "observed_at", "mentions")  # fmt: skip
RING = [f"acct9{n:05}z" for n in range(8)]


@dataclass(frozen=True)
class World:
    """A case, its view, and its tables as rows of plain Python."""

    case: Case
    view: View
    posts: list[dict[str, Any]]
    accounts: list[dict[str, Any]]
    actions: list[dict[str, Any]]

    def run(self, verb: str, table: str) -> list[dict[str, Any]]:
        run = self.case.run(verb)
        assert run is not None
        return run.table(table).to_pylist()

    def ids(self) -> dict[str, str]:
        """Key -> id of the account."""
        rows = self.view.rows("SELECT key, id FROM accounts")
        return {row["key"]: row["id"] for row in rows}


def rows_of(case: Case, table: str) -> list[dict[str, Any]]:
    return [row for part in case.parts(table) for row in pq.read_table(part).to_pylist()]


def handle_of(account: str) -> str:
    return f"handle_{int(account[-4:-1])}"


def write(folder: Path, seed: int) -> list[Path]:
    """Two exports of the same crowd; in the second one some accounts have another handle."""
    rng = np.random.default_rng(seed)
    crowd = [f"acct1{n:05}z" for n in range(60)]
    rows: list[list[list[str]]] = [[], []]
    number = 0

    def add(account: str, seconds: float, text: str, shared: str = "", reply: str = "") -> None:
        nonlocal number
        late = int(rng.integers(2))
        handle = handle_of(account) + ("_new" if late and account.endswith("7z") else "")
        time = "" if number % 41 == 5 else (START + timedelta(seconds=round(seconds))).isoformat()
        bio = EVIL if account.endswith("3z") else f"I am @{handle}"
        seen = (START + timedelta(days=30 + late)).isoformat()
        cells = [
            f"5{number:07}",
            account,
            handle,
            f"Name {account}",
            bio,
            str(10 + late),
            time,
            text,
            shared,
            reply,
            seen,
            "",
        ]
        rows[late].append(cells)
        number += 1

    for _ in range(900):
        link = int(80 ** rng.random())
        mention = f"@{handle_of(str(rng.choice(crowd)))}"
        said = str(
            rng.choice(
                [f"see {mention} #Tag{link % 5}", f"{EVIL} {link}", "我们今天谈谈 protest", f"thanks {RING[0]}"],
                p=[0.7, 0.1, 0.1, 0.1],
            )
        )
        text = f"{said} https://site{link}.example/{link}"
        reply = f"5{int(rng.integers(max(number, 1))):07}" if rng.random() < 0.1 else ""
        add(str(rng.choice(crowd)), rng.uniform(0, 864_000), text, reply=reply)
    for n in range(48):
        moment = rng.uniform(0, 864_000)
        for account in RING:
            if rng.random() < 0.95:
                add(
                    account,
                    moment + rng.uniform(0, 25),
                    f"look https://ring.example/{n} #Harbour",
                    shared=f"77{n:04}" if n % 8 == 0 else "",
                )
    files = []
    for late in (0, 1):
        file = folder / f"export-{late}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([COLUMNS, *rows[late]])
        files.append(file)
    return files


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("browse")
    case = create_case(folder / "case", now=NOW)
    for file in write(folder, 3):
        ingest(case, [file], now=NOW)
    detect(case)
    cluster(case, bootstraps=5, copies=1)
    view = prepare(case)
    yield World(case, view, rows_of(case, "posts"), rows_of(case, "accounts"), rows_of(case, "actions"))
    view.close()


def us(time: datetime | None) -> int | None:
    return None if time is None else round((time - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
