"""A view is whole or absent, made once, and no part of the case."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inconcert.browse.keys import account_keys
from inconcert.browse.positions import Links, positions
from inconcert.browse.view import View
from inconcert.case import Case, create_case, open_case
from inconcert.errors import CaseError
from inconcert.verbs import look
from inconcert.verbs.prepare import prepare, prepared
from inconcert.verbs.search import search
from inconcert.verbs.verify import verify

from .conftest import NOW, World
from .test_prepared_search import made

POST = {"text": "tea", "account_id": "a", "platform": "x", "day": 1, "tags": {"tea"}}
PROGRAM = "import sys; from pathlib import Path; from inconcert.case import open_case; from inconcert.verbs.prepare import prepare; {}"
PREPARE = PROGRAM.format("print(prepare(open_case(Path(sys.argv[1]))).key)")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made(tmp_path, [[{**POST, "text": f"tea {n}", "account_id": "abc"[n % 3]} for n in range(300)]], [])


def test_verify_leaves_the_view_out(case: Case) -> None:
    before = verify(case, recompute=False)
    prepare(case)
    (case.path / ".view" / "stranger").write_text("x")
    after = verify(case, recompute=False)
    assert after.intact
    assert (after.notes, after.head) == (before.notes, before.head)


def test_a_view_is_made_once(case: Case) -> None:
    stages: list[str] = []
    first = prepare(case, progress=lambda stage, done, total=None, *, rows=None: stages.append(stage))
    assert stages
    assert prepared(case) is first
    assert prepare(case, progress=lambda *_, **__: pytest.fail("made again")) is first


def test_an_empty_case_can_be_looked_at(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", title="<b>{{ 1 }}</b>", now=NOW)
    view = prepare(case)
    assert look.overview(view).title == "<b>{{ 1 }}</b>"
    assert look.groups(view) == ()
    assert look.network_data(view)["nodes"]["key"] == []
    assert look.activity(view).days == ()
    assert search(case, ["tea"]).hits == ()


def test_whoever_is_killed_leaves_nothing_that_is_taken_for_a_view(case: Case) -> None:
    """Killed at six moments, from the first import of a module to after the last file."""
    for moment_s in np.linspace(0.2, 4.0, 6):
        running = subprocess.Popen([sys.executable, "-c", PREPARE, str(case.path)], stdout=subprocess.DEVNULL)
        time.sleep(moment_s)
        running.send_signal(signal.SIGKILL)
        running.wait()
        found = [
            path for path in (case.path / ".view").glob("*") if path.is_dir() and not path.name.startswith(".draft")
        ]
        for folder in found:
            assert View(folder).rows("SELECT count(*) AS n FROM posts") == [{"n": 300}]
        assert verify(case, recompute=False).intact
    view = prepare(case)
    assert len(view.texts["posts"]) == 300
    assert sorted(path.name for path in (case.path / ".view").iterdir()) == [".lock", view.key]


def test_a_link_among_the_views_is_removed_and_what_it_leads_to_stays(case: Case, tmp_path: Path) -> None:
    dear = tmp_path / "home"
    dear.mkdir()
    (dear / "index.html").write_text("x")
    (case.path / ".view").mkdir()
    (case.path / ".view" / "preview-0123").symlink_to(dear)
    prepare(case)
    assert not (case.path / ".view" / "preview-0123").is_symlink()
    assert (dear / "index.html").exists()


def test_two_at_once_make_one_view(case: Case) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", PREPARE, str(case.path)], stdout=subprocess.PIPE, text=True)
        for _ in "ab"
    ]
    told = [running.communicate(timeout=120)[0].strip() for running in both]
    assert [running.returncode for running in both] == [0, 0]
    assert told[0] == told[1] == prepare(case).key


def test_a_damaged_view_says_what_to_do(case: Case, tmp_path: Path) -> None:
    folder = shutil.copytree(case.path / ".view" / prepare(case).key, tmp_path / "copy")
    (folder / "view.duckdb").write_bytes(b"not a database")
    with pytest.raises(CaseError, match="Delete that folder"):
        View(folder)


def test_a_folder_that_cannot_be_made_says_so(case: Case, tmp_path: Path) -> None:
    copy = shutil.copytree(case.path, tmp_path / "copy", ignore=shutil.ignore_patterns(".view"))
    (copy / ".view").write_bytes(b"a file stands where the folder should be")
    with pytest.raises(CaseError, match=r"\.view cannot be made"):
        prepare(open_case(copy))


def test_keys_differ_and_grow_only_where_they_would_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"account {n}" for n in range(300)]
    usual = account_keys("stamp", ids)
    assert len(set(usual)) == 300
    assert {len(key) for key in usual} == {10}
    assert account_keys("another", ids) != usual
    monkeypatch.setattr("inconcert.browse.keys.LETTERS", 1)
    short = account_keys("stamp", ids)
    assert len(set(short)) == 300
    assert all(long.startswith(key) for key, long in zip(short, usual, strict=True) if len(key) <= 10)
    for key in short:
        assert sum(other.startswith(key[:-1]) for other in short) > 1 or len(key) == 3


def network(rng: np.random.Generator) -> Links:
    """Two groups that share some links, a chain, and pairs."""
    ends = [(a, b) for start in (0, 12) for a in range(start, start + 12) for b in range(start, a)]
    ends += [(1, 13), (2, 14)] + [(n, n + 1) for n in range(24, 40)] + [(n, n + 1) for n in range(42, 80, 2)]
    group = np.full(80, -1)
    group[:12], group[12:24] = 0, 1
    pairs = np.array(ends)
    return Links(80, pairs[:, 0], pairs[:, 1], group)


def test_positions_are_the_same_again_and_keep_groups_and_components_apart() -> None:
    links = network(np.random.default_rng(1))
    at = positions(links, 1)
    assert np.array_equal(at, positions(links, 1))
    assert np.isfinite(at).all()
    spread = [
        np.sqrt(((at[some] - at[some].mean(axis=0)) ** 2).sum(axis=1)).mean() for some in (slice(0, 12), slice(12, 24))
    ]
    apart = np.sqrt(((at[:12].mean(axis=0) - at[12:24].mean(axis=0)) ** 2).sum())
    assert apart > max(spread)
    boxes = [at[:24], at[24:41], *(at[n : n + 2] for n in range(42, 80, 2))]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            gap = np.maximum(one.min(axis=0) - other.max(axis=0), other.min(axis=0) - one.max(axis=0)).max()
            assert gap > 0


def test_positions_of_odd_networks() -> None:
    none = np.zeros(0, np.int64)
    assert positions(Links(0, none, none, none), 1).shape == (0, 2)
    alone = positions(Links(3, none, none, np.array([-1, 0, 0])), 1)
    assert len({tuple(one) for one in alone.tolist()}) == 3
    twice = Links(2, np.array([0, 1, 0]), np.array([1, 0, 0]), np.array([-1, -1]))
    assert np.isfinite(positions(twice, 1)).all()


def test_a_view_serves_many_threads(world: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    keys = list(world.ids())[:20]
    with ThreadPoolExecutor(8) as threads:
        found: list[Any] = list(threads.map(lambda key: look.account_posts(world.view, key), keys * 3))
    assert found[:20] == found[20:40] == found[40:]
