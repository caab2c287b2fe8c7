"""Exports hold what the case holds, and nothing in them runs, breaks a parser or is half written."""

from __future__ import annotations

import csv
import json
import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.case import Case, create_case
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.export import export
from inconcert.verbs.export_table import neutralised
from inconcert.verbs.results import NAMES

from .conftest import EVIL, NOW, detect_tables

SHOWN = '=HYPERLINK(1)⟨U+0001⟩\u202e<&">'


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_accounts_are_ranked_one_row_each(case: Case, tmp_path: Path) -> None:
    done = export(case, tmp_path / "accounts.csv")
    rows = read_csv(done.path)
    assert (done.holds, done.rows) == ("accounts", 5)
    assert list(rows[0]) == ["account_id", "platform", "group_id", "level", "q", "score", "n_posts", "judged"]
    assert [row["account_id"] for row in rows] == ["'" + EVIL, "a", "я", "b", "c"]
    assert [row["group_id"] for row in rows] == ["G1", "G1", "G1", "", ""]


@pytest.mark.parametrize("name", ["accounts.json", "posts.parquet", "edges.json", "groups.csv", "members.parquet"])
def test_every_format_holds_every_row(case: Case, tmp_path: Path, name: str) -> None:
    done = export(case, tmp_path / name)
    if name.endswith(".json"):
        held = json.loads(done.path.read_text(encoding="ascii"))
    elif name.endswith(".parquet"):
        held = pq.read_table(done.path).to_pylist()
    else:
        held = read_csv(done.path)
    assert len(held) == done.rows > 0


def test_only_csv_alters_texts(case: Case, tmp_path: Path) -> None:
    exact = pq.read_table(export(case, tmp_path / "posts.parquet").path)
    assert set(exact["text"].to_pylist()) == {EVIL}
    assert set(exact["account_id"].to_pylist()) == {"-1"}
    plain = read_csv(export(case, tmp_path / "posts.csv", force=True).path)
    assert {(row["text"], row["account_id"]) for row in plain} == {("'" + EVIL, "'-1")}


@given(st.lists(st.none() | st.text() | st.sampled_from("=+-@\t\r").map(lambda c: c + "1")))
def test_no_csv_text_begins_like_a_formula_and_others_stay(texts: list[str | None]) -> None:
    batch = pa.record_batch({"n": pa.array(range(len(texts))), "text": pa.array(texts, pa.string())})
    for before, after in zip(texts, neutralised(batch).column("text").to_pylist(), strict=True):
        if before and before[0] in "=+-@\t\r":
            assert after == "'" + before
        else:
            assert after == before


def test_graphml_holds_groups_and_edges_beyond_chance(case: Case, tmp_path: Path) -> None:
    done = export(case, tmp_path / "network.graphml")
    ns = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ET.parse(done.path).getroot()
    keys = {
        key.get("id"): (key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.findall("g:key", ns)
    }
    assert ("edge", "weight", "double") in keys.values()

    def data(element: ET.Element) -> dict[str | None, str | None]:
        return {keys[d.get("key")][1]: d.text for d in element.findall("g:data", ns)}

    nodes = {node.get("id"): data(node) for node in root.iterfind(".//g:node", ns)}
    assert [node["account_id"] for node in nodes.values()] == [SHOWN, "a", "я"]
    assert all(node["level"] == "L1" and node["group_id"] == "G1" and "q" in node for node in nodes.values())
    edges = [
        (nodes[edge.get("source")]["account_id"], nodes[edge.get("target")]["account_id"], data(edge))
        for edge in root.iterfind(".//g:edge", ns)
    ]
    assert [(a, b, edge["level"], edge["kind"]) for a, b, edge in edges] == [
        ("a", SHOWN, "L1", "url"), ("a", "я", "L0", "url")
    ]  # fmt: skip
    assert [float(edge["weight"] or "nan") for _, _, edge in edges] == pytest.approx([323.3062, math.log10(2)], 1e-4)


def test_gexf_is_version_1_3_and_says_the_same(case: Case, tmp_path: Path) -> None:
    done = export(case, tmp_path / "network.gexf")
    ns = {"g": "http://gexf.net/1.3"}
    root = ET.parse(done.path).getroot()
    assert (root.tag, root.get("version")) == ("{http://gexf.net/1.3}gexf", "1.3")
    graph = root.find("g:graph", ns)
    assert graph is not None
    assert [child.tag.split("}")[1] for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {a.get("id") for a in graph.iterfind("g:attributes[@class='node']/g:attribute", ns)}
    assert {"level", "group_id", "q", "score"} <= declared
    nodes = list(graph.iterfind("g:nodes/g:node", ns))
    assert [node.get("label") for node in nodes] == [SHOWN, "a", "я"]
    for value in graph.iterfind("g:nodes//g:attvalue", ns):
        assert value.get("for") in declared
    ids = {node.get("id") for node in nodes}
    edges = list(graph.iterfind("g:edges/g:edge", ns))
    assert len(edges) == done.rows == 2
    assert all(edge.get("source") in ids and edge.get("target") in ids for edge in edges)
    assert [float(edge.get("weight", "nan")) for edge in edges] == pytest.approx([323.3062, math.log10(2)], 1e-4)


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("edgs.csv", UnknownName, "Did you mean 'edges'"),
        ("edges.xls", UnknownName, "No export format is called '.xls'"),
        ("edges", UnknownName, "No export format is called 'edges'"),
        ("absent/edges.csv", InputError, "there is no folder"),
        ("folder.csv", InputError, "is a folder"),
        ("witnesses.csv", InputError, "has no witnesses yet"),
    ],
)
def test_wrong_targets_are_refused_and_leave_nothing(
    case: Case, tmp_path: Path, name: str, error: type[Exception], words: str
) -> None:
    (tmp_path / "out" / "folder.csv").mkdir(parents=True)
    with pytest.raises(error, match=words):
        export(case, tmp_path / "out" / name, table="edges" if name.startswith("folder") else None)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["folder.csv"]


def test_a_table_may_have_another_file_name(case: Case, tmp_path: Path) -> None:
    assert export(case, tmp_path / "mine.CSV", table="edges").rows == 3


def test_a_case_without_a_run_says_what_to_do_first(tmp_path: Path) -> None:
    bare = create_case(tmp_path / "bare", now=NOW)
    with pytest.raises(InputError, match="inconcert detect"):
        export(bare, tmp_path / "accounts.csv")
    assert export(bare, tmp_path / "posts.csv").rows == 0


def test_a_file_that_exists_is_replaced_only_when_forced(case: Case, tmp_path: Path) -> None:
    target = tmp_path / "edges.csv"
    target.write_text("mine")
    with pytest.raises(InputError, match=r"edges\.csv exists already.*--force"):
        export(case, target)
    assert target.read_text() == "mine"
    assert export(case, target, force=True).rows == 3
    assert target.read_text() != "mine"


def test_every_table_of_the_schema_has_a_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_an_older_network_is_not_mixed_with_a_newer_detection(case: Case, tmp_path: Path) -> None:
    case.record_run(
        "detect", parameters={"seed": 2}, inputs=["i1"], versions={}, seed=2, engine="duckdb",
        tables={"edges": detect_tables()["edges"].slice(2)}, counts={}, duration_s=0,
    )  # fmt: skip
    assert export(case, tmp_path / "edges.csv").rows == 3


@pytest.mark.parametrize("part", ["raw", "data", "runs", "report"])
def test_nothing_is_written_into_the_cases_own_folders(case: Case, part: str) -> None:
    """An export over data/ID/posts.parquet would replace the evidence itself."""
    (case.path / part).mkdir(exist_ok=True)
    before = sorted(case.path.rglob("*"))
    with pytest.raises(InputError, match="which nothing but the case writes"):
        export(case, case.path / part / "accounts.csv")
    assert sorted(case.path.rglob("*")) == before
